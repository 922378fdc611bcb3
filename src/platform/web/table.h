#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/web/context.h"
#include "platform/web/html.h"
#include "platform/web/url.h"

namespace web {

struct Column {
    std::string key;  // in the address when sorted by it: ?sortierung=frist, descending ?sortierung=-frist
    Text title;
    bool numeric = false;  // right aligned
    bool sortable = false;
    bool heading = false;  // names the row: <th scope=row>, the head of its card on a phone
    bool nowrap = false;
};

// What stands in a cell: for eyes, for the spreadsheet, and for sorting.
struct Cell {
    Cell() = default;
    Cell(std::string text) : shown(Html::text(text)), plain(std::move(text)), sort(sort_key(plain)) {}
    Cell(const Html& html, std::string plain_text) : shown(html), plain(std::move(plain_text)), sort(sort_key(plain)) {}
    static Cell link(std::string_view url, const std::string& text) { return {web::link(url, text), text}; }
    static Cell number(i18n::Language, std::int64_t);
    static Cell day(i18n::Language, std::optional<base::Day>);
    static Cell state(i18n::Language, std::string_view state_name);
    Cell sorted_by(std::string key) && {
        sort = std::move(key);
        return std::move(*this);
    }
    // Folded so that "Ämter" stands beside "Amt" and 5.4.1.10 behind 5.4.1.9.
    static std::string sort_key(std::string_view text);

    Html shown;
    std::string plain;  // in CSV
    std::string sort;
};

// A list of records: sortable by its head, in pages, as cards on a phone, and as CSV of the same rows.
class Table {
  public:
    Table(const Context& context, Text caption, std::vector<Column> columns);
    Table& row(std::vector<Cell> cells);
    Table& sorted_as_asked(std::string_view otherwise = {});  // by the address, else by this key ("-frist")
    Table& in_pages(std::size_t rows_a_page = 50);
    Table& when_empty(Text text);
    Table& caption_hidden();

    Html html() const;
    std::string csv() const;  // all rows, all pages
    std::size_t size() const { return rows_.size(); }

  private:
    const Context* context_;
    Text caption_;
    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
    std::string sorted_by_;
    bool descending_ = false;
    bool hide_caption_ = false;
    std::size_t rows_a_page_ = 0;
    Text empty_ = base::message("Nothing to show.");
};

// "Zeige 51 bis 100 von 230" with links; for lists that page in the database.
Html pagination(const Context&, std::size_t page, std::size_t rows_a_page, std::size_t total);
std::size_t asked_page(const Context&);  // ?seite=, from 1

// Links to the same list as CSV, JSON, calendar …
struct Export {
    Text title;
    std::string url;
};
Html exports(const Context&, const std::vector<Export>&);

}  // namespace web
