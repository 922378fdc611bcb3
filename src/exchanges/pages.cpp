#include "exchanges/pages.h"

#include "exchanges/rules.h"
#include "network/api.h"
#include "platform/web/filter.h"
#include "platform/web/input.h"
#include "platform/web/page.h"
#include "platform/web/table.h"

namespace exchanges {
namespace {

using base::message;

constexpr std::size_t rows_a_page = 50;
constexpr int partner_fields = 3;

std::string url_of(const Exchange& e) { return "/kontakte/" + std::to_string(e.id.value); }
std::string lang(const web::Context& context) { return std::string(i18n::code(context.language)); }

// What forms offer and lists name.
struct World {
    std::vector<network::Bearer> bearers;
    std::vector<organisations::Named> organisations;
    std::map<std::int64_t, organisations::Named> by_id;

    std::string office(const std::string& key, const web::Context& context) const {
        for (const auto& b : bearers)
            if (b.key == key) return b.name.in(lang(context));
        return key;
    }
    std::string own_office(const web::Context& context) const {
        for (const auto& b : bearers)
            if (b.id.value == context.actor.office) return b.key;
        return {};
    }
};

class Pages {
  public:
    Pages(web::Site& site, db::Database& database, Wiring wiring) : site_(site), database_(database), wiring_(std::move(wiring)) {}

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const {
        TRY_VOID(readers_only(context));
        TRY(const auto world, world_of(context));
        const auto filter = filter_of(context, world);
        auto wanted = wanted_of(filter);
        const auto page = web::asked_page(context);
        wanted.limit = static_cast<std::int64_t>(rows_a_page);
        wanted.offset = static_cast<std::int64_t>((page - 1) * rows_a_page);
        TRY(const auto found, database_.read([&](db::Connection& c) { return list(c, wanted); }));
        std::vector<web::Action> actions;
        if (writes(context)) actions.push_back({message("Record a contact"), "/kontakte/neu", true, "add"});
        const auto csv = web::Url("/kontakte.csv", context.query).str();
        return web::page(
            context,
            {.title = message("Contact log"),
             .lead = message("Who spoke with whom about what. Duties of the concept that ask for standing contact judge themselves by it."),
             .actions = actions,
             .alternates = {{message("CSV"), csv, "text/csv"}},
             .index = false},
            filter.html() + table_of(context, world, found).html() +
                web::pagination(context, page, rows_a_page, static_cast<std::size_t>(found.total)) + web::exports(context, {{message("CSV"), csv}}));
    }

    base::Result<http::Response> csv(const http::Request&, const web::Context& context) const {
        TRY_VOID(readers_only(context));
        TRY(const auto world, world_of(context));
        auto wanted = wanted_of(filter_of(context, world));
        wanted.limit = 100'000;
        TRY(const auto found, database_.read([&](db::Connection& c) { return list(c, wanted); }));
        return web::download(table_of(context, world, found).csv(), "text/csv; charset=utf-8", "kontakte.csv");
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        TRY_VOID(readers_only(context));
        TRY(const auto world, world_of(context));
        TRY(const auto e, database_.read([&](db::Connection& c) { return find(c, ExchangeId{request.id("exchange")}); }));
        const bool may = edits(context, world, e);
        std::vector<web::Action> actions{{message("History"), "/verlauf/kontakt/" + std::to_string(e.id.value), false, {}}};
        if (may) actions.push_back({message("Edit"), url_of(e) + "/bearbeiten", true, "edit"});
        return web::page(context,
                         {.title = e.title.in(lang(context)),
                          .lead = context.format(e.on) + ", " + context.say(title_of(e.kind)) + ", " + context.say(title_of(e.way)),
                          .crumbs = {{message("Contact log"), "/kontakte"}},
                          .actions = actions,
                          .index = false},
                         "exchanges/show.tpl", [&](web::View& view) {
                             view.set("TOPIC", topic_title(e.topic));
                             view.set("OFFICE", world.office(e.office, context));
                             view.set("PUBLIC", context.say(e.published ? message("day and title") : message("nothing")));
                             if (!e.partners.empty()) {
                                 auto with = view.section("WITH");
                                 for (const auto id : e.partners)
                                     if (const auto it = world.by_id.find(id.value); it != world.by_id.end())
                                         with.section("ONE").set("LINK",
                                                                 web::link("/organisationen/" + it->second.key, it->second.name.in(lang(context))));
                             }
                             if (!e.others.empty()) view.section("OTHERS").set("TEXT", e.others);
                             if (!e.evidence_key.empty()) view.section("EVIDENCE").set("URL", "/nachweise/" + e.evidence_key);
                             if (!e.outcome.empty()) view.section("OUTCOME").set("TEXT", web::paragraphs(e.outcome));
                             if (may) view.set("WITHDRAW", web::button_form(context, url_of(e), message("Withdraw the contact"), "DELETE", true));
                         });
    }

