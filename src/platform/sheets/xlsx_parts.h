#pragma once
// The small parts of an XLSX: which sheets there are, the shared texts, and which styles are days.
#include "platform/sheets/number_format.h"
#include "platform/sheets/xlsx_package.h"

namespace sheets {

struct Relation {
    std::string id, kind, part;  // kind: the last word of the type, "worksheet"; part: its name in the package
};
base::Result<std::vector<Relation>> relations_of(Package&, const std::string& part);

struct SheetEntry {
    std::string name, relation;
    bool hidden = false;
};
struct Book {
    std::vector<SheetEntry> sheets;
    DateSystem system = DateSystem::since_1900;
};
base::Result<Book> read_book(Package&, const std::string& part, const Limits&);
base::Result<std::vector<std::string>> read_texts(Package&, const std::string& part, const Limits&);
base::Result<std::vector<Reading>> read_styles(Package&, const std::string& part);

// "_x000D_" in texts is a letter XML cannot hold.
std::string unescaped(std::string text);

}  // namespace sheets
