#pragma once
// What every page of those who steer needs: may they, who changes it, and that kept pages learn of the change.
#include "plan/pages.h"
#include "plan/view.h"

namespace plan {

class Steering {
  public:
    Steering(web::Site& site, db::Database& database, Hooks hooks) : site_(site), database_(database), hooks_(std::move(hooks)) {}

  protected:
    base::Result<void> steering_only(const web::Context& context) const {
        if (!context.actor.steers()) return base::error(base::ErrorKind::forbidden, "steering only");
        return {};
    }
    By by(const web::Context& context) const { return {context.actor, site_.clock().now()}; }
    base::Result<void> changed(db::Connection& c) const { return hooks_.changed ? hooks_.changed(c) : base::Result<void>{}; }
    base::Result<std::set<StatementId>> with_duty(db::Connection& c) const {
        return hooks_.with_duty ? hooks_.with_duty(c) : base::Result<std::set<StatementId>>{};
    }
    template <class T>
    base::Result<T> change(const std::function<base::Result<T>(db::Connection&)>& work) const {
        return database_.write([&](db::Connection& c) -> base::Result<T> {
            TRY(auto out, work(c));
            TRY_VOID(changed(c));
            return out;
        });
    }
    base::Result<void> change_only(const std::function<base::Result<void>(db::Connection&)>& work) const {
        return database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(work(c));
            return changed(c);
        });
    }
    base::Result<PlanView> plan_for(const http::Request& request) const {
        return database_.read([&](db::Connection& c) { return find_plan_by_key(c, request.path_values.get("plan")); });
    }
    base::Result<std::pair<PlanView, ClauseView>> place_of(ClauseId id) const {
        return database_.read([&](db::Connection& c) -> base::Result<std::pair<PlanView, ClauseView>> {
            TRY(auto clause, find_clause(c, id));
            TRY(auto plan, find_plan(c, clause.plan));
            return std::pair{std::move(plan), std::move(clause)};
        });
    }

    web::Site& site_;
    db::Database& database_;
    Hooks hooks_;
};

// Registers the methods of one set of pages.
template <class Pages>
class Routes {
  public:
    using Method = base::Result<http::Response> (Pages::*)(const http::Request&, const web::Context&) const;
    Routes(http::Router& router, web::Site& site, std::shared_ptr<const Pages> pages) : router_(router), site_(site), pages_(std::move(pages)) {}
    void get(const char* pattern, Method method) const { router_.get(pattern, handler(method)); }
    void post(const char* pattern, Method method) const { router_.post(pattern, handler(method)); }

  private:
    auto handler(Method method) const {
        return site_.page(
            [pages = pages_, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    }
    http::Router& router_;
    web::Site& site_;
    std::shared_ptr<const Pages> pages_;
};

}  // namespace plan
