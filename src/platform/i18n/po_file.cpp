#include "platform/i18n/po_file.h"

#include <algorithm>
#include <optional>

namespace i18n {
namespace {

base::Error mistake(int line, std::string what) {
    return {base::ErrorKind::invalid_input, "line " + std::to_string(line) + ": " + std::move(what), {}, {}};
}

// The C string of a line ("…" with \n \t \" \\); nothing when it does not end where it should.
std::optional<std::string> quoted(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
    text = text.substr(1, text.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"') return std::nullopt;
        if (text[i] != '\\') {
            out += text[i];
            continue;
        }
        if (++i == text.size()) return std::nullopt;
        switch (text[i]) {
            case 'n': out += '\n'; break;
            case 't': out += '\t'; break;
            case '"': out += '"'; break;
            case '\\': out += '\\'; break;
            default: return std::nullopt;
        }
    }
    return out;
}

std::string header_value(std::string_view header, std::string_view name) {
    for (std::size_t at = 0; at < header.size();) {
        const auto end = std::min(header.find('\n', at), header.size());
        const auto line = header.substr(at, end - at);
        if (line.starts_with(name)) return std::string(line.substr(name.size()));
        at = end + 1;
    }
    return {};
}

}  // namespace

base::Result<PoFile> parse_po(std::string_view text) {
    PoFile file;
    PoEntry entry;
    bool begun = false;             // an entry has its msgid
    std::string* target = nullptr;  // where a continuation line goes

    const auto finish = [&]() {
        if (begun) {
            if (entry.id.empty() && entry.context.empty()) {
                if (!entry.translations.empty()) file.plural_forms = header_value(entry.translations[0], "Plural-Forms:");
            } else {
                file.entries.push_back(std::move(entry));
            }
        }
        entry = {};
        begun = false;
        target = nullptr;
    };

    int number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        at = end + 1;
        ++number;
        if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.empty() || line.find_first_not_of(" \t") == std::string_view::npos) {
            finish();
            continue;
        }
        if (line[0] == '#') {
            if (begun && !entry.translations.empty()) finish();
            if (line.starts_with("#,") && line.find("fuzzy") != std::string_view::npos) entry.fuzzy = true;
            continue;
        }
        if (line[0] == '"') {
            auto more = quoted(line);
            if (!target || !more) return base::error(mistake(number, "a text that belongs to nothing or is not closed"));
            *target += *more;
            continue;
        }
        const auto space = line.find(' ');
        const auto keyword = line.substr(0, space);
        auto value = space == std::string_view::npos ? std::nullopt : quoted(line.substr(line.find_first_not_of(' ', space)));
        if (!value) return base::error(mistake(number, "expected a keyword and a quoted text"));
        if (keyword == "msgctxt" || keyword == "msgid") {
            if (begun) finish();
            if (keyword == "msgctxt") {
                entry.context = *value;
                target = &entry.context;
                continue;
            }
            entry.id = *value;
            entry.line = number;
            target = &entry.id;
            begun = true;
        } else if (keyword == "msgid_plural" && begun) {
            entry.plural_id = *value;
            target = &entry.plural_id;
        } else if (keyword.starts_with("msgstr") && begun) {
            std::size_t form = 0;
            if (keyword != "msgstr") {
                const auto digits = keyword.substr(6);
                if (digits.size() != 3 || digits[0] != '[' || digits[2] != ']' || digits[1] < '0' || digits[1] > '5')
                    return base::error(mistake(number, "expected msgstr[0] to msgstr[5]"));
                form = static_cast<std::size_t>(digits[1] - '0');
            }
            if (form != entry.translations.size()) return base::error(mistake(number, "the forms of a translation are not in order"));
            entry.translations.push_back(*value);
            target = &entry.translations.back();
        } else {
            return base::error(mistake(number, "unknown keyword, or a translation without msgid"));
        }
    }
    finish();
    return file;
}

}  // namespace i18n
