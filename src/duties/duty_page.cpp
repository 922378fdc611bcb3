#include "duties/duty_page.h"

#include "duties/json.h"
#include "duties/rules.h"
#include "duties/sentence.h"
#include "platform/web/chart.h"
#include "platform/web/chip.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"

namespace duties {
namespace {

using base::message;

std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }

struct Shown {
    Loaded loaded;
    const Judged* judged = nullptr;
    std::map<std::string, evidence::Entry> evidence;  // by key: those the visitor may see
    std::string quote;                                // the words in the concept
};

base::Result<Shown> shown(db::Database& database, const http::Request& request, const web::Context& context) {
    Shown out;
    TRY(out.loaded, load(database, context, Scope::all_plans, request.path_values.get("key")));
    if (out.loaded.judgement.judged.empty()) return base::error(base::ErrorKind::not_found, "no such duty");
    out.judged = &out.loaded.judgement.judged.front();
    TRY_VOID(name_shown(database, context, out.loaded, everything_in(out.loaded.judgement)));
    const auto done = database.read([&](db::Connection& c) -> base::Result<bool> {
        for (const auto& o : out.judged->occurrences)
            for (const auto& key : o.evidence) {
                if (out.evidence.contains(key)) continue;
                TRY(auto entry, evidence::find_by_key(c, key));
                if (entry && (entry->record.published || context.actor.signed_in())) out.evidence.emplace(key, std::move(*entry));
            }
        for (const auto& p : out.loaded.plans) {
            if (p.key != out.judged->duty->plan || out.judged->duty->statement.empty()) continue;
            if (const auto statement = plan::find_statement_by_key(c, p.id, out.judged->duty->statement, context.day()))
                out.quote = statement->quote.in(lang(context));
        }
        return true;
    });
    if (!done) return tl::unexpected(done.error());
    return out;
}

web::Html timeline(const web::Context& context, const Loaded& loaded, const Judged& judged) {
    web::Timeline chart{.title = message("All periods"),
                        .row_title = message("Duty"),
                        .from = judged.duty->valid_from,
                        .until = context.day(),
                        .today = context.day(),
                        .rows = {}};
    web::Timeline::Row row{.label = judged.duty->title.in(lang(context)), .url = {}, .periods = {}};
    for (const auto& o : judged.occurrences) {
        const base::Day from = std::max(o.begins, judged.duty->valid_from);
        const base::Day until = std::max(from, o.due_on && judged.duty->rule.period == Period::on_request ? *o.due_on : o.ends);
        chart.until = std::max(chart.until, until);
        row.periods.push_back({.from = from,
                               .until = until,
                               .state = std::string(name_of(o.state)),
                               .css = {},
                               .label = loaded.period_text(*judged.duty, o.period, context),
                               .url = {}});
    }
    if (row.periods.empty()) return {};
    chart.rows.push_back(std::move(row));
    return web::chart(context, chart);
}

void fill_origins(web::View& view, const web::Context& context, const Duty& duty) {
    for (const auto& origin : duty.origins) {
        auto row = view.section("ORIGIN");
        row.set("CHIP", origin_chip(context, origin.kind));
        row.set("PART", title_of(origin.part));
        if (origin.kind == OriginKind::wording)
            row.set("TEXT", origin.quote.in(lang(context)));
        else if (origin.kind == OriginKind::resolution)
            row.set("TEXT", message("No. {number} of {day}", {{"number", origin.resolution}, {"day", origin.on ? context.format(*origin.on) : ""}}));
        else
            row.set("TEXT", origin.note.in(lang(context)));
    }
    if (duty.origins.empty()) {
        auto row = view.section("ORIGIN");
        row.set("CHIP", origin_chip(context, OriginKind::assumption));
        row.set("PART", message("the rule"));
        row.set("TEXT", message("Nobody has said yet where it comes from."));
    }
}

void fill_period(web::View row, const web::Context& context, const Shown& s, const Occurrence& o) {
    row.set("PERIOD", s.loaded.period_text(*s.judged->duty, o.period, context));
    row.set("STATE", web::state_chip(context, name_of(o.state)));
    if (o.ended_as) row.section("ENDED_AS").set("CHIP", web::state_chip(context, name_of(*o.ended_as)));
    if (o.due_on) row.section("DUE").set("DAY", *o.due_on);
    if (o.fulfilled_on) row.section("FULFILLED").set("DAY", *o.fulfilled_on);
    if (o.missing)
        row.section(o.state == State::breached ? "LEFT_OPEN" : "MISSING").set("TEXT", s.loaded.missing_text(*s.judged->duty, *o.missing, context));
    for (const auto& gap : o.gaps) {
        auto entry = row.section("GAP");
        entry.set("FROM", gap.from);
        entry.set("UNTIL", gap.until);
    }
    for (const auto& reason : o.at_risk) row.section("RISK").set("TEXT", sentence_of_risk(reason));
    int listed = 0;
    for (const auto& key : o.evidence) {
        const auto found = s.evidence.find(key);
        if (found == s.evidence.end()) continue;
        ++listed;
        const auto& r = found->second.record;
        auto entry = row.section("EVIDENCE");
        entry.set("URL", evidence_url(key));
        entry.set("DAY", r.occurred_on);
        entry.set("TITLE", r.title.empty() ? evidence::name_of_kind(r.kind).in(lang(context)) : r.title.in(lang(context)));
        if (r.quantity) entry.section("QUANTITY").set("NUMBER", r.quantity->text(lang(context)));
    }
    if (o.evidence_count > listed)
        row.section("MORE").set("TEXT", listed == 0 ? message("{n} records, not public", {{"n", std::to_string(o.evidence_count)}})
                                                    : message("{n} more records", {{"n", std::to_string(o.evidence_count - listed)}}));
    if (o.waiver) {
        auto waiver = row.section("WAIVER");
        waiver.set("RESOLUTION", o.waiver->resolution);
        waiver.set("DAY", o.waiver->decided_on);
        if (context.actor.signed_in()) waiver.section("WHY").set("REASON", o.waiver->reason.in(lang(context)));
    }
    if (o.extension) {
        auto extension = row.section("EXTENSION");
        extension.set("RESOLUTION", o.extension->resolution);
        extension.set("DAY", o.extension->new_due);
        if (context.actor.signed_in()) extension.section("WHY").set("REASON", o.extension->reason.in(lang(context)));
    }
    if (!context.actor.signed_in()) return;
    for (const auto& e : s.loaded.judgement.explanations)
        if (e.duty == o.duty && e.period == o.period && e.given_on <= context.day()) {
            auto entry = row.section("EXPLANATION");
            entry.set("DAY", e.given_on);
            entry.set("TEXT", e.text.in(lang(context)));
        }
}

std::vector<web::Choice> periods_of(const web::Context& context, const Loaded& loaded, const Judged& judged) {
    std::vector<web::Choice> out;
    for (auto o = judged.occurrences.rbegin(); o != judged.occurrences.rend(); ++o)
        out.push_back({o->period, loaded.period_text(*judged.duty, o->period, context)});
    return out;
}

// The three forms of decisions; the one that was refused comes back with what was typed.
void fill_forms(web::View& view, const web::Context& context, const Loaded& loaded, const Judged& judged, const std::string& refused_form,
                const http::Fields* typed, const base::Error* refused) {
    const auto url = "/pflichten/" + web::url_encode(judged.duty->key);
    const auto periods = periods_of(context, loaded, judged);
    const auto decision = [&](const std::string& name, const base::Message& submit, bool with_day) {
        web::Form form(context, {.action = url + "/" + name, .submit = submit});
        if (typed && refused_form == name) form.typed(*typed);
        if (refused && refused_form == name) form.error(*refused);
        form.select("period", message("Period"), periods);
        if (with_day) form.date("new_due", message("New day"));
        form.text("reason", message("Reason"));
        form.text("resolution", message("Resolution"), {.hint = message("Number of the resolution, such as 12/2020.")});
        form.date("decided_on", message("Decided on"));
        return form.html();
    };
    if (context.actor.steers()) {
        auto forms = view.section("DECIDE");
        forms.set("WAIVER", decision("verzicht", message("Waive the period"), false));
        forms.set("EXTENSION", decision("verlaengerung", message("Extend the term"), true));
        forms.set("PUBLISH", web::button_form(context, url + "/veroeffentlichung",
                                              judged.duty->published ? message("Take back from publication") : message("Publish"), "POST"));
    }
    if (context.actor.role >= identity::Role::unit_editor) {
        web::Form form(context, {.action = url + "/erklaerung", .submit = message("Add the explanation")});
        if (typed && refused_form == "erklaerung") form.typed(*typed);
        if (refused && refused_form == "erklaerung") form.error(*refused);
        form.select("period", message("Period"), periods);
        form.textarea("text", message("Explanation"), {.hint = message("Stands beside the state and never changes it.")});
        view.section("EXPLAIN").set("FORM", form.html());
    }
}

http::Response show(const web::Context& context, const Shown& s, const std::string& refused_form = "", const http::Fields* typed = nullptr,
                    const base::Error* refused = nullptr) {
    const auto& duty = *s.judged->duty;
    std::vector<web::Action> actions;
    if (context.actor.role >= identity::Role::unit_editor)
        actions.push_back(
            {message("Record evidence"), web::Url("/nachweise/neu").with("art", duty.rule.evidence).with("pflicht", duty.key).str(), true, "add"});
    if (context.actor.signed_in()) actions.push_back({message("History"), "/verlauf/pflicht/" + web::url_encode(duty.key), false, {}});
    if (context.actor.steers()) actions.push_back({message("Change the duty"), "/pflichten/neu?pflicht=" + web::url_encode(duty.key), false, "edit"});
    return web::page(
        context,
        {.title = duty.title.in(lang(context)),
         .lead = sentence_of(s.loaded, duty, lang(context)),
         .crumbs = {{message("State of implementation"), with_day(context, "/umsetzung")}, {message("Duties"), with_day(context, "/pflichten")}},
         .actions = actions,
         .alternates = {{message("This duty as JSON"), web::Url(duty_url(duty, context)).with("format", "json").str(), "application/json"}},
         .status = refused ? 422 : 200},
        "duties/duty.tpl", [&](web::View& view) {
            view.set("CLAUSE", duty.clause);
            view.set("BEARER", s.loaded.bearer_name(duty.bearer, context));
            for (const auto& key : duty.joint) view.section("JOINT").set("NAME", s.loaded.bearer_name(key, context));
            view.set("MODALITY", title_of(duty.modality));
            view.set("ORIGIN_CHIP", origin_chip(context, origin_of(duty)));
            view.show_if("ASSUMED", origin_of(duty) == OriginKind::assumption);
            view.set("FROM", duty.valid_from);
            if (duty.valid_until) view.section("UNTIL").set("DAY", *duty.valid_until);
            if (duty.grace_days > 0) view.section("GRACE").set("DAYS", duty.grace_days);
            if (!s.quote.empty()) view.section("QUOTE").set("TEXT", s.quote);
            if (context.actor.signed_in() && !duty.published) view.show("INTERNAL");
            fill_origins(view, context, duty);
            view.set("TIMELINE", timeline(context, s.loaded, *s.judged));
            for (auto o = s.judged->occurrences.rbegin(); o != s.judged->occurrences.rend(); ++o)
                fill_period(view.section("PERIOD_ROW"), context, s, *o);
            fill_forms(view, context, s.loaded, *s.judged, refused_form, typed, refused);
        });
}

base::Result<void> steering_only(const web::Context& context) {
    if (context.actor.steers()) return {};
    return base::error(base::ErrorKind::forbidden, "only those who steer may decide on duties");
}

// Runs a change; what the user can mend comes back in the form.
template <class Work>
base::Result<http::Response> decided(db::Database& database, const http::Request& request, const web::Context& context, const std::string& form,
                                     web::Input& input, const base::Message& said, Work&& work) {
    std::optional<base::Error> refused;
    if (!input.ok()) {
        refused = input.error();
    } else {
        const auto done = database.write([&](db::Connection& c) -> base::Result<std::int64_t> { return work(c); });
        if (done) return web::see_other(context, "/pflichten/" + web::url_encode(request.path_values.get("key")), said);
        if (db::failure_of(done.error()) == db::Failure::unique)
            refused = base::Error{base::ErrorKind::invalid_input, {}, {{"period", message("This period has been decided on already."), 0}}, {}};
        else if (done.error().fields.empty())
            return tl::unexpected(done.error());
        else
            refused = done.error();
    }
    TRY(const auto s, shown(database, request, context));
    return show(context, s, form, &request.form, &*refused);
}

evidence::By by(const web::Context& context, const base::Clock& clock) { return {context.actor, clock.now()}; }

}  // namespace

