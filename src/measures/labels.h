#pragma once
#include "measures/gate_rules.h"
#include "platform/web/chip.h"

namespace measures {

base::Message label_of(Kind);
base::Message label_of(State);
base::Message label_of(Grade);
base::Message label_of(Rhythm);
base::Message label_of(ResourceKind);
base::Message label_of(CriterionKind);
base::Message label_of(Direction);
base::Message label_of(Assessment);
base::Message label_of(CommitmentState);
base::Message label_of(TargetState);
base::Message label_of(Party);

web::ChipTone tone_of(State);
web::ChipTone tone_of(Grade);
web::ChipTone tone_of(TargetState);

}  // namespace measures
