// What networks and working groups there are, and where seats were empty.
#include "groups/desk.h"
#include "groups/rules.h"
#include "platform/web/chip.h"
#include "platform/web/page.h"

namespace groups {
namespace {

using base::message;

constexpr int quarters_shown = 12;

class OverviewPages {
  public:
    explicit OverviewPages(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> list(const http::Request&, const web::Context& context) const {
        struct Everything {
            std::vector<Group> groups;
            std::vector<Seat> seats;
            std::vector<Term> terms;
            std::vector<Meeting> meetings;
        };
        const auto read = [](db::Connection& c) -> base::Result<Everything> {
            Everything e;
            TRY(e.groups, all(c));
            TRY(e.seats, seats(c));
            TRY(e.terms, terms(c));
            TRY(e.meetings, meetings(c));
            return e;
        };
        TRY(const auto e, desk_->database.read(read));
        std::vector<web::Action> actions;
        if (context.actor.steers()) actions.push_back({message("New group"), "/netzwerke/neu", true, "add"});
        return web::page(
            context,
            {.title = message("Networks and working groups"),
             .lead = message("Who sits at which table, which seats are empty, and when people last met."),
             .actions = actions},
            "groups/list.tpl", [&](web::View& view) {
                for (const auto& g : e.groups) {
                    if (!g.published && !context.actor.signed_in()) continue;
                    auto row = view.section("GROUP");
                    row.set("TITLE", g.title.in(lang(context)));
                    row.set("URL", url_of(g));
                    row.set("KIND", title_of(g.kind));
                    int seats_here = 0, filled = 0;
                    for (const auto& s : e.seats) {
                        if (s.group != g.id) continue;
                        ++seats_here;
                        filled +=
                            std::any_of(e.terms.begin(), e.terms.end(), [&](const Term& t) { return t.seat == s.id && t.covers(context.day()); });
                    }
                    row.set("SEATS", seats_here == 0 ? std::string("–")
                                                     : context.say(message("{filled} of {seats} filled", {{"filled", std::to_string(filled)},
                                                                                                          {"seats", std::to_string(seats_here)}})));
                    const auto last = std::find_if(e.meetings.begin(), e.meetings.end(), [&](const Meeting& m) {
                        return m.group == g.id && m.state == MeetingState::held && m.on <= context.day();
                    });
                    row.set("LAST", last == e.meetings.end() ? std::string("–") : context.format(last->on));
                }
                view.show_if("NONE", e.groups.empty());
                view.show_if("SOME", !e.groups.empty());
            });
    }

    // Rows are seats, columns quarters: where nobody sat for how many days.
    base::Result<http::Response> gaps_page(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        // Before anybody sat anywhere there was no network, and no gap.
        auto begins = s.group.from.value_or(context.day());
        if (!s.group.from)
            for (const auto& t : s.terms) begins = std::min(begins, t.from);
        auto quarters = quarters_until(context.day(), quarters_shown);
        std::erase_if(quarters, [&](const Span& quarter) { return quarter.until < begins; });
        return web::page(context,
                         {.title = message("Gaps in the seats"),
                          .lead = s.group.title.in(lang(context)),
                          .crumbs = {{message("Networks and working groups"), "/netzwerke"}, {s.group.title.in(lang(context)), url_of(s.group)}}},
                         "groups/gaps.tpl", [&](web::View& view) {
                             view.show_if("NONE", s.seats.empty());
                             if (s.seats.empty()) return;
                             auto matrix = view.section("SOME");
                             for (const auto& quarter : quarters) matrix.section("QUARTER").set("NAME", quarter_name(quarter));
                             for (const auto& seat : s.seats) fill_seat_row(matrix.section("SEAT"), context, s, seat, quarters, begins);
                         });
    }

  private:
    static void fill_seat_row(web::View row, const web::Context& context, const Shelf& s, const Seat& seat, const std::vector<Span>& quarters,
                              base::Day begins) {
        row.set("TITLE", seat.title.in(lang(context)));
        row.set("BASIS", title_of(seat.basis));
        const auto terms_here = s.of(seat.id);
        int together = 0;
        for (const auto& quarter : quarters) {
            const auto from = std::max(quarter.from, begins), until = std::min(quarter.until, context.day());
            const auto empty = days_of(gaps(terms_here, from, until));
            together += empty;
            auto cell = row.section("CELL");
            cell.set("QUARTER", quarter_name(quarter));
            cell.show_if("FULL", empty == 0);
            if (empty > 0)
                cell.section("GAP").set("CHIP", web::chip(context, web::ChipTone::danger,
                                                          empty == base::days_between(from, until) + 1
                                                              ? message("empty")
                                                              : message("{days} days empty", {{"days", std::to_string(empty)}})));
        }
        row.set("TOGETHER",
                together == 0 ? context.say(message("no gap")) : context.say(message("{days} days empty", {{"days", std::to_string(together)}})));
        row.show_if("GAPS", together > 0);
        row.show_if("NO_GAP", together == 0);
    }

    std::shared_ptr<Desk> desk_;
};

}  // namespace

void mount_overviews(http::Router& router, const std::shared_ptr<Desk>& desk) {
    const auto pages = std::make_shared<OverviewPages>(desk);
    const auto on = [&](auto method) {
        return desk->site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/netzwerke", on(&OverviewPages::list));
    router.get("/netzwerke/{key:slug}/luecken", on(&OverviewPages::gaps_page));
}

}  // namespace groups
