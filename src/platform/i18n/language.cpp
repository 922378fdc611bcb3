#include "platform/i18n/language.h"

#include <charconv>

namespace i18n {

std::string_view code(Language language) {
    switch (language) {
        case Language::de: return "de";
        case Language::en: return "en";
    }
    return "de";
}

std::string_view native_name(Language language) {
    switch (language) {
        case Language::de: return "Deutsch";
        case Language::en: return "English";
    }
    return "Deutsch";
}

std::optional<Language> language_of(std::string_view wanted) {
    for (const auto language : all_languages)
        if (code(language) == wanted) return language;
    return std::nullopt;
}

namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// "0.8" of "q=0.8" in thousandths; a weight that cannot be read counts as none, so that nobody is answered in a language at random.
int weight_of(std::string_view parameter) {
    parameter = trimmed(parameter);
    if (!parameter.starts_with("q=")) return 1000;
    parameter.remove_prefix(2);
    double value = 0;
    const auto [end, failure] = std::from_chars(parameter.data(), parameter.data() + parameter.size(), value);
    if (failure != std::errc{} || end != parameter.data() + parameter.size() || !(value >= 0 && value <= 1)) return 0;
    return static_cast<int>(value * 1000);
}

}  // namespace

std::optional<Language> preferred(std::string_view header) {
    std::optional<Language> best;
    int best_weight = 0;
    while (!header.empty()) {
        const auto comma = header.find(',');
        auto item = header.substr(0, comma);
        header = comma == std::string_view::npos ? std::string_view{} : header.substr(comma + 1);
        const auto semicolon = item.find(';');
        const int weight = semicolon == std::string_view::npos ? 1000 : weight_of(item.substr(semicolon + 1));
        auto tag = trimmed(item.substr(0, semicolon));
        tag = tag.substr(0, tag.find('-'));
        std::string lower(tag);
        for (auto& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (const auto language = language_of(lower); language && weight > best_weight) {
            best = language;
            best_weight = weight;
        }
    }
    return best;
}

}  // namespace i18n