    base::Result<http::Response> create_form(const http::Request&, const web::Context& context) const {
        TRY_VOID(writers_only(context));
        TRY(const auto world, world_of(context));
        Exchange fresh;
        fresh.on = context.today;
        fresh.office = world.own_office(context);
        fresh.topic = context.query.get("thema");
        if (const auto with = context.query.get("mit"); !with.empty())
            for (const auto& o : world.organisations)
                if (o.key == with) fresh.partners.push_back(o.id);
        return form_page(context, world, fresh, nullptr, nullptr);
    }
    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        TRY(const auto world, world_of(context));
        TRY(const auto e, own(request, context, world));
        return form_page(context, world, e, nullptr, nullptr);
    }
    base::Result<http::Response> create(const http::Request& request, const web::Context& context) const {
        TRY_VOID(writers_only(context));
        TRY(const auto world, world_of(context));
        return save_it(request, context, world, {});
    }
    base::Result<http::Response> update(const http::Request& request, const web::Context& context) const {
        TRY(const auto world, world_of(context));
        TRY(auto e, own(request, context, world));
        e.version = std::atoll(request.form.get("version").c_str());
        return save_it(request, context, world, std::move(e));
    }
    base::Result<http::Response> remove(const http::Request& request, const web::Context& context) const {
        TRY(const auto world, world_of(context));
        TRY(const auto e, own(request, context, world));
        TRY_VOID(change([&](db::Connection& c) { return withdraw(c, e.id, by(context)); }));
        return web::see_other(context, "/kontakte", message("The contact is withdrawn, and so is its evidence; the history keeps both."));
    }

  private:
    By by(const web::Context& context) const { return {context.actor, site_.clock().now()}; }
    static bool writes(const web::Context& context) { return context.actor.steers() || context.actor.role == identity::Role::unit_editor; }
    static base::Result<void> readers_only(const web::Context& context) {
        if (!context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "for signed-in people");
        return {};
    }
    static base::Result<void> writers_only(const web::Context& context) {
        if (!writes(context)) return base::error(base::ErrorKind::not_found, "for those who keep the contact log");
        return {};
    }
    // An office keeps what it held; those who steer keep everything.
    static bool edits(const web::Context& context, const World& world, const Exchange& e) {
        return context.actor.steers() || (writes(context) && !e.office.empty() && world.own_office(context) == e.office);
    }
    base::Result<Exchange> own(const http::Request& request, const web::Context& context, const World& world) const {
        TRY(auto e, database_.read([&](db::Connection& c) { return find(c, ExchangeId{request.id("exchange")}); }));
        if (!edits(context, world, e)) return base::error(base::ErrorKind::not_found, "a contact of another office");
        return e;
    }
    template <class Work>
    base::Result<void> change(Work work) const {
        return database_.write([&](db::Connection& c) -> base::Result<void> {
            TRY_VOID(work(c));
            return wiring_.changed(c);
        });
    }
    base::Result<World> world_of(const web::Context& context) const {
        return database_.read([&](db::Connection& c) -> base::Result<World> {
            World w;
            TRY(w.bearers, network::bearers(c));
            TRY(w.organisations, organisations::names(c, context.today));
            for (const auto& o : w.organisations) w.by_id[o.id.value] = o;
            return w;
        });
    }

