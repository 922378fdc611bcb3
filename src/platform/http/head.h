#pragma once
// The rules on a request's head that the parser behind it is too kind for. Every answer is the status the request is refused with.
#include <optional>
#include <string_view>

#include <tl/expected.hpp>

#include "platform/http/server.h"

namespace http {

// A request line and fields, checked.
struct Head {
    Method method = Method::get;
    std::string target;  // as sent
    std::string path;    // decoded
    Fields query;
    int version = 11;  // 10 or 11
    Headers headers;
    std::optional<std::uint64_t> length;
    bool chunked = false;
    bool expects_continue = false;
    bool keep_alive = true;
};

// `bytes` ends with the empty line. Judges the raw bytes before any library touches them: 400, 414, 431, 501 or 505.
// RFC 9112 2.2 lets a server read a bare LF as line end and 5.2 lets it join folded lines; two servers that differ in this can be made to see
// different requests, so both are refused here.
std::optional<int> fault_of_lines(std::string_view bytes, const Limits&);

// After parsing: decodes the target and judges the fields together (Host, lengths, encodings, Expect): 400, 415, 417 or 501.
tl::expected<Head, int> judge_head(std::string_view method, std::string_view target, int version, Headers);

// "/a%20b?x=1" → decoded path and query; nothing for what is no origin-form (or absolute-form) target or climbs with "..".
bool split_target(std::string_view target, std::string& path, Fields& query);

}  // namespace http
