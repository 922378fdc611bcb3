#include "network/store.h"

#include <algorithm>

namespace network {

std::string_view name_of(BearerKind kind) {
    switch (kind) {
        case BearerKind::office: return "office";
        case BearerKind::body: return "body";
        case BearerKind::unit: return "unit";
        case BearerKind::subordinate_institution: return "subordinate_institution";
        case BearerKind::district_company: return "district_company";
        case BearerKind::network: return "network";
        case BearerKind::municipality: return "municipality";
        case BearerKind::partner: return "partner";
    }
    return "partner";
}

base::Message title_of(BearerKind kind) {
    switch (kind) {
        case BearerKind::office: return base::message("Office");
        case BearerKind::body: return base::message("Body");
        case BearerKind::unit: return base::message("Unit");
        case BearerKind::subordinate_institution: return base::message("Subordinate institution");
        case BearerKind::district_company: return base::message("District company");
        case BearerKind::network: return base::message("Network");
        case BearerKind::municipality: return base::message("Municipality");
        case BearerKind::partner: return base::message("Partner");
    }
    return base::message("Partner");
}

std::optional<BearerKind> bearer_kind(std::string_view name) {
    for (const auto kind : {BearerKind::office, BearerKind::body, BearerKind::unit, BearerKind::subordinate_institution, BearerKind::district_company,
                            BearerKind::network, BearerKind::municipality, BearerKind::partner})
        if (name_of(kind) == name) return kind;
    return {};
}

bool belongs_to_district(BearerKind kind) { return kind != BearerKind::municipality && kind != BearerKind::partner; }

bool is_taken_by_a_page(std::string_view key) { return key == "neu" || key == "einlesen" || key == "tabelle" || key == "anschriften"; }

std::string_view name_of(OfficeRisk risk) {
    switch (risk) {
        case OfficeRisk::vacant: return "office_vacant";
        case OfficeRisk::term_ends: return "term_ends";
        case OfficeRisk::funding_ended: return "funding_ended";
    }
    return "";
}

namespace {
constexpr int lead_days = 90;
bool covers(const Holding& holding, base::Day day) { return holding.from <= day && (!holding.until || day <= *holding.until); }
}  // namespace

// domain.md "Roles": a vacancy or an ended funded post is an alarm. An office nobody has ever recorded a holder for says nothing yet:
// an alarm on every duty of a freshly loaded concept would teach people to overlook alarms.
std::vector<OfficeRisk> risks_of(const Bearer& office, const std::vector<Holding>& all, base::Day today) {
    if (office.kind != BearerKind::office) return {};
    bool known = false, held = false, held_later = false, funded = true;
    for (const auto& holding : all) {
        if (holding.office != office.id) continue;
        if (holding.from <= today) known = true;
        if (covers(holding, today)) {
            held = true;
            funded = !holding.funded_until || today <= *holding.funded_until;
        }
        held_later = held_later || covers(holding, base::plus_days(today, lead_days));
    }
    std::vector<OfficeRisk> risks;
    if (known && !held) risks.push_back(OfficeRisk::vacant);
    if (held && !held_later) risks.push_back(OfficeRisk::term_ends);
    if (held && !funded) risks.push_back(OfficeRisk::funding_ended);
    return risks;
}

std::vector<OfficeAlarm> alarms_of(const std::vector<Bearer>& bearers, const std::vector<Holding>& holdings, base::Day today) {
    std::vector<OfficeAlarm> out;
    for (const auto& office : bearers) {
        // Several may hold it: the last of them decides.
        base::Day last{}, funded{};
        for (const auto& h : holdings) {
            if (h.office != office.id || h.from > today) continue;
            if (h.until) last = std::max(last, *h.until);
            if (h.funded_until && covers(h, today)) funded = std::max(funded, *h.funded_until);
        }
        for (const auto risk : risks_of(office, holdings, today))
            out.push_back({&office, risk, risk == OfficeRisk::vacant ? base::plus_days(last, 1) : risk == OfficeRisk::term_ends ? last : funded});
        if (office.kind == BearerKind::office && today <= funded && funded < base::plus_days(today, lead_days))
            out.push_back({&office, OfficeRisk::funding_ended, funded, true});
    }
    std::stable_sort(out.begin(), out.end(), [](const OfficeAlarm& a, const OfficeAlarm& b) { return a.on < b.on; });
    return out;
}

base::Message sentence_of(const OfficeAlarm& alarm, const std::string& day) {
    switch (alarm.risk) {
        case OfficeRisk::vacant: return base::message("vacant since {day}", {{"day", day}});
        case OfficeRisk::term_ends: return base::message("the term ends on {day}, and nobody follows", {{"day", day}});
        case OfficeRisk::funding_ended:
            return alarm.ahead ? base::message("the funding of the post ends on {day}", {{"day", day}})
                               : base::message("the funding of the post ended on {day}", {{"day", day}});
    }
    return {};
}

}  // namespace network
