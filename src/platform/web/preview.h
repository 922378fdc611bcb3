#pragma once
#include "platform/web/context.h"
#include "platform/web/view.h"

namespace web {

// What a table would bring before anything is taken over; its template has SUMMARY, MISTAKES, HINTS and ROWS.
struct PreviewRow {
    std::string place;  // the cell it begins in
    bool fresh = false;
    std::string title;
};
struct Preview {
    std::vector<PreviewRow> rows;  // those that are new or will be changed
    std::size_t unchanged = 0;
    std::vector<base::FieldError> mistakes, hints;
};

// All mistakes are told, of the rows the first twenty, and how many more there are.
void show(View, const Preview&, const Context&);

}  // namespace web
