#pragma once
#include <optional>
#include <string>
#include <vector>

#include "network/api.h"
#include "organisations/api.h"
#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/base/id.h"
#include "platform/base/money.h"
#include "platform/files/api.h"

namespace groups {

using GroupId = base::Id<struct GroupTag>;
using SeatId = base::Id<struct SeatTag>;
using TermId = base::Id<struct SeatTermTag>;
using InvitationId = base::Id<struct InvitationTag>;
using ResourceId = base::Id<struct GroupResourceTag>;
using MeetingId = base::Id<struct GroupMeetingTag>;
using TaskId = base::Id<struct MeetingTaskTag>;
using organisations::OrganisationId;

enum class GroupKind { network, working_group, round };
enum class Basis { standing, agreement, recommendation, need };
enum class Answer { open, accepted, declined };
enum class MeetingState { planned, held, cancelled };
std::string_view name_of(GroupKind);
std::string_view name_of(Basis);
std::string_view name_of(Answer);
std::string_view name_of(MeetingState);
std::optional<GroupKind> group_kind_named(std::string_view);
std::optional<Basis> basis_named(std::string_view);
std::optional<Answer> answer_named(std::string_view);
std::optional<MeetingState> meeting_state_named(std::string_view);
base::Message title_of(GroupKind);
base::Message title_of(Basis);
base::Message title_of(Answer);
base::Message title_of(MeetingState);

struct Group {
    GroupId id;
    std::string key;
    GroupKind kind = GroupKind::working_group;
    base::Bilingual title, purpose;
    std::string lead;            // key of the office that coordinates it; its editors may edit the group
    std::string bearer;          // whose duty it is that the seats are filled: the district, never the partner (4.1-h)
    std::string evidence_group;  // what its meetings are called in the ledger: "schooling"; empty: its key
    std::string proposal_kind;   // kind of evidence an invitation is: "housing.proposal_sent"; empty: none
    std::string statement;       // the statement of the concept it comes from: "5.4.1.4-a"
    std::optional<base::Day> from, until;
    bool published = true;
    bool sample = false;
    std::int64_t version = 1;
};

struct Seat {
    SeatId id;
    GroupId group;
    std::string key;
    base::Bilingual title;
    Basis basis = Basis::standing;
    std::string kept_for;  // key of the bearer or organisation it is kept for
    int position = 0;
    bool sample = false;
};

// Somebody sits from a day to a day, both included.
struct Term {
    TermId id;
    SeatId seat;
    base::Day from{};
    std::optional<base::Day> until;
    OrganisationId organisation;
    std::string representative, substitute;  // shown to signed-in people only
    std::string note;                        // on whose recommendation, by which agreement
    std::string evidence_key;
    bool sample = false;
    bool covers(base::Day day) const { return from <= day && (!until || day <= *until); }
};

struct Invitation {
    InvitationId id;
    GroupId group;
    OrganisationId organisation;
    base::Day sent_on{};
    Answer answer = Answer::open;
    std::optional<base::Day> answered_on;
    std::string note, evidence_key;
    bool sample = false;
};

struct Resource {
    ResourceId id;
    GroupId group;
    base::Day given_on{};
    base::Bilingual title;
    std::optional<std::int64_t> cents;
    std::string evidence_key;
    bool sample = false;
};

struct Attendance {
    OrganisationId organisation;
    bool present = true;
};
struct Task {
    TaskId id;
    std::string title, bearer;
    std::optional<base::Day> due, done;
};
struct Meeting {
    MeetingId id;
    GroupId group;
    base::Day on{};
    MeetingState state = MeetingState::planned;
    base::Bilingual title;
    std::string place, agenda, minutes;
    files::FileId minutes_file;
    std::string minutes_name;
    std::optional<std::int64_t> participants;
    std::string for_period;  // "2020-H1": the period it is for where that is not the one of its day
    bool published = true;
    std::string evidence_key;
    bool sample = false;
    std::int64_t version = 1;
    std::vector<Attendance> attendance;
    std::vector<Task> tasks;
};

}  // namespace groups
