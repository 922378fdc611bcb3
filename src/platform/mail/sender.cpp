#include "platform/mail/sender.h"

#include <fstream>

#include <fmt/format.h>
#include <sodium.h>

#include "platform/i18n/translate.h"
#include "platform/mail/mime.h"
#include "platform/web/html.h"

namespace mail {
namespace {

constexpr std::int64_t at_a_time = 20;
constexpr std::chrono::minutes claim_length{30};  // twenty mails at a minute each, and then some

Envelope envelope(const Settings& s, MailId id, base::Instant queued_at, base::Instant now) {
    const auto domain = s.from.substr(s.from.find('@') + 1);
    const auto moment = queued_at.time_since_epoch().count();
    unsigned char random[12];
    randombytes_buf(random, sizeof random);
    char hex[sizeof random * 2 + 1];
    sodium_bin2hex(hex, sizeof hex, random, sizeof random);
    return {.from = s.from,
            .from_name = s.from_name,
            .reply_to = s.reply_to,
            .message_id = fmt::format("{}.{}.miteinander@{}", id.value, moment, domain),
            .boundary = fmt::format("=_{}", hex),
            .date = now};
}

}  // namespace

std::optional<std::chrono::minutes> wait_after(std::int64_t attempts) {
    using std::chrono::minutes;
    static constexpr minutes waits[] = {minutes(1), minutes(5), minutes(15), minutes(60), minutes(180), minutes(360), minutes(720), minutes(720)};
    if (attempts < 1) return minutes(0);
    if (attempts > static_cast<std::int64_t>(std::size(waits))) return {};
    return waits[attempts - 1];
}

Message merged(const Group& group) {
    Message out = group.front().message;
    if (group.size() == 1) return out;
    out.subject = i18n::translate(out.language, i18n::plural("{subject}, and {n} more", "{subject}, and {n} more",
                                                             static_cast<std::int64_t>(group.size() - 1), {{"subject", out.subject}}));
    out.text.clear();
    out.html.clear();
    for (const auto& one : group) {
        const auto& m = one.message;
        out.text += (out.text.empty() ? "" : "\n\n") + m.subject + "\n\n" + m.text;
        out.html += "<h2>" + web::escape(m.subject) + "</h2>\n" + (m.html.empty() ? html_of_text(m.text) : m.html) + "\n";
    }
    return out;
}

base::Result<Server> Sender::server_of(const Settings& s) const {
    Server server{.host = s.host, .port = s.port, .security = s.security, .user = s.user, .password = {}, .ca_file = options_.ca_file};
    if (!s.user.empty()) {
        std::ifstream file(options_.password_file);
        if (options_.password_file.empty() || !file)
            return base::error(base::ErrorKind::unavailable,
                               "the mail server asks for a password, and its file (--mail-password-file) cannot be read");
        std::getline(file, server.password);
        if (server.password.empty()) return base::error(base::ErrorKind::unavailable, "the file of --mail-password-file is empty");
    }
    return server;
}

base::Result<void> Sender::send_now(const Settings& s, const Message& m) const {
    TRY(const auto server, server_of(s));
    const auto now = clock_.now();
    return deliver(server, s.from, m.to, mime(m, envelope(s, {}, now, now)));
}

base::Result<void> Sender::run() {
    TRY(const auto s, database_.read([](db::Connection& c) { return settings(c); }));
    if (!s.usable()) return {};
    TRY(const auto server, server_of(s));
    for (bool more = true; more && !options_.stopping();) {
        const auto now = clock_.now();
        TRY(const auto groups, database_.write([&](db::Connection& c) { return claim_due(c, s, now, now + claim_length, at_a_time); }));
        more = !groups.empty();
        for (const auto& group : groups) {
            if (options_.stopping()) {
                TRY_VOID(database_.write([&](db::Connection& c) { return release(c, group); }));
            } else {
                TRY_VOID(send(s, server, group));
            }
        }
    }
    return {};
}

base::Result<void> Sender::send(const Settings& s, const Server& server, const Group& group) {
    const auto& first = group.front();
    if (options_.may_receive) {
        TRY(const bool may, database_.read([&](db::Connection& c) { return options_.may_receive(c, first.message.to); }));
        if (!may) return database_.write([&](db::Connection& c) { return finish(c, group, State::withheld, "account disabled", clock_.now()); });
    }
    // The window of a fixed day does not move the date of a mail: it is the moment it really leaves.
    const auto done = deliver(server, s.from, first.message.to, mime(merged(group), envelope(s, first.id, first.queued_at, base::Clock().now())));
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        const auto now = clock_.now();
        if (done) return finish(c, group, State::sent, {}, now);
        const auto wait = done.error().kind == base::ErrorKind::invalid_input ? std::nullopt : wait_after(first.attempts + 1);
        if (!wait) return finish(c, group, State::given_up, done.error().detail, now);
        return try_later(c, group, now + *wait, done.error().detail);
    });
}

}  // namespace mail
