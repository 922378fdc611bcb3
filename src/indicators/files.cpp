#include "indicators/files.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "indicators/desk.h"
#include "platform/sheets/table.h"
#include "platform/web/form.h"

namespace indicators {
namespace {

using base::message;

enum class Field { key, title, period, value, unit, observed_on, note, reason };
struct Heading {
    Field field;
    std::string_view text;
    sheets::Look look = sheets::Look::text;
    int width = 14;
};
constexpr Heading headings[] = {
    {Field::key, "Kennung", sheets::Look::text, 26},     {Field::title, "Indikator", sheets::Look::text, 40},
    {Field::period, "Zeitraum", sheets::Look::text, 10}, {Field::value, "Wert", sheets::Look::number, 12},
    {Field::unit, "Einheit", sheets::Look::text, 14},    {Field::observed_on, "Erhoben am", sheets::Look::day, 12},
    {Field::note, "Anmerkung", sheets::Look::text, 40},  {Field::reason, "Grund der Berichtigung", sheets::Look::text, 30}};

class Reader {
  public:
    Reader(const sheets::Workbook& book, const sheets::Table& table, const std::vector<std::pair<Indicator, std::vector<Value>>>& known,
           base::Day today)
        : sheet_(book.sheets[table.sheet]), table_(table), known_(known), today_(today) {
        for (std::size_t i = 0; i < table.headings.size(); ++i)
            for (const auto& heading : headings)
                if (sheets::folded(table.headings[i]) == sheets::folded(heading.text)) column_.emplace(heading.field, i);
    }
    Reading read() {
        for (const auto& heading : headings)
            if ((heading.field == Field::key || heading.field == Field::period || heading.field == Field::value) && !column_.contains(heading.field))
                out_.mistakes.push_back({"", message("The column “{name}” is missing.", {{"name", std::string(heading.text)}}), 0});
        if (!out_.mistakes.empty()) return std::move(out_);
        for (const auto row : table_.records) read_row(row);
        return std::move(out_);
    }

  private:
    sheets::Cell cell(std::size_t row, Field field) const {
        const auto at = column_.find(field);
        if (at == column_.end() || at->second >= sheet_.rows[row].size()) return {};
        return sheet_.rows[row][at->second];
    }
    void wrong(std::size_t row, Field field, base::Message text) {
        const auto at = column_.find(field);
        out_.mistakes.push_back({sheet_.place(row, at == column_.end() ? 0 : at->second), std::move(text), 0});
    }
    void read_row(std::size_t row) {
        const auto key = sheets::text_of(cell(row, Field::key));
        const auto known = std::find_if(known_.begin(), known_.end(), [&](const auto& each) { return each.first.key == key; });
        if (known == known_.end()) return wrong(row, Field::key, message("There is no indicator “{key}”.", {{"key", key}}));
        Row out{known->first, {}, {}, sheets::text_of(cell(row, Field::reason))};
        auto& v = out.value;
        v.period = sheets::text_of(cell(row, Field::period));
        v.note = sheets::text_of(cell(row, Field::note));
        const auto amount = cell(row, Field::value);
        if (!sheets::is_empty(amount)) {
            // A sheet gives a double; three decimals are what is kept.
            if (const auto n = sheets::number_of(amount)) v.value = Quantity::rounded(*n);
            if (!v.value) return wrong(row, Field::value, message("Enter a number with at most three decimals."));
        }
        const auto day = cell(row, Field::observed_on);
        const auto observed = sheets::is_empty(day) ? std::optional(today_) : sheets::day_of(day);
        if (!observed) return wrong(row, Field::observed_on, message("This is no day: write it as 31.12.2019."));
        v.observed_on = *observed;
        if (!seen_.emplace(key, v.period).second) return wrong(row, Field::period, message("This period stands in the file twice."));
        for (const auto& before : known->second) {
            if (before.withdrawn_on || before.period != v.period) continue;
            if (before.value == v.value && (sheets::is_empty(day) || before.observed_on == v.observed_on)) {
                ++out_.unchanged;
                return;
            }
            out.corrects = before.evidence;
        }
        for (auto& mistake : mistakes_in(v, known->first, today_))
            wrong(row,
                  mistake.field == "period" ? Field::period
                  : mistake.field == "note" ? Field::note
                                            : Field::observed_on,
                  std::move(mistake.message));
        if (!out.corrects.empty() && out.reason.empty())
            wrong(row, Field::reason, message("There is another value for this period: give the reason for the correction."));
        out_.rows.push_back(std::move(out));
    }

