#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "platform/base/root.h"
#include "platform/db/catalogue.h"
#include "platform/privacy/api.h"

namespace privacy {
namespace {

// column → whether people type freely into it
base::Result<std::map<std::string, bool>> reviewed() {
    std::ifstream file(std::string(base::source_root()) + "/src/platform/privacy/columns.txt");
    if (!file) return base::error(base::ErrorKind::internal, "the list of reviewed columns is missing");
    std::map<std::string, bool> out;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::istringstream words(line);
        std::string table, column;
        words >> table;
        if (!table.empty() && table.back() == ':') table.pop_back();
        while (words >> column) {
            const bool free = column.front() == '~';
            out.emplace(table + "." + column.substr(free ? 1 : 0), free);
        }
    }
    return out;
}

}  // namespace

base::Result<Checked> check(db::Connection& c) {
    TRY(const auto known, reviewed());
    TRY(const auto tables, db::tables_of(c));
    std::set<std::string, std::less<>> personal, present;
    for (const auto& a : activities()) personal.insert(a.columns.begin(), a.columns.end());
    Checked out;
    for (const auto& table : tables)
        for (const auto& column : table.columns) {
            const auto name = table.name + "." + column.name;
            present.insert(name);
            ++out.columns;
            const bool in_register = personal.contains(name), in_list = known.contains(name);
            out.personal += in_register;
            if (in_register && in_list) out.findings.push_back({name, "stands in the register and in the list of columns without personal data"});
            if (!in_register && !in_list) out.findings.push_back({name, "is new: put it into the register or into columns.txt"});
            if (in_list && known.at(name)) {
                TRY(const auto n,
                    c.query_one<std::int64_t>(fmt::format("select count(*) as n from {} where {} like '%_@_%._%'", table.name, column.name), {},
                                              [](const db::Row& row) { return row.int64("n"); }));
                if (n.value_or(0) > 0) out.findings.push_back({name, fmt::format("{} rows hold what looks like an e-mail address", *n)});
            }
        }
    for (const auto& name : personal)
        if (!present.contains(name)) out.findings.push_back({name, "stands in the register but not in the database"});
    for (const auto& [name, free] : known)
        if (!present.contains(name)) out.findings.push_back({name, "stands in columns.txt but not in the database"});
    return out;
}

}  // namespace privacy
