#include "duties/compose_page.h"

#include <fmt/format.h>

#include "duties/rule_fields.h"
#include "duties/rules.h"
#include "duties/sentence.h"
#include "platform/web/chip.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"

namespace duties {
namespace {

using base::message;

std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }

// A day as people type it into the form.
std::string typed_day(base::Day day) { return i18n::format_day(i18n::Language::de, day); }

constexpr std::array single_parts{"evidence", "aggregate",     "comparison",    "threshold",      "each_by",    "population", "period",
                                  "due",      "due_month_day", "due_next_year", "due_after_days", "fresh_days", "request",    "answer_within_days"};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        at = end + 1;
        line.erase(0, line.find_first_not_of(" \t\r"));
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (!line.empty()) out.push_back(std::move(line));
    }
    return out;
}

// What the form sends, as the parts of a rule; parts that the chosen period or aggregate does not read are left out, as the form shows them all.
Fields fields_from(const http::Fields& form) {
    Fields out;
    for (const std::string name : single_parts)
        if (const auto value = form.get(name); !value.empty()) out[name] = {name == "due_next_year" ? "true" : value};
    if (const auto members = lines_of(form.get("each")); !members.empty()) out["each"] = members;
    for (const auto& line : lines_of(form.get("filter"))) {
        const auto mark = line.find('=');
        auto name = line.substr(0, mark), value = mark == std::string::npos ? "" : line.substr(mark + 1);
        name.erase(name.find_last_not_of(' ') + 1);
        value.erase(0, value.find_first_not_of(' '));
        out["filter." + name] = {value};
    }
    const auto period = form.get("period"), aggregate = form.get("aggregate");
    const auto drop = [&](bool reads, std::initializer_list<const char*> names) {
        if (!reads)
            for (const char* name : names) out.erase(name);
    };
    drop(period == "once", {"due"});
    drop(period == "year", {"due_month_day", "due_next_year"});
    drop(period == "half_year" || period == "quarter" || period == "month", {"due_after_days"});
    drop(period == "standing", {"fresh_days"});
    drop(period == "on_request", {"request", "answer_within_days"});
    drop(aggregate == "each" || aggregate == "share", {"each", "each_by"});
    drop(aggregate == "share", {"population"});
    return out;
}

// The parts of a rule that may come from elsewhere than the rule itself.
constexpr std::array own_parts{OriginPart::threshold, OriginPart::period, OriginPart::due,  OriginPart::freshness,
                               OriginPart::set,       OriginPart::answer, OriginPart::grace};

std::string named(std::string_view field, OriginPart part) { return fmt::format("{}_{}", field, name_of(part)); }

Origin origin_from(web::Input& input, OriginPart part, OriginKind kind, const std::string& text, const std::string& on) {
    const auto words = input.long_text(text, {.required = false, .most = 2000});
    Origin origin{part, kind, {}, "", {}, {}};
    if (kind == OriginKind::wording) origin.quote.de = words;
    if (kind == OriginKind::assumption) origin.note.de = words;
    if (kind == OriginKind::resolution) {
        origin.resolution = words;
        origin.on = input.day(on, false);
    }
    return origin;
}

void add_origin(http::Fields& out, const Origin& o, const std::string& kind, const std::string& text, const std::string& on) {
    out.add(kind, std::string(name_of(o.kind)));
    out.add(text, o.kind == OriginKind::wording ? o.quote.de : o.kind == OriginKind::resolution ? o.resolution : o.note.de);
    if (o.on) out.add(on, typed_day(*o.on));
}

// The origin that speaks for the whole rule.
std::size_t main_origin(const std::vector<Origin>& all) {
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].part == OriginPart::rule) return i;
    return 0;
}

struct Draft {
    Duty duty;
    std::optional<base::Error> refused;
};

