#include "app/indicator_wiring.h"

namespace app {

base::Result<std::optional<measures::IndicatorLine>> indicator_line(db::Connection& c, const std::string& key) {
    const auto found = indicators::find(c, key);
    if (!found && found.error().kind != base::ErrorKind::not_found) return tl::unexpected(found.error());
    if (!found) return std::optional<measures::IndicatorLine>{};
    TRY(const auto values, indicators::values_of(c, key));
    measures::IndicatorLine line{found->title, found->unit, {}};
    for (const auto& v : indicators::current(values)) {
        const auto period = indicators::period_of(v.period);
        line.points.push_back({v.period, period->from, period->until, v.value, v.evidence, v.recorded_on, found->published && v.published});
    }
    return std::optional(std::move(line));
}

indicators::Wiring indicators_wiring(std::function<base::Result<void>(db::Connection&)> changed) {
    indicators::Wiring out;
    out.changed = std::move(changed);
    out.officer = [](db::Connection& c) { return measures::officer_office(c); };
    return out;
}

}  // namespace app
