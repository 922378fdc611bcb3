#include "evidence/store.h"

#include <sodium.h>
#include <boost/json.hpp>

#include "evidence/kinds.h"
#include "platform/audit/api.h"

namespace evidence {
namespace {

using base::message;

std::vector<Listener>& listeners() {
    static std::vector<Listener> all;
    return all;
}

std::string json_of(const Attributes& attributes) {
    boost::json::object out;
    for (const auto& [name, value] : attributes) out[name] = value;
    return boost::json::serialize(out);
}

Attributes attributes_of(const std::string& text) {
    Attributes out;
    if (text.size() <= 2) return out;
    const auto parsed = boost::json::parse(text);
    for (const auto& [name, value] : parsed.as_object()) out.emplace(name, value.as_string());
    return out;
}

constexpr std::string_view record_columns =
    "e.id, e.key, e.kind, e.subject, e.organisation, e.occurred_on, e.until_on, e.quantity, e.attributes, e.published, e.recorded_on, w.withdrawn_on";
constexpr std::string_view entry_columns =
    ", e.title_de, e.title_en, e.note, e.link, e.file_id, e.file_name, e.recorded_at, e.recorded_by, e.imported, e.sample, w.reason as withdrawn_reason";

Record record_of(const db::Row& row) {
    Record r;
    r.id = row.id<EvidenceId>("id");
    r.key = row.text("key");
    r.kind = row.text("kind");
    r.subject = row.text("subject");
    r.organisation = row.text("organisation");
    r.occurred_on = row.day("occurred_on");
    r.until = row.optional_day("until_on");
    if (const auto quantity = row.optional_int64("quantity")) r.quantity = Quantity{*quantity};
    r.attributes = attributes_of(row.text("attributes"));
    r.published = row.boolean("published");
    r.recorded_on = row.day("recorded_on");
    r.withdrawn_on = row.optional_day("withdrawn_on");
    return r;
}

Entry entry_of(const db::Row& row) {
    Entry e;
    e.record = record_of(row);
    e.record.title = {row.text("title_de"), row.text("title_en")};
    e.record.note = row.text("note");
    e.record.withdrawn_reason = row.optional_text("withdrawn_reason").value_or("");
    e.link = row.text("link");
    e.file = row.id<files::FileId>("file_id");
    e.file_name = row.text("file_name");
    e.recorded_at = row.instant("recorded_at");
    e.recorded_by = row.id<identity::AccountId>("recorded_by");
    e.imported = row.boolean("imported");
    e.sample = row.boolean("sample");
    return e;
}

audit::Values values_of(const Entry& e) {
    const auto& r = e.record;
    audit::Values out{
        {"key", r.key}, {"kind", r.kind}, {"subject", r.subject}, {"organisation", r.organisation}, {"occurred_on", base::iso(r.occurred_on)}};
    if (r.until) out.emplace_back("until", base::iso(*r.until));
    if (r.quantity) out.emplace_back("quantity", r.quantity->text());
    if (!r.attributes.empty()) out.emplace_back("attributes", json_of(r.attributes));
    out.insert(out.end(), {{"title_de", r.title.de},
                           {"title_en", r.title.en},
                           {"note", r.note},
                           {"link", e.link},
                           {"published", r.published ? "yes" : "no"},
                           {"recorded_on", base::iso(r.recorded_on)}});
    return out;
}

audit::Change change(const By& by, const std::string& record, std::string action, audit::Values before, audit::Values after) {
    return {.by = by.actor,
            .at = by.now,
            .subject = "evidence.entry",
            .record = record,
            .action = std::move(action),
            .before = std::move(before),
            .after = std::move(after)};
}

base::Result<void> told(db::Connection& c, const Record& r) {
    for (const auto& listener : listeners()) TRY_VOID(listener(c, r));
    return {};
}

base::Result<void> refuse_mistakes(const Entry& e) {
    base::Error error{base::ErrorKind::invalid_input, "evidence has mistakes", {}, {}};
    const auto wrong = [&](std::string field, base::Message m) { error.fields.push_back({std::move(field), std::move(m), 0}); };
    if (!is_kind_name(e.record.kind))
        wrong("kind", message("A kind of evidence is written like council.report_delivered: lower-case letters, one dot."));
    if (!e.record.occurred_on.ok()) wrong("occurred_on", message("A day is expected, such as 30.06.2018."));
    if (e.record.until && *e.record.until < e.record.occurred_on) wrong("until", message("The end lies before the beginning."));
    if (!e.link.empty() && !e.link.starts_with("https://") && !e.link.starts_with("http://"))
        wrong("link", message("A web address begins with https:// or http://."));
    if (error.fields.empty()) return {};
    return base::error(std::move(error));
}

std::string from_ledger(std::string_view more) {
    return fmt::format(R"sql(
    select {}{}
      from evidence e
      left join evidence_withdrawals w on w.evidence_id = e.id)sql",
                       record_columns, more);
}

}  // namespace

