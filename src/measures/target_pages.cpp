#include "measures/desk.h"
#include "measures/views.h"
#include "platform/web/form.h"
#include "platform/web/input.h"

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
    if (what == "in_force") return message("Came into force");
    if (what == "concluded") return message("Outcome computed");
    if (what == "overridden") return message("Outcome overridden");
    if (what == "replaced") return message("Replaced by a new target");
    if (const auto state = target_state_named(what)) return label_of(*state);
    return base::Message{what, {}};
}

bool is_shown(const web::Context& context, const Target& t) {
    return context.actor.signed_in() || (t.published && (t.state == TargetState::in_force || t.state == TargetState::replaced ||
                                                         is_outcome(t.state) || t.state == TargetState::resolved));
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
        auto read = read_form(request.form, Target{});
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
        auto read = read_form(request.form, before);
        if (!read) return form_page(context, before, &request.form, &read.error());
        const auto saved = desk_.change(context, [&](db::Connection& c, const World&, const By& by) {
            return change_target(
                c, key, before.version,
                [&](const Target& t) { return change_text(t, read->title, read->text, read->goal, read->due_on, context.today); }, by);
        });
        if (saved) return web::see_other(context, "/zielvorgaben/" + key, message("Saved."));
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
            TRY_VOID(change_target(c, key, 0, [&](const Target& t) { return rule_for(request.form, t, successor, context.today); }, by));
            return {};
        });
        if (done) return web::see_other(context, "/zielvorgaben/" + key, message("The step is taken."));
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return page_of(key, context, &done.error());
    }

  private:
    static TargetResult rule_for(const http::Fields& form, const Target& t, const std::optional<Target>& successor, base::Day today) {
        const auto step = form.get("schritt");
        web::Input input(form);
        const auto party = party_named(form.get("seite")).value_or(Party::district_council);
        if (step == "anfragen") {
            ConsultationRequest r;
            r.party = party;
            const auto asked = input.day("angefragt_am"), by = input.day("antwort_bis");
            r.proof = input.text("nachweis", {.required = false, .most = 200});
            if (!input.ok()) return base::error(input.error());
            r.asked_on = *asked;
            r.answer_by = *by;
            return request_opinion(t, r, today);
        }
        if (step == "stellungnahme") {
            Opinion o;
            o.party = party;
            const auto on = input.day("eingegangen_am");
            o.text = input.long_text("text");
            if (!input.ok()) return base::error(input.error());
            o.received_on = *on;
            // The opinion belongs to the text the party was last asked about.
            for (const auto& r : t.requests)
                if (r.party == party) o.text_hash = r.text_hash;
            return receive_opinion(t, o, today);
        }
        if (step == "reif") return make_ready(t, today);
        if (step == "entscheiden") {
            Decision d;
            const auto on = input.day("tag");
            d.meeting = input.text("sitzung", {.most = 200});
            d.resolution = input.text("beschluss", {.required = false, .most = 100});
            const auto vote = input.choice("ergebnis", {"beschlossen", "abgelehnt", "vertagt"});
            d.yes = static_cast<int>(input.number("ja", 0, 1000, false).value_or(0));
            d.no = static_cast<int>(input.number("nein", 0, 1000, false).value_or(0));
            d.abstained = static_cast<int>(input.number("enthalten", 0, 1000, false).value_or(0));
            if (!input.ok()) return base::error(input.error());
            d.on = *on;
            return decide(t, vote == "beschlossen" ? Vote::resolved : vote == "abgelehnt" ? Vote::rejected : Vote::adjourned, d, today);
        }
        if (step == "inkraft") {
            const auto on = input.day("tag");
            if (!input.ok()) return base::error(input.error());
            return enter_into_force(t, *on, today);
        }
        if (step == "ergebnis") {
            std::optional<Quantity> observed;
            if (const auto typed = form.get("wert"); !typed.empty()) {
                observed = Quantity::parse(typed);
                if (!observed) return base::invalid("wert", message("Enter a number with at most three decimals."));
            }
            return conclude(t, observed, today);
        }
        if (step == "uebersteuern")
            return override_outcome(t, target_state_named(form.get("ergebnis")).value_or(TargetState::draft), form.get("grund"), today);
        if (step == "ersetzen" && successor) return replace_by(t, *successor, today);
        return base::invalid("schritt", message("Choose a step."));
    }

    static base::Result<Target> read_form(const http::Fields& form, Target t) {
        web::Input input(form);
        t.title = {input.text("titel", {.most = 200}), t.title.en};
        t.text = {input.long_text("text"), t.text.en};
        t.goal.direction = direction_named(form.get("richtung")).value_or(Direction::at_least);
        const auto quantity = [&](const char* name, bool required) -> std::optional<Quantity> {
            const auto typed = form.get(name);
            const auto value = typed.empty() ? std::nullopt : Quantity::parse(typed);
            if (!value && (required || !typed.empty()))
                input.wrong(name,
                            typed.empty() ? message("Enter the value; zero counts, too.") : message("Enter a number with at most three decimals."));
            return value;
        };
        t.goal.value = quantity("wert", true).value_or(Quantity{});
        t.goal.upper = quantity("bis", false);
        t.goal.unit = input.text("einheit", {.most = 60});
        t.baseline = quantity("ausgangswert", false);
        const auto due = input.day("frist");
        const auto from = input.day("gezaehlt_ab");
        if (!input.ok()) return base::error(input.error());
        t.due_on = *due;
        t.counted_from = *from;
        return t;
    }

    base::Result<http::Response> form_page(const web::Context& context, const Target& t, const http::Fields* typed,
                                           const base::Error* refused) const {
        const bool fresh = t.key.empty();
        web::Form form(context, {.action = fresh ? "/zielvorgaben" : "/zielvorgaben/" + t.key,
                                 .submit = message("Save"),
                                 .cancel_url = fresh ? "/zielvorgaben" : "/zielvorgaben/" + t.key});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        std::vector<web::Choice> directions;
        for (const auto direction : {Direction::at_least, Direction::at_most, Direction::exactly, Direction::within})
            directions.push_back({std::string(name_of(direction)), label_of(direction)});
        form.text("titel", message("Title"), {.value = t.title.de});
        form.textarea(
            "text", message("What the council decides on"),
            {.value = t.text.de,
             .hint = message("A change of these words, of the value or of the day sends the target back to draft; both parties are asked again.")});
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
        form.date("gezaehlt_ab", message("Counted from"), fresh ? std::optional(base::day(base::year_of(context.today), 1, 1)) : t.counted_from);
        form.date("frist", message("By"), fresh ? std::nullopt : std::optional(t.due_on));
        form.end_row();
        return web::page(context,
                         {.title = fresh ? web::Text(message("New target")) : web::Text(t.title.in(i18n::code(context.language))),
                          .crumbs = {{message("Targets of the council"), "/zielvorgaben"}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         form.html());
    }

    static void fill_steps(web::View& view, const web::Context& context, const Target& t) {
        const auto url = "/zielvorgaben/" + t.key + "/schritte";
        const auto add = [&](const base::Message& label, const std::string& step, const base::Message& submit,
                             const std::function<void(web::Form&)>& fields) {
            web::Form form(context, {.action = url, .submit = submit});
            form.hidden("schritt", step);
            fields(form);
            auto section = view.section("STEP");
            section.set("LABEL", label);
            section.set("FORM", form.html());
        };
        std::vector<web::Choice> parties;
        for (const auto party : both_parties) parties.push_back({std::string(name_of(party)), label_of(party)});
        const bool open = t.state == TargetState::draft || t.state == TargetState::in_consultation;
        if (open)
            add(message("Ask for an opinion"), "anfragen", message("Record the request"), [&](web::Form& form) {
                form.radios("seite", message("Who is asked"), parties);
                form.row()
                    .date("angefragt_am", message("Asked on"), context.today)
                    .date("antwort_bis", message("Answer by"), base::plus_days(context.today, 28))
                    .end_row();
                form.text(
                    "nachweis", message("Proof that it was sent"),
                    {.hint = message("Message id of the mail or file number of the letter. Without it silence does not count."), .optional = true});
            });
        if (!t.requests.empty())
            add(message("Record an opinion"), "stellungnahme", message("Record the opinion"), [&](web::Form& form) {
                form.radios("seite", message("From whom"), parties);
                form.date("eingegangen_am", message("Received on"), context.today);
                form.textarea("text", message("Opinion"));
            });
        if (t.state == TargetState::in_consultation) add(message("Make ready for decision"), "reif", message("Make ready"), [](web::Form&) {});
        if (t.state == TargetState::ready || t.state == TargetState::adjourned)
            add(message("Record the council's decision"), "entscheiden", message("Record the decision"), [&](web::Form& form) {
                form.radios("ergebnis", message("Decision"),
                            {{"beschlossen", message("resolved")}, {"abgelehnt", message("target rejected")}, {"vertagt", message("adjourned")}});
                form.row()
                    .date("tag", message("Day of the meeting"))
                    .text("sitzung", message("Meeting"))
                    .text("beschluss", message("Number of the resolution"), {.optional = true})
                    .end_row();
                form.row()
                    .number("ja", message("Yes"), {.optional = true, .short_input = true})
                    .number("nein", message("No"), {.optional = true, .short_input = true})
                    .number("enthalten", message("Abstained"), {.optional = true, .short_input = true})
                    .end_row();
            });
        if (t.state == TargetState::resolved)
            add(message("Put into force"), "inkraft", message("Put into force"),
                [&](web::Form& form) { form.date("tag", message("In force from"), context.today); });
        if (t.state == TargetState::in_force) {
            add(message("Compute the outcome"), "ergebnis", message("Compute"), [](web::Form& form) {
                form.text("wert", message("Observed value"),
                          {.hint = message("Leave empty when nothing was measured."), .optional = true, .inputmode = "decimal"});
            });
            add(message("Replace by a new target"), "ersetzen", message("Replace"),
                [](web::Form& form) { form.text("nachfolger", message("Number of the new target")); });
        }
        if (is_outcome(t.state))
            add(message("Override the outcome"), "uebersteuern", message("Override"), [](web::Form& form) {
                std::vector<web::Choice> outcomes;
                for (const auto state : {TargetState::reached, TargetState::partly, TargetState::missed, TargetState::not_measurable})
                    outcomes.push_back({std::string(name_of(state)), label_of(state)});
                form.radios("ergebnis", message("Outcome"), outcomes);
                form.text("grund", message("Reason"), {.hint = message("Every report shows it.")});
            });
        add(t.published ? message("Hide from the public") : message("Publish"), t.published ? "verbergen" : "veroeffentlichen",
            t.published ? message("Hide") : message("Publish"), [](web::Form&) {});
    }

    base::Result<http::Response> page_of(const std::string& key, const web::Context& context, const base::Error* refused) const {
        struct Read {
            Target target;
            std::vector<TargetEntry> history;
        };
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(out.target, find_target(c, key));
            if (!is_shown(context, out.target)) return base::error(base::ErrorKind::not_found, "not published");
            TRY(out.history, target_history_of(c, out.target.id));
            return out;
        }));
        const auto& t = read.target;
        std::vector<web::Action> actions;
        if (edits_all(context) && (t.state == TargetState::draft || t.state == TargetState::in_consultation))
            actions.push_back({message("Edit"), "/zielvorgaben/" + key + "/bearbeiten", false, "edit"});
        const int status = refused ? (refused->kind == base::ErrorKind::conflict ? 409 : 422) : 200;
        return web::page(context,
                         {.title = t.title.in(i18n::code(context.language)),
                          .lead = t.key,
                          .crumbs = {{message("Targets of the council"), "/zielvorgaben"}},
                          .actions = actions,
                          .status = status},
                         "measures/target.tpl", [&](web::View& view) {
                             if (refused) {
                                 auto box = view.section("REFUSED");
                                 box.list("REASON", refused->fields,
                                          [](web::View& row, const base::FieldError& field) { row.set("TEXT", field.message); });
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
                             if (t.observed) fact(message("Observed value"), t.observed->text(i18n::code(context.language)) + " " + t.goal.unit);
                             if (!t.replaced_by.empty()) fact(message("Replaced by"), t.replaced_by);
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
                                     if (context.actor.signed_in() && !s.request->proof.empty())
                                         request.section("PROOF").set("PROOF", s.request->proof);
                                 }
                                 for (const auto& o : t.opinions) {
                                     if (o.party != party) continue;
                                     auto opinion = row.section("OPINION");
                                     opinion.set("DAY", o.received_on);
                                     opinion.set("TEXT", o.text);
                                     opinion.show_if("LATE", o.late);
                                     opinion.show_if("OLD", o.text_hash != text_hash(t));
                                 }
                             }
                             view.set("STATE", web::chip(context, tone_of(shown_outcome(t)), label_of(shown_outcome(t))));
                             if (edits_all(context)) fill_steps(view, context, t);
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
    router.get("/zielvorgaben/neu", on(&Pages::new_form));
    router.get("/zielvorgaben/{key:any}", on(&Pages::show));
    router.post("/zielvorgaben/{key:any}", on(&Pages::save));
    router.get("/zielvorgaben/{key:any}/bearbeiten", on(&Pages::edit_form));
    router.post("/zielvorgaben/{key:any}/schritte", on(&Pages::step));
}

}  // namespace measures
