#include <unistd.h>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <sstream>

#include "disclosure/api.h"
#include "disclosure/cells.h"
#include "disclosure/readers.h"
#include "disclosure/reports.h"

namespace disclosure {
namespace {

std::atomic<bool> interrupted = false;
void interrupt(int) {
    interrupted = true;
    std::signal(SIGINT, SIG_DFL);
}

constexpr int safe = 0, unsafe = 1, bad_input = 2;

constexpr std::string_view usage =
    "miteinander protect run CASE_DIR [--method suppress|round|cell-key] [--fast | --budget SECONDS] [--seed N] [--out DIR]\n"
    "miteinander protect audit CASE_DIR PATTERN.csv [--json]\n"
    "  instead of CASE_DIR: --table data.csv --dims a,b [--hierarchy a=a.csv]…\n"
    "rules:  --threshold N, --few-contributors N, --dominance PERCENT, --dominance-two PERCENT, --group-disclosure (reported),\n"
    "        --lower-bound 0|1, --width N, --insider 0|1, --costs FILE (cost, must_publish)\n"
    "ledger: --ledger FILE --period P [--audience public|internal] [--statistic NAME] [--kind stock|in|out] [--follows P]\n"
    "        [--hierarchy-version a=WORD]…\n"
    "other:  --threads N; of run: --base N (rounding, 5), --secret N (cell-key)\n"
    "Exit code: 0 safe, 1 not safe or refused, 2 bad input.\n";

struct Arguments {
    std::vector<std::string> free;
    std::map<std::string, std::string> values;
    std::vector<std::string> hierarchies, versions;
    std::set<std::string> flags;
};

std::optional<Arguments> parse(std::span<const std::string> arguments, std::string& mistake) {
    static const std::set<std::string> flags{"--fast", "--json", "--group-disclosure", "--help"};
    static const std::set<std::string> values{
        "--method",           "--budget", "--seed",          "--out",     "--table",  "--dims",   "--hierarchy",         "--threshold",
        "--lower-bound",      "--width",  "--dominance",     "--threads", "--base",   "--secret", "--hierarchy-version", "--insider",
        "--few-contributors", "--costs",  "--dominance-two", "--ledger",  "--period", "--kind",   "--follows",           "--statistic",
        "--audience"};
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
        else if (a == "--hierarchy-version")
            out.versions.push_back(arguments[++i]);
        else
            out.values[a] = arguments[++i];
    }
    return out;
}

// What a run or an audit is about, once every option has been read.
struct Task {
    Problem problem;
    Rules rules;
    Options options;
    std::string folder = ".";
    std::string ledger_file;
    Ledger ledger;
    PublicationName name;
    bool has_ledger() const { return !ledger_file.empty(); }
};

// Refused is what could be published otherwise; bad is what must be mended first.
int failed(const base::Error& error, std::ostream& err) {
    err << base::describe(error) << "\n";
    return error.kind == base::ErrorKind::unavailable || error.kind == base::ErrorKind::conflict ? unsafe : bad_input;
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

enum class Readers : std::uint8_t { everybody, owner };

// What holds suppressed counts is for its owner alone, before the first byte is in it.
bool write(const std::filesystem::path& path, const std::string& text, Readers readers, std::ostream& err) {
    namespace fs = std::filesystem;
    std::ofstream out(path, std::ios::binary);
    std::error_code failure;
    if (out && readers == Readers::owner) fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failure);
    out << text;
    out.close();
    if (!out || failure) err << "cannot write " << path.string() << "\n";
    return out && !failure;
}

bool prepare(const std::string& folder, std::ostream& err) {
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    if (failure) err << "cannot make folder " << folder << "\n";
    return !failure;
}

// First the record, then the publication: a line too many in the ledger does no harm, a missing one does.
bool record(const Task& task, const Publication& publication, std::ostream& err) {
    if (!task.has_ledger()) return true;
    const auto done = append_to_ledger(task.ledger_file, publication, task.ledger.publications.size());
    if (!done) err << base::describe(done.error()) << "\n";
    return done.has_value();
}

struct Made {
    Pattern pattern;
    Audit audit;
    Certificate certificate;
    boost::json::object shown;
    Publication publication;
    double seconds_suppress = 0, seconds_audit = 0;
};

base::Result<Made> make(const Task& task) {
    if (!task.has_ledger()) {
        TRY(auto made, suppress(task.problem, task.rules, task.options));
        auto shown = summary(task.problem, made.audit);
        return Made{std::move(made.pattern), std::move(made.audit), std::move(made.certificate), std::move(shown), {},
                    made.seconds_suppress,   made.seconds_audit};
    }
    TRY(auto made, suppress(task.problem, task.rules, task.ledger, task.name, task.options));
    auto shown = summary(task.problem, made.audit, task.ledger);
    return Made{std::move(made.pattern),     std::move(made.audit.audit), std::move(made.certificate), std::move(shown),
                std::move(made.publication), made.seconds_suppress,       made.seconds_audit};
}

int run_suppression(const Task& task, std::ostream& out, std::ostream& err) {
    const auto made = make(task);
    if (!made) return failed(made.error(), err);
    const auto& [problem, rules] = std::tie(task.problem, task.rules);
    const auto& c = made->certificate;
    if (!prepare(task.folder, err) || !write(task.folder + "/pattern.csv", pattern_csv(problem, rules, made->pattern), Readers::owner, err) ||
        !write(task.folder + "/certificate.json", certificate_json(problem, rules, c, made->audit, made->shown), Readers::owner, err))
        return bad_input;
    // No publication without a passed certificate.
    if (c.passed && (!record(task, made->publication, err) ||
                     !write(task.folder + "/published.csv", published_csv(problem, rules, made->pattern), Readers::everybody, err)))
        return bad_input;
    out << fmt::format("{}: {} primary, {} secondary, sum of suppressed counts {}, {} ({:.2f} s to suppress, {:.2f} s to audit)\n", problem.name,
                       made->audit.primary, made->audit.secondary, made->audit.sum_suppressed, c.passed ? "safe" : "NOT SAFE", made->seconds_suppress,
                       made->seconds_audit);
    return c.passed ? safe : unsafe;
}

int run_perturbation(const Task& task, const base::Result<Perturbation>& made, std::ostream& out, std::ostream& err) {
    if (!made) return failed(made.error(), err);
    const auto& c = made->certificate;
    const auto publication = perturbed(task.problem, task.ledger, task.name, c.method);
    if (!publication) return failed(publication.error(), err);
    if (!prepare(task.folder, err) ||
        !write(task.folder + "/certificate.json", certificate_json(task.problem, task.rules, c, made->audit, summary(task.problem, made->audit)),
               Readers::owner, err))
        return bad_input;
    if (!c.passed) {
        out << fmt::format("{}: NOT SAFE, {} of {} protected cells could be computed from the rounded figures\n", task.problem.name,
                           made->audit.unsafe().size(), made->audit.primary);
        return unsafe;
    }
    if (!record(task, *publication, err) ||
        !write(task.folder + "/published.csv", published_csv(task.problem, made->figures), Readers::everybody, err))
        return bad_input;
    out << fmt::format("{}: {} figures above zero written\n", task.problem.name, made->figures.size());
    return safe;
}

int run_audit(const Task& task, const std::string& file, bool as_json, std::ostream& out, std::ostream& err) {
    const auto pattern = read_pattern(file, task.problem, task.rules);
    if (!pattern) return failed(pattern.error(), err);
    Audit result;
    boost::json::object shown;
    bool is_safe = false;
    std::string ledger_hash;
    if (task.has_ledger()) {
        const auto audited = audit(task.problem, *pattern, task.rules, task.ledger, task.name, task.options);
        if (!audited) return failed(audited.error(), err);
        result = audited->audit;
        shown = summary(task.problem, *audited, task.ledger);
        is_safe = audited->safe();
        ledger_hash = audited->ledger_hash;
    } else {
        const auto audited = audit(task.problem, *pattern, task.rules, task.options);
        if (!audited) return failed(audited.error(), err);
        result = *audited;
        shown = summary(task.problem, result);
        is_safe = result.safe;
    }
    if (as_json) {
        auto judged = result;
        judged.safe = is_safe;
        auto c = certify(task.problem, *pattern, task.rules, judged, "audit");
        c.ledger_hash = ledger_hash;
        shown["certificate"] = certificate_object(c);
        out << boost::json::serialize(shown) << "\n";
        return is_safe ? safe : unsafe;
    }
    out << fmt::format(
        "{}: {} of {} protected cells unsafe ({} forced, {} determined, {} too narrow, {} undecided); {} secondary, sum of suppressed counts {}\n",
        is_safe ? "safe" : "NOT SAFE", result.unsafe().size(), result.primary, result.count(Verdict::forced), result.count(Verdict::determined),
        result.count(Verdict::too_narrow), result.count(Verdict::unknown), result.secondary, result.sum_suppressed);
    for (const auto& cell : result.unsafe()) out << "  " << name_of(task.problem, cell.key) << ": " << word(cell.verdict) << "\n";
    if (task.has_ledger()) out << "  ledger: " << boost::json::serialize(shown["ledger"]) << "\n";
    return is_safe ? safe : unsafe;
}

// "a=b" of an option that may be given several times.
std::optional<std::pair<std::string, std::string>> pair_of(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return std::nullopt;
    return std::pair(text.substr(0, equals), text.substr(equals + 1));
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
            const auto pair = pair_of(h);
            if (!pair) return base::invalid("--hierarchy", base::message("A hierarchy is given as dimension=file."));
            import.hierarchies.push_back(*pair);
        }
        return import_table(import);
    }
    return read_case(a.free.at(1));
}

