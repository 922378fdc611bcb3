#include <fmt/format.h>

#include "evidence/api.h"
#include "evidence/standing.h"
#include "groups/rules.h"
#include "groups/store.h"
#include "platform/audit/api.h"

namespace groups {
namespace {

using base::message;

std::string text(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }
std::string text(std::int64_t id) { return std::to_string(id); }

base::Result<void> recorded(db::Connection& c, const By& by, const std::string& subject, std::string record, std::string action, audit::Values before,
                            audit::Values after) {
    return audit::record(c, by.actor, by.now, "groups." + subject, std::move(record), std::move(action), std::move(before), std::move(after));
}

base::Error stale() { return {base::ErrorKind::conflict, "somebody saved in between", {}, "version"}; }

base::Error refusal(std::vector<base::FieldError> mistakes) {
    return {base::ErrorKind::invalid_input, "mistakes in a group", std::move(mistakes), {}};
}

audit::Values values_of(const Group& g) {
    return {{"kind", std::string(name_of(g.kind))},
            {"title_de", g.title.de},
            {"title_en", g.title.en},
            {"purpose_de", g.purpose.de},
            {"purpose_en", g.purpose.en},
            {"lead", g.lead},
            {"bearer", g.bearer},
            {"evidence_group", g.evidence_group},
            {"proposal_kind", g.proposal_kind},
            {"statement", g.statement},
            {"from", text(g.from)},
            {"until", text(g.until)},
            {"published", g.published ? "yes" : "no"}};
}
audit::Values values_of(const Term& t) {
    return {
        {"seat", text(t.seat.value)},         {"from", base::iso(t.from)},  {"until", text(t.until)}, {"organisation", text(t.organisation.value)},
        {"representative", t.representative}, {"substitute", t.substitute}, {"note", t.note}};
}
audit::Values values_of(const Invitation& i) {
    return {{"group", text(i.group.value)},       {"organisation", text(i.organisation.value)},
            {"sent_on", base::iso(i.sent_on)},    {"answer", std::string(name_of(i.answer))},
            {"answered_on", text(i.answered_on)}, {"note", i.note}};
}
audit::Values values_of(const Meeting& m) {
    return {{"group", text(m.group.value)},
            {"on", base::iso(m.on)},
            {"state", std::string(name_of(m.state))},
            {"title_de", m.title.de},
            {"title_en", m.title.en},
            {"place", m.place},
            {"agenda", m.agenda},
            {"minutes", m.minutes},
            {"minutes_file", text(m.minutes_file.value)},
            {"participants", m.participants ? text(*m.participants) : ""},
            {"for_period", m.for_period},
            {"published", m.published ? "yes" : "no"}};
}

base::Result<std::vector<base::FieldError>> mistakes_of(db::Connection& c, GroupId group, const Term& t) {
    TRY(auto of_the_seat, terms(c, group));
    std::erase_if(of_the_seat, [&](const Term& other) { return other.seat != t.seat; });
    return mistakes_in(t, of_the_seat);
}

base::Result<Group> group_by_id(db::Connection& c, GroupId id) {
    TRY(const auto every, all(c));
    for (const auto& g : every)
        if (g.id == id) return g;
    return base::error(base::ErrorKind::not_found, "no such group");
}

struct SeatInGroup {
    Seat seat;
    Group group;
};
base::Result<SeatInGroup> seat_by_id(db::Connection& c, SeatId id) {
    TRY(const auto every, seats(c));
    for (const auto& s : every) {
        if (s.id != id) continue;
        TRY(auto g, group_by_id(c, s.group));
        return SeatInGroup{s, std::move(g)};
    }
    return base::error(base::ErrorKind::not_found, "no such seat");
}
base::Result<Term> term_by_id(db::Connection& c, TermId id) {
    TRY(const auto every, terms(c));
    for (const auto& t : every)
        if (t.id == id) return t;
    return base::error(base::ErrorKind::not_found, "no such term");
}

evidence::Entry entry_of(const Group& g, std::string kind, std::string subject, base::Day on, bool sample) {
    evidence::Entry e;
    e.record.kind = std::move(kind);
    e.record.subject = std::move(subject);
    e.record.occurred_on = on;
    e.record.published = g.published;
    e.sample = sample;
    return e;
}

// 4.1-h: a filled seat covers the days from its first to its last. Only of a network: a guest in a working group represents nobody in the NIMM.
base::Result<std::string> keep_seat_evidence(db::Connection& c, const SeatInGroup& s, const Term& t, bool gone, const std::string& reason,
                                             const By& by) {
    if (s.group.kind != GroupKind::network) return std::string();
    auto e = entry_of(s.group, "network.seat_filled", s.group.key + "-" + s.seat.key, t.from, t.sample);
    e.record.organisation = s.group.bearer;
    e.record.until = t.until;
    e.record.attributes = {{"seat", s.seat.key}, {"network", s.group.key}};
    e.record.title = {"Sitz besetzt: " + s.seat.title.de, "Seat filled: " + s.seat.title.in("en")};
    return evidence::keep(c, t.evidence_key, gone ? std::nullopt : std::optional(e), reason, {by.actor, by.now});
}

base::Result<std::string> keep_meeting_evidence(db::Connection& c, const Group& g, const Meeting& m, bool gone, const By& by) {
    auto e = entry_of(g, "network.meeting_held", g.key, m.on, m.sample);
    e.record.organisation = g.lead;
    e.record.attributes = {{"group", g.evidence_group.empty() ? g.key : g.evidence_group}};
    if (!m.for_period.empty()) e.record.attributes["period"] = m.for_period;
    if (m.participants) e.record.quantity = evidence::Quantity::of(*m.participants);
    e.record.title = m.title;
    e.record.published = g.published && m.published;
    std::set<std::string> taken;
    TRY(const auto others, meetings(c, g.id));
    for (const auto& other : others)
        if (other.id != m.id && !other.evidence_key.empty()) taken.insert(other.evidence_key);
    const bool stands = !gone && m.state == MeetingState::held;
    return evidence::keep(c, m.evidence_key, stands ? std::optional(e) : std::nullopt, gone ? "Treffen zurückgenommen" : "Treffen geändert",
                          {by.actor, by.now}, taken);
}

base::Result<void> write_parts(db::Connection& c, const Meeting& m) {
    TRY_VOID(c.execute("delete from meeting_attendance where meeting_id = :id", {{"id", m.id}}));
    for (const auto& a : m.attendance)
        TRY_VOID(c.execute("insert into meeting_attendance (meeting_id, organisation_id, present) values (:id, :organisation, :present)",
                           {{"id", m.id}, {"organisation", a.organisation}, {"present", a.present}}));
    return {};
}

}  // namespace

base::Result<GroupId> save(db::Connection& c, const Group& g, const By& by) {
    auto mistakes = mistakes_in(g);
    TRY(const auto every, all(c));
    const Group* before = nullptr;
    for (const auto& other : every) {
        if (other.id == g.id) before = &other;
        if (other.key == g.key && other.id != g.id) mistakes.push_back({"key", message("This short name is taken already."), 0});
    }
    if (!mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    db::Parameters p{{"kind", name_of(g.kind)},          {"title_de", g.title.de},   {"title_en", g.title.en}, {"purpose_de", g.purpose.de},
                     {"purpose_en", g.purpose.en},       {"lead", g.lead},           {"bearer", g.bearer},     {"evidence_group", g.evidence_group},
                     {"proposal_kind", g.proposal_kind}, {"statement", g.statement}, {"from", g.from},         {"until", g.until},
                     {"published", g.published}};
    if (before) {
        if (before->version != g.version) return tl::unexpected(stale());
        p.emplace_back("id", g.id);
        TRY_VOID(c.execute(R"sql(
            update network_groups
               set kind = :kind, title_de = :title_de, title_en = :title_en, purpose_de = :purpose_de, purpose_en = :purpose_en, lead = :lead,
                   bearer = :bearer, evidence_group = :evidence_group, proposal_kind = :proposal_kind, statement = :statement, from_on = :from,
                   until_on = :until, published = :published, version = version + 1
             where id = :id
        )sql",
                           p));
        TRY_VOID(recorded(c, by, "group", g.key, "change", values_of(*before), values_of(g)));
        return g.id;
    }
    p.emplace_back("key", g.key);
    p.emplace_back("sample", g.sample);
    TRY(const auto id, c.insert<GroupId>(R"sql(
        insert into network_groups (key, kind, title_de, title_en, purpose_de, purpose_en, lead, bearer, evidence_group, proposal_kind, statement, from_on,
                                    until_on, published, sample)
        values (:key, :kind, :title_de, :title_en, :purpose_de, :purpose_en, :lead, :bearer, :evidence_group, :proposal_kind, :statement, :from,
                :until, :published, :sample)
        returning id
    )sql",
                                         p));
    TRY_VOID(recorded(c, by, "group", g.key, "create", {}, values_of(g)));
    return id;
}

