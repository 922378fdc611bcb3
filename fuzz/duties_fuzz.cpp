// links: duties
// Whatever rule and ledger come as bytes: reading and judging never crash, and the states keep their promises.
#include <cstdlib>

#include "duties/rule_fields.h"
#include "duties/rules.h"
#include "duties/sentence.h"

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

// Lines "name=value" make the rule; the line "--" ends it, then lines "day kind subject length quantity" make the ledger.
struct Lines {
    std::string_view rest;
    bool next(std::string_view& line) {
        if (rest.empty()) return false;
        const auto end = std::min(rest.find('\n'), rest.size());
        line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return true;
    }
};

int number(std::string_view& line, int most) {
    int n = 0;
    while (!line.empty() && line.front() != ' ') {
        n = (n * 31 + static_cast<unsigned char>(line.front())) % most;
        line.remove_prefix(1);
    }
    if (!line.empty()) line.remove_prefix(1);
    return n;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Lines lines{{reinterpret_cast<const char*>(data), size}};
    duties::Fields fields;
    std::string_view line;
    while (lines.next(line) && line != "--") {
        const auto mark = std::min(line.find('='), line.size());
        fields[std::string(line.substr(0, mark))].emplace_back(line.substr(std::min(mark + 1, line.size())));
    }
    const auto rule = duties::parse_rule(fields);
    if (!rule) {
        demand(!rule.error().fields.empty());
        return 0;
    }
    const auto again = duties::parse_rule(duties::fields_of(*rule));
    demand(again && *again == *rule);
    demand(!duties::sentence_of(*rule).de.empty() && !duties::sentence_of(*rule).en.empty());

    std::vector<evidence::Record> ledger;
    while (ledger.size() < 64 && lines.next(line)) {
        evidence::Record r;
        r.occurred_on = base::plus_days(base::day(2017, 1, 1), number(line, 1500));
        const int kind = number(line, 3);
        r.kind = kind == 0 ? rule->evidence : kind == 1 ? rule->population : rule->request;
        r.subject = std::string(1, static_cast<char>('a' + number(line, 4)));
        if (const int length = number(line, 600); length % 2) r.until = base::plus_days(r.occurred_on, length);
        r.quantity = duties::Quantity{number(line, 100000)};
        r.attributes = rule->filter;
        r.recorded_on = r.occurred_on;
        r.key = std::to_string(ledger.size());
        r.id = evidence::EvidenceId{static_cast<std::int64_t>(ledger.size()) + 1};
        ledger.push_back(std::move(r));
    }
    duties::Duty duty;
    duty.key = "d";
    duty.rule = *rule;
    duty.valid_from = base::day(2018, 1, 1);
    if (size % 2) duty.valid_until = base::day(2020, 12, 31);
    duty.grace_days = static_cast<int>(size % 40);
    const base::Day as_of = base::plus_days(base::day(2017, 6, 1), static_cast<int>(size * 37 % 1600));
    for (const auto& o : duties::judge(duty, {ledger, {}, {}}, as_of)) {
        const bool fulfilled = o.state == duties::State::fulfilled || o.state == duties::State::fulfilled_late;
        demand(o.fulfilled_on.has_value() == fulfilled);
        demand(o.state != duties::State::breached);  // nobody has said where the rule comes from
        demand(o.evidence_count >= static_cast<int>(o.evidence.size()));
        for (const auto& gap : o.gaps) demand(gap.from <= gap.until && gap.until <= as_of && gap.from >= duty.valid_from);
    }
    return 0;
}
