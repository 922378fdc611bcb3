#pragma once
// One-time links: an invitation, a forgotten password, "still true?". The token is 256 random bits; the database keeps its SHA-256 only. A link
// has a purpose, so that none opens another door, a record it is about, and an end.
#include <string>
#include <string_view>

#include "platform/base/day.h"
#include "platform/db/db.h"

namespace links {

struct Grant {
    std::string purpose;  // "identity.invitation", "network.confirmation": capability.use
    std::string record;   // what it is about, as the issuer names it
    base::Instant expires{};
};

// The token, for a mail and for nothing else: it cannot be asked for again.
base::Result<std::string> issue(db::Connection&, const Grant&, base::Instant now);

// What a token opens now. not_found with the code "unknown" (never issued, or issued for another purpose), "spent", "revoked" or "expired": whoever
// holds a real token may be told why it no longer works, anybody else learns nothing.
base::Result<Grant> look(db::Connection&, std::string_view token, std::string_view purpose, base::Instant now);
// The same, and the token is used up: of two at the same moment one succeeds.
base::Result<Grant> spend(db::Connection&, std::string_view token, std::string_view purpose, base::Instant now);
// Ends every open link of this purpose about this record: before a new one is issued, and when its reason is gone.
base::Result<void> revoke(db::Connection&, std::string_view purpose, std::string_view record);
// Removes what ended before that moment.
base::Result<std::int64_t> forget(db::Connection&, base::Instant ended_before);

// The sentence for the page that answers a link that does not open.
base::Message why_not(const base::Error&);

// 32 random bytes as 43 characters of base64url.
std::string random_token();
// Whether a text could be one: paths that end in a token are kept out of logs and limited per address, whoever mounted them.
bool looks_like_token(std::string_view);
// A path without its tokens: "/einladung/…".
std::string without_tokens(std::string_view path);

}  // namespace links
