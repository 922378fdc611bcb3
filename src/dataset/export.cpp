#include <fstream>

#include "dataset/api.h"
#include "dataset/read_database.h"
#include "dataset/store.h"
#include "dataset/write.h"

namespace dataset {
namespace {

base::Result<void> put(const std::filesystem::path& directory, const Dataset& data, std::vector<std::filesystem::path>& files) {
    std::error_code failed;
    std::filesystem::create_directories(directory, failed);
    if (failed) return base::invalid("", base::message("The file {file} cannot be written.", {{"file", directory.string()}}));
    for (const auto& [name, text] : written(data)) {
        const auto path = directory / name;
        std::ofstream out(path, std::ios::binary);
        out << text;
        out.flush();
        if (!out) return base::invalid("", base::message("The file {file} cannot be written.", {{"file", path.string()}}));
        files.push_back(path);
    }
    return {};
}

}  // namespace

base::Result<ExportReport> export_to(db::Database& database, const std::filesystem::path& directory) {
    std::error_code failed;
    if (std::filesystem::exists(directory, failed) && !std::filesystem::is_empty(directory, failed))
        return base::invalid("", base::message("The directory {directory} is not empty. Please name a new one; nothing was written.",
                                               {{"directory", directory.string()}}));
    // One state of the database, however long the files take.
    const auto read = [](db::Connection& c) -> base::Result<std::pair<Dataset, Dataset>> {
        TRY(auto base, read_database(c, Part::base));
        TRY(auto sample, read_database(c, Part::sample));
        return std::pair{std::move(base), std::move(sample)};
    };
    TRY(auto parts, database.read(read));
    auto& [base_part, sample_part] = parts;
    if (base_part.header.key.empty())
        base_part.header = {base_part.municipality ? base_part.municipality->value.key : "export", {"Export", "Export"}, "", false};
    ExportReport report;
    TRY_VOID(put(directory, base_part, report.files));
    if (!sample_part.header.key.empty()) TRY_VOID(put(directory / "sample", sample_part, report.files));
    return report;
}

base::Result<std::vector<KeyFigure>> key_figures(db::Connection& c, const std::string& plan) {
    TRY(const auto all, figures(c));
    TRY(const auto observed, values(c));
    TRY(const auto to_check, checks(c));
    std::map<std::pair<std::string, std::string>, std::string> comes_out;
    for (const auto& f : findings(to_check, observed)) comes_out[{f.stated, f.period}] = f.comes_out.text();
    std::vector<KeyFigure> out;
    for (const auto& [i, at] : all) {
        if (i.plan != plan) continue;
        for (const auto& [o, there] : observed)
            if (o.indicator == i.key)
                out.push_back({i.key, i.plan, i.clause, o.period, i.title, i.unit, i.source, i.definition, o.note, o.value ? o.value->text() : "",
                               comes_out[{i.key, o.period}]});
    }
    return out;
}

}  // namespace dataset
