#include <algorithm>

#include "measures/target_store.h"
#include "plan/api.h"

namespace measures {

base::Result<World> read_world(db::Connection& c, base::Day today) {
    World world;
    world.today = today;
    TRY(const auto bearers, network::bearers(c));
    TRY(const auto holdings, network::holdings(c));
    std::unordered_map<std::int64_t, std::string> key_of;
    for (const auto& bearer : bearers) key_of[bearer.id.value] = bearer.key;
    for (const auto& bearer : bearers) {
        auto risks = network::risks_of(bearer, holdings, today);
        // R3: an office nobody was ever entered for is as vacant as one whose holder left; units and bodies have no holder.
        if (bearer.kind == network::BearerKind::office &&
            std::none_of(holdings.begin(), holdings.end(), [&](const network::Holding& h) { return h.office == bearer.id; }))
            risks.push_back(network::OfficeRisk::vacant);
        world.bearers.push_back({bearer.key, bearer.kind, bearer.part_of ? key_of[bearer.part_of.value] : "", std::move(risks)});
    }
    TRY(const auto plans, plan::plans(c));
    for (const auto& plan : plans) {
        // A plan that has ended is read as of its last day, so that its finished measures keep what they answered to.
        const auto as_of = plan.valid_until && *plan.valid_until < today ? *plan.valid_until : today;
        TRY(const auto statements, plan::statements_of(c, plan.id, as_of));
        for (const auto& statement : statements)
            world.statements.push_back(
                {{plan.key, statement.key}, statement.modality, plan.state == plan::PlanState::adopted, plan.valid_from, plan.valid_until});
    }
    TRY(const auto all, targets(c));
    for (const auto& target : all) world.targets.push_back({target.key, target.state, both_consulted(target, today)});
    TRY(world.rules, rules(c));
    TRY_VOID(c.for_each("select name, value from measure_settings where name in ('officer', 'chair')", {},
                        [&](const db::Row& row) { (row.text("name") == "officer" ? world.officer : world.chair) = row.text("value"); }));
    return world;
}

}  // namespace measures
