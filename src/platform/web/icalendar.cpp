#include "platform/web/icalendar.h"

#include <fmt/format.h>

namespace web {
namespace {

std::string compact(base::Day d) {
    std::string out = base::iso(d);
    std::erase(out, '-');
    return out;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c != '\r')
            out += c;
    }
    return out;
}

// Folds after 75 octets without cutting a letter in two.
void line(std::string& out, const std::string& text) {
    std::size_t width = 0;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t length = 1;
        while (i + length < text.size() && (static_cast<unsigned char>(text[i + length]) & 0xC0) == 0x80) ++length;
        if (width + length > 75) {
            out += "\r\n ";
            width = 1;
        }
        out.append(text, i, length);
        width += length;
        i += length;
    }
    out += "\r\n";
}

}  // namespace

std::string icalendar(const std::string& name, std::string_view product, const std::vector<CalendarEvent>& events, base::Instant now) {
    std::string stamp = base::iso(now).substr(0, 19) + "Z";
    std::erase(stamp, '-');
    std::erase(stamp, ':');
    std::string out;
    line(out, "BEGIN:VCALENDAR");
    line(out, "VERSION:2.0");
    line(out, fmt::format("PRODID:-//Miteinander//{}//DE", product));
    line(out, "CALSCALE:GREGORIAN");
    line(out, "X-WR-CALNAME:" + escaped(name));
    for (const auto& e : events) {
        line(out, "BEGIN:VEVENT");
        line(out, "UID:" + escaped(e.uid));
        line(out, "DTSTAMP:" + stamp);
        line(out, "DTSTART;VALUE=DATE:" + compact(e.on));
        line(out, "DTEND;VALUE=DATE:" + compact(base::plus_days(e.on, 1)));
        line(out, "SUMMARY:" + escaped(e.title));
        if (!e.description.empty()) line(out, "DESCRIPTION:" + escaped(e.description));
        line(out, "TRANSP:TRANSPARENT");
        for (const int days : e.alarm_days) {
            line(out, "BEGIN:VALARM");
            line(out, "ACTION:DISPLAY");
            line(out, "DESCRIPTION:" + escaped(e.title));
            line(out, fmt::format("TRIGGER:-P{}D", days));
            line(out, "END:VALARM");
        }
        line(out, "END:VEVENT");
    }
    line(out, "END:VCALENDAR");
    return out;
}

}  // namespace web
