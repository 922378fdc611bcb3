#include "organisations/tables.h"

#include "organisations/rules.h"
#include "tests/platform/db/support/engines.h"

using namespace organisations;

namespace {

const By nobody{{}, *base::parse_iso_instant("2020-06-30T10:00:00Z")};

sheets::Workbook csv(const std::string& text) { return std::move(sheets::read(text).value()); }
std::set<std::string> places(const std::vector<base::FieldError>& all) {
    std::set<std::string> out;
    for (const auto& one : all) out.insert(one.field);
    return out;
}
base::Result<void> ignore(db::Connection&, const ContactPoint&) { return {}; }

// All organisations as a file.
base::Result<std::string> exported(db::Connection& c, sheets::Format format) {
    std::string out;
    TRY(auto writer, sheets::writer(format, sheets::into(out), "Organisationen", columns_of(TableKind::organisations)));
    TRY(const auto every, all(c));
    std::map<std::int64_t, std::string> keys;
    for (const auto& o : every) keys[o.id.value] = o.key;
    for (const auto& o : every) TRY_VOID(writer->row(cells_of(o, keys[o.part_of.value])));
    TRY_VOID(writer->finish());
    return out;
}

}  // namespace

class OrganisationTables : public db::testing::OnBothEngines {
  protected:
    template <class Work>
    void in_database(Work work) {
        const auto done = database().write([&](db::Connection& c) -> base::Result<void> { return work(c); });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
};
MITEINANDER_ON_BOTH_ENGINES(OrganisationTables);

TEST_P(OrganisationTables, WhatIsWrittenIsReadBack) {
    in_database([](db::Connection& c) -> base::Result<void> {
        const auto book =
            csv("key;kind;name_de;part_of;ags;postal_code;languages;published\n"
                "gruppe;association;Gruppe =1+1;verein;;99734;ar de;nein\n"
                "verein;association;Verein;;;;;ja\n"
                "ellrich;municipality;Stadt Ellrich;;16062005;;;ja\n");
        TRY(auto import, read_table(c, book, TableKind::organisations, "16062"));
        EXPECT_TRUE(import.mistakes.empty());
        EXPECT_EQ(import.rows.size(), 3u);
        TRY_VOID(carry_out(c, import, "16062", nobody, ignore));
        TRY(const auto part, find_by_key(c, "gruppe"));
        TRY(const auto whole, find_by_key(c, "verein"));
        EXPECT_EQ(part->part_of, whole->id) << "although it stands further down";
        for (const auto format : {sheets::Format::csv, sheets::Format::xlsx}) {
            TRY(const auto file, exported(c, format));
            TRY(const auto again, sheets::read(file));
            TRY(const auto nothing, read_table(c, again, TableKind::organisations, "16062"));
            EXPECT_TRUE(nothing.mistakes.empty());
            EXPECT_EQ(nothing.unchanged, 3u) << "export equals import";
            EXPECT_TRUE(nothing.rows.empty());
        }
        return {};
    });
}

TEST_P(OrganisationTables, EveryMistakeIsToldWithItsCellAndNothingIsTaken) {
    in_database([](db::Connection& c) -> base::Result<void> {
        const auto book =
            csv("key;kind;name_de;part_of;ags;from;published\n"
                "a;verein;Verein;;;;ja\n"
                "b;municipality;Stadt;nirgends;1606200;31.02.2020;vielleicht\n"
                "b;association;;;;;ja\n");
        TRY(auto import, read_table(c, book, TableKind::organisations, "16062"));
        EXPECT_EQ(places(import.mistakes), (std::set<std::string>{"B2", "E3", "F3", "G3", "A4", "C4", "A3"}));
        const auto refused = carry_out(c, import, "16062", nobody, ignore);
        EXPECT_FALSE(refused);
        TRY(const auto there, all(c));
        EXPECT_TRUE(there.empty());
        TRY(const auto unknown, read_table(c, csv("name;kind\nx;association\n"), TableKind::organisations, ""));
        EXPECT_EQ(unknown.mistakes.size(), 2u) << "a column nobody knows, and one that is missing";
        return {};
    });
}

TEST_P(OrganisationTables, HintsAtWhatMayBeThereTwice) {
    in_database([](db::Connection& c) -> base::Result<void> {
        TRY_VOID(carry_out(c, read_table(c, csv("key;kind;name_de\nverein;association;Verein Brücke\n"), TableKind::organisations, "").value(), "",
                           nobody, ignore));
        TRY(const auto import, read_table(c, csv("key;kind;name_de\nbruecke;association;VEREIN BRÜCKE\n"), TableKind::organisations, ""));
        EXPECT_TRUE(import.mistakes.empty());
        EXPECT_EQ(import.hints.size(), 1u);
        return {};
    });
}

TEST_P(OrganisationTables, ContactsAreCheckedAgainstEachOther) {
    in_database([](db::Connection& c) -> base::Result<void> {
        TRY_VOID(carry_out(c, read_table(c, csv("key;kind;name_de\nverein;association;Verein\n"), TableKind::organisations, "").value(), "", nobody,
                           ignore));
        const auto good = csv("organisation;kind;label_de;email\nverein;function;Büro;buero@verein.example\n");
        TRY(auto import, read_table(c, good, TableKind::contacts, ""));
        TRY_VOID(carry_out(c, import, "", nobody, ignore));
        TRY(const auto again, read_table(c, good, TableKind::contacts, ""));
        EXPECT_EQ(again.unchanged, 1u);
        const auto bad = csv("organisation;kind;label_de;email\nverein;function;A;x@y.example\nverein;function;B;X@y.example\nfehlt;amt;C;keine\n");
        TRY(const auto wrong, read_table(c, bad, TableKind::contacts, ""));
        EXPECT_EQ(places(wrong.mistakes), (std::set<std::string>{"D3", "A4", "B4", "D4"}));
        return {};
    });
}
