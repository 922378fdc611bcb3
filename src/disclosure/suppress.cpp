#include <ctime>

#include "disclosure/api.h"
#include "disclosure/audit.h"
#include "disclosure/cells.h"
#include "disclosure/greedy.h"
#include "disclosure/search.h"

namespace disclosure {
namespace {

constexpr std::size_t small_table = 2'000;  // cells above zero; both ways are tried
// A step of the search takes as long as so many of the greedy way; in larger tables programs take longer.
constexpr std::uint64_t work_of_a_step(bool is_small) { return is_small ? 30 : 1'500; }

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Gives targets that have no witness yet one, and suppresses what that takes, at the least price that is found.
bool protect(Search& search, const Options& options) {
    const auto never = [] { return false; };
    search.prove(1, 60, options.control);
    for (const double scale : {10.0, 3.0, 1.0, 1.0, 0.3, 0.3, 0.1}) search.detour(scale, options.control, never);
    for (int pass = 0; pass < 5; ++pass)
        if (search.repair(20, 100, options.control)) return true;
    return search.open().empty();
}

// What readers miss most is published first.
std::vector<int> dearest_first(const Layout& layout, const std::vector<char>& suppressed) {
    std::vector<int> out;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (!suppressed[f]) out.push_back(static_cast<int>(f));
    std::ranges::stable_sort(out, std::greater<>{}, [&](int f) {
        const auto& figure = layout.figures[f];
        return std::pair{figure.priority, static_cast<double>(figure.count * figure.weight) + figure.cost};
    });
    return out;
}

struct Draft {
    std::vector<char> suppressed;
    std::vector<Move> proofs;
    double price = 0;
    std::uint64_t work = 0;
};

Draft publish_greedily(const Layout& layout, const std::vector<int>& order, const Rules& rules, const Options& options, std::uint64_t seed) {
    Greedy greedy(layout, rules, seed);
    greedy.run(order, options.control);
    // Proofs have moved meanwhile, so some that were not published may be now.
    const int passes = options.effort == Effort::budget ? 4 : 1;
    for (int pass = 0; pass < passes && !greedy.undecided().empty() && !options.control.stopped(); ++pass) {
        auto again = greedy.undecided();
        // In large tables the dearest alone: the others hardly ever succeed.
        if (options.effort != Effort::budget) again.resize(std::min(again.size(), std::max<std::size_t>(again.size() / 10, 200)));
        greedy.run(again, options.control);
    }
    Draft out{greedy.suppressed(), greedy.proofs(), 0, greedy.work()};
    for (std::size_t f = 0; f < out.suppressed.size(); ++f)
        if (out.suppressed[f] && !layout.figures[f].is_protected) out.price += worth(layout.figures[f]);
    return out;
}

void release_needless(Search& search, const Options& options, const std::function<bool()>& enough) {
    for (int pass = 0; pass < 6 && !enough(); ++pass)
        if (!search.release(4, options.control, enough)) return;
}

}  // namespace

base::Result<Found> find_pattern(const Layout& layout, std::vector<char> suppressed, const Rules& rules, const Options& options) {
    const double started = cpu_seconds();
    if (options.control.progress) options.control.progress("suppress", 0);
    // With time left, other ways through the same order are tried, and the cheapest pattern is kept.
    const bool is_small = layout.cells.size() <= small_table;
    const auto order = dearest_first(layout, suppressed);
    Draft best;
    std::uint64_t work = 0;
    for (std::uint64_t run = 0;; ++run) {
        auto draft = publish_greedily(layout, order, rules, options, options.seed + run);
        work += draft.work;
        if (run == 0 || draft.price < best.price) best = std::move(draft);
        if (options.effort == Effort::fast || options.control.stopped()) break;
        if (options.effort == Effort::standard ? run == 1 : cpu_seconds() - started > options.seconds / 2) break;
        if (run == 1 && is_small) break;
    }
    bool all_published = true;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (layout.figures[f].priority > 0 && !suppressed[f] && best.suppressed[f]) all_published = false;
    std::unique_ptr<Search> search;
    if (all_published) {
        search = std::make_unique<Search>(layout, best.suppressed, rules, options.seed);
        search->learn(best.proofs);
        if (!search->open().empty()) {
            if (protect(*search, options))
                release_needless(*search, options, [] { return false; });
            else
                search.reset();
        }
    }
    if (!search || is_small) {
        // The other way round: with nothing suppressed at first but what has to be.
        auto other = std::make_unique<Search>(layout, suppressed, rules, options.seed);
        if (protect(*other, options)) {
            release_needless(*other, options, [] { return false; });
            if (search) release_needless(*search, options, [] { return false; });
            if (!search || other->price() < search->price()) search = std::move(other);
        }
    }
    if (!search) return base::error(base::ErrorKind::unavailable, "no pattern was proven safe within the budget");
    const auto spent = search->work() + work / work_of_a_step(is_small);
    const auto enough = [&] {
        if (options.effort == Effort::fast || options.control.stopped()) return true;
        return options.effort == Effort::standard ? search->work() > 2 * spent : cpu_seconds() - started > options.seconds;
    };
    // A small table is searched through after some hundred rounds.
    const int most = options.effort == Effort::budget ? 1'000'000'000 : 400;
    int idle = 0;
    for (int round = 0; round < most && idle < 2'000 && search->has_secondary() && !enough(); ++round) {
        idle = search->shake(options.control, enough) ? 0 : idle + 1;
        if (options.control.progress && options.effort == Effort::budget)
            options.control.progress("search", std::min(1.0, (cpu_seconds() - started) / options.seconds));
    }
    return Found{search->suppressed(), search->proofs()};
}

base::Result<Suppression> suppress(const Problem& problem, const Rules& rules, const Options& options) {
    const double started = cpu_seconds();
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::same_people));
    std::vector<char> suppressed(layout.figures.size(), 0);
    for (std::size_t f = 0; f < suppressed.size(); ++f) suppressed[f] = layout.figures[f].is_protected;
    TRY(const Found found, find_pattern(layout, std::move(suppressed), rules, options));
    const double suppressed_at = cpu_seconds();
    Suppression out;
    out.pattern = layout.pattern(found.suppressed);
    out.seconds_suppress = suppressed_at - started;
    const double audit_from = cpu_seconds();
    // The certificate rests on an audit of its own, which knows nothing of how the pattern came about.
    TRY(out.audit, audit_with(problem, out.pattern, rules, options, found.proofs));
    out.seconds_audit = cpu_seconds() - audit_from;
    out.certificate = certify(problem, out.pattern, rules, out.audit, options.effort == Effort::fast ? "suppress fast" : "suppress");
    return out;
}

}  // namespace disclosure
