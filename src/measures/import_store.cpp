#include "measures/import_store.h"

#include <algorithm>

#include "evidence/kinds.h"
#include "measures/input_rules.h"
#include "measures/list_columns.h"
#include "measures/list_filter.h"
#include "measures/list_words.h"
#include "plan/api.h"
#include "platform/audit/api.h"
#include "platform/sheets/places.h"

namespace measures {
namespace {

using base::message;

base::Result<Known> read_known(db::Connection& c, base::Day today) {
    Known out;
    TRY(const auto bearers, network::bearers(c));
    for (const auto& bearer : bearers) out.offices.push_back({bearer.key, bearer.name.de, bearer.short_name.de});
    TRY(const auto plans, plan::plans(c));
    out.plan = plan_in_force(plans);
    for (const auto& plan : plans) {
        TRY(const auto statements, plan::statements_of(c, plan.id, plan.valid_until && *plan.valid_until < today ? *plan.valid_until : today));
        for (const auto& statement : statements) out.statements.push_back({plan.key, statement.key});
    }
    out.choices = words_of_choices();
    TRY_VOID(c.for_each("select key, title_de from measures order by key", {}, [&](const db::Row& row) {
        out.titles.emplace(sheets::folded(row.text("title_de")), row.text("key"));
        out.keys.insert(row.text("key"));
    }));
    TRY_VOID(c.for_each("select m.key, s.plan, s.statement from measure_statements s join measures m on m.id = s.measure_id order by m.key", {},
                        [&](const db::Row& row) { out.rests_on[row.text("key")].insert({row.text("plan"), row.text("statement")}); }));
    return out;
}

// Where the reader of a form says "titel", the person with the file reads "Tabelle1!C7". A cell that could not even be read is told once.
void take_mistakes(ImportPlan& plan, const Upload& upload, const std::set<std::string>& unreadable, std::size_t row,
                   std::vector<base::FieldError> mistakes) {
    const auto& sheet = upload.sheet();
    for (auto& mistake : mistakes) {
        auto place = place_of(sheet, upload.mapping, row, mistake.field);
        const bool has_column = std::find(upload.mapping.begin(), upload.mapping.end(), mistake.field) != upload.mapping.end();
        if (has_column && unreadable.contains(place)) continue;
        plan.mistakes.push_back({std::move(place), std::move(mistake.message), sheet.lines[row]});
    }
}

}  // namespace

base::Result<UploadId> keep_upload(db::Connection& c, const std::string& name, const std::string& bytes, const By& by) {
    TRY(const auto book, sheets::read(bytes));
    TRY(const auto table, sheets::table_of(book));
    TRY(const auto remembered, c.query_one<std::string>("select mapping from measure_mappings where headings = :headings",
                                                        {{"headings", heading_key(table)}}, [](const db::Row& row) { return row.text("mapping"); }));
    const auto mapping = remembered ? mapping_of(*remembered, table.headings.size()) : proposed_mapping(table, book.sheets[table.sheet]);
    TRY_VOID(c.execute("delete from measure_uploads where uploaded_at < :old", {{"old", by.now - std::chrono::hours(7 * 24)}}));
    return c.insert<UploadId>(
        R"sql(
        insert into measure_uploads (account_id, name, content, mapping, uploaded_at)
        values (:account, :name, :content, :mapping, :now)
        returning id
    )sql",
        {{"account", by.actor.account}, {"name", name}, {"content", db::Blob{bytes}}, {"mapping", to_text(mapping)}, {"now", by.now}});
}

base::Result<Upload> find_upload(db::Connection& c, UploadId id, const By& by) {
    struct Kept {
        std::string name, bytes, mapping;
    };
    TRY(const auto kept, c.query_one<Kept>("select name, content, mapping from measure_uploads where id = :id and account_id = :account",
                                           {{"id", id}, {"account", by.actor.account}}, [](const db::Row& row) {
                                               return Kept{row.text("name"), row.blob("content").bytes, row.text("mapping")};
                                           }));
    if (!kept) return base::error(base::ErrorKind::not_found, "no such upload of this account");
    Upload out;
    out.id = id;
    out.name = kept->name;
    TRY(out.book, sheets::read(kept->bytes));
    TRY(out.table, sheets::table_of(out.book));
    out.mapping = mapping_of(kept->mapping, out.table.headings.size());
    return out;
}

base::Result<void> change_mapping(db::Connection& c, const Upload& upload, const Mapping& mapping, const By& by) {
    TRY_VOID(c.execute("update measure_uploads set mapping = :mapping where id = :id", {{"mapping", to_text(mapping)}, {"id", upload.id}}));
    TRY_VOID(c.execute(R"sql(
        insert into measure_mappings (headings, mapping, saved_at) values (:headings, :mapping, :now)
            on conflict (headings) do update set mapping = excluded.mapping, saved_at = excluded.saved_at
    )sql",
                       {{"headings", heading_key(upload.table)}, {"mapping", to_text(mapping)}, {"now", by.now}}));
    return {};
}

base::Result<void> drop_upload(db::Connection& c, UploadId id, const By& by) {
    TRY_VOID(c.execute("delete from measure_uploads where id = :id and account_id = :account", {{"id", id}, {"account", by.actor.account}}));
    return {};
}

std::size_t ImportPlan::count(ImportItem::What what) const {
    return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [what](const ImportItem& item) { return item.what == what; }));
}
std::size_t ImportPlan::doubtful() const {
    return static_cast<std::size_t>(
        std::count_if(items.begin(), items.end(), [](const ImportItem& item) { return item.what == ImportItem::What::fresh && !item.like.empty(); }));
}

