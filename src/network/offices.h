#pragma once
// What an office has to do, who acts for its holder, and how it is handed over.
#include "network/store.h"

namespace network {

using TaskId = base::Id<struct OfficeTaskTag>;
using DeputationId = base::Id<struct DeputationTag>;

struct OfficeTask {
    TaskId id;
    BearerId office;
    base::Bilingual title;
    std::string plan, statement;  // the statement of the concept it comes from
    std::string counts_as;        // a second thing the office is held for: "council-office" (5.3.1)
    bool sample = false;
};
// The deputy acts in place of the holder, from a day to a day.
struct Deputation {
    DeputationId id;
    BearerId office;
    base::Day from{};
    std::optional<base::Day> until;
    std::string reason;
    bool sample = false;
};
struct Handover {
    BearerId office;
    base::Day last_day{}, first_day{};
    std::string matters;  // what was open, a line each, as it was on that day
    std::string note;
    base::Instant made_at{};
};

// Every term in the way of `wanted` is named when more people would hold the office at once than may; nothing when there is room.
std::vector<base::FieldError> terms_in_the_way(const Holding& wanted, const std::vector<Holding>& of_the_office, int at_most);

base::Result<int> holders_at_most(db::Connection&, BearerId office);
base::Result<void> set_holders_at_most(db::Connection&, BearerId office, int, const identity::Actor& by, base::Instant now);

// An address of the office, not of a person; empty removes it. invalid_input on field "mail": no address, or no part of the district, which is asked by
// the contacts of its organisation.
std::vector<base::FieldError> mistakes_in_mailbox(const Bearer&, std::string_view address);
base::Result<void> set_mailbox(db::Connection&, const Bearer&, const std::string& address, const identity::Actor& by, base::Instant now);

base::Result<std::vector<OfficeTask>> tasks_of(db::Connection&, BearerId office = {});  // of all when none is named
base::Result<TaskId> add_task(db::Connection&, const OfficeTask&, const identity::Actor& by, base::Instant now);
base::Result<void> withdraw_task(db::Connection&, TaskId, const identity::Actor& by, base::Instant now);

base::Result<std::vector<Deputation>> deputations_of(db::Connection&, BearerId office);
base::Result<DeputationId> add_deputation(db::Connection&, const Deputation&, const identity::Actor& by, base::Instant now);
base::Result<void> withdraw_deputation(db::Connection&, DeputationId, const identity::Actor& by, base::Instant now);

base::Result<std::vector<Handover>> handovers_of(db::Connection&, BearerId office);
// Ends the term that holds on the last day, begins the successor's (no day between them may be lost unseen), and keeps what was open.
struct Successor {
    base::Day first_day{};
    std::optional<base::Day> until, funded_until;
    std::string holder, deputy;
};
struct HandedOver {
    Holding before, after;
};
base::Result<HandedOver> hand_over(db::Connection&, BearerId office, base::Day last_day, const Successor&, const std::string& matters,
                                   const std::string& note, const identity::Actor& by, base::Instant now);

// By what the office is held for: the evidence a term wrote.
base::Result<std::vector<std::pair<std::string, std::string>>> evidence_of(db::Connection&, HoldingId);
base::Result<void> note_evidence(db::Connection&, HoldingId, const std::string& subject, const std::string& key);

}  // namespace network
