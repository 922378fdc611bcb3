#include "confirmation/pages.h"

#include "confirmation/rules.h"
#include "confirmation/store.h"
#include "platform/links/api.h"
#include "platform/web/chip.h"
#include "platform/web/form.h"
#include "platform/web/page.h"
#include "platform/web/table.h"

namespace confirmation {
namespace {

using base::message;

class Pages {
  public:
    Pages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    base::Result<http::Response> list(const http::Request&, const web::Context& context) const {
        if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "for signed-in people");
        struct Row {
            Subject subject;
            std::string url;
            std::optional<Confirmation> last;
        };
        const auto read = [&](db::Connection& c) -> base::Result<std::vector<Row>> {
            TRY(auto all, due_by(c, {}));
            std::vector<Row> out;
            for (auto& s : all) {
                const auto kind = wiring_.kinds.find(s.kind);
                if (kind == wiring_.kinds.end()) continue;
                Row row;
                row.url = kind->second.url(c, s.record);
                TRY(row.last, latest(c, s.kind, s.record));
                row.subject = std::move(s);
                out.push_back(std::move(row));
            }
            return out;
        };
        TRY(const auto rows, database_.read(read));
        web::Table table(context, message("What has to be confirmed"),
                         {{.key = "was", .title = message("What"), .heading = true},
                          {.key = "bis", .title = message("Due on"), .nowrap = true},
                          {.key = "stand", .title = message("State")},
                          {.key = "zuletzt", .title = message("Confirmed last")},
                          {.key = "tun", .title = message("Change")}});
        for (const auto& row : rows) {
            const auto& s = row.subject;
            const auto chip = s.escalated_on                 ? web::chip(context, web::ChipTone::danger, message("no answer: please ask yourself"))
                              : is_overdue(s, context.today) ? web::chip(context, web::ChipTone::warning, message("overdue"))
                              : s.reminded_on                ? web::chip(context, web::ChipTone::info, message("reminded"))
                              : !row.last                    ? web::chip(context, web::ChipTone::neutral, message("not confirmed yet"))
                                                             : web::chip(context, web::ChipTone::success, message("current"));
            const bool may = context.actor.steers();
            table.row({web::Cell::link(row.url, s.title), web::Cell::day(context.language, s.due_on), web::Cell(chip, ""),
                       web::Cell(row.last ? context.format(row.last->on) + ", " + row.last->by : "–"),
                       may ? web::Cell(web::button_form(context, "/bestaetigungen/" + std::to_string(s.id.value), message("Still true")), "")
                           : web::Cell("–")});
        }
        table.caption_hidden().in_pages().when_empty(message("Nothing has to be confirmed."));
        return web::page(
            context,
            {.title = message("Confirmations"),
             .lead = message("What must stay current is confirmed once a year. Whoever has an address is asked by mail; the rest is asked here."),
             .index = false},
            table.html());
    }

