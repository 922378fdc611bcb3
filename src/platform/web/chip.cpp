#include "platform/web/chip.h"

#include <array>

#include <fmt/format.h>

namespace web {
namespace {

using i18n::marked;

constexpr std::array looks{
    StateLook{"fulfilled", marked("fulfilled"), "ok", R"(<path d="M3 8.5l3.2 3.2L13 5" fill="none" stroke="currentColor" stroke-width="2.4"/>)"},
    StateLook{
        "fulfilled_late", marked("fulfilled late"), "late",
        R"(<path d="M1.5 8.5l3 3L11 5" fill="none" stroke="currentColor" stroke-width="2.2"/><path d="M13.8 7v6.2h-4" fill="none" stroke="currentColor" stroke-width="1.8"/>)"},
    StateLook{"open", marked("open"), "open", R"(<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="2"/>)"},
    StateLook{
        "due_soon", marked("due soon"), "soon",
        R"(<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 4.5V8l2.6 1.8" fill="none" stroke="currentColor" stroke-width="1.8"/>)"},
    StateLook{
        "overdue", marked("overdue"), "warn",
        R"(<path d="M8 1.5 15 14H1z" fill="none" stroke="currentColor" stroke-width="2"/><path d="M8 6v4M8 11.2v1.4" stroke="currentColor" stroke-width="1.8"/>)"},
    StateLook{
        "breached", marked("missed"), "bad",
        R"(<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor"/><path class="chip-cut" d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" stroke-width="1.8"/>)"},
    StateLook{
        "behind_assumption", marked("behind the assumption"), "warn",
        R"(<path d="M8 1l7 7-7 7-7-7z" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M8 4.6v4M8 9.8v1.6" stroke="currentColor" stroke-width="1.8"/>)"},
    StateLook{
        "waived", marked("waived"), "mute",
        R"(<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="2"/><path d="M4 12l8-8" stroke="currentColor" stroke-width="2"/>)"},
    StateLook{"term_ended", marked("term ended"), "mute", R"(<path d="M3 3h10v10H3z" fill="currentColor"/>)"},
    StateLook{"not_applicable", marked("not applicable"), "mute", R"(<path d="M3 8h10" stroke="currentColor" stroke-width="2.4"/>)"},
    StateLook{"not_yet_due", marked("not yet due"), "open",
              R"(<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2.4 2.2"/>)"},
};

}  // namespace

const StateLook* look_of(std::string_view name) {
    const auto found = std::find_if(looks.begin(), looks.end(), [&](const StateLook& look) { return look.name == name; });
    return found == looks.end() ? nullptr : &*found;
}

base::Message state_label(std::string_view name) {
    const auto* look = look_of(name);
    return look ? base::Message{std::string(look->label), {}} : base::Message{std::string(name), {}};
}

Html state_icon(std::string_view name) {
    const auto* look = look_of(name);
    if (!look) return {};
    return Html::trusted(
        fmt::format(R"(<svg class="app-icon app-tone--{}" viewBox="0 0 16 16" aria-hidden="true">{}</svg>)", look->tone, look->icon));
}

Html state_chip(i18n::Language language, std::string_view name) {
    const auto* look = look_of(name);
    const auto label = escape(i18n::translate(language, state_label(name)));
    if (!look) return Html::trusted(R"(<span class="app-state app-tone--open">)" + label + "</span>");
    return Html::trusted(fmt::format(R"(<span class="app-state app-tone--{}"><svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>{}</span>)",
                                     look->tone, look->icon, label));
}

Html chip(const Context& context, ChipTone tone, const Text& label) {
    std::string_view name = "open";
    switch (tone) {
        case ChipTone::neutral: name = "open"; break;
        case ChipTone::info: name = "run"; break;
        case ChipTone::success: name = "ok"; break;
        case ChipTone::warning: name = "soon"; break;
        case ChipTone::danger: name = "bad"; break;
    }
    return Html::trusted(fmt::format(R"(<span class="app-state app-state--plain app-tone--{}">{}</span>)", name, escape(context.say(label))));
}

}  // namespace web
