#include "plan/draft_pages.h"

#include "plan/view.h"
#include "platform/web/input.h"
#include "platform/web/url.h"

namespace plan {
namespace {

using base::message;

constexpr Modality modalities[] = {Modality::obligation, Modality::conditional_obligation, Modality::power, Modality::effort, Modality::declaration};
constexpr std::string_view rhythms[] = {"",           "yearly",   "half_yearly", "quarterly", "monthly",   "weekly",
                                        "two_yearly", "standing", "regular",     "once",      "on_request"};

class DraftPages {
  public:
    DraftPages(web::Site& site, db::Database& database, Hooks hooks) : site_(site), database_(database), hooks_(std::move(hooks)) {}

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
                TRY_VOID(reimport(c, plan.id, *found, by(context)));
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

    base::Result<http::Response> confirm(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto plan, plan_for(request));
        TRY_VOID(change<std::int64_t>([&](db::Connection& c) { return confirm_all(c, plan.id, by(context)); }));
        return web::see_other(context, address_of(plan) + "/entwurf", message("All statements are confirmed."));
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

    base::Result<http::Response> statement_form(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        return statement_page(request, context, nullptr);
    }
    base::Result<http::Response> edit_statement_of(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        const StatementId id{request.id("id")};
        TRY(const auto statement, database_.read([&](db::Connection& c) { return find_statement(c, id); }));
        web::Input input(request.form);
        StatementEdit e;
        std::vector<std::string> names, offered;
        for (const auto m : modalities) names.emplace_back(name_of(m));
        for (const auto r : rhythms) offered.emplace_back(r);
        e.modality = modality_named(input.choice("modality", names)).value_or(Modality::declaration);
        e.rhythm = input.choice("rhythm", offered, false);
        const auto numbers = [&](std::string_view field) {
            std::vector<network::BearerId> out;
            for (const auto& value : request.form.all(field))
                if (!value.empty() && value.size() < 18 && value.find_first_not_of("0123456789") == std::string::npos)
                    out.push_back({std::stoll(value)});
            return out;
        };
        e.bearers = numbers("bearer");
        e.counterparts = numbers("counterpart");
        const auto due = input.day("due", false);
        if (due) e.dates.push_back({*due, request.form.get("due_words")});
        if (const auto amount = input.number("amount", 0, 1000000000, false))
            e.quantities.push_back({static_cast<double>(*amount), input.text("unit", {.required = false, .most = 80}),
                                    input.choice("comparison", {"at_least", "at_most", "exactly"}), request.form.get("amount_words")});
        if (!input.ok()) return statement_page(request, context, &input.error());
        const auto done = change<bool>([&](db::Connection& c) -> base::Result<bool> {
            if (request.form.has("remove")) {
                TRY_VOID(remove_statement(c, id, by(context)));
            } else {
                TRY_VOID(edit_statement(c, id, e, by(context)));
            }
            return true;
        });
        if (!done) return done.error().fields.empty() ? tl::unexpected(done.error()) : statement_page(request, context, &done.error());
        return web::see_other(context, "/konzept/ziffern/" + std::to_string(statement.clause.value), message("Saved."));
    }

