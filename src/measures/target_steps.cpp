#include "measures/target_steps.h"

#include "measures/views.h"
#include "platform/web/form.h"
#include "platform/web/input.h"

namespace measures {

using base::message;

base::Result<Target> read_target_form(const http::Fields& form, Target t) {
    web::Input input(form);
    t.title = {input.text("titel", {.most = 200}), input.text("titel_en", {.required = false, .most = 200})};
    t.text = {input.long_text("text"), input.long_text("text_en", {.required = false, .most = 20000})};
    t.indicator = input.text("indikator", {.required = false, .most = 100});
    t.evidence_kind = form.get("nachweisart");
    const auto statement = input.text("aussage", {.required = false, .most = 100});
    const auto colon = statement.find(':');
    if (statement.empty())
        t.statement = {};
    else if (colon == 0 || colon == std::string::npos || colon + 1 == statement.size())
        input.wrong("aussage", message("Name a statement by concept and number: 2018:5.1-a."));
    else
        t.statement = {statement.substr(0, colon), statement.substr(colon + 1)};
    t.goal.direction = direction_named(form.get("richtung")).value_or(Direction::at_least);
    const auto quantity = [&](const char* name, bool required) -> std::optional<Quantity> {
        const auto typed = form.get(name);
        const auto value = typed.empty() ? std::nullopt : Quantity::parse(typed);
        if (!value && (required || !typed.empty()))
            input.wrong(name, typed.empty() ? message("Enter the value; zero counts, too.") : message("Enter a number with at most three decimals."));
        return value;
    };
    t.goal.value = quantity("wert", true).value_or(Quantity{});
    t.goal.upper = quantity("bis", false);
    t.goal.unit = input.text("einheit", {.most = 60});
    t.baseline = quantity("ausgangswert", false);
    t.partly_from = quantity("teilweise_ab", false);
    const auto due = input.day("frist");
    const auto from = input.day("gezaehlt_ab");
    if (!input.ok()) return base::error(input.error());
    t.due_on = *due;
    t.counted_from = *from;
    return t;
}

TargetResult target_step(const Target& t, const TargetStep& asked, base::Day today) {
    const auto& form = asked.form;
    const auto step = form.get("schritt");
    web::Input input(form);
    const auto party = party_named(form.get("seite")).value_or(Party::district_council);
    if (step == "anfragen") {
        ConsultationRequest r;
        r.party = party;
        const auto asked_on = input.day("angefragt_am"), by = input.day("antwort_bis");
        r.proof = input.text("nachweis", {.required = false, .most = 200});
        if (!input.ok()) return base::error(input.error());
        r.asked_on = *asked_on;
        r.answer_by = *by;
        return request_opinion(t, r, today);
    }
    if (step == "stellungnahme") {
        Opinion o;
        o.party = party;
        const auto on = input.day("eingegangen_am");
        o.text = input.long_text("text", {.required = false, .most = 20000});
        if (!input.ok()) return base::error(input.error());
        o.received_on = *on;
        o.document = asked.document.value;
        // The opinion belongs to the text its request was sent with, be that an older one: it is kept, marked, and does not count for the new text.
        const auto chosen = form.get("anfrage");
        for (const auto& r : t.requests)
            if (chosen.empty() ? r.party == party : std::to_string(r.id) == chosen) {
                o.party = r.party;
                o.text_hash = r.text_hash;
            }
        return receive_opinion(t, o, today);
    }
    if (step == "reif") return make_ready(t, today);
    if (step == "entscheiden") {
        Decision d;
        const auto on = input.day("tag");
        d.meeting = input.text("sitzung", {.most = 200});
        d.resolution = input.text("beschluss", {.required = false, .most = 100});
        const auto vote = input.choice("ergebnis", {"beschlossen", "abgelehnt", "vertagt"});
        d.yes = static_cast<int>(input.number("ja", 0, 1000, false).value_or(0));
        d.no = static_cast<int>(input.number("nein", 0, 1000, false).value_or(0));
        d.abstained = static_cast<int>(input.number("enthalten", 0, 1000, false).value_or(0));
        if (!input.ok()) return base::error(input.error());
        d.on = *on;
        return decide(t, vote == "beschlossen" ? Vote::resolved : vote == "abgelehnt" ? Vote::rejected : Vote::adjourned, d, today);
    }
    if (step == "inkraft") {
        const auto on = input.day("tag");
        if (!input.ok()) return base::error(input.error());
        return enter_into_force(t, *on, today);
    }
    if (step == "ergebnis") {
        if (asked.computed) return conclude(t, *asked.computed, today);
        Observation observed;
        if (const auto typed = form.get("wert"); !typed.empty()) {
            observed.value = Quantity::parse(typed);
            if (!observed.value) return base::invalid("wert", message("Enter a number with at most three decimals."));
        }
        return conclude(t, observed, today);
    }
    if (step == "uebersteuern")
        return override_outcome(t, target_state_named(form.get("ergebnis")).value_or(TargetState::draft), form.get("grund"), today);
    if (step == "ersetzen" && asked.successor) return replace_by(t, *asked.successor, today);
    return base::invalid("schritt", message("Choose a step."));
}

void fill_target_steps(web::View& view, const web::Context& context, const Target& t, const std::optional<Observation>& computed) {
    const auto url = "/zielvorgaben/" + t.key + "/schritte";
    const auto add = [&](const base::Message& label, const std::string& step, const base::Message& submit,
                         const std::function<void(web::Form&)>& fields) {
        web::Form form(context, {.action = url, .submit = submit, .multipart = step == "stellungnahme"});
        form.hidden("schritt", step);
        fields(form);
        auto section = view.section("STEP");
        section.set("LABEL", label);
        section.set("FORM", form.html());
    };
    std::vector<web::Choice> parties;
    for (const auto party : both_parties) parties.push_back({std::string(name_of(party)), label_of(party)});
    const bool open = t.state == TargetState::draft || t.state == TargetState::in_consultation;
    if (open)
        add(message("Ask for an opinion"), "anfragen", message("Record the request"), [&](web::Form& form) {
            form.radios("seite", message("Who is asked"), parties);
            form.row()
                .date("angefragt_am", message("Asked on"), context.today)
                .date("antwort_bis", message("Answer by"), base::plus_days(context.today, 28))
                .end_row();
            form.text("nachweis", message("Proof that it was sent"),
                      {.hint = message("Message id of the mail or file number of the letter. Without it silence does not count."), .optional = true});
        });
    if (!t.requests.empty())
        add(message("Record an opinion"), "stellungnahme", message("Record the opinion"), [&](web::Form& form) {
            std::vector<web::Choice> requests;
            for (auto r = t.requests.rbegin(); r != t.requests.rend(); ++r) {
                const auto whom = context.say(label_of(r->party));
                const auto day = context.format(r->asked_on);
                requests.push_back(
                    {std::to_string(r->id), r->text_hash == text_hash(t)
                                                ? message("{party}, request of {day}", {{"party", whom}, {"day", day}})
                                                : message("{party}, request of {day}, on an older text", {{"party", whom}, {"day", day}})});
            }
            form.select("anfrage", message("Answers which request"), requests,
                        {.value = std::to_string(t.requests.back().id),
                         .hint = message("An opinion on an older text is kept and marked; it does not count for the present text.")});
            form.date("eingegangen_am", message("Received on"), context.today);
            form.textarea("text", message("Opinion"), {.optional = true});
            form.file("dokument", message("As a document"), {.optional = true, .accept = ".pdf,.docx,.odt"});
        });
    if (t.state == TargetState::in_consultation) add(message("Make ready for decision"), "reif", message("Make ready"), [](web::Form&) {});
    if (t.state == TargetState::ready || t.state == TargetState::adjourned)
        add(message("Record the council's decision"), "entscheiden", message("Record the decision"), [&](web::Form& form) {
            form.radios("ergebnis", message("Decision"),
                        {{"beschlossen", message("resolved")}, {"abgelehnt", message("target rejected")}, {"vertagt", message("adjourned")}});
            form.row()
                .date("tag", message("Day of the meeting"))
                .text("sitzung", message("Meeting"))
                .text("beschluss", message("Number of the resolution"), {.optional = true})
                .end_row();
            form.row()
                .number("ja", message("Yes"), {.optional = true, .short_input = true})
                .number("nein", message("No"), {.optional = true, .short_input = true})
                .number("enthalten", message("Abstained"), {.optional = true, .short_input = true})
                .end_row();
        });
    if (t.state == TargetState::resolved)
        add(message("Put into force"), "inkraft", message("Put into force"),
            [&](web::Form& form) { form.date("tag", message("In force from"), context.today); });
    if (t.state == TargetState::in_force) {
        add(message("Compute the outcome"), "ergebnis", message("Compute"), [&](web::Form& form) {
            if (computed) {
                const auto says = computed->value ? context.say(message("The data say {value} {unit}, from {n} entries.",
                                                                        {{"value", computed->value->text(i18n::code(context.language))},
                                                                         {"unit", t.goal.unit},
                                                                         {"n", std::to_string(computed->evidence.size())}}))
                                                  : context.say(message("There is no data for it: the outcome will be not measurable."));
                form.html(web::paragraphs(says + " " +
                                          context.say(message("Whoever sees it differently overrides the outcome afterwards, with a reason."))));
                return;
            }
            form.text("wert", message("Observed value"),
                      {.hint = message("Leave empty when nothing was measured."), .optional = true, .inputmode = "decimal"});
        });
        add(message("Replace by a new target"), "ersetzen", message("Replace"),
            [](web::Form& form) { form.text("nachfolger", message("Number of the new target")); });
    }
    if (is_outcome(t.state))
        add(message("Override the outcome"), "uebersteuern", message("Override"), [](web::Form& form) {
            std::vector<web::Choice> outcomes;
            for (const auto state : {TargetState::reached, TargetState::partly, TargetState::missed, TargetState::not_measurable})
                outcomes.push_back({std::string(name_of(state)), label_of(state)});
            form.radios("ergebnis", message("Outcome"), outcomes);
            form.text("grund", message("Reason"), {.hint = message("Every report shows it.")});
        });
    add(t.published ? message("Hide from the public") : message("Publish"), t.published ? "verbergen" : "veroeffentlichen",
        t.published ? message("Hide") : message("Publish"), [](web::Form&) {});
}

}  // namespace measures