base::Result<SeatId> add_seat(db::Connection& c, const Seat& s, const By& by) {
    TRY(const auto g, group_by_id(c, s.group));
    auto mistakes = mistakes_in(s);
    TRY(const auto there, c.query<std::int64_t>("select id from group_seats where group_id = :group and key = :key",
                                                {{"group", s.group}, {"key", s.key}}, [](const db::Row& row) { return row.int64("id"); }));
    if (!there.empty()) mistakes.push_back({"seat_key", message("This short name is taken already."), 0});
    if (!mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    TRY(const auto id, c.insert<SeatId>(R"sql(
        insert into group_seats (group_id, key, title_de, title_en, basis, kept_for, position, sample)
        values (:group, :key, :title_de, :title_en, :basis, :kept_for, :position, :sample)
        returning id
    )sql",
                                        {{"group", s.group},
                                         {"key", s.key},
                                         {"title_de", s.title.de},
                                         {"title_en", s.title.en},
                                         {"basis", name_of(s.basis)},
                                         {"kept_for", s.kept_for},
                                         {"position", std::int64_t{s.position}},
                                         {"sample", s.sample}}));
    TRY_VOID(recorded(c, by, "seat", g.key + "/" + s.key, "create", {},
                      {{"title_de", s.title.de}, {"basis", std::string(name_of(s.basis))}, {"kept_for", s.kept_for}}));
    return id;
}

