#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/day.h"
#include "platform/base/result.h"
#include "platform/http/message.h"

namespace web {

// Reads a form into types and collects every mistake, so that people correct it once and not three times.
//
//   web::Input input(request.form);
//   draft.title = input.text("titel", {.most = 200});
//   draft.due_on = input.day("frist");
//   if (!input.ok()) return form_again(context, request.form, input.error());
class Input {
  public:
    struct Rule {
        bool required = true;
        std::size_t most = 2000;  // characters
    };
    explicit Input(const http::Fields& fields) : fields_(&fields) {}

    std::string text(std::string_view name, Rule rule);  // one line: trimmed, inner line breaks refused
    std::string text(std::string_view name) { return text(name, Rule{}); }
    std::string long_text(std::string_view name, Rule rule);  // line breaks stay, as \n
    std::string long_text(std::string_view name) { return long_text(name, Rule{true, 20000}); }
    std::optional<base::Day> day(std::string_view name, bool required = true);
    // "1.234" and "1234" are the same number; decimals are refused.
    std::optional<std::int64_t> number(std::string_view name, std::int64_t least, std::int64_t most, bool required = true);
    // Cents of "12.500,00" or "12500".
    std::optional<std::int64_t> money(std::string_view name, bool required = true);
    // One of the values offered; anything else cannot come from our form.
    std::string choice(std::string_view name, const std::vector<std::string>& offered, bool required = true);
    bool checked(std::string_view name) const { return fields_->has(name); }

    void wrong(std::string_view name, base::Message);  // a mistake only the caller can see
    // What a rule says of what was read, beside what could not be read: all at once, and one mistake a field.
    void also(std::vector<base::FieldError>);
    bool ok() const { return error_.fields.empty(); }
    const base::Error& error() const { return error_; }

  private:
    const http::Fields* fields_;
    base::Error error_{base::ErrorKind::invalid_input, {}, {}, {}};
};

}  // namespace web
