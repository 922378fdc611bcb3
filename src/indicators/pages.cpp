#include "indicators/pages.h"

#include <algorithm>

#include "indicators/desk.h"
#include "network/api.h"
#include "platform/web/chart.h"
#include "platform/web/chip.h"
#include "platform/web/form.h"
#include "platform/web/input.h"
#include "platform/web/table.h"
#include "platform/web/url.h"

namespace indicators {
namespace {

using base::message;

std::string number(const std::optional<Quantity>& q, const web::Context& context) {
    if (!q) return context.say(message("no value"));
    return q->thousandths % 1000 == 0 ? i18n::format_number(context.language, q->thousandths / 1000) : q->text(i18n::code(context.language));
}
std::string name_of_bearer(const std::vector<network::Bearer>& bearers, const std::string& key, const web::Context& context) {
    for (const auto& b : bearers)
        if (b.key == key) return b.name.in(i18n::code(context.language));
    return key.empty() ? "–" : key;
}

class Pages {
  public:
    explicit Pages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> list_page(const http::Request&, const web::Context& context) const {
        TRY(const auto everything, desk_.database.read([](db::Connection& c) { return all_with_values(c); }));
        std::vector<web::Action> actions{{message("Download for Excel"), "/indikatoren.xlsx", false, "download"},
                                         {message("Download as CSV"), "/indikatoren.csv", false, "download"}};
        if (keeps(context)) {
            actions.push_back({message("Read in values"), "/indikatoren/einlesen", false, {}});
            actions.push_back({message("New indicator"), "/indikatoren/neu", true, "add"});
        }
        web::Table table(context, message("Indicators"),
                         {{.key = "titel", .title = message("Indicator"), .sortable = true, .heading = true},
                          {.key = "wert", .title = message("Latest value"), .numeric = true},
                          {.key = "zeitraum", .title = message("Period"), .nowrap = true},
                          {.key = "rhythmus", .title = message("Expected")},
                          {.key = "stand", .title = message("Up to date?")}});
        for (const auto& [i, values] : everything) {
            if (!sees(context, i)) continue;
            const auto line = current(shown(context, values));
            const auto* last = line.empty() ? nullptr : &line.back();
            const auto due = last_ended(i.rhythm, context.day());
            const bool fresh = last && period_of(last->period)->until >= period_of(due)->until;
            const auto unit = i.unit.in(i18n::code(context.language));
            const auto said = context.say(fresh ? message("up to date") : message("{period} is missing", {{"period", due}}));
            table.row({web::Cell::link(url_of(i), i.title.in(i18n::code(context.language))),
                       web::Cell(last ? number(last->value, context) + (last->value ? " " + unit : "") : "–"), web::Cell(last ? last->period : "–"),
                       web::Cell(context.say(label_of(i.rhythm))),
                       web::Cell(web::chip(context, fresh ? web::ChipTone::success : web::ChipTone::warning, web::Text(said)), said)});
        }
        table.sorted_as_asked("titel").in_pages();
        return web::page(context,
                         {.title = message("Indicators"),
                          .lead = message("What is counted year by year, by whom and how. Targets of the council are measured by them."),
                          .actions = actions},
                         table.html());
    }

    base::Result<http::Response> show(const http::Request& request, const web::Context& context) const {
        return page_of(request.path_values.get("key"), context, nullptr, nullptr);
    }

    base::Result<http::Response> new_form(const http::Request&, const web::Context& context) const {
        if (!keeps(context)) return hidden();
        return form_page(context, Indicator{}, true, nullptr, nullptr);
    }
    base::Result<http::Response> edit_form(const http::Request& request, const web::Context& context) const {
        if (!keeps(context)) return hidden();
        TRY(const auto i, desk_.database.read([&](db::Connection& c) { return find(c, request.path_values.get("key")); }));
        return form_page(context, i, false, nullptr, nullptr);
    }
    base::Result<http::Response> create_indicator(const http::Request& request, const web::Context& context) const {
        if (!keeps(context)) return hidden();
        Indicator i;
        i.key = request.form.get("key");
        return save(request, context, i, true);
    }
    base::Result<http::Response> save_indicator(const http::Request& request, const web::Context& context) const {
        if (!keeps(context)) return hidden();
        TRY(const auto i, desk_.database.read([&](db::Connection& c) { return find(c, request.path_values.get("key")); }));
        return save(request, context, i, false);
    }

