#pragma once
// Offices, who holds them and what they have to do as tables for spreadsheets: what is written can be read back, and reading tells every mistake
// with its cell.
#include "network/offices.h"
#include "network/statement_rules.h"
#include "platform/sheets/api.h"

namespace network {

enum class TableKind { offices, terms, tasks };
std::string_view name_of(TableKind);
std::optional<TableKind> table_kind(std::string_view);
std::vector<sheets::Column> columns_of(TableKind);

// Everything as rows of cells, in the order of the columns; keys stand for offices.
base::Result<std::vector<std::vector<sheets::Cell>>> written(db::Connection&, TableKind);

// What an import would do: new ones, changed ones, what may stand there twice, and every mistake with its cell ("C7").
struct Import {
    TableKind kind = TableKind::offices;
    struct Row {
        Bearer bearer;
        std::string part_of;  // key; a row further down may bring it
        int holders_at_most = 1;
        std::string mail;
        Holding term;
        std::optional<Holding> replaces;  // the term of the same office and first day that stands there
        OfficeTask task;
        bool fresh = true;
        std::string place;
        std::vector<sheets::Cell> cells;
    };
    std::vector<Row> rows;
    std::vector<base::FieldError> mistakes;  // field: the cell
    std::vector<base::FieldError> hints;     // looks like one that is there already
    std::size_t unchanged = 0;
};
// `statements` are those a task may come from; without them every one will do.
base::Result<Import> read_table(db::Connection&, const sheets::Workbook&, TableKind, const std::optional<Statements>& statements = {});

// A term came (or went): evidence of it is kept elsewhere.
using TermChanged = std::function<base::Result<void>(db::Connection&, const Bearer& office, const Holding&, bool gone)>;
// Everything or nothing; mistakes found only now come back the same way.
base::Result<void> carry_out(db::Connection&, const Import&, const identity::Actor& by, base::Instant now, const TermChanged&);

}  // namespace network
