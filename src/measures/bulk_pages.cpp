#include "measures/bulk_pages.h"

#include "measures/bulk_store.h"
#include "measures/field_words.h"
#include "measures/labels.h"
#include "measures/list_filter.h"
#include "measures/saved_filters.h"
#include "measures/views.h"
#include "platform/web/form.h"
#include "platform/web/input.h"

namespace measures {
namespace {

using base::message;

constexpr const char* address = "/massnahmen/sammelbearbeitung";
constexpr std::size_t shown_items = 200, shown_keys = 50;

Selection selection_of(const http::Fields& sent, const web::Context& context) {
    Selection out;
    if (sent.has("alle"))
        out.filter = filter_of(sent, context);
    else
        out.keys = sent.all("auswahl");
    return out;
}

std::vector<StatementRef> statements_in(web::Input& input, const http::Fields& form, const char* name) {
    std::vector<StatementRef> out;
    for (const auto& each : split_list(form.get(name))) {
        const auto colon = each.find(':');
        if (colon == 0 || colon == std::string::npos || colon + 1 == each.size())
            input.wrong(name, message("Name a statement by concept and number: 2018:5.1-a."));
        else
            out.push_back({each.substr(0, colon), each.substr(colon + 1)});
    }
    return out;
}

base::Result<BulkChange> change_of(const http::Fields& form, const World& world) {
    web::Input input(form);
    BulkChange change;
    if (const auto key = form.get("neu_verantwortlich"); !key.empty()) change.accountable = key;
    change.add_coworker = form.get("mitwirkende_dazu");
    change.drop_coworker = form.get("mitwirkende_weg");
    change.starts_on = input.day("neu_beginn", false);
    change.ends_on = input.day("neu_ende", false);
    if (const auto sent = form.get("verschieben"); sent.starts_with('-')) {
        http::Fields back;
        back.add("verschieben", sent.substr(1));
        web::Input behind(back);
        if (const auto months = behind.number("verschieben", 0, 120, false)) change.months = -static_cast<int>(*months);
        if (!behind.ok()) input.wrong("verschieben", message("Enter a whole number."));
    } else if (const auto months = input.number("verschieben", 0, 120, false)) {
        change.months = static_cast<int>(*months);
    }
    change.resolution = input.text("termin_beschluss", {.required = false, .most = 100});
    change.resolved_on = input.day("termin_beschlossen_am", false);
    if (const auto days = input.number("neu_berichtsabstand", 1, 3660, false)) change.report_interval_days = static_cast<int>(*days);
    change.add_statements = statements_in(input, form, "aussagen_dazu");
    change.drop_statements = statements_in(input, form, "aussagen_weg");
    if (const auto shown = form.get("neu_veroeffentlicht"); !shown.empty()) change.published = shown == "ja";
    if (const auto name = form.get("schritt"); !name.empty()) {
        Step step;
        if (const auto move = move_named(name))
            step.move = *move;
        else
            input.wrong("schritt", message("Choose a step."));
        step.reason = input.text("grund", {.required = false, .most = 2000});
        step.finding = input.text("befund", {.required = false, .most = 2000});
        step.record = input.text("beleg", {.required = false, .most = 500});
        step.resolution = input.text("beschluss", {.required = false, .most = 100});
        step.resolved_on = input.day("beschlossen_am", false);
        step.replaced_by = input.text("ersatz", {.required = false, .most = 40});
        change.step = step;
    }
    auto error = input.error();
    error.kind = base::ErrorKind::invalid_input;
    for (auto& mistake : mistakes_in(change, world.statements))
        if (std::none_of(error.fields.begin(), error.fields.end(), [&](const base::FieldError& e) { return e.field == mistake.field; }))
            error.fields.push_back(std::move(mistake));
    if (!error.fields.empty()) return base::error(std::move(error));
    return change;
}

class BulkPages {
  public:
    explicit BulkPages(Desk desk) : desk_(std::move(desk)) {}

    base::Result<http::Response> start(const http::Request& request, const web::Context& context) const {
        return page(request.query, context, nullptr, nullptr, 200);
    }

    base::Result<http::Response> preview(const http::Request& request, const web::Context& context) const {
        return planned(request.form, context, 200);
    }

