#pragma once
#include <set>

#include "evidence/store.h"

namespace evidence {

// Keeps the entry a record wrote as the record is now: writes it, or takes the old one back and writes it anew; nothing wanted takes it back.
// `key` is the entry written before, empty for none; an entry that somebody recorded by hand, or a data set brought, for the same kind, day and
// subject (or attributes) is taken for it, so that nothing stands twice. Those in `taken`
// belong to other records. Answers the key that stands now, empty for none.
base::Result<std::string> keep(db::Connection&, const std::string& key, const std::optional<Entry>& wanted, const std::string& reason, const By&,
                               const std::set<std::string>& taken = {});

}  // namespace evidence
