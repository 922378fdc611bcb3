#include "plan/import/modality.h"

#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

using List = std::initializer_list<std::string_view>;
bool among(List list, std::string_view word) { return std::find(list.begin(), list.end(), word) != list.end(); }

constexpr std::string_view separable[] = {"ab",     "an",       "auf",         "aus",       "bei",       "dar",    "durch", "ein",    "fort",
                                          "her",    "hin",      "los",         "mit",       "nach",      "vor",    "weg",   "weiter", "zu",
                                          "zurück", "zusammen", "sicher",      "bereit",    "heraus",    "hervor", "heran", "herbei", "hinzu",
                                          "teil",   "statt",    "frei",        "fest",      "um",        "über",   "unter", "wahr",   "entgegen",
                                          "vorweg", "voran",    "auseinander", "weiterhin", "gegenüber", "nahe",   "offen", "kennen"};
// Verbs that state what somebody does; with an office or body as their subject they bind it.
constexpr std::string_view deeds[] = {"koordiniert",    "koordinieren",
                                      "erstellt",       "erstellen",
                                      "führt",          "führen",
                                      "bietet",         "bieten",
                                      "sichert",        "sichern",
                                      "gewährt",        "gewähren",
                                      "berät",          "beraten",
                                      "fördert",        "fördern",
                                      "unterstützt",    "unterstützen",
                                      "stellt",         "stellen",
                                      "prüft",          "prüfen",
                                      "überprüft",      "überprüfen",
                                      "berichtet",      "berichten",
                                      "legt",           "legen",
                                      "informiert",     "informieren",
                                      "organisiert",    "organisieren",
                                      "entwickelt",     "entwickeln",
                                      "richtet",        "richten",
                                      "schafft",        "schaffen",
                                      "gewährleistet",  "gewährleisten",
                                      "garantiert",     "garantieren",
                                      "gibt",           "geben",
                                      "sensibilisiert", "sensibilisieren",
                                      "nimmt",          "nehmen",
                                      "beteiligt",      "beteiligen",
                                      "arbeitet",       "arbeiten",
                                      "beruft",         "berufen",
                                      "erfasst",        "erfassen",
                                      "veröffentlicht", "veröffentlichen",
                                      "evaluiert",      "evaluieren",
                                      "baut",           "bauen",
                                      "stärkt",         "stärken",
                                      "übernimmt",      "übernehmen",
                                      "verpflichtet",   "verpflichten",
                                      "beschließt",     "beschließen",
                                      "beauftragt",     "beauftragen",
                                      "lädt",           "laden",
                                      "benennt",        "benennen",
                                      "ernennt",        "bestellt",
                                      "sorgt",          "sorgen",
                                      "trägt",          "tragen",
                                      "erarbeitet",     "erarbeiten",
                                      "ermöglicht",     "ermöglichen",
                                      "initiiert",      "initiieren",
                                      "pflegt",         "pflegen",
                                      "aktualisiert",   "aktualisieren",
                                      "verbessert",     "verbessern",
                                      "vernetzt",       "vernetzen",
                                      "vermittelt",     "vermitteln",
                                      "betreut",        "betreuen",
                                      "begleitet",      "begleiten",
                                      "schult",         "schulen",
                                      "qualifiziert",   "qualifizieren",
                                      "finanziert",     "finanzieren",
                                      "hält",           "halten",
                                      "bezieht",        "beziehen",
                                      "wertet",         "werten",
                                      "wählt",          "tagt",
                                      "tagen",          "trifft",
                                      "treffen",        "erhebt",
                                      "erheben",        "dokumentiert",
                                      "dokumentieren",  "bündelt",
                                      "bündeln",        "meldet",
                                      "melden",         "leitet",
                                      "leiten",         "moderiert",
                                      "moderieren",     "fungiert",
                                      "fungieren",      "erfüllt",
                                      "erfüllen",       "kooperiert",
                                      "kooperieren",    "lässt",
                                      "lassen",         "nutzt",
                                      "nutzen",         "befragt",
                                      "befragen",       "eröffnet",
                                      "eröffnen",       "errichtet",
                                      "errichten",      "erweitert",
                                      "erweitern",      "verstetigt",
                                      "beantragt",      "überwacht",
                                      "überwachen",     "steuert",
                                      "steuern",        "beantwortet",
                                      "beantworten",    "übermittelt",
                                      "übermitteln",    "übergibt",
                                      "übergeben",      "unterrichtet",
                                      "unterrichten",   "setzt",
                                      "setzen",         "liefert",
                                      "liefern",        "unterbreitet",
                                      "unterbreiten",   "schlägt",
                                      "schlagen",       "lobt",
                                      "vergibt",        "vergeben",
                                      "kontrolliert",   "kontrollieren",
                                      "analysiert",     "analysieren",
                                      "plant",          "ergänzt",
                                      "ergänzen",       "vertritt",
                                      "vertreten",      "versendet",
                                      "versenden",      "verteilt",
                                      "verteilen",      "druckt",
                                      "übersetzt",      "übersetzen",
                                      "betreibt",       "betreiben",
                                      "unterhält",      "unterhalten",
                                      "vereinbart",     "vereinbaren",
                                      "schließt",       "schließen",
                                      "sammelt",        "sammeln",
                                      "zahlt",          "zahlen",
                                      "passt",          "passen",
                                      "schreibt",       "schreiben",
                                      "veranstaltet",   "veranstalten",
                                      "weist",          "weisen",
                                      "bildet",         "bilden",
                                      "öffnet",         "öffnen",
                                      "beschäftigt",    "beschäftigen",
                                      "reicht",         "reichen",
                                      "mitwirkt",       "fasst",
                                      "fassen",         "ruft",
                                      "rufen",          "hilft",
                                      "helfen",         "klärt",
                                      "klären",         "verankert",
                                      "verankern",      "gestaltet",
                                      "gestalten"};
