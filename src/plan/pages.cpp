#include "plan/pages.h"

#include "plan/draft_pages.h"
#include "plan/view.h"
#include "platform/web/url.h"

namespace plan {
namespace {

using base::message;

// The form that composes duties, with what the statement says already in it.
std::string compose_address(const PlanView& plan, const ClauseView& clause, const StatementDetail& s) {
    std::vector<std::pair<std::string, std::string>> query{{"plan", plan.key}, {"ziffer", clause.number}, {"aussage", s.key}, {"rhythmus", s.rhythm}};
    if (!s.dates.empty()) query.emplace_back("frist", base::iso(s.dates.front().on));
    if (!s.quantities.empty()) {
        query.emplace_back("menge", fmt::format("{:g}", s.quantities.front().amount));
        query.emplace_back("vergleich", s.quantities.front().comparison);
    }
    std::string out = "/pflichten/neu";
    for (const auto& [name, value] : query)
        if (!value.empty()) out += (out.ends_with("neu") ? "?" : "&") + name + "=" + web::url_encode(value);
    return out;
}

class Pages {
  public:
    Pages(web::Site& site, db::Database& database, Hooks hooks) : site_(site), database_(database), hooks_(std::move(hooks)) {}

    base::Result<http::Response> list(const http::Request&, const web::Context& context) const {
        TRY(const auto all, database_.read([](db::Connection& c) { return plans(c); }));
        std::vector<web::Action> actions{{message("Search the texts"), "/konzept/suche", false, {}}};
        if (context.actor.steers()) actions.push_back({message("Import a concept"), "/konzept/import", true, "add"});
        return web::page(context,
                         {.title = message("Concepts"),
                          .lead = message("The concepts of the district, clause by clause, with what they oblige to."),
                          .actions = actions},
                         "plan/list.tpl", [&](web::View& view) {
                             bool any = false;
                             for (const auto& plan : all) {
                                 if (!visible(plan, context)) continue;
                                 any = true;
                                 auto row = view.section("ROW");
                                 const bool draft = plan.state == PlanState::draft;
                                 row.set("URL", address_of(plan) + (draft && context.actor.steers() ? "/entwurf" : ""));
                                 row.set("TITLE", plan.title.in(i18n::code(context.language)));
                                 row.set("STATE", draft            ? message("Draft")
                                                  : plan.published ? message("Adopted and published")
                                                                   : message("Adopted, not published"));
                                 if (plan.valid_from) row.section("VALID").set("FROM", *plan.valid_from);
                                 if (plan.valid_until) row.section("ENDS").set("UNTIL", *plan.valid_until);
                             }
                             view.show_if("EMPTY", !any);
                         });
    }

    base::Result<http::Response> read(const http::Request& request, const web::Context& context) const {
        TRY(const auto plan, plan_for(request, context));
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            const auto day = reading_day(plan, context);
            TRY(const auto clauses, clauses_of(c, plan.id, day));
            TRY(const auto detail, plan_detail(c, plan.id));
            std::vector<web::Action> actions{{message("Vague clauses"), address_of(plan) + "/vage", false, {}},
                                             {message("Compare"), address_of(plan) + "/vergleich", false, {}}};
            if (context.actor.steers()) actions.push_back({message("Where its clauses come from"), address_of(plan) + "/herkunft", false, {}});
            if (context.actor.signed_in()) actions.push_back({message("History"), "/verlauf/konzept/" + plan.key, false, {}});
            if (context.actor.steers() && plan.state == PlanState::draft)
                actions.push_back({message("Mend the draft"), address_of(plan) + "/entwurf", true, "edit"});
            return web::page(context,
                             {.title = plan.title.in(i18n::code(context.language)),
                              .crumbs = {{message("Concepts"), "/konzept"}},
                              .actions = actions,
                              .index = plan.published},
                             "plan/read.tpl", [&](web::View& view) {
                                 if (plan.valid_from) {
                                     auto validity = view.section("VALIDITY");
                                     validity.set("FROM", *plan.valid_from);
                                     if (plan.valid_until) validity.section("LAST").set("UNTIL", *plan.valid_until);
                                     validity.set("DAY", day);
                                 }
                                 if (!detail.resolution.empty()) view.section("RESOLUTION").set("TEXT", detail.resolution);
                                 view.list("CONTENT", clauses, [&](web::View& row, const ClauseView& clause) {
                                     row.set("ANCHOR", anchor_of(clause));
                                     row.set("TITLE", title_of(clause, context));
                                 });
                                 view.list("CLAUSE", clauses, [&](web::View& row, const ClauseView& clause) {
                                     row.set("ANCHOR", anchor_of(clause));
                                     row.set("TITLE", title_of(clause, context));
                                     row.set("URL", address_of(plan, clause));
                                     row.set("TEXT", web::paragraphs(clause.text.in(i18n::code(context.language))));
                                     if (clause.modality) row.section("MODALITY").set("LABEL", label_of(*clause.modality));
                                 });
                             });
        });
    }