base::Result<void> withdraw_seat(db::Connection& c, SeatId id, const By& by) {
    TRY(const auto s, seat_by_id(c, id));
    TRY(const auto there, terms(c, s.group.id));
    for (const auto& t : there)
        if (t.seat == id) TRY_VOID(withdraw_term(c, t.id, by));
    TRY_VOID(c.execute("update group_seats set withdrawn_at = :now where id = :id", {{"now", by.now}, {"id", id}}));
    return recorded(c, by, "seat", s.group.key + "/" + s.seat.key, "withdraw", {{"title_de", s.seat.title.de}}, {});
}

base::Result<TermId> fill_seat(db::Connection& c, const Term& t, const By& by) {
    TRY(const auto s, seat_by_id(c, t.seat));
    TRY(auto mistakes, mistakes_of(c, s.group.id, t));
    if (!mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    TRY(const auto key, keep_seat_evidence(c, s, t, false, "Besetzung geändert", by));
    TRY(const auto id, c.insert<TermId>(R"sql(
        insert into seat_terms (seat_id, from_on, until_on, organisation_id, representative, substitute, note, evidence_key, sample)
        values (:seat, :from, :until, :organisation, :representative, :substitute, :note, :key, :sample)
        returning id
    )sql",
                                        {{"seat", t.seat},
                                         {"from", t.from},
                                         {"until", t.until},
                                         {"organisation", t.organisation},
                                         {"representative", t.representative},
                                         {"substitute", t.substitute},
                                         {"note", t.note},
                                         {"key", key},
                                         {"sample", t.sample}}));
    TRY_VOID(recorded(c, by, "term", s.group.key + "/" + s.seat.key, "fill", {}, values_of(t)));
    return id;
}

