#include "network/api.h"

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

std::optional<BearerKind> bearer_kind(std::string_view name) {
    for (const auto kind : {BearerKind::office, BearerKind::body, BearerKind::unit, BearerKind::subordinate_institution, BearerKind::district_company,
                            BearerKind::network, BearerKind::municipality, BearerKind::partner})
        if (name_of(kind) == name) return kind;
    return {};
}

bool belongs_to_district(BearerKind kind) { return kind != BearerKind::municipality && kind != BearerKind::partner; }

std::string_view name_of(OfficeRisk risk) {
    switch (risk) {
        case OfficeRisk::vacant: return "office_vacant";
        case OfficeRisk::term_ends: return "term_ends";
        case OfficeRisk::funding_ended: return "funding_ended";
    }
    return "";
}

namespace {
bool covers(const Holding& holding, base::Day day) { return holding.from <= day && (!holding.until || day <= *holding.until); }
}  // namespace

// domain.md "Roles": a vacancy or an ended funded post is an alarm. An office nobody has ever recorded a holder for says nothing yet:
// an alarm on every duty of a freshly loaded concept would teach people to overlook alarms.
std::vector<OfficeRisk> risks_of(const Bearer& office, const std::vector<Holding>& all, base::Day today) {
    constexpr int lead_days = 90;
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

}  // namespace network
