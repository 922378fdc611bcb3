#pragma once
#include "plan/import/document.h"

namespace plan::importing {

// The lines of a document from pandoc's JSON: headings keep their level, lists their signs, tables their cells, footnotes their place.
base::Result<Document> from_pandoc(std::string_view json);

}  // namespace plan::importing
