#include "plan/view.h"

#include "platform/web/url.h"

namespace plan {

using base::message;

base::Message label_of(Modality m) {
    switch (m) {
        case Modality::obligation: return message("Obligation");
        case Modality::conditional_obligation: return message("Conditional obligation");
        case Modality::power: return message("Power");
        case Modality::effort: return message("Effort");
        case Modality::declaration: return message("Declaration");
    }
    return message("Declaration");
}

base::Message label_of(Relation r) {
    switch (r) {
        case Relation::carried_over: return message("carried over from");
        case Relation::amended: return message("amended from");
        case Relation::new_clause: return message("new");
        case Relation::repealed: return message("repeals");
        case Relation::replaced: return message("replaces");
        case Relation::referred: return message("refers to");
    }
    return message("refers to");
}

base::Message label_of_rhythm(std::string_view rhythm) {
    if (rhythm == "yearly") return message("every year");
    if (rhythm == "half_yearly") return message("every half-year");
    if (rhythm == "quarterly") return message("every quarter");
    if (rhythm == "monthly") return message("every month");
    if (rhythm == "weekly") return message("every week");
    if (rhythm == "two_yearly") return message("every two years");
    if (rhythm == "standing") return message("standing");
    if (rhythm == "regular") return message("regularly, without saying how often");
    if (rhythm == "once") return message("once");
    if (rhythm == "on_request") return message("on request");
    return message("no rhythm");
}

std::string address_of(const PlanView& plan) { return "/konzept/" + plan.key; }
std::string address_of(const PlanView& plan, const ClauseView& clause) { return address_of(plan) + "/ziffer/" + anchor_of(clause); }

std::string title_of(const ClauseView& clause, const web::Context& context) {
    const auto heading = clause.heading.in(i18n::code(context.language));
    if (clause.number.empty())
        return !heading.empty() ? heading : context.say(clause.kind == ClauseKind::preamble ? message("Before the first clause") : message("Annex"));
    return clause.number + (heading.empty() ? "" : " " + heading);
}

bool visible(const PlanView& plan, const web::Context& context) { return plan.published || context.actor.signed_in(); }

base::Result<Names> bearer_names(db::Connection& c, const web::Context& context) {
    Names out;
    TRY(const auto all, network::bearers(c));
    for (const auto& b : all) out[b.id] = b.name.in(i18n::code(context.language));
    return out;
}

void fill_statement(web::View view, const web::Context& context, const StatementDetail& s, const Names& names, const Words* words) {
    const auto list = [&](const std::vector<network::BearerId>& ids) {
        std::string out;
        for (const auto id : ids)
            if (const auto at = names.find(id); at != names.end()) out += (out.empty() ? "" : ", ") + at->second;
        return out;
    };
    view.set("KEY", s.key);
    view.set("ID", std::to_string(s.id.value));
    view.set("QUOTE", s.quote.in(i18n::code(context.language)));
    view.set("MODALITY", label_of(s.modality));
    view.show_if("PROPOSED", !s.confirmed);
    const auto bearers = list(s.bearers), counterparts = list(s.counterparts);
    if (!bearers.empty())
        view.section("BEARERS").set("TEXT", bearers);
    else if (words && !words->bearer_names.empty())
        view.section("UNKNOWN").set("TEXT", words->bearer_names);
    if (!counterparts.empty()) view.section("COUNTERPARTS").set("TEXT", counterparts);
    if (!s.rhythm.empty()) view.section("RHYTHM").set("TEXT", label_of_rhythm(s.rhythm));
    for (const auto& d : s.dates) view.section("DATE").set("TEXT", context.format(d.on) + (d.words.empty() ? "" : " („" + d.words + "“)"));
    for (const auto& q : s.quantities) {
        const auto how = context.say(q.comparison == "at_least"  ? message("at least")
                                     : q.comparison == "at_most" ? message("at most")
                                                                 : message("exactly"));
        view.section("QUANTITY").set("TEXT", how + " " + fmt::format("{:g}", q.amount) + " " + q.unit);
    }
    if (!s.vague_reason.empty()) view.section("VAGUE").set("TEXT", s.vague_reason.in(i18n::code(context.language)));
    if (words && !words->modality.empty()) view.section("BASIS").set("TEXT", words->modality);
}

web::Html differences(const web::Context& context, std::string_view before, std::string_view after) {
    web::Html out;
    for (const auto& part : word_differences(before, after)) {
        if (part.change == Change::same) out += web::Html::text(part.text);
        // The word in front is for those who hear the page: colour and stroke alone say nothing to them.
        else if (part.change == Change::removed)
            out += web::Html::trusted("<del><span class=\"app-vh\">" + web::escape(context.say(message("removed:"))) + " </span>") +
                   web::Html::text(part.text) + web::Html::trusted("</del>");
        else
            out += web::Html::trusted("<ins><span class=\"app-vh\">" + web::escape(context.say(message("added:"))) + " </span>") +
                   web::Html::text(part.text) + web::Html::trusted("</ins>");
    }
    return out;
}

}  // namespace plan
