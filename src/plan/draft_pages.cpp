#include "plan/draft_pages.h"

#include "plan/steering.h"
#include "platform/web/input.h"
#include "platform/web/url.h"

namespace plan {
namespace {

using base::message;

class DraftPages : public Steering {
  public:
    using Steering::Steering;

    base::Result<http::Response> upload_form(const http::Request&, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        return upload_page(context, nullptr, nullptr);
    }

    base::Result<http::Response> upload(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        const auto file = std::find_if(request.uploads.begin(), request.uploads.end(), [](const http::Upload& u) { return u.field == "file"; });
        if (file == request.uploads.end() || file->size == 0) {
            base::Error none{base::ErrorKind::invalid_input, {}, {{"file", message("Please choose a file. An empty file cannot be read."), 0}}, {}};
            return upload_page(context, &request.form, &none);
        }
        const auto found = importing::import_file(file->path, importing::Format::automatic, file->filename);
        if (!found) return upload_page(context, &request.form, &found.error());
        const auto again = request.form.get("again");
        const auto key = change<std::string>([&](db::Connection& c) -> base::Result<std::string> {
            if (!again.empty()) {
                TRY(const auto plan, find_plan_by_key(c, again));
                TRY(const auto held, with_duty(c));
                TRY_VOID(reimport(c, plan.id, *found, by(context), held));
                return again;
            }
            Source source;
            source.name = file->filename;
            if (const auto before = request.form.get("continues"); !before.empty()) {
                TRY(const auto plan, find_plan_by_key(c, before));
                source.continues = plan.id;
            }
            TRY(const auto id, save_draft(c, *found, source, by(context)));
            TRY(const auto plan, find_plan(c, id));
            return plan.key;
        });
        if (!key) return key.error().fields.empty() ? tl::unexpected(key.error()) : upload_page(context, &request.form, &key.error());
        return web::see_other(context, "/konzept/" + *key + "/entwurf",
                              message("The text is read. Please look through what the import proposes before it is adopted."));
    }

    base::Result<http::Response> draft(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        return draft_page(request, context, nullptr);
    }

    base::Result<http::Response> confirm_plan(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto plan, plan_for(request));
        TRY_VOID(change<std::int64_t>([&](db::Connection& c) { return confirm_all(c, plan.id, by(context)); }));
        return web::see_other(context, address_of(plan) + "/entwurf", message("All statements are confirmed."));
    }

    base::Result<http::Response> join_offices(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto plan, plan_for(request));
        if (plan.state != PlanState::draft) return base::error(base::ErrorKind::conflict, "only a draft is joined");
        TRY(const auto joined, change<std::int64_t>([&](db::Connection& c) { return join_named(c, plan.id, by(context)); }));
        return web::see_other(context, address_of(plan) + "/entwurf",
                              message("Statements that were joined to offices or bodies: {count}", {{"count", std::to_string(joined)}}));
    }

