#include <cmath>

#include "plan/draft_pages.h"
#include "plan/lineage.h"
#include "plan/steering.h"
#include "platform/web/input.h"

namespace plan {
namespace {

using base::message;

constexpr Relation relations[] = {Relation::carried_over, Relation::amended,  Relation::new_clause,
                                  Relation::replaced,     Relation::repealed, Relation::referred};

// "12:amended:3": a proposal as the form sends it back.
std::string value_of(const Lineage& l) {
    return std::to_string(l.clause.value) + ":" + std::string(name_of(l.relation)) + ":" + std::to_string(l.from.value);
}
std::optional<Lineage> lineage_in(const std::string& value) {
    const auto first = value.find(':'), second = value.find(':', first == std::string::npos ? first : first + 1);
    if (second == std::string::npos) return std::nullopt;
    const auto id = [](const std::string& text) -> std::optional<std::int64_t> {
        if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
        return std::stoll(text);
    };
    const auto clause = id(value.substr(0, first)), from = id(value.substr(second + 1));
    const auto relation = relation_named(value.substr(first + 1, second - first - 1));
    if (!clause || !from || !relation) return std::nullopt;
    return Lineage{{*clause}, *relation, {*from}, ""};
}

class LineagePages : public Steering {
  public:
    using Steering::Steering;

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        return shown(request, context, nullptr);
    }

    // Proposals somebody ticked.
    base::Result<http::Response> take(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto plan, plan_for(request));
        const auto chosen = request.form.all("vorschlag");
        if (chosen.empty()) {
            const auto none =
                base::Error{base::ErrorKind::invalid_input, {}, {{"vorschlag", message("Please choose at least one proposal."), 0}}, {}};
            return shown(request, context, &none);
        }
        const auto done = change_only([&](db::Connection& c) -> base::Result<void> {
            for (const auto& value : chosen) {
                const auto l = lineage_in(value);
                if (!l) return base::error(base::ErrorKind::invalid_input, "no proposal of this form");
                TRY_VOID(keep(c, plan, *l, by(context)));
            }
            return {};
        });
        if (!done) return done.error().fields.empty() ? tl::unexpected(done.error()) : shown(request, context, &done.error());
        return web::see_other(context, address_of(plan) + "/herkunft",
                              message("Kept: {count} relations.", {{"count", std::to_string(chosen.size())}}));
    }

