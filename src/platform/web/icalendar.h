#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/day.h"

namespace web {

// A day in a calendar program: a deadline, an end, a milestone.
struct CalendarEvent {
    std::string uid;  // stable and unique in the world: "pflicht-3/2019@example.org"
    base::Day on{};
    std::string title;
    std::string description = {};
    std::vector<int> alarm_days = {};  // before the day
};
// RFC 5545: one all-day event each; lines are folded after 75 octets.
std::string icalendar(const std::string& name, std::string_view product, const std::vector<CalendarEvent>&, base::Instant now);

}  // namespace web
