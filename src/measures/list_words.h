#pragma once
// The choices of a measure in the words of a list: "Einzelmaßnahme", "jährlich", "ja/nein".
#include <map>
#include <string>
#include <string_view>

namespace measures {

// "single" of "art" → "Einzelmaßnahme"; the name itself where there is no word for it.
std::string word_of_choice(std::string_view field, const std::string& name);
// "art:einzelmassnahme" → "single", with everything people write for it.
std::map<std::string, std::string> words_of_choices();

}  // namespace measures
