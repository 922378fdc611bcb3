#include "duties/periods.h"

#include <fmt/format.h>

namespace duties {
namespace {

int months_of(Period period) {
    switch (period) {
        case Period::half_year: return 6;
        case Period::quarter: return 3;
        case Period::month: return 1;
        case Period::once:
        case Period::year:
        case Period::standing:
        case Period::on_request: return 12;
    }
    return 12;
}

int month_number(base::Day d) { return base::year_of(d) * 12 + static_cast<int>(static_cast<unsigned>(d.month())) - 1; }
base::Day first_of(int month_number) { return base::day(month_number / 12, static_cast<unsigned>(month_number % 12) + 1, 1); }

// A month and day in a year; 29 February is the 28th in a year that has none.
base::Day in_year(std::chrono::month_day md, int year) {
    const base::Day d = std::chrono::year(year) / md.month() / md.day();
    return d.ok() ? d : base::last_of_month(std::chrono::year(year) / md.month());
}

base::Day due_of(const Rule& rule, base::Day begins, base::Day ends) {
    if (rule.period == Period::year) {
        const int year = base::year_of(begins) + (rule.due_next_year ? 1 : 0);
        return rule.due_month_day ? in_year(*rule.due_month_day, year) : base::day(year, 12, 31);
    }
    return rule.period == Period::standing ? ends : base::plus_days(ends, rule.due_after_days);
}

Slot slot_at(const Rule& rule, int first_month, int months) {
    Slot slot;
    slot.begins = first_of(first_month);
    slot.ends = base::plus_days(first_of(first_month + months), -1);
    slot.label = label_of(rule.period, slot.begins);
    slot.due = due_of(rule, slot.begins, slot.ends);
    return slot;
}

bool label_means(std::string_view label, std::string_view wanted, const Duty& duty) {
    return label == wanted || (duty.rule.period == Period::once && wanted.empty());
}

template <class Fact>
bool speaks(const Fact& fact, const Duty& duty, std::string_view label, base::Day as_of, std::optional<base::Day> known_on) {
    return fact.duty == duty.key && label_means(label, fact.period, duty) && fact.decided_on <= as_of && (!known_on || fact.recorded_on <= *known_on);
}

}  // namespace

std::string label_of(Period period, base::Day d) {
    const int year = base::year_of(d);
    const unsigned month = static_cast<unsigned>(d.month());
    switch (period) {
        case Period::half_year: return fmt::format("{}-H{}", year, (month - 1) / 6 + 1);
        case Period::quarter: return fmt::format("{}-Q{}", year, (month - 1) / 3 + 1);
        case Period::month: return fmt::format("{}-{:02}", year, month);
        case Period::once: return "once";
        case Period::year:
        case Period::standing:
        case Period::on_request: return fmt::format("{}", year);
    }
    return {};
}

bool is_label_of(Period period, std::string_view label) {
    if (period == Period::once) return label == "once";
    if (period == Period::standing || period == Period::on_request) return false;
    if (label.size() < 4 || label.substr(0, 4).find_first_not_of("0123456789") != std::string_view::npos) return false;
    const auto rest = label.substr(4);
    switch (period) {
        case Period::year: return rest.empty();
        case Period::half_year: return rest == "-H1" || rest == "-H2";
        case Period::quarter: return rest.size() == 3 && rest.substr(0, 2) == "-Q" && rest[2] >= '1' && rest[2] <= '4';
        case Period::month: return base::parse_iso_day(std::string(label) + "-01").has_value();
        case Period::once:
        case Period::standing:
        case Period::on_request: return false;
    }
    return false;
}

std::vector<Slot> slots_of(const Duty& duty, base::Day until, std::optional<base::Day> from) {
    const Rule& rule = duty.rule;
    std::vector<Slot> out;
    if (rule.period == Period::on_request) return out;
    if (rule.period == Period::once) {
        if (rule.due && *rule.due >= duty.valid_from) out.push_back({"once", duty.valid_from, *rule.due, *rule.due});
        return out;
    }
    const int months = months_of(rule.period);
    const base::Day begin = from ? std::max(duty.valid_from, *from) : duty.valid_from;
    for (int n = month_number(begin) / months * months;; n += months) {
        Slot slot = slot_at(rule, n, months);
        if (duty.valid_until && slot.begins > *duty.valid_until) break;
        const bool next = slot.begins > until;
        if (slot.due >= duty.valid_from) out.push_back(std::move(slot));
        if (next) break;
    }
    return out;
}

std::vector<Slot> years_of(const Duty& duty, base::Day until) {
    std::vector<Slot> out;
    const int last = std::min(base::year_of(until), duty.valid_until ? base::year_of(*duty.valid_until) : base::year_of(until));
    for (int year = base::year_of(duty.valid_from); year <= last; ++year)
        out.push_back({fmt::format("{}", year), base::day(year, 1, 1), base::day(year, 12, 31), base::day(year, 12, 31)});
    return out;
}

const Extension* extension_for(std::span<const Extension> all, const Duty& duty, std::string_view label, base::Day as_of,
                               std::optional<base::Day> known_on) {
    const Extension* found = nullptr;
    for (const auto& e : all)
        if (speaks(e, duty, label, as_of, known_on) && (!found || e.decided_on >= found->decided_on)) found = &e;
    return found;
}

const Waiver* waiver_for(std::span<const Waiver> all, const Duty& duty, std::string_view label, base::Day as_of, std::optional<base::Day> known_on) {
    for (const auto& w : all)
        if (speaks(w, duty, label, as_of, known_on)) return &w;
    return nullptr;
}

}  // namespace duties
