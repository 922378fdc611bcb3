#include "measures/desk.h"

#include <algorithm>

#include "evidence/store.h"

namespace measures {

base::Result<By> Desk::by(db::Connection& c, const web::Context& context, const World& world) const {
    By by;
    by.actor = context.actor;
    by.now = site.clock().now();
    by.today = context.today;
    by.enter = [actor = by.actor, now = by.now](db::Connection& connection, const evidence::Record& record) -> base::Result<void> {
        evidence::Entry entry;
        entry.record = record;
        TRY_VOID(evidence::record(connection, std::move(entry), {actor, now}));
        return {};
    };
    by.withdraw = [actor = by.actor, now = by.now](db::Connection& connection, const std::string& key,
                                                   const std::string& reason) -> base::Result<void> {
        TRY(const auto entry, evidence::find_by_key(connection, key));
        if (!entry) return base::error(base::ErrorKind::internal, "accepted evidence is not in the ledger");
        return evidence::withdraw(connection, entry->record.id, reason, {actor, now});
    };
    if (context.actor.office != 0) {
        TRY(const auto bearers, network::bearers(c));
        for (const auto& bearer : bearers)
            if (bearer.id.value == context.actor.office) by.office = bearer.key;
    } else if (edits_all(context))
        by.office = world.officer;
    return by;
}

bool edits(const web::Context& context, const Measure& measure, const std::string& office) {
    if (edits_all(context)) return true;
    return context.actor.role == identity::Role::unit_editor && !office.empty() &&
           (measure.accountable == office || std::find(measure.joint.begin(), measure.joint.end(), office) != measure.joint.end());
}

bool may_take(const web::Context& context, Move move, const Measure& measure, const std::string& office, const World& world) {
    if (edits_all(context)) return true;
    const bool works = move == Move::start || move == Move::submit;
    const bool reviews = move == Move::fulfil || move == Move::conclude_period || move == Move::send_back;
    return (works && edits(context, measure, office)) || (reviews && office == world.chair);
}

}  // namespace measures
