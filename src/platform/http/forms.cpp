#include "platform/http/forms.h"

#include "platform/http/text.h"

namespace http {

base::Result<Fields> parse_urlencoded(std::string_view text, std::size_t most) {
    Fields out;
    while (!text.empty()) {
        const auto end = text.find('&');
        const auto pair = text.substr(0, end);
        if (!pair.empty()) {
            if (out.items().size() == most) return base::error(base::ErrorKind::too_large, "form with too many fields");
            const auto equals = pair.find('=');
            auto name = percent_decode(pair.substr(0, equals), PlusMeans::space);
            auto value =
                equals == std::string_view::npos ? std::optional<std::string>("") : percent_decode(pair.substr(equals + 1), PlusMeans::space);
            if (!name || !value) return base::error(base::ErrorKind::invalid_input, "broken percent encoding or UTF-8 in a form");
            out.add(std::move(*name), std::move(*value));
        }
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return out;
}

base::Result<void> read_form(Request& request, const Limits& limits) {
    if (media_type(request.headers.view("content-type")) == "application/x-www-form-urlencoded") {
        TRY(request.form, parse_urlencoded(request.body, limits.form_fields));
    }
    if (request.method == Method::post && request.form.has("_method")) {
        const auto method = method_named(request.form.get("_method"));
        if (method != Method::put && method != Method::patch && method != Method::del && method != Method::post)
            return base::error(base::ErrorKind::invalid_input, "_method is none of PUT, PATCH, DELETE");
        request.method = *method;
    }
    return {};
}

std::string media_type(std::string_view content_type) { return lower_ascii(trimmed(content_type.substr(0, content_type.find(';')))); }

std::optional<std::string> find_parameter(std::string_view text, std::string_view name) {
    auto at = text.find(';');
    while (at != std::string_view::npos) {
        text.remove_prefix(at + 1);
        const auto equals = text.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        const auto key = trimmed(text.substr(0, equals));
        text = text.substr(equals + 1);
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
        std::string value;
        if (!text.empty() && text.front() == '"') {
            // Browsers write a quote in a file name as %22 and a backslash as itself; RFC 9110 knows \" and \\ . Both are understood.
            std::size_t i = 1;
            while (i < text.size() && text[i] != '"') {
                if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) ++i;
                value.push_back(text[i++]);
            }
            if (i >= text.size()) return std::nullopt;
            text.remove_prefix(i + 1);
            at = text.find(';');
        } else {
            at = text.find(';');
            value = std::string(trimmed(text.substr(0, at)));
        }
        if (same_ignoring_case(key, name)) return value;
    }
    return std::nullopt;
}

}  // namespace http
