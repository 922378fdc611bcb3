#pragma once
#include "evidence/api.h"

namespace indicators {

using evidence::Quantity;

// Which way is better; a figure may have no better way.
enum class Direction { none, higher, lower };
// What one value is for.
enum class Rhythm { yearly, half_yearly, quarterly, monthly };
std::string_view name_of(Direction);
std::string_view name_of(Rhythm);
std::optional<Direction> direction_named(std::string_view);
std::optional<Rhythm> rhythm_named(std::string_view);
inline constexpr auto all_directions = {Direction::none, Direction::higher, Direction::lower};
inline constexpr auto all_rhythms = {Rhythm::yearly, Rhythm::half_yearly, Rhythm::quarterly, Rhythm::monthly};

// What is counted, once for all who name it: targets, duties, reports.
struct Indicator {
    std::string key = {};                // "sprachmittlung-wartezeit": stable, in addresses, files and exports
    std::string plan = {}, clause = {};  // where a concept states it; may be empty
    base::Bilingual title = {}, unit = {}, source = {}, definition = {};
    Direction direction = Direction::none;
    Rhythm rhythm = Rhythm::yearly;
    std::string office = {};  // key of the bearer that delivers; empty: the officer
    bool published = true;
    friend bool operator==(const Indicator&, const Indicator&) = default;
};

// An observed value. It is an entry of the ledger ("statistics.value_observed", about the indicator, for a period): who entered it and when, and what was
// corrected and why, is kept there and nowhere else.
struct Value {
    std::string period = {};             // "2020", "2020-H2", "2020-Q3", "2020-07"
    std::optional<Quantity> value = {};  // absent: observed that there is none
    base::Day observed_on{};
    std::string note = {};      // with "there is none" needed
    std::string evidence = {};  // key in the ledger
    std::string office = {};    // that delivered it
    base::Day recorded_on{};
    std::optional<base::Day> withdrawn_on = {};  // corrected
    std::string withdrawn_reason = {};
    bool published = false;
    friend bool operator==(const Value&, const Value&) = default;
};

}  // namespace indicators
