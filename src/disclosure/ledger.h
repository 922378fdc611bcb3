#pragma once
#include <map>

#include "disclosure/api.h"

namespace disclosure {

// Who reads: everybody, or the council and the administration. They read what everybody reads, too.
enum class Audience : std::uint8_t { everybody, internal };
// stock(t) + outflow(t) = stock(t - 1) + inflow(t), cell by cell.
enum class Kind : std::uint8_t { stock, inflow, outflow };

struct PublicationName {
    std::string statistic;
    std::string period;
    std::string follows;  // the period before this one; empty: no equation joins them
    Kind kind = Kind::stock;
    Audience audience = Audience::everybody;
    // Of dimensions whose codes have changed their meaning (a commune merged into another): a new word for the new meaning.
    std::map<std::string, std::string> versions;
};
// "foreigners 2019 (stock, public)", for messages.
std::string name_of(const PublicationName&);

struct LedgerFigure {
    Key key;
    Count count = 0;
    Status status = Status::published;
};

struct Publication {
    PublicationName name;
    std::string method;  // suppress, round or cell-key: never two for one figure
    Count threshold = 0, lower_bound = 1, required_width = 1;
    std::vector<Dimension> dimensions;
    std::vector<Table> tables;
    std::vector<LedgerFigure> figures;  // above zero; what is in a table and not here is a published zero
};

// All that was ever published or suppressed. It holds the suppressed counts as well, so it is as confidential as they are.
struct Ledger {
    std::vector<Publication> publications;
};

// One line of JSON a publication; lines are only ever added.
base::Result<Ledger> parse_ledger(std::string_view text, const std::string& file);
base::Result<Ledger> read_ledger(const std::string& path);  // a file that is not there is an empty ledger
std::string line_of(const Publication&);
// Adds a line to the file, readable by its owner alone; refused when it no longer holds the publications that were expected.
base::Result<bool> append_to_ledger(const std::string& path, const Publication&, std::size_t expected);

struct OpenedCell {
    std::size_t publication = 0;  // of the ledger
    Key key;
    Verdict verdict = Verdict::unknown;
};

struct LedgerAudit {
    Audit audit;                        // of the new publication, by all that its readers know
    std::vector<OpenedCell> opened;     // protected cells of earlier publications that it would give away
    std::vector<std::size_t> culprits;  // earlier publications without which nothing would be given away
    std::size_t publications = 0;       // that were taken into account
    std::string ledger_hash;            // of these
    std::size_t unbalanced = 0;         // stocks and flows that do not add up, so that nobody can use them
    bool safe() const { return audit.safe && opened.empty(); }
};

struct LedgerSuppression {
    Pattern pattern;
    LedgerAudit audit;
    Certificate certificate;
    Publication publication;  // to be added to the ledger once it is published
    double seconds_suppress = 0, seconds_audit = 0;
};

// As suppress and audit, but the attacker also has every earlier publication for the audience. What was published stays published,
// what the period before suppressed is suppressed again before anything else. An error when earlier publications give a protected
// cell away already, whatever is suppressed now: it names them.
base::Result<LedgerSuppression> suppress(const Problem&, const Rules&, const Ledger&, const PublicationName&, const Options& = {});
base::Result<LedgerAudit> audit(const Problem&, const Pattern&, const Rules&, const Ledger&, const PublicationName&, const Options& = {});
// A perturbed publication can be recorded when none of its figures was ever published otherwise.
base::Result<Publication> perturbed(const Problem&, const Ledger&, const PublicationName&, const std::string& method);

}  // namespace disclosure
