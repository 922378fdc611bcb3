#include "evidence/pages.h"

#include <fstream>

#include <boost/json.hpp>

#include "evidence/kinds.h"
#include "evidence/words.h"
#include "network/api.h"
#include "platform/web/chip.h"
#include "platform/web/filter.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/table.h"

namespace evidence {
namespace {

using base::message;

std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }
std::string url_of(const std::string& key) { return "/nachweise/" + web::url_encode(key); }
bool may_record(const web::Context& context) { return context.actor.role >= identity::Role::unit_editor; }

std::string title_of(const Record& r, const web::Context& context) {
    return r.title.empty() ? name_of_kind(r.kind).in(lang(context)) : r.title.in(lang(context));
}

boost::json::object json_of(const Entry& e, bool internal) {
    const auto& r = e.record;
    boost::json::object out{{"key", r.key},           {"kind", r.kind},         {"occurred_on", base::iso(r.occurred_on)},
                            {"title_de", r.title.de}, {"title_en", r.title.en}, {"organisation", r.organisation}};
    if (r.until) out["until"] = base::iso(*r.until);
    if (r.quantity) out["quantity"] = r.quantity->value();
    if (!internal) return out;
    out["subject"] = r.subject;
    out["published"] = r.published;
    out["recorded_on"] = base::iso(r.recorded_on);
    out["attributes"] = boost::json::value_from(r.attributes);
    if (r.withdrawn_on) out["withdrawn_on"] = base::iso(*r.withdrawn_on);
    return out;
}

class Pages {
  public:
    Pages(web::Site& site, db::Database& database) : site_(site), database_(database) {}

    base::Result<http::Response> list(const http::Request&, const web::Context& context) const {
        TRY(const auto bearers, database_.read([](db::Connection& c) { return network::bearers(c); }));
        const auto filter = filter_of(context, bearers);
        const auto page = web::asked_page(context);
        auto wanted = search_of(context, filter);
        wanted.limit = rows_a_page;
        wanted.offset = static_cast<std::int64_t>((page - 1) * rows_a_page);
        TRY(const auto found, database_.read([&](db::Connection& c) { return search(c, wanted); }));
        auto table = table_of(context, bearers, found.entries);
        std::vector<web::Action> actions;
        if (may_record(context)) actions.push_back({message("Record evidence"), "/nachweise/neu", true, "add"});
        return web::page(context,
                         {.title = message("Evidence"),
                          .lead = message("What happened, in the order of its days. Entries are added and withdrawn, never changed."),
                          .actions = actions},
                         filter.html() + table.html() + web::pagination(context, page, rows_a_page, static_cast<std::size_t>(found.total)) +
                             web::exports(context, {{message("CSV"), web::Url("/nachweise.csv", context.query).str()},
                                                    {message("JSON"), web::Url("/nachweise.json", context.query).str()}}));
    }

    base::Result<http::Response> csv(const http::Request&, const web::Context& context) const {
        TRY(const auto bearers, database_.read([](db::Connection& c) { return network::bearers(c); }));
        auto wanted = search_of(context, filter_of(context, bearers));
        wanted.limit = most_exported;
        TRY(const auto found, database_.read([&](db::Connection& c) { return search(c, wanted); }));
        return web::download(table_of(context, bearers, found.entries).csv(), "text/csv; charset=utf-8", "nachweise.csv");
    }

    base::Result<http::Response> json(const http::Request&, const web::Context& context) const {
        TRY(const auto bearers, database_.read([](db::Connection& c) { return network::bearers(c); }));
        auto wanted = search_of(context, filter_of(context, bearers));
        wanted.limit = most_exported;
        TRY(const auto found, database_.read([&](db::Connection& c) { return search(c, wanted); }));
        boost::json::array out;
        for (const auto& e : found.entries) out.push_back(json_of(e, context.actor.signed_in()));
        return http::Response::json(boost::json::serialize(out));
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY(const auto entry, visible(request, context));
        return page_of(context, entry, nullptr, nullptr);
    }

