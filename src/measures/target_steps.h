#pragma once
// The forms of a target's steps, and what they send as a step of target_rules.h.
#include "measures/target_rules.h"
#include "platform/files/api.h"
#include "platform/http/message.h"
#include "platform/web/page.h"

namespace measures {

struct TargetStep {
    const http::Fields& form;
    std::optional<Target> successor;      // for "ersetzen"
    std::optional<Observation> computed;  // what the data say, where the target is measured by data
    files::FileId document{};             // of an opinion
};
// A draft as its form sends it; every mistake at its field.
base::Result<Target> read_target_form(const http::Fields&, Target);

TargetResult target_step(const Target&, const TargetStep&, base::Day today);

void fill_target_steps(web::View&, const web::Context&, const Target&, const std::optional<Observation>& computed);

}  // namespace measures
