#include "confirmation/store.h"

#include <fmt/format.h>

#include "confirmation/rules.h"
#include "platform/audit/api.h"
#include "platform/i18n/translate.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"

namespace confirmation {
namespace {

using base::message;

constexpr std::string_view columns = "id, kind, record, title, office, email, interval_days, due_on, reminded_on, escalated_on, sample";

Subject subject_of(const db::Row& row) {
    return {row.id<SubjectId>("id"),
            row.text("kind"),
            row.text("record"),
            row.text("title"),
            row.text("office"),
            row.text("email"),
            static_cast<int>(row.int64("interval_days")),
            row.day("due_on"),
            row.optional_day("reminded_on"),
            row.optional_day("escalated_on"),
            row.boolean("sample")};
}

std::string link_record(SubjectId id) { return std::to_string(id.value); }

base::Result<void> recorded(db::Connection& c, base::Instant now, SubjectId id, std::string action, audit::Values after) {
    return audit::record(c, {}, now, "confirmation.subject", std::to_string(id.value), std::move(action), {}, std::move(after));
}

// Nobody answered: the office asks itself. Several on one day leave as one mail.
base::Result<void> tell_the_office(db::Connection& c, const Subject& s, const Reminding& how, base::Instant now) {
    if (!how.people_of) return {};
    TRY(const auto people, how.people_of(c, s.office));
    for (const auto& one : people) {
        const auto say = [&](const base::Message& m) { return i18n::translate(one.language, m); };
        mail::Message m;
        m.to = one.address;
        m.to_name = one.name;
        m.language = one.language;
        m.topic = "confirmations";
        m.subject = say(message("Not confirmed: {title}", {{"title", s.title}}));
        m.text = say(s.email.empty() ? message("Nobody can be asked by mail whether this is still true: there is no address. Please ask yourself.")
                                     : message("We asked whether this is still true and got no answer. Please ask yourself."));
        if (!how.public_address.empty()) m.text += "\n" + how.public_address + "/bestaetigungen";
        m.once_key = fmt::format("confirmation-escalation-{}-{}-{}", s.id.value, base::iso(s.due_on), one.address);
        TRY_VOID(mail::queue(c, m, now));
    }
    return {};
}

}  // namespace

base::Result<std::optional<Subject>> find(db::Connection& c, const std::string& kind, const std::string& record) {
    return c.query_one<Subject>(
        fmt::format("select {} from confirmation_subjects where kind = :kind and record = :record and dropped_at is null", columns),
        {{"kind", kind}, {"record", record}}, subject_of);
}
base::Result<std::optional<Subject>> by_id(db::Connection& c, SubjectId id) {
    return c.query_one<Subject>(fmt::format("select {} from confirmation_subjects where id = :id and dropped_at is null", columns), {{"id", id}},
                                subject_of);
}
base::Result<std::vector<Subject>> due_by(db::Connection& c, std::optional<base::Day> day) {
    return c.query<Subject>(
        fmt::format("select {} from confirmation_subjects where dropped_at is null and due_on <= :day order by due_on, id", columns),
        {{"day", day.value_or(base::day(9999, 12, 31))}}, subject_of);
}

base::Result<std::vector<std::string>> records_of(db::Connection& c, const std::string& kind) {
    return c.query<std::string>("select record from confirmation_subjects where kind = :kind and dropped_at is null order by id", {{"kind", kind}},
                                [](const db::Row& row) { return row.text("record"); });
}

base::Result<SubjectId> keep(db::Connection& c, const Subject& s, base::Day today) {
    return c.insert<SubjectId>(R"sql(
        insert into confirmation_subjects (kind, record, title, office, email, interval_days, due_on, sample)
        values (:kind, :record, :title, :office, :email, :interval, :due, :sample)
        on conflict (kind, record) do update
           set title = excluded.title, office = excluded.office, email = excluded.email, interval_days = excluded.interval_days, dropped_at = null
        returning id
    )sql",
                               {{"kind", s.kind},
                                {"record", s.record},
                                {"title", s.title},
                                {"office", s.office},
                                {"email", s.email},
                                {"interval", s.interval_days},
                                {"due", s.due_on == base::Day{} ? base::plus_days(today, s.interval_days) : s.due_on},
                                {"sample", s.sample}});
}

