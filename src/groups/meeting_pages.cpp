// /netzwerke/{key}/treffen: meetings with agenda, attendance, minutes and tasks.
#include <fstream>
#include <sstream>

#include "groups/desk.h"
#include "groups/rules.h"
#include "platform/web/page.h"

namespace groups {
namespace {

using base::message;

class MeetingPages {
  public:
    explicit MeetingPages(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> create_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY_VOID(Desk::editors_only(context, s));
        Meeting fresh;
        fresh.group = s.group.id;
        fresh.on = context.today;
        fresh.state = MeetingState::held;
        fresh.title = s.group.title;
        return form_page(context, s, fresh, nullptr, nullptr);
    }
    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY_VOID(Desk::editors_only(context, s));
        TRY(const auto m, here(request, context, s));
        return form_page(context, s, m, nullptr, nullptr);
    }
    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY(const auto m, here(request, context, s));
        return page_of(context, s, m, nullptr);
    }
    base::Result<http::Response> create(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        Meeting fresh;
        fresh.group = s.group.id;
        return save_it(request, context, s, fresh);
    }
    base::Result<http::Response> update(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY(const auto m, here(request, context, s));
        return save_it(request, context, s, m);
    }
    base::Result<http::Response> remove(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY_VOID(Desk::editors_only(context, s));
        TRY(const auto m, here(request, context, s));
        TRY_VOID(desk_->change([&](db::Connection& c) { return withdraw_meeting(c, m.id, desk_->by(context)); }));
        return web::see_other(context, url_of(s.group), message("The meeting is withdrawn, and so is its evidence; the history keeps both."));
    }
    base::Result<http::Response> new_task(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY_VOID(Desk::editors_only(context, s));
        TRY(const auto m, here(request, context, s));
        web::Input input(request.form);
        Task t;
        t.title = input.text("task", {.most = 300});
        t.bearer = input.text("bearer", {.required = false, .most = 60});
        t.due = input.day("due", false);
        if (!input.ok()) {
            const auto refused = web::refused(request, input.error());
            return page_of(context, s, m, &refused);
        }
        TRY_VOID(desk_->change([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(add_task(c, m.id, t, desk_->by(context)));
            return {};
        }));
        return web::see_other(context, url_of(s.group, m), message("The task is recorded."));
    }
    base::Result<http::Response> task_done(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY_VOID(Desk::editors_only(context, s));
        TRY(const auto m, here(request, context, s));
        TaskId id;
        for (const auto& t : m.tasks)
            if (t.id.value == request.id("task")) id = t.id;
        TRY_VOID(desk_->change([&](db::Connection& c) { return finish_task(c, id, context.today, desk_->by(context)); }));
        return web::see_other(context, url_of(s.group, m), message("The task is done."));
    }
    base::Result<http::Response> minutes_file(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY(const auto m, here(request, context, s));
        // Minutes name people: they stay inside.
        if (!context.actor.signed_in() || !m.minutes_file) return base::error(base::ErrorKind::not_found, "no file for everybody");
        TRY(const auto described, desk_->database.read([&](db::Connection& c) { return files::describe(c, m.minutes_file); }));
        TRY(auto bytes, desk_->database.read([&](db::Connection& c) { return files::bytes_of(c, m.minutes_file); }));
        return web::download(std::move(bytes), described.content_type, m.minutes_name);
    }

  private:
    base::Result<Meeting> here(const http::Request& request, const web::Context& context, const Shelf& s) const {
        TRY(auto m, desk_->database.read([&](db::Connection& c) { return meeting(c, MeetingId{request.id("meeting")}); }));
        if (m.group != s.group.id || (!m.published && !context.actor.signed_in()))
            return base::error(base::ErrorKind::not_found, "no such meeting here");
        return m;
    }

