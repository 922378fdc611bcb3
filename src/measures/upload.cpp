#include "measures/upload.h"

#include <fstream>

namespace measures {

base::Result<Received> received_file(const http::Request& request, std::string_view field) {
    Received out;
    for (const auto& upload : request.uploads)
        if (upload.field == field && upload.size > 0) out.upload = &upload;
    if (!out.upload) return out;
    std::ifstream in(out.upload->path, std::ios::binary);
    std::string first(4096, '\0');
    in.read(first.data(), static_cast<std::streamsize>(first.size()));
    first.resize(static_cast<std::size_t>(in.gcount()));
    TRY(out.content_type, files::accepted_type(out.upload->filename, first, field));
    return out;
}

base::Result<files::FileId> store_received(db::Connection& c, const Received& received, base::Instant now) {
    if (!received.upload) return files::FileId{};
    return files::store(c, received.upload->path, received.content_type, now);
}

}  // namespace measures