    base::Result<http::Response> apply(const http::Request& request, const web::Context& context) const {
        const auto& form = request.form;
        const auto done = desk_.change(context, [&](db::Connection& c, const World& world, const By& by) -> base::Result<BulkDone> {
            TRY(const auto change, change_of(form, world));
            auto selection = selection_of(form, context);
            if (selection.filter) TRY_VOID(complete(c, *selection.filter));
            return apply_bulk(c, selection, change, form.get("siegel"), world, by, permitted(context, world, by, change));
        });
        if (done)
            return web::see_other(context, back_to_list(form),
                                  message("{changed} measures are changed, {left} left out.",
                                          {{"changed", std::to_string(done->changed)}, {"left", std::to_string(done->left_out)}}));
        // Something moved in between, or a rule speaks up that the preview could not know: the preview is made again, everything typed is there.
        if (done.error().kind == base::ErrorKind::conflict || done.error().kind == base::ErrorKind::invalid_input) return planned(form, context, 409);
        return tl::unexpected(done.error());
    }

  private:
    static bool works_on_measures(const web::Context& context) { return edits_all(context) || context.actor.role == identity::Role::unit_editor; }
    static Permitted permitted(const web::Context& context, const World& world, const By& by, const BulkChange& change) {
        return [&context, &world, &by, &change](const Measure& m) {
            return May{.edit = edits(context, m, by.office) && (edits_all(context) || !change.accountable || *change.accountable == by.office),
                       .step = !change.step || may_take(context, change.step->move, m, by.office, world)};
        };
    }
    static std::string back_to_list(const http::Fields& form) {
        const auto query = filter_query(form);
        return query.empty() ? "/massnahmen?alle=ja" : "/massnahmen?" + query;
    }

    base::Result<http::Response> planned(const http::Fields& form, const web::Context& context, int status) const {
        base::Result<BulkChange> change = BulkChange{};
        TRY(const auto plan, desk_.database.read([&](db::Connection& c) -> base::Result<BulkPlan> {
            TRY(const auto world, read_world(c, context.today));
            TRY(const auto by, desk_.by(c, context, world));
            change = change_of(form, world);
            if (!change) return BulkPlan{};
            auto selection = selection_of(form, context);
            if (selection.filter) TRY_VOID(complete(c, *selection.filter));
            return plan_bulk(c, selection, *change, world, by, permitted(context, world, by, *change));
        }));
        if (!change) return page(form, context, nullptr, &change.error(), 422);
        return page(form, context, &plan, nullptr, status);
    }

    base::Result<http::Response> page(const http::Fields& sent, const web::Context& context, const BulkPlan* plan, const base::Error* refused,
                                      int status) const {
        if (!works_on_measures(context)) return base::error(base::ErrorKind::not_found, "for those who work on measures");
        struct Read {
            std::vector<network::Bearer> bearers;
            std::vector<std::pair<std::string, std::string>> chosen;
            std::int64_t total = 0;
        };
        TRY(const auto read, desk_.database.read([&](db::Connection& c) -> base::Result<Read> {
            Read out;
            TRY(out.bearers, network::bearers(c));
            auto selection = selection_of(sent, context);
            if (selection.filter) {
                TRY_VOID(complete(c, *selection.filter));
                selection.filter->page = 1;
                selection.filter->per_page = static_cast<int>(shown_keys);
                TRY(const auto found, list(c, *selection.filter));
                out.total = found.total;
                for (const auto& each : found.dossiers)
                    out.chosen.emplace_back(each.measure.key, each.measure.title.in(i18n::code(context.language)));
                return out;
            }
            out.total = static_cast<std::int64_t>(selection.keys.size());
            for (const auto& key : selection.keys) {
                if (out.chosen.size() == shown_keys) break;
                const auto found = find(c, key);
                if (found) out.chosen.emplace_back(key, found->measure.title.in(i18n::code(context.language)));
            }
            return out;
        }));
        return web::page(
            context,
            {.title = message("Change several measures"),
             .lead = message("Say what is to become of them; you see every measure before and after, and every refusal, before anything is changed."),
             .crumbs = {{message("Measures"), "/massnahmen"}},
             .status = status,
             .index = false},
            "measures/bulk.tpl", [&](web::View& view) {
                view.set("COUNT", context.say(message("Measures chosen: {n}", {{"n", i18n::format_number(context.language, read.total)}})));
                view.list("CHOSEN", read.chosen, [](web::View& row, const auto& each) {
                    row.set("KEY", each.first);
                    row.set("TITLE", each.second);
                    row.set("URL", "/massnahmen/" + each.first);
                });
                if (read.total > static_cast<std::int64_t>(read.chosen.size()))
                    view.section("MORE").set("N", i18n::format_number(context.language, read.total - static_cast<std::int64_t>(read.chosen.size())));
                if (read.total == 0) return view.show("NONE");
                if (read.total > most_at_once) return view.show("TOO_MANY");
                if (status == 409) view.show("MOVED");
                if (plan) fill_plan(view, context, *plan, sent, read.bearers);
                view.section("CHANGE").set("FORM", change_form(context, sent, read.bearers, refused).html());
            });
    }

