#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/http/message.h"

namespace web {

// Finished anonymous pages by key (Context::cache_key: civil day, language, role, revision, address). Least used goes first when full.
// A key holds the revision, so nothing is ever removed because it got old: it is simply not asked for again.
class PageCache {
  public:
    struct Page {
        std::shared_ptr<const std::string> body;
        std::string etag;  // quoted, as in the header
        http::Headers headers;
    };

    explicit PageCache(std::size_t bytes = 16 * 1024 * 1024) : limit_(bytes) {}
    std::optional<Page> find(std::string_view key);
    // Keeps a 200 response and hands it back as the cache would; other answers pass unchanged.
    http::Response keep(std::string_view key, http::Response, const http::Request&);
    // The kept page, or a 304 for a caller who has it.
    static http::Response answer(const Page&, const http::Request&);

    std::size_t bytes() const;

  private:
    struct Entry {
        std::string key;
        Page page;
        std::size_t size = 0;
    };
    mutable std::mutex mutex_;
    std::list<Entry> entries_;  // most recently used first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> index_;
    std::size_t bytes_ = 0;
    std::size_t limit_;
};

}  // namespace web