    base::Result<http::Response> save_it(const http::Request& request, const web::Context& context, const Shelf& s, Meeting m) const {
        TRY_VOID(Desk::editors_only(context, s));
        const auto version_now = m.version;
        web::Input input(request.form);
        m.version = input.number("version", 1, 1'000'000'000, false).value_or(m.version);
        m.on = input.day("on").value_or(base::Day{});
        m.state = meeting_state_named(input.choice("state", {"planned", "held", "cancelled"})).value_or(MeetingState::planned);
        m.title = {input.text("title_de", {.most = 200}), input.text("title_en", {.required = false, .most = 200})};
        m.place = input.text("place", {.required = false, .most = 200});
        m.agenda = input.long_text("agenda", {.required = false, .most = 10000});
        m.minutes = input.long_text("minutes", {.required = false, .most = 50000});
        m.participants = input.number("participants", 0, 10000, false);
        m.published = input.checked("published");
        m.attendance.clear();
        for (const auto& key : request.form.all("present"))
            for (const auto& one : s.organisations)
                if (one.key == key) m.attendance.push_back({one.id, true});
        if (!m.participants && !m.attendance.empty()) m.participants = static_cast<std::int64_t>(m.attendance.size());
        const http::Upload* upload = nullptr;
        std::string type;
        for (const auto& u : request.uploads)
            if (u.field == "minutes_file" && u.size > 0) upload = &u;
        if (upload) {
            std::ifstream in(upload->path, std::ios::binary);
            std::string first(4096, '\0');
            in.read(first.data(), static_cast<std::streamsize>(first.size()));
            first.resize(static_cast<std::size_t>(in.gcount()));
            if (auto accepted = files::accepted_type(upload->filename, first, "minutes_file"))
                type = *accepted;
            else
                for (auto& f : accepted.error().fields) input.wrong(f.field, f.message);
        }
        input.also(mistakes_in(m, context.today));
        if (!input.ok()) return form_page(context, s, m, &request.form, &input.error());
        MeetingId id;
        const auto done = desk_->change([&](db::Connection& c) -> base::Result<void> {
            auto copy = m;
            if (upload) {
                TRY(copy.minutes_file, files::store(c, upload->path, type, desk_->site.clock().now()));
                copy.minutes_name = upload->filename;
            }
            TRY(id, save_meeting(c, copy, desk_->by(context)));
            return {};
        });
        if (!done) {
            if (done.error().code == "version") {
                m.version = version_now;
                const auto stale = saved_in_between(done.error());
                return form_page(context, s, m, &request.form, &stale);
            }
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return form_page(context, s, m, &request.form, &done.error());
        }
        m.id = id;
        return web::see_other(context, url_of(s.group, m), message("The meeting is saved."));
    }

    base::Result<http::Response> form_page(const web::Context& context, const Shelf& s, const Meeting& m, const http::Fields* typed,
                                           const base::Error* refused) const {
        const bool fresh = !m.id;
        web::Form form(context, {.action = fresh ? url_of(s.group) + "/treffen" : url_of(s.group, m),
                                 .cancel_url = fresh ? url_of(s.group) : url_of(s.group, m),
                                 .multipart = true});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        if (!fresh) form.hidden("version", std::to_string(m.version));
        form.row();
        form.date("on", message("Day"), m.on);
        form.select("state", message("State"), {{"planned", message("planned")}, {"held", message("held")}, {"cancelled", message("cancelled")}},
                    {.value = std::string(name_of(m.state)), .hint = message("Only a meeting that was held counts as evidence.")});
        form.end_row();
        form.text("title_de", message("Title (German)"), {.value = m.title.de});
        form.text("title_en", message("Title (English)"), {.value = m.title.en, .optional = true});
        form.text("place", message("Locality"), {.value = m.place, .optional = true});
        form.textarea("agenda", message("Agenda"), {.value = m.agenda, .hint = message("One item a line."), .optional = true});
        std::vector<web::Choice> seated;
        std::set<std::string> offered;
        std::vector<std::string> present;
        const auto offer = [&](OrganisationId id) {
            for (const auto& one : s.organisations)
                if (one.id == id && offered.insert(one.key).second) seated.push_back({one.key, one.name.in(lang(context))});
        };
        for (const auto& t : s.terms)
            if (t.covers(m.on)) offer(t.organisation);
        for (const auto& i : s.invitations)
            if (i.answer != Answer::declined) offer(i.organisation);
        for (const auto& a : m.attendance) {
            offer(a.organisation);
            for (const auto& one : s.organisations)
                if (one.id == a.organisation && a.present) present.push_back(one.key);
        }
        if (!seated.empty()) form.checkboxes("present", message("Who was there"), seated, present, {.optional = true});
        form.number("participants", message("Number of participants"),
                    {.value = m.participants ? std::to_string(*m.participants) : "",
                     .hint = message("Left empty: counted from who was there."),
                     .optional = true});
        form.textarea("minutes", message("Minutes"),
                      {.value = m.minutes, .hint = message("Shown to signed-in colleagues only. Name offices, not persons."), .optional = true});
        form.file("minutes_file", message("Minutes as a file"), {.optional = true, .accept = ".pdf,.docx,.odt"});
        form.checkbox("published", message("Day and title are shown to the public"), m.published);
        return web::page(context,
                         {.title = fresh ? web::Text(message("New meeting")) : web::Text(m.title.in(lang(context))),
                          .crumbs = {{message("Networks and working groups"), "/netzwerke"}, {s.group.title.in(lang(context)), url_of(s.group)}},
                          .status = status_of(refused),
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> page_of(const web::Context& context, const Shelf& s, const Meeting& m, const web::Refused* refused) const {
        const bool edits = Desk::edits(context, s);
        const bool inside = context.actor.signed_in();
        std::vector<web::Action> actions;
        if (edits) actions.push_back({message("Edit"), url_of(s.group, m) + "/bearbeiten", true, "edit"});
        return web::page(
            context,
            {.title = m.title.in(lang(context)),
             .lead = context.format(m.on) + ", " + context.say(title_of(m.state)) + (m.place.empty() ? "" : ", " + m.place),
             .crumbs = {{message("Networks and working groups"), "/netzwerke"}, {s.group.title.in(lang(context)), url_of(s.group)}},
             .actions = actions,
             .status = refused ? 422 : 200},
            "groups/meeting.tpl", [&](web::View& view) {
                if (m.participants) view.section("PARTICIPANTS").set("NUMBER", *m.participants);
                if (!m.agenda.empty()) {  // one item a line, as the form says
                    auto agenda = view.section("AGENDA");
                    std::istringstream lines(m.agenda);
                    for (std::string line; std::getline(lines, line);)
                        if (line.find_first_not_of(" \r") != std::string::npos) agenda.section("ITEM").set("TEXT", line);
                }
                if (inside && !m.evidence_key.empty()) view.section("EVIDENCE").set("URL", "/nachweise/" + m.evidence_key);
                if (inside && !m.attendance.empty()) {
                    auto attendance = view.section("ATTENDANCE");
                    for (const auto& a : m.attendance)
                        if (a.present) attendance.section("WHO").set("NAME", s.name_of(a.organisation, context));
                }
                if (inside && (!m.minutes.empty() || m.minutes_file)) {
                    auto minutes = view.section("MINUTES");
                    minutes.set("TEXT", web::paragraphs(m.minutes));
                    if (m.minutes_file) minutes.section("FILE").set("LINK", web::link(url_of(s.group, m) + "/protokoll", m.minutes_name));
                }
                if (!inside) return;
                auto tasks = view.section("TASKS");
                tasks.show_if("NONE", m.tasks.empty());
                for (const auto& t : m.tasks) {
                    auto row = tasks.section("TASK");
                    row.set("TITLE", t.title);
                    if (!t.bearer.empty()) row.section("BEARER").set("NAME", s.bearer_name(t.bearer, context));
                    if (t.due) row.section("DUE").set("DAY", *t.due);
                    if (t.done)
                        row.section("DONE").set("DAY", *t.done);
                    else if (edits)
                        row.set("FINISH", web::button_form(context, url_of(s.group, m) + "/aufgaben/" + std::to_string(t.id.value), message("Done")));
                }
                if (!edits) return;
                web::Form form(context, {.action = url_of(s.group, m) + "/aufgaben", .submit = message("Record the task")});
                form.again(refused);
                form.text("task", message("What is to be done"));
                form.row();
                form.select("bearer", message("By whom"), bearer_choices(context, s.bearers), {.optional = true});
                form.date("due", message("By when"), {}, {.optional = true});
                form.end_row();
                tasks.set("FORM", form.html());
                view.set("WITHDRAW", web::button_form(context, url_of(s.group, m), message("Withdraw the meeting"), "DELETE", true));
            });
    }

    std::shared_ptr<Desk> desk_;
};

}  // namespace

void mount_meetings(http::Router& router, const std::shared_ptr<Desk>& desk) {
    const auto pages = std::make_shared<MeetingPages>(desk);
    const auto on = [&](auto method) {
        return desk->site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.post("/netzwerke/{key:slug}/treffen", on(&MeetingPages::create));
    router.get("/netzwerke/{key:slug}/treffen/neu", on(&MeetingPages::create_form));
    router.get("/netzwerke/{key:slug}/treffen/{meeting}", on(&MeetingPages::show));
    router.post("/netzwerke/{key:slug}/treffen/{meeting}", on(&MeetingPages::update));
    router.del("/netzwerke/{key:slug}/treffen/{meeting}", on(&MeetingPages::remove));
    router.get("/netzwerke/{key:slug}/treffen/{meeting}/bearbeiten", on(&MeetingPages::edit_form));
    router.get("/netzwerke/{key:slug}/treffen/{meeting}/protokoll", on(&MeetingPages::minutes_file));
    router.post("/netzwerke/{key:slug}/treffen/{meeting}/aufgaben", on(&MeetingPages::new_task));
    router.post("/netzwerke/{key:slug}/treffen/{meeting}/aufgaben/{task}", on(&MeetingPages::task_done));
}

}  // namespace groups