    base::Result<http::Response> add(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto plan, plan_for(request));
        web::Input input(request.form);
        std::vector<std::string> names;
        for (const auto r : relations) names.emplace_back(name_of(r));
        const auto clause = input.number("clause", 1, INT64_MAX), from = input.number("from", 0, INT64_MAX, false);
        const auto relation = relation_named(input.choice("relation", names));
        const auto note = input.long_text("note", {.required = false, .most = 1000});
        if (!input.ok()) return shown(request, context, &input.error());
        const auto done =
            change_only([&](db::Connection& c) { return keep(c, plan, {{*clause}, *relation, {from.value_or(0)}, note}, by(context)); });
        if (!done) return done.error().fields.empty() ? tl::unexpected(done.error()) : shown(request, context, &done.error());
        return web::see_other(context, address_of(plan) + "/herkunft", message("Saved."));
    }

    base::Result<http::Response> remove(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        TRY(const auto plan, plan_for(request));
        const auto l = lineage_in(request.form.get("eintrag"));
        if (!l) return base::error(base::ErrorKind::invalid_input, "no entry of this form");
        TRY_VOID(change_only([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto clause, find_clause(c, l->clause));
            if (clause.plan != plan.id) return base::error(base::ErrorKind::not_found, "a clause of another concept");
            return drop_lineage(c, *l, by(context));
        }));
        return web::see_other(context, address_of(plan) + "/herkunft", message("Taken back."));
    }

  private:
    static base::Result<void> keep(db::Connection& c, const PlanView& plan, const Lineage& l, const By& by) {
        TRY(const auto clause, find_clause(c, l.clause));
        if (clause.plan != plan.id) return base::error(base::ErrorKind::not_found, "a clause of another concept");
        return keep_lineage(c, l, by);
    }

    base::Result<http::Response> shown(const http::Request& request, const web::Context& context, const base::Error* refused) const {
        TRY(const auto plan, plan_for(request));
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            TRY(const auto all, plans(c));
            TRY(const auto detail, plan_detail(c, plan.id));
            TRY(const auto lineage, lineage_of_plan(c, plan.id));
            TRY(const auto after, clauses_of(c, plan.id, plan.valid_from.value_or(context.today)));
            // The predecessor asked for, else the one it continues, else the one that was valid before it.
            const auto asked = request.query.get("mit");
            const PlanView* other = nullptr;
            std::vector<web::Choice> others;
            for (const auto& p : all) {
                if (p.id == plan.id) continue;
                others.push_back({p.key, p.title.in(i18n::code(context.language))});
                if (asked.empty() ? p.id == detail.continues : p.key == asked) other = &p;
            }
            if (!other && asked.empty())
                for (const auto& p : all)
                    if (!other && p.id != plan.id && p.valid_from && (!plan.valid_from || *p.valid_from < *plan.valid_from)) other = &p;
            std::vector<ClauseView> before;
            if (other) { TRY(before, clauses_of(c, other->id, other->valid_until.value_or(context.today))); }

            std::map<ClauseId, std::string> titles;
            for (const auto& x : after) titles[x.id] = title_of(x, context);
            for (const auto& x : before) titles[x.id] = title_of(x, context);
            for (const auto& l : lineage)
                if (l.from && !titles.contains(l.from)) {
                    TRY(const auto old, find_clause(c, l.from));
                    titles[l.from] = title_of(old, context);
                }

            web::Form with(context, {.action = address_of(plan) + "/herkunft", .submit = message("Show"), .method = "GET", .idempotency_key = false});
            with.select("mit", message("Predecessor"), others, {.value = other ? other->key : ""});

            std::vector<web::Choice> proposals;
            std::vector<std::string> ticked;
            std::vector<const ClauseView*> gone;
            if (other) propose(context, before, after, lineage, proposals, ticked, gone);
            web::Form take(context, {.action = address_of(plan) + "/herkunft", .submit = message("Keep the chosen ones")});
            if (refused) take.typed(request.form);
            if (refused && !request.form.has("clause")) take.error(*refused);
            if (!proposals.empty()) take.checkboxes("vorschlag", message("Proposed by likeness"), proposals, ticked);

            web::Form add(context, {.action = address_of(plan) + "/herkunft/eintrag", .submit = message("Add")});
            if (refused && request.form.has("clause")) add.typed(request.form).error(*refused);
            std::vector<web::Choice> own, kinds, old{{"0", message("none")}};
            for (const auto& x : after) own.push_back({std::to_string(x.id.value), titles[x.id]});
            for (const auto r : relations) kinds.push_back({std::string(name_of(r)), label_of(r)});
            for (const auto& x : before) old.push_back({std::to_string(x.id.value), titles[x.id]});
            add.select("clause", message("Clause"), own, {.value = request.query.get("ziffer")});
            add.select("relation", message("Relation"), kinds, {.value = "amended"});
            add.select("from", message("Clause of the predecessor"), old, {.value = "0", .optional = true});
            add.textarea("note", message("Note"), {.optional = true, .rows = 2});

            return web::page(context,
                             {.title = message("Where its clauses come from"),
                              .lead = message("Each clause carries over, amends or replaces one of the concept before, or is new."),
                              .crumbs = {{message("Concepts"), "/konzept"}, {plan.title.in(i18n::code(context.language)), address_of(plan)}},
                              .status = refused ? web::http_status(refused->kind) : 200,
                              .index = false},
                             "plan/lineage.tpl", [&](web::View& view) {
                                 view.show_if("ALONE", others.empty());
                                 if (!others.empty()) view.section("WITH").set("FORM", with.html());
                                 if (!proposals.empty()) view.section("PROPOSALS").set("FORM", take.html());
                                 view.set("ADD", add.html());
                                 for (const auto& l : lineage) {
                                     if (!titles.contains(l.clause)) continue;
                                     auto row = view.section("ENTRY");
                                     row.set("CLAUSE", titles[l.clause]);
                                     row.set("RELATION", label_of(l.relation));
                                     if (l.from) row.section("FROM").set("TITLE", titles[l.from]);
                                     if (!l.note.empty()) row.section("NOTE").set("TEXT", l.note);
                                     web::Form back(context, {.action = address_of(plan) + "/herkunft/ruecknahme",
                                                              .submit = message("Take back: {clause}", {{"clause", titles[l.clause]}})});
                                     back.hidden("eintrag", value_of(l));
                                     row.set("BUTTON", back.html());
                                 }
                                 view.show_if("NONE", lineage.empty());
                                 if (!gone.empty()) {
                                     auto section = view.section("GONE");
                                     for (const auto* x : gone) section.section("OLD").set("TITLE", titles[x->id]);
                                 }
                             });
        });
    }

    // Proposals for clauses nothing is kept of yet. Those that are alike enough are ticked; what few words speak for is left to a person.
    static void propose(const web::Context& context, const std::vector<ClauseView>& before, const std::vector<ClauseView>& after,
                        const std::vector<Lineage>& kept, std::vector<web::Choice>& proposals, std::vector<std::string>& ticked,
                        std::vector<const ClauseView*>& gone) {
        std::vector<Comparable> a, b;
        for (const auto& x : before) a.push_back({x.number, x.heading.de, x.text.de});
        for (const auto& x : after) b.push_back({x.number, x.heading.de, x.text.de});
        for (const auto& p : propose_lineage(a, b)) {
            if (p.after < 0) {
                const auto& old = before[static_cast<std::size_t>(p.before)];
                if (std::none_of(kept.begin(), kept.end(), [&](const Lineage& l) { return l.from == old.id; })) gone.push_back(&old);
                continue;
            }
            const auto& clause = after[static_cast<std::size_t>(p.after)];
            if (std::any_of(kept.begin(), kept.end(), [&](const Lineage& l) { return l.clause == clause.id; })) continue;
            Lineage l{clause.id, p.relation, {}, ""};
            if (p.before < 0) {
                proposals.push_back({value_of(l), message("{clause}: new", {{"clause", title_of(clause, context)}})});
                continue;
            }
            const auto& old = before[static_cast<std::size_t>(p.before)];
            l.from = old.id;
            proposals.push_back(
                {value_of(l),
                 message("{clause}: {relation} {old}",
                         {{"clause", title_of(clause, context)}, {"relation", context.say(label_of(p.relation))}, {"old", title_of(old, context)}}),
                 message("{percent} % of the words are alike", {{"percent", std::to_string(std::lround(p.alike * 100))}})});
            if (p.relation != Relation::replaced) ticked.push_back(value_of(l));
        }
    }
};

}  // namespace

void mount_lineage(http::Router& router, web::Site& site, db::Database& database, const Hooks& hooks) {
    const Routes<LineagePages> routes(router, site, std::make_shared<LineagePages>(site, database, hooks));
    routes.get("/konzept/{plan:slug}/herkunft", &LineagePages::show);
    routes.post("/konzept/{plan:slug}/herkunft", &LineagePages::take);
    routes.post("/konzept/{plan:slug}/herkunft/eintrag", &LineagePages::add);
    routes.post("/konzept/{plan:slug}/herkunft/ruecknahme", &LineagePages::remove);
}

}  // namespace plan
