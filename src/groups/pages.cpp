#include "groups/pages.h"

#include "groups/desk.h"
#include "groups/rules.h"
#include "platform/web/chip.h"
#include "platform/web/page.h"

namespace groups {
namespace {

using base::message;

class Pages {
  public:
    explicit Pages(std::shared_ptr<Desk> desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> create_form(const http::Request&, const web::Context& context) const {
        if (!context.actor.steers()) return base::error(base::ErrorKind::not_found, "for those who steer");
        return form_page(context, Group{}, nullptr, nullptr);
    }
    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY_VOID(Desk::editors_only(context, s));
        return form_page(context, s.group, nullptr, nullptr);
    }
    base::Result<http::Response> save_it(const http::Request& request, const web::Context& context) const {
        Group g;
        if (request.path_values.has("key")) {
            TRY(const auto s, desk_->shelf(request, context));
            TRY_VOID(Desk::editors_only(context, s));
            g = s.group;
        } else if (!context.actor.steers()) {
            return base::error(base::ErrorKind::not_found, "for those who steer");
        }
        const auto version_now = g.version;
        web::Input input(request.form);
        g.version = input.number("version", 1, 1'000'000'000, false).value_or(g.version);
        if (!g.id) g.key = input.text("key", {.most = 60});
        g.kind = group_kind_named(input.choice("kind", {"network", "working_group", "round"})).value_or(GroupKind::round);
        g.title = {input.text("title_de", {.most = 200}), input.text("title_en", {.required = false, .most = 200})};
        g.purpose = {input.long_text("purpose_de", {.required = false, .most = 2000}),
                     input.long_text("purpose_en", {.required = false, .most = 2000})};
        // Who coordinates decides who may edit: only those who steer change it.
        if (context.actor.steers()) g.lead = input.text("lead", {.required = false, .most = 60});
        g.bearer = input.text("bearer", {.required = false, .most = 60});
        g.evidence_group = input.text("evidence_group", {.required = false, .most = 60});
        g.statement = input.text("statement", {.required = false, .most = 40});
        g.from = input.day("from", false);
        g.until = input.day("until", false);
        g.published = input.checked("published");
        input.also(mistakes_in(g));
        if (!input.ok()) return form_page(context, g, &request.form, &input.error());
        const auto done = desk_->change([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(save(c, g, desk_->by(context)));
            return {};
        });
        if (!done) {
            if (done.error().code == "version") {
                g.version = version_now;
                const auto stale = saved_in_between(done.error());
                return form_page(context, g, &request.form, &stale);
            }
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            return form_page(context, g, &request.form, &done.error());
        }
        return web::see_other(context, url_of(g), message("Saved."));
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY(const auto s, desk_->shelf(request, context));
        return page_of(context, s, nullptr);
    }

    base::Result<http::Response> fill(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The seat is filled."), [&](const Shelf& s, web::Input& input) -> Work {
            Term t;
            for (const auto& seat : s.seats)
                if (seat.key == request.form.get("seat")) t.seat = seat.id;
            if (!t.seat) input.wrong("seat", message("Please choose one of the seats."));
            t.from = input.day("from").value_or(base::Day{});
            t.until = input.day("until", false);
            t.organisation = chosen_organisation(request.form, "organisation", s);
            t.representative = input.text("representative", {.required = false, .most = 120});
            t.substitute = input.text("substitute", {.required = false, .most = 120});
            t.note = input.text("note", {.required = false, .most = 300});
            return [this, t, &context](db::Connection& c) -> base::Result<void> {
                TRY_VOID(fill_seat(c, t, desk_->by(context)));
                return {};
            };
        });
    }
    base::Result<http::Response> end_it(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The end is recorded."), [&](const Shelf& s, web::Input& input) -> Work {
            const auto until = input.day("until").value_or(base::Day{});
            const auto id = own_term(request, s, input);
            return [this, id, until, &context](db::Connection& c) { return end_term(c, id, until, desk_->by(context)); };
        });
    }
    base::Result<http::Response> withdraw_it(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The entry is withdrawn; the history keeps it."), [&](const Shelf& s, web::Input& input) -> Work {
            const auto id = own_term(request, s, input);
            return [this, id, &context](db::Connection& c) { return withdraw_term(c, id, desk_->by(context)); };
        });
    }
    base::Result<http::Response> new_seat(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The seat is kept."), [&](const Shelf& s, web::Input& input) -> Work {
            Seat seat;
            seat.group = s.group.id;
            seat.key = input.text("seat_key", {.most = 60});
            seat.title = {input.text("seat_title", {.most = 200}), input.text("seat_title_en", {.required = false, .most = 200})};
            seat.basis = basis_named(input.choice("basis", {"standing", "agreement", "recommendation", "need"})).value_or(Basis::need);
            seat.position = static_cast<int>(s.seats.size()) + 1;
            input.also(mistakes_in(seat));
            return [this, seat, &context](db::Connection& c) -> base::Result<void> {
                TRY_VOID(add_seat(c, seat, desk_->by(context)));
                return {};
            };
        });
    }
    base::Result<http::Response> drop_seat(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The seat is withdrawn; the history keeps it."), [&](const Shelf& s, web::Input& input) -> Work {
            SeatId id;
            for (const auto& seat : s.seats)
                if (seat.id.value == request.id("seat")) id = seat.id;
            if (!id) input.wrong("", message("Please choose one of the seats."));
            return [this, id, &context](db::Connection& c) { return withdraw_seat(c, id, desk_->by(context)); };
        });
    }
    base::Result<http::Response> send_invitation(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The invitation is recorded."), [&](const Shelf& s, web::Input& input) -> Work {
            Invitation i;
            i.group = s.group.id;
            i.organisation = chosen_organisation(request.form, "invited", s);
            if (!i.organisation) input.wrong("invited", message("Please choose the organisation that is invited."));
            const auto sent = input.day("sent_on");
            i.sent_on = sent.value_or(base::Day{});
            if (sent && context.today < *sent) input.wrong("sent_on", message("Record an invitation once it has been sent."));
            i.note = input.text("invitation_note", {.required = false, .most = 300});
            return [this, i, &context](db::Connection& c) -> base::Result<void> {
                TRY_VOID(invite(c, i, desk_->by(context)));
                return {};
            };
        });
    }
    base::Result<http::Response> take_answer(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The answer is recorded."), [&](const Shelf& s, web::Input& input) -> Work {
            const auto id = own_invitation(request, s, input);
            const auto answer = answer_named(input.choice("answer", {"accepted", "declined"})).value_or(Answer::open);
            const auto on = input.day("answered_on").value_or(base::Day{});
            return [this, id, answer, on, &context](db::Connection& c) { return answer_invitation(c, id, answer, on, desk_->by(context)); };
        });
    }
    base::Result<http::Response> drop_invitation(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The entry is withdrawn; the history keeps it."), [&](const Shelf& s, web::Input& input) -> Work {
            const auto id = own_invitation(request, s, input);
            return [this, id, &context](db::Connection& c) { return withdraw_invitation(c, id, desk_->by(context)); };
        });
    }
    base::Result<http::Response> give_it(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The support is recorded."), [&](const Shelf& s, web::Input& input) -> Work {
            Resource r;
            r.group = s.group.id;
            r.given_on = input.day("given_on").value_or(base::Day{});
            r.title = {input.text("given", {.most = 200}), ""};
            r.cents = input.money("amount", false);
            return [this, r, &context](db::Connection& c) -> base::Result<void> {
                TRY_VOID(give(c, r, desk_->by(context)));
                return {};
            };
        });
    }
    base::Result<http::Response> take_back(const http::Request& request, const web::Context& context) const {
        return changed(request, context, message("The entry is withdrawn; the history keeps it."), [&](const Shelf& s, web::Input& input) -> Work {
            ResourceId id;
            for (const auto& r : s.resources)
                if (r.id.value == request.id("resource")) id = r.id;
            if (!id) input.wrong("", message("This entry is not there."));
            return [this, id, &context](db::Connection& c) { return withdraw_resource(c, id, desk_->by(context)); };
        });
    }

  private:
    using Work = std::function<base::Result<void>(db::Connection&)>;

    static TermId own_term(const http::Request& request, const Shelf& s, web::Input& input) {
        for (const auto& t : s.terms)
            if (t.id.value == request.id("term")) return t.id;
        input.wrong("", message("This entry is not there."));
        return {};
    }
    static InvitationId own_invitation(const http::Request& request, const Shelf& s, web::Input& input) {
        for (const auto& i : s.invitations)
            if (i.id.value == request.id("invitation")) return i.id;
        input.wrong("", message("This entry is not there."));
        return {};
    }

    // Reads a form of the group's page, does what it asks for, and comes back with it when it cannot be done.
    template <class Read>
    base::Result<http::Response> changed(const http::Request& request, const web::Context& context, const base::Message& done_text, Read read) const {
        TRY(const auto s, desk_->shelf(request, context));
        TRY_VOID(Desk::editors_only(context, s));
        web::Input input(request.form);
        const Work work = read(s, input);
        const auto done = input.ok() ? desk_->change(work) : base::Result<void>(tl::unexpected(input.error()));
        if (!done) {
            if (done.error().fields.empty()) return tl::unexpected(done.error());
            const auto refused = web::refused(request, done.error());
            return page_of(context, s, &refused);
        }
        return web::see_other(context, url_of(s.group), done_text);
    }

    base::Result<http::Response> form_page(const web::Context& context, const Group& g, const http::Fields* typed, const base::Error* refused) const {
        TRY(const auto bearers, desk_->database.read([](db::Connection& c) { return network::bearers(c); }));
        const bool fresh = !g.id;
        web::Form form(context, {.action = fresh ? "/netzwerke/neu" : url_of(g), .cancel_url = fresh ? "/netzwerke" : url_of(g)});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        if (!fresh) form.hidden("version", std::to_string(g.version));
        if (fresh)
            form.text("key", message("Short name for addresses"), {.hint = message("Lower-case letters, digits and hyphens. It stays for ever.")});
        form.select("kind", message("Kind"),
                    {{"network", message("Network")}, {"working_group", message("Working group")}, {"round", message("Round")}},
                    {.value = std::string(name_of(g.kind))});
        form.text("title_de", message("Name (German)"), {.value = g.title.de});
        form.text("title_en", message("Name (English)"), {.value = g.title.en, .optional = true});
        form.textarea("purpose_de", message("Purpose (German)"), {.value = g.purpose.de, .optional = true, .rows = 3});
        form.textarea("purpose_en", message("Purpose (English)"), {.value = g.purpose.en, .optional = true, .rows = 3});
        if (context.actor.steers())
            form.select("lead", message("Coordinated by"), bearer_choices(context, bearers),
                        {.value = g.lead, .hint = message("The editors of this office may edit the group."), .optional = true});
        form.select("bearer", message("Whose duty it is that the seats are filled"), bearer_choices(context, bearers),
                    {.value = g.bearer, .hint = message("The district, never a partner (4.1)."), .optional = true});
        form.text("evidence_group", message("Keyword of its meetings"),
                  {.value = g.evidence_group, .hint = message("Rules ask for it: “schooling”, “course-providers”."), .optional = true});
        form.text("statement", message("Statement of the concept"), {.value = g.statement, .optional = true});
        form.row();
        form.date("from", message("Exists since"), g.from, {.optional = true});
        form.date("until", message("Last day"), g.until, {.optional = true});
        form.end_row();
        form.checkbox("published", message("Shown to the public"), g.published);
        return web::page(context,
                         {.title = fresh ? web::Text(message("New group")) : web::Text(g.title.in(lang(context))),
                          .crumbs = {{message("Networks and working groups"), "/netzwerke"}},
                          .status = status_of(refused),
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> page_of(const web::Context& context, const Shelf& s, const web::Refused* refused) const {
        if (refused) web::mistakes_on_top(context, refused->error);
        const bool edits = Desk::edits(context, s);
        std::vector<web::Action> actions;
        if (!s.seats.empty()) actions.push_back({message("Gaps in the seats"), url_of(s.group) + "/luecken", false, {}});
        if (context.actor.signed_in()) actions.push_back({message("History"), "/verlauf/netzwerk/" + s.group.key, false, {}});
        if (edits) {
            actions.push_back({message("New meeting"), url_of(s.group) + "/treffen/neu", true, "add"});
            actions.push_back({message("Edit"), url_of(s.group) + "/bearbeiten", false, "edit"});
        }
        return web::page(
            context,
            {.title = s.group.title.in(lang(context)),
             .lead = title_of(s.group.kind),
             .crumbs = {{message("Networks and working groups"), "/netzwerke"}},
             .actions = actions,
             .status = refused ? 422 : 200},
            "groups/show.tpl", [&](web::View& view) {
                if (!s.group.purpose.empty()) view.set_if("PURPOSE", s.group.purpose.in(lang(context)));
                if (!s.group.lead.empty()) view.section("LEAD").set("NAME", s.bearer_name(s.group.lead, context));
                if (!s.group.statement.empty())
                    view.section("STATEMENT")
                        .set("LINK", s.statement_url.empty() ? web::Html::text(s.group.statement) : web::link(s.statement_url, s.group.statement));
                fill_seats(view, context, s, edits, refused);
                fill_invitations(view, context, s, edits, refused);
                fill_meetings(view, context, s);
                fill_resources(view, context, s, edits, refused);
            });
    }

    static web::Form form_on(const web::Context& context, const std::string& action, const base::Message& submit, const web::Refused* refused) {
        web::Form form(context, {.action = action, .submit = submit});
        form.again(refused);
        return form;
    }

    void fill_seats(web::View& view, const web::Context& context, const Shelf& s, bool edits, const web::Refused* refused) const {
        const bool inside = context.actor.signed_in();
        if (!s.seats.empty() || edits) {
            auto seats_view = view.section("SEATS");
            seats_view.show_if("INSIDE", inside);
            seats_view.show_if("EDITS", edits);
            seats_view.show_if("SOME", !s.seats.empty());
            for (const auto& seat : s.seats) {
                auto row = seats_view.section("SEAT");
                row.set("TITLE", seat.title.in(lang(context)));
                row.set("BASIS", title_of(seat.basis));
                const Term* now = nullptr;
                const auto terms_here = s.of(seat.id);
                for (const auto& t : terms_here)
                    if (t.covers(context.day())) now = &t;
                row.set("STATE", now ? web::chip(context, web::ChipTone::success, message("filled"))
                                     : web::chip(context, web::ChipTone::danger, message("empty")));
                row.set("WHO", now ? s.name_of(now->organisation, context) : std::string());
                if (now)
                    if (const auto proof = s.confirmed.find(now->id); proof != s.confirmed.end()) row.section("PROOF").set("TEXT", proof->second);
                row.set("SINCE", now ? context.format(now->from) + (now->until ? " – " + context.format(*now->until) : "") : std::string("–"));
                if (inside) {
                    auto people = row.section("PEOPLE");
                    people.set("REPRESENTATIVE", now && !now->representative.empty() ? now->representative : "–");
                    if (now) people.set_if("SUBSTITUTE", now->substitute);
                }
                if (!edits) continue;
                auto change = row.section("CHANGE");
                for (const auto& t : terms_here) {
                    auto term = change.section("TERM");
                    const auto base_url = url_of(s.group) + "/besetzung/" + std::to_string(t.id.value);
                    term.set("SPAN", context.format(t.from) + " – " + (t.until ? context.format(*t.until) : "…"));
                    if (!t.until || context.today < *t.until) {
                        auto end = form_on(context, base_url + "/ende", message("Record the end"), refused);
                        end.date("until", message("Last day"), t.until ? t.until : context.today, {.short_input = true});
                        term.set("END", end.html());
                        change.show_if("OPEN", end.was_refused());
                    }
                    term.set("WITHDRAW", web::button_form(context, base_url, message("Withdraw: entered by mistake"), "DELETE", true));
                }
                change.set("DROP", web::button_form(context, url_of(s.group) + "/sitze/" + std::to_string(seat.id.value),
                                                    message("Withdraw the seat"), "DELETE", true));
            }
        }
        if (!edits) return;
        auto section = view.section("EDIT_SEATS");
        if (!s.seats.empty()) {
            auto form = form_on(context, url_of(s.group) + "/besetzung", message("Fill the seat"), refused);
            std::vector<web::Choice> choices{{"", message("please choose")}};
            for (const auto& seat : s.seats) choices.push_back({seat.key, seat.title.in(lang(context))});
            form.select("seat", message("Seat"), choices);
            form.select("organisation", message("Who sits there"), organisation_choices(context, s), {.optional = true});
            form.row();
            form.date("from", message("First day"), context.today);
            form.date("until", message("Last day"), {}, {.hint = message("Leave empty for an open term."), .optional = true});
            form.end_row();
            form.row();
            form.text("representative", message("Representative"), {.hint = message("Shown to signed-in colleagues only."), .optional = true});
            form.text("substitute", message("Substitute"), {.optional = true});
            form.end_row();
            form.text("note", message("Agreement or recommendation"), {.optional = true});
            auto fill = section.section("FILL");
            fill.set("FORM", form.html());
            // Where a seat is empty the form is at hand.
            const bool empty = std::any_of(s.seats.begin(), s.seats.end(), [&](const Seat& seat) {
                const auto terms_here = s.of(seat.id);
                return std::none_of(terms_here.begin(), terms_here.end(), [&](const Term& t) { return t.covers(context.day()); });
            });
            fill.show_if("OPEN", empty || form.was_refused());
        }
        auto more = form_on(context, url_of(s.group) + "/sitze", message("Keep a seat"), refused);
        more.text("seat_title", message("Name (German)"));
        more.text("seat_title_en", message("Name (English)"), {.optional = true});
        more.text("seat_key", message("Keyword"), {.hint = message("Rules ask for it: “council”, “jugend”, “jobcenter”.")});
        more.select("basis", message("Basis"),
                    {{"standing", message("permanent")},
                     {"agreement", message("by agreement")},
                     {"recommendation", message("on recommendation")},
                     {"need", message("as needed")}});
        section.set("MORE", more.html());
        section.show_if("MORE_OPEN", more.was_refused());
    }

    void fill_invitations(web::View& view, const web::Context& context, const Shelf& s, bool edits, const web::Refused* refused) const {
        if (s.invitations.empty() && !edits) return;
        auto section = view.section("INVITATIONS");
        section.show_if("SOME", !s.invitations.empty());
        section.show_if("EDITS", edits);
        for (const auto& i : s.invitations) {
            auto row = section.section("INVITATION");
            row.set("WHO", s.name_of(i.organisation, context));
            row.set("SENT", i.sent_on);
            row.set("ANSWER", title_of(i.answer));
            row.set("SINCE", i.answered_on ? context.format(*i.answered_on) : "–");
            if (!edits) continue;
            auto change = row.section("CHANGE");
            const auto base_url = url_of(s.group) + "/einladungen/" + std::to_string(i.id.value);
            auto answer = form_on(context, base_url + "/antwort", message("Record the answer"), refused);
            answer.select("answer", message("Answer"), {{"accepted", message("will take part")}, {"declined", message("declined")}});
            answer.date("answered_on", message("Since"), context.today, {.short_input = true});
            change.set("ANSWER", answer.html());
            change.show_if("OPEN", answer.was_refused());
            change.set("WITHDRAW", web::button_form(context, base_url, message("Withdraw: entered by mistake"), "DELETE", true));
        }
        if (!edits) return;
        auto form = form_on(context, url_of(s.group) + "/einladungen", message("Record the invitation"), refused);
        form.select("invited", message("Organisation"), organisation_choices(context, s));
        form.date("sent_on", message("Sent on"), context.today);
        form.text("invitation_note", message("Note"), {.optional = true});
        section.set("FORM", form.html());
        section.show_if("OPEN", form.was_refused());
    }

    static void fill_meetings(web::View& view, const web::Context& context, const Shelf& s) {
        auto section = view.section("MEETINGS");
        bool any = false;
        for (const auto& m : s.meetings) {
            if (!m.published && !context.actor.signed_in()) continue;
            any = true;
            auto row = section.section("MEETING");
            row.set("DAY", m.on);
            row.set("TITLE", m.title.in(lang(context)));
            row.set("URL", url_of(s.group, m));
            row.set("STATE", title_of(m.state));
            row.set("PARTICIPANTS", m.participants ? std::to_string(*m.participants) : "–");
        }
        section.show_if("SOME", any);
        section.show_if("NONE", !any);
    }

    void fill_resources(web::View& view, const web::Context& context, const Shelf& s, bool edits, const web::Refused* refused) const {
        if (s.resources.empty() && !edits) return;
        auto section = view.section("RESOURCES");
        section.show_if("EDITS", edits);
        section.show_if("SOME", !s.resources.empty());
        for (const auto& r : s.resources) {
            auto row = section.section("RESOURCE");
            row.set("DAY", r.given_on);
            row.set("TITLE", r.title.in(lang(context)));
            row.set("AMOUNT", r.cents ? i18n::format_money(context.language, *r.cents) : std::string("–"));
            if (edits)
                row.section("CHANGE").set("WITHDRAW", web::button_form(context, url_of(s.group) + "/mittel/" + std::to_string(r.id.value),
                                                                       message("Withdraw: entered by mistake"), "DELETE", true));
        }
        if (!edits) return;
        auto form = form_on(context, url_of(s.group) + "/mittel", message("Record the support"), refused);
        form.text("given", message("What was given"), {.hint = message("Money, rooms, working time.")});
        form.row();
        form.date("given_on", message("Day"), context.today);
        form.text("amount", message("Amount in euros"), {.optional = true, .inputmode = "decimal"});
        form.end_row();
        section.set("FORM", form.html());
        section.show_if("OPEN", form.was_refused());
    }

    std::shared_ptr<Desk> desk_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    const auto desk = std::make_shared<Desk>(Desk{site, database, std::move(wiring)});
    const auto pages = std::make_shared<Pages>(desk);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.post("/netzwerke", on(&Pages::save_it));
    router.post("/netzwerke/neu", on(&Pages::save_it));
    router.get("/netzwerke/neu", on(&Pages::create_form));
    router.get("/netzwerke/{key:slug}", on(&Pages::show));
    router.post("/netzwerke/{key:slug}", on(&Pages::save_it));
    router.get("/netzwerke/{key:slug}/bearbeiten", on(&Pages::edit_form));
    router.post("/netzwerke/{key:slug}/sitze", on(&Pages::new_seat));
    router.del("/netzwerke/{key:slug}/sitze/{seat}", on(&Pages::drop_seat));
    router.post("/netzwerke/{key:slug}/besetzung", on(&Pages::fill));
    router.post("/netzwerke/{key:slug}/besetzung/{term}/ende", on(&Pages::end_it));
    router.del("/netzwerke/{key:slug}/besetzung/{term}", on(&Pages::withdraw_it));
    router.post("/netzwerke/{key:slug}/einladungen", on(&Pages::send_invitation));
    router.post("/netzwerke/{key:slug}/einladungen/{invitation}/antwort", on(&Pages::take_answer));
    router.del("/netzwerke/{key:slug}/einladungen/{invitation}", on(&Pages::drop_invitation));
    router.post("/netzwerke/{key:slug}/mittel", on(&Pages::give_it));
    router.del("/netzwerke/{key:slug}/mittel/{resource}", on(&Pages::take_back));
    mount_overviews(router, desk);
    mount_meetings(router, desk);
    site.add({.title = message("Networks"), .url = "/netzwerke", .from = identity::Role::anonymous, .order = 64, .also = {}});
}

}  // namespace groups