    base::Result<http::Response> file(const http::Request& request, const web::Context& context) const {
        TRY(const auto entry, visible(request, context));
        if (!context.actor.signed_in() || !entry.file) return base::error(base::ErrorKind::not_found, "no file for everybody");
        TRY(const auto described, database_.read([&](db::Connection& c) { return files::describe(c, entry.file); }));
        TRY(auto bytes, database_.read([&](db::Connection& c) { return files::bytes_of(c, entry.file); }));
        return web::download(std::move(bytes), described.content_type, entry.file_name.empty() ? "nachweis" : entry.file_name);
    }

    base::Result<http::Response> create_form(const http::Request&, const web::Context& context) const {
        if (!may_record(context)) return base::error(base::ErrorKind::forbidden, "only editors record evidence");
        return form_page(context, nullptr, nullptr);
    }

    base::Result<http::Response> create(const http::Request& request, const web::Context& context) const {
        if (!may_record(context)) return base::error(base::ErrorKind::forbidden, "only editors record evidence");
        web::Input input(request.form);
        Entry e;
        auto& r = e.record;
        r.kind = input.text("art", {.most = 80});
        r.occurred_on = input.day("tag").value_or(base::Day{});
        r.until = input.day("bis", false);
        r.subject = input.text("gegenstand", {.required = false, .most = 200});
        r.organisation = input.text("traeger", {.required = false, .most = 100});
        r.title = {input.text("titel", {.required = false, .most = 300}), input.text("titel_en", {.required = false, .most = 300})};
        r.note = input.long_text("notiz", {.required = false, .most = 5000});
        r.published = input.checked("veroeffentlicht");
        e.link = input.text("verweis", {.required = false, .most = 500});
        if (const auto amount = input.text("menge", {.required = false, .most = 20}); !amount.empty()) {
            r.quantity = Quantity::parse(amount);
            if (!r.quantity) input.wrong("menge", message("A number is expected, with at most three decimals."));
        }
        if (const auto period = input.text("zeitraum", {.required = false, .most = 20}); !period.empty()) r.attributes["period"] = period;
        read_attributes(input, r.attributes);
        const http::Upload* upload = nullptr;
        std::string type;
        for (const auto& u : request.uploads)
            if (u.field == "datei" && u.size > 0) upload = &u;
        if (upload) {
            std::ifstream in(upload->path, std::ios::binary);
            std::string first(4096, '\0');
            in.read(first.data(), static_cast<std::streamsize>(first.size()));
            first.resize(static_cast<std::size_t>(in.gcount()));
            if (auto accepted = files::accepted_type(upload->filename, first, "datei"))
                type = *accepted;
            else
                for (auto& f : accepted.error().fields) input.wrong(f.field, f.message);
            e.file_name = upload->filename;
        }
        if (!input.ok()) return form_page(context, &request.form, &input.error());
        std::string key;
        const auto done = database_.write([&](db::Connection& c) -> base::Result<bool> {
            Entry copy = e;
            copy.record.key = new_key();
            key = copy.record.key;
            if (upload) { TRY(copy.file, files::store(c, upload->path, type, site_.clock().now())); }
            TRY_VOID(record(c, std::move(copy), {context.actor, site_.clock().now()}));
            return true;
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            auto refused = done.error();
            for (auto& f : refused.fields)
                f.field = f.field == "kind"          ? "art"
                          : f.field == "occurred_on" ? "tag"
                          : f.field == "until"       ? "bis"
                          : f.field == "link"        ? "verweis"
                                                     : f.field;
            return form_page(context, &request.form, &refused);
        }
        const auto duty = request.form.get("pflicht");
        return web::see_other(context, duty.empty() ? url_of(key) : "/pflichten/" + web::url_encode(duty),
                              web::Flash{web::Tone::success, context.say(message("The evidence is recorded.")), context.say(message("Undo")),
                                         url_of(key) + "/zuruecknahme"});
    }

    // Taken back at once, without asking why: somebody noticed on the next page. Later it needs a reason.
    base::Result<http::Response> withdraw_it(const http::Request& request, const web::Context& context) const {
        if (!may_record(context)) return base::error(base::ErrorKind::forbidden, "only editors withdraw evidence");
        TRY(const auto entry, visible(request, context));
        const auto now = site_.clock().now();
        auto reason = request.form.get("grund");
        const bool own = entry.recorded_by == context.actor.account && now - entry.recorded_at < std::chrono::minutes(15);
        if (reason.empty() && own && !request.form.has("grund")) reason = "zurückgenommen unmittelbar nach dem Erfassen";
        const auto done = database_.write([&](db::Connection& c) -> base::Result<bool> {
            TRY_VOID(withdraw(c, entry.record.id, reason, {context.actor, now}));
            return true;
        });
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            auto refused = done.error();
            for (auto& f : refused.fields) f.field = "grund";
            return page_of(context, entry, &request.form, &refused);
        }
        return web::see_other(context, url_of(entry.record.key), message("The evidence is withdrawn. The entry stays, and counts no more."));
    }

