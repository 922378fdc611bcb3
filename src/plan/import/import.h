#pragma once
// The import of a concept's text: bytes in, a proposal of clauses and statements out. Nothing here touches a database.
#include <filesystem>

#include "plan/import/document.h"

namespace plan::importing {

// Text in any of the usual encodings.
base::Result<FoundPlan> import_text(std::string_view bytes);
// Lines a word processor's structure has been kept of.
FoundPlan import_document(const Document&);

enum class Format { automatic, text, pdf, docx, odt };
std::optional<Format> format_named(std::string_view);  // "auto", "text", "pdf", "docx", "odt"

// A file as it lies on the disk, with every limit of the issue: PDF, DOCX and ODT are read by separate, limited processes.
base::Result<FoundPlan> import_file(const std::filesystem::path&, Format = Format::automatic, std::string_view shown_name = {});

// The JSON of `plan import --dry-run --json`.
std::string to_json(const FoundPlan&);

}  // namespace plan::importing
