#include <fmt/format.h>

#include "platform/audit/api.h"
#include "platform/privacy/api.h"

namespace privacy {
namespace {

constexpr Retention rules[] = {
    {"mails", "log of mails that are done with", 400, "mail_outbox", "finished_at <= :before and sent_with is not null"},
    {"mails-sent", "log of mails that are done with (the first of several)", 400, "mail_outbox",
     "finished_at <= :before and id not in (select sent_with from mail_outbox where sent_with is not null)"},
    {"links", "one-time links that have ended", 30, "one_time_links", "expires_at <= :before"},
    {"lists-asked", "addresses asked for a mailing list that nobody confirmed", 7, "mailing_subscribers",
     "confirmed_at is null and asked_at <= :before"},
    {"lists-left", "proof of consent of addresses that left a mailing list", 1095, "mailing_subscribers", "left_at <= :before"},
    {"resets", "requests for a new password nobody answered", 1, "reset_requests", "requested_at <= :before"},
    {"failures", "counts of failed sign-ins", 30, "sign_in_failures", "last_at <= :before"},
    {"devices", "devices not seen any more", 400, "known_devices", "last_seen_at <= :before"},
    {"sessions", "sessions that are over", 2, "sessions", "created_at <= :before"},
};

}  // namespace

std::span<const Retention> retentions() { return rules; }

base::Result<std::vector<Removed>> apply_retention(db::Connection& c, Run run, base::Instant now) {
    std::vector<Removed> out;
    for (const auto& rule : rules) {
        const db::Parameters before{{"before", now - std::chrono::days(rule.days)}};
        std::int64_t rows = 0;
        if (run == Run::dry) {
            TRY(const auto n, c.query_one<std::int64_t>(fmt::format("select count(*) as n from {} where {}", rule.table, rule.condition), before,
                                                        [](const db::Row& row) { return row.int64("n"); }));
            rows = n.value_or(0);
        } else {
            TRY(rows, c.execute(fmt::format("delete from {} where {}", rule.table, rule.condition), before));
            if (rows > 0)
                TRY_VOID(audit::record(c, {.by = {},
                                           .at = now,
                                           .subject = "privacy.retention",
                                           .record = std::string(rule.key),
                                           .action = "remove",
                                           .before = {},
                                           .after = {{"rows", std::to_string(rows)}}}));
        }
        out.push_back({std::string(rule.key), rows});
    }
    return out;
}

}  // namespace privacy
