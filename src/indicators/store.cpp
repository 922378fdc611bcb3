#include "indicators/store.h"

#include <fmt/format.h>

#include <algorithm>

#include "indicators/rules.h"
#include "platform/audit/api.h"

namespace indicators {
namespace {

using base::message;

constexpr std::string_view kind = "statistics.value_observed";
constexpr std::string_view columns =
    "key, plan_key, clause_number, title_de, title_en, unit_de, unit_en, source_de, source_en, definition_de, definition_en, direction, rhythm, office, published";

Indicator indicator_of(const db::Row& row) {
    return {.key = row.text("key"),
            .plan = row.text("plan_key"),
            .clause = row.text("clause_number"),
            .title = {row.text("title_de"), row.text("title_en")},
            .unit = {row.text("unit_de"), row.text("unit_en")},
            .source = {row.text("source_de"), row.text("source_en")},
            .definition = {row.text("definition_de"), row.text("definition_en")},
            .direction = direction_named(row.text("direction")).value_or(Direction::none),
            .rhythm = rhythm_named(row.text("rhythm")).value_or(Rhythm::yearly),
            .office = row.text("office"),
            .published = row.boolean("published")};
}
db::Parameters parameters_of(const Indicator& i) {
    return {{"key", i.key},
            {"plan", i.plan},
            {"clause", i.clause},
            {"title_de", i.title.de},
            {"title_en", i.title.en},
            {"unit_de", i.unit.de},
            {"unit_en", i.unit.en},
            {"source_de", i.source.de},
            {"source_en", i.source.en},
            {"definition_de", i.definition.de},
            {"definition_en", i.definition.en},
            {"direction", name_of(i.direction)},
            {"rhythm", name_of(i.rhythm)},
            {"office", i.office},
            {"published", i.published}};
}
audit::Values audited(const Indicator& i) {
    return {{"title", i.title.de},
            {"unit", i.unit.de},
            {"definition", i.definition.de},
            {"source", i.source.de},
            {"direction", std::string(name_of(i.direction))},
            {"rhythm", std::string(name_of(i.rhythm))},
            {"office", i.office},
            {"published", i.published ? "yes" : "no"}};
}
base::Result<void> refused(std::vector<base::FieldError> mistakes) {
    if (mistakes.empty()) return {};
    return base::error({base::ErrorKind::invalid_input, "indicator refused", std::move(mistakes), "rule"});
}

Value value_of(const evidence::Record& r) {
    return {.period = evidence::period_of(r),
            .value = r.quantity,
            .observed_on = r.occurred_on,
            .note = r.note,
            .evidence = r.key,
            .office = r.organisation,
            .recorded_on = r.recorded_on,
            .withdrawn_on = r.withdrawn_on,
            .withdrawn_reason = r.withdrawn_reason,
            .published = r.published};
}
void in_order(std::vector<Value>& values) {
    std::stable_sort(values.begin(), values.end(), [](const Value& a, const Value& b) {
        const auto x = period_of(a.period), y = period_of(b.period);
        return (x ? x->until : base::Day{}) < (y ? y->until : base::Day{});
    });
}

base::Result<std::string> record(db::Connection& c, const Indicator& i, const Value& v, const By& by) {
    evidence::Entry entry;
    auto& r = entry.record;
    r.key = evidence::new_key();
    r.kind = kind;
    r.subject = i.key;
    r.organisation = by.office;
    r.occurred_on = v.observed_on;
    r.quantity = v.value;
    r.attributes["period"] = v.period;
    r.title = {i.title.de + " " + v.period, i.title.en.empty() ? "" : i.title.en + " " + v.period};
    r.note = v.note;
    r.published = i.published;
    r.recorded_on = by.today;
    const auto key = r.key;
    TRY_VOID(evidence::record(c, std::move(entry), {by.actor, by.now}));
    return key;
}

}  // namespace

base::Result<std::vector<Indicator>> all(db::Connection& c) {
    return c.query<Indicator>(fmt::format("select {} from key_figures order by key", columns), {}, indicator_of);
}
base::Result<Indicator> find(db::Connection& c, std::string_view key) {
    TRY(auto found, c.query_one<Indicator>(fmt::format("select {} from key_figures where key = :key", columns), {{"key", key}}, indicator_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such indicator");
    return std::move(*found);
}

base::Result<void> add(db::Connection& c, const Indicator& i) {
    TRY_VOID(c.execute(R"sql(
        insert into key_figures (key, plan_key, clause_number, title_de, title_en, unit_de, unit_en, source_de, source_en, definition_de, definition_en, direction, rhythm, office, published)
        values (:key, :plan, :clause, :title_de, :title_en, :unit_de, :unit_en, :source_de, :source_en, :definition_de, :definition_en, :direction, :rhythm, :office, :published)
    )sql",
                       parameters_of(i)));
    return {};
}
base::Result<void> remove(db::Connection& c, std::string_view key) {
    TRY_VOID(c.execute("delete from key_figures where key = :key", {{"key", key}}));
    return {};
}
base::Result<void> create(db::Connection& c, const Indicator& i, const By& by) {
    TRY_VOID(refused(mistakes_in(i)));
    if (find(c, i.key)) return base::invalid("key", message("There is an indicator with this key already."));
    TRY_VOID(add(c, i));
    return audit::record(c, by.actor, by.now, "indicators.indicator", i.key, "create", {}, audited(i));
}
base::Result<void> change(db::Connection& c, const Indicator& i, const By& by) {
    TRY(const auto before, find(c, i.key));
    TRY_VOID(refused(mistakes_in(i)));
    // Values of another rhythm would no longer fit their indicator.
    if (i.rhythm != before.rhythm) {
        TRY(const auto values, values_of(c, i.key));
        if (!values.empty()) return base::invalid("rhythm", message("There are values already: the period stays, or make a new indicator."));
    }
    TRY_VOID(c.execute(R"sql(
        update key_figures
           set plan_key = :plan, clause_number = :clause, title_de = :title_de, title_en = :title_en, unit_de = :unit_de, unit_en = :unit_en, source_de = :source_de,
               source_en = :source_en, definition_de = :definition_de, definition_en = :definition_en, direction = :direction, rhythm = :rhythm, office = :office,
               published = :published
         where key = :key
    )sql",
                       parameters_of(i)));
    return audit::record(c, by.actor, by.now, "indicators.indicator", i.key, "change", audited(before), audited(i));
}

base::Result<std::vector<Value>> values_of(db::Connection& c, std::string_view key) {
    TRY(auto records, evidence::of_subject(c, kind, key));
    std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    std::vector<Value> out;
    for (const auto& r : records) {
        // The ledger hands out parts of itself without notes and reasons; here they are read, for the few values of one indicator.
        TRY(const auto entry, evidence::find_by_key(c, r.key));
        if (entry) out.push_back(value_of(entry->record));
    }
    in_order(out);
    return out;
}
base::Result<std::vector<std::pair<Indicator, std::vector<Value>>>> all_with_values(db::Connection& c) {
    TRY(auto definitions, all(c));
    std::vector<std::pair<Indicator, std::vector<Value>>> out;
    for (auto& i : definitions) {
        TRY(auto values, values_of(c, i.key));
        out.emplace_back(std::move(i), std::move(values));
    }
    return out;
}

base::Result<std::string> enter(db::Connection& c, const Indicator& i, const Value& v, const By& by) {
    TRY_VOID(refused(mistakes_in(v, i, by.today)));
    TRY(const auto before, values_of(c, i.key));
    for (const auto& each : before)
        if (each.period == v.period && !each.withdrawn_on)
            return base::invalid("period", message("There is a value for this period already: correct it, with a reason."));
    return record(c, i, v, by);
}

base::Result<std::string> correct(db::Connection& c, const Indicator& i, std::string_view evidence, const Value& v, const std::string& reason,
                                  const By& by) {
    auto mistakes = mistakes_in(v, i, by.today);
    if (reason.empty()) mistakes.push_back({"reason", message("Say why the value is corrected.")});
    TRY_VOID(refused(std::move(mistakes)));
    TRY(const auto entry, evidence::find_by_key(c, evidence));
    if (!entry || entry->record.subject != i.key || entry->record.kind != kind || entry->record.withdrawn_on ||
        evidence::period_of(entry->record) != v.period)
        return base::error(base::ErrorKind::not_found, "no such value of the indicator");
    TRY_VOID(evidence::withdraw(c, entry->record.id, reason, {by.actor, by.now}));
    return record(c, i, v, by);
}

}  // namespace indicators