    base::Result<http::Response> enter_value(const http::Request& request, const web::Context& context) const {
        return value_step(request, context, message("The value is entered."),
                          [](db::Connection& c, const Indicator& i, const Value& v, const By& by) -> base::Result<void> {
                              TRY_VOID(enter(c, i, v, by));
                              return {};
                          });
    }
    base::Result<http::Response> correct_value(const http::Request& request, const web::Context& context) const {
        return value_step(request, context, message("The value is corrected; the earlier one stays in the history."),
                          [&](db::Connection& c, const Indicator& i, const Value& v, const By& by) -> base::Result<void> {
                              TRY_VOID(correct(c, i, request.path_values.get("wert"), v, request.form.get("reason"), by));
                              return {};
                          });
    }

  private:
    base::Result<http::Response> save(const http::Request& request, const web::Context& context, Indicator i, bool fresh) const {
        web::Input input(request.form);
        const bool had_key = !i.key.empty();
        if (!had_key && fresh) i.key = request.form.get("key");
        i.title = {input.text("title", {.most = 200}), input.text("title_en", {.required = false, .most = 200})};
        i.unit = {input.text("unit", {.most = 60}), input.text("unit_en", {.required = false, .most = 60})};
        i.source = {input.text("source", {.required = false, .most = 200}), input.text("source_en", {.required = false, .most = 200})};
        i.definition = {input.long_text("definition", {.required = false, .most = 2000}),
                        input.long_text("definition_en", {.required = false, .most = 2000})};
        i.direction = direction_named(request.form.get("direction")).value_or(Direction::none);
        i.rhythm = rhythm_named(request.form.get("rhythm")).value_or(i.rhythm);
        i.office = request.form.get("office");
        i.published = input.checked("published");
        auto wrong = input.error();
        for (auto& mistake : mistakes_in(i))
            if (std::none_of(wrong.fields.begin(), wrong.fields.end(), [&](const base::FieldError& f) { return f.field == mistake.field; }))
                wrong.fields.push_back(std::move(mistake));
        if (!wrong.fields.empty()) return form_page(context, i, fresh, &request.form, &wrong);
        const auto done =
            desk_.change(context, [&](db::Connection& c, const By& by) { return fresh ? create(c, i, by) : indicators::change(c, i, by); });
        if (done) return web::see_other(context, url_of(i), message("Saved."));
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return form_page(context, i, fresh, &request.form, &done.error());
    }

    template <class Work>
    base::Result<http::Response> value_step(const http::Request& request, const web::Context& context, const base::Message& said, Work work) const {
        const auto key = request.path_values.get("key");
        const auto v = read_value(request.form, context);
        const auto done = desk_.change(context, [&](db::Connection& c, const By& by) -> base::Result<void> {
            TRY(const auto i, find(c, key));
            if (!enters(context, i, by.office)) return hidden();
            if (!v) return tl::unexpected(v.error());
            return work(c, i, *v, by);
        });
        if (done) return web::see_other(context, "/indikatoren/" + key, said);
        if (done.error().fields.empty()) return tl::unexpected(done.error());
        return page_of(key, context, &request.form, &done.error());
    }
    static base::Result<Value> read_value(const http::Fields& form, const web::Context& context) {
        web::Input input(form);
        Value v;
        v.period = input.text("period", {.most = 10});
        const auto typed = form.get("value");
        v.value = typed.empty() ? std::nullopt : Quantity::parse(typed);
        if (!typed.empty() && !v.value) input.wrong("value", message("Enter a number with at most three decimals."));
        v.observed_on = input.day("observed_on", false).value_or(context.today);
        v.note = input.long_text("note", {.required = false, .most = 1000});
        if (!input.ok()) return base::error(input.error());
        return v;
    }

