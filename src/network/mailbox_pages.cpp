// /stellen/anschriften: where all offices, units and bodies get their mail, on one page.
#include "network/offices.h"
#include "network/pages.h"
#include "platform/web/form.h"
#include "platform/web/page.h"

namespace network {
namespace {

using base::message;

class MailboxPages {
  public:
    MailboxPages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    base::Result<http::Response> form(const http::Request&, const web::Context& context) const {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        return page_of(context, nullptr);
    }

    base::Result<http::Response> save(const http::Request& request, const web::Context& context) const {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        const auto done = database_.write([&](db::Connection& c) -> base::Result<void> {
            base::Error mistakes{base::ErrorKind::invalid_input, "mail addresses of offices refused", {}, {}};
            TRY(const auto all, bearers(c));
            for (const auto& bearer : all) {
                const auto field = field_of(bearer);
                if (!request.form.has(field)) continue;
                auto typed = request.form.get(field);
                std::erase(typed, ' ');
                const auto kept = set_mailbox(c, bearer, typed, context.actor, site_.clock().now());
                if (!kept && kept.error().fields.empty()) return kept;
                if (!kept)
                    for (const auto& mistake : kept.error().fields) mistakes.fields.push_back({field, mistake.message, 0});
            }
            if (!mistakes.fields.empty()) return base::error(std::move(mistakes));
            return wiring_.changed(c);
        });
        if (done) return web::see_other(context, "/stellen/anschriften", message("Saved."));
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        const auto refused = web::refused(request, done.error());
        return page_of(context, &refused);
    }

  private:
    static std::string field_of(const Bearer& bearer) { return "mail-" + bearer.key; }

    base::Result<http::Response> page_of(const web::Context& context, const web::Refused* refused) const {
        struct Read {
            Mailboxes known;
            std::vector<Bearer> bearers;
        };
        TRY(const auto read, database_.read([](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(out.known, mailboxes(c));
            TRY(out.bearers, bearers(c));
            return out;
        }));
        web::Form form(context, {.action = "/stellen/anschriften", .cancel_url = "/stellen"});
        form.again(refused);
        for (const auto& bearer : read.bearers) {
            if (!belongs_to_district(bearer.kind)) continue;
            const auto at = read.known.find(bearer.key);
            form.text(field_of(bearer), bearer.name.in(i18n::code(context.language)),
                      {.value = at == read.known.end() ? "" : at->second, .optional = true, .type = "email", .autocomplete = "off"});
        }
        return web::page(context,
                         {.title = message("Mail addresses of the offices"),
                          .lead = message("Addresses of offices, not of persons: what is sent there is read by whoever is in."),
                          .crumbs = {{message("Offices and bodies"), "/stellen"}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         form.html());
    }

    web::Site& site_;
    db::Database& database_;
    Wiring wiring_;
};

}  // namespace

void mount_mailboxes(http::Router& router, web::Site& site, db::Database& database, const Wiring& wiring) {
    const auto pages = std::make_shared<MailboxPages>(site, database, wiring);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/stellen/anschriften", on(&MailboxPages::form));
    router.post("/stellen/anschriften", on(&MailboxPages::save));
}

}  // namespace network
