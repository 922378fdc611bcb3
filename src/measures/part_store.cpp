#include "measures/part_store.h"

#include <fmt/format.h>

#include "evidence/store.h"
#include "platform/audit/api.h"

namespace measures {
namespace {

using base::message;

audit::Values values_of(const Fields& fields) { return {fields.begin(), fields.end()}; }

tl::unexpected<base::Error> gone() { return base::error(base::ErrorKind::not_found, "no such part of the measure"); }

// The fields to save, or the clash. A field the form has not stays as it is.
base::Result<Fields> joined(const std::vector<std::string>& names, const Fields& opened, const Fields& now, const Fields& mine) {
    auto merged = merge(names, opened, now, mine);
    if (!merged.clashes.empty()) return base::error({base::ErrorKind::conflict, "somebody changed the same part in between", {}, "version"});
    return std::move(merged.fields);
}

base::Result<std::vector<Relative>> relatives(db::Connection& c, std::string_view condition, MeasureId id) {
    return c.query<Relative>(
        fmt::format("select m.key, m.title_de, m.title_en, m.state, m.published from measures m where {} order by m.key", condition), {{"id", id}},
        [](const db::Row& row) {
            return Relative{row.text("key"),
                            {row.text("title_de"), row.text("title_en")},
                            state_named(row.text("state")).value_or(State::proposed),
                            row.boolean("published")};
        });
}

}  // namespace

base::Result<Parts> parts_of(db::Connection& c, const Measure& m) {
    Parts parts;
    TRY(auto above, relatives(c, "m.id = (select parent_id from measures where id = :id)", m.id));
    if (!above.empty()) parts.parent = std::move(above.front());
    TRY(parts.children, relatives(c, "m.parent_id = :id", m.id));
    TRY(parts.needs, relatives(c, "m.id in (select needs_id from measure_dependencies where measure_id = :id)", m.id));
    TRY(parts.needed_by, relatives(c, "m.id in (select measure_id from measure_dependencies where needs_id = :id)", m.id));
    TRY(parts.files,
        c.query<Attachment>(
            "select id, file_id, name, title, office, added_on, published from measure_files where measure_id = :id and withdrawn_at is null order by id",
            {{"id", m.id}}, [](const db::Row& row) {
                return Attachment{
                    row.id<AttachmentId>("id"), row.id<files::FileId>("file_id"), row.text("name"), row.text("title"), row.text("office"),
                    row.day("added_on"),        row.boolean("published")};
            }));
    TRY(parts.notes,
        c.query<Note>(
            "select id, written_on, office, text, public from measure_notes where measure_id = :id and withdrawn_at is null order by id desc limit 100",
            {{"id", m.id}}, [](const db::Row& row) {
                return Note{row.id<NoteId>("id"), row.day("written_on"), row.text("office"), row.text("text"), row.boolean("public")};
            }));
    return parts;
}

base::Result<void> change_resource(db::Connection& c, std::string_view key, ResourceId id, const Fields& opened, const Fields& mine, const By& by) {
    TRY(const auto dossier, find(c, key));
    const auto& all = dossier.measure.resources;
    const auto before = std::find_if(all.begin(), all.end(), [&](const Resource& r) { return r.id == id; });
    if (before == all.end()) return gone();
    TRY(const auto fields, joined(resource_field_names(), opened, fields_of(*before), mine));
    TRY(const auto r, with_fields(*before, fields, dossier.measure.schedule));
    TRY_VOID(c.execute(R"sql(
        update measure_resources
           set kind = :kind, budget_line = :budget_line, source = :source, year = :year, planned_cents = :planned, spent_cents = :spent, post_permille = :post,
               project = :project, project_ends_on = :project_ends_on, description = :description, confirmed_by = :confirmed_by, confirmed_on = :confirmed_on
         where id = :id
    )sql",
                       {{"kind", name_of(r.kind)},
                        {"budget_line", r.budget_line},
                        {"source", r.source},
                        {"year", r.year},
                        {"planned", r.planned ? std::optional(r.planned->value) : std::nullopt},
                        {"spent", r.spent ? std::optional(r.spent->value) : std::nullopt},
                        {"post", r.post_permille},
                        {"project", r.project},
                        {"project_ends_on", r.project_ends_on},
                        {"description", r.description},
                        {"confirmed_by", r.confirmed_by},
                        {"confirmed_on", r.confirmed_on},
                        {"id", id}}));
    return audit::record(c, by.actor, by.now, "measures.resource", fmt::format("{}/{}", key, id.value), "change", values_of(fields_of(*before)),
                         values_of(fields_of(r)));
}

base::Result<void> change_milestone(db::Connection& c, std::string_view key, MilestoneId id, const Fields& opened, const Fields& mine, const By& by) {
    TRY(const auto dossier, find(c, key));
    const auto& all = dossier.measure.milestones;
    const auto before = std::find_if(all.begin(), all.end(), [&](const Milestone& m) { return m.id == id; });
    if (before == all.end()) return gone();
    TRY(const auto fields, joined(milestone_field_names(), opened, fields_of(*before), mine));
    TRY(const auto m, with_fields(*before, fields, dossier.measure.schedule, by.today));
    TRY_VOID(c.execute("update measure_milestones set title_de = :de, title_en = :en, due_on = :due_on, reached_on = :reached_on where id = :id",
                       {{"de", m.title.de}, {"en", m.title.en}, {"due_on", m.due_on}, {"reached_on", m.reached_on}, {"id", id}}));
    return audit::record(c, by.actor, by.now, "measures.milestone", fmt::format("{}/{}", key, id.value), "change", values_of(fields_of(*before)),
                         values_of(fields_of(m)));
}

