#include <fmt/format.h>

#include "groups/store.h"

namespace groups {
namespace {

base::Bilingual bilingual(const db::Row& row, const std::string& name) { return {row.text(name + "_de"), row.text(name + "_en")}; }

Group group_of(const db::Row& row) {
    Group g;
    g.id = row.id<GroupId>("id");
    g.key = row.text("key");
    g.kind = group_kind_named(row.text("kind")).value_or(GroupKind::round);
    g.title = bilingual(row, "title");
    g.purpose = bilingual(row, "purpose");
    g.lead = row.text("lead");
    g.bearer = row.text("bearer");
    g.evidence_group = row.text("evidence_group");
    g.proposal_kind = row.text("proposal_kind");
    g.statement = row.text("statement");
    g.from = row.optional_day("from_on");
    g.until = row.optional_day("until_on");
    g.published = row.boolean("published");
    g.sample = row.boolean("sample");
    g.version = row.int64("version");
    return g;
}
constexpr std::string_view group_columns =
    "id, key, kind, title_de, title_en, purpose_de, purpose_en, lead, bearer, evidence_group, proposal_kind, statement, from_on, until_on, published, sample, version";

Meeting meeting_of(const db::Row& row) {
    Meeting m;
    m.id = row.id<MeetingId>("id");
    m.group = row.id<GroupId>("group_id");
    m.on = row.day("held_on");
    m.state = meeting_state_named(row.text("state")).value_or(MeetingState::planned);
    m.title = bilingual(row, "title");
    m.place = row.text("place");
    m.agenda = row.text("agenda");
    m.minutes = row.text("minutes");
    m.minutes_file = row.id<files::FileId>("minutes_file");
    m.minutes_name = row.text("minutes_name");
    m.participants = row.optional_int64("participants");
    m.for_period = row.text("for_period");
    m.published = row.boolean("published");
    m.evidence_key = row.text("evidence_key");
    m.sample = row.boolean("sample");
    m.version = row.int64("version");
    return m;
}
constexpr std::string_view meeting_columns =
    "id, group_id, held_on, state, title_de, title_en, place, agenda, minutes, minutes_file, minutes_name, participants, for_period, published, evidence_key, sample, version";

// "… where <column> = :group", or of all.
std::string of(GroupId group, std::string_view column) { return group ? fmt::format("{} = :group", column) : "1 = 1"; }
db::Parameters with(GroupId group) {
    if (!group) return {};
    return {{"group", group}};
}

base::Result<void> add_parts(db::Connection& c, std::vector<Meeting>& all, const std::string& where, const db::Parameters& p) {
    std::map<std::int64_t, Meeting*> by_id;
    for (auto& m : all) by_id[m.id.value] = &m;
    TRY_VOID(c.for_each(
        fmt::format(
            "select meeting_id, organisation_id, present from meeting_attendance where meeting_id in (select id from group_meetings where {}) "
            "order by meeting_id, organisation_id",
            where),
        p, [&](const db::Row& row) {
            if (const auto it = by_id.find(row.int64("meeting_id")); it != by_id.end())
                it->second->attendance.push_back({row.id<OrganisationId>("organisation_id"), row.boolean("present")});
        }));
    return c.for_each(
        fmt::format("select id, meeting_id, title, bearer, due_on, done_on from meeting_tasks where withdrawn_at is null and meeting_id in "
                    "(select id from group_meetings where {}) order by id",
                    where),
        p, [&](const db::Row& row) {
            if (const auto it = by_id.find(row.int64("meeting_id")); it != by_id.end())
                it->second->tasks.push_back(
                    {row.id<TaskId>("id"), row.text("title"), row.text("bearer"), row.optional_day("due_on"), row.optional_day("done_on")});
        });
}

}  // namespace

base::Result<std::vector<Group>> all(db::Connection& c) {
    return c.query<Group>(fmt::format("select {} from network_groups order by kind, title_de, id", group_columns), {}, group_of);
}

base::Result<Group> find(db::Connection& c, std::string_view key) {
    TRY(auto found, c.query_one<Group>(fmt::format("select {} from network_groups where key = :key", group_columns), {{"key", key}}, group_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such group");
    return std::move(*found);
}

base::Result<std::vector<Seat>> seats(db::Connection& c, GroupId group) {
    return c.query<Seat>(fmt::format(R"sql(
        select id, group_id, key, title_de, title_en, basis, kept_for, position, sample
          from group_seats
         where {} and withdrawn_at is null
         order by group_id, position, id
    )sql",
                                     of(group, "group_id")),
                         with(group), [](const db::Row& row) {
                             return Seat{row.id<SeatId>("id"),
                                         row.id<GroupId>("group_id"),
                                         row.text("key"),
                                         bilingual(row, "title"),
                                         basis_named(row.text("basis")).value_or(Basis::need),
                                         row.text("kept_for"),
                                         static_cast<int>(row.int64("position")),
                                         row.boolean("sample")};
                         });
}

base::Result<std::vector<Term>> terms(db::Connection& c, GroupId group) {
    return c.query<Term>(fmt::format(R"sql(
        select t.id, t.seat_id, t.from_on, t.until_on, t.organisation_id, t.representative, t.substitute, t.note, t.evidence_key, t.sample
          from seat_terms t
          join group_seats s on s.id = t.seat_id
         where {} and t.withdrawn_at is null
         order by t.seat_id, t.from_on, t.id
    )sql",
                                     of(group, "s.group_id")),
                         with(group), [](const db::Row& row) {
                             return Term{row.id<TermId>("id"),
                                         row.id<SeatId>("seat_id"),
                                         row.day("from_on"),
                                         row.optional_day("until_on"),
                                         row.id<OrganisationId>("organisation_id"),
                                         row.text("representative"),
                                         row.text("substitute"),
                                         row.text("note"),
                                         row.text("evidence_key"),
                                         row.boolean("sample")};
                         });
}

base::Result<std::vector<Invitation>> invitations(db::Connection& c, GroupId group) {
    return c.query<Invitation>(fmt::format(R"sql(
        select id, group_id, organisation_id, sent_on, answer, answered_on, note, evidence_key, sample
          from group_invitations
         where {} and withdrawn_at is null
         order by group_id, sent_on, id
    )sql",
                                           of(group, "group_id")),
                               with(group), [](const db::Row& row) {
                                   return Invitation{row.id<InvitationId>("id"),
                                                     row.id<GroupId>("group_id"),
                                                     row.id<OrganisationId>("organisation_id"),
                                                     row.day("sent_on"),
                                                     answer_named(row.text("answer")).value_or(Answer::open),
                                                     row.optional_day("answered_on"),
                                                     row.text("note"),
                                                     row.text("evidence_key"),
                                                     row.boolean("sample")};
                               });
}

