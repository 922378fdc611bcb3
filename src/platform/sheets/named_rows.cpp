#include "platform/sheets/named_rows.h"

#include <algorithm>
#include <charconv>

namespace sheets {

using base::message;

NamedRows::NamedRows(const Sheet& sheet, const std::vector<std::string>& known, const std::vector<std::string>& needed,
                     std::vector<base::FieldError>& mistakes)
    : sheet_(&sheet), mistakes_(&mistakes) {
    const auto before = mistakes.size();
    if (!sheet.rows.empty())
        for (std::size_t i = 0; i < sheet.rows.front().size(); ++i) {
            const auto name = text_of(sheet.rows.front()[i]);
            if (name.empty()) continue;
            if (std::find(known.begin(), known.end(), name) == known.end())
                mistakes.push_back({sheet.place(0, i), message("The column “{name}” is not known.", {{"name", name}}), 0});
            else
                columns_[name] = i;
        }
    for (const auto& name : needed)
        if (!columns_.contains(name)) mistakes.push_back({"", message("The column “{name}” is missing.", {{"name", name}}), 0});
    if (mistakes.size() != before) return;
    for (std::size_t i = 1; i < sheet.rows.size(); ++i)
        if (!std::all_of(sheet.rows[i].begin(), sheet.rows[i].end(), is_empty)) rows_.push_back(NamedRow(*this, i));
}

bool NamedRow::has(const std::string& column) const { return of_->columns_.contains(column); }

std::string NamedRow::text(const std::string& column) const {
    const auto it = of_->columns_.find(column);
    const auto& row = of_->sheet_->rows[row_];
    return it == of_->columns_.end() || it->second >= row.size() ? std::string() : text_of(row[it->second]);
}

std::optional<base::Day> NamedRow::day(const std::string& column) const {
    const auto written = text(column);
    if (written.empty()) return {};
    const auto day = base::parse_day(written);
    if (!day) wrong(column, message("A day is expected, such as 30.06.2018."));
    return day;
}

bool NamedRow::truth(const std::string& column, bool otherwise) const {
    const auto written = text(column);
    if (written.empty()) return otherwise;
    if (written == "ja" || written == "yes" || written == "true" || written == "1") return true;
    if (written != "nein" && written != "no" && written != "false" && written != "0") wrong(column, message("“ja” or “nein” is expected."));
    return false;
}

std::optional<int> NamedRow::number(const std::string& column, int least, int most) const {
    const auto written = text(column);
    if (written.empty()) return {};
    int value = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (error == std::errc() && end == written.data() + written.size() && least <= value && value <= most) return value;
    wrong(column, message("A number from {least} to {most} is expected.", {{"least", std::to_string(least)}, {"most", std::to_string(most)}}));
    return {};
}

std::string NamedRow::place(const std::string& column) const {
    const auto it = of_->columns_.find(column);
    return of_->sheet_->place(row_, it == of_->columns_.end() ? 0 : it->second);
}

void NamedRow::wrong(const std::string& column, base::Message m) const { of_->mistakes_->push_back({place(column), std::move(m), 0}); }

}  // namespace sheets
