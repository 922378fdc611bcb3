#pragma once
#include "groups/api.h"
#include "platform/identity/api.h"

namespace groups {

struct By {
    identity::Actor actor;
    base::Instant now{};
};

base::Result<std::vector<Group>> all(db::Connection&);
base::Result<Group> find(db::Connection&, std::string_view key);       // not_found
base::Result<std::vector<Seat>> seats(db::Connection&, GroupId = {});  // of all when no group is named
base::Result<std::vector<Term>> terms(db::Connection&, GroupId = {});
base::Result<std::vector<Invitation>> invitations(db::Connection&, GroupId = {});
base::Result<std::vector<Resource>> resources(db::Connection&, GroupId = {});
base::Result<std::vector<Meeting>> meetings(db::Connection&, GroupId = {});
base::Result<Meeting> meeting(db::Connection&, MeetingId);

base::Result<GroupId> save(db::Connection&, const Group&, const By&);
base::Result<SeatId> add_seat(db::Connection&, const Seat&, const By&);
base::Result<void> withdraw_seat(db::Connection&, SeatId, const By&);
// Everything that follows writes its evidence in the same transaction, and takes it back when it is withdrawn.
base::Result<TermId> fill_seat(db::Connection&, const Term&, const By&);
base::Result<void> end_term(db::Connection&, TermId, base::Day until, const By&);
// Who represents and who stands in; the seat stays filled.
base::Result<void> name_people(db::Connection&, TermId, const std::string& representative, const std::string& substitute, const By&);
base::Result<void> withdraw_term(db::Connection&, TermId, const By&);
base::Result<InvitationId> invite(db::Connection&, const Invitation&, const By&);
base::Result<void> answer_invitation(db::Connection&, InvitationId, Answer, base::Day on, const By&);
base::Result<void> withdraw_invitation(db::Connection&, InvitationId, const By&);
base::Result<ResourceId> give(db::Connection&, const Resource&, const By&);
base::Result<void> withdraw_resource(db::Connection&, ResourceId, const By&);
base::Result<MeetingId> save_meeting(db::Connection&, const Meeting&, const By&);  // creates, or changes by its id
base::Result<void> withdraw_meeting(db::Connection&, MeetingId, const By&);
base::Result<TaskId> add_task(db::Connection&, MeetingId, const Task&, const By&);
base::Result<void> finish_task(db::Connection&, TaskId, base::Day on, const By&);

base::Result<void> remove_sample(db::Connection&, const By&);

}  // namespace groups
