#pragma once
// Documents on A4 for people who want paper or a file: headings, paragraphs, tables, with real text of every script and a structure that screen
// readers follow (ADR 19).
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace pdf {

class Document {
  public:
    struct Options {
        std::string title;            // the first heading, and the document's own name
        std::string language;         // "de"
        std::string foot = {};        // below every page, before its number
        std::string page = "{page}";  // "Seite {page}"
    };
    explicit Document(Options);
    ~Document();
    Document(const Document&) = delete;

    Document& heading(std::string_view text);
    Document& paragraph(std::string_view text);
    // Rows as wide as the head; what does not fit breaks within its cell, and the head stands again on the next page.
    Document& table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);

    // The file. The document takes nothing more afterwards.
    base::Result<std::string> bytes();

  private:
    struct Sheet;
    std::unique_ptr<Sheet> sheet_;
};

}  // namespace pdf
