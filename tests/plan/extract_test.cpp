// Files as people send them. DOCX, ODT and a PDF are made here, by the programs that also read them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zip.h>

#include <cstdlib>
#include <fstream>

#include "plan/import/import.h"
#include "plan/import/process.h"
#include "platform/base/root.h"

namespace plan::importing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Files : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name, const std::string& bytes) const {
        const auto path = scratch_.path() / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path;
    }
    std::string refusal(const std::filesystem::path& path) const {
        const auto found = import_file(path);
        if (found) return "read";
        return found.error().fields.empty() ? base::describe(found.error()) : base::in_english(found.error().fields[0].message);
    }
    std::filesystem::path made(const std::string& name) const {
        const auto source = file(
            "source.md",
            "# Sprache {.numbered}\n\nDie Volkshochschule bietet jährlich mindestens vier Kurse an.\n\n## Kinder\n\nDas Jugendamt berät die Schulen.[^1]\n\n[^1]: Stand im Frühjahr.\n\n# Wohnen\n\nDas Bauamt kann Häuser kaufen.\n");
        const auto path = scratch_.path() / name;
        EXPECT_EQ(std::system(("pandoc '" + source.string() + "' -o '" + path.string() + "'").c_str()), 0);
        return path;
    }
    Scratch scratch_;
};

TEST_F(Files, HeadingsOfAWordProcessorAreNumberedByTheirLevel) {
    for (const auto* name : {"plan.docx", "plan.odt"}) {
        const auto found = import_file(made(name));
        ASSERT_TRUE(found) << name << base::describe(found.error());
        std::vector<std::string> numbers, headings;
        for (const auto& c : found->clauses) {
            numbers.push_back(c.number);
            headings.push_back(c.heading);
        }
        EXPECT_THAT(numbers, ElementsAre("1", "1.1", "2")) << name;
        EXPECT_THAT(headings, ElementsAre("Sprache", "Kinder", "Wohnen")) << name;
        EXPECT_EQ(found->clauses[1].parent, 0);
        EXPECT_THAT(found->clauses[1].text, HasSubstr("Stand im Frühjahr."));
        EXPECT_EQ(found->clauses[2].modality, Modality::power);
    }
}

// Headings numbered by Word, a list of three levels in the text of one: "Kurse am Abend", "a)", "i)", and an item in capitals.
TEST_F(Files, AListInTheTextIsNoHeadingAndANumberedHeadingIs) {
    const auto found = import_file(std::filesystem::path(base::source_root()) / "tests/plan/documents/headings-numbered.docx");
    ASSERT_TRUE(found) << base::describe(found.error());
    std::vector<std::string> numbers, headings;
    for (const auto& c : found->clauses) {
        numbers.push_back(c.number);
        headings.push_back(c.heading);
    }
    EXPECT_THAT(numbers, ElementsAre("1", "1.1", "1.2", "2"));
    EXPECT_THAT(headings, ElementsAre("Sprache", "Kinder", "Jugend", "Wohnen"));
    EXPECT_EQ(found->clauses[0].text,
              "Das Sozialamt sorgt für dreierlei:\n\n1. Kurse am Abend\n\na) für Frauen\n\nb) für Männer\n\ni) mit Kindern\n\n2. Bücher\n\n3. RÄUME");
}

