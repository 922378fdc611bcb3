#pragma once
#include "mailing/api.h"

namespace mailing {

struct By {
    identity::Actor actor;
    base::Instant now{};
};

inline constexpr std::string_view confirm_purpose = "mailing.confirm", leave_purpose = "mailing.leave";
inline constexpr int days_to_confirm = 7;
// Old mails are read late: their link out works for years.
inline constexpr int days_to_leave = 1100;

base::Result<std::vector<List>> lists(db::Connection&);
base::Result<List> list(db::Connection&, std::string_view key);  // not_found
// Creates, or changes by its id. Refuses every mistake at once, and a change of somebody else in between (conflict, code "version").
base::Result<ListId> save(db::Connection&, const List&, const By&);

// ---- Consent ----

// Sends the link that confirms. The answer is the same whether the address is on the list already or not, so that nobody can find out who is; an
// address gets one such mail a day, however often it is typed in. unavailable while the site has no public address for links.
base::Result<void> ask(db::Connection&, const List&, const std::string& address, i18n::Language, bool by_office, const By&);
// What a link is about, without using it up; not_found as links::look says it.
struct Asked {
    List list;
    Subscriber subscriber;
};
base::Result<Asked> look(db::Connection&, std::string_view token, std::string_view purpose, base::Instant now);
base::Result<Asked> confirm(db::Connection&, std::string_view token, base::Instant now);
base::Result<Asked> leave(db::Connection&, std::string_view token, base::Instant now);
base::Result<void> take_off(db::Connection&, SubscriberId, const By&);

base::Result<std::vector<Subscriber>> subscribers(db::Connection&, ListId);  // all that are kept, the latest first
struct Count {
    std::int64_t all = 0, english = 0, waiting = 0;  // waiting: asked, not yet confirmed
};
base::Result<Count> count(db::Connection&, ListId);

// ---- Messages ----

base::Result<std::vector<Message>> messages(db::Connection&, ListId);
base::Result<Message> message_by_id(db::Connection&, MessageId);  // not_found
base::Result<MessageId> save_draft(db::Connection&, const Message&, const By&);
base::Result<void> withdraw_draft(db::Connection&, MessageId, const By&);
// To everybody who confirmed, each in their language, through the outbox; once. Answers to how many. Refused while nobody is on the list, when the
// list is closed, and when somebody changed the draft since it was looked at (conflict, code "version").
base::Result<std::int64_t> send(db::Connection&, MessageId, std::int64_t version, const By&);

base::Result<void> remove_sample(db::Connection&);

}  // namespace mailing
