#pragma once
#include "duties/model.h"
#include "duties/risks.h"
#include "evidence/api.h"
#include "platform/db/db.h"

namespace duties {

using evidence::By;

// Creates or, when the key exists, changes a duty. Every mistake at once (mistakes_in). Its roll-ups are made anew.
base::Result<DutyId> save_duty(db::Connection&, const Duty&, bool sample, const By&);
// Duties in the order of plan and clause; of one plan, or of all when `plan` is empty.
base::Result<std::vector<Duty>> all_duties(db::Connection&, std::string_view plan = "");
// Those whose rule may read a kind of evidence.
base::Result<std::vector<Duty>> duties_reading(db::Connection&, std::string_view kind);
base::Result<std::optional<Duty>> find_duty(db::Connection&, std::string_view key);
// A corrected text may count its clauses anew: the duty stands where its statement stands.
base::Result<void> move_duty(db::Connection&, std::string_view key, const std::string& clause, const By&);
base::Result<void> publish_duty(db::Connection&, std::string_view key, bool published, const By&);

// Facts beside the evidence. Without recorded_on they are known from the civil day of `now`. A period is waived once (conflict).
base::Result<std::int64_t> add_waiver(db::Connection&, Waiver, bool sample, const By&);
base::Result<std::int64_t> add_extension(db::Connection&, Extension, bool sample, const By&);
base::Result<std::int64_t> add_explanation(db::Connection&, const Explanation&, bool sample, const By&);
base::Result<std::vector<Waiver>> waivers(db::Connection&);
base::Result<std::vector<Extension>> extensions(db::Connection&);
base::Result<std::vector<Explanation>> explanations(db::Connection&);

// Removes what the sample brought; evidence::remove_sample comes first.
base::Result<void> remove_sample(db::Connection&, const By&);

// Which periods of a duty: all that have begun and the next one, or only those that say how it stands: the last one begun, and back to the last one
// whose day has come; of requests those of the year. The second costs the same however long the ledger is, and names no evidence.
enum class Which { all, current };

struct Question {
    std::string plan{};  // key; empty: all plans
    std::string duty{};  // key; empty: all duties
    base::Day as_of{};
    std::optional<base::Day> known_on{};
    bool published_only = false;  // what the public sees
    bool from_ledger = false;     // never from the roll-ups
    Which which = Which::all;
};

// Duties with their facts and occurrences; the occurrences point into it, so it is moved, never copied.
struct Judgement {
    Judgement() = default;
    Judgement(Judgement&&) = default;
    Judgement& operator=(Judgement&&) = default;
    Judgement(const Judgement&) = delete;
    Judgement& operator=(const Judgement&) = delete;

    std::vector<Duty> duties;
    std::vector<Waiver> waivers;
    std::vector<Extension> extensions;
    std::vector<Explanation> explanations;
    std::vector<network::Bearer> bearers;
    std::vector<Judged> judged;  // one for every duty, in the same order
};

// All occurrences of a question, with what is at risk.
base::Result<Judgement> judge_all(db::Connection&, const Question&);
// How the same duties read on another day: their states, without what is missing, evidence and risks.
base::Result<std::vector<Judged>> states_on(db::Connection&, const Judgement&, base::Day as_of, std::optional<base::Day> known_on);

}  // namespace duties