TEST_F(Files, TextOutOfAPdf) {
    // A PDF of one page, by hand: two headings and a sentence.
    const std::string content =
        "BT /F 12 Tf 72 720 Td 16 TL (1. Sprache) Tj T* T* (Das Jugendamt bietet monatlich Kurse an.) Tj T* T* (2. Wohnen) Tj T* T* (Das Bauamt kann helfen.) Tj ET";
    std::string pdf = "%PDF-1.4\n";
    std::vector<std::size_t> at;
    const auto object = [&](const std::string& body) {
        at.push_back(pdf.size());
        pdf += std::to_string(at.size()) + " 0 obj " + body + " endobj\n";
    };
    object("<</Type/Catalog/Pages 2 0 R>>");
    object("<</Type/Pages/Kids[3 0 R]/Count 1>>");
    object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>");
    object("<</Length " + std::to_string(content.size()) + ">>stream\n" + content + "\nendstream");
    object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    const auto xref = pdf.size();
    pdf += "xref\n0 6\n0000000000 65535 f \n";
    for (const auto place : at) pdf += fmt::format("{:010} 00000 n \n", place);
    pdf += "trailer<</Size 6/Root 1 0 R>>\nstartxref\n" + std::to_string(xref) + "\n%%EOF\n";
    const auto found = import_file(file("plan.pdf", pdf));
    ASSERT_TRUE(found) << base::describe(found.error());
    ASSERT_EQ(found->clauses.size(), 2u);
    EXPECT_EQ(found->clauses[0].heading, "Sprache");
    EXPECT_EQ(found->clauses[0].statements.at(0).rhythm, "monthly");

    auto scanned = pdf;
    for (auto p = scanned.find("Tj"); p != std::string::npos; p = scanned.find("Tj")) scanned.replace(p, 2, "  ");
    EXPECT_THAT(refusal(file("scan.pdf", scanned)), HasSubstr("OCR"));
}

TEST_F(Files, BadInputIsToldWhatIsWrongAndWhatToDo) {
    EXPECT_THAT(refusal(file("leer.txt", "")), HasSubstr("empty"));
    EXPECT_THAT(refusal(file("leer2.txt", "  \n\n 12 \n")), HasSubstr("holds no text"));
    EXPECT_THAT(refusal(file("programm.txt", std::string("\x7F"
                                                         "ELF\x02\x01\x01\0\0\0\0\0",
                                                         12))),
                HasSubstr("not a text"));
    EXPECT_THAT(refusal(file("kaputt.docx", "PK\x03\x04 and then nothing of use")), HasSubstr("damaged"));
    EXPECT_THAT(refusal(file("kein.docx", "nur Text")), HasSubstr("damaged"));
    EXPECT_THAT(refusal(file("kaputt.pdf", "%PDF-1.4\nnothing")), HasSubstr("damaged"));
    EXPECT_THAT(refusal(file("alt.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")), HasSubstr("DOCX"));
    EXPECT_THAT(refusal(scratch_.path()), HasSubstr("folder"));
    EXPECT_THAT(refusal(scratch_.path() / "nirgends.txt"), HasSubstr("no such file"));
}

TEST_F(Files, HugeFilesAreNotRead) {
    const auto path = file("riesig.txt", "x");
    std::filesystem::resize_file(path, 300u << 20);  // sparse: nothing is written
    EXPECT_THAT(refusal(path), HasSubstr("300 MB"));
}

TEST_F(Files, ZipBombsAreNotOpened) {
    const auto path = (scratch_.path() / "bombe.docx").string();
    int code = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, &code);
    ASSERT_TRUE(archive);
    const std::string zeros(40u << 20, '\0');
    zip_file_add(archive, "word/document.xml", zip_source_buffer(archive, zeros.data(), zeros.size(), 0), 0);
    ASSERT_EQ(zip_close(archive), 0);
    EXPECT_THAT(refusal(path), HasSubstr("larger than any concept"));
}

TEST_F(Files, ProcessesAreLimited) {
    Limits limits;
    limits.time = std::chrono::seconds(1);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(run_limited({"sleep", "30"}, scratch_.path(), limits).outcome, Outcome::too_slow);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
    limits.output_bytes = 100000;
    limits.time = std::chrono::seconds(10);
    EXPECT_EQ(run_limited({"yes"}, scratch_.path(), limits).outcome, Outcome::too_much);
    EXPECT_EQ(run_limited({"no-such-program-here"}, scratch_.path(), limits).outcome, Outcome::missing);
    EXPECT_EQ(run_limited({"env"}, scratch_.path(), limits).output.find("MITEINANDER"), std::string::npos) << "the environment is not handed on";
}

}  // namespace
}  // namespace plan::importing