base::Result<std::vector<Resource>> resources(db::Connection& c, GroupId group) {
    return c.query<Resource>(fmt::format(R"sql(
        select id, group_id, given_on, title_de, title_en, cents, evidence_key, sample
          from group_resources
         where {} and withdrawn_at is null
         order by group_id, given_on, id
    )sql",
                                         of(group, "group_id")),
                             with(group), [](const db::Row& row) {
                                 return Resource{row.id<ResourceId>("id"), row.id<GroupId>("group_id"), row.day("given_on"),
                                                 bilingual(row, "title"),  row.optional_int64("cents"), row.text("evidence_key"),
                                                 row.boolean("sample")};
                             });
}

base::Result<std::vector<Meeting>> meetings(db::Connection& c, GroupId group) {
    const auto where = of(group, "group_id");
    TRY(auto found, c.query<Meeting>(fmt::format("select {} from group_meetings where {} and withdrawn_at is null order by held_on desc, id desc",
                                                 meeting_columns, where),
                                     with(group), meeting_of));
    TRY_VOID(add_parts(c, found, where, with(group)));
    return found;
}

base::Result<Meeting> meeting(db::Connection& c, MeetingId id) {
    const db::Parameters p{{"id", id}};
    TRY(auto found,
        c.query<Meeting>(fmt::format("select {} from group_meetings where id = :id and withdrawn_at is null", meeting_columns), p, meeting_of));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such meeting");
    TRY_VOID(add_parts(c, found, "id = :id", p));
    return std::move(found.front());
}

