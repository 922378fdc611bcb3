#include "app/network_wiring.h"

#include "app/confirmation_wiring.h"
#include "dataset/store.h"
#include "duties/naming.h"
#include "duties/store.h"
#include "evidence/api.h"
#include "evidence/standing.h"
#include "exchanges/api.h"
#include "groups/api.h"
#include "measures/labels.h"
#include "measures/store.h"
#include "network/offices.h"
#include "organisations/rules.h"
#include "plan/api.h"
#include "platform/web/chip.h"
#include "platform/web/page.h"
#include "platform/web/url.h"

namespace app {

using base::message;

base::Result<void> keep_contact_evidence(db::Connection& c, const organisations::ContactPoint& p, bool gone, const organisations::By& by) {
    TRY(const auto organisation, organisations::find(c, p.organisation));
    const auto bearer = organisation ? organisation->bearer : std::string();
    const bool stands = !gone && !p.topic.empty() && !bearer.empty();
    if (!stands && p.evidence_key.empty()) return {};
    evidence::Entry e;
    e.record.kind = "network.contact_named";
    e.record.subject = p.topic;
    e.record.organisation = bearer;
    e.record.occurred_on = p.from.value_or(base::berlin_day(by.now));
    e.record.until = p.until;
    e.record.attributes = {{"contact", bearer}};
    e.record.title = {"Ansprechstelle benannt: " + p.label.de, "Contact named: " + p.label.in("en")};
    e.record.published = true;
    e.sample = p.sample;
    TRY(const auto key, evidence::keep(c, p.evidence_key, stands ? std::optional(e) : std::nullopt,
                                       gone ? "Kontakt zurückgenommen" : "Kontakt geändert", {by.actor, by.now}));
    return organisations::note_evidence(c, p.id, key);
}

base::Result<void> keep_office_evidence(db::Connection& c, const network::Bearer& office, const network::Holding& term, bool gone,
                                        const identity::Actor& actor, base::Instant now) {
    TRY(const auto written, network::evidence_of(c, term.id));
    TRY(const auto tasks, network::tasks_of(c, office.id));
    std::map<std::string, std::string> keys(written.begin(), written.end());
    std::set<std::string> subjects{office.key};
    for (const auto& task : tasks)
        if (!task.counts_as.empty()) subjects.insert(task.counts_as);
    for (const auto& [subject, key] : keys) subjects.insert(subject);
    for (const auto& subject : subjects) {
        const bool still = subject == office.key || std::any_of(tasks.begin(), tasks.end(), [&](const auto& t) { return t.counts_as == subject; });
        evidence::Entry e;
        e.record.kind = "network.office_held";
        e.record.subject = subject;
        e.record.organisation = office.key;
        e.record.occurred_on = term.from;
        e.record.until = term.until;
        e.record.title = {"Stelle besetzt: " + office.name.de, "Office held: " + office.name.in("en")};
        e.record.published = true;
        TRY(const auto key, evidence::keep(c, keys[subject], gone || !still ? std::nullopt : std::optional(e),
                                           gone ? "Amtszeit zurückgenommen" : "Amtszeit geändert", {actor, now}));
        TRY_VOID(network::note_evidence(c, term.id, subject, key));
    }
    return {};
}

namespace {

constexpr std::int64_t contacts_shown = 5;

// What an office still has to do: its duties that are not fulfilled in the period that counts, its measures that are not over, its tasks.
base::Result<std::vector<network::Matter>> open_matters(db::Connection& c, const web::Context& context, const std::string& office) {
    std::vector<network::Matter> out;
    duties::Question question;
    question.as_of = context.day();
    TRY(const auto judgement, duties::judge_all(c, question));
    std::vector<duties::Shown> open_periods;
    for (const auto& judged : judgement.judged) {
        const auto& duty = *judged.duty;
        if (duty.bearer != office && std::find(duty.joint.begin(), duty.joint.end(), office) == duty.joint.end()) continue;
        for (const auto& o : judged.occurrences) {
            const bool now = o.begins <= context.day() && context.day() <= o.ends;
            const bool open = o.state == duties::State::open || o.state == duties::State::due_soon || o.state == duties::State::overdue ||
                              (now && (o.state == duties::State::breached || o.state == duties::State::behind_assumption));
            if (open) open_periods.push_back({&duty, &o});
        }
    }
    duties::Naming names;
    TRY_VOID(duties::name_subjects(c, names, open_periods, context.actor.signed_in() ? duties::Titles::all : duties::Titles::published));
    out.reserve(out.size() + open_periods.size());
    for (const auto& [duty, o] : open_periods)
        out.push_back(
            {message("Duty"),
             duty->title.in(i18n::code(context.language)) + " (" + names.of_period(duty->rule, o->period).in(i18n::code(context.language)) + ")",
             "/pflichten/" + web::url_encode(duty->key), context.say(web::state_label(duties::name_of(o->state))), o->due_on});
    measures::Filter mine;
    mine.accountable = office;
    mine.per_page = 0;
    TRY(const auto page, measures::list(c, mine));
    for (const auto& dossier : page.dossiers) {
        const auto& m = dossier.measure;
        if (measures::is_open(m.state))
            out.push_back({message("Measure"), m.title.in(i18n::code(context.language)), "/massnahmen/" + m.key,
                           context.say(measures::label_of(m.state)), m.schedule.ends_on});
    }
    TRY(const auto tasks, groups::open_tasks(c, office));
    for (const auto& task : tasks) out.push_back({message("Task of a meeting"), task.title, task.url, context.say(message("open")), task.due});
    return out;
}

// In the plan named, else in the first that has it: those in force come before drafts.
base::Result<std::string> statement_url(db::Connection& c, const web::Context& context, const std::string& plan, const std::string& statement) {
    TRY(const auto plans, plan::plans(c));
    for (const bool adopted : {true, false})
        for (const auto& p : plans) {
            if ((p.state == plan::PlanState::adopted) != adopted || (!plan.empty() && p.key != plan)) continue;
            if (!context.actor.signed_in() && (!p.published || !adopted)) continue;
            const auto found = plan::find_statement_by_key(c, p.id, statement, context.day());
            if (found) return "/konzept/" + p.key + "/ziffer/" + web::url_encode(found->clause_number) + "#s-" + web::url_encode(found->key);
            if (found.error().kind != base::ErrorKind::not_found) return tl::unexpected(found.error());
        }
    return std::string();
}

base::Result<std::optional<network::Statements>> statements(db::Connection& c, base::Day day) {
    network::Statements out;
    TRY(const auto plans, plan::plans(c));
    for (const auto& p : plans) {
        TRY(const auto all, plan::statements_of(c, p.id, day));
        auto& keys = out[p.key];
        for (const auto& s : all) keys.push_back(s.key);
    }
    return out;
}

}  // namespace

network::Wiring network_wiring(std::function<base::Result<void>(db::Connection&)> changed) {
    network::Wiring out;
    out.changed = std::move(changed);
    out.term_changed = keep_office_evidence;
    out.open_matters = open_matters;
    out.statement_url = statement_url;
    out.statements = statements;
    return out;
}

groups::Wiring groups_wiring(std::function<base::Result<void>(db::Connection&)> changed) {
    groups::Wiring out;
    out.changed = std::move(changed);
    out.statement_url = [](db::Connection& c, const web::Context& context, const std::string& statement) {
        return statement_url(c, context, {}, statement);
    };
    out.confirmed = [](db::Connection& c, const web::Context& context, groups::TermId term) -> base::Result<std::string> {
        TRY(const auto proof, confirmation::latest(c, "membership", std::to_string(term.value)));
        if (!proof) return std::string();
        return context.say(message("confirmed on {day} by {office}", {{"day", context.format(proof->on)}, {"office", proof->by}}));
    };
    return out;
}

organisations::Wiring organisations_wiring(std::function<base::Result<void>(db::Connection&)> changed) {
    organisations::Wiring out;
    out.changed = std::move(changed);
    out.district = [](db::Connection& c) -> base::Result<std::string> {
        TRY(const auto municipality, dataset::municipality(c));
        return municipality ? municipality->ags.substr(0, 5) : std::string();
    };
    out.contact_changed = [](db::Connection& c, const organisations::ContactPoint& p, bool gone, const organisations::By& by) -> base::Result<void> {
        TRY_VOID(keep_contact_evidence(c, p, gone, by));
        return keep_contact_current(c, p, gone, by.now);
    };
    out.more = [](db::Connection& c, const web::Context& context, const organisations::Organisation& o) -> base::Result<web::Html> {
        TRY(const auto seats, groups::seats_of(c, o.id, context.day(), std::string(i18n::code(context.language))));
        TRY(const auto contacts, organisations::contacts_of(c, o.id));
        std::vector<std::pair<std::string, confirmation::Confirmation>> proofs;
        for (const auto& p : contacts) {
            if (!context.actor.signed_in() && organisations::public_part(p, context.day()).nothing()) continue;
            TRY(const auto proof, confirmation::latest(c, "contact", std::to_string(p.id.value)));
            if (proof) proofs.emplace_back(p.label.in(i18n::code(context.language)), *proof);
        }
        // The contact log is for colleagues.
        std::vector<exchanges::Exchange> held;
        if (context.actor.signed_in()) { TRY(held, exchanges::with(c, o.id, contacts_shown)); }
        if (seats.empty() && proofs.empty() && held.empty()) return web::Html();
        return web::render(context, "app/seats.tpl", [&](web::View& view) {
            std::optional<web::View> proof_list;
            if (!proofs.empty()) proof_list = view.section("PROOFS");
            for (const auto& [label, proof] : proofs) {
                auto row = proof_list->section("PROOF");
                row.set("LABEL", label);
                row.set("TEXT", context.say(message("confirmed on {day} by {office}", {{"day", context.format(proof.on)}, {"office", proof.by}})));
            }
            if (!held.empty()) {
                auto log = view.section("HELD");
                for (const auto& e : held) {
                    auto row = log.section("CONTACT");
                    row.set("DAY", e.on);
                    row.set("LINK", web::link("/kontakte/" + std::to_string(e.id.value), e.title.in(i18n::code(context.language))));
                }
            }
            if (seats.empty()) return;
            auto list = view.section("SEATS");
            for (const auto& seat : seats) {
                auto row = list.section("SEAT");
                row.set("GROUP", web::link("/netzwerke/" + seat.group_key, seat.group));
                row.set("TITLE", seat.seat);
                row.set("SINCE", context.say(message("since {day}", {{"day", context.format(seat.from)}})));
                if (seat.until) row.section("UNTIL").set("DAY", *seat.until);
            }
        });
    };
    return out;
}

}  // namespace app
