#include "indicators/desk.h"

#include "network/api.h"

namespace indicators {

using base::message;

base::Result<By> Desk::by(db::Connection& c, const web::Context& context) const {
    By out{context.actor, {}, site.clock().now(), context.today};
    if (context.actor.office != 0) {
        TRY(const auto bearers, network::bearers(c));
        for (const auto& bearer : bearers)
            if (bearer.id.value == context.actor.office) out.office = bearer.key;
    } else if (keeps(context)) {
        TRY(out.office, wiring.officer(c));
    }
    return out;
}

bool enters(const web::Context& context, const Indicator& i, const std::string& office) {
    return keeps(context) || (context.actor.role == identity::Role::unit_editor && !office.empty() && office == i.office);
}
base::Result<Indicator> seen(db::Connection& c, const web::Context& context, std::string_view key) {
    TRY(auto i, find(c, key));
    if (!sees(context, i)) return hidden();
    return i;
}
std::vector<Value> shown(const web::Context& context, std::vector<Value> values) {
    if (!context.actor.signed_in()) std::erase_if(values, [](const Value& v) { return !v.published; });
    return values;
}

base::Message label_of(Direction direction) {
    switch (direction) {
        case Direction::none: return message("neither way is better");
        case Direction::higher: return message("more is better");
        case Direction::lower: return message("less is better");
    }
    return {};
}
base::Message label_of(Rhythm rhythm) {
    switch (rhythm) {
        case Rhythm::yearly: return message("each calendar year");
        case Rhythm::half_yearly: return message("each half-year");
        case Rhythm::quarterly: return message("each quarter");
        case Rhythm::monthly: return message("each month");
    }
    return {};
}

}  // namespace indicators