    static void carry(web::Form& form, const http::Fields& sent, bool change) {
        for (const auto& [name, value] : sent.items()) {
            const bool selects =
                name == "auswahl" || name == "alle" || std::find(filter_fields().begin(), filter_fields().end(), name) != filter_fields().end();
            if (selects || (change && !name.starts_with('_') && name != "siegel")) form.hidden(name, value);
        }
    }

    void fill_plan(web::View& view, const web::Context& context, const BulkPlan& plan, const http::Fields& sent,
                   const std::vector<network::Bearer>& bearers) const {
        auto section = view.section("PLAN");
        const auto number = [&](std::size_t n) { return i18n::format_number(context.language, static_cast<std::int64_t>(n)); };
        section.set("CHANGING", number(plan.changing()));
        section.set("REFUSED", number(plan.refused()));
        section.set("LEFT", number(plan.left()));
        // Refusals first: they are what has to be decided about.
        std::vector<const BulkItem*> items;
        items.reserve(plan.items.size());
        for (const auto& item : plan.items) items.push_back(&item);
        std::stable_sort(items.begin(), items.end(), [](const BulkItem* a, const BulkItem* b) { return a->refusals.size() > b->refusals.size(); });
        if (items.size() > shown_items) section.section("MORE_ITEMS").set("N", number(items.size() - shown_items));
        items.resize(std::min(items.size(), shown_items));
        section.list("ITEM", items, [&](web::View& row, const BulkItem* item) {
            row.set("KEY", item->before.key);
            row.set("URL", "/massnahmen/" + item->before.key);
            row.set("TITLE", item->before.title.in(i18n::code(context.language)));
            row.set("RESULT", item->refusals.empty() ? item->is_left() ? web::chip(context, web::ChipTone::neutral, message("stays as it is"))
                                                                       : web::chip(context, web::ChipTone::success, message("will be changed"))
                                                     : web::chip(context, web::ChipTone::danger, message("refused")));
            const auto was = fields_of(item->before), is = fields_of(item->after);
            const auto difference = [&](const base::Message& label, const std::string& before, const std::string& after) {
                auto line = row.section("DIFFERENCE");
                line.set("LABEL", label);
                line.set("BEFORE", before);
                line.set("AFTER", after);
            };
            for (const auto& name : item->changed)
                difference(label_of_field(name), shown_value(context, bearers, name, was.at(name)), shown_value(context, bearers, name, is.at(name)));
            if (item->moves())
                difference(message("State of the measure"), context.say(label_of(item->before.state)), context.say(label_of(item->after.state)));
            row.list("REFUSAL", item->refusals, [&](web::View& line, const Refusal& refusal) {
                if (!refusal.rule.empty()) line.section("RULE").set("RULE", refusal.rule);
                line.set("TEXT", refusal.text);
                if (!refusal.source.empty()) line.section("SOURCE").set("CLAUSE", refusal.source);
                if (const auto remedy = context.say(refusal.remedy); !remedy.empty()) line.section("REMEDY").set("REMEDY", remedy);
            });
        });
        if (plan.changing() == 0) return section.show("NOTHING");
        web::Form form(
            context, {.action = address,
                      .submit = plan.refused() == 0 ? message("Change these {n} measures", {{"n", number(plan.changing())}})
                                                    : message("Change {n} measures, leave out the refused ones", {{"n", number(plan.changing())}})});
        carry(form, sent, true);
        form.hidden("siegel", plan.seal);
        section.section("APPLY").set("FORM", form.html());
    }