    base::Result<http::Response> form_page(const web::Context& context, const Indicator& i, bool fresh, const http::Fields* typed,
                                           const base::Error* refused) const {
        TRY(const auto bearers, desk_.database.read([](db::Connection& c) { return network::bearers(c); }));
        web::Form form(context, {.action = fresh ? "/indikatoren/neu" : url_of(i), .cancel_url = fresh ? "/indikatoren" : url_of(i)});
        if (typed) form.typed(*typed);
        if (refused) form.error(*refused);
        if (fresh) form.text("key", message("Key"), {.value = i.key, .hint = message("Its address, for good: open-meetings.")});
        form.row();
        form.text("title", message("Title"), {.value = i.title.de})
            .text("title_en", message("Title in English"), {.value = i.title.en, .optional = true});
        form.end_row();
        form.row();
        form.text("unit", message("What is counted"), {.value = i.unit.de})
            .text("unit_en", message("What is counted, in English"), {.value = i.unit.en, .optional = true});
        form.end_row();
        form.textarea("definition", message("How it is counted"),
                      {.value = i.definition.de, .hint = message("What belongs to it, what does not, on which day."), .optional = true, .rows = 3});
        form.textarea("definition_en", message("How it is counted, in English"), {.value = i.definition.en, .optional = true, .rows = 3});
        form.row();
        form.text("source", message("Source"), {.value = i.source.de, .optional = true})
            .text("source_en", message("Source in English"), {.value = i.source.en, .optional = true});
        form.end_row();
        std::vector<web::Choice> directions, rhythms, offices{{"", message("the integration officer")}};
        for (const auto d : all_directions) directions.push_back({std::string(name_of(d)), label_of(d)});
        for (const auto r : all_rhythms) rhythms.push_back({std::string(name_of(r)), label_of(r)});
        for (const auto& b : bearers)
            if (network::belongs_to_district(b.kind)) offices.push_back({b.key, b.name.in(i18n::code(context.language))});
        form.row();
        form.select("direction", message("Which way is better"), directions, {.value = std::string(name_of(i.direction)), .optional = true});
        form.select("rhythm", message("A value for"), rhythms, {.value = std::string(name_of(i.rhythm))});
        form.end_row();
        form.select("office", message("Who delivers the values"), offices, {.value = i.office, .optional = true});
        form.checkbox("published", message("The public may see it"), i.published);
        return web::page(context,
                         {.title = fresh ? web::Text(message("New indicator")) : web::Text(i.title.in(i18n::code(context.language))),
                          .crumbs = {{message("Indicators"), "/indikatoren"}},
                          .status = refused ? 422 : 200,
                          .index = false},
                         form.html());
    }

