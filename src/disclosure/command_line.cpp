#include <unistd.h>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <ostream>

#include <boost/json.hpp>

#include "disclosure/api.h"
#include "disclosure/cells.h"
#include "disclosure/perturb.h"
#include "disclosure/readers.h"

namespace disclosure {
namespace {

namespace json = boost::json;
constexpr int safe = 0, unsafe = 1, bad_input = 2;

constexpr std::string_view usage =
    "miteinander protect run CASE_DIR [--method suppress|round|cell-key] [--fast | --budget SECONDS] [--seed N] [--out DIR]\n"
    "miteinander protect run --table data.csv --dims a,b [--hierarchy a=a.csv] …the same options\n"
    "miteinander protect audit CASE_DIR PATTERN.csv [--json]\n"
    "options of both: --threshold N, --lower-bound 0|1, --width N, --few-contributors N, --dominance PERCENT, --dominance-two PERCENT,\n"
    "                 --group-disclosure, --threads N; of run: --base N (rounding, 5), --secret N (cell-key)\n";

struct Arguments {
    std::vector<std::string> free;
    std::map<std::string, std::string> values;
    std::vector<std::string> hierarchies;
    std::set<std::string> flags;
};

std::optional<Arguments> parse(std::span<const std::string> arguments, std::string& mistake) {
    static const std::set<std::string> flags{"--fast", "--json", "--group-disclosure", "--help"};
    static const std::set<std::string> values{
        "--method", "--budget",           "--seed",      "--out",           "--table",   "--dims", "--hierarchy", "--threshold", "--lower-bound",
        "--width",  "--few-contributors", "--dominance", "--dominance-two", "--threads", "--base", "--secret"};
    Arguments out;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& a = arguments[i];
        if (!a.starts_with("--"))
            out.free.push_back(a);
        else if (flags.contains(a))
            out.flags.insert(a);
        else if (!values.contains(a)) {
            mistake = "unknown option " + a;
            return std::nullopt;
        } else if (i + 1 == arguments.size()) {
            mistake = a + " needs a value";
            return std::nullopt;
        } else if (a == "--hierarchy")
            out.hierarchies.push_back(arguments[++i]);
        else
            out.values[a] = arguments[++i];
    }
    return out;
}

// Numbers of options; nothing, and a mistake, for anything that is not one between the limits.
bool number(const Arguments& a, const std::string& name, Count low, Count high, Count& value, std::string& mistake) {
    const auto found = a.values.find(name);
    if (found == a.values.end()) return true;
    const auto& text = found->second;
    Count read = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), read);
    if (failure != std::errc{} || end != text.data() + text.size() || read < low || read > high) {
        mistake = fmt::format("{} must be a whole number from {} to {}", name, low, high);
        return false;
    }
    value = read;
    return true;
}

json::array codes_of(const Problem& problem, const Key& key) {
    json::array out;
    for (std::size_t d = 0; d < key.size(); ++d) out.emplace_back(problem.dimensions[d].codes[key[d]]);
    return out;
}

std::string_view word(Verdict v) {
    switch (v) {
        case Verdict::safe: return "safe";
        case Verdict::forced: return "forced";
        case Verdict::determined: return "determined";
        case Verdict::too_narrow: return "width_lt_1";
        case Verdict::published: return "published";
        case Verdict::unknown: return "unknown";
    }
    return "unknown";
}

json::object summary(const Problem& problem, const Audit& audit) {
    json::array cells;
    for (const auto& cell : audit.unsafe())
        cells.push_back(json::object{{"codes", codes_of(problem, cell.key)}, {"count", cell.count}, {"why", word(cell.verdict)}});
    json::array groups;
    for (const auto& key : audit.group_disclosures) groups.push_back(codes_of(problem, key));
    json::object out{{"safe", audit.safe},
                     {"unsafe", std::move(cells)},
                     {"forced", audit.count(Verdict::forced)},
                     {"determined", audit.count(Verdict::determined)},
                     {"width_lt_1", audit.count(Verdict::too_narrow)},
                     {"unknown", audit.count(Verdict::unknown)},
                     {"published", audit.count(Verdict::published)},
                     {"insider_pairs", audit.insider_pairs},
                     {"primary", audit.primary},
                     {"secondary", audit.secondary},
                     {"sum_suppressed", audit.sum_suppressed},
                     {"published_cells", audit.published_cells},
                     {"nonzero_cells", audit.nonzero_cells},
                     {"witnesses", audit.witnesses}};
    if (!groups.empty()) out["group_disclosures"] = std::move(groups);
    return out;
}

std::string header(const Problem& problem) {
    std::string out;
    for (const auto& d : problem.dimensions) out += csv_field(d.name) + ",";
    return out;
}

