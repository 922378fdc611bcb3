#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/web/context.h"
#include "platform/web/html.h"

namespace web {

// Charts as SVG made here: colours are classes of app.css (dark mode and print follow), lengths are percentages (text keeps its size on a phone),
// nothing is inline. Each has a title and a description for those who do not see it, and the same figures as a table in <details>.

// A colour with its name: css is the end of a class c-… of app.css (ok, late, run, soon, warn, bad, open, mute, series1 … series4).
struct ChartKey {
    Text label;
    std::string css;
};
// The keys of duty states in the order they are stacked, and the css of one of them.
std::vector<ChartKey> state_keys(const std::vector<std::string>& state_names);
std::string chart_css(std::string_view state_name);

// One bar a row, stacked: how many duties of each state a chapter has.
struct StackedBars {
    Text title;
    Text row_title = std::string();  // heading of the table's first column: "Kapitel"
    std::vector<ChartKey> keys;
    struct Row {
        std::string label;
        std::string url = {};
        std::vector<std::int64_t> values;  // one a key
    };
    std::vector<Row> rows;
};
Html chart(const Context&, const StackedBars&);

// Periods side by side on a common axis of time: the occurrences of a duty, the terms of an office.
struct Timeline {
    Text title;
    Text row_title = std::string();
    base::Day from, until;
    std::optional<base::Day> today = {};
    struct Period {
        base::Day from, until;
        std::string state;  // a state's name, or empty with a css and a label
        std::string css = {};
        std::string label = {};  // what the table says beside the state
        std::string url = {};
    };
    struct Row {
        std::string label;
        std::string url = {};
        std::vector<Period> periods;
    };
    std::vector<Row> rows;
};
Html chart(const Context&, const Timeline&);

// Values over time; a gap stays a gap.
struct LineChart {
    Text title;
    Text unit = std::string();
    std::vector<std::string> x;  // labels of the points
    struct Series {
        std::string label;
        std::vector<std::optional<double>> values;
    };
    std::vector<Series> series;  // at most three
    std::optional<double> target = {};
    int digits = 0;
    bool area = false;  // filled below, for a single series
};
Html chart(const Context&, const LineChart&);

// Bars side by side, in groups: the same figure for two years.
struct GroupedBars {
    Text title;
    Text unit = std::string();
    std::vector<std::string> groups;
    struct Series {
        std::string label;
        std::vector<double> values;
    };
    std::vector<Series> series;  // at most four
    int digits = 0;
};
Html chart(const Context&, const GroupedBars&);

// "9 of 12 places": a bar with its mark. css as above.
Html progress(const Context&, const Text& label, std::int64_t value, std::int64_t of, std::string_view css = "ok");

// A small line without axes beside a figure; label says in words what it shows.
Html sparkline(const Context&, const Text& label, const std::vector<double>& values);

// The round numbers an axis shows for values up to (and, when negative, down to) these: 0, 5, 10, 15.
std::vector<double> axis_ticks(double least, double most);

}  // namespace web
