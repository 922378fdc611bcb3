#pragma once
#include <map>
#include <optional>
#include <string>

#include "evidence/quantity.h"
#include "platform/base/bilingual.h"
#include "platform/base/day.h"
#include "platform/base/id.h"

namespace evidence {

using EvidenceId = base::Id<struct EvidenceTag>;

using Attributes = std::map<std::string, std::string>;

// One entry of the append-only ledger: something happened on a day (`occurred_on`), and from a day on we knew it (`recorded_on`).
// Because both are kept, every state can be computed for any day in the past, as it was known then or as it is known now.
struct Record {
    EvidenceId id;
    std::string key;           // stable and unique, also across copies and exports; made by new_key() when nobody gave one
    std::string kind;          // "council.report_delivered": capability, dot, what happened (see kinds.h)
    std::string subject;       // what it is about: a request, an offer, a seat, a fair …; joins answers to requests
    std::string organisation;  // key of the bearer it came from; may be empty
    base::Day occurred_on{};
    std::optional<base::Day> until;  // last day it holds (included); absent = open end. Only read where a rule asks for coverage
    std::optional<Quantity> quantity;
    // Free attributes a rule can filter by. Two have a meaning of their own: "period" ("2018", "2018-H1", "2018-Q2", "2018-03") names the
    // period the evidence is for where that is not the one of its day (the report on 2018 delivered in February 2019), and "answer_by"
    // (a day) is the deadline a request itself set.
    Attributes attributes;
    base::Bilingual title;  // public
    std::string note;       // internal, never published
    bool published = false;
    base::Day recorded_on{};
    std::optional<base::Day> withdrawn_on;  // the day the withdrawal was recorded; the entry itself stays
    std::string withdrawn_reason;
};

// The period an entry names for itself, or nothing.
inline const std::string& period_of(const Record& record) {
    static const std::string none;
    const auto found = record.attributes.find("period");
    return found == record.attributes.end() ? none : found->second;
}

}  // namespace evidence
