#pragma once
// The ZIP around an XLSX and the XML in it, as far as a stranger's file may be trusted: sizes are counted while unpacking, document types (and with
// them entities) are refused, and no piece of XML may be endless.
#include <zip.h>

#include <map>

#include "platform/sheets/api.h"

namespace sheets {

using Attributes = std::vector<std::pair<std::string_view, std::string_view>>;  // names without prefix, but "r:id" keeps its own
std::string_view attribute(const Attributes&, std::string_view name);

// Receives one part of the package. Names come without prefix. An error ends the reading.
class Handler {
  public:
    virtual ~Handler() = default;
    virtual base::Result<void> begin(std::string_view name, const Attributes&) = 0;
    virtual base::Result<void> end(std::string_view name) = 0;
    virtual void text(std::string_view) {}
};

class Package {
  public:
    // `bytes` must outlive the package.
    static base::Result<Package> open(std::string_view bytes, const Limits&);
    bool has(const std::string& part) const { return parts_.contains(part); }
    base::Result<void> parse(const std::string& part, Handler&);

  private:
    struct Discard {
        void operator()(zip_t* z) const { zip_discard(z); }
    };
    std::unique_ptr<zip_t, Discard> archive_;
    std::map<std::string, zip_uint64_t> parts_;
    std::uint64_t left_ = 0;  // bytes that may still be unpacked
    std::size_t cell_bytes_ = 0;
};

base::Message damaged();

}  // namespace sheets
