#pragma once
// A municipality's directory as plain values: what the files say, before anything of it stands in a database (docs/data-format.md).
#include <optional>
#include <string>
#include <vector>

#include "dataset/network_model.h"
#include "dataset/place.h"
#include "duties/model.h"
#include "evidence/model.h"
#include "indicators/api.h"
#include "measures/chronicle.h"
#include "measures/template_store.h"
#include "network/api.h"
#include "plan/api.h"
#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/identity/api.h"

namespace dataset {

struct Header {
    std::string key;
    base::Bilingual title;
    std::string extends;  // key of the data set that has to be loaded before
    bool sample = false;  // invented: marked on every page, removable with one command
};

struct Municipality {
    std::string key;
    base::Bilingual name;
    std::string ags;
    std::int64_t population = 0;
    std::string website;
    std::string contact_email;
    base::Bilingual imprint, privacy, accessibility;
};

struct Bearer {
    std::string key;
    network::BearerKind kind = network::BearerKind::unit;
    base::Bilingual name, short_name;
    std::string part_of;
    bool feed = false;
};

struct Holding {
    std::string office;
    base::Day from{};
    std::optional<base::Day> until, funded_until;
    std::string holder, deputy;
};

struct Plan {
    std::string key;
    base::Bilingual title;
    base::Day valid_from{};
    std::optional<base::Day> valid_until, adopted_on;
    std::string resolution;
    std::string continues;
    bool published = false;
};

struct Lineage {
    plan::Relation relation = plan::Relation::new_clause;
    std::string plan, clause;  // both empty for a new clause
};

struct Clause {
    std::string plan, number;
    plan::ClauseKind kind = plan::ClauseKind::clause;
    std::string parent;  // number; empty at the top
    base::Bilingual heading, text;
    std::vector<Lineage> lineage;
};

struct Amount {
    evidence::Quantity value;
    std::string unit;
    duties::Comparison comparison = duties::Comparison::at_least;
};

struct Statement {
    std::string plan, id, clause;
    base::Bilingual quote;
    plan::Modality modality = plan::Modality::declaration;
    std::vector<std::string> bearers;  // the lead first
    std::string lead;                  // empty: nobody leads
    std::vector<std::string> counterparts;
    std::vector<base::Day> dates;
    std::string rhythm;
    std::vector<Amount> quantities;
    bool open_list = false;        // "for example …, etc.": more than what is listed
    base::Bilingual vague_reason;  // why nobody can be held to it
};

using indicators::Indicator;

struct Observation {
    std::string indicator;
    std::string period;
    std::optional<evidence::Quantity> value;  // absent: the source says there is no such figure
    base::Bilingual note;
};

// What has to fit between figures of one period; what does not is reported, never hidden.
enum class CheckKind { share, product };
struct Check {
    std::string key;
    CheckKind kind = CheckKind::share;
    std::string stated, part, whole;  // share: stated % = part of whole; product: stated % = part % of whole %
    int decimals = 0;
};

struct Account {
    std::string sign_in, password, display_name;
    identity::Role role = identity::Role::reader;
    std::string office;
};

struct Dataset {
    Header header;
    std::optional<Placed<Municipality>> municipality;
    std::vector<Placed<Bearer>> bearers;
    std::vector<Placed<Holding>> holdings;
    std::vector<Placed<Plan>> plans;
    std::vector<Placed<Clause>> clauses;
    std::vector<Placed<Statement>> statements;
    std::vector<Placed<duties::Duty>> duties;
    std::vector<Placed<Indicator>> indicators;
    std::vector<Placed<Observation>> observations;
    std::vector<Placed<Check>> checks;
    std::vector<Placed<evidence::Record>> evidence;
    std::vector<Placed<duties::Waiver>> waivers;
    std::vector<Placed<duties::Extension>> extensions;
    std::vector<Placed<duties::Explanation>> explanations;
    std::vector<Placed<measures::Chronicle>> measures;
    std::vector<Placed<measures::TargetChronicle>> targets;
    std::vector<Placed<measures::Template>> templates;
    std::vector<Placed<Account>> accounts;
    NetworkTables network;
};

}  // namespace dataset
