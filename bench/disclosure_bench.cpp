// links: disclosure
// Every case below a folder, and five-way tables of growing size, protected and audited; one line of JSON each.
//   bench_disclosure --cases tests/disclosure/cases [--only p03] [--profile fast|default|budget] [--seconds 60] [--threads 2] [--seed 1] [--insider 1]
//   bench_disclosure --cases tests/disclosure/cases --pattern peer_gausssuppression.csv [--audit-seconds 600]   # audits this pattern of each case instead
//   bench_disclosure --growth 227850 >growth.jsonl                                  # all six sizes; a smaller number stops before
//   bench_disclosure --draw growth.jsonl docs/performance/disclosure-growth.svg     # what was measured, as a drawing
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "disclosure/api.h"
#include "disclosure/random.h"
#include "disclosure/readers.h"

namespace {

using namespace disclosure;
namespace json = boost::json;

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

int insider_level = 0;

void measure(const Problem& problem, Count threshold, const Options& options, std::string_view profile) {
    Rules rules;
    rules.insider_level = insider_level;
    rules.threshold = threshold;
    const double started = cpu_seconds();
    const auto result = suppress(problem, rules, options);
    json::object line{{"case", problem.name}, {"profile", profile}, {"cpu_s", cpu_seconds() - started}};
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    line["memory_mb"] = usage.ru_maxrss / 1024;  // the most so far: run one case alone for its own figure
    if (!result) {
        line["error"] = base::describe(result.error());
    } else {
        line["cells"] = result->audit.published_cells;
        line["primary"] = result->audit.primary;
        line["secondary"] = result->audit.secondary;
        line["sum_suppressed"] = result->audit.sum_suppressed;
        line["safe"] = result->certificate.passed;
        line["insider_pairs"] = result->audit.insider_pairs;
        line["suppress_s"] = result->seconds_suppress;
        line["audit_s"] = result->seconds_audit;
    }
    std::cout << json::serialize(line) << std::endl;
}

void judge(const Case& c, const std::string& file, const Options& options) {
    Rules rules;
    rules.threshold = c.threshold;
    json::object line{{"case", c.problem.name}, {"pattern", file}};
    const auto pattern = read_pattern(file, c.problem, rules);
    if (!pattern) {
        line["error"] = base::describe(pattern.error());
    } else {
        const double started = cpu_seconds();
        const auto audited = audit(c.problem, *pattern, rules, options);
        line["audit_s"] = cpu_seconds() - started;
        if (audited) {
            line["safe"] = audited->safe;
            line["secondary"] = audited->secondary;
            line["witnesses"] = audited->witnesses;
            for (const auto& [name, verdict] : {std::pair{"determined", Verdict::determined},
                                                {"forced", Verdict::forced},
                                                {"too_narrow", Verdict::too_narrow},
                                                {"published", Verdict::published},
                                                {"unknown", Verdict::unknown}})
                line[name] = audited->count(verdict);
        } else {
            line["error"] = base::describe(audited.error());
        }
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    line["memory_mb"] = usage.ru_maxrss / 1024;
    std::cout << json::serialize(line) << std::endl;
}

// `leaves` codes in `groups` groups of like size (0: none) and a total.
Dimension grouped(std::string name, int leaves, int groups) {
    Mistakes none;
    CsvFile edges{name, {"child", "parent"}, {}};
    for (int i = 0; i < leaves; ++i)
        edges.rows.push_back({0, {fmt::format("{:03}", i), groups > 0 ? fmt::format("group {}", i * groups / leaves) : "total"}});
    for (int g = 0; g < groups; ++g) edges.rows.push_back({0, {fmt::format("group {}", g), "total"}});
    return parse_hierarchy(name, edges, none);
}

struct Size {
    int communes, areas, nationalities, regions, ages, people;
};
// The last one is a district: 26 communes in 4 areas, 42 nationalities in 6 regions, 17,000 people; 227,850 cells with totals. The smaller ones
// have as many people per cell.
constexpr Size sizes[] = {{3, 0, 3, 0, 3, 72},      {4, 0, 5, 0, 5, 201},     {6, 2, 8, 2, 6, 776},
                          {10, 2, 14, 3, 9, 2'619}, {16, 3, 26, 4, 9, 6'939}, {26, 4, 42, 6, 9, 17'000}};

// Communes × nationalities × ages × 2 sexes × 4 statuses. Small communes and rare nationalities are many, as everywhere. The seed is fixed.
Problem five_way(const Size& size) {
    Problem out;
    out.dimensions = {grouped("commune", size.communes, size.areas), grouped("nationality", size.nationalities, size.regions),
                      grouped("age", size.ages, 0), grouped("sex", 2, 0), grouped("status", 4, 0)};
    out.tables = {{"T", {0, 1, 2, 3, 4}}};
    Random random(11);
    std::map<Key, Count> counts;
    const auto skewed = [&](int n) { return static_cast<int>(n * random.unit() * random.unit() * random.unit()); };
    // Codes are sorted, so the leaves ("000" …) come first.
    for (int i = 0; i < size.people; ++i)
        ++counts[{skewed(size.communes), skewed(size.nationalities), static_cast<int>(random.below(static_cast<std::uint64_t>(size.ages))),
                  static_cast<int>(random.below(2)), skewed(4)}];
    for (const auto& [codes, count] : counts) out.inner.push_back({codes, count, 0, 0, 0});
    out.name = fmt::format("five-way {} people", size.people);
    return out;
}

std::size_t cells_of(const Problem& problem) {
    std::size_t cells = 1;
    for (const auto& d : problem.dimensions) cells *= d.codes.size();
    return cells;
}

// Each size in a process of its own, so that the memory is its own as well.
void grow(std::size_t most_cells, const Options& options, std::string_view profile) {
    for (const auto& size : sizes) {
        const auto problem = five_way(size);
        if (cells_of(problem) > most_cells) return;
        const pid_t child = fork();
        if (child == 0) {
            measure(problem, 5, options, profile);
            _exit(0);
        }
        int status = 0;
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0) std::cerr << problem.name << ": no result\n";
    }
}

// Cells to the right, CPU seconds and megabytes upwards, both in steps of ten.
int draw(const std::string& from, const std::string& to) {
    struct Point {
        double cells, seconds, memory;
    };
    std::vector<Point> points;
    std::ifstream in(from);
    for (std::string line; std::getline(in, line);) {
        const auto o = json::parse(line).as_object();
        if (o.contains("cells"))
            points.push_back({o.at("cells").to_number<double>(), o.at("cpu_s").to_number<double>(), o.at("memory_mb").to_number<double>()});
    }
    if (points.empty()) {
        std::cerr << from << ": nothing measured\n";
        return 2;
    }
    const auto x = [](double cells) { return 70 + 160 * (std::log10(cells) - 2.7); };
    const auto y = [](double value) { return 300 - 45 * (std::log10(value) + 2.5); };
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 560 350\" role=\"img\" aria-labelledby=\"t d\" font-family=\"sans-serif\" font-size=\"12\">\n"
        "<title id=\"t\">Cost of disclosure control by size of the table</title>\n<desc id=\"d\">";
    for (const auto& p : points) svg += fmt::format("{:.0f} cells: {:.3g} CPU seconds, {:.0f} MB. ", p.cells, p.seconds, p.memory);
    svg += "</desc>\n<rect width=\"560\" height=\"350\" fill=\"#fff\"/>\n";
    for (int decade = -2; decade <= 3; ++decade)
        svg += fmt::format("<path d=\"M70 {0:.1f}H500\" stroke=\"#ddd\"/><text x=\"62\" y=\"{1:.1f}\" text-anchor=\"end\">{2}</text>\n",
                           y(std::pow(10, decade)), y(std::pow(10, decade)) + 4,
                           decade < 0 ? fmt::format("{:.{}f}", std::pow(10, decade), -decade) : fmt::format("{:.0f}", std::pow(10, decade)));
    for (const int cells : {1'000, 10'000, 100'000})
        svg += fmt::format("<path d=\"M{0:.1f} 50V315\" stroke=\"#ddd\"/><text x=\"{0:.1f}\" y=\"332\" text-anchor=\"middle\">{1}</text>\n", x(cells),
                           cells == 1'000    ? "1,000"
                           : cells == 10'000 ? "10,000"
                                             : "100,000 cells");
    const auto line = [&](auto value, const char* colour, const char* dash, const char* label) {
        std::string path;
        for (const auto& p : points) path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x(p.cells), y(value(p)));
        svg += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"{}\"/>\n", path, colour, dash);
        for (const auto& p : points)
            svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>\n", x(p.cells), y(value(p)), colour);
        svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"{}\">{}</text>\n", x(points.back().cells) + 8, y(value(points.back())) + 4, colour,
                           label);
    };
    line([](const Point& p) { return std::max(p.seconds, 0.003); }, "#00558b", "none", "CPU s");
    line([](const Point& p) { return p.memory; }, "#8a4b00", "6 4", "MB");
    svg += "<text x=\"20\" y=\"30\">CPU seconds of suppression and audit, and memory: five-way tables, profile fast</text>\n</svg>\n";
    std::ofstream out(to, std::ios::binary);
    out << svg;
    return out ? 0 : 2;
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string> arguments(values + 1, values + count);
    Options options;
    options.effort = Effort::fast;
    std::string cases, only, pattern, profile = "fast";
    std::size_t most_cells = 0;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& a = arguments[i];
        const auto next = [&] { return i + 1 < arguments.size() ? arguments[++i] : std::string{}; };
        if (a == "--cases") cases = next();
        if (a == "--only") only = next();
        if (a == "--pattern") pattern = next();
        if (a == "--audit-seconds") options.audit_seconds = std::stod(next());
        if (a == "--profile") profile = next();
        if (a == "--seconds") options.seconds = std::stod(next());
        if (a == "--insider") insider_level = std::stoi(next());
        if (a == "--threads") options.threads = std::stoi(next());
        if (a == "--seed") options.seed = std::stoull(next());
        if (a == "--growth") most_cells = std::stoul(next());
        if (a == "--draw") {
            const auto from = next();
            return draw(from, next());
        }
    }
    if (profile == "default") options.effort = Effort::standard;
    if (profile == "budget") options.effort = Effort::budget;
    std::vector<std::string> folders;
    if (!cases.empty())
        for (const auto& entry : std::filesystem::directory_iterator(cases)) folders.push_back(entry.path().string());
    std::ranges::sort(folders);
    for (const auto& folder : folders) {
        if (folder.find(only) == std::string::npos) continue;
        const auto found = read_case(folder);
        if (!found) {
            std::cerr << folder << ": " << base::describe(found.error()) << "\n";
            return 2;
        }
        if (pattern.empty())
            measure(found->problem, found->threshold, options, profile);
        else if (const auto file = folder + "/" + pattern; std::filesystem::exists(file))
            judge(*found, file, options);
    }
    grow(most_cells, options, profile);
}