    static web::Form change_form(const web::Context& context, const http::Fields& sent, const std::vector<network::Bearer>& bearers,
                                 const base::Error* refused) {
        web::Form form(context, {.action = std::string(address) + "/vorschau",
                                 .submit = message("Show the preview"),
                                 .cancel_url = "/massnahmen",
                                 .idempotency_key = false});
        form.typed(sent);
        if (refused) form.error(*refused);
        carry(form, sent, false);
        const web::Choice as_it_is{"", message("leave as it is")};
        std::vector<web::Choice> offices{as_it_is}, everybody{{"", message("nobody")}}, moves{as_it_is},
            shown{as_it_is, {"ja", message("yes")}, {"nein", message("no")}};
        for (const auto& bearer : bearers) {
            const auto name = bearer.name.in(i18n::code(context.language));
            everybody.push_back({bearer.key, name});
            if (network::belongs_to_district(bearer.kind)) offices.push_back({bearer.key, name});
        }
        moves.reserve(all_moves.size() + 1);
        for (const auto move : all_moves) moves.push_back({std::string(name_of(move)), title_of(move)});
        form.group(message("Who"));
        form.select("neu_verantwortlich", message("Accountable"), offices);
        form.row()
            .select("mitwirkende_dazu", message("Works along from now on"), everybody)
            .select("mitwirkende_weg", message("No longer works along"), everybody)
            .end_row();
        form.end_group();
        form.group(message("When"));
        form.row().date("neu_beginn", message("Begins"), {}, {.optional = true}).date("neu_ende", message("Ends"), {}, {.optional = true}).end_row();
        form.text("verschieben", message("Move both by so many months"),
                  {.hint = message("12 is a year later, -1 a month earlier."), .optional = true, .inputmode = "numeric", .short_input = true});
        form.row()
            .text("termin_beschluss", message("Resolution that moves the dates"),
                  {.hint = message("Dates of an agreed measure move only by resolution."), .optional = true})
            .date("termin_beschlossen_am", message("Resolved on"), {}, {.optional = true})
            .end_row();
        form.number("neu_berichtsabstand", message("Days between status reports"), {.optional = true, .short_input = true});
        form.end_group();
        form.group(message("What it rests on"));
        form.row()
            .text("aussagen_dazu", message("Statements to add"),
                  {.hint = message("Concept and number, for example 2018:5.1-a; several with commas."), .optional = true})
            .text("aussagen_weg", message("Statements to take away"), {.optional = true})
            .end_row();
        form.select("neu_veroeffentlicht", message("The public may see this measure"), shown);
        form.end_group();
        form.group(message("Next step"));
        form.select("schritt", message("Step"), moves,
                    {.hint = message("Each measure goes through its own gate; what it lacks stands in the preview.")});
        form.text("grund", message("Reason"), {.hint = message("Needed to reject, to send back and to close without success."), .optional = true});
        form.text("befund", message("Finding"), {.hint = message("Needed to close as partly or not fulfilled."), .optional = true});
        form.text("beleg", message("Record that shows it"),
                  {.hint = message("Needed to suspend: what shows that a condition is gone."), .optional = true});
        form.row()
            .text("beschluss", message("Number of the resolution"), {.hint = message("Needed to repeal or replace."), .optional = true})
            .date("beschlossen_am", message("Resolved on"), {}, {.optional = true})
            .end_row();
        form.text("ersatz", message("Number of the measure that takes its place"), {.optional = true});
        form.end_group();
        return form;
    }

    Desk desk_;
};

}  // namespace

void mount_bulk(http::Router& router, const Desk& desk) {
    const auto pages = std::make_shared<BulkPages>(desk);
    const auto on = [&](auto method) {
        return desk.site.page(
            [pages, method](const http::Request& request, const web::Context& context) { return ((*pages).*method)(request, context); });
    };
    router.get(address, on(&BulkPages::start));
    router.post(std::string(address) + "/vorschau", on(&BulkPages::preview));
    router.post(address, on(&BulkPages::apply));
}

}  // namespace measures
