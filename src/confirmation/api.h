#pragma once
// "Still true?" for everything that must stay current: a subject has a day by which somebody has to confirm it, gets a reminder with a one-time
// link that works without an account, and shows in public when it was confirmed last, and by which office. Contacts use it; offers, leaflets and
// rates can: give your kind a name and a Kind, and keep a Subject for each record.
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/day.h"
#include "platform/base/id.h"
#include "platform/base/result.h"
#include "platform/db/db.h"
#include "platform/i18n/language.h"
#include "platform/identity/api.h"

namespace confirmation {

using SubjectId = base::Id<struct ConfirmationSubjectTag>;

struct Subject {
    SubjectId id;
    std::string kind, record;  // "contact", "17": as the keeper names it
    std::string title;         // "Vereinsbüro, Verein Brücke"
    std::string office;        // key of the office that looks after it; escalations go there
    std::string email;         // who is asked; empty: only on the page
    int interval_days = 365;
    base::Day due_on{};
    std::optional<base::Day> reminded_on, escalated_on;
    bool sample = false;
};

// One line of what is confirmed; with a name it can be changed on the page of the link.
struct Line {
    std::string name, label, value;
};
// What a kind of record knows of itself.
struct Kind {
    base::Message title;
    std::function<base::Result<std::vector<Line>>(db::Connection&, const std::string& record)> describe;
    // What the link's page sent back; mistakes in the field names of the lines. Absent: nothing can be changed there.
    std::function<base::Result<void>(db::Connection&, const std::string& record, const std::map<std::string, std::string>& values, base::Instant now)>
        change;
    std::function<std::string(db::Connection&, const std::string& record)> url;  // its page for signed-in people
    // Whoever answers by the link speaks for this organisation: the public proof names it. Absent: the title.
    std::function<base::Result<std::string>(db::Connection&, const std::string& record)> by;
};
using Kinds = std::map<std::string, Kind>;

// Begins to keep it, or changes title, office, address and interval; the day it is due stays, a new one is due after one interval.
base::Result<SubjectId> keep(db::Connection&, const Subject&, base::Day today);
// The record is gone: nobody is asked any more, its links are closed.
base::Result<void> drop(db::Connection&, const std::string& kind, const std::string& record, base::Instant now);
base::Result<std::optional<Subject>> find(db::Connection&, const std::string& kind, const std::string& record);

// The records of a kind that are kept.
base::Result<std::vector<std::string>> records_of(db::Connection&, const std::string& kind);

enum class How { link, page };
struct Confirmation {
    base::Day on{};
    std::string by;  // office or organisation
    How how = How::page;
    bool changed = false;
};
base::Result<void> confirm(db::Connection&, SubjectId, const Confirmation&, base::Instant now);
// The proof for the public: the latest confirmation.
base::Result<std::optional<Confirmation>> latest(db::Connection&, const std::string& kind, const std::string& record);

// Sends what is due: a reminder from `lead_days` before the day on, once; and after `patience_days` without an answer the matter goes to the office.
struct Recipient {
    std::string address, name;
    i18n::Language language = i18n::default_language;
};
struct Reminding {
    int lead_days = 30, patience_days = 30;
    std::string public_address = {};  // "https://integration.example.org"
    // Who gets an escalation's mail: the people of an office. Absent: it stands on the page only.
    std::function<base::Result<std::vector<Recipient>>(db::Connection&, const std::string& office)> people_of = {};
};
struct Sent {
    int reminders = 0, escalations = 0;
};
base::Result<Sent> remind(db::Connection&, const Kinds&, const Reminding&, base::Instant now);

base::Result<void> remove_sample(db::Connection&);

inline constexpr std::string_view link_purpose = "confirmation";

}  // namespace confirmation
