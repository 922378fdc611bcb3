#include "platform/http/reply.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <ctime>

#include "platform/http/text.h"

namespace http {

namespace {

constexpr std::uint64_t read_at_once = 256 * 1024;  // a file up to this size is read by the worker and goes out like any body

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// What a client may hold already (RFC 9110 13.2.2): an entity tag decides alone, the date only where no tag is asked for.
bool is_unchanged(const Request& request, const Response& response) {
    const auto tags = request.headers.view("if-none-match");
    if (request.headers.has("if-none-match")) return names_tag(tags, response.headers.view("etag"));
    const auto since = parse_http_date(request.headers.view("if-modified-since"));
    const auto modified = parse_http_date(response.headers.view("last-modified"));
    return since && modified && *modified <= *since;
}

// If-Range: the part only when the client's copy is this very version; a weak tag never is.
bool range_applies(const Request& request, const Response& response) {
    const auto condition = request.headers.view("if-range");
    if (condition.empty()) return true;
    if (condition.front() == '"') return condition == response.headers.view("etag");
    return !condition.starts_with("W/") && condition == response.headers.view("last-modified");
}

// A handler's value must not end the line and begin another one.
void append_field(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    for (char c : value)
        if (c != '\r' && c != '\n' && c != '\0') out.push_back(c);
    out.append("\r\n");
}

}  // namespace

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<std::string> OpenFile::read(std::uint64_t offset, std::size_t size) const {
    std::string out(size, '\0');
    std::size_t done = 0;
    while (done < size) {
        const auto n = ::pread(descriptor_, out.data() + done, size - done, static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return std::nullopt;
        if (n == 0) break;
        done += static_cast<std::size_t>(n);
    }
    out.resize(done);
    return out;
}

std::uint64_t OpenFile::size() const {
    struct stat info{};
    return ::fstat(descriptor_, &info) == 0 && S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
}

std::int64_t OpenFile::modified() const {
    struct stat info{};
    return ::fstat(descriptor_, &info) == 0 ? info.st_mtim.tv_sec : 0;
}

Reply make_reply(const Request& request, Response response) {
    Reply reply;
    std::uint64_t whole = 0;
    if (response.file) {
        reply.file = OpenFile(::open(response.file->c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
        if (!reply.file) {
            response = Response::text("Not found\n", 404);
        } else {
            whole = reply.file.size();
            if (!response.headers.has("last-modified")) response.headers.set("last-modified", http_date(reply.file.modified()));
        }
    }
    if (!response.file) {
        reply.body = std::move(response.body);
        reply.shared_body = std::move(response.shared_body);
        whole = reply.bytes().size();
    }

    const bool reading = request.method == Method::get || request.method == Method::head;
    Range range{0, whole ? whole - 1 : 0};
    std::uint64_t length = whole;
    if (reading && response.status == 200) {
        if (is_unchanged(request, response)) {
            response.status = 304;
        } else if (reply.file) {
            response.headers.set("accept-ranges", "bytes");
            if (request.method == Method::get && range_applies(request, response)) {
                const auto kind = parse_range(request.headers.view("range"), whole, range);
                if (kind == RangeKind::part) {
                    response.status = 206;
                    length = range.last - range.first + 1;
                    response.headers.set("content-range",
                                         "bytes " + std::to_string(range.first) + "-" + std::to_string(range.last) + "/" + std::to_string(whole));
                } else if (kind == RangeKind::unsatisfiable) {
                    response.status = 416;
                    response.headers.set("content-range", "bytes */" + std::to_string(whole));
                    response.headers.remove("content-type");
                    reply.file = {};
                    length = whole = 0;
                }
            }
        }
    }

    const bool bodiless = response.status == 304 || response.status == 204 || response.status < 200;
    const bool nothing_follows = bodiless || request.method == Method::head;
    reply.status = response.status;
    reply.fields.reserve(512);
    reply.fields.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ").append(reason_of(response.status)).append("\r\n");
    for (const auto& [name, value] : response.headers.items()) {
        if (bodiless && (same_ignoring_case(name, "content-type") || same_ignoring_case(name, "content-encoding"))) continue;
        if (same_ignoring_case(name, "content-length") || same_ignoring_case(name, "connection") || same_ignoring_case(name, "transfer-encoding") ||
            same_ignoring_case(name, "date"))
            continue;
        append_field(reply.fields, name, value);
    }
    if (!bodiless) reply.fields.append("Content-Length: ").append(std::to_string(length)).append("\r\n");

    if (nothing_follows) {
        reply.file = {};
        reply.body.clear();
        reply.shared_body = nullptr;
    } else {
        reply.length = length;
        reply.file_offset = range.first;
        if (reply.file && length <= read_at_once) {
            auto bytes = reply.file.read(range.first, length);
            reply.file = {};
            // Shorter than announced: somebody cut the file this moment. The connection notices and ends.
            if (bytes) reply.body = std::move(*bytes);
        }
    }
    return reply;
}

std::string http_date(std::int64_t seconds) {
    const std::time_t moment = seconds;
    std::tm t{};
    ::gmtime_r(&moment, &t);
    static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[t.tm_wday], t.tm_mday, months[t.tm_mon], t.tm_year + 1900, t.tm_hour,
                       t.tm_min, t.tm_sec);
}

std::optional<std::int64_t> parse_http_date(std::string_view text) {
    // Only the form that RFC 9110 5.6.7 tells everyone to send; for the two older ones the answer is simply sent whole.
    if (text.size() != 29) return std::nullopt;
    static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto month = months.find(text.substr(8, 3));
    const auto day = number(text.substr(5, 2)), year = number(text.substr(12, 4)), hour = number(text.substr(17, 2)),
               minute = number(text.substr(20, 2)), second = number(text.substr(23, 2));
    if (month == std::string_view::npos || month % 3 || !day || !year || !hour || !minute || !second) return std::nullopt;
    std::tm t{};
    t.tm_year = static_cast<int>(*year) - 1900;
    t.tm_mon = static_cast<int>(month / 3);
    t.tm_mday = static_cast<int>(*day);
    t.tm_hour = static_cast<int>(*hour);
    t.tm_min = static_cast<int>(*minute);
    t.tm_sec = static_cast<int>(*second);
    const std::int64_t moment = ::timegm(&t);
    // Writing it again catches every field that is out of range or in the wrong place, the day of the week included.
    if (http_date(moment) != text) return std::nullopt;
    return moment;
}

bool names_tag(std::string_view list, std::string_view tag) {
    if (trimmed(list) == "*") return true;
    const auto opaque = [](std::string_view t) { return t.starts_with("W/") ? t.substr(2) : t; };
    if (tag.empty()) return false;
    for (const auto member : list_members(list))
        if (opaque(member) == opaque(tag)) return true;
    return false;
}

RangeKind parse_range(std::string_view field, std::uint64_t size, Range& out) {
    if (!field.starts_with("bytes=")) return RangeKind::whole;
    field.remove_prefix(6);
    if (field.find(',') != std::string_view::npos) return RangeKind::whole;
    field = trimmed(field);
    const auto dash = field.find('-');
    if (dash == std::string_view::npos) return RangeKind::whole;
    const auto first = number(field.substr(0, dash)), last = number(field.substr(dash + 1));
    if (!first) {
        if (dash != 0 || !last) return RangeKind::whole;
        if (*last == 0 || size == 0) return RangeKind::unsatisfiable;
        out = {*last >= size ? 0 : size - *last, size - 1};
        return RangeKind::part;
    }
    if (!last && dash + 1 != field.size()) return RangeKind::whole;
    if (last && *last < *first) return RangeKind::whole;
    if (*first >= size) return RangeKind::unsatisfiable;
    out = {*first, last ? std::min(*last, size - 1) : size - 1};
    return RangeKind::part;
}

std::string_view reason_of(int status) {
    switch (status) {
        case 100: return "Continue";
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        default: return "Status";
    }
}

}  // namespace http
