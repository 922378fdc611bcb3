#include "platform/db/transfer.h"

#include <unistd.h>

#include <cstdlib>
#include <map>

#include <fmt/format.h>

#include "platform/db/catalogue.h"
#include "platform/db/checksum.h"
#include "platform/db/failure.h"
#include "platform/db/migrate.h"
#include "platform/db/statistics.h"

namespace db {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view manifest = "backup_tables";
constexpr std::int64_t rows_between_reports = 10'000;

tl::unexpected<base::Error> refused(base::ErrorKind kind, base::Message message) {
    base::Error error{kind, base::in_english(message), {}, {}};
    error.fields.push_back({"", std::move(message)});
    return tl::unexpected(std::move(error));
}

bool is_ours(const Table& table) { return table.name == "schema_migrations" || table.name == manifest; }

base::Result<std::vector<Table>> content_tables(Connection& c) {
    TRY(auto tables, tables_of(c));
    std::erase_if(tables, is_ours);
    return tables;
}

std::string select_all(const Table& table) {
    std::string columns;
    for (const auto& column : table.columns) columns += fmt::format("{}\"{}\"", columns.empty() ? "" : ", ", column.name);
    return fmt::format("select {} from \"{}\"", columns, table.name);
}

base::Result<TableCopy> checksum(Connection& c, const Table& table) {
    Checksum sum;
    std::vector<Value> values(table.columns.size());
    TRY_VOID(c.for_each(select_all(table), {}, [&](const Row& row) {
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = read_value(row, table.columns[i]);
        sum.add(values);
    }));
    return TableCopy{table.name, sum.rows(), sum.hex()};
}

// Writes rows in batches: PostgreSQL answers each statement over a socket, SQLite at once.
class Writer {
  public:
    Writer(Connection& to, const Table& table)
        : to_(to), table_(table), batch_(to.engine() == Engine::postgres ? std::max<std::size_t>(1, 2000 / table.columns.size()) : 1) {
        for (std::size_t i = 0; i < batch_ * table.columns.size(); ++i) names_.push_back("v" + std::to_string(i));
        full_ = insert(batch_);
    }
    base::Result<void> add(const std::vector<Value>& values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            Parameter parameter(names_[pending_.size()], values[i]);
            parameter.null_type = table_.columns[i].type;
            pending_.push_back(std::move(parameter));
        }
        if (pending_.size() < batch_ * table_.columns.size()) return {};
        TRY_VOID(to_.execute(full_, pending_));
        pending_.clear();
        return {};
    }
    base::Result<void> finish() {
        if (pending_.empty()) return {};
        TRY_VOID(to_.execute(insert(pending_.size() / table_.columns.size()), pending_));
        pending_.clear();
        return {};
    }

  private:
    std::string insert(std::size_t rows) const {
        std::string columns, values;
        for (const auto& column : table_.columns) columns += fmt::format("{}\"{}\"", columns.empty() ? "" : ", ", column.name);
        for (std::size_t row = 0, n = 0; row < rows; ++row) {
            values += row == 0 ? "(" : ", (";
            for (std::size_t i = 0; i < table_.columns.size(); ++i) values += fmt::format("{}:{}", i == 0 ? "" : ", ", names_[n++]);
            values += ")";
        }
        return fmt::format("insert into \"{}\" ({}) values {}", table_.name, columns, values);
    }
    Connection& to_;
    const Table& table_;
    std::size_t batch_;
    std::vector<std::string> names_;
    std::string full_;
    Parameters pending_;
};

// The columns in the order of the source, each with the type of the engine that knows more: PostgreSQL.
base::Result<Table> joined(const Table& source, const Table& target, bool target_knows) {
    Table out{source.name, {}, source.generates_ids};
    for (const auto& column : source.columns) {
        const auto other = std::find_if(target.columns.begin(), target.columns.end(), [&](const Column& c) { return c.name == column.name; });
        if (other == target.columns.end())
            return tl::unexpected(failed(Failure::other, fmt::format("the target has no column {}.{}", source.name, column.name)));
        out.columns.push_back(target_knows ? *other : column);
    }
    if (out.columns.size() != target.columns.size())
        return tl::unexpected(failed(Failure::other, fmt::format("the table {} has more columns in the target", source.name)));
    return out;
}

base::Result<TableCopy> copy_table(Connection& from, Connection& to, const Table& table, const Progress& progress) {
    Checksum sum;
    Writer writer(to, table);
    std::vector<Value> values(table.columns.size());
    base::Result<void> written;
    TRY_VOID(from.for_each(select_all(table), {}, [&](const Row& row) {
        if (!written) return;
        for (std::size_t i = 0; i < values.size(); ++i) values[i] = read_value(row, table.columns[i]);
        sum.add(values);
        written = writer.add(values);
        if (progress && sum.rows() % rows_between_reports == 0) progress(table.name, sum.rows());
    }));
    TRY_VOID(written);
    TRY_VOID(writer.finish());
    if (table.generates_ids) {
        TRY(const auto last, last_id(from, table));
        if (last) TRY_VOID(set_last_id(to, table, *last));
    }
    if (progress) progress(table.name, sum.rows());
    return TableCopy{table.name, sum.rows(), sum.hex()};
}

