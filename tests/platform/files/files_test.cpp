#include <fstream>

#include "platform/files/api.h"
#include "tests/platform/db/support/engines.h"

namespace {

const base::Instant now = *base::parse_iso_instant("2018-06-30T10:00:00Z");

std::filesystem::path written(const std::string& bytes) {
    const auto path = std::filesystem::temp_directory_path() / ("miteinander_files_test_" + std::to_string(::getpid()));
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

}  // namespace

class Files : public db::testing::OnBothEngines {};
MITEINANDER_ON_BOTH_ENGINES(Files);

TEST_P(Files, TheSameBytesAreKeptOnce) {
    const std::string bytes("%PDF-1.7 \0 binary", 17);
    const auto path = written(bytes);
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto one, files::store(c, path, "application/pdf", now));
        TRY(const auto two, files::store(c, path, "application/pdf", now));
        EXPECT_EQ(one, two);
        TRY(const auto back, files::bytes_of(c, one));
        EXPECT_EQ(back, bytes);
        TRY(const auto file, files::describe(c, one));
        EXPECT_EQ(file.size, bytes.size());
        EXPECT_EQ(file.digest.size(), 64u);
        return {};
    });
    std::filesystem::remove(path);
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(Files, ARemovedFileLeavesAStub) {
    const auto path = written("%PDF-1.7 with a name that must go");
    const auto done = database().write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, files::store(c, path, "application/pdf", now));
        TRY_VOID(files::remove(c, id, "held a person's name", identity::Actor{}, now));
        EXPECT_FALSE(files::bytes_of(c, id));
        TRY(const auto stub, files::describe(c, id));
        EXPECT_TRUE(stub.removed);
        EXPECT_EQ(stub.size, 0u);
        EXPECT_FALSE(files::remove(c, id, "again", identity::Actor{}, now));
        TRY(const auto again, files::store(c, path, "application/pdf", now));  // the same bytes may come back as a new file
        EXPECT_NE(again, id);
        return {};
    });
    std::filesystem::remove(path);
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST(FileTypes, EndingAndFirstBytesMustAgree) {
    EXPECT_EQ(files::accepted_type("Bericht.PDF", "%PDF-1.4", "datei").value(), "application/pdf");
    EXPECT_EQ(files::accepted_type("liste.csv", "a;b;c\n1;2;3", "datei").value(), "text/csv; charset=utf-8");
    for (const auto& [name, begins] : std::vector<std::pair<std::string, std::string>>{{"bericht.pdf", "MZ\x90"},
                                                                                       {"bild.png", "GIF89a"},
                                                                                       {"seite.html", "<html>"},
                                                                                       {"ohne", "%PDF-"},
                                                                                       {"liste.csv", std::string("a\0b", 3)},
                                                                                       {"x.docx", "%PDF-"}})
        EXPECT_FALSE(files::accepted_type(name, begins, "datei")) << name;
}
