#pragma once
#include <string>
#include <string_view>

namespace base {

// A text kept in German and, where somebody has written it, in English. German is never empty once checked.
struct Bilingual {
    std::string de;
    std::string en;
    // The text in "de" or "en"; German where the other is missing.
    const std::string& in(std::string_view language) const { return language == "en" && !en.empty() ? en : de; }
    bool empty() const { return de.empty() && en.empty(); }
    friend bool operator==(const Bilingual&, const Bilingual&) = default;
};

}  // namespace base
