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
base::Result<std::optional<Duty>> find_duty(db::Connection&, std::string_view key);
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

struct Question {
    std::string plan{};  // key; empty: all plans
    std::string duty{};  // key; empty: all duties
    base::Day as_of{};
    std::optional<base::Day> known_on{};
    bool published_only = false;  // what the public sees
    bool from_ledger = false;     // never from the roll-ups
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

}  // namespace duties
