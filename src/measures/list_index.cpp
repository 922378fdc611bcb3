#include "measures/list_index.h"

#include "platform/search/search.h"

namespace measures {
namespace {

db::Parameters facets_of(const Measure& m) {
    return {{"published", m.published}, {"state", name_of(m.state)}, {"kind", name_of(m.kind)}, {"accountable", m.accountable}};
}
bool same_facets(const Measure& a, const Measure& b) {
    return a.published == b.published && a.state == b.state && a.kind == b.kind && a.accountable == b.accountable;
}

base::Result<void> one_more(db::Connection& c, const Measure& m) {
    TRY_VOID(c.execute(R"sql(
        insert into measure_counts (published, state, kind, accountable, n) values (:published, :state, :kind, :accountable, 1)
            on conflict (published, state, kind, accountable) do update set n = measure_counts.n + 1
    )sql",
                       facets_of(m)));
    return {};
}
base::Result<void> one_less(db::Connection& c, const Measure& m) {
    TRY(const auto touched, c.execute(R"sql(
        update measure_counts
           set n = n - 1
         where published = :published
           and state = :state
           and kind = :kind
           and accountable = :accountable
    )sql",
                                      facets_of(m)));
    if (touched != 1) return base::error(base::ErrorKind::internal, "a measure was never counted");
    return {};
}

// All in one statement: a measure has about ten words, and ten thousand measures can be read in at once.
base::Result<void> write_terms(db::Connection& c, const Measure& m) {
    const auto terms = terms_of(m);
    if (terms.empty()) return {};
    std::vector<std::string> names;
    names.reserve(terms.size());
    for (std::size_t i = 0; i < terms.size(); ++i) names.push_back("term" + std::to_string(i));
    auto values = facets_of(m);
    values.emplace_back("id", m.id);
    std::string sql = "insert into measure_terms (term, measure_id, published, state, kind, accountable) values ";
    std::size_t i = 0;
    for (const auto& term : terms) {
        sql += (i == 0 ? "(:" : ", (:") + names[i] + ", :id, :published, :state, :kind, :accountable)";
        values.emplace_back(names[i++], term);
    }
    TRY_VOID(c.execute(sql, values));
    return {};
}

}  // namespace

// No word begins with the sign or holds a space.
std::string term_of_clause(std::string_view plan, std::string_view clause) { return "§" + std::string(plan) + " " + std::string(clause); }

std::set<std::string> terms_of(const Measure& m) {
    const auto stems = search::stems(m.title.de + " " + m.title.en + " " + m.working_name + " " + m.key);
    std::set<std::string> out(stems.begin(), stems.end());
    // Statements are named after their clause: "5.1-a" belongs to 5.1 and to 5, "5.1.2-a" lies below both.
    for (const auto& ref : m.statements)
        for (std::size_t i = 0; i < ref.statement.size(); ++i)
            if (ref.statement[i] == '-' || ref.statement[i] == '.') out.insert(term_of_clause(ref.plan, ref.statement.substr(0, i)));
    return out;
}

base::Result<void> index_new(db::Connection& c, const Measure& m) {
    TRY_VOID(one_more(c, m));
    return write_terms(c, m);
}

base::Result<void> index_changed(db::Connection& c, const Measure& before, const Measure& after) {
    if (!same_facets(before, after)) {
        TRY_VOID(one_less(c, before));
        TRY_VOID(one_more(c, after));
    } else if (terms_of(before) == terms_of(after)) {
        return {};
    }
    TRY_VOID(c.execute("delete from measure_terms where measure_id = :id", {{"id", after.id}}));
    return write_terms(c, after);
}

base::Result<void> index_moved(db::Connection& c, const Measure& before, State to) {
    auto after = before;
    after.state = to;
    if (same_facets(before, after)) return {};
    TRY_VOID(one_less(c, before));
    TRY_VOID(one_more(c, after));
    TRY_VOID(c.execute("update measure_terms set state = :state where measure_id = :id", {{"state", name_of(to)}, {"id", before.id}}));
    return {};
}

base::Result<void> count_anew(db::Connection& c) {
    TRY_VOID(c.execute("delete from measure_counts"));
    TRY_VOID(c.execute(R"sql(
        insert into measure_counts (published, state, kind, accountable, n)
        select published, state, kind, accountable, count(*)
          from measures
         group by published, state, kind, accountable
    )sql"));
    return {};
}

base::Result<void> complete_terms(db::Database& database) {
    constexpr std::string_view without = R"sql(
        select m.id, m.key, m.kind, m.state, m.title_de, m.title_en, m.working_name, m.accountable, m.published, s.plan, s.statement
          from measures m
          left join measure_statements s on s.measure_id = m.id
         where not exists (select 1 from measure_terms t where t.measure_id = m.id)
         order by m.id
    )sql";
    const auto read = [&](db::Connection& c) -> base::Result<std::vector<Measure>> {
        std::vector<Measure> out;
        TRY_VOID(c.for_each(without, {}, [&](const db::Row& row) {
            const auto id = row.id<MeasureId>("id");
            if (out.empty() || out.back().id != id) {
                auto& m = out.emplace_back();
                m.id = id;
                m.key = row.text("key");
                m.kind = kind_named(row.text("kind")).value_or(Kind::single);
                m.state = state_named(row.text("state")).value_or(State::proposed);
                m.title = {row.text("title_de"), row.text("title_en")};
                m.working_name = row.text("working_name");
                m.accountable = row.text("accountable");
                m.published = row.boolean("published");
            }
            if (!row.is_null("plan")) out.back().statements.push_back({row.text("plan"), row.text("statement")});
        }));
        return out;
    };
    TRY(const auto found, database.read(read));
    if (found.empty()) return {};
    return database.write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto still, read(c));
        for (const auto& m : still) TRY_VOID(write_terms(c, m));
        return {};
    });
}

}  // namespace measures