    base::Result<http::Response> confirm_here(const http::Request& request, const web::Context& context) const {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        TRY_VOID(database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY(auto by, wiring_.office_name(c, context.actor.office));
            TRY_VOID(confirm(c, SubjectId{request.id("subject")},
                             {context.today, by.empty() ? site_.municipality_name(i18n::default_language) : by, How::page, false},
                             site_.clock().now()));
            return wiring_.changed(c);
        }));
        return web::see_other(context, "/bestaetigungen", message("Confirmed."));
    }

    base::Result<http::Response> asked(const http::Request& request, const web::Context& context) const {
        return by_link(request, context, nullptr, nullptr);
    }

    base::Result<http::Response> answered(const http::Request& request, const web::Context& context) const {
        const auto token = request.path_values.get("token");
        const auto now = site_.clock().now();
        const bool corrects = request.form.has("aendern");
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            // Of two clicks at the same moment one is first; the other is told that the link is used.
            TRY(const auto grant, links::spend(c, token, link_purpose, now));
            TRY(const auto s, subject_of(c, grant));
            if (corrects) {
                const auto& kind = wiring_.kinds.at(s.kind);
                std::map<std::string, std::string> values;
                for (const auto& [name, value] : request.form.items()) values[name] = value;
                if (kind.change) TRY_VOID(kind.change(c, s.record, values, now));
            }
            std::string by = s.title;
            if (const auto& kind = wiring_.kinds.at(s.kind); kind.by) { TRY(by, kind.by(c, s.record)); }
            TRY_VOID(confirm(c, s.id, {context.today, by, How::link, corrects}, now));
            return wiring_.changed(c);
        });
        if (!done) {
            if (!done.error().fields.empty()) return by_link(request, context, &request.form, &done.error());
            return no_longer(context, done.error());
        }
        return web::page(context, {.title = message("Thank you"), .index = false},
                         web::paragraphs(context.say(corrects ? message("Your correction is saved, and the details are confirmed.")
                                                              : message("The details are confirmed. We ask again in a year."))));
    }

  private:
    base::Result<Subject> subject_of(db::Connection& c, const links::Grant& grant) const {
        TRY(auto s, by_id(c, SubjectId{std::atoll(grant.record.c_str())}));
        if (!s || !wiring_.kinds.contains(s->kind)) return base::error(base::ErrorKind::not_found, "what the link was about is gone");
        return std::move(*s);
    }

    base::Result<http::Response> no_longer(const web::Context& context, const base::Error& error) const {
        return web::page(context, {.title = message("This link does not open anything"), .status = 404, .index = false},
                         web::paragraphs(context.say(links::why_not(error))));
    }

    base::Result<http::Response> by_link(const http::Request& request, const web::Context& context, const http::Fields* typed,
                                         const base::Error* refused) const {
        const auto token = request.path_values.get("token");
        struct Asked {
            Subject subject;
            std::vector<Line> lines;
        };
        const auto found = database_.read([&](db::Connection& c) -> base::Result<Asked> {
            TRY(const auto grant, links::look(c, token, link_purpose, site_.clock().now()));
            Asked a;
            TRY(a.subject, subject_of(c, grant));
            TRY(a.lines, wiring_.kinds.at(a.subject.kind).describe(c, a.subject.record));
            return a;
        });
        if (!found) return no_longer(context, found.error());
        const auto action = "/bestaetigung/" + token;
        return web::page(context,
                         {.title = message("Is this still true?"), .lead = found->subject.title, .status = refused ? 422 : 200, .index = false},
                         "confirmation/asked.tpl", [&](web::View& view) {
                             for (const auto& line : found->lines) {
                                 auto row = view.section("LINE");
                                 row.set("LABEL", line.label);
                                 row.set("VALUE", line.value.empty() ? "–" : line.value);
                             }
                             web::Form yes(context, {.action = action, .submit = message("Yes, still true"), .idempotency_key = false});
                             view.set("YES", yes.html());
                             if (!wiring_.kinds.at(found->subject.kind).change) return;
                             web::Form form(context, {.action = action, .submit = message("Correct and confirm"), .idempotency_key = false});
                             if (typed) form.typed(*typed);
                             if (refused) form.error(*refused);
                             form.hidden("aendern", "1");
                             for (const auto& line : found->lines)
                                 if (!line.name.empty()) form.text(line.name, line.label, {.value = line.value, .optional = true});
                             auto change = view.section("CHANGE");
                             change.set("FORM", form.html());
                             change.show_if("OPEN", refused != nullptr);
                         });
    }

    web::Site& site_;
    db::Database& database_;
    Wiring wiring_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    const auto pages = std::make_shared<Pages>(site, database, std::move(wiring));
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/bestaetigungen", on(&Pages::list));
    router.post("/bestaetigungen/{subject}", on(&Pages::confirm_here));
    router.get("/bestaetigung/{token:any}", on(&Pages::asked));
    router.post("/bestaetigung/{token:any}", on(&Pages::answered));
    site.add({.title = message("Confirmations"), .url = "/bestaetigungen", .from = identity::Role::integration_officer, .order = 66, .also = {}});
}

}  // namespace confirmation