    static web::Filter filter_of(const web::Context& context, const World& world) {
        web::Filter filter(context);
        std::vector<web::Choice> about, offices, years;
        for (const auto& [key, title] : topics()) about.push_back({std::string(key), title});
        for (const auto& b : world.bearers)
            if (network::belongs_to_district(b.kind)) offices.push_back({b.key, b.name.in(lang(context))});
        for (int year = static_cast<int>(context.today.year()); year >= 2018; --year) years.push_back({std::to_string(year), std::to_string(year)});
        filter.select("thema", message("Subject"), about);
        filter.select("stelle", message("Held by"), offices);
        filter.select("art", message("Kind"), {{"contact", message("Contact")}, {"recommendation", message("Recommendation")}});
        filter.select("jahr", message("Year"), years);
        return filter;
    }
    static Filter wanted_of(const web::Filter& filter) {
        Filter f;
        f.topic = filter.value("thema");
        f.office = filter.value("stelle");
        f.kind = kind_named(filter.value("art"));
        if (const auto year = filter.value("jahr"); !year.empty()) f.year = std::atoi(year.c_str());
        return f;
    }
    static web::Table table_of(const web::Context& context, const World& world, const Page& found) {
        web::Table table(context, message("Contact log"),
                         {{.key = "titel", .title = message("Title"), .heading = true},
                          {.key = "tag", .title = message("Day"), .nowrap = true},
                          {.key = "thema", .title = message("Subject")},
                          {.key = "stelle", .title = message("Held by")},
                          {.key = "mit", .title = message("With")}});
        for (const auto& e : found.found) {
            std::string with;
            for (const auto id : e.partners)
                if (const auto it = world.by_id.find(id.value); it != world.by_id.end())
                    with += (with.empty() ? "" : ", ") + it->second.name.in(lang(context));
            if (!e.others.empty()) with += (with.empty() ? "" : ", ") + e.others;
            table.row({web::Cell::link(url_of(e), e.title.in(lang(context))), web::Cell::day(context.language, e.on),
                       web::Cell(context.say(topic_title(e.topic))), web::Cell(world.office(e.office, context)), web::Cell(with)});
        }
        table.caption_hidden().when_empty(message("No contact fits this choice."));
        return table;
    }

    base::Result<http::Response> save_it(const http::Request& request, const web::Context& context, const World& world, Exchange e) const {
        web::Input input(request.form);
        e.kind = kind_named(input.choice("kind", {"contact", "recommendation"})).value_or(Kind::contact);
        e.on = input.day("on").value_or(base::Day{});
        e.topic = input.text("topic", {.most = 60});
        e.way = way_named(input.choice("way", {"meeting", "visit", "telephone", "video", "mail"})).value_or(Way::meeting);
        e.title = {input.text("title_de", {.most = 200}), input.text("title_en", {.required = false, .most = 200})};
        e.others = input.text("others", {.required = false, .most = 300});
        e.outcome = input.long_text("outcome", {.required = false, .most = 5000});
        e.published = input.checked("published");
        // Whoever works for one office records for it, whatever the form says.
        e.office = context.actor.steers() ? input.text("office", {.most = 60}) : world.own_office(context);
        if (!e.office.empty() && std::none_of(world.bearers.begin(), world.bearers.end(),
                                              [&](const auto& b) { return b.key == e.office && network::belongs_to_district(b.kind); }))
            input.wrong("office", message("Please choose one of the offices."));
        e.partners.clear();
        for (int i = 1; i <= partner_fields; ++i) {
            const auto field = "partner_" + std::to_string(i);
            const auto key = request.form.get(field);
            if (key.empty()) continue;
            const auto it = std::find_if(world.organisations.begin(), world.organisations.end(), [&](const auto& o) { return o.key == key; });
            if (it == world.organisations.end())
                input.wrong(field, message("Please choose one of the organisations."));
            else if (std::find(e.partners.begin(), e.partners.end(), it->id) == e.partners.end())
                e.partners.push_back(it->id);
        }
        // The rules' mistakes and those of reading come together: all at once.
        input.also(mistakes_in(e, context.today));
        if (!input.ok()) return form_page(context, world, e, &request.form, &input.error());
        ExchangeId id;
        const auto done = change([&](db::Connection& c) -> base::Result<void> {
            TRY(id, save(c, e, by(context)));
            return {};
        });
        if (!done) {
            if (done.error().code != "version") return tl::unexpected(done.error());
            base::Error stale = done.error();
            stale.fields = {{"", message("Somebody else saved in between. Please look at what changed and save again."), 0}};
            TRY(const auto now, database_.read([&](db::Connection& c) { return find(c, e.id); }));
            e.version = now.version;
            return form_page(context, world, e, &request.form, &stale);
        }
        e.id = id;
        return web::see_other(context, url_of(e), message("The contact is recorded."));
    }

