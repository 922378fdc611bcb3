#include "measures/round_store.h"

#include <fmt/format.h>

#include "platform/audit/api.h"

namespace measures {
namespace {

std::string joined(const std::vector<int>& days) {
    std::vector<std::string> out;
    for (const int d : days) out.push_back(std::to_string(d));
    return join_list(out);
}
std::vector<int> days_in(const std::string& text) {
    std::vector<int> out;
    for (const auto& each : split_list(text)) {
        int n = 0;
        for (const char ch : each) n = n * 10 + (ch - '0');
        out.push_back(n);
    }
    return out;
}

base::Result<std::vector<RoundView>> read(db::Connection& c, std::string_view where, const db::Parameters& parameters) {
    TRY(auto found,
        c.query<RoundView>(fmt::format("select id, asked_on, answer_by, reminder_days, escalate_after, note, sample from status_rounds r {} "
                                       "order by asked_on desc, id desc",
                                       where),
                           parameters, [](const db::Row& row) {
                               RoundView v;
                               v.round = {row.id<RoundId>("id"),
                                          row.day("asked_on"),
                                          row.day("answer_by"),
                                          days_in(row.text("reminder_days")),
                                          static_cast<int>(row.int64("escalate_after")),
                                          row.text("note"),
                                          row.boolean("sample")};
                               return v;
                           }));
    std::map<std::int64_t, Asked*> by_id;
    for (auto& v : found) {
        TRY(v.asked, c.query<Asked>(R"sql(
            select q.id, q.measure_id, q.office, q.answered_on, q.escalated_on, q.report_id, m.key, m.title_de, m.title_en, m.report_interval_days,
                   (m.criterion_kind = 'value' or exists (select 1 from measure_target_links t where t.measure_id = m.id)) as countable
              from status_requests q
              join measures m on m.id = q.measure_id
             where q.round_id = :round
             order by q.office, m.key
        )sql",
                                    {{"round", v.round.id}}, [](const db::Row& row) {
                                        Asked a;
                                        a.request = {row.int64("id"),
                                                     row.id<MeasureId>("measure_id"),
                                                     row.text("office"),
                                                     row.optional_day("answered_on"),
                                                     {},
                                                     row.optional_day("escalated_on")};
                                        a.key = row.text("key");
                                        a.title = {row.text("title_de"), row.text("title_en")};
                                        a.interval_days = static_cast<int>(row.int64("report_interval_days"));
                                        a.is_countable = row.boolean("countable");
                                        a.report = row.id<ReportId>("report_id");
                                        return a;
                                    }));
        for (auto& a : v.asked) by_id[a.request.id] = &a;
        TRY_VOID(c.for_each(
            "select s.request_id, s.sent_on from status_reminders s join status_requests q on q.id = s.request_id where q.round_id = :round order by s.sent_on",
            {{"round", v.round.id}},
            [&](const db::Row& row) { by_id.at(row.int64("request_id"))->request.reminded_on.push_back(row.day("sent_on")); }));
    }
    return found;
}

}  // namespace

std::vector<RoundRequest> RoundView::requests() const {
    std::vector<RoundRequest> out;
    for (const auto& a : asked) out.push_back(a.request);
    return out;
}
std::vector<std::string> RoundView::offices() const {
    std::vector<std::string> out;
    for (const auto& a : asked)
        if (out.empty() || out.back() != a.request.office) out.push_back(a.request.office);
    return out;
}
std::vector<Asked> RoundView::open_of(std::string_view office) const {
    std::vector<Asked> out;
    for (const auto& a : asked)
        if (a.request.office == office && !a.request.answered_on) out.push_back(a);
    return out;
}

base::Result<RoundView> start_round(db::Connection& c, const Round& round, const By& by) {
    if (auto mistakes = mistakes_in(round); !mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, "round refused", std::move(mistakes), "rule"});
    Filter running;
    running.states = {State::agreed, State::under_way, State::under_review};
    running.per_page = 0;
    TRY(const auto found, list(c, running));
    std::vector<const Measure*> asked;
    for (const auto& dossier : found.dossiers)
        if (dossier.measure.kind != Kind::self_commitment && !dossier.measure.accountable.empty()) asked.push_back(&dossier.measure);
    if (asked.empty()) return base::invalid("", base::message("No measure is agreed or under way: there is nobody to ask."));
    TRY(const auto id, c.insert<RoundId>(R"sql(
        insert into status_rounds (asked_on, answer_by, reminder_days, escalate_after, note, sample, created_at)
        values (:asked_on, :answer_by, :reminder_days, :escalate_after, :note, :sample, :now)
        returning id
    )sql",
                                         {{"asked_on", round.asked_on},
                                          {"answer_by", round.answer_by},
                                          {"reminder_days", joined(round.reminder_days)},
                                          {"escalate_after", round.escalate_after_days},
                                          {"note", round.note},
                                          {"sample", round.sample},
                                          {"now", by.now}}));
    for (const auto* m : asked) {
        TRY_VOID(c.execute("insert into status_requests (round_id, measure_id, office) values (:round, :measure, :office)",
                           {{"round", id}, {"measure", m->id}, {"office", m->accountable}}));
        if (!by.enter) continue;
        // The request is evidence, too: a duty "answers within n days" counts from it, and the report of the same measure answers it.
        evidence::Record record;
        record.key = fmt::format("status-round-{}-{}", id.value, m->key);
        record.kind = "measures.report_requested";
        record.subject = m->key;
        record.organisation = by.office;
        record.occurred_on = round.asked_on;
        record.attributes["answer_by"] = base::iso(round.answer_by);
        record.title = m->title;
        record.published = m->published;
        record.recorded_on = by.today;
        TRY_VOID(by.enter(c, record));
    }
    TRY_VOID(audit::record(c, by.actor, by.now, "measures.round", std::to_string(id.value), "create", {},
                           {{"answer_by", base::iso(round.answer_by)}, {"measures", std::to_string(asked.size())}, {"note", round.note}}));
    return find_round(c, id);
}

base::Result<RoundView> find_round(db::Connection& c, RoundId id) {
    TRY(auto found, read(c, "where r.id = :id", {{"id", id}}));
    if (found.empty()) return base::error(base::ErrorKind::not_found, "no such round");
    return std::move(found.front());
}
base::Result<std::vector<RoundView>> rounds(db::Connection& c) { return read(c, "", {}); }
base::Result<std::vector<RoundView>> open_rounds(db::Connection& c) {
    return read(c, "where exists (select 1 from status_requests q where q.round_id = r.id and q.answered_on is null)", {});
}

base::Result<void> note_reminder(db::Connection& c, std::int64_t request, base::Day on) {
    TRY_VOID(c.execute("insert into status_reminders (request_id, sent_on) values (:request, :on) on conflict (request_id, sent_on) do nothing",
                       {{"request", request}, {"on", on}}));
    return {};
}
base::Result<void> note_escalation(db::Connection& c, std::int64_t request, base::Day on) {
    TRY_VOID(
        c.execute("update status_requests set escalated_on = :on where id = :request and escalated_on is null", {{"request", request}, {"on", on}}));
    return {};
}

}  // namespace measures
