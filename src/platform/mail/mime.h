#pragma once
// A mail as it travels: RFC 5322, 2045 to 2047. Pure; inside platform/mail only.
#include <string>
#include <string_view>

#include "platform/mail/api.h"

namespace mail {

struct Envelope {
    std::string from, from_name, reply_to;
    std::string message_id;  // "17.abc@example.org"; the same at every attempt, so that a mail sent twice is known as one
    std::string boundary;
    base::Instant date{};
};
// Headers, an empty line, and multipart/alternative with plain text first. Lines end in CRLF and are short enough for every server.
std::string mime(const Message&, const Envelope&);

// Parts of it.
std::string header_text(std::string_view utf8);       // as it is, or encoded words (RFC 2047) of at most 75 characters each
std::string quoted_printable(std::string_view utf8);  // lines of at most 76 characters
std::string mailbox(std::string_view name, std::string_view address);
std::string rfc5322_date(base::Instant);
// Paragraphs, line breaks and links of a plain text as a fragment for <body>.
std::string html_of_text(std::string_view text);

}  // namespace mail
