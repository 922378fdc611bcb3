#include "measures/deeds.h"

#include <algorithm>

#include "evidence/store.h"
#include "measures/copy_rules.h"
#include "measures/round_mail.h"
#include "measures/upload.h"
#include "platform/links/api.h"
#include "platform/web/input.h"

namespace measures {

using base::message;

bool may_propose(const web::Context& context, const By& by) {
    return edits_all(context) || (context.actor.role == identity::Role::unit_editor && !by.office.empty());
}

base::Result<Dossier> editable(db::Connection& c, const web::Context& context, std::string_view key, const By& by) {
    TRY(auto dossier, find(c, key));
    if (!edits(context, dossier.measure, by.office)) return base::error(base::ErrorKind::not_found, "for those who work on this measure");
    return dossier;
}

base::Result<Measure> propose(db::Connection& c, const web::Context& context, Fields fields, const By& by, const std::string& copy_of) {
    if (!may_propose(context, by)) return base::error(base::ErrorKind::not_found, "for those who work on measures");
    fields.erase("kennung");
    TRY(auto m, with_fields(Measure{}, fields, context.today));
    if (m.kind == Kind::self_commitment)
        return base::invalid("art", message("A partner writes its self-commitment itself: invite it by mail under Self-commitments."));
    if (!edits(context, m, by.office)) return base::invalid("verantwortlich", message("You can propose measures for your own office only."));
    if (!copy_of.empty()) {
        TRY(const auto source, find(c, copy_of));
        auto again = copied(source.measure, year_of(m, context.today) - year_of(source.measure, context.today), context.today);
        m.resources = std::move(again.resources);
        m.milestones = std::move(again.milestones);
    }
    return create(c, std::move(m), by);
}

base::Result<Measure> change(db::Connection& c, const web::Context& context, std::string_view key, const Fields& fields, int version,
                             const ScheduleChange& schedule, const By& by) {
    TRY(const auto now, editable(c, context, key, by));
    TRY(auto m, with_fields(now.measure, fields, context.today));
    if (!edits(context, m, by.office)) return base::invalid("verantwortlich", message("You can propose measures for your own office only."));
    return save(c, m, version, schedule, by);
}

base::Result<Measure> move(db::Connection& c, const web::Context& context, const Measure& m, const Step& step, const World& world, const By& by) {
    if (!may_take(context, step.move, m, by.office, world)) return base::error(base::ErrorKind::forbidden, "this step is the officer's");
    return take_step(c, m.key, step, world, by);
}

base::Result<StatusReport> read_report(const http::Fields& form, base::Day today) {
    web::Input input(form);
    StatusReport report;
    report.given_on = form.has("given_on") ? input.day("given_on").value_or(today) : today;
    report.text = input.long_text("text");
    const auto assessment = form.get("einschaetzung");
    if (const auto known = assessment_named(assessment))
        report.assessment = *known;
    else if (!assessment.empty())
        input.wrong("einschaetzung", message("This is none of the choices."));
    if (const auto percent = input.number("prozent", 0, 100, false)) report.percent = static_cast<int>(*percent);
    report.published = form.get("veroeffentlicht") == "ja";
    if (!input.ok()) return base::error(input.error());
    return report;
}

base::Result<Attachment> attach_sent(db::Connection& c, const Measure& m, const http::Request& request, const FileFields& names, const By& by) {
    web::Input input(request.form);
    Attachment a;
    a.title = input.text(names.title, {.most = 200});
    a.published = input.checked(names.published) && request.form.get(names.published) != "false";
    TRY(const auto received, received_file(request, names.file));
    if (!received.upload) input.wrong(names.file, message("Choose a file."));
    if (!input.ok()) return base::error(input.error());
    a.name = received.upload->filename;
    a.office = by.office;
    a.added_on = by.today;
    TRY(a.file, store_received(c, received, by.now));
    TRY(a.id, attach(c, m.key, a, by));
    return a;
}

base::Result<std::vector<OpenFile>> files_of(db::Connection& c, const web::Context& context, std::string_view key) {
    TRY(const auto dossier, find(c, key));
    const auto& m = dossier.measure;
    if (!m.published && !context.actor.signed_in()) return base::error(base::ErrorKind::not_found, "not published");
    TRY(const auto parts, parts_of(c, m));
    std::vector<OpenFile> out;
    for (const auto& a : parts.files) {
        if (!context.actor.signed_in() && !a.published) continue;
        TRY(auto file, files::describe(c, a.file));
        out.push_back({a, std::move(file)});
    }
    return out;
}

base::Result<OpenFile> file_of(db::Connection& c, const web::Context& context, std::string_view key, AttachmentId id) {
    TRY(auto all, files_of(c, context, key));
    for (auto& each : all)
        if (each.attachment.id == id) return std::move(each);
    return base::error(base::ErrorKind::not_found, "no such file of the measure");
}

base::Result<Round> read_round(const http::Fields& form, base::Day today) {
    web::Input input(form);
    Round round;
    round.asked_on = today;
    const auto by_day = input.day("antwort_bis");
    round.note = input.long_text("hinweis", {.required = false, .most = 2000});
    round.reminder_days.clear();
    for (const auto& each : split_list(form.get("erinnern"))) {
        if (each.size() > 2 || each.find_first_not_of("0123456789") != std::string::npos)
            input.wrong("erinnern", message("Enter whole days with commas: 7, 1."));
        else
            round.reminder_days.push_back(std::stoi(each));
    }
    if (const auto days = input.number("melden_nach", 1, 365)) round.escalate_after_days = static_cast<int>(*days);
    if (!input.ok()) return base::error(input.error());
    round.answer_by = *by_day;
    return round;
}

base::Result<Asking> ask_everybody(db::Connection& c, const Round& round, const World& world, const By& by) {
    Asking out;
    TRY(out.view, start_round(c, round, by));
    TRY(out.without_mail, send_requests(c, out.view, world, by.now));
    return out;
}

base::Result<std::optional<Observation>> observed_now(db::Connection& c, const Wiring& wiring, const Target& t, base::Day today) {
    if (!t.evidence_kind.empty()) {
        TRY(const auto records, evidence::of_kinds(c, std::vector<std::string>{t.evidence_kind}, t.due_on, t.counted_from));
        return observation_of(t, records, today);
    }
    if (!t.indicator.empty() && wiring.indicator) {
        TRY(const auto line, wiring.indicator(c, t.indicator));
        if (line) return observation_of(t, *line, today);
    }
    return std::optional<Observation>{};
}

bool is_shown(const web::Context& context, const Target& t) {
    return context.actor.signed_in() || (t.published && (t.state == TargetState::in_force || t.state == TargetState::replaced ||
                                                         is_outcome(t.state) || t.state == TargetState::resolved));
}

base::Result<std::string> invite_partner(db::Connection& c, const web::Context& context, Invitation invitation, Sending sending, const World& world,
                                         const By& by) {
    if (std::none_of(world.bearers.begin(), world.bearers.end(),
                     [&](const BearerFact& b) { return b.key == invitation.partner && !network::belongs_to_district(b.kind); }))
        return base::invalid("partner", message("Choose a partner outside the administration."));
    TRY(const auto waiting, waiting_invitation(c, invitation.partner, by.today));
    if (!waiting) return invite(c, invitation, by);
    if (sending == Sending::again) {
        invitation.id = waiting->id;
        return invite_again(c, invitation, by);
    }
    const auto day = context.format(waiting->invited_on);
    return base::invalid(
        "partner", waiting->mail.empty()
                       ? message("This partner was invited on {day} already, by a link handed over, and has written nothing yet.", {{"day", day}})
                       : message("This partner was invited on {day} already, by mail to {mail}, and has written nothing yet.",
                                 {{"day", day}, {"mail", waiting->mail}}));
}

base::Result<OpenInvitation> open_invitation(db::Connection& c, std::string_view token, base::Instant now) {
    TRY(const auto grant, links::look(c, token, commitment_purpose, now));
    OpenInvitation out;
    TRY(out.invitation, find_invitation(c, InvitationId{std::stoll(grant.record)}));
    TRY(const auto bearers, network::bearers(c));
    for (const auto& b : bearers)
        if (b.key == out.invitation.partner) out.partner = b.name;
    if (!out.invitation.measure.empty()) {
        TRY(auto dossier, find(c, out.invitation.measure));
        out.measure = std::move(dossier.measure);
    }
    return out;
}

}  // namespace measures