    base::Result<http::Response> adopt_plan(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto plan, plan_for(request));
        web::Input input(request.form);
        const auto from = input.day("valid_from"), until = input.day("valid_until", false), on = input.day("adopted_on", false);
        const auto resolution = input.text("resolution", {.required = false, .most = 200});
        if (!input.ok()) return draft_page(request, context, &input.error());
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(adopt(c, plan.id, {.valid_from = *from, .valid_until = until, .adopted_on = on, .resolution = resolution}, by(context)));
            if (input.checked("publish")) { TRY_VOID(publish(c, plan.id, true, by(context))); }
            return changed(c);
        });
        if (!done) return done.error().fields.empty() ? tl::unexpected(done.error()) : draft_page(request, context, &done.error());
        return web::see_other(context, address_of(plan),
                              message("The concept is adopted. From now on its clauses are not changed; an amendment makes the next version."));
    }

    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        return edit_page(request, context, nullptr);
    }

    base::Result<http::Response> edit(const http::Request& request, const web::Context& context) const {
        return mend(request, context, [&](db::Connection& c, ClauseId id) -> base::Result<ClauseId> {
            web::Input input(request.form);
            const ClauseEdit e{input.text("number", {.required = false, .most = 60}), input.text("heading", {.required = false, .most = 500}),
                               input.long_text("text", {.required = false, .most = 200000})};
            if (!input.ok()) return tl::unexpected(input.error());
            TRY_VOID(edit_clause(c, id, e, by(context)));
            return id;
        });
    }
    base::Result<http::Response> join(const http::Request& request, const web::Context& context) const {
        return mend(request, context, [&](db::Connection& c, ClauseId id) { return join_with_previous(c, id, by(context)); });
    }
    base::Result<http::Response> split(const http::Request& request, const web::Context& context) const {
        return mend(request, context, [&](db::Connection& c, ClauseId id) -> base::Result<ClauseId> {
            web::Input input(request.form);
            const auto paragraph = input.number("absatz", 1, 10000);
            const auto number = input.text("new_number", {.required = false, .most = 60}),
                       heading = input.text("new_heading", {.required = false, .most = 500});
            if (!input.ok()) return tl::unexpected(input.error());
            return split_clause(c, id, static_cast<std::size_t>(*paragraph), number, heading, by(context));
        });
    }
    base::Result<http::Response> add(const http::Request& request, const web::Context& context) const {
        return mend(request, context, [&](db::Connection& c, ClauseId id) -> base::Result<ClauseId> {
            web::Input input(request.form);
            const auto quote = input.long_text("quote", {.required = true, .most = 5000});
            if (!input.ok()) return tl::unexpected(input.error());
            TRY_VOID(add_by_hand(c, id, quote, by(context)));
            return id;
        });
    }
    base::Result<http::Response> move(const http::Request& request, const web::Context& context) const {
        return mend(request, context, [&](db::Connection& c, ClauseId id) -> base::Result<ClauseId> {
            web::Input input(request.form);
            const auto parent = input.number("parent", 0, INT64_MAX, false), before = input.number("before", 0, INT64_MAX, false);
            if (!input.ok()) return tl::unexpected(input.error());
            TRY_VOID(move_clause(c, id, ClauseId{parent.value_or(0)}, ClauseId{before.value_or(0)}, by(context)));
            return id;
        });
    }

    base::Result<http::Response> amend_form(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        return amend_page(request, context, nullptr);
    }
    base::Result<http::Response> amend_clause(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        web::Input input(request.form);
        const auto from = input.day("from");
        const ClauseEdit e{input.text("number", {.required = false, .most = 60}), input.text("heading", {.required = false, .most = 500}),
                           input.long_text("text", {.required = false, .most = 200000})};
        if (!input.ok()) return amend_page(request, context, &input.error());
        const auto fresh = change<ClauseId>([&](db::Connection& c) { return amend(c, ClauseId{request.id("id")}, e, *from, by(context)); });
        if (!fresh) return fresh.error().fields.empty() ? tl::unexpected(fresh.error()) : amend_page(request, context, &fresh.error());
        TRY(const auto place, place_of(*fresh));
        return web::see_other(context, address_of(place.first, place.second) + "?stand=" + base::iso(*from),
                              message("The amendment is kept as the next version."));
    }

  private:
    base::Result<http::Response> upload_page(const web::Context& context, const http::Fields* typed, const base::Error* refused) const {
        TRY(const auto all, database_.read([](db::Connection& c) { return plans(c); }));
        web::Form form(context, {.action = "/konzept/import", .submit = message("Read the text"), .cancel_url = "/konzept", .multipart = true});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        form.file("file", message("File"),
                  {.hint = message("Plain text, PDF with text, DOCX or ODT, up to 50 MB. Nothing is adopted or published by it."),
                   .accept = ".txt,.pdf,.docx,.odt"});
        std::vector<web::Choice> drafts{{"", message("a new draft")}}, adopted{{"", message("none")}};
        for (const auto& p : all) (p.state == PlanState::draft ? drafts : adopted).push_back({p.key, p.title.in(i18n::code(context.language))});
        form.select("again", message("Read it into"), drafts,
                    {.hint = message("A corrected text over its draft keeps what was confirmed there."), .optional = true});
        form.select("continues", message("Continues the concept"), adopted, {.optional = true});
        return web::page(context,
                         {.title = message("Import a concept"),
                          .lead = message("The document is read into clauses and statements, for you to look through."),
                          .crumbs = {{message("Concepts"), "/konzept"}},
                          .status = refused ? web::http_status(refused->kind) : 200,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> draft_page(const http::Request& request, const web::Context& context, const base::Error* refused) const {
        TRY(const auto plan, plan_for(request));
        if (plan.state != PlanState::draft) return http::Response::see_other(address_of(plan));
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            TRY(const auto clauses, clauses_of(c, plan.id, context.today));
            TRY(const auto details, statement_details(c, plan.id, context.today));
            TRY(const auto words, words_of_plan(c, plan.id));
            TRY(const auto names, bearer_names(c, context));
            TRY(const auto open, unconfirmed(c, plan.id));
            TRY(const auto warnings, warnings_of(c, plan.id));
            web::Form form(context, {.action = address_of(plan) + "/beschluss", .submit = message("Adopt the concept")});
            if (refused) form.typed(request.form).error(*refused);
            form.date("valid_from", message("Valid from"))
                .date("valid_until", message("Valid until, that day included"), {}, {.optional = true})
                .date("adopted_on", message("Adopted on"), {}, {.optional = true});
            form.text("resolution", message("Resolution"), {.hint = message("Number and body, for example: Kreistag 123/2018"), .optional = true});
            form.checkbox("publish", message("Publish it at once"), false);
            return web::page(
                context,
                {.title = plan.title.in(i18n::code(context.language)),
                 .lead = message("Draft: mend it, confirm what the import proposes, then adopt it."),
                 .crumbs = {{message("Concepts"), "/konzept"}},
                 .actions = {{message("Read it"), address_of(plan), false, {}}, {message("Import a corrected text"), "/konzept/import", false, {}}},
                 .status = refused ? 422 : 200,
                 .index = false},
                "plan/draft.tpl", [&](web::View& view) {
                    view.set("OPEN", open);
                    if (!warnings.empty()) {
                        auto noticed = view.section("WARNINGS");
                        for (const auto& w : warnings) {
                            auto one = noticed.section("WARNING");
                            one.set("TEXT", w.message);
                            if (w.line > 0) one.section("LINE").set("NUMBER", static_cast<std::int64_t>(w.line));
                        }
                    }
                    const bool nameless = std::any_of(details.begin(), details.end(), [&](const StatementDetail& s) {
                        const auto named = words.find(s.id);
                        return s.bearers.empty() && named != words.end() && !named->second.bearer_names.empty();
                    });
                    if (nameless)
                        view.section("NAMELESS").set("BUTTON", web::button_form(context, address_of(plan) + "/zuordnen", message("Join them again")));
                    if (open > 0)
                        view.section("CONFIRM_ALL")
                            .set("BUTTON", web::button_form(context, address_of(plan) + "/bestaetigen", message("Confirm all statements")));
                    view.set("ADOPT", form.html());
                    view.list("CLAUSE", clauses, [&](web::View& row, const ClauseView& clause) {
                        row.set("TITLE", title_of(clause, context));
                        row.set("ANCHOR", anchor_of(clause));
                        row.set("URL", "/konzept/ziffern/" + std::to_string(clause.id.value));
                        row.set("TEXT", web::paragraphs(clause.text.de));
                        for (const auto& s : details) {
                            if (s.clause != clause.id) continue;
                            const auto basis = words.find(s.id);
                            auto shown = row.section("STATEMENT");
                            fill_statement(shown, context, s, names, basis == words.end() ? nullptr : &basis->second);
                            const auto own = "/konzept/aussagen/" + std::to_string(s.id.value);
                            shown.set("EDIT", own);
                            if (!s.confirmed)
                                shown.section("CONFIRM").set(
                                    "BUTTON", web::button_form(context, own + "/bestaetigen", message("Confirm {key}", {{"key", s.key}})));
                        }
                    });
                });
        });
    }

    base::Result<http::Response> mend(const http::Request& request, const web::Context& context,
                                      const std::function<base::Result<ClauseId>(db::Connection&, ClauseId)>& work) const {
        TRY_VOID(steering_only(context));
        const auto done = change<ClauseId>([&](db::Connection& c) { return work(c, ClauseId{request.id("id")}); });
        if (!done) return done.error().fields.empty() ? tl::unexpected(done.error()) : edit_page(request, context, &done.error());
        return web::see_other(context, "/konzept/ziffern/" + std::to_string(done->value), message("Saved."));
    }

    base::Result<http::Response> edit_page(const http::Request& request, const web::Context& context, const base::Error* refused) const {
        const ClauseId id{request.id("id")};
        TRY(const auto place, place_of(id));
        const auto& [plan, clause] = place;
        if (plan.state != PlanState::draft) return http::Response::see_other(address_of(plan, clause));
        const auto self = "/konzept/ziffern/" + std::to_string(id.value);
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            TRY(const auto clauses, clauses_of(c, plan.id, context.today));
            TRY(const auto details, statement_details(c, plan.id, context.today));
            web::Form edit(context, {.action = self, .submit = message("Save"), .cancel_url = address_of(plan) + "/entwurf"});
            // A mistake stands at the form it was made in.
            const auto wrong_in = [&](web::Form& form, std::initializer_list<std::string_view> fields) {
                if (refused && std::any_of(refused->fields.begin(), refused->fields.end(), [&](const base::FieldError& f) {
                        return std::find(fields.begin(), fields.end(), f.field) != fields.end();
                    }))
                    form.typed(request.form).error(*refused);
            };
            wrong_in(edit, {"number", "heading", "text", ""});
            edit.text("number", message("Number"), {.value = clause.number, .optional = true, .short_input = true});
            edit.text("heading", message("Heading"), {.value = clause.heading.de, .optional = true});
            edit.textarea("text", message("Text"), {.value = clause.text.de, .optional = true, .rows = 12});
            web::Form split(context, {.action = self + "/teilen", .submit = message("Split")});
            wrong_in(split, {"absatz", "new_number", "new_heading"});
            split.number("absatz", message("After how many paragraphs"),
                         {.hint = message("The text behind them becomes the next clause."), .short_input = true});
            split.text("new_number", message("Number of the new clause"), {.optional = true, .short_input = true})
                .text("new_heading", message("Heading of the new clause"), {.optional = true});
            web::Form move(context, {.action = self + "/verschieben", .submit = message("Move")});
            wrong_in(move, {"parent", "before"});
            std::vector<web::Choice> parents{{"0", message("at the top")}}, places{{"0", message("at the end")}};
            for (const auto& x : clauses) {
                if (x.id == id) continue;
                parents.push_back({std::to_string(x.id.value), title_of(x, context)});
                places.push_back({std::to_string(x.id.value), title_of(x, context)});
            }
            web::Form add(context, {.action = self + "/aussagen", .submit = message("Add the statement")});
            wrong_in(add, {"quote"});
            add.textarea("quote", message("Words of the statement"), {.hint = message("As they stand in the clause."), .rows = 3});
            move.select("parent", message("Below"), parents, {.value = std::to_string(clause.parent.value)});
            move.select("before", message("In front of"), places, {.value = "0"});
            return web::page(
                context,
                {.title = title_of(clause, context),
                 .crumbs = {{message("Concepts"), "/konzept"}, {plan.title.in(i18n::code(context.language)), address_of(plan) + "/entwurf"}},
                 .status = refused ? 422 : 200,
                 .index = false},
                "plan/edit.tpl", [&](web::View& view) {
                    view.set("EDIT", edit.html());
                    view.set("SPLIT", split.html());
                    view.set("MOVE", move.html());
                    view.set("JOIN", web::button_form(context, self + "/verbinden", message("Join with the clause before")));
                    view.set("ADD", add.html());
                    for (const auto& s : details) {
                        if (s.clause != id) continue;
                        auto row = view.section("STATEMENT");
                        row.set("KEY", s.key);
                        row.set("QUOTE", s.quote.de);
                        row.set("URL", "/konzept/aussagen/" + std::to_string(s.id.value));
                        row.set("MODALITY", label_of(s.modality));
                        row.show_if("PROPOSED", !s.confirmed);
                    }
                });
        });
    }

    base::Result<http::Response> amend_page(const http::Request& request, const web::Context& context, const base::Error* refused) const {
        TRY(const auto place, place_of(ClauseId{request.id("id")}));
        const auto& [plan, clause] = place;
        web::Form form(context, {.action = "/konzept/ziffern/" + std::to_string(clause.id.value) + "/aenderung",
                                 .submit = message("Keep the amendment"),
                                 .cancel_url = address_of(plan, clause)});
        if (refused) form.typed(request.form).error(*refused);
        form.date("from", message("Valid from"), {}, {.hint = message("The day before is the last one of the present version.")});
        form.text("number", message("Number"), {.value = clause.number, .optional = true, .short_input = true});
        form.text("heading", message("Heading"), {.value = clause.heading.de, .optional = true});
        form.textarea("text", message("Text"), {.value = clause.text.de, .rows = 12});
        return web::page(context,
                         {.title = message("Amend this clause"),
                          .lead = title_of(clause, context),
                          .crumbs = {{message("Concepts"), "/konzept"}, {plan.title.in(i18n::code(context.language)), address_of(plan)}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         form.html());
    }
};

}  // namespace

