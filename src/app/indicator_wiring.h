#pragma once
// What measures know of indicators, and indicators of the officer.
#include "indicators/pages.h"
#include "measures/pages.h"

namespace app {

// The observed line of an indicator, by which targets are measured.
base::Result<std::optional<measures::IndicatorLine>> indicator_line(db::Connection&, const std::string& key);
indicators::Wiring indicators_wiring(std::function<base::Result<void>(db::Connection&)> changed);

}  // namespace app
