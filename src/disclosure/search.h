#pragma once
#include "disclosure/witness.h"

namespace disclosure {

// What a figure is worth to readers: each cell it stands for, and large counts more. Those that must be published are worth 1e6.
double worth(const Figure&);

// Finds other tables with the same published figures by weighted repair: one row is changed, which violates the equations it is in;
// then row after row is changed so that the violation, weighted by how long it has resisted, gets less. A table that violates nothing
// is a witness. A published figure may be violated for a price: then it has to be suppressed, and the price says how dear that is.
//
// Every suppressed figure is a sum of rows that are suppressed or published themselves. So the bounds of the rows imply those of all
// figures, and no figure but the published ones needs a look.
class Search {
  public:
    Search(const Layout&, std::vector<char> suppressed_figure, const Rules&, std::uint64_t seed);

    // Takes in witnesses found elsewhere.
    void learn(const std::vector<Move>&);
    // Tries to prove the targets with nothing further suppressed; each round has twice the attempts of the one before.
    void prove(int rounds, int steps, const Control&, const std::function<bool()>& enough);
    // What is still open gets figures suppressed around it, the cheapest found in some attempts.
    bool repair(int attempts, int steps, const Control&);
    // The same by linear programs, for those that attempts do not reach. The scale says how dear published figures are compared with a
    // longer way round.
    void detour(double scale, const Control&, const std::function<bool()>& enough);
    // Publishes again each secondary figure without which all targets still have, or get, a proof. True when one was published.
    bool release(int attempts, const Control&, const std::function<bool()>& enough);
    // Publishes some figures that lie together and protects anew what that opens; taken back when it is no gain.
    bool shake(const Control&, const std::function<bool()>& enough);

    bool has_secondary() const;
    const std::vector<char>& suppressed() const { return suppressed_; }
    std::vector<int> open() const;
    double price() const;  // of what is suppressed without being protected itself
    std::vector<Move> proofs() const;
    std::uint64_t work() const { return steps_; }  // the same on every machine

  private:
    class Program;
    static constexpr double never = 1e6;  // the price of figures that must be published
    struct Entry {
        int at = 0;
        int factor = 1;
    };
    struct Found {
        Move rows;
        std::vector<int> targets;    // that it proves
        std::vector<int> secondary;  // other suppressed figures it changes
        int published = 0;           // of these, how many are published by now
    };
    void equation_of(int figure);
    void change(int variable, int by);
    void reset();
    bool attempt(int figure, int longest, double price);
    int keep();
    void suppress(int figure);
    void publish(int figure);
    bool reprove(int target, int attempts);
    void set_proof(int target, int found);
    std::vector<int> resting_on(int figure) const;
    double value(int figure) const { return worth(layout_.figures[figure]); }
    void update_program(int variable);

    const Layout& layout_;
    std::shared_ptr<Program> program_;
    double program_scale_ = -1;
    std::vector<char> suppressed_;
    Count lower_bound_, width_;
    Random random_;
    std::vector<int> targets_;
    std::vector<std::vector<int>> hidden_of_row_;  // figures a row changes, other than those with an equation
    std::vector<std::vector<int>> known_of_row_;   // figures with an equation, larger first
    std::vector<std::vector<Entry>> equations_, uses_;
    std::vector<int> variable_of_figure_, figure_of_variable_;
    std::vector<Count> room_;  // by how much a variable may fall
    std::vector<double> dear_;
    // The attempt under way.
    std::vector<int> at_, violation_, place_, violated_, touched_, weighted_;
    std::vector<std::uint64_t> barred_until_;
    std::vector<int> weight_;
    std::vector<int> change_, stamp_;
    int now_ = 0;
    std::uint64_t steps_ = 0;

    std::vector<Found> found_;
    std::vector<std::vector<int>> found_for_;       // by target
    std::vector<std::vector<int>> found_changing_;  // by secondary figure
    std::vector<int> proof_;
    std::vector<std::vector<int>> rests_;  // by found: the targets it is the proof of (some have moved on)
};

}  // namespace disclosure
