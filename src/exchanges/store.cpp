#include "exchanges/store.h"

#include <fmt/format.h>

#include "evidence/standing.h"
#include "exchanges/rules.h"
#include "platform/audit/api.h"

namespace exchanges {
namespace {

constexpr std::string_view columns =
    "e.id, e.kind, e.held_on, e.topic, e.office, e.way, e.title_de, e.title_en, e.others, e.outcome, e.published, e.evidence_key, e.version, e.sample";

Exchange exchange_of(const db::Row& row) {
    Exchange e;
    e.id = row.id<ExchangeId>("id");
    e.kind = kind_named(row.text("kind")).value_or(Kind::contact);
    e.on = row.day("held_on");
    e.topic = row.text("topic");
    e.office = row.text("office");
    e.way = way_named(row.text("way")).value_or(Way::meeting);
    e.title = {row.text("title_de"), row.text("title_en")};
    e.others = row.text("others");
    e.outcome = row.text("outcome");
    e.published = row.boolean("published");
    e.evidence_key = row.text("evidence_key");
    e.version = row.int64("version");
    e.sample = row.boolean("sample");
    return e;
}

base::Result<void> add_partners(db::Connection& c, std::vector<Exchange>& to) {
    for (auto& e : to) {
        TRY(e.partners, c.query<organisations::OrganisationId>(
                            "select organisation_id from exchange_partners where exchange_id = :id order by organisation_id", {{"id", e.id}},
                            [](const db::Row& row) { return row.id<organisations::OrganisationId>("organisation_id"); }));
    }
    return {};
}

audit::Values values_of(const Exchange& e) {
    std::string partners;
    for (const auto id : e.partners) partners += (partners.empty() ? "" : " ") + std::to_string(id.value);
    return {{"kind", std::string(name_of(e.kind))},
            {"on", base::iso(e.on)},
            {"topic", e.topic},
            {"office", e.office},
            {"way", std::string(name_of(e.way))},
            {"title_de", e.title.de},
            {"title_en", e.title.en},
            {"partners", partners},
            {"others", e.others},
            {"outcome", e.outcome},
            {"published", e.published ? "yes" : "no"}};
}

base::Result<void> noted(db::Connection& c, const By& by, ExchangeId id, std::string action, audit::Values before, audit::Values after) {
    return audit::record(c, by.actor, by.now, "exchanges.exchange", std::to_string(id.value), std::move(action), std::move(before), std::move(after));
}

// Two contacts on one day about one topic are two: what another one wrote is not taken for this one's.
base::Result<void> keep_evidence(db::Connection& c, const Exchange& e, bool gone, const By& by) {
    std::set<std::string> taken;
    TRY_VOID(c.for_each("select evidence_key from exchanges where held_on = :on and evidence_key <> '' and id <> :id", {{"on", e.on}, {"id", e.id}},
                        [&](const db::Row& row) { taken.insert(row.text("evidence_key")); }));
    std::string before = e.evidence_key;
    if (!gone && !before.empty()) {
        // Another kind, topic, office or title is another fact: the old one is taken back and the new one written.
        TRY(const auto there, evidence::find_by_key(c, before));
        const auto wanted = evidence_of(e);
        if (there && !there->record.withdrawn_on &&
            (there->record.kind != wanted.record.kind || there->record.attributes != wanted.record.attributes ||
             there->record.organisation != wanted.record.organisation || there->record.title != wanted.record.title)) {
            TRY_VOID(evidence::keep(c, before, std::nullopt, "Kontakt geändert", {by.actor, by.now}));
            before.clear();
        }
    }
    TRY(const auto key, evidence::keep(c, before, gone ? std::nullopt : std::optional(evidence_of(e)),
                                       gone ? "Kontakt zurückgenommen" : "Kontakt geändert", {by.actor, by.now}, taken));
    TRY_VOID(c.execute("update exchanges set evidence_key = :key where id = :id", {{"key", key}, {"id", e.id}}));
    return {};
}

}  // namespace

base::Result<Page> list(db::Connection& c, const Filter& f) {
    db::Parameters p;
    std::string where = "e.withdrawn_at is null";
    if (!f.topic.empty()) {
        where += " and e.topic = :topic";
        p.emplace_back("topic", f.topic);
    }
    if (!f.office.empty()) {
        where += " and e.office = :office";
        p.emplace_back("office", f.office);
    }
    if (f.kind) {
        where += " and e.kind = :kind";
        p.emplace_back("kind", name_of(*f.kind));
    }
    if (f.year) {
        where += " and e.held_on >= :first and e.held_on <= :last";
        p.emplace_back("first", base::day(*f.year, 1, 1));
        p.emplace_back("last", base::day(*f.year, 12, 31));
    }
    Page out;
    TRY_VOID(
        c.for_each(fmt::format("select count(*) as n from exchanges e where {}", where), p, [&](const db::Row& row) { out.total = row.int64("n"); }));
    p.emplace_back("limit", f.limit);
    p.emplace_back("offset", f.offset);
    TRY(out.found, c.query<Exchange>(fmt::format("select {} from exchanges e where {} order by e.held_on desc, e.id desc limit :limit offset :offset",
                                                 columns, where),
                                     p, exchange_of));
    TRY_VOID(add_partners(c, out.found));
    return out;
}

base::Result<std::vector<Exchange>> with(db::Connection& c, organisations::OrganisationId id, std::int64_t limit) {
    return c.query<Exchange>(fmt::format(R"sql(
        select {}
          from exchanges e
          join exchange_partners p on p.exchange_id = e.id
         where p.organisation_id = :id
           and e.withdrawn_at is null
         order by e.held_on desc, e.id desc
         limit :limit
    )sql",
                                         columns),
                             {{"id", id}, {"limit", limit}}, exchange_of);
}

