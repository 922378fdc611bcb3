#include "platform/db/migrate.h"

#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <sodium.h>

#include "platform/db/failure.h"
#include "platform/db/schema.h"

namespace db {
namespace {

struct Migration {
    std::int64_t number = 0;
    std::string name;  // of the file
    std::string text;
    std::string checksum;
};
struct Applied {
    std::int64_t number;
    std::string name, checksum;
};

tl::unexpected<base::Error> refused(base::Message message) {
    base::Error error{base::ErrorKind::conflict, base::in_english(message), {}, {}};
    error.fields.push_back({"", std::move(message)});
    return tl::unexpected(std::move(error));
}

std::string checksum_of(std::string_view text) {
    unsigned char hash[32];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr, 0);
    std::string out;
    for (const auto byte : hash) out += fmt::format("{:02x}", byte);
    return out;
}

base::Result<std::vector<Migration>> read_folder(const std::filesystem::path& folder, Gaps gaps) {
    std::vector<Migration> out;
    std::error_code problem;
    for (std::filesystem::directory_iterator i(folder, problem), end; !problem && i != end; i.increment(problem)) {
        const auto name = i->path().filename().string();
        if (i->path().extension() != ".sql") continue;
        if (name.size() < 6 || name.find_first_not_of("0123456789") != 4 || name[4] != '_')
            return refused(base::message("The name of the migration {file} does not have the form 0001_name.sql.", {{"file", name}}));
        std::ifstream file(i->path(), std::ios::binary);
        std::stringstream text;
        text << file.rdbuf();
        if (!file) return base::error(base::ErrorKind::internal, "cannot read the migration " + i->path().string());
        Migration m{std::stoll(name.substr(0, 4)), name, text.str(), {}};
        m.checksum = checksum_of(m.text);
        out.push_back(std::move(m));
    }
    if (problem) return base::error(base::ErrorKind::internal, "cannot read the folder of migrations " + folder.string() + ": " + problem.message());
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto expected = i == 0 ? 1 : out[i - 1].number + 1;
        if (out[i].number < expected)
            return refused(base::message("Two migrations have the number {number}.", {{"number", fmt::format("{:04}", out[i].number)}}));
        if (out[i].number > expected && gaps == Gaps::refused)
            return refused(base::message("The migration {number} is missing.", {{"number", fmt::format("{:04}", expected)}}));
    }
    return out;
}

base::Result<std::vector<Applied>> read_applied(Connection& connection) {
    return connection.query<Applied>("select number, name, checksum from schema_migrations order by number", {},
                                     [](const Row& row) { return Applied{row.int64("number"), row.text("name"), row.text("checksum")}; });
}

base::Result<void> compare(const std::vector<Migration>& ours, const std::vector<Applied>& applied) {
    const auto newest = ours.empty() ? 0 : ours.back().number;
    for (const auto& a : applied) {
        if (a.number > newest)
            return refused(base::message(
                "The database is newer than this program: it has the migration {theirs}, the program knows {ours} and older ones. Please install the newer program.",
                {{"theirs", a.name}, {"ours", fmt::format("{:04}", newest)}}));
        const auto m = std::find_if(ours.begin(), ours.end(), [&](const Migration& each) { return each.number == a.number; });
        if (m == ours.end())
            return refused(base::message("The database has the migration {file}, but the program came without it.", {{"file", a.name}}));
        if (m->checksum != a.checksum)
            return refused(base::message(
                "The migration {file} was changed after it had been applied to this database. Shipped migrations are never edited; a change is a new migration.",
                {{"file", m->name}}));
    }
    // Both are in order and all applied ones are known, so they are the first ones, or one slipped in between.
    for (std::size_t i = 0; i < applied.size(); ++i)
        if (applied[i].number != ours[i].number)
            return refused(
                base::message("The migration {file} was never applied to this database, though later ones were.", {{"file", ours[i].name}}));
    return {};
}

// Another process may be migrating, too; a long migration takes longer than a write should wait.
template <class Work>
auto patiently(Database& database, Work work) -> decltype(database.write(work)) {
    for (int attempt = 1;; ++attempt) {
        auto done = database.write(work);
        if (done || failure_of(done.error()) != Failure::busy || attempt == 24) return done;
    }
}

}  // namespace

base::Result<std::int64_t> schema_number(Connection& connection) {
    const auto exists = connection.engine() == Engine::sqlite
                            ? "select count(*) as found from sqlite_schema where name = 'schema_migrations'"
                            : "select count(*) as found from pg_tables where schemaname = current_schema() and tablename = 'schema_migrations'";
    TRY(const auto found, connection.query_one<bool>(exists, {}, [](const Row& row) { return row.int64("found") > 0; }));
    if (!found.value_or(false)) return 0;
    TRY(const auto number, connection.query_one<std::int64_t>("select coalesce(max(number), 0) as number from schema_migrations", {},
                                                              [](const Row& row) { return row.int64("number"); }));
    return number.value_or(0);
}

base::Result<MigrationReport> migrate(Database& database, const std::filesystem::path& folder, Gaps gaps) {
    TRY(const auto migrations, read_folder(folder, gaps));
    const auto look = [&](Connection& connection) -> base::Result<std::vector<Applied>> {
        const auto create = connection.engine() == Engine::sqlite ? create_schema_migrations_sqlite : create_schema_migrations_postgres;
        TRY_VOID(connection.script(create));
        TRY(auto applied, read_applied(connection));
        TRY_VOID(compare(migrations, applied));
        return applied;
    };
    TRY(const auto before, patiently(database, look));
    MigrationReport report;
    report.already = static_cast<int>(before.size());
    for (auto i = before.size(); i < migrations.size(); ++i) {
        const auto& m = migrations[i];
        TRY(const bool applied_now, patiently(database, [&](Connection& connection) -> base::Result<bool> {
                TRY(const auto applied, look(connection));
                if (applied.size() > i) return false;  // another process was faster
                auto text = expand_migration(m.text, connection.engine());
                auto done = text ? connection.script(*text) : base::Result<void>(tl::unexpected(text.error()));
                if (!done) {
                    auto error = done.error();
                    error.detail = "the migration " + m.name + " failed: " + error.detail;
                    return tl::unexpected(std::move(error));
                }
                TRY_VOID(
                    connection.execute("insert into schema_migrations (number, name, checksum, applied_at) values (:number, :name, :checksum, :at)",
                                       {{"number", m.number},
                                        {"name", m.name},
                                        {"checksum", m.checksum},
                                        {"at", std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now())}}));
                return true;
            }));
        ++(applied_now ? report.applied : report.already);
    }
    return report;
}

}  // namespace db
