#pragma once
// Attachments: content-addressed, in the database, so that any number of server processes and every backup have them.
#include <filesystem>
#include <string>

#include "platform/db/db.h"
#include "platform/identity/api.h"

namespace files {

using FileId = base::Id<struct FileTag>;

inline constexpr std::uint64_t largest = 25u * 1024 * 1024;  // bytes

// The types people may attach, by their ending and by their first bytes; both must agree, so that nothing is served as what it is not.
// Answers the media type; invalid_input on field `field` with what is allowed.
base::Result<std::string> accepted_type(std::string_view filename, std::string_view first_bytes, std::string_view field);

struct File {
    FileId id;
    std::string content_type;
    std::uint64_t size = 0;
    std::string digest;  // SHA-256 in hex; also the ETag
    bool removed = false;
};

// Stores what lies at `path` (an upload's spool file); the same bytes are stored once.
base::Result<FileId> store(db::Connection&, const std::filesystem::path& path, const std::string& content_type, base::Instant now);
base::Result<File> describe(db::Connection&, FileId);         // not_found
base::Result<std::string> bytes_of(db::Connection&, FileId);  // not_found for a removed file
// For good: somebody attached what must not be here. Audited; leaves a stub.
base::Result<void> remove(db::Connection&, FileId, const std::string& reason, const identity::Actor& by, base::Instant now);

}  // namespace files
