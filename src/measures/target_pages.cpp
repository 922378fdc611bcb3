#include "measures/deeds.h"
#include "measures/target_steps.h"
#include "measures/upload.h"
#include "measures/views.h"
#include "platform/web/chart.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

std::pair<base::Message, web::ChipTone> shown(Involvement v) {
    switch (v) {
        case Involvement::not_asked: return {message("not asked yet"), web::ChipTone::neutral};
        case Involvement::waiting: return {message("asked, the term runs"), web::ChipTone::info};
        case Involvement::answered: return {message("opinion received"), web::ChipTone::success};
        case Involvement::silent: return {message("silent after a proven request"), web::ChipTone::success};
        case Involvement::asked_without_proof: return {message("term passed, request not proven"), web::ChipTone::warning};
        case Involvement::on_old_text: return {message("asked about an older text"), web::ChipTone::warning};
    }
    return {{}, web::ChipTone::neutral};
}

base::Message label_of_entry(const std::string& what) {
    if (what == "text_changed") return message("Text changed");
    if (what == "title_changed") return message("Title changed");
    if (what == "opinion_requested") return message("Opinion asked for");
    if (what == "opinion_received") return message("Opinion received");
    if (what == "opinion_received_late") return message("Opinion received after the term");
    if (what == "made_ready") return message("Ready for decision");
    if (what == "decision_refused") return message("Not put to the vote: a consultation is missing");
    if (what == "in_force") return message("Came into force");
    if (what == "concluded") return message("Outcome computed");
    if (what == "overridden") return message("Outcome overridden");
    if (what == "replaced") return message("Replaced by a new target");
    if (const auto state = target_state_named(what)) return label_of(*state);
    return base::Message{what, {}};
}

// The line of its indicator, with the value to be reached; the public sees published values.
void fill_line(web::View& view, const web::Context& context, const Target& t, const IndicatorLine& line) {
    web::LineChart chart{
        .title = line.title.in(i18n::code(context.language)), .unit = line.unit.in(i18n::code(context.language)), .x = {}, .series = {}};
    web::LineChart::Series series{line.title.in(i18n::code(context.language)), {}};
    for (const auto& point : line.points) {
        if (!point.published && !context.actor.signed_in()) continue;
        chart.x.push_back(point.period);
        series.values.push_back(point.value ? std::optional(point.value->value()) : std::nullopt);
        if (point.value && point.value->thousandths % 1000 != 0) chart.digits = 1;
    }
    auto section = view.section("LINE");
    section.set("URL", "/indikatoren/" + t.indicator);
    if (chart.x.size() > 1) {
        chart.series.push_back(std::move(series));
        chart.target = t.goal.value.value();
        section.set("CHART", web::chart(context, chart));
    }
}

class Pages {
  public:
    explicit Pages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const {
        TRY(const auto all, desk_.database.read([](db::Connection& c) { return targets(c); }));
        std::vector<web::Action> actions;
        if (edits_all(context)) actions.push_back({message("New target"), "/zielvorgaben/neu", true, "add"});
        return web::page(
            context,
            {.title = message("Targets of the council"),
             .lead = message("What the advisory council has set, with which value and by when; Kreistag and administration are consulted first."),
             .crumbs = {{message("Measures"), "/massnahmen"}},
             .actions = actions},
            "measures/targets.tpl", [&](web::View& view) {
                std::vector<Target> seen;
                for (const auto& t : all)
                    if (is_shown(context, t)) seen.push_back(t);
                view.show_if("EMPTY", seen.empty());
                if (seen.empty()) return;
                auto table = view.section("TABLE");
                table.list("ROW", seen, [&](web::View& row, const Target& t) {
                    row.set("KEY", t.key);
                    row.set("URL", "/zielvorgaben/" + t.key);
                    row.set("TITLE", t.title.in(i18n::code(context.language)));
                    row.set("VALUE", goal_text(context, t.goal));
                    row.set("DUE", t.due_on);
                    row.set("STATE", web::chip(context, tone_of(shown_outcome(t)), label_of(shown_outcome(t))));
                    if (t.overridden)
                        row.section("OVERRIDDEN")
                            .set("TEXT",
                                 message("Overridden; computed was: {outcome}", {{"outcome", context.say(label_of(t.overridden->computed))}}));
                });
            });
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        return page_of(request.path_values.get("key"), context, nullptr);
    }