base::Result<void> end_term(db::Connection& c, TermId id, base::Day until, const By& by) {
    TRY(auto t, term_by_id(c, id));
    const auto before = t;
    TRY(const auto s, seat_by_id(c, t.seat));
    t.until = until;
    TRY(auto mistakes, mistakes_of(c, s.group.id, t));
    for (auto& mistake : mistakes) mistake.field = "until";  // what stands in the way is the new last day
    if (!mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    TRY(const auto key, keep_seat_evidence(c, s, t, false, "Ende der Besetzung eingetragen", by));
    TRY_VOID(c.execute("update seat_terms set until_on = :until, evidence_key = :key where id = :id", {{"until", until}, {"key", key}, {"id", id}}));
    return recorded(c, by, "term", s.group.key + "/" + s.seat.key, "end", values_of(before), values_of(t));
}

base::Result<void> name_people(db::Connection& c, TermId id, const std::string& representative, const std::string& substitute, const By& by) {
    const auto before = term_by_id(c, id);
    if (!before) return tl::unexpected(before.error());
    auto after = *before;
    after.representative = representative;
    after.substitute = substitute;
    if (!after.organisation && representative.empty())
        return base::invalid("representative", message("Please say who sits there: an organisation or unit, or a representative."));
    TRY(const auto s, seat_by_id(c, before->seat));
    TRY_VOID(c.execute("update seat_terms set representative = :representative, substitute = :substitute where id = :id",
                       {{"representative", representative}, {"substitute", substitute}, {"id", id}}));
    return recorded(c, by, "term", s.group.key + "/" + s.seat.key, "change", values_of(*before), values_of(after));
}

base::Result<void> withdraw_term(db::Connection& c, TermId id, const By& by) {
    TRY(const auto t, term_by_id(c, id));
    TRY(const auto s, seat_by_id(c, t.seat));
    TRY_VOID(keep_seat_evidence(c, s, t, true, "Besetzung zurückgenommen", by));
    TRY_VOID(c.execute("update seat_terms set withdrawn_at = :now, evidence_key = '' where id = :id", {{"now", by.now}, {"id", id}}));
    return recorded(c, by, "term", s.group.key + "/" + s.seat.key, "withdraw", values_of(t), {});
}

base::Result<InvitationId> invite(db::Connection& c, const Invitation& i, const By& by) {
    TRY(const auto g, group_by_id(c, i.group));
    if (!i.organisation) return base::invalid("invited", message("Please choose the organisation that is invited."));
    TRY(const auto there, invitations(c, i.group));
    for (const auto& other : there)
        if (other.organisation == i.organisation && other.answer != Answer::declined)
            return base::invalid("invited", message("This organisation is invited already."));
    std::string key;
    if (!g.proposal_kind.empty()) {
        // One proposal to several recipients on one day is one piece of evidence.
        auto e = entry_of(g, g.proposal_kind, g.key, i.sent_on, i.sample);
        e.record.organisation = g.lead;
        e.record.title = {"Vorschlag versandt: " + g.title.de, "Proposal sent: " + g.title.in("en")};
        TRY(key, evidence::keep(c, {}, e, "", {by.actor, by.now}));
    }
    TRY(const auto id, c.insert<InvitationId>(R"sql(
        insert into group_invitations (group_id, organisation_id, sent_on, answer, answered_on, note, evidence_key, sample)
        values (:group, :organisation, :sent, :answer, :answered, :note, :key, :sample)
        returning id
    )sql",
                                              {{"group", i.group},
                                               {"organisation", i.organisation},
                                               {"sent", i.sent_on},
                                               {"answer", name_of(i.answer)},
                                               {"answered", i.answered_on},
                                               {"note", i.note},
                                               {"key", key},
                                               {"sample", i.sample}}));
    TRY_VOID(recorded(c, by, "invitation", text(id.value), "create", {}, values_of(i)));
    return id;
}

namespace {
base::Result<Invitation> invitation_by_id(db::Connection& c, InvitationId id) {
    TRY(const auto every, invitations(c));
    for (const auto& i : every)
        if (i.id == id) return i;
    return base::error(base::ErrorKind::not_found, "no such invitation");
}
}  // namespace

base::Result<void> answer_invitation(db::Connection& c, InvitationId id, Answer answer, base::Day on, const By& by) {
    TRY(auto i, invitation_by_id(c, id));
    const auto before = i;
    if (on < i.sent_on) return base::invalid("answered_on", message("The answer lies before the invitation."));
    i.answer = answer;
    i.answered_on = on;
    TRY_VOID(c.execute("update group_invitations set answer = :answer, answered_on = :on where id = :id",
                       {{"answer", name_of(answer)}, {"on", on}, {"id", id}}));
    return recorded(c, by, "invitation", text(id.value), "answer", values_of(before), values_of(i));
}

