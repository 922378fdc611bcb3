#include "plan/import/actors.h"

#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

enum class Gender { masculine, feminine, neuter, plural };

struct Head {
    std::string_view ending;  // of the noun in its plain form
    Gender gender;
    bool partner;
    bool whole;  // the noun itself, not a compound of it
    bool named;  // a proper name may follow: "Fachgebiet Soziales"
};
// Longest first where one ends like another.
constexpr Head heads[] = {
    {"landratsamt", Gender::neuter, false, true, true},
    {"kreisverwaltung", Gender::feminine, false, true, true},
    {"stadtverwaltung", Gender::feminine, false, true, true},
    {"gemeindeverwaltung", Gender::feminine, false, true, true},
    {"kommunalverwaltung", Gender::feminine, false, true, false},
    {"verwaltungsspitze", Gender::feminine, false, true, false},
    {"verwaltungen", Gender::plural, false, true, false},
    {"verwaltung", Gender::feminine, false, true, false},
    {"landkreis", Gender::masculine, false, true, true},
    {"kreistag", Gender::masculine, false, true, false},
    {"kreisausschuss", Gender::masculine, false, true, false},
    {"ausschüsse", Gender::plural, false, true, false},
    {"ausschuss", Gender::masculine, false, false, false},
    {"gemeinderat", Gender::masculine, false, true, false},
    {"stadtrat", Gender::masculine, false, true, false},
    {"integrationsrat", Gender::masculine, false, true, false},
    {"beirat", Gender::masculine, false, false, false},
    {"beiräte", Gender::plural, false, false, false},
    {"landrätin", Gender::feminine, false, true, false},
    {"landrat", Gender::masculine, false, true, false},
    {"bürgermeisterin", Gender::feminine, false, false, false},
    {"bürgermeister", Gender::masculine, false, false, false},
    {"beauftragte", Gender::feminine, false, false, false},
    {"koordinatorin", Gender::feminine, false, false, false},
    {"koordinator", Gender::masculine, false, false, false},
    {"koordinierungsstelle", Gender::feminine, false, false, false},
    {"stabsstelle", Gender::feminine, false, true, true},
    {"stab", Gender::masculine, false, true, true},
    {"fachbereiche", Gender::plural, false, true, true},
    {"fachbereich", Gender::masculine, false, true, true},
    {"fachgebiete", Gender::plural, false, true, true},
    {"fachgebiet", Gender::neuter, false, true, true},
    {"fachdienste", Gender::plural, false, true, true},
    {"fachdienst", Gender::masculine, false, true, true},
    {"sachgebiet", Gender::neuter, false, true, true},
    {"dezernat", Gender::neuter, false, true, true},
    {"referat", Gender::neuter, false, true, true},
    {"ämter", Gender::plural, false, true, false},
    {"fachämter", Gender::plural, false, true, false},
    {"schulamt", Gender::neuter, false, false, true},
    {"amt", Gender::neuter, false, false, true},
    {"behörden", Gender::plural, false, false, false},
    {"behörde", Gender::feminine, false, false, false},
    {"volkshochschule", Gender::feminine, false, false, false},
    {"arbeitskreis", Gender::masculine, false, true, false},
    {"arbeitsgruppe", Gender::feminine, false, true, false},
    {"steuerungsgruppe", Gender::feminine, false, true, false},
    {"lenkungsgruppe", Gender::feminine, false, true, false},
    {"netzwerk", Gender::neuter, false, true, false},
    {"jobcenter", Gender::neuter, true, true, false},
    {"bundesagentur", Gender::feminine, true, true, true},
    {"agentur", Gender::feminine, true, true, true},
    {"bamf", Gender::neuter, true, true, false},
    {"stadt", Gender::feminine, false, true, true},
    {"gemeinde", Gender::feminine, false, true, true},
    {"kommune", Gender::feminine, true, true, false},
    {"kommunen", Gender::plural, true, true, false},
    {"städte", Gender::plural, true, true, false},
    {"gemeinden", Gender::plural, true, true, false},
    {"träger", Gender::plural, true, false, false},
    {"vereine", Gender::plural, true, false, false},
    {"verein", Gender::masculine, true, true, false},
    {"verbände", Gender::plural, true, false, false},
    {"kammern", Gender::plural, true, false, false},
    {"unternehmen", Gender::plural, true, true, false},
    {"schulen", Gender::plural, true, false, false},
    {"kindertagesstätten", Gender::plural, true, true, false},
    {"kitas", Gender::plural, true, true, false},
    {"kirchen", Gender::plural, true, true, false},
    {"wohnungsgesellschaften", Gender::plural, true, true, false},
    {"wohnungsgenossenschaften", Gender::plural, true, true, false},
    {"wohnungsunternehmen", Gender::plural, true, true, false},
    {"selbstorganisationen", Gender::plural, true, false, false},
    {"migrantenorganisationen", Gender::plural, true, true, false},
    {"hochschule", Gender::feminine, true, true, false},
    {"studienkolleg", Gender::neuter, true, true, false},
    {"sportbund", Gender::masculine, true, false, false},
    {"parteien", Gender::plural, true, true, false},
    {"fraktionen", Gender::plural, true, true, false},
    {"bildungseinrichtungen", Gender::plural, true, true, false},
    {"institutionen", Gender::plural, true, true, false},
    {"akteure", Gender::plural, true, true, false},
    {"beschäftigte", Gender::plural, true, true, false},
    {"schulsozialarbeit", Gender::feminine, true, true, false},
    {"schulsozialarbeiter", Gender::plural, true, true, false},
    {"einrichtungen", Gender::plural, false, true, false},
    {"polizei", Gender::feminine, true, true, false},
    {"sprachmittler", Gender::plural, true, true, false},
};

