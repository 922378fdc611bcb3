#pragma once
// What pages, files and API of indicators share: who may enter a value, and how a change is made.
#include "indicators/pages.h"
#include "platform/web/page.h"

namespace indicators {

struct Desk {
    web::Site& site;
    db::Database& database;
    Wiring wiring;

    base::Result<By> by(db::Connection&, const web::Context&) const;
    template <class Work>
    auto change(const web::Context& context, Work work) const {
        using R = decltype(work(std::declval<db::Connection&>(), std::declval<const By&>()));
        return database.write([&](db::Connection& c) -> R {
            TRY(const auto actor, by(c, context));
            auto done = work(c, actor);
            if (!done) return done;
            TRY_VOID(wiring.changed(c));
            return done;
        });
    }
};

// The officer keeps definitions; a value is entered by the office that delivers it, or by the officer.
inline bool keeps(const web::Context& context) { return context.actor.role == identity::Role::integration_officer; }
bool enters(const web::Context&, const Indicator&, const std::string& office);
inline bool sees(const web::Context& context, const Indicator& i) { return i.published || context.actor.signed_in(); }
// Not allowed looks like not there.
inline tl::unexpected<base::Error> hidden() { return base::error(base::ErrorKind::not_found, "not for this account"); }
base::Result<Indicator> seen(db::Connection&, const web::Context&, std::string_view key);
inline std::string url_of(const Indicator& i) { return "/indikatoren/" + i.key; }
// What the public sees of the values: those that are published.
std::vector<Value> shown(const web::Context&, std::vector<Value>);

base::Message label_of(Direction);
base::Message label_of(Rhythm);

void mount_files(http::Router&, const Desk&);
void mount_api(http::Router&, const Desk&);

}  // namespace indicators