    base::Result<http::Response> change_publication(const http::Request& request, const web::Context& context) const {
        if (!may_record(context)) return base::error(base::ErrorKind::forbidden, "only editors publish evidence");
        TRY(const auto entry, visible(request, context));
        const auto done = database_.write([&](db::Connection& c) -> base::Result<bool> {
            TRY_VOID(publish(c, entry.record.id, !entry.record.published, {context.actor, site_.clock().now()}));
            return true;
        });
        if (!done) return tl::unexpected(done.error());
        return web::see_other(context, url_of(entry.record.key), message("Saved."));
    }

  private:
    static constexpr std::size_t rows_a_page = 50;
    static constexpr std::int64_t most_exported = 100'000;

    base::Result<Entry> visible(const http::Request& request, const web::Context& context) const {
        TRY(auto entry, database_.read([&](db::Connection& c) { return find_by_key(c, request.path_values.get("key")); }));
        // Not allowed looks like not there; what is withdrawn is no longer published.
        if (!entry || (!context.actor.signed_in() && (!entry->record.published || entry->record.withdrawn_on)))
            return base::error(base::ErrorKind::not_found, "no such evidence");
        return std::move(*entry);
    }

    web::Filter filter_of(const web::Context& context, const std::vector<network::Bearer>& bearers) const {
        web::Filter filter(context);
        std::vector<web::Choice> choices;
        for (const auto& kind : kinds()) choices.push_back({std::string(kind.name), name_of_kind(kind.name).in(lang(context))});
        filter.select("art", message("Kind"), choices);
        choices.clear();
        for (const auto& b : bearers) choices.push_back({b.key, b.name.in(lang(context))});
        filter.select("traeger", message("Organisation"), choices);
        filter.date("von", message("From"));
        filter.date("bis", message("Until"));
        return filter;
    }

    Search search_of(const web::Context& context, const web::Filter& filter) const {
        Search s;
        s.kind = filter.value("art");
        s.organisation = filter.value("traeger");
        s.from = base::parse_day(filter.value("von"));
        s.until = std::min(base::parse_day(filter.value("bis")).value_or(context.day()), context.day());
        s.published_only = !context.actor.signed_in();
        return s;
    }

    web::Table table_of(const web::Context& context, const std::vector<network::Bearer>& bearers, const std::vector<Entry>& entries) const {
        web::Table table(context, message("Evidence"),
                         {{.key = "tag", .title = message("Day"), .nowrap = true},
                          {.key = "titel", .title = message("What"), .heading = true},
                          {.key = "art", .title = message("Kind")},
                          {.key = "traeger", .title = message("Organisation")},
                          {.key = "menge", .title = message("Quantity"), .numeric = true}});
        for (const auto& e : entries) {
            const auto& r = e.record;
            std::string organisation = r.organisation;
            for (const auto& b : bearers)
                if (b.key == r.organisation) organisation = b.name.in(lang(context));
            table.row({web::Cell::day(context.language, r.occurred_on), web::Cell::link(url_of(r.key), title_of(r, context)),
                       web::Cell(name_of_kind(r.kind).in(lang(context))), web::Cell(organisation),
                       web::Cell(r.quantity ? r.quantity->text(lang(context)) : "")});
        }
        table.caption_hidden().when_empty(message("No evidence fits this choice."));
        return table;
    }