    base::Result<http::Response> clause(const http::Request& request, const web::Context& context) const {
        TRY(const auto plan, plan_for(request, context));
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            const auto day = reading_day(plan, context);
            TRY(const auto clauses, clauses_of(c, plan.id, day));
            const auto anchor = request.path_values.get("number");
            const auto at =
                std::find_if(clauses.begin(), clauses.end(), [&](const ClauseView& x) { return anchor_of(x) == anchor || x.number == anchor; });
            if (at == clauses.end()) return base::error(base::ErrorKind::not_found, "no such clause on that day");
            TRY(const auto details, statement_details(c, plan.id, day));
            TRY(const auto words, words_of_plan(c, plan.id));
            TRY(const auto names, bearer_names(c, context));
            TRY(const auto lineage, lineage_of_plan(c, plan.id));
            std::vector<web::Crumb> crumbs{{message("Concepts"), "/konzept"}, {plan.title.in(i18n::code(context.language)), address_of(plan)}};
            std::vector<web::Action> actions;
            if (context.actor.steers()) {
                if (plan.state == PlanState::draft)
                    actions.push_back({message("Mend this clause"), "/konzept/ziffern/" + std::to_string(at->id.value), true, "edit"});
                else
                    actions.push_back(
                        {message("Amend this clause"), "/konzept/ziffern/" + std::to_string(at->id.value) + "/aenderung", false, "edit"});
                actions.push_back({message("Where it comes from"), address_of(plan) + "/herkunft?ziffer=" + std::to_string(at->id.value), false, {}});
            }
            std::vector<std::pair<Lineage, std::optional<std::pair<PlanView, ClauseView>>>> origins;
            for (const auto& l : lineage) {
                if (l.clause != at->id) continue;
                std::optional<std::pair<PlanView, ClauseView>> from;
                if (l.from) {
                    TRY(auto old, find_clause(c, l.from));
                    TRY(auto of, find_plan(c, old.plan));
                    if (visible(of, context)) from.emplace(std::move(of), std::move(old));
                }
                origins.emplace_back(l, std::move(from));
            }
            return web::page(
                context, {.title = title_of(*at, context), .crumbs = crumbs, .actions = actions, .index = plan.published}, "plan/clause.tpl",
                [&](web::View& view) {
                    view.set("TEXT", web::paragraphs(at->text.in(i18n::code(context.language))));
                    for (const auto& s : details) {
                        if (s.clause != at->id) continue;
                        const auto basis = words.find(s.id);
                        auto shown = view.section("STATEMENT");
                        fill_statement(shown, context, s, names, basis == words.end() ? nullptr : &basis->second);
                        if (!context.actor.steers()) continue;
                        auto steer = shown.section("STEER");
                        steer.set("EDIT", "/konzept/aussagen/" + std::to_string(s.id.value));
                        if (plan.state == PlanState::adopted && s.modality != Modality::declaration)
                            steer.section("COMPOSE").set("URL", compose_address(plan, *at, s));
                    }
                    for (const auto& [l, from] : origins) {
                        auto row = view.section("ORIGIN");
                        row.set("RELATION", label_of(l.relation));
                        if (from) {
                            auto link = row.section("FROM");
                            link.set("URL", from->second.plan == plan.id
                                                ? address_of(plan, from->second) + (plan.valid_from ? "?stand=" + base::iso(*plan.valid_from) : "")
                                                : address_of(from->first, from->second));
                            link.set("TITLE", from->first.title.in(i18n::code(context.language)) + ", " + title_of(from->second, context));
                            row.set("DIFFERENCES", differences(context, from->second.text.de, at->text.de));
                            row.show_if("COMPARED", l.relation == Relation::amended || l.relation == Relation::carried_over);
                        }
                        if (!l.note.empty()) row.section("NOTE").set("TEXT", l.note);
                    }
                    if (at != clauses.begin()) {
                        auto link = view.section("PREVIOUS");
                        link.set("URL", address_of(plan, *std::prev(at)));
                        link.set("TITLE", title_of(*std::prev(at), context));
                    }
                    if (std::next(at) != clauses.end()) {
                        auto link = view.section("NEXT");
                        link.set("URL", address_of(plan, *std::next(at)));
                        link.set("TITLE", title_of(*std::next(at), context));
                    }
                });
        });
    }

    base::Result<http::Response> vague(const http::Request& request, const web::Context& context) const {
        TRY(const auto plan, plan_for(request, context));
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            const auto day = reading_day(plan, context);
            TRY(const auto clauses, clauses_of(c, plan.id, day));
            TRY(const auto details, statement_details(c, plan.id, day));
            std::set<StatementId> with_duty;
            if (hooks_.with_duty) { TRY(with_duty, hooks_.with_duty(c)); }
            const auto found = vague_statements(details, [&](StatementId id) { return with_duty.contains(id); });
            std::map<ClauseId, const ClauseView*> by_id;
            for (const auto& clause : clauses) by_id[clause.id] = &clause;
            return web::page(context,
                             {.title = message("Vague clauses"),
                              .lead = message("What obliges nobody, or nobody can check: with the reason for each."),
                              .crumbs = {{message("Concepts"), "/konzept"}, {plan.title.in(i18n::code(context.language)), address_of(plan)}},
                              .index = plan.published},
                             "plan/vague.tpl", [&](web::View& view) {
                                 view.show_if("EMPTY", found.empty());
                                 view.list("ROW", found, [&](web::View& row, const VagueStatement& v) {
                                     const auto& clause = *by_id.at(v.statement.clause);
                                     row.set("URL", address_of(plan, clause));
                                     row.set("KEY", v.statement.key);
                                     row.set("QUOTE", v.statement.quote.in(i18n::code(context.language)));
                                     for (const auto reason : v.reasons) {
                                         auto text = row.section("REASON");
                                         if (reason == Vagueness::said_so)
                                             text.set("TEXT", v.statement.vague_reason.in(i18n::code(context.language)));
                                         else
                                             text.set("TEXT", reason_of(reason));
                                     }
                                 });
                             });
        });
    }

    // Two concepts, or one on two days, side by side: ?mit=KEY or ?am=DAY.
    base::Result<http::Response> compare(const http::Request& request, const web::Context& context) const {
        TRY(const auto plan, plan_for(request, context));
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            TRY(const auto all, plans(c));
            TRY(const auto detail, plan_detail(c, plan.id));
            const auto key = request.query.get("mit");
            const auto earlier_day = base::parse_day(request.query.get("am"));
            std::optional<PlanView> other;
            for (const auto& p : all)
                if (visible(p, context) && (key.empty() ? p.id == (earlier_day ? plan.id : detail.continues) : p.key == key)) other = p;
            web::Form form(context,
                           {.action = address_of(plan) + "/vergleich", .submit = message("Compare"), .method = "GET", .idempotency_key = false});
            std::vector<web::Choice> choices;
            for (const auto& p : all)
                if (visible(p, context)) choices.push_back({p.key, p.title.in(i18n::code(context.language))});
            form.select("mit", message("Compare with"), choices, {.value = other ? other->key : ""});
            form.date("am", message("As it was on"), earlier_day, {.optional = true});
            std::vector<ClauseView> before, after;
            if (other) {
                TRY(before, clauses_of(c, other->id, earlier_day.value_or(other->valid_from.value_or(context.today))));
                TRY(after, clauses_of(c, plan.id, reading_day(plan, context)));
            }
            std::vector<Comparable> a, b;
            for (const auto& x : before) a.push_back({x.number, x.heading.de, x.text.de});
            for (const auto& x : after) b.push_back({x.number, x.heading.de, x.text.de});
            const auto pairs = match(a, b);
            return web::page(
                context,
                {.title = message("Comparison"),
                 .crumbs = {{message("Concepts"), "/konzept"}, {plan.title.in(i18n::code(context.language)), address_of(plan)}},
                 .index = false},
                "plan/compare.tpl", [&](web::View& view) {
                    view.set("FORM", form.html());
                    std::set<int> used;
                    for (std::size_t i = 0; i < after.size(); ++i) {
                        auto row = view.section("ROW");
                        row.set("TITLE", title_of(after[i], context));
                        row.set("AFTER", web::paragraphs(after[i].text.de));
                        if (pairs[i] < 0) {
                            row.show("NEW");
                            continue;
                        }
                        used.insert(pairs[i]);
                        const auto& old = before[static_cast<std::size_t>(pairs[i])];
                        row.set("OLD_TITLE", title_of(old, context));
                        row.set("BEFORE", web::paragraphs(old.text.de));
                        const bool same = old.text.de == after[i].text.de && old.heading.de == after[i].heading.de && old.number == after[i].number;
                        row.show_if("SAME", same);
                        if (!same)
                            row.section("CHANGED").set("DIFFERENCES", differences(context, title_of(old, context) + "\n" + old.text.de,
                                                                                  title_of(after[i], context) + "\n" + after[i].text.de));
                    }
                    for (std::size_t i = 0; i < before.size(); ++i) {
                        if (used.contains(static_cast<int>(i))) continue;
                        auto row = view.section("GONE");
                        row.set("TITLE", title_of(before[i], context));
                        row.set("TEXT", web::paragraphs(before[i].text.de));
                    }
                });
        });
    }

    base::Result<http::Response> search(const http::Request& request, const web::Context& context) const {
        const auto question = request.query.get("q");
        TRY(const auto hits, database_.read([&](db::Connection& c) {
            return search_clauses(c, question, context.actor.signed_in() ? Scope::all : Scope::published);
        }));
        web::Form form(context, {.action = "/konzept/suche", .submit = message("Search"), .method = "GET", .idempotency_key = false});
        form.text("q", message("Words"), {.value = question, .hint = message("Endings, umlauts and ß make no difference."), .type = "search"});
        return web::page(context, {.title = message("Search the texts"), .crumbs = {{message("Concepts"), "/konzept"}}, .index = false},
                         "plan/search.tpl", [&](web::View& view) {
                             view.set("FORM", form.html());
                             view.show_if("NONE", hits.empty() && !question.empty());
                             view.list("HIT", hits, [&](web::View& row, const Hit& hit) {
                                 row.set("URL", address_of(hit.plan, hit.clause));
                                 row.set("TITLE", title_of(hit.clause, context));
                                 row.set("PLAN", hit.plan.title.in(i18n::code(context.language)));
                                 auto text = hit.clause.text.in(i18n::code(context.language));
                                 if (text.size() > 240) {
                                     auto cut = text.find(' ', 220);
                                     text = text.substr(0, cut == std::string::npos ? text.size() : cut) + " …";
                                 }
                                 row.set("TEXT", text);
                             });
                         });
    }

  private:
    base::Result<PlanView> plan_for(const http::Request& request, const web::Context& context) const {
        TRY(auto plan, database_.read([&](db::Connection& c) { return find_plan_by_key(c, request.path_values.get("plan")); }));
        if (!visible(plan, context)) return base::error(base::ErrorKind::not_found, "not published");
        return plan;
    }
    // The day asked for; else today, or the nearest day the concept is valid on.
    static base::Day reading_day(const PlanView& plan, const web::Context& context) {
        if (context.as_of) return *context.as_of;
        if (plan.valid_from && context.today < *plan.valid_from) return *plan.valid_from;
        if (plan.valid_until && context.today > *plan.valid_until) return *plan.valid_until;
        return context.today;
    }

    web::Site& site_;
    db::Database& database_;
    Hooks hooks_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Hooks hooks) {
    const auto pages = std::make_shared<Pages>(site, database, hooks);
    using Method = base::Result<http::Response> (Pages::*)(const http::Request&, const web::Context&) const;
    const auto get = [&](const char* pattern, Method method) {
        router.get(pattern, site.page([pages, method](const http::Request& request, const web::Context& context) {
            return (*pages.*method)(request, context);
        }));
    };
    const auto kept = [&](const char* pattern, Method method) {
        router.get(pattern, site.kept_page("/konzept", [pages, method](const http::Request& request, const web::Context& context) {
            return (*pages.*method)(request, context);
        }));
    };
    kept("/konzept", &Pages::list);
    get("/konzept/suche", &Pages::search);
    kept("/konzept/{plan:slug}", &Pages::read);
    kept("/konzept/{plan:slug}/ziffer/{number:any}", &Pages::clause);
    kept("/konzept/{plan:slug}/vage", &Pages::vague);
    get("/konzept/{plan:slug}/vergleich", &Pages::compare);
    mount_drafts(router, site, database, hooks);
    site.add({.title = message("Concepts"), .url = "/konzept", .from = identity::Role::anonymous, .order = 20, .also = {}});
}

}  // namespace plan
