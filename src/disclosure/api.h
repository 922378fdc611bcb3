#pragma once
#include <iosfwd>
#include <span>
#include <string>

#include "disclosure/model.h"

namespace disclosure {

enum class Effort : std::uint8_t {
    fast,      // suppress and audit
    standard,  // then publish again what is not needed, at most as long again
    budget     // then search until the time is up
};

struct Options {
    Effort effort = Effort::standard;
    double seconds = 60;         // for Effort::budget
    double audit_seconds = 600;  // after this an undecided cell counts as unsafe
    std::uint64_t seed = 1;
    int threads = 2;  // changes the time, never the result
    Control control;
};

// What was published, how it was protected and what proves it. Without a passed certificate nothing is published.
struct Certificate {
    std::string input_hash;    // of problem and rules
    std::string pattern_hash;  // of the suppressed cells, or of the perturbed figures
    std::string ledger_hash;   // of the earlier publications that were taken into account; empty without a ledger
    std::string method;
    std::string versions;
    std::string statement;
    bool passed = false;
};

struct Suppression {
    Pattern pattern;
    Audit audit;
    Certificate certificate;
    double seconds_suppress = 0;  // CPU time
    double seconds_audit = 0;
};

// Any pattern, also one made by other software, against the attacker of Rules.
base::Result<Audit> audit(const Problem&, const Pattern&, const Rules&, const Options& = {});
// A pattern with a passed certificate, or an error that says which cells cannot be protected.
base::Result<Suppression> suppress(const Problem&, const Rules&, const Options& = {});

Certificate certify(const Problem&, const Pattern&, const Rules&, const Audit&, std::string method);
// True when the certificate is that of exactly this pattern and these inputs, and passed.
bool covers(const Certificate&, const Problem&, const Pattern&, const Rules&);

// `miteinander protect run|audit …` without the first two words of the program; 0 safe, 1 unsafe, 2 bad input.
int command_line(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

}  // namespace disclosure