base::Result<Exchange> find(db::Connection& c, ExchangeId id) {
    TRY(auto found,
        c.query<Exchange>(fmt::format("select {} from exchanges e where e.id = :id and e.withdrawn_at is null", columns), {{"id", id}}, exchange_of));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such contact");
    TRY_VOID(add_partners(c, found));
    return std::move(found.front());
}

base::Result<ExchangeId> save(db::Connection& c, const Exchange& wanted, const By& by) {
    if (auto mistakes = mistakes_in(wanted, base::berlin_day(by.now)); !mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, "mistakes in a contact", std::move(mistakes), {}});
    auto e = wanted;
    db::Parameters p{{"kind", name_of(e.kind)}, {"on", e.on},
                     {"topic", e.topic},        {"office", e.office},
                     {"way", name_of(e.way)},   {"title_de", e.title.de},
                     {"title_en", e.title.en},  {"others", e.others},
                     {"outcome", e.outcome},    {"published", e.published}};
    audit::Values before;
    if (e.id) {
        TRY(const auto there, find(c, e.id));
        if (there.version != e.version) return base::error({base::ErrorKind::conflict, "somebody saved in between", {}, "version"});
        before = values_of(there);
        e.evidence_key = there.evidence_key;
        p.emplace_back("id", e.id);
        TRY_VOID(c.execute(R"sql(
            update exchanges
               set kind = :kind, held_on = :on, topic = :topic, office = :office, way = :way, title_de = :title_de, title_en = :title_en,
                   others = :others, outcome = :outcome, published = :published, version = version + 1
             where id = :id
        )sql",
                           p));
        TRY_VOID(c.execute("delete from exchange_partners where exchange_id = :id", {{"id", e.id}}));
    } else {
        p.emplace_back("sample", e.sample);
        TRY(e.id, c.insert<ExchangeId>(R"sql(
            insert into exchanges (kind, held_on, topic, office, way, title_de, title_en, others, outcome, published, sample)
            values (:kind, :on, :topic, :office, :way, :title_de, :title_en, :others, :outcome, :published, :sample)
            returning id
        )sql",
                                       p));
    }
    for (const auto organisation : std::set<organisations::OrganisationId>(e.partners.begin(), e.partners.end()))
        TRY_VOID(c.execute("insert into exchange_partners (exchange_id, organisation_id) values (:id, :organisation)",
                           {{"id", e.id}, {"organisation", organisation}}));
    TRY_VOID(keep_evidence(c, e, false, by));
    TRY_VOID(noted(c, by, e.id, before.empty() ? "create" : "change", before, values_of(e)));
    return e.id;
}

base::Result<void> withdraw(db::Connection& c, ExchangeId id, const By& by) {
    TRY(const auto e, find(c, id));
    TRY_VOID(keep_evidence(c, e, true, by));
    TRY_VOID(c.execute("update exchanges set withdrawn_at = :now where id = :id", {{"now", by.now}, {"id", id}}));
    return noted(c, by, id, "withdraw", values_of(e), {});
}

base::Result<void> remove_sample(db::Connection& c, const By& by) {
    const db::Parameters yes{{"yes", true}};
    TRY_VOID(c.execute("delete from exchange_partners where exchange_id in (select id from exchanges where sample = :yes)", yes));
    TRY_VOID(c.execute("delete from exchange_partners where organisation_id in (select id from organisations where sample = :yes)", yes));
    TRY(const auto gone, c.execute("delete from exchanges where sample = :yes", yes));
    return audit::record(c, by.actor, by.now, "exchanges.sample", "sample", "remove", {{"exchanges", std::to_string(gone)}}, {});
}

base::Result<std::optional<audit::Trail>> trail(db::Connection& c, std::string_view id) {
    if (id.empty() || id.size() > 17 || id.find_first_not_of("0123456789") != std::string_view::npos) return std::optional<audit::Trail>();
    return c.query_one<audit::Trail>(
        "select id, title_de, title_en from exchanges where id = :id", {{"id", std::int64_t{std::stoll(std::string(id))}}}, [](const db::Row& row) {
            const auto number = std::to_string(row.int64("id"));
            return audit::Trail{{row.text("title_de"), row.text("title_en")}, "/kontakte/" + number, {{"exchanges.exchange", number}}};
        });
}

}  // namespace exchanges
