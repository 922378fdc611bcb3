#include "platform/idempotency/store.h"

namespace idempotency {

namespace {

constexpr std::chrono::hours kept_for{72};

}  // namespace

std::string lines_of(const http::Headers& headers) {
    std::string out;
    for (const auto& [name, value] : headers.items()) out.append(name).append(": ").append(value).append("\n");
    return out;
}

http::Headers headers_of(std::string_view lines) {
    http::Headers out;
    while (!lines.empty()) {
        const auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        if (const auto colon = line.find(": "); colon != std::string_view::npos) out.add(line.substr(0, colon), std::string(line.substr(colon + 2)));
    }
    return out;
}

DatabaseStore::DatabaseStore(db::Database& database, const base::Clock& clock) : database_(database), clock_(clock) {}

base::Result<http::IdempotencyStore::Claim> DatabaseStore::claim(const std::string& key, const std::string& fingerprint) {
    const auto now = clock_.now();
    const std::int64_t hour = std::chrono::duration_cast<std::chrono::hours>(now.time_since_epoch()).count();
    if (last_forgotten_.exchange(hour) != hour) TRY_VOID(forget(now - kept_for));

    return database_.write([&](db::Connection& c) -> base::Result<Claim> {
        TRY(const auto inserted, c.execute(R"sql(
            insert into idempotency_keys (key_hash, fingerprint, begun_at)
            values (:key, :fingerprint, :now)
            on conflict (key_hash) do nothing
        )sql",
                                           {{"key", key}, {"fingerprint", fingerprint}, {"now", now}}));
        if (inserted == 1) return Claim{State::mine, {}};

        TRY(const auto found, c.query_one<Claim>(R"sql(
            select fingerprint, status, headers, body
              from idempotency_keys
             where key_hash = :key
        )sql",
                                                 {{"key", key}}, [&](const db::Row& row) {
                                                     if (row.text("fingerprint") != fingerprint) return Claim{State::differs, {}};
                                                     if (row.is_null("status")) return Claim{State::running, {}};
                                                     Claim answered{State::answered, {}};
                                                     answered.answer.status = static_cast<int>(row.int64("status"));
                                                     answered.answer.headers = headers_of(row.text("headers"));
                                                     answered.answer.body = row.blob("body").bytes;
                                                     return answered;
                                                 }));
        // Gone between the two statements: the first gave it up this moment. The caller asks again.
        return found.value_or(Claim{State::running, {}});
    });
}

base::Result<void> DatabaseStore::finish(const std::string& key, const http::Response& answer) {
    TRY_VOID(database_.write([&](db::Connection& c) {
        return c.execute(R"sql(
            update idempotency_keys
               set status = :status, headers = :headers, body = :body
             where key_hash = :key
        )sql",
                         {{"key", key}, {"status", answer.status}, {"headers", lines_of(answer.headers)}, {"body", db::Blob{answer.body}}});
    }));
    return {};
}

base::Result<void> DatabaseStore::abandon(const std::string& key) {
    TRY_VOID(database_.write(
        [&](db::Connection& c) { return c.execute("delete from idempotency_keys where key_hash = :key and status is null", {{"key", key}}); }));
    return {};
}

base::Result<std::int64_t> DatabaseStore::forget(base::Instant before) {
    return database_.write(
        [&](db::Connection& c) { return c.execute("delete from idempotency_keys where begun_at < :before", {{"before", before}}); });
}

}  // namespace idempotency
