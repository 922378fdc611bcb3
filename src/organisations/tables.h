#pragma once
// Organisations and contacts as tables for spreadsheets: what is written can be read back, and reading tells every mistake with its cell.
#include "organisations/store.h"
#include "platform/sheets/api.h"

namespace organisations {

enum class TableKind { organisations, contacts };
std::vector<sheets::Column> columns_of(TableKind);

// Cells in the order of the columns. Keys stand for what belongs together.
std::vector<sheets::Cell> cells_of(const Organisation&, const std::string& part_of);
std::vector<sheets::Cell> cells_of(const ContactPoint&, const std::string& organisation);

// What an import would do: new ones, changed ones, what may stand there twice, and every mistake with its cell ("C7").
struct Import {
    TableKind kind = TableKind::organisations;
    struct Row {
        Organisation organisation;
        std::string part_of;  // key; a row further down may bring it
        ContactPoint contact;
        bool fresh = true;
        std::string place;
    };
    std::vector<Row> rows;
    std::vector<base::FieldError> mistakes;  // field: the cell
    std::vector<base::FieldError> hints;     // looks like one that is there already
    std::size_t unchanged = 0;
};
base::Result<Import> read_table(db::Connection&, const sheets::Workbook&, TableKind, std::string_view district);
// Everything or nothing; mistakes found only now come back the same way.
base::Result<void> carry_out(db::Connection&, Import, std::string_view district, const By&,
                             const std::function<base::Result<void>(db::Connection&, const ContactPoint&)>& contact_saved);

}  // namespace organisations
