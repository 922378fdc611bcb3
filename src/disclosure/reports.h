#pragma once
#include <boost/json.hpp>

#include "disclosure/ledger.h"
#include "disclosure/perturb.h"

namespace disclosure {

// What the command line says and writes.
boost::json::object summary(const Problem&, const Audit&);
boost::json::object summary(const Problem&, const LedgerAudit&, const Ledger&);
std::string_view word(Verdict);

std::string pattern_csv(const Problem&, const Rules&, const Pattern&);
// Outside, a protected cell and one that protects it look alike: a point. What is not listed is zero.
std::string published_csv(const Problem&, const Rules&, const Pattern&);
std::string published_csv(const Problem&, const std::vector<PublishedFigure>&);
boost::json::object certificate_object(const Certificate&);
std::string certificate_json(const Problem&, const Rules&, const Certificate&, const Audit&, boost::json::object summary);

}  // namespace disclosure
