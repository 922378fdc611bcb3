#include "platform/web/html.h"

namespace web {

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

Html link(std::string_view url, std::string_view text) {
    const bool ours = url.starts_with("/") && !url.starts_with("//");
    if (!ours && !url.starts_with("#") && !url.starts_with("https://") && !url.starts_with("http://")) return Html::text(text);
    return Html::trusted("<a class=\"kern-link\" href=\"" + escape(url) + "\">" + escape(text) + "</a>");
}

}  // namespace web