Draft draft_from(const http::Fields& form, const Loaded& loaded) {
    Draft draft;
    auto& d = draft.duty;
    web::Input input(form);
    d.key = input.text("key", {.most = 100});
    d.title = {input.text("title", {.most = 300}), input.text("title_en", {.required = false, .most = 300})};
    d.plan = input.text("plan");
    d.statement = input.text("statement", {.required = false, .most = 60});
    d.clause = input.text("clause", {.required = false, .most = 40});
    std::vector<std::string> bearers;
    for (const auto& b : loaded.judgement.bearers)
        if (network::belongs_to_district(b.kind)) bearers.push_back(b.key);  // R2: a third party never bears a duty of the district
    d.bearer = input.choice("bearer", bearers);
    d.modality = plan::modality_named(input.text("modality")).value_or(Modality::obligation);
    if (const auto from = input.day("valid_from")) d.valid_from = *from;
    d.valid_until = input.day("valid_until", false);
    d.grace_days = static_cast<int>(input.number("grace_days", 0, 3660, false).value_or(0));
    d.due_soon_days = static_cast<int>(input.number("due_soon_days", 0, 3660, false).value_or(30));
    const auto kind = origin_kind_named(input.text("origin_kind")).value_or(OriginKind::assumption);
    const auto main_part = origin_part_named(form.get("origin_part")).value_or(OriginPart::rule);
    d.origins = {origin_from(input, main_part, kind, "origin_text", "origin_on")};
    for (const auto part : own_parts)
        if (const auto own = origin_kind_named(form.get(named("origin_kind", part))); own && part != main_part)
            d.origins.push_back(origin_from(input, part, *own, named("origin_text", part), named("origin_on", part)));
    base::Error error{base::ErrorKind::invalid_input, "a duty has mistakes", {}, {}};
    if (!input.ok()) error.fields = input.error().fields;
    if (auto rule = parse_rule(fields_from(form)))
        d.rule = std::move(*rule);
    else
        for (auto& f : rule.error().fields) {
            if (f.field.starts_with("filter.")) f.field = "filter";
            error.fields.push_back(std::move(f));
        }
    for (auto& f : mistakes_in(d)) {
        // "origin.threshold": at the field of that part.
        if (f.field.starts_with("origin.")) {
            const auto part = origin_part_named(std::string_view(f.field).substr(7));
            f.field = part && *part != main_part ? named("origin_text", *part) : "origin_text";
        }
        if (std::none_of(error.fields.begin(), error.fields.end(), [&](const auto& known) { return known.field == f.field; }))
            error.fields.push_back(std::move(f));
    }
    if (!error.fields.empty()) draft.refused = std::move(error);
    return draft;
}

// How a duty not yet saved would have judged what is in the ledger.
base::Result<web::Html> past(db::Database& database, const web::Context& context, const Duty& duty) {
    std::vector<std::string> kinds{duty.rule.evidence};
    if (!duty.rule.population.empty()) kinds.push_back(duty.rule.population);
    if (!duty.rule.request.empty()) kinds.push_back(duty.rule.request);
    TRY(const auto ledger, database.read([&](db::Connection& c) { return evidence::of_kinds(c, kinds, context.day()); }));
    const auto judged = judge(duty, {ledger, {}, {}}, context.day(), context.known_on);
    TRY(const auto names, database.read([&](db::Connection& c) -> base::Result<Naming> {
        TRY(const auto bearers, network::bearers(c));
        TRY(auto out, naming(c, bearers));
        std::vector<Shown> shown;
        shown.reserve(judged.size());
        for (const auto& o : judged) shown.push_back({&duty, &o});
        TRY_VOID(name_subjects(c, out, shown, context.actor.signed_in() ? Titles::all : Titles::published));
        return out;
    }));
    web::Table table(context, message("How it would have judged the past"),
                     {{.key = "zeitraum", .title = message("Period"), .heading = true},
                      {.key = "frist", .title = message("Due on")},
                      {.key = "zustand", .title = message("State")},
                      {.key = "fehlt", .title = message("Missing")}});
    for (const auto& o : judged)
        table.row({web::Cell(names.of_period(duty.rule, o.period).in(lang(context))), web::Cell::day(context.language, o.due_on),
                   web::Cell::state(context.language, name_of(o.state)),
                   web::Cell(o.missing ? names.of_missing(duty.rule, *o.missing).in(lang(context)) : "")});
    return table.html();
}