// States, opinions and descriptions: no deed follows from them.
constexpr std::string_view states[] = {
    "ist",       "sind",     "war",      "waren",      "hat",         "haben",   "verfügt",   "verfügen",   "bleibt",      "bleiben",    "zeigt",
    "zeigen",    "besteht",  "bestehen", "lebt",       "leben",       "gilt",    "gelten",    "sieht",      "sehen",       "umfasst",    "umfassen",
    "verweist",  "versteht", "stützt",   "beschränkt", "beschränken", "erhielt", "erhielten", "orientiert", "orientieren", "engagieren", "engagiert",
    "betont",    "betonen",  "wird",     "werden",     "kann",        "können",  "darf",      "soll",       "sollen",      "muss",       "müssen",
    "mit",       "seit",     "jetzt",    "nicht",      "selbst",      "zuletzt", "insgesamt", "bereits",    "oft",         "sonst",      "dort",
    "fast",      "dient",    "dienen",   "liegt",      "liegen",      "steht",   "stehen",    "leistet",    "leisten",     "erlaubt",    "birgt",
    "befindet",  "hatte",    "hatten",   "wurde",      "wurden",      "gehört",  "gehören",   "zählt",      "zählen",      "wohnen",     "wohnt",
    "darstellt", "kennt",    "weiß",     "erwartet",   "hofft",       "freut",   "genießt",   "entspricht"};

template <class Table>
bool in_table(const Table& table, std::string_view word) {
    return std::find(std::begin(table), std::end(table), word) != std::end(table);
}

// "weiterzuführen", "auszubauen"
bool has_inner_zu(std::string_view low) {
    if (!(low.ends_with("en") || low.ends_with("ern") || low.ends_with("eln"))) return false;
    for (const auto p : separable)
        if (low.starts_with(p) && low.substr(p.size()).starts_with("zu") && low.size() > p.size() + 5) return true;
    return false;
}
bool looks_infinitive(std::string_view low) {
    return low.size() > 3 && (low.ends_with("en") || low.ends_with("ern") || low.ends_with("eln") || low == "tun" || low == "sein");
}

