#pragma once
// Mailing lists by topic: whoever confirmed by mail is on one, leaves by one click in every mail, and gets messages in their language.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/audit/trace.h"
#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/base/id.h"
#include "platform/base/result.h"
#include "platform/db/db.h"
#include "platform/i18n/language.h"
#include "platform/identity/api.h"

namespace mailing {

using ListId = base::Id<struct MailingListTag>;
using SubscriberId = base::Id<struct MailingSubscriberTag>;
using MessageId = base::Id<struct MailingMessageTag>;

struct List {
    ListId id;
    std::string key;
    base::Bilingual title, purpose;
    bool open = true;                    // anybody may ask for it on its page
    std::optional<base::Day> closed_on;  // from that day on nothing is sent
    std::int64_t version = 1;
    bool sample = false;

    bool runs_on(base::Day day) const { return !closed_on || day < *closed_on; }
};

struct Subscriber {
    SubscriberId id;
    ListId list;
    std::string email;
    i18n::Language language = i18n::default_language;
    std::string consent;     // what was agreed to, word for word
    bool by_office = false;  // the office entered the address; the owner confirmed it all the same
    base::Instant asked_at{};
    std::optional<base::Instant> confirmed_at, left_at;
    std::string left_by;  // "self", "office"

    bool receives() const { return confirmed_at && !left_at; }
};

struct Message {
    MessageId id;
    ListId list;
    base::Bilingual subject, text;
    base::Instant written_at{};
    std::optional<base::Instant> sent_at;
    std::optional<std::int64_t> recipients;
    std::int64_t version = 1;
};

// The history of a list and its messages; who is on it is nobody's business there.
base::Result<std::optional<audit::Trail>> trail(db::Connection&, std::string_view key);

}  // namespace mailing
