#include "platform/web/input.h"

#include <algorithm>
#include <charconv>

namespace web {
namespace {

using base::message;

std::string trimmed(std::string text) {
    const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && space(text.back())) text.pop_back();
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), space));
    return text;
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Whole digits with or without points in groups of three; nothing else.
std::optional<std::int64_t> whole_number(std::string_view text) {
    bool negative = false;
    if (!text.empty() && text.front() == '-') {
        negative = true;
        text.remove_prefix(1);
    }
    if (text.empty()) return std::nullopt;
    if (text.find('.') != std::string_view::npos) {
        const auto first = text.find('.');
        if (first == 0 || first > 3) return std::nullopt;
        for (auto at = first; at < text.size(); at += 4)
            if (text[at] != '.' || text.size() - at < 4) return std::nullopt;
    }
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '.') continue;
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        digits += text[i];
    }
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failure != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return negative ? -value : value;
}

}  // namespace

void Input::wrong(std::string_view name, base::Message what) { error_.fields.push_back({std::string(name), std::move(what), 0}); }

void Input::also(std::vector<base::FieldError> mistakes) {
    const auto already = error_.fields;
    for (auto& mistake : mistakes)
        if (std::none_of(already.begin(), already.end(), [&](const base::FieldError& f) { return f.field == mistake.field; }))
            error_.fields.push_back(std::move(mistake));
}

std::string Input::text(std::string_view name, Rule rule) {
    auto value = trimmed(fields_->get(name));
    if (value.empty() && rule.required)
        wrong(name, message("Please fill in this field."));
    else if (characters(value) > rule.most)
        wrong(name, message("Please use at most {most} characters.", {{"most", std::to_string(rule.most)}}));
    else if (std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
        wrong(name, message("Please write this on one line, without control characters."));
    return value;
}

std::string Input::long_text(std::string_view name, Rule rule) {
    std::string value;
    for (const char c : trimmed(fields_->get(name)))
        if (c != '\r') value += c;
    if (value.empty() && rule.required)
        wrong(name, message("Please fill in this field."));
    else if (characters(value) > rule.most)
        wrong(name, message("Please use at most {most} characters.", {{"most", std::to_string(rule.most)}}));
    return value;
}

std::optional<base::Day> Input::day(std::string_view name, bool required) {
    const auto value = trimmed(fields_->get(name));
    if (value.empty()) {
        if (required) wrong(name, message("Please enter a day."));
        return std::nullopt;
    }
    const auto day = base::parse_day(value);
    if (!day) wrong(name, message("This is not a day of the calendar. Please write it as DD.MM.YYYY, for example 30.06.2018."));
    return day;
}

std::optional<std::int64_t> Input::number(std::string_view name, std::int64_t least, std::int64_t most, bool required) {
    const auto value = trimmed(fields_->get(name));
    if (value.empty()) {
        if (required) wrong(name, message("Please enter a number."));
        return std::nullopt;
    }
    const auto number = whole_number(value);
    if (!number) {
        wrong(name, message("Please enter a whole number."));
    } else if (*number < least || *number > most) {
        wrong(name, message("Please enter a number from {least} to {most}.", {{"least", std::to_string(least)}, {"most", std::to_string(most)}}));
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> Input::money(std::string_view name, bool required) {
    auto value = trimmed(fields_->get(name));
    if (value.ends_with("€")) value = trimmed(value.substr(0, value.size() - std::string_view("€").size()));
    if (value.empty()) {
        if (required) wrong(name, message("Please enter an amount."));
        return std::nullopt;
    }
    const auto comma = value.find(',');
    auto cents = comma == std::string::npos ? std::string() : value.substr(comma + 1);
    if (cents.size() == 1) cents += '0';
    const auto euros = whole_number(std::string_view(value).substr(0, comma));
    // Beyond this an amount would not fit into 64 bits as cents, and no district has so much.
    constexpr std::int64_t most = 90'000'000'000'000;
    const bool fine = euros && *euros <= most && *euros >= -most && (comma == std::string::npos || cents.size() == 2) &&
                      std::all_of(cents.begin(), cents.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!fine) {
        wrong(name, message("Please enter an amount in euros, for example 12.500,00."));
        return std::nullopt;
    }
    const std::int64_t rest = cents.empty() ? 0 : (cents[0] - '0') * 10 + (cents[1] - '0');
    return *euros * 100 + (value.front() == '-' ? -rest : rest);
}

std::string Input::choice(std::string_view name, const std::vector<std::string>& offered, bool required) {
    const auto value = fields_->get(name);
    if (value.empty()) {
        if (required) wrong(name, message("Please choose one."));
        return value;
    }
    if (std::find(offered.begin(), offered.end(), value) == offered.end()) {
        wrong(name, message("Please choose one of the values offered."));
        return {};
    }
    return value;
}

}  // namespace web