base::Result<web::Html> preview(db::Database& database, const web::Context& context, const Duty& duty) {
    TRY(const auto table, past(database, context, duty));
    TRY(const auto sentence, sentence_of(database, duty.rule, lang(context)));
    return web::Html::trusted("<section class=\"app-panel\" aria-labelledby=\"h-vorschau\"><h2 id=\"h-vorschau\">") +
           web::Html::text(context.say(message("Preview"))) + web::Html::trusted("</h2><p><strong>") + web::Html::text(sentence) +
           web::Html::trusted("</strong></p>") + table + web::Html::trusted("</section>");
}

// The values of a duty as the fields of the form.
http::Fields fields_of_duty(const Duty& d) {
    http::Fields out;
    for (const auto& [name, values] : fields_of(d.rule)) {
        if (name.starts_with("filter.")) continue;
        std::string joined;
        for (const auto& v : values) joined += (joined.empty() ? "" : "\n") + v;
        if (const auto day = name == "due" ? base::parse_iso_day(joined) : std::nullopt) joined = typed_day(*day);
        out.add(name, name == "due_next_year" ? "ja" : joined);
    }
    std::string filter;
    for (const auto& [name, value] : d.rule.filter) filter += fmt::format("{}{} = {}", filter.empty() ? "" : "\n", name, value);
    out.add("filter", filter);
    out.add("key", d.key);
    out.add("changes", d.key);
    out.add("title", d.title.de);
    out.add("title_en", d.title.en);
    out.add("plan", d.plan);
    out.add("statement", d.statement);
    out.add("clause", d.clause);
    out.add("bearer", d.bearer);
    out.add("modality", std::string(plan::name_of(d.modality)));
    out.add("valid_from", typed_day(d.valid_from));
    if (d.valid_until) out.add("valid_until", typed_day(*d.valid_until));
    out.add("grace_days", std::to_string(d.grace_days));
    out.add("due_soon_days", std::to_string(d.due_soon_days));
    if (d.origins.empty()) return out;
    const auto main = main_origin(d.origins);
    out.add("origin_part", std::string(name_of(d.origins[main].part)));
    add_origin(out, d.origins[main], "origin_kind", "origin_text", "origin_on");
    for (const auto part : own_parts)
        for (std::size_t i = 0; i < d.origins.size(); ++i) {
            if (i == main || d.origins[i].part != part) continue;
            add_origin(out, d.origins[i], named("origin_kind", part), named("origin_text", part), named("origin_on", part));
            break;
        }
    return out;
}

template <class Enum, std::size_t N>
std::vector<web::Choice> choices_of(const std::array<std::pair<Enum, base::Message>, N>& all) {
    std::vector<web::Choice> out;
    out.reserve(N);
    for (const auto& [value, label] : all) out.push_back({std::string(name_of(value)), label});
    return out;
}

