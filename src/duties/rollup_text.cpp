#include "duties/rollups.h"

#include <charconv>

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
    void pass_texts() {
        for (auto n = number(); n > 0; --n) {
            const auto size = static_cast<std::size_t>(until(':'));
            at_ += size;
        }
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
    w.number(s.every_day).texts(s.taken);
    return w.take();
}

Summary read_summary(std::string_view text, Evidence evidence) {
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
    if (evidence == Evidence::named)
        s.evidence = r.texts();
    else
        r.pass_texts();
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
    s.every_day = r.number() != 0;
    s.taken = r.texts();
    return s;
}

}  // namespace duties
