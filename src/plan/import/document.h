#pragma once
// What the stages of the import hand to each other: lines with what is known of their place, and at the end the proposed clauses.
#include <optional>
#include <string>
#include <vector>

#include "plan/api.h"
#include "platform/base/result.h"

namespace plan::importing {

enum class LineKind { text, contents, note, row };
// What a column of a table of measures holds.
enum class Column { number, title, bearer, date, other };

struct Line {
    std::string text;  // spaces squeezed, ends cut
    int page = 1;
    int number = 0;  // 1-based line of the source, for warnings
    int indent = 0;
    int gap = 0;        // empty lines before it, once double spacing is accounted for
    int level = 0;      // heading level a word processor marked, 0 = none
    bool item = false;  // of a list, as a word processor knows it: never a heading
    LineKind kind = LineKind::text;
    std::string raw;                 // as laid out, while tables are looked for
    std::vector<std::string> cells;  // of a table row
    std::vector<Column> columns;     // of a row of a table of measures
};

struct Warning {
    base::Message message;
    int line = 0;
};

struct Document {
    std::string title;  // from the file's own metadata, may be empty
    std::vector<Line> lines;
    int width = 80;  // of a full line, in characters
    std::vector<Warning> warnings;
};

// ---- the proposal ----

struct FoundDate {
    base::Day day;
    std::string words;
};
struct FoundQuantity {
    double value = 0;
    std::string unit;
    std::string comparison;  // at_least, at_most, exactly
    std::string words;
};
struct FoundStatement {
    std::string id;
    std::string quote;
    Modality modality = Modality::declaration;
    std::vector<std::string> bearers;  // names as the text gives them, in the nominative; the lead first
    std::vector<std::string> counterparts;
    std::vector<FoundDate> dates;
    std::string rhythm;      // empty for none
    std::string yearly_due;  // "12-31": a day of every year
    std::vector<FoundQuantity> quantities;
    std::string modality_words;  // the words each proposal relied on
    std::string bearer_words;
    std::string rhythm_words;
    bool need = false;  // states a need and names nobody to meet it
};
struct FoundClause {
    std::string number;
    std::size_t borrowed = 0;  // bytes of the number that are another clause's: "§ 4 " of "§ 4 (1)"
    std::string heading;
    std::string text;  // paragraphs separated by an empty line
    ClauseKind kind = ClauseKind::clause;
    int parent = -1;  // index into the clauses
    std::optional<Modality> modality;
    std::vector<FoundStatement> statements;
    int line = 0;
};
struct FoundPlan {
    std::string title;
    std::vector<FoundClause> clauses;
    std::vector<Warning> warnings;
};

}  // namespace plan::importing
