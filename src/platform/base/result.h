#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace base {

// A sentence for people: the English text is the key of its translation, {name} places are filled after translating.
// Write it with message("…"), so that the extraction into locale/*.po finds it.
struct Message {
    std::string text;
    std::vector<std::pair<std::string, std::string>> arguments;
    friend bool operator==(const Message&, const Message&) = default;
};

inline Message message(std::string_view text, std::vector<std::pair<std::string, std::string>> arguments = {}) {
    return {std::string(text), std::move(arguments)};
}

// The English sentence with its places filled: for the command line and for logs.
std::string in_english(const Message&);

enum class ErrorKind {
    invalid_input,  // 422: the user can mend it; see fields
    not_found,      // 404: also what one may not see
    forbidden,      // 403
    conflict,       // 409: somebody was faster, or a unique rule of the schema
    too_large,      // 413
    too_many,       // 429
    unavailable,    // 503: busy or no connection; trying again may help
    internal,       // 500: ours to mend
};
std::string_view name_of(ErrorKind);

struct FieldError {
    std::string field;  // name of the form field or path in a file ("" for the whole)
    Message message;
    int line = 0;  // 1-based line in a file, 0 where there is none
};

struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string detail;              // for the log: English, free of personal data and of what a user typed
    std::vector<FieldError> fields;  // every mistake at once, for the user
    std::string code;                // a stable short name where callers branch on it ("unique", "busy"), see db::failure_of
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> error(ErrorKind kind, std::string detail) { return tl::unexpected(Error{kind, std::move(detail), {}, {}}); }
inline tl::unexpected<Error> error(Error e) { return tl::unexpected(std::move(e)); }
// One mistake in one field.
inline tl::unexpected<Error> invalid(std::string field, Message m) {
    Error e{ErrorKind::invalid_input, {}, {}, {}};
    e.fields.push_back({std::move(field), std::move(m)});
    return tl::unexpected(std::move(e));
}

// What a person at a terminal reads: kind, detail and all field messages, a line each.
std::string describe(const Error&);

}  // namespace base

// Hands an Error on to the caller: TRY(auto rows, connection.query(…)); the value is moved out of the Result.
#define MITEINANDER_CONCAT_(a, b) a##b
#define MITEINANDER_CONCAT(a, b) MITEINANDER_CONCAT_(a, b)
#define TRY(declaration, expression)                                                                                             \
    auto MITEINANDER_CONCAT(result_, __LINE__) = (expression);                                                                   \
    if (!MITEINANDER_CONCAT(result_, __LINE__)) return tl::unexpected(std::move(MITEINANDER_CONCAT(result_, __LINE__).error())); \
    declaration = std::move(*MITEINANDER_CONCAT(result_, __LINE__))
#define TRY_VOID(expression)                                                                               \
    if (auto MITEINANDER_CONCAT(result_, __LINE__) = (expression); !MITEINANDER_CONCAT(result_, __LINE__)) \
    return tl::unexpected(std::move(MITEINANDER_CONCAT(result_, __LINE__).error()))
