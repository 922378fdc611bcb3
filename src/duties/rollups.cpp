#include "duties/rollups.h"

#include <charconv>

#include "duties/coverage.h"
#include "duties/rules.h"

namespace duties {
namespace {

// Numbers as "12;", texts as "5:hello": written and read in one pass, whatever the texts hold.
class Writer {
  public:
    Writer& number(std::int64_t n) {
        out_ += std::to_string(n);
        out_ += ';';
        return *this;
    }
    Writer& text(std::string_view s) {
        out_ += std::to_string(s.size());
        out_ += ':';
        out_ += s;
        return *this;
    }
    Writer& day(base::Day d) { return number(std::chrono::sys_days(d).time_since_epoch().count()); }
    Writer& maybe(const std::optional<base::Day>& d) { return d ? number(1).day(*d) : number(0); }
    Writer& texts(const std::vector<std::string>& all) {
        number(static_cast<std::int64_t>(all.size()));
        for (const auto& s : all) text(s);
        return *this;
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

class Reader {
  public:
    explicit Reader(std::string_view in) : in_(in) {}
    std::int64_t number() { return until(';'); }
    std::string text() {
        const auto size = static_cast<std::size_t>(until(':'));
        std::string out(in_.substr(at_, size));
        at_ += size;
        return out;
    }
    base::Day day() { return base::Day{std::chrono::sys_days(std::chrono::days(number()))}; }
    std::optional<base::Day> maybe() {
        if (number() == 0) return {};
        return day();
    }
    std::vector<std::string> texts() {
        std::vector<std::string> out(static_cast<std::size_t>(number()));
        for (auto& s : out) s = text();
        return out;
    }

  private:
    std::int64_t until(char mark) {
        const auto end = in_.find(mark, at_);
        std::int64_t value = 0;
        std::from_chars(in_.data() + at_, in_.data() + end, value);
        at_ = end + 1;
        return value;
    }
    std::string_view in_;
    std::size_t at_ = 0;
};

bool earlier(const evidence::Record& a, const evidence::Record& b) {
    return std::tie(a.occurred_on, a.id, a.key) < std::tie(b.occurred_on, b.id, b.key);
}

std::vector<std::string> kinds_of(const Rule& rule) {
    std::vector<std::string> out{rule.evidence};
    if (!rule.population.empty()) out.push_back(rule.population);
    if (!rule.request.empty()) out.push_back(rule.request);
    return out;
}

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

// How far the periods are kept: to the end of the validity, or ten years beyond the last thing that happened.
base::Day horizon_of(const Duty& duty, const std::vector<const evidence::Record*>& records) {
    if (duty.valid_until) return *duty.valid_until;
    base::Day last = duty.valid_from;
    for (const auto* r : records) {
        last = std::max(last, r->occurred_on);
        if (r->until && base::year_of(*r->until) < base::year_of(r->occurred_on) + 50) last = std::max(last, *r->until);
    }
    return base::day(base::year_of(last) + 10, 12, 31);
}

base::Result<void> keep(db::Connection& c, const Duty& duty, const std::vector<const evidence::Record*>& records,
                        const std::vector<Extension>& extensions) {
    TRY_VOID(c.execute("delete from duty_rollups where duty_id = :duty", {{"duty", duty.id}}));
    const auto moved = in_force(duty, extensions);
    for (const auto& s : summarise(duty, records, moved, horizon_of(duty, records))) {
        if (duty.rule.period == Period::on_request && !s.applicable) continue;  // a year without a case is made when it is asked for
        TRY_VOID(c.execute("insert into duty_rollups (duty_id, period, begins, summary) values (:duty, :period, :begins, :summary)",
                           {{"duty", duty.id}, {"period", s.slot.label}, {"begins", s.slot.begins}, {"summary", written(s)}}));
    }
    return {};
}

base::Result<void> rebuild_one(db::Connection& c, const Duty& duty, const std::vector<Extension>& moved) {
    const auto kinds = kinds_of(duty.rule);
    TRY(auto ledger, evidence::of_kinds(c, kinds, base::day(9999, 12, 31)));
    std::sort(ledger.begin(), ledger.end(), earlier);
    std::vector<const evidence::Record*> records;
    for (const auto& r : ledger)
        if (!r.withdrawn_on && reads(duty.rule, r)) records.push_back(&r);
    return keep(c, duty, records, moved);
}

}  // namespace

std::string written(const Summary& s) {
    Writer w;
    w.text(s.slot.label)
        .day(s.slot.begins)
        .day(s.slot.ends)
        .day(s.slot.due)
        .day(s.due)
        .number(s.applicable)
        .number(s.holds)
        .maybe(s.since)
        .maybe(s.late_on);
    w.number(s.have.thousandths)
        .number(s.need.thousandths)
        .texts(s.members)
        .texts(s.evidence)
        .number(s.evidence_count)
        .maybe(s.first_on)
        .maybe(s.last_on);
    w.number(static_cast<std::int64_t>(s.steps.size()));
    for (const auto& step : s.steps)
        w.day(step.from).number(static_cast<int>(step.status)).number(step.have.thousandths).number(step.need.thousandths).texts(step.members);
    return w.take();
}

Summary read_summary(std::string_view text) {
    Reader r(text);
    Summary s;
    s.slot.label = r.text();
    s.slot.begins = r.day();
    s.slot.ends = r.day();
    s.slot.due = r.day();
    s.due = r.day();
    s.applicable = r.number() != 0;
    s.holds = r.number() != 0;
    s.since = r.maybe();
    s.late_on = r.maybe();
    s.have = {r.number()};
    s.need = {r.number()};
    s.members = r.texts();
    s.evidence = r.texts();
    s.evidence_count = static_cast<int>(r.number());
    s.first_on = r.maybe();
    s.last_on = r.maybe();
    s.steps.resize(static_cast<std::size_t>(r.number()));
    for (auto& step : s.steps) {
        step.from = r.day();
        step.status = static_cast<Step::Status>(r.number());
        step.have = {r.number()};
        step.need = {r.number()};
        step.members = r.texts();
    }
    return s;
}

void keep_rollups() {
    evidence::on_change([](db::Connection& c, const evidence::Record& record) -> base::Result<void> {
        TRY(const auto all, all_duties(c));
        TRY(const auto moved, extensions(c));
        for (const auto& duty : all)
            if (reads(duty.rule, record)) { TRY_VOID(rebuild_one(c, duty, moved)); }
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

base::Result<std::map<std::int64_t, Summaries>> rollups(db::Connection& c, std::string_view duty) {
    std::map<std::int64_t, Summaries> out;
    const auto take = [&](const db::Row& row) {
        auto summary = read_summary(row.text("summary"));
        auto label = summary.slot.label;
        out[row.int64("duty_id")].emplace(std::move(label), std::move(summary));
    };
    if (duty.empty()) {
        TRY_VOID(c.for_each("select duty_id, summary from duty_rollups", {}, take));
    } else {
        TRY_VOID(c.for_each("select r.duty_id, r.summary from duty_rollups r join duties d on d.id = r.duty_id where d.key = :key", {{"key", duty}},
                            take));
    }
    return out;
}

}  // namespace duties
