#include "platform/mail/mime.h"

#include <algorithm>

#include <fmt/format.h>
#include <sodium.h>

#include "platform/web/html.h"

namespace mail {
namespace {

bool is_plain(std::string_view s) {
    return std::all_of(s.begin(), s.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7F; });
}

// Control characters have no place in a header: a line end there would begin a header of the sender's choosing.
std::string one_line(std::string_view s) {
    std::string out;
    for (const char c : s) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return out;
}

std::string base64(std::string_view bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    out.resize(out.size() - 1);  // libsodium counts the NUL
    return out;
}

// RFC 5322 asks for lines below 998 bytes and wishes for 78: long headers are folded at blanks.
std::string folded(std::string_view name, std::string_view value) {
    std::string out = std::string(name) + ":";
    std::size_t column = out.size();
    while (!value.empty()) {
        const auto end = std::min(value.find(' '), value.size());
        const auto word = value.substr(0, end);
        if (column + 1 + word.size() > 78 && column > name.size() + 1) {
            out += "\r\n";
            column = 0;
        }
        out += ' ';
        out += word;
        column += 1 + word.size();
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return out + "\r\n";
}

std::string part(std::string_view type, std::string_view content) {
    return fmt::format("Content-Type: {}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}", type, quoted_printable(content));
}

}  // namespace

std::string header_text(std::string_view utf8) {
    const auto line = one_line(utf8);
    if (is_plain(line) && line.find("=?") == std::string::npos) return line;
    std::string out;
    for (std::size_t at = 0; at < line.size();) {
        // 45 bytes are 60 characters of base64; a word never ends inside a character.
        auto end = std::min(at + 45, line.size());
        while (end < line.size() && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
        if (!out.empty()) out += ' ';
        out += "=?utf-8?B?" + base64(std::string_view(line).substr(at, end - at)) + "?=";
        at = end;
    }
    return out;
}

std::string quoted_printable(std::string_view text) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    const auto put = [&](std::string_view token) {
        if (column + token.size() > 75) {
            out += "=\r\n";
            column = 0;
        }
        out += token;
        column += token.size();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '\r') continue;
        if (c == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool last = i + 1 == text.size() || text[i + 1] == '\n' || text[i + 1] == '\r';
        if (c == '=' || c < 0x20 || c > 0x7E || (c == ' ' && last)) {  // a blank at the end of a line gets lost on its way
            const char token[] = {'=', hex[c >> 4], hex[c & 15]};
            put({token, 3});
        } else {
            put({&text[i], 1});
        }
    }
    return out;
}

std::string mailbox(std::string_view name, std::string_view address) {
    const auto line = one_line(name);
    if (line.find_first_not_of(' ') == std::string::npos) return std::string(address);
    if (!is_plain(line) || line.find("=?") != std::string::npos) return header_text(line) + " <" + std::string(address) + ">";
    std::string quoted;
    for (const char c : line) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return "\"" + quoted + "\" <" + std::string(address) + ">";
}

std::string rfc5322_date(base::Instant at) {
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day civil(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(civil.day()),
                       months[static_cast<unsigned>(civil.month()) - 1], static_cast<int>(civil.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

std::string html_of_text(std::string_view text) {
    std::string out;
    const auto line_html = [](std::string_view line) {
        std::string html;
        while (!line.empty()) {
            const auto at = std::min(line.find("https://"), line.find("http://"));
            if (at == std::string_view::npos) break;
            html += web::escape(line.substr(0, at));
            line.remove_prefix(at);
            auto end = std::min(line.find_first_of(" \t<>\""), line.size());
            while (end > 0 && (line[end - 1] == '.' || line[end - 1] == ',' || line[end - 1] == ')')) --end;
            const auto url = web::escape(line.substr(0, end));
            html += "<a href=\"" + url + "\">" + url + "</a>";
            line.remove_prefix(end);
        }
        return html + web::escape(line);
    };
    bool open = false;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \r") == std::string_view::npos) {
            if (open) out += "</p>\n";
            open = false;
            continue;
        }
        out += open ? "<br>\n" : "<p>";
        out += line_html(line);
        open = true;
    }
    return open ? out + "</p>\n" : out;
}

std::string mime(const Message& m, const Envelope& e) {
    const auto title = header_text(m.subject);
    std::string out = folded("From", mailbox(e.from_name, e.from)) + folded("To", mailbox(m.to_name, m.to));
    if (!e.reply_to.empty()) out += folded("Reply-To", mailbox({}, e.reply_to));
    out += folded("Subject", title) + folded("Date", rfc5322_date(e.date)) + folded("Message-ID", "<" + e.message_id + ">");
    out += "MIME-Version: 1.0\r\n";
    // RFC 3834: no holiday notices back to a program, please.
    out += "Auto-Submitted: auto-generated\r\nX-Auto-Response-Suppress: All\r\n";
    // RFC 2369 and 8058: programs show a button, and press it by one POST.
    if (!m.unsubscribe.empty()) {
        out += folded("List-Unsubscribe", "<" + one_line(m.unsubscribe) + ">");
        out += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
    }
    out += fmt::format("Content-Language: {}\r\n", i18n::code(m.language));
    out += fmt::format("Content-Type: multipart/alternative; boundary=\"{}\"\r\n\r\n", e.boundary);
    const auto body = m.html.empty() ? html_of_text(m.text) : m.html;
    const auto html =
        fmt::format("<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\n<body>\n{}\n</body></html>\n",
                    i18n::code(m.language), web::escape(one_line(m.subject)), body);
    out += fmt::format("--{0}\r\n{1}\r\n--{0}\r\n{2}\r\n--{0}--\r\n", e.boundary, part("text/plain", m.text), part("text/html", html));
    return out;
}

}  // namespace mail
