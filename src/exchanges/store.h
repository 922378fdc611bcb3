#pragma once
#include "exchanges/api.h"
#include "platform/identity/api.h"

namespace exchanges {

struct By {
    identity::Actor actor;
    base::Instant now{};
};

struct Filter {
    std::string topic, office;
    std::optional<Kind> kind;
    std::optional<int> year;
    std::int64_t limit = 50, offset = 0;
};
struct Page {
    std::vector<Exchange> found;  // newest first
    std::int64_t total = 0;
};
base::Result<Page> list(db::Connection&, const Filter&);
base::Result<Exchange> find(db::Connection&, ExchangeId);  // not_found

// Creates, or changes by its id; its evidence follows in the same transaction. Refuses every mistake at once, and a change of somebody else in
// between (conflict, code "version").
base::Result<ExchangeId> save(db::Connection&, const Exchange&, const By&);
base::Result<void> withdraw(db::Connection&, ExchangeId, const By&);
base::Result<void> remove_sample(db::Connection&, const By&);

}  // namespace exchanges
