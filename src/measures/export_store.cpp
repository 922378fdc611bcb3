#include "measures/export_store.h"

#include <fmt/format.h>
#include <sodium.h>

namespace measures {
namespace {

constexpr std::pair<std::string_view, ExportState> states[] = {
    {"waiting", ExportState::waiting}, {"running", ExportState::running}, {"done", ExportState::done}, {"failed", ExportState::failed}};
std::string_view name_of(ExportState state) {
    for (const auto& [name, each] : states)
        if (each == state) return name;
    return {};
}
ExportState export_state_named(std::string_view wanted) {
    for (const auto& [name, state] : states)
        if (name == wanted) return state;
    return ExportState::failed;
}
std::string_view name_of(sheets::Format format) { return format == sheets::Format::csv ? "csv" : "xlsx"; }
sheets::Format format_in(const db::Row& row) { return row.text("format") == "csv" ? sheets::Format::csv : sheets::Format::xlsx; }

std::string random_name() {
    unsigned char bytes[16];
    randombytes_buf(bytes, sizeof bytes);
    std::string out;
    for (const auto byte : bytes) out += fmt::format("{:02x}", byte);
    return out;
}

tl::unexpected<base::Error> unknown() { return base::error(base::ErrorKind::not_found, "no such list of this visitor"); }
tl::unexpected<base::Error> lost() { return base::error(base::ErrorKind::conflict, "the list is written by another process"); }

base::Result<void> forget_pieces(db::Connection& c, const std::string& id) {
    TRY_VOID(c.execute("delete from measure_export_pieces where export_id = :id", {{"id", id}}));
    return {};
}

constexpr std::string_view to_do = R"sql(
    select id, query, audience, on_day, format, total, account_id, attempts
      from measure_exports
     where state = 'waiting'
        or (state = 'running' and held_until < :now)
     order by ordered_at, id
     limit 1
)sql";

}  // namespace

base::Result<std::string> order_export(db::Connection& c, const ExportOrder& order, base::Instant now) {
    TRY_VOID(drop_old_exports(c, now));
    TRY(const auto open, c.query_one<std::int64_t>("select count(*) as n from measure_exports where state in ('waiting', 'running')", {},
                                                   [](const db::Row& row) { return row.int64("n"); }));
    if (open.value_or(0) >= most_exports_at_once) return base::error(base::ErrorKind::unavailable, "too many lists are being written");
    auto id = random_name();
    TRY_VOID(c.execute(R"sql(
        insert into measure_exports (id, account_id, query, audience, on_day, format, total, ordered_at)
        values (:id, :account, :query, :audience, :on, :format, :total, :now)
    )sql",
                       {{"id", id},
                        {"account", order.account},
                        {"query", order.query},
                        {"audience", order.audience == Audience::internal ? "internal" : "everybody"},
                        {"on", order.on},
                        {"format", name_of(order.format)},
                        {"total", order.total},
                        {"now", now}}));
    return id;
}

base::Result<ExportStatus> find_export(db::Connection& c, const std::string& id, identity::AccountId account) {
    TRY(const auto found, c.query_one<ExportStatus>(R"sql(
        select e.state, e.done, e.total, e.format,
               (select coalesce(cast(sum(length(p.bytes)) as bigint), 0) from measure_export_pieces p where p.export_id = e.id) as bytes
          from measure_exports e
         where e.id = :id
           and coalesce(e.account_id, 0) = :account
    )sql",
                                                    {{"id", id}, {"account", account.value}}, [](const db::Row& row) {
                                                        return ExportStatus{export_state_named(row.text("state")), row.int64("done"),
                                                                            row.int64("total"), format_in(row), row.int64("bytes")};
                                                    }));
    if (!found) return unknown();
    return *found;
}

base::Result<std::string> bytes_of_export(db::Connection& c, const std::string& id, identity::AccountId account) {
    TRY(const auto status, find_export(c, id, account));
    if (status.state != ExportState::done) return unknown();
    std::string out;
    out.reserve(static_cast<std::size_t>(status.bytes));
    TRY_VOID(c.for_each("select bytes from measure_export_pieces where export_id = :id order by number", {{"id", id}},
                        [&](const db::Row& row) { out += row.blob("bytes").bytes; }));
    return out;
}

