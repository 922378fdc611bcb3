#pragma once
// What readers call the keys that stand in rules, in gaps and in periods.
#include "duties/model.h"
#include "network/api.h"
#include "platform/db/db.h"

namespace duties {

// A period of a duty that a page is about to show.
struct Shown {
    const Duty* duty = nullptr;
    const Occurrence* occurrence = nullptr;
};

// A key stands where nothing has a name for it; so everything can be asked before anything was read.
struct Naming {
    std::map<std::string, base::Bilingual> known;                                // figures and bearers, by their keys
    std::map<std::pair<std::string, std::string>, base::Bilingual> of_subjects;  // by kind and subject: what the ledger calls them

    // A figure, an office, else a word everybody uses.
    base::Bilingual of(const std::string& key) const;
    // Who or what is missing: of a share by the kind that makes its whole, "Platz 4 im Beirat".
    base::Bilingual of_member(const Rule&, const std::string& key) const;
    // "2. Quartal 2019"; of a request what was asked, "Datenanfrage 9: Jugendarbeit".
    base::Bilingual of_period(const Rule&, const std::string& label) const;
    // "7 von 8 Sitzen; es fehlt: Platz 4 im Beirat"
    base::Bilingual of_missing(const Rule&, const Missing&) const;
};

// Figures and bearers; subjects are read for what is shown.
base::Result<Naming> naming(db::Connection&, const std::vector<network::Bearer>&);
// Whose titles may be read: the public's are those of published entries.
enum class Titles { published, all };
// Reads what the subjects in these periods are called: what a page shows, however long the ledger is.
base::Result<void> name_subjects(db::Connection&, Naming&, const std::vector<Shown>&, Titles);

}  // namespace duties
