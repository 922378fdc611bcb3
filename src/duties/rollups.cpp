#include "duties/rollups.h"

#include "duties/coverage.h"
#include "duties/rules.h"
#include "duties/tally.h"

namespace duties {
namespace {

// Raised with every change of what a summary says or how it is written.
constexpr std::int64_t format = 2;
// A named period beyond it is a slip of the pen, and no reason to make thousands of periods.
const base::Day last_named = base::day(2199, 12, 31);

bool earlier(const evidence::Record& a, const evidence::Record& b) {
    return std::tie(a.occurred_on, a.id, a.key) < std::tie(b.occurred_on, b.id, b.key);
}

std::vector<std::string> kinds_of(const Rule& rule) {
    std::vector<std::string> out{rule.evidence};
    if (!rule.population.empty()) out.push_back(rule.population);
    if (!rule.request.empty()) out.push_back(rule.request);
    return out;
}

bool is_share_of_periods(const Rule& rule) { return rule.aggregate == Aggregate::share && rule.period != Period::standing; }

std::vector<const Extension*> in_force(const Duty& duty, const std::vector<Extension>& all) {
    std::map<std::string_view, const Extension*> last;
    for (const auto& e : all) {
        if (e.duty != duty.key) continue;
        auto& found = last[e.period];
        if (!found || e.decided_on >= found->decided_on) found = &e;
    }
    std::vector<const Extension*> out;
    for (const auto& [period, e] : last) out.push_back(e);
    return out;
}

std::vector<const evidence::Record*> pointers(const std::vector<evidence::Record>& records) {
    std::vector<const evidence::Record*> out;
    out.reserve(records.size());
    for (const auto& r : records) out.push_back(&r);
    return out;
}

// The last day of the periods a record can bear on by naming one.
base::Day named_until(const evidence::Record& r) {
    const auto& period = evidence::period_of(r);
    if (period.size() < 4 || period.substr(0, 4).find_first_not_of("0123456789") != std::string::npos) return r.occurred_on;
    return std::max(r.occurred_on, std::min(base::day(std::stoi(period.substr(0, 4)), 12, 31), last_named));
}

// Up to which day the periods are kept: to the end of the validity, or as far as the evidence goes. The years of a standing duty go ten years on, as
// what holds is seen until it ends.
base::Result<base::Day> horizon_of(db::Connection& c, const Duty& duty, const std::vector<const evidence::Record*>& records) {
    if (duty.valid_until) return *duty.valid_until;
    base::Day last = duty.valid_from;
    if (duty.rule.period != Period::standing) {
        for (const auto* r : records) last = std::max(last, named_until(*r));
        return last;
    }
    for (const auto& kind : kinds_of(duty.rule)) {
        TRY(const auto day, evidence::last_day_of(c, kind));
        if (day) last = std::max(last, *day);
    }
    return base::day(base::year_of(last) + 10, 12, 31);
}

bool is_kept(const Duty& duty, const Summary& s) {
    if (duty.rule.period == Period::standing) return true;
    return s.first_on && (duty.rule.period != Period::on_request || s.applicable);
}

base::Result<void> keep_one(db::Connection& c, const Duty& duty, const Summary& s) {
    if (!is_kept(duty, s))
        return c.execute("delete from duty_rollups where duty_id = :duty and period = :period", {{"duty", duty.id}, {"period", s.slot.label}})
            .map([](auto) {});
    return c
        .execute(R"sql(
        insert into duty_rollups (duty_id, period, begins, summary) values (:duty, :period, :begins, :summary)
        on conflict (duty_id, period) do update set begins = excluded.begins, summary = excluded.summary
    )sql",
                 {{"duty", duty.id}, {"period", s.slot.label}, {"begins", s.slot.begins}, {"summary", written(s)}})
        .map([](auto) {});
}

base::Result<void> keep(db::Connection& c, const Duty& duty, const std::vector<const evidence::Record*>& records,
                        const std::vector<Extension>& extensions) {
    TRY_VOID(c.execute("delete from duty_rollups where duty_id = :duty", {{"duty", duty.id}}));
    TRY(const auto horizon, horizon_of(c, duty, records));
    for (const auto& s : summarise(duty, records, in_force(duty, extensions), horizon))
        if (is_kept(duty, s)) { TRY_VOID(keep_one(c, duty, s)); }
    TRY_VOID(c.execute("update duties set rolled_up = :format where id = :duty", {{"format", format}, {"duty", duty.id}}));
    return {};
}

base::Result<void> rebuild_one(db::Connection& c, const Duty& duty, const std::vector<Extension>& moved) {
    const auto kinds = kinds_of(duty.rule);
    TRY(auto ledger, evidence::of_kinds(c, kinds, base::day(9999, 12, 31)));
    std::erase_if(ledger, [&](const evidence::Record& r) { return r.withdrawn_on || !reads(duty.rule, r); });
    std::sort(ledger.begin(), ledger.end(), earlier);
    return keep(c, duty, pointers(ledger), moved);
}

base::Result<std::optional<Summary>> kept(db::Connection& c, const Duty& duty, const std::string& period) {
    return c.query_one<Summary>("select summary from duty_rollups where duty_id = :duty and period = :period",
                                {{"duty", duty.id}, {"period", period}}, [](const db::Row& row) { return read_summary(row.text("summary")); });
}

// Periods by the calendar: those the record can belong to, and then on as long as a period takes other evidence out of the days that follow it.
base::Result<void> renew_calendar(db::Connection& c, const Duty& duty, const evidence::Record& record, const std::vector<Extension>& extensions) {
    const auto moved = in_force(duty, extensions);
    const auto slots = slots_of(duty, named_until(record));
    const auto& period = evidence::period_of(record);
    const bool named = is_label_of(duty.rule.period, period);
    const auto bears_on = [&](const Slot& slot) {
        if (named) return slot.label == period;
        return record.occurred_on >= slot.begins &&
               (duty.rule.period == Period::once || record.occurred_on <= std::max(slot.ends, due_with(moved, slot)));
    };
    bool follows = false;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (!follows && !bears_on(slots[i])) continue;
        std::optional<Summary> before;
        if (i > 0) { TRY(before, kept(c, duty, slots[i - 1].label)); }
        TRY(const auto records, bearing_on(c, duty, slots, {i, 1}, moved, base::day(9999, 12, 31)));
        const auto now = summarise(duty, slots, {i, 1}, pointers(records), moved, before ? &*before : nullptr).front();
        TRY(const auto was, kept(c, duty, slots[i].label));
        follows = now.taken != (was ? was->taken : std::vector<std::string>{});
        TRY_VOID(keep_one(c, duty, now));
    }
    // The last one may lie before periods that nobody has asked for yet but that have evidence of their own.
    if (follows) return rebuild_one(c, duty, extensions);
    return {};
}