    base::Result<http::Response> page_of(const web::Context& context, const Entry& e, const http::Fields* typed, const base::Error* refused) const {
        const auto& r = e.record;
        const bool internal = context.actor.signed_in();
        files::File file;
        if (internal && e.file) {
            TRY(file, database_.read([&](db::Connection& c) { return files::describe(c, e.file); }));
        }
        std::vector<web::Action> actions;
        if (internal) actions.push_back({message("History"), "/verlauf/nachweis/" + web::url_encode(r.key), false, {}});
        return web::page(
            context,
            {.title = title_of(r, context), .crumbs = {{message("Evidence"), "/nachweise"}}, .actions = actions, .status = refused ? 422 : 200},
            "evidence/entry.tpl", [&](web::View& view) {
                view.set("KIND", name_of_kind(r.kind).in(lang(context)));
                view.set("DAY", r.occurred_on);
                if (r.until) view.section("UNTIL").set("DAY", *r.until);
                if (r.quantity) view.section("QUANTITY").set("NUMBER", r.quantity->text(lang(context)));
                if (!r.organisation.empty()) view.section("ORGANISATION").set("NAME", r.organisation);
                if (!internal) return;
                auto more = view.section("INTERNAL");
                more.set("KEY", r.key);
                more.set("SUBJECT", r.subject);
                more.set("RECORDED", r.recorded_on);
                more.set("PUBLISHED", r.published ? message("published") : message("not published"));
                if (e.imported) more.show("IMPORTED");
                for (const auto& [name, value] : r.attributes) {
                    auto attribute = more.section("ATTRIBUTE");
                    attribute.set("NAME", name_of_attribute(name).in(lang(context)));
                    attribute.set("VALUE", name_of_value(value).in(lang(context)));
                }
                if (!r.note.empty()) more.section("NOTE").set("TEXT", r.note);
                if (!e.link.empty()) more.section("LINK").set("LINKED", web::link(e.link, e.link));
                if (e.file) {
                    auto attached = more.section("FILE");
                    attached.set("LINKED", web::link(url_of(r.key) + "/datei", e.file_name));
                    attached.set("DIGEST", file.digest);
                }
                if (r.withdrawn_on) {
                    auto withdrawn = more.section("WITHDRAWN");
                    withdrawn.set("DAY", *r.withdrawn_on);
                    withdrawn.set("REASON", r.withdrawn_reason);
                } else if (may_record(context)) {
                    web::Form form(context, {.action = url_of(r.key) + "/zuruecknahme", .submit = message("Withdraw"), .danger = true});
                    if (typed) form.typed(*typed);
                    if (refused) form.error(*refused);
                    form.text("grund", message("Reason"), {.hint = message("The entry stays with this reason and counts no more.")});
                    auto change = more.section("CHANGE");
                    change.set("WITHDRAW", form.html());
                    change.set("PUBLISH", web::button_form(context, url_of(r.key) + "/veroeffentlichung",
                                                           r.published ? message("Take back from publication") : message("Publish")));
                }
            });
    }

