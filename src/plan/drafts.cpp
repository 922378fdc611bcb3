#include "plan/drafts.h"

#include <boost/json.hpp>

#include "plan/drafting.h"
#include "plan/import/unicode.h"
#include "plan/import/wording.h"
#include "plan/rules.h"
#include "platform/search/search.h"

namespace plan {

using namespace drafting;

namespace {

using importing::FoundPlan;

base::Result<void> index_clause(db::Connection& c, ClauseId id, const std::string& words) {
    TRY_VOID(c.execute("update clauses set search_text = :text where id = :id", {{"text", search::column(words)}, {"id", id}}));
    return {};
}

base::Result<void> write_text(db::Connection& c, ClauseId id, const ClauseEdit& e) {
    TRY_VOID(c.execute("update clauses set number = :number, heading_de = :heading, text_de = :text where id = :id",
                       {{"number", e.number}, {"heading", e.heading}, {"text", e.text}, {"id", id}}));
    return index_clause(c, id, e.number + " " + e.heading + " " + e.text);
}

base::Result<std::vector<ClauseView>> draft_clauses(db::Connection& c, PlanId plan) { return clauses_of(c, plan, base::day(2000, 1, 1)); }

base::Result<void> renumber_positions(db::Connection& c, const std::vector<ClauseId>& order) {
    for (std::size_t i = 0; i < order.size(); ++i)
        TRY_VOID(c.execute("update clauses set position = :position where id = :id", {{"position", static_cast<std::int64_t>(i)}, {"id", order[i]}}));
    return {};
}

std::string slug_of(std::string_view title) {
    std::string out;
    for (std::size_t i = 0; i < title.size() && out.size() < 50;) {
        const auto c = importing::next(title, i);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += static_cast<char>(c);
        else if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c + 32);
        else if (c == 0xE4 || c == 0xC4)
            out += "ae";
        else if (c == 0xF6 || c == 0xD6)
            out += "oe";
        else if (c == 0xFC || c == 0xDC)
            out += "ue";
        else if (c == 0xDF)
            out += "ss";
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (out.ends_with('-')) out.pop_back();
    return out.empty() ? "konzept" : out;
}

base::Result<void> keep_warnings(db::Connection& c, PlanId plan, const std::vector<importing::Warning>& warnings) {
    boost::json::array all;
    for (const auto& w : warnings) {
        boost::json::object arguments;
        for (const auto& [name, value] : w.message.arguments) arguments[name] = value;
        all.push_back({{"text", w.message.text}, {"arguments", std::move(arguments)}, {"line", w.line}});
    }
    TRY_VOID(c.execute("update plans set warnings = :warnings where id = :id", {{"warnings", boost::json::serialize(all)}, {"id", plan}}));
    return {};
}

std::vector<std::string> paragraphs_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin < text.size();) {
        auto end = text.find("\n\n", begin);
        if (end == std::string::npos) end = text.size();
        out.push_back(text.substr(begin, end - begin));
        begin = end + 2;
    }
    return out;
}

}  // namespace

base::Result<void> complete_search(db::Database& database) {
    struct Clause {
        ClauseId id;
        std::string words;
    };
    const auto without = [](db::Connection& c) {
        return c.query<Clause>("select id, number, heading_de, text_de, heading_en, text_en from clauses where search_text = '' order by id", {},
                               [](const db::Row& row) {
                                   Clause found{row.id<ClauseId>("id"), row.text("number")};
                                   for (const auto* column : {"heading_de", "text_de", "heading_en", "text_en"})
                                       found.words += " " + row.text(column);
                                   return found;
                               });
    };
    TRY(const auto found, database.read(without));
    if (found.empty()) return {};
    return database.write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto still, without(c));
        for (const auto& clause : still) TRY_VOID(index_clause(c, clause.id, clause.words));
        return {};
    });
}