http::Response form_page(const web::Context& context, const Loaded& loaded, const http::Fields& typed, const base::Error* refused,
                         const web::Html& before) {
    web::Form form(context, {.action = "/pflichten/neu", .submit = message("Save"), .cancel_url = "/pflichten"});
    form.typed(typed);
    if (refused) form.error(*refused);
    if (const auto changes = typed.get("changes"); !changes.empty()) form.hidden("changes", changes);
    std::vector<web::Choice> choices;
    choices.reserve(loaded.plans.size());
    for (const auto& p : loaded.plans) choices.push_back({p.key, p.title.in(lang(context))});
    form.group(message("What and who"));
    form.select("plan", message("Plan"), choices, {.value = loaded.plan});
    form.row();
    form.text("key", message("Key"), {.hint = message("Stays for ever, such as 5.4.1.8-places.")});
    form.text("clause", message("Clause"), {.optional = true, .short_input = true});
    form.text("statement", message("Statement"), {.optional = true, .short_input = true});
    form.end_row();
    form.text("title", message("Title"));
    form.text("title_en", message("Title in English"), {.optional = true});
    choices.clear();
    for (const auto& b : loaded.judgement.bearers)
        if (network::belongs_to_district(b.kind)) choices.push_back({b.key, b.name.in(lang(context))});
    form.select("bearer", message("Bearer"), choices);
    choices.clear();
    for (const auto m : {Modality::obligation, Modality::conditional_obligation, Modality::power, Modality::effort, Modality::declaration})
        choices.push_back({std::string(plan::name_of(m)), title_of(m)});
    form.select("modality", message("Modality"), choices);
    form.end_group();

    form.group(message("The rule"));
    choices.clear();
    for (const auto& kind : evidence::kinds()) choices.push_back({std::string(kind.name), evidence::name_of_kind(kind.name).in(lang(context))});
    for (const char* name : {"evidence", "population", "request"})
        if (const auto own = typed.get(name); evidence::is_kind_name(own) && !evidence::find_kind(own)) choices.push_back({own, own});
    form.select("evidence", message("Evidence"), choices);
    form.textarea("filter", message("Only where"), {.hint = message("One attribute a line, such as: claim = none"), .optional = true, .rows = 2});
    form.select("aggregate", message("What counts"),
                choices_of<Aggregate, 5>({{{Aggregate::count, message("the number of records")},
                                           {Aggregate::sum, message("the sum of the quantities")},
                                           {Aggregate::latest, message("the latest quantity")},
                                           {Aggregate::each, message("each of a named set")},
                                           {Aggregate::share, message("a share in percent")}}}));
    form.row();
    form.select(
        "comparison", message("Compared"),
        choices_of<Comparison, 3>(
            {{{Comparison::at_least, message("at least")}, {Comparison::at_most, message("at most")}, {Comparison::exactly, message("exactly")}}}));
    form.text("threshold", message("How much"), {.optional = true, .inputmode = "decimal", .short_input = true});
    form.end_row();
    form.textarea("each", message("Named set"), {.hint = message("One a line; only for \"each\" and \"share\"."), .optional = true, .rows = 3});
    form.text("each_by", message("Named by the attribute"), {.hint = message("Empty: by the subject."), .optional = true, .short_input = true});
    auto some = choices;
    some.insert(some.begin(), {"", message("none")});
    form.select("population", message("Share of"), some, {.optional = true});
    form.select("period", message("How often"),
                choices_of<Period, 7>({{{Period::once, message("once")},
                                        {Period::year, message("every calendar year")},
                                        {Period::half_year, message("every half-year")},
                                        {Period::quarter, message("every quarter")},
                                        {Period::month, message("every month")},
                                        {Period::standing, message("at all times")},
                                        {Period::on_request, message("on request")}}}),
                {.value = "year"});
    form.row();
    form.date("due", message("Day (once)"), {}, {.optional = true});
    form.text("due_month_day", message("Day of the year"),
              {.hint = message("Such as 31.12.; empty: the last day."), .optional = true, .short_input = true});
    form.number("due_after_days", message("Days after the end"), {.optional = true, .short_input = true});
    form.end_row();
    form.checkbox("due_next_year", message("That day lies in the year after"), typed.has("due_next_year"));
    form.row();
    form.number("fresh_days", message("Fresh for days"),
                {.hint = message("At all times only; empty: as long as the record holds."), .optional = true, .short_input = true});
    form.number("answer_within_days", message("Answer within days"), {.optional = true, .short_input = true});
    form.end_row();
    form.select("request", message("Request"), some, {.optional = true});
    form.html(web::Html::trusted(
        "<div id=\"satz\" class=\"app-live\" role=\"status\" data-hx-post=\"/pflichten/satz\" data-hx-trigger=\"load, change from:closest form delay:200ms\" "
        "data-hx-include=\"closest form\" data-hx-target=\"#satz\"></div>"));
    form.end_group();

    form.group(message("Validity and origin"));
    form.row();
    form.date("valid_from", message("Valid from"));
    form.date("valid_until", message("Valid until"), {}, {.optional = true});
    form.end_row();
    form.row();
    form.number("grace_days", message("Grace in days"), {.value = "0", .short_input = true});
    form.number("due_soon_days", message("Due soon, days before"), {.value = "30", .short_input = true});
    form.end_row();
    choices.clear();
    for (const auto kind : {OriginKind::wording, OriginKind::resolution, OriginKind::assumption})
        choices.push_back({std::string(name_of(kind)), title_of(kind)});
    form.radios("origin_kind", message("Where does the rule come from?"), choices, {.value = "assumption"});
    form.textarea("origin_text", message("The words, the resolution's number, or why it was assumed"), {.rows = 2});
    form.date("origin_on", message("Day of the resolution"), {}, {.optional = true});
    if (!typed.get("origin_part").empty()) form.hidden("origin_part", typed.get("origin_part"));
    form.end_group();

    form.group(message("Where single parts come from, if not from there"));
    choices.insert(choices.begin(), {"", message("from the same source")});
    for (const auto part : own_parts) {
        form.row();
        form.select(named("origin_kind", part), title_of(part), choices, {.optional = true});
        form.text(named("origin_text", part), message("Words, number or reason"), {.optional = true});
        form.date(named("origin_on", part), message("Day of the resolution"), {}, {.optional = true});
        form.end_row();
    }
    form.end_group();
    form.button("vorschau", "ja", message("Preview"));
    return web::page(
        context, {.title = message("Compose a duty"), .crumbs = {{message("Duties"), "/pflichten"}}, .status = refused ? 422 : 200, .index = false},
        before + form.html());
}