base::Result<void> withdraw_invitation(db::Connection& c, InvitationId id, const By& by) {
    TRY(const auto i, invitation_by_id(c, id));
    TRY_VOID(c.execute("update group_invitations set withdrawn_at = :now where id = :id", {{"now", by.now}, {"id", id}}));
    TRY(const auto left, invitations(c));
    const bool shared = std::any_of(left.begin(), left.end(), [&](const Invitation& other) { return other.evidence_key == i.evidence_key; });
    if (!i.evidence_key.empty() && !shared) TRY_VOID(evidence::keep(c, i.evidence_key, {}, "Einladung zurückgenommen", {by.actor, by.now}));
    return recorded(c, by, "invitation", text(id.value), "withdraw", values_of(i), {});
}

base::Result<ResourceId> give(db::Connection& c, const Resource& r, const By& by) {
    TRY(const auto g, group_by_id(c, r.group));
    std::vector<base::FieldError> mistakes;
    if (r.title.de.empty()) mistakes.push_back({"title", message("Please say what was given."), 0});
    if (r.cents && *r.cents < 0) mistakes.push_back({"amount", message("An amount is zero or more."), 0});
    if (!mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    auto e = entry_of(g, "network.resource_provided", g.key, r.given_on, r.sample);
    e.record.organisation = g.lead;
    e.record.title = r.title;
    if (r.cents) e.record.quantity = evidence::Quantity{*r.cents * 10};
    std::set<std::string> taken;
    TRY(const auto others, resources(c, g.id));
    for (const auto& other : others) taken.insert(other.evidence_key);
    TRY(const auto key, evidence::keep(c, {}, e, "", {by.actor, by.now}, taken));
    TRY(const auto id, c.insert<ResourceId>(R"sql(
        insert into group_resources (group_id, given_on, title_de, title_en, cents, evidence_key, sample)
        values (:group, :on, :title_de, :title_en, :cents, :key, :sample)
        returning id
    )sql",
                                            {{"group", r.group},
                                             {"on", r.given_on},
                                             {"title_de", r.title.de},
                                             {"title_en", r.title.en},
                                             {"cents", r.cents},
                                             {"key", key},
                                             {"sample", r.sample}}));
    TRY_VOID(recorded(c, by, "resource", text(id.value), "create", {},
                      {{"group", g.key}, {"given_on", base::iso(r.given_on)}, {"title_de", r.title.de}, {"cents", r.cents ? text(*r.cents) : ""}}));
    return id;
}

base::Result<void> withdraw_resource(db::Connection& c, ResourceId id, const By& by) {
    TRY(const auto every, resources(c));
    for (const auto& r : every) {
        if (r.id != id) continue;
        TRY_VOID(evidence::keep(c, r.evidence_key, {}, "Unterstützung zurückgenommen", {by.actor, by.now}));
        TRY_VOID(c.execute("update group_resources set withdrawn_at = :now where id = :id", {{"now", by.now}, {"id", id}}));
        return recorded(c, by, "resource", text(id.value), "withdraw", {{"title_de", r.title.de}}, {});
    }
    return base::error(base::ErrorKind::not_found, "no such resource");
}

base::Result<MeetingId> save_meeting(db::Connection& c, const Meeting& meeting_to_save, const By& by) {
    auto m = meeting_to_save;
    TRY(const auto g, group_by_id(c, m.group));
    if (auto mistakes = mistakes_in(m, base::berlin_day(by.now)); !mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    std::optional<Meeting> before;
    if (m.id) {
        TRY(before, meeting(c, m.id));
        if (before->version != m.version) return tl::unexpected(stale());
        m.evidence_key = before->evidence_key;
    }
    TRY(m.evidence_key, keep_meeting_evidence(c, g, m, false, by));
    db::Parameters p{{"on", m.on},
                     {"state", name_of(m.state)},
                     {"title_de", m.title.de},
                     {"title_en", m.title.en},
                     {"place", m.place},
                     {"agenda", m.agenda},
                     {"minutes", m.minutes},
                     {"file", m.minutes_file},
                     {"file_name", m.minutes_name},
                     {"participants", m.participants},
                     {"period", m.for_period},
                     {"published", m.published},
                     {"key", m.evidence_key}};
    if (before) {
        p.emplace_back("id", m.id);
        TRY_VOID(c.execute(R"sql(
            update group_meetings
               set held_on = :on, state = :state, title_de = :title_de, title_en = :title_en, place = :place, agenda = :agenda, minutes = :minutes,
                   minutes_file = :file, minutes_name = :file_name, participants = :participants, for_period = :period, published = :published,
                   evidence_key = :key, version = version + 1
             where id = :id
        )sql",
                           p));
    } else {
        p.emplace_back("group", m.group);
        p.emplace_back("sample", m.sample);
        TRY(m.id, c.insert<MeetingId>(R"sql(
            insert into group_meetings (group_id, held_on, state, title_de, title_en, place, agenda, minutes, minutes_file, minutes_name, participants,
                                        for_period, published, evidence_key, sample)
            values (:group, :on, :state, :title_de, :title_en, :place, :agenda, :minutes, :file, :file_name, :participants, :period, :published, :key, :sample)
            returning id
        )sql",
                                      p));
    }
    TRY_VOID(write_parts(c, m));
    TRY_VOID(recorded(c, by, "meeting", text(m.id.value), before ? "change" : "create", before ? values_of(*before) : audit::Values{}, values_of(m)));
    return m.id;
}

