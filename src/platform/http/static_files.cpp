#include "platform/http/static_files.h"

#include <sys/stat.h>

#include "platform/http/text.h"

namespace http {

namespace {

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// No way up, no hidden file, no empty step; the request's path was decoded and checked before, this is for who calls it otherwise.
bool is_plain(std::string_view path) {
    if (path.empty() || path.find('\0') != std::string_view::npos || path.find('\\') != std::string_view::npos) return false;
    for (;;) {
        const auto slash = path.find('/');
        const auto part = path.substr(0, slash);
        if (part.empty() || part.front() == '.') return false;
        if (slash == std::string_view::npos) return true;
        path.remove_prefix(slash + 1);
    }
}

std::string tag_of(const struct stat& file, std::string_view suffix) {
    return fmt::format("\"{:x}-{:x}{:09x}{}\"", file.st_size, file.st_mtim.tv_sec, file.st_mtim.tv_nsec, suffix);
}

bool is_file(const std::filesystem::path& path, struct stat& info) { return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode); }

}  // namespace

std::string_view content_type_of(const std::filesystem::path& path) {
    static constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".html", "text/html; charset=utf-8"},
        {".txt", "text/plain; charset=utf-8"},
        {".md", "text/plain; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".woff", "font/woff"},
        {".json", "application/json"},
        {".pdf", "application/pdf"},
        {".ics", "text/calendar; charset=utf-8"},
        {".csv", "text/csv; charset=utf-8"},
        {".xml", "application/xml"},
        {".webmanifest", "application/manifest+json"},
        {".map", "application/json"},
    };
    const auto extension = lower_ascii(path.extension().string());
    for (const auto& [known, type] : types)
        if (known == extension) return type;
    return "application/octet-stream";
}

bool is_named_by_content(std::string_view filename) {
    // A run of at least eight hexadecimal digits (one of them a digit: "facade" is a word) between '.' or '-' and '.'.
    for (std::size_t i = 1; i < filename.size(); ++i) {
        if (filename[i - 1] != '.' && filename[i - 1] != '-') continue;
        std::size_t end = i;
        bool digit = false;
        while (end < filename.size() && is_hex(filename[end])) digit = (filename[end++] <= '9') || digit;
        if (digit && end - i >= 8 && end < filename.size() && filename[end] == '.') return true;
    }
    return false;
}

bool accepts_gzip(std::string_view accept_encoding) {
    for (const auto member : list_members(accept_encoding)) {
        const auto semicolon = member.find(';');
        if (!same_ignoring_case(trimmed(member.substr(0, semicolon)), "gzip")) continue;
        if (semicolon == std::string_view::npos) return true;
        const auto weight = trimmed(member.substr(semicolon + 1));
        return weight.find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

Handler static_files(std::filesystem::path root) {
    std::error_code ec;
    auto canonical_root = std::filesystem::canonical(root, ec);
    if (ec) canonical_root = std::move(root);
    return [root = std::move(canonical_root)](const Request& request) {
        const auto missing = [] { return Response::text("Not found\n", 404); };
        const auto name = request.path_values.get("path");
        if (!is_plain(name)) return missing();
        std::error_code failed;
        auto path = std::filesystem::canonical(root / name, failed);
        if (failed) return missing();
        // A link inside may point outside.
        const auto relative = path.lexically_relative(root);
        if (relative.empty() || *relative.begin() == "..") return missing();
        struct stat info{};
        if (!is_file(path, info)) return missing();

        Response response;
        response.headers.set("content-type", std::string(content_type_of(path)));
        response.headers.set("cache-control", is_named_by_content(path.filename().string()) ? "public, max-age=31536000, immutable" : "no-cache");
        std::string suffix;
        struct stat compressed{};
        const auto compressed_path = path.string() + ".gz";
        if (is_file(compressed_path, compressed)) {
            response.headers.set("vary", "Accept-Encoding");
            if (accepts_gzip(request.headers.view("accept-encoding"))) {
                response.headers.set("content-encoding", "gzip");
                path = compressed_path;
                info = compressed;
                suffix = "-gz";
            }
        }
        response.headers.set("etag", tag_of(info, suffix));
        response.file = path;
        return response;
    };
}

}  // namespace http
