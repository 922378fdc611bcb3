#include "platform/web/assets.h"

#include <array>
#include <fstream>
#include <iterator>

#include <sodium.h>
#include <zlib.h>

namespace web {
namespace {

struct Type {
    std::string_view extension, content_type;
    bool compressible;
};
constexpr std::array types{Type{".css", "text/css; charset=utf-8", true},
                           Type{".js", "text/javascript; charset=utf-8", true},
                           Type{".svg", "image/svg+xml", true},
                           Type{".woff2", "font/woff2", false},
                           Type{".png", "image/png", false},
                           Type{".ico", "image/x-icon", false},
                           Type{".txt", "text/plain; charset=utf-8", true},
                           Type{".md", "text/plain; charset=utf-8", true}};

std::shared_ptr<const std::string> gzip(const std::string& bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) return nullptr;
    auto out = std::make_shared<std::string>(deflateBound(&stream, bytes.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out->data());
    stream.avail_out = static_cast<uInt>(out->size());
    const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out->resize(stream.total_out);
    deflateEnd(&stream);
    if (!whole) return nullptr;
    return out;
}

}  // namespace

base::Result<std::unique_ptr<Assets>> Assets::open(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    auto assets = std::make_unique<Assets>();
    std::error_code failure;
    for (fs::recursive_directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
        if (!at->is_regular_file()) continue;
        const auto extension = at->path().extension().string();
        const auto type = std::find_if(types.begin(), types.end(), [&](const Type& t) { return t.extension == extension; });
        if (type == types.end()) continue;
        std::ifstream stream(at->path(), std::ios::binary);
        auto file = std::make_unique<File>();
        file->bytes = std::make_shared<const std::string>(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
        file->content_type = type->content_type;
        file->compressible = type->compressible;
        assets->files_.emplace(fs::relative(at->path(), folder).generic_string(), std::move(file));
    }
    if (assets->files_.empty()) return base::error(base::ErrorKind::internal, "no assets in " + folder.string());

    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, 16);
    const auto feed = [&](std::string_view bytes) {
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    };
    for (const auto& [name, file] : assets->files_) {
        feed(name + '\n' + std::to_string(file->bytes->size()) + '\n');
        feed(*file->bytes);
    }
    std::array<unsigned char, 16> digest{};
    crypto_generichash_final(&state, digest.data(), digest.size());
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    assets->hash_.assign(hex.data(), 16);
    return assets;
}

std::string Assets::url(std::string_view name) const { return "/assets/" + hash_ + "/" + std::string(name); }

http::Response Assets::serve(const http::Request& request, std::string_view path) const {
    const auto slash = path.find('/');
    const auto hash = path.substr(0, slash);
    const auto found = slash == std::string_view::npos ? files_.end() : files_.find(path.substr(slash + 1));
    if (found == files_.end()) return http::Response::empty(404);
    const auto& file = *found->second;
    http::Response response;
    response.headers.set("Content-Type", file.content_type);
    response.headers.set("Cache-Control", hash == hash_ ? "public, max-age=31536000, immutable" : "no-cache");
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.shared_body = file.bytes;
    if (file.compressible) {
        response.headers.set("Vary", "Accept-Encoding");
        if (request.headers.get("accept-encoding").find("gzip") != std::string::npos) {
            std::call_once(file.compressing, [&] { file.compressed = gzip(*file.bytes); });
            if (file.compressed) {
                response.headers.set("Content-Encoding", "gzip");
                response.shared_body = file.compressed;
            }
        }
    }
    return response;
}

}  // namespace web