bool looks_participle(std::string_view low) {
    if (low.size() < 5) return false;
    const bool ending = low.ends_with("t") || low.ends_with("en");
    if (!ending) return false;
    if (low.ends_with("iert")) return true;
    if (low.starts_with("ge")) return true;
    for (const auto p : separable)
        if (low.starts_with(p) && low.substr(p.size()).starts_with("ge") && low.size() > p.size() + 4) return true;
    for (const std::string_view p : {"be", "ver", "er", "ent", "zer", "über", "unter", "wider", "miss", "hinter"})
        if (low.starts_with(p) && low.size() > p.size() + 2) return true;
    for (const auto p : separable)
        for (const std::string_view q : {"be", "ver", "er", "ent"})
            if (low.starts_with(p) && low.substr(p.size()).starts_with(q) && low.size() > p.size() + q.size() + 2) return true;
    return false;
}

class Reader {
  public:
    Reader(std::string_view sentence, const std::vector<Word>& words, const std::vector<Actor>& actors, bool has_time)
        : sentence_(sentence), words_(words), actors_(actors), has_time_(has_time) {
        for (std::size_t i = 0; i < words.size(); ++i)
            if (words[i].main) main_.push_back(i);
        for (const auto& a : actors) {
            district_ = district_ || !a.partner;
            subject_ = subject_ || a.part == Part::subject;
            district_subject_ = district_subject_ || (a.part == Part::subject && !a.partner);
        }
    }

    Reading run() {
        if (main_.empty()) return {};
        Reading out;
        if (!declares(out) && !strives(out) && !permits(out) && !obliges(out) && !will_do(out) && !does(out)) return {};
        if (out.modality == Modality::obligation)
            if (const auto condition = condition_words(); !condition.empty()) {
                out.modality = Modality::conditional_obligation;
                out.words += " … " + condition;
            }
        return out;
    }

  private:
    std::size_t n() const { return main_.size(); }
    const std::string& low(std::size_t i) const {
        static const std::string none;
        return i < main_.size() ? words_[main_[i]].low : none;
    }
    const Word& word(std::size_t i) const { return words_[main_[i]]; }
    // The first main word among the list; n() for none.
    std::size_t find(List list, std::size_t from = 0) const {
        for (auto i = from; i < n(); ++i)
            if (among(list, low(i)) && !is_slash_part(i)) return i;
        return n();
    }
    bool has(List list) const { return find(list) < n(); }
    bool is_slash_part(std::size_t i) const {
        return main_[i] > 0 && sentence_.substr(words_[main_[i] - 1].end, word(i).begin - words_[main_[i] - 1].end) == "/";
    }
    // The last word of the comma segment `i` stands in.
    std::size_t segment_end(std::size_t i) const {
        while (i + 1 < n() && !word(i).comma && main_[i + 1] == main_[i] + 1) ++i;
        return i;
    }
    std::string text(List list) const {
        const auto i = find(list);
        return i < n() ? word(i).text : "";
    }
    bool negated() const { return has({"nicht", "kein", "keine", "keinen", "keinem", "keiner", "weder"}) && !has({"nur"}); }

    bool set(Reading& out, Modality m, std::string words, bool is_explicit, Voice voice = Voice::active) const {
        out.modality = m;
        out.words = std::move(words);
        out.is_explicit = is_explicit;
        out.voice = voice;
        return true;
    }

    bool declares(Reading& out) const {
        for (std::size_t i = 0; i < n(); ++i)
            if (!word(i).capital && among({"begrüßt", "begrüßen", "würdigt", "würdigen", "bekräftigt", "bekräftigen", "betont", "betonen",
                                           "befürwortet", "dankt", "danken", "unterstreicht", "anerkennt", "bekundet", "verabschiedet"},
                                          low(i)))
                return set(out, Modality::declaration, word(i).text, true);
        if (has({"bewusst"}) && has({"sich"})) return set(out, Modality::declaration, "sich … bewusst", true);
        if (has({"bekennt", "bekennen"}) && has({"sich"})) return set(out, Modality::declaration, text({"bekennt", "bekennen"}) + " sich", true);
        if (has({"bedarf"}) && has({"sieht", "sehen", "besteht", "gesehen", "gibt"}) && !has({"bei"})) {
            out.need = true;
            return set(out, Modality::declaration, text({"sieht", "sehen", "besteht", "gesehen", "gibt"}) + " … Bedarf", true);
        }
        if (const auto i = find({"erforderlich", "notwendig", "nötig", "wünschenswert"});
            i < n() && has({"ist", "sind"}) && (closes(i) || !zu_infinitive(0))) {
            out.need = true;
            return set(out, Modality::declaration, text({"ist", "sind"}) + " … " + word(i).text, true);
        }
        if (has({"gültigkeit"}) && has({"behält", "behalten", "haben", "hat"}))
            return set(out, Modality::declaration, text({"behält", "behalten", "haben", "hat"}) + " … Gültigkeit", true);
        return false;
    }

