#include "app/mount.h"

#include <functional>
#include <map>
#include <mutex>

#include "app/confirmation_wiring.h"
#include "app/figures_page.h"
#include "app/indicator_wiring.h"
#include "app/network_wiring.h"
#include "dataset/api.h"
#include "duties/pages.h"
#include "duties/reminders.h"
#include "duties/rollups.h"
#include "evidence/pages.h"
#include "exchanges/pages.h"
#include "history/pages.h"
#include "mailing/pages.h"
#include "measures/list_index.h"
#include "measures/pages.h"
#include "measures/part_store.h"
#include "network/pages.h"
#include "organisations/store.h"
#include "plan/drafts.h"
#include "plan/pages.h"
#include "platform/db/revision.h"
#include "platform/identity/oidc/pages.h"
#include "platform/identity/pages.h"
#include "platform/jobs/api.h"
#include "platform/mail/pages.h"
#include "platform/privacy/pages.h"
#include "platform/web/page.h"
#include "site/pages.h"

namespace app {

namespace {

// Every duty with the statement of its plan that it stands on.
base::Result<void> for_each_statement(db::Connection& c,
                                      const std::function<base::Result<void>(const duties::Duty&, const plan::StatementView&)>& what) {
    TRY(const auto all, duties::all_duties(c));
    TRY(const auto plans, plan::plans(c));
    for (const auto& one : plans) {
        std::multimap<std::string, const duties::Duty*> own;
        for (const auto& duty : all)
            if (duty.plan == one.key) own.emplace(duty.statement, &duty);
        if (own.empty()) continue;
        TRY(const auto statements, plan::statements_of(c, one.id, one.valid_from.value_or(base::day(2000, 1, 1))));
        for (const auto& statement : statements) {
            const auto [first, last] = own.equal_range(statement.key);
            for (auto it = first; it != last; ++it) TRY_VOID(what(*it->second, statement));
        }
    }
    return {};
}

}  // namespace

base::Result<std::set<plan::StatementId>> statements_with_duty(db::Connection& c) {
    std::set<plan::StatementId> out;
    TRY_VOID(for_each_statement(c, [&](const duties::Duty&, const plan::StatementView& statement) -> base::Result<void> {
        out.insert(statement.id);
        return {};
    }));
    return out;
}

base::Result<void> duties_follow_statements(db::Connection& c, base::Instant now) {
    return for_each_statement(c, [&](const duties::Duty& duty, const plan::StatementView& statement) -> base::Result<void> {
        if (duty.clause == statement.clause_number) return {};
        return duties::move_duty(c, duty.key, statement.clause_number, {.actor = {}, .now = now});
    });
}

namespace {

using base::message;

// The units and offices an editor can work for.
std::vector<web::Choice> office_choices(db::Database& database, const web::Context& context) {
    std::vector<web::Choice> out;
    const auto all = database.read([](db::Connection& c) { return network::bearers(c); });
    if (!all) return out;
    for (const auto& bearer : *all)
        if (network::belongs_to_district(bearer.kind)) out.push_back({std::to_string(bearer.id.value), bearer.name.in(i18n::code(context.language))});
    return out;
}

// The start page is the state of implementation; an installation without a public plan says what to do first.
base::Result<http::Response> start_page(db::Database& database, const web::Context& context) {
    TRY(const auto plans, database.read([](db::Connection& c) { return plan::plans(c); }));
    if (std::any_of(plans.begin(), plans.end(), [](const plan::PlanView& p) { return p.published && p.state == plan::PlanState::adopted; }))
        return http::Response::see_other("/umsetzung");
    return web::page(context, {.title = message("Welcome"), .lead = message("Nothing is published here yet.")}, "app/start.tpl",
                     [&](web::View& view) {
                         view.show_if("STEERS", context.actor.steers());
                         view.show_if("OTHERS", !context.actor.steers());
                     });
}

base::Result<std::vector<mail::TaskView>> tasks(db::Connection& c) {
    std::vector<mail::TaskView> out;
    TRY(const auto runs, jobs::last_runs(c));
    for (const auto& run : runs) out.push_back({run.name, run.begun, !run.finished, run.failure});
    return out;
}

// The duty of clause 3 names figures by their keys.
base::Result<std::map<std::string, base::Bilingual>> names_of_figures(db::Connection& c) {
    std::map<std::string, base::Bilingual> out;
    TRY(const auto plans, plan::plans(c));
    for (const auto& p : plans) {
        TRY(const auto figures, dataset::key_figures(c, p.key));
        for (const auto& figure : figures) out.emplace(figure.key, figure.title);
    }
    TRY(const auto all, indicators::all(c));
    for (const auto& indicator : all)
        if (indicator.published) out.emplace(indicator.key, indicator.title);
    return out;
}

// Asked by every page: what the database says, once per revision.
class SampleFlag {
  public:
    explicit SampleFlag(db::Database& database) : database_(database) {}
    bool operator()() {
        const auto now = database_.read([](db::Connection& c) { return db::revision(c); });
        const std::lock_guard lock(mutex_);
        if (now && seen_ != *now) {
            shown_ = dataset::has_sample(database_);
            seen_ = *now;
        }
        return shown_;
    }

