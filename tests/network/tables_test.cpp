#include "network/tables.h"

#include "network/store.h"
#include "tests/platform/db/support/engines.h"

using namespace network;
using base::day;

namespace {

const base::Instant now = *base::parse_iso_instant("2020-09-30T10:00:00Z");
const TermChanged nobody_listens = [](db::Connection&, const Bearer&, const Holding&, bool) -> base::Result<void> { return {}; };

class OfficeTables : public db::testing::OnBothEngines {
  protected:
    // What reading says: "cell cell | hint", and how many rows are new and changed.
    std::string read(TableKind kind, const std::string& csv) {
        const auto import = looked_at(kind, csv);
        std::string out;
        for (const auto& m : import.mistakes) out += m.field + " ";
        if (!import.hints.empty()) out += "|";
        for (const auto& h : import.hints) out += " " + h.field;
        return out;
    }
    Import looked_at(TableKind kind, const std::string& csv) {
        auto import = database().read([&](db::Connection& c) -> base::Result<Import> {
            TRY(const auto book, sheets::read(csv));
            return read_table(c, book, kind);
        });
        EXPECT_TRUE(import) << base::describe(import.error());
        return import.value_or(Import{});
    }
    bool take(TableKind kind, const std::string& csv) {
        return database()
            .write([&](db::Connection& c) -> base::Result<void> {
                TRY(const auto book, sheets::read(csv));
                TRY(const auto import, read_table(c, book, kind));
                return carry_out(c, import, {}, now, nobody_listens);
            })
            .has_value();
    }
    std::vector<Holding> terms() {
        return database().read([](db::Connection& c) { return holdings(c); }).value_or(std::vector<Holding>{});
    }
};
MITEINANDER_ON_BOTH_ENGINES(OfficeTables);

}  // namespace

TEST_P(OfficeTables, EveryMistakeIsToldWithItsCell) {
    EXPECT_EQ(read(TableKind::offices, "key;kind;name_de\nA B;unit;Amt\namt;koenig;Amt\namt;unit;\n"), "A2 B3 A4 C4 ");
    EXPECT_EQ(read(TableKind::offices, "key;name_de;farbe\namt;Amt;rot\n"), " C1 ") << "an unknown column, and one that is missing";
    EXPECT_EQ(read(TableKind::offices, "key;kind;name_de;holders_at_most;calendar\namt;unit;Amt;0;vielleicht\n"), "D2 E2 ");
    EXPECT_EQ(read(TableKind::terms, "office;from;until\nkeine;1.1.2020;\n"), "A2 ");
    EXPECT_EQ(read(TableKind::tasks, "office;title_de\nkeine;\n"), "A2 B2 ");
    EXPECT_FALSE(take(TableKind::offices, "key;kind;name_de\nok;unit;Gut\nA B;unit;Amt\n"));
    EXPECT_TRUE(database().read([](db::Connection& c) { return bearers(c); }).value().empty()) << "all or nothing";
}

TEST_P(OfficeTables, ARowMakesNoUnitAPartOfItself) {
    EXPECT_EQ(read(TableKind::offices, "key;kind;name_de;part_of\na;unit;A;b\nb;unit;B;a\n"), "A2 A3 ");
    EXPECT_EQ(read(TableKind::offices, "key;kind;name_de;part_of\na;unit;A;a\n"), "A2 ");
    EXPECT_EQ(read(TableKind::offices, "key;kind;name_de;part_of\na;unit;A;nirgends\n"), "A2 ");
    EXPECT_TRUE(take(TableKind::offices, "key;kind;name_de;part_of\na;unit;A;\nb;unit;B;a\n"));
    EXPECT_EQ(read(TableKind::offices, "key;kind;name_de;part_of\na;unit;A;b\n"), "A2 ") << "through what stands there already";
}

