#pragma once
// What lists, addresses and messages may look like, and which language somebody gets. Pure.
#include "mailing/api.h"

namespace mailing {

// Every mistake at once, named by the form's fields.
std::vector<base::FieldError> mistakes_in(const List&);
std::vector<base::FieldError> mistakes_in(const Message&);

// "Info@Verein.Example " and "info@verein.example" are one address.
std::string address_key(std::string_view);
// Addresses of a text, one a line; a mistake names its line.
struct Addresses {
    std::vector<std::string> found;  // each once
    std::vector<base::FieldError> mistakes;
};
inline constexpr std::size_t addresses_at_most = 200;
Addresses addresses_in(std::string_view text, std::string_view field);

// What whoever confirms agrees to, in their language; kept with the confirmation.
std::string consent_text(const List&, i18n::Language);

// A message in the recipient's language; one that was written in German only goes to everybody in German.
struct Written {
    i18n::Language language;
    std::string subject, text;
};
Written written_for(const Message&, i18n::Language);

}  // namespace mailing
