#include "platform/identity/rules.h"

#include <algorithm>

namespace identity {
namespace {

std::string lower(std::string_view s) {
    std::string out(s);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

std::string_view name_of(Role role) {
    switch (role) {
        case Role::anonymous: return "anonymous";
        case Role::reader: return "reader";
        case Role::unit_editor: return "unit_editor";
        case Role::integration_officer: return "integration_officer";
        case Role::administrator: return "administrator";
    }
    return "anonymous";
}

std::optional<Role> role_named(std::string_view name) {
    for (const auto role : {Role::reader, Role::unit_editor, Role::integration_officer, Role::administrator})
        if (name_of(role) == name) return role;
    return {};
}

std::vector<base::Message> objections_to_password(std::string_view password, std::string_view sign_in, std::span<const std::string_view> common) {
    constexpr std::size_t shortest = 12, longest = 200;
    std::vector<base::Message> out;
    const auto length = characters(password);
    if (length < shortest)
        out.push_back(base::message("The password needs at least {least} characters; a few words in a row are easy to remember.",
                                    {{"least", std::to_string(shortest)}}));
    if (password.size() > longest)
        out.push_back(base::message("The password is too long; {most} characters are enough.", {{"most", std::to_string(longest)}}));
    const auto folded = lower(password);
    std::set<char> different(folded.begin(), folded.end());
    if (length >= shortest && different.size() < 5) out.push_back(base::message("The password repeats too few characters."));
    auto bare = folded;
    while (!bare.empty() && (std::isdigit(static_cast<unsigned char>(bare.back())) || std::ispunct(static_cast<unsigned char>(bare.back()))))
        bare.pop_back();
    const auto is_common = [&](std::string_view word) { return std::find(common.begin(), common.end(), word) != common.end(); };
    if (is_common(folded) || (!bare.empty() && is_common(bare))) out.push_back(base::message("This password is among the first that attackers try."));
    auto name = lower(sign_in);
    name = name.substr(0, name.find('@'));
    if (name.size() >= 4 && folded.find(name) != std::string::npos) out.push_back(base::message("The password must not contain the sign-in name."));
    return out;
}

std::string normal_sign_in(std::string_view s) {
    while (!s.empty() && std::isspace(static_cast<unsigned char>(s.front()))) s.remove_prefix(1);
    while (!s.empty() && std::isspace(static_cast<unsigned char>(s.back()))) s.remove_suffix(1);
    return lower(s);
}

std::vector<base::Message> objections_to_sign_in(std::string_view s) {
    std::vector<base::Message> out;
    const auto name = normal_sign_in(s);
    if (name.size() < 3 || name.size() > 120) out.push_back(base::message("The sign-in name needs 3 to 120 characters."));
    const bool plain = std::all_of(name.begin(), name.end(),
                                   [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_' || c == '@' || c == '+'; });
    if (!plain) out.push_back(base::message("The sign-in name may hold letters a to z, digits and . - _ + @ only."));
    return out;
}

std::chrono::seconds wait_before_next_try(const Failures& failures, const ThrottleRule& rule, base::Instant now) {
    if (failures.count < rule.free || now - failures.last >= rule.memory) return std::chrono::seconds(0);
    auto pause = rule.first;
    for (int i = rule.free; i < failures.count && pause < rule.longest; ++i) pause *= 2;
    pause = std::min(pause, rule.longest);
    const auto open_again = failures.last + pause;
    if (now >= open_again) return std::chrono::seconds(0);
    return std::chrono::ceil<std::chrono::seconds>(open_again - now);
}

Failures after_failure(const Failures& failures, const ThrottleRule& rule, base::Instant now) {
    if (failures.count > 0 && now - failures.last >= rule.memory) return {1, now};
    return {failures.count + 1, now};
}

bool session_is_over(base::Instant created, base::Instant last_seen, base::Instant now) {
    return now - last_seen >= session_idle || now - created >= session_longest;
}

}  // namespace identity
