#include <fmt/format.h>

#include <cmath>

#include "platform/sheets/encoding.h"
#include "platform/sheets/zip_write.h"

namespace sheets {
namespace {

using base::message;

constexpr std::size_t flush_at = 128 << 10;
constexpr std::size_t most_characters = 32'767;  // of one cell, in UTF-16
constexpr std::size_t most_rows = 1'048'576;

constexpr std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// The numbers of cellXfs below.
enum Style { style_general, style_heading, style_text, style_number, style_amount, style_day, style_moment };

constexpr std::string_view styles =
    R"(<numFmts count="3"><numFmt numFmtId="164" formatCode="dd\.mm\.yyyy"/><numFmt numFmtId="165" formatCode="dd\.mm\.yyyy\ hh:mm"/><numFmt numFmtId="166" formatCode="#,##0.00\ &quot;€&quot;"/></numFmts>)"
    R"(<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font><font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>)"
    R"(<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3E8F0"/><bgColor indexed="64"/></patternFill></fill></fills>)"
    R"(<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>)"
    R"(<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>)"
    R"(<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>)"
    R"(<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>)"
    R"(<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>)"
    R"(</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>)";

std::size_t utf16_length(std::string_view text) {
    std::size_t out = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80) out += byte >= 0xF0 ? 2 : 1;
    }
    return out;
}

// XML text. What XML cannot hold is written "_x0007_", and what looks like that gets its own underscore escaped.
void escape(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '_': out += i + 6 < text.size() && text[i + 1] == 'x' && text[i + 6] == '_' ? "_x005F_" : "_"; break;
            case '\n':
            case '\t': out += c; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20)
                    out += fmt::format("_x{:04X}_", static_cast<unsigned>(c));
                else if (c == '\xEF' && (text.substr(i, 3) == "\uFFFE" || text.substr(i, 3) == "\uFFFF")) {
                    out += text.substr(i, 3) == "\uFFFE" ? "_xFFFE_" : "_xFFFF_";
                    i += 2;
                } else
                    out += c;
        }
    }
}

int serial_of(base::Day day) {
    const int days = base::days_between(base::day(1899, 12, 30), day);
    return days > 60 ? days : days - 1;  // before March 1900 a spreadsheet counts a day that never was
}

// "A1:Z1", and the names Excel allows for a sheet.
std::string clean_name(std::string_view name) {
    std::string out;
    for (const char c : name) out += std::string_view("[]:*?/\\").find(c) == std::string_view::npos ? c : ' ';
    if (out.empty()) out = "Liste";
    while (utf16_length(out) > 31) {
        do out.pop_back();
        while (!out.empty() && !is_utf8(out));
    }
    return out;
}

class XlsxWriter : public Writer {
  public:
    XlsxWriter(Sink sink, std::string name, std::vector<Column> columns)
        : zip_(std::move(sink)), name_(clean_name(name)), columns_(std::move(columns)) {}

    base::Result<void> start() {
        TRY_VOID(part(
            "[Content_Types].xml",
            R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>)"));
        TRY_VOID(part(
            "_rels/.rels",
            fmt::format(
                R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{}/officeDocument" Target="xl/workbook.xml"/></Relationships>)",
                relationships)));
        TRY_VOID(part(
            "xl/_rels/workbook.xml.rels",
            fmt::format(
                R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{0}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{0}/styles" Target="styles.xml"/></Relationships>)",
                relationships)));
        TRY_VOID(part("xl/styles.xml", fmt::format(R"(<styleSheet xmlns="{}">{}</styleSheet>)", spreadsheet, styles)));
        TRY_VOID(zip_.begin("xl/worksheets/sheet1.xml"));
        buffer_ = fmt::format(
            R"({}<worksheet xmlns="{}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>)",
            head, spreadsheet);
        if (!columns_.empty()) {
            buffer_ += "<cols>";
            for (std::size_t i = 0; i < columns_.size(); ++i)
                buffer_ += fmt::format(R"(<col min="{0}" max="{0}" width="{1}" customWidth="1"/>)", i + 1, columns_[i].width);
            buffer_ += "</cols>";
        }
        buffer_ += "<sheetData>";
        std::vector<Cell> headings;
        for (const auto& column : columns_) headings.emplace_back(column.heading);
        return row(headings);
    }

    base::Result<void> row(std::span<const Cell> cells) override {
        if (++rows_ > most_rows)
            return base::invalid("", message("An Excel sheet holds at most {most} rows. Please choose CSV.", {{"most", std::to_string(most_rows)}}));
        fmt::format_to(std::back_inserter(buffer_), "<row r=\"{}\">", rows_);
        for (std::size_t i = 0; i < cells.size(); ++i) TRY_VOID(add(cells[i], i));
        buffer_ += "</row>";
        if (buffer_.size() < flush_at) return {};
        return flush();
    }

