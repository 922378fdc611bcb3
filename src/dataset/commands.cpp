#include <ostream>

#include "dataset/api.h"
#include "dataset/check.h"

namespace dataset {
namespace {

int refused(const base::Error& error, std::ostream& err) {
    err << dataset::describe(error) << '\n';
    return 2;
}

}  // namespace

int load_command(db::Database& database, const std::filesystem::path& directory, const base::Clock& clock, Again again, std::ostream& out,
                 std::ostream& err) {
    const auto report = load(database, directory, clock);
    if (!report && again == Again::skip && report.error().code == "data_set_loaded") {
        out << dataset::describe(report.error()) << '\n';
        return 0;
    }
    if (!report) return refused(report.error(), err);
    for (const auto& remark : report->remarks) err << base::in_english(remark) << '\n';
    out << "Loaded " << report->key << ": " << report->clauses << " clauses, " << report->duties << " duties, " << report->evidence
        << " records of evidence";
    if (report->evidence > 0) out << (report->recorded_days_kept ? " (recorded days kept)" : " (recorded today)");
    out << (report->sample ? "; a sample.\n" : ".\n");
    return 0;
}

int export_command(db::Database& database, const std::filesystem::path& directory, std::ostream& out, std::ostream& err) {
    const auto report = export_to(database, directory);
    if (!report) return refused(report.error(), err);
    for (const auto& file : report->files) out << file.string() << '\n';
    return 0;
}

int remove_sample_command(db::Database& database, const base::Clock& clock, std::ostream& out, std::ostream& err) {
    if (const auto removed = remove_sample(database, clock); !removed) return refused(removed.error(), err);
    out << "The sample is removed.\n";
    return 0;
}

int check_command(const std::filesystem::path& directory, std::ostream& out, std::ostream& err) {
    auto parsed = parse_directory(directory);
    if (!parsed) return refused(parsed.error(), err);
    Known known;
    if (const auto& extends = parsed->data.header.extends; !extends.empty()) {
        auto neighbour = parse_directory(std::filesystem::absolute(directory).lexically_normal().parent_path() / extends);
        if (!neighbour) return refused(neighbour.error(), err);
        const auto checked = check(std::move(*neighbour));
        if (!checked) return refused(checked.error(), err);
        known = known_from(*checked);
    }
    const auto data = check(std::move(*parsed), known);
    if (!data) return refused(data.error(), err);
    for (const auto& remark : remarks_on(*data)) err << base::in_english(remark) << '\n';
    out << data->header.key << " is well: " << data->clauses.size() << " clauses, " << data->statements.size() << " statements, "
        << data->duties.size() << " duties, " << data->evidence.size() << " records of evidence.\n";
    return 0;
}

int accounts_command(const std::filesystem::path& directory, std::ostream& out, std::ostream& err) {
    const auto parsed = parse_directory(directory);
    if (!parsed) return refused(parsed.error(), err);
    for (const auto& [account, at] : parsed->data.accounts)
        out << "  " << account.sign_in << " / " << account.password << "  (" << account.display_name << ")\n";
    return 0;
}

}  // namespace dataset