    const sheets::Sheet& sheet_;
    const sheets::Table& table_;
    const std::vector<std::pair<Indicator, std::vector<Value>>>& known_;
    base::Day today_;
    std::map<Field, std::size_t> column_;
    std::set<std::pair<std::string, std::string>> seen_;
    Reading out_;
};

class Pages {
  public:
    explicit Pages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> file(const web::Context& context, sheets::Format format) const {
        TRY(auto everything, desk_.database.read([](db::Connection& c) { return all_with_values(c); }));
        std::erase_if(everything, [&](const auto& each) { return !sees(context, each.first); });
        for (auto& [i, values] : everything) {
            values = shown(context, std::move(values));
            if (!context.actor.signed_in())
                for (auto& v : values) v.note.clear();  // notes are for those who work here
        }
        std::string bytes;
        TRY(const auto writer, sheets::writer(format, sheets::into(bytes), "Indikatoren", file_columns()));
        TRY_VOID(write_values(*writer, everything));
        return web::download(std::move(bytes), sheets::media_type(format), format == sheets::Format::csv ? "indikatoren.csv" : "indikatoren.xlsx");
    }
    base::Result<http::Response> form(const http::Request&, const web::Context& context) const {
        if (!keeps(context)) return hidden();
        return form_page(context, {});
    }
    base::Result<http::Response> take(const http::Request& request, const web::Context& context) const {
        if (!keeps(context)) return hidden();
        const auto upload =
            std::find_if(request.uploads.begin(), request.uploads.end(), [](const http::Upload& u) { return u.field == "datei" && u.size > 0; });
        if (upload == request.uploads.end()) return form_page(context, {{"datei", message("Please choose a file."), 0}});
        if (upload->size > sheets::Limits{}.file) return base::error(base::ErrorKind::too_large, "a file of values beyond the limit");
        std::ifstream in(upload->path, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(in)), {});
        std::size_t unchanged = 0, taken = 0;
        const auto done = desk_.change(context, [&](db::Connection& c, const By& by) -> base::Result<void> {
            TRY(const auto known, all_with_values(c));
            TRY(auto reading, read_values(bytes, known, context.today));
            if (!reading.mistakes.empty())
                return base::error({base::ErrorKind::invalid_input, "a file of values refused", std::move(reading.mistakes), "file"});
            for (const auto& row : reading.rows) {
                const auto entered = row.corrects.empty() ? enter(c, row.indicator, row.value, by)
                                                          : correct(c, row.indicator, row.corrects, row.value, row.reason, by);
                TRY_VOID(entered);
            }
            unchanged = reading.unchanged;
            taken = reading.rows.size();
            return {};
        });
        if (!done && done.error().fields.empty()) return tl::unexpected(done.error());
        if (!done) return form_page(context, done.error().fields);
        return web::see_other(context, "/indikatoren",
                              message("{taken} values are read in, {left} were known already.",
                                      {{"taken", std::to_string(taken)}, {"left", std::to_string(unchanged)}}));
    }

  private:
    base::Result<http::Response> form_page(const web::Context& context, const std::vector<base::FieldError>& mistakes) const {
        web::Form form(context, {.action = "/indikatoren/einlesen", .submit = message("Read in"), .cancel_url = "/indikatoren", .multipart = true});
        if (!mistakes.empty()) {
            base::Error shown{base::ErrorKind::invalid_input, {}, {}, {}};
            for (const auto& m : mistakes)
                shown.fields.push_back({"datei",
                                        m.field.empty() || m.field == "datei"
                                            ? m.message
                                            : message("{place}: {text}", {{"place", m.field}, {"text", context.say(m.message)}}),
                                        0});
            form.error(shown);
        }
        form.file("datei", message("Excel file (XLSX) or CSV"),
                  {.hint = message("With the columns of the download. A file with a mistake is refused whole; every mistake is named with its cell."),
                   .accept = ".xlsx,.csv,.txt"});
        return web::page(context,
                         {.title = message("Read in values"),
                          .crumbs = {{message("Indicators"), "/indikatoren"}},
                          .status = mistakes.empty() ? 200 : 422,
                          .index = false},
                         form.html());
    }
    Desk desk_;
};

}  // namespace

std::vector<sheets::Column> file_columns() {
    std::vector<sheets::Column> out;
    for (const auto& heading : headings) out.push_back({std::string(heading.text), heading.look, heading.width});
    return out;
}

base::Result<void> write_values(sheets::Writer& writer, const std::vector<std::pair<Indicator, std::vector<Value>>>& everything) {
    for (const auto& [i, values] : everything)
        for (const auto& v : current(values)) {
            const sheets::Cell cells[] = {i.key,     i.title.de,    v.period, v.value ? sheets::Cell(v.value->value()) : sheets::Cell(),
                                          i.unit.de, v.observed_on, v.note,   {}};
            TRY_VOID(writer.row(cells));
        }
    return writer.finish();
}

base::Result<Reading> read_values(std::string_view bytes, const std::vector<std::pair<Indicator, std::vector<Value>>>& known, base::Day today) {
    TRY(const auto book, sheets::read(bytes));
    TRY(const auto table, sheets::table_of(book));
    return Reader(book, table, known, today).read();
}

void mount_files(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<Pages>(desk);
    for (const auto format : {sheets::Format::csv, sheets::Format::xlsx})
        router.get(format == sheets::Format::csv ? "/indikatoren.csv" : "/indikatoren.xlsx",
                   desk.site.page([pages, format](const http::Request&, const web::Context& c) { return pages->file(c, format); }));
    router.get("/indikatoren/einlesen", desk.site.page([pages](const http::Request& r, const web::Context& c) { return pages->form(r, c); }));
    router.post("/indikatoren/einlesen", desk.site.page([pages](const http::Request& r, const web::Context& c) { return pages->take(r, c); }));
}

}  // namespace indicators
