#include "platform/web/preview.h"

#include <algorithm>

#include "platform/i18n/translate.h"

namespace web {
namespace {

using base::message;

constexpr std::size_t shown_rows = 20;

}  // namespace

void show(View view, const Preview& preview, const Context& context) {
    const auto fresh = static_cast<std::size_t>(std::ranges::count_if(preview.rows, &PreviewRow::fresh));
    view.set("SUMMARY",
             context.say(message("New: {new}, changed: {changed}, unchanged: {same}.", {{"new", std::to_string(fresh)},
                                                                                        {"changed", std::to_string(preview.rows.size() - fresh)},
                                                                                        {"same", std::to_string(preview.unchanged)}})));
    const auto tell = [&](const char* section, const std::vector<base::FieldError>& all) {
        if (all.empty()) return;
        auto list = view.section(section);
        for (const auto& one : all) {
            auto item = list.section("ITEM");
            item.set("PLACE", one.field);
            item.set("TEXT", context.say(one.message));
        }
    };
    tell("MISTAKES", preview.mistakes);
    tell("HINTS", preview.hints);
    if (!preview.mistakes.empty() || preview.rows.empty()) return;
    auto rows = view.section("ROWS");
    for (std::size_t i = 0; i < std::min(preview.rows.size(), shown_rows); ++i) {
        const auto& one = preview.rows[i];
        auto row = rows.section("ROW");
        row.set("PLACE", one.place);
        row.set("WHAT", one.fresh ? message("new") : message("will be changed"));
        row.set("TITLE", one.title);
    }
    if (preview.rows.size() > shown_rows)
        rows.section("MORE").set(
            "TEXT", i18n::plural("And {n} more row.", "And {n} more rows.", static_cast<std::int64_t>(preview.rows.size() - shown_rows)));
}

}  // namespace web
