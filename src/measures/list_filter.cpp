#include "measures/list_filter.h"

#include <algorithm>

#include "plan/api.h"

namespace measures {
namespace {

constexpr std::pair<std::string_view, Sort> sorts[] = {
    {"nummer", Sort::key}, {"titel", Sort::title}, {"stelle", Sort::accountable}, {"ende", Sort::end}, {"zustand", Sort::state}};

}  // namespace

Sort sort_named(std::string_view wanted) {
    for (const auto& [name, sort] : sorts)
        if (name == wanted) return sort;
    return Sort::key;
}

Filter filter_of(const http::Fields& query, Audience audience, base::Day today) {
    Filter f;
    f.words = query.get("suche").substr(0, 200);
    for (const auto& name : query.all("zustand"))
        if (const auto state = state_named(name)) f.states.push_back(*state);
    f.kind = kind_named(query.get("art"));
    f.accountable = query.get("stelle");
    f.clause = query.get("ziffer");
    f.plan = query.get("konzept");
    if (query.has("ueberfaellig")) f.overdue_on = today;
    f.published_only = audience == Audience::everybody;
    f.sort = sort_named(query.get("sortierung"));
    f.descending = query.get("richtung") == "ab";
    int page = 0;
    for (const char ch : query.get("seite").substr(0, 6)) page = ch >= '0' && ch <= '9' ? page * 10 + (ch - '0') : page;
    f.page = std::max(1, page);
    return f;
}

Filter filter_of(const http::Fields& query, const web::Context& context) {
    return filter_of(query, context.actor.signed_in() ? Audience::internal : Audience::everybody, context.day());
}

std::string plan_in_force(const std::vector<plan::PlanView>& plans) {
    // They come with the newest first; the predecessor stays adopted when a new one takes its place.
    for (const auto& plan : plans)
        if (plan.state == plan::PlanState::adopted) return plan.key;
    return {};
}

base::Result<void> complete(db::Connection& c, Filter& filter) {
    if (filter.clause.empty() || !filter.plan.empty()) return {};
    TRY(const auto plans, plan::plans(c));
    filter.plan = plan_in_force(plans);
    return {};
}

}  // namespace measures
