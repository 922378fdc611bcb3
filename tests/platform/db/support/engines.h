#pragma once
// Store tests run on both engines: every test gets a fresh database with all migrations, on SQLite a file, on PostgreSQL a database of
// its own, removed afterwards.
//
//     #include "tests/platform/db/support/engines.h"
//
//     class PlanStore : public db::testing::OnBothEngines {};
//     MITEINANDER_ON_BOTH_ENGINES(PlanStore);
//     TEST_P(PlanStore, KeepsAClause) { database().write([&](db::Connection& c) { … }); }
//
// PostgreSQL is started by bin/postgres-for-tests, whose URL stands in MITEINANDER_TEST_POSTGRES:
//     MITEINANDER_TEST_POSTGRES=$(bin/postgres-for-tests) build/asan/test_plan
// Without it the tests fail, as a test that is skipped proves nothing.
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>
#include <libpq-fe.h>

#include "platform/base/root.h"
#include "platform/db/db.h"
#include "platform/db/migrate.h"

namespace db::testing {

inline std::string postgres_url() {
    const char* url = std::getenv("MITEINANDER_TEST_POSTGRES");
    return url ? url : "";
}

// Runs statements on the server itself, outside of any database under test.
inline bool on_server(const std::string& sql, const std::string& url = postgres_url()) {
    PGconn* server = PQconnectdb(url.c_str());
    PQsetNoticeProcessor(server, [](void*, const char*) {}, nullptr);
    PGresult* result = PQexec(server, sql.c_str());
    const bool good = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
    if (!good) ADD_FAILURE() << sql << ": " << PQerrorMessage(server);
    PQclear(result);
    PQfinish(server);
    return good;
}

// The same server, another database.
inline std::string with_database(const std::string& url, const std::string& name) {
    const auto host = url.find("://") + 3;
    const auto path = url.find('/', host), query = url.find('?', host);
    const auto base = url.substr(0, std::min(path, query));
    return base + "/" + name + (query == std::string::npos ? "" : url.substr(query));
}

// A fresh place for a database; what was made there goes with it.
class Place {
  public:
    // Empty, or with all migrations.
    enum class Content { empty, migrated };

    Place(Engine engine, Content content) : engine_(engine) {
        static std::atomic<int> next{1};
        name_ = "miteinander_test_" + std::to_string(::getpid()) + "_" + std::to_string(next++);
        if (engine == Engine::sqlite) {
            folder_ = std::filesystem::temp_directory_path() / name_;
            std::filesystem::create_directories(folder_);
            where_ = folder_ / "test.db";
            if (content == Content::migrated) std::filesystem::copy_file(model_file(), where_);
        } else {
            if (postgres_url().empty()) {
                ADD_FAILURE() << "MITEINANDER_TEST_POSTGRES is not set: start PostgreSQL with bin/postgres-for-tests and hand over the URL it prints";
                return;
            }
            const auto model = content == Content::migrated ? model_database() : "template1";
            made_ = on_server("create database " + name_ + " template " + model);
            where_ = with_database(postgres_url(), name_);
        }
    }
    Place(const Place&) = delete;
    ~Place() {
        if (!folder_.empty()) std::filesystem::remove_all(folder_);
        if (made_) on_server("drop database " + name_ + " with (force)");
    }
    Engine engine() const { return engine_; }
    const std::string& where() const { return where_; }

  private:
    // Migrating once and copying is faster than migrating for every test.
    static const std::filesystem::path& model_file() {
        struct Model {
            std::filesystem::path file = std::filesystem::temp_directory_path() / ("miteinander_test_" + std::to_string(::getpid()) + "_model.db");
            Model() { fill(file); }
            ~Model() { std::filesystem::remove(file); }
        };
        static const Model model;
        return model.file;
    }
    static const std::string& model_database() {
        struct Model {
            std::string name = "miteinander_test_" + std::to_string(::getpid()) + "_model";
            Model() {
                if (on_server("create database " + name)) fill(with_database(postgres_url(), name));
            }
            ~Model() { on_server("drop database " + name + " with (force)"); }
        };
        static const Model model;
        return model.name;
    }
    static void fill(const std::string& where) {
        auto database = open(where);
        ASSERT_TRUE(database) << base::describe(database.error());
        const auto done = migrate(**database, std::filesystem::path(base::source_root()) / "migrations", Gaps::allowed);
        ASSERT_TRUE(done) << base::describe(done.error());
    }

    Engine engine_;
    std::string name_, where_;
    std::filesystem::path folder_;
    bool made_ = false;
};

inline std::unique_ptr<Database> open_or_fail(const std::string& where, const Options& options = {}) {
    auto database = open(where, options);
    if (database) return std::move(*database);
    ADD_FAILURE() << base::describe(database.error());
    return nullptr;
}

class OnBothEngines : public ::testing::TestWithParam<Engine> {
  public:
    explicit OnBothEngines(Place::Content content = Place::Content::migrated) : place_(GetParam(), content) {}
    Database& database() { return *database_; }
    const std::string& where() const { return place_.where(); }

  protected:
    void SetUp() override {
        ASSERT_FALSE(place_.where().empty());
        database_ = open_or_fail(place_.where());
        ASSERT_TRUE(database_);
    }

  private:
    Place place_;
    std::unique_ptr<Database> database_;
};

inline std::string name_of_engine(const ::testing::TestParamInfo<Engine>& info) { return info.param == Engine::sqlite ? "sqlite" : "postgres"; }

}  // namespace db::testing

#define MITEINANDER_ON_BOTH_ENGINES(fixture) \
    INSTANTIATE_TEST_SUITE_P(Both, fixture, ::testing::Values(db::Engine::sqlite, db::Engine::postgres), db::testing::name_of_engine)
