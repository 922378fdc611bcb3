#include <coin/CbcConfig.h>
#include <coin/ClpConfig.h>
#include <array>

#include "disclosure/perturb.h"

namespace disclosure {
namespace {

// FNV-1a, twice with different offsets: a checksum that tells inputs apart. It guards against mixing up files, not against forgers.
class Checksum {
  public:
    void add(std::string_view text) {
        for (const char c : text)
            for (auto& h : state_) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
        for (auto& h : state_) h = (h ^ 0xff) * 1099511628211ull;
    }
    void add(std::int64_t number) { add(std::to_string(number)); }
    std::string text() const { return fmt::format("{:016x}{:016x}", state_[0], state_[1]); }

  private:
    std::array<std::uint64_t, 2> state_{14695981039346656037ull, 0x9ae16a3b2f90404full};
};

void add_key(Checksum& sum, const Problem& problem, const Key& key) {
    for (std::size_t d = 0; d < key.size(); ++d) sum.add(problem.dimensions[d].codes[key[d]]);
}

std::string hash_of_input(const Problem& problem, const Rules& rules) {
    Checksum sum;
    for (const auto& d : problem.dimensions) {
        sum.add(d.name);
        for (std::size_t c = 0; c < d.codes.size(); ++c) {
            sum.add(d.codes[c]);
            for (const int parent : d.parents[c]) sum.add(d.codes[parent]);
        }
    }
    for (const auto& t : problem.tables) {
        sum.add(t.name);
        for (const int d : t.dimensions) sum.add(problem.dimensions[d].name);
    }
    auto inner = problem.inner;
    std::ranges::sort(inner, {}, &InnerCell::codes);
    for (const auto& cell : inner) {
        add_key(sum, problem, cell.codes);
        for (const Count n : {cell.count, cell.contributors, cell.largest, cell.second}) sum.add(n);
    }
    for (const Count n : {rules.threshold, rules.lower_bound, rules.required_width, rules.few_contributors, Count{rules.dominance_percent_of_largest},
                          Count{rules.dominance_percent_of_two}, Count{rules.insider_level}})
        sum.add(n);
    for (const auto& [key, priority] : rules.priorities) {
        add_key(sum, problem, key);
        sum.add(priority);
    }
    for (const auto& [key, cost] : rules.costs) {
        add_key(sum, problem, key);
        sum.add(fmt::format("{}", cost));
    }
    return sum.text();
}

std::string hash_of_pattern(const Problem& problem, const Pattern& pattern) {
    Checksum sum;
    auto keys = pattern.suppressed;
    std::ranges::sort(keys);
    for (const auto& key : keys) add_key(sum, problem, key);
    return sum.text();
}

std::string versions() { return fmt::format("miteinander {}, Clp {}, Cbc {}", MITEINANDER_VERSION, CLP_VERSION, CBC_VERSION); }

}  // namespace

std::string hash_of(const std::vector<std::string>& lines) {
    Checksum sum;
    for (const auto& line : lines) sum.add(line);
    return sum.text();
}

Certificate certify(const Problem& problem, const std::vector<PublishedFigure>& figures, const Rules& rules, bool passed, std::string method,
                    std::string statement) {
    Certificate out;
    out.input_hash = hash_of_input(problem, rules);
    Checksum sum;
    for (const auto& figure : figures) {
        add_key(sum, problem, figure.key);
        sum.add(figure.value);
    }
    out.pattern_hash = sum.text();
    out.method = std::move(method);
    out.versions = versions();
    out.statement = passed ? std::move(statement) : "These figures give protected counts away. They must not be published.";
    out.passed = passed;
    return out;
}

Certificate certify(const Problem& problem, const Pattern& pattern, const Rules& rules, const Audit& audit, std::string method) {
    Certificate out;
    out.input_hash = hash_of_input(problem, rules);
    out.pattern_hash = hash_of_pattern(problem, pattern);
    out.method = std::move(method);
    out.versions = versions();
    out.passed = audit.safe;
    out.statement =
        audit.safe
            ? "For every protected cell there are two integer tables with the same published figures whose counts there differ by the required width; each was checked in integers."
            : "Not every protected cell is proven safe. This pattern must not be published.";
    return out;
}

bool covers(const Certificate& certificate, const Problem& problem, const Pattern& pattern, const Rules& rules) {
    return certificate.passed && certificate.input_hash == hash_of_input(problem, rules) &&
           certificate.pattern_hash == hash_of_pattern(problem, pattern);
}

}  // namespace disclosure
