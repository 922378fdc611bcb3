#pragma once
// Networks (NIMM), working groups and rounds. What happens in them is evidence: the duties of 4.1-h, 5.4.1.4, 5.4.1.5 and 5.4.3-a judge themselves by it.
#include "groups/model.h"
#include "platform/audit/trace.h"
#include "platform/db/db.h"

namespace groups {

// The seats an organisation sits on, or is invited to, on a day: for its page.
struct SeatOf {
    std::string group, group_key, seat;
    base::Day from{};
    std::optional<base::Day> until;
};
base::Result<std::vector<SeatOf>> seats_of(db::Connection&, organisations::OrganisationId, base::Day, const std::string& language);
// Open tasks of meetings that an office has: for a handover.
struct OpenTask {
    std::string title, url;
    std::optional<base::Day> due;
};
base::Result<std::vector<OpenTask>> open_tasks(db::Connection&, const std::string& bearer);

// The history of a group: its seats and who sat there, its invitations, what it was given, its meetings and their tasks with it.
base::Result<std::optional<audit::Trail>> trail(db::Connection&, std::string_view key);

}  // namespace groups