// Years of a standing duty: those the record holds in, and on both sides those a gap connects with them.
base::Result<void> renew_coverage(db::Connection& c, const Duty& duty, const evidence::Record& record) {
    TRY(const auto horizon, horizon_of(c, duty, {}));
    const auto slots = slots_of(duty, horizon);
    if (slots.empty()) return {};
    TRY(const auto years, c.query_one<std::int64_t>("select count(*) as n from duty_rollups where duty_id = :duty", {{"duty", duty.id}},
                                                    [](const db::Row& row) { return row.int64("n"); }));
    std::optional<base::Day> until = record.occurred_on;
    if (matches(duty.rule, record)) until = covers_until(duty.rule, record);
    if (duty.rule.aggregate == Aggregate::share && record.kind == duty.rule.population && until)
        until = record.until ? std::optional(std::max(*until, *record.until)) : std::nullopt;
    std::size_t first = 0, last = slots.size() - 1;
    while (first < last && slots[first].ends < record.occurred_on) ++first;
    while (last > first && until && slots[last].begins > *until) --last;
    std::optional<Summary> before;
    while (first > 0) {
        TRY(before, kept(c, duty, slots[first - 1].label));
        if (before && !open_gap(*before)) break;
        --first;
    }
    if (years.value_or(0) != static_cast<std::int64_t>(slots.size())) last = slots.size() - 1;
    while (last + 1 < slots.size()) {
        TRY(const auto after, kept(c, duty, slots[last + 1].label));
        if (after && after->steps.front().status != Step::Status::gap) break;
        ++last;
    }
    const Some wanted{first, last - first + 1};
    TRY(const auto records, bearing_on(c, duty, slots, wanted, {}, base::day(9999, 12, 31)));
    for (const auto& s : summarise(duty, slots, wanted, pointers(records), {}, first > 0 && before ? &*before : nullptr))
        TRY_VOID(keep_one(c, duty, s));
    return {};
}