// What the link beside a statement carries: the statement itself, and the rhythm, day and quantity its words name.
base::Result<void> fill_from_statement(db::Database& database, const web::Context& context, const Loaded& loaded, http::Fields& fields) {
    const auto& query = context.query;
    fields.add("clause", query.get("ziffer"));
    fields.add("statement", query.get("aussage"));
    std::string period = "year";
    const auto rhythm = query.get("rhythmus");
    for (const auto& [said, meant] : {std::pair{"half_yearly", "half_year"}, std::pair{"quarterly", "quarter"}, std::pair{"monthly", "month"},
                                      std::pair{"standing", "standing"}, std::pair{"once", "once"}, std::pair{"on_request", "on_request"}})
        if (rhythm == said) period = meant;
    if (const auto due = base::parse_day(query.get("frist")); due && rhythm.empty()) {
        period = "once";
        fields.add("due", typed_day(*due));
    }
    fields.add("period", period);
    if (const auto amount = query.get("menge"); !amount.empty()) {
        fields.add("threshold", amount);
        fields.add("aggregate", amount == "1" ? "count" : "sum");
        fields.add("comparison", query.get("vergleich"));
    }
    if (query.get("aussage").empty()) return {};
    return database.read([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto of, plan::find_plan_by_key(c, fields.get("plan")));
        TRY(const auto statement, plan::find_statement_by_key(c, of.id, query.get("aussage"), of.valid_from.value_or(context.today)));
        const auto taken = std::any_of(loaded.judgement.judged.begin(), loaded.judgement.judged.end(),
                                       [&](const Judged& j) { return j.duty->key == statement.key; });
        fields.add("key", taken ? of.key + "-" + statement.key : statement.key);
        auto title = statement.quote.de;
        if (title.size() > 120)
            if (const auto space = title.rfind(' ', 110); space != std::string::npos) title = title.substr(0, space) + " …";
        fields.add("title", title);
        fields.add("modality", std::string(plan::name_of(statement.modality)));
        fields.add("origin_kind", "wording");
        fields.add("origin_text", statement.quote.de);
        for (const auto id : statement.bearers)
            for (const auto& b : loaded.judgement.bearers)
                if (b.id == id && network::belongs_to_district(b.kind) && fields.get("bearer").empty()) fields.add("bearer", b.key);
        return {};
    });
}

base::Result<void> steering_only(const web::Context& context) {
    if (context.actor.steers()) return {};
    return base::error(base::ErrorKind::forbidden, "only those who steer compose duties");
}

}  // namespace

base::Result<http::Response> compose_form(db::Database& database, const http::Request&, const web::Context& context) {
    TRY_VOID(steering_only(context));
    TRY(const auto loaded, load(database, context, Scope::all_plans));
    http::Fields fields;
    for (const auto& j : loaded.judgement.judged)
        if (j.duty->key == context.query.get("pflicht")) fields = fields_of_duty(*j.duty);
    if (fields.items().empty()) {
        fields.add("plan", context.query.get("plan").empty() ? loaded.plan : context.query.get("plan"));
        for (const auto& p : loaded.plans)
            if (p.key == fields.get("plan") && p.valid_from) {
                fields.add("valid_from", typed_day(*p.valid_from));
                if (p.valid_until) fields.add("valid_until", typed_day(*p.valid_until));
            }
        TRY_VOID(fill_from_statement(database, context, loaded, fields));
    }
    return form_page(context, loaded, fields, nullptr, {});
}

