#include "measures/target_rules.h"

#include <sodium.h>

#include <algorithm>

namespace measures {
namespace {

base::Error refused(std::vector<base::FieldError> fields) {
    return {base::ErrorKind::invalid_input, "target step refused", std::move(fields), "step"};
}
tl::unexpected<base::Error> not_from_here(TargetState state) {
    return tl::unexpected(base::Error{base::ErrorKind::conflict,
                                      "not a step of state " + std::string(name_of(state)),
                                      {{"", base::message("This step is not possible from the present state."), 0}},
                                      "state"});
}
void need(std::vector<base::FieldError>& out, bool there, std::string field, base::Message message) {
    if (!there) out.push_back({std::move(field), std::move(message), 0});
}
TargetStepped stepped(const Target& before, Target after, base::Day on, std::string what, std::string note = {}) {
    TargetEntry entry{on, before.state, after.state, std::move(what), std::move(note)};
    return {std::move(after), std::move(entry)};
}

Quantity distance(Quantity a, Quantity b) { return {a < b ? b.thousandths - a.thousandths : a.thousandths - b.thousandths}; }
// How far a value is from what the goal asks; zero when it is met.
Quantity distance_to(const Goal& goal, Quantity value) {
    if (meets(goal, value)) return {};
    if (goal.direction == Direction::within && goal.upper && value > *goal.upper) return distance(value, *goal.upper);
    return distance(value, goal.value);
}

}  // namespace

std::string text_hash(const Target& target) {
    // Lengths before texts, so that no two targets run together into the same bytes.
    std::string bytes;
    const auto add = [&](std::string_view part) {
        bytes += std::to_string(part.size()) + ":";
        bytes += part;
    };
    add(target.text.de);
    add(target.text.en);
    add(name_of(target.goal.direction));
    add(target.goal.value.text());
    add(target.goal.upper ? target.goal.upper->text() : "");
    add(target.goal.unit);
    add(base::iso(target.due_on));
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    std::string out;
    for (const auto byte : hash) out += fmt::format("{:02x}", byte);
    return out;
}

PartyStatus status_of(const Target& target, Party party, base::Day today) {
    PartyStatus status{party, Involvement::not_asked, nullptr, nullptr};
    const auto hash = text_hash(target);
    bool asked_on_this = false, answered_on_this = false;
    for (const auto& request : target.requests) {
        if (request.party != party) continue;
        const bool same = request.text_hash == hash;
        if (same || !asked_on_this) status.request = &request;
        asked_on_this = asked_on_this || same;
    }
    for (const auto& opinion : target.opinions) {
        if (opinion.party != party) continue;
        const bool same = opinion.text_hash == hash;
        if (same || !answered_on_this) status.opinion = &opinion;
        answered_on_this = answered_on_this || same;
    }
    if (answered_on_this)
        status.involvement = Involvement::answered;
    else if (!asked_on_this)
        status.involvement = status.opinion || status.request ? Involvement::on_old_text : Involvement::not_asked;
    else if (today <= status.request->answer_by)
        status.involvement = Involvement::waiting;
    else if (status.request->proof.empty())
        status.involvement = Involvement::asked_without_proof;
    else
        status.involvement = Involvement::silent;
    return status;
}

bool both_consulted(const Target& target, base::Day as_of) {
    return std::all_of(both_parties.begin(), both_parties.end(), [&](Party party) { return status_of(target, party, as_of).suffices(); });
}

// Text, value and date are fixed from "ready" on. Before, a change of substance sends the target back to draft; the opinions stay, marked by their hash.
TargetResult change_text(const Target& target, const base::Bilingual& title, const base::Bilingual& text, const Goal& goal, base::Day due_on,
                         base::Day today) {
    Target changed = target;
    changed.title = title;
    changed.text = text;
    changed.goal = goal;
    changed.due_on = due_on;
    return change_draft(target, changed, today);
}

TargetResult change_draft(const Target& target, const Target& changed, base::Day today) {
    if (target.state != TargetState::draft && target.state != TargetState::in_consultation) return not_from_here(target.state);
    Target next = target;
    next.title = changed.title;
    next.text = changed.text;
    next.goal = changed.goal;
    next.due_on = changed.due_on;
    next.statement = changed.statement;
    next.baseline = changed.baseline;
    next.partly_from = changed.partly_from;
    next.counted_from = changed.counted_from;
    next.indicator = changed.indicator;
    next.evidence_kind = changed.evidence_kind;
    if (auto mistakes = mistakes_in(next); !mistakes.empty()) return base::error(refused(std::move(mistakes)));
    const bool in_substance = text_hash(next) != text_hash(target);
    if (in_substance) next.state = TargetState::draft;
    return stepped(target, std::move(next), today, in_substance ? "text_changed" : "title_changed");
}

TargetResult request_opinion(const Target& target, const ConsultationRequest& request, base::Day today) {
    if (target.state != TargetState::draft && target.state != TargetState::in_consultation) return not_from_here(target.state);
    auto mistakes = mistakes_in(target);
    if (request.asked_on > today) mistakes.push_back({"asked_on", base::message("The request lies in the future."), 0});
    if (request.answer_by <= request.asked_on) mistakes.push_back({"answer_by", base::message("The answer is due on a day after the request."), 0});
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    Target next = target;
    next.requests.push_back(request);
    next.requests.back().text_hash = text_hash(target);
    next.state = TargetState::in_consultation;
    return stepped(target, std::move(next), today, "opinion_requested", std::string(name_of(request.party)));
}

// Opinions are never refused for being late: they are kept and marked. They do not veto (Ziffer 4.1 says "involve"), so after "ready" they change no state.
TargetResult receive_opinion(const Target& target, const Opinion& opinion, base::Day today) {
    const ConsultationRequest* answered = nullptr;
    for (const auto& request : target.requests)
        if (request.party == opinion.party && request.text_hash == opinion.text_hash) answered = &request;
    std::vector<base::FieldError> mistakes;
    need(mistakes, answered != nullptr, "party", base::message("This party was not asked for an opinion on that text."));
    need(mistakes, !opinion.text.empty() || opinion.document != 0, "text", base::message("Enter the opinion or attach it as a document."));
    need(mistakes, opinion.received_on <= today, "received_on", base::message("The opinion lies in the future."));
    if (answered) need(mistakes, opinion.received_on >= answered->asked_on, "received_on", base::message("The opinion is older than the request."));
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    Target next = target;
    next.opinions.push_back(opinion);
    next.opinions.back().late = opinion.received_on > answered->answer_by;
    return stepped(target, std::move(next), today, next.opinions.back().late ? "opinion_received_late" : "opinion_received",
                   std::string(name_of(opinion.party)));
}

TargetResult make_ready(const Target& target, base::Day today) {
    if (target.state != TargetState::in_consultation) return not_from_here(target.state);
    auto mistakes = mistakes_in(target);
    for (const auto party : both_parties) {
        const bool council = party == Party::district_council;
        const std::string field(name_of(party));
        switch (status_of(target, party, today).involvement) {
            case Involvement::answered:
            case Involvement::silent: break;
            case Involvement::not_asked:
                mistakes.push_back({field,
                                    council ? base::message("The Kreistag has not been asked for its opinion.")
                                            : base::message("The administration has not been asked for its opinion."),
                                    0});
                break;
            case Involvement::waiting:
                mistakes.push_back({field,
                                    council ? base::message("The Kreistag still has time to answer.")
                                            : base::message("The administration still has time to answer."),
                                    0});
                break;
            case Involvement::asked_without_proof:
                mistakes.push_back({field,
                                    council ? base::message("The term has passed, but the request to the Kreistag is not proven.")
                                            : base::message("The term has passed, but the request to the administration is not proven."),
                                    0});
                break;
            case Involvement::on_old_text:
                mistakes.push_back({field,
                                    council ? base::message("The Kreistag was asked about an older text.")
                                            : base::message("The administration was asked about an older text."),
                                    0});
                break;
        }
    }
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    Target next = target;
    next.state = TargetState::ready;
    return stepped(target, std::move(next), today, "made_ready");
}

TargetResult decide(const Target& target, Vote vote, const Decision& decision, base::Day today) {
    // An adjourned target is taken up again at another meeting; a resolved one is not decided twice.
    if (target.state != TargetState::ready && target.state != TargetState::adjourned) return not_from_here(target.state);
    std::vector<base::FieldError> mistakes;
    need(mistakes, both_consulted(target, today), "", base::message("Kreistag and administration have not both been involved."));
    need(mistakes, !decision.meeting.empty(), "meeting", base::message("Name the meeting."));
    need(mistakes, decision.on <= today, "on", base::message("The meeting lies in the future."));
    if (target.decision)
        need(mistakes, decision.on >= target.decision->on, "on", base::message("The meeting lies before the one that adjourned the target."));
    need(mistakes, decision.yes >= 0 && decision.no >= 0 && decision.abstained >= 0, "yes", base::message("Votes are counted from zero."));
    if (vote != Vote::adjourned) {
        need(mistakes, !decision.resolution.empty(), "resolution", base::message("This needs a resolution: enter its number."));
        need(mistakes, (decision.yes > decision.no) == (vote == Vote::resolved), "yes",
             base::message("The votes do not fit the decision: it passes with more yes than no."));
    }
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    Target next = target;
    next.decision = decision;
    next.state = vote == Vote::resolved ? TargetState::resolved : vote == Vote::rejected ? TargetState::rejected : TargetState::adjourned;
    return stepped(target, std::move(next), today, std::string(name_of(next.state)), decision.resolution);
}

TargetResult enter_into_force(const Target& target, base::Day on, base::Day today) {
    if (target.state != TargetState::resolved) return not_from_here(target.state);
    std::vector<base::FieldError> mistakes;
    need(mistakes, target.decision && on >= target.decision->on, "on", base::message("A target does not come into force before it was resolved."));
    need(mistakes, on <= target.due_on, "on", base::message("A target does not come into force after its own day."));
    need(mistakes, on <= today, "on", base::message("This day lies in the future."));
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    Target next = target;
    next.state = TargetState::in_force;
    next.in_force_on = on;
    return stepped(target, std::move(next), today, "in_force");
}

Observation observation_of(const Target& target, const std::vector<evidence::Record>& records, base::Day as_of) {
    Observation out;
    for (const auto& r : records) {
        if (r.kind != target.evidence_kind || r.occurred_on < target.counted_from || r.occurred_on > target.due_on || r.occurred_on > as_of) continue;
        if (r.withdrawn_on && *r.withdrawn_on <= as_of) continue;
        out.value = Quantity{out.value.value_or(Quantity{}).thousandths + r.quantity.value_or(Quantity::of(1)).thousandths};
        out.evidence.push_back(r.key);
    }
    return out;
}

Observation observation_of(const Target& target, const IndicatorLine& line, base::Day as_of) {
    const IndicatorLine::Point* last = nullptr;
    for (const auto& point : line.points)
        if (point.until >= target.counted_from && point.until <= target.due_on && point.known_on <= as_of && (!last || point.until >= last->until))
            last = &point;
    if (!last || !last->value) return {};
    return {last->value, {last->evidence}};
}

TargetResult conclude(const Target& target, const Observation& observed, base::Day today) {
    if (target.state != TargetState::in_force) return not_from_here(target.state);
    // Its day is still the target's.
    if (today <= target.due_on) return base::error(refused({{"", base::message("The target's day has not passed yet."), 0}}));
    // Ziffer 4.2, verifiable: what is measured by evidence is not typed in beside it.
    if (!target.evidence_kind.empty() && observed.value && observed.evidence.empty())
        return base::error(refused({{"", base::message("This target is measured by evidence: name the entries its value comes from."), 0}}));
    Target next = target;
    next.observed = observed.value;
    next.counted = observed.evidence;
    next.state = outcome_of(target.goal, target.baseline, target.partly_from, observed.value);
    return stepped(target, std::move(next), today, "concluded", observed.value ? observed.value->text() : "");
}

TargetResult override_outcome(const Target& target, TargetState outcome, const std::string& reason, base::Day today) {
    if (!is_outcome(target.state)) return not_from_here(target.state);
    std::vector<base::FieldError> mistakes;
    need(mistakes, is_outcome(outcome), "outcome", base::message("Choose reached, partly reached, missed or not measurable."));
    need(mistakes, !reason.empty(), "reason", base::message("Give the reason: every report shows it."));
    need(mistakes, outcome != shown_outcome(target), "outcome", base::message("That is the outcome already."));
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    Target next = target;
    // What was computed stays beside what was said, however often it is overridden.
    next.overridden = Override{outcome, target.state, reason, today};
    return stepped(target, std::move(next), today, "overridden", reason);
}

TargetResult replace_by(const Target& target, const Target& successor, base::Day today) {
    if (target.state != TargetState::in_force) return not_from_here(target.state);
    std::vector<base::FieldError> mistakes;
    need(mistakes, successor.key != target.key, "replaced_by", base::message("A target does not take its own place."));
    need(mistakes, successor.state == TargetState::resolved || successor.state == TargetState::in_force, "replaced_by",
         base::message("The new target has not been resolved yet."));
    need(mistakes, both_consulted(successor, today), "replaced_by", base::message("Kreistag and administration have not both been involved."));
    if (!mistakes.empty()) return base::error(refused(std::move(mistakes)));
    Target next = target;
    next.state = TargetState::replaced;
    next.replaced_by = successor.key;
    return stepped(target, std::move(next), today, "replaced", successor.key);
}

bool meets(const Goal& goal, Quantity observed) {
    switch (goal.direction) {
        case Direction::at_least: return observed >= goal.value;
        case Direction::at_most: return observed <= goal.value;
        case Direction::exactly: return observed == goal.value;
        case Direction::within: return observed >= goal.value && goal.upper && observed <= *goal.upper;
    }
    return false;
}

TargetState outcome_of(const Goal& goal, const std::optional<Quantity>& baseline, const std::optional<Quantity>& partly_from,
                       const std::optional<Quantity>& observed) {
    if (!observed) return TargetState::not_measurable;
    if (meets(goal, *observed)) return TargetState::reached;
    if (partly_from) {
        const bool partly = goal.direction == Direction::at_most    ? *observed <= *partly_from
                            : goal.direction == Direction::at_least ? *observed >= *partly_from
                                                                    : distance_to(goal, *observed) <= distance_to(goal, *partly_from);
        return partly ? TargetState::partly : TargetState::missed;
    }
    if (baseline && distance_to(goal, *observed) < distance_to(goal, *baseline)) return TargetState::partly;
    return TargetState::missed;
}

bool is_outcome(TargetState state) {
    return state == TargetState::reached || state == TargetState::partly || state == TargetState::missed || state == TargetState::not_measurable;
}
TargetState shown_outcome(const Target& target) { return target.overridden ? target.overridden->outcome : target.state; }

std::vector<base::FieldError> mistakes_in(const Goal& goal) {
    std::vector<base::FieldError> out;
    need(out, !goal.unit.empty(), "unit", base::message("Say what is counted."));
    need(out, (goal.direction == Direction::within) == goal.upper.has_value(), "upper",
         base::message("Two limits belong to \"within\", one to everything else."));
    if (goal.upper) need(out, *goal.upper >= goal.value, "upper", base::message("The upper limit lies below the lower one."));
    return out;
}

std::vector<base::FieldError> mistakes_in(const Target& target) {
    auto out = mistakes_in(target.goal);
    need(out, !target.title.de.empty(), "title", base::message("Enter a title."));
    need(out, !target.text.de.empty(), "text", base::message("Enter the words the council decides on."));
    need(out, target.due_on.ok() && target.due_on > target.counted_from, "due_on",
         base::message("The target's day lies before what is counted for it begins."));
    need(out, target.indicator.empty() || target.evidence_kind.empty(), "evidence_kind",
         base::message("A target is measured by an indicator or by evidence, not by both."));
    need(out, target.evidence_kind.empty() || evidence::is_kind_name(target.evidence_kind), "evidence_kind",
         base::message("This is no kind of evidence."));
    return out;
}

}  // namespace measures
