#pragma once
#include <map>
#include <set>
#include <tuple>

#include "duties/model.h"

namespace duties {

// Does a record bear on this side of the rule? `matches` is kind and filter; population and request have a kind only.
bool matches(const Rule&, const evidence::Record&);
// The text a filter or a named set reads from a record: an attribute, or "subject", "organisation".
const std::string& attribute_of(const evidence::Record&, const std::string& name);

// The aggregate of a rule while records come (and, for coverage, go): whether the rule holds, and what is missing.
// Keeps pointers into the records, which outlive it.
class Tally {
  public:
    // What a count counts: two meetings on one subject are two, but a seat confirmed twice is one seat.
    enum class Counting { records, subjects };
    Tally(const Rule&, Counting);

    void add(const evidence::Record&);
    void remove(const evidence::Record&);
    void add_to_population(const std::string& subject);
    void remove_from_population(const std::string& subject);

    bool applicable() const;  // a share of nothing is not
    bool holds() const;
    Quantity have() const;
    Quantity need() const;
    std::vector<std::string> missing_members() const;  // at most 20

  private:
    struct Subject {
        int population = 0;
        int records = 0;
        std::map<std::string_view, int> members;
    };
    bool is_covered(const Subject&) const;
    void change(const evidence::Record&, int by);
    void change_subject(const std::string& subject, const std::function<void(Subject&)>& how);

    const Rule& rule_;
    Counting counting_;
    std::int64_t count_ = 0;
    Quantity sum_;
    std::set<std::tuple<base::Day, base::Day, std::int64_t, std::string_view, std::int64_t>> values_;  // day, recorded, id, key, quantity
    std::map<std::string_view, int> members_;
    std::int64_t members_satisfied_ = 0;
    std::map<std::string_view, Subject> subjects_;
    std::set<std::string_view> uncovered_;
    std::int64_t population_ = 0;
};

}  // namespace duties
