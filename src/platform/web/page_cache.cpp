#include "platform/web/page_cache.h"

#include "platform/web/page.h"

namespace web {

std::optional<PageCache::Page> PageCache::find(std::string_view key) {
    const std::lock_guard lock(mutex_);
    const auto found = index_.find(key);
    if (found == index_.end()) return std::nullopt;
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->page;
}

http::Response PageCache::keep(std::string_view key, http::Response response, const http::Request& request) {
    if (response.status != 200 || response.file) return response;
    // A page that sets a cookie is one visitor's own.
    if (response.headers.has("set-cookie")) return response;
    Page page;
    page.body = response.shared_body ? response.shared_body : std::make_shared<const std::string>(std::move(response.body));
    page.etag = '"' + etag_of(*page.body) + '"';
    page.headers = response.headers;
    if (!page.headers.has("cache-control")) page.headers.set("Cache-Control", "private, no-cache");
    if (!page.headers.has("vary")) page.headers.set("Vary", "Cookie, Accept-Language, HX-Request");
    {
        const std::lock_guard lock(mutex_);
        const std::size_t size = page.body->size() + key.size() + 256;
        if (size <= limit_ / 4 && index_.find(key) == index_.end()) {
            entries_.push_front({std::string(key), page, size});
            index_.emplace(entries_.front().key, entries_.begin());
            bytes_ += size;
            while (bytes_ > limit_) {
                bytes_ -= entries_.back().size;
                index_.erase(entries_.back().key);
                entries_.pop_back();
            }
        }
    }
    return answer(page, request);
}

http::Response PageCache::answer(const Page& page, const http::Request& request) {
    http::Response response;
    response.headers = page.headers;
    response.shared_body = page.body;
    return conditional(request, std::move(response), std::string_view(page.etag).substr(1, page.etag.size() - 2));
}

std::size_t PageCache::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace web
