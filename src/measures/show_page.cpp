#include "measures/edit_pages.h"
#include "measures/input_rules.h"
#include "measures/part_pages.h"
#include "measures/views.h"
#include "platform/web/form.h"

namespace measures {
namespace {

using base::message;

struct Read {
    Dossier dossier;
    World world;
    std::vector<network::Bearer> bearers;
    std::vector<Entry> history;
    std::vector<PastSchedule> past;
    std::vector<StatusReport> reports;
    By by;
    Parts parts;
};

void fill_facts(web::View& view, const web::Context& context, const Read& read) {
    const auto& m = read.dossier.measure;
    const auto fact = [&](const base::Message& label, const std::string& value) {
        if (value.empty() || value == "–") return;
        auto row = view.section("FACT");
        row.set("LABEL", label);
        row.set("VALUE", value);
    };
    const auto names = [&](const std::vector<std::string>& keys) {
        std::vector<std::string> out;
        for (const auto& key : keys) out.push_back(name_of_bearer(context, read.bearers, key));
        return join_list(out);
    };
    fact(message("Kind"), context.say(label_of(m.kind)));
    fact(message("Accountable"), name_of_bearer(context, read.bearers, m.accountable));
    fact(message("Jointly responsible"), names(m.joint));
    fact(message("Working along"), names(m.coworkers));
    std::vector<std::string> statements;
    for (const auto& ref : m.statements) statements.push_back(ref.statement);
    fact(message("Statements of the concept"), join_list(statements));
    if (!m.resolution.empty()) fact(message("Resolution"), m.resolution + (m.resolved_on ? ", " + context.format(*m.resolved_on) : ""));
    fact(message("Begins"), day_or_dash(context, m.schedule.starts_on));
    fact(message("Ends"), day_or_dash(context, m.schedule.ends_on));
    for (const auto& past : read.past)
        fact(message("Earlier end"), context.say(message("{day}, moved by resolution {resolution}",
                                                         {{"day", day_or_dash(context, past.schedule.ends_on)}, {"resolution", past.resolution}})));
    if (m.schedule.rhythm != Rhythm::none) fact(message("Rhythm"), context.say(label_of(m.schedule.rhythm)));
    if (m.schedule.fresh_days)
        fact(message("Evidence stays fresh"), context.say(message("{n} days", {{"n", std::to_string(*m.schedule.fresh_days)}})));
    if (m.criterion.kind == CriterionKind::yes_or_no) fact(message("Criterion"), m.criterion.text.in(i18n::code(context.language)));
    if (m.criterion.kind == CriterionKind::value) fact(message("Criterion"), goal_text(context, m.criterion.goal));
    fact(message("Targets"), join_list(m.targets));
    if (!m.evidence_kind.empty()) fact(message("Kind of evidence"), evidence::name_of_kind(m.evidence_kind).in(i18n::code(context.language)));
    if (!context.actor.signed_in()) return;
    fact(message("Working name"), m.working_name);
    fact(message("Internal note"), m.internal_note);
}

web::Html step_form(const web::Context& context, const Measure& m) {
    std::vector<web::Choice> choices;
    for (const auto move : all_moves)
        if (after(m.state, move)) choices.push_back({std::string(name_of(move)), title_of(move)});
    web::Form form(context, {.action = "/massnahmen/" + m.key + "/schritte", .submit = message("Take this step")});
    form.radios("schritt", message("Step"), choices);
    form.text("grund", message("Reason"), {.hint = message("Needed to reject, to send back and to close without success."), .optional = true});
    form.text("befund", message("Finding"), {.hint = message("Needed to close as partly or not fulfilled."), .optional = true});
    form.text("beleg", message("Record that shows it"),
              {.hint = message("Needed to suspend: what shows that a condition is gone."), .optional = true});
    form.row();
    form.text("beschluss", message("Number of the resolution"), {.hint = message("Needed to repeal or replace."), .optional = true});
    form.date("beschlossen_am", message("Resolved on"), {}, {.optional = true});
    form.end_row();
    form.text("ersatz", message("Number of the measure that takes its place"), {.optional = true});
    return form.html();
}

web::Html resource_form(const web::Context& context, const Measure& m) {
    web::Form form(context, {.action = "/massnahmen/" + m.key + "/mittel", .submit = message("Add")});
    return resource_inputs(form, {}).html();
}

void fill_work(web::View& view, const web::Context& context, const Read& read, bool may_edit) {
    const auto& m = read.dossier.measure;
    const auto base_url = "/massnahmen/" + m.key;
    view.show_if("NO_RESOURCES", m.resources.empty());
    if (!m.resources.empty()) {
        auto table = view.section("RESOURCES");
        table.show_if("EDITS", may_edit);
        table.list("ROW", m.resources, [&](web::View& row, const Resource& r) {
            row.set("KIND", label_of(r.kind));
            row.set("WHAT", what_of(context, r));
            row.set("YEAR", r.year ? std::to_string(*r.year) : "–");
            row.set("PLANNED", r.planned ? i18n::format_money(context.language, r.planned->value) : "–");
            row.set("SPENT", r.spent ? i18n::format_money(context.language, r.spent->value) : "–");
            if (!may_edit) return;
            auto change = row.section("CHANGE");
            const auto url = base_url + "/mittel/" + std::to_string(r.id.value);
            if (r.kind == ResourceKind::no_extra_means && r.confirmed_by.empty())
                change.set("CONFIRM", web::button_form(context, url + "/bestaetigung", message("Confirm that none are needed")));
            change.section("EDIT").set("URL", url + "/bearbeiten");
            change.set("WITHDRAW", web::button_form(context, url, message("Withdraw"), "DELETE", true));
        });
    }
    if (may_edit) view.section("ADD_RESOURCE").set("FORM", resource_form(context, m));
    if (!m.milestones.empty() || may_edit) {
        auto section = view.section("MILESTONES");
        section.list("ROW", m.milestones, [&](web::View& row, const Milestone& milestone) {
            row.set("DAY", milestone.due_on);
            row.set("TITLE", milestone.title.in(i18n::code(context.language)));
            if (may_edit) row.section("EDIT").set("URL", base_url + "/meilensteine/" + std::to_string(milestone.id.value) + "/bearbeiten");
            if (milestone.reached_on)
                row.section("REACHED").set("ON", *milestone.reached_on);
            else if (may_edit)
                row.set("REACH",
                        web::button_form(context, base_url + "/meilensteine/" + std::to_string(milestone.id.value), message("Reached today")));
        });
        if (may_edit) {
            web::Form form(context, {.action = base_url + "/meilensteine", .submit = message("Add")});
            form.row().text("titel", message("Title")).date("faellig", message("Due")).end_row();
            form.text("titel_en", message("Title in English"), {.optional = true});
            section.section("ADD").set("FORM", form.html());
        }
    }
    view.show_if("NO_EVIDENCE", read.dossier.deliveries.empty());
    for (const auto& delivery : read.dossier.deliveries) {
        if (!context.actor.signed_in() && !delivery.counts()) continue;
        auto row = view.section("EVIDENCE");
        row.set("DAY", delivery.occurred_on);
        row.set("TITLE", delivery.title.de.empty() ? evidence::name_of_kind(delivery.kind).in(i18n::code(context.language))
                                                   : delivery.title.in(i18n::code(context.language)));
        row.set("STATE", delivery.withdrawn_on  ? web::chip(context, web::ChipTone::danger, message("withdrawn"))
                         : delivery.accepted_on ? web::chip(context, web::ChipTone::success, message("accepted"))
                                                : web::chip(context, web::ChipTone::neutral, message("to be accepted")));
        if (delivery.withdrawn_on || read.by.office.empty()) continue;
        const auto url = base_url + "/nachweise/" + std::to_string(delivery.id.value);
        if (!delivery.accepted_on && obstacles_to_accepting(m, delivery, read.by.office, read.world.around(read.dossier.deliveries)).empty())
            row.set("ACCEPT", web::button_form(context, url + "/anerkennung", message("Accept")));
        if (may_edit) {
            web::Form form(context, {.action = url, .submit = message("Withdraw"), .method = "DELETE", .danger = true});
            form.text("grund", message("Reason"));
            row.set("WITHDRAW", form.html());
        }
    }
    if (may_edit) {
        web::Form form(context, {.action = base_url + "/nachweise", .submit = message("Deliver")});
        form.text("titel", message("Public title"))
            .text("titel_en", message("Title in English"), {.optional = true})
            .date("tag", message("Happened on"));
        view.section("DELIVER").set("FORM", form.html());
    }
    bool any_report = false;
    for (const auto& report : read.reports) {
        if (!context.actor.signed_in() && !report.published) continue;
        any_report = true;
        auto row = view.section("REPORT");
        row.set("ISO", base::iso(report.given_on));
        row.set("DAY", report.given_on);
        row.set("ASSESSMENT", label_of(report.assessment));
        row.set("TEXT", web::paragraphs(report.text));
        if (report.percent) row.section("PERCENT").set("PERCENT", *report.percent);
    }
    view.show_if("NO_REPORTS", !any_report);
    if (may_edit) {
        web::Form form(context, {.action = base_url + "/berichte", .submit = message("Give the report")});
        std::vector<web::Choice> assessments;
        for (const auto a : {Assessment::on_track, Assessment::delayed, Assessment::endangered, Assessment::done})
            assessments.push_back({std::string(name_of(a)), label_of(a)});
        form.textarea("text", message("How it stands"));
        form.radios("einschaetzung", message("Own assessment"), assessments, {.value = "on_track"});
        if (is_countable(m))
            form.number("prozent", message("Percent"), {.hint = message("Of what is counted."), .optional = true, .short_input = true});
        form.checkbox("veroeffentlicht", message("The public may read it"), false);
        view.section("ADD_REPORT").set("FORM", form.html());
    }
}

// "2019", "2020, 2. Halbjahr" would need words for each rhythm; the days say it for all of them.
void fill_periods(web::View& view, const web::Context& context, const Read& read) {
    const auto periods = periods_of(read.dossier.measure, read.world.around(read.dossier.deliveries));
    if (periods.empty()) return;
    view.section("PERIODS").list("ROW", periods, [&](web::View& row, const PeriodState& period) {
        row.set("FROM", period.days.from);
        row.set("UNTIL", period.days.until);
        row.set("STATE", period.proven    ? web::chip(context, web::ChipTone::success, message("proven"))
                         : period.current ? web::chip(context, web::ChipTone::info, message("still running"))
                                          : web::chip(context, web::ChipTone::warning, message("not proven")));
    });
}

}  // namespace

base::Result<http::Response> show_page(const Desk& desk, const std::string& key, const web::Context& context, const base::Error* refused) {
    TRY(const auto read, desk.database.read([&](db::Connection& c) -> base::Result<Read> {
        Read out;
        TRY(out.dossier, find(c, key));
        // Not allowed looks like not there.
        if (!out.dossier.measure.published && !context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "not published");
        TRY(out.world, read_world(c, context.day()));
        TRY(out.bearers, network::bearers(c));
        TRY(out.history, history_of(c, out.dossier.measure.id));
        TRY(out.past, past_schedules(c, out.dossier.measure.id));
        TRY(out.reports, reports_of(c, out.dossier.measure.id));
        TRY(out.by, desk.by(c, context, out.world));
        TRY(out.parts, parts_of(c, out.dossier.measure));
        return out;
    }));
    const auto& m = read.dossier.measure;
    const auto now = judged(read.dossier, read.world);
    const bool may_edit = edits(context, m, read.by.office);
    std::vector<web::Action> actions;
    if (may_edit && is_open(m.state)) actions.push_back({message("Edit"), "/massnahmen/" + m.key + "/bearbeiten", false, "edit"});
    if ((edits_all(context) || may_edit) && m.kind != Kind::self_commitment)
        actions.push_back({message("Propose again"), "/massnahmen/neu?kopie=" + m.key, false, {}});
    if (edits_all(context) && m.kind != Kind::self_commitment)
        actions.push_back({message("Make a template"), "/massnahmen/vorlagen/neu?von=" + m.key, false, {}});
    const int status = refused ? (refused->kind == base::ErrorKind::conflict ? 409 : 422) : 200;
    return web::page(context,
                     {.title = m.title.in(i18n::code(context.language)),
                      .lead = m.key,
                      .crumbs = {{message("Measures"), "/massnahmen"}},
                      .actions = actions,
                      .status = status},
                     "measures/show.tpl", [&](web::View& view) {
                         if (refused) {
                             auto box = view.section("REFUSED");
                             for (const auto& field : refused->fields) {
                                 auto row = box.section("REASON");
                                 row.set("TEXT", field.message);
                                 const auto rule = rule_named(field.field);
                                 if (!rule) continue;
                                 row.section("RULE").set("RULE", name_of(*rule));
                                 for (const auto& verdict : now.gate.verdicts)
                                     if (verdict.rule == *rule && !verdict.satisfied) row.section("REMEDY").set("REMEDY", verdict.remedy);
                             }
                         }
                         const auto& description = m.description.in(i18n::code(context.language));
                         if (!description.empty()) view.section("DESCRIPTION").set("TEXT", web::paragraphs(description));
                         fill_facts(view, context, read);
                         fill_work(view, context, read, may_edit);
                         view.set("PARTS", parts_html(context, m, read.parts, read.bearers, may_edit));
                         view.set("STATE", m.kind == Kind::self_commitment ? web::chip(context, web::ChipTone::neutral, label_of(m.commitment))
                                                                           : web::chip(context, tone_of(m.state), label_of(m.state)));
                         view.set("FLAGS", flags_html(context, now.flags));
                         for (const auto risk : now.flags.risks) view.section("RISK").set("TEXT", title_of(risk));
                         view.set("GATE", gate_html(context, now.gate));
                         fill_periods(view, context, read);
                         if (context.actor.signed_in() && !read.by.office.empty() && is_open(m.state) && m.kind != Kind::self_commitment)
                             view.section("STEPS").set("FORM", step_form(context, m));
                         if (!read.history.empty()) {
                             auto history = view.section("HISTORY");
                             history.list("ENTRY", read.history, [&](web::View& row, const Entry& entry) {
                                 row.set("ISO", base::iso(entry.on));
                                 row.set("DAY", entry.on);
                                 auto text = context.say(label_of(entry.from)) + " → " + context.say(label_of(entry.to)) + " (" +
                                             context.say(label_of(entry.grade)) + ")";
                                 for (const auto* more : {&entry.finding, &entry.reason, &entry.record, &entry.resolution})
                                     if (!more->empty() && (context.actor.signed_in() || more == &entry.resolution)) text += " · " + *more;
                                 row.set("TEXT", text);
                             });
                         }
                     });
}

}  // namespace measures