// Rows refer to each other in any order, within a table, too, so references are checked at the end.
class PostponedReferences {
  public:
    base::Result<void> begin(Connection& to) {
        if (to.engine() == Engine::sqlite) return to.script("pragma defer_foreign_keys = on");
        TRY(constraints_, to.query<std::string>(R"sql(
            select format('alter table %s alter constraint %I', conrelid::regclass, conname) as change
              from pg_constraint
             where contype = 'f'
               and connamespace = current_schema()::regnamespace
               and not condeferrable
        )sql",
                                                {}, [](const Row& row) { return row.text("change"); }));
        for (const auto& change : constraints_) TRY_VOID(to.script(change + " deferrable initially deferred"));
        return {};
    }
    base::Result<void> end(Connection& to) {
        if (to.engine() == Engine::sqlite) return {};  // checked by the commit
        TRY_VOID(to.script("set constraints all immediate"));
        for (const auto& change : constraints_) TRY_VOID(to.script(change + " not deferrable"));
        return {};
    }

  private:
    std::vector<std::string> constraints_;
};

base::Result<std::map<std::string, std::int64_t>> row_counts(Connection& c) {
    TRY(const auto tables, content_tables(c));
    std::map<std::string, std::int64_t> out;
    for (const auto& table : tables) {
        TRY(const auto n, c.query_one<std::int64_t>(fmt::format("select count(*) as n from \"{}\"", table.name), {},
                                                    [](const Row& row) { return row.int64("n"); }));
        if (n.value_or(0) > 0) out[table.name] = *n;
    }
    return out;
}

// A folder of its own that only this user can read; gone at the end.
class PrivateFolder {
  public:
    PrivateFolder() {
        std::string pattern = (fs::temp_directory_path() / "miteinander-XXXXXX").string();
        if (::mkdtemp(pattern.data())) path_ = pattern;
    }
    PrivateFolder(const PrivateFolder&) = delete;
    ~PrivateFolder() {
        std::error_code ignored;
        if (!path_.empty()) fs::remove_all(path_, ignored);
    }
    base::Result<fs::path> file(const char* name) const {
        if (path_.empty()) return base::error(base::ErrorKind::unavailable, "cannot make a temporary folder");
        return path_ / name;
    }

  private:
    fs::path path_;
};

// What a migration put into its tables by itself is no record of anybody.
base::Result<std::map<std::string, std::int64_t>> seeds(const fs::path& migrations) {
    const PrivateFolder folder;
    TRY(const auto file, folder.file("seeds.db"));
    TRY(const auto fresh, open(file));
    TRY_VOID(migrate(*fresh, migrations));
    return fresh->read([](Connection& c) { return row_counts(c); });
}

base::Result<void> refuse_records(Database& to, const fs::path& migrations) {
    TRY(const auto found, to.read([](Connection& c) { return row_counts(c); }));
    if (found.empty()) return {};
    TRY(const auto expected, seeds(migrations));
    if (found == expected) return {};
    return refused(base::ErrorKind::conflict, base::message("The target already holds records. Please give an empty database; nothing was changed."));
}

base::Result<CopyReport> copy_all(Connection& from, Connection& to, const Progress& progress) {
    TRY(const auto theirs, schema_number(from));
    TRY(const auto ours, schema_number(to));
    if (theirs != ours)
        return refused(
            base::ErrorKind::conflict,
            base::message(
                "The source has the schema {theirs}, this program makes the schema {ours}. Please start the newer program on the source once; it brings it up to date.",
                {{"theirs", std::to_string(theirs)}, {"ours", std::to_string(ours)}}));
    TRY(const auto sources, content_tables(from));
    TRY(const auto targets, content_tables(to));
    PostponedReferences references;
    TRY_VOID(references.begin(to));
    TRY(const auto seeded, row_counts(to));
    for (const auto& [table, rows] : seeded) TRY_VOID(to.execute(fmt::format("delete from \"{}\"", table)));

    CopyReport report;
    std::vector<Table> copied;
    for (const auto& source : sources) {
        const auto target = std::find_if(targets.begin(), targets.end(), [&](const Table& t) { return t.name == source.name; });
        if (target == targets.end()) continue;  // made by a section for one engine alone: derived from the others
        TRY(auto table, joined(source, *target, to.engine() == Engine::postgres));
        TRY(auto done, copy_table(from, to, table, progress));
        report.tables.push_back(std::move(done));
        copied.push_back(std::move(table));
    }
    TRY_VOID(references.end(to));
    for (std::size_t i = 0; i < copied.size(); ++i) {
        const auto target = std::find_if(targets.begin(), targets.end(), [&](const Table& t) { return t.name == copied[i].name; });
        auto table = *target;  // with the types of the target, in the order of the source
        for (std::size_t k = 0; k < table.columns.size(); ++k)
            table.columns[k] =
                *std::find_if(target->columns.begin(), target->columns.end(), [&](const Column& c) { return c.name == copied[i].columns[k].name; });
        TRY(const auto there, checksum(to, table));
        if (there.rows != report.tables[i].rows || there.checksum != report.tables[i].checksum)
            return refused(base::ErrorKind::internal,
                           base::message("The copy of the table {table} is not what was read; nothing was kept.", {{"table", table.name}}));
    }
    return report;
}