base::Result<PlanId> save_draft(db::Connection& c, const FoundPlan& found, const Source& source, const By& by) {
    NewPlan fresh;
    fresh.title = {found.title.empty() ? source.name : found.title, ""};
    fresh.source_name = source.name;
    fresh.source_sha256 = source.sha256;
    fresh.continues = source.continues;
    const auto wanted = source.key.empty() ? slug_of(fresh.title.de) : source.key;
    fresh.key = wanted;
    for (int n = 2; source.key.empty(); ++n) {
        if (!find_plan_by_key(c, fresh.key)) break;
        fresh.key = wanted + "-" + std::to_string(n);
    }
    TRY(const auto plan, add_plan(c, fresh, by));
    TRY(const auto bearers, Bearers::read(c));
    std::vector<ClauseId> ids;
    for (std::size_t i = 0; i < found.clauses.size(); ++i) {
        const auto& clause = found.clauses[i];
        NewClause out;
        out.plan = plan;
        out.parent = clause.parent < 0 ? ClauseId{} : ids[static_cast<std::size_t>(clause.parent)];
        out.number = clause.number;
        out.kind = clause.kind;
        out.position = static_cast<int>(i);
        out.heading = {clause.heading, ""};
        out.text = {clause.text, ""};
        TRY(const auto id, add_clause(c, out, by));
        ids.push_back(id);
        TRY_VOID(index_clause(c, id, clause.number + " " + clause.heading + " " + clause.text));
        int position = 0;
        for (const auto& s : clause.statements) TRY_VOID(write_statement(c, id, position++, s, s.id, bearers, by));
    }
    TRY_VOID(keep_warnings(c, plan, found.warnings));
    return plan;
}

