#pragma once
#include <map>
#include <set>

#include "dataset/parse.h"

namespace dataset {

// What stands in the database already, or in the data set this one extends: references may point there, keys may not be given again.
struct Known {
    std::map<Thing, std::set<std::string>> keys;  // clauses and statements as "plan/number"
    std::set<std::string> evidence, accounts, measures, targets;
    // What a duty takes from its plan and statement when it says nothing itself.
    std::map<std::string, std::pair<base::Day, std::optional<base::Day>>> validity;  // by plan
    std::map<std::string, std::pair<std::string, plan::Modality>> statements;        // "plan/id" → clause number, modality
    std::map<std::string, std::vector<Holding>> holdings;                            // by office
};
// The keys of a data set, for one that extends it.
Known known_from(const Dataset&, Known already = {});

// Everything that can be wrong between the tables: keys given twice, references into nothing, terms that overlap, circles; what a duty takes
// from its plan and statement is filled in. All mistakes at once, in the order of files and lines; a data set only when there is none.
base::Result<Dataset> check(Parsed, const Known& = {});

// A figure that does not fit the others it was made from.
struct Finding {
    std::string check, period;
    std::string stated;  // indicator
    evidence::Quantity says, comes_out;
};
std::vector<Finding> findings(const std::vector<Placed<Check>>&, const std::vector<Placed<Observation>>&);

// The findings as sentences, with the figures' titles.
std::vector<base::Message> remarks_on(const Dataset&);

// One mistake a line, "file:line: what is wrong", for a person at a terminal.
std::string describe(const base::Error&);

}  // namespace dataset
