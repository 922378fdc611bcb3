#pragma once
// Offices, bodies and partners a sentence names, and the part each plays in it.
#include "plan/import/sentences.h"

namespace plan::importing {

enum class Part {
    subject,      // nominative: acts in an active sentence
    agent,        // "durch …", "von …"
    lead,         // "unter Leitung …", "in Verantwortlichkeit …"
    means,        // "über die/den …"
    place,        // "in den Fachbereichen …"
    counterpart,  // "mit …", "dem …", objects
    attribute,    // "… des Landkreises": describes something else
};

struct Actor {
    std::string name;  // nominative, as the text calls it
    Part part = Part::counterpart;
    bool partner = false;  // outside the administration: a third party never is given a measure (Ziffer 4.2)
    bool masculine = false;
    std::string preposition;
    bool sure = false;               // the article leaves no doubt about the case
    std::size_t begin = 0, end = 0;  // words, articles included
};

// What one document calls its offices: "Die Bildungskoordinatorin" and "der/die Bildungskoordinator/in für Neuzugewanderte" are one.
class Cast {
  public:
    void learn(const std::string& text);
    std::vector<Actor> actors_in(std::string_view sentence, const std::vector<Word>&) const;

  private:
    std::string canonical(const std::string& name) const;
    std::map<std::string, std::string> fullest_;  // stem → the fullest name met
    std::set<std::string> networks_;              // abbreviations of networks, "NIMM"
    std::set<std::string> bodies_;
};

}  // namespace plan::importing
