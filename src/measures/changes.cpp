#include "measures/changes.h"

#include <fmt/format.h>

#include "measures/labels.h"
#include "measures/target_rules.h"

namespace measures {
namespace {

using base::message;

// A name inside a sentence is put there as its identifier and translated when the sentence is; so every state has a sentence of its own.
base::Message became(State state) {
    switch (state) {
        case State::proposed: return message("was proposed");
        case State::in_clarification: return message("is being clarified");
        case State::agreed: return message("was agreed");
        case State::under_way: return message("work on it goes on");
        case State::under_review: return message("was submitted for review");
        case State::suspended: return message("was suspended");
        case State::fulfilled: return message("was fulfilled");
        case State::partly_fulfilled: return message("was closed as partly fulfilled");
        case State::not_fulfilled: return message("was closed as not fulfilled");
        case State::rejected: return message("was rejected");
        case State::repealed: return message("was repealed");
        case State::replaced: return message("was replaced by another measure");
    }
    return {};
}
base::Message became(TargetState state) {
    switch (state) {
        case TargetState::draft: return message("the target was redrafted");
        case TargetState::in_consultation: return message("Kreistag and administration are consulted");
        case TargetState::ready: return message("the target is ready for decision");
        case TargetState::adjourned: return message("the decision was adjourned");
        case TargetState::rejected: return message("the council rejected the target");
        case TargetState::resolved: return message("the council set the target");
        case TargetState::in_force: return message("the target came into force");
        case TargetState::replaced: return message("a new target took its place");
        case TargetState::reached: return message("the target was reached");
        case TargetState::partly: return message("the target was partly reached");
        case TargetState::missed: return message("the target was missed");
        case TargetState::not_measurable: return message("the target turned out not to be measurable");
    }
    return {};
}
base::Message reported(Assessment a) {
    switch (a) {
        case Assessment::on_track: return message("status reported: on track");
        case Assessment::delayed: return message("status reported: delayed");
        case Assessment::endangered: return message("status reported: endangered");
        case Assessment::done: return message("status reported: done");
    }
    return {};
}

}  // namespace

base::Result<std::vector<Happened>> changes_since(db::Connection& c, base::Day since, base::Day until, bool published_only, int most) {
    std::vector<Happened> out;
    const auto ask = [&](const std::string& sql, const std::function<Happened(const db::Row&)>& make) {
        db::Parameters parameters{{"since", since}, {"until", until}, {"most", most}};
        if (published_only) parameters.emplace_back("yes", true);
        return c.for_each(sql, parameters, [&](const db::Row& row) {
            auto h = make(row);
            h.key = row.text("key");
            h.title = {row.text("title_de"), row.text("title_en")};
            out.push_back(std::move(h));
        });
    };
    const std::string_view
        of_measure = published_only ? " and m.published = :yes " : "",
        of_report = published_only ? " and r.published = :yes " : "", of_note = published_only ? " and n.public = :yes " : "",
        of_target =
            published_only
                ? " and t.published = :yes and t.state in ('resolved', 'in_force', 'replaced', 'reached', 'partly', 'missed', 'not_measurable') "
                : "";
    TRY_VOID(ask(
        fmt::format("select h.id, h.on_day, h.to_state, m.key, m.title_de, m.title_en from measure_history h join measures m on m.id = h.measure_id "
                    "where h.on_day >= :since and h.on_day <= :until {} order by h.on_day desc, h.id desc limit :most",
                    of_measure),
        [](const db::Row& row) {
            return Happened{fmt::format("history-{}", row.int64("id")),
                            row.day("on_day"),
                            {},
                            false,
                            {},
                            became(state_named(row.text("to_state")).value_or(State::proposed))};
        }));
    TRY_VOID(ask(
        fmt::format(
            "select r.id, r.entered_on, r.assessment, r.text, m.key, m.title_de, m.title_en from measure_reports r join measures m on m.id = r.measure_id "
            "where r.entered_on >= :since and r.entered_on <= :until {} {} order by r.entered_on desc, r.id desc limit :most",
            of_measure, of_report),
        [](const db::Row& row) {
            return Happened{fmt::format("report-{}", row.int64("id")),
                            row.day("entered_on"),
                            {},
                            false,
                            {},
                            reported(assessment_named(row.text("assessment")).value_or(Assessment::on_track)),
                            row.text("text")};
        }));
    TRY_VOID(ask(
        fmt::format(
            "select n.id, n.written_on, n.text, m.key, m.title_de, m.title_en from measure_notes n join measures m on m.id = n.measure_id "
            "where n.withdrawn_at is null and n.written_on >= :since and n.written_on <= :until {} {} order by n.written_on desc, n.id desc limit :most",
            of_measure, of_note),
        [](const db::Row& row) {
            return Happened{fmt::format("note-{}", row.int64("id")), row.day("written_on"), {}, false, {},
                            message("a note was written"),           row.text("text")};
        }));
    TRY_VOID(c.for_each(
        fmt::format(
            "select s.id, s.recorded_at, s.resolution, m.key, m.title_de, m.title_en from measure_schedule_changes s join measures m on m.id = s.measure_id "
            "where s.recorded_at >= :since and s.recorded_at < :until {} order by s.recorded_at desc, s.id desc limit :most",
            of_measure),
        [&] {
            db::Parameters p{{"since", base::berlin_start_of(since)}, {"until", base::berlin_start_of(base::plus_days(until, 1))}, {"most", most}};
            if (published_only) p.emplace_back("yes", true);
            return p;
        }(),
        [&](const db::Row& row) {
            out.push_back({fmt::format("dates-{}", row.int64("id")),
                           base::berlin_day(row.instant("recorded_at")),
                           row.text("key"),
                           false,
                           {row.text("title_de"), row.text("title_en")},
                           message("its dates were moved by resolution {resolution}", {{"resolution", row.text("resolution")}})});
        }));
    TRY_VOID(ask(
        fmt::format(
            "select h.id, h.on_day, h.to_state, h.what, t.key, t.title_de, t.title_en from target_history h join targets t on t.id = h.target_id "
            "where h.on_day >= :since and h.on_day <= :until and (h.from_state <> h.to_state or h.what = 'overridden') {} order by h.on_day desc, h.id desc limit :most",
            of_target),
        [](const db::Row& row) {
            return Happened{fmt::format("target-{}", row.int64("id")),
                            row.day("on_day"),
                            {},
                            true,
                            {},
                            row.text("what") == "overridden" ? message("the computed outcome was overridden")
                                                             : became(target_state_named(row.text("to_state")).value_or(TargetState::draft))};
        }));
    std::stable_sort(out.begin(), out.end(), [](const Happened& a, const Happened& b) { return a.on > b.on; });
    if (out.size() > static_cast<std::size_t>(most)) out.resize(static_cast<std::size_t>(most));
    return out;
}

}  // namespace measures
