// Everything about a statement beside its words: reading and mending it, joining it to offices, adding what the import missed.
#include "plan/drafting.h"
#include "plan/import/unicode.h"
#include "plan/import/wording.h"
#include "plan/rules.h"

namespace plan {

using namespace drafting;

namespace {

std::vector<std::string> names_in(const std::string& list) {
    std::vector<std::string> out;
    for (const auto& name : importing::split(list, ';'))
        if (auto plain = importing::trim(name); !plain.empty()) out.push_back(std::move(plain));
    return out;
}

// What nobody may say of a statement, whoever keeps it.
std::vector<base::FieldError> mistakes_in(const StatementEdit& e, const Bearers& known, const ClauseView& clause) {
    std::vector<base::FieldError> out;
    // Nothing is put into the concept's mouth: the words stand in its text.
    const auto one_line = [](std::string s) {
        std::replace(s.begin(), s.end(), '\n', ' ');
        return importing::squeeze(s);
    };
    if (e.quote.de.empty() || one_line(clause.heading.de + " " + clause.text.de).find(one_line(e.quote.de)) == std::string::npos)
        out.push_back({"quote", base::message("These words do not stand in the clause. Please quote them as they stand there."), 0});
    for (std::size_t i = 0; i < e.bearers.size(); ++i)
        if (!known.own(e.bearers[i]))
            out.push_back(
                {"bearer_" + std::to_string(i + 1),
                 base::message("Only the district's own offices and bodies can bear it (clause 4.2); others stand under “with or towards”."), 0});
    std::set<base::Day> days;
    for (std::size_t i = 0; i < e.dates.size(); ++i)
        if (!days.insert(e.dates[i].on).second) out.push_back({"due_" + std::to_string(i + 1), base::message("This day stands there twice."), 0});
    return out;
}

}  // namespace

base::Result<void> edit_statement(db::Connection& c, StatementId id, const StatementEdit& e, const By& by) {
    TRY(const auto before, statement_detail(c, id));
    TRY(const auto clause, find_clause(c, before.clause));
    TRY(const auto plan, find_plan(c, clause.plan));
    TRY(const auto known, Bearers::read(c));
    if (auto mistakes = mistakes_in(e, known, clause); !mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, "a statement has mistakes", std::move(mistakes), {}});
    // Of an adopted concept only what is said about it changes: who bears it today, its translation, why it is vague. What it says stays.
    const bool adopted = plan.state == PlanState::adopted;
    TRY_VOID(c.execute("update statements set quote_en = :quote, vague_de = :vague_de, vague_en = :vague_en where id = :id",
                       {{"quote", e.quote.en}, {"vague_de", e.vague_reason.de}, {"vague_en", e.vague_reason.en}, {"id", id}}));
    NewStatement details;
    details.bearers = e.bearers;
    details.lead = e.lead;
    details.counterparts = e.counterparts;
    details.dates = adopted ? before.dates : e.dates;
    details.quantities = adopted ? before.quantities : e.quantities;
    TRY_VOID(write_details(c, id, details));
    if (!adopted)
        TRY_VOID(c.execute("update statements set quote_de = :quote, modality = :modality, rhythm = :rhythm, state = :state where id = :id",
                           {{"quote", e.quote.de},
                            {"modality", name_of(e.modality)},
                            {"rhythm", e.rhythm},
                            {"state", e.confirmed ? "confirmed" : "proposed"},
                            {"id", id}}));
    TRY(const auto after, statement_detail(c, id));
    return recorded(c, by, "plan.statement", id.value, e.confirmed && !adopted ? "confirm" : "change", values_of(before), values_of(after));
}

base::Result<StatementId> add_by_hand(db::Connection& c, ClauseId clause_id, const std::string& quote, const By& by) {
    TRY(const auto clause, draft_clause(c, clause_id));
    TRY(const auto known, Bearers::read(c));
    // Read as the import would have read it, so that bearer, day and quantity need not be typed.
    importing::FoundPlan one;
    one.clauses.push_back({.number = clause.number,
                           .borrowed = 0,
                           .heading = clause.heading.de,
                           .text = quote,
                           .kind = clause.kind,
                           .parent = -1,
                           .modality = {},
                           .statements = {},
                           .line = 0});
    importing::propose_statements(one);
    importing::FoundStatement found;
    if (!one.clauses.front().statements.empty()) found = one.clauses.front().statements.front();
    found.quote = quote;
    StatementEdit checked;
    checked.quote.de = quote;
    if (auto mistakes = mistakes_in(checked, known, clause); !mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, "words that are not there", std::move(mistakes), {}});
    TRY(const auto all, statement_details(c, clause.plan, base::day(2000, 1, 1)));
    std::set<std::string> keys;
    int position = 0;
    for (const auto& d : all)
        if (d.clause == clause_id) {
            keys.insert(d.key);
            ++position;
        }
    const auto prefix = (clause.number.empty() ? std::string(name_of(clause.kind)) : clause.number) + "-";
    std::size_t n = 0;
    while (keys.contains(prefix + importing::letter(n))) ++n;
    return write_statement(c, clause_id, position, found, prefix + importing::letter(n), known, by);
}

