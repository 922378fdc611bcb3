#include "groups/desk.h"

namespace groups {

using base::message;

std::vector<Term> Shelf::of(SeatId seat) const {
    std::vector<Term> out;
    for (const auto& term : terms)
        if (term.seat == seat) out.push_back(term);
    return out;
}

std::string Shelf::name_of(OrganisationId id, const web::Context& context) const {
    const auto it = names.find(id.value);
    return it == names.end() ? std::string() : it->second.in(lang(context));
}

std::string Shelf::bearer_name(const std::string& key, const web::Context& context) const {
    for (const auto& bearer : bearers)
        if (bearer.key == key) return bearer.name.in(lang(context));
    return key;
}

base::Result<Shelf> Desk::shelf(const http::Request& request, const web::Context& context) const {
    return database.read([&](db::Connection& c) -> base::Result<Shelf> {
        Shelf s;
        TRY(s.group, find(c, request.path_values.get("key")));
        if (!s.group.published && !context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "no such group");
        if (!s.group.statement.empty()) { TRY(s.statement_url, wiring.statement_url(c, context, s.group.statement)); }
        TRY(s.seats, seats(c, s.group.id));
        TRY(s.terms, terms(c, s.group.id));
        TRY(s.invitations, invitations(c, s.group.id));
        TRY(s.resources, resources(c, s.group.id));
        TRY(s.meetings, meetings(c, s.group.id));
        TRY(s.bearers, network::bearers(c));
        std::set<OrganisationId> mentioned;
        for (const auto& term : s.terms) mentioned.insert(term.organisation);
        for (const auto& invitation : s.invitations) mentioned.insert(invitation.organisation);
        for (const auto& meeting : s.meetings)
            for (const auto& one : meeting.attendance) mentioned.insert(one.organisation);
        for (const auto id : mentioned) {
            if (!id) continue;
            TRY(s.names[id.value], organisations::name_on(c, id, context.day()));
        }
        for (const auto& term : s.terms) {
            if (!term.covers(context.day())) continue;
            TRY(auto proof, wiring.confirmed(c, context, term.id));
            if (!proof.empty()) s.confirmed.emplace(term.id, std::move(proof));
        }
        if (edits(context, s)) { TRY(s.organisations, organisations::names(c, context.today)); }
        return s;
    });
}

base::Error saved_in_between(base::Error conflict) {
    conflict.fields = {{"", message("Somebody else saved in between. Please look at what changed and save again."), 0}};
    return conflict;
}
int status_of(const base::Error* refused) { return !refused ? 200 : refused->code == "version" ? 409 : 422; }

bool Desk::edits(const web::Context& context, const Shelf& s) {
    if (context.actor.steers()) return true;
    if (context.actor.role != identity::Role::unit_editor || s.group.lead.empty()) return false;
    for (const auto& bearer : s.bearers)
        if (bearer.key == s.group.lead) return bearer.id.value == context.actor.office;
    return false;
}

base::Result<void> Desk::editors_only(const web::Context& context, const Shelf& s) {
    if (!edits(context, s)) return base::error(base::ErrorKind::not_found, "for those who coordinate the group");
    return {};
}

std::vector<web::Choice> organisation_choices(const web::Context& context, const Shelf& s) {
    std::vector<web::Choice> out{{"", message("please choose")}};
    for (const auto& one : s.organisations) out.push_back({one.key, one.name.in(lang(context))});
    return out;
}

std::vector<web::Choice> bearer_choices(const web::Context& context, const std::vector<network::Bearer>& bearers) {
    std::vector<web::Choice> out{{"", message("nobody")}};
    for (const auto& bearer : bearers)
        if (network::belongs_to_district(bearer.kind)) out.push_back({bearer.key, bearer.name.in(lang(context))});
    return out;
}

OrganisationId chosen_organisation(const http::Fields& fields, std::string_view field, const Shelf& s) {
    const auto key = fields.get(field);
    for (const auto& one : s.organisations)
        if (!key.empty() && one.key == key) return one.id;
    return {};
}

}  // namespace groups
