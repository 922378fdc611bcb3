#pragma once
// Definitions in a table of their own; values in the ledger.
#include "indicators/model.h"
#include "platform/db/db.h"

namespace indicators {

struct By {
    identity::Actor actor;
    std::string office;  // key of the office the person acts for
    base::Instant now{};
    base::Day today{};
};

base::Result<std::vector<Indicator>> all(db::Connection&);                // by key
base::Result<Indicator> find(db::Connection&, std::string_view key);      // not_found
base::Result<void> create(db::Connection&, const Indicator&, const By&);  // conflict for a key that is taken
base::Result<void> change(db::Connection&, const Indicator&, const By&);
// As a data set brings them and takes them away.
base::Result<void> add(db::Connection&, const Indicator&);
base::Result<void> remove(db::Connection&, std::string_view key);

// Every value ever entered, corrected ones among them; by period, then by when it was entered.
base::Result<std::vector<Value>> values_of(db::Connection&, std::string_view key);
base::Result<std::vector<std::pair<Indicator, std::vector<Value>>>> all_with_values(db::Connection&);
// A first value for its period; a second one is a conflict "period": it is corrected, not entered beside.
base::Result<std::string> enter(db::Connection&, const Indicator&, const Value&, const By&);
// Takes the entry back with the reason and enters the right value, in one transaction. not_found for an entry that does not count (any more).
base::Result<std::string> correct(db::Connection&, const Indicator&, std::string_view evidence, const Value&, const std::string& reason, const By&);

}  // namespace indicators
