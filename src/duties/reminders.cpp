#include "duties/reminders.h"

#include "duties/naming.h"
#include "platform/audit/api.h"
#include "platform/i18n/format.h"
#include "platform/i18n/translate.h"
#include "platform/mail/api.h"

namespace duties {
namespace {

using base::message;

constexpr const char* topic = "duties.reminders";

std::vector<std::pair<std::string, int*>> fields(ReminderRule& r) {
    return {
        {"office_after", &r.office_after}, {"head_after", &r.head_after}, {"officer_after", &r.officer_after}, {"council_after", &r.council_after}};
}

const network::Bearer* find(const std::vector<network::Bearer>& all, const std::function<bool(const network::Bearer&)>& fits) {
    const auto found = std::find_if(all.begin(), all.end(), fits);
    return found == all.end() ? nullptr : &*found;
}

base::Message subject_of(const Occurrence& o, const Duty& duty, const Reminder& r, i18n::Language language) {
    std::vector<std::pair<std::string, std::string>> values{{"title", duty.title.in(i18n::code(language))},
                                                            {"day", i18n::format_day(language, *o.due_on)}};
    if (r.days >= 0) return message("Due on {day}: {title}", std::move(values));
    return message("Late since {day}: {title}", std::move(values));
}

base::Message opening_of(const Reminder& r) {
    if (r.days >= 0) return message("The deadline of a duty is near.");
    switch (r.to) {
        case Instance::office: return message("The deadline of a duty has passed.");
        case Instance::head: return message("The deadline of a duty has passed. You read this as the head of the unit above.");
        case Instance::officer: return message("The deadline of a duty has passed, and neither office nor unit has fulfilled it.");
        case Instance::council: return message("The deadline of a duty has long passed. The advisory council is told, too.");
    }
    return message("The deadline of a duty has passed.");
}

std::string line_of(const Naming& naming, const Duty& duty, const Occurrence& o, i18n::Language language) {
    auto out = "– " + duty.title.in(i18n::code(language)) + " (" + i18n::translate(language, message("clause {number}", {{"number", duty.clause}}));
    if (o.due_on) out += ", " + i18n::format_day(language, *o.due_on);
    out += ")";
    if (o.missing) out += ": " + naming.of_missing(duty.rule, *o.missing).in(i18n::code(language));
    return out + "\n";
}

base::Result<void> send_reminder(db::Connection& c, const Naming& naming, const Duty& duty, const Occurrence& o, const Reminder& r,
                                 const Recipient& to, const std::string& site, base::Instant now) {
    const auto say = [&](const base::Message& m) { return i18n::translate(to.language, m); };
    mail::Message m{.to = to.address, .to_name = to.name, .language = to.language, .subject = say(subject_of(o, duty, r, to.language)), .text = {}};
    m.text = say(opening_of(r)) + "\n\n" + line_of(naming, duty, o, to.language) + "\n" + site + "/pflichten/" + duty.key + "\n";
    m.topic = topic;
    m.once_key = fmt::format("duty.{}.{}.{}.{}.{}.{}", duty.key, o.period, base::iso(*o.due_on), name_of(r.to), r.days, to.address);
    return mail::queue(c, m, now);
}

// One mail an office and person: what they read on Monday over the first coffee.
base::Result<bool> send_monday(db::Connection& c, const Naming& naming, const std::string& office,
                               const std::map<Section, std::vector<std::pair<const Duty*, const Occurrence*>>>& all, const Recipient& to,
                               const std::string& site, base::Day today, base::Instant now) {
    const auto say = [&](const base::Message& m) { return i18n::translate(to.language, m); };
    mail::Message m{
        .to = to.address, .to_name = to.name, .language = to.language, .subject = say(message("What is due this week and soon")), .text = {}};
    for (const auto& [section, title] : {std::pair{Section::late, message("Late")}, std::pair{Section::due, message("Due within four weeks")},
                                         std::pair{Section::undated, message("Without a date, yet to be done")}}) {
        const auto found = all.find(section);
        if (found == all.end()) continue;
        m.text += say(title) + "\n";
        for (const auto& [duty, occurrence] : found->second) m.text += line_of(naming, *duty, *occurrence, to.language);
        m.text += "\n";
    }
    if (m.text.empty()) return false;
    m.text += site + "/pflichten\n";
    m.once_key = fmt::format("monday.{}.{}.{}", office, base::iso(today), to.address);
    TRY_VOID(mail::queue(c, m, now));
    return true;
}

}  // namespace

base::Result<ReminderRule> reminder_rule(db::Connection& c) {
    ReminderRule out;
    TRY_VOID(c.for_each("select name, days from reminder_settings", {}, [&](const db::Row& row) {
        for (const auto& [name, value] : fields(out))
            if (row.text("name") == name) *value = static_cast<int>(row.int64("days"));
    }));
    return out;
}

base::Result<void> save_reminder_rule(db::Connection& c, const ReminderRule& rule, const identity::Actor& by, base::Instant now) {
    TRY(auto before, reminder_rule(c));
    auto next = rule;
    audit::Values old_values, new_values;
    for (const auto& [name, value] : fields(before)) old_values.emplace_back(name, std::to_string(*value));
    for (const auto& [name, value] : fields(next)) {
        new_values.emplace_back(name, std::to_string(*value));
        TRY_VOID(c.execute("insert into reminder_settings (name, days) values (:name, :days) on conflict (name) do update set days = excluded.days",
                           {{"name", name}, {"days", *value}}));
    }
    TRY_VOID(audit::record(
        c,
        {.by = by, .at = now, .subject = "duties.reminders", .record = "settings", .action = "change", .before = old_values, .after = new_values}));
    return {};
}

std::vector<Recipient> recipients_of(Instance instance, const std::string& bearer, const std::vector<network::Bearer>& bearers,
                                     const Recipients& all) {
    if (instance == Instance::officer) return all.officers;
    const auto by_id = [&](network::BearerId id) { return find(bearers, [&](const network::Bearer& b) { return b.id == id; }); };
    const auto accounts_of = [&](const network::Bearer& b) {
        const auto found = all.of_office.find(b.id.value);
        return found == all.of_office.end() ? std::vector<Recipient>{} : found->second;
    };
    if (instance == Instance::council) {
        std::vector<Recipient> out = all.officers;
        for (const auto& b : bearers)
            if (b.kind == network::BearerKind::body)
                for (auto& one : accounts_of(b)) out.push_back(std::move(one));
        return out;
    }
    const auto* at = find(bearers, [&](const network::Bearer& b) { return b.key == bearer; });
    if (at && instance == Instance::head) at = by_id(at->part_of);
    for (int up = 0; at && up < 20; ++up, at = by_id(at->part_of))
        if (auto found = accounts_of(*at); !found.empty()) return found;
    return all.officers;  // nobody of the office has an address: whoever steers must know
}

base::Result<RemindersDue> remind(db::Connection& c, const Recipients& recipients, base::Day today, base::Instant now) {
    RemindersDue sent;
    TRY(const auto rule, reminder_rule(c));
    TRY(const auto site, mail::public_address(c));
    TRY(const auto judgement, judge_all(c, {.as_of = today, .which = Which::current}));
    TRY(auto names, naming(c, judgement.bearers));
    std::vector<Shown> told;
    for (const auto& judged : judgement.judged)
        for (const auto& o : judged.occurrences)
            if (reminder_due(*judged.duty, o, rule, today) || section_of(*judged.duty, o, today)) told.push_back({judged.duty, &o});
    TRY_VOID(name_subjects(c, names, told, Titles::all));
    const bool monday = std::chrono::weekday(std::chrono::sys_days(today)) == std::chrono::Monday;
    std::map<std::string, std::map<Section, std::vector<std::pair<const Duty*, const Occurrence*>>>> offices;
    for (const auto& judged : judgement.judged)
        for (const auto& o : judged.occurrences) {
            if (const auto r = reminder_due(*judged.duty, o, rule, today))
                for (const auto& to : recipients_of(r->to, judged.duty->bearer, judgement.bearers, recipients)) {
                    TRY_VOID(send_reminder(c, names, *judged.duty, o, *r, to, site, now));
                    ++sent.reminders;
                }
            if (const auto section = section_of(*judged.duty, o, today)) offices[judged.duty->bearer][*section].emplace_back(judged.duty, &o);
        }
    if (!monday) return sent;
    for (const auto& [office, sections] : offices)
        for (const auto& to : recipients_of(Instance::office, office, judgement.bearers, recipients)) {
            TRY(const bool done, send_monday(c, names, office, sections, to, site, today, now));
            sent.monday += done;
        }
    return sent;
}

}  // namespace duties
