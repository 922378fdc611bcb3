#include "measures/saved_filters.h"

#include <algorithm>

#include "platform/audit/api.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

constexpr std::string_view fields[] = {"suche", "zustand", "art", "stelle", "ziffer", "konzept", "ueberfaellig", "sortierung", "richtung"};
constexpr std::size_t longest_name = 80, longest_query = 1000;

base::Result<SavedFilter> own(db::Connection& c, SavedFilterId id, const By& by) {
    TRY(const auto all, saved_filters(c, by.actor.account));
    for (const auto& each : all)
        if (each.id == id) return each;
    return base::error(base::ErrorKind::not_found, "no such filter of this account");
}

base::Result<void> noted(db::Connection& c, const By& by, const SavedFilter& filter, std::string action, audit::Values before, audit::Values after) {
    return audit::record(c, by.actor, by.now, "measures.filter", std::to_string(filter.id.value), std::move(action), std::move(before),
                         std::move(after));
}

}  // namespace

std::span<const std::string_view> filter_fields() { return fields; }

bool filters_anything(const http::Fields& query) {
    return std::any_of(std::begin(fields), std::end(fields), [&](std::string_view name) { return query.has(name); });
}

std::string filter_query(const http::Fields& query) {
    web::Url url("");
    for (const auto name : fields)
        for (const auto& value : query.all(name))
            if (!value.empty()) url = url.and_with(name, value);
    const auto text = url.str();
    return text.empty() ? text : text.substr(1);
}

std::string filter_query(std::string_view raw) {
    std::string out;
    raw = raw.substr(0, longest_query);
    while (!raw.empty()) {
        const auto end = std::min(raw.find('&'), raw.size());
        const auto part = raw.substr(0, end);
        const auto equals = part.find('=');
        const bool known = equals != std::string_view::npos && equals + 1 < part.size() &&
                           std::find(std::begin(fields), std::end(fields), part.substr(0, equals)) != std::end(fields);
        const bool plain =
            std::all_of(part.begin(), part.end(), [](char ch) { return ch > ' ' && ch < '\x7f' && ch != '"' && ch != '<' && ch != '#'; });
        if (known && plain) out += (out.empty() ? "" : "&") + std::string(part);
        raw.remove_prefix(std::min(end + 1, raw.size()));
    }
    return out;
}

base::Result<std::vector<SavedFilter>> saved_filters(db::Connection& c, identity::AccountId account) {
    return c.query<SavedFilter>(
        "select id, name, query, is_default from measure_filters where account_id = :account order by name", {{"account", account}},
        [](const db::Row& row) { return SavedFilter{row.id<SavedFilterId>("id"), row.text("name"), row.text("query"), row.boolean("is_default")}; });
}

base::Result<void> save_filter(db::Connection& c, const std::string& name, const std::string& query, bool as_default, const By& by) {
    if (name.empty() || name.size() > longest_name) return base::invalid("name", message("Give the filter a name of at most 80 characters."));
    TRY(const auto all, saved_filters(c, by.actor.account));
    const auto same = std::find_if(all.begin(), all.end(), [&](const SavedFilter& each) { return each.name == name; });
    if (same == all.end() && all.size() >= most_saved_filters)
        return base::invalid("name", message("You keep 50 filters already; remove one of them first."));
    if (as_default)
        TRY_VOID(
            c.execute("update measure_filters set is_default = :no where account_id = :account", {{"no", false}, {"account", by.actor.account}}));
    TRY(const auto id,
        c.insert<SavedFilterId>(R"sql(
        insert into measure_filters (account_id, name, query, is_default, created_at) values (:account, :name, :query, :default, :now)
            on conflict (account_id, name) do update set query = excluded.query, is_default = excluded.is_default
        returning id
    )sql",
                                {{"account", by.actor.account}, {"name", name}, {"query", query}, {"default", as_default}, {"now", by.now}}));
    return noted(c, by, {id, name, query, as_default}, same == all.end() ? "create" : "change",
                 same == all.end() ? audit::Values{} : audit::Values{{"name", name}, {"query", same->query}}, {{"name", name}, {"query", query}});
}

base::Result<void> toggle_default(db::Connection& c, SavedFilterId id, const By& by) {
    TRY(const auto filter, own(c, id, by));
    TRY_VOID(c.execute("update measure_filters set is_default = :no where account_id = :account", {{"no", false}, {"account", by.actor.account}}));
    if (!filter.is_default) TRY_VOID(c.execute("update measure_filters set is_default = :yes where id = :id", {{"yes", true}, {"id", id}}));
    return noted(c, by, filter, "change", {{"default", filter.is_default ? "yes" : "no"}}, {{"default", filter.is_default ? "no" : "yes"}});
}

base::Result<void> drop_filter(db::Connection& c, SavedFilterId id, const By& by) {
    TRY(const auto filter, own(c, id, by));
    TRY_VOID(c.execute("delete from measure_filters where id = :id", {{"id", id}}));
    return noted(c, by, filter, "withdraw", {{"name", filter.name}, {"query", filter.query}}, {});
}

}  // namespace measures
