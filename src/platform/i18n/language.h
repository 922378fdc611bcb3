#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace i18n {

// The languages of the whole product. English texts are the keys; every other language has its folder in locale/.
enum class Language { de, en };

inline constexpr std::array all_languages{Language::de, Language::en};
inline constexpr Language default_language = Language::de;

std::string_view code(Language);         // "de": for the lang attribute and for folder names
std::string_view native_name(Language);  // "Deutsch": how the language calls itself, for the switch
std::optional<Language> language_of(std::string_view code);
// What a browser asks for ("en-GB,de;q=0.8"): the first of ours in the order of its preference.
std::optional<Language> preferred(std::string_view accept_language);

}  // namespace i18n
