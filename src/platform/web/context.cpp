#include "platform/web/context.h"

#include <array>

#include <sodium.h>

#include "platform/web/flash.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace web {

std::string new_idempotency_key() {
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    return {hex.data(), 32};
}

std::string Context::cache_key(std::int64_t revision) const {
    // Fields are parted by a line break, which no path or decoded name can bring in unencoded: Url writes both percent-encoded.
    std::string key =
        base::iso(today) + (day_is_fixed ? "!" : "") + '\n' + std::string(i18n::code(language)) + '\n' + (fragment ? "part\n" : "page\n");
    key += std::to_string(static_cast<int>(actor.role)) + '\n' + std::to_string(revision) + '\n' + Url(path, query).str();
    return key;
}

http::Response see_other(const Context& context, std::string_view url, Flash flash) {
    auto response = http::Response::see_other(local_path(url));
    response.set_cookie({.name = std::string(flash_cookie), .value = packed(flash), .max_age_seconds = 60, .http_only = true}, context.secure);
    return response;
}

http::Response see_other(const Context& context, std::string_view url, const base::Message& done) {
    return see_other(context, url, Flash{Tone::success, context.say(done), {}, {}});
}

}  // namespace web
