#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "platform/http/message.h"

namespace web {

// The files of web/assets, kept in memory and served under /assets/<hash>/…: the hash is over all of them, so a stylesheet reaches its fonts
// by relative names and a browser may keep everything for ever.
class Assets {
  public:
    static base::Result<std::unique_ptr<Assets>> open(const std::filesystem::path& folder);

    std::string url(std::string_view name) const;  // "app.css" → "/assets/1f3a…/app.css"
    const std::string& hash() const { return hash_; }
    // path: what follows /assets/. An old hash is answered with the present file, but not kept by the browser.
    http::Response serve(const http::Request&, std::string_view path) const;

  private:
    struct File {
        std::shared_ptr<const std::string> bytes;
        std::string content_type;
        bool compressible = false;
        mutable std::once_flag compressing;
        mutable std::shared_ptr<const std::string> compressed;
    };
    std::map<std::string, std::unique_ptr<File>, std::less<>> files_;
    std::string hash_;
};

}  // namespace web