base::Result<Reimported> reimport(db::Connection& c, PlanId plan, const FoundPlan& found, const By& by, const std::set<StatementId>& held) {
    TRY(const auto view, find_plan(c, plan));
    if (view.state != PlanState::draft)
        return base::error({base::ErrorKind::conflict,
                            "only a draft is imported again",
                            {{"", base::message("The concept is adopted. Its clauses stay as they are; an amendment makes the next version."), 0}},
                            {}});
    TRY(const auto before, draft_clauses(c, plan));
    TRY(const auto details, statement_details(c, plan, base::day(2000, 1, 1)));
    TRY(const auto bearers, Bearers::read(c));
    std::vector<Comparable> old_texts, new_texts;
    for (const auto& b : before) old_texts.push_back({b.number, b.heading.de, b.text.de});
    for (const auto& f : found.clauses) new_texts.push_back({f.number, f.heading, f.text});
    const auto pairs = match(old_texts, new_texts);
    Reimported out;
    std::vector<ClauseId> ids;
    std::set<ClauseId> kept;
    std::set<StatementId> kept_statements;
    auto noticed = found.warnings;
    std::set<std::string> keys;  // of the whole plan: a clause may have taken the number another one had
    for (const auto& d : details) keys.insert(d.key);
    for (std::size_t i = 0; i < found.clauses.size(); ++i) {
        const auto& f = found.clauses[i];
        const auto parent = f.parent < 0 ? ClauseId{} : ids[static_cast<std::size_t>(f.parent)];
        if (pairs[i] < 0) {
            TRY(const auto id, add_clause(c,
                                          {.plan = plan,
                                           .parent = parent,
                                           .number = f.number,
                                           .kind = f.kind,
                                           .position = static_cast<int>(i),
                                           .heading = {f.heading, ""},
                                           .text = {f.text, ""},
                                           .valid_from = {},
                                           .valid_until = {},
                                           .published = false},
                                          by));
            TRY_VOID(index_clause(c, id, f.number + " " + f.heading + " " + f.text));
            ids.push_back(id);
            ++out.added;
        } else {
            const auto& b = before[static_cast<std::size_t>(pairs[i])];
            ids.push_back(b.id);
            kept.insert(b.id);
            const bool same = b.number == f.number && b.heading.de == f.heading && b.text.de == f.text;
            ++(same ? out.unchanged : out.changed);
            TRY_VOID(c.execute("update clauses set parent_id = :parent, position = :position where id = :id",
                               {{"parent", parent}, {"position", static_cast<std::int64_t>(i)}, {"id", b.id}}));
            if (!same) {
                TRY_VOID(write_text(c, b.id, {f.number, f.heading, f.text}));
                TRY_VOID(recorded(c, by, "plan.clause", b.id.value, "reimport",
                                  {{"number", b.number}, {"heading_de", b.heading.de}, {"text_de", b.text.de}},
                                  {{"number", f.number}, {"heading_de", f.heading}, {"text_de", f.text}}));
            }
        }
        // Statements of this clause: the most alike keeps its id, its key and what somebody confirmed.
        std::vector<const StatementDetail*> old_statements;
        for (const auto& d : details)
            if (d.clause == ids[i]) old_statements.push_back(&d);
        int position = 0;
        for (const auto& s : f.statements) {
            const StatementDetail* best = nullptr;
            double most = 0.6;
            for (const auto* o : old_statements) {
                if (kept_statements.contains(o->id)) continue;
                if (const auto alike = similarity(o->quote.de, s.quote); alike > most) {
                    best = o;
                    most = alike;
                }
            }
            if (best) {
                kept_statements.insert(best->id);
                ++out.statements_kept;
                TRY_VOID(c.execute("update statements set quote_de = :quote, position = :position where id = :id",
                                   {{"quote", s.quote}, {"position", position++}, {"id", best->id}}));
                if (best->quote.de == s.quote) continue;
                // Nobody has said anything of it yet: the new words speak. Else what a person said stays, and is shown to one again.
                if (best->confirmed)
                    noticed.push_back({base::message("The words of statement {key} have changed; please look whether what was confirmed still holds.",
                                                     {{"key", best->key}}),
                                       0});
                else
                    TRY_VOID(propose_again(c, best->id, s, bearers));
                TRY_VOID(recorded(c, by, "plan.statement", best->id.value, "reimport", {{"quote_de", best->quote.de}}, {{"quote_de", s.quote}}));
                continue;
            }
            auto key = s.id;
            for (std::size_t n = 0; keys.contains(key); ++n) key = s.id.substr(0, s.id.rfind('-') + 1) + importing::letter(f.statements.size() + n);
            keys.insert(key);
            TRY_VOID(write_statement(c, ids[i], position++, s, key, bearers, by));
            ++out.statements_added;
        }
    }
    for (const auto& d : details) {
        if (kept_statements.contains(d.id) || d.confirmed || held.contains(d.id)) continue;
        TRY_VOID(remove_statement(c, d.id, by));
        ++out.statements_removed;
    }
    TRY_VOID(keep_warnings(c, plan, noticed));
    // Clauses that are gone go, unless something confirmed or a duty hangs on them; then they stand at the end.
    auto position = static_cast<std::int64_t>(found.clauses.size());
    for (auto i = before.size(); i-- > 0;) {
        const auto& b = before[i];
        if (kept.contains(b.id)) continue;
        const auto removed = c.savepoint([&]() -> base::Result<void> {
            TRY_VOID(c.execute("update clauses set origin_id = null where id = :id", {{"id", b.id}}));
            TRY_VOID(c.execute("delete from clauses where id = :id", {{"id", b.id}}));
            return recorded(c, by, "plan.clause", b.id.value, "remove", {{"number", b.number}, {"heading_de", b.heading.de}, {"text_de", b.text.de}},
                            {});
        });
        if (!removed && db::failure_of(removed.error()) != db::Failure::foreign_key) return tl::unexpected(removed.error());
        if (!removed) TRY_VOID(c.execute("update clauses set position = :position where id = :id", {{"position", position++}, {"id", b.id}}));
        ++out.left_out;
    }
    return out;
}

base::Result<void> edit_clause(db::Connection& c, ClauseId id, const ClauseEdit& e, const By& by) {
    TRY(const auto before, draft_clause(c, id));
    TRY_VOID(write_text(c, id, e));
    return recorded(c, by, "plan.clause", id.value, "change",
                    {{"number", before.number}, {"heading_de", before.heading.de}, {"text_de", before.text.de}},
                    {{"number", e.number}, {"heading_de", e.heading}, {"text_de", e.text}});
}

