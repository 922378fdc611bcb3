#include "measures/list_words.h"

#include "evidence/kinds.h"
#include "platform/sheets/table.h"

namespace measures {
namespace {

struct Word {
    std::string_view field, name, word, also;
};
// The first word of each is what a list gets; a list in German whatever language its reader speaks.
constexpr Word words[] = {
    {"art", "framework_goal", "Rahmenziel", "ziel|leitziel|handlungsziel"},
    {"art", "single", "Einzelmaßnahme", "einmalig|projekt|massnahme"},
    {"art", "permanent", "Daueraufgabe", "dauerhaft|laufend|fortlaufend|dauermassnahme|daueraufgaben"},
    {"art", "self_commitment", "Selbstverpflichtung", "selbstverpflichtung eines partners"},
    {"rhythmus", "yearly", "jährlich", "jedes jahr|einmal im jahr|1x jaehrlich"},
    {"rhythmus", "half_yearly", "halbjährlich", "jedes halbjahr|zweimal im jahr|2x jaehrlich"},
    {"rhythmus", "quarterly", "vierteljährlich", "quartalsweise|jedes vierteljahr|jedes quartal"},
    {"rhythmus", "monthly", "monatlich", "jeden monat"},
    {"kriterium_art", "yes_or_no", "ja oder nein", "ja nein|frage"},
    {"kriterium_art", "value", "Wert", "zahl|messwert"},
    {"kriterium_richtung", "at_least", "mindestens", "min|wenigstens"},
    {"kriterium_richtung", "at_most", "höchstens", "max|maximal"},
    {"kriterium_richtung", "exactly", "genau", ""},
    {"kriterium_richtung", "within", "im Bereich", "zwischen|von bis"},
    {"zustand", "proposed", "vorgeschlagen", ""},
    {"zustand", "in_clarification", "in Klärung", ""},
    {"zustand", "agreed", "vereinbart", ""},
    {"zustand", "under_way", "in Umsetzung", ""},
    {"zustand", "under_review", "in Prüfung", ""},
    {"zustand", "suspended", "ruht", ""},
    {"zustand", "fulfilled", "erfüllt", ""},
    {"zustand", "partly_fulfilled", "teilweise erfüllt", ""},
    {"zustand", "not_fulfilled", "nicht erfüllt", ""},
    {"zustand", "rejected", "abgelehnt", ""},
    {"zustand", "repealed", "aufgehoben", ""},
    {"zustand", "replaced", "ersetzt", ""},
};

}  // namespace

std::string word_of_choice(std::string_view field, const std::string& name) {
    for (const auto& word : words)
        if (word.field == field && word.name == name) return std::string(word.word);
    return name;
}

std::map<std::string, std::string> words_of_choices() {
    std::map<std::string, std::string> out;
    for (const auto& word : words) {
        const std::string field = std::string(word.field) + ":";
        out[field + sheets::folded(word.word)] = word.name;
        out[field + sheets::folded(word.name)] = word.name;
        std::string_view rest = word.also;
        while (!rest.empty()) {
            const auto bar = std::min(rest.find('|'), rest.size());
            out[field + std::string(rest.substr(0, bar))] = word.name;
            rest.remove_prefix(std::min(bar + 1, rest.size()));
        }
    }
    for (const auto& kind : evidence::kinds()) out["nachweisart:" + sheets::folded(kind.de)] = kind.name;
    return out;
}

}  // namespace measures
