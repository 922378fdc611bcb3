#pragma once
// The filter above list, board, timeline and network, and the filters people keep.
#include "measures/list_filter.h"
#include "measures/saved_filters.h"
#include "platform/web/page.h"

namespace measures {

struct FilterPanel {
    std::string path;  // of the page: "/massnahmen/tafel"
    const Filter* filter = nullptr;
    const std::vector<network::Bearer>* bearers = nullptr;
    const std::vector<SavedFilter>* saved = nullptr;
    std::vector<std::pair<std::string, std::string>> keep = {};  // of the address beside the filter: "zeitraum"
};
web::Html filter_panel(const web::Context&, const http::Fields& query, const FilterPanel&);

// The filters of who asks; nobody's are none.
base::Result<std::vector<SavedFilter>> filters_of(db::Connection&, const web::Context&);
// Where a visit without a filter leads: to the default of the account, unless everything is asked for ("?alle=ja").
std::optional<http::Response> to_default(const http::Request&, const std::vector<SavedFilter>&);

// POST and DELETE /massnahmen/filter…
void mount_filters(http::Router&, const Desk&);

}  // namespace measures