std::string fields(const Problem& problem, const Key& key) {
    std::string out;
    for (std::size_t d = 0; d < key.size(); ++d) out += csv_field(problem.dimensions[d].codes[key[d]]) + ",";
    return out;
}

bool write(const std::filesystem::path& path, const std::string& text, std::ostream& err) {
    std::ofstream out(path, std::ios::binary);
    out << text;
    out.close();
    if (!out) err << "cannot write " << path.string() << "\n";
    return static_cast<bool>(out);
}

bool prepare(const std::string& folder, std::ostream& err) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) err << "cannot make folder " << folder << "\n";
    return !failure;
}

int run_suppression(const Problem& problem, const Rules& rules, const Options& options, const std::string& folder, std::ostream& out,
                    std::ostream& err) {
    const auto result = suppress(problem, rules, options);
    if (!result) {
        err << base::describe(result.error()) << "\n";
        return result.error().kind == base::ErrorKind::unavailable ? unsafe : bad_input;
    }
    const auto layout = lay_out(problem, rules, Knowledge::equations);
    if (!layout) return bad_input;
    const std::set<Key> hidden(result->pattern.suppressed.begin(), result->pattern.suppressed.end());
    std::string pattern = header(problem) + "freq,primary\n", published = header(problem) + "freq\n";
    std::vector<Cell> cells = layout->cells;
    std::ranges::sort(cells, {}, &Cell::key);
    for (const auto& cell : cells) {
        const bool is_hidden = hidden.contains(cell.key);
        if (is_hidden) pattern += fmt::format("{}{},{}\n", fields(problem, cell.key), cell.count, cell.is_protected ? 1 : 0);
        // Outside, a protected cell and one that protects it look alike.
        published += fields(problem, cell.key) + (is_hidden ? "." : std::to_string(cell.count)) + "\n";
    }
    json::array intervals;
    for (const auto& cell : result->audit.protected_cells)
        intervals.push_back(json::object{
            {"codes", codes_of(problem, cell.key)}, {"low", cell.interval.low}, {"high", cell.interval.high}, {"verdict", word(cell.verdict)}});
    const auto& c = result->certificate;
    auto shown = summary(problem, result->audit);
    const json::object certificate{{"passed", c.passed},
                                   {"input", c.input_hash},
                                   {"pattern", c.pattern_hash},
                                   {"method", c.method},
                                   {"versions", c.versions},
                                   {"statement", c.statement},
                                   {"threshold", rules.threshold},
                                   {"lower_bound", rules.lower_bound},
                                   {"required_width", rules.required_width},
                                   {"audit", shown},
                                   {"intervals", std::move(intervals)}};
    if (!prepare(folder, err) || !write(folder + "/pattern.csv", pattern, err) ||
        !write(folder + "/certificate.json", json::serialize(certificate) + "\n", err))
        return bad_input;
    // No publication without a passed certificate.
    if (c.passed && !write(folder + "/published.csv", published, err)) return bad_input;
    out << fmt::format("{}: {} primary, {} secondary, sum of suppressed counts {}, {} ({:.2f} s to suppress, {:.2f} s to audit)\n", problem.name,
                       result->audit.primary, result->audit.secondary, result->audit.sum_suppressed, c.passed ? "safe" : "NOT SAFE",
                       result->seconds_suppress, result->seconds_audit);
    return c.passed ? safe : unsafe;
}

int run_perturbation(const Problem& problem, const base::Result<std::vector<PublishedFigure>>& figures, const std::string& folder, std::ostream& out,
                     std::ostream& err) {
    if (!figures) {
        err << base::describe(figures.error()) << "\n";
        return bad_input;
    }
    std::string text = header(problem) + "freq\n";
    for (const auto& figure : *figures) text += fields(problem, figure.key) + std::to_string(figure.value) + "\n";
    if (!prepare(folder, err) || !write(folder + "/published.csv", text, err)) return bad_input;
    out << fmt::format("{}: {} figures above zero written\n", problem.name, figures->size());
    return safe;
}

base::Result<Case> open_case(const Arguments& a) {
    if (const auto table = a.values.find("--table"); table != a.values.end()) {
        TableImport import{table->second, {}, {}};
        const auto dims = a.values.find("--dims");
        std::string rest = dims == a.values.end() ? "" : dims->second;
        while (!rest.empty()) {
            const auto comma = rest.find(',');
            import.dims.push_back(rest.substr(0, comma));
            rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
        }
        for (const auto& h : a.hierarchies) {
            const auto equals = h.find('=');
            if (equals == std::string::npos) return base::invalid("--hierarchy", base::message("A hierarchy is given as dimension=file."));
            import.hierarchies.emplace_back(h.substr(0, equals), h.substr(equals + 1));
        }
        return import_table(import);
    }
    return read_case(a.free.at(1));
}

}  // namespace

