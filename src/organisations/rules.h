#pragma once
// What an organisation and its contacts may look like, and what of a contact may be shown. Pure; the day is handed in.
#include "organisations/model.h"

namespace organisations {

// An official municipality key: eight digits, the first two a state (01 to 16). `district` is the five digits of the own district; a municipality of
// another one is no member of this. Says what is wrong, or nothing.
std::optional<base::Message> mistake_in_ags(std::string_view ags, std::string_view district);

bool is_language(std::string_view code);
const std::vector<std::pair<std::string_view, base::Message>>& languages();  // by code
base::Message language_name(std::string_view code);

// Every mistake at once, named by the form's fields.
std::vector<base::FieldError> mistakes_in(const Organisation&, std::string_view district);
std::vector<base::FieldError> mistakes_in(const ContactPoint&);
bool is_key(std::string_view);
bool is_email(std::string_view);
// "Info@Verein.Example " and "info@verein.example" reach the same place.
std::string email_key(std::string_view);
// "Stadt Ellrich" → "stadt-ellrich": a key to begin with.
std::string key_from(std::string_view name);
// "Ämter" sorts beside "Amt".
std::string sort_key_of(std::string_view name);

// What may be shown to the public: of a function what is published; of a person only a field with a consent in force for that purpose.
struct Shown {
    std::string person, email, phone;
    bool nothing() const { return person.empty() && email.empty() && phone.empty(); }
};
inline constexpr std::string_view publication = "publication";
bool consents(const ContactPoint&, std::string_view field, std::string_view purpose, base::Day);
Shown public_part(const ContactPoint&, base::Day);

// Names in force: the latest row that has begun.
const Name* name_in_force(const std::vector<Name>&, base::Day);

struct Tree {
    std::vector<std::pair<OrganisationId, OrganisationId>> part_of;  // child, parent
    // Whether `child` below `parent` would make something a part of itself.
    bool closes_a_circle(OrganisationId child, OrganisationId parent) const;
};

}  // namespace organisations
