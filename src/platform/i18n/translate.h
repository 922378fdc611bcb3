#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/i18n/language.h"
#include "platform/i18n/plural_rule.h"

namespace i18n {

// All translations of the program, read once at start; afterwards only read, from any thread.
class Catalogue {
  public:
    // DIR/<language>/*.po, one file a capability, and DIR/<language>.po. A text in two files has the translation of the first;
    // bin/translations finds where they differ, so that no installation fails to start over a word.
    static base::Result<Catalogue> load(const std::filesystem::path& directory);
    base::Result<void> add(Language, std::string_view po_text, const std::string& name);

    // The translation of an English text, the text itself where there is none. Places {name} are not filled.
    std::string_view text(Language, std::string_view english) const;
    // A sentence for people: translated, the right form for its number, its places filled.
    std::string sentence(Language, const base::Message&) const;
    std::size_t size(Language) const;

  private:
    struct Book {
        PluralRule rule;
        std::map<std::string, std::vector<std::string>, std::less<>> texts;
    };
    std::map<Language, Book> books_;
};

// The catalogue of the running program. Before load() everything reads English.
base::Result<void> load(const std::filesystem::path& locale_directory);
const Catalogue& catalogue();
inline std::string translate(Language language, const base::Message& message) { return catalogue().sentence(language, message); }

// A sentence with a number: plural("{n} duty", "{n} duties", 3). The place {n} is filled with the number as the language writes it.
base::Message plural(std::string_view one, std::string_view many, std::int64_t n, std::vector<std::pair<std::string, std::string>> arguments = {});

// Marks an English text for extraction where no message is made of it yet (tables of constants): message(marked("…")) is not needed then.
constexpr std::string_view marked(std::string_view english) { return english; }

}  // namespace i18n
