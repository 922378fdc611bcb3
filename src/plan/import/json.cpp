#include <boost/json.hpp>

#include "plan/import/import.h"

namespace plan::importing {
namespace json = boost::json;
namespace {

json::array strings(const std::vector<std::string>& list) {
    json::array out;
    for (const auto& s : list) out.emplace_back(s);
    return out;
}
json::value text_or_null(const std::string& s) { return s.empty() ? json::value(nullptr) : json::value(s); }
// 12, not 1.2E1: whole numbers stay whole.
json::value number(double d) {
    return d == static_cast<double>(static_cast<std::int64_t>(d)) ? json::value(static_cast<std::int64_t>(d)) : json::value(d);
}

json::object statement(const FoundStatement& s) {
    json::array dates, quantities, date_words, quantity_words;
    for (const auto& d : s.dates) {
        dates.emplace_back(base::iso(d.day));
        date_words.emplace_back(d.words);
    }
    for (const auto& q : s.quantities) {
        quantities.push_back(json::object{{"value", number(q.value)}, {"unit", q.unit}, {"comparison", q.comparison}});
        quantity_words.emplace_back(q.words);
    }
    return {{"id", s.id},
            {"quote", s.quote},
            {"modality", name_of(s.modality)},
            {"bearers", strings(s.bearers)},
            {"counterparts", strings(s.counterparts)},
            {"dates", dates},
            {"rhythm", text_or_null(s.rhythm)},
            {"yearly_due", text_or_null(s.yearly_due)},
            {"quantities", quantities},
            {"need", s.need},
            {"basis", json::object{{"modality", s.modality_words},
                                   {"bearers", text_or_null(s.bearer_words)},
                                   {"dates", date_words},
                                   {"rhythm", text_or_null(s.rhythm_words)},
                                   {"quantities", quantity_words}}}};
}

}  // namespace

std::string to_json(const FoundPlan& plan) {
    json::array clauses, warnings;
    for (const auto& c : plan.clauses) {
        json::array statements;
        for (const auto& s : c.statements) statements.push_back(statement(s));
        clauses.push_back(
            json::object{{"number", c.number},
                         {"heading", c.heading},
                         {"text", c.text},
                         {"parent", c.parent < 0 ? json::value(nullptr) : json::value(plan.clauses[static_cast<std::size_t>(c.parent)].number)},
                         {"kind", name_of(c.kind)},
                         {"modality", c.modality ? json::value(name_of(*c.modality)) : json::value(nullptr)},
                         {"statements", statements}});
    }
    for (const auto& w : plan.warnings)
        warnings.emplace_back((w.line > 0 ? "line " + std::to_string(w.line) + ": " : "") + base::in_english(w.message));
    return json::serialize(json::object{{"title", plan.title}, {"clauses", clauses}, {"warnings", warnings}});
}

}  // namespace plan::importing
