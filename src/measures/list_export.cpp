#include "measures/list_export.h"

#include "evidence/kinds.h"
#include "measures/list_words.h"
#include "platform/sheets/table.h"

namespace measures {
namespace {

// As many as are read at once: small enough that pages in between hardly wait.
constexpr int chunk = 500;

class Cells {
  public:
    Cells(const std::vector<network::Bearer>& bearers, Audience audience) : audience_(audience) {
        std::map<std::string, int> times;
        for (const auto& bearer : bearers) ++times[sheets::folded(bearer.name.de)];
        // A name two offices share says nothing; there the key stands.
        for (const auto& bearer : bearers) names_[bearer.key] = times[sheets::folded(bearer.name.de)] == 1 ? bearer.name.de : bearer.key;
        for (const auto& kind : evidence::kinds()) kinds_[std::string(kind.name)] = kind.de;
    }

    void fill(const Measure& m, std::vector<sheets::Cell>& row) {
        row.clear();
        const auto fields = fields_of(m);
        for (const auto& column : list_columns()) {
            if (audience_ == Audience::everybody && column.audience == Audience::internal) continue;
            if (column.field == "zustand")
                row.emplace_back(word_of_choice("zustand", std::string(name_of(m.state))));
            else
                row.push_back(cell(column, fields.at(std::string(column.field)), m));
        }
    }

  private:
    sheets::Cell cell(const ListColumn& column, const std::string& value, const Measure& m) const {
        if (value.empty()) return {};
        if (column.look == sheets::Look::day) {
            if (const auto day = base::parse_iso_day(value)) return *day;
        } else if (column.look == sheets::Look::number) {
            if (const auto number = sheets::number_of(value)) return *number;
        } else if (column.field == "verantwortlich") {
            return name(value);
        } else if (column.field == "gemeinschaftlich") {
            return names(m.joint);
        } else if (column.field == "mitwirkende") {
            return names(m.coworkers);
        } else if (column.field == "nachweisart") {
            const auto kind = kinds_.find(value);
            return kind == kinds_.end() ? value : kind->second;
        } else if (column.field == "art" || column.field == "rhythmus" || column.field.starts_with("kriterium_")) {
            return word_of_choice(column.field, value);
        }
        return value;
    }
    std::string name(const std::string& key) const {
        const auto found = names_.find(key);
        return found == names_.end() ? key : found->second;
    }
    std::string names(const std::vector<std::string>& keys) const {
        std::string out;
        for (const auto& key : keys) out += (out.empty() ? "" : "; ") + name(key);
        return out;
    }

    Audience audience_;
    std::map<std::string, std::string> names_, kinds_;
};

}  // namespace

std::vector<sheets::Column> export_columns(Audience audience) {
    std::vector<sheets::Column> out;
    for (const auto& column : list_columns())
        if (audience == Audience::internal || column.audience == Audience::everybody)
            out.push_back({std::string(column.heading), column.look, column.width});
    return out;
}

base::Result<void> export_list(db::Connection& c, Filter filter, Audience audience, sheets::Writer& writer,
                               const std::function<base::Result<void>(std::size_t)>& progress) {
    TRY(const auto bearers, network::bearers(c));
    Cells cells(bearers, audience);
    filter.read = Filter::Read::form;
    filter.per_page = chunk;
    std::vector<sheets::Cell> row;
    std::size_t written = 0;
    for (filter.page = 1;; ++filter.page) {
        TRY(const auto page, list(c, filter));
        for (const auto& dossier : page.dossiers) {
            cells.fill(dossier.measure, row);
            TRY_VOID(writer.row(row));
        }
        written += page.dossiers.size();
        if (progress) TRY_VOID(progress(written));
        if (page.dossiers.size() < chunk) return writer.finish();
    }
}

}  // namespace measures