base::Result<void> drop(db::Connection& c, const std::string& kind, const std::string& record, base::Instant now) {
    TRY(const auto there, find(c, kind, record));
    if (!there) return {};
    TRY_VOID(links::revoke(c, link_purpose, link_record(there->id)));
    // Who was asked is no longer needed.
    TRY_VOID(c.execute("update confirmation_subjects set dropped_at = :now, email = '' where id = :id", {{"now", now}, {"id", there->id}}));
    return recorded(c, now, there->id, "drop", {{"kind", kind}, {"record", record}});
}

base::Result<void> confirm(db::Connection& c, SubjectId id, const Confirmation& done, base::Instant now) {
    TRY(const auto s, by_id(c, id));
    if (!s) return base::error(base::ErrorKind::not_found, "nothing to confirm");
    TRY_VOID(c.execute(
        "insert into confirmations (subject_id, confirmed_on, by_whom, how, changed, made_at) values (:id, :on, :by, :how, :changed, :now)",
        {{"id", id}, {"on", done.on}, {"by", done.by}, {"how", done.how == How::link ? "link" : "page"}, {"changed", done.changed}, {"now", now}}));
    TRY_VOID(c.execute("update confirmation_subjects set due_on = :due, reminded_on = null, escalated_on = null where id = :id",
                       {{"due", base::plus_days(done.on, s->interval_days)}, {"id", id}}));
    TRY_VOID(links::revoke(c, link_purpose, link_record(id)));
    return recorded(c, now, id, "confirm", {{"confirmed_on", base::iso(done.on)}, {"by", done.by}, {"changed", done.changed ? "yes" : "no"}});
}

base::Result<std::optional<Confirmation>> latest(db::Connection& c, const std::string& kind, const std::string& record) {
    return c.query_one<Confirmation>(R"sql(
        select k.confirmed_on, k.by_whom, k.how, k.changed
          from confirmations k
          join confirmation_subjects s on s.id = k.subject_id
         where s.kind = :kind and s.record = :record
         order by k.confirmed_on desc, k.id desc
    )sql",
                                     {{"kind", kind}, {"record", record}}, [](const db::Row& row) {
                                         return Confirmation{row.day("confirmed_on"), row.text("by_whom"),
                                                             row.text("how") == "link" ? How::link : How::page, row.boolean("changed")};
                                     });
}

base::Result<void> remove_sample(db::Connection& c) {
    const db::Parameters yes{{"yes", true}};
    TRY_VOID(c.execute("delete from confirmations where subject_id in (select id from confirmation_subjects where sample = :yes)", yes));
    TRY_VOID(c.execute("delete from confirmation_subjects where sample = :yes", yes));
    return {};
}

base::Result<Sent> remind(db::Connection& c, const Kinds& kinds, const Reminding& how, base::Instant now) {
    const auto today = base::berlin_day(now);
    TRY(const auto near, due_by(c, base::plus_days(today, how.lead_days)));
    Sent out;
    for (const auto& s : near) {
        const auto step = step_on(s, today, how.lead_days, how.patience_days);
        if (step == Step::none || !kinds.contains(s.kind)) continue;
        if (step == Step::escalate) {
            TRY_VOID(c.execute("update confirmation_subjects set escalated_on = :today where id = :id", {{"today", today}, {"id", s.id}}));
            TRY_VOID(recorded(c, now, s.id, "escalate", {{"office", s.office}}));
            TRY_VOID(tell_the_office(c, s, how, now));
            ++out.escalations;
            continue;
        }
        if (how.public_address.empty() || !mail::is_address(s.email)) continue;  // without an address of our own no link can be sent
        TRY_VOID(links::revoke(c, link_purpose, link_record(s.id)));
        TRY(const auto token, links::issue(c, {std::string(link_purpose), link_record(s.id), now + std::chrono::hours(24 * 60)}, now));
        mail::Message m;
        m.to = s.email;
        m.subject = i18n::translate(m.language, message("Please confirm: are your details still true?"));
        m.text = i18n::translate(
            m.language,
            message(
                "Once a year we ask whether what we know of you is still true: {title}.\n\nOne click confirms it, or you correct it there. The link works once, for 60 days, and needs no account:\n{link}",
                {{"title", s.title}, {"link", how.public_address + "/bestaetigung/" + token}}));
        m.once_key = fmt::format("confirmation-{}-{}", s.id.value, base::iso(s.due_on));
        TRY_VOID(mail::queue(c, m, now));
        TRY_VOID(c.execute("update confirmation_subjects set reminded_on = :today where id = :id", {{"today", today}, {"id", s.id}}));
        ++out.reminders;
    }
    return out;
}

}  // namespace confirmation
