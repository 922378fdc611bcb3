#pragma once
#include "disclosure/api.h"
#include "disclosure/witness.h"

namespace disclosure {

// What is known of each figure when some are suppressed. The verdict of a published figure says nothing.
struct Judgement {
    std::vector<Verdict> verdicts;
    std::vector<Interval> intervals;
    std::size_t insider_pairs = 0;
    std::size_t witnesses = 0;
};
Judgement judge(const Layout&, const std::vector<char>& suppressed, const Rules&, const Options&, const std::vector<Move>& hints);

// A pattern in which every protected figure has a proof, found from one that suppresses at least these.
struct Found {
    std::vector<char> suppressed;  // of each figure
    std::vector<Move> proofs;
};
base::Result<Found> find_pattern(const Layout&, std::vector<char> suppressed, const Rules&, const Options&);

// The audit, shown some tables first. It believes none of them before it has checked it.
base::Result<Audit> audit_with(const Problem&, const Pattern&, const Rules&, const Options&, const std::vector<Move>& hints);

}  // namespace disclosure
