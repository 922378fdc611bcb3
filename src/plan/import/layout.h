#pragma once
// What a page puts around and beside its text.
#include "plan/import/document.h"

namespace plan::importing {

struct RawLine {
    std::string text;
    int number = 0;
};
using RawPage = std::vector<RawLine>;

// Two columns side by side become one after the other, left first.
void undo_columns(std::vector<RawPage>&, std::vector<Warning>&);
// Running heads and feet and page numbers leave the text; a warning names each of them, so that nothing goes unseen.
void drop_running_lines(std::vector<RawPage>&, std::vector<Warning>&);
// The page without its footnotes, which go to `notes`.
RawPage split_notes(const RawPage&, int page, std::vector<Line>& notes);
// Puts each note behind the clause text of its page, that is before the next heading; done by kind, see tree.cpp.
void place_notes(std::vector<Line>&, std::vector<Line> notes, std::vector<Warning>&);
// Lines of a table of contents keep their place and lose their say in where clauses begin.
void mark_contents(std::vector<Line>&);
// Cells of a line laid out as a table row ("|", tabs or wide gaps); one cell where it is none.
std::vector<std::string> cells_of(std::string_view raw);

// Rows of a table of measures ("Nr. | Maßnahme | Zuständig | Frist") become one line each, with their cells.
void gather_tables(std::vector<Line>&);
// What the heads of a table's columns say they hold; nothing for a table that is none of measures.
std::vector<Column> columns_of(const std::vector<std::string>& heads);

}  // namespace plan::importing
