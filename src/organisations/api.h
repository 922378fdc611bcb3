#pragma once
// Who works in and around the district: its own bodies, units and institutions, municipalities, providers, associations. What an organisation is
// called and belongs to is a question of the day; offices and what can bear a duty are network's.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/audit/trace.h"
#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/base/id.h"
#include "platform/base/result.h"
#include "platform/db/db.h"

namespace organisations {

using OrganisationId = base::Id<struct OrganisationTag>;
using ContactId = base::Id<struct ContactPointTag>;

enum class Kind {
    body,
    unit,
    subordinate_institution,
    district_company,
    municipality,
    provider,
    chamber,
    jobcenter,
    employment_agency,
    authority,
    housing_company,
    school,
    university,
    migrant_self_organisation,
    association,
    company,
    other
};
inline constexpr int kinds = static_cast<int>(Kind::other) + 1;
std::string_view name_of(Kind);  // the name in data and JSON
std::optional<Kind> kind_named(std::string_view);
base::Message title_of(Kind);

// Ziffer 4.2 (rule R2): subjects of measures are the district's own organs, administration, companies and subordinate institutions.
bool belongs_to_district(Kind);

struct Organisation {
    OrganisationId id;
    std::string key;
    Kind kind = Kind::other;
    base::Bilingual name, short_name;
    OrganisationId part_of;
    std::string bearer;  // key of the bearer of duties it is, where it is one
    std::string ags;     // municipalities: official key of eight digits
    std::string street, postal_code, city, website;
    std::vector<std::string> languages;    // ISO 639 codes of the languages spoken there
    std::optional<base::Day> from, until;  // how long it exists; the last day included
    OrganisationId merged_into;            // what it became part of after its last day
    bool published = true;
    bool sample = false;
    std::int64_t version = 1;

    bool exists_on(base::Day day) const { return (!from || *from <= day) && (!until || day <= *until); }
};

base::Result<std::optional<Organisation>> find(db::Connection&, OrganisationId);
base::Result<std::optional<Organisation>> find_by_key(db::Connection&, std::string_view key);
// What it was called on a day: renamed and merged organisations keep their history.
base::Result<base::Bilingual> name_on(db::Connection&, OrganisationId, base::Day);
// Its history: its contacts and their consents with it.
base::Result<std::optional<audit::Trail>> trail(db::Connection&, std::string_view key);
struct Named {
    OrganisationId id;
    std::string key;
    base::Bilingual name;
};
// Key and name of all that exist on a day, by name: for choices in forms.
base::Result<std::vector<Named>> names(db::Connection&, base::Day);

}  // namespace organisations
