#pragma once
// The contact log: who of the district spoke with whom about what, and which recommendations were given. Every entry is evidence: the duties of
// 5.4.1.1, 5.4.1.2, 5.4.1.6 and 5.4.1.12 judge themselves by it.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "organisations/api.h"

namespace exchanges {

using ExchangeId = base::Id<struct ExchangeTag>;

enum class Kind { contact, recommendation };
std::string_view name_of(Kind);
std::optional<Kind> kind_named(std::string_view);
base::Message title_of(Kind);

enum class Way { meeting, visit, telephone, video, mail };
std::string_view name_of(Way);
std::optional<Way> way_named(std::string_view);
base::Message title_of(Way);

// What a contact is about. The names are those the rules of duties ask for.
const std::vector<std::pair<std::string_view, base::Message>>& topics();
base::Message topic_title(std::string_view);

struct Exchange {
    ExchangeId id;
    Kind kind = Kind::contact;
    base::Day on{};
    std::string topic;
    std::string office;  // key of the bearer that held it
    Way way = Way::meeting;
    base::Bilingual title;  // public
    std::vector<organisations::OrganisationId> partners;
    std::string others;   // who else took part: functions, never names
    std::string outcome;  // internal
    bool published = true;
    std::string evidence_key;
    std::int64_t version = 1;
    bool sample = false;
};

// Those with an organisation, for its page: newest first, without their other partners.
base::Result<std::vector<Exchange>> with(db::Connection&, organisations::OrganisationId, std::int64_t limit);

// Of a withdrawn one, too.
base::Result<std::optional<audit::Trail>> trail(db::Connection&, std::string_view id);

}  // namespace exchanges
