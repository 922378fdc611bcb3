#pragma once
// The life of a target of the advisory council: nobody gets past "ready" without Kreistag and administration having been asked (Ziffer 4.1).
#include "evidence/model.h"
#include "measures/target_model.h"

namespace measures {

// SHA-256 in hex over what the council decides on: text, value, direction, unit and day. What a party saw is known by it.
std::string text_hash(const Target&);

// How a party stands towards the present text.
enum class Involvement { not_asked, waiting, answered, silent, asked_without_proof, on_old_text };
struct PartyStatus {
    Party party = Party::district_council;
    Involvement involvement = Involvement::not_asked;
    const ConsultationRequest* request = nullptr;  // the latest for the present text, else the latest of all
    const Opinion* opinion = nullptr;              // the latest on the present text, else the latest of all
    bool suffices() const { return involvement == Involvement::answered || involvement == Involvement::silent; }
};
// Silence counts only after a request that is proven and a term that has elapsed: the day itself is still the party's.
PartyStatus status_of(const Target&, Party, base::Day today);
// Both parties were involved with the text as it stands, as of that day.
bool both_consulted(const Target&, base::Day as_of);

// What can happen to a target. Each answers the target one step further and the entry for its history; invalid_input names every obstacle,
// conflict says that the step is none of its state (a target resolved twice, for one).
struct TargetStepped {
    Target target;
    TargetEntry entry;
};
using TargetResult = base::Result<TargetStepped>;

// The same with everything a draft's form holds: how it is measured and from where is fixed with the text.
TargetResult change_draft(const Target&, const Target& changed, base::Day today);
TargetResult change_text(const Target&, const base::Bilingual& title, const base::Bilingual& text, const Goal&, base::Day due_on, base::Day today);
// A value and, where it was computed from the ledger, the entries that made it.
struct Observation {
    std::optional<Quantity> value;
    std::vector<std::string> evidence = {};
};
// What the ledger says of a target measured by evidence: the sum over its days of what was not withdrawn, one for an entry without quantity.
// Without a single entry nothing was measured; that is not zero.
Observation observation_of(const Target&, const std::vector<evidence::Record>&, base::Day as_of);
// The observed values of an indicator, one for each period: whoever counts indicators hands them in.
struct IndicatorLine {
    base::Bilingual title, unit;
    struct Point {
        std::string period;  // "2020", "2020-H2"
        base::Day from{}, until{};
        std::optional<Quantity> value;  // absent: observed that there is none
        std::string evidence;           // key in the ledger
        base::Day known_on{};
        bool published = false;
    };
    std::vector<Point> points;  // in order of time
};
// What an indicator says of a target: its value for the last period that ended by the target's day and not before counting began. A period that says
// "there is none" measures nothing.
Observation observation_of(const Target&, const IndicatorLine&, base::Day as_of);
TargetResult request_opinion(const Target&, const ConsultationRequest&, base::Day today);
TargetResult receive_opinion(const Target&, const Opinion&, base::Day today);
TargetResult make_ready(const Target&, base::Day today);
enum class Vote { resolved, rejected, adjourned };
TargetResult decide(const Target&, Vote, const Decision&, base::Day today);
TargetResult enter_into_force(const Target&, base::Day on, base::Day today);
// The outcome from what was observed up to the due day; `observed` is absent where nothing was measured.
TargetResult conclude(const Target&, const Observation& observed, base::Day today);
TargetResult override_outcome(const Target&, TargetState outcome, const std::string& reason, base::Day today);
// A new target that was resolved after a consultation of its own takes the place of one in force.
TargetResult replace_by(const Target&, const Target& successor, base::Day today);

// reached, partly, missed or not_measurable.
TargetState outcome_of(const Goal&, const std::optional<Quantity>& baseline, const std::optional<Quantity>& partly_from,
                       const std::optional<Quantity>& observed);
bool meets(const Goal&, Quantity observed);
bool is_outcome(TargetState);
// What every report shows.
TargetState shown_outcome(const Target&);

// What a form may get wrong about a target.
std::vector<base::FieldError> mistakes_in(const Target&);
std::vector<base::FieldError> mistakes_in(const Goal&);

}  // namespace measures
