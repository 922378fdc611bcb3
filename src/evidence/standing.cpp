#include "evidence/standing.h"

namespace evidence {
namespace {

// Whether a record could be of the same thing: what the wanted one says must be true of it.
bool is_of_the_same(const Record& there, const Record& wanted) {
    if (there.withdrawn_on || there.kind != wanted.kind || there.occurred_on != wanted.occurred_on) return false;
    if (there.attributes.empty()) return there.subject == wanted.subject;
    for (const auto& [name, value] : there.attributes) {
        const auto it = wanted.attributes.find(name);
        if (name != "period" && (it == wanted.attributes.end() || it->second != value)) return false;
    }
    return true;
}

bool says_the_same(const Record& a, const Record& b) {
    return a.occurred_on == b.occurred_on && a.until == b.until && a.quantity.has_value() == b.quantity.has_value() &&
           (!a.quantity || *a.quantity == *b.quantity) && a.published == b.published;
}

}  // namespace

base::Result<std::string> keep(db::Connection& c, const std::string& key, const std::optional<Entry>& wanted, const std::string& reason, const By& by,
                               const std::set<std::string>& taken) {
    std::optional<Record> there;
    if (!key.empty()) {
        TRY(auto found, find_by_key(c, key));
        if (found && !found->record.withdrawn_on) there = found->record;
    }
    if (!there && wanted) {
        const std::string kinds[] = {wanted->record.kind};
        TRY(auto all, of_kinds(c, kinds, wanted->record.occurred_on, wanted->record.occurred_on));
        for (auto& one : all)
            if (!there && !taken.contains(one.key) && is_of_the_same(one, wanted->record)) there = std::move(one);
    }
    if (there && wanted && says_the_same(*there, wanted->record)) return there->key;
    if (there) TRY_VOID(withdraw(c, there->id, reason, by));
    if (!wanted) return std::string();
    auto entry = *wanted;
    entry.record.key = new_key();
    entry.record.recorded_on = {};
    TRY_VOID(record(c, entry, by));
    return entry.record.key;
}

}  // namespace evidence
