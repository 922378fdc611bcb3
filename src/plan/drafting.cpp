#include "plan/drafting.h"

#include "plan/import/unicode.h"

namespace plan::drafting {
namespace {

// "Integrationsbeauftragte/r" and "Integrationsbeauftragter" are one, "Landratsamt Nordhausen" is a "Landratsamt".
std::string name_key(std::string_view name) {
    auto low = importing::lower(name);
    for (const std::string_view cut : {"/", " für "})
        if (const auto at = low.find(cut); at != std::string::npos) low.resize(at);
    while (low.ends_with('r') && low.ends_with("beauftragter")) low.pop_back();
    if (low.ends_with("koordinatorin")) low.resize(low.size() - 2);
    return low;
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& n : names) out += (out.empty() ? "" : "; ") + n;
    return out;
}

void unique(std::vector<network::BearerId>& ids) {
    std::vector<network::BearerId> out;
    for (const auto id : ids)
        if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    ids = std::move(out);
}

NewStatement proposal_of(const importing::FoundStatement& s, const Bearers& bearers) {
    NewStatement out;
    out.quote = {s.quote, ""};
    out.modality = s.modality;
    out.rhythm = s.rhythm;
    out.counterparts = bearers.found(s.counterparts);
    for (const auto bearer : bearers.found(s.bearers)) (bearers.own(bearer) ? out.bearers : out.counterparts).push_back(bearer);
    unique(out.counterparts);
    for (const auto& d : s.dates) out.dates.push_back({d.day, d.words});
    for (const auto& q : s.quantities) out.quantities.push_back({q.value, q.unit, q.comparison, q.words});
    return out;
}

base::Result<void> write_words(db::Connection& c, StatementId id, const importing::FoundStatement& s) {
    TRY_VOID(c.execute(R"sql(
        update statements
           set basis_modality = :modality, basis_bearers = :bearers, basis_rhythm = :rhythm, yearly_due = :due, bearer_words = :bearer_names, counterpart_words = :counterpart_names
         where id = :id
    )sql",
                       {{"modality", s.modality_words},
                        {"bearers", s.bearer_words},
                        {"rhythm", s.rhythm_words},
                        {"due", s.yearly_due},
                        {"bearer_names", listed(s.bearers)},
                        {"counterpart_names", listed(s.counterparts)},
                        {"id", id}}));
    return {};
}

}  // namespace

base::Result<void> recorded(db::Connection& c, const By& by, std::string subject, std::int64_t id, std::string action, audit::Values before,
                            audit::Values after) {
    return audit::record(c, by.actor, by.now, std::move(subject), std::to_string(id), std::move(action), std::move(before), std::move(after));
}

base::Result<Bearers> Bearers::read(db::Connection& c) {
    Bearers out;
    TRY(const auto all, network::bearers(c));
    for (const auto& b : all) {
        if (network::belongs_to_district(b.kind)) out.own_.insert(b.id);
        for (const auto* name : {&b.name.de, &b.short_name.de})
            if (!name->empty()) out.by_name_.emplace(name_key(*name), b.id);
        if (b.kind == network::BearerKind::unit || b.kind == network::BearerKind::office) {
            // "Fachbereich Jugend" is also asked for by its name alone
            if (const auto space = b.name.de.find(' '); space != std::string::npos) out.by_name_.emplace(name_key(b.name.de.substr(space + 1)), b.id);
        }
    }
    return out;
}

std::vector<network::BearerId> Bearers::found(const std::vector<std::string>& names) const {
    std::vector<network::BearerId> out;
    for (const auto& name : names) {
        auto at = by_name_.find(name_key(name));
        if (at == by_name_.end())
            if (const auto space = name.find(' ');
                space != std::string::npos && (name.starts_with("Landratsamt") || name.starts_with("Landkreis") || name.starts_with("Stadt")))
                at = by_name_.find(name_key(name.substr(0, space)));
        if (at != by_name_.end() && std::find(out.begin(), out.end(), at->second) == out.end()) out.push_back(at->second);
    }
    return out;
}

base::Result<StatementId> write_statement(db::Connection& c, ClauseId clause, int position, const importing::FoundStatement& s,
                                          const std::string& key, const Bearers& bearers, const By& by) {
    auto out = proposal_of(s, bearers);
    out.clause = clause;
    out.key = key;
    out.position = position;
    TRY(const auto id, add_statement(c, out, by));
    TRY_VOID(write_words(c, id, s));
    return id;
}

base::Result<ClauseView> draft_clause(db::Connection& c, ClauseId id) {
    TRY(auto clause, find_clause(c, id));
    TRY(const auto plan, find_plan(c, clause.plan));
    if (plan.state != PlanState::draft)
        return base::error({base::ErrorKind::conflict,
                            "an adopted clause is not changed",
                            {{"", base::message("The concept is adopted. Its clauses stay as they are; an amendment makes the next version."), 0}},
                            {}});
    return clause;
}

base::Result<void> propose_again(db::Connection& c, StatementId id, const importing::FoundStatement& s, const Bearers& bearers) {
    TRY_VOID(c.execute("update statements set modality = :modality, rhythm = :rhythm where id = :id",
                       {{"modality", name_of(s.modality)}, {"rhythm", s.rhythm}, {"id", id}}));
    TRY_VOID(write_details(c, id, proposal_of(s, bearers)));
    return write_words(c, id, s);
}

base::Result<StatementDetail> statement_detail(db::Connection& c, StatementId id) {
    TRY(const auto view, find_statement(c, id));
    TRY(const auto clause, find_clause(c, view.clause));
    TRY(const auto day, c.query_one<std::optional<base::Day>>("select valid_from from clauses where id = :id", {{"id", clause.id}},
                                                              [](const db::Row& row) { return row.optional_day("valid_from"); }));
    TRY(const auto plan, find_plan(c, view.plan));
    TRY(const auto all, statement_details(c, view.plan, day.value_or(std::nullopt).value_or(plan.valid_from.value_or(base::day(2000, 1, 1)))));
    for (const auto& d : all)
        if (d.id == id) return d;
    return base::error(base::ErrorKind::not_found, "no such statement");
}

audit::Values values_of(const StatementDetail& s) {
    const auto ids = [](const std::vector<network::BearerId>& list) {
        std::string out;
        for (const auto id : list) out += (out.empty() ? "" : ", ") + std::to_string(id.value);
        return out;
    };
    std::string dates, quantities;
    for (const auto& d : s.dates) dates += (dates.empty() ? "" : ", ") + base::iso(d.on);
    for (const auto& q : s.quantities) quantities += (quantities.empty() ? "" : ", ") + fmt::format("{} {:g} {}", q.comparison, q.amount, q.unit);
    return {{"quote_de", s.quote.de},
            {"quote_en", s.quote.en},
            {"modality", std::string(name_of(s.modality))},
            {"state", s.confirmed ? "confirmed" : "proposed"},
            {"rhythm", s.rhythm},
            {"bearers", ids(s.bearers)},
            {"lead", s.lead ? std::to_string(s.lead.value) : ""},
            {"counterparts", ids(s.counterparts)},
            {"dates", dates},
            {"quantities", quantities},
            {"vague_de", s.vague_reason.de},
            {"vague_en", s.vague_reason.en}};
}

}  // namespace plan::drafting