base::Result<http::Response> compose(db::Database& database, const base::Clock& clock, const http::Request& request, const web::Context& context) {
    TRY_VOID(steering_only(context));
    TRY(const auto loaded, load(database, context, Scope::all_plans));
    auto draft = draft_from(request.form, loaded);
    if (draft.refused) return form_page(context, loaded, request.form, &*draft.refused, {});
    if (request.form.has("vorschau")) {
        TRY(const auto shown, preview(database, context, draft.duty));
        return form_page(context, loaded, request.form, nullptr, shown);
    }
    const auto done = database.write([&](db::Connection& c) -> base::Result<DutyId> {
        Duty duty = draft.duty;
        // What this form does not show stays as it was: publication, joint bearers, reminders.
        TRY(const auto before, find_duty(c, duty.key));
        if (before && request.form.get("changes") != duty.key)
            return base::invalid("key", message("There is a duty with this key already. Please choose another one."));
        if (before) {
            duty.published = before->published;
            duty.joint = before->joint;
            duty.reminder_days = before->reminder_days;
            duty.depends_on = before->depends_on;
            // The form writes German; the English of unchanged words stays. Second sources of one part it does not show.
            std::set<OriginPart> seen;
            for (const auto& was : before->origins) {
                if (!seen.insert(was.part).second) {
                    duty.origins.push_back(was);
                    continue;
                }
                for (auto& now : duty.origins) {
                    if (now.part != was.part) continue;
                    if (now.quote.de == was.quote.de) now.quote = was.quote;
                    if (now.note.de == was.note.de) now.note = was.note;
                }
            }
        }
        return save_duty(c, duty, false, {context.actor, clock.now()});
    });
    if (!done) {
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return form_page(context, loaded, request.form, &done.error(), {});
    }
    return web::see_other(context, "/pflichten/" + web::url_encode(draft.duty.key),
                          message("The duty is saved. It is internal until it is published."));
}

base::Result<http::Response> live_sentence(db::Database& database, const http::Request& request, const web::Context& context) {
    TRY_VOID(steering_only(context));
    const auto rule = parse_rule(fields_from(request.form));
    if (!rule)
        return http::Response::html("<p><strong>" + web::escape(context.say(message("The sentence appears as soon as the rule is complete."))) +
                                    "</strong></p>");
    TRY(const auto sentence, sentence_of(database, *rule, lang(context)));
    web::Html out = web::Html::trusted("<p><strong>") + web::Html::text(sentence) + web::Html::trusted("</strong></p>");
    // The past needs a validity; who and what it is called it does not.
    web::Input input(request.form);
    Duty duty;
    duty.rule = *rule;
    const auto from = input.day("valid_from", false);
    if (from) {
        duty.valid_from = *from;
        duty.valid_until = input.day("valid_until", false);
        duty.grace_days = static_cast<int>(input.number("grace_days", 0, 3660, false).value_or(0));
        duty.modality = plan::modality_named(request.form.get("modality")).value_or(Modality::obligation);
        for (const auto& field : {std::string("origin_kind"), named("origin_kind", OriginPart::threshold), named("origin_kind", OriginPart::period),
                                  named("origin_kind", OriginPart::due), named("origin_kind", OriginPart::freshness),
                                  named("origin_kind", OriginPart::set), named("origin_kind", OriginPart::answer)})
            if (const auto kind = origin_kind_named(request.form.get(field))) duty.origins.push_back({OriginPart::rule, *kind, {}, "", {}, {}});
    }
    if (from && input.ok() && (!duty.valid_until || *duty.valid_until >= duty.valid_from)) {
        TRY(const auto table, past(database, context, duty));
        out += web::Html::trusted("<details><summary>") + web::Html::text(context.say(message("How it would have judged the past"))) +
               web::Html::trusted("</summary>") + table + web::Html::trusted("</details>");
    }
    return http::Response::html(out.str());
}

}  // namespace duties
