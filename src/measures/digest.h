#pragma once
// What changed, by mail: asked for by anybody, confirmed by the link in a first mail, ended by the link in every mail.
#include "measures/changes.h"
#include "platform/i18n/language.h"

namespace measures {

inline constexpr std::string_view digest_confirm_purpose = "measures.digest_confirm", digest_end_purpose = "measures.digest_end";
inline constexpr int most_digest_changes = 100;

// The same answer whether the address is known or not: nobody learns from us who reads along. invalid_input on "mail" for what is no address.
base::Result<void> ask_for_digest(db::Connection&, const std::string& mail, i18n::Language, int every_days, base::Day today, base::Instant now);
base::Result<void> confirm_digest(db::Connection&, std::string_view token, base::Day today, base::Instant now);
// The address is gone with it.
base::Result<void> end_digest(db::Connection&, std::string_view token, base::Instant now);
// The job: a mail to everybody whose interval is over and for whom something changed. Requests nobody confirmed within a week are forgotten.
base::Result<int> send_digests(db::Connection&, base::Day today, base::Instant now);

}  // namespace measures
