#include "plan/import/wording.h"

#include "plan/import/actors.h"
#include "plan/import/dates.h"
#include "plan/import/modality.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

// Sections that introduce, define or look back and ahead declare; they oblige nobody, however they put it.
bool only_declares(std::string_view heading) {
    const auto low = lower(heading);
    for (const std::string_view word :
         {"präambel", "vorwort", "geleitwort", "grußwort", "einleitung", "einführung", "begriffsbestimmung", "begriffsklärung", "definition",
          "ausblick", "rückblick", "ausgangslage", "ausgangssituation", "hintergrund", "zusammenfassung"})
        if (low.find(word) != std::string::npos) return true;
    return false;
}

void add(std::vector<std::string>& list, const std::string& name) {
    if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
}
void remove(std::vector<std::string>& list, const std::vector<std::string>& gone) {
    std::erase_if(list, [&](const std::string& n) { return std::find(gone.begin(), gone.end(), n) != gone.end(); });
}

bool refers_back(const std::vector<Word>& words) {
    for (std::size_t i = 0; i < words.size() && i < 4; ++i)
        for (const std::string_view w : {"hierzu", "hierfür", "hierbei", "dabei", "dazu", "dafür", "hierdurch", "dadurch", "damit"})
            if (words[i].low == w) return true;
    return false;
}
bool begins_with_pronoun(const std::vector<Word>& words) {
    for (const std::string_view w : {"er", "sie", "es", "beide", "dieser", "diese", "dieses", "dies", "ihr", "ihm", "ihnen"})
        if (!words.empty() && words.front().low == w) return true;
    return false;
}

// "… berät die Träger und kann Empfehlungen aussprechen": two statements of one sentence.
std::vector<std::string> parts_of(const std::string& sentence) {
    const auto words = words_of(sentence);
    for (std::size_t i = 2; i + 2 < words.size(); ++i) {
        if (words[i - 1].low != "und" && words[i - 1].low != "aber") continue;
        for (const std::string_view w : {"kann", "können", "soll", "sollen", "darf", "dürfen"})
            if (words[i].low == w)
                return {trim(std::string_view(sentence).substr(0, words[i - 1].begin)), trim(std::string_view(sentence).substr(words[i].begin))};
    }
    return {sentence};
}

class Proposer {
  public:
    Proposer(FoundPlan& plan, const std::vector<MeasureRow>& rows) : plan_(plan) {
        for (const auto& r : rows) rows_[r.clause] = &r;
        for (const auto& c : plan.clauses) {
            cast_.learn(c.heading);
            cast_.learn(c.text);
        }
    }

    void run() {
        std::map<std::string, int> seen;
        for (std::size_t i = 0; i < plan_.clauses.size(); ++i) {
            auto& clause = plan_.clauses[i];
            if (clause.kind != ClauseKind::annex) {
                if (const auto row = rows_.find(i); row != rows_.end())
                    read_row(clause, *row->second);
                else
                    read(clause);
            }
            std::string prefix = clause.number.empty() ? std::string(name_of(clause.kind)) : clause.number;
            if (const int again = ++seen[prefix]; again > 1) prefix += "~" + std::to_string(again);
            for (std::size_t k = 0; k < clause.statements.size(); ++k) {
                auto& s = clause.statements[k];
                s.id = prefix + "-" + letter(k);
                if (!clause.modality || is_stronger(s.modality, *clause.modality)) clause.modality = s.modality;
            }
        }
    }

  private:
    struct Context {
        std::optional<Modality> previous;
        std::vector<std::string> bearers;
        std::optional<FoundStatement> lead_in;  // "Der Landkreis verpflichtet sich:" before a list
        std::size_t previous_end = 0;           // of the previous statement's quote in the paragraph
        bool adjacent = false;
        std::optional<Actor> last_actor;  // last named in the sentence before, whom "dieser" means
    };

    void read(FoundClause& clause) {
        const bool declares = only_declares(clause.heading);
        Context context;
        for (const auto& paragraph : split_paragraphs(clause.text)) {
            const bool item = is_list_item(paragraph);
            if (!item && context.lead_in) context.lead_in.reset();
            context.adjacent = false;
            for (const auto& sentence : sentences_of(paragraph)) {
                const auto parts = parts_of(sentence);
                bool any = false;
                for (std::size_t p = 0; p < parts.size(); ++p) any = read_sentence(clause, parts[p], item, declares, p > 0, context) || any;
                if (!any) context.adjacent = false;
            }
        }
        if (declares)
            for (auto& s : clause.statements)
                if (s.modality != Modality::declaration) {
                    s.modality_words += " (" + clause.heading + ")";
                    s.modality = Modality::declaration;
                    s.dates.clear();
                    s.quantities.clear();
                    s.rhythm.clear();
                    s.rhythm_words.clear();
                    s.yearly_due.clear();
                }
    }

