#include "measures/words.h"

#include <set>

#include "platform/search/search.h"

namespace measures {

base::Result<void> write_words(db::Connection& c, const Measure& m) {
    const auto stems = search::stems(m.title.de + " " + m.title.en + " " + m.working_name + " " + m.key);
    for (const auto& word : std::set<std::string>(stems.begin(), stems.end()))
        TRY_VOID(c.execute("insert into measure_words (word, measure_id) values (:word, :id)", {{"word", word}, {"id", m.id}}));
    return {};
}

base::Result<void> complete_words(db::Database& database) {
    constexpr std::string_view without = R"sql(
        select id, key, title_de, title_en, working_name
          from measures m
         where not exists (select 1 from measure_words w where w.measure_id = m.id)
    )sql";
    const auto read = [&](db::Connection& c) {
        return c.query<Measure>(without, {}, [](const db::Row& row) {
            Measure m;
            m.id = row.id<MeasureId>("id");
            m.key = row.text("key");
            m.title = {row.text("title_de"), row.text("title_en")};
            m.working_name = row.text("working_name");
            return m;
        });
    };
    TRY(const auto found, database.read(read));
    if (found.empty()) return {};
    return database.write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto still, read(c));
        for (const auto& m : still) TRY_VOID(write_words(c, m));
        return {};
    });
}

}  // namespace measures
