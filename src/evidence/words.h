#pragma once
// What the attributes of records, by which rules filter, are called for a reader.
#include <string_view>

#include "platform/base/bilingual.h"

namespace evidence {

// "topic" is "Thema". One that is not known reads as it was typed: a municipality may use its own, in its own language.
base::Bilingual name_of_attribute(std::string_view name);
// "day-care" is "Kindertagesbetreuung".
base::Bilingual name_of_value(std::string_view value);
// What an attribute with a value says in one, where naming both would not be a sentence: "claim" of "none" is "ohne Rechtsanspruch". Empty for others.
base::Bilingual words_for(std::string_view attribute, std::string_view value);

}  // namespace evidence
