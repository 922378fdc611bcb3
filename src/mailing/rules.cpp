#include "mailing/rules.h"

#include <set>

#include "platform/i18n/translate.h"
#include "platform/mail/api.h"

namespace mailing {
namespace {

using base::message;

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= 60 && key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::string_view trimmed(std::string_view s) {
    const auto first = s.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

std::vector<base::FieldError> mistakes_in(const List& list) {
    std::vector<base::FieldError> out;
    // "neu" is the address of the form.
    if (!is_key(list.key) || list.key == "neu") out.push_back({"key", message("Only lower-case letters a to z, digits and hyphens."), 0});
    if (list.title.de.empty()) out.push_back({"title_de", message("Please give the name."), 0});
    // Art. 6 (1) a: without a purpose there is nothing to agree to.
    if (list.purpose.de.empty()) out.push_back({"purpose_de", message("Please say what the list is for: people agree to exactly that."), 0});
    if (!list.title.en.empty() && list.purpose.en.empty())
        out.push_back({"purpose_en", message("A list with an English name needs its purpose in English, too."), 0});
    return out;
}

std::vector<base::FieldError> mistakes_in(const Message& m) {
    std::vector<base::FieldError> out;
    if (m.subject.de.empty()) out.push_back({"subject_de", message("Please give a subject."), 0});
    if (m.text.de.empty()) out.push_back({"text_de", message("Please write the message."), 0});
    if (m.subject.en.empty() != m.text.en.empty())
        out.push_back({m.subject.en.empty() ? "subject_en" : "text_en", message("English needs both: a subject and a text."), 0});
    return out;
}

std::string address_key(std::string_view address) {
    std::string out;
    for (const char c : trimmed(address)) out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return out;
}

Addresses addresses_in(std::string_view text, std::string_view field) {
    Addresses out;
    std::set<std::string> seen;
    int line = 0;
    while (!text.empty()) {
        ++line;
        const auto end = std::min(text.find('\n'), text.size());
        const auto one = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (one.empty()) continue;
        if (!mail::is_address(one))
            out.mistakes.push_back(
                {std::string(field),
                 message("Line {line}: “{text}” is no mail address.", {{"line", std::to_string(line)}, {"text", std::string(one)}}), line});
        else if (seen.insert(address_key(one)).second)
            out.found.emplace_back(one);
    }
    if (out.found.empty() && out.mistakes.empty()) out.mistakes.push_back({std::string(field), message("Please give at least one address."), 0});
    if (out.found.size() > addresses_at_most)
        out.mistakes.push_back({std::string(field), message("At most {most} addresses at once.", {{"most", std::to_string(addresses_at_most)}}), 0});
    return out;
}

std::string consent_text(const List& list, i18n::Language language) {
    const std::string code(i18n::code(language));
    return i18n::translate(
        language, message("I agree to get mails of the list “{list}” at this address. Purpose: {purpose} I can end this at any time with the link in "
                          "every mail.",
                          {{"list", list.title.in(code)}, {"purpose", list.purpose.in(code)}}));
}

Written written_for(const Message& m, i18n::Language language) {
    if (language == i18n::Language::en && !m.subject.en.empty()) return {i18n::Language::en, m.subject.en, m.text.en};
    return {i18n::Language::de, m.subject.de, m.text.de};
}

}  // namespace mailing
