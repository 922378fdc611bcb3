#pragma once
#include "platform/http/message.h"

namespace http {

// Files below `root`, for a route with {path:rest}. A name with its content's hash in it ("app.3f2a9c01.css") may be kept for ever, any other is
// asked for again each time (ETag). "app.css.gz" beside "app.css" is sent to who accepts it. Nothing outside root, no hidden file, no folder.
Handler static_files(std::filesystem::path root);

std::string_view content_type_of(const std::filesystem::path&);
bool is_named_by_content(std::string_view filename);
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace http