    base::Result<http::Response> page_of(const std::string& key, const web::Context& context, const http::Fields* typed,
                                         const base::Error* refused) const {
        struct Read {
            Indicator indicator;
            std::vector<Value> values;
            std::vector<network::Bearer> bearers;
            By by;
        };
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(out.indicator, seen(c, context, key));
            TRY(out.values, values_of(c, key));
            TRY(out.bearers, network::bearers(c));
            TRY(out.by, desk_.by(c, context));
            return out;
        }));
        const auto& i = read.indicator;
        const auto language = i18n::code(context.language);
        const auto values = shown(context, read.values);
        const auto line = current(values);
        const bool may_enter = enters(context, i, read.by.office);
        std::vector<web::Action> actions;
        if (keeps(context)) actions.push_back({message("Edit"), url_of(i) + "/bearbeiten", false, "edit"});
        return web::page(context,
                         {.title = i.title.in(language),
                          .lead = i.unit.in(language),
                          .crumbs = {{message("Indicators"), "/indikatoren"}},
                          .actions = actions,
                          .status = refused ? 422 : 200},
                         "indicators/show.tpl", [&](web::View& view) {
                             const auto fact = [&](const base::Message& label, const std::string& value) {
                                 if (value.empty()) return;
                                 auto row = view.section("FACT");
                                 row.set("LABEL", label);
                                 row.set("VALUE", value);
                             };
                             fact(message("How it is counted"), i.definition.in(language));
                             fact(message("Source"), i.source.in(language));
                             fact(message("Which way is better"), context.say(label_of(i.direction)));
                             fact(message("A value for"), context.say(label_of(i.rhythm)));
                             if (!i.office.empty()) fact(message("Who delivers the values"), name_of_bearer(read.bearers, i.office, context));
                             if (!i.clause.empty()) fact(message("Clause"), i.clause);
                             if (line.size() > 1) view.section("CHART").set("HTML", web::chart(context, chart_of(i, line, context)));
                             view.show_if("NONE", line.empty());
                             if (!line.empty()) view.section("VALUES").set("TABLE", table_of(i, values, read.bearers, may_enter, context));
                             if (!may_enter) return;
                             web::Form form(context, {.action = url_of(i) + "/werte", .submit = message("Enter the value")});
                             if (typed) form.typed(*typed);
                             if (refused) form.error(*refused);
                             value_inputs(form, {.period = last_ended(i.rhythm, context.today), .value = {}, .observed_on = context.today});
                             view.section("ENTER").set("FORM", form.html());
                         });
    }
    static void value_inputs(web::Form& form, const Value& v) {
        form.row();
        form.text("period", message("Period"), {.value = v.period, .hint = message("2020, 2020-H2, 2020-Q3 or 2020-07"), .short_input = true});
        form.text("value", message("Value"),
                  {.value = v.value ? v.value->text("de") : "",
                   .hint = message("Zero is a value. Empty: there is none, and the comment says why."),
                   .optional = true,
                   .inputmode = "decimal",
                   .short_input = true});
        form.date("observed_on", message("Counted on"), v.observed_on);
        form.end_row();
        form.text("note", message("Comment"), {.value = v.note, .hint = message("No names of persons."), .optional = true});
    }
    static web::LineChart chart_of(const Indicator& i, const std::vector<Value>& line, const web::Context& context) {
        web::LineChart chart{
            .title = i.title.in(i18n::code(context.language)), .unit = i.unit.in(i18n::code(context.language)), .x = {}, .series = {}};
        web::LineChart::Series series{chart.title.in(context.language), {}};
        for (const auto& v : line) {
            chart.x.push_back(v.period);
            series.values.push_back(v.value ? std::optional(v.value->value()) : std::nullopt);
            if (v.value && v.value->thousandths % 1000 != 0) chart.digits = v.value->thousandths % 100 == 0 ? std::max(chart.digits, 1) : 2;
        }
        chart.series.push_back(std::move(series));
        return chart;
    }
    web::Html table_of(const Indicator& i, const std::vector<Value>& values, const std::vector<network::Bearer>& bearers, bool may_enter,
                       const web::Context& context) const {
        std::vector<web::Column> columns{{.key = "zeitraum", .title = message("Period"), .heading = true, .nowrap = true},
                                         {.key = "wert", .title = message("Value"), .numeric = true},
                                         {.key = "tag", .title = message("Counted on"), .nowrap = true},
                                         {.key = "eingetragen", .title = message("Entered")},
                                         {.key = "stand", .title = message("State")}};
        if (may_enter) columns.push_back({.key = "aendern", .title = message("Change")});
        web::Table table(context, message("Values"), columns);
        for (auto v = values.rbegin(); v != values.rend(); ++v) {
            auto entered = context.format(v->recorded_on);
            if (!v->office.empty()) entered += ", " + name_of_bearer(bearers, v->office, context);
            const auto state = v->withdrawn_on ? context.say(message("corrected on {day}: {reason}",
                                                                     {{"day", context.format(*v->withdrawn_on)}, {"reason", v->withdrawn_reason}}))
                                               : context.say(message("counts"));
            auto value = number(v->value, context);
            if (context.actor.signed_in() && !v->note.empty()) value += " (" + v->note + ")";
            std::vector<web::Cell> cells{web::Cell::link("/nachweise/" + web::url_encode(v->evidence), v->period), web::Cell(value),
                                         web::Cell(context.format(v->observed_on)), web::Cell(entered),
                                         web::Cell(context.actor.signed_in() || !v->withdrawn_on ? state : context.say(message("corrected")))};
            if (may_enter) {
                if (v->withdrawn_on) {
                    cells.emplace_back("");
                } else {
                    web::Form form(context, {.action = url_of(i) + "/werte/" + web::url_encode(v->evidence) + "/berichtigung",
                                             .submit = message("Correct the value")});
                    value_inputs(form, *v);
                    form.text("reason", message("Reason"));
                    cells.emplace_back(web::Html::trusted("<details class=\"app-details\"><summary>") +
                                           web::Html::text(context.say(message("Correct"))) + web::Html::trusted("</summary>") + form.html() +
                                           web::Html::trusted("</details>"),
                                       "");
                }
            }
            table.row(std::move(cells));
        }
        return table.html();
    }

    Desk desk_;
};

}  // namespace

void mount(http::Router& router, web::Site& site, db::Database& database, Wiring wiring) {
    const Desk desk{site, database, std::move(wiring)};
    const auto pages = std::make_shared<Pages>(desk);
    const auto on = [&](auto method) {
        return site.page([pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get("/indikatoren", on(&Pages::list_page));
    router.post("/indikatoren", on(&Pages::create_indicator));
    router.post("/indikatoren/neu", on(&Pages::create_indicator));
    router.get("/indikatoren/neu", on(&Pages::new_form));
    router.get("/indikatoren/{key:slug}", on(&Pages::show));
    router.post("/indikatoren/{key:slug}", on(&Pages::save_indicator));
    router.get("/indikatoren/{key:slug}/bearbeiten", on(&Pages::edit_form));
    router.post("/indikatoren/{key:slug}/werte", on(&Pages::enter_value));
    router.post("/indikatoren/{key:slug}/werte/{wert:any}/berichtigung", on(&Pages::correct_value));
    mount_files(router, desk);
    mount_api(router, desk);
}

}  // namespace indicators
