#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/web/form.h"
#include "platform/web/url.h"

namespace web {

// Filters of a list. Their values live in the address, so every view of a list can be linked and kept; they apply without JavaScript by a
// button, with it as soon as one is chosen. What is chosen stands above the list, each with a link that takes it away.
class Filter {
  public:
    explicit Filter(const Context&);
    Filter& select(std::string_view name, const Text& label, std::vector<Choice> choices);  // an empty first choice "alle" is added
    Filter& search(std::string_view name, const Text& label);
    Filter& date(std::string_view name, const Text& label);

    std::string value(std::string_view name) const;  // only a value that was offered
    Html html() const;

  private:
    struct Field {
        enum class Kind { select, search, date } kind;
        std::string name, label;
        std::vector<Choice> choices;
    };
    const Context* context_;
    std::vector<Field> fields_;
};

}  // namespace web
