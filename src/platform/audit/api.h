#pragma once
// Every change leaves who, when, what, before and after, in the transaction of the change itself (ADR 0004).
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/day.h"
#include "platform/db/db.h"
#include "platform/identity/api.h"

namespace audit {

using EntryId = base::Id<struct AuditEntryTag>;  // its number in the chain: 1, 2, 3 … without a gap

// Field names and their values as text, in the order a person reads them. What a field is called is kept for ever; its value can be purged.
using Values = std::vector<std::pair<std::string, std::string>>;

struct Change {
    identity::Actor by;  // account 0: the program itself (command line, job)
    base::Instant at{};
    std::string subject;  // "plan.clause", "duties.duty", "identity.account": capability.record
    std::string record;   // id or stable key of the record
    std::string action;   // "create", "change", "withdraw", "adopt" …
    Values before;        // empty when it was created
    Values after;         // empty when it was withdrawn
};

// Appends to the chain. Call it in the same transaction as the change. Of a change only the fields that differ are kept.
base::Result<EntryId> record(db::Connection&, const Change&);

// The same for those who need no number.
base::Result<void> record(db::Connection&, const identity::Actor& by, base::Instant at, std::string subject, std::string record, std::string action,
                          Values before, Values after);

// ---- The history of a record ----

// One field as it was and as it became; the side that did not exist is empty. A purged one has neither.
struct Difference {
    std::string field;
    std::optional<std::string> before, after;
    bool purged = false;
    friend bool operator==(const Difference&, const Difference&) = default;
};
// One line for a person: `heading: "Council" → "Advisory council"`. Of long texts only the words around the change are shown.
std::string readable(const Difference&);

struct Entry {
    EntryId id;
    base::Instant at{};
    identity::AccountId account;  // 0: the program itself
    std::string subject, record, action;
    std::vector<Difference> differences;
};
struct Page {
    std::int64_t limit = 50;
    EntryId older_than{};  // the last one of the page before; 0 for the first page
};
// Newest first. A page that is shorter than its limit is the last.
base::Result<std::vector<Entry>> history(db::Connection&, std::string_view subject, std::string_view record, const Page& = {});
// All records together.
base::Result<std::vector<Entry>> latest(db::Connection&, const Page& = {});
base::Result<Entry> entry(db::Connection&, EntryId);

// ---- Proof ----

// The newest entry. Exported and kept elsewhere it proves later that nothing before it was removed, not even from the end.
struct Head {
    std::int64_t number = 0;  // 0: nothing was recorded yet
    std::string digest;       // hexadecimal
    friend bool operator==(const Head&, const Head&) = default;
};
base::Result<Head> head(db::Connection&);
std::string exported(const Head&);  // one line of text
base::Result<Head> parse_head(std::string_view line);

enum class Flaw {
    removed,         // an entry is missing in the middle
    altered,         // an entry is not what its digest says
    values_altered,  // the values are not what the entry says
    values_removed,  // the values are gone without a stub
    purge_unproved,  // a value is blank, and no entry says who purged it and why
    cut_off,         // entries at the end are gone
    other_chain,     // the exported head belongs to another history
};
struct Finding {
    EntryId entry;
    Flaw flaw;
    friend bool operator==(const Finding&, const Finding&) = default;
};
base::Message message_of(const Finding&);

struct Verification {
    std::int64_t entries = 0;
    std::int64_t purged_fields = 0;  // blanked, with an entry that says by whom and why
    std::vector<Finding> findings;   // the first hundred
    Head head;
    bool intact() const { return findings.empty(); }
};
base::Result<Verification> verify(db::Connection&, const std::optional<Head>& known = {});

// ---- Purging ----

struct Purge {
    std::string field;   // empty: all fields
    std::string reason;  // why it must not stay; without the thing itself
    identity::Actor by;
    base::Instant at{};
};
// Blanks the value of an entry and leaves a stub with its digest; a new entry says who did it and why. Answers how many fields it blanked;
// nothing to blank is not_found, a purge without a reason invalid_input.
base::Result<std::int64_t> purge(db::Connection&, EntryId, const Purge&);
// The same for all entries of one record: where the note or file itself is removed, its traces go, too.
base::Result<std::int64_t> purge_record(db::Connection&, std::string_view subject, std::string_view record, const Purge&);

}  // namespace audit
