#pragma once
#include <span>
#include <string_view>

#include "platform/base/bilingual.h"

namespace evidence {

// Whether a record of this kind is something that happens on a day, or something that holds from a day until another (an offer, a seat, an agreement).
enum class Shape { event, state };

// What a kind counts: "9 of 12 places", "9 von 12 Plätzen".
struct Unit {
    std::string_view en, en_plural;
    std::string_view de, de_plural, de_dative;
};

struct Kind {
    std::string_view name;
    Shape shape = Shape::event;
    std::string_view de, en;  // "Bericht an den Kreistag übergeben": read after "mindestens 1 ×"
    Unit one;                 // one record of it
    Unit quantity;            // what its quantity counts; empty when it has none
};

// The kinds Miteinander knows by name; a municipality may use others, they only read less well.
std::span<const Kind> kinds();
const Kind* find_kind(std::string_view name);
// "capability.what_happened": lower-case letters, digits and underscores around exactly one dot.
bool is_kind_name(std::string_view);
// The readable name of any kind, unknown ones included.
base::Bilingual name_of_kind(std::string_view name);

}  // namespace evidence