base::Result<void> move_clause(db::Connection& c, ClauseId id, ClauseId parent, ClauseId before, const By& by) {
    TRY(const auto clause, draft_clause(c, id));
    TRY(const auto all, draft_clauses(c, clause.plan));
    std::map<ClauseId, ClauseId> parents;
    for (const auto& x : all) parents[x.id] = x.parent;
    if ((parent && !parents.contains(parent)) || (before && !parents.contains(before)))
        return base::error(base::ErrorKind::not_found, "no such clause in this draft");
    for (auto p = parent; p; p = parents[p])
        if (p == id) return base::invalid("parent", base::message("A clause cannot stand below itself."));
    const auto inside = [&](ClauseId x) {
        for (; x; x = parents[x])
            if (x == id) return true;
        return false;
    };
    // The clause moves with everything below it.
    std::vector<ClauseId> moved, others;
    for (const auto& x : all) (inside(x.id) ? moved : others).push_back(x.id);
    auto at = before && !inside(before) ? std::find(others.begin(), others.end(), before) : others.end();
    if (!before && parent) {
        // behind the last clause of its new parent
        at = std::find(others.begin(), others.end(), parent) + 1;
        while (at != others.end()) {
            bool below = false;
            for (auto p = parents[*at]; p; p = parents[p]) below = below || p == parent;
            if (!below) break;
            ++at;
        }
    }
    others.insert(at, moved.begin(), moved.end());
    TRY_VOID(c.execute("update clauses set parent_id = :parent where id = :id", {{"parent", parent}, {"id", id}}));
    TRY_VOID(renumber_positions(c, others));
    return recorded(c, by, "plan.clause", id.value, "move", {{"parent", std::to_string(clause.parent.value)}},
                    {{"parent", std::to_string(parent.value)}});
}

base::Result<ClauseId> join_with_previous(db::Connection& c, ClauseId id, const By& by) {
    TRY(const auto clause, draft_clause(c, id));
    TRY(const auto all, draft_clauses(c, clause.plan));
    const auto at = std::find_if(all.begin(), all.end(), [&](const ClauseView& x) { return x.id == id; });
    if (at == all.begin()) return base::invalid("", base::message("There is no clause before this one to join it with."));
    const auto& before = *std::prev(at);
    auto head = clause.number + (clause.number.empty() || clause.heading.de.empty() ? "" : " ") + clause.heading.de;
    auto text = before.text.de;
    for (const std::string* part : {static_cast<const std::string*>(&head), &clause.text.de})
        if (!part->empty()) text += (text.empty() ? "" : "\n\n") + *part;
    TRY_VOID(write_text(c, before.id, {before.number, before.heading.de, text}));
    TRY_VOID(c.execute("update clauses set parent_id = :to where parent_id = :id and id <> :to", {{"to", before.id}, {"id", id}}));
    TRY_VOID(c.execute("update statements set clause_id = :to, position = position + 1000 where clause_id = :id", {{"to", before.id}, {"id", id}}));
    TRY_VOID(c.execute("update clause_lineage set clause_id = :to where clause_id = :id", {{"to", before.id}, {"id", id}}));
    if (before.parent == id)
        TRY_VOID(c.execute("update clauses set parent_id = :parent where id = :id", {{"parent", clause.parent}, {"id", before.id}}));
    TRY_VOID(c.execute("update clauses set origin_id = null where id = :id", {{"id", id}}));
    TRY_VOID(c.execute("delete from clauses where id = :id", {{"id", id}}));
    TRY_VOID(recorded(c, by, "plan.clause", id.value, "join",
                      {{"number", clause.number}, {"heading_de", clause.heading.de}, {"text_de", clause.text.de}},
                      {{"joined_to", std::to_string(before.id.value)}}));
    return before.id;
}

