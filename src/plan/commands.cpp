#include "plan/commands.h"

#include <ostream>

#include "plan/drafts.h"

namespace plan {
namespace {

void show(const importing::FoundPlan& found, std::ostream& out) {
    out << found.title << "\n\n";
    for (const auto& clause : found.clauses) {
        out << (clause.number.empty() ? "–" : clause.number) << (clause.heading.empty() ? "" : "  ") << clause.heading;
        if (clause.modality) out << "  [" << name_of(*clause.modality) << ", " << clause.statements.size() << "]";
        out << "\n";
    }
    for (const auto& warning : found.warnings)
        out << "\n! " << (warning.line > 0 ? "line " + std::to_string(warning.line) + ": " : "") << base::in_english(warning.message);
    if (!found.warnings.empty()) out << "\n";
}

}  // namespace

int import_command(const ImportOptions& options, db::Database* database, const By& by, std::ostream& out, std::ostream& err) {
    const auto format = importing::format_named(options.format);
    if (!format) {
        err << "unknown format \"" << options.format << "\"; use auto, text, pdf, docx or odt\n";
        return 2;
    }
    if (!options.dry_run && !database) {
        err << "say where the draft is kept (--data DIR or --database URL), or ask for --dry-run\n";
        return 2;
    }
    const auto found = importing::import_file(options.file, *format);
    if (!found) {
        for (const auto& f : found.error().fields) err << base::in_english(f.message) << "\n";
        if (found.error().fields.empty()) err << base::describe(found.error()) << "\n";
        return 1;
    }
    if (options.dry_run) {
        if (options.json)
            out << importing::to_json(*found) << "\n";
        else
            show(*found, out);
        return 0;
    }
    const auto name = options.file.filename().string();
    const auto done = database->write([&](db::Connection& c) -> base::Result<std::string> {
        if (!options.again.empty()) {
            TRY(const auto plan, find_plan_by_key(c, options.again));
            std::set<StatementId> held;
            if (options.with_duty) { TRY(held, options.with_duty(c)); }
            TRY(const auto again, reimport(c, plan.id, *found, by, held));
            return fmt::format("{}: {} clauses unchanged, {} changed, {} new, {} left out; {} statements kept, {} new, {} removed", options.again,
                               again.unchanged, again.changed, again.added, again.left_out, again.statements_kept, again.statements_added,
                               again.statements_removed);
        }
        TRY(const auto id, save_draft(c, *found, {.key = options.key, .name = name, .sha256 = {}, .continues = {}}, by));
        TRY(const auto plan, find_plan(c, id));
        return fmt::format("{}: kept as a draft with {} clauses", plan.key, found->clauses.size());
    });
    if (!done) {
        err << base::describe(done.error()) << "\n";
        return 1;
    }
    out << *done << "\n";
    return 0;
}

}  // namespace plan
