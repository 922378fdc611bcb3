#include "plan/draft_pages.h"
#include "plan/drafting.h"
#include "plan/import/unicode.h"
#include "plan/steering.h"
#include "platform/web/input.h"

namespace plan {
namespace {

using base::message;

constexpr Modality modalities[] = {Modality::obligation, Modality::conditional_obligation, Modality::power, Modality::effort, Modality::declaration};
constexpr std::string_view rhythms[] = {"",           "yearly",   "half_yearly", "quarterly", "monthly",   "weekly",
                                        "two_yearly", "standing", "regular",     "once",      "on_request"};
constexpr int most_rows = 20;

std::string numbered(std::string_view field, int row) { return std::string(field) + "_" + std::to_string(row); }

// Rows somebody filled, at least `known` and always some to fill in; without JavaScript there is no "one more".
int rows_for(std::size_t known, const http::Fields* typed, std::string_view field) {
    int last = static_cast<int>(known);
    for (int row = 1; typed && row <= most_rows; ++row)
        if (!typed->get(numbered(field, row)).empty()) last = std::max(last, row);
    return std::min(most_rows, last + 2);
}

// "7,5" and "1.200" as people write them.
std::optional<double> amount_of(std::string_view text) {
    std::string plain;
    for (const char c : text) {
        if (c == '.' || c == ' ') continue;
        plain += c == ',' ? '.' : c;
    }
    if (plain.empty() || plain.size() > 15 || plain.find_first_not_of("0123456789.") != std::string::npos ||
        std::count(plain.begin(), plain.end(), '.') > 1 || plain == ".")
        return std::nullopt;
    return std::stod(plain);
}
std::string shown(double amount) {
    auto text = fmt::format("{:.4f}", amount);
    while (text.ends_with('0')) text.pop_back();
    if (text.ends_with('.')) text.pop_back();
    std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

StatementEdit edit_from(const http::Fields& form, web::Input& input) {
    StatementEdit e;
    std::vector<std::string> names, offered;
    for (const auto m : modalities) names.emplace_back(name_of(m));
    for (const auto r : rhythms) offered.emplace_back(r);
    e.quote = {input.long_text("quote", {.required = true, .most = 5000}), input.long_text("quote_en", {.required = false, .most = 5000})};
    e.vague_reason = {input.long_text("vague", {.required = false, .most = 1000}), input.long_text("vague_en", {.required = false, .most = 1000})};
    e.modality = modality_named(input.choice("modality", names)).value_or(Modality::declaration);
    e.rhythm = input.choice("rhythm", offered, false);
    const auto chosen = [&](std::string_view field) {
        std::vector<network::BearerId> out;
        for (int row = 1; row <= most_rows; ++row)
            if (const auto id = input.number(numbered(field, row), 1, INT64_MAX, false))
                if (std::find(out.begin(), out.end(), network::BearerId{*id}) == out.end()) out.push_back({*id});
        return out;
    };
    e.bearers = chosen("bearer");
    e.counterparts = chosen("counterpart");
    if (input.checked("lead") && !e.bearers.empty()) e.lead = e.bearers.front();
    for (int row = 1; row <= most_rows; ++row) {
        if (const auto due = input.day(numbered("due", row), false)) e.dates.push_back({*due, form.get(numbered("due_words", row))});
        const auto typed = form.get(numbered("amount", row));
        if (typed.empty()) continue;
        const auto amount = amount_of(typed);
        if (!amount) input.wrong(numbered("amount", row), message("Please enter a number, such as 12 or 7,5."));
        e.quantities.push_back({amount.value_or(0), input.text(numbered("unit", row), {.required = false, .most = 80}),
                                input.choice(numbered("comparison", row), {"at_least", "at_most", "exactly"}), form.get(numbered("words", row))});
    }
    return e;
}

class StatementPages : public Steering {
  public:
    using Steering::Steering;

    base::Result<http::Response> form(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        return form_page(request, context, nullptr);
    }

    base::Result<http::Response> edit(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        const StatementId id{request.id("id")};
        TRY(const auto back, page_of(id));
        if (request.form.has("remove")) {
            const auto gone = change_only([&](db::Connection& c) -> base::Result<void> {
                TRY(const auto held, with_duty(c));
                if (held.contains(id))
                    return base::invalid("remove",
                                         message("A duty stands behind this statement. Please end the duty or tie it to another one first."));
                return remove_statement(c, id, by(context));
            });
            if (!gone) return gone.error().fields.empty() ? tl::unexpected(gone.error()) : form_page(request, context, &gone.error());
            return web::see_other(context, back, message("The statement is taken out."));
        }
        web::Input input(request.form);
        const auto e = edit_from(request.form, input);
        if (!input.ok()) return form_page(request, context, &input.error());
        const auto done = change_only([&](db::Connection& c) { return edit_statement(c, id, e, by(context)); });
        if (!done) return done.error().fields.empty() ? tl::unexpected(done.error()) : form_page(request, context, &done.error());
        return web::see_other(context, back, message("Saved."));
    }

    base::Result<http::Response> confirm_one(const http::Request& request, const web::Context& context) const {
        TRY_VOID(steering_only(context));
        const StatementId id{request.id("id")};
        TRY(const auto back, page_of(id));
        TRY_VOID(change_only([&](db::Connection& c) { return confirm(c, id, by(context)); }));
        return web::see_other(context, back, message("The statement is confirmed."));
    }

  private:
    // Where somebody came from: the draft at this clause, or the clause of an adopted concept.
    base::Result<std::string> page_of(StatementId id) const {
        TRY(const auto statement, database_.read([&](db::Connection& c) { return find_statement(c, id); }));
        TRY(const auto place, place_of(statement.clause));
        const auto& [plan, clause] = place;
        return plan.state == PlanState::draft ? address_of(plan) + "/entwurf#z-" + anchor_of(clause) : address_of(plan, clause);
    }

    base::Result<http::Response> form_page(const http::Request& request, const web::Context& context, const base::Error* refused) const {
        const StatementId id{request.id("id")};
        return database_.read([&](db::Connection& c) -> base::Result<http::Response> {
            TRY(const auto found, find_statement(c, id));
            TRY(const auto clause, find_clause(c, found.clause));
            TRY(const auto plan, find_plan(c, found.plan));
            TRY(const auto bearers, network::bearers(c));
            TRY(const auto words, words_of_plan(c, plan.id));
            TRY(const auto s, drafting::statement_detail(c, id));
            const bool draft = plan.state == PlanState::draft;
            const auto* typed = refused ? &request.form : nullptr;
            const auto back = draft ? address_of(plan) + "/entwurf#z-" + anchor_of(clause) : address_of(plan, clause);
            web::Form form(context, {.action = "/konzept/aussagen/" + std::to_string(id.value),
                                     .submit = draft ? message("Confirm") : message("Save"),
                                     .cancel_url = back});
            if (refused) form.typed(*typed).error(*refused);
            if (draft) {
                form.group(message("What it says"));
                form.textarea("quote", message("Words of the statement"),
                              {.value = s.quote.de, .hint = message("As they stand in the clause."), .rows = 4});
            } else {
                form.hidden("quote", s.quote.de).hidden("modality", name_of(s.modality)).hidden("rhythm", s.rhythm);
            }
            form.textarea("quote_en", message("In English"), {.value = s.quote.en, .optional = true, .rows = 3});
            if (draft) {
                std::vector<web::Choice> binding, often;
                for (const auto m : modalities) binding.push_back({std::string(name_of(m)), label_of(m)});
                for (const auto r : rhythms) often.push_back({std::string(r), label_of_rhythm(r)});
                form.select("modality", message("How it binds"), binding, {.value = std::string(name_of(s.modality))});
                form.select("rhythm", message("How often"), often, {.value = s.rhythm, .optional = true});
                form.end_group();
            }
            const auto named = words.find(id);
            who(form, context, s, bearers, named == words.end() ? Words{} : named->second, typed);
            if (draft) when_and_how_much(form, s, typed);
            form.group(message("If nobody can be held to it"));
            form.textarea("vague", message("Why it is vague"), {.value = s.vague_reason.de, .optional = true, .rows = 2})
                .textarea("vague_en", message("Why, in English"), {.value = s.vague_reason.en, .optional = true, .rows = 2});
            form.end_group();
            if (draft) form.button("remove", "ja", message("Take it out: this states nothing"));
            return web::page(context,
                             {.title = message("Statement {key}", {{"key", s.key}}),
                              .lead = draft ? std::string() : s.quote.de,
                              .crumbs = {{message("Concepts"), "/konzept"},
                                         {plan.title.in(i18n::code(context.language)), draft ? address_of(plan) + "/entwurf" : address_of(plan)},
                                         {title_of(clause, context), draft ? "/konzept/ziffern/" + std::to_string(clause.id.value) : back}},
                              .status = refused ? web::http_status(refused->kind) : 200,
                              .index = false},
                             form.html());
        });
    }

    static void who(web::Form& form, const web::Context& context, const StatementDetail& s, const std::vector<network::Bearer>& all,
                    const Words& words, const http::Fields* typed) {
        std::vector<web::Choice> own{{"", message("none")}}, everybody{{"", message("none")}};
        for (const auto& b : all) {
            const web::Choice choice{std::to_string(b.id.value), b.name.in(i18n::code(context.language))};
            if (network::belongs_to_district(b.kind)) own.push_back(choice);
            everybody.push_back(choice);
        }
        const auto rows = [&](std::string_view field, const std::vector<network::BearerId>& ids, const std::vector<web::Choice>& choices,
                              const base::Message& label) {
            const int count = rows_for(ids.size(), typed, field);
            form.row();
            for (int row = 1; row <= count; ++row) {
                const auto at = static_cast<std::size_t>(row - 1);
                form.select(numbered(field, row),
                            row == 1 ? label : message("{what}, {number}", {{"what", context.say(label)}, {"number", std::to_string(row)}}), choices,
                            {.value = at < ids.size() ? std::to_string(ids[at].value) : "", .optional = true});
            }
            form.end_row();
        };
        auto bearers = s.bearers;
        if (s.lead) {
            std::erase(bearers, s.lead);
            bearers.insert(bearers.begin(), s.lead);
        }
        form.group(message("Who bears it"));
        const auto hint = [&](const base::Message& text, const std::string& names) {
            if (!names.empty())
                form.html(web::Html::trusted("<p class=\"app-hint\">") + web::Html::text(context.say(text) + " " + names) +
                          web::Html::trusted("</p>"));
        };
        hint(message("The text names:"), words.bearer_names);
        if (own.size() == 1)
            form.html(web::Html::trusted("<p><a class=\"kern-link\" href=\"/stellen/neu\">") +
                      web::Html::text(context.say(message("Enter an office or body"))) + web::Html::trusted("</a></p>"));
        rows("bearer", bearers, own, message("Borne by"));
        form.checkbox("lead", message("The first one leads"), static_cast<bool>(s.lead));
        hint(message("The text names:"), words.counterpart_names);
        rows("counterpart", s.counterparts, everybody, message("With or towards"));
        form.end_group();
    }

    static void when_and_how_much(web::Form& form, const StatementDetail& s, const http::Fields* typed) {
        form.group(message("By which days"));
        form.row();
        for (int row = 1; row <= rows_for(s.dates.size(), typed, "due"); ++row) {
            const auto at = static_cast<std::size_t>(row - 1);
            const auto* known = at < s.dates.size() ? &s.dates[at] : nullptr;
            form.date(numbered("due", row), message("Day {number}", {{"number", std::to_string(row)}}),
                      known ? std::optional<base::Day>(known->on) : std::nullopt, {.optional = true});
            if (known) form.hidden(numbered("due_words", row), known->words);
        }
        form.end_row();
        form.end_group();
        form.group(message("How much"));
        const std::vector<web::Choice> comparisons{
            {"at_least", message("at least")}, {"at_most", message("at most")}, {"exactly", message("exactly")}};
        for (int row = 1; row <= rows_for(s.quantities.size(), typed, "amount"); ++row) {
            const auto at = static_cast<std::size_t>(row - 1);
            const auto* known = at < s.quantities.size() ? &s.quantities[at] : nullptr;
            const auto number = std::to_string(row);
            form.row();
            form.select(numbered("comparison", row), message("Comparison {number}", {{"number", number}}), comparisons,
                        {.value = known ? known->comparison : "at_least"});
            form.text(numbered("amount", row), message("Amount {number}", {{"number", number}}),
                      {.value = known ? shown(known->amount) : "", .optional = true, .inputmode = "decimal", .short_input = true});
            form.text(numbered("unit", row), message("Of what {number}", {{"number", number}}),
                      {.value = known ? known->unit : "", .optional = true, .short_input = true});
            form.end_row();
            if (known) form.hidden(numbered("words", row), known->words);
        }
        form.end_group();
    }
};

}  // namespace

void mount_statements(http::Router& router, web::Site& site, db::Database& database, const Hooks& hooks) {
    const Routes<StatementPages> routes(router, site, std::make_shared<StatementPages>(site, database, hooks));
    routes.get("/konzept/aussagen/{id}", &StatementPages::form);
    routes.post("/konzept/aussagen/{id}", &StatementPages::edit);
    routes.post("/konzept/aussagen/{id}/bestaetigen", &StatementPages::confirm_one);
}

}  // namespace plan
