#pragma once
#include <functional>
#include <set>
#include <span>

#include "evidence/model.h"
#include "platform/db/db.h"
#include "platform/files/api.h"
#include "platform/identity/api.h"

namespace evidence {

// An entry of the ledger with what only its page and its recorder see.
struct Entry {
    Record record;
    std::string link;  // a web address, instead of a file
    files::FileId file;
    std::string file_name;
    base::Instant recorded_at{};
    identity::AccountId recorded_by;
    bool imported = false;  // its recorded day is what the data set says
    bool sample = false;
};

// The program itself recorded by nobody signed in (command line, loader): an actor without account.
struct By {
    identity::Actor actor;
    base::Instant now{};
};

// A name nobody else has, for an entry that brings none.
std::string new_key();

// Adds to the ledger; everybody who keeps roll-ups hears of it in the same transaction. Refuses what cannot be true: a kind without a dot, an end
// before the day. Without recorded_on it is known from today on (the civil day of `now`).
base::Result<EvidenceId> record(db::Connection&, Entry, const By&);
// Takes an entry back, with the reason; the entry stays. Twice is a conflict. `on` is the civil day of `now` unless a data set says otherwise.
base::Result<void> withdraw(db::Connection&, EvidenceId, const std::string& reason, const By&, std::optional<base::Day> on = {});
base::Result<void> publish(db::Connection&, EvidenceId, bool published, const By&);
// Blanks note, titles and the reason of the withdrawal: somebody typed what must not be kept. The audit trail is purged with it.
base::Result<void> purge_texts(db::Connection&, EvidenceId, const std::string& reason, const By&);
base::Result<void> remove_sample(db::Connection&, const By&);

base::Result<std::optional<Entry>> find(db::Connection&, EvidenceId);
base::Result<std::optional<Entry>> find_by_key(db::Connection&, std::string_view key);
// Everything of these kinds that occurred by a day, in the order (occurred_on, id); withdrawn entries with their day.
base::Result<std::vector<Record>> of_kinds(db::Connection&, std::span<const std::string> kinds, base::Day until, std::optional<base::Day> from = {});
// Parts of the ledger, in no order, withdrawn entries among them: what began before a day and holds on it, what names a period, what is about a subject.
base::Result<std::vector<Record>> holding_on(db::Connection&, std::string_view kind, base::Day);
base::Result<std::vector<Record>> of_period(db::Connection&, std::string_view kind, std::string_view period);
base::Result<std::vector<Record>> of_subject(db::Connection&, std::string_view kind, std::string_view subject);
// What subjects of a kind are called: the title of the last entry about each that stands and has one; at most those asked for.
base::Result<std::map<std::string, base::Bilingual>> titles_of_subjects(db::Connection&, std::string_view kind, const std::set<std::string>& subjects,
                                                                        bool published_only);
// Is there an entry whose subject stands between these texts, the second not included?
base::Result<bool> has_subject_between(db::Connection&, std::string_view kind, std::string_view from, std::string_view until);
// The last day anything of the kind occurred, withdrawn or not.
base::Result<std::optional<base::Day>> last_day_of(db::Connection&, std::string_view kind);
// The same of all kinds, streamed; attributes are read, note and titles are not.
base::Result<void> for_each(db::Connection&, const std::function<void(Record&&)>&);

struct Search {
    std::string kind, organisation;  // empty: all
    std::optional<base::Day> from, until;
    bool published_only = true;
    bool withdrawn_too = false;
    std::int64_t limit = 50, offset = 0;
};
struct Found {
    std::vector<Entry> entries;  // newest day first
    std::int64_t total = 0;
};
base::Result<Found> search(db::Connection&, const Search&);

// Whoever keeps something computed from the ledger. Registered once by the wiring, before the first request.
using Listener = std::function<base::Result<void>(db::Connection&, const Record&)>;
void on_change(Listener);
// Only for tests that stand alone: nobody listens any more.
void forget_listeners();

}  // namespace evidence
