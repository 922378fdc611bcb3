#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "platform/base/day.h"
#include "platform/http/message.h"
#include "platform/i18n/format.h"
#include "platform/i18n/translate.h"
#include "platform/identity/api.h"
#include "platform/web/html.h"

namespace web {

class Site;

// What a page shows: a sentence to translate or finished data. A literal is neither, so that no English word stays in a German page.
class Text {
  public:
    Text() = default;
    Text(base::Message message) : value_(std::move(message)) {}
    Text(std::string finished) : value_(std::move(finished)) {}
    Text(const char*) = delete;
    std::string in(i18n::Language language) const {
        if (const auto* message = std::get_if<base::Message>(&value_)) return i18n::translate(language, *message);
        return std::get<std::string>(value_);
    }
    bool empty() const { return std::holds_alternative<std::string>(value_) && std::get<std::string>(value_).empty(); }

  private:
    std::variant<std::string, base::Message> value_;
};

enum class Tone { info, success, warning, danger };

// A message shown once, on the page after a change, with one thing to do about it (undo), sent as a POST with an empty form.
struct Flash {
    Tone tone = Tone::success;
    std::string text;
    std::string action_label;
    std::string action_url;
};

// Everything a page needs to know about one request, beside the request.
struct Context {
    const Site* site = nullptr;
    i18n::Language language = i18n::default_language;
    identity::Actor actor;
    base::Day today;  // the civil day, or the one a visitor of a demonstration chose
    bool day_is_fixed = false;
    std::optional<base::Day> as_of;            // ?stand=2019-12-31: states as of that day …
    std::optional<base::Day> known_on;         // ?bekannt=2020-01-31: … from what was recorded by then
    std::function<std::string()> csrf_source;  // asked only when a form is shown, so that reading sets no cookie
    std::string path;
    std::string target;  // with the query, for ways back
    http::Fields query;
    bool fragment = false;  // a partial update asked by htmx
    bool json = false;      // a program asks: errors are answered as JSON
    bool secure = false;
    std::optional<Flash> flash;
    // Forms with fields on this page so far: the second has ids of its own, so that a label never names a field of another form.
    std::shared_ptr<int> forms = std::make_shared<int>(0);
    // What stands above everything else of the page: the mistakes of a form further down (Form::again).
    std::shared_ptr<Html> mistakes = std::make_shared<Html>();

    std::string csrf_token() const { return csrf_source ? csrf_source() : std::string(); }
    base::Day day() const { return as_of.value_or(today); }
    std::string say(const base::Message& m) const { return i18n::translate(language, m); }
    std::string say(const Text& t) const { return t.in(language); }
    std::string format(base::Day d) const { return i18n::format_day(language, d); }
    // Whether the page may be kept for others: nobody signed in, nothing to be shown once.
    bool cacheable() const { return !actor.signed_in() && !flash; }
    // Key of a kept page: everything of the request and the visitor that changes what an anonymous page shows, then the revision of the data.
    std::string cache_key(std::int64_t revision) const;
};

// The hidden fields every form of ours carries; platform/http checks them.
inline constexpr std::string_view csrf_field = "_csrf";
inline constexpr std::string_view idempotency_field = "_idempotency";
// A fresh value for the second: a form sent twice is done once.
std::string new_idempotency_key();

// 303 to a page of ours, with a message there. Use after every change.
http::Response see_other(const Context&, std::string_view url, Flash);
http::Response see_other(const Context&, std::string_view url, const base::Message& done);

}  // namespace web