std::string new_key() {
    static constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string out = "n-";
    for (int i = 0; i < 12; ++i) out += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    return out;
}

base::Result<EvidenceId> record(db::Connection& c, Entry e, const By& by) {
    TRY_VOID(refuse_mistakes(e));
    auto& r = e.record;
    if (r.key.empty()) r.key = new_key();
    if (!r.recorded_on.ok() || r.recorded_on == base::Day{}) r.recorded_on = base::berlin_day(by.now);
    TRY(const auto id, c.insert<EvidenceId>(R"sql(
        insert into evidence (key, kind, subject, organisation, occurred_on, until_on, quantity, attributes, period, title_de, title_en, note, link, file_id,
                              file_name, published, recorded_on, recorded_at, recorded_by, imported, sample)
        values (:key, :kind, :subject, :organisation, :occurred_on, :until_on, :quantity, :attributes, :period, :title_de, :title_en, :note, :link, :file_id,
                :file_name, :published, :recorded_on, :recorded_at, :recorded_by, :imported, :sample)
        returning id
    )sql",
                                            {{"key", r.key},
                                             {"kind", r.kind},
                                             {"subject", r.subject},
                                             {"organisation", r.organisation},
                                             {"occurred_on", r.occurred_on},
                                             {"until_on", r.until},
                                             {"quantity", r.quantity ? std::optional(r.quantity->thousandths) : std::nullopt},
                                             {"attributes", json_of(r.attributes)},
                                             {"period", period_of(r)},
                                             {"title_de", r.title.de},
                                             {"title_en", r.title.en},
                                             {"note", r.note},
                                             {"link", e.link},
                                             {"file_id", e.file},
                                             {"file_name", e.file_name},
                                             {"published", r.published},
                                             {"recorded_on", r.recorded_on},
                                             {"recorded_at", by.now},
                                             {"recorded_by", by.actor.account},
                                             {"imported", e.imported},
                                             {"sample", e.sample}}));
    r.id = id;
    TRY_VOID(audit::record(c, change(by, r.key, "create", {}, values_of(e))));
    TRY_VOID(told(c, r));
    return id;
}

base::Result<void> withdraw(db::Connection& c, EvidenceId id, const std::string& reason, const By& by, std::optional<base::Day> on) {
    TRY(auto entry, find(c, id));
    if (!entry) return base::error(base::ErrorKind::not_found, "no such evidence");
    if (entry->record.withdrawn_on) return base::error(base::ErrorKind::conflict, "the evidence is withdrawn already");
    if (reason.empty()) return base::invalid("reason", message("Say why the evidence is withdrawn."));
    const base::Day day = on.value_or(base::berlin_day(by.now));
    TRY_VOID(c.execute(R"sql(
        insert into evidence_withdrawals (evidence_id, withdrawn_on, withdrawn_at, withdrawn_by, reason)
        values (:id, :on, :at, :by, :reason)
    )sql",
                       {{"id", id}, {"on", day}, {"at", by.now}, {"by", by.actor.account}, {"reason", reason}}));
    TRY_VOID(audit::record(c, change(by, entry->record.key, "withdraw", values_of(*entry), {{"withdrawn_on", base::iso(day)}, {"reason", reason}})));
    entry->record.withdrawn_on = day;
    return told(c, entry->record);
}

