#include "measures/digest.h"

#include <fmt/format.h>

#include <span>

#include "platform/i18n/format.h"
#include "platform/i18n/translate.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"

namespace measures {
namespace {

using base::message;

constexpr int days_to_confirm = 7, link_days = 400;

struct Subscription {
    std::int64_t id = 0;
    std::string mail;
    i18n::Language language = i18n::Language::de;
    int every_days = 7;
    base::Day since{};
};

i18n::Language language_of(const std::string& code) { return code == "en" ? i18n::Language::en : i18n::Language::de; }

}  // namespace

base::Result<void> ask_for_digest(db::Connection& c, const std::string& address, i18n::Language language, int every_days, base::Day today,
                                  base::Instant now) {
    if (!mail::is_address(address)) return base::invalid("mail", message("This is no mail address."));
    // Kept as it was typed, compared without regard to case: an address is plain ASCII.
    TRY_VOID(c.execute(
        "insert into digest_subscriptions (mail, language, every_days, asked_on) values (:mail, :language, :every, :today) on conflict do nothing",
        {{"mail", address}, {"language", i18n::code(language)}, {"every", every_days}, {"today", today}}));
    TRY(const auto id, c.query_one<std::int64_t>("select id from digest_subscriptions where lower(mail) = lower(:mail)", {{"mail", address}},
                                                 [](const db::Row& row) { return row.int64("id"); }));
    TRY(const auto token,
        links::issue(
            c, {std::string(digest_confirm_purpose), fmt::format("{}/{}", id.value_or(0), every_days), now + std::chrono::days(days_to_confirm)},
            now));
    TRY(const auto site, mail::public_address(c));
    const auto say = [&](const base::Message& m) { return i18n::translate(language, m); };
    mail::Message m;
    m.to = address;
    m.language = language;
    m.subject = say(message("Please confirm: changes of measures by mail"));
    m.text =
        say(message("Good day,")) + "\n\n" +
        say(message(
            "somebody asked for news of the district's measures at this address. If it was you, please confirm with this link. If not, do nothing: the address is "
            "forgotten after a week.")) +
        "\n\n" + site + "/abo/" + token;
    // However often somebody types in an address, it gets one such mail a day.
    m.once_key = fmt::format("digest-{}-{}", id.value_or(0), base::iso(today));
    return mail::queue(c, m, now);
}

base::Result<void> confirm_digest(db::Connection& c, std::string_view token, base::Day today, base::Instant now) {
    TRY(const auto grant, links::spend(c, token, digest_confirm_purpose, now));
    const auto slash = grant.record.find('/');
    TRY(const auto touched,
        c.execute(
            "update digest_subscriptions set confirmed_on = coalesce(confirmed_on, :today), last_sent_on = coalesce(last_sent_on, :today), every_days = :every where id = :id",
            {{"today", today}, {"every", std::stoi(grant.record.substr(slash + 1))}, {"id", static_cast<std::int64_t>(std::stoll(grant.record))}}));
    // Whoever ended it in between does not begin it again with an older link.
    if (touched != 1) return base::error(base::ErrorKind::not_found, "the subscription has ended");
    return {};
}

base::Result<void> end_digest(db::Connection& c, std::string_view token, base::Instant now) {
    TRY(const auto grant, links::spend(c, token, digest_end_purpose, now));
    TRY_VOID(c.execute("delete from digest_subscriptions where id = :id", {{"id", static_cast<std::int64_t>(std::stoll(grant.record))}}));
    return {};
}

base::Result<int> send_digests(db::Connection& c, base::Day today, base::Instant now) {
    TRY_VOID(c.execute("delete from digest_subscriptions where confirmed_on is null and asked_on < :before",
                       {{"before", base::plus_days(today, -days_to_confirm)}}));
    TRY(const auto all,
        c.query<Subscription>(
            "select id, mail, language, every_days, last_sent_on from digest_subscriptions where confirmed_on is not null order by id", {},
            [](const db::Row& row) {
                return Subscription{row.int64("id"), row.text("mail"), language_of(row.text("language")), static_cast<int>(row.int64("every_days")),
                                    row.day("last_sent_on")};
            }));
    int sent = 0;
    TRY(const auto site, mail::public_address(c));
    for (const auto& s : all) {
        if (base::plus_days(s.since, s.every_days) > today) continue;
        // From the day of the last mail up to yesterday: today is not over yet.
        TRY(const auto changes, changes_since(c, s.since, base::plus_days(today, -1), true, most_digest_changes + 1));
        TRY_VOID(c.execute("update digest_subscriptions set last_sent_on = :today where id = :id", {{"today", today}, {"id", s.id}}));
        if (changes.empty()) continue;
        const auto say = [&](const base::Message& m) { return i18n::translate(s.language, m); };
        mail::Message m;
        m.to = s.mail;
        m.language = s.language;
        m.subject = say(message("What changed in the measures since {day}", {{"day", i18n::format_day(s.language, s.since)}}));
        const bool more = changes.size() > static_cast<std::size_t>(most_digest_changes);
        for (const auto& h : std::span(changes).first(std::min<std::size_t>(changes.size(), most_digest_changes)))
            m.text += fmt::format("{}  {} {}: {}\n{}{}\n\n", i18n::format_day(s.language, h.on), h.key, h.title.in(i18n::code(s.language)),
                                  say(h.what), site, h.url());
        if (more)
            m.text += say(message("More changed than fits in a mail. Everything stands here:")) + "\n" + site +
                      "/massnahmen/aenderungen?seit=" + base::iso(s.since) + "\n\n";
        TRY(const auto token, links::issue(c, {std::string(digest_end_purpose), std::to_string(s.id), now + std::chrono::days(link_days)}, now));
        m.unsubscribe = site + "/abo/ende/" + token;
        m.text += say(message("With this link you end these mails, and your address is removed:")) + "\n" + m.unsubscribe;
        m.once_key = fmt::format("digest-{}-sent-{}", s.id, base::iso(today));
        TRY_VOID(mail::queue(c, m, now));
        ++sent;
    }
    return sent;
}

}  // namespace measures
