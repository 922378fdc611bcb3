#pragma once
// multipart/form-data, read while it arrives: fields into memory, files to disk, each within its limit.
#include <cstdio>

#include "platform/http/server.h"

namespace http {

class MultipartReader {
  public:
    // `spool`: a folder outside the web root; files are created in it for their owner's eyes only.
    MultipartReader(std::string_view boundary, const Limits&, std::filesystem::path spool);
    ~MultipartReader();  // removes files that finish() has not handed over
    MultipartReader(const MultipartReader&) = delete;

    // invalid_input: no proper multipart; too_large: a limit; unavailable: the disk refused.
    base::Result<void> feed(std::string_view bytes);
    // After the last byte: hands fields and files to the request, which owns them from then on.
    base::Result<void> finish(Request&);

  private:
    enum class State { delimiter, after_delimiter, part_head, content, end };

    base::Result<bool> step();  // false: needs more bytes
    base::Result<void> begin_part(std::string_view head);
    base::Result<void> take(std::string_view content);
    base::Result<void> create_file();
    base::Result<void> end_part();

    const std::string delimiter_;  // CRLF "--" boundary
    const Limits& limits_;
    const std::filesystem::path spool_;
    State state_ = State::delimiter;
    std::string buffer_;
    std::size_t position_ = 0;  // in buffer_: before it, all is dealt with

    Fields fields_;
    std::vector<Upload> uploads_;
    std::uint64_t field_bytes_ = 0;  // of all fields together
    std::string name_, value_;
    Upload upload_;
    std::FILE* file_ = nullptr;
    bool is_file_ = false, is_left_empty_ = false;
};

// The boundary of a multipart/form-data type; "" when it has none or not a proper one (RFC 2046 5.1.1: at most 70 characters).
std::string boundary_of(std::string_view content_type);

}  // namespace http
