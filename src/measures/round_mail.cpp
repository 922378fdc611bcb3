#include "measures/round_mail.h"

#include <fmt/format.h>

#include "platform/i18n/format.h"
#include "platform/i18n/translate.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"

namespace measures {
namespace {

using base::message;

constexpr int link_days_after_deadline = 60;
// Offices of the district are written to in German, the language of the administration.
constexpr auto language = i18n::Language::de;

std::string say(const base::Message& m) { return i18n::translate(language, m); }

std::string list_of(const std::vector<Asked>& asked) {
    std::string out;
    for (const auto& a : asked) out += "- " + a.key + " " + a.title.de + "\n";
    return out;
}

base::Result<std::string> link_address(db::Connection& c, const std::string& token) {
    TRY(const auto site, mail::public_address(c));
    return site + "/rueckmeldung/" + token;
}

base::Result<void> write(db::Connection& c, const RoundView& view, const std::string& office, const std::string& to, const base::Message& subject,
                         const base::Message& opening, const std::string& once_key, base::Instant now) {
    TRY(const auto token, issue_round_link(c, view.round, office, now));
    TRY(const auto address, link_address(c, token));
    mail::Message m;
    m.to = to;
    m.language = language;
    m.subject = say(subject);
    m.text = say(message("Good day,")) + "\n\n" + say(opening) + "\n\n" + list_of(view.open_of(office)) + "\n" +
             (view.round.note.empty() ? "" : view.round.note + "\n\n") +
             say(message("This link opens the form. You need no account; two or three sentences for each measure are enough:")) + "\n" + address +
             "\n\n" + say(message("You may pass the link on to a colleague who knows how it stands."));
    m.once_key = once_key;
    return mail::queue(c, m, now);
}

}  // namespace

std::string record_of(const RoundLink& link) { return fmt::format("{}/{}", link.round.value, link.office); }
std::optional<RoundLink> round_link(std::string_view record) {
    const auto slash = record.find('/');
    if (slash == 0 || slash == std::string_view::npos || slash > 18 || slash + 1 == record.size()) return {};
    std::int64_t id = 0;
    for (const char ch : record.substr(0, slash)) {
        if (ch < '0' || ch > '9') return {};
        id = id * 10 + (ch - '0');
    }
    return RoundLink{RoundId{id}, std::string(record.substr(slash + 1))};
}

base::Result<std::string> issue_round_link(db::Connection& c, const Round& round, const std::string& office, base::Instant now) {
    return links::issue(c,
                        {std::string(round_purpose), record_of({round.id, office}),
                         base::berlin_start_of(base::plus_days(round.answer_by, link_days_after_deadline))},
                        now);
}

base::Result<std::vector<std::string>> send_requests(db::Connection& c, const RoundView& view, const World&, base::Instant now) {
    TRY(const auto known, network::mailboxes(c));
    std::vector<std::string> without;
    for (const auto& office : view.offices()) {
        const auto at = known.find(office);
        if (at == known.end()) {
            without.push_back(office);
            continue;
        }
        TRY_VOID(write(c, view, office, at->second,
                       message("How do your measures stand? Please answer by {day}", {{"day", i18n::format_day(language, view.round.answer_by)}}),
                       message("the integration officer asks how these measures stand. Please answer by {day}.",
                               {{"day", i18n::format_day(language, view.round.answer_by)}}),
                       fmt::format("round-{}-{}-asked", view.round.id.value, office), now));
    }
    return without;
}

base::Result<Sent> remind_and_escalate(db::Connection& c, const World& world, base::Instant now) {
    Sent sent;
    TRY(const auto open, open_rounds(c));
    if (open.empty()) return sent;
    TRY(const auto known, network::mailboxes(c));
    for (const auto& view : open) {
        const auto deadline = i18n::format_day(language, view.round.answer_by);
        for (const auto& office : view.offices()) {
            std::vector<Asked> remind, escalate;
            for (const auto& a : view.open_of(office)) {
                if (reminder_is_due(view.round, a.request, world.today)) remind.push_back(a);
                if (escalation_is_due(view.round, a.request, world.today)) escalate.push_back(a);
            }
            if (const auto at = known.find(office); !remind.empty() && at != known.end()) {
                TRY_VOID(write(c, view, office, at->second, message("Reminder: how do your measures stand? Due on {day}", {{"day", deadline}}),
                               message("your answer on these measures is still missing. It is due on {day}.", {{"day", deadline}}),
                               fmt::format("round-{}-{}-reminded-{}", view.round.id.value, office, base::iso(world.today)), now));
                for (const auto& a : remind) TRY_VOID(note_reminder(c, a.request.id, world.today));
                ++sent.reminders;
            }
            if (escalate.empty()) continue;
            // The first head with an address; where there is none, the officer learns of it and can speak to them.
            auto heads = heads_of(world, office);
            heads.push_back(world.officer);
            const auto head = std::find_if(heads.begin(), heads.end(), [&](const std::string& key) { return known.contains(key); });
            if (head == heads.end()) continue;
            TRY_VOID(
                write(c, view, office, known.find(*head)->second, message("Not answered since {day}: status of measures", {{"day", deadline}}),
                      message("your unit was asked how these measures stand. The answer was due on {day} and is missing. Please see that it comes.",
                              {{"day", deadline}}),
                      fmt::format("round-{}-{}-escalated", view.round.id.value, office), now));
            for (const auto& a : escalate) TRY_VOID(note_escalation(c, a.request.id, world.today));
            ++sent.escalations;
        }
    }
    return sent;
}

std::vector<std::string> heads_of(const World& world, const std::string& office) {
    std::vector<std::string> out;
    std::string above;
    for (const auto& b : world.bearers)
        if (b.key == office) above = b.part_of;
    const auto offices_below = [&](const std::string& unit) {
        for (const auto& b : world.bearers)
            if (!unit.empty() && b.kind == network::BearerKind::office && b.part_of == unit && b.key != office) out.push_back(b.key);
    };
    offices_below(office);
    offices_below(above);
    if (!above.empty()) out.push_back(above);
    return out;
}

}  // namespace measures
