// Lists of any length are read from what is kept beside the measures. What is kept says the same as counting, and every page holds what sorting all of
// them would have put there.
#include <random>

#include "measures/chronicle.h"
#include "measures/list_index.h"
#include "measures/store.h"
#include "platform/search/search.h"
#include "tests/measures/support.h"
#include "tests/platform/db/support/engines.h"

using namespace measures;
using namespace measures::examples;

TEST(TermsOfAMeasure, AreItsWordsAndEveryClauseAboveItsStatements) {
    Measure m;
    m.key = "M-2019-001";
    m.title = {"Beratung für Familien", "Advice"};
    m.statements = {{"2018", "5.4.1-a"}};
    const auto terms = terms_of(m);
    for (const auto* clause : {"5", "5.4", "5.4.1"}) EXPECT_TRUE(terms.contains(term_of_clause("2018", clause))) << clause;
    EXPECT_FALSE(terms.contains(term_of_clause("2018", "5.4.1-a")));
    EXPECT_FALSE(terms.contains(term_of_clause("2021", "5")));
    for (const auto& stem : search::stems("Beratung Familie advice")) EXPECT_TRUE(terms.contains(stem)) << stem;
}

namespace {

struct CountedRow {
    std::string text;
    std::int64_t n = 0;
    friend bool operator==(const CountedRow&, const CountedRow&) = default;
};
void PrintTo(const CountedRow& row, std::ostream* out) { *out << row.text << ": " << row.n; }

class LongLists : public db::testing::OnBothEngines {
  protected:
    std::mt19937 random{20201231};
    int chance(int of) { return static_cast<int>(random() % static_cast<unsigned>(of)); }
    By by() const {
        By b;
        b.office = "officer";
        b.today = today;
        b.now = base::berlin_start_of(today);
        return b;
    }
    template <class Work>
    auto write(Work work) {
        return database().write([&](db::Connection& c) { return work(c); });
    }
    Measure some(int n) {
        static constexpr const char* what[] = {"Beratung", "Beratungsbus", "Sprachkurs", "Kurs", "Wohnen"};
        static constexpr const char* statements[] = {"5.1-a", "5.1.2-a", "5.12-a", "6-b"};
        Measure m;
        m.title = {std::string(what[chance(5)]) + " im Sozialraum " + std::to_string(n % 9), ""};
        m.accountable = chance(4) ? "office-" + std::to_string(chance(3)) : "";
        m.kind = chance(3) ? Kind::single : Kind::permanent;
        m.published = chance(2) == 1;
        m.sample = chance(5) == 0;
        if (chance(4)) m.schedule.ends_on = base::plus_days(today, chance(60) - 30);
        for (const auto* statement : statements)
            if (chance(3) == 0) m.statements.push_back({"2018", statement});
        return m;
    }
    void fill(int how_many) {
        const auto done = write([&](db::Connection& c) -> base::Result<void> {
            std::vector<Measure> all;
            for (int n = 0; n < how_many; ++n) all.push_back(some(n));
            return create_all(c, std::move(all), by());
        });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
    // People at work: steps that need no gate, and forms that change what a measure is found by.
    void change_at_random(int how_often) {
        for (int i = 0; i < how_often; ++i) {
            const auto all = everything();
            const auto before = all[static_cast<std::size_t>(chance(static_cast<int>(all.size())))];
            const auto done = write([&](db::Connection& c) -> base::Result<void> {
                World world;
                world.today = today;
                if (chance(2)) {
                    Step step;
                    step.move = chance(2) ? Move::clarify : Move::reject;
                    step.reason = "Grund";
                    TRY_VOID(take_step(c, before.key, step, world, by()));
                    return {};
                }
                auto changed = some(chance(100));
                changed.key = before.key;
                changed.sample = before.sample;
                TRY_VOID(save(c, changed, before.version, {}, by()));
                return {};
            });
            // A step from another state is refused, and so it should be.
            ASSERT_TRUE(done || done.error().kind == base::ErrorKind::invalid_input || done.error().kind == base::ErrorKind::conflict)
                << base::describe(done.error());
        }
    }
    std::vector<Measure> everything() {
        Filter all;
        all.per_page = 0;
        const auto page = database().read([&](db::Connection& c) { return list(c, all); });
        EXPECT_TRUE(page) << base::describe(page.error());
        std::vector<Measure> out;
        for (const auto& dossier : page->dossiers) out.push_back(dossier.measure);
        return out;
    }
    std::vector<CountedRow> rows(const std::string& sql) {
        const auto read = database().read([&](db::Connection& c) {
            return c.query<CountedRow>(sql, {}, [](const db::Row& row) { return CountedRow{row.text("what"), row.int64("n")}; });
        });
        EXPECT_TRUE(read) << base::describe(read.error());
        return read.value_or(std::vector<CountedRow>{});
    }
    void expect_kept_as_counted() {
        const std::string what = "case when published then 'public ' else 'internal ' end || state || ' ' || kind || ' ' || accountable as what";
        EXPECT_EQ(rows("select " + what + ", n from measure_counts where n > 0 order by 1"),
                  rows("select " + what + ", count(*) as n from measures group by published, state, kind, accountable order by 1"));
        EXPECT_EQ(
            rows("select m.key as what, count(*) as n from measure_terms t join measures m on m.id = t.measure_id where m.published <> t.published "
                 "or m.state <> t.state or m.kind <> t.kind or m.accountable <> t.accountable group by m.key"),
            std::vector<CountedRow>{});
        std::vector<CountedRow> expected;
        for (const auto& m : everything())
            for (const auto& term : terms_of(m)) expected.push_back({m.key + " " + term, 1});
        auto kept = rows("select m.key || ' ' || t.term as what, 1 as n from measure_terms t join measures m on m.id = t.measure_id");
        const auto in_order = [](const CountedRow& a, const CountedRow& b) { return a.text < b.text; };
        std::sort(expected.begin(), expected.end(), in_order);
        std::sort(kept.begin(), kept.end(), in_order);
        EXPECT_EQ(kept, expected);
    }
};
MITEINANDER_ON_BOTH_ENGINES(LongLists);

// What a filter means, without any index.
bool is_found(const Measure& m, const Filter& f) {
    if (!f.states.empty() && std::find(f.states.begin(), f.states.end(), m.state) == f.states.end()) return false;
    if (f.kind && m.kind != *f.kind) return false;
    if (!f.accountable.empty() && m.accountable != f.accountable) return false;
    if (f.published_only && !m.published) return false;
    if (f.overdue_on && (!m.schedule.ends_on || *m.schedule.ends_on >= *f.overdue_on || !is_open(m.state) || m.state == State::suspended))
        return false;
    if (!f.clause.empty() && std::none_of(m.statements.begin(), m.statements.end(), [&](const StatementRef& ref) {
            return ref.plan == f.plan && (ref.statement.starts_with(f.clause + "-") || ref.statement.starts_with(f.clause + "."));
        }))
        return false;
    const auto words = search::stems(m.title.de + " " + m.key);
    for (const auto& stem : search::stems(f.words))
        if (std::none_of(words.begin(), words.end(), [&](const std::string& word) { return word.starts_with(stem); })) return false;
    return true;
}
bool is_before(const Measure& a, const Measure& b, Sort sort) {
    const auto end = [](const Measure& m) { return base::iso(*m.schedule.ends_on); };
    switch (sort) {
        case Sort::key: return a.key < b.key;
        case Sort::title: return std::tie(a.title.de, a.key) < std::tie(b.title.de, b.key);
        case Sort::end: return std::pair(end(a), a.key) < std::pair(end(b), b.key);
        case Sort::state: return std::pair(name_of(a.state), std::string_view(a.key)) < std::pair(name_of(b.state), std::string_view(b.key));
        case Sort::accountable: return std::tie(a.accountable, a.key) < std::tie(b.accountable, b.key);
    }
    return false;
}
std::vector<std::string> keys_found(std::vector<Measure> all, const Filter& f) {
    std::erase_if(all, [&](const Measure& m) { return !is_found(m, f); });
    std::sort(all.begin(), all.end(), [&](const Measure& a, const Measure& b) {
        // What has no end comes last either way.
        if (f.sort == Sort::end && a.schedule.ends_on.has_value() != b.schedule.ends_on.has_value()) return a.schedule.ends_on.has_value();
        const auto sort = f.sort == Sort::end && !a.schedule.ends_on ? Sort::key : f.sort;
        return f.descending ? is_before(b, a, sort) : is_before(a, b, sort);
    });
    std::vector<std::string> out;
    for (const auto& m : all) out.push_back(m.key);
    return out;
}

std::vector<Filter> filters() {
    std::vector<Filter> out(1);
    const auto more = [&](auto change) {
        Filter f;
        change(f);
        out.push_back(f);
    };
    more([](Filter& f) { f.published_only = true; });
    more([](Filter& f) { f.states = {State::in_clarification}; });
    more([](Filter& f) { f.states = {State::proposed, State::rejected}, f.published_only = true; });
    more([](Filter& f) { f.accountable = "office-1"; });
    more([](Filter& f) { f.accountable = "office-1", f.kind = Kind::permanent, f.states = {State::proposed}; });
    more([](Filter& f) { f.accountable = "nobody"; });
    more([](Filter& f) { f.overdue_on = today; });
    more([](Filter& f) { f.overdue_on = today, f.accountable = "office-2", f.words = "sozialraum"; });
    more([](Filter& f) { f.plan = "2018", f.clause = "5.1"; });
    more([](Filter& f) { f.plan = "2018", f.clause = "5", f.published_only = true, f.words = "beratung"; });
    more([](Filter& f) { f.plan = "2018", f.clause = "5.1-a"; });
    more([](Filter& f) { f.words = "Beratung"; });
    more([](Filter& f) { f.words = "kurs sozialraum", f.kind = Kind::single; });
    more([](Filter& f) { f.words = "sozialraum 3"; });
    more([](Filter& f) { f.words = "flughafen"; });
    return out;
}

}  // namespace

TEST_P(LongLists, KeepTheirCountsAndTermsThroughEveryChange) {
    fill(60);
    expect_kept_as_counted();
    change_at_random(80);
    expect_kept_as_counted();
    const auto gone = write([&](db::Connection& c) { return remove_sample(c, by()); });
    ASSERT_TRUE(gone) << base::describe(gone.error());
    EXPECT_LT(everything().size(), 60u);
    expect_kept_as_counted();
    change_at_random(20);
    expect_kept_as_counted();
}

TEST_P(LongLists, KeepTheirCountsWhenWholeLivesAreReadIn) {
    std::vector<Chronicle> lives(3);
    for (int n = 0; n < 3; ++n) {
        lives[static_cast<std::size_t>(n)].measure = some(n);
        lives[static_cast<std::size_t>(n)].measure.key = "M-2019-00" + std::to_string(n);
        lives[static_cast<std::size_t>(n)].measure.state = n == 0 ? State::proposed : n == 1 ? State::under_way : State::fulfilled;
    }
    const auto done = write([&](db::Connection& c) { return restore(c, lives, {}, by()); });
    ASSERT_TRUE(done) << base::describe(done.error());
    expect_kept_as_counted();
}

TEST_P(LongLists, HoldOnEveryPageWhatSortingAllWouldPutThere) {
    fill(150);
    change_at_random(60);
    const auto all = everything();
    std::size_t compared = 0;
    for (auto f : filters())
        for (const auto sort : {Sort::key, Sort::title, Sort::end, Sort::state, Sort::accountable})
            for (const bool descending : {false, true}) {
                f.sort = sort;
                f.descending = descending;
                f.per_page = 7;
                const auto expected = keys_found(all, f);
                const int pages = static_cast<int>((expected.size() + 6) / 7);
                for (f.page = 1; f.page <= pages + 1; ++f.page) {
                    const auto page = database().read([&](db::Connection& c) { return list(c, f); });
                    ASSERT_TRUE(page) << base::describe(page.error());
                    ASSERT_EQ(page->total, static_cast<std::int64_t>(expected.size())) << f.words << f.clause;
                    std::vector<std::string> keys;
                    for (const auto& dossier : page->dossiers) keys.push_back(dossier.measure.key);
                    const auto from = std::min(expected.size(), static_cast<std::size_t>(f.page - 1) * 7);
                    const std::vector<std::string> wanted(expected.begin() + static_cast<std::ptrdiff_t>(from),
                                                          expected.begin() + static_cast<std::ptrdiff_t>(std::min(expected.size(), from + 7)));
                    ASSERT_EQ(keys, wanted) << "page " << f.page << " of " << pages << ", sort " << static_cast<int>(sort) << descending << ", words "
                                            << f.words << ", clause " << f.clause;
                    ++compared;
                }
            }
    EXPECT_GT(compared, 500u);
}