    bool strives(Reading& out) const {
        if (const auto i = find({"setzt", "setzen"}); i < n() && has({"sich"}))
            for (auto k = i + 1; k < n(); ++k)
                if (low(k) == "ein" && (k + 1 == n() || word(k).comma || main_[k] + 1 < main_[k + 1] || closes(k)))
                    return set(out, Modality::effort, word(i).text + " sich … ein", true);
        if (const auto i = find({"wirkt", "wirken"}); i < n() && (has({"darauf", "hin"}) || has({"auf"})) && !has({"mit"}))
            return set(out, Modality::effort, word(i).text + (has({"darauf"}) ? " darauf hin" : " … hin"), true);
        if (has({"angestrebt"}))
            return set(out, Modality::effort, (has({"wird"}) ? "wird … " : "") + std::string("angestrebt"), true, Voice::passive);
        if (has({"strebt", "streben"})) return set(out, Modality::effort, text({"strebt", "streben"}) + " … an", true);
        if (has({"bemüht", "bemühen"}) && has({"sich"})) return set(out, Modality::effort, text({"bemüht", "bemühen"}) + " sich", true);
        if (has({"empfohlen", "empfiehlt", "empfehlen"})) return set(out, Modality::effort, text({"empfohlen", "empfiehlt", "empfehlen"}), true);
        if (has({"beabsichtigt", "beabsichtigen"})) return set(out, Modality::effort, text({"beabsichtigt", "beabsichtigen"}), true);
        if (const auto i = find({"wirbt", "werben"}); i < n() && subject_) return set(out, Modality::effort, word(i).text, true);
        if (const auto i = find({"soll", "sollen", "sollte", "sollten"}); i < n())
            return set(out, Modality::effort, word(i).text, true, ends_with_werden() ? Voice::passive : Voice::active);
        if (const auto i = find({"möchte", "möchten", "will", "wollen"}); i < n() && subject_) return set(out, Modality::effort, word(i).text, true);
        if (const auto i = find({"ziel"}); i < std::min<std::size_t>(n(), 4) && has({"ist", "sind", "muss"}) && find({"ist", "sind", "muss"}) < 6)
            return set(out, Modality::effort, "Ziel … " + text({"ist", "sind", "muss"}), true);
        return false;
    }

    bool permits(Reading& out) const {
        if (const auto i = find({"befugt", "berechtigt", "ermächtigt"}); i < n() && has({"ist", "sind", "wird", "werden"})) {
            out.subject_bears = true;
            return set(out, Modality::power, text({"ist", "sind", "wird", "werden"}) + " … " + word(i).text, true);
        }
        if (has({"recht"}) && has({"hat", "haben"}) && word(find({"recht"})).capital)
            return set(out, Modality::power, text({"hat", "haben"}) + " … das Recht", true);
        if (const auto i = find({"kann", "können", "darf", "dürfen"}); i < n() && !negated() && !has({"verweisen", "zurückgreifen", "aufbauen"})) {
            const bool passive = ends_with_werden();
            if ((subject_ && district_) || (passive && district_))
                return set(out, Modality::power, word(i).text, true, passive ? Voice::passive : Voice::active);
        }
        return false;
    }

