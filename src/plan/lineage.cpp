#include "plan/lineage.h"

#include "plan/drafting.h"

namespace plan {

using drafting::recorded;

std::vector<LineageProposal> propose_lineage(const std::vector<Comparable>& before, const std::vector<Comparable>& after) {
    const auto pairs = match(before, after);
    std::vector<LineageProposal> out;
    std::set<int> continued;
    for (std::size_t i = 0; i < after.size(); ++i) {
        LineageProposal p;
        p.after = static_cast<int>(i);
        p.before = pairs[i];
        if (p.before >= 0) {
            const auto& old = before[static_cast<std::size_t>(p.before)];
            continued.insert(p.before);
            p.alike = similarity(old.heading + " " + old.text, after[i].heading + " " + after[i].text);
            // The same words carry over, whatever number they have now; few in common say the subject is taken up anew.
            p.relation = old.heading == after[i].heading && old.text == after[i].text ? Relation::carried_over
                         : p.alike >= 0.4                                             ? Relation::amended
                                                                                      : Relation::replaced;
        }
        out.push_back(p);
    }
    for (std::size_t i = 0; i < before.size(); ++i)
        if (!continued.contains(static_cast<int>(i))) out.push_back({-1, static_cast<int>(i), Relation::repealed, 0});
    return out;
}

base::Result<void> keep_lineage(db::Connection& c, const Lineage& l, const By& by) {
    TRY(const auto clause, find_clause(c, l.clause));
    if (l.relation != Relation::new_clause) {
        if (!l.from) return base::invalid("from", base::message("Please choose the clause it comes from."));
        TRY(const auto from, find_clause(c, l.from));
        if (from.plan == clause.plan)
            return base::invalid("from", base::message("Please choose a clause of another concept; an amendment within this one makes a version."));
    } else if (l.from) {
        return base::invalid("from", base::message("A new clause comes from none."));
    }
    TRY(const auto all, lineage_of_plan(c, clause.plan));
    for (const auto& known : all) {
        if (known.clause != l.clause) continue;
        if (known.relation == l.relation && known.from == l.from) return base::invalid("relation", base::message("This stands there already."));
        if (known.relation == Relation::new_clause || l.relation == Relation::new_clause)
            return base::invalid("relation", base::message("A clause is new, or it comes from others; not both."));
    }
    TRY_VOID(add_lineage(c, l));
    return recorded(c, by, "plan.clause", l.clause.value, "lineage", {},
                    {{"relation", std::string(name_of(l.relation))}, {"from", l.from ? std::to_string(l.from.value) : ""}, {"note", l.note}});
}

base::Result<void> drop_lineage(db::Connection& c, const Lineage& l, const By& by) {
    TRY(const auto gone, c.execute(fmt::format("delete from clause_lineage where clause_id = :clause and relation = :relation and from_clause_id {}",
                                               l.from ? "= :from" : "is null"),
                                   l.from ? db::Parameters{{"clause", l.clause}, {"relation", name_of(l.relation)}, {"from", l.from}}
                                          : db::Parameters{{"clause", l.clause}, {"relation", name_of(l.relation)}}));
    if (gone == 0) return base::error(base::ErrorKind::not_found, "no such lineage");
    return recorded(c, by, "plan.clause", l.clause.value, "lineage",
                    {{"relation", std::string(name_of(l.relation))}, {"from", l.from ? std::to_string(l.from.value) : ""}}, {});
}

}  // namespace plan
