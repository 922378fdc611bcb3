#pragma once
// Data protection as code: which columns may hold personal data and why (Art. 30 GDPR), a proof that no other does, what is known about one person
// (Art. 15), erasing them to a stub (Art. 17), and what is removed after its time (Art. 5 (1) e).
#include <map>
#include <span>
#include <string>
#include <vector>

#include "platform/db/db.h"
#include "platform/i18n/language.h"
#include "platform/identity/api.h"

namespace privacy {

// One processing activity of the register; its columns are the only places for personal data.
struct Activity {
    std::string_view key, title, purpose, legal_basis, persons, recipients, kept;
    std::span<const std::string_view> columns;  // "accounts.email"
};
std::span<const Activity> activities();
// The register as a document, made of the model.
std::string register_as_markdown();

struct Finding {
    std::string column;
    std::string what;  // English, for the terminal; never a value
};
struct Checked {
    std::size_t columns = 0, personal = 0;
    std::vector<Finding> findings;
};
// Every column of the database stands in the register or in the reviewed list, none in both, none that does not exist; and no text outside the register
// looks like an address for mail.
base::Result<Checked> check(db::Connection&);

// ---- What is kept about one person (Art. 15 GDPR) ----

enum class Kind { text, number, flag, day, moment, word };  // word: a value of ours with a translation
struct Field {
    std::string_view key, title;
    Kind kind = Kind::text;
};
// Rows of one source. Values are as in the JSON: days and moments in ISO form, flags "true" or "false", absent ones empty.
struct Section {
    std::string_view key, title;
    std::span<const Field> fields;
    std::vector<std::vector<std::string>> rows;
};
// Whom it is about: an account, or whoever has this address or bears this name.
struct Person {
    identity::AccountId account;
    std::string name, email;
};
struct Dossier {
    Person person;
    base::Instant made{};
    std::vector<Section> sections;  // every source, also those without a row
    bool empty() const;
};
// Of an account: its own name and address. That it was read is itself recorded, unless by the person.
base::Result<Dossier> dossier(db::Connection&, const Person&, const identity::Actor& by, base::Instant now);
std::string as_json(const Dossier&);
base::Result<std::string> as_pdf(const Dossier&, i18n::Language, const std::string& municipality);
// A value as a person reads it.
std::string shown(i18n::Language, Kind, const std::string& value);

// The same for an account, as JSON.
base::Result<std::string> about(db::Connection&, identity::AccountId, const identity::Actor& by, base::Instant now);

// ---- Who looked at whose data ----

// A page that shows personal data of others; the router's guard records who opens it.
struct Watched {
    std::string_view pattern, what, title;
    bool person = false;  // {id} of the path is the account it is about
};
std::span<const Watched> watched_pages();
const Watched* watched(std::string_view pattern);
base::Result<void> looked(db::Database&, const Watched&, const identity::Actor& by, identity::AccountId person, base::Day);

// The account stays as a stub without name, address and password, so that resolutions and evidence it recorded stay valid; the values of its own history
// are blanked. Only for a disabled account (conflict).
base::Result<void> erase(db::Connection&, identity::AccountId, const identity::Actor& by, base::Instant now);

struct Retention {
    std::string_view key, what;
    int days = 0;                       // as shipped; an administrator may set others
    int least = 1, most = 3650;         // within these
    std::string_view table, condition;  // SQL with :before
};
std::span<const Retention> retentions();
base::Result<std::map<std::string, int>> retention_days(db::Connection&);  // by key, as they apply
base::Result<void> save_retention_days(db::Connection&, const std::map<std::string, int>&, const identity::Actor& by, base::Instant now);
struct Removed {
    std::string key;
    std::int64_t rows = 0;
};
enum class Run { dry, real };
base::Result<std::vector<Removed>> apply_retention(db::Connection&, Run, base::Instant now);

}  // namespace privacy