    bool obliges(Reading& out) const {
        if (const auto i = find({"verantwortlich", "zuständig", "federführend", "ansprechpartner", "ansprechpartnerin"});
            i < n() && has({"ist", "sind", "zeichnet", "zeichnen"}) && !actors_.empty()) {
            const bool refers = has({"hierfür", "dafür", "hierzu", "dazu"});
            out.names_bearer = refers && i < 3 && low(i) != "ansprechpartner";
            out.subject_bears = true;
            return set(out, Modality::obligation, word(i).text + " … " + text({"ist", "sind", "zeichnet", "zeichnen"}), true);
        }
        if (has({"zuständigkeit", "federführung", "verantwortung"}) && has({"liegt", "liegen"}) && has({"bei", "beim"}) && !actors_.empty()) {
            out.names_bearer = false;
            return set(out, Modality::obligation, "liegt bei", true, Voice::to_do);
        }
        if (const auto i = find({"obliegt", "obliegen"}); i < n()) return set(out, Modality::obligation, word(i).text, true, Voice::to_do);
        if (const auto i = find({"muss", "müssen"}); i < n())
            return set(out, Modality::obligation, word(i).text, true, ends_with_werden() ? Voice::passive : Voice::active);
        if (const auto i = find({"beauftragt", "betraut", "verpflichtet", "aufgefordert", "gehalten", "gefordert"});
            i < n() && has({"ist", "sind", "wird", "werden"}) && find({"ist", "sind", "wird", "werden"}) < i) {
            out.subject_bears = true;
            return set(out, Modality::obligation, text({"ist", "sind", "wird", "werden"}) + " … " + word(i).text, true, Voice::passive);
        }
        if (has({"verpflichtet", "verpflichten"}) && has({"sich"}))
            return set(out, Modality::obligation, text({"verpflichtet", "verpflichten"}) + " sich", true);
        if (const auto i = find({"lässt", "lassen"}); i < n() && has({"sich"}) && has({"von", "vom", "durch"})) {
            out.told_by = true;
            return set(out, Modality::obligation, word(i).text + " sich", true);
        }
        if (has({"legt", "legen"}) && ends_with("fest")) return set(out, Modality::obligation, text({"legt", "legen"}) + " … fest", true);
        // "hat … zuzuarbeiten", "ist … zu stärken"
        for (const bool to_be : {false, true}) {
            const auto i = to_be ? find({"ist", "sind"}) : find({"hat", "haben"});
            if (i == n() || (to_be && is_opinion())) continue;
            if (to_be && low(0) == "es" && i == 1 && segment_end(i) + 1 < n()) continue;  // "Es ist gut, … zu …"
            if (const auto zu = zu_infinitive(i + 1)) {
                if (!to_be && !subject_ && !has_time_) continue;
                if (to_be && has({"gelungen", "schwierig", "möglich", "wichtig", "leicht", "schwer", "davon", "aufgabe"})) continue;
                return set(out, Modality::obligation, word(i).text + " … " + *zu, true, to_be ? Voice::to_do : Voice::active);
            }
        }
        return false;
    }
    // "Es ist das Ziel, … zu …", "Ziel ist es, … zu …"
    bool is_opinion() const {
        const auto noun = find({"ziel", "anliegen", "absicht", "ausdruck", "folge"}), verb = find({"ist", "sind"});
        return noun < n() && (noun < verb ? verb - noun : noun - verb) <= 4;
    }