struct Match {
    const Head* head;
    std::string noun;  // in its plain form, capitals kept
    bool genitive = false;
    bool dative_plural = false;
};

std::optional<Match> match_noun(const Word& word) {
    if (!word.capital) return std::nullopt;
    const auto try_plain = [&](std::string_view low, std::size_t cut, bool genitive, bool dative) -> std::optional<Match> {
        for (const auto& h : heads) {
            if (h.whole ? low != h.ending : !low.ends_with(h.ending)) continue;
            if (h.ending == "amt" && (low == "ehrenamt" || low == "gesamt" || low == "hauptamt" || low == "insgesamt")) return std::nullopt;
            if (dative && h.gender != Gender::plural && h.ending != "beauftragte") return std::nullopt;
            if (genitive && (h.gender == Gender::plural || (h.gender == Gender::feminine))) return std::nullopt;
            return Match{&h, word.text.substr(0, word.text.size() - cut), genitive, dative};
        }
        return std::nullopt;
    };
    if (auto m = try_plain(word.low, 0, false, false)) return m;
    const std::string_view low = word.low;
    if (low.ends_with("es"))
        if (auto m = try_plain(low.substr(0, low.size() - 2), 2, true, false)) return m;
    if (low.ends_with("s"))
        if (auto m = try_plain(low.substr(0, low.size() - 1), 1, true, false)) return m;
    if (low.ends_with("r") && low.ends_with("beauftragter")) return try_plain(low.substr(0, low.size() - 1), 1, false, false);
    if (low.ends_with("n"))
        if (auto m = try_plain(low.substr(0, low.size() - 1), 1, false, true)) return m;
    if (low.ends_with("e") && !low.ends_with("ee"))
        if (auto m = try_plain(low.substr(0, low.size() - 1), 1, false, false); m && m->head->gender == Gender::masculine && m->head->named) return m;
    return std::nullopt;
}

bool among(std::initializer_list<std::string_view> list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

std::string stem_of(const std::string& name) {
    auto low = lower(name);
    const auto cut = low.find_first_of(" /");
    if (cut != std::string::npos) low.resize(cut);
    if (low.ends_with("koordinatorin")) low.resize(low.size() - 2);
    return low;
}

std::string upper_of(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = next(text, i);
        append(out, is_lower(c) ? 0xFFFD : c);
    }
    return out;
}

struct Found {
    Match match;
    std::string name;
    std::size_t word, end;  // head word, word behind the name
};