base::Result<void> withdraw_milestone(db::Connection& c, std::string_view key, MilestoneId id, const By& by) {
    TRY(const auto dossier, find(c, key));
    const auto& all = dossier.measure.milestones;
    const auto before = std::find_if(all.begin(), all.end(), [&](const Milestone& m) { return m.id == id; });
    if (before == all.end()) return gone();
    TRY_VOID(c.execute("update measure_milestones set withdrawn_at = :now where id = :id", {{"now", by.now}, {"id", id}}));
    return audit::record(c, by.actor, by.now, "measures.milestone", fmt::format("{}/{}", key, id.value), "withdraw", values_of(fields_of(*before)),
                         {});
}

base::Result<void> remove_dependency(db::Connection& c, std::string_view key, std::string_view needs, const By& by) {
    TRY(const auto touched, c.execute(R"sql(
        delete from measure_dependencies
         where measure_id = (select id from measures where key = :key)
           and needs_id = (select id from measures where key = :needs)
    )sql",
                                      {{"key", key}, {"needs", needs}}));
    if (touched != 1) return gone();
    return audit::record(c, by.actor, by.now, "measures.measure", std::string(key), "wait_no_more", {{"needs", std::string(needs)}}, {});
}

base::Result<AttachmentId> attach(db::Connection& c, std::string_view key, const Attachment& a, const By& by) {
    TRY(const auto dossier, find(c, key));
    if (a.title.empty()) return base::invalid("titel", message("Enter a title."));
    TRY(const auto id,
        c.insert<AttachmentId>(
            "insert into measure_files (measure_id, file_id, name, title, office, added_on, published) values (:measure, :file, :name, :title, :office, :on, :published) returning id",
            {{"measure", dossier.measure.id},
             {"file", a.file},
             {"name", a.name},
             {"title", a.title},
             {"office", by.office},
             {"on", by.today},
             {"published", a.published}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.file", fmt::format("{}/{}", key, id.value), "create", {},
                           {{"title", a.title}, {"name", a.name}, {"published", a.published ? "yes" : "no"}}));
    return id;
}

namespace {
base::Result<void> touch(db::Connection& c, std::string_view sql, std::string_view key, std::int64_t id, db::Parameters more) {
    more.emplace_back("id", id);
    more.emplace_back("key", key);
    TRY(const auto touched, c.execute(sql, more));
    if (touched != 1) return gone();
    return {};
}
}  // namespace

base::Result<void> publish_attachment(db::Connection& c, std::string_view key, AttachmentId id, bool published, const By& by) {
    TRY_VOID(touch(
        c,
        "update measure_files set published = :published where id = :id and withdrawn_at is null and measure_id = (select id from measures where key = :key)",
        key, id.value, {{"published", published}}));
    return audit::record(c, by.actor, by.now, "measures.file", fmt::format("{}/{}", key, id.value), published ? "publish" : "hide", {}, {});
}

base::Result<void> withdraw_attachment(db::Connection& c, std::string_view key, AttachmentId id, const By& by) {
    TRY_VOID(touch(
        c,
        "update measure_files set withdrawn_at = :now where id = :id and withdrawn_at is null and measure_id = (select id from measures where key = :key)",
        key, id.value, {{"now", by.now}}));
    return audit::record(c, by.actor, by.now, "measures.file", fmt::format("{}/{}", key, id.value), "withdraw", {}, {});
}

base::Result<NoteId> add_note(db::Connection& c, std::string_view key, const Note& note, const By& by) {
    TRY(const auto dossier, find(c, key));
    if (note.text.empty()) return base::invalid("text", message("Write the note."));
    TRY(const auto id,
        c.insert<NoteId>(
            "insert into measure_notes (measure_id, written_on, office, text, public) values (:measure, :on, :office, :text, :public) returning id",
            {{"measure", dossier.measure.id}, {"on", by.today}, {"office", by.office}, {"text", note.text}, {"public", note.is_public}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.note", fmt::format("{}/{}", key, id.value), "create", {},
                           {{"public", note.is_public ? "yes" : "no"}, {"text", note.text}}));
    return id;
}

base::Result<void> withdraw_note(db::Connection& c, std::string_view key, NoteId id, const By& by) {
    TRY_VOID(touch(
        c,
        "update measure_notes set withdrawn_at = :now where id = :id and withdrawn_at is null and measure_id = (select id from measures where key = :key)",
        key, id.value, {{"now", by.now}}));
    return audit::record(c, by.actor, by.now, "measures.note", fmt::format("{}/{}", key, id.value), "withdraw", {}, {});
}

void follow_ledger() {
    evidence::on_change([](db::Connection& c, const evidence::Record& record) -> base::Result<void> {
        if (!record.withdrawn_on) return {};
        TRY_VOID(c.execute(
            "update measure_deliveries set withdrawn_on = :on, withdrawn_reason = :reason where evidence = :evidence and withdrawn_on is null",
            {{"on", *record.withdrawn_on}, {"reason", record.withdrawn_reason}, {"evidence", record.key}}));
        return {};
    });
}

}  // namespace measures