base::Result<void> publish(db::Connection& c, EvidenceId id, bool published, const By& by) {
    TRY(const auto entry, find(c, id));
    if (!entry) return base::error(base::ErrorKind::not_found, "no such evidence");
    TRY_VOID(c.execute("update evidence set published = :published where id = :id", {{"published", published}, {"id", id}}));
    TRY_VOID(audit::record(c, change(by, entry->record.key, "change", {{"published", entry->record.published ? "yes" : "no"}},
                                     {{"published", published ? "yes" : "no"}})));
    return {};
}

base::Result<void> purge_texts(db::Connection& c, EvidenceId id, const std::string& reason, const By& by) {
    TRY(const auto entry, find(c, id));
    if (!entry) return base::error(base::ErrorKind::not_found, "no such evidence");
    if (reason.empty()) return base::invalid("reason", message("Say why the text must not stay."));
    TRY_VOID(c.execute("update evidence set note = '', title_de = '', title_en = '', link = '' where id = :id", {{"id", id}}));
    TRY_VOID(c.execute("update evidence_withdrawals set reason = '' where evidence_id = :id", {{"id", id}}));
    TRY_VOID(audit::purge_record(c, "evidence.entry", entry->record.key, {.field = "", .reason = reason, .by = by.actor, .at = by.now}));
    return {};
}

base::Result<void> remove_sample(db::Connection& c, const By& by) {
    TRY_VOID(c.execute("delete from evidence_withdrawals where evidence_id in (select id from evidence where sample = :yes)", {{"yes", true}}));
    TRY(const auto removed, c.execute("delete from evidence where sample = :yes", {{"yes", true}}));
    TRY_VOID(audit::record(c, change(by, "sample", "remove", {{"entries", std::to_string(removed)}}, {})));
    return {};
}

base::Result<std::optional<Entry>> find(db::Connection& c, EvidenceId id) {
    return c.query_one<Entry>(from_ledger(entry_columns) + " where e.id = :id", {{"id", id}}, entry_of);
}

base::Result<std::optional<Entry>> find_by_key(db::Connection& c, std::string_view key) {
    return c.query_one<Entry>(from_ledger(entry_columns) + " where e.key = :key", {{"key", key}}, entry_of);
}

base::Result<std::vector<Record>> of_kinds(db::Connection& c, std::span<const std::string> kinds, base::Day until, std::optional<base::Day> from) {
    std::vector<Record> out;
    const std::string sql =
        from_ledger("") + " where e.kind = :kind and e.occurred_on <= :until and e.occurred_on >= :from order by e.occurred_on, e.id";
    for (const auto& kind : std::set<std::string>(kinds.begin(), kinds.end()))
        TRY_VOID(c.for_each(sql, {{"kind", kind}, {"until", until}, {"from", from.value_or(base::day(1000, 1, 1))}},
                            [&](const db::Row& row) { out.push_back(record_of(row)); }));
    return out;
}

base::Result<std::vector<Record>> holding_on(db::Connection& c, std::string_view kind, base::Day day) {
    // Two questions, so that an index answers each.
    TRY(auto out, c.query<Record>(from_ledger("") + " where e.kind = :kind and e.until_on >= :day and e.occurred_on < :day",
                                  {{"kind", kind}, {"day", day}}, record_of));
    TRY_VOID(c.for_each(from_ledger("") + " where e.kind = :kind and e.until_on is null and e.occurred_on < :day", {{"kind", kind}, {"day", day}},
                        [&](const db::Row& row) { out.push_back(record_of(row)); }));
    return out;
}

base::Result<std::vector<Record>> of_period(db::Connection& c, std::string_view kind, std::string_view period) {
    return c.query<Record>(from_ledger("") + " where e.kind = :kind and e.period = :period", {{"kind", kind}, {"period", period}}, record_of);
}

base::Result<std::vector<Record>> of_subject(db::Connection& c, std::string_view kind, std::string_view subject) {
    return c.query<Record>(from_ledger("") + " where e.kind = :kind and e.subject = :subject", {{"kind", kind}, {"subject", subject}}, record_of);
}

