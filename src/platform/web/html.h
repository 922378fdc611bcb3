#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace web {

// Text made safe for element content and quoted attributes.
std::string escape(std::string_view text);

// Markup that may stand in a page as it is. Every other text is escaped by the template, so this type is the only way past the escaping,
// and trusted() the only place to look for a mistake.
class Html {
  public:
    Html() = default;
    static Html trusted(std::string markup) { return Html(std::move(markup)); }
    static Html text(std::string_view plain) { return Html(escape(plain)); }

    const std::string& str() const { return markup_; }
    bool empty() const { return markup_.empty(); }
    Html& operator+=(const Html& more) {
        markup_ += more.markup_;
        return *this;
    }
    friend Html operator+(Html a, const Html& b) { return a += b; }
    friend bool operator==(const Html&, const Html&) = default;

  private:
    explicit Html(std::string markup) : markup_(std::move(markup)) {}
    std::string markup_;
};

// A link; the address must be ours ("/…") or http(s), anything else becomes plain text.
Html link(std::string_view url, std::string_view text);

}  // namespace web
