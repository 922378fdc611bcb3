#include <array>
#include <chrono>

#include "disclosure/api.h"
#include "disclosure/audit.h"
#include "disclosure/cells.h"
#include "disclosure/computing_time.h"
#include "disclosure/greedy.h"
#include "disclosure/search.h"
#include "disclosure/side_by_side.h"

namespace disclosure {
namespace {

constexpr std::size_t most_named = 20;      // cells in one message
constexpr std::size_t small_table = 2'000;  // cells above zero; both ways are tried
// A step of the search takes as long as so many of the greedy way.
constexpr std::uint64_t work_of_a_step = 8;

// Gives targets that have no witness yet one, and suppresses what that takes, at the least price that is found.
bool protect(Search& search, const Options& options, const std::function<bool()>& enough) {
    search.prove(1, 60, options.control, enough);
    for (const double scale : {10.0, 3.0, 1.0, 1.0, 0.3, 0.3, 0.1}) search.detour(scale, options.control, enough);
    for (int pass = 0; pass < 5 && !enough(); ++pass)
        if (search.repair(20, 100, options.control)) return true;
    return search.open().empty();
}

struct Draft {
    std::vector<char> suppressed;
    std::vector<Move> proofs;
    double price = 0;
    std::uint64_t work = 0;
};

double price_of(const Layout& layout, const std::vector<char>& suppressed) {
    double out = 0;
    for (std::size_t f = 0; f < suppressed.size(); ++f)
        if (suppressed[f] && !layout.figures[f].is_protected) out += worth(layout.figures[f]);
    return out;
}

// One way through the order, and once more through what had no proof: proofs have moved meanwhile.
void publish_greedily(Greedy& greedy, const std::vector<int>& order, const Options& options, const std::function<bool()>& enough) {
    greedy.run(order, options.control, enough);
    const auto again = greedy.undecided();
    if (!again.empty() && !options.control.stopped() && !enough()) greedy.run(again, options.control, enough);
}

Draft draft_of(const Layout& layout, const Greedy& greedy) {
    return {greedy.suppressed(), greedy.proofs(), price_of(layout, greedy.suppressed()), greedy.work()};
}

void release_needless(Search& search, const Options& options, const std::function<bool()>& enough) {
    for (int pass = 0; pass < 6 && !enough(); ++pass)
        if (!search.release(4, options.control, enough)) return;
}

}  // namespace

base::Result<Found> find_pattern(const Layout& layout, std::vector<char> suppressed, const Rules& rules, const Options& options) {
    using Clock = std::chrono::steady_clock;
    const auto started = Clock::now();
    const auto share_of_time = [&] { return std::chrono::duration<double>(Clock::now() - started).count() / options.seconds; };
    const auto late = [&] { return options.effort == Effort::budget && share_of_time() > 1; };
    // The first way through counts computing time instead, so that a busy machine still gives what the fast way gives.
    const double computed_before = cpu_seconds();
    const auto late_at_first = [&] { return options.effort == Effort::budget && cpu_seconds() - computed_before > options.seconds; };
    if (options.control.progress) options.control.progress("suppress", 0);
    // The search knows nothing of insiders.
    const bool greedy_alone = rules.insider_level > 0;
    const bool is_small = layout.cells.size() <= small_table && !greedy_alone;
    const auto never = [] { return false; };

    Options silent = options;
    silent.control.progress = nullptr;  // of two pieces of work side by side, one tells how far it is

    Draft best;
    std::uint64_t work = 0;
    std::unique_ptr<Search> other;
    const auto greedily = [&](const Options& own) {
        Greedy greedy(layout, rules, protected_figures(layout), options.seed);
        publish_greedily(greedy, dearest_first(layout, suppressed, options.seed), own, late_at_first);
        work = greedy.work();
        // Most of the time that is left goes to what has had no proof so far.
        if (options.effort != Effort::fast && !is_small) {
            const auto enough = [&] { return options.effort == Effort::standard ? greedy.work() > 2 * work : share_of_time() > 0.3; };
            for (std::size_t before = 0; before != greedy.undecided().size() && !greedy.undecided().empty() && !enough();) {
                const auto again = greedy.undecided();
                before = again.size();
                greedy.forget_failures();
                greedy.run(again, own.control, enough);
            }
        }
        best = draft_of(layout, greedy);
    };
    // The other way round: with nothing suppressed at first but what has to be.
    const auto the_other_way = [&](const Options& own, const std::function<bool()>& given_up) {
        other = std::make_unique<Search>(layout, suppressed, rules, options.seed);
        if (protect(*other, own, given_up))
            release_needless(*other, own, late);
        else
            other.reset();
    };
    if (is_small)
        side_by_side(options.threads, [&] { greedily(options); }, [&] { the_other_way(silent, late); });
    else
        greedily(options);

    // With time left, other ways through are tried, and the cheapest pattern is kept.
    for (std::uint64_t run = 1; options.effort == Effort::budget && share_of_time() < 0.4 && (!is_small || run == 1); run += 2) {
        const auto half = [&] { return share_of_time() > 0.5; };
        std::array<std::optional<Draft>, 2> drafts;
        const auto try_seed = [&](std::size_t place, const Options& own) {
            return [&, place] {
                const auto seed = options.seed + run + place;
                Greedy greedy(layout, rules, protected_figures(layout), seed);
                publish_greedily(greedy, dearest_first(layout, suppressed, seed), own, half);
                if (!half()) drafts[place] = draft_of(layout, greedy);
            };
        };
        side_by_side(options.threads, try_seed(0, options), try_seed(1, silent));
        for (auto& draft : drafts)
            if (draft && draft->price < best.price) best = std::move(*draft);
        if (options.control.stopped()) break;
    }

    bool all_published = true;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (layout.figures[f].priority > 0 && !suppressed[f] && best.suppressed[f]) all_published = false;
    std::unique_ptr<Search> search;
    if (all_published) {
        search = std::make_unique<Search>(layout, best.suppressed, rules, options.seed + 7);
        search->learn(best.proofs);
        if (!search->open().empty()) {
            if (!protect(*search, options, never))
                search.reset();
            else if (!greedy_alone)
                release_needless(*search, options, late);
        }
    }
    if (!search && !other) the_other_way(options, never);  // however long it takes: there is no other pattern
    if (search && is_small) release_needless(*search, options, late);
    const std::uint64_t steps = (search ? search->work() : 0) + (other ? other->work() : 0);
    if (other && (!search || other->price() < search->price())) search = std::move(other);
    if (!search) return base::error(base::ErrorKind::unavailable, "no pattern was proven safe within the budget");

    // At most as long again as it has taken so far, by what was done and not by the clock: so the result is the same on every machine.
    const auto limit = search->work() + steps + work / work_of_a_step;
    const auto enough = [&] {
        if (options.effort == Effort::fast || greedy_alone || options.control.stopped()) return true;
        return options.effort == Effort::standard ? !is_small || search->work() > limit : share_of_time() > 1;
    };
    // A small table is searched through after some thousand rounds.
    const int most = options.effort == Effort::budget ? 1'000'000'000 : 4'000;
    int idle = 0;
    for (int round = 0; round < most && idle < 2'000 && search->has_secondary() && !enough(); ++round) {
        idle = search->shake(options.control, enough) ? 0 : idle + 1;
        if (options.control.progress && options.effort == Effort::budget) options.control.progress("search", std::min(1.0, share_of_time()));
    }
    return Found{search->suppressed(), search->proofs()};
}

namespace {

// Cells that could be computed even if everything but what must be published were suppressed.
base::Error blame(const Problem& problem, const Layout& layout, const Rules& rules, const Options& options, base::Error error) {
    std::vector<char> all;
    all.reserve(layout.figures.size());
    for (const auto& figure : layout.figures) all.push_back(figure.is_protected || figure.priority <= 0);
    const auto judgement = judge(layout, all, rules, options, {});
    std::size_t blamed = 0;
    for (std::size_t c = 0; c < layout.cells.size(); ++c) {
        if (!layout.cells[c].is_protected || judgement.verdicts[layout.figure_of_cell[c]] == Verdict::safe) continue;
        if (++blamed <= most_named)
            error.fields.push_back(
                {"", base::message("{cell} could be computed whatever is suppressed now.", {{"cell", name_of(problem, layout.cells[c].key)}})});
    }
    if (blamed > most_named)
        error.fields.push_back({"", base::message("{count} more cells are not shown.", {{"count", std::to_string(blamed - most_named)}})});
    if (blamed > 0) error.kind = base::ErrorKind::conflict;
    return error;
}

}  // namespace

base::Result<Suppression> suppress(const Problem& problem, const Rules& rules, const Options& options) {
    const double started = cpu_seconds();
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::same_people));
    std::vector<char> suppressed(layout.figures.size(), 0);
    for (std::size_t f = 0; f < suppressed.size(); ++f) suppressed[f] = layout.figures[f].is_protected;
    const auto attempt = find_pattern(layout, suppressed, rules, options);
    if (!attempt) return base::error(blame(problem, layout, rules, options, attempt.error()));
    const Found& found = *attempt;
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
