#include "duties/view.h"

#include <fmt/format.h>

#include "duties/missing.h"
#include "duties/sentence.h"
#include "evidence/words.h"
#include "platform/web/chip.h"
#include "platform/web/url.h"

namespace duties {
namespace {

bool names_somebody(const Judged& judged) {
    return !judged.duty->rule.each.empty() || !judged.duty->rule.filter.empty() ||
           std::any_of(judged.occurrences.begin(), judged.occurrences.end(),
                       [](const Occurrence& o) { return o.missing && !o.missing->members.empty(); });
}

}  // namespace

using base::message;

std::string Loaded::missing_text(const Duty& duty, const Missing& missing, const web::Context& context) const {
    const auto language = i18n::code(context.language);
    if (missing.members.empty()) return missing.text.in(language);
    std::vector<std::string> members;
    members.reserve(missing.members.size());
    for (const auto& key : missing.members) members.push_back(naming.of_member(duty.rule, key).in(language));
    return missing_of(duty.rule, missing.have, missing.need, {}).text.in(language) + "; " +
           context.say(message("missing: {members}", {{"members", fmt::format("{}", fmt::join(members, ", "))}}));
}

std::string Loaded::period_text(const Duty& duty, const std::string& label, const web::Context& context) const {
    return naming.of_period(duty.rule, label).in(i18n::code(context.language));
}

std::string sentence_of(const Loaded& loaded, const Duty& duty, const std::string& language) {
    return sentence_of(duty.rule, [&](const std::string& key) { return loaded.naming.of(key); }).in(language);
}

base::Result<std::string> sentence_of(db::Database& database, const Rule& rule, const std::string& language) {
    TRY(const auto names, database.read([](db::Connection& c) -> base::Result<Naming> {
        TRY(const auto bearers, network::bearers(c));
        return naming(c, bearers);
    }));
    return sentence_of(rule, [&](const std::string& key) { return names.of(key); }).in(language);
}

std::string Loaded::bearer_name(const std::string& key, const web::Context& context) const {
    for (const auto& b : judgement.bearers)
        if (b.key == key) return (b.short_name.empty() ? b.name : b.short_name).in(i18n::code(context.language));
    return key;
}

base::Result<Loaded> load(db::Database& database, const web::Context& context, Scope scope, const std::string& duty, Which which) {
    const base::Day day = context.day();
    const bool internal = context.actor.signed_in();
    return database.read([&](db::Connection& c) -> base::Result<Loaded> {
        Loaded out;
        TRY(out.plans, plan::plans(c));
        if (!internal) std::erase_if(out.plans, [](const plan::PlanView& p) { return !p.published; });
        const auto wanted = context.query.get("plan");
        const auto asked = std::find_if(out.plans.begin(), out.plans.end(), [&](const auto& p) { return p.key == wanted; });
        if (asked != out.plans.end()) {
            out.plan = asked->key;
        } else {
            // In force on the day; after the last one ended, the one that ended last; of two that began together the published one.
            auto best = std::pair(base::day(1000, 1, 1), false);
            for (const auto& p : out.plans) {
                if (!p.valid_from || (!out.plan.empty() && *p.valid_from > day)) continue;
                const auto rank = std::pair(*p.valid_from, p.published);
                if (rank < best) continue;
                best = rank;
                out.plan = p.key;
            }
        }
        Question question;
        question.plan = scope == Scope::one_plan ? out.plan : "";
        question.duty = duty;
        question.as_of = day;
        question.known_on = context.known_on;
        question.published_only = !internal;
        question.which = which;
        TRY(out.judgement, judge_all(c, question));
        // A duty is seen with its plan only.
        const auto hidden = [&](const std::string& key) {
            return std::none_of(out.plans.begin(), out.plans.end(), [&](const auto& p) { return p.key == key; });
        };
        std::erase_if(out.judgement.judged, [&](const Judged& j) { return hidden(j.duty->plan); });
        if (std::any_of(out.judgement.judged.begin(), out.judgement.judged.end(), names_somebody)) {
            TRY(out.naming, naming(c, out.judgement.bearers));
        }
        return out;
    });
}

base::Result<void> name_shown(db::Database& database, const web::Context& context, Loaded& loaded, const std::vector<Shown>& shown) {
    const auto done = database.read([&](db::Connection& c) -> base::Result<bool> {
        TRY_VOID(name_subjects(c, loaded.naming, shown, context.actor.signed_in() ? Titles::all : Titles::published));
        return true;
    });
    if (!done) return tl::unexpected(done.error());
    return {};
}

std::vector<Shown> everything_in(const Judgement& judgement) {
    std::vector<Shown> out;
    for (const auto& j : judgement.judged)
        for (const auto& o : j.occurrences) out.push_back({j.duty, &o});
    return out;
}

int severity(State state) {
    switch (state) {
        case State::breached: return 10;
        case State::overdue: return 9;
        case State::behind_assumption: return 8;
        case State::due_soon: return 7;
        case State::open: return 6;
        case State::fulfilled_late: return 5;
        case State::fulfilled: return 4;
        case State::waived: return 3;
        case State::term_ended: return 2;
        case State::not_yet_due: return 1;
        case State::not_applicable: return 0;
    }
    return 0;
}

bool is_done(State s) { return s == State::fulfilled || s == State::fulfilled_late; }
bool is_behind(State s) { return s == State::overdue || s == State::breached || s == State::behind_assumption; }

const Occurrence* current_of(const Judged& judged, base::Day as_of) {
    const Occurrence* found = nullptr;
    for (const auto& o : judged.occurrences) {
        if (o.begins > as_of) {
            if (!found) found = &o;
            continue;
        }
        if (judged.duty->rule.period != Period::on_request || !found || base::year_of(o.begins) != base::year_of(found->begins))
            found = &o;
        else if (severity(o.state) >= severity(found->state))
            found = &o;
    }
    return found;
}

std::string chapter_of(const std::string& clause) {
    const auto first = clause.find('.');
    if (first == std::string::npos) return clause;
    auto second = clause.find_first_of(".-", first + 1);
    return clause.substr(0, second);
}

base::Message title_of(OriginKind kind) {
    switch (kind) {
        case OriginKind::wording: return message("Wording");
        case OriginKind::resolution: return message("Resolution");
        case OriginKind::assumption: return message("Assumption, not in the concept");
    }
    return message("Assumption, not in the concept");
}

base::Message title_of(OriginPart part) {
    switch (part) {
        case OriginPart::rule: return message("the rule");
        case OriginPart::threshold: return message("how much");
        case OriginPart::period: return message("how often");
        case OriginPart::due: return message("the day");
        case OriginPart::freshness: return message("the freshness");
        case OriginPart::set: return message("the named set");
        case OriginPart::answer: return message("the days to answer");
        case OriginPart::grace: return message("the grace");
    }
    return message("the rule");
}

base::Message title_of(Modality modality) {
    switch (modality) {
        case Modality::obligation: return message("Obligation");
        case Modality::conditional_obligation: return message("Conditional obligation");
        case Modality::power: return message("Power");
        case Modality::effort: return message("Effort");
        case Modality::declaration: return message("Declaration");
    }
    return message("Declaration");
}

base::Message sentence_of_risk(const std::string& reason) {
    if (reason == "office_vacant") return message("the office is vacant");
    if (reason == "term_ends") return message("the term of office ends soon");
    if (reason == "funding_ended") return message("the funding of the post has ended");
    if (reason == "agreement_ended") return message("an agreement it needs has ended");
    if (reason == "data_request_late") return message("a data request it needs is late");
    return message("a duty it needs is missed");
}

web::Html origin_chip(const web::Context& context, OriginKind kind) {
    return web::chip(context, kind == OriginKind::assumption ? web::ChipTone::warning : web::ChipTone::neutral, title_of(kind));
}

std::string with_day(const web::Context& context, std::string url) {
    web::Url out(std::move(url));
    if (context.as_of) out = out.with("stand", base::iso(*context.as_of));
    if (context.known_on) out = out.with("bekannt", base::iso(*context.known_on));
    return out.str();
}

std::string duty_url(const Duty& duty, const web::Context& context) { return with_day(context, "/pflichten/" + web::url_encode(duty.key)); }
std::string evidence_url(const std::string& key) { return "/nachweise/" + web::url_encode(key); }

bool Choices::fits(const Duty& d, const Occurrence& o) const {
    return (bearer.empty() || d.bearer == bearer || std::find(d.joint.begin(), d.joint.end(), bearer) != d.joint.end()) &&
           (chapter.empty() || chapter_of(d.clause) == chapter) && (state.empty() || name_of(o.state) == state) &&
           (modality.empty() || plan::name_of(d.modality) == modality) && (origin.empty() || name_of(o.origin) == origin);
}

web::Filter filter_of(const web::Context& context, const Loaded& loaded) {
    std::map<std::string, std::string> bearers;
    std::vector<std::string> chapters;
    for (const auto& j : loaded.judgement.judged) {
        bearers.emplace(j.duty->bearer, loaded.bearer_name(j.duty->bearer, context));
        const auto chapter = chapter_of(j.duty->clause);
        if (std::find(chapters.begin(), chapters.end(), chapter) == chapters.end()) chapters.push_back(chapter);
    }
    // Who bears nothing can be asked for all the same: the page of an office leads here, and "nothing" is an answer.
    const auto asked = context.query.get("traeger");
    for (const auto& b : loaded.judgement.bearers)
        if (b.key == asked) bearers.emplace(b.key, loaded.bearer_name(b.key, context));
    web::Filter filter(context);
    std::vector<web::Choice> choices;
    choices.reserve(bearers.size());
    for (const auto& [key, name] : bearers) choices.push_back({key, name});
    filter.select("traeger", message("Bearer"), choices);
    choices.clear();
    for (const auto& chapter : chapters) choices.push_back({chapter, chapter});
    filter.select("kapitel", message("Chapter"), choices);
    choices.clear();
    for (const auto state : {State::breached, State::overdue, State::behind_assumption, State::due_soon, State::open, State::fulfilled,
                             State::fulfilled_late, State::waived, State::not_yet_due, State::not_applicable, State::term_ended})
        choices.push_back({std::string(name_of(state)), web::state_label(name_of(state))});
    filter.select("zustand", message("State"), choices);
    choices.clear();
    for (const auto modality : {Modality::obligation, Modality::conditional_obligation, Modality::power, Modality::effort, Modality::declaration})
        choices.push_back({std::string(plan::name_of(modality)), title_of(modality)});
    filter.select("verbindlichkeit", message("Modality"), choices);
    choices.clear();
    for (const auto origin : {OriginKind::wording, OriginKind::resolution, OriginKind::assumption})
        choices.push_back({std::string(name_of(origin)), title_of(origin)});
    filter.select("herkunft", message("Origin"), choices);
    return filter;
}

Choices chosen(const web::Filter& filter) {
    return {filter.value("traeger"), filter.value("kapitel"), filter.value("zustand"), filter.value("verbindlichkeit"), filter.value("herkunft")};
}

web::Table table_of(const web::Context& context, const web::Text& caption) {
    return web::Table(context, caption,
                      {{.key = "ziffer", .title = message("Clause"), .sortable = true, .nowrap = true},
                       {.key = "pflicht", .title = message("Duty"), .sortable = true, .heading = true},
                       {.key = "traeger", .title = message("Bearer"), .sortable = true},
                       {.key = "zeitraum", .title = message("Period"), .sortable = true, .nowrap = true},
                       {.key = "frist", .title = message("Due on"), .sortable = true, .nowrap = true},
                       {.key = "zustand", .title = message("State"), .sortable = true},
                       {.key = "fehlt", .title = message("Missing")}});
}

void add_row(web::Table& table, const web::Context& context, const Loaded& loaded, const Duty& d, const Occurrence& o) {
    const auto language = std::string(i18n::code(context.language));
    web::Html state = web::state_chip(context, name_of(o.state));
    std::string plain = context.say(web::state_label(name_of(o.state)));
    if (o.origin == OriginKind::assumption) state += web::Html::trusted(" ") + origin_chip(context, o.origin);
    for (const auto& reason : o.at_risk) {
        const auto sentence = context.say(message("At risk: {reason}", {{"reason", context.say(sentence_of_risk(reason))}}));
        state += web::Html::trusted("<br><small>") + web::Html::text(sentence) + web::Html::trusted("</small>");
        plain += "; " + sentence;
    }
    table.row({web::Cell(d.clause), web::Cell::link(duty_url(d, context), d.title.in(language)), web::Cell(loaded.bearer_name(d.bearer, context)),
               web::Cell(loaded.period_text(d, o.period, context)), web::Cell::day(context.language, o.due_on), web::Cell(state, plain),
               web::Cell(o.missing ? loaded.missing_text(d, *o.missing, context) : "")});
}

}  // namespace duties
