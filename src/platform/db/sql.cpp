#include "platform/db/sql.h"

#include <algorithm>
#include <cmath>

#include "platform/db/failure.h"

namespace db {
namespace {

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continues_name(char c) { return begins_name(c) || (c >= '0' && c <= '9'); }

base::Error wrong(std::string what, std::string_view sql) { return failed(Failure::other, std::move(what) + " in: " + shortened(sql)); }

}  // namespace

std::size_t skip_quoted(std::string_view sql, std::size_t at) {
    const auto two = sql.substr(at, 2);
    if (two == "--") {
        const auto end = sql.find('\n', at);
        return end == std::string_view::npos ? sql.size() : end;
    }
    if (two == "/*") {
        const auto end = sql.find("*/", at + 2);
        return end == std::string_view::npos ? sql.size() : end + 2;
    }
    if (two == "$$") {  // the body of a function on PostgreSQL
        const auto end = sql.find("$$", at + 2);
        return end == std::string_view::npos ? sql.size() : end + 2;
    }
    const char quote = sql[at];
    if (quote != '\'' && quote != '"') return at;
    for (auto i = at + 1; i < sql.size(); ++i) {
        if (sql[i] != quote) continue;
        if (i + 1 < sql.size() && sql[i + 1] == quote)
            ++i;  // a doubled quote stands for itself
        else
            return i + 1;
    }
    return sql.size();
}

ParsedSql parse(std::string_view sql) {
    ParsedSql out;
    std::string text;
    for (std::size_t i = 0; i < sql.size();) {
        if (const auto end = skip_quoted(sql, i); end != i) {
            text += sql.substr(i, end - i);
            i = end;
        } else if (sql.substr(i, 2) == "::") {
            text += "::";
            i += 2;
        } else if (sql[i] == ':' && i + 1 < sql.size() && begins_name(sql[i + 1])) {
            auto behind = i + 1;
            while (behind < sql.size() && continues_name(sql[behind])) ++behind;
            const auto name = sql.substr(i + 1, behind - i - 1);
            const auto known = std::find(out.names.begin(), out.names.end(), name);
            const auto index = static_cast<int>(known - out.names.begin());
            if (known == out.names.end()) out.names.emplace_back(name);
            out.pieces.push_back({std::move(text), index});
            text.clear();
            i = behind;
        } else {
            text += sql[i++];
        }
    }
    out.pieces.push_back({std::move(text), -1});
    return out;
}

base::Result<std::vector<const Parameter*>> arrange(const ParsedSql& parsed, const Parameters& parameters, std::string_view sql) {
    std::vector<const Parameter*> out(parsed.names.size(), nullptr);
    for (std::size_t given = 0; given < parameters.size(); ++given) {
        const auto& parameter = parameters[given];
        // Mostly they are given in the order of the statement; a copy between databases has hundreds of them.
        const bool in_order = given < parsed.names.size() && parsed.names[given] == parameter.name;
        const auto place = in_order ? parsed.names.begin() + static_cast<std::ptrdiff_t>(given)
                                    : std::find(parsed.names.begin(), parsed.names.end(), parameter.name);
        if (place == parsed.names.end()) return tl::unexpected(wrong("parameter :" + std::string(parameter.name) + " is not", sql));
        auto& slot = out[static_cast<std::size_t>(place - parsed.names.begin())];
        if (slot) return tl::unexpected(wrong("parameter :" + std::string(parameter.name) + " is given twice", sql));
        slot = &parameter;
        if (const auto* text = std::get_if<std::string>(&parameter.value); text && !is_plain_utf8(*text)) {
            auto error = wrong("parameter :" + std::string(parameter.name) + " is no UTF-8 text or holds NUL", sql);
            error.kind = base::ErrorKind::invalid_input;
            return tl::unexpected(std::move(error));
        }
        if (const auto* number = std::get_if<double>(&parameter.value); number && !std::isfinite(*number))
            return tl::unexpected(wrong("parameter :" + std::string(parameter.name) + " is not a finite number", sql));
        if (const auto* day = std::get_if<base::Day>(&parameter.value); day && !day->ok())
            return tl::unexpected(wrong("parameter :" + std::string(parameter.name) + " is not a day of the calendar", sql));
    }
    for (std::size_t i = 0; i < out.size(); ++i)
        if (!out[i]) return tl::unexpected(wrong("parameter :" + parsed.names[i] + " is missing", sql));
    return out;
}

bool is_plain_utf8(std::string_view s) {
    for (std::size_t i = 0; i < s.size();) {
        const auto lead = static_cast<unsigned char>(s[i]);
        if (lead == 0) return false;
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        if (length == 0 || i + length > s.size()) return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((static_cast<unsigned char>(s[i + k]) & 0xC0) != 0x80) return false;
        const auto second = static_cast<unsigned char>(s[i + 1]);
        // Overlong forms, surrogates, and what lies behind the last code point.
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) || (lead == 0xF0 && second < 0x90) ||
            (lead == 0xF4 && second >= 0x90))
            return false;
        i += length;
    }
    return true;
}

}  // namespace db