base::Result<void> write_manifest(Connection& c, const CopyReport& report) {
    TRY_VOID(c.script(
        fmt::format("create table {} (name text not null primary key, row_count integer not null, checksum text not null) strict", manifest)));
    for (const auto& table : report.tables)
        TRY_VOID(c.execute(fmt::format("insert into {} (name, row_count, checksum) values (:name, :rows, :checksum)", manifest),
                           {{"name", table.table}, {"rows", table.rows}, {"checksum", table.checksum}}));
    return {};
}

base::Result<void> check_manifest(Connection& c) {
    TRY(const auto tables, tables_of(c));
    if (std::none_of(tables.begin(), tables.end(), [](const Table& t) { return t.name == manifest; }))
        return refused(base::ErrorKind::invalid_input, base::message("This file is not a backup of Miteinander."));
    struct Listed {
        std::string name;
        std::int64_t rows;
        std::string checksum;
    };
    TRY(const auto listed, c.query<Listed>(fmt::format("select name, row_count, checksum from {} order by name", manifest), {},
                                           [](const Row& row) { return Listed{row.text("name"), row.int64("row_count"), row.text("checksum")}; }));
    for (const auto& entry : listed) {
        const auto table = std::find_if(tables.begin(), tables.end(), [&](const Table& t) { return t.name == entry.name; });
        base::Result<TableCopy> now = table == tables.end() ? TableCopy{} : checksum(c, *table);
        if (!now || now->rows != entry.rows || now->checksum != entry.checksum)
            return refused(
                base::ErrorKind::invalid_input,
                base::message("The backup is damaged: the table {table} is not as it was saved. Nothing was restored.", {{"table", entry.name}}));
    }
    return {};
}

}  // namespace

std::int64_t CopyReport::rows() const {
    std::int64_t sum = 0;
    for (const auto& table : tables) sum += table.rows;
    return sum;
}

base::Result<CopyReport> checksums(Connection& c) {
    TRY(const auto tables, content_tables(c));
    CopyReport out;
    for (const auto& table : tables) {
        TRY(auto sum, checksum(c, table));
        out.tables.push_back(std::move(sum));
    }
    return out;
}

base::Result<CopyReport> copy(Database& from, Database& to, const fs::path& migrations, const Progress& progress) {
    TRY_VOID(refuse_records(to, migrations));
    TRY_VOID(migrate(to, migrations));
    return from.read([&](Connection& source) {
        return to.write([&](Connection& target) -> base::Result<CopyReport> {
            TRY(auto report, copy_all(source, target, progress));
            TRY_VOID(refresh_statistics(target));
            return report;
        });
    });
}

base::Result<CopyReport> backup(Database& from, const fs::path& file, const fs::path& migrations, const Progress& progress) {
    if (fs::exists(file))
        return refused(base::ErrorKind::conflict,
                       base::message("{file} exists already; a backup never overwrites anything.", {{"file", file.string()}}));
    // Under another name until it is complete, so that nobody takes half a backup for a whole one.
    const fs::path partial = file.string() + ".partial";
    struct Remove {
        fs::path path;
        ~Remove() {
            std::error_code ignored;
            for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path.string() + suffix, ignored);
        }
    } remove_partial{partial};
    { const Remove left_behind_by_a_killed_one{partial}; }
    CopyReport report;
    {
        TRY(const auto to, open(partial.string()));
        TRY(report, copy(from, *to, migrations, progress));
        TRY_VOID(to->write([&](Connection& c) { return write_manifest(c, report); }));
    }
    std::error_code problem;
    fs::rename(partial, file, problem);
    if (problem) return base::error(base::ErrorKind::unavailable, "cannot finish the backup: " + problem.message());
    return report;
}

base::Result<CopyReport> restore(const fs::path& file, Database& to, const fs::path& migrations, const Progress& progress) {
    TRY_VOID(refuse_records(to, migrations));
    // The backup itself stays untouched, whatever bringing it up to date does.
    const PrivateFolder folder;
    TRY(const auto own, folder.file("backup.db"));
    std::error_code problem;
    fs::copy_file(file, own, problem);
    if (problem)
        return refused(base::ErrorKind::not_found,
                       base::message("The backup {file} cannot be read: {why}", {{"file", file.string()}, {"why", problem.message()}}));
    fs::permissions(own, fs::perms::owner_read | fs::perms::owner_write, problem);
    auto from = open(own.string());
    if (!from) return refused(base::ErrorKind::invalid_input, base::message("This file is not a backup of Miteinander."));
    TRY_VOID((*from)->read([](Connection& c) { return check_manifest(c); }));
    TRY_VOID(migrate(**from, migrations));
    return copy(**from, to, migrations, progress);
}

}  // namespace db