base::Result<ImportPlan> plan_import(db::Connection& c, const Upload& upload, base::Day today) {
    ImportPlan out;
    if (out.mistakes = mistakes_in(upload.mapping, upload.table); !out.mistakes.empty()) return out;
    TRY(const auto known, read_known(c, today));
    auto reading = read_rows(upload.sheet(), upload.table, upload.mapping, known);
    out.mistakes = std::move(reading.mistakes);
    std::set<std::string> unreadable;
    for (const auto& mistake : out.mistakes) unreadable.insert(mistake.field);

    // Measures the file names by number are read once, all together.
    std::map<std::string, Measure> there;
    const bool names_any = std::any_of(reading.rows.begin(), reading.rows.end(), [&](const ReadRow& row) {
        const auto key = row.fields.find("kennung");
        return key != row.fields.end() && known.keys.contains(key->second);
    });
    if (names_any) {
        Filter all;
        all.per_page = 0;
        // Resources only where the file brings some to compare them with.
        const bool brings_means = std::any_of(reading.rows.begin(), reading.rows.end(), [](const ReadRow& row) { return row.means.has_value(); });
        all.read = brings_means ? Filter::Read::everything : Filter::Read::form;
        TRY(auto page, list(c, all));
        for (auto& dossier : page.dossiers) there.emplace(dossier.measure.key, std::move(dossier.measure));
    }
    for (auto& row : reading.rows) {
        ImportItem item;
        item.row = row.row;
        item.like = row.like;
        const auto key = row.fields.find("kennung");
        const auto existing = key == row.fields.end() ? there.end() : there.find(key->second);
        const auto before = existing == there.end() ? Measure{} : existing->second;
        // Amounts without a budget line become a remark; beside a note that no column holds, so that the note stays.
        if (existing != there.end() && std::find(upload.mapping.begin(), upload.mapping.end(), "notiz") == upload.mapping.end())
            if (const auto note = row.fields.find("notiz"); note != row.fields.end() && !before.internal_note.empty())
                note->second =
                    before.internal_note.find(note->second) != std::string::npos ? before.internal_note : before.internal_note + "\n" + note->second;
        auto read = with_fields(before, row.fields, today);
        if (!read) {
            take_mistakes(out, upload, unreadable, row.row, std::move(read.error().fields));
            continue;
        }
        item.measure = std::move(*read);
        if (row.means) {
            auto& means = *row.means;
            const auto& schedule = item.measure.schedule;
            // A measure within one year needs no column that says which year its means are for.
            if (!means.year && schedule.starts_on && schedule.ends_on && base::year_of(*schedule.starts_on) == base::year_of(*schedule.ends_on))
                means.year = base::year_of(*schedule.ends_on);
            const bool there_already = std::any_of(before.resources.begin(), before.resources.end(), [&](const Resource& r) {
                return r.kind == means.kind && r.budget_line == means.budget_line && r.year == means.year && r.planned == means.planned;
            });
            if (!there_already) {
                auto mistakes = mistakes_in(means, schedule);
                for (auto& mistake : mistakes)
                    mistake.field = mistake.field == "planned" ? amount_field : mistake.field == "year" ? year_field : line_field;
                take_mistakes(out, upload, unreadable, row.row, std::move(mistakes));
                item.means = std::move(means);
            }
        }
        if (existing != there.end()) {
            item.same_fields = fields_of(before) == fields_of(item.measure);
            item.what = item.same_fields && !item.means ? ImportItem::What::unchanged : ImportItem::What::changed;
            if (!obstacles_to_rescheduling(before, {item.measure.schedule, "", {}}, today).empty())
                take_mistakes(
                    out, upload, unreadable, row.row,
                    {{"ende", message("{number} binds: its dates move only by a resolution. Change them on its own page.", {{"number", before.key}}),
                      0}});
        } else {
            if (key != row.fields.end()) item.measure.key = key->second;
            if (item.means) item.measure.resources.push_back(*item.means);
            if (const auto& above = item.measure.parent_key; !above.empty() && !known.keys.contains(above))
                take_mistakes(out, upload, unreadable, row.row, {{"gehoert_zu", message("There is no measure with this number."), 0}});
        }
        out.items.push_back(std::move(item));
    }
    sheets::in_reading_order(out.mistakes);
    return out;
}

base::Result<Imported> take_over(db::Connection& c, const Upload& upload, Doubles doubles, const By& by) {
    TRY(auto plan, plan_import(c, upload, by.today));
    if (!plan.mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, "a list with mistakes is not taken over", std::move(plan.mistakes), {}});
    Imported out;
    std::vector<Measure> fresh;
    for (auto& item : plan.items) {
        if (item.what == ImportItem::What::changed) {
            if (!item.same_fields) TRY_VOID(save(c, item.measure, item.measure.version, {item.measure.schedule, "", {}}, by));
            if (item.means) TRY_VOID(add_resource(c, item.measure.key, *item.means, by));
            ++out.changed;
        } else if (item.what == ImportItem::What::fresh && (item.like.empty() || doubles == Doubles::take_over)) {
            fresh.push_back(std::move(item.measure));
        } else {
            ++out.left;
        }
    }
    out.created = fresh.size();
    TRY_VOID(create_all(c, std::move(fresh), by));
    TRY_VOID(change_mapping(c, upload, upload.mapping, by));
    TRY_VOID(drop_upload(c, upload.id, by));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.import", upload.name, "import", {},
                           {{"created", std::to_string(out.created)}, {"changed", std::to_string(out.changed)}, {"left", std::to_string(out.left)}}));
    return out;
}

}  // namespace measures
