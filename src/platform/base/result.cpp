#include "platform/base/result.h"

namespace base {

std::string in_english(const Message& m) {
    std::string out;
    for (std::size_t i = 0; i < m.text.size();) {
        if (m.text[i] == '{') {
            const auto end = m.text.find('}', i);
            if (end != std::string::npos) {
                const auto name = m.text.substr(i + 1, end - i - 1);
                bool filled = false;
                for (const auto& [key, value] : m.arguments)
                    if (key == name) {
                        out += value;
                        filled = true;
                        break;
                    }
                if (filled) {
                    i = end + 1;
                    continue;
                }
            }
        }
        out += m.text[i++];
    }
    return out;
}

std::string_view name_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid_input: return "invalid input";
        case ErrorKind::not_found: return "not found";
        case ErrorKind::forbidden: return "forbidden";
        case ErrorKind::conflict: return "conflict";
        case ErrorKind::too_large: return "too large";
        case ErrorKind::too_many: return "too many requests";
        case ErrorKind::unavailable: return "unavailable";
        case ErrorKind::internal: return "internal error";
    }
    return "internal error";
}

std::string describe(const Error& e) {
    std::string out(name_of(e.kind));
    if (!e.detail.empty()) out += ": " + e.detail;
    for (const auto& f : e.fields) {
        out += "\n  ";
        if (f.line > 0) out += "line " + std::to_string(f.line) + ": ";
        if (!f.field.empty()) out += f.field + ": ";
        out += in_english(f.message);
    }
    return out;
}

}  // namespace base
