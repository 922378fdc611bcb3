#include "duties/tally.h"

namespace duties {
namespace {

constexpr std::size_t members_shown = 20;

bool compare(Comparison comparison, std::int64_t value, std::int64_t limit) {
    switch (comparison) {
        case Comparison::at_least: return value >= limit;
        case Comparison::at_most: return value <= limit;
        case Comparison::exactly: return value == limit;
    }
    return false;
}

const std::string nothing;

}  // namespace

const std::string& attribute_of(const evidence::Record& record, const std::string& name) {
    if (name == "subject") return record.subject;
    if (name == "organisation") return record.organisation;
    const auto it = record.attributes.find(name);
    return it == record.attributes.end() ? nothing : it->second;
}

bool matches(const Rule& rule, const evidence::Record& record) {
    if (record.kind != rule.evidence) return false;
    for (const auto& [name, value] : rule.filter)
        if (attribute_of(record, name) != value) return false;
    return true;
}

Tally::Tally(const Rule& rule, Counting counting) : rule_(rule), counting_(counting) {
    for (const auto& member : rule.each) members_.emplace(member, 0);
}

bool Tally::is_covered(const Subject& s) const {
    if (rule_.each.empty()) return s.records > 0;
    return std::all_of(rule_.each.begin(), rule_.each.end(), [&](const std::string& m) {
        const auto it = s.members.find(m);
        return it != s.members.end() && it->second > 0;
    });
}

// Keeps the counts of population and uncovered subjects right while one subject changes.
void Tally::change_subject(const std::string& subject, const std::function<void(Subject&)>& how) {
    Subject& s = subjects_[subject];
    if (s.population > 0) {
        --population_;
        uncovered_.erase(subject);
    }
    how(s);
    if (s.population > 0) {
        ++population_;
        if (!is_covered(s)) uncovered_.insert(subject);
    }
}

void Tally::change(const evidence::Record& record, int by) {
    switch (rule_.aggregate) {
        case Aggregate::count:
            if (counting_ == Counting::records || record.subject.empty()) {
                count_ += by;
            } else {
                Subject& s = subjects_[record.subject];
                const bool before = s.records > 0;
                s.records += by;
                count_ += static_cast<int>(s.records > 0) - static_cast<int>(before);
            }
            return;
        case Aggregate::sum:
            if (record.quantity) sum_ = sum_ + (by > 0 ? *record.quantity : Quantity{-record.quantity->thousandths});
            return;
        case Aggregate::latest: {
            if (!record.quantity) return;
            const std::tuple entry{record.occurred_on, record.recorded_on, record.id.value, std::string_view(record.key),
                                   record.quantity->thousandths};
            if (by > 0)
                values_.insert(entry);
            else
                values_.erase(entry);
            return;
        }
        case Aggregate::each: {
            const auto it = members_.find(attribute_of(record, rule_.each_by));
            if (it == members_.end()) return;
            const auto needed = [&](int n) { return std::int64_t{n} * 1000 >= std::max<std::int64_t>(rule_.threshold.thousandths, 1); };
            const bool before = needed(it->second);
            it->second += by;
            members_satisfied_ += static_cast<int>(needed(it->second)) - static_cast<int>(before);
            return;
        }
        case Aggregate::share:
            change_subject(record.subject, [&](Subject& s) {
                s.records += by;
                if (!rule_.each.empty()) s.members[attribute_of(record, rule_.each_by)] += by;
            });
            return;
    }
}

void Tally::add(const evidence::Record& record) { change(record, 1); }
void Tally::remove(const evidence::Record& record) { change(record, -1); }
void Tally::add_to_population(const std::string& subject) {
    change_subject(subject, [](Subject& s) { ++s.population; });
}
void Tally::remove_from_population(const std::string& subject) {
    change_subject(subject, [](Subject& s) { --s.population; });
}

bool Tally::applicable() const { return rule_.aggregate != Aggregate::share || population_ > 0; }

bool Tally::holds() const {
    switch (rule_.aggregate) {
        case Aggregate::count: return compare(rule_.comparison, count_ * 1000, rule_.threshold.thousandths);
        case Aggregate::sum: return compare(rule_.comparison, sum_.thousandths, rule_.threshold.thousandths);
        case Aggregate::latest: return !values_.empty() && compare(rule_.comparison, std::get<4>(*values_.rbegin()), rule_.threshold.thousandths);
        case Aggregate::each: return members_satisfied_ == static_cast<std::int64_t>(members_.size());
        case Aggregate::share: {
            if (population_ == 0) return true;
            const auto covered = population_ - static_cast<std::int64_t>(uncovered_.size());
            return compare(rule_.comparison, covered * 100'000, rule_.threshold.thousandths * population_);
        }
    }
    return false;
}

Quantity Tally::have() const {
    switch (rule_.aggregate) {
        case Aggregate::count: return Quantity::of(count_);
        case Aggregate::sum: return sum_;
        case Aggregate::latest: return values_.empty() ? Quantity{} : Quantity{std::get<4>(*values_.rbegin())};
        case Aggregate::each: return Quantity::of(members_satisfied_);
        case Aggregate::share: return Quantity::of(population_ - static_cast<std::int64_t>(uncovered_.size()));
    }
    return {};
}

Quantity Tally::need() const {
    switch (rule_.aggregate) {
        case Aggregate::count:
        case Aggregate::sum:
        case Aggregate::latest: return rule_.threshold;
        case Aggregate::each: return Quantity::of(static_cast<std::int64_t>(members_.size()));
        case Aggregate::share: {
            const auto scaled = rule_.threshold.thousandths * population_;
            return Quantity::of(rule_.comparison == Comparison::at_most ? scaled / 100'000 : (scaled + 99'999) / 100'000);
        }
    }
    return {};
}

std::vector<std::string> Tally::missing_members() const {
    std::vector<std::string> out;
    if (rule_.aggregate == Aggregate::share) {
        for (const auto& subject : uncovered_) {
            if (out.size() == members_shown) break;
            out.emplace_back(subject);
        }
    } else if (rule_.aggregate == Aggregate::each) {
        for (const auto& member : rule_.each) {
            if (out.size() == members_shown) break;
            const auto it = members_.find(member);
            if (std::int64_t{it->second} * 1000 < std::max<std::int64_t>(rule_.threshold.thousandths, 1)) out.push_back(member);
        }
    }
    return out;
}

}  // namespace duties