void mount_drafts(http::Router& router, web::Site& site, db::Database& database, const Hooks& hooks) {
    const Routes<DraftPages> routes(router, site, std::make_shared<DraftPages>(site, database, hooks));
    routes.get("/konzept/import", &DraftPages::upload_form);
    routes.post("/konzept/import", &DraftPages::upload);
    routes.get("/konzept/{plan:slug}/entwurf", &DraftPages::draft);
    routes.post("/konzept/{plan:slug}/bestaetigen", &DraftPages::confirm_plan);
    routes.post("/konzept/{plan:slug}/zuordnen", &DraftPages::join_offices);
    routes.post("/konzept/{plan:slug}/beschluss", &DraftPages::adopt_plan);
    routes.get("/konzept/ziffern/{id}", &DraftPages::edit_form);
    routes.post("/konzept/ziffern/{id}", &DraftPages::edit);
    routes.post("/konzept/ziffern/{id}/verbinden", &DraftPages::join);
    routes.post("/konzept/ziffern/{id}/aussagen", &DraftPages::add);
    routes.post("/konzept/ziffern/{id}/teilen", &DraftPages::split);
    routes.post("/konzept/ziffern/{id}/verschieben", &DraftPages::move);
    routes.get("/konzept/ziffern/{id}/aenderung", &DraftPages::amend_form);
    routes.post("/konzept/ziffern/{id}/aenderung", &DraftPages::amend_clause);
    mount_statements(router, site, database, hooks);
    mount_lineage(router, site, database, hooks);
}

}  // namespace plan
