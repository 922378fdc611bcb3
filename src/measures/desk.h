#pragma once
// What the pages of measures and targets share: who acts for which office, and how a change is made.
#include "measures/pages.h"
#include "platform/web/context.h"

namespace measures {

struct Desk {
    web::Site& site;
    db::Database& database;
    Wiring wiring;

    // The key of the office the visitor acts for: the unit of an editor, the officer's own for the officer.
    base::Result<By> by(db::Connection&, const web::Context&, const World&) const;

    // Runs a change with who acts, and raises the revision.
    template <class Work>
    auto change(const web::Context& context, Work work) const {
        using R = decltype(work(std::declval<db::Connection&>(), std::declval<const World&>(), std::declval<const By&>()));
        return database.write([&](db::Connection& c) -> R {
            TRY(const auto world, read_world(c, context.today));
            TRY(const auto actor, by(c, context, world));
            auto done = work(c, world, actor);
            if (!done) return done;
            TRY_VOID(wiring.changed(c));
            return done;
        });
    }
};

// The officer steers the content; administrators manage people.
inline bool edits_all(const web::Context& context) { return context.actor.role == identity::Role::integration_officer; }
// A unit edits its own.
bool edits(const web::Context&, const Measure&, const std::string& office);
// Units work on their own measures and hand them in; what binds and what closes is the officer's, or for review whoever may confirm.
bool may_take(const web::Context&, Move, const Measure&, const std::string& office, const World&);

}  // namespace measures