base::Result<std::vector<SeatOf>> seats_of(db::Connection& c, OrganisationId id, base::Day day, const std::string& language) {
    return c.query<SeatOf>(R"sql(
        select g.key, g.title_de as group_de, g.title_en as group_en, s.title_de, s.title_en, t.from_on, t.until_on
          from seat_terms t
          join group_seats s on s.id = t.seat_id
          join network_groups g on g.id = s.group_id
         where t.organisation_id = :id and t.withdrawn_at is null and t.from_on <= :day and (t.until_on is null or t.until_on >= :day)
         order by g.title_de, s.position, t.id
    )sql",
                           {{"id", id}, {"day", day}}, [&](const db::Row& row) {
                               return SeatOf{bilingual(row, "group").in(language), row.text("key"), bilingual(row, "title").in(language),
                                             row.day("from_on"), row.optional_day("until_on")};
                           });
}

base::Result<std::vector<OpenTask>> open_tasks(db::Connection& c, const std::string& bearer) {
    return c.query<OpenTask>(R"sql(
        select t.title, t.due_on, m.id, g.key
          from meeting_tasks t
          join group_meetings m on m.id = t.meeting_id
          join network_groups g on g.id = m.group_id
         where t.bearer = :bearer and t.done_on is null and t.withdrawn_at is null and m.withdrawn_at is null
         order by t.due_on nulls last, t.id
    )sql",
                             {{"bearer", bearer}}, [](const db::Row& row) {
                                 return OpenTask{row.text("title"), "/netzwerke/" + row.text("key") + "/treffen/" + std::to_string(row.int64("id")),
                                                 row.optional_day("due_on")};
                             });
}

base::Result<std::optional<audit::Trail>> trail(db::Connection& c, std::string_view key) {
    TRY(const auto every, all(c));
    const auto g = std::find_if(every.begin(), every.end(), [&](const Group& one) { return one.key == key; });
    if (g == every.end()) return std::optional<audit::Trail>();
    audit::Trail out{g->title, "/netzwerke/" + g->key, {{"groups.group", g->key}}};
    const db::Parameters here{{"id", g->id}};
    TRY_VOID(c.for_each("select key, title_de from group_seats where group_id = :id order by id", here, [&](const db::Row& row) {
        for (const char* subject : {"groups.seat", "groups.term"})
            out.traces.push_back({subject, g->key + "/" + row.text("key"), row.text("title_de")});
    }));
    struct Part {
        const char *subject, *sql;
    };
    // Withdrawn ones, too: that something was entered by mistake is a part of the history.
    for (const auto& part : {Part{"groups.invitation",
                                  "select i.id, o.name_de as what from group_invitations i join organisations o on o.id = i.organisation_id "
                                  "where i.group_id = :id order by i.id"},
                             Part{"groups.resource", "select id, title_de as what from group_resources where group_id = :id order by id"},
                             Part{"groups.meeting", "select id, title_de as what from group_meetings where group_id = :id order by id"},
                             Part{"groups.task",
                                  "select t.id, t.title as what from meeting_tasks t join group_meetings m on m.id = t.meeting_id "
                                  "where m.group_id = :id order by t.id"}})
        TRY_VOID(c.for_each(part.sql, here,
                            [&](const db::Row& row) { out.traces.push_back({part.subject, std::to_string(row.int64("id")), row.text("what")}); }));
    return std::optional(std::move(out));
}

}  // namespace groups
