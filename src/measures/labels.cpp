#include "measures/labels.h"

namespace measures {
using base::message;

base::Message label_of(Kind v) {
    switch (v) {
        case Kind::framework_goal: return message("Framework goal");
        case Kind::single: return message("Single measure");
        case Kind::permanent: return message("Permanent task");
        case Kind::self_commitment: return message("Self-commitment of a partner");
    }
    return {};
}
base::Message label_of(State v) {
    switch (v) {
        case State::proposed: return message("proposed");
        case State::in_clarification: return message("in clarification");
        case State::agreed: return message("agreed");
        case State::under_way: return message("under way");
        case State::under_review: return message("under review");
        case State::suspended: return message("suspended");
        case State::fulfilled: return message("measure fulfilled");
        case State::partly_fulfilled: return message("partly fulfilled");
        case State::not_fulfilled: return message("not fulfilled");
        case State::rejected: return message("rejected");
        case State::repealed: return message("measure repealed");
        case State::replaced: return message("measure replaced");
    }
    return {};
}
base::Message label_of(Grade v) {
    switch (v) {
        case Grade::none: return message("no grade yet");
        case Grade::intention: return message("intention");
        case Grade::assigned: return message("assigned");
        case Grade::binding: return message("binding");
        case Grade::verifiable: return message("verifiable");
        case Grade::verified: return message("verified");
    }
    return {};
}
base::Message label_of(Rhythm v) {
    switch (v) {
        case Rhythm::none: return message("no rhythm");
        case Rhythm::yearly: return message("every year");
        case Rhythm::half_yearly: return message("every half-year");
        case Rhythm::quarterly: return message("every quarter");
        case Rhythm::monthly: return message("every month");
    }
    return {};
}
base::Message label_of(ResourceKind v) {
    switch (v) {
        case ResourceKind::budget: return message("Budget line");
        case ResourceKind::post_share: return message("Share of a post");
        case ResourceKind::funded_project: return message("Funded project");
        case ResourceKind::in_kind: return message("In kind");
        case ResourceKind::no_extra_means: return message("No extra means needed");
    }
    return {};
}
base::Message label_of(CriterionKind v) {
    switch (v) {
        case CriterionKind::none: return message("no criterion");
        case CriterionKind::yes_or_no: return message("Question answered with yes or no");
        case CriterionKind::value: return message("Value with a unit");
    }
    return {};
}
base::Message label_of(Direction v) {
    switch (v) {
        case Direction::at_least: return message("reach at least");
        case Direction::at_most: return message("at most");
        case Direction::exactly: return message("exactly");
        case Direction::within: return message("keep within");
    }
    return {};
}
base::Message label_of(Assessment v) {
    switch (v) {
        case Assessment::on_track: return message("on track");
        case Assessment::delayed: return message("delayed");
        case Assessment::endangered: return message("endangered");
        case Assessment::done: return message("done");
    }
    return {};
}
base::Message label_of(CommitmentState v) {
    switch (v) {
        case CommitmentState::offered: return message("not yet confirmed by the partner");
        case CommitmentState::confirmed: return message("confirmed by the partner");
        case CommitmentState::withdrawn: return message("withdrawn by the partner");
    }
    return {};
}
base::Message label_of(TargetState v) {
    switch (v) {
        case TargetState::draft: return message("target in draft");
        case TargetState::in_consultation: return message("in consultation");
        case TargetState::ready: return message("ready for decision");
        case TargetState::adjourned: return message("adjourned");
        case TargetState::rejected: return message("target rejected");
        case TargetState::resolved: return message("resolved");
        case TargetState::in_force: return message("in force");
        case TargetState::replaced: return message("target replaced");
        case TargetState::reached: return message("reached");
        case TargetState::partly: return message("partly reached");
        case TargetState::missed: return message("missed");
        case TargetState::not_measurable: return message("not measurable");
    }
    return {};
}
base::Message label_of(Party v) { return v == Party::district_council ? message("Kreistag") : message("Administration"); }

web::ChipTone tone_of(State v) {
    switch (v) {
        case State::fulfilled: return web::ChipTone::success;
        case State::agreed:
        case State::under_way:
        case State::under_review: return web::ChipTone::info;
        case State::suspended:
        case State::partly_fulfilled: return web::ChipTone::warning;
        case State::not_fulfilled:
        case State::rejected: return web::ChipTone::danger;
        case State::proposed:
        case State::in_clarification:
        case State::repealed:
        case State::replaced: return web::ChipTone::neutral;
    }
    return web::ChipTone::neutral;
}
web::ChipTone tone_of(Grade v) {
    return v >= Grade::verified ? web::ChipTone::success : v >= Grade::binding ? web::ChipTone::info : web::ChipTone::neutral;
}
web::ChipTone tone_of(TargetState v) {
    switch (v) {
        case TargetState::reached: return web::ChipTone::success;
        case TargetState::partly: return web::ChipTone::warning;
        case TargetState::missed:
        case TargetState::rejected: return web::ChipTone::danger;
        case TargetState::resolved:
        case TargetState::in_force: return web::ChipTone::info;
        case TargetState::draft:
        case TargetState::in_consultation:
        case TargetState::ready:
        case TargetState::adjourned:
        case TargetState::replaced:
        case TargetState::not_measurable: return web::ChipTone::neutral;
    }
    return web::ChipTone::neutral;
}

}  // namespace measures