    static std::vector<std::string> split_paragraphs(const std::string& text) {
        std::vector<std::string> out;
        for (std::size_t begin = 0; begin < text.size();) {
            auto end = text.find("\n\n", begin);
            if (end == std::string::npos) end = text.size();
            out.push_back(text.substr(begin, end - begin));
            begin = end + 2;
        }
        return out;
    }

    bool read_sentence(FoundClause& clause, const std::string& sentence, bool item, bool declares, bool second_part, Context& context) {
        auto words = words_of(sentence);
        if (words.size() < 2) return false;
        mark_main_clause(words, sentence);
        const auto times = times_in(sentence, words);
        const auto actors = cast_.actors_in(sentence, words);
        auto reading = read_modality(sentence, words, actors, !times.dates.empty() || !times.rhythm.empty());
        FoundStatement s;
        s.quote = sentence;
        if (second_part && s.bearers.empty() && !std::any_of(actors.begin(), actors.end(), [](const Actor& a) { return a.part == Part::subject; })) {
            const bool may = words.front().low.starts_with("k") || words.front().low.starts_with("d");
            reading = Reading{};
            reading.modality = may ? Modality::power : Modality::effort;
            reading.words = words.front().text;
            reading.is_explicit = true;
            s.bearers = context.bearers;
            s.bearer_words = context.bearers.empty() ? "" : context.bearers.front();
        }
        if (!reading.modality && item && context.lead_in) {
            reading.modality = context.lead_in->modality;
            reading.words = context.lead_in->modality_words;
            s.bearers = context.lead_in->bearers;
            s.bearer_words = context.lead_in->bearer_words;
        }
        const auto last_actor = std::exchange(context.last_actor, actors.empty() ? std::nullopt : std::optional<Actor>(actors.back()));
        if (!reading.modality) return false;
        // A section that only introduces is quoted for what an office or body says there, not for each "ist zu".
        const bool named = std::any_of(actors.begin(), actors.end(), [](const Actor& a) { return a.part == Part::subject || a.part == Part::agent; });
        if (declares && *reading.modality != Modality::declaration && !named) return false;
        if (reading.need && declares) return false;

        s.modality = *reading.modality;
        s.modality_words = reading.words;
        s.need = reading.need;
        assign(actors, words, reading, s);
        // What only goes on about the sentence before binds no more than that one did.
        if (s.need) s.bearers.clear();  // who sees a need has not promised to meet it
        const bool goes_on = begins_with_pronoun(words) || (refers_back(words) && s.bearers.empty());
        if (goes_on && context.previous && !reading.is_explicit && is_stronger(s.modality, *context.previous)) {
            s.modality = *context.previous;
            s.modality_words += " (" + words.front().text + ")";
        }
        const bool somebody = std::any_of(actors.begin(), actors.end(), [&](const Actor& a) {
            return a.part == Part::subject || (a.part == Part::agent && reading.voice != Voice::active);
        });
        const bool purpose = words.front().low == "damit" || words.front().low == "dadurch" || words.front().low == "hierdurch";
        if (goes_on && !purpose && !s.need && s.bearers.empty() && !somebody && s.modality != Modality::declaration &&
            (reading.voice != Voice::passive || reading.is_explicit)) {
            const auto& pronoun = words.front().low;
            if (pronoun == "dieser" || pronoun == "diese" || pronoun == "dieses" || pronoun == "dies") {
                if (last_actor && last_actor->masculine && pronoun == "dieser") s.bearers = {last_actor->name};
            } else {
                s.bearers = context.bearers;
            }
            remove(s.counterparts, s.bearers);
            if (!s.bearers.empty()) s.bearer_words = words.front().text;
        }
        if (s.modality != Modality::declaration) {
            s.dates = times.dates;
            s.rhythm = times.rhythm;
            s.rhythm_words = times.rhythm_words;
            s.yearly_due = times.yearly_due;
            s.quantities = quantities_in(sentence, words);
        }
        if (trim(sentence).ends_with(':') && !item) context.lead_in = s;

        if (reading.names_bearer && !clause.statements.empty() && context.adjacent) {
            // "Zuständig hierfür ist …" belongs to the sentence before.
            auto& before = clause.statements.back();
            const auto joined = before.quote + " " + sentence;
            if (clause.text.find(joined) != std::string::npos) {
                before.quote = joined;
                for (auto it = s.bearers.rbegin(); it != s.bearers.rend(); ++it) {
                    std::erase(before.bearers, *it);
                    before.bearers.insert(before.bearers.begin(), *it);
                }
                remove(before.counterparts, before.bearers);
                before.bearer_words += (before.bearer_words.empty() ? "" : "; ") + s.modality_words;
                context.bearers = before.bearers;
                return true;
            }
        }
        context.previous = s.modality;
        if (!s.bearers.empty()) context.bearers = s.bearers;
        context.adjacent = true;
        clause.statements.push_back(std::move(s));
        return true;
    }

