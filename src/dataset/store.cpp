#include "dataset/store.h"

namespace dataset {
namespace {

base::Bilingual bilingual(const db::Row& row, const std::string& name) { return {row.text(name + "_de"), row.text(name + "_en")}; }

base::Result<void> done(base::Result<std::int64_t> changed) {
    if (!changed) return tl::unexpected(std::move(changed.error()));
    return {};
}

}  // namespace

base::Result<std::vector<Loaded>> loaded(db::Connection& c) {
    return c.query<Loaded>("select id, key, title_de, title_en, extends, sample from data_sets order by id", {}, [](const db::Row& row) {
        return Loaded{row.id<DataSetId>("id"), {row.text("key"), bilingual(row, "title"), row.text("extends"), row.boolean("sample")}};
    });
}

base::Result<DataSetId> add_loaded(db::Connection& c, const Header& h, base::Instant now) {
    return c.insert<DataSetId>(
        R"sql(
        insert into data_sets (key, title_de, title_en, extends, sample, loaded_at)
        values (:key, :title_de, :title_en, :extends, :sample, :now)
        returning id
    )sql",
        {{"key", h.key}, {"title_de", h.title.de}, {"title_en", h.title.en}, {"extends", h.extends}, {"sample", h.sample}, {"now", now}});
}

base::Result<void> add_record(db::Connection& c, DataSetId set, const std::string& kind, const std::string& key) {
    return done(c.execute("insert into data_set_records (data_set_id, kind, key) values (:data_set, :kind, :key)",
                          {{"data_set", set}, {"kind", kind}, {"key", key}}));
}

base::Result<std::set<std::pair<std::string, std::string>>> sample_records(db::Connection& c) {
    std::set<std::pair<std::string, std::string>> out;
    TRY_VOID(c.for_each(R"sql(
        select r.kind, r.key
          from data_set_records r
          join data_sets d on d.id = r.data_set_id
         where d.sample = :yes
    )sql",
                        {{"yes", true}}, [&](const db::Row& row) { out.emplace(row.text("kind"), row.text("key")); }));
    return out;
}

base::Result<void> forget_samples(db::Connection& c) {
    const db::Parameters yes{{"yes", true}};
    constexpr std::string_view of_samples =
        "select r.key from data_set_records r join data_sets d on d.id = r.data_set_id where d.sample = :yes and r.kind = ";
    TRY_VOID(c.execute(fmt::format("delete from key_figure_checks where key in ({}'check')", of_samples), yes));
    TRY_VOID(c.execute(fmt::format("delete from key_figure_values where figure_key || '/' || period in ({}'observation')", of_samples), yes));
    TRY(const auto of_sample, sample_records(c));
    for (const auto& [kind, key] : of_sample)
        if (kind == "indicator") TRY_VOID(indicators::remove(c, key));
    TRY_VOID(c.execute("delete from data_set_records where data_set_id in (select id from data_sets where sample = :yes)", yes));
    return done(c.execute("delete from data_sets where sample = :yes", yes));
}

base::Result<std::optional<Municipality>> municipality(db::Connection& c) {
    return c.query_one<Municipality>("select key, name_de, name_en, ags, population, website from municipalities order by key", {},
                                     [](const db::Row& row) {
                                         Municipality m;
                                         m.key = row.text("key");
                                         m.name = bilingual(row, "name");
                                         m.ags = row.text("ags");
                                         m.population = row.int64("population");
                                         m.website = row.text("website");
                                         return m;
                                     });
}

base::Result<void> save_municipality(db::Connection& c, const Municipality& m) {
    return done(c.execute(
        "insert into municipalities (key, name_de, name_en, ags, population, website) values (:key, :name_de, :name_en, :ags, :population, :website)",
        {{"key", m.key}, {"name_de", m.name.de}, {"name_en", m.name.en}, {"ags", m.ags}, {"population", m.population}, {"website", m.website}}));
}

base::Result<void> add_figure(db::Connection& c, const Indicator& i) { return indicators::add(c, i); }

base::Result<void> add_value(db::Connection& c, const Observation& o) {
    const std::optional<std::int64_t> amount = o.value ? std::optional(o.value->thousandths) : std::nullopt;
    return done(c.execute(
        "insert into key_figure_values (figure_key, period, amount, note_de, note_en) values (:figure, :period, :amount, :note_de, :note_en)",
        {{"figure", o.indicator}, {"period", o.period}, {"amount", amount}, {"note_de", o.note.de}, {"note_en", o.note.en}}));
}

base::Result<void> add_check(db::Connection& c, const Check& k) {
    return done(
        c.execute("insert into key_figure_checks (key, kind, stated, part, whole, decimals) values (:key, :kind, :stated, :part, :whole, :decimals)",
                  {{"key", k.key},
                   {"kind", k.kind == CheckKind::share ? "share" : "product"},
                   {"stated", k.stated},
                   {"part", k.part},
                   {"whole", k.whole},
                   {"decimals", k.decimals}}));
}

base::Result<std::vector<Placed<Indicator>>> figures(db::Connection& c) {
    TRY(auto all, indicators::all(c));
    std::vector<Placed<Indicator>> out;
    for (auto& i : all) out.push_back({std::move(i), {}});
    return out;
}

base::Result<std::vector<Placed<Observation>>> values(db::Connection& c) {
    return c.query<Placed<Observation>>(
        "select figure_key, period, amount, note_de, note_en from key_figure_values order by figure_key, period", {}, [](const db::Row& row) {
            const auto amount = row.optional_int64("amount");
            return Placed<Observation>{{row.text("figure_key"), row.text("period"),
                                        amount ? std::optional(evidence::Quantity{*amount}) : std::nullopt, bilingual(row, "note")},
                                       {}};
        });
}

base::Result<std::vector<Placed<Check>>> checks(db::Connection& c) {
    return c.query<Placed<Check>>("select key, kind, stated, part, whole, decimals from key_figure_checks order by key", {}, [](const db::Row& row) {
        return Placed<Check>{{row.text("key"), row.text("kind") == "share" ? CheckKind::share : CheckKind::product, row.text("stated"),
                              row.text("part"), row.text("whole"), static_cast<int>(row.int64("decimals"))},
                             {}};
    });
}

}  // namespace dataset
