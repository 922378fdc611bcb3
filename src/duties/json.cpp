#include "duties/json.h"

namespace duties {
namespace {

boost::json::value day_or_null(const std::optional<base::Day>& d) { return d ? boost::json::value(base::iso(*d)) : boost::json::value(nullptr); }

}  // namespace

boost::json::object json_of(const Duty& d, const Occurrence& o, const Naming* naming) {
    boost::json::object out{{"duty", o.duty},
                            {"plan", d.plan},
                            {"clause", o.clause},
                            {"statement", o.statement},
                            {"bearer", o.bearer},
                            {"modality", plan::name_of(d.modality)},
                            {"origin", name_of(o.origin)},
                            {"period", o.period},
                            {"due_on", day_or_null(o.due_on)},
                            {"state", name_of(o.state)},
                            {"fulfilled_on", day_or_null(o.fulfilled_on)},
                            {"at_risk", boost::json::value_from(o.at_risk)},
                            {"evidence", boost::json::value_from(o.evidence)},
                            {"evidence_count", o.evidence_count},
                            {"missing", o.missing ? boost::json::value(o.missing->text.in("en")) : boost::json::value(nullptr)},
                            {"missing_de", o.missing ? boost::json::value(o.missing->text.de) : boost::json::value(nullptr)}};
    if (naming) {
        const auto period = naming->of_period(d.rule, o.period);
        out["period_name"] = period.in("en");
        out["period_name_de"] = period.de;
    }
    if (naming && o.missing) {
        const auto missing = naming->of_missing(d.rule, *o.missing);
        out["missing"] = missing.in("en");
        out["missing_de"] = missing.de;
        if (!o.missing->members.empty()) out["missing_keys"] = boost::json::value_from(o.missing->members);
    }
    if (d.rule.period == Period::standing) {
        boost::json::array gaps;
        for (const auto& gap : o.gaps) gaps.push_back(boost::json::array{base::iso(gap.from), base::iso(gap.until)});
        out["gaps"] = std::move(gaps);
    }
    if (o.ended_as) out["ended_as"] = name_of(*o.ended_as);
    return out;
}

boost::json::array json_of(const Judgement& j) {
    boost::json::array out;
    for (const auto& judged : j.judged)
        for (const auto& o : judged.occurrences) out.push_back(json_of(*judged.duty, o));
    return out;
}

base::Result<std::string> judged_as_json(db::Database& database, const Question& q) {
    TRY(const auto judgement, database.read([&](db::Connection& c) { return judge_all(c, q); }));
    return boost::json::serialize(json_of(judgement));
}

}  // namespace duties
