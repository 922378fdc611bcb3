#include "platform/sheets/api.h"
#include "platform/sheets/guard.h"

namespace sheets {
namespace {

constexpr std::size_t flush_at = 64 << 10;

class CsvWriter : public Writer {
  public:
    CsvWriter(Sink sink, std::size_t columns) : sink_(std::move(sink)), columns_(columns) {}

    base::Result<void> row(std::span<const Cell> cells) override {
        for (std::size_t i = 0; i < std::max(cells.size(), columns_); ++i) {
            if (i > 0) buffer_ += ';';
            if (i < cells.size()) add(cells[i]);
        }
        buffer_ += "\r\n";
        return buffer_.size() < flush_at ? base::Result<void>() : flush();
    }
    base::Result<void> finish() override { return flush(); }
    void mark() { buffer_ += "\xEF\xBB\xBF"; }

  private:
    // Text as it is, spaces at its ends included: what is read again shall be the same.
    void add(const Cell& cell) {
        if (const auto* text = std::get_if<std::string>(&cell))
            quote(*text, needs_guard(*text));
        else
            quote(text_of(cell), false);
    }
    void quote(std::string_view text, bool guard) {
        if (text.find_first_of("\"\r\n;,\t|") == std::string_view::npos) {
            if (guard) buffer_ += '\'';
            buffer_ += text;
            return;
        }
        buffer_ += '"';
        if (guard) buffer_ += '\'';
        for (const char c : text) {
            if (c == '"') buffer_ += '"';
            buffer_ += c;
        }
        buffer_ += '"';
    }
    base::Result<void> flush() {
        if (buffer_.empty()) return {};
        auto done = sink_(buffer_);
        buffer_.clear();
        return done;
    }

    Sink sink_;
    std::size_t columns_;
    std::string buffer_;
};

}  // namespace

base::Result<std::unique_ptr<Writer>> csv_writer(Sink sink, std::vector<Column> columns) {
    auto out = std::make_unique<CsvWriter>(std::move(sink), columns.size());
    out->mark();
    std::vector<Cell> headings;
    for (const auto& column : columns) headings.emplace_back(column.heading);
    TRY_VOID(out->row(headings));
    return out;
}

}  // namespace sheets