    base::Result<http::Response> form_page(const web::Context& context, const http::Fields* typed, const base::Error* refused) const {
        TRY(const auto bearers, database_.read([](db::Connection& c) { return network::bearers(c); }));
        const auto asked = [&](std::string_view name) { return context.query.get(name); };
        web::Form form(context, {.action = "/nachweise/neu", .submit = message("Record"), .cancel_url = "/nachweise", .multipart = true});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        std::vector<web::Choice> choices{{"", message("please choose")}};
        const auto chosen = typed ? typed->get("art") : asked("art");
        for (const auto& kind : kinds()) choices.push_back({std::string(kind.name), name_of_kind(kind.name).in(lang(context))});
        if (is_kind_name(chosen) && !find_kind(chosen)) choices.push_back({chosen, chosen});
        form.hidden("pflicht", typed ? typed->get("pflicht") : asked("pflicht"));
        form.select("art", message("Kind"), choices, {.value = chosen});
        form.row();
        form.date("tag", message("Day it happened"), context.today);
        form.date("bis", message("Holds until"), {},
                  {.hint = message("Only for what lasts, such as an agreement. Empty: open end."), .optional = true});
        form.end_row();
        form.text("titel", message("Title (public)"), {.hint = message("No names of persons."), .optional = true});
        form.text("titel_en", message("Title in English"), {.optional = true});
        choices.assign(1, {"", message("none")});
        for (const auto& b : bearers) choices.push_back({b.key, b.name.in(lang(context))});
        form.select("traeger", message("Organisation"), choices, {.value = asked("traeger"), .optional = true});
        form.row();
        form.text("menge", message("Quantity"), {.optional = true, .inputmode = "decimal", .short_input = true});
        form.text("zeitraum", message("For the period"),
                  {.value = asked("zeitraum"),
                   .hint = message("Only if it is not the one of the day: 2019, 2019-H1, 2019-Q2, 2019-03."),
                   .optional = true,
                   .short_input = true});
        form.end_row();
        form.text("gegenstand", message("Subject"),
                  {.value = asked("gegenstand"), .hint = message("What it is about, the same word as in the request it answers."), .optional = true});
        form.textarea("merkmale", message("Attributes"), {.hint = message("One a line, such as: claim = none"), .optional = true, .rows = 2});
        form.text("verweis", message("Link"), {.optional = true, .type = "url"});
        form.file("datei", message("File"), {.hint = message("Seen by signed-in people only."), .optional = true});
        form.textarea("notiz", message("Internal note"), {.hint = message("Nothing about single migrants."), .optional = true, .rows = 3});
        form.checkbox("veroeffentlicht", message("Publish kind, day, quantity and title"), false);
        return web::page(
            context,
            {.title = message("Record evidence"), .crumbs = {{message("Evidence"), "/nachweise"}}, .status = refused ? 422 : 200, .index = false},
            form.html());
    }

    static void read_attributes(web::Input& input, Attributes& out) {
        const auto text = input.long_text("merkmale", {.required = false, .most = 2000});
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            const auto line = text.substr(at, end - at);
            at = end + 1;
            if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
            const auto mark = line.find('=');
            const auto trim = [](std::string s) {
                s.erase(0, s.find_first_not_of(" \t\r"));
                s.erase(s.find_last_not_of(" \t\r") + 1);
                return s;
            };
            const auto name = mark == std::string::npos ? "" : trim(line.substr(0, mark)),
                       value = mark == std::string::npos ? "" : trim(line.substr(mark + 1));
            if (name.empty() || value.empty()) {
                input.wrong("merkmale", message("Write one attribute a line: name = value."));
                return;
            }
            out[name] = value;
        }
    }

    web::Site& site_;
    db::Database& database_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database) {
    const auto pages = std::make_shared<Pages>(site, database);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/nachweise", on(&Pages::list));
    router.get("/nachweise.csv", on(&Pages::csv));
    router.get("/nachweise.json", on(&Pages::json));
    router.get("/nachweise/neu", on(&Pages::create_form));
    router.post("/nachweise", on(&Pages::create));
    router.post("/nachweise/neu", on(&Pages::create));
    router.get("/nachweise/{key:any}", on(&Pages::show));
    router.get("/nachweise/{key:any}/datei", on(&Pages::file));
    router.post("/nachweise/{key:any}/zuruecknahme", on(&Pages::withdraw_it));
    router.post("/nachweise/{key:any}/veroeffentlichung", on(&Pages::change_publication));
    site.add({.title = message("Evidence"), .url = "/nachweise", .from = identity::Role::anonymous, .order = 50, .also = {}});
}

}  // namespace evidence
