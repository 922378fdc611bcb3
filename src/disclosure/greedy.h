#pragma once
#include <functional>
#include <vector>

#include "disclosure/basis.h"
#include "disclosure/proofs.h"

namespace disclosure {

// Starts with everything suppressed and publishes figure after figure, the dearest first, unless a protected one would become known by
// equations (basis.h) or would lose its witness (proofs.h); then it stays suppressed.
//
// Changes and witnesses are kept by rows. How far one moves a figure is a sum that is taken when it is asked for; the rows' bounds imply
// all others.
class Greedy {
  public:
    // The targets are figures that are to keep a witness: all protected ones when a pattern is to be safe.
    Greedy(const Layout&, const Rules&, std::vector<int> targets, std::uint64_t seed);
    // Stops early when it is enough; the pattern is safe all the same.
    void run(const std::vector<int>& order, const Control&, const std::function<bool()>& enough);
    // A pattern made elsewhere: publishes these whatever becomes of the witnesses, and looks for others where one is lost, the harder the
    // more patience (1 or more).
    void follow(const std::vector<int>& order, int patience, const Control&, const std::function<bool()>& enough);
    const std::vector<char>& suppressed() const { return suppressed_; }
    // Suppressed for want of witnesses alone; these may be tried again.
    const std::vector<int>& undecided() const { return undecided_; }
    // What has resisted so far is tried like anything else: worth it where there is time.
    void forget_failures() { proofs_.forget_failures(); }
    std::vector<Move> proofs() const { return proofs_.in_use(); }
    std::vector<Move> tables() const { return proofs_.all(); }  // all changes that leave what is published alone
    std::uint64_t work() const { return basis_.work() + proofs_.work(); }

  private:
    void try_to_publish(int figure);
    void hold(const Relation&);
    bool publish(int figure);
    bool follows() const { return patience_ > 0; }

    const Layout& layout_;
    std::vector<int> targets_;
    Basis basis_;
    Proofs proofs_;
    Scale scale_;
    std::vector<char> suppressed_;
    std::vector<int> undecided_;
    int patience_ = 0;
};

std::vector<int> protected_figures(const Layout&);

// What a pattern publishes, in the order in which suppression does: what readers miss most comes first; among equals the lot decides,
// for figures that stand together in the table get in each other's way.
std::vector<int> dearest_first(const Layout&, const std::vector<char>& suppressed, std::uint64_t seed);

// Nearly the same order. Where it makes no difference to the result, other witnesses stay whole on another way.
std::vector<int> loosened(std::vector<int> order, std::uint64_t seed);

}  // namespace disclosure