    // "wird … vorgelegt", "werden … vorschlagen"
    bool will_do(Reading& out) const {
        const auto i = find({"wird", "werden"});
        if (i == n() || has({"worden"})) return false;
        // The verb at the end of the clause; a coordinated one before it counts as well.
        auto last = n();
        for (auto k = n(); k-- > i + 1;)
            if (!word(k).capital && (looks_participle(low(k)) || looks_infinitive(low(k))) && !among({"werden", "können", "sein", "haben"}, low(k))) {
                if (closes(k)) {
                    last = k;
                    break;
                }
            }
        if (last == n() || last == i) return false;
        if (ends_with("sein") || ends_with("haben")) { return false; }
        const bool participle = looks_participle(low(last));
        const bool agent = std::any_of(actors_.begin(), actors_.end(),
                                       [](const Actor& a) { return a.part == Part::agent || a.part == Part::lead || a.part == Part::means; });
        const bool sure_subject = std::any_of(actors_.begin(), actors_.end(), [](const Actor& a) { return a.part == Part::subject && !a.partner; });
        // "beraten" is both: with an office as subject and no doer it is what the office will do.
        const bool both = participle && looks_infinitive(low(last)) && !low(last).starts_with("ge") && low(last).find("ge") == std::string::npos;
        if ((!participle || both) && sure_subject && !agent)
            return set(out, Modality::obligation, word(i).text + " … " + word(last).text, true, Voice::active);
        if (!participle || negated()) return false;
        if (among({"genannt", "deutlich", "gesehen", "verstanden", "bezeichnet", "gebraucht", "definiert", "dargestellt", "gemessen", "geduldet",
                   "aufgeworfen", "integriert"},
                  low(last)))
            return false;
        const bool deed = strong_participle(low(last));
        if (!(agent || sure_subject || has_time_ || deed || district_)) return false;
        out.subject_bears = low(last) == "vertreten";
        return set(out, Modality::obligation, word(i).text + " … " + word(last).text, false, Voice::passive);
    }
    static bool strong_participle(std::string_view low) {
        for (const std::string_view p :
             {"vorgelegt",      "angeboten",      "eingerichtet", "erstellt",   "durchgeführt", "überprüft",   "fortgeschrieben",
              "weitergeführt",  "bereitgestellt", "vorgehalten",  "umgesetzt",  "gefördert",    "evaluiert",   "veröffentlicht",
              "sichergestellt", "gewährleistet",  "ausgebaut",    "geschaffen", "gewährt",      "fortgeführt", "geschult",
              "gestärkt",       "verstetigt",     "entwickelt",   "erarbeitet", "aktualisiert", "benannt",     "berufen",
              "unterbreitet",   "gebildet",       "organisiert",  "aufgebaut",  "erweitert",    "berichtet",   "vorgestellt",
              "beraten",        "beschlossen",    "eingeführt",   "erhoben",    "geöffnet",     "konzentriert"})
            if (low == p) return true;
        return false;
    }

    bool does(Reading& out) const {
        const bool pronoun = n() > 0 && among({"er", "sie", "es", "beide", "dieser", "diese"}, low(0));
        if (has({"rolle"}) && has({"ein"})) return false;
        if (ends_with("dar")) return false;
        const auto contact = has({"kontakt", "austausch", "verfügung"}) ? find({"steht", "stehen"}) : n();
        if (contact < n() && district_subject_)
            return set(out, Modality::obligation, word(contact).text + " … " + text({"kontakt", "austausch", "verfügung"}), false);
        if (has({"bleibt", "bleiben"}) && has({"aufgabe"}))
            return set(out, Modality::obligation, text({"bleibt", "bleiben"}) + " … Aufgabe", false, Voice::to_do);
        const bool supported = has({"zuteil"});
        if (supported && has({"wird", "werden"}))
            return set(out, Modality::obligation, text({"wird", "werden"}) + " … zuteil", false, Voice::passive);
        if (!district_subject_ && !pronoun) return false;
        // The finite verb is the second part of a German main clause: the first deed outside the offices' names.
        for (std::size_t i = 0; i < n(); ++i) {
            if (word(i).capital || inside_actor(main_[i]) || is_slash_part(i)) continue;
            if (in_table(deeds, low(i)) && !(low(i) == "beraten" && i + 1 < n() && word(i + 1).capital && i == 0)) {
                if (pronoun && i > 3) return false;
                return set(out, Modality::obligation, word(i).text, false);
            }
            if (has_time_ && i > 0 && low(i).size() > 3 && low(i).ends_with("t") && !in_table(states, low(i)) && follows_actor(main_[i]))
                return set(out, Modality::obligation, word(i).text, false);
            if (follows_actor(main_[i]) && in_table(states, low(i))) return false;
        }
        for (const auto& a : actors_) {
            if (a.part != Part::subject || a.partner || a.end >= words_.size()) continue;
            const auto& w = words_[a.end];
            if (!w.capital && w.main && w.low.size() > 3 && w.low.ends_with("t") && !in_table(states, w.low))
                return set(out, Modality::obligation, w.text, false);
        }
        return false;
    }

