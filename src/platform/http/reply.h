#pragma once
// From a handler's Response to what goes over the wire: conditional requests, ranges, HEAD (RFC 9110 13 to 15). Runs on the worker, as it
// may look at a file.
#include "platform/http/message.h"

namespace http {

// An open file that closes itself.
class OpenFile {
  public:
    OpenFile() = default;
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    OpenFile& operator=(OpenFile&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    ~OpenFile();
    explicit operator bool() const { return descriptor_ >= 0; }
    // Reads up to `size` bytes at `offset`; fewer only at the end of the file. Nothing when reading fails.
    std::optional<std::string> read(std::uint64_t offset, std::size_t size) const;
    std::uint64_t size() const;
    std::int64_t modified() const;  // seconds since 1970

  private:
    int descriptor_ = -1;
};

struct Reply {
    int status = 200;
    std::string fields;  // status line and fields, each with CRLF; Date, Connection and the empty line are the connection's
    std::string body;
    std::shared_ptr<const std::string> shared_body;
    OpenFile file;  // instead of a body
    std::uint64_t file_offset = 0;
    std::uint64_t length = 0;  // of what follows the head: 0 for HEAD and 304
    std::string_view bytes() const { return shared_body ? std::string_view(*shared_body) : std::string_view(body); }
};

Reply make_reply(const Request&, Response);

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::int64_t seconds_since_1970);
std::optional<std::int64_t> parse_http_date(std::string_view);

// Whether a list of entity tags (If-None-Match) names this one, by the weak comparison.
bool names_tag(std::string_view list, std::string_view tag);

struct Range {
    std::uint64_t first = 0, last = 0;  // both within the file
    friend bool operator==(const Range&, const Range&) = default;
};
enum class RangeKind { whole, part, unsatisfiable };  // whole: no range, several ranges, or one we do not understand
RangeKind parse_range(std::string_view field, std::uint64_t size, Range& out);

std::string_view reason_of(int status);

}  // namespace http