// Requests: those on the subject of the record.
base::Result<void> renew_requests(db::Connection& c, const Duty& duty, const evidence::Record& record, const std::vector<Extension>& extensions) {
    const auto& subject = record.subject;
    std::vector<evidence::Record> ledger;
    if (subject.empty()) {
        // An answer to nothing counts nowhere; a request without a subject is called by its key.
        if (record.kind != duty.rule.request) return {};
        if (!record.withdrawn_on) ledger.push_back(record);
    } else {
        // Periods are called by their subject, a second one "subject (2)": where that is another subject's name, all names are given anew.
        TRY(const bool brackets, evidence::has_subject_between(c, duty.rule.request, subject + " (", subject + " )"));
        TRY(const bool marks, evidence::has_subject_between(c, duty.rule.request, subject + "'", subject + "("));
        if (brackets || marks || subject.ends_with(')') || subject.ends_with('\'')) return rebuild_one(c, duty, extensions);
        TRY(ledger, evidence::of_subject(c, duty.rule.request, subject));
        if (duty.rule.evidence != duty.rule.request) {
            TRY(auto answers, evidence::of_subject(c, duty.rule.evidence, subject));
            std::move(answers.begin(), answers.end(), std::back_inserter(ledger));
        }
        std::erase_if(ledger, [&](const evidence::Record& r) { return r.withdrawn_on || !reads(duty.rule, r); });
        std::sort(ledger.begin(), ledger.end(), earlier);
    }
    const auto& name = subject.empty() ? record.key : subject;
    TRY_VOID(c.execute(R"sql(
        delete from duty_rollups
         where duty_id = :duty
           and (period = :name or (period >= :brackets and period < :brackets_end))
    )sql",
                       {{"duty", duty.id}, {"name", name}, {"brackets", name + " ("}, {"brackets_end", name + " )"}}));
    for (const auto& s : summarise(duty, pointers(ledger), in_force(duty, extensions), duty.valid_from))
        if (is_kept(duty, s)) { TRY_VOID(keep_one(c, duty, s)); }
    return {};
}

base::Result<void> renew(db::Connection& c, const Duty& duty, const evidence::Record& record, const std::vector<Extension>& extensions) {
    if (is_share_of_periods(duty.rule)) return rebuild_one(c, duty, extensions);
    if (duty.rule.period == Period::on_request) return renew_requests(c, duty, record, extensions);
    if (duty.rule.period == Period::standing) return renew_coverage(c, duty, record);
    return renew_calendar(c, duty, record, extensions);
}

// Does the entry change anything that is kept of the duty?
bool bears_on(const Rule& rule, const evidence::Record& record) {
    if (rule.period != Period::standing) return reads(rule, record);
    const auto kinds = kinds_of(rule);
    return std::find(kinds.begin(), kinds.end(), record.kind) != kinds.end();
}

}  // namespace