    base::Result<http::Response> form_page(const web::Context& context, const World& world, const Exchange& e, const http::Fields* typed,
                                           const base::Error* refused) const {
        web::Form form(context,
                       {.action = e.id ? url_of(e) : std::string("/kontakte/neu"), .cancel_url = e.id ? url_of(e) : std::string("/kontakte")});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        if (e.id) form.hidden("version", std::to_string(e.version));
        form.radios("kind", message("Kind"),
                    {{"contact", message("Contact"), message("a talk, a visit, an exchange")},
                     {"recommendation", message("Recommendation"), message("an offer that was recommended to schools or others (5.4.1.6)")}},
                    {.value = std::string(name_of(e.kind))});
        form.row();
        form.date("on", message("Day"), e.on, {.short_input = true});
        std::vector<web::Choice> ways;
        for (const auto way : {Way::meeting, Way::visit, Way::telephone, Way::video, Way::mail})
            ways.push_back({std::string(name_of(way)), title_of(way)});
        form.select("way", message("How"), ways, {.value = std::string(name_of(e.way))});
        form.end_row();
        std::vector<web::Choice> about{{"", message("please choose")}};
        for (const auto& [key, title] : topics()) about.push_back({std::string(key), title});
        form.select("topic", message("Subject"), about,
                    {.value = e.topic, .hint = message("The duty of the clause named beside it counts the contact.")});
        if (context.actor.steers()) {
            std::vector<web::Choice> offices{{"", message("please choose")}};
            for (const auto& b : world.bearers)
                if (network::belongs_to_district(b.kind)) offices.push_back({b.key, b.name.in(lang(context))});
            form.select("office", message("Held by"), offices, {.value = e.office});
        }
        form.text("title_de", message("Title (German)"), {.value = e.title.de, .hint = message("Name the subject, not persons.")});
        form.text("title_en", message("Title (English)"), {.value = e.title.en, .optional = true});
        form.group(message("With whom"));
        std::vector<web::Choice> partners{{"", message("nobody")}};
        for (const auto& o : world.organisations) partners.push_back({o.key, o.name.in(lang(context))});
        for (int i = 1; i <= partner_fields; ++i) {
            std::string value;
            if (const auto at = static_cast<std::size_t>(i - 1); at < e.partners.size())
                if (const auto it = world.by_id.find(e.partners[at].value); it != world.by_id.end()) value = it->second.key;
            form.select("partner_" + std::to_string(i), message("Organisation {number}", {{"number", std::to_string(i)}}), partners,
                        {.value = value, .optional = true});
        }
        form.text("others", message("Others"),
                  {.value = e.others, .hint = message("Functions such as “heads of the day-care centres”, no names."), .optional = true});
        form.end_group();
        form.textarea("outcome", message("Outcome"),
                      {.value = e.outcome, .hint = message("Shown to signed-in colleagues only. No names of clients."), .optional = true});
        form.checkbox("published", message("Day and title are shown to the public as evidence"), e.published);
        return web::page(context,
                         {.title = e.id ? web::Text(e.title.in(lang(context))) : web::Text(message("Record a contact")),
                          .crumbs = {{message("Contact log"), "/kontakte"}},
                          .status = refused ? (refused->code == "version" ? 409 : 422) : 200,
                          .index = false},
                         form.html());
    }

    web::Site& site_;
    db::Database& database_;
    Wiring wiring_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    const auto pages = std::make_shared<Pages>(site, database, std::move(wiring));
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/kontakte", on(&Pages::list_page));
    router.get("/kontakte.csv", on(&Pages::csv));
    router.post("/kontakte", on(&Pages::create));
    router.post("/kontakte/neu", on(&Pages::create));
    router.get("/kontakte/neu", on(&Pages::create_form));
    router.get("/kontakte/{exchange}", on(&Pages::show));
    router.post("/kontakte/{exchange}", on(&Pages::update));
    router.del("/kontakte/{exchange}", on(&Pages::remove));
    router.get("/kontakte/{exchange}/bearbeiten", on(&Pages::edit_form));
    site.add({.title = message("Contact log"), .url = "/kontakte", .from = identity::Role::reader, .order = 65, .also = {}});
}

}  // namespace exchanges
