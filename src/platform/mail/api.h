#pragma once
// Mail to people. Whoever has something to say queues it in the transaction of what it is about; a job sends it. Nobody disabled gets mail, every
// mail is logged, and several messages of one topic leave as one.
#include <string>
#include <string_view>

#include "platform/base/day.h"
#include "platform/db/db.h"
#include "platform/i18n/language.h"

namespace mail {

struct Message {
    std::string to, to_name = {};
    i18n::Language language = i18n::default_language;  // the recipient's; the caller has written the texts in it
    std::string subject, text;                         // subjects are kept in the log: no token, nobody else's name
    std::string html = {};                             // a fragment for <body>; empty: made of the text
    std::string topic = {};                            // messages of one topic for one recipient are merged within a window; empty: leaves at once
    std::string unsubscribe = {};                      // where one click ends such mails (RFC 8058); mails to many carry it in their head
    std::string once_key = {};                         // a second message with the same key is not sent: reminders may be computed again and again
};

// Writes to the outbox. invalid_input on field "to" for what is no address.
base::Result<void> queue(db::Connection&, const Message&, base::Instant now);

// An address mail can be sent to: plain ASCII, one @, a domain. Nothing that could end a header line.
bool is_address(std::string_view);

// The public address of this site ("https://integration.example.org", without a slash at the end) for links in mails; never taken from a request,
// whose Host a stranger chooses. Empty until somebody has set it.
base::Result<std::string> public_address(db::Connection&);

}  // namespace mail