TEST_P(OfficeTables, TermsMayNotMeetNeitherWithEachOtherNorWithWhatStands) {
    ASSERT_TRUE(take(TableKind::offices, "key;kind;name_de;holders_at_most\nofficer;office;Beauftragte;1\nteam;office;Team;2\namt;unit;Amt;\n"));
    EXPECT_EQ(read(TableKind::terms, "office;from;until\nofficer;01.01.2018;30.06.2018\nofficer;30.06.2018;\n"), "B3 ");
    EXPECT_EQ(read(TableKind::terms, "office;from;until\nofficer;01.01.2018;30.06.2018\nofficer;01.07.2018;\n"), "");
    EXPECT_EQ(read(TableKind::terms, "office;from;until\nofficer;01.07.2018;30.06.2018\n"), "C2 ");
    EXPECT_EQ(read(TableKind::terms, "office;from\namt;01.01.2018\n"), "A2 ") << "a unit is not held";
    EXPECT_EQ(read(TableKind::terms, "office;from\nteam;01.01.2018\nteam;02.01.2018\n"), "");
    EXPECT_EQ(read(TableKind::terms, "office;from\nteam;01.01.2018\nteam;02.01.2018\nteam;03.01.2018\n"), "B4 B4 ");
    ASSERT_TRUE(take(TableKind::terms, "office;from;until\nofficer;01.01.2018;30.06.2018\n"));
    EXPECT_EQ(read(TableKind::terms, "office;from\nofficer;30.06.2018\n"), "B2 ");
    // The same office and first day is the same term: it gets its new end.
    ASSERT_TRUE(take(TableKind::terms, "office;from;until\nofficer;01.01.2018;31.03.2018\nofficer;01.04.2018;\n"));
    ASSERT_EQ(terms().size(), 2u);
    EXPECT_EQ(terms().front().until, day(2018, 3, 31));
}

TEST_P(OfficeTables, HintsAtWhatMayBeThereTwice) {
    ASSERT_TRUE(take(TableKind::offices, "key;kind;name_de\nofficer;office;Beauftragte\nzweite;office;Zweite\n"));
    EXPECT_EQ(read(TableKind::offices, "key;kind;name_de\nbeauftragte;office;Beauftragte\n"), "| C2");
    ASSERT_TRUE(take(TableKind::terms, "office;from;holder\nofficer;01.01.2018;Probe Person\n"));
    EXPECT_EQ(read(TableKind::terms, "office;from;holder\nzweite;01.01.2019;Probe Person\n"), "| C2");
    EXPECT_EQ(read(TableKind::terms, "office;from;until;holder\nzweite;01.01.2017;31.12.2017;Probe Person\n"), "") << "not at the same time";
}

TEST_P(OfficeTables, TasksAreKnownByOfficeAndTitle) {
    ASSERT_TRUE(take(TableKind::offices, "key;kind;name_de\nofficer;office;Beauftragte\n"));
    ASSERT_TRUE(take(TableKind::tasks, "office;title_de;statement\nofficer;Koordinieren;4.1-a\n"));
    EXPECT_EQ(looked_at(TableKind::tasks, "office;title_de;statement\nofficer;Koordinieren;4.1-a\n").unchanged, 1u);
    EXPECT_EQ(read(TableKind::tasks, "office;title_de\nofficer;Neues\nofficer;Neues\n"), "B3 ");
    ASSERT_TRUE(take(TableKind::tasks, "office;title_de;statement\nofficer;Koordinieren;4.1-b\n"));
    const auto tasks = database().read([](db::Connection& c) { return tasks_of(c); }).value();
    ASSERT_EQ(tasks.size(), 1u);
    EXPECT_EQ(tasks.front().statement, "4.1-b");
}

TEST_P(OfficeTables, AddressesComeWithTheTableAndAnOlderTableTakesNoneAway) {
    EXPECT_EQ(read(TableKind::offices, "key;kind;name_de;mail\namt;unit;Amt;keine Adresse\nverein;partner;Verein;a@x.example\n"), "D2 D3 ");
    ASSERT_TRUE(take(TableKind::offices, "key;kind;name_de;mail\namt;unit;Amt;amt@kreis.example\n"));
    const auto address = [&] {
        const auto all = database().read([](db::Connection& c) { return mailboxes(c); }).value_or(Mailboxes{});
        return all.contains("amt") ? all.at("amt") : std::string();
    };
    EXPECT_EQ(address(), "amt@kreis.example");
    ASSERT_TRUE(take(TableKind::offices, "key;kind;name_de\namt;unit;Amt für Soziales\n"));
    EXPECT_EQ(address(), "amt@kreis.example");
    ASSERT_TRUE(take(TableKind::offices, "key;kind;name_de;mail\namt;unit;Amt für Soziales;\n"));
    EXPECT_EQ(address(), "");
}
