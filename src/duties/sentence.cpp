#include "duties/sentence.h"

#include <fmt/format.h>

#include "duties/periods.h"
#include "evidence/kinds.h"
#include "evidence/words.h"

namespace duties {
namespace {

constexpr std::array<std::string_view, 12> months_en{"January", "February", "March",     "April",   "May",      "June",
                                                     "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 12> months_de{"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                                                     "Juli",   "August",  "September", "Oktober", "November", "Dezember"};

base::Bilingual with_due(base::Bilingual every, const base::Bilingual& due) {
    if (due.de.empty()) return every;
    return {every.de + " " + due.de, every.en + " " + due.en};
}

std::string days_en(int days) { return fmt::format("{} {}", days, days == 1 ? "day" : "days"); }
std::string days_de(int days) { return fmt::format("{} {}", days, days == 1 ? "Tag" : "Tage"); }
std::string days_dative(int days) { return fmt::format("{} {}", days, days == 1 ? "Tag" : "Tagen"); }

base::Bilingual after_end(int days) {
    if (days == 0) return {};
    return {"bis " + days_de(days) + " nach dessen Ende", "until " + days_en(days) + " after its end"};
}

// "Jedes Kalenderjahr bis 31.12."
base::Bilingual when(const Rule& rule) {
    switch (rule.period) {
        case Period::once: {
            if (!rule.due) return {"Einmal", "Once"};
            const unsigned month = static_cast<unsigned>(rule.due->month()), d = static_cast<unsigned>(rule.due->day());
            return {fmt::format("Einmal bis {:02}.{:02}.{}", d, month, base::year_of(*rule.due)),
                    fmt::format("Once by {} {} {}", d, months_en[month - 1], base::year_of(*rule.due))};
        }
        case Period::year: {
            const auto md = rule.due_month_day.value_or(std::chrono::December / 31);
            const unsigned month = static_cast<unsigned>(md.month()), d = static_cast<unsigned>(md.day());
            return {fmt::format("Jedes Kalenderjahr bis {:02}.{:02}.{}", d, month, rule.due_next_year ? " des Folgejahres" : ""),
                    fmt::format("Every calendar year by {} {}{}", d, months_en[month - 1], rule.due_next_year ? " of the following year" : "")};
        }
        case Period::half_year: return with_due({"Jedes Halbjahr", "Every half-year"}, after_end(rule.due_after_days));
        case Period::quarter: return with_due({"Jedes Quartal", "Every quarter"}, after_end(rule.due_after_days));
        case Period::month: return with_due({"Jeden Monat", "Every month"}, after_end(rule.due_after_days));
        case Period::standing:
            if (!rule.fresh_days) return {"Ständig, ohne Lücke", "At all times, without a gap"};
            return {"Ständig, nicht älter als " + days_de(*rule.fresh_days), "At all times, not older than " + days_en(*rule.fresh_days)};
        case Period::on_request: {
            const auto asked = evidence::name_of_kind(rule.request);
            if (rule.answer_within_days == 0)
                return {"Bei „" + asked.de + "“ spätestens am selben Tag", "On \"" + asked.en + "\" on the same day at the latest"};
            return {"Bei „" + asked.de + "“ innerhalb von " + days_dative(rule.answer_within_days),
                    "On \"" + asked.en + "\" within " + days_en(rule.answer_within_days)};
        }
    }
    return {};
}

base::Bilingual limit(Comparison comparison) {
    switch (comparison) {
        case Comparison::at_least: return {"mindestens", "at least"};
        case Comparison::at_most: return {"höchstens", "at most"};
        case Comparison::exactly: return {"genau", "exactly"};
    }
    return {};
}

// "Jugendamt, Sozialamt"
base::Bilingual listed(const std::vector<std::string>& keys, const NameOf& name_of) {
    std::vector<std::string> de, en;
    for (const auto& key : keys) {
        const auto name = name_of(key);
        de.push_back(name.in("de"));
        en.push_back(name.in("en"));
    }
    return {fmt::format("{}", fmt::join(de, ", ")), fmt::format("{}", fmt::join(en, ", "))};
}

// "mindestens 12 Plätze – Kursplätze durch Förderung gesichert"
base::Bilingual what(const Rule& rule, const NameOf& name_of) {
    const auto name = evidence::name_of_kind(rule.evidence);
    const auto* kind = evidence::find_kind(rule.evidence);
    const auto bound = limit(rule.comparison);
    const std::string de = rule.threshold.text("de"), en = rule.threshold.text("en");
    const bool one = rule.threshold == Quantity::of(1);
    switch (rule.aggregate) {
        case Aggregate::count: return {fmt::format("{} {} × {}", bound.de, de, name.de), fmt::format("{} {} × {}", bound.en, en, name.en)};
        case Aggregate::sum:
        case Aggregate::latest: {
            const std::string_view unit_de = kind ? (one ? kind->quantity.de : kind->quantity.de_plural) : "";
            const std::string_view unit_en = kind ? (one ? kind->quantity.en : kind->quantity.en_plural) : "";
            const bool sum = rule.aggregate == Aggregate::sum;
            return {fmt::format("{}{} {}{}{} – {}", sum ? "zusammen " : "zuletzt ", bound.de, de, unit_de.empty() ? "" : " ", unit_de, name.de),
                    fmt::format("{}{} {}{}{} – {}", sum ? "altogether " : "at last ", bound.en, en, unit_en.empty() ? "" : " ", unit_en, name.en)};
        }
        case Aggregate::each: {
            const auto members = listed(rule.each, name_of);
            if (one) return {fmt::format("{} für jedes von: {}", name.de, members.de), fmt::format("{} for each of: {}", name.en, members.en)};
            return {fmt::format("je {} × {} für: {}", de, name.de, members.de), fmt::format("{} × {} for each of: {}", en, name.en, members.en)};
        }
        case Aggregate::share: {
            const auto of = evidence::name_of_kind(rule.population);
            std::string by_de, by_en;
            if (!rule.each.empty()) {
                const auto members = listed(rule.each, name_of);
                by_de = " (von jedem: " + members.de + ")";
                by_en = " (by each of: " + members.en + ")";
            }
            if (rule.threshold == Quantity::of(100) && rule.comparison != Comparison::at_most)
                return {fmt::format("für alle „{}“: {}{}", of.de, name.de, by_de), fmt::format("for all \"{}\": {}{}", of.en, name.en, by_en)};
            return {fmt::format("{} {} % von „{}“: {}{}", bound.de, de, of.de, name.de, by_de),
                    fmt::format("{} {} % of \"{}\": {}{}", bound.en, en, of.en, name.en, by_en)};
        }
    }
    return {};
}

// " (nur Thema: Kindertagesbetreuung)"
base::Bilingual only(const evidence::Attributes& filter, const NameOf& name_of) {
    if (filter.empty()) return {};
    std::string de, en;
    for (const auto& [name, value] : filter) {
        auto words = evidence::words_for(name, value);
        if (words.empty()) {
            const auto attribute = evidence::name_of_attribute(name), called = name_of(value);
            words = {attribute.in("de") + ": " + called.in("de"), attribute.in("en") + ": " + called.in("en")};
        }
        de += (de.empty() ? "" : ", ") + words.in("de");
        en += (en.empty() ? "" : ", ") + words.in("en");
    }
    return {" (nur " + de + ")", " (only " + en + ")"};
}

}  // namespace

base::Bilingual sentence_of(const Rule& rule, const NameOf& name_of) {
    const NameOf named = name_of ? name_of : NameOf(evidence::name_of_value);
    const auto a = when(rule), b = what(rule, named), c = only(rule.filter, named);
    return {a.de + ": " + b.de + c.de, a.en + ": " + b.en + c.en};
}

base::Bilingual period_name(const std::string& label) {
    if (label == "once") return {"einmalig", "once"};
    if (is_label_of(Period::half_year, label))
        return {label.substr(6) + ". Halbjahr " + label.substr(0, 4),
                (label[6] == '1' ? "1st" : "2nd") + std::string(" half of ") + label.substr(0, 4)};
    if (is_label_of(Period::quarter, label)) {
        constexpr std::array<std::string_view, 4> nth{"1st", "2nd", "3rd", "4th"};
        return {label.substr(6) + ". Quartal " + label.substr(0, 4), std::string(nth[label[6] - '1']) + " quarter of " + label.substr(0, 4)};
    }
    if (is_label_of(Period::month, label)) {
        const auto month = static_cast<unsigned>(base::parse_iso_day(label + "-01")->month());
        return {std::string(months_de[month - 1]) + " " + label.substr(0, 4), std::string(months_en[month - 1]) + " " + label.substr(0, 4)};
    }
    return {label, label};
}

}  // namespace duties