base::Result<std::map<std::string, base::Bilingual>> titles_of_subjects(db::Connection& c, std::string_view kind,
                                                                        const std::set<std::string>& subjects, bool published_only) {
    constexpr std::size_t at_a_time = 200;
    std::map<std::string, base::Bilingual> out;
    for (auto next = subjects.begin(); next != subjects.end();) {
        std::vector<std::string> names;
        std::string list;
        db::Parameters parameters{{"kind", kind}};
        names.reserve(at_a_time);  // parameters look at their names
        for (; next != subjects.end() && names.size() < at_a_time; ++next) {
            names.push_back(fmt::format("s{}", names.size()));
            list += (list.empty() ? ":" : ", :") + names.back();
            parameters.emplace_back(names.back(), std::string_view(*next));
        }
        if (published_only) parameters.emplace_back("published", true);
        TRY_VOID(c.for_each(fmt::format(R"sql(
            select e.subject, e.title_de, e.title_en
              from evidence e
             where e.kind = :kind
               and e.subject in ({})
               and e.title_de <> ''{}
               and not exists (select 1 from evidence_withdrawals w where w.evidence_id = e.id)
             order by e.occurred_on, e.id
        )sql",
                                        list, published_only ? " and e.published = :published" : ""),
                            parameters, [&](const db::Row& row) {
                                out.insert_or_assign(row.text("subject"), base::Bilingual{row.text("title_de"), row.text("title_en")});
                            }));
    }
    return out;
}

base::Result<bool> has_subject_between(db::Connection& c, std::string_view kind, std::string_view from, std::string_view until) {
    TRY(const auto found,
        c.query_one<std::int64_t>("select e.id from evidence e where e.kind = :kind and e.subject >= :from and e.subject < :until limit 1",
                                  {{"kind", kind}, {"from", from}, {"until", until}}, [](const db::Row& row) { return row.int64("id"); }));
    return found.has_value();
}

base::Result<std::optional<base::Day>> last_day_of(db::Connection& c, std::string_view kind) {
    return c.query_one<base::Day>("select e.occurred_on from evidence e where e.kind = :kind order by e.occurred_on desc limit 1", {{"kind", kind}},
                                  [](const db::Row& row) { return row.day("occurred_on"); });
}

base::Result<void> for_each(db::Connection& c, const std::function<void(Record&&)>& each) {
    return c.for_each(from_ledger("") + " order by e.kind, e.occurred_on, e.id", {}, [&](const db::Row& row) { each(record_of(row)); });
}

base::Result<Found> search(db::Connection& c, const Search& s) {
    std::string where = " where e.occurred_on >= :from and e.occurred_on <= :until";
    db::Parameters parameters{{"from", s.from.value_or(base::day(1000, 1, 1))}, {"until", s.until.value_or(base::day(9999, 12, 31))}};
    if (!s.kind.empty()) {
        where += " and e.kind = :kind";
        parameters.emplace_back("kind", s.kind);
    }
    if (!s.organisation.empty()) {
        where += " and e.organisation = :organisation";
        parameters.emplace_back("organisation", s.organisation);
    }
    if (s.published_only) {
        where += " and e.published = :published";
        parameters.emplace_back("published", true);
    }
    if (!s.withdrawn_too) where += " and w.evidence_id is null";
    Found found;
    TRY(const auto total,
        c.query_one<std::int64_t>("select count(*) as n from evidence e left join evidence_withdrawals w on w.evidence_id = e.id" + where, parameters,
                                  [](const db::Row& row) { return row.int64("n"); }));
    found.total = total.value_or(0);
    parameters.emplace_back("limit", s.limit);
    parameters.emplace_back("offset", s.offset);
    TRY(found.entries, c.query<Entry>(from_ledger(entry_columns) + where + " order by e.occurred_on desc, e.id desc limit :limit offset :offset",
                                      parameters, entry_of));
    return found;
}

void on_change(Listener listener) { listeners().push_back(std::move(listener)); }
void forget_listeners() { listeners().clear(); }

}  // namespace evidence
