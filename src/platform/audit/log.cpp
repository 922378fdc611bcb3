// Appending, reading and purging.
#include "platform/audit/chain.h"

#include <fmt/format.h>

#include "platform/audit/head.h"
#include "platform/db/revision.h"

namespace audit {

base::Result<Tip> tip(db::Connection& c) {
    TRY(auto found, c.query_one<Tip>("select number, digest from audit_head where id = 1", {},
                                     [](const db::Row& row) { return Tip{row.int64("number"), row.blob("digest").bytes}; }));
    return found ? std::move(*found) : Tip{0, first_digest()};
}

namespace {

base::Result<void> raise_head(db::Connection& c, const Tip& from, const Tip& to) {
    const db::Parameters values{{"number", to.number}, {"digest", db::Blob{to.digest}}};
    if (from.number == 0) return c.execute("insert into audit_head (id, number, digest) values (1, :number, :digest)", values).map([](auto) {});
    TRY(const auto touched, c.execute("update audit_head set number = :number, digest = :digest where id = 1", values));
    if (touched != 1) return base::error(base::ErrorKind::internal, "the audit head is gone");
    return {};
}

Entry entry_of(const db::Row& row) {
    Entry out{EntryId{row.int64("number")},
              row.instant("at"),
              identity::AccountId{row.optional_int64("account_id").value_or(0)},
              row.text("subject"),
              row.text("record"),
              row.text("action"),
              {}};
    if (const auto fields = fields_from_json(row.optional_text("fields").value_or("[]")))
        for (const auto& f : *fields) out.differences.push_back({f.name, f.before, f.after, !f.purged.empty()});
    return out;
}

constexpr std::string_view entries_with_values = R"sql(
    select e.number, e.at, e.account_id, e.subject, e.record, e.action, v.fields
      from audit_entries e
      left join audit_values v on v.entry_number = e.number
)sql";

std::int64_t below(const Page& page) { return page.older_than ? page.older_than.value : std::numeric_limits<std::int64_t>::max(); }

}  // namespace

base::Result<EntryId> record(db::Connection& c, const Change& change) {
    TRY(const auto previous, tip(c));  // still the last one when this commits: writes take turns on both engines
    const auto fields = fields_of(change.before, change.after);
    const Link link{previous.number + 1, base::iso(change.at), change.by.account.value, change.subject,
                    change.record,       change.action,        digest_of(fields)};
    const Tip next{link.number, digest_of(link, previous.digest)};
    TRY_VOID(c.execute(R"sql(
        insert into audit_entries (number, at, account_id, subject, record, action, values_digest, digest)
        values (:number, :at, :account, :subject, :record, :action, :values_digest, :digest)
    )sql",
                       {{"number", link.number},
                        {"at", change.at},
                        {"account", change.by.account},
                        {"subject", link.subject},
                        {"record", link.record},
                        {"action", link.action},
                        {"values_digest", db::Blob{link.values_digest}},
                        {"digest", db::Blob{next.digest}}}));
    if (!fields.empty())
        TRY_VOID(c.execute("insert into audit_values (entry_number, fields) values (:number, :fields)",
                           {{"number", link.number}, {"fields", as_json(fields)}}));
    TRY_VOID(raise_head(c, previous, next));
    // Whatever is worth an entry may stand on a page: pages kept by revision are made anew. Accounts stand on none that is kept.
    if (!change.subject.starts_with("identity.")) TRY_VOID(db::raise_revision(c));
    return EntryId{link.number};
}

base::Result<void> record(db::Connection& c, const identity::Actor& by, base::Instant at, std::string subject, std::string record, std::string action,
                          Values before, Values after) {
    TRY_VOID(audit::record(c, Change{.by = by,
                                     .at = at,
                                     .subject = std::move(subject),
                                     .record = std::move(record),
                                     .action = std::move(action),
                                     .before = std::move(before),
                                     .after = std::move(after)}));
    return {};
}

base::Result<std::vector<Entry>> history(db::Connection& c, std::string_view subject, std::string_view record, const Page& page) {
    static const std::string sql = fmt::format(
        "{} where e.subject = :subject and e.record = :record and e.number < :below order by e.number desc limit :limit", entries_with_values);
    return c.query<Entry>(sql, {{"subject", subject}, {"record", record}, {"below", below(page)}, {"limit", page.limit}}, entry_of);
}

base::Result<std::vector<Entry>> latest(db::Connection& c, const Page& page) {
    static const std::string sql = fmt::format("{} where e.number < :below order by e.number desc limit :limit", entries_with_values);
    return c.query<Entry>(sql, {{"below", below(page)}, {"limit", page.limit}}, entry_of);
}

base::Result<Entry> entry(db::Connection& c, EntryId id) {
    static const std::string sql = fmt::format("{} where e.number = :number", entries_with_values);
    TRY(auto found, c.query_one<Entry>(sql, {{"number", id}}, entry_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such audit entry");
    return std::move(*found);
}

base::Result<std::int64_t> purge(db::Connection& c, EntryId id, const Purge& purge) {
    if (purge.reason.empty()) return base::invalid("reason", base::message("Please say why the value must not stay."));
    TRY(const auto stored, c.query_one<std::string>("select fields from audit_values where entry_number = :number", {{"number", id}},
                                                    [](const db::Row& row) { return row.text("fields"); }));
    if (!stored) return base::error(base::ErrorKind::not_found, "no such audit entry, or it holds no values");
    auto fields = fields_from_json(*stored);
    if (!fields) return base::error(base::ErrorKind::internal, "the values of an audit entry are not readable; audit verify says more");
    std::int64_t blanked = 0;
    for (auto& field : *fields) {
        if (!field.purged.empty() || (!purge.field.empty() && field.name != purge.field)) continue;
        field = Field{field.name, {}, {}, {}, digest_of(field)};
        ++blanked;
    }
    if (blanked == 0) return base::error(base::ErrorKind::not_found, "no such field, or it is purged already");
    TRY_VOID(c.execute("update audit_values set fields = :fields where entry_number = :number", {{"fields", as_json(*fields)}, {"number", id}}));
    TRY_VOID(record(c, {.by = purge.by,
                        .at = purge.at,
                        .subject = std::string(purged_subject),
                        .record = std::to_string(id.value),
                        .action = "purge",
                        .before = {},
                        .after = {{"field", purge.field}, {"reason", purge.reason}}}));
    return blanked;
}

base::Result<std::int64_t> purge_record(db::Connection& c, std::string_view subject, std::string_view record, const Purge& wanted) {
    TRY(const auto entries,
        c.query<EntryId>(R"sql(
        select e.number
          from audit_entries e
          join audit_values v on v.entry_number = e.number
         where e.subject = :subject
           and e.record = :record
         order by e.number
    )sql",
                         {{"subject", subject}, {"record", record}}, [](const db::Row& row) { return row.id<EntryId>("number"); }));
    std::int64_t blanked = 0;
    for (const auto id : entries) {
        const auto done = purge(c, id, wanted);
        if (!done && done.error().kind != base::ErrorKind::not_found) return done;
        if (done) blanked += *done;
    }
    if (blanked == 0) return base::error(base::ErrorKind::not_found, "the record has no value left to purge");
    return blanked;
}

}  // namespace audit
