#include <fstream>

#include <sodium.h>

#include "platform/audit/api.h"
#include "platform/files/api.h"

namespace files {
namespace {

struct Kind {
    std::string_view ending, type, begins;
};
// Office documents are ZIP containers; text has no first bytes of its own, so NUL bytes are looked for instead.
constexpr Kind kinds[] = {
    {".pdf", "application/pdf", "%PDF-"},
    {".png", "image/png", "\x89PNG"},
    {".jpg", "image/jpeg", "\xFF\xD8\xFF"},
    {".jpeg", "image/jpeg", "\xFF\xD8\xFF"},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04"},
    {".odt", "application/vnd.oasis.opendocument.text", "PK\x03\x04"},
    {".ods", "application/vnd.oasis.opendocument.spreadsheet", "PK\x03\x04"},
    {".txt", "text/plain; charset=utf-8", ""},
    {".csv", "text/csv; charset=utf-8", ""},
};

std::string ending_of(std::string_view filename) {
    const auto dot = filename.rfind('.');
    std::string out(dot == std::string_view::npos ? "" : filename.substr(dot));
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string sha256_hex(const std::string& bytes) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    char out[sizeof digest * 2 + 1];
    sodium_bin2hex(out, sizeof out, digest, sizeof digest);
    return out;
}

}  // namespace

base::Result<std::string> accepted_type(std::string_view filename, std::string_view first_bytes, std::string_view field) {
    const auto ending = ending_of(filename);
    for (const auto& kind : kinds) {
        if (ending != kind.ending) continue;
        const bool agrees =
            kind.begins.empty() ? first_bytes.find('\0') == std::string_view::npos : first_bytes.substr(0, kind.begins.size()) == kind.begins;
        if (agrees) return std::string(kind.type);
        return base::invalid(std::string(field),
                             base::message("The file calls itself {ending}, but its content is something else.", {{"ending", ending}}));
    }
    return base::invalid(std::string(field),
                         base::message("Files of this kind cannot be attached. Allowed are PDF, PNG, JPEG, DOCX, XLSX, ODT, ODS, TXT and CSV."));
}

base::Result<FileId> store(db::Connection& c, const std::filesystem::path& path, const std::string& content_type, base::Instant now) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    if (failed) return base::error(base::ErrorKind::internal, "a spooled file has gone");
    if (size > largest) return base::error(base::ErrorKind::too_large, "attachment too large");
    std::string bytes(size, '\0');
    std::ifstream in(path, std::ios::binary);
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) return base::error(base::ErrorKind::internal, "a spooled file cannot be read");
    const auto digest = sha256_hex(bytes);
    TRY(const auto known, c.query_one<FileId>("select id from files where digest = :digest", {{"digest", digest}},
                                              [](const db::Row& row) { return row.id<FileId>("id"); }));
    if (known) return *known;
    return c.insert<FileId>(
        "insert into files (digest, content_type, size, bytes, stored_at) values (:digest, :type, :size, :bytes, :now) returning id",
        {{"digest", digest}, {"type", content_type}, {"size", static_cast<std::int64_t>(size)}, {"bytes", db::Blob{std::move(bytes)}}, {"now", now}});
}

base::Result<File> describe(db::Connection& c, FileId id) {
    TRY(auto found,
        c.query_one<File>("select id, content_type, size, digest, removed_at from files where id = :id", {{"id", id}}, [](const db::Row& row) {
            return File{row.id<FileId>("id"), row.text("content_type"), static_cast<std::uint64_t>(row.int64("size")),
                        row.optional_text("digest").value_or(""), !row.is_null("removed_at")};
        }));
    if (!found) return base::error(base::ErrorKind::not_found, "no such file");
    return std::move(*found);
}

base::Result<std::string> bytes_of(db::Connection& c, FileId id) {
    TRY(auto found, c.query_one<std::string>("select bytes from files where id = :id and removed_at is null", {{"id", id}},
                                             [](const db::Row& row) { return row.blob("bytes").bytes; }));
    if (!found) return base::error(base::ErrorKind::not_found, "no such file, or it was removed");
    return std::move(*found);
}

base::Result<void> remove(db::Connection& c, FileId id, const std::string& reason, const identity::Actor& by, base::Instant now) {
    TRY(const auto touched, c.execute(R"sql(
        update files
           set bytes = null, digest = null, size = 0, removed_at = :now, removed_by = :by, removed_reason = :reason
         where id = :id
           and removed_at is null
    )sql",
                                      {{"now", now}, {"by", by.account}, {"reason", reason}, {"id", id}}));
    if (touched == 0) return base::error(base::ErrorKind::not_found, "no such file, or it was removed");
    TRY_VOID(audit::record(c, {.by = by,
                               .at = now,
                               .subject = "files.file",
                               .record = std::to_string(id.value),
                               .action = "remove",
                               .before = {},
                               .after = {{"reason", reason}}}));
    return {};
}

}  // namespace files
