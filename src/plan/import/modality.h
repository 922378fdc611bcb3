#pragma once
#include "plan/api.h"
#include "plan/import/actors.h"

namespace plan::importing {

enum class Voice { active, passive, to_do };  // "ist zu stärken" and "wird gestärkt" name their doer by "durch" or "von"

// How a sentence binds, and by which words (domain.md, table of modalities).
struct Reading {
    std::optional<Modality> modality;
    std::string words;
    Voice voice = Voice::active;
    bool is_explicit = false;    // says so itself ("ist zu", "muss", "kann"), where a plain "unterstützt" only states it
    bool need = false;           // "sieht den Bedarf": a need, and nobody who has to meet it
    bool names_bearer = false;   // "Zuständig hierfür ist …": says who bears the sentence before it
    bool subject_bears = false;  // "wird … beauftragt", "wird … vertreten": the subject of the passive bears it
    bool told_by = false;        // "lässt sich von … unterrichten"
};

Reading read_modality(std::string_view sentence, const std::vector<Word>&, const std::vector<Actor>&, bool has_time);

}  // namespace plan::importing
