// links: platform/http
// Arbitrary bytes as a connection's input. The requests found must not depend on how the network cuts the bytes, and what is let through must keep
// what handlers rely on.
#include <cstdio>
#include <cstdlib>

#include "platform/http/beast/request_parser.h"
#include "platform/http/forms.h"
#include "platform/http/reply.h"
#include "platform/http/text.h"

namespace {

void demand(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

void check(const http::Head& head) {
    demand(!head.path.empty() && head.path.front() == '/', "a path begins with a slash");
    demand(http::is_utf8(head.path) && head.path.find('\0') == std::string::npos, "a path is text");
    demand(("/" + head.path + "/").find("/../") == std::string::npos, "a path never climbs");
    demand(!(head.length && head.chunked), "a body ends in one way");
    demand(head.version == 10 || head.headers.count("host") == 1, "one Host");
}

std::vector<std::string> requests_in(std::string_view bytes, std::size_t piece) {
    http::Limits limits;
    limits.head_bytes = 600;
    limits.target_bytes = 100;
    limits.fields = 8;
    http::RequestParser parser(limits);
    std::vector<std::string> out;
    std::string input;
    while (!bytes.empty() || !input.empty()) {
        const auto part = bytes.substr(0, piece);
        input.append(part);
        bytes.remove_prefix(part.size());
        for (;;) {
            const bool had_head = parser.head_done();
            const auto used = parser.feed(input);
            demand(used <= input.size(), "no more is used than was there");
            input.erase(0, used);
            if (!had_head && parser.head_done()) {
                check(parser.head());
                parser.limit_body(1000);
            }
            if (parser.fault()) return out;
            if (parser.done()) {
                demand(parser.body().size() <= 1000, "no body is longer than allowed");
                http::Request request;
                request.method = parser.head().method;
                request.headers = parser.head().headers;
                request.body = parser.body();
                out.push_back(parser.head().path + "\n" + request.body);
                (void)http::read_form(request, limits);
                (void)http::make_reply(request, http::Response::text("x"));
                parser.next();
                if (input.empty()) break;
                continue;
            }
            if (!used && had_head == parser.head_done()) break;
        }
        if (part.empty()) break;
    }
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 3000) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto whole = requests_in(bytes, 4000);
    demand(whole == requests_in(bytes, 1), "byte by byte the same requests");
    demand(whole == requests_in(bytes, 7), "in small pieces the same requests");
    return 0;
}
