#pragma once
#include <functional>
#include <map>
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

namespace network {

using BearerId = base::Id<struct BearerTag>;
using HoldingId = base::Id<struct HoldingTag>;

// Whoever can bear a duty or be named in a statement. A person never is one: people hold offices.
enum class BearerKind { office, body, unit, subordinate_institution, district_company, network, municipality, partner };
std::string_view name_of(BearerKind);  // the name in data and JSON
std::optional<BearerKind> bearer_kind(std::string_view name);
base::Message title_of(BearerKind);

// Ziffer 4.2: subjects of measures are the district's own organs, administration, companies and subordinate institutions (rule R2).
bool belongs_to_district(BearerKind);

struct Bearer {
    BearerId id;
    std::string key;
    BearerKind kind = BearerKind::unit;
    base::Bilingual name;
    base::Bilingual short_name;
    BearerId part_of;
    bool feed = false;  // has an iCalendar feed of its own
    std::int64_t version = 1;
};

// An office is held from one day to another (both included); without `until` for an open term.
struct Holding {
    HoldingId id;
    BearerId office;
    base::Day from;
    std::optional<base::Day> until;
    std::optional<base::Day> funded_until;  // end of the funded post, when it is one
    std::string holder;                     // how the holder is shown to signed-in people; may be empty
    std::string deputy;
};

// Why a duty borne by this office is at risk on a day.
enum class OfficeRisk { vacant, term_ends, funding_ended };
std::string_view name_of(OfficeRisk);  // "office_vacant", "term_ends", "funding_ended"

base::Result<std::vector<Bearer>> bearers(db::Connection&);
base::Result<std::vector<Holding>> holdings(db::Connection&);
// Where offices, units and bodies get their mail, by key; of those that have an address.
using Mailboxes = std::map<std::string, std::string, std::less<>>;
base::Result<Mailboxes> mailboxes(db::Connection&);
// Its history: its terms, tasks, deputies and handovers with it.
base::Result<std::optional<audit::Trail>> trail(db::Connection&, std::string_view key);
// Rule over values; only offices that have a holding record at all are judged (a body or unit is never vacant).
std::vector<OfficeRisk> risks_of(const Bearer&, const std::vector<Holding>& all, base::Day today);
// The same with its day: since when nobody holds it, when the term ends, when the funding ended; and, as early as the end of a term, when the
// funding will end.
struct OfficeAlarm {
    const Bearer* office = nullptr;
    OfficeRisk risk = OfficeRisk::vacant;
    base::Day on{};
    bool ahead = false;  // of a funding: it has not ended yet
};
std::vector<OfficeAlarm> alarms_of(const std::vector<Bearer>&, const std::vector<Holding>&, base::Day today);  // the earliest day first
base::Message sentence_of(const OfficeAlarm&, const std::string& day);

}  // namespace network
