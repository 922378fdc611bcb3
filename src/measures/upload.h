#pragma once
// A file people attach: taken from the request, checked by its ending and its first bytes.
#include "platform/files/api.h"
#include "platform/http/message.h"

namespace measures {

struct Received {
    const http::Upload* upload = nullptr;  // null: none was sent
    std::string content_type;
};
base::Result<Received> received_file(const http::Request&, std::string_view field);
// Stored in the caller's transaction; 0 where none was sent.
base::Result<files::FileId> store_received(db::Connection&, const Received&, base::Instant now);

}  // namespace measures
