#include "platform/http/head.h"

#include <charconv>

#include "platform/http/forms.h"
#include "platform/http/text.h"

namespace http {

namespace {

bool is_digits(std::string_view text) {
    if (text.empty()) return false;
    for (char c : text)
        if (c < '0' || c > '9') return false;
    return true;
}

// uri-host [":" port]: no path, no user, no space. The name itself is the proxy's business.
bool is_host(std::string_view host) {
    if (host.size() > 255) return false;
    for (char c : host)
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              std::string_view("-._~[]:%").find(c) != std::string_view::npos))
            return false;
    return !host.empty();
}

}  // namespace

std::optional<int> fault_of_lines(std::string_view bytes, const Limits& limits) {
    std::size_t line_number = 0, fields = 0;
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        if (end == std::string_view::npos || end == 0 || bytes[end - 1] != '\r') return 400;
        const auto line = bytes.substr(0, end - 1);
        bytes.remove_prefix(end + 1);
        for (char c : line)
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) return 400;  // NUL, bare CR and the like
        if (line_number++ == 0) {
            const auto first = line.find(' '), last = line.rfind(' ');
            if (first == std::string_view::npos || first == last) return 400;  // HTTP/0.9 and worse
            if (!is_token(line.substr(0, first))) return 400;
            const auto target = line.substr(first + 1, last - first - 1);
            if (target.size() > limits.target_bytes) return 414;
            if (target.find(' ') != std::string_view::npos || target.find('\t') != std::string_view::npos) return 400;
            const auto version = line.substr(last + 1);
            if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || version[6] != '.' || !is_digits(version.substr(5, 1)) ||
                !is_digits(version.substr(7)))
                return 400;
            if (version != "HTTP/1.1" && version != "HTTP/1.0") return 505;
            continue;
        }
        if (line.empty()) return bytes.empty() ? std::optional<int>() : 400;
        if (++fields > limits.fields) return 431;
        const auto colon = line.find(':');
        // A line that begins with a space continues the one before (obs-fold); a space before the colon is read differently by everyone.
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return 400;
    }
    return 400;
}

bool split_target(std::string_view target, std::string& path, Fields& query) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (target.size() < scheme.size() || !same_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto slash = target.find_first_of("/?");
        if (slash == 0) return false;
        target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
        break;
    }
    if (target.empty() || target.front() != '/') return false;
    for (char c : target)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '#') return false;
    const auto mark = target.find('?');
    const auto raw = target.substr(0, mark);
    auto decoded = percent_decode(raw, PlusMeans::plus);
    if (!decoded) return false;
    for (char c : *decoded)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\') return false;
    // An encoded slash would make another path of it after decoding.
    if (std::count(decoded->begin(), decoded->end(), '/') != std::count(raw.begin(), raw.end(), '/')) return false;
    std::string_view rest = *decoded;
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto slash = rest.find('/');
        const auto segment = rest.substr(0, slash);
        if (segment == "." || segment == "..") return false;
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash);
    }
    if (mark != std::string_view::npos) {
        auto fields = parse_urlencoded(target.substr(mark + 1), 1000);
        if (!fields) return false;
        query = std::move(*fields);
    }
    path = std::move(*decoded);
    return true;
}

tl::expected<Head, int> judge_head(std::string_view method, std::string_view target, int version, Headers headers) {
    const auto refuse = [](int status) { return tl::unexpected(status); };
    Head head;
    const auto known = method_named(method);
    if (!known) return refuse(501);
    head.method = *known;
    head.version = version;
    head.target = std::string(target);

    const auto hosts = headers.count("host");
    if (hosts > 1 || (hosts == 0 && version == 11)) return refuse(400);
    if (hosts == 1 && !is_host(headers.view("host"))) return refuse(400);

    const auto lengths = headers.count("content-length"), codings = headers.count("transfer-encoding");
    if (lengths > 1 || codings > 1 || (lengths && codings)) return refuse(400);
    if (lengths) {
        const auto text = headers.view("content-length");
        std::uint64_t length = 0;
        if (!is_digits(text) || std::from_chars(text.data(), text.data() + text.size(), length).ec != std::errc()) return refuse(400);
        head.length = length;
    }
    if (codings) {
        if (version == 10) return refuse(400);
        if (!same_ignoring_case(headers.view("transfer-encoding"), "chunked")) return refuse(501);
        head.chunked = true;
    }
    if (headers.has("content-encoding") && !same_ignoring_case(headers.view("content-encoding"), "identity")) return refuse(415);
    if (headers.has("expect") && version == 11) {
        if (!same_ignoring_case(headers.view("expect"), "100-continue")) return refuse(417);
        head.expects_continue = head.chunked || head.length.value_or(0) > 0;
    }

    bool close = false, keep = false;
    for (const auto& [name, value] : headers.items()) {
        if (!same_ignoring_case(name, "connection")) continue;
        for (const auto member : list_members(value)) {
            close = close || same_ignoring_case(member, "close");
            keep = keep || same_ignoring_case(member, "keep-alive");
        }
    }
    head.keep_alive = !close && (version == 11 || keep);

    if (!split_target(target, head.path, head.query)) return refuse(400);
    head.headers = std::move(headers);
    return head;
}

}  // namespace http
