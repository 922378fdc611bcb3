#pragma once
// Short ways to say what happened, for tests that read like examples.
#include <string>
#include <vector>

#include "duties/rules.h"

namespace facts {

using base::Day;
using base::day;
using duties::Quantity;

inline Day on(std::string_view iso) {
    const auto d = base::parse_iso_day(iso);
    return d ? *d : base::day(1000, 1, 1);
}

struct Event {
    std::string occurred_on{};
    std::string key{};
    std::string kind = "council.report_delivered";
    std::string subject{};
    std::string until{};
    double quantity = -1;
    evidence::Attributes attributes{};
    std::string recorded_on{};
    std::string withdrawn_on{};
};

inline evidence::Record record(const Event& e) {
    evidence::Record r;
    r.occurred_on = on(e.occurred_on);
    r.key = e.key.empty() ? e.kind + "/" + e.subject + "/" + e.occurred_on : e.key;
    r.kind = e.kind;
    r.subject = e.subject;
    if (!e.until.empty()) r.until = on(e.until);
    if (e.quantity >= 0) r.quantity = Quantity::rounded(e.quantity);
    r.attributes = e.attributes;
    r.recorded_on = e.recorded_on.empty() ? r.occurred_on : on(e.recorded_on);
    if (!e.withdrawn_on.empty()) r.withdrawn_on = on(e.withdrawn_on);
    return r;
}

inline std::vector<evidence::Record> ledger(const std::vector<Event>& events) {
    std::vector<evidence::Record> out;
    for (const auto& e : events) out.push_back(record(e));
    return out;
}

// One report a calendar year, valid 2018 to 2020, in the wording.
inline duties::Duty duty(duties::Rule rule = {}) {
    duties::Duty d;
    d.key = "duty";
    d.plan = "2018";
    d.clause = "4.1";
    d.statement = "4.1-c";
    d.title = {"Pflicht", "Duty"};
    d.bearer = "council";
    d.valid_from = day(2018, 1, 1);
    d.valid_until = day(2020, 12, 31);
    if (rule.evidence.empty()) rule.evidence = "council.report_delivered";
    d.rule = std::move(rule);
    d.origins = {{duties::OriginPart::rule, duties::OriginKind::wording, {"einmal im Jahr", ""}, "", {}, {}}};
    return d;
}

inline std::vector<duties::Occurrence> judge(const duties::Duty& d, const std::vector<evidence::Record>& evidence, std::string_view as_of,
                                             std::string_view known_on = "") {
    return duties::judge(d, {evidence, {}, {}}, on(as_of), known_on.empty() ? std::nullopt : std::optional(on(known_on)));
}

inline const duties::Occurrence* find(const std::vector<duties::Occurrence>& all, std::string_view period) {
    for (const auto& o : all)
        if (o.period == period) return &o;
    return nullptr;
}

// "fulfilled 2019-02-14", "breached", or "none" where there is no such period.
inline std::string reading(const std::vector<duties::Occurrence>& all, std::string_view period) {
    const auto* o = find(all, period);
    if (!o) return "none";
    std::string out(name_of(o->state));
    if (o->fulfilled_on) out += " " + base::iso(*o->fulfilled_on);
    return out;
}

inline std::string gaps(const duties::Occurrence& o) {
    std::string out;
    for (const auto& g : o.gaps) out += (out.empty() ? "" : ", ") + base::iso(g.from) + ".." + base::iso(g.until);
    return out;
}

}  // namespace facts