base::Result<ClauseId> split_clause(db::Connection& c, ClauseId id, std::size_t paragraph, const std::string& number, const std::string& heading,
                                    const By& by) {
    TRY(const auto clause, draft_clause(c, id));
    const auto parts = paragraphs_of(clause.text.de);
    if (paragraph < 1 || paragraph >= parts.size())
        return base::invalid("absatz", base::message("Please choose the paragraph the new clause begins with."));
    std::string first, second;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto& to = i < paragraph ? first : second;
        to += (to.empty() ? "" : "\n\n") + parts[i];
    }
    TRY_VOID(c.execute("update clauses set position = position + 1 where plan_id = :plan and position > :position",
                       {{"plan", clause.plan}, {"position", clause.position}}));
    TRY(const auto fresh, add_clause(c,
                                     {.plan = clause.plan,
                                      .parent = clause.parent,
                                      .number = number,
                                      .kind = ClauseKind::clause,
                                      .position = clause.position + 1,
                                      .heading = {heading, ""},
                                      .text = {second, ""},
                                      .valid_from = {},
                                      .valid_until = {},
                                      .published = false},
                                     by));
    TRY_VOID(write_text(c, id, {clause.number, clause.heading.de, first}));
    TRY_VOID(index_clause(c, fresh, number + " " + heading + " " + second));
    TRY(const auto details, statement_details(c, clause.plan, base::day(2000, 1, 1)));
    for (const auto& d : details)
        if (d.clause == id && first.find(d.quote.de) == std::string::npos && second.find(d.quote.de) != std::string::npos)
            TRY_VOID(c.execute("update statements set clause_id = :to where id = :id", {{"to", fresh}, {"id", d.id}}));
    TRY_VOID(recorded(c, by, "plan.clause", id.value, "split", {{"text_de", clause.text.de}},
                      {{"text_de", first}, {"split_off", std::to_string(fresh.value)}}));
    return fresh;
}

base::Result<ClauseId> amend(db::Connection& c, ClauseId id, const ClauseEdit& e, base::Day from, const By& by) {
    TRY(const auto before, find_clause(c, id));
    TRY(const auto plan, find_plan(c, before.plan));
    if (plan.state != PlanState::adopted) return base::error(base::ErrorKind::conflict, "a draft is mended, not amended");
    if (plan.valid_from && from <= *plan.valid_from)
        return base::invalid("from", base::message("An amendment begins after the first day of the concept."));
    if (plan.valid_until && from > *plan.valid_until) return base::invalid("from", base::message("The concept is no longer valid on that day."));
    TRY(const auto open,
        c.execute("update clauses set valid_until = :until where id = :id and valid_until is null and (valid_from is null or valid_from < :from)",
                  {{"until", base::plus_days(from, -1)}, {"from", from}, {"id", id}}));
    if (open == 0)
        return base::error({base::ErrorKind::conflict,
                            "not the present version",
                            {{"from", base::message("There is a later version of this clause already."), 0}},
                            {}});
    TRY(const auto fresh, add_clause(c,
                                     {.plan = before.plan,
                                      .parent = before.parent,
                                      .number = e.number,
                                      .kind = before.kind,
                                      .position = before.position,
                                      .heading = {e.heading, ""},
                                      .text = {e.text, ""},
                                      .valid_from = from,
                                      .valid_until = {},
                                      .published = before.published},
                                     by));
    TRY_VOID(c.execute(
        "update clauses set origin_id = (select origin_id from clauses where id = :old), version = (select version from clauses where id = :old) + 1 where id = :id",
        {{"old", id}, {"id", fresh}}));
    TRY_VOID(index_clause(c, fresh, e.number + " " + e.heading + " " + e.text));
    TRY_VOID(c.execute("update clauses set parent_id = :fresh where parent_id = :old", {{"fresh", fresh}, {"old", id}}));
    TRY(const auto details, statement_details(c, before.plan, base::plus_days(from, -1)));
    for (const auto& d : details) {
        if (d.clause != id) continue;
        TRY_VOID(c.execute("update statements set clause_id = :fresh where id = :id", {{"fresh", fresh}, {"id", d.id}}));
        NewStatement copy;
        copy.clause = id;
        copy.key = d.key;
        copy.quote = d.quote;
        copy.modality = d.modality;
        copy.confirmed = d.confirmed;
        copy.rhythm = d.rhythm;
        copy.bearers = d.bearers;
        copy.lead = d.lead;
        copy.counterparts = d.counterparts;
        copy.dates = d.dates;
        copy.quantities = d.quantities;
        copy.open_list = d.open_list;
        copy.vague_reason = d.vague_reason;
        TRY_VOID(add_statement(c, copy, by));
    }
    TRY_VOID(add_lineage(c, {.clause = fresh, .relation = Relation::amended, .from = id, .note = ""}));
    TRY_VOID(
        recorded(c, by, "plan.clause", fresh.value, "amend", {{"text_de", before.text.de}}, {{"text_de", e.text}, {"valid_from", base::iso(from)}}));
    return fresh;
}

