#pragma once
#include <chrono>
#include <mutex>

#include "platform/http/message.h"

namespace http {

// Token buckets by key, in memory of fixed size: keys share a bucket when their (secretly seeded) hashes meet, so no flood of new keys can push
// out what is remembered about the old ones. Safe to use from any thread.
class RateLimiter {
  public:
    struct Options {
        double per_second = 1;  // how fast a bucket fills
        double burst = 10;      // how much it holds
        std::size_t buckets = 16384;
    };
    using Time = std::chrono::steady_clock::time_point;
    explicit RateLimiter(Options);

    bool allow(std::string_view key, Time now = std::chrono::steady_clock::now());
    // How long until a refused key is allowed again.
    std::chrono::seconds wait(std::string_view key, Time now = std::chrono::steady_clock::now());

  private:
    struct Bucket {
        float tokens;
        Time filled;
    };
    Bucket& bucket_of(std::string_view key, Time now);
    const Options options_;
    unsigned char seed_[16];
    std::mutex mutex_;
    std::vector<Bucket> buckets_;
};

// 429 with Retry-After for whom the limiter refuses; default key: the client's address.
Handler with_rate_limit(Handler, std::shared_ptr<RateLimiter>, std::function<std::string(const Request&)> key = nullptr,
                        std::function<Response(const Request&)> refused = nullptr);

}  // namespace http
