#include "duties/missing.h"

#include <fmt/format.h>

#include "evidence/kinds.h"

namespace duties {
namespace {

constexpr evidence::Unit some_record{"record", "records", "Nachweis", "Nachweise", "Nachweisen"};

evidence::Unit unit_of(const Rule& rule) {
    const bool quantity = rule.aggregate == Aggregate::sum || rule.aggregate == Aggregate::latest;
    const auto* kind = evidence::find_kind(rule.aggregate == Aggregate::share ? rule.population : rule.evidence);
    if (!kind) return quantity ? evidence::Unit{} : some_record;
    return quantity ? kind->quantity : kind->one;
}

std::string with_unit(const std::string& number, std::string_view unit) { return unit.empty() ? number : number + " " + std::string(unit); }

std::string joined(const std::vector<base::Bilingual>& members, std::string_view language) {
    std::string out;
    for (const auto& member : members) out += (out.empty() ? "" : ", ") + member.in(language);
    return out;
}

}  // namespace

Missing missing_of(const Rule& rule, Quantity have, Quantity need, std::vector<std::string> members) {
    Missing m;
    m.have = have;
    m.need = need;
    m.comparison = rule.comparison;
    m.members = std::move(members);
    const auto unit = unit_of(rule);
    const auto one = Quantity::of(1);
    if (rule.comparison == Comparison::at_least) {
        m.text.en = with_unit(have.text("en") + " of " + need.text("en"), need == one ? unit.en : unit.en_plural);
        m.text.de = with_unit(have.text("de") + " von " + need.text("de"), need == one ? unit.de : unit.de_dative);
    } else {
        const bool exactly = rule.comparison == Comparison::exactly;
        m.text.en = with_unit(have.text("en"), have == one ? unit.en : unit.en_plural) + (exactly ? ", exactly " : ", at most ") + need.text("en");
        m.text.de = with_unit(have.text("de"), have == one ? unit.de : unit.de_plural) + (exactly ? ", genau " : ", höchstens ") + need.text("de");
    }
    std::vector<base::Bilingual> keys;
    keys.reserve(m.members.size());
    for (const auto& key : m.members) keys.push_back({key, key});
    m.text = with_members(std::move(m.text), keys);
    return m;
}

base::Bilingual with_members(base::Bilingual text, const std::vector<base::Bilingual>& members) {
    if (members.empty()) return text;
    text.en += "; missing: " + joined(members, "en");
    text.de += (members.size() == 1 ? "; es fehlt: " : "; es fehlen: ") + joined(members, "de");
    return text;
}

Missing missing_days(const Rule& rule, int days) {
    Missing m;
    m.comparison = rule.comparison;
    m.text.en = fmt::format("a gap of {} {}", days, days == 1 ? "day" : "days");
    m.text.de = fmt::format("Lücke von {} {}", days, days == 1 ? "Tag" : "Tagen");
    return m;
}

}  // namespace duties