// The noun with the slash form and the proper name that follow it.
std::optional<Found> found_at(std::string_view sentence, const std::vector<Word>& words, std::size_t i) {
    const auto match = match_noun(words[i]);
    if (!match) return std::nullopt;
    Found out{*match, match->noun, i, i + 1};
    const auto slash = [&](std::size_t at) {
        return at < words.size() && sentence.substr(words[at - 1].end, words[at].begin - words[at - 1].end) == "/";
    };
    const auto& ending = match->head->ending;
    if (ending == "beauftragte") {
        if (slash(out.end) && (words[out.end].low == "r" || words[out.end].low == "n")) {
            out.name += "/r";
            ++out.end;
        } else if (i > 1 && slash(i - 1))
            out.name += "/r";  // "die/der Integrationsbeauftragte"
        else if (words[i].low.ends_with("r"))
            out.name += "r";
    } else if (slash(out.end) && (words[out.end].low == "in" || words[out.end].low == "innen")) {
        out.name += "/" + words[out.end].text;
        ++out.end;
    }
    if (ending.starts_with("koordinator") && out.end + 1 < words.size() && words[out.end].low == "für" && words[out.end + 1].capital) {
        out.name += std::string(sentence.substr(words[out.end - 1].end, words[out.end + 1].end - words[out.end - 1].end));
        out.end += 2;
    }
    if (match->head->named && out.end < words.size()) {
        const bool plural = match->head->gender == Gender::plural;
        auto last = out.end;  // one behind the last word of the name
        const bool place =
            among({"landratsamt", "landkreis", "stadt", "gemeinde", "kreisverwaltung", "stadtverwaltung", "gemeindeverwaltung", "schulamt"}, ending);
        int nouns = 0;  // in a row: "Zentrale Dienste", and no more
        for (auto k = out.end; k < words.size() && k < out.end + 9; ++k) {
            const auto& before = words[k - 1];
            const auto between = sentence.substr(before.end, words[k].begin - before.end);
            if (between.find('.') != std::string_view::npos || between.find('(') != std::string_view::npos ||
                between.find(':') != std::string_view::npos || between.find("–") != std::string_view::npos ||
                between.find(" - ") != std::string_view::npos)
                break;
            if (before.comma && !(plural && words[k].capital && !match_noun(words[k]))) break;
            if (words[k].capital) {
                if (match_noun(words[k]) && words[k].low != "landrats") break;
                if ((place && k > out.end) || (!before.comma && ++nouns > 2)) break;
                last = k + 1;
                continue;
            }
            if (place && !(ending == "agentur")) break;
            if (among({"und", "der", "des", "für", "u"}, words[k].low) && k + 1 < words.size() && words[k + 1].capital &&
                (!match_noun(words[k + 1]) || words[k + 1].low == "landrats")) {
                nouns = 0;
                continue;
            }
            break;
        }
        if (last > out.end) {
            out.name += std::string(sentence.substr(words[out.end - 1].end, words[last - 1].end - words[out.end - 1].end));
            out.end = last;
        } else if (ending == "agentur" || (ending == "amt" && words[i].low == "amt")) {
            if (ending == "amt") return std::nullopt;
        }
    } else if (ending == "amt" && words[i].low == "amt") {
        return std::nullopt;
    }
    return out;
}

}  // namespace

void Cast::learn(const std::string& text) {
    const auto words = words_of(text);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (const auto found = found_at(text, words, i)) {
            if (found->name == upper_of(found->name)) continue;  // a heading in capitals teaches no spelling
            const auto stem = stem_of(found->name);
            if (stem.ends_with("koordinator") || stem.ends_with("beauftragte")) {
                auto& fullest = fullest_[stem];
                const auto rank = [](const std::string& n) { return length(n) + (n.find('/') != std::string::npos ? 100 : 0); };
                if (fullest.empty() || rank(found->name) > rank(fullest)) fullest = found->name;
            }
            if (found->match.head->ending == "beirat" && found->name != "Beirat") bodies_.insert(found->name);
        }
        // "… des lokalen Netzwerks … (NIMM)"
        if (length(words[i].text) >= 3 && words[i].begin > 0 && text[words[i].begin - 1] == '(' && words[i].end < text.size() &&
            text[words[i].end] == ')' && words[i].text == nfc(words[i].text)) {
            bool capitals = true;
            for (std::size_t at = 0; at < words[i].text.size();) capitals = is_upper(next(words[i].text, at)) && capitals;
            if (!capitals) continue;
            for (auto k = i > 14 ? i - 14 : 0; k < i; ++k)
                if (words[k].low.starts_with("netzwerk")) networks_.insert(words[i].text);
        }
    }
}

std::string Cast::canonical(const std::string& name) const {
    if (name == "Beirat" && bodies_.size() == 1) return *bodies_.begin();
    const auto at = fullest_.find(stem_of(name));
    return at == fullest_.end() ? name : at->second;
}

