#pragma once
// The pages on a small district: a site of 30.09.2020 on a migrated database of either engine, and who is asking.
#include <fstream>

#include "evidence/store.h"
#include "measures/pages.h"
#include "platform/base/root.h"
#include "tests/measures/support.h"
#include "tests/platform/db/support/engines.h"

namespace measures {

inline http::Request request_to(http::Method method, const std::string& target, const std::vector<std::pair<std::string, std::string>>& form = {}) {
    http::Request request;
    request.method = method;
    request.target = target;
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    for (const auto& [name, value] : form) request.form.add(name, value);
    if (question == std::string::npos) return request;
    std::string rest = target.substr(question + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto equals = rest.find('=');
        request.query.add(rest.substr(0, equals), rest.substr(equals + 1, end - equals - 1));
        rest.erase(0, end + 1);
    }
    return request;
}

inline bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The pages on a small district of 2020: one concept in force, an officer, a unit, a partner. The site's day is 30.09.2020.
class MeasureSite : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        const auto filled = database().write([](db::Connection& c) -> base::Result<void> {
            for (const auto* sql : {"insert into bearers (key, kind, name_de) values ('officer', 'office', 'Integrationsbeauftragte')",
                                    "insert into bearers (key, kind, name_de) values ('soziales', 'unit', 'Fachgebiet Soziales')",
                                    "insert into bearers (key, kind, name_de) values ('jugend', 'unit', 'Fachgebiet Jugend')",
                                    "insert into bearers (key, kind, name_de) values ('verein', 'partner', 'Ein Verein')"})
                TRY_VOID(c.execute(sql));
            TRY_VOID(c.execute(
                "insert into plans (key, title_de, state, valid_from, valid_until, published, created_at) values ('2018', 'Konzept', 'adopted', :a, :b, :yes, :now)",
                {{"a", base::day(2018, 1, 1)},
                 {"b", base::day(2020, 12, 31)},
                 {"yes", true},
                 {"now", base::berlin_start_of(base::day(2018, 1, 1))}}));
            TRY_VOID(c.execute(
                "insert into clauses (plan_id, number, position, published, valid_from) select id, '5.1', 1, published, valid_from from plans"));
            TRY_VOID(c.execute(
                "insert into statements (clause_id, key, position, quote_de, modality) select id, '5.1-a', 1, 'Der Landkreis berät.', 'obligation' from clauses"));
            return {};
        });
        ASSERT_TRUE(filled) << base::describe(filled.error());
        ids_ = database().read([](db::Connection& c) { return network::bearers(c); }).value();
        auto site = web::Site::open({.root = base::source_root(), .settings = {}, .clock = base::Clock(base::day(2020, 9, 30))});
        ASSERT_TRUE(site) << base::describe(site.error());
        site_ = std::move(*site);
        site_->who = [this](const http::Request&) { return actor_; };
        mount(router_, *site_, database(), {});
        as("officer", identity::Role::integration_officer);
    }
    // Who asks from now on; "" is nobody.
    void as(const std::string& office, identity::Role role = identity::Role::unit_editor) {
        actor_ = {};
        if (office.empty()) return;
        actor_.account = identity::AccountId{0};
        actor_.role = role;
        for (const auto& bearer : ids_)
            if (bearer.key == office) actor_.office = bearer.id.value;
        actor_.account = account();
    }
    http::Response get(const std::string& target) { return router_.route(request_to(http::Method::get, target)); }
    http::Response post(const std::string& target, const std::vector<std::pair<std::string, std::string>>& form,
                        http::Method method = http::Method::post) {
        return router_.route(request_to(method, target, form));
    }
    static std::vector<std::pair<std::string, std::string>> full_form() {
        return {{"version", "1"},
                {"titel", "Beratung in drei Sprachen"},
                {"art", "single"},
                {"aussagen", "2018:5.1-a"},
                {"verantwortlich", "soziales"},
                {"beginn", "01.01.2020"},
                {"ende", "31.12.2020"},
                {"rhythmus", ""},
                {"gueltig_tage", ""},
                {"berichtsabstand", "180"},
                {"kriterium_art", "yes_or_no"},
                {"kriterium", "Gibt es die Beratung?"},
                {"kriterium_richtung", "at_least"},
                {"kriterium_wert", ""},
                {"nachweisart", "advice.answered"}};
    }
    std::string propose() {
        const auto response = post("/massnahmen", full_form());
        EXPECT_EQ(response.status, 303) << response.body;
        return response.headers.get("Location");
    }

    // The same role and office, another person.
    void somebody_else() {
        actor_.account =
            database()
                .write([](db::Connection& c) {
                    return c.insert<identity::AccountId>(
                        "insert into accounts (sign_in, display_name, password_hash, role, created_at) values ('andere', 'Andere', 'x', 'integration_officer', :now) returning id",
                        {{"now", base::berlin_start_of(base::day(2020, 1, 1))}});
                })
                .value_or(identity::AccountId{});
    }
    // A form with one file.
    http::Response upload(const std::string& target, const std::vector<std::pair<std::string, std::string>>& form, const std::string& field,
                          const std::string& name, const std::string& bytes) {
        auto request = request_to(http::Method::post, target, form);
        const auto path = std::filesystem::temp_directory_path() / ("miteinander-upload-" + std::to_string(::getpid()));
        std::ofstream(path, std::ios::binary) << bytes;
        request.uploads.push_back({field, name, "application/octet-stream", path, bytes.size()});
        auto response = router_.route(request);
        std::filesystem::remove(path);
        return response;
    }
    web::Site& site() { return *site_; }
    http::Router& router() { return router_; }

  private:
    identity::AccountId account() {
        if (account_) return account_;
        account_ =
            database()
                .write([](db::Connection& c) {
                    return c.insert<identity::AccountId>(
                        "insert into accounts (sign_in, display_name, password_hash, role, created_at) values ('probe', 'Probe', 'x', 'unit_editor', :now) returning id",
                        {{"now", base::berlin_start_of(base::day(2020, 1, 1))}});
                })
                .value_or(identity::AccountId{});
        return account_;
    }
    std::unique_ptr<web::Site> site_;
    http::Router router_;
    identity::Actor actor_;
    identity::AccountId account_;
    std::vector<network::Bearer> ids_;
};

}  // namespace measures
