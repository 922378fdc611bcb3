// links: disclosure
// Every case below a folder, and tables of growing size, protected and audited; one line of JSON each.
//   bench_disclosure --cases tests/disclosure/cases [--only p03] [--profile fast|default|budget] [--seconds 60] [--grow PEOPLE…]
#include <sys/resource.h>

#include <boost/json.hpp>
#include <cmath>
#include <ctime>
#include <filesystem>
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

void measure(const Problem& problem, Count threshold, const Options& options, std::string_view profile) {
    Rules rules;
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
        line["suppress_s"] = result->seconds_suppress;
        line["audit_s"] = result->seconds_audit;
    }
    std::cout << json::serialize(line) << std::endl;
}

Dimension flat(std::string name, int leaves) {
    Dimension d;
    d.name = std::move(name);
    for (int i = 0; i < leaves; ++i) d.codes.push_back(fmt::format("{:03}", i));
    d.codes.push_back("total");
    d.total = leaves;
    d.parents.assign(leaves + 1, {leaves});
    d.parents[leaves].clear();
    d.children.resize(leaves + 1);
    for (int i = 0; i < leaves; ++i) d.children[leaves].push_back(i);
    return d;
}

// Communes × nationalities × ages × sexes × statuses. Small communes and rare nationalities are many, as everywhere.
Problem grown(int communes, int nationalities, int statuses, int people) {
    Problem out;
    out.dimensions = {flat("commune", communes), flat("nationality", nationalities), flat("age", 9), flat("sex", 2), flat("status", statuses)};
    out.tables = {{"T", {0, 1, 2, 3, 4}}};
    Random random(11);
    std::map<Key, Count> counts;
    const auto skewed = [&](int n) { return static_cast<int>(n * random.unit() * random.unit() * random.unit()); };
    for (int i = 0; i < people; ++i)
        ++counts[{skewed(communes), skewed(nationalities), static_cast<int>(random.below(9)), static_cast<int>(random.below(2)), skewed(statuses)}];
    for (const auto& [codes, count] : counts) out.inner.push_back({codes, count, 0, 0, 0});
    out.name = fmt::format("five-way {} people", people);
    return out;
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string> arguments(values + 1, values + count);
    Options options;
    options.effort = Effort::fast;
    std::string cases, only, profile = "fast";
    std::vector<int> people;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& a = arguments[i];
        const auto next = [&] { return i + 1 < arguments.size() ? arguments[++i] : std::string{}; };
        if (a == "--cases") cases = next();
        if (a == "--only") only = next();
        if (a == "--profile") profile = next();
        if (a == "--seconds") options.seconds = std::stod(next());
        if (a == "--grow")
            while (i + 1 < arguments.size()) people.push_back(std::stoi(arguments[++i]));
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
        measure(found->problem, found->threshold, options, profile);
    }
    // At 17,000 people the table has the shape of 26 communes, 42 nationalities and 4 statuses: 230,000 cells with totals.
    for (const int n : people) {
        const double share = std::sqrt(n / 17000.0);
        measure(grown(std::max(3, static_cast<int>(26 * share)), std::max(3, static_cast<int>(42 * share)), 4, n), 5, options, profile);
    }
}