    base::Result<http::Response> new_form(const http::Request&, const web::Context& context) const {
        if (!edits_all(context)) return base::error(base::ErrorKind::not_found, "for the officer");
        return form_page(context, Target{}, nullptr, nullptr);
    }
    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return base::error(base::ErrorKind::not_found, "for the officer");
        TRY(const auto t, desk_.database.read([&](db::Connection& c) { return find_target(c, request.path_values.get("key")); }));
        return form_page(context, t, nullptr, nullptr);
    }

    base::Result<http::Response> create(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return base::error(base::ErrorKind::not_found, "for the officer");
        auto read = read_target_form(request.form, Target{});
        if (!read) return form_page(context, Target{}, &request.form, &read.error());
        const auto made = desk_.change(context, [&](db::Connection& c, const World&, const By& by) { return create_target(c, *read, by); });
        if (made)
            return web::see_other(context, "/zielvorgaben/" + made->key, message("The target is drafted. Now ask Kreistag and administration."));
        if (made.error().fields.empty()) return tl::unexpected(made.error());
        return form_page(context, Target{}, &request.form, &made.error());
    }
    base::Result<http::Response> save(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return base::error(base::ErrorKind::not_found, "for the officer");
        const auto key = request.path_values.get("key");
        TRY(const auto before, desk_.database.read([&](db::Connection& c) { return find_target(c, key); }));
        auto read = read_target_form(request.form, before);
        if (!read) return form_page(context, before, &request.form, &read.error());
        int version = before.version;
        if (const auto typed = request.form.get("version");
            !typed.empty() && typed.size() < 9 && typed.find_first_not_of("0123456789") == std::string::npos)
            version = std::stoi(typed);
        const auto saved = desk_.change(context, [&](db::Connection& c, const World&, const By& by) {
            return change_target(c, key, version, [&](const Target& t) { return change_draft(t, *read, context.today); }, by);
        });
        if (saved) return web::see_other(context, "/zielvorgaben/" + key, message("Saved."));
        if (saved.error().code == "version") {  // what was typed stays; what the other wrote stands on the target's page
            const base::Error clash{
                base::ErrorKind::conflict,
                "somebody changed the target in between",
                {{"text", message("Somebody else changed this target in between. Look at its page, then save again: your text stands here."), 0}},
                "version"};
            return form_page(context, before, &request.form, &clash);
        }
        if (saved.error().fields.empty()) return tl::unexpected(saved.error());
        return form_page(context, before, &request.form, &saved.error());
    }

    base::Result<http::Response> step(const http::Request& request, const web::Context& context) const {
        if (!edits_all(context)) return base::error(base::ErrorKind::not_found, "for the officer");
        const auto key = request.path_values.get("key");
        const auto done = desk_.change(context, [&](db::Connection& c, const World&, const By& by) -> base::Result<void> {
            if (request.form.get("schritt") == "veroeffentlichen") return publish_target(c, key, true, by);
            if (request.form.get("schritt") == "verbergen") return publish_target(c, key, false, by);
            std::optional<Target> successor;
            if (request.form.get("schritt") == "ersetzen") {
                auto found = find_target(c, request.form.get("nachfolger"));
                if (!found) return base::invalid("nachfolger", message("There is no target with this number."));
                successor = std::move(*found);
            }
            TRY(const auto now, find_target(c, key));
            TRY(const auto received, received_file(request, "dokument"));
            TargetStep step{request.form, std::move(successor), {}, {}};
            TRY(step.computed, observed_now(c, desk_.wiring, now, context.today));
            TRY(step.document, store_received(c, received, by.now));
            TRY_VOID(change_target(c, key, 0, [&](const Target& t) { return target_step(t, step, context.today); }, by));
            return {};
        });
        if (done) return web::see_other(context, "/zielvorgaben/" + key, message("The step is taken."));
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return page_of(key, context, &done.error());
    }

    base::Result<http::Response> document(const http::Request& request, const web::Context& context) const {
        if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "documents of opinions are internal");
        struct Found {
            files::File described;
            std::string bytes;
        };
        TRY(auto found, desk_.database.read([&](db::Connection& c) -> base::Result<Found> {
            TRY(const auto t, find_target(c, request.path_values.get("key")));
            for (const auto& o : t.opinions) {
                if (o.id != request.id("stellungnahme") || o.document == 0) continue;
                Found out;
                TRY(out.described, files::describe(c, files::FileId{o.document}));
                TRY(out.bytes, files::bytes_of(c, files::FileId{o.document}));
                return out;
            }
            return base::error(base::ErrorKind::not_found, "no such document");
        }));
        return web::download(std::move(found.bytes), found.described.content_type, "stellungnahme-" + request.path_values.get("key"));
    }

  private:
    base::Result<http::Response> form_page(const web::Context& context, const Target& t, const http::Fields* typed,
                                           const base::Error* refused) const {
        const bool fresh = t.key.empty();
        web::Form form(context, {.action = fresh ? "/zielvorgaben/neu" : "/zielvorgaben/" + t.key,
                                 .submit = message("Save"),
                                 .cancel_url = fresh ? "/zielvorgaben" : "/zielvorgaben/" + t.key});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        std::vector<web::Choice> directions;
        for (const auto direction : {Direction::at_least, Direction::at_most, Direction::exactly, Direction::within})
            directions.push_back({std::string(name_of(direction)), label_of(direction)});
        form.hidden("version", std::to_string(t.version));
        form.text("titel", message("Title"), {.value = t.title.de});
        form.text("titel_en", message("Title in English"), {.value = t.title.en, .optional = true});
        form.textarea(
            "text", message("What the council decides on"),
            {.value = t.text.de,
             .hint = message("A change of these words, of the value or of the day sends the target back to draft; both parties are asked again.")});
        form.textarea("text_en", message("The same in English"), {.value = t.text.en, .optional = true, .rows = 3});
        form.text("aussage", message("Statement of the concept"),
                  {.value = t.statement.statement.empty() ? "" : t.statement.plan + ":" + t.statement.statement,
                   .hint = message("Concept and number, for example 2018:5.1-a."),
                   .optional = true});
        form.row();
        form.select("richtung", message("Direction"), directions, {.value = std::string(name_of(t.goal.direction))});
        form.text("wert", message("Value"),
                  {.value = fresh ? "" : t.goal.value.text("de"), .hint = message("Zero is a valid value."), .inputmode = "decimal"});
        form.text("bis", message("Upper limit"), {.value = t.goal.upper ? t.goal.upper->text("de") : "", .optional = true, .inputmode = "decimal"});
        form.text("einheit", message("What is counted"), {.value = t.goal.unit});
        form.end_row();
        form.row();
        form.text("ausgangswert", message("Where it starts"),
                  {.value = t.baseline ? t.baseline->text("de") : "",
                   .hint = message("With it, movement towards the value counts as partly reached."),
                   .optional = true,
                   .inputmode = "decimal"});
        form.text("teilweise_ab", message("Partly reached from"),
                  {.value = t.partly_from ? t.partly_from->text("de") : "", .optional = true, .inputmode = "decimal"});
        form.end_row();
        std::vector<web::Choice> kinds{{"", message("a value people enter")}};
        for (const auto& kind : evidence::kinds())
            kinds.push_back({std::string(kind.name), evidence::name_of_kind(kind.name).in(i18n::code(context.language))});
        form.row();
        form.select(
            "nachweisart", message("Measured by"), kinds,
            {.value = t.evidence_kind, .hint = message("With a kind of evidence the outcome is computed from the ledger."), .optional = true});
        form.text("indikator", message("Indicator"), {.value = t.indicator, .hint = message("Instead of a kind of evidence."), .optional = true});
        form.end_row();
        form.row();
        form.date("gezaehlt_ab", message("Counted from"), fresh ? std::optional(base::day(base::year_of(context.today), 1, 1)) : t.counted_from);
        form.date("frist", message("By"), fresh ? std::nullopt : std::optional(t.due_on));
        form.end_row();
        return web::page(context,
                         {.title = fresh ? web::Text(message("New target")) : web::Text(t.title.in(i18n::code(context.language))),
                          .crumbs = {{message("Targets of the council"), "/zielvorgaben"}},
                          .status = !refused                                     ? 200
                                    : refused->kind == base::ErrorKind::conflict ? 409
                                                                                 : 422,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> page_of(const std::string& key, const web::Context& context, const base::Error* refused) const {
        struct Read {
            Target target;
            std::vector<TargetEntry> history;
            std::optional<Observation> computed;
            std::optional<IndicatorLine> line;
            std::vector<std::string> replaces;
        };
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(out.target, find_target(c, key));
            if (!is_shown(context, out.target)) return base::error(base::ErrorKind::not_found, "not published");
            TRY(out.history, target_history_of(c, out.target.id));
            TRY(out.computed, observed_now(c, desk_.wiring, out.target, context.today));
            TRY(const auto all, targets(c));
            for (const auto& each : all)
                if (each.replaced_by == key && is_shown(context, each)) out.replaces.push_back(each.key);
            if (!out.target.indicator.empty() && desk_.wiring.indicator) { TRY(out.line, desk_.wiring.indicator(c, out.target.indicator)); }
            return out;
        }));
        const auto& t = read.target;
        std::vector<web::Action> actions;
        if (edits_all(context) && (t.state == TargetState::draft || t.state == TargetState::in_consultation))
            actions.push_back({message("Edit"), "/zielvorgaben/" + key + "/bearbeiten", false, "edit"});
        const int status = refused ? (refused->kind == base::ErrorKind::conflict ? 409 : 422) : 200;
        return web::page(
            context,
            {.title = t.title.in(i18n::code(context.language)),
             .lead = t.key,
             .crumbs = {{message("Targets of the council"), "/zielvorgaben"}},
             .actions = actions,
             .status = status},
            "measures/target.tpl", [&](web::View& view) {
                if (refused) {
                    auto box = view.section("REFUSED");
                    box.list("REASON", refused->fields, [](web::View& row, const base::FieldError& field) { row.set("TEXT", field.message); });
                }
                view.set("TEXT", web::paragraphs(t.text.in(i18n::code(context.language))));
                const auto fact = [&](const base::Message& label, const std::string& value) {
                    auto row = view.section("FACT");
                    row.set("LABEL", label);
                    row.set("VALUE", value);
                };
                fact(message("Value"), goal_text(context, t.goal));
                fact(message("By"), context.format(t.due_on));
                if (t.decision)
                    fact(message("Decision"),
                         context.say(message("{meeting}, {day}, resolution {resolution}: {yes} yes, {no} no, {abstained} abstained",
                                             {{"meeting", t.decision->meeting},
                                              {"day", context.format(t.decision->on)},
                                              {"resolution", t.decision->resolution},
                                              {"yes", std::to_string(t.decision->yes)},
                                              {"no", std::to_string(t.decision->no)},
                                              {"abstained", std::to_string(t.decision->abstained)}})));
                if (t.in_force_on) fact(message("In force from"), context.format(*t.in_force_on));
                if (t.baseline) fact(message("Where it starts"), t.baseline->text(i18n::code(context.language)) + " " + t.goal.unit);
                if (!t.evidence_kind.empty()) fact(message("Measured by"), evidence::name_of_kind(t.evidence_kind).in(i18n::code(context.language)));
                if (!t.indicator.empty()) fact(message("Measured by"), read.line ? read.line->title.in(i18n::code(context.language)) : t.indicator);
                if (read.line) fill_line(view, context, t, *read.line);
                if (t.observed) fact(message("Observed value"), t.observed->text(i18n::code(context.language)) + " " + t.goal.unit);
                // Whoever gives an opinion can say on which text: by its version and the first characters of its fingerprint.
                fact(message("Version of the text"), context.say(message("{version}, fingerprint {hash}", {{"version", std::to_string(t.version)},
                                                                                                           {"hash", text_hash(t).substr(0, 12)}})));
                if (!t.counted.empty())
                    view.section("ANY_COUNTED").list("COUNTED", t.counted, [](web::View& row, const std::string& entry) {
                        row.set("URL", "/nachweise/" + web::url_encode(entry));
                        row.set("KEY", entry);
                    });
                if (!t.replaced_by.empty()) fact(message("Replaced by"), t.replaced_by);
                if (!read.replaces.empty()) fact(message("Takes the place of"), join_list(read.replaces));
                if (t.overridden) {
                    auto section = view.section("OVERRIDE");
                    section.set("COMPUTED", label_of(t.overridden->computed));
                    section.set("OUTCOME", label_of(t.overridden->outcome));
                    section.set("REASON", t.overridden->reason);
                }
                for (const auto party : both_parties) {
                    const auto s = status_of(t, party, context.day());
                    auto row = view.section("PARTY");
                    row.set("NAME", label_of(party));
                    const auto [label, tone] = shown(s.involvement);
                    row.set("STATE", web::chip(context, tone, label));
                    if (s.request) {
                        auto request = row.section("REQUEST");
                        request.set("ASKED", s.request->asked_on);
                        request.set("BY", s.request->answer_by);
                        if (context.actor.signed_in() && !s.request->proof.empty()) request.section("PROOF").set("PROOF", s.request->proof);
                    }
                    for (const auto& o : t.opinions) {
                        if (o.party != party) continue;
                        auto opinion = row.section("OPINION");
                        opinion.set("DAY", o.received_on);
                        opinion.set("TEXT", o.text);
                        if (o.document != 0 && context.actor.signed_in())
                            opinion.section("DOCUMENT")
                                .set("URL", "/zielvorgaben/" + t.key + "/stellungnahmen/" + std::to_string(o.id) + "/dokument");
                        opinion.show_if("LATE", o.late);
                        opinion.show_if("OLD", o.text_hash != text_hash(t));
                    }
                }
                view.set("STATE", web::chip(context, tone_of(shown_outcome(t)), label_of(shown_outcome(t))));
                if (edits_all(context)) fill_target_steps(view, context, t, read.computed);
                if (read.history.empty()) return;
                auto history = view.section("HISTORY");
                history.list("ENTRY", read.history, [&](web::View& row, const TargetEntry& entry) {
                    row.set("ISO", base::iso(entry.on));
                    row.set("DAY", entry.on);
                    const auto party = party_named(entry.note);
                    row.set("TEXT", context.say(label_of_entry(entry.what)) +
                                        (entry.note.empty() ? "" : ": " + (party ? context.say(label_of(*party)) : entry.note)));
                });
            });
    }

    Desk desk_;
};

}  // namespace

void mount_targets(http::Router& router, web::Site& site, db::Database& database, const Wiring& wiring) {
    const auto pages = std::make_shared<Pages>(Desk{site, database, wiring});
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/zielvorgaben", on(&Pages::list_page));
    router.post("/zielvorgaben", on(&Pages::create));
    router.post("/zielvorgaben/neu", on(&Pages::create));
    router.get("/zielvorgaben/neu", on(&Pages::new_form));
    router.get("/zielvorgaben/{key:any}", on(&Pages::show));
    router.post("/zielvorgaben/{key:any}", on(&Pages::save));
    router.get("/zielvorgaben/{key:any}/bearbeiten", on(&Pages::edit_form));
    router.post("/zielvorgaben/{key:any}/schritte", on(&Pages::step));
    router.get("/zielvorgaben/{key:any}/stellungnahmen/{stellungnahme}/dokument", on(&Pages::document));
}

}  // namespace measures
