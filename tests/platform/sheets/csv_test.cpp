#include <gtest/gtest.h>

#include "platform/sheets/table.h"

namespace sheets {
namespace {

using namespace std::string_literals;

std::vector<std::vector<std::string>> texts(const Workbook& book) {
    std::vector<std::vector<std::string>> out;
    for (const auto& row : book.sheets.at(0).rows) {
        auto& line = out.emplace_back();
        for (const auto& cell : row) line.push_back(text_of(cell));
    }
    return out;
}
using Texts = std::vector<std::vector<std::string>>;

TEST(CsvReading, FindsEncodingAndSeparator) {
    const struct {
        std::string bytes, encoding;
        char separator;
    } cases[] = {
        {"Maßnahme;Stelle\r\nSprachkurs;Büro\r\n", "UTF-8", ';'},
        {"\xEF\xBB\xBFMaßnahme;Stelle\nSprachkurs;Büro", "UTF-8", ';'},
        {"Ma\xDFnahme;Stelle\r\nSprachkurs;B\xFCro\r\n", "Windows-1252", ';'},
        {"Maßnahme,Stelle\nSprachkurs,Büro\n", "UTF-8", ','},
        {"Maßnahme\tStelle\rSprachkurs\tBüro\r", "UTF-8", '\t'},
        {"Maßnahme|Stelle\nSprachkurs|Büro\n", "UTF-8", '|'},
        {"\xFF\xFEM\0a\0\xDF\0n\0a\0h\0m\0e\0;\0S\0t\0e\0l\0l\0e\0\n\0S\0p\0r\0a\0c\0h\0k\0u\0r\0s\0;\0B\0\xFC\0r\0o\0"s, "UTF-16", ';'},
        {"\0M\0a\0\xDF\0n\0a\0h\0m\0e\0;\0S\0t\0e\0l\0l\0e\0\n\0S\0p\0r\0a\0c\0h\0k\0u\0r\0s\0;\0B\0\xFC\0r\0o"s, "UTF-16", ';'},
    };
    for (const auto& c : cases) {
        const auto book = read(c.bytes);
        ASSERT_TRUE(book) << base::describe(book.error());
        EXPECT_EQ(book->encoding, c.encoding);
        EXPECT_EQ(book->separator, c.separator);
        EXPECT_EQ(texts(*book), (Texts{{"Maßnahme", "Stelle"}, {"Sprachkurs", "Büro"}}));
    }
}

TEST(CsvReading, ObeysTheLineExcelWritesAboveTheList) {
    const auto book = read("sep=|\r\na|b;b;b\r\n");
    ASSERT_TRUE(book);
    EXPECT_EQ(texts(*book), (Texts{{"a", "b;b;b"}}));
    EXPECT_EQ(book->sheets[0].lines, std::vector<int>{2});
}

TEST(CsvReading, KnowsQuotesAndFieldsOverSeveralLines) {
    const auto book = read("a;\"b \"\"c\"\"; d\r\nzweite Zeile\";e\r\n2;5\" Rohr;\"\"\r\n");
    ASSERT_TRUE(book);
    EXPECT_EQ(texts(*book), (Texts{{"a", "b \"c\"; d\nzweite Zeile", "e"}, {"2", "5\" Rohr", ""}}));
    EXPECT_EQ(book->sheets[0].lines, (std::vector<int>{1, 3}));
    EXPECT_EQ(book->sheets[0].place(1, 2), "C3");
}

TEST(CsvReading, ThePriceInACellDoesNotMakeTheCommaASeparator) {
    const auto book = read("Titel;Betrag\nSprachkurs;1.200,50\nTreff;80,00\n");
    ASSERT_TRUE(book);
    EXPECT_EQ(book->separator, ';');
    EXPECT_EQ(amount_of(book->sheets[0].rows[1][1]), base::Cents{120050});
}

TEST(CsvReading, AWindowsLetterThatLatinLacksIsRead) {
    const auto book = read("Betrag;Titel\n5 \x80;\x84Treff\x93 \x96 offen\n");
    ASSERT_TRUE(book);
    EXPECT_EQ(texts(*book)[1], (std::vector<std::string>{"5 €", "„Treff“ – offen"}));
}

TEST(CsvReading, RefusesWhatIsNoTable) {
    const struct {
        std::string bytes, says;
    } cases[] = {{"", "empty"},
                 {"\r\n;;\r\n", "empty"},
                 {"a;b\0c"s, "neither text"},
                 {"\xFF\xFE\0\0;\0"s, "neither text"},
                 {"a;\"b\nc;d\n", "opened in line 1"},
                 {"\xD0\xCF\x11\xE0rest", "old Excel"},
                 {"%PDF-1.7", "no Excel file"},
                 {"PK\x03\x04rest", "damaged"}};
    for (const auto& c : cases) {
        const auto book = read(c.bytes);
        ASSERT_FALSE(book) << c.bytes;
        EXPECT_EQ(book.error().kind, base::ErrorKind::invalid_input);
        EXPECT_NE(base::in_english(book.error().fields.at(0).message).find(c.says), std::string::npos) << base::describe(book.error());
    }
}

TEST(CsvReading, KeepsItsLimitsOnBothSides) {
    const auto told = [](const base::Result<Workbook>& book) { return book ? "" : base::in_english(book.error().fields.at(0).message); };
    EXPECT_TRUE(read("a;b\nc;d\n", {.rows = 2}));
    EXPECT_NE(told(read("a;b\nc;d\n", {.rows = 1})), "");
    EXPECT_TRUE(read("a;b\nc;d\n", {.columns = 2}));
    EXPECT_NE(told(read("a;b\nc;d\n", {.columns = 1})), "");
    EXPECT_TRUE(read("a;b\nc;d\n", {.cells = 4}));
    EXPECT_NE(told(read("a;b\nc;d\n", {.cells = 3})), "");
    EXPECT_TRUE(read("a;bbbb\n", {.cell_bytes = 4}));
    const auto long_text = read("a;bbbbb\n", {.cell_bytes = 4});
    ASSERT_FALSE(long_text);
    EXPECT_EQ(long_text.error().fields[0].field, "B1");
    EXPECT_EQ(read("abc", {.file = 2}).error().kind, base::ErrorKind::too_large);
}

TEST(CsvWriting, GuardsAgainstFormulasAndTakesTheGuardOffAgain) {
    const struct {
        std::string text, written;
    } cases[] = {{"=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""},
                 {"+49 3631", "'+49 3631"},
                 {"-3,5", "\"-3,5\""},
                 {"-3", "-3"},
                 {"-abc", "'-abc"},
                 {"@x", "'@x"},
                 {"'=x", "''=x"},
                 {"''+y", "'''+y"},
                 {"'Treff'", "'Treff'"},
                 {" =x", " =x"},
                 {"\uFF1Dx", "'\uFF1Dx"}};
    for (const auto& c : cases) {
        std::string out;
        const auto writer = csv_writer(into(out), {{"Titel"}, {"Ende"}});
        ASSERT_TRUE(writer);
        ASSERT_TRUE((*writer)->row(std::vector<Cell>{c.text, std::string("x")}));
        ASSERT_TRUE((*writer)->finish());
        EXPECT_EQ(out, "\xEF\xBB\xBFTitel;Ende\r\n" + c.written + ";x\r\n");
        const auto again = read(out);
        ASSERT_TRUE(again);
        EXPECT_EQ(std::get<std::string>(again->sheets[0].rows[1][0]), c.text);
    }
}

TEST(Cells, ReadAsGermansWrite) {
    EXPECT_EQ(text_of(0.1 + 0.2), "0,3");
    EXPECT_EQ(text_of(1e20), "100000000000000000000");
    EXPECT_EQ(text_of(0.0000001), "0,0000001");
    EXPECT_EQ(text_of(base::day(2018, 6, 3)), "03.06.2018");
    EXPECT_EQ(text_of(Moment{base::day(2018, 6, 3), 14 * 3600 + 300}), "03.06.2018 14:05");
    EXPECT_EQ(text_of(true), "ja");
    EXPECT_EQ(text_of(std::string("\u00a0 Büro ")), "Büro");
    EXPECT_EQ(amount_of(1234.5), base::Cents{123450});
    EXPECT_EQ(amount_of(std::string("1.234,50 €")), base::Cents{123450});
    EXPECT_EQ(amount_of(true), std::nullopt);
    EXPECT_EQ(day_of(std::string("3.6.2018")), base::day(2018, 6, 3));
    EXPECT_EQ(number_of(std::string("1.234,5")), 1234.5);
    EXPECT_EQ(number_of(std::string("12.5")), 12.5);
    EXPECT_EQ(number_of(std::string("1,2.3")), std::nullopt);
    EXPECT_EQ(number_of(std::string("zwölf")), std::nullopt);
    EXPECT_EQ(column_name(0), "A");
    EXPECT_EQ(column_name(25), "Z");
    EXPECT_EQ(column_name(26), "AA");
    EXPECT_EQ(column_name(701), "ZZ");
    EXPECT_EQ(column_name(702), "AAA");
}

TEST(Tables, BeginAtTheRowOfHeadings) {
    const auto book = read("Maßnahmen 2018;;;\nStand: 1.3.;;;\n;;;\nNr.;Maßnahme;Stelle;Ende\n1;Kurs;Büro;2018\n;;;\n2;Treff;Schulamt;2019\n");
    ASSERT_TRUE(book);
    const auto table = table_of(*book);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->heading_row, 3u);
    EXPECT_EQ(table->headings, (std::vector<std::string>{"Nr.", "Maßnahme", "Stelle", "Ende"}));
    EXPECT_EQ(table->records, (std::vector<std::size_t>{4, 6}));
    EXPECT_FALSE(table_of(*read("nur\neine\nSpalte\n")));
    EXPECT_EQ(folded(" Verantwortliche  Stelle * "), folded("verantwortliche_stelle"));
    EXPECT_EQ(folded("Maßnahme"), "massnahme");
}

}  // namespace
}  // namespace sheets