base::Result<http::Response> duty_page(db::Database& database, const http::Request& request, const web::Context& context) {
    TRY(const auto s, shown(database, request, context));
    if (context.query.get("format") != "json") return show(context, s);
    boost::json::array out;
    for (const auto& o : s.judged->occurrences) {
        auto row = json_of(*s.judged->duty, o, &s.loaded.naming);
        boost::json::array keys;
        for (const auto& key : o.evidence)
            if (s.evidence.contains(key)) keys.push_back(boost::json::string(key));
        row["evidence"] = std::move(keys);
        out.push_back(std::move(row));
    }
    return http::Response::json(boost::json::serialize(out));
}

base::Result<http::Response> create_waiver(db::Database& database, const base::Clock& clock, const http::Request& request,
                                           const web::Context& context) {
    TRY_VOID(steering_only(context));
    web::Input input(request.form);
    Waiver w{0,
             request.path_values.get("key"),
             input.text("period"),
             {input.text("reason"), ""},
             input.text("resolution"),
             input.day("decided_on").value_or(base::Day{}),
             {}};
    return decided(database, request, context, "verzicht", input, message("The period is waived."),
                   [&](db::Connection& c) { return add_waiver(c, w, false, by(context, clock)); });
}

base::Result<http::Response> create_extension(db::Database& database, const base::Clock& clock, const http::Request& request,
                                              const web::Context& context) {
    TRY_VOID(steering_only(context));
    web::Input input(request.form);
    Extension e{0,
                request.path_values.get("key"),
                input.text("period"),
                input.day("new_due").value_or(base::Day{}),
                {input.text("reason"), ""},
                input.text("resolution"),
                input.day("decided_on").value_or(base::Day{}),
                {}};
    return decided(database, request, context, "verlaengerung", input, message("The term is extended."),
                   [&](db::Connection& c) { return add_extension(c, e, false, by(context, clock)); });
}

