#include "app/mount.h"

#include "duties/rollups.h"
#include "network/pages.h"
#include "platform/db/revision.h"
#include "platform/identity/pages.h"
#include "platform/web/page.h"
#include "site/pages.h"

namespace app {
namespace {

// The units and offices an editor can work for.
std::vector<web::Choice> office_choices(db::Database& database, const web::Context& context) {
    std::vector<web::Choice> out;
    const auto all = database.read([](db::Connection& c) { return network::bearers(c); });
    if (!all) return out;
    for (const auto& bearer : *all)
        if (network::belongs_to_district(bearer.kind)) out.push_back({std::to_string(bearer.id.value), bearer.name.in(i18n::code(context.language))});
    return out;
}

}  // namespace

base::Result<void> mount_capabilities(http::Router& router, web::Site& site, db::Database& database, identity::Accounts& accounts) {
    const auto changed = [](db::Connection& c) { return db::raise_revision(c); };
    duties::keep_rollups();
    network::mount(router, site, database, changed);
    site::mount(router, site, database, changed);
    identity::mount(router, site, {.database = database, .accounts = accounts, .offices = [&database](const web::Context& context) { return office_choices(database, context); }});
    site.municipality = [&database](i18n::Language language) {
        const auto texts = database.read([](db::Connection& c) { return site::texts(c); });
        return texts ? texts->get(site::TextKey::municipality).in(i18n::code(language)) : site::default_text(site::TextKey::municipality).de;
    };
    return {};
}

}  // namespace app
