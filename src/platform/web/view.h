#pragma once
#include <concepts>
#include <string>
#include <string_view>

#include "platform/base/result.h"
#include "platform/i18n/format.h"
#include "platform/i18n/language.h"
#include "platform/web/html.h"

namespace ctemplate {
class TemplateDictionary;
}

namespace web {

// What a template is filled with. {{NAME}} shows a text, escaped for where it stands; {{NAME:html}} shows an Html, and nothing else:
// a text put under that name does not appear there, so forgetting to escape is not possible.
// Escaping makes line breaks spaces; {{NAME:p}} keeps them (text areas, preformatted text).
// {{#NAME}}…{{/NAME}} is repeated once for every section(NAME), and absent without one.
class View {
  public:
    View(ctemplate::TemplateDictionary& dictionary, i18n::Language language) : dictionary_(&dictionary), language_(language) {}

    void set(std::string_view name, std::string_view text);
    void set(std::string_view name, const char* text) { set(name, std::string_view(text)); }
    void set(std::string_view name, const std::string& text) { set(name, std::string_view(text)); }
    void set(std::string_view name, const base::Message&);  // translated
    void set(std::string_view name, const Html&);           // for {{NAME:html}}
    void set(std::string_view name, base::Day day) { set(name, i18n::format_day(language_, day)); }
    template <std::integral N>
    void set(std::string_view name, N number) {
        set(name, i18n::format_number(language_, static_cast<std::int64_t>(number)));
    }
    void set(std::string_view, bool) = delete;  // show_if() is meant

    View section(std::string_view name);  // one more repetition
    void show(std::string_view name);
    void show_if(std::string_view name, bool condition) {
        if (condition) show(name);
    }
    // A value with its section: {{#NOTE}}<p>{{NOTE}}</p>{{/NOTE}} appears only when there is something to show.
    template <class T>
    void set_if(std::string_view name, const T& value) {
        if (value.empty()) return;
        set(name, value);
        show(name);
    }
    // {{>NAME}} shows that template ("duties/row.tpl").
    View include(std::string_view name, std::string_view template_name);

    // list("ROW", rows, [](web::View& row, const Duty& duty) { row.set("TITLE", duty.title); });
    template <class Range, class Fill>
    void list(std::string_view name, const Range& range, Fill fill) {
        for (const auto& item : range) {
            auto repetition = section(name);
            fill(repetition, item);
        }
    }

    i18n::Language language() const { return language_; }

  private:
    ctemplate::TemplateDictionary* dictionary_;
    i18n::Language language_;
};

}  // namespace web