std::vector<Actor> Cast::actors_in(std::string_view sentence, const std::vector<Word>& words) const {
    std::vector<Actor> out;
    const auto begins = words.empty() ? std::string() : words.front().low;
    bool earlier_subject = among({"er", "sie", "es", "beide"}, begins);
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto found = found_at(sentence, words, i);
        std::size_t end = i + 1;
        Gender gender = Gender::neuter;
        Actor actor;
        bool genitive = false, dative = false;
        if (found) {
            actor.name = canonical(found->name);
            actor.partner = found->match.head->partner;
            gender = found->match.head->gender;
            genitive = found->match.genitive;
            dative = found->match.dative_plural && found->match.head->ending != "beauftragte";
            end = found->end;
            if (words[i].low == "einrichtungen" && !(i > 0 && words[i - 1].low.starts_with("nachgeordnet"))) continue;
        } else if (networks_.contains(words[i].text)) {
            actor.name = words[i].text;
        } else if (words[i].text == "IB" && !bodies_.empty()) {
            // "IB" is short for the one council whose name those letters begin.
            for (const auto& b : bodies_)
                if (b.starts_with("I") && lower(b).ends_with("beirat")) actor.name = b;
            if (actor.name.empty()) continue;
            gender = Gender::masculine;
        } else {
            continue;
        }
        if (!words[i].main) {
            i = end - 1;
            continue;
        }

        // Adjectives, articles and the preposition before the noun.
        auto k = i;
        while (k > 0 && !words[k - 1].capital && !words[k - 1].comma && words[k - 1].low.size() > 3 &&
               (words[k - 1].low.ends_with("en") || words[k - 1].low.ends_with("e") || words[k - 1].low.ends_with("er")) &&
               !among({"eine",        "einen",  "einer",   "ihre",  "ihren",   "ihrer",        "seine", "seiner", "seinen", "werden",
                       "haben",       "können", "beraten", "über",  "unter",   "sowie",        "oder",  "sollen", "müssen", "stellen",
                       "kooperieren", "nehmen", "beide",   "keine", "fördern", "unterstützen", "legen", "diese",  "dieser", "diesen",
                       "diesem",      "dieses", "aller",   "alle",  "allen",   "jeder",        "jede",  "dessen", "deren"},
                      words[k - 1].low))
            --k;
        std::vector<std::string> articles;
        while (k > 0 && articles.size() < 2 && !words[k - 1].comma &&
               among({"der",   "die",   "das",   "des",   "dem",   "den",    "m",      "r",      "n",     "ein",   "eine",
                      "einen", "einem", "einer", "eines", "seine", "seiner", "seinen", "sein",   "ihre",  "ihrer", "ihren",
                      "alle",  "allen", "aller", "ihr",   "diese", "dieser", "diesem", "diesen", "dieses"},
                     words[k - 1].low)) {
            articles.push_back(words[k - 1].low);
            --k;
        }
        const std::string before = k > 0 && (!words[k - 1].comma || among({"durch", "von", "mit"}, words[k - 1].low)) ? words[k - 1].low : "";
        const std::string before2 = k > 1 ? words[k - 2].low : "";
        const auto has = [&](std::string_view a) { return std::find(articles.begin(), articles.end(), a) != articles.end(); };
        actor.begin = k;
        actor.preposition = before;
        actor.masculine = gender == Gender::masculine;
        actor.end = end;
        const bool listed = !out.empty() && ((out.back().end == k && k > 0 && words[k - 1].comma) ||
                                             (out.back().end + 1 == k && among({"und", "sowie", "oder", "bzw"}, before)) ||
                                             (out.back().end == k && articles.empty()));
        // After an attribute only another genitive goes on with the list.
        const bool joined = listed && !(out.back().part == Part::attribute && !articles.empty() && !genitive && !has("des") && !has("der"));
        const bool of_participle =
            (before == "durch" || before == "von" || before == "vom") && k > 1 && among({"der", "die", "das", "den", "dem", "des"}, before2);
        const auto joins = [&](Part part) {
            actor.part = part;
            actor.sure = out.back().sure;
        };

        if (of_participle)
            actor.part = Part::attribute;  // "das vom Fachgebiet erstellte System"
        else if (before == "durch")
            actor.part = Part::agent;
        else if (before == "von" || before == "vom" || (!articles.empty() && before == "seitens"))
            actor.part = Part::agent;
        else if (before == "über")
            actor.part = Part::means;
        else if ((before == "leitung" || before == "federführung") ||
                 ((before == "verantwortlichkeit" || before == "verantwortung") && (before2 == "in" || before2 == "der")))
            actor.part = Part::lead;
        else if ((before == "beteiligung" || before == "einbeziehung" || before == "einbezug" || before == "mitwirkung") &&
                 (before2 == "unter" || before2 == "der"))
            actor.part = Part::counterpart;
        else if (among({"in", "im", "innerhalb"}, before) && found &&
                 among({"landkreis", "kommune", "kommunen", "stadt", "gemeinde", "städte", "gemeinden"}, found->match.head->ending))
            actor.part = Part::attribute;
        else if (among({"in", "im", "innerhalb"}, before))
            actor.part = gender == Gender::masculine && !found ? Part::counterpart : Part::place;
        else if (among({"mit",  "bei", "beim", "für",   "an",      "am",   "gegenüber", "zu",       "zum", "zur",    "unter", "aus",
                        "nach", "auf", "ohne", "gegen", "seitens", "samt", "nebst",     "zwischen", "als", "dessen", "deren"},
                       before))
            actor.part = before == "als" || before == "dessen" || before == "deren" || before == "aus" || before == "auf" || before == "unter" ||
                                 before == "nach"
                             ? Part::attribute
                             : Part::counterpart;
        else if (genitive || has("des") || has("eines") || has("seiner") || has("aller") || has("dieses"))
            actor.part = joined && out.back().part != Part::subject && out.back().part != Part::attribute
                             ? out.back().part
                             : (has("der") && has("des") && joined && out.back().part == Part::lead ? Part::lead : Part::attribute);
        else if (has("die") && has("der")) {
            actor.part = Part::subject;
            actor.sure = true;
        } else if (has("der") && (has("dem") || has("m")))
            actor.part = Part::counterpart;
        else if (has("die") && has("den"))
            actor.part = Part::counterpart;
        else if (has("dem") || has("den") || has("einem") || has("einen") || has("allen") || has("seinen") || has("ihren") || has("diesem") ||
                 has("diesen") || dative)
            actor.part = Part::counterpart;
        else if (has("der") || has("einer") || has("ihrer") || has("dieser")) {
            if (gender == Gender::masculine && joined && out.back().part == Part::agent)
                actor.part = Part::agent;
            else if (gender == Gender::masculine && !has("einer")) {
                actor.part = Part::subject;
                actor.sure = true;
            }
            // "der Verwaltung": genitive behind a noun, else dative
            else if (gender == Gender::feminine && found && found->match.head->ending == "beauftragte" && words[i].low.ends_with("e")) {
                actor.part = Part::subject;
                actor.sure = true;
            } else
                actor.part = !before.empty() && k > 0 && words[k - 1].capital ? Part::attribute : Part::counterpart;
        } else if (has("die") || has("das") || has("ein") || has("eine") || has("seine") || has("ihre") || has("sein") || has("alle") ||
                   has("diese")) {
            const bool by_itself = end < words.size() && words[end].low == "durch";  // "…, das Landratsamt durch die Fachbereiche"
            actor.part = by_itself ? Part::subject : joined ? out.back().part : earlier_subject ? Part::counterpart : Part::subject;
        } else if (i > k && gender == Gender::plural && words[i - 1].low.ends_with("er") && k > 0 && words[k - 1].capital) {
            actor.part = Part::attribute;  // "System ehrenamtlicher Sprachmittler"
        } else {
            actor.part = joined ? out.back().part : earlier_subject || dative ? Part::counterpart : Part::subject;
        }
        // A list goes on in the case it began: "mit Jobcenter, Ausländerbehörde und Trägern".
        if (joined && !actor.sure && actor.part != Part::agent && actor.part != Part::lead && before != "mit") {
            const auto kept = out.back().part;
            if ((kept == Part::agent || kept == Part::means || kept == Part::lead || kept == Part::place) && actor.part != Part::subject)
                joins(kept);
            else if (kept == Part::subject && actor.part == Part::subject)
                joins(kept);
            else if (kept == Part::counterpart && (articles.empty() || actor.part == Part::attribute))
                joins(kept);
        }
        if (joined && actor.part == Part::subject && actor.sure && out.back().part == Part::counterpart && !earlier_subject &&
            (has("die") || articles.empty()))
            actor.part = Part::subject;
        if (actor.part == Part::subject) earlier_subject = true;
        out.push_back(std::move(actor));
        i = end - 1;
    }
    // An undoubted nominative makes the doubtful ones before it objects, unless they are joined to it.
    const auto sure = std::find_if(out.begin(), out.end(), [](const Actor& a) { return a.part == Part::subject && a.sure; });
    if (sure != out.end())
        for (auto it = out.begin(); it != sure; ++it)
            if (it->part == Part::subject && !it->sure && it->end + 2 < sure->begin) it->part = Part::counterpart;
    return out;
}

}  // namespace plan::importing