base::Result<void> confirm(db::Connection& c, StatementId id, const By& by) {
    TRY(const auto before, find_statement(c, id));
    TRY_VOID(draft_clause(c, before.clause));
    TRY_VOID(c.execute("update statements set state = 'confirmed' where id = :id", {{"id", id}}));
    return recorded(c, by, "plan.statement", id.value, "confirm", {{"state", "proposed"}}, {{"state", "confirmed"}});
}

base::Result<std::int64_t> join_named(db::Connection& c, PlanId plan, const By& by) {
    TRY(const auto known, Bearers::read(c));
    TRY(const auto words, words_of_plan(c, plan));
    TRY(const auto all, statement_details(c, plan, base::day(2000, 1, 1)));
    std::int64_t joined = 0;
    for (const auto& s : all) {
        const auto named = words.find(s.id);
        if (named == words.end() || s.confirmed) continue;
        std::vector<network::BearerId> bearers, counterparts = known.found(names_in(named->second.counterpart_names));
        for (const auto b : known.found(names_in(named->second.bearer_names))) (known.own(b) ? bearers : counterparts).push_back(b);
        for (const auto& [mine, theirs] : {std::pair{&bearers, &s.bearers}, std::pair{&counterparts, &s.counterparts}})
            for (const auto b : *theirs)
                if (std::find(mine->begin(), mine->end(), b) == mine->end()) mine->push_back(b);
        if (bearers.size() == s.bearers.size() && counterparts.size() == s.counterparts.size()) continue;
        NewStatement details;
        details.bearers = bearers;
        details.lead = s.lead;
        details.counterparts = counterparts;
        details.dates = s.dates;
        details.quantities = s.quantities;
        TRY_VOID(write_details(c, s.id, details));
        TRY(const auto after, statement_detail(c, s.id));
        TRY_VOID(recorded(c, by, "plan.statement", s.id.value, "join", values_of(s), values_of(after)));
        ++joined;
    }
    return joined;
}

base::Result<void> remove_statement(db::Connection& c, StatementId id, const By& by) {
    TRY(const auto before, find_statement(c, id));
    TRY_VOID(draft_clause(c, before.clause));
    for (const std::string_view table : {"statement_bearers", "statement_dates", "statement_quantities"})
        TRY_VOID(c.execute(fmt::format("delete from {} where statement_id = :id", table), {{"id", id}}));
    TRY_VOID(c.execute("delete from statements where id = :id", {{"id", id}}));
    return recorded(c, by, "plan.statement", id.value, "remove", {{"key", before.key}, {"quote_de", before.quote.de}}, {});
}

base::Result<std::int64_t> confirm_all(db::Connection& c, PlanId plan, const By& by) {
    TRY_VOID(find_plan(c, plan));
    TRY(const auto count,
        c.execute(
            "update statements set state = 'confirmed' where state = 'proposed' and clause_id in (select id from clauses where plan_id = :plan)",
            {{"plan", plan}}));
    TRY_VOID(recorded(c, by, "plan.plan", plan.value, "confirm", {}, {{"statements", std::to_string(count)}}));
    return count;
}

base::Result<std::int64_t> unconfirmed(db::Connection& c, PlanId plan) {
    TRY(const auto count,
        c.query_one<std::int64_t>(
            "select count(*) as n from statements s join clauses c on c.id = s.clause_id where c.plan_id = :plan and s.state = 'proposed'",
            {{"plan", plan}}, [](const db::Row& row) { return row.int64("n"); }));
    return count.value_or(0);
}

base::Result<std::map<StatementId, Words>> words_of_plan(db::Connection& c, PlanId plan) {
    std::map<StatementId, Words> out;
    TRY_VOID(c.for_each(R"sql(
        select s.id, s.basis_modality, s.basis_bearers, s.basis_rhythm, s.bearer_words, s.counterpart_words
          from statements s
          join clauses c on c.id = s.clause_id
         where c.plan_id = :plan
    )sql",
                        {{"plan", plan}}, [&](const db::Row& row) {
                            out[row.id<StatementId>("id")] = {row.text("basis_modality"), row.text("basis_bearers"), row.text("basis_rhythm"),
                                                              row.text("bearer_words"), row.text("counterpart_words")};
                        }));
    return out;
}

}  // namespace plan
