#pragma once
// Filters people keep by name: their own, used on list, board and timeline, one of them as the one they start with.
#include "measures/store.h"
#include "platform/http/message.h"

namespace measures {

using SavedFilterId = base::Id<struct MeasureFilterTag>;

struct SavedFilter {
    SavedFilterId id;
    std::string name;
    std::string query;  // "zustand=agreed&stelle=asyl": as it stands in the address, so that its link can be given to others
    bool is_default = false;
};
inline constexpr std::size_t most_saved_filters = 50;

// The names a filter has in an address.
std::span<const std::string_view> filter_fields();
bool filters_anything(const http::Fields& query);  // whether the address names any of them, be it empty
// What of an address is its filter, without what is empty and without pages.
std::string filter_query(const http::Fields& query);
std::string filter_query(std::string_view raw);  // of one that came back from a form: only known names stay

base::Result<std::vector<SavedFilter>> saved_filters(db::Connection&, identity::AccountId);
// The same name again replaces what it stood for.
base::Result<void> save_filter(db::Connection&, const std::string& name, const std::string& query, bool as_default, const By&);
base::Result<void> toggle_default(db::Connection&, SavedFilterId, const By&);
base::Result<void> drop_filter(db::Connection&, SavedFilterId, const By&);

}  // namespace measures
