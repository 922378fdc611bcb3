#include "evidence/words.h"

#include <algorithm>
#include <array>
#include <string>

namespace evidence {
namespace {

struct Word {
    std::string_view key, de, en;
};

// Both in the order of the keys, so that they can be found by halving.
constexpr auto attributes = std::to_array<Word>({
    {"answer_by", "Antwort bis", "answer by"},
    {"audience", "Zielgruppe", "audience"},
    {"author", "Verfasser", "author"},
    {"claim", "Anspruch", "entitlement"},
    {"contact", "Gegenüber", "counterpart"},
    {"course", "Kurs", "course"},
    {"group", "Runde", "round"},
    {"network", "Netzwerk", "network"},
    {"organisation", "Organisation", "organisation"},
    {"period", "Zeitraum", "period"},
    {"provider", "Träger", "provider"},
    {"seat", "Sitz", "seat"},
    {"subject", "Gegenstand", "subject"},
    {"topic", "Thema", "topic"},
});
constexpr auto values = std::to_array<Word>({
    {"council-office", "Geschäftsstelle des Beirats", "office of the advisory council"},
    {"course-providers", "Träger von Kursen", "course providers"},
    {"day-care", "Kindertagesbetreuung", "day care"},
    {"day-care-places", "Betreuungsplätze", "day-care places"},
    {"integration", "Integrationskurse", "integration courses"},
    {"language-classes", "Sprachklassen", "language classes"},
    {"literacy", "Alphabetisierungskurse", "literacy courses"},
    {"none", "keiner", "none"},
    {"placement-potential", "Vermittlungspotenzial", "placement potential"},
    {"school-social-work", "Schulsozialarbeit", "school social work"},
    {"schooling", "Schule und Spracherwerb", "schooling and language"},
    {"university", "Hochschule", "university"},
    {"volkshochschule", "Volkshochschule", "adult education centre"},
});
constexpr bool in_order(const auto& words) {
    return std::is_sorted(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.key < b.key; });
}
static_assert(in_order(attributes) && in_order(values));

base::Bilingual found(const auto& words, std::string_view key) {
    const auto it = std::lower_bound(words.begin(), words.end(), key, [](const Word& w, std::string_view k) { return w.key < k; });
    if (it != words.end() && it->key == key) return {std::string(it->de), std::string(it->en)};
    return {std::string(key), std::string(key)};
}

}  // namespace

base::Bilingual name_of_attribute(std::string_view name) { return found(attributes, name); }
base::Bilingual name_of_value(std::string_view value) { return found(values, value); }

base::Bilingual words_for(std::string_view attribute, std::string_view value) {
    if (attribute == "claim" && value == "none") return {"ohne Rechtsanspruch", "without a legal claim"};
    if (attribute == "claim" && value == "statutory") return {"mit Rechtsanspruch", "with a legal claim"};
    return {};
}

}  // namespace evidence
