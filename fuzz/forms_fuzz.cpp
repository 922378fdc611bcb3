// links: platform/http
// Arbitrary bytes as a form, a cookie line, a query, a field with parameters.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "platform/http/forms.h"
#include "platform/http/head.h"
#include "platform/http/multipart.h"
#include "platform/http/reply.h"
#include "platform/http/static_files.h"
#include "platform/http/text.h"

namespace {

void demand(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

http::Limits limits() {
    http::Limits out;
    out.form_fields = 20;
    out.form_field_bytes = 300;
    out.files = 2;
    return out;
}

const std::filesystem::path& spool() {
    static const std::filesystem::path folder = [] {
        auto path = std::filesystem::temp_directory_path() / ("miteinander-fuzz-" + std::to_string(::getpid()));
        std::filesystem::create_directories(path);
        return path;
    }();
    return folder;
}

// What a multipart form says, however it is cut; "refused" when it is not one.
std::string multipart(std::string_view bytes, std::size_t piece) {
    const auto l = limits();
    http::MultipartReader reader("b", l, spool());
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        if (!reader.feed(bytes.substr(at, piece))) return "refused";
    http::Request request;
    if (!reader.finish(request)) return "refused";
    std::string out;
    for (const auto& [name, value] : request.form.items()) {
        demand(http::is_utf8(name) && http::is_utf8(value), "fields are text");
        demand(value.size() <= l.form_field_bytes, "fields keep their limit");
        out += name + "=" + value + "\n";
    }
    demand(request.uploads.size() <= l.files, "files keep their limit");
    for (const auto& upload : request.uploads) {
        demand(upload.filename.find('/') == std::string::npos, "a file's name is no path");
        std::ostringstream content;
        content << std::ifstream(upload.path, std::ios::binary).rdbuf();
        demand(content.str().size() == upload.size, "a file is as long as it says");
        out += upload.field + ":" + upload.filename + ":" + content.str() + "\n";
        ::unlink(upload.path.c_str());
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (auto fields = http::parse_urlencoded(bytes, 50)) {
        std::string again;
        for (const auto& [name, value] : fields->items()) {
            demand(http::is_utf8(name) && http::is_utf8(value), "fields are text");
            again += (again.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
        }
        const auto second = http::parse_urlencoded(again, 50);
        demand(second && second->items() == fields->items(), "written and read again it is the same");
    }
    std::string path;
    http::Fields query;
    if (http::split_target(bytes, path, query))
        demand((path + "/").find("/../") == std::string::npos && path.find('\0') == std::string::npos, "a path never climbs");
    http::Request request;
    request.headers.add("cookie", std::string(bytes));
    (void)request.cookie("a");
    (void)http::find_parameter(bytes, "name");
    (void)http::boundary_of(bytes);
    (void)http::accepts_gzip(bytes);
    (void)http::names_tag(bytes, "\"a\"");
    http::Range range;
    if (http::parse_range(bytes, 100, range) == http::RangeKind::part)
        demand(range.first <= range.last && range.last < 100, "a range lies in the file");
    if (const auto date = http::parse_http_date(bytes)) demand(http::http_date(*date) == bytes, "a date is written as it was read");
    if (size < 4000) demand(multipart(bytes, 4000) == multipart(bytes, 3), "in small pieces the same form");
    return 0;
}
