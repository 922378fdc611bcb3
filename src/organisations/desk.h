#pragma once
// What the pages of organisations share: what is shown to whom, and how a change is made.
#include "organisations/pages.h"
#include "platform/web/form.h"
#include "platform/web/page.h"

namespace organisations {

struct Desk {
    web::Site& site;
    db::Database& database;
    Wiring wiring;

    By by(const web::Context& context) const { return {context.actor, site.clock().now()}; }
    static base::Result<void> editors_only(const web::Context&);
    // What the address names; not_found for what one may not see.
    base::Result<Organisation> visible(const http::Request&, const web::Context&) const;
    base::Result<ContactPoint> contact_here(const http::Request&, const Organisation&) const;
    base::Result<std::vector<Named>> everybody(const web::Context&) const;
    base::Result<void> change(const std::function<base::Result<void>(db::Connection&)>& work) const;
};

std::string url_of(const Organisation&);
std::string contact_url(const Organisation&, const ContactPoint&);
inline std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }
std::vector<web::Crumb> crumbs(const web::Context&, const Organisation&);

// The page of an organisation; with what its form to add a contact was refused for.
base::Result<http::Response> show_page(const Desk&, const web::Context&, const Organisation&, const web::Refused*);

void mount_lists(http::Router&, const std::shared_ptr<Desk>&);
void mount_contacts(http::Router&, const std::shared_ptr<Desk>&);

}  // namespace organisations
