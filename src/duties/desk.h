#pragma once
#include <array>

#include "duties/view.h"

namespace duties {

// What stands on the desk, in the order it is worked through: what can still be put right today comes before what can only be explained.
enum class Pile { overdue, due_soon, missed_this_year, at_risk, missed_before };
inline constexpr std::array piles{Pile::overdue, Pile::due_soon, Pile::missed_this_year, Pile::at_risk, Pile::missed_before};

// Where a period lies on a day, if anywhere. A report over 2019 that was due in March 2020 belongs to 2020.
std::optional<Pile> pile_of(const Occurrence&, base::Day today);

struct DeskRow {
    const Duty* duty = nullptr;
    const Occurrence* occurrence = nullptr;
    bool own = false;  // of the office the reader works for
};
// The rows of a pile: those of the reader's own office first, then the earliest day first, of past years the latest.
std::vector<DeskRow> rows_of(Pile, const std::vector<Judged>&, const std::string& own_office, base::Day today);

// Past years fold away behind their number when they are more than this: nobody scrolls over what is over.
inline constexpr std::size_t past_rows_shown = 3;

// /schreibtisch: what is overdue, what is due, who owes what.
base::Result<http::Response> desk_page(db::Database&, const http::Request&, const web::Context&);

}  // namespace duties
