#pragma once
// What the pages of groups share: what is shown, who may change it, and how a change is made.
#include <map>

#include "groups/pages.h"
#include "platform/web/context.h"
#include "platform/web/form.h"
#include "platform/web/input.h"

namespace groups {

struct Shelf {
    Group group;
    std::vector<Seat> seats;
    std::vector<Term> terms;
    std::vector<Invitation> invitations;
    std::vector<Resource> resources;
    std::vector<Meeting> meetings;
    std::vector<organisations::Named> organisations;
    std::vector<network::Bearer> bearers;
    std::map<std::int64_t, base::Bilingual> names;  // of organisations, ended ones included
    std::string statement_url;                      // where the group's statement stands
    std::map<TermId, std::string> confirmed;        // when and by whom, of terms that hold

    std::vector<Term> of(SeatId) const;
    std::string name_of(OrganisationId, const web::Context&) const;
    std::string bearer_name(const std::string& key, const web::Context&) const;
};

struct Desk {
    web::Site& site;
    db::Database& database;
    Wiring wiring;

    By by(const web::Context& context) const { return {context.actor, site.clock().now()}; }
    // Of the group the address names; not_found for what one may not see.
    base::Result<Shelf> shelf(const http::Request&, const web::Context&) const;
    // Those who steer, and the editors of the office that coordinates the group.
    static bool edits(const web::Context&, const Shelf&);
    static base::Result<void> editors_only(const web::Context&, const Shelf&);
    template <class Work>
    base::Result<void> change(Work work) const {
        return database.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(work(c));
            return wiring.changed(c);
        });
    }
};

inline std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }
inline std::string url_of(const Group& g) { return "/netzwerke/" + g.key; }
inline std::string url_of(const Group& g, const Meeting& m) { return url_of(g) + "/treffen/" + std::to_string(m.id.value); }
std::vector<web::Choice> organisation_choices(const web::Context&, const Shelf&);
std::vector<web::Choice> bearer_choices(const web::Context&, const std::vector<network::Bearer>&);
OrganisationId chosen_organisation(const http::Fields&, std::string_view field, const Shelf&);

// A conflict, told to whoever saved later; and the answer's status: 200, 422, or 409 for a conflict.
base::Error saved_in_between(base::Error conflict);
int status_of(const base::Error* refused);

void mount_overviews(http::Router&, const std::shared_ptr<Desk>&);
void mount_meetings(http::Router&, const std::shared_ptr<Desk>&);

}  // namespace groups
