#pragma once
#include <functional>

#include "evidence/model.h"
#include "measures/fields.h"
#include "measures/life_rules.h"
#include "platform/db/db.h"
#include "platform/identity/api.h"

namespace measures {

// Who changes something, when, and where evidence of it is entered: the ledger lies in another capability.
struct By {
    identity::Actor actor;
    std::string office;  // key of the office the person acts for; empty: none
    base::Instant now{};
    base::Day today{};
    std::function<base::Result<void>(db::Connection&, const evidence::Record&)> enter;                               // into the ledger; may be empty
    std::function<base::Result<void>(db::Connection&, const std::string& key, const std::string& reason)> withdraw;  // from the ledger
};

// What the rules must know of the world, read once for any number of measures.
struct World {
    base::Day today{};
    std::vector<StatementFact> statements;
    std::vector<BearerFact> bearers;
    std::vector<TargetFact> targets;
    RuleSet rules;
    std::string officer = "officer", chair = "chair";
    Surroundings around(std::span<const Delivery> deliveries) const {
        return {today, statements, bearers, targets, deliveries, officer, chair, rules};
    }
};
base::Result<World> read_world(db::Connection&, base::Day today);

// A measure with everything that is judged.
struct Dossier {
    Measure measure;
    std::vector<Delivery> deliveries;
    Progress progress;
};
struct Judged {
    Gate gate;
    Flags flags;
};
Judged judged(const Dossier&, const World&);

enum class Sort { key, title, end, state, accountable };
struct Filter {
    std::vector<State> states;  // none: all
    std::optional<Kind> kind;
    std::string accountable;
    std::string plan, clause;             // statements of this clause and those below it
    std::string words;                    // all of them, folded and stemmed, in title, working name and number
    std::optional<base::Day> overdue_on;  // open and ended before that day
    bool published_only = false;
    Sort sort = Sort::key;
    bool descending = false;
    int page = 1, per_page = 25;                                   // per_page 0: all
    enum class Read { everything, form } read = Read::everything;  // form: what a list as file holds, and no total
};
struct Page {
    std::vector<Dossier> dossiers;
    std::int64_t total = 0;
};

base::Result<Page> list(db::Connection&, const Filter&);
base::Result<Dossier> find(db::Connection&, std::string_view key);  // not_found
base::Result<std::vector<Entry>> history_of(db::Connection&, MeasureId);
struct PastSchedule {
    Schedule schedule;  // as it was before
    std::string resolution;
    std::optional<base::Day> resolved_on;
};
base::Result<std::vector<PastSchedule>> past_schedules(db::Connection&, MeasureId);
base::Result<std::vector<StatusReport>> reports_of(db::Connection&, MeasureId, int most = 50);
base::Result<Fields> version_of(db::Connection&, MeasureId, int version);

// A new measure is proposed; its key is the next of its year ("M-2019-014") unless it brings one.
base::Result<Measure> create(db::Connection&, Measure, const By&);
// Many at once, as an import brings them: the same as create() for each, without reading each back.
base::Result<void> create_all(db::Connection&, std::vector<Measure>, const By&);
// Saves what a form changed. `version` is the one it was opened with: when somebody saved in between, conflict "version". Dates of a measure that
// binds change only with `change`.
base::Result<Measure> save(db::Connection&, const Measure& changed, int version, const ScheduleChange& change, const By&);
base::Result<Measure> take_step(db::Connection&, std::string_view key, Step, const World&, const By&);
base::Result<Measure> move_commitment(db::Connection&, std::string_view key, CommitmentMove, const By&);
base::Result<ResourceId> add_resource(db::Connection&, std::string_view key, const Resource&, const By&);
base::Result<void> withdraw_resource(db::Connection&, std::string_view key, ResourceId, const By&);
// "No extra means" is declared by one and confirmed by another office.
base::Result<void> confirm_resource(db::Connection&, std::string_view key, ResourceId, const By&);
base::Result<MilestoneId> add_milestone(db::Connection&, std::string_view key, const Milestone&, const By&);
base::Result<void> reach_milestone(db::Connection&, std::string_view key, MilestoneId, base::Day on, const By&);
base::Result<void> add_dependency(db::Connection&, std::string_view key, std::string_view needs, const By&);
// A status report is evidence of its own: "measures.status_reported".
base::Result<ReportId> add_report(db::Connection&, std::string_view key, StatusReport, const By&);
base::Result<DeliveryId> deliver(db::Connection&, std::string_view key, const base::Bilingual& title, base::Day occurred_on, const By&);
base::Result<void> accept(db::Connection&, std::string_view key, DeliveryId, const World&, const By&);
base::Result<void> withdraw_delivery(db::Connection&, std::string_view key, DeliveryId, const std::string& reason, const By&);

base::Result<RuleSet> rules(db::Connection&);
base::Result<void> save_rules(db::Connection&, const RuleSet&, const By&);
// Key of the integration officer's office.
base::Result<std::string> officer_office(db::Connection&);
base::Result<void> save_setting(db::Connection&, std::string_view name, const std::string& value, const By&);

}  // namespace measures