base::Result<void> withdraw_meeting(db::Connection& c, MeetingId id, const By& by) {
    TRY(const auto m, meeting(c, id));
    TRY(const auto g, group_by_id(c, m.group));
    TRY_VOID(keep_meeting_evidence(c, g, m, true, by));
    TRY_VOID(c.execute("update group_meetings set withdrawn_at = :now, evidence_key = '' where id = :id", {{"now", by.now}, {"id", id}}));
    return recorded(c, by, "meeting", text(id.value), "withdraw", values_of(m), {});
}

base::Result<TaskId> add_task(db::Connection& c, MeetingId id, const Task& t, const By& by) {
    TRY_VOID(meeting(c, id));
    if (t.title.empty()) return base::invalid("task", message("Please say what is to be done."));
    TRY(const auto task,
        c.insert<TaskId>(
            "insert into meeting_tasks (meeting_id, title, bearer, due_on, done_on) values (:id, :title, :bearer, :due, :done) returning id",
            {{"id", id}, {"title", t.title}, {"bearer", t.bearer}, {"due", t.due}, {"done", t.done}}));
    TRY_VOID(recorded(c, by, "task", text(task.value), "create", {},
                      {{"meeting", text(id.value)}, {"title", t.title}, {"bearer", t.bearer}, {"due", text(t.due)}}));
    return task;
}

base::Result<void> finish_task(db::Connection& c, TaskId id, base::Day on, const By& by) {
    TRY(const auto changed,
        c.execute("update meeting_tasks set done_on = :on where id = :id and done_on is null and withdrawn_at is null", {{"on", on}, {"id", id}}));
    if (changed == 0) return base::error(base::ErrorKind::not_found, "no such open task");
    return recorded(c, by, "task", text(id.value), "finish", {}, {{"done_on", base::iso(on)}});
}

base::Result<void> remove_sample(db::Connection& c, const By& by) {
    const db::Parameters yes{{"yes", true}};
    TRY_VOID(c.execute("delete from meeting_attendance where meeting_id in (select id from group_meetings where sample = :yes)", yes));
    TRY_VOID(c.execute("delete from meeting_tasks where meeting_id in (select id from group_meetings where sample = :yes)", yes));
    // Invented organisations take with them what people entered about them.
    for (const auto* table : {"meeting_attendance", "group_invitations"})
        TRY_VOID(c.execute(fmt::format("delete from {} where organisation_id in (select id from organisations where sample = :yes)", table), yes));
    TRY_VOID(
        c.execute("update seat_terms set organisation_id = null where organisation_id in (select id from organisations where sample = :yes)", yes));
    for (const auto* table : {"group_meetings", "group_resources", "group_invitations", "seat_terms"})
        TRY_VOID(c.execute(fmt::format("delete from {} where sample = :yes", table), yes));
    // Whatever people entered into a seat or group of the sample stays, and so does that.
    TRY_VOID(c.execute("delete from group_seats where sample = :yes and id not in (select seat_id from seat_terms)", yes));
    TRY_VOID(c.execute(
        "delete from network_groups where sample = :yes and id not in (select group_id from group_seats) and id not in (select group_id from group_meetings) "
        "and id not in (select group_id from group_resources) and id not in (select group_id from group_invitations)",
        yes));
    return recorded(c, by, "sample", "sample", "remove", {}, {});
}

}  // namespace groups
