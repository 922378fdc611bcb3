#pragma once
// What an installation says of itself on every page, and the barriers people report.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/bilingual.h"
#include "platform/db/db.h"
#include "platform/identity/api.h"

namespace site {

using FeedbackId = base::Id<struct AccessibilityFeedbackTag>;

// The texts an administrator can change. Every one has a default that is true of a fresh installation; a page whose text must be the
// municipality's own (imprint, data protection) says so until it has been written.
enum class TextKey { municipality, imprint, data_protection, accessibility, contact_email };
std::string_view name_of(TextKey);
std::optional<TextKey> text_key(std::string_view);
base::Bilingual default_text(TextKey);

struct Texts {
    std::map<TextKey, base::Bilingual> own;  // only what has been written
    const base::Bilingual* find(TextKey) const;
    base::Bilingual get(TextKey) const;  // own or default
};
base::Result<Texts> texts(db::Connection&);
base::Result<void> save_text(db::Connection&, TextKey, const base::Bilingual&, const identity::Actor& by, base::Instant now);

// § 12b BGG: a way to report barriers on every page; an answer is owed within a reasonable time.
struct Feedback {
    FeedbackId id;
    base::Instant received{};
    std::string page, description, contact;
    bool answered = false;
};
base::Result<FeedbackId> receive_feedback(db::Connection&, const Feedback&);
base::Result<std::vector<Feedback>> feedback(db::Connection&, bool answered_too);
// Answered: the contact is no longer needed and is erased.
base::Result<void> mark_answered(db::Connection&, FeedbackId, const identity::Actor& by, base::Instant now);

}  // namespace site
