#include "mailing/store.h"

#include <fmt/format.h>

#include "mailing/rules.h"
#include "platform/audit/api.h"
#include "platform/i18n/format.h"
#include "platform/i18n/translate.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"

namespace mailing {
namespace {

using base::message;

constexpr std::string_view list_columns = "id, key, title_de, title_en, purpose_de, purpose_en, open, closed_on, version, sample";
constexpr std::string_view subscriber_columns = "id, list_id, email, language, consent, asked_by, asked_at, confirmed_at, left_at, left_by";
constexpr std::string_view message_columns = "id, list_id, subject_de, subject_en, text_de, text_en, written_at, sent_at, recipients, version";

List list_of(const db::Row& row) {
    return {.id = row.id<ListId>("id"),
            .key = row.text("key"),
            .title = {row.text("title_de"), row.text("title_en")},
            .purpose = {row.text("purpose_de"), row.text("purpose_en")},
            .open = row.boolean("open"),
            .closed_on = row.optional_day("closed_on"),
            .version = row.int64("version"),
            .sample = row.boolean("sample")};
}
Subscriber subscriber_of(const db::Row& row) {
    return {.id = row.id<SubscriberId>("id"),
            .list = row.id<ListId>("list_id"),
            .email = row.text("email"),
            .language = i18n::language_of(row.text("language")).value_or(i18n::default_language),
            .consent = row.text("consent"),
            .by_office = row.text("asked_by") == "office",
            .asked_at = row.instant("asked_at"),
            .confirmed_at = row.optional_instant("confirmed_at"),
            .left_at = row.optional_instant("left_at"),
            .left_by = row.text("left_by")};
}
Message message_of(const db::Row& row) {
    return {.id = row.id<MessageId>("id"),
            .list = row.id<ListId>("list_id"),
            .subject = {row.text("subject_de"), row.text("subject_en")},
            .text = {row.text("text_de"), row.text("text_en")},
            .written_at = row.instant("written_at"),
            .sent_at = row.optional_instant("sent_at"),
            .recipients = row.optional_int64("recipients"),
            .version = row.int64("version")};
}

audit::Values values_of(const List& l) {
    return {{"title_de", l.title.de},     {"title_en", l.title.en},        {"purpose_de", l.purpose.de},
            {"purpose_en", l.purpose.en}, {"open", l.open ? "yes" : "no"}, {"closed_on", l.closed_on ? base::iso(*l.closed_on) : ""}};
}

base::Result<void> noted(db::Connection& c, const By& by, std::string subject, std::string record, std::string action, audit::Values before,
                         audit::Values after) {
    return audit::record(c, by.actor, by.now, "mailing." + subject, std::move(record), std::move(action), std::move(before), std::move(after));
}

std::string text_of(std::int64_t n) { return std::to_string(n); }

base::Error stale() { return {base::ErrorKind::conflict, "somebody saved in between", {}, "version"}; }

base::Result<List> list_by_id(db::Connection& c, ListId id) {
    TRY(auto found, c.query_one<List>(fmt::format("select {} from mailing_lists where id = :id", list_columns), {{"id", id}}, list_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such mailing list");
    return std::move(*found);
}

base::Result<Asked> asked_of(db::Connection& c, const std::string& record) {
    TRY(auto found, c.query_one<Subscriber>(fmt::format("select {} from mailing_subscribers where id = :id", subscriber_columns),
                                            {{"id", SubscriberId{std::atoll(record.c_str())}}}, subscriber_of));
    if (!found) return base::error({base::ErrorKind::not_found, "the address was forgotten", {}, "expired"});
    TRY(auto of, list_by_id(c, found->list));
    return Asked{std::move(of), std::move(*found)};
}

base::Result<std::string> site_address(db::Connection& c) {
    TRY(auto site, mail::public_address(c));
    if (site.empty()) return base::error(base::ErrorKind::unavailable, "the public address of the site is not set: no link can be mailed");
    return site;
}

base::Result<void> end(db::Connection& c, SubscriberId id, const char* by_whom, const By& by) {
    TRY_VOID(c.execute("update mailing_subscribers set left_at = :now, left_by = :by where id = :id and left_at is null",
                       {{"now", by.now}, {"by", by_whom}, {"id", id}}));
    return noted(c, by, "subscriber", text_of(id.value), "leave", {}, {{"by", by_whom}});
}

}  // namespace

base::Result<std::vector<List>> lists(db::Connection& c) {
    return c.query<List>(fmt::format("select {} from mailing_lists order by title_de, id", list_columns), {}, list_of);
}

base::Result<List> list(db::Connection& c, std::string_view key) {
    TRY(auto found, c.query_one<List>(fmt::format("select {} from mailing_lists where key = :key", list_columns), {{"key", key}}, list_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such mailing list");
    return std::move(*found);
}

base::Result<ListId> save(db::Connection& c, const List& l, const By& by) {
    auto mistakes = mistakes_in(l);
    const auto same_key = list(c, l.key);
    if (same_key && same_key->id != l.id) mistakes.push_back({"key", message("This short name is taken already."), 0});
    if (!mistakes.empty()) return base::error({base::ErrorKind::invalid_input, "mistakes in a mailing list", std::move(mistakes), {}});
    db::Parameters p{{"title_de", l.title.de},     {"title_en", l.title.en}, {"purpose_de", l.purpose.de},
                     {"purpose_en", l.purpose.en}, {"open", l.open},         {"closed_on", l.closed_on}};
    if (l.id) {
        TRY(const auto before, list_by_id(c, l.id));
        if (before.version != l.version) return tl::unexpected(stale());
        p.emplace_back("id", l.id);
        TRY_VOID(c.execute(R"sql(
            update mailing_lists
               set title_de = :title_de, title_en = :title_en, purpose_de = :purpose_de, purpose_en = :purpose_en, open = :open,
                   closed_on = :closed_on, version = version + 1
             where id = :id
        )sql",
                           p));
        TRY_VOID(noted(c, by, "list", before.key, "change", values_of(before), values_of(l)));
        return l.id;
    }
    p.emplace_back("key", l.key);
    p.emplace_back("sample", l.sample);
    TRY(const auto id, c.insert<ListId>(R"sql(
        insert into mailing_lists (key, title_de, title_en, purpose_de, purpose_en, open, closed_on, sample)
        values (:key, :title_de, :title_en, :purpose_de, :purpose_en, :open, :closed_on, :sample)
        returning id
    )sql",
                                        p));
    TRY_VOID(noted(c, by, "list", l.key, "create", {}, values_of(l)));
    return id;
}

base::Result<void> ask(db::Connection& c, const List& l, const std::string& address, i18n::Language language, bool by_office, const By& by) {
    if (!mail::is_address(address)) return base::invalid("email", message("This is no mail address."));
    TRY(const auto site, site_address(c));
    const auto key = address_key(address);
    TRY(auto there,
        c.query_one<Subscriber>(
            fmt::format("select {} from mailing_subscribers where list_id = :list and email_key = :key and left_at is null", subscriber_columns),
            {{"list", l.id}, {"key", key}}, subscriber_of));
    if (there && there->confirmed_at) return {};
    SubscriberId id;
    if (there) {
        id = there->id;
        TRY_VOID(c.execute("update mailing_subscribers set language = :language, consent = :consent, asked_at = :now where id = :id",
                           {{"language", i18n::code(language)}, {"consent", consent_text(l, language)}, {"now", by.now}, {"id", id}}));
    } else {
        TRY(id, c.insert<SubscriberId>(R"sql(
            insert into mailing_subscribers (list_id, email, email_key, language, consent, asked_by, asked_at)
            values (:list, :email, :key, :language, :consent, :by, :now)
            returning id
        )sql",
                                       {{"list", l.id},
                                        {"email", address},
                                        {"key", key},
                                        {"language", i18n::code(language)},
                                        {"consent", consent_text(l, language)},
                                        {"by", by_office ? "office" : "self"},
                                        {"now", by.now}}));
        TRY_VOID(noted(c, by, "subscriber", text_of(id.value), "ask", {}, {{"list", l.key}, {"by", by_office ? "office" : "self"}}));
    }
    TRY(const auto token, links::issue(c, {std::string(confirm_purpose), text_of(id.value), by.now + std::chrono::days(days_to_confirm)}, by.now));
    const std::string code(i18n::code(language));
    const auto say = [&](const base::Message& m) { return i18n::translate(language, m); };
    mail::Message m;
    m.to = address;
    m.language = language;
    m.subject = say(message("Please confirm: mailing list “{list}”", {{"list", l.title.in(code)}}));
    m.text = say(message("Good day,")) + "\n\n" +
             say(by_office ? message("we would like to write to you at this address. We only do so if you agree.")
                           : message("somebody asked for mails of this list at this address. We only send them if you agree.")) +
             "\n\n" + consent_text(l, language) + "\n\n" + say(message("With this link you agree:")) + "\n" + site + "/abonnement/" + token + "\n\n" +
             say(message("If you do nothing, your address is forgotten after a week."));
    m.once_key = fmt::format("mailing-ask-{}-{}", id.value, base::iso(base::berlin_day(by.now)));
    return mail::queue(c, m, by.now);
}

base::Result<Asked> look(db::Connection& c, std::string_view token, std::string_view purpose, base::Instant now) {
    TRY(const auto grant, links::look(c, token, purpose, now));
    return asked_of(c, grant.record);
}

base::Result<Asked> confirm(db::Connection& c, std::string_view token, base::Instant now) {
    TRY(const auto grant, links::spend(c, token, confirm_purpose, now));
    TRY(auto asked, asked_of(c, grant.record));
    if (asked.subscriber.left_at) return base::error({base::ErrorKind::not_found, "left in between", {}, "revoked"});
    TRY_VOID(c.execute("update mailing_subscribers set confirmed_at = coalesce(confirmed_at, :now) where id = :id",
                       {{"now", now}, {"id", asked.subscriber.id}}));
    TRY_VOID(links::revoke(c, confirm_purpose, grant.record));
    TRY_VOID(noted(c, {{}, now}, "subscriber", grant.record, "confirm", {}, {{"list", asked.list.key}}));
    asked.subscriber.confirmed_at = now;
    return asked;
}

base::Result<Asked> leave(db::Connection& c, std::string_view token, base::Instant now) {
    // Every mail brought a link of its own: one is enough, and whichever comes second finds it done.
    TRY(const auto grant, links::look(c, token, leave_purpose, now));
    TRY(auto asked, asked_of(c, grant.record));
    // Whoever left and came back means the list, not one entry: the link of an old mail ends that, too.
    TRY(const auto open, c.query<SubscriberId>("select id from mailing_subscribers where list_id = :list and email_key = :key and left_at is null",
                                               {{"list", asked.list.id}, {"key", address_key(asked.subscriber.email)}},
                                               [](const db::Row& row) { return row.id<SubscriberId>("id"); }));
    for (const auto id : open) TRY_VOID(end(c, id, "self", {{}, now}));
    return asked;
}

base::Result<void> take_off(db::Connection& c, SubscriberId id, const By& by) {
    TRY_VOID(links::revoke(c, confirm_purpose, text_of(id.value)));
    return end(c, id, "office", by);
}

base::Result<std::vector<Subscriber>> subscribers(db::Connection& c, ListId id) {
    return c.query<Subscriber>(fmt::format("select {} from mailing_subscribers where list_id = :list order by id desc", subscriber_columns),
                               {{"list", id}}, subscriber_of);
}

base::Result<Count> count(db::Connection& c, ListId id) {
    Count out;
    TRY_VOID(c.for_each(R"sql(
        select language, case when confirmed_at is null then 0 else 1 end as confirmed, count(*) as n
          from mailing_subscribers
         where list_id = :list and left_at is null
         group by language, case when confirmed_at is null then 0 else 1 end
    )sql",
                        {{"list", id}}, [&](const db::Row& row) {
                            const auto n = row.int64("n");
                            if (row.int64("confirmed") == 0) {
                                out.waiting += n;
                                return;
                            }
                            out.all += n;
                            if (row.text("language") == "en") out.english += n;
                        }));
    return out;
}

base::Result<std::vector<Message>> messages(db::Connection& c, ListId id) {
    return c.query<Message>(
        fmt::format("select {} from mailing_messages where list_id = :list and withdrawn_at is null order by id desc", message_columns),
        {{"list", id}}, message_of);
}

base::Result<Message> message_by_id(db::Connection& c, MessageId id) {
    TRY(auto found, c.query_one<Message>(fmt::format("select {} from mailing_messages where id = :id and withdrawn_at is null", message_columns),
                                         {{"id", id}}, message_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such message");
    return std::move(*found);
}

audit::Values values_of(const Message& m) {
    return {{"subject_de", m.subject.de}, {"subject_en", m.subject.en}, {"text_de", m.text.de}, {"text_en", m.text.en}};
}

base::Result<MessageId> save_draft(db::Connection& c, const Message& m, const By& by) {
    if (auto mistakes = mistakes_in(m); !mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, "mistakes in a message", std::move(mistakes), {}});
    db::Parameters p{{"subject_de", m.subject.de}, {"subject_en", m.subject.en}, {"text_de", m.text.de}, {"text_en", m.text.en}};
    if (m.id) {
        TRY(const auto before, message_by_id(c, m.id));
        if (before.sent_at) return base::error(base::ErrorKind::conflict, "the message has been sent");
        if (before.version != m.version) return tl::unexpected(stale());
        p.emplace_back("id", m.id);
        TRY_VOID(c.execute(R"sql(
            update mailing_messages
               set subject_de = :subject_de, subject_en = :subject_en, text_de = :text_de, text_en = :text_en, version = version + 1
             where id = :id
        )sql",
                           p));
        TRY_VOID(noted(c, by, "message", text_of(m.id.value), "change", values_of(before), values_of(m)));
        return m.id;
    }
    p.emplace_back("list", m.list);
    p.emplace_back("now", by.now);
    TRY(const auto id, c.insert<MessageId>(R"sql(
        insert into mailing_messages (list_id, subject_de, subject_en, text_de, text_en, written_at)
        values (:list, :subject_de, :subject_en, :text_de, :text_en, :now)
        returning id
    )sql",
                                           p));
    TRY_VOID(noted(c, by, "message", text_of(id.value), "create", {}, values_of(m)));
    return id;
}

