#include "network/store.h"

#include "network/offices.h"

#include "platform/audit/api.h"

namespace network {
namespace {

Bearer bearer_of(const db::Row& row) {
    return {.id = row.id<BearerId>("id"),
            .key = row.text("key"),
            .kind = bearer_kind(row.text("kind")).value_or(BearerKind::partner),
            .name = {row.text("name_de"), row.text("name_en")},
            .short_name = {row.text("short_de"), row.text("short_en")},
            .part_of = row.id<BearerId>("part_of_id"),
            .feed = row.boolean("feed"),
            .version = row.int64("version")};
}

Holding holding_of(const db::Row& row) {
    return {.id = row.id<HoldingId>("id"),
            .office = row.id<BearerId>("office_id"),
            .from = row.day("from_on"),
            .until = row.optional_day("until_on"),
            .funded_until = row.optional_day("funded_until"),
            .holder = row.text("holder"),
            .deputy = row.text("deputy")};
}

std::string text(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }

audit::Values values_of(const Bearer& b) {
    return {{"kind", std::string(name_of(b.kind))}, {"name_de", b.name.de},        {"name_en", b.name.en},
            {"short_de", b.short_name.de},          {"short_en", b.short_name.en}, {"part_of", b.part_of ? std::to_string(b.part_of.value) : ""},
            {"feed", b.feed ? "yes" : "no"}};
}

audit::Values values_of(const Holding& h) {
    return {{"office", std::to_string(h.office.value)}, {"from", base::iso(h.from)}, {"until", text(h.until)},
            {"funded_until", text(h.funded_until)},     {"holder", h.holder},        {"deputy", h.deputy}};
}

constexpr std::string_view bearer_columns = "id, key, kind, name_de, name_en, short_de, short_en, part_of_id, feed, version";
constexpr std::string_view holding_columns = "id, office_id, from_on, until_on, funded_until, holder, deputy";

base::Result<Holding> holding(db::Connection& c, HoldingId id) {
    TRY(auto found, c.query_one<Holding>(fmt::format("select {} from office_holdings where id = :id and withdrawn_at is null", holding_columns),
                                         {{"id", id}}, holding_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such term of office");
    return std::move(*found);
}

// A unit is never, not even through others, a part of itself.
base::Result<bool> would_close_a_circle(db::Connection& c, BearerId bearer, BearerId part_of) {
    for (int steps = 0; part_of && steps < 64; ++steps) {
        if (part_of == bearer) return true;
        TRY(auto parent, c.query_one<BearerId>("select part_of_id from bearers where id = :id", {{"id", part_of}},
                                               [](const db::Row& row) { return row.id<BearerId>("part_of_id"); }));
        part_of = parent.value_or(BearerId{});
    }
    return static_cast<bool>(part_of);
}

// Every reason against a term at once: it ends before it begins, others hold the office then.
base::Result<void> may_stand(db::Connection& c, const Holding& h) {
    std::vector<base::FieldError> mistakes;
    if (h.until && *h.until < h.from) mistakes.push_back({"until", base::message("The term ends before it begins."), 0});
    TRY(auto there, holdings(c));
    std::erase_if(there, [&](const Holding& other) { return other.office != h.office; });
    TRY(const auto at_most, holders_at_most(c, h.office));
    auto in_the_way = terms_in_the_way(h, there, at_most);
    std::move(in_the_way.begin(), in_the_way.end(), std::back_inserter(mistakes));
    if (mistakes.empty()) return {};
    return base::error({base::ErrorKind::invalid_input, "the term cannot stand", std::move(mistakes), {}});
}

}  // namespace

base::Result<std::vector<Bearer>> bearers(db::Connection& c) {
    return c.query<Bearer>(fmt::format("select {} from bearers order by id", bearer_columns), {}, bearer_of);
}

base::Result<std::vector<Holding>> holdings(db::Connection& c) {
    return c.query<Holding>(fmt::format("select {} from office_holdings where withdrawn_at is null order by office_id, from_on, id", holding_columns),
                            {}, holding_of);
}

base::Result<std::optional<Bearer>> bearer_by_key(db::Connection& c, std::string_view key) {
    return c.query_one<Bearer>(fmt::format("select {} from bearers where key = :key", bearer_columns), {{"key", key}}, bearer_of);
}

base::Result<BearerId> save_bearer(db::Connection& c, const Bearer& b, bool sample, const identity::Actor& by, base::Instant now) {
    TRY(const auto before, bearer_by_key(c, b.key));
    if (before && b.part_of) {
        TRY(const bool circle, would_close_a_circle(c, before->id, b.part_of));
        if (circle) return base::invalid("part_of", base::message("This would make the unit a part of itself."));
    }
    TRY(const auto id, c.insert<BearerId>(R"sql(
        insert into bearers (key, kind, name_de, name_en, short_de, short_en, part_of_id, feed, sample)
        values (:key, :kind, :name_de, :name_en, :short_de, :short_en, :part_of, :feed, :sample)
        on conflict (key) do update
           set kind = excluded.kind, name_de = excluded.name_de, name_en = excluded.name_en, short_de = excluded.short_de,
               short_en = excluded.short_en, part_of_id = excluded.part_of_id, feed = excluded.feed,
               version = bearers.version + 1
        returning id
    )sql",
                                          {{"key", b.key},
                                           {"kind", name_of(b.kind)},
                                           {"name_de", b.name.de},
                                           {"name_en", b.name.en},
                                           {"short_de", b.short_name.de},
                                           {"short_en", b.short_name.en},
                                           {"part_of", b.part_of},
                                           {"feed", b.feed},
                                           {"sample", sample}}));
    TRY_VOID(audit::record(c, by, now, "network.bearer", b.key, before ? "change" : "create", before ? values_of(*before) : audit::Values{},
                           values_of(b)));
    return id;
}

base::Result<void> change_bearer(db::Connection& c, const Bearer& b, const identity::Actor& by, base::Instant now) {
    TRY(const auto there, bearer_by_key(c, b.key));
    if (!there) return base::error(base::ErrorKind::not_found, "no such office or body");
    if (there->version != b.version) return base::error({base::ErrorKind::conflict, "somebody saved in between", {}, "version"});
    TRY_VOID(save_bearer(c, b, false, by, now));
    return {};
}

base::Result<HoldingId> add_holding(db::Connection& c, const Holding& h, bool sample, const identity::Actor& by, base::Instant now) {
    TRY_VOID(may_stand(c, h));
    TRY(const auto id, c.insert<HoldingId>(R"sql(
        insert into office_holdings (office_id, from_on, until_on, funded_until, holder, deputy, sample)
        values (:office, :from, :until, :funded, :holder, :deputy, :sample)
        returning id
    )sql",
                                           {{"office", h.office},
                                            {"from", h.from},
                                            {"until", h.until},
                                            {"funded", h.funded_until},
                                            {"holder", h.holder},
                                            {"deputy", h.deputy},
                                            {"sample", sample}}));
    TRY_VOID(audit::record(c, by, now, "network.holding", std::to_string(id.value), "create", {}, values_of(h)));
    return id;
}

base::Result<void> change_holding(db::Connection& c, const Holding& h, const identity::Actor& by, base::Instant now) {
    TRY(const auto before, holding(c, h.id));
    auto after = h;
    after.office = before.office;
    after.from = before.from;
    if (auto stands = may_stand(c, after); !stands) {
        for (auto& mistake : stands.error().fields) mistake.field = "until";  // what stands in the way is the new last day
        return stands;
    }
    TRY_VOID(
        c.execute("update office_holdings set until_on = :until, funded_until = :funded, holder = :holder, deputy = :deputy where id = :id",
                  {{"until", after.until}, {"funded", after.funded_until}, {"holder", after.holder}, {"deputy", after.deputy}, {"id", after.id}}));
    return audit::record(c, by, now, "network.holding", std::to_string(after.id.value), "change", values_of(before), values_of(after));
}

base::Result<void> end_holding(db::Connection& c, HoldingId id, base::Day until, const identity::Actor& by, base::Instant now) {
    TRY(auto term, holding(c, id));
    term.until = until;
    return change_holding(c, term, by, now);
}

base::Result<void> withdraw_holding(db::Connection& c, HoldingId id, const identity::Actor& by, base::Instant now) {
    TRY(const auto before, holding(c, id));
    TRY_VOID(c.execute("update office_holdings set withdrawn_at = :now where id = :id", {{"now", now}, {"id", id}}));
    return audit::record(c, by, now, "network.holding", std::to_string(id.value), "withdraw", values_of(before), {});
}

base::Result<void> remove_sample(db::Connection& c, const identity::Actor& by, base::Instant now) {
    const db::Parameters yes{{"yes", true}};
    // What somebody recorded for an office of the sample goes with the office.
    constexpr std::string_view of_sample = "sample = :yes or office_id in (select id from bearers where sample = :yes)";
    TRY_VOID(
        c.execute(fmt::format("delete from office_term_evidence where holding_id in (select id from office_holdings where {})", of_sample), yes));
    TRY_VOID(c.execute(fmt::format("delete from office_deputations where {}", of_sample), yes));
    TRY_VOID(c.execute(fmt::format("delete from office_tasks where {}", of_sample), yes));
    for (const char* table : {"office_details", "office_handovers"})
        TRY_VOID(c.execute(fmt::format("delete from {} where office_id in (select id from bearers where sample = :yes)", table), yes));
    TRY(const auto terms, c.execute(fmt::format("delete from office_holdings where {}", of_sample), yes));
    TRY(const auto names, c.execute("delete from bearers where sample = :yes", yes));
    return audit::record(c, by, now, "network.sample", "sample", "remove", {{"terms", std::to_string(terms)}, {"bearers", std::to_string(names)}},
                         {});
}

}  // namespace network