    // Who bears the sentence and with or towards whom: by the part each office plays in it.
    void assign(const std::vector<Actor>& actors, const std::vector<Word>& words, const Reading& reading, FoundStatement& s) const {
        std::vector<std::string> bearers, counterparts, means, places;
        std::string basis;
        const auto note = [&](const Actor& a) {
            if (!basis.empty()) return;
            for (auto i = a.begin > 0 && (a.part == Part::agent || a.part == Part::lead || a.part == Part::means || a.part == Part::place)
                              ? a.begin - 1
                              : a.begin;
                 i < a.end; ++i)
                basis += (basis.empty() ? "" : " ") + words[i].text;
        };
        // Beside an office of the administration a partner acts with it, and bears nothing (Ziffer 4.2 of the concept of 2018).
        const bool own = std::any_of(actors.begin(), actors.end(), [](const Actor& a) {
            return !a.partner && (a.part == Part::subject || a.part == Part::agent || a.part == Part::lead);
        });
        const auto third_party = [&](const Actor& a) { return own && a.partner; };
        const bool has_agent = std::any_of(actors.begin(), actors.end(), [](const Actor& a) { return a.part == Part::agent; });
        for (const auto& a : actors) {
            switch (a.part) {
                case Part::lead:
                    add(bearers, a.name);
                    note(a);
                    break;
                case Part::agent:
                    if (reading.voice != Voice::active || reading.told_by) {
                        if (reading.subject_bears || third_party(a)) {
                            add(counterparts, a.name);
                            break;
                        }
                        add(bearers, a.name);
                        note(a);
                    }
                    break;
                case Part::subject:
                    if (reading.told_by)
                        add(counterparts, a.name);
                    else if (third_party(a))
                        add(counterparts, a.name);
                    else if (reading.voice == Voice::active || reading.subject_bears) {
                        add(bearers, a.name);
                        note(a);
                    } else {
                        add(counterparts, a.name);
                    }
                    break;
                case Part::means:
                    // Through a network others are reached; through an office it is done.
                    if (a.name.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos)
                        add(counterparts, a.name);
                    else
                        add(means, a.name);
                    break;
                case Part::place: add(places, a.name); break;
                case Part::counterpart:
                    if (reading.words == "liegt bei" && (a.preposition == "bei" || a.preposition == "beim")) {
                        add(bearers, a.name);
                        note(a);
                    } else if (reading.words == "obliegt" || reading.words == "obliegen") {
                        add(bearers, a.name);
                        note(a);
                    } else {
                        add(counterparts, a.name);
                    }
                    break;
                case Part::attribute: break;
            }
        }
        // "wird über die Volkshochschule angeboten", "setzt sich über die Beauftragte … ein": through whom it is done.
        for (const auto& m : means) add(bearers, m);
        if (bearers.empty() && !has_agent && (s.modality == Modality::effort || reading.voice == Voice::passive)) {
            for (const auto& a : actors)
                if (a.part == Part::place && !a.partner && s.modality == Modality::effort) {
                    add(bearers, a.name);
                    note(a);
                }
        }
        for (const auto& p : places)
            if (std::find(bearers.begin(), bearers.end(), p) == bearers.end()) add(counterparts, p);
        remove(counterparts, bearers);
        if (!bearers.empty()) {
            s.bearers = bearers;
            s.bearer_words = basis.empty() ? bearers.front() : basis;
        }
        s.counterparts = counterparts;
    }

    // A row of a table of measures obliges the office in its column, unless its words say less.
    void read_row(FoundClause& clause, const MeasureRow& row) {
        FoundStatement s;
        s.quote = row.title;
        auto words = words_of(row.title);
        mark_main_clause(words, row.title);
        const auto reading = read_modality(row.title, words, cast_.actors_in(row.title, words), false);
        s.modality = reading.modality.value_or(Modality::obligation);
        s.modality_words = reading.modality ? reading.words : row.title;
        for (const auto& name : split(row.bearers, ','))
            for (const auto& part : split(name, ';'))
                if (const auto plain = trim(part); !plain.empty()) add(s.bearers, plain);
        s.bearer_words = row.bearers;
        auto times = times_in_cell(row.date);
        const auto own = times_in(row.title, words);
        s.dates = times.dates.empty() ? own.dates : times.dates;
        s.rhythm = times.rhythm.empty() ? own.rhythm : times.rhythm;
        s.rhythm_words = times.rhythm.empty() ? own.rhythm_words : times.rhythm_words;
        s.yearly_due = times.yearly_due.empty() ? own.yearly_due : times.yearly_due;
        s.quantities = quantities_in(row.title, words);
        if (!s.quote.empty()) clause.statements.push_back(std::move(s));
    }

    FoundPlan& plan_;
    Cast cast_;
    std::map<std::size_t, const MeasureRow*> rows_;
};

}  // namespace

void propose_statements(FoundPlan& plan, const std::vector<MeasureRow>& rows) { Proposer(plan, rows).run(); }

std::string letter(std::size_t index) {
    std::string out;
    for (++index; index > 0; index = (index - 1) / 26) out.insert(out.begin(), static_cast<char>('a' + (index - 1) % 26));
    return out;
}

}  // namespace plan::importing
