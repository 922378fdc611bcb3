#include <gtest/gtest.h>

#include "platform/sheets/number_format.h"
#include "tests/platform/sheets/support/package.h"

namespace sheets {
namespace {

using testing::book;
using testing::rows;
using testing::zipped;

base::Result<Sheet> sheet_of(const testing::Parts& parts, const Limits& limits = {}) {
    TRY(auto read_book, read(zipped(parts), limits));
    return std::move(read_book.sheets.at(0));
}
std::string refusal(const testing::Parts& parts, const Limits& limits = {}) {
    const auto sheet = sheet_of(parts, limits);
    return sheet ? "" : base::in_english(sheet.error().fields.at(0).message);
}

TEST(XlsxReading, KnowsEveryKindOfCell) {
    const auto sheet = sheet_of(
        book(rows("<c r='A1' t='s'><v>1</v></c><c r='B1' t='inlineStr'><is><r><t>in </t></r><r><t>line</t></r></is></c><c r='C1'><v>1.5</v></c>"
                  "<c r='D1' t='b'><v>1</v></c><c r='E1' s='1'><v>43281</v></c><c r='F1' s='2'><v>43281.5</v></c>"
                  "<c r='G1' t='str'><f>A1</f><v>result</v></c><c r='H1' t='e'><v>#REF!</v></c><c r='I1' s='1'/>"
                  "<c t='d'><v>2018-06-30T00:00:00</v></c>"),
             "<si><t>first</t></si><si><r><t xml:space='preserve'>two </t></r><r><t>parts</t></r><rPh><t>x</t></rPh></si>",
             "<numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy\\ hh:mm'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf "
             "numFmtId='164'/></cellXfs>"));
    ASSERT_TRUE(sheet) << base::describe(sheet.error());
    const auto day = base::day(2018, 6, 30);
    const std::vector<Cell> expected{std::string("two parts"), std::string("in line"), 1.5,    true, day, Moment{day, 43200},
                                     std::string("result"),    Fault{"#REF!"},         Cell(), day};
    EXPECT_EQ(sheet->rows.at(0), expected);
}

TEST(XlsxReading, CountsDaysInBothSystemsAndAroundTheDayThatNeverWas) {
    const struct {
        double serial;
        DateSystem system;
        Cell shown;
    } cases[] = {{1, DateSystem::since_1900, base::day(1900, 1, 1)},
                 {59, DateSystem::since_1900, base::day(1900, 2, 28)},
                 {60, DateSystem::since_1900, Fault{"29.02.1900"}},
                 {61, DateSystem::since_1900, base::day(1900, 3, 1)},
                 {43281, DateSystem::since_1900, base::day(2018, 6, 30)},
                 {0, DateSystem::since_1904, base::day(1904, 1, 1)},
                 {41819, DateSystem::since_1904, base::day(2018, 6, 30)},
                 {2958465, DateSystem::since_1900, base::day(9999, 12, 31)},
                 {2958466, DateSystem::since_1900, 2958466.0},
                 {-1, DateSystem::since_1900, -1.0}};
    for (const auto& c : cases) EXPECT_EQ(dated(c.serial, Reading::day, c.system), c.shown) << c.serial;
    EXPECT_EQ(dated(0.5, Reading::time, DateSystem::since_1900), Cell(std::string("12:00")));
    EXPECT_EQ(dated(1.5, Reading::elapsed, DateSystem::since_1900), Cell(std::string("36:00")));
    const auto old =
        sheet_of(book(rows("<c r='A1' s='0'><v>41819</v></c>"), "", "<cellXfs><xf numFmtId='14'/></cellXfs>", "<workbookPr date1904='1'/>"));
    ASSERT_TRUE(old);
    EXPECT_EQ(old->rows[0][0], Cell(base::day(2018, 6, 30)));
}

TEST(XlsxReading, KnowsDaysByTheirFormat) {
    const struct {
        std::string_view code;
        Reading reading;
    } cases[] = {{"General", Reading::number},
                 {"0.00", Reading::number},
                 {"#,##0.00\\ \"€\"", Reading::number},
                 {"#,##0\" Mio d\"", Reading::number},
                 {"dd.mm.yyyy", Reading::day},
                 {"[$-407]d. mmmm yyyy;@", Reading::day},
                 {"mmm yy", Reading::day},
                 {"yyyy-mm-dd hh:mm", Reading::moment},
                 {"hh:mm", Reading::time},
                 {"[h]:mm", Reading::elapsed},
                 {"[Red]0.0", Reading::number},
                 {"@", Reading::number},
                 {"0.00E+00", Reading::number},
                 {"mmmm", Reading::day},
                 {"mm:ss.0", Reading::time},
                 {"_-* #,##0_-", Reading::number},
                 {"[>5]dd.mm.yy", Reading::day},
                 {"\"d", Reading::number},
                 {"[", Reading::number},
                 {"\\", Reading::number}};
    for (const auto& c : cases) EXPECT_EQ(reading_of(c.code), c.reading) << c.code;
    EXPECT_EQ(reading_of(14), Reading::day);
    EXPECT_EQ(reading_of(13), Reading::number);
    EXPECT_EQ(reading_of(22), Reading::moment);
    EXPECT_EQ(reading_of(46), Reading::elapsed);
    EXPECT_EQ(reading_of(49), Reading::number);
}

TEST(XlsxReading, MergedCellsHoldOneValueInAll) {
    const auto sheet = sheet_of(book(
        "<sheetData><row r='1'><c r='A1' t='str'><v>Sprache</v></c><c r='B1' t='str'><v>Kurs</v></c></row><row r='2'><c r='B2' t='str'><v>Treff</v></c></row>"
        "</sheetData><mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='XFD1:A1'/><mergeCell ref='C1:C1048576'/></mergeCells>"));
    ASSERT_TRUE(sheet) << base::describe(sheet.error());
    EXPECT_EQ(sheet->rows.size(), 2u);
    EXPECT_EQ(text_of(sheet->rows[1][0]), "Sprache");
    EXPECT_EQ(sheet->merges.front(), (Merge{0, 0, 1, 0}));
}

TEST(XlsxReading, NamesEveryMistakeWithSheetAndCell) {
    const auto sheet = sheet_of(book(
        "<sheetData><row r='3'><c r='B3' t='s'><v>7</v></c><c r='C3'><v>1,5</v></c></row><row r='4'><c r='A4' t='d'><v>gestern</v></c></row></sheetData>",
        "<si><t>x</t></si>"));
    ASSERT_FALSE(sheet);
    std::vector<std::string> places;
    for (const auto& field : sheet.error().fields) places.push_back(field.field);
    EXPECT_EQ(places, (std::vector<std::string>{"Tabelle1!B3", "Tabelle1!C3", "Tabelle1!A4"}));
}

TEST(XlsxReading, RefusesHostileFiles) {
    const auto fine = rows("<c r='A1' t='str'><v>a</v></c>");
    ASSERT_EQ(refusal(book(fine)), "");
    // Entities that grow while they are read.
    auto laughs = book(fine);
    laughs["xl/worksheets/sheet1.xml"] =
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><worksheet><sheetData><row><c t='str'><v>&b;</v></c></row></sheetData></worksheet>";
    EXPECT_NE(refusal(laughs).find("document type"), std::string::npos);
    // A file of the server.
    laughs["xl/worksheets/sheet1.xml"] = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet>&a;</worksheet>";
    EXPECT_NE(refusal(laughs).find("document type"), std::string::npos);
    // Zeros by the megabyte out of a few kilobytes.
    auto bomb = book(fine);
    bomb["xl/worksheets/sheet1.xml"] = "<worksheet>" + std::string(8 << 20, ' ') + "</worksheet>";
    EXPECT_NE(refusal(bomb, {.unpacked = 1 << 20}).find("Unpacked"), std::string::npos);
    EXPECT_EQ(refusal(bomb, {.unpacked = 16 << 20}), "The file is empty.");
    // One tag without end.
    auto endless = book(fine);
    endless["xl/worksheets/sheet1.xml"] = "<worksheet a='" + std::string(8 << 20, 'x') + "'/>";
    EXPECT_NE(refusal(endless).find("damaged"), std::string::npos);
    // One cell at the far end of the sheet.
    EXPECT_NE(refusal(book(rows("<c r='A1048576'><v>1</v></c>"))).find("more than 200000 rows"), std::string::npos);
    EXPECT_NE(refusal(book(rows("<c r='XFD1'><v>1</v></c>"))).find("more than 1000 columns"), std::string::npos);
    EXPECT_NE(refusal(book(rows("<c r='XFE1'><v>1</v></c>"))).find("damaged"), std::string::npos);
    EXPECT_NE(refusal(book("<sheetData><row r='1'><c r='Z1'><v>1</v></c></row><row r='2'><c r='Z2'><v>1</v></c></row></sheetData>"), {.cells = 51})
                  .find("too long"),
              std::string::npos);
    // Ranges on top of each other.
    std::string merges = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='999'><c r='A999'><v>1</v></c></row></sheetData><mergeCells>";
    for (int i = 0; i < 200; ++i) merges += "<mergeCell ref='A1:Z999'/>";
    EXPECT_NE(refusal(book(merges + "</mergeCells>")).find("damaged"), std::string::npos);
    // Depth without end.
    std::string deep;
    for (int i = 0; i < 100; ++i) deep += "<x>";
    EXPECT_NE(refusal(book(deep)).find("damaged"), std::string::npos);
    // Parts that are missing or not what they should be.
    auto without = book(fine);
    without.erase("xl/worksheets/sheet1.xml");
    EXPECT_NE(refusal(without).find("damaged"), std::string::npos);
    without = book(fine);
    without.erase("_rels/.rels");
    EXPECT_NE(refusal(without).find("no Excel file"), std::string::npos);
    EXPECT_NE(refusal(book("<sheetData><row>")).find("damaged"), std::string::npos);
    EXPECT_NE(refusal(book(fine), {.sheets = 0}).find("more than 0 sheets"), std::string::npos);
    // A file cut anywhere.
    const auto whole = zipped(book(fine));
    for (std::size_t size = 4; size < whole.size(); size += 7) EXPECT_FALSE(read(whole.substr(0, size))) << size;
}

TEST(XlsxWriting, IsReadBackTheSame) {
    const auto day = base::day(2018, 6, 30);
    const std::vector<std::vector<Cell>> written{
        {std::string("=1+1"), 1.5, base::Cents{123456}, day, Moment{day, 3600}, true},
        {std::string(" <Umlaute> & \"äöü\" 😀 _x0041_ \x07\r\n\tEnde "), -0.25, base::Cents{-5}, base::day(1900, 1, 1), Cell(), false},
        {std::string("zwei\nZeilen"), 1e15, base::Cents{0}, base::day(1899, 12, 31), Cell(), Cell()},
    };
    std::string bytes;
    const auto writer = xlsx_writer(into(bytes), "Maßnahmen/2018 – was der Landkreis sich vorgenommen hat",
                                    {{"Titel", Look::text, 40}, {"Zahl"}, {"Betrag"}, {"Tag"}, {"Zeit"}, {"Ja"}});
    ASSERT_TRUE(writer);
    for (const auto& row : written) ASSERT_TRUE((*writer)->row(row));
    ASSERT_TRUE((*writer)->finish());
    const auto again = read(bytes);
    ASSERT_TRUE(again) << base::describe(again.error());
    const auto& sheet = again->sheets.at(0);
    EXPECT_EQ(sheet.name, "Maßnahmen 2018 – was der Landkr");
    ASSERT_EQ(sheet.rows.size(), 4u);
    EXPECT_EQ(text_of(sheet.rows[0][0]), "Titel");
    for (std::size_t r = 0; r < written.size(); ++r)
        for (std::size_t c = 0; c < written[r].size(); ++c) {
            const Cell cell = c < sheet.rows[r + 1].size() ? sheet.rows[r + 1][c] : Cell();
            if (const auto* cents = std::get_if<base::Cents>(&written[r][c]))
                EXPECT_EQ(amount_of(cell), *cents);
            else if (std::holds_alternative<base::Day>(written[r][c]) && base::year_of(std::get<base::Day>(written[r][c])) < 1900)
                EXPECT_EQ(cell, Cell(std::string("31.12.1899")));
            else
                EXPECT_EQ(cell, written[r][c]) << r << " " << c << " " << text_of(cell);
        }
}

TEST(XlsxWriting, GivesTheSameBytesForTheSameRows) {
    std::string once, twice;
    for (auto* out : {&once, &twice}) {
        const auto writer = xlsx_writer(into(*out), "Liste", {{"a"}});
        ASSERT_TRUE((*writer)->row(std::vector<Cell>{1.0}));
        ASSERT_TRUE((*writer)->finish());
    }
    EXPECT_EQ(once, twice);
}

TEST(XlsxWriting, SaysWhenATextIsTooLongForACell) {
    std::string out;
    const auto writer = xlsx_writer(into(out), "Liste", {{"a"}});
    EXPECT_TRUE((*writer)->row(std::vector<Cell>{std::string(32'767, 'x')}));
    const auto refused = (*writer)->row(std::vector<Cell>{std::string(32'768, 'x')});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields[0].field, "A3");
}

TEST(XlsxWriting, EndsWhenItsSinkFails) {
    std::size_t taken = 0;
    const auto writer = csv_writer(
        [&](std::string_view piece) -> base::Result<void> {
            taken += piece.size();
            return base::error(base::ErrorKind::unavailable, "gone");
        },
        {{"a"}});
    ASSERT_TRUE(writer);
    EXPECT_FALSE((*writer)->finish());
    EXPECT_GT(taken, 0u);
}

}  // namespace
}  // namespace sheets