  private:
    base::Result<void> steering_only(const web::Context& context) const {
        if (!context.actor.steers()) return base::error(base::ErrorKind::forbidden, "steering only");
        return {};
    }
    By by(const web::Context& context) const { return {context.actor, site_.clock().now()}; }
    base::Result<void> changed(db::Connection& c) const { return hooks_.changed ? hooks_.changed(c) : base::Result<void>{}; }
    template <class T>
    base::Result<T> change(const std::function<base::Result<T>(db::Connection&)>& work) const {
        return database_.write([&](db::Connection& c) -> base::Result<T> {
            TRY(auto out, work(c));
            TRY_VOID(changed(c));
            return out;
        });
    }
    base::Result<PlanView> plan_for(const http::Request& request) const {
        return database_.read([&](db::Connection& c) { return find_plan_by_key(c, request.path_values.get("plan")); });
    }
    base::Result<std::pair<PlanView, ClauseView>> place_of(ClauseId id) const {
        return database_.read([&](db::Connection& c) -> base::Result<std::pair<PlanView, ClauseView>> {
            TRY(auto clause, find_clause(c, id));
            TRY(auto plan, find_plan(c, clause.plan));
            return std::pair{std::move(plan), std::move(clause)};
        });
    }

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
            TRY(const auto warnings, c.query_one<std::string>("select warnings from plans where id = :id", {{"id", plan.id}},
                                                              [](const db::Row& row) { return row.text("warnings"); }));
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
                    if (warnings && !warnings->empty()) view.section("WARNINGS").set("TEXT", web::paragraphs(*warnings));
                    if (open > 0)
                        view.section("CONFIRM").set("BUTTON",
                                                    web::button_form(context, address_of(plan) + "/bestaetigen", message("Confirm all statements")));
                    view.set("ADOPT", form.html());
                    view.list("CLAUSE", clauses, [&](web::View& row, const ClauseView& clause) {
                        row.set("TITLE", title_of(clause, context));
                        row.set("ANCHOR", anchor_of(clause));
                        row.set("URL", "/konzept/ziffern/" + std::to_string(clause.id.value));
                        row.set("TEXT", web::paragraphs(clause.text.de));
                        for (const auto& s : details) {
                            if (s.clause != clause.id) continue;
                            const auto basis = words.find(s.id);
                            fill_statement(row.section("STATEMENT"), context, s, names, basis == words.end() ? nullptr : &basis->second);
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
            if (refused) edit.typed(request.form).error(*refused);
            edit.text("number", message("Number"), {.value = clause.number, .optional = true, .short_input = true});
            edit.text("heading", message("Heading"), {.value = clause.heading.de, .optional = true});
            edit.textarea("text", message("Text"), {.value = clause.text.de, .optional = true, .rows = 12});
            web::Form split(context, {.action = self + "/teilen", .submit = message("Split")});
            split.number("absatz", message("After how many paragraphs"),
                         {.hint = message("The text behind them becomes the next clause."), .short_input = true});
            split.text("new_number", message("Number of the new clause"), {.optional = true, .short_input = true})
                .text("new_heading", message("Heading of the new clause"), {.optional = true});
            web::Form move(context, {.action = self + "/verschieben", .submit = message("Move")});
            std::vector<web::Choice> parents{{"0", message("at the top")}}, places{{"0", message("at the end")}};
            for (const auto& x : clauses) {
                if (x.id == id) continue;
                parents.push_back({std::to_string(x.id.value), title_of(x, context)});
                places.push_back({std::to_string(x.id.value), title_of(x, context)});
            }
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

    base::Result<http::Response> statement_page(const http::Request& request, const web::Context& context, const base::Error* refused) const {
        const StatementId id{request.id("id")};
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            TRY(const auto found, find_statement(c, id));
            TRY(const auto clause, find_clause(c, found.clause));
            TRY(const auto plan, find_plan(c, found.plan));
            if (plan.state != PlanState::draft) return http::Response::see_other(address_of(plan, clause));
            TRY(const auto names, bearer_names(c, context));
            TRY(const auto details, statement_details(c, found.plan, context.today));
            const auto s = std::find_if(details.begin(), details.end(), [&](const StatementDetail& d) { return d.id == id; });
            if (s == details.end()) return base::error(base::ErrorKind::not_found, "no such statement");
            web::Form form(context, {.action = "/konzept/aussagen/" + std::to_string(id.value),
                                     .submit = message("Confirm"),
                                     .cancel_url = "/konzept/ziffern/" + std::to_string(clause.id.value)});
            if (refused) form.typed(request.form).error(*refused);
            std::vector<web::Choice> choices, often,
                comparisons{{"at_least", message("at least")}, {"at_most", message("at most")}, {"exactly", message("exactly")}}, bearers;
            for (const auto m : modalities) choices.push_back({std::string(name_of(m)), label_of(m)});
            for (const auto r : rhythms) often.push_back({std::string(r), label_of_rhythm(r)});
            for (const auto& [bearer, name] : names) bearers.push_back({std::to_string(bearer.value), name});
            const auto chosen = [](const std::vector<network::BearerId>& ids) {
                std::vector<std::string> out;
                for (const auto i : ids) out.push_back(std::to_string(i.value));
                return out;
            };
            form.select("modality", message("How it binds"), choices, {.value = std::string(name_of(s->modality))});
            form.select("rhythm", message("How often"), often, {.value = s->rhythm, .optional = true});
            if (!bearers.empty())
                form.checkboxes("bearer", message("Borne by"), bearers, chosen(s->bearers), {.optional = true})
                    .checkboxes("counterpart", message("With or towards"), bearers, chosen(s->counterparts), {.optional = true});
            form.date("due", message("By the day"), s->dates.empty() ? std::nullopt : std::optional<base::Day>(s->dates.front().on),
                      {.optional = true});
            if (!s->dates.empty()) form.hidden("due_words", s->dates.front().words);
            const auto* quantity = s->quantities.empty() ? nullptr : &s->quantities.front();
            form.select("comparison", message("Comparison"), comparisons, {.value = quantity ? quantity->comparison : "at_least"});
            form.number("amount", message("Quantity"),
                        {.value = quantity ? fmt::format("{:.0f}", quantity->amount) : "", .optional = true, .short_input = true});
            form.text("unit", message("Unit"), {.value = quantity ? quantity->unit : "", .optional = true});
            if (quantity) form.hidden("amount_words", quantity->words);
            form.button("remove", "ja", message("Take it out: this states nothing"));
            return web::page(context,
                             {.title = s->key,
                              .lead = s->quote.de,
                              .crumbs = {{message("Concepts"), "/konzept"},
                                         {plan.title.in(i18n::code(context.language)), address_of(plan) + "/entwurf"},
                                         {title_of(clause, context), "/konzept/ziffern/" + std::to_string(clause.id.value)}},
                              .status = refused ? 422 : 200,
                              .index = false},
                             form.html());
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

    web::Site& site_;
    db::Database& database_;
    Hooks hooks_;
};

}  // namespace

void mount_drafts(http::Router& router, web::Site& site, db::Database& database, const Hooks& hooks) {
    const auto pages = std::make_shared<DraftPages>(site, database, hooks);
    using Method = base::Result<http::Response> (DraftPages::*)(const http::Request&, const web::Context&) const;
    const auto handler = [&](Method method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return (*pages.*method)(request, context); });
    };
    router.get("/konzept/import", handler(&DraftPages::upload_form));
    router.post("/konzept/import", handler(&DraftPages::upload));
    router.get("/konzept/{plan:slug}/entwurf", handler(&DraftPages::draft));
    router.post("/konzept/{plan:slug}/bestaetigen", handler(&DraftPages::confirm));
    router.post("/konzept/{plan:slug}/beschluss", handler(&DraftPages::adopt_plan));
    router.get("/konzept/ziffern/{id}", handler(&DraftPages::edit_form));
    router.post("/konzept/ziffern/{id}", handler(&DraftPages::edit));
    router.post("/konzept/ziffern/{id}/verbinden", handler(&DraftPages::join));
    router.post("/konzept/ziffern/{id}/teilen", handler(&DraftPages::split));
    router.post("/konzept/ziffern/{id}/verschieben", handler(&DraftPages::move));
    router.get("/konzept/ziffern/{id}/aenderung", handler(&DraftPages::amend_form));
    router.post("/konzept/ziffern/{id}/aenderung", handler(&DraftPages::amend_clause));
    router.get("/konzept/aussagen/{id}", handler(&DraftPages::statement_form));
    router.post("/konzept/aussagen/{id}", handler(&DraftPages::edit_statement_of));
}

}  // namespace plan
