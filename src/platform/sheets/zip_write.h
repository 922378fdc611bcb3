#pragma once
// A ZIP written straight through: sizes and checksums follow each part (PKZIP's data descriptor), so nothing is kept and nothing is written twice.
#include <zlib.h>

#include "platform/sheets/api.h"

namespace sheets {

class ZipWriter {
  public:
    explicit ZipWriter(Sink sink);
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;

    base::Result<void> begin(std::string name);  // a part; the one before is ended
    base::Result<void> write(std::string_view);
    base::Result<void> finish();

  private:
    struct Part {
        std::string name;
        std::uint64_t offset = 0, packed = 0, size = 0;
        std::uint32_t checksum = 0;
    };
    base::Result<void> put(std::string_view);
    base::Result<void> deflate_all(std::string_view, int flush);
    base::Result<void> end();

    Sink sink_;
    z_stream stream_{};
    bool open_ = false;
    std::uint64_t written_ = 0;
    std::vector<Part> parts_;
    std::string out_;
};

}  // namespace sheets
