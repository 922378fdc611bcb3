#include <algorithm>

#include <sodium.h>

#include "platform/links/api.h"

namespace links {
namespace {

constexpr std::size_t token_length = 43;

std::string sha256_hex(std::string_view text) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    char out[sizeof digest * 2 + 1];
    sodium_bin2hex(out, sizeof out, digest, sizeof digest);
    return out;
}

base::Error closed(const char* why) { return {base::ErrorKind::not_found, std::string("one-time link ") + why, {}, why}; }

struct Link {
    std::string hash;
    Grant grant;
    bool spent = false, revoked = false;
};

base::Result<Link> find(db::Connection& c, std::string_view token, std::string_view purpose, base::Instant now) {
    if (!looks_like_token(token)) return tl::unexpected(closed("unknown"));
    const auto hash = sha256_hex(token);
    TRY(const auto found, c.query_one<Link>(R"sql(
        select token_hash, purpose, record, expires_at, spent_at, revoked_at
          from one_time_links
         where token_hash = :hash
    )sql",
                                            {{"hash", hash}}, [](const db::Row& row) {
                                                return Link{row.text("token_hash"),
                                                            {row.text("purpose"), row.text("record"), row.instant("expires_at")},
                                                            !row.is_null("spent_at"),
                                                            !row.is_null("revoked_at")};
                                            }));
    // Found by its hash, so the clock tells nothing of the token; compared once more in constant time all the same.
    if (!found || found->hash.size() != hash.size() || sodium_memcmp(found->hash.data(), hash.data(), hash.size()) != 0 ||
        found->grant.purpose != purpose)
        return tl::unexpected(closed("unknown"));
    if (found->spent) return tl::unexpected(closed("spent"));
    if (found->revoked) return tl::unexpected(closed("revoked"));
    if (found->grant.expires <= now) return tl::unexpected(closed("expired"));
    return *found;
}

}  // namespace

std::string random_token() {
    if (sodium_init() < 0) std::abort();  // without randomness no token may leave
    unsigned char bytes[32];
    randombytes_buf(bytes, sizeof bytes);
    char out[sodium_base64_ENCODED_LEN(sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    sodium_bin2base64(out, sizeof out, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    return out;
}

bool looks_like_token(std::string_view s) {
    return s.size() == token_length && std::all_of(s.begin(), s.end(), [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
}

std::string without_tokens(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        const auto end = std::min(path.find('/', 1), path.size());
        const auto segment = path.substr(0, end);
        if (segment.front() == '/' && looks_like_token(segment.substr(1)))
            out += "/…";
        else
            out += segment;
        path.remove_prefix(end);
    }
    return out;
}

base::Result<std::string> issue(db::Connection& c, const Grant& grant, base::Instant now) {
    const auto token = random_token();
    TRY_VOID(
        c.execute(R"sql(
        insert into one_time_links (token_hash, purpose, record, issued_at, expires_at)
        values (:hash, :purpose, :record, :now, :expires)
    )sql",
                  {{"hash", sha256_hex(token)}, {"purpose", grant.purpose}, {"record", grant.record}, {"now", now}, {"expires", grant.expires}}));
    return token;
}

base::Result<Grant> look(db::Connection& c, std::string_view token, std::string_view purpose, base::Instant now) {
    TRY(auto found, find(c, token, purpose, now));
    return std::move(found.grant);
}

base::Result<Grant> spend(db::Connection& c, std::string_view token, std::string_view purpose, base::Instant now) {
    TRY(auto found, find(c, token, purpose, now));
    TRY(const auto touched,
        c.execute("update one_time_links set spent_at = :now where token_hash = :hash and spent_at is null and revoked_at is null",
                  {{"now", now}, {"hash", found.hash}}));
    if (touched != 1) return tl::unexpected(closed("spent"));
    return std::move(found.grant);
}

base::Result<void> revoke(db::Connection& c, std::string_view purpose, std::string_view record) {
    // The moment is not handed in; the moment of issue serves as one, since only whether it was revoked matters.
    TRY_VOID(c.execute(R"sql(
        update one_time_links
           set revoked_at = issued_at
         where purpose = :purpose and record = :record and spent_at is null and revoked_at is null
    )sql",
                       {{"purpose", purpose}, {"record", record}}));
    return {};
}

base::Result<std::int64_t> forget(db::Connection& c, base::Instant before) {
    return c.execute("delete from one_time_links where expires_at <= :before", {{"before", before}});
}

base::Message why_not(const base::Error& e) {
    if (e.code == "spent") return base::message("This link has been used already; every link works once.");
    if (e.code == "expired") return base::message("This link has expired. Please ask for a new one.");
    if (e.code == "revoked") return base::message("This link has been replaced by a newer one, or its reason is gone.");
    return base::message("This link is not one of ours. Perhaps a part of it got lost: please copy it wholly from the mail.");
}

}  // namespace links
