// What was acknowledged is there, however the writer or the server ended. tests/checks/30-kill runs these many times over.
#include <sys/types.h>
#include <sys/wait.h>

#include <csignal>
#include <thread>

#include "platform/base/root.h"
#include "tests/platform/db/support/engines.h"

namespace {

using db::Engine;
using db::testing::Place;

int rounds() {
    const char* text = std::getenv("MITEINANDER_KILL_ROUNDS");
    return text ? std::atoi(text) : 1;
}

// A process of its own that writes 1, 2, 3 … each with a companion row, and says through a pipe which are committed.
class Writer {
  public:
    Writer(const std::string& where, std::int64_t first) {
        int ends[2];
        if (::pipe(ends) != 0) std::abort();
        child_ = ::fork();
        if (child_ == 0) {
            ::close(ends[0]);
            write(where, first, ends[1]);
        }
        ::close(ends[1]);
        acknowledged_ = ::fdopen(ends[0], "rb");
    }
    Writer(const Writer&) = delete;
    ~Writer() {
        if (child_ > 0) kill();
        std::fclose(acknowledged_);
    }
    void kill() {
        ::kill(child_, SIGKILL);
        ::waitpid(child_, nullptr, 0);
        child_ = 0;
    }
    // Waits for the next number, 0 when the writer has ended.
    std::int64_t next() {
        std::int64_t number = 0;
        return std::fread(&number, sizeof number, 1, acknowledged_) == 1 ? number : 0;
    }

  private:
    [[noreturn]] static void write(const std::string& where, std::int64_t first, int out) {
        const auto database = db::open(where);
        if (!database) ::_exit(1);
        for (auto n = first;; ++n) {
            const auto done = (*database)->write([&](db::Connection& c) -> base::Result<void> {
                TRY_VOID(c.execute("insert into records (n) values (:n)", {{"n", n}}));
                TRY_VOID(c.execute("insert into companions (n) values (:n)", {{"n", n}}));
                return {};
            });
            if (done && ::write(out, &n, sizeof n) != static_cast<ssize_t>(sizeof n)) ::_exit(1);
            if (!done) std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the server is away
        }
    }
    pid_t child_ = 0;
    std::FILE* acknowledged_ = nullptr;
};

bool prepare(const std::string& where) {
    const auto database = db::testing::open_or_fail(where);
    if (!database) return false;
    const auto done = database->write([](db::Connection& c) {
        return c.script("create table records (n bigint not null primary key); create table companions (n bigint not null primary key)");
    });
    EXPECT_TRUE(done) << base::describe(done.error());
    return static_cast<bool>(done);
}

// All acknowledged numbers are there, and no record without its companion. Answers the largest number that is there.
std::int64_t check(const std::string& where, const std::vector<std::int64_t>& acknowledged) {
    const auto database = db::testing::open_or_fail(where);
    if (!database) return 0;
    const auto numbers = [&](std::string_view sql) {
        const auto found =
            database->read([&](db::Connection& c) { return c.query<std::int64_t>(sql, {}, [](const db::Row& row) { return row.int64("n"); }); });
        if (!found) ADD_FAILURE() << base::describe(found.error());
        return found.value_or(std::vector<std::int64_t>{});
    };
    const auto records = numbers("select n from records order by n");
    EXPECT_EQ(records, numbers("select n from companions order by n")) << "half a transaction";
    std::vector<std::int64_t> lost;
    std::set_difference(acknowledged.begin(), acknowledged.end(), records.begin(), records.end(), std::back_inserter(lost));
    EXPECT_EQ(lost, std::vector<std::int64_t>{}) << "acknowledged and lost";
    return records.empty() ? 0 : records.back();
}

void kill_writers(const std::string& where) {
    if (!prepare(where)) return;
    std::vector<std::int64_t> acknowledged;
    std::int64_t last = 0;
    for (int round = 0; round < rounds(); ++round) {
        Writer writer(where, last + 1);
        const auto enough = acknowledged.size() + 20 + static_cast<std::size_t>(round) * 7;
        for (auto n = writer.next(); n != 0; n = writer.next()) {
            acknowledged.push_back(n);
            if (acknowledged.size() >= enough) break;
        }
        writer.kill();
        for (auto n = writer.next(); n != 0; n = writer.next()) acknowledged.push_back(n);
        ASSERT_GE(acknowledged.size(), enough) << "the writer ended by itself";
        last = check(where, acknowledged);
    }
}

TEST(Killed, AWriterOfSqliteLosesNothing) {
    const Place place(Engine::sqlite, Place::Content::empty);
    kill_writers(place.where());
    const auto database = db::testing::open_or_fail(place.where());
    const auto whole = database->read([](db::Connection& c) {
        return c.query_one<std::string>("pragma integrity_check", {}, [](const db::Row& row) { return row.text("integrity_check"); });
    });
    ASSERT_TRUE(whole);
    EXPECT_EQ(**whole, "ok");
}

TEST(Killed, AWriterOfPostgresLosesNothing) {
    const Place place(Engine::postgres, Place::Content::empty);
    ASSERT_FALSE(place.where().empty());
    kill_writers(place.where());
}

// The server ends as in a power cut; one that waits for the disk has everything when it comes back.
TEST(Killed, APostgresServerLosesNothing) {
    const std::string script = std::string(base::source_root()) + "/bin/postgres-for-tests ";
    const auto run = [&](const char* word) { return std::system((script + word + " --durable >/dev/null").c_str()); };
    const auto url_of = [&] {
        std::string out;
        std::FILE* pipe = ::popen((script + "url --durable").c_str(), "r");
        for (int c = std::fgetc(pipe); c != EOF && c != '\n'; c = std::fgetc(pipe)) out += static_cast<char>(c);
        ::pclose(pipe);
        return out;
    };
    ASSERT_EQ(run("start"), 0);
    struct Stop {
        decltype(run)& command;
        ~Stop() { command("stop"); }
    } stop{run};
    const auto server = url_of(), name = "killed_" + std::to_string(::getpid()), where = db::testing::with_database(server, name);
    ASSERT_TRUE(db::testing::on_server("create database " + name, server));
    ASSERT_TRUE(prepare(where));
    std::vector<std::int64_t> acknowledged;
    std::int64_t last = 0;
    for (int round = 0; round < rounds(); ++round) {
        Writer writer(where, last + 1);
        const auto enough = acknowledged.size() + 50;
        while (acknowledged.size() < enough) {
            const auto n = writer.next();
            ASSERT_NE(n, 0) << "the writer ended by itself";
            acknowledged.push_back(n);
        }
        ASSERT_EQ(run("kill"), 0);
        writer.kill();
        for (auto n = writer.next(); n != 0; n = writer.next()) acknowledged.push_back(n);
        ASSERT_EQ(run("start"), 0);
        last = check(where, acknowledged);
    }
    EXPECT_TRUE(db::testing::on_server("drop database " + name + " with (force)", server));
}

}  // namespace