base::Result<http::Response> create_explanation(db::Database& database, const base::Clock& clock, const http::Request& request,
                                                const web::Context& context) {
    if (context.actor.role < identity::Role::unit_editor) return base::error(base::ErrorKind::forbidden, "only editors may explain");
    web::Input input(request.form);
    Explanation e{0, request.path_values.get("key"), input.text("period"), {input.long_text("text"), ""}, clock.today()};
    return decided(database, request, context, "erklaerung", input, message("The explanation stands beside the state."),
                   [&](db::Connection& c) { return add_explanation(c, e, false, by(context, clock)); });
}

base::Result<http::Response> change_publication(db::Database& database, const base::Clock& clock, const http::Request& request,
                                                const web::Context& context) {
    TRY_VOID(steering_only(context));
    const auto key = request.path_values.get("key");
    const auto done = database.write([&](db::Connection& c) -> base::Result<bool> {
        TRY(const auto duty, find_duty(c, key));
        if (!duty) return base::error(base::ErrorKind::not_found, "no such duty");
        TRY_VOID(publish_duty(c, key, !duty->published, by(context, clock)));
        return !duty->published;
    });
    if (!done) return tl::unexpected(done.error());
    return web::see_other(context, "/pflichten/" + web::url_encode(key),
                          *done ? message("The duty is published.") : message("The duty is no longer published."));
}

}  // namespace duties
