// links: platform/sheets
// Whatever bytes come as a spreadsheet: no crash, no more than the limits allow, and what was read is written and read again the same, cell by cell.
#include <cstdlib>

#include "platform/sheets/table.h"
#include "platform/sheets/zip_write.h"

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

// Reading makes one kind of line end of all.
std::string one_line_end(const std::string& text) {
    std::string out;
    for (const char c : text)
        if (c != '\r') out += c;
    std::erase(out, '\n');
    return out;
}

void read_and_write(std::string_view bytes, const sheets::Limits& limits) {
    const auto book = sheets::read(bytes, limits);
    if (!book) {
        demand(!book.error().fields.empty() && book.error().fields.size() <= limits.mistakes + 1);
        return;
    }
    std::size_t cells = 0;
    for (const auto& sheet : book->sheets) {
        demand(sheet.rows.size() <= limits.rows && sheet.lines.size() == sheet.rows.size());
        for (const auto& row : sheet.rows) cells += row.size();
    }
    demand(cells <= limits.cells);
    if (const auto table = sheets::table_of(*book)) demand(table->heading_row < book->sheets[table->sheet].rows.size());
    const auto& sheet = book->sheets.front();
    std::string out;
    std::vector<sheets::Column> columns{{"a"}, {"b"}};
    for (const auto& row : sheet.rows) columns.resize(std::max(columns.size(), row.size()), {"c"});
    auto writer = sheets::csv_writer(sheets::into(out), columns);
    for (const auto& row : sheet.rows) demand((*writer)->row(row).has_value());
    demand((*writer)->finish().has_value());
    const auto again = sheets::read(out);
    demand(again.has_value() && again->separator == ';');
    const auto& back = again->sheets.front().rows;
    for (std::size_t r = 0; r + 1 < back.size(); ++r)
        for (std::size_t c = 0; c < sheet.rows[r].size(); ++c)
            demand(one_line_end(sheets::text_of(back[r + 1][c])) == one_line_end(sheets::text_of(sheet.rows[r][c])));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    sheets::Limits limits;
    limits.unpacked = 1 << 20;
    limits.cells = 20'000;
    limits.rows = 2'000;
    limits.columns = 300;
    limits.cell_bytes = 4'096;
    if (!bytes.starts_with("X")) {
        read_and_write(bytes, limits);
        return 0;
    }
    // The XML behind the packing: parts apart by a zero byte. A fuzzer alone hardly ever makes a right checksum.
    static constexpr const char* names[] = {
        "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"};
    std::string package;
    sheets::ZipWriter zip(sheets::into(package));
    std::size_t at = 1;
    for (const auto* name : names) {
        if (at > bytes.size()) break;
        const auto end = std::min(bytes.find('\0', at), bytes.size());
        demand(zip.begin(name).has_value() && zip.write(bytes.substr(at, end - at)).has_value());
        at = end + 1;
    }
    demand(zip.finish().has_value());
    read_and_write(package, limits);
    return 0;
}