// The publication's place among the others; nothing, and a mistake, when an option has no such word.
bool read_name(const Arguments& a, Task& task, std::string& mistake) {
    const auto option = [&](const std::string& name, const std::string& otherwise) {
        const auto found = a.values.find(name);
        return found == a.values.end() ? otherwise : found->second;
    };
    task.ledger_file = option("--ledger", "");
    auto& name = task.name;
    name.statistic = option("--statistic", task.problem.name);
    name.period = option("--period", "");
    name.follows = option("--follows", "");
    const auto audience = option("--audience", "public"), kind = option("--kind", "stock");
    name.audience = audience == "internal" ? Audience::internal : Audience::everybody;
    name.kind = kind == "in" ? Kind::inflow : kind == "out" ? Kind::outflow : Kind::stock;
    if (audience != "internal" && audience != "public") mistake = "--audience is public or internal";
    if (kind != "in" && kind != "out" && kind != "stock") mistake = "--kind is stock, in or out";
    if (task.has_ledger() && name.period.empty()) mistake = "--ledger needs --period";
    if (!task.has_ledger() && (a.values.contains("--period") || a.values.contains("--audience") || a.values.contains("--follows")))
        mistake = "--period, --audience and --follows need --ledger";
    for (const auto& v : a.versions) {
        const auto pair = pair_of(v);
        if (!pair || std::ranges::find(task.problem.dimensions, pair->first, &Dimension::name) == task.problem.dimensions.end())
            mistake = "--hierarchy-version is given as dimension=word";
        else
            name.versions.insert(*pair);
    }
    return mistake.empty();
}

}  // namespace

