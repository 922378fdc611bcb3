// An installation from before migration 35 kept the mail addresses of offices with the status rounds; none of them may be lost on the way.
#include "tests/platform/db/support/engines.h"

namespace {

namespace fs = std::filesystem;

// The migrations an older program shipped, up to and with this number.
class MigrationsUpTo {
  public:
    explicit MigrationsUpTo(int last) : path_(fs::temp_directory_path() / ("miteinander_older_" + std::to_string(::getpid()))) {
        fs::create_directories(path_);
        for (const auto& file : fs::directory_iterator(fs::path(base::source_root()) / "migrations"))
            if (std::stoi(file.path().filename().string().substr(0, 4)) <= last) fs::copy_file(file.path(), path_ / file.path().filename());
    }
    ~MigrationsUpTo() { fs::remove_all(path_); }
    MigrationsUpTo(const MigrationsUpTo&) = delete;
    MigrationsUpTo& operator=(const MigrationsUpTo&) = delete;
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

class MovedAddresses : public ::testing::TestWithParam<db::Engine> {};
INSTANTIATE_TEST_SUITE_P(Both, MovedAddresses, ::testing::Values(db::Engine::sqlite, db::Engine::postgres));

TEST_P(MovedAddresses, StandWithTheirOfficesWhetherItHadDetailsOrNot) {
    const db::testing::Place place(GetParam(), db::testing::Place::Content::empty);
    const auto database = db::testing::open_or_fail(place.where());
    ASSERT_TRUE(database);
    const auto before = db::migrate(*database, MigrationsUpTo(34).path());
    ASSERT_TRUE(before) << base::describe(before.error());
    const auto filled = database->write([](db::Connection& c) -> base::Result<void> {
        for (const char* key : {"bare", "detailed", "silent"})
            TRY_VOID(c.execute("insert into bearers (key, kind, name_de) values (:key, 'office', 'Amt')", {{"key", key}}));
        TRY_VOID(c.execute("insert into office_details (office_id, holders_at_most) select id, 2 from bearers where key = 'detailed'"));
        for (const char* key : {"bare", "detailed"})
            TRY_VOID(c.execute("insert into measure_contacts (office, mail) values (:key, :mail)",
                               {{"key", key}, {"mail", std::string(key) + "@kreis.example"}}));
        return {};
    });
    ASSERT_TRUE(filled) << base::describe(filled.error());

    const auto after = db::migrate(*database, fs::path(base::source_root()) / "migrations");
    ASSERT_TRUE(after) << base::describe(after.error());
    std::vector<std::string> found;
    const auto read = database->read([&](db::Connection& c) {
        return c.for_each("select b.key, d.mail, d.holders_at_most from bearers b join office_details d on d.office_id = b.id order by b.key", {},
                          [&](const db::Row& row) {
                              found.push_back(row.text("key") + " " + row.text("mail") + " " + std::to_string(row.int64("holders_at_most")));
                          });
    });
    ASSERT_TRUE(read) << base::describe(read.error());
    EXPECT_EQ(found, (std::vector<std::string>{"bare bare@kreis.example 1", "detailed detailed@kreis.example 2"}));
}

}  // namespace
