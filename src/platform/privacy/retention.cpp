#include <fmt/format.h>

#include "platform/audit/api.h"
#include "platform/i18n/translate.h"
#include "platform/privacy/api.h"

namespace privacy {
namespace {

using i18n::marked;

// What proves nothing once its time is over. The log of mails outlives a year, so that no yearly reminder goes out twice; the first of several that
// left as one mail goes after those that name it.
constexpr Retention rules[] = {
    {"mails", marked("Log of mails that are done with"), 400, 370, 3650, "mail_outbox",
     "finished_at <= :before and (sent_with is not null or id not in (select sent_with from mail_outbox where sent_with is not null))"},
    {"links", marked("One-time links that have ended"), 30, 1, 365, "one_time_links", "expires_at <= :before"},
    {"lists-asked", marked("Addresses asked for a mailing list that nobody confirmed"), 7, 1, 7, "mailing_subscribers",
     "confirmed_at is null and asked_at <= :before"},
    {"lists-left", marked("Proof of consent of addresses that left a mailing list"), 1095, 365, 3650, "mailing_subscribers", "left_at <= :before"},
    {"resets", marked("Requests for a new password nobody answered"), 1, 1, 30, "reset_requests", "requested_at <= :before"},
    {"failures", marked("Counts of failed sign-ins"), 30, 1, 365, "sign_in_failures", "last_at <= :before"},
    {"devices", marked("Devices not seen any more"), 400, 30, 3650, "known_devices", "last_seen_at <= :before"},
    {"sessions", marked("Sessions that are over"), 2, 1, 30, "sessions", "created_at <= :before"},
    {"uploads", marked("Uploaded lists nobody took over"), 30, 1, 365, "measure_uploads", "uploaded_at <= :before"},
    {"views", marked("Who looked at whose personal data"), 400, 90, 3650, "personal_data_views", "on_day <= :before_day"},
};

}  // namespace

std::span<const Retention> retentions() { return rules; }

base::Result<std::map<std::string, int>> retention_days(db::Connection& c) {
    std::map<std::string, int> out;
    for (const auto& rule : rules) out.emplace(rule.key, rule.days);
    TRY_VOID(c.for_each("select rule, days from retention_settings", {}, [&](const db::Row& row) {
        if (const auto found = out.find(row.text("rule")); found != out.end()) found->second = static_cast<int>(row.int64("days"));
    }));
    return out;
}

base::Result<void> save_retention_days(db::Connection& c, const std::map<std::string, int>& days, const identity::Actor& by, base::Instant now) {
    TRY(const auto before, retention_days(c));
    audit::Values old_values, new_values;
    for (const auto& rule : rules) {
        const auto next = days.find(std::string(rule.key));
        if (next == days.end()) continue;
        if (next->second < rule.least || next->second > rule.most)
            return base::invalid(std::string(rule.key), base::message("Between {least} and {most} days.",
                                                                      {{"least", std::to_string(rule.least)}, {"most", std::to_string(rule.most)}}));
        old_values.emplace_back(rule.key, std::to_string(before.at(next->first)));
        new_values.emplace_back(rule.key, std::to_string(next->second));
        TRY_VOID(c.execute("insert into retention_settings (rule, days) values (:rule, :days) on conflict (rule) do update set days = excluded.days",
                           {{"rule", rule.key}, {"days", next->second}}));
    }
    return audit::record(c, by, now, "privacy.retention", "settings", "change", old_values, new_values);
}

base::Result<std::vector<Removed>> apply_retention(db::Connection& c, Run run, base::Instant now) {
    TRY(const auto days, retention_days(c));
    std::vector<Removed> out;
    for (const auto& rule : rules) {
        const auto ended = now - std::chrono::days(days.at(std::string(rule.key)));
        const db::Parameters before = rule.condition.find(":before_day") == std::string_view::npos
                                          ? db::Parameters{{"before", ended}}
                                          : db::Parameters{{"before_day", base::berlin_day(ended)}};
        std::int64_t rows = 0;
        if (run == Run::dry) {
            TRY(const auto n, c.query_one<std::int64_t>(fmt::format("select count(*) as n from {} where {}", rule.table, rule.condition), before,
                                                        [](const db::Row& row) { return row.int64("n"); }));
            rows = n.value_or(0);
        } else {
            TRY(rows, c.execute(fmt::format("delete from {} where {}", rule.table, rule.condition), before));
            if (rows > 0)
                TRY_VOID(audit::record(c, {}, now, "privacy.retention", std::string(rule.key), "remove", {}, {{"rows", std::to_string(rows)}}));
        }
        out.push_back({std::string(rule.key), rows});
    }
    return out;
}

}  // namespace privacy
