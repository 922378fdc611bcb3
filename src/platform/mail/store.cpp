#include "platform/mail/store.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "platform/audit/api.h"

namespace mail {
namespace {

constexpr std::string_view columns =
    "id, recipient, recipient_name, language, subject, body_text, body_html, topic, unsubscribe, once_key, state, queued_at, due_at, attempts, finished_at, "
    "sent_with, failure";

State state_named(std::string_view name) {
    for (const auto s : {State::queued, State::sent, State::given_up, State::withheld})
        if (name_of(s) == name) return s;
    return State::given_up;
}

Queued queued_of(const db::Row& row) {
    return {.id = row.id<MailId>("id"),
            .message = {.to = row.text("recipient"),
                        .to_name = row.text("recipient_name"),
                        .language = i18n::language_of(row.text("language")).value_or(i18n::default_language),
                        .subject = row.text("subject"),
                        .text = row.text("body_text"),
                        .html = row.text("body_html"),
                        .topic = row.text("topic"),
                        .unsubscribe = row.text("unsubscribe"),
                        .once_key = row.optional_text("once_key").value_or("")},
            .state = state_named(row.text("state")),
            .queued_at = row.instant("queued_at"),
            .due_at = row.instant("due_at"),
            .attempts = row.int64("attempts"),
            .finished_at = row.optional_instant("finished_at"),
            .sent_with = row.id<MailId>("sent_with"),
            .failure = row.text("failure")};
}

audit::Values values_of(const Settings& s) {
    return {{"host", s.host},
            {"port", std::to_string(s.port)},
            {"security", std::string(name_of(s.security))},
            {"user", s.user},
            {"from", s.from},
            {"from_name", s.from_name},
            {"reply_to", s.reply_to},
            {"public_address", s.public_address},
            {"merge_within", std::to_string(s.merge_within.count())}};
}

}  // namespace

std::string_view name_of(State s) {
    switch (s) {
        case State::queued: return "queued";
        case State::sent: return "sent";
        case State::given_up: return "given_up";
        case State::withheld: return "withheld";
    }
    return "queued";
}

bool is_address(std::string_view s) {
    const auto at = s.find('@');
    if (at == std::string_view::npos || at == 0 || s.size() > 254 || s.find('@', at + 1) != std::string_view::npos) return false;
    const auto local = s.substr(0, at), domain = s.substr(at + 1);
    const auto local_char = [](unsigned char c) {
        return c < 0x80 && (std::isalnum(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(static_cast<char>(c)) != std::string_view::npos);
    };
    const auto domain_char = [](unsigned char c) { return c < 0x80 && (std::isalnum(c) || c == '-' || c == '.'); };
    return local.size() <= 64 && std::all_of(local.begin(), local.end(), local_char) && local.front() != '.' && local.back() != '.' &&
           !domain.empty() && std::all_of(domain.begin(), domain.end(), domain_char) && domain.front() != '.' && domain.back() != '.' &&
           domain.front() != '-' && domain.find("..") == std::string_view::npos && s.find("..") == std::string_view::npos;
}

base::Result<void> queue(db::Connection& c, const Message& m, base::Instant now) {
    if (!is_address(m.to)) return base::invalid("to", base::message("This is not an e-mail address mail can be sent to."));
    TRY_VOID(c.execute(R"sql(
        insert into mail_outbox (recipient, recipient_name, language, subject, body_text, body_html, topic, unsubscribe, once_key, queued_at, due_at)
        values (:recipient, :name, :language, :subject, :text, :html, :topic, :unsubscribe, :once_key, :now, :now)
            on conflict (once_key) do nothing
    )sql",
                       {{"recipient", m.to},
                        {"name", m.to_name},
                        {"language", i18n::code(m.language)},
                        {"subject", m.subject},
                        {"text", m.text},
                        {"html", m.html},
                        {"topic", m.topic},
                        {"unsubscribe", m.unsubscribe},
                        {"once_key", m.once_key.empty() ? std::nullopt : std::optional(m.once_key)},
                        {"now", now}}));
    return {};
}

base::Result<Settings> settings(db::Connection& c) {
    std::map<std::string, std::string> kept;
    TRY_VOID(c.for_each("select name, value from mail_settings", {}, [&](const db::Row& row) { kept[row.text("name")] = row.text("value"); }));
    Settings out;
    out.host = kept["host"];
    if (const auto& port = kept["port"]; !port.empty()) out.port = static_cast<std::uint16_t>(std::stoi(port));
    out.security = security_named(kept["security"]).value_or(Security::starttls);
    out.user = kept["user"];
    out.from = kept["from"];
    out.from_name = kept["from_name"];
    out.reply_to = kept["reply_to"];
    out.public_address = kept["public_address"];
    if (const auto& minutes = kept["merge_within"]; !minutes.empty()) out.merge_within = std::chrono::minutes(std::stoi(minutes));
    return out;
}

base::Result<void> save_settings(db::Connection& c, const Settings& next, const identity::Actor& by, base::Instant now) {
    TRY(const auto before, settings(c));
    for (const auto& [name, value] : values_of(next))
        TRY_VOID(c.execute("insert into mail_settings (name, value) values (:name, :value) on conflict (name) do update set value = excluded.value",
                           {{"name", name}, {"value", value}}));
    TRY_VOID(audit::record(c, {.by = by,
                               .at = now,
                               .subject = "mail.settings",
                               .record = "settings",
                               .action = "change",
                               .before = values_of(before),
                               .after = values_of(next)}));
    return {};
}

base::Result<std::string> public_address(db::Connection& c) {
    TRY(auto all, settings(c));
    return std::move(all.public_address);
}

base::Result<std::vector<Queued>> log(db::Connection& c, std::int64_t limit, MailId older_than) {
    return c.query<Queued>(fmt::format("select {} from mail_outbox where id < :older order by id desc limit :limit", columns),
                           {{"older", older_than ? older_than.value : std::numeric_limits<std::int64_t>::max()}, {"limit", limit}}, queued_of);
}

base::Result<Queued> mail(db::Connection& c, MailId id) {
    TRY(auto found, c.query_one<Queued>(fmt::format("select {} from mail_outbox where id = :id", columns), {{"id", id}}, queued_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such mail");
    return std::move(*found);
}

base::Result<std::vector<Group>> claim_due(db::Connection& c, const Settings& s, base::Instant now, base::Instant until, std::int64_t most) {
    TRY(const auto due, c.query<Queued>(fmt::format(R"sql(
        select {}
          from mail_outbox
         where state = 'queued'
           and due_at <= :now
           and (claimed_until is null or claimed_until <= :now)
           and (topic = '' or queued_at <= :merged)
         order by due_at, id
         limit :most
    )sql",
                                                    columns),
                                        {{"now", now}, {"merged", now - s.merge_within}, {"most", most}}, queued_of));
    std::vector<Group> out;
    std::set<MailId> taken;
    for (const auto& first : due) {
        if (taken.contains(first.id)) continue;
        Group group{first};
        if (!first.message.topic.empty()) {
            // What came later of the same topic goes along; what another process holds does not.
            TRY(group,
                c.query<Queued>(
                    fmt::format(R"sql(
                select {}
                  from mail_outbox
                 where state = 'queued' and recipient = :recipient and topic = :topic and language = :language
                   and (claimed_until is null or claimed_until <= :now)
                 order by id
            )sql",
                                columns),
                    {{"recipient", first.message.to}, {"topic", first.message.topic}, {"language", i18n::code(first.message.language)}, {"now", now}},
                    queued_of));
        }
        for (const auto& one : group) {
            taken.insert(one.id);
            TRY_VOID(c.execute("update mail_outbox set claimed_until = :until where id = :id", {{"until", until}, {"id", one.id}}));
        }
        out.push_back(std::move(group));
    }
    return out;
}

base::Result<void> finish(db::Connection& c, const Group& group, State state, const std::string& failure, base::Instant now) {
    for (const auto& one : group)
        TRY_VOID(c.execute(R"sql(
            update mail_outbox
               set state = :state, finished_at = :now, claimed_until = null, attempts = attempts + 1, failure = :failure, sent_with = :with,
                   body_text = '', body_html = '', unsubscribe = ''
             where id = :id
        )sql",
                           {{"state", name_of(state)},
                            {"now", now},
                            {"failure", failure},
                            {"with", one.id == group.front().id ? MailId{} : group.front().id},
                            {"id", one.id}}));
    return {};
}

base::Result<void> release(db::Connection& c, const Group& group) {
    for (const auto& one : group) TRY_VOID(c.execute("update mail_outbox set claimed_until = null where id = :id", {{"id", one.id}}));
    return {};
}

base::Result<void> try_later(db::Connection& c, const Group& group, base::Instant due, const std::string& failure) {
    for (const auto& one : group)
        TRY_VOID(c.execute("update mail_outbox set due_at = :due, claimed_until = null, attempts = attempts + 1, failure = :failure where id = :id",
                           {{"due", due}, {"failure", failure}, {"id", one.id}}));
    return {};
}

base::Result<std::int64_t> forget(db::Connection& c, base::Instant before) {
    TRY_VOID(c.execute("update mail_outbox set sent_with = null where finished_at <= :before", {{"before", before}}));
    return c.execute("delete from mail_outbox where finished_at <= :before", {{"before", before}});
}

}  // namespace mail
