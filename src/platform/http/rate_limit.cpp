#include "platform/http/rate_limit.h"

#include <sodium.h>

#include <cmath>
#include <cstring>

#include "platform/http/proxies.h"

namespace http {

RateLimiter::RateLimiter(Options options)
    : options_(options), buckets_(std::max<std::size_t>(1, options.buckets), Bucket{static_cast<float>(options.burst), Time()}) {
    static_assert(sizeof seed_ == crypto_shorthash_KEYBYTES);
    ::randombytes_buf(seed_, sizeof seed_);
}

RateLimiter::Bucket& RateLimiter::bucket_of(std::string_view key, Time now) {
    unsigned char hash[crypto_shorthash_BYTES];
    ::crypto_shorthash(hash, reinterpret_cast<const unsigned char*>(key.data()), key.size(), seed_);
    std::uint64_t number;
    std::memcpy(&number, hash, sizeof number);
    Bucket& bucket = buckets_[number % buckets_.size()];
    if (bucket.filled == Time()) bucket.filled = now;
    const double gained = std::chrono::duration<double>(now - bucket.filled).count() * options_.per_second;
    if (gained > 0) {
        bucket.tokens = static_cast<float>(std::min(options_.burst, bucket.tokens + gained));
        bucket.filled = now;
    }
    return bucket;
}

bool RateLimiter::allow(std::string_view key, Time now) {
    const std::lock_guard lock(mutex_);
    Bucket& bucket = bucket_of(key, now);
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
}

std::chrono::seconds RateLimiter::wait(std::string_view key, Time now) {
    const std::lock_guard lock(mutex_);
    const double missing = 1 - bucket_of(key, now).tokens;
    return std::chrono::seconds(missing <= 0 ? 0 : static_cast<std::int64_t>(std::ceil(missing / options_.per_second)));
}

Handler with_rate_limit(Handler handler, std::shared_ptr<RateLimiter> limiter, std::function<std::string(const Request&)> key,
                        std::function<Response(const Request&)> refused) {
    return [handler = std::move(handler), limiter = std::move(limiter), key = std::move(key), refused = std::move(refused)](const Request& request) {
        const auto address = parse_address(request.remote);
        const auto who = key ? key(request) : address ? client_of(*address) : request.remote;
        if (limiter->allow(who)) return handler(request);
        Response response = refused ? refused(request) : Response::text("Too many requests. Please wait a moment.\n", 429);
        response.headers.set("retry-after", std::to_string(std::max<std::int64_t>(1, limiter->wait(who).count())));
        return response;
    };
}

}  // namespace http