base::Result<bool> any_export_to_do(db::Connection& c, base::Instant now) {
    TRY(const auto id, c.query_one<std::string>(to_do, {{"now", now}}, [](const db::Row& row) { return row.text("id"); }));
    return id.has_value();
}

base::Result<bool> any_old_export(db::Connection& c, base::Instant now) {
    TRY(const auto id, c.query_one<std::string>("select id from measure_exports where ordered_at < :before order by id limit 1",
                                                {{"before", now - exports_kept_for}}, [](const db::Row& row) { return row.text("id"); }));
    return id.has_value();
}

base::Result<std::optional<ExportTask>> claim_export(db::Connection& c, const std::string& holder, base::Instant now) {
    for (;;) {
        std::int64_t attempts = 0;
        TRY(auto task, c.query_one<ExportTask>(to_do, {{"now", now}}, [&](const db::Row& row) {
            attempts = row.int64("attempts");
            return ExportTask{row.text("id"),
                              {row.text("query"), row.text("audience") == "internal" ? Audience::internal : Audience::everybody, row.day("on_day"),
                               format_in(row), row.int64("total"), row.id<identity::AccountId>("account_id")}};
        }));
        if (!task) return std::optional<ExportTask>{};
        TRY_VOID(forget_pieces(c, task->id));
        // Whoever began it died of it, more than once.
        const bool hopeless = attempts >= most_attempts;
        TRY_VOID(c.execute(R"sql(
            update measure_exports
               set state = :state, holder = :holder, held_until = :until, attempts = attempts + 1, done = 0
             where id = :id
        )sql",
                           {{"state", name_of(hopeless ? ExportState::failed : ExportState::running)},
                            {"holder", holder},
                            {"until", now + export_held_for},
                            {"id", task->id}}));
        if (!hopeless) return task;
    }
}

base::Result<void> continue_export(db::Connection& c, const std::string& id, const std::string& holder, std::int64_t done, std::string piece,
                                   base::Instant now) {
    TRY(const auto touched,
        c.execute("update measure_exports set done = :done, held_until = :until where id = :id and holder = :holder and state = 'running'",
                  {{"done", done}, {"until", now + export_held_for}, {"id", id}, {"holder", holder}}));
    if (touched != 1) return lost();
    if (piece.empty()) return {};
    TRY_VOID(c.execute(R"sql(
        insert into measure_export_pieces (export_id, number, bytes)
        select :id, count(*), :bytes from measure_export_pieces where export_id = :id
    )sql",
                       {{"id", id}, {"bytes", db::Blob{std::move(piece)}}}));
    return {};
}

base::Result<void> finish_export(db::Connection& c, const std::string& id, const std::string& holder, ExportState state) {
    TRY(const auto touched, c.execute("update measure_exports set state = :state where id = :id and holder = :holder and state = 'running'",
                                      {{"state", name_of(state)}, {"id", id}, {"holder", holder}}));
    if (touched != 1) return lost();
    if (state != ExportState::done) return forget_pieces(c, id);
    return {};
}

base::Result<void> give_export_back(db::Connection& c, const std::string& id, const std::string& holder) {
    TRY(const auto touched, c.execute(R"sql(
        update measure_exports
           set state = 'waiting', holder = '', held_until = null, done = 0, attempts = attempts - 1
         where id = :id
           and holder = :holder
           and state = 'running'
    )sql",
                                      {{"id", id}, {"holder", holder}}));
    if (touched != 1) return lost();
    return forget_pieces(c, id);
}

base::Result<void> drop_old_exports(db::Connection& c, base::Instant now) {
    TRY_VOID(c.execute("delete from measure_exports where ordered_at < :before", {{"before", now - exports_kept_for}}));
    return {};
}

}  // namespace measures
