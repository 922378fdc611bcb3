#pragma once
#include "measures/model.h"

namespace measures {

using TargetId = base::Id<struct TargetTag>;

// Time-and-goal targets of the advisory council (Ziffer 4.1).
enum class TargetState { draft, in_consultation, ready, adjourned, rejected, resolved, in_force, replaced, reached, partly, missed, not_measurable };
enum class Party { district_council, administration };
std::string_view name_of(TargetState);
std::string_view name_of(Party);
std::optional<TargetState> target_state_named(std::string_view);
std::optional<Party> party_named(std::string_view);
inline constexpr auto both_parties = {Party::district_council, Party::administration};

// What is asked of a party, and when that is provably done. A request counts for the text it was sent with, by its hash.
struct ConsultationRequest {
    std::int64_t id = 0;
    Party party = Party::district_council;
    base::Day asked_on{};
    base::Day answer_by{};  // the day itself is in time
    std::string proof;      // message id of the mail, file number of the letter; empty: not proven
    std::string text_hash;
    friend bool operator==(const ConsultationRequest&, const ConsultationRequest&) = default;
};

struct Opinion {
    std::int64_t id = 0;
    Party party = Party::district_council;
    base::Day received_on{};
    std::string text;
    std::int64_t document = 0;  // files::FileId, 0 = none
    std::string text_hash;      // of the text the party saw
    bool late = false;          // came after the day asked for; kept and shown, but it does not turn back what was decided
    friend bool operator==(const Opinion&, const Opinion&) = default;
};

struct Decision {
    base::Day on{};
    std::string meeting;
    std::string resolution;  // number; a rejection has one, too
    int yes = 0, no = 0, abstained = 0;
    friend bool operator==(const Decision&, const Decision&) = default;
};

struct Override {
    TargetState outcome = TargetState::not_measurable;
    TargetState computed = TargetState::not_measurable;
    std::string reason;
    base::Day on{};
    friend bool operator==(const Override&, const Override&) = default;
};

struct Target {
    TargetId id;
    std::string key;
    TargetState state = TargetState::draft;
    StatementRef statement;  // what the council leans on; may be empty
    base::Bilingual title;
    base::Bilingual text;  // the words the council decides on
    Goal goal;
    std::optional<Quantity> baseline;     // where it started; movement from here towards the value is "partly"
    std::optional<Quantity> partly_from;  // explicit limit of "partly"; wins over the baseline
    base::Day due_on{};
    std::string indicator;      // key of the indicator, or …
    std::string evidence_kind;  // … kind of evidence whose quantities are summed
    base::Day counted_from{};   // first day whose evidence counts
    std::vector<ConsultationRequest> requests;
    std::vector<Opinion> opinions;
    std::optional<Decision> decision;  // the latest
    std::optional<base::Day> in_force_on;
    std::optional<Quantity> observed;  // value the outcome was computed from …
    std::vector<std::string> counted;  // … and the entries of the ledger that made it
    std::optional<Override> overridden;
    std::string replaced_by;  // key
    bool published = false;
    bool sample = false;
    int version = 1;
};

// What happened to a target, in order; only ever appended to.
struct TargetEntry {
    base::Day on{};
    TargetState from = TargetState::draft;
    TargetState to = TargetState::draft;
    std::string what;  // name of the event
    std::string note;  // reason, resolution number, override …
    friend bool operator==(const TargetEntry&, const TargetEntry&) = default;
};

}  // namespace measures
