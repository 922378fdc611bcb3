#include "measures/bulk_store.h"

#include <fmt/format.h>

#include <algorithm>

namespace measures {

std::size_t BulkPlan::changing() const {
    return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [](const BulkItem& i) { return i.refusals.empty() && !i.is_left(); }));
}
std::size_t BulkPlan::refused() const {
    return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [](const BulkItem& i) { return !i.refusals.empty(); }));
}
std::size_t BulkPlan::left() const { return items.size() - changing() - refused(); }

namespace {

base::Result<std::vector<Dossier>> selected(db::Connection& c, const Selection& selection, std::int64_t& total) {
    if (selection.filter) {
        auto filter = *selection.filter;
        filter.page = 1;
        filter.per_page = static_cast<int>(most_at_once);
        TRY(auto page, list(c, filter));
        total = page.total;
        return std::move(page.dossiers);
    }
    std::vector<Dossier> out;
    total = static_cast<std::int64_t>(selection.keys.size());
    if (total > most_at_once) return out;
    for (const auto& key : selection.keys) {
        auto found = find(c, key);
        if (!found && found.error().kind == base::ErrorKind::not_found) continue;
        if (!found) return tl::unexpected(found.error());
        if (std::none_of(out.begin(), out.end(), [&](const Dossier& d) { return d.measure.id == found->measure.id; }))
            out.push_back(std::move(*found));
    }
    return out;
}

}  // namespace

base::Result<BulkPlan> plan_bulk(db::Connection& c, const Selection& selection, const BulkChange& change, const World& world, const By& by,
                                 const Permitted& may) {
    BulkPlan plan;
    TRY(const auto dossiers, selected(c, selection, plan.total));
    if (plan.too_many()) return plan;
    std::uint64_t seal = 14695981039346656037ULL;  // FNV-1a: tells versions apart, keeps nothing secret
    for (const auto& dossier : dossiers) {
        const auto& m = dossier.measure;
        for (const char ch : fmt::format("{}/{}/{};", m.key, m.version, name_of(m.state)))
            seal = (seal ^ static_cast<unsigned char>(ch)) * 1099511628211ULL;
        plan.items.push_back(plan_change(m, change, world.around(dossier.deliveries), by.office, may(m)));
    }
    plan.seal = fmt::format("{:016x}", seal);
    return plan;
}

base::Result<BulkDone> apply_bulk(db::Connection& c, const Selection& selection, const BulkChange& change, const std::string& seal,
                                  const World& world, const By& by, const Permitted& may) {
    TRY(const auto plan, plan_bulk(c, selection, change, world, by, may));
    if (plan.too_many() || plan.seal != seal)
        return base::error({base::ErrorKind::conflict, "a measure changed since the preview was shown", {}, "version"});
    BulkDone done;
    done.left_out = plan.refused();
    for (const auto& item : plan.items) {
        if (!item.refusals.empty() || item.is_left()) continue;
        if (!item.changed.empty()) {
            auto changed = item.after;
            changed.state = item.before.state;
            TRY_VOID(save(c, changed, item.before.version, {changed.schedule, change.resolution, change.resolved_on}, by));
        }
        if (change.step) TRY_VOID(take_step(c, item.before.key, *change.step, world, by));
        ++done.changed;
    }
    return done;
}

}  // namespace measures
