#pragma once
// Self-commitments: a partner is invited, writes in its own words, confirms, and may withdraw; all by a link, without an account.
#include "measures/store.h"
#include "platform/i18n/language.h"

namespace measures {

using InvitationId = base::Id<struct CommitmentInvitationTag>;
inline constexpr std::string_view commitment_purpose = "measures.commitment";

struct Invitation {
    InvitationId id;
    std::string partner;  // key of the bearer
    std::string mail;
    i18n::Language language = i18n::Language::de;
    base::Day invited_on{};
    std::string measure;  // key, once something was written
};
// Keeps the invitation and mails the link; answers the link, for handing it over where no mail goes out.
base::Result<std::string> invite(db::Connection&, Invitation, const By&);
// The same invitation once more, to the address it names now, with a link of its own: the one before no longer opens.
base::Result<std::string> invite_again(db::Connection&, const Invitation&, const By&);
// The last invitation of a partner that waits for its words: its link still opens, and nothing is written yet.
base::Result<std::optional<Invitation>> waiting_invitation(db::Connection&, std::string_view partner, base::Day today);
base::Result<std::vector<Invitation>> invitations(db::Connection&);
base::Result<Invitation> find_invitation(db::Connection&, InvitationId);  // not_found

struct Words {
    base::Bilingual title, description;
    std::optional<base::Day> starts_on, ends_on;
};
// What the partner writes. The first time it becomes a measure of its own; later words have to be confirmed again.
base::Result<Measure> write_commitment(db::Connection&, const Invitation&, const Words&, const By&);

}  // namespace measures
