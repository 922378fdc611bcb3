#pragma once
#include "measures/round_rules.h"
#include "measures/store.h"

namespace measures {

struct Asked {
    RoundRequest request;
    std::string key;  // of the measure
    base::Bilingual title;
    int interval_days = 0;      // the agreed one between its reports
    bool is_countable = false;  // a report of it may give percent
    ReportId report{};
};
struct RoundView {
    Round round;
    std::vector<Asked> asked;  // by office, then measure
    std::vector<RoundRequest> requests() const;
    std::vector<std::string> offices() const;                   // each once
    std::vector<Asked> open_of(std::string_view office) const;  // what this office has not answered
};

// Asks the accountable office of every measure that runs. invalid_input when none does.
base::Result<RoundView> start_round(db::Connection&, const Round&, const By&);
base::Result<RoundView> find_round(db::Connection&, RoundId);  // not_found
base::Result<std::vector<RoundView>> rounds(db::Connection&);  // newest first
// Those with something still to be answered.
base::Result<std::vector<RoundView>> open_rounds(db::Connection&);

base::Result<void> note_reminder(db::Connection&, std::int64_t request, base::Day on);
base::Result<void> note_escalation(db::Connection&, std::int64_t request, base::Day on);

}  // namespace measures
