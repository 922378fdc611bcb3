#include "duties/pages.h"

#include "duties/calendar.h"
#include "duties/compose_page.h"
#include "duties/desk.h"
#include "duties/duty_page.h"
#include "duties/status_page.h"

namespace duties {

using base::message;

void mount(http::Router& router, web::Site& site, db::Database& database) {
    const auto reading = [&](auto page) {
        return site.page([&database, page](const http::Request& request, const web::Context& context) { return page(database, request, context); });
    };
    const auto changing = [&](auto page) {
        return site.page([&database, &site, page](const http::Request& request, const web::Context& context) {
            return page(database, site.clock(), request, context);
        });
    };
    // What anybody may see looks the same to everybody.
    const auto kept = [&](std::string beginning, auto page) {
        return site.kept_page(std::move(beginning), [&database, page](const http::Request& request, const web::Context& context) {
            return page(database, request, context);
        });
    };
    router.get("/umsetzung", kept("/umsetzung", status_page));
    router.get("/pflichten", kept("/pflichten", duties_page));
    router.get("/pflichten.csv", reading(duties_csv));
    router.get("/pflichten.json", reading(duties_json));
    router.get("/pflichten/neu", reading(compose_form));
    router.post("/pflichten/neu", changing(compose));
    router.post("/pflichten/satz", reading(live_sentence));
    router.get("/pflichten/{key:any}", kept("/pflichten/", duty_page));
    router.post("/pflichten/{key:any}/verzicht", changing(create_waiver));
    router.post("/pflichten/{key:any}/verlaengerung", changing(create_extension));
    router.post("/pflichten/{key:any}/erklaerung", changing(create_explanation));
    router.post("/pflichten/{key:any}/veroeffentlichung", changing(change_publication));
    router.get("/fristen", kept("/fristen", calendar_page));
    router.get("/fristen.csv", reading(calendar_csv));
    router.get("/fristen.json", reading(calendar_json));
    router.get("/fristen/{bearer:any}", reading(calendar_feed));
    router.get("/schreibtisch", reading(desk_page));
    site.add({.title = message("Implementation"), .url = "/umsetzung", .from = identity::Role::anonymous, .order = 20, .also = {"/pflichten"}});
    site.add({.title = message("Deadlines"), .url = "/fristen", .from = identity::Role::anonymous, .order = 30, .also = {}});
    site.add({.title = message("Desk"), .url = "/schreibtisch", .from = identity::Role::reader, .order = 10, .also = {}});
}

}  // namespace duties