base::Result<std::vector<evidence::Record>> bearing_on(db::Connection& c, const Duty& duty, const std::vector<Slot>& slots, Some wanted,
                                                       std::span<const Extension* const> extensions, base::Day last) {
    const Rule& rule = duty.rule;
    const auto& first_slot = slots[wanted.first];
    const auto& last_slot = slots[wanted.first + wanted.count - 1];
    std::vector<evidence::Record> out;
    const auto between = [&](const std::string& kind, base::Day from, base::Day until) -> base::Result<void> {
        const std::vector<std::string> one{kind};
        TRY(auto found, evidence::of_kinds(c, one, std::min(until, last), from));
        std::move(found.begin(), found.end(), std::back_inserter(out));
        return {};
    };
    const auto holding = [&](const std::string& kind, base::Day from) -> base::Result<void> {
        TRY(auto found, evidence::holding_on(c, kind, from));
        std::move(found.begin(), found.end(), std::back_inserter(out));
        return between(kind, from, base::plus_days(last_slot.ends, 1));
    };
    if (rule.period == Period::standing) {
        if (rule.fresh_days) {
            TRY_VOID(between(rule.evidence, base::plus_days(first_slot.begins, -*rule.fresh_days), base::plus_days(last_slot.ends, 1)));
        } else {
            TRY_VOID(holding(rule.evidence, first_slot.begins));
        }
        if (rule.aggregate == Aggregate::share) { TRY_VOID(holding(rule.population, first_slot.begins)); }
    } else {
        base::Day until = rule.period == Period::once ? base::day(9999, 12, 31) : last_slot.ends;
        for (std::size_t i = wanted.first; i < wanted.first + wanted.count; ++i) until = std::max(until, due_with(extensions, slots[i]));
        TRY_VOID(between(rule.evidence, first_slot.begins, until));
        for (std::size_t i = wanted.first; i < wanted.first + wanted.count; ++i) {
            TRY(auto found, evidence::of_period(c, rule.evidence, slots[i].label));
            std::move(found.begin(), found.end(), std::back_inserter(out));
        }
    }
    std::erase_if(out, [&](const evidence::Record& r) { return r.withdrawn_on || r.occurred_on > last || !reads(rule, r); });
    std::sort(out.begin(), out.end(), earlier);
    // What two questions found is one record.
    out.erase(std::unique(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id == b.id && a.key == b.key; }), out.end());
    return out;
}

void keep_rollups() {
    evidence::on_change([](db::Connection& c, const evidence::Record& record) -> base::Result<void> {
        TRY(const auto all, duties_reading(c, record.kind));
        if (std::none_of(all.begin(), all.end(), [&](const Duty& duty) { return bears_on(duty.rule, record); })) return {};
        TRY(const auto moved, extensions(c));
        TRY(const auto readable, rolled_up(c));
        for (const auto& duty : all) {
            if (!bears_on(duty.rule, record)) continue;
            if (readable.contains(duty.id.value)) {
                TRY_VOID(renew(c, duty, record, moved));
            } else {
                TRY_VOID(rebuild_one(c, duty, moved));
            }
        }
        return {};
    });
}

base::Result<void> rebuild_rollups_of(db::Connection& c, std::string_view key) {
    TRY(const auto duty, find_duty(c, key));
    if (!duty) return base::error(base::ErrorKind::not_found, "no such duty");
    TRY(const auto moved, extensions(c));
    return rebuild_one(c, *duty, moved);
}

base::Result<void> rebuild_rollups(db::Connection& c) {
    TRY(const auto all, all_duties(c));
    TRY(const auto moved, extensions(c));
    std::map<std::string, std::vector<evidence::Record>> by_kind;
    for (const auto& duty : all)
        for (const auto& kind : kinds_of(duty.rule)) by_kind[kind];
    TRY_VOID(evidence::for_each(c, [&](evidence::Record&& r) {
        if (r.withdrawn_on) return;
        if (const auto it = by_kind.find(r.kind); it != by_kind.end()) it->second.push_back(std::move(r));
    }));
    for (const auto& duty : all) {
        std::vector<const evidence::Record*> records;
        const auto kinds = kinds_of(duty.rule);
        for (const auto& kind : std::set<std::string>(kinds.begin(), kinds.end()))
            for (const auto& r : by_kind[kind])
                if (reads(duty.rule, r)) records.push_back(&r);
        std::sort(records.begin(), records.end(), [](const auto* a, const auto* b) { return earlier(*a, *b); });
        TRY_VOID(keep(c, duty, records, moved));
    }
    return {};
}

