#pragma once
#include <string_view>

#include "platform/base/result.h"
#include "platform/web/context.h"
#include "platform/web/html.h"

namespace web {

// A state is told by an icon's shape, a word and a colour, each enough alone.
struct StateLook {
    std::string_view name;   // as in JSON: "fulfilled_late"
    std::string_view label;  // English, translated when shown
    std::string_view tone;   // css: ok, late, run, soon, warn, bad, open, mute
    std::string_view icon;   // inside of an svg with viewBox 0 0 16 16
};
// Null for a name that is none of the ten states.
const StateLook* look_of(std::string_view state_name);

base::Message state_label(std::string_view state_name);
Html state_chip(i18n::Language, std::string_view state_name);
inline Html state_chip(const Context& context, std::string_view state_name) { return state_chip(context.language, state_name); }
// A legend's or a table's icon without the word; give the word beside it.
Html state_icon(std::string_view state_name);

// Any other mark: "Annahme", "Entwurf", "veröffentlicht", "gefährdet".
enum class ChipTone { neutral, info, success, warning, danger };
Html chip(const Context&, ChipTone, const Text& label);

}  // namespace web
