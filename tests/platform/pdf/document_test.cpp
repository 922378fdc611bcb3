// Read back by another program: what was written is real text, on as many pages as it needs, with a structure.
#include "platform/pdf/api.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace {

std::string run(const std::string& command, const std::string& bytes) {
    const auto file = std::filesystem::temp_directory_path() / ("miteinander_pdf_" + std::to_string(::getpid()) + ".pdf");
    std::ofstream(file, std::ios::binary) << bytes;
    auto* pipe = ::popen((command + " " + file.string()).c_str(), "r");
    std::string out;
    char part[4096];
    while (const auto n = std::fread(part, 1, sizeof part, pipe)) out.append(part, n);
    EXPECT_EQ(::pclose(pipe), 0);
    std::filesystem::remove(file);
    return out;
}
std::string text_of(const std::string& bytes) { return run("f() { pdftotext -layout \"$1\" -; }; f", bytes); }
bool has(const std::string& where, const std::string& what) { return where.find(what) != std::string::npos; }

}  // namespace

TEST(Pdf, HoldsWhatWasWrittenAsText) {
    pdf::Document document({.title = "Über Sie gespeicherte Daten", .language = "de", .foot = "Landkreis", .page = "Seite {page}"});
    document.heading("Konto").paragraph("Größe, Maß und Süß.").table({"Feld", "Wert"}, {{"Anmeldename", "amt@kreis.example"}, {"Наме", "Łódź"}});
    const auto bytes = document.bytes();
    ASSERT_TRUE(bytes) << base::describe(bytes.error());
    const auto text = text_of(*bytes);
    for (const char* part :
         {"Über Sie gespeicherte Daten", "Konto", "Größe, Maß und Süß.", "Anmeldename", "amt@kreis.example", "Наме", "Łódź", "Landkreis · Seite 1"})
        EXPECT_TRUE(has(text, part)) << part << "\n" << text;
    EXPECT_TRUE(has(run("pdfinfo", *bytes), "Tagged:          yes"));
    EXPECT_TRUE(has(run("pdfinfo", *bytes), "A4"));
    EXPECT_TRUE(has(run("pdffonts", *bytes), "DejaVuSans"));
}

TEST(Pdf, LongTablesGoOnWithTheirHead) {
    std::vector<std::vector<std::string>> rows;
    for (int i = 1; i <= 200; ++i) rows.push_back({std::to_string(i), "Zeile " + std::to_string(i)});
    pdf::Document document({.title = "Liste", .language = "de"});
    const auto bytes = document.table({"Nummer", "Name der Zeile"}, rows).bytes();
    ASSERT_TRUE(bytes);
    const auto text = text_of(*bytes);
    EXPECT_TRUE(has(text, "Zeile 1\n") && has(text, "Zeile 200\n"));
    std::size_t heads = 0, pages = 0;
    for (auto at = text.find("Name der Zeile"); at != std::string::npos; at = text.find("Name der Zeile", at + 1)) ++heads;
    for (const char c : text) pages += c == '\f';
    EXPECT_GT(pages, 3u);
    EXPECT_EQ(heads, pages);
}

TEST(Pdf, TakesWhateverSomebodyTyped) {
    const std::string long_word(4000, 'x');
    std::string long_text;
    for (int i = 0; i < 3000; ++i) long_text += "Wort " + std::to_string(i) + " ";
    pdf::Document document({.title = "", .language = "de"});
    document.heading("\xff\xfe").paragraph(long_word).paragraph(long_text).paragraph("<b>&amp;</b> %d").table({"a", "b"}, {{long_text, "kurz"}, {}});
    const auto bytes = document.bytes();
    ASSERT_TRUE(bytes);
    const auto text = text_of(*bytes);
    EXPECT_TRUE(has(text, "<b>&amp;</b> %d"));
    EXPECT_TRUE(has(text, "2999"));
}
