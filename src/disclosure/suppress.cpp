#include <ctime>
#include <thread>

#include "disclosure/api.h"
#include "disclosure/audit.h"
#include "disclosure/bounds.h"
#include "disclosure/cells.h"
#include "disclosure/greedy.h"
#include "disclosure/witness.h"

namespace disclosure {
namespace {

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// The best of several orders. Which orders are tried does not depend on the number of threads, and so neither does the result.
std::vector<char> best_greedy(const Layout& layout, const Rules& rules, int variants, std::uint64_t seed, int threads) {
    std::vector<std::vector<char>> found(variants);
    const auto work = [&](int from, int step) {
        for (int v = from; v < variants; v += step)
            found[v] = publish_greedily(layout, publishing_order(layout, v == 0 ? 0.0 : 0.05 * (1 + v % 8), seed + static_cast<std::uint64_t>(v)),
                                        rules.lower_bound);
    };
    if (threads > 1 && variants > 1) {
        std::thread other(work, 1, 2);
        work(0, 2);
        other.join();
    } else {
        work(0, 1);
    }
    std::size_t best = 0;
    for (std::size_t v = 1; v < found.size(); ++v) {
        const auto size = size_of(layout, found[v]), least = size_of(layout, found[best]);
        if (size.secondary < least.secondary && size.sum <= size_of(layout, found[0]).sum) best = v;
    }
    return found[best];
}

// Whatever is not proven gets more cells suppressed around it until it is; the clean-up takes back what was too much.
bool repair(const Layout& layout, Witnesses& witnesses, const std::vector<int>& targets, const Options& options) {
    for (int round = 0; round < 60; ++round) {
        witnesses.search(targets, options.seed + static_cast<std::uint64_t>(round), options.control, options.audit_seconds);
        const auto open = witnesses.open(targets);
        if (open.empty()) return true;
        if (options.control.stopped()) return false;
        std::set<int> more;
        for (const int f : open) {
            int taken = 0;
            for (const int neighbour : witnesses.neighbours(f))
                if (!witnesses.suppressed()[neighbour] && layout.figures[neighbour].priority <= 0 && taken++ < 1 + round / 3) more.insert(neighbour);
        }
        if (more.empty()) break;
        witnesses.unpublish({more.begin(), more.end()});
    }
    witnesses.search_by_programs(targets, options.seed, options.control, options.audit_seconds);
    return witnesses.open(targets).empty();
}

void release_needless(const Layout& layout, Witnesses& witnesses, const std::vector<int>& targets, const Options& options, double seconds) {
    Random random(options.seed ^ 0x72656c65);
    const double started = cpu_seconds();
    witnesses.find_proofs(targets, random);
    for (int round = 0; round < 1000; ++round) {
        std::vector<int> secondary;
        for (std::size_t f = 0; f < layout.figures.size(); ++f)
            if (witnesses.suppressed()[f] && !layout.figures[f].is_protected) secondary.push_back(static_cast<int>(f));
        std::ranges::stable_sort(secondary, [&](int a, int b) {
            return layout.figures[a].weight * 1000 + layout.figures[a].count > layout.figures[b].weight * 1000 + layout.figures[b].count;
        });
        std::size_t released = 0;
        for (const int f : secondary) {
            if (options.control.stopped() || cpu_seconds() - started > seconds) return;
            if (options.control.progress) options.control.progress("clean-up", (cpu_seconds() - started) / seconds);
            released += witnesses.release(f, random);
        }
        if (released == 0 && round >= 2) return;
    }
}

}  // namespace

base::Result<Suppression> suppress(const Problem& problem, const Rules& rules, const Options& options) {
    const double started = cpu_seconds();
    TRY(const Layout layout, lay_out(problem, rules, Knowledge::same_people));
    if (options.control.progress) options.control.progress("suppress", 0);
    std::vector<int> targets;
    for (std::size_t f = 0; f < layout.figures.size(); ++f)
        if (layout.figures[f].is_protected) targets.push_back(static_cast<int>(f));
    auto suppressed = best_greedy(layout, rules, 1, options.seed, options.threads);
    const double suppressed_at = cpu_seconds();
    auto witnesses = std::make_unique<Witnesses>(problem, layout, suppressed, rules);
    if (!repair(layout, *witnesses, targets, options))
        return base::error(base::ErrorKind::unavailable, "no pattern was proven safe within the budget");
    suppressed = witnesses->suppressed();
    const double proven_at = cpu_seconds();
    const double spent = proven_at - started;
    const double seconds = options.effort == Effort::fast       ? 0.5 * spent
                           : options.effort == Effort::standard ? std::max(0.5, spent)
                                                                : options.seconds - spent;
    release_needless(layout, *witnesses, targets, options, seconds);
    suppressed = witnesses->suppressed();
    Suppression out;
    out.pattern = layout.pattern(suppressed);
    out.seconds_suppress = suppressed_at - started;
    const double audit_from = cpu_seconds();
    // The certificate rests on an audit of its own, which knows nothing of how the pattern came about.
    TRY(out.audit, audit_with(problem, out.pattern, rules, options, witnesses->proofs()));
    out.seconds_audit = cpu_seconds() - audit_from;
    out.certificate = certify(problem, out.pattern, rules, out.audit, options.effort == Effort::fast ? "suppress fast" : "suppress");
    return out;
}

}  // namespace disclosure