  private:
    db::Database& database_;
    std::mutex mutex_;
    std::int64_t seen_ = -1;
    bool shown_ = false;
};

}  // namespace

base::Result<void> mount_capabilities(http::Router& router, web::Site& site, db::Database& database, identity::Accounts& accounts,
                                      const mail::SenderOptions& sender, const std::string& oidc_secret_file) {
    const auto changed = [](db::Connection& c) { return db::raise_revision(c); };
    TRY_VOID(duties::renew_rollups(database));
    duties::keep_rollups();
    router.get("/", site.page([&database](const http::Request&, const web::Context& context) { return start_page(database, context); }));
    duties::mount(router, site, database);
    duties::name_members_by(names_of_figures);
    evidence::mount(router, site, database);
    mount_figures(router, site, database);
    history::mount(router, site, database);
    const auto text_changed = [clock = site.clock()](db::Connection& c) -> base::Result<void> {
        TRY_VOID(duties_follow_statements(c, clock.now()));
        return db::raise_revision(c);
    };
    plan::mount(router, site, database, {.changed = text_changed, .with_duty = statements_with_duty});
    measures::follow_ledger();
    TRY_VOID(measures::complete_terms(database));
    TRY_VOID(plan::complete_search(database));
    TRY_VOID(organisations::complete_search(database));
    measures::mount(router, site, database, {.indicator = indicator_line, .changed = changed});
    indicators::mount(router, site, database, indicators_wiring(changed));
    network::mount(router, site, database, network_wiring(changed));
    organisations::mount(router, site, database, organisations_wiring(changed));
    groups::mount(router, site, database, groups_wiring(changed));
    exchanges::mount(router, site, database, {.changed = changed});
    mailing::mount(router, site, database, {.changed = changed});
    confirmation::mount(router, site, database, confirmation_wiring(changed));
    site::mount(router, site, database, changed);
    identity::mount(router, site, {.database = database, .accounts = accounts, .offices = [&database](const web::Context& context) {
                                       return office_choices(database, context);
                                   }});
    identity::oidc::mount(router, site, database, std::make_shared<identity::oidc::SignIn>(database, accounts, site.clock(), oidc_secret_file));
    duties::mount_reminders(router, site, database);
    privacy::mount(router, site, database);
    mail::mount(router, site, {.database = database, .sender = sender, .tasks = tasks});
    site.municipality = [&database](i18n::Language language) {
        const auto texts = database.read([](db::Connection& c) { return site::texts(c); });
        return texts ? texts->get(site::TextKey::municipality).in(i18n::code(language)) : site::default_text(site::TextKey::municipality).de;
    };
    site.revision = [&database] { return database.read([](db::Connection& c) { return db::revision(c); }); };
    site.shows_sample = [flag = std::make_shared<SampleFlag>(database)] { return (*flag)(); };
    return {};
}

}  // namespace app