int command_line(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
    std::string mistake;
    const auto parsed = parse(arguments, mistake);
    if (parsed && parsed->flags.contains("--help")) {
        out << usage;
        return safe;
    }
    const std::size_t by_table = parsed && parsed->values.contains("--table") ? 1 : 0;
    const bool is_run = parsed && !parsed->free.empty() && parsed->free[0] == "run" && parsed->free.size() + by_table == 2;
    const bool is_audit = parsed && !parsed->free.empty() && parsed->free[0] == "audit" && parsed->free.size() + by_table == 3;
    if (!is_run && !is_audit) {
        err << (mistake.empty() ? "" : mistake + "\n") << usage;
        return bad_input;
    }
    const auto& a = *parsed;
    Count threshold = 0, lower_bound = 1, width = 1, few = 0, dominance = 0, dominance_two = 0, seed = 1, budget = 60, base_number = 5, threads = 2,
          secret = 0, insider = 0;
    const auto method = a.values.contains("--method") ? a.values.at("--method") : std::string("suppress");
    if (method != "suppress" && method != "round" && method != "cell-key") mistake = "--method is suppress, round or cell-key";
    if (a.flags.contains("--fast") && a.values.contains("--budget")) mistake = "--fast and --budget exclude each other";
    if (!mistake.empty() || !number(a, "--threshold", 1, 1'000'000, threshold, mistake) || !number(a, "--lower-bound", 0, 1, lower_bound, mistake) ||
        !number(a, "--width", 1, 1000, width, mistake) || !number(a, "--few-contributors", 0, 1000, few, mistake) ||
        !number(a, "--dominance", 0, 100, dominance, mistake) || !number(a, "--dominance-two", 0, 100, dominance_two, mistake) ||
        !number(a, "--seed", 0, 1'000'000'000, seed, mistake) || !number(a, "--budget", 1, 86'400, budget, mistake) ||
        !number(a, "--base", 1, 1'000'000, base_number, mistake) || !number(a, "--threads", 1, 64, threads, mistake) ||
        !number(a, "--secret", 0, 1'000'000'000'000'000'000, secret, mistake) || !number(a, "--insider", 0, 1, insider, mistake)) {
        err << mistake << "\n";
        return bad_input;
    }
    auto opened = open_case(a);
    if (!opened) return failed(opened.error(), err);
    Task task;
    task.problem = std::move(opened->problem);
    task.rules.threshold = threshold > 0 ? threshold : opened->threshold;
    task.rules.lower_bound = lower_bound;
    task.rules.required_width = width;
    task.rules.few_contributors = few;
    task.rules.dominance_percent_of_largest = static_cast<int>(dominance);
    task.rules.dominance_percent_of_two = static_cast<int>(dominance_two);
    task.rules.report_group_disclosure = a.flags.contains("--group-disclosure");
    task.rules.insider_level = static_cast<int>(insider);
    if ((few > 0 || dominance > 0 || dominance_two > 0) && !task.problem.has_contributions) {
        err << "--few-contributors and --dominance need the columns contributors, largest and second beside the counts\n";
        return bad_input;
    }
    if (const auto costs = a.values.find("--costs"); costs != a.values.end()) {
        auto read = read_costs(costs->second, task.problem, task.rules);
        if (!read) return failed(read.error(), err);
        task.rules = std::move(*read);
    }
    if (!read_name(a, task, mistake)) {
        err << mistake << "\n";
        return bad_input;
    }
    if (task.has_ledger()) {
        auto ledger = read_ledger(task.ledger_file);
        if (!ledger) return failed(ledger.error(), err);
        task.ledger = std::move(*ledger);
    }
    task.options.effort = a.flags.contains("--fast") ? Effort::fast : a.values.contains("--budget") ? Effort::budget : Effort::standard;
    task.options.seconds = static_cast<double>(budget);
    task.options.seed = static_cast<std::uint64_t>(seed);
    task.options.threads = static_cast<int>(threads);
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (terminal)
        task.options.control.progress = [&](std::string_view stage, double share) {
            err << fmt::format("\r{:12} {:3.0f} % ", stage, 100 * share) << std::flush;
        };
    // The first interruption ends the search with what has been proven by then, the second the program.
    interrupted = false;
    task.options.control.stop = &interrupted;
    const auto before = std::signal(SIGINT, interrupt);
    if (a.values.contains("--out")) task.folder = a.values.at("--out");
    // What is said stands on a line of its own, after the progress.
    std::ostringstream said, wrong;
    const int code = is_audit            ? run_audit(task, a.free.back(), a.flags.contains("--json"), said, wrong)
                     : method == "round" ? run_perturbation(task, round(task.problem, base_number, task.rules, task.options), said, wrong)
                     : method == "cell-key"
                         ? run_perturbation(task, cell_key(task.problem, {static_cast<std::uint64_t>(secret)}, task.rules), said, wrong)
                         : run_suppression(task, said, wrong);
    std::signal(SIGINT, before);
    if (terminal) err << "\r\033[K" << std::flush;
    err << wrong.str();
    out << said.str();
    return code;
}

}  // namespace disclosure
