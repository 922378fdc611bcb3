#include "organisations/desk.h"

namespace organisations {

using base::message;

std::string url_of(const Organisation& o) { return "/organisationen/" + o.key; }
std::string contact_url(const Organisation& o, const ContactPoint& p) { return url_of(o) + "/kontakte/" + std::to_string(p.id.value); }
std::vector<web::Crumb> crumbs(const web::Context& context, const Organisation& o) {
    return {{message("Organisations"), "/organisationen"}, {o.name.in(lang(context)), url_of(o)}};
}

base::Result<void> Desk::editors_only(const web::Context& context) {
    if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
    return {};
}

base::Result<Organisation> Desk::visible(const http::Request& request, const web::Context& context) const {
    TRY(auto o, database.read([&](db::Connection& c) { return find_by_key(c, request.path_values.get("key")); }));
    if (!o || (!o->published && !context.actor.signed_in())) return base::error(base::ErrorKind::not_found, "no such organisation");
    return std::move(*o);
}

base::Result<ContactPoint> Desk::contact_here(const http::Request& request, const Organisation& o) const {
    TRY(auto p, database.read([&](db::Connection& c) { return contact(c, ContactId{request.id("contact")}); }));
    if (p.organisation != o.id) return base::error(base::ErrorKind::not_found, "no such contact here");
    return p;
}

base::Result<std::vector<Named>> Desk::everybody(const web::Context& context) const {
    return database.read([&](db::Connection& c) { return names(c, context.today); });
}

base::Result<void> Desk::change(const std::function<base::Result<void>(db::Connection&)>& work) const {
    return database.write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(work(c));
        return wiring.changed(c);
    });
}

}  // namespace organisations
