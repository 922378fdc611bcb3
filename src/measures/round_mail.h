#pragma once
// The mails of a status round: the request with its link, reminders, and the word to the head of the unit.
#include "measures/round_store.h"
#include "platform/i18n/language.h"

namespace measures {

inline constexpr std::string_view round_purpose = "measures.round";
// A link opens the open requests of one office in one round.
struct RoundLink {
    RoundId round;
    std::string office;
};
std::string record_of(const RoundLink&);
std::optional<RoundLink> round_link(std::string_view record);

// A fresh link for this office, good until some weeks after the deadline; older ones stay good, as they lie in older mails.
base::Result<std::string> issue_round_link(db::Connection&, const Round&, const std::string& office, base::Instant now);

// Mails the request to every office with an address; the offices without one come back.
base::Result<std::vector<std::string>> send_requests(db::Connection&, const RoundView&, const World&, base::Instant now);
// What a job does once a day or more often: reminders and escalations that are due, each once.
struct Sent {
    int reminders = 0, escalations = 0;
};
base::Result<Sent> remind_and_escalate(db::Connection&, const World&, base::Instant now);

// Who leads a unit or office: the office below it, another office of the same unit, then the unit above. Best first.
std::vector<std::string> heads_of(const World&, const std::string& office);

}  // namespace measures
