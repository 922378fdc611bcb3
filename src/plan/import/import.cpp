#include "plan/import/import.h"

#include "plan/import/clean.h"
#include "plan/import/tree.h"
#include "plan/import/unicode.h"
#include "plan/import/wording.h"

namespace plan::importing {

FoundPlan import_document(const Document& document) {
    std::vector<MeasureRow> rows;
    auto plan = build_tree(document, find_headings(document), rows);
    propose_statements(plan, rows);
    return plan;
}

base::Result<FoundPlan> import_text(std::string_view bytes) {
    TRY(const auto decoded, decode(bytes));
    bool any = false;
    for (std::size_t i = 0; i < decoded.text.size() && !any;) any = is_letter(next(decoded.text, i));
    if (!any) return base::invalid("file", base::message("The file holds no text. Please choose the document itself."));
    auto plan = import_document(clean(decoded.text));
    if (decoded.encoding != "UTF-8")
        plan.warnings.insert(plan.warnings.begin(), {base::message("The file was read as {encoding}", {{"encoding", decoded.encoding}}), 0});
    return plan;
}

}  // namespace plan::importing
