#pragma once
#include "organisations/api.h"

namespace organisations {

inline constexpr base::Day since_ever = std::chrono::year(1000) / std::chrono::month(1) / std::chrono::day(1);

// What it is called and belongs to from a day on.
struct Name {
    base::Day from = since_ever;
    base::Bilingual name, short_name;
    OrganisationId part_of;
    std::string reason;
};

struct Consent {
    std::int64_t id = 0;
    std::string field;    // "person", "email", "phone"
    std::string purpose;  // "publication", "mailing"
    base::Day given_on{};
    std::optional<base::Day> withdrawn_on;
};

struct ContactPoint {
    ContactId id;
    OrganisationId organisation;
    bool is_person = false;
    base::Bilingual label;  // "Office of the chair"
    std::string person;     // only of a person, and only with consent shown
    std::string email, phone;
    std::string topic;  // what it is named for: "mso" is the contact for migrant self-organisations (5.3.2)
    std::optional<base::Day> from, until;
    bool published = false;
    std::string evidence_key;
    bool sample = false;
    std::vector<Consent> consents;
};

struct Filter {
    std::string words = {};
    std::optional<Kind> kind = {};
    std::optional<bool> of_district = {};
    std::string language = {};
    base::Day day{};          // names as of this day …
    bool as_of_past = false;  // … asked for: the address names it
    bool ended_too = false;
    bool published_only = false;
    std::string sort = "name";  // "name", "-name", "art", "ort", "ags"
    std::int64_t limit = 50, offset = 0;
};
struct Page {
    std::vector<Organisation> found;
    std::vector<std::int64_t> contacts;  // how many each has
    std::int64_t total = 0;
};

}  // namespace organisations