base::Result<std::vector<Noticed>> warnings_of(db::Connection& c, PlanId plan) {
    std::vector<Noticed> out;
    TRY(const auto kept, c.query_one<std::string>("select warnings from plans where id = :id", {{"id", plan}},
                                                  [](const db::Row& row) { return row.text("warnings"); }));
    boost::json::error_code failed;
    const auto all = boost::json::parse(kept.value_or("[]"), failed);
    if (failed || !all.is_array()) return out;  // none were kept
    for (const auto& w : all.as_array()) {
        const auto& object = w.as_object();
        Noticed one;
        one.message.text = std::string(object.at("text").as_string());
        for (const auto& [name, value] : object.at("arguments").as_object())
            one.message.arguments.emplace_back(std::string(name), std::string(value.as_string()));
        one.line = static_cast<int>(object.at("line").as_int64());
        out.push_back(std::move(one));
    }
    return out;
}

std::string anchor_of(const ClauseView& clause) {
    if (clause.number.empty())
        return clause.kind == ClauseKind::preamble ? "praeambel"
               : clause.kind == ClauseKind::annex  ? "anlage-" + std::to_string(clause.position)
                                                   : "ziffer-" + std::to_string(clause.id.value);
    std::string out;
    for (std::size_t i = 0; i < clause.number.size();) {
        const auto c = importing::next(clause.number, i);
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
            out += static_cast<char>(c);
        else if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c + 32);
        else if (c == 0xDF)
            out += "ss";
        else if (c == 0xE4)
            out += "ae";
        else if (c == 0xA7)
            out += "paragraf";
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (out.ends_with('-')) out.pop_back();
    return out;
}

base::Result<std::vector<Hit>> search_clauses(db::Connection& c, std::string_view question, Scope scope, std::size_t most) {
    const auto words = search::stems(question.substr(0, 200));
    std::vector<Hit> out;
    if (words.empty()) return out;
    std::string where;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < words.size() && i < 8; ++i) names.push_back("w" + std::to_string(i));
    db::Parameters parameters{{"most", static_cast<std::int64_t>(most)}};
    for (std::size_t i = 0; i < names.size(); ++i) {
        // A stem holds letters and digits only, so nothing in it means anything to like.
        where += " and c.search_text like :" + names[i];
        parameters.emplace_back(names[i], "% " + words[i] + "%");
    }
    if (scope == Scope::published) where += " and c.published and p.published";
    TRY(const auto ids, c.query<ClauseId>("select c.id from clauses c join plans p on p.id = c.plan_id where c.valid_until is null" + where +
                                              " order by p.valid_from desc, c.plan_id, c.position limit :most",
                                          parameters, [](const db::Row& row) { return row.id<ClauseId>("id"); }));
    std::map<PlanId, PlanView> known;
    for (const auto id : ids) {
        TRY(auto clause, find_clause(c, id));
        if (!known.contains(clause.plan)) {
            TRY(auto found, find_plan(c, clause.plan));
            known[clause.plan] = std::move(found);
        }
        const auto& of = known[clause.plan];
        out.push_back({std::move(clause), of});
    }
    return out;
}

}  // namespace plan