    bool inside_actor(std::size_t w) const {
        return std::any_of(actors_.begin(), actors_.end(), [&](const Actor& a) { return w >= a.begin && w < a.end; });
    }
    bool follows_actor(std::size_t w) const {
        return std::any_of(actors_.begin(), actors_.end(), [&](const Actor& a) { return a.end == w; });
    }
    // Nothing but the end, a comma, a bracket or "und" follows.
    bool closes(std::size_t k) const {
        if (k + 1 >= n() || word(k).comma) return true;
        if (among({"und", "sowie", "oder"}, low(k + 1))) return true;
        if (k + 1 < n() && main_[k + 1] != main_[k] + 1) return true;
        return false;
    }
    bool ends_with(std::string_view w) const {
        for (std::size_t i = 0; i < n(); ++i)
            if (low(i) == w && closes(i)) return true;
        return false;
    }
    bool ends_with_werden() const { return ends_with("werden"); }

    // "zu" and an infinitive that close the clause `from` stands in, as its words; not those of a group "das Ziel, … zu verbessern".
    std::optional<std::string> zu_infinitive(std::size_t from) const {
        for (auto k = from; k < n(); ++k) {
            const bool inner = !word(k).capital && has_inner_zu(low(k));
            const bool plain = low(k) == "zu" && k + 1 < n() && !word(k + 1).capital && looks_infinitive(low(k + 1)) && closes(k + 1) &&
                               main_[k + 1] == main_[k] + 1;
            if (!inner && !plain) continue;
            const auto verb = plain ? low(k + 1) : low(k);
            if (among(
                    {"verstehen", "erwarten", "sehen", "erkennen", "verzeichnen", "beobachten", "finden", "begrüßen", "danken", "nennen", "rechnen"},
                    verb))
                continue;
            // The word before the last comma tells a list of nouns from a group that hangs on a noun.
            bool hangs = false;
            for (auto c = from > 0 ? from - 1 : 0; c < k; ++c)
                if (word(c).comma && among({"ziel", "anliegen", "absicht", "möglichkeit", "chance", "lage", "darauf", "daran", "dazu", "dafür",
                                            "bestrebt", "bemüht", "bereit", "wunsch", "gelegenheit", "lust", "zeit"},
                                           low(c)))
                    hangs = true;
            if (hangs) continue;
            return plain ? "zu " + word(k + 1).text : word(k).text;
        }
        return std::nullopt;
    }

    std::string condition_words() const {
        for (std::size_t i = 0; i + 1 < n(); ++i) {
            if ((low(i) == "auf" && among({"anfrage", "antrag", "wunsch", "verlangen", "anforderung", "nachfrage", "empfehlung"}, low(i + 1))) ||
                (low(i) == "bei" && among({"bedarf", "nachfrage", "anfrage", "anfragen"}, low(i + 1))) ||
                (low(i) == "nach" && low(i + 1) == "bedarf") || (low(i) == "im" && among({"einzelfall", "bedarfsfall"}, low(i + 1))))
                return word(i).text + " " + word(i + 1).text;
        }
        for (std::size_t i = 0; i < words_.size(); ++i) {
            if (!among({"sofern", "soweit", "falls", "wenn"}, words_[i].low)) continue;
            if (i == 0 || words_[i - 1].comma) return words_[i].text;
        }
        if (has({"bedarfsweise", "anlassbezogen"})) return text({"bedarfsweise", "anlassbezogen"});
        return {};
    }

    std::string_view sentence_;
    const std::vector<Word>& words_;
    const std::vector<Actor>& actors_;
    bool has_time_;
    bool district_ = false, subject_ = false, district_subject_ = false;
    std::vector<std::size_t> main_;
};

}  // namespace

Reading read_modality(std::string_view sentence, const std::vector<Word>& words, const std::vector<Actor>& actors, bool has_time) {
    return Reader(sentence, words, actors, has_time).run();
}

}  // namespace plan::importing