base::Result<void> renew_rollups(db::Database& database) {
    TRY(const auto old, database.read([](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) as n from duties where rolled_up <> :format", {{"format", format}},
                                         [](const db::Row& row) { return row.int64("n"); });
    }));
    if (old.value_or(0) == 0) return {};
    const auto done = database.write([](db::Connection& c) { return rebuild_rollups(c); });
    if (!done) return tl::unexpected(done.error());
    return {};
}

base::Result<std::map<std::int64_t, Summaries>> rollups(db::Connection& c, std::string_view duty) {
    std::map<std::int64_t, Summaries> out;
    TRY(const auto readable, rolled_up(c));
    if (duty.empty())
        for (const auto id : readable) out[id];
    const auto take = [&](const db::Row& row) {
        auto summary = read_summary(row.text("summary"));
        auto label = summary.slot.label;
        out[row.int64("duty_id")].emplace(std::move(label), std::move(summary));
    };
    if (duty.empty()) {
        TRY_VOID(c.for_each("select r.duty_id, r.summary from duty_rollups r join duties d on d.id = r.duty_id where d.rolled_up = :format",
                            {{"format", format}}, take));
    } else {
        TRY_VOID(c.for_each("select id from duties where key = :key and rolled_up = :format", {{"key", duty}, {"format", format}},
                            [&](const db::Row& row) { out[row.int64("id")]; }));
        if (out.empty()) return out;
        TRY_VOID(c.for_each("select duty_id, summary from duty_rollups where duty_id = :duty", {{"duty", out.begin()->first}}, take));
    }
    return out;
}

base::Result<std::map<std::int64_t, Summaries>> rollups(db::Connection& c, const std::vector<Wanted>& wanted) {
    std::map<std::int64_t, Summaries> out;
    constexpr std::size_t at_once = 100;  // one text of SQL for any number would be prepared anew every time
    for (std::size_t at = 0; at < wanted.size(); at += at_once) {
        static const auto names = [] {
            std::vector<std::pair<std::string, std::string>> all;
            for (std::size_t i = 0; i < at_once; ++i) all.emplace_back("d" + std::to_string(i), "p" + std::to_string(i));
            return all;
        }();
        static const auto sql = [] {
            std::string text = "select duty_id, summary from duty_rollups where (duty_id, period) in (values ";
            for (std::size_t i = 0; i < at_once; ++i) text += (i ? ", (:" : "(:") + names[i].first + ", :" + names[i].second + ")";
            return text + ")";
        }();
        db::Parameters parameters;
        for (std::size_t i = 0; i < at_once; ++i) {
            // Where there are fewer, the first is asked for again.
            const auto& w = wanted[at + i < wanted.size() ? at + i : at];
            parameters.emplace_back(names[i].first, w.duty.value);
            parameters.emplace_back(names[i].second, w.period);
        }
        TRY_VOID(c.for_each(sql, parameters, [&](const db::Row& row) {
            auto summary = read_summary(row.text("summary"), Evidence::counted);
            auto label = summary.slot.label;
            out[row.int64("duty_id")].insert_or_assign(std::move(label), std::move(summary));
        }));
    }
    return out;
}

base::Result<Summaries> rollups_from(db::Connection& c, DutyId duty, base::Day from) {
    Summaries out;
    TRY_VOID(c.for_each("select summary from duty_rollups where duty_id = :duty and begins >= :from", {{"duty", duty}, {"from", from}},
                        [&](const db::Row& row) {
                            auto summary = read_summary(row.text("summary"), Evidence::counted);
                            auto label = summary.slot.label;
                            out.emplace(std::move(label), std::move(summary));
                        }));
    return out;
}

base::Result<std::set<std::int64_t>> rolled_up(db::Connection& c) {
    std::set<std::int64_t> out;
    TRY_VOID(c.for_each("select id from duties where rolled_up = :format", {{"format", format}},
                        [&](const db::Row& row) { out.insert(row.int64("id")); }));
    return out;
}

}  // namespace duties