int command_line(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    std::string mistake;
    const auto parsed = parse(arguments, mistake);
    if (parsed && parsed->flags.contains("--help")) {
        out << usage;
        return safe;
    }
    const bool by_table = parsed && parsed->values.contains("--table");
    const bool is_run = parsed && !parsed->free.empty() && parsed->free[0] == "run" && parsed->free.size() == (by_table ? 1 : 2);
    const bool is_audit = parsed && parsed->free.size() == 3 && parsed->free[0] == "audit";
    if (!is_run && !is_audit) {
        err << (mistake.empty() ? "" : mistake + "\n") << usage;
        return bad_input;
    }
    const auto& a = *parsed;
    Count threshold = 0, lower_bound = 1, width = 1, few = 0, dominance = 0, dominance_two = 0, seed = 1, budget = 60, base_number = 5, threads = 2,
          secret = 0;
    if (!number(a, "--threshold", 1, 1'000'000, threshold, mistake) || !number(a, "--lower-bound", 0, 1, lower_bound, mistake) ||
        !number(a, "--width", 1, 1000, width, mistake) || !number(a, "--few-contributors", 0, 1000, few, mistake) ||
        !number(a, "--dominance", 0, 100, dominance, mistake) || !number(a, "--dominance-two", 0, 100, dominance_two, mistake) ||
        !number(a, "--seed", 0, 1'000'000'000, seed, mistake) || !number(a, "--budget", 1, 86'400, budget, mistake) ||
        !number(a, "--base", 1, 1'000'000, base_number, mistake) || !number(a, "--threads", 1, 64, threads, mistake) ||
        !number(a, "--secret", 0, 1'000'000'000'000'000'000, secret, mistake)) {
        err << mistake << "\n";
        return bad_input;
    }
    const auto opened = open_case(a);
    if (!opened) {
        err << base::describe(opened.error()) << "\n";
        return bad_input;
    }
    const auto& problem = opened->problem;
    Rules rules;
    rules.threshold = threshold > 0 ? threshold : opened->threshold;
    rules.lower_bound = lower_bound;
    rules.required_width = width;
    rules.few_contributors = few;
    rules.dominance_percent_of_largest = static_cast<int>(dominance);
    rules.dominance_percent_of_two = static_cast<int>(dominance_two);
    rules.report_group_disclosure = a.flags.contains("--group-disclosure");
    Options options;
    options.effort = a.flags.contains("--fast") ? Effort::fast : a.values.contains("--budget") ? Effort::budget : Effort::standard;
    options.seconds = static_cast<double>(budget);
    options.seed = static_cast<std::uint64_t>(seed);
    options.threads = static_cast<int>(threads);
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (terminal)
        options.control.progress = [&](std::string_view stage, double share) {
            err << fmt::format("\r{:12} {:3.0f} % ", stage, 100 * share) << std::flush;
        };

    if (is_audit) {
        const auto pattern = read_pattern(a.free[2], problem, rules);
        if (!pattern) {
            err << base::describe(pattern.error()) << "\n";
            return bad_input;
        }
        const auto result = audit(problem, *pattern, rules, options);
        if (terminal) err << "\r" << std::string(20, ' ') << "\r";
        if (!result) {
            err << base::describe(result.error()) << "\n";
            return bad_input;
        }
        if (a.flags.contains("--json"))
            out << json::serialize(summary(problem, *result)) << "\n";
        else {
            out << fmt::format(
                "{}: {} of {} protected cells unsafe ({} forced, {} determined, {} too narrow, {} undecided); {} secondary, sum of suppressed counts {}\n",
                result->safe ? "safe" : "NOT SAFE", result->unsafe().size(), result->primary, result->count(Verdict::forced),
                result->count(Verdict::determined), result->count(Verdict::too_narrow), result->count(Verdict::unknown), result->secondary,
                result->sum_suppressed);
            for (const auto& cell : result->unsafe()) out << "  " << name_of(problem, cell.key) << ": " << word(cell.verdict) << "\n";
        }
        return result->safe ? safe : unsafe;
    }
    const auto folder = a.values.contains("--out") ? a.values.at("--out") : std::string(".");
    const auto method = a.values.contains("--method") ? a.values.at("--method") : std::string("suppress");
    if (method == "round") return run_perturbation(problem, round(problem, base_number), folder, out, err);
    if (method == "cell-key") return run_perturbation(problem, cell_key(problem, {static_cast<std::uint64_t>(secret)}), folder, out, err);
    if (method != "suppress") {
        err << "--method is suppress, round or cell-key\n";
        return bad_input;
    }
    return run_suppression(problem, rules, options, folder, out, err);
}

}  // namespace disclosure
