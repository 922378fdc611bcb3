#pragma once
// Writes TOML tables, leaving out what is empty or as by default.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "dataset/model.h"

namespace dataset {

inline std::string toml_quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                    out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
                else
                    out += c;
        }
    }
    return out + '"';
}

inline std::string inline_text(const base::Bilingual& t) {
    return t.en.empty() ? fmt::format("{{ de = {} }}", toml_quoted(t.de))
                        : fmt::format("{{ de = {}, en = {} }}", toml_quoted(t.de), toml_quoted(t.en));
}

template <class T, class Show>
std::string list(const std::vector<T>& values, Show&& show) {
    std::string out = "[";
    for (const auto& value : values) out += (out.size() > 1 ? ", " : "") + show(value);
    return out + "]";
}

class Writer {
  public:
    explicit Writer(std::string& out) : out_(out) {}

    void open(std::string_view head) { out_ += fmt::format("{}\n", head); }
    void close() { out_ += '\n'; }
    void raw(std::string_view key, std::string_view value) { out_ += fmt::format("{} = {}\n", key, value); }
    void text(std::string_view key, std::string_view value) {
        if (!value.empty()) raw(key, toml_quoted(value));
    }
    void bilingual(std::string_view key, const base::Bilingual& value) {
        if (!value.empty()) raw(key, inline_text(value));
    }
    void day(std::string_view key, const std::optional<base::Day>& value) {
        if (value) raw(key, base::iso(*value));
    }
    void number(std::string_view key, std::int64_t value, std::int64_t otherwise) {
        if (value != otherwise) raw(key, std::to_string(value));
    }
    void quantity(std::string_view key, const std::optional<evidence::Quantity>& value) {
        if (value) raw(key, value->text());
    }
    void truth(std::string_view key, bool value) {
        if (value) raw(key, "true");
    }
    void texts(std::string_view key, const std::vector<std::string>& values) {
        if (!values.empty()) raw(key, list(values, [](const std::string& v) { return toml_quoted(v); }));
    }

  private:
    std::string& out_;
};

}  // namespace dataset