base::Result<std::optional<audit::Trail>> trail(db::Connection& c, std::string_view key) {
    TRY(const auto every, lists(c));
    const auto l = std::find_if(every.begin(), every.end(), [&](const List& one) { return one.key == key; });
    if (l == every.end()) return std::optional<audit::Trail>();
    audit::Trail out{l->title, "/verteiler/" + l->key, {{"mailing.list", l->key}}};
    TRY_VOID(c.for_each("select id, subject_de from mailing_messages where list_id = :id order by id", {{"id", l->id}},
                        [&](const db::Row& row) { out.traces.push_back({"mailing.message", text_of(row.int64("id")), row.text("subject_de")}); }));
    return std::optional(std::move(out));
}

base::Result<void> withdraw_draft(db::Connection& c, MessageId id, const By& by) {
    TRY(const auto m, message_by_id(c, id));
    if (m.sent_at) return base::error(base::ErrorKind::conflict, "the message has been sent");
    TRY_VOID(c.execute("update mailing_messages set withdrawn_at = :now where id = :id", {{"now", by.now}, {"id", id}}));
    return noted(c, by, "message", text_of(id.value), "withdraw", {{"subject_de", m.subject.de}}, {});
}

base::Result<std::int64_t> send(db::Connection& c, MessageId id, std::int64_t version, const By& by) {
    TRY(const auto m, message_by_id(c, id));
    if (m.sent_at) return base::error(base::ErrorKind::conflict, "the message has been sent already");
    if (m.version != version) return tl::unexpected(stale());
    TRY(const auto l, list_by_id(c, m.list));
    if (!l.runs_on(base::berlin_day(by.now))) return base::invalid("", message("The list is closed: nothing is sent to it any more."));
    TRY(const auto site, site_address(c));
    TRY(const auto all, subscribers(c, m.list));
    std::int64_t sent = 0;
    for (const auto& s : all) {
        if (!s.receives()) continue;
        const auto written = written_for(m, s.language);
        const auto say = [&](const base::Message& text) { return i18n::translate(written.language, text); };
        TRY(const auto token, links::issue(c, {std::string(leave_purpose), text_of(s.id.value), by.now + std::chrono::days(days_to_leave)}, by.now));
        mail::Message out;
        out.to = s.email;
        out.language = written.language;
        out.subject = written.subject;
        out.unsubscribe = site + "/abbestellen/" + token;
        out.text = written.text + "\n\n-- \n" +
                   say(message("You get this mail because you agreed to the list “{list}” on {day}. End it here:",
                               {{"list", l.title.in(std::string(i18n::code(written.language)))},
                                {"day", i18n::format_day(written.language, base::berlin_day(*s.confirmed_at))}})) +
                   "\n" + out.unsubscribe;
        out.once_key = fmt::format("mailing-{}-{}", id.value, s.id.value);
        TRY_VOID(mail::queue(c, out, by.now));
        ++sent;
    }
    if (sent == 0) return base::invalid("", message("Nobody is on the list yet: there is nobody to send it to."));
    TRY_VOID(c.execute("update mailing_messages set sent_at = :now, recipients = :sent, version = version + 1 where id = :id",
                       {{"now", by.now}, {"sent", sent}, {"id", id}}));
    TRY_VOID(noted(c, by, "message", text_of(id.value), "send", {},
                   {{"list", l.key}, {"subject_de", m.subject.de}, {"subject_en", m.subject.en}, {"recipients", text_of(sent)}}));
    return sent;
}

base::Result<void> remove_sample(db::Connection& c) {
    const db::Parameters yes{{"yes", true}};
    TRY_VOID(c.execute("delete from mailing_messages where list_id in (select id from mailing_lists where sample = :yes)", yes));
    TRY_VOID(c.execute("delete from mailing_subscribers where list_id in (select id from mailing_lists where sample = :yes)", yes));
    TRY_VOID(c.execute("delete from mailing_lists where sample = :yes", yes));
    return {};
}

}  // namespace mailing