    base::Result<void> finish() override {
        const auto range = columns_.empty() ? std::string() : fmt::format("A1:{}{}", column_name(columns_.size() - 1), rows_);
        buffer_ += "</sheetData>";
        if (!range.empty()) buffer_ += fmt::format(R"(<autoFilter ref="{}"/>)", range);
        buffer_ += "</worksheet>";
        TRY_VOID(flush());
        std::string name, quoted;
        escape(name, name_);
        for (const char c : name_) quoted += c == '\'' ? std::string("''") : std::string(1, c);
        std::string sheet;
        escape(sheet, quoted);
        // The name of the filtered range comes last, when the number of rows is known.
        const auto filter =
            columns_.empty()
                ? std::string()
                : fmt::format(
                      R"(<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'{}'!$A$1:${}${}</definedName></definedNames>)",
                      sheet, column_name(columns_.size() - 1), rows_);
        TRY_VOID(part("xl/workbook.xml",
                      fmt::format(R"(<workbook xmlns="{}" xmlns:r="{}"><sheets><sheet name="{}" sheetId="1" r:id="rId1"/></sheets>{}</workbook>)",
                                  spreadsheet, relationships, name, filter)));
        return zip_.finish();
    }

  private:
    base::Result<void> part(std::string name, const std::string& content) {
        TRY_VOID(zip_.begin(std::move(name)));
        return zip_.write(std::string(head) + content);
    }
    base::Result<void> flush() {
        auto done = zip_.write(buffer_);
        buffer_.clear();
        return done;
    }

    void open(std::size_t column, Style style, std::string_view type) {
        buffer_ += "<c r=\"";
        buffer_ += names(column);
        fmt::format_to(std::back_inserter(buffer_), "{}\" s=\"{}\"{}>", rows_, static_cast<int>(style), type);
    }
    const std::string& names(std::size_t column) {
        while (names_.size() <= column) names_.push_back(column_name(names_.size()));
        return names_[column];
    }
    template <class V>
    void number(std::size_t column, Style style, const V& value) {
        open(column, style, "");
        fmt::format_to(std::back_inserter(buffer_), "<v>{}</v></c>", value);
    }

    base::Result<void> text(std::size_t column, Style style, std::string_view value) {
        if (value.size() > most_characters && utf16_length(value) > most_characters)
            return base::invalid(names(column) + std::to_string(rows_),
                                 message("This text is longer than a cell of Excel can hold. Please choose CSV."));
        open(column, style, " t=\"inlineStr\"");
        const bool keep = value.front() == ' ' || value.back() == ' ' || value.find_first_of("\n\t") != std::string_view::npos;
        buffer_ += keep ? "<is><t xml:space=\"preserve\">" : "<is><t>";
        escape(buffer_, value);
        buffer_ += "</t></is></c>";
        return {};
    }

    base::Result<void> add(const Cell& cell, std::size_t column) {
        if (const auto* value = std::get_if<std::string>(&cell)) {
            if (value->empty()) return {};
            return text(column, rows_ == 1 ? style_heading : style_text, *value);
        }
        if (const auto* value = std::get_if<double>(&cell)) {
            if (std::isfinite(*value)) number(column, style_number, *value);
        } else if (const auto* flag = std::get_if<bool>(&cell)) {
            open(column, style_general, " t=\"b\"");
            buffer_ += *flag ? "<v>1</v></c>" : "<v>0</v></c>";
        } else if (const auto* day = std::get_if<base::Day>(&cell)) {
            // Days before 1900 are text in every spreadsheet.
            if (base::year_of(*day) < 1900) return text(column, style_text, text_of(*day));
            number(column, style_day, serial_of(*day));
        } else if (const auto* moment = std::get_if<Moment>(&cell)) {
            if (base::year_of(moment->day) < 1900) return text(column, style_text, text_of(*moment));
            number(column, style_moment, serial_of(moment->day) + moment->second / 86400.0);
        } else if (const auto* cents = std::get_if<base::Cents>(&cell)) {
            open(column, style_amount, "");
            const auto absolute = cents->value < 0 ? -cents->value : cents->value;
            fmt::format_to(std::back_inserter(buffer_), "<v>{}{}.{:02}</v></c>", cents->value < 0 ? "-" : "", absolute / 100, absolute % 100);
        } else if (const auto* fault = std::get_if<Fault>(&cell)) {
            return text(column, style_text, fault->code);
        }
        return {};
    }

    ZipWriter zip_;
    std::string name_;
    std::vector<Column> columns_;
    std::vector<std::string> names_;
    std::string buffer_;
    std::size_t rows_ = 0;
};

}  // namespace

base::Result<std::unique_ptr<Writer>> xlsx_writer(Sink sink, std::string sheet_name, std::vector<Column> columns) {
    auto out = std::make_unique<XlsxWriter>(std::move(sink), std::move(sheet_name), std::move(columns));
    TRY_VOID(out->start());
    return out;
}

}  // namespace sheets
