#include "duties/store.h"

#include <boost/json.hpp>

#include "duties/periods.h"
#include "duties/rollups.h"
#include "duties/rule_fields.h"
#include "platform/audit/api.h"

namespace duties {
namespace {

using base::message;
namespace json = boost::json;

std::string json_of(const std::vector<std::string>& texts) { return json::serialize(json::value_from(texts)); }

std::vector<std::string> texts_of(const std::string& text) {
    std::vector<std::string> out;
    const auto parsed = json::parse(text);
    for (const auto& v : parsed.as_array()) out.emplace_back(v.as_string());
    return out;
}

std::string json_of(const Rule& rule) {
    json::object out;
    for (const auto& [name, values] : fields_of(rule)) out[name] = json::value_from(values);
    return json::serialize(out);
}

Rule rule_of(const std::string& text) {
    Fields fields;
    const auto parsed = json::parse(text);
    for (const auto& [name, values] : parsed.as_object())
        for (const auto& v : values.as_array()) fields[name].emplace_back(v.as_string());
    // Only rules that were read once are stored.
    return parse_rule(fields).value_or(Rule{});
}

std::string json_of(const std::vector<Origin>& origins) {
    json::array out;
    for (const auto& o : origins)
        out.push_back({{"part", name_of(o.part)},
                       {"kind", name_of(o.kind)},
                       {"quote_de", o.quote.de},
                       {"quote_en", o.quote.en},
                       {"resolution", o.resolution},
                       {"on", o.on ? base::iso(*o.on) : ""},
                       {"note_de", o.note.de},
                       {"note_en", o.note.en}});
    return json::serialize(out);
}

std::vector<Origin> origins_of(const std::string& text) {
    std::vector<Origin> out;
    const auto parsed = json::parse(text);
    for (const auto& v : parsed.as_array()) {
        const auto at = [&](const char* name) { return std::string(v.at(name).as_string()); };
        out.push_back({origin_part_named(at("part")).value_or(OriginPart::rule),
                       origin_kind_named(at("kind")).value_or(OriginKind::assumption),
                       {at("quote_de"), at("quote_en")},
                       at("resolution"),
                       base::parse_iso_day(at("on")),
                       {at("note_de"), at("note_en")}});
    }
    return out;
}

std::string json_of(const std::vector<int>& numbers) { return json::serialize(json::value_from(numbers)); }

std::vector<int> numbers_of(const std::string& text) {
    std::vector<int> out;
    const auto parsed = json::parse(text);
    for (const auto& v : parsed.as_array()) out.push_back(static_cast<int>(v.as_int64()));
    return out;
}

constexpr std::string_view duty_columns =
    "id, key, plan_key, statement_key, clause_number, title_de, title_en, bearer, joint, modality, valid_from, valid_until, grace_days, due_soon_days, "
    "reminder_days, rule, origins, depends_on, published";

Duty duty_of(const db::Row& row) {
    Duty d;
    d.id = row.id<DutyId>("id");
    d.key = row.text("key");
    d.plan = row.text("plan_key");
    d.statement = row.text("statement_key");
    d.clause = row.text("clause_number");
    d.title = {row.text("title_de"), row.text("title_en")};
    d.bearer = row.text("bearer");
    d.joint = texts_of(row.text("joint"));
    d.modality = plan::modality_named(row.text("modality")).value_or(Modality::declaration);
    d.valid_from = row.day("valid_from");
    d.valid_until = row.optional_day("valid_until");
    d.grace_days = static_cast<int>(row.int64("grace_days"));
    d.due_soon_days = static_cast<int>(row.int64("due_soon_days"));
    d.reminder_days = numbers_of(row.text("reminder_days"));
    d.rule = rule_of(row.text("rule"));
    d.origins = origins_of(row.text("origins"));
    d.depends_on = texts_of(row.text("depends_on"));
    d.published = row.boolean("published");
    return d;
}

audit::Values values_of(const Duty& d) {
    return {{"plan", d.plan},
            {"statement", d.statement},
            {"clause", d.clause},
            {"title_de", d.title.de},
            {"title_en", d.title.en},
            {"bearer", d.bearer},
            {"joint", json_of(d.joint)},
            {"modality", std::string(plan::name_of(d.modality))},
            {"valid_from", base::iso(d.valid_from)},
            {"valid_until", d.valid_until ? base::iso(*d.valid_until) : ""},
            {"grace_days", std::to_string(d.grace_days)},
            {"due_soon_days", std::to_string(d.due_soon_days)},
            {"reminder_days", json_of(d.reminder_days)},
            {"rule", json_of(d.rule)},
            {"origins", json_of(d.origins)},
            {"depends_on", json_of(d.depends_on)},
            {"published", d.published ? "yes" : "no"}};
}

// Duties need their clause order: 5.4.1.10 behind 5.4.1.9.
std::vector<int> clause_order(const std::string& number) {
    std::vector<int> out;
    int current = -1;
    for (const char c : number) {
        if (c >= '0' && c <= '9')
            current = std::min(std::max(current, 0) * 10 + (c - '0'), 1'000'000);
        else if (current >= 0) {
            out.push_back(current);
            current = -1;
        }
    }
    if (current >= 0) out.push_back(current);
    return out;
}

base::Result<Duty> needed(db::Connection& c, const std::string& key) {
    TRY(auto duty, find_duty(c, key));
    if (!duty) return base::invalid("duty", message("There is no duty \"{key}\".", {{"key", key}}));
    return std::move(*duty);
}

bool is_period_of(const Duty& duty, const std::string& period) {
    switch (duty.rule.period) {
        case Period::once: return period.empty() || period == "once";
        case Period::on_request: return !period.empty();
        case Period::standing: return is_label_of(Period::year, period);
        case Period::year:
        case Period::half_year:
        case Period::quarter:
        case Period::month: return is_label_of(duty.rule.period, period);
    }
    return false;
}

base::Result<void> refuse(const Duty& duty, const std::string& period, const base::Bilingual& reason, const std::string& resolution) {
    base::Error error{base::ErrorKind::invalid_input, "a decision on a duty has mistakes", {}, {}};
    if (!is_period_of(duty, period))
        error.fields.push_back(
            {"period",
             message("The duty has no period of this name; a year is written 2019, a half-year 2019-H1, a quarter 2019-Q2, a month 2019-03."), 0});
    if (reason.de.empty()) error.fields.push_back({"reason", message("Say why."), 0});
    if (resolution.empty()) error.fields.push_back({"resolution", message("Name the resolution."), 0});
    if (error.fields.empty()) return {};
    return base::error(std::move(error));
}

base::Day known_from(base::Day recorded_on, const By& by) { return recorded_on == base::Day{} ? base::berlin_day(by.now) : recorded_on; }

}  // namespace

base::Result<DutyId> save_duty(db::Connection& c, const Duty& d, bool sample, const By& by) {
    if (auto mistakes = mistakes_in(d); !mistakes.empty())
        return base::error(base::Error{base::ErrorKind::invalid_input, "the duty has mistakes", std::move(mistakes), {}});
    TRY_VOID(parse_rule(fields_of(d.rule)));
    TRY(const auto before, find_duty(c, d.key));
    TRY(const auto id, c.insert<DutyId>(R"sql(
        insert into duties (key, plan_key, statement_key, clause_number, title_de, title_en, bearer, joint, modality, valid_from, valid_until, grace_days,
                            due_soon_days, reminder_days, rule, origins, depends_on, published, sample)
        values (:key, :plan, :statement, :clause, :title_de, :title_en, :bearer, :joint, :modality, :valid_from, :valid_until, :grace_days,
                :due_soon_days, :reminder_days, :rule, :origins, :depends_on, :published, :sample)
        on conflict (key) do update
           set plan_key = excluded.plan_key, statement_key = excluded.statement_key, clause_number = excluded.clause_number, title_de = excluded.title_de,
               title_en = excluded.title_en, bearer = excluded.bearer, joint = excluded.joint, modality = excluded.modality, valid_from = excluded.valid_from,
               valid_until = excluded.valid_until, grace_days = excluded.grace_days, due_soon_days = excluded.due_soon_days,
               reminder_days = excluded.reminder_days, rule = excluded.rule, origins = excluded.origins, depends_on = excluded.depends_on,
               published = excluded.published
        returning id
    )sql",
                                        {{"key", d.key},
                                         {"plan", d.plan},
                                         {"statement", d.statement},
                                         {"clause", d.clause},
                                         {"title_de", d.title.de},
                                         {"title_en", d.title.en},
                                         {"bearer", d.bearer},
                                         {"joint", json_of(d.joint)},
                                         {"modality", plan::name_of(d.modality)},
                                         {"valid_from", d.valid_from},
                                         {"valid_until", d.valid_until},
                                         {"grace_days", d.grace_days},
                                         {"due_soon_days", d.due_soon_days},
                                         {"reminder_days", json_of(d.reminder_days)},
                                         {"rule", json_of(d.rule)},
                                         {"origins", json_of(d.origins)},
                                         {"depends_on", json_of(d.depends_on)},
                                         {"published", d.published},
                                         {"sample", sample}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "duties.duty", d.key, before ? "change" : "create", before ? values_of(*before) : audit::Values{},
                           values_of(d)));
    TRY_VOID(rebuild_rollups_of(c, d.key));
    return id;
}

base::Result<std::vector<Duty>> all_duties(db::Connection& c, std::string_view plan) {
    TRY(auto found, c.query<Duty>(fmt::format("select {} from duties where (:plan = '' or plan_key = :plan) order by plan_key, id", duty_columns),
                                  {{"plan", plan}}, duty_of));
    std::stable_sort(found.begin(), found.end(), [](const Duty& a, const Duty& b) {
        return std::pair(a.plan, clause_order(a.clause)) < std::pair(b.plan, clause_order(b.clause));
    });
    return found;
}

base::Result<std::vector<Duty>> duties_reading(db::Connection& c, std::string_view kind) {
    // The rule is text; that a name stands in it is enough to look closer.
    return c.query<Duty>(fmt::format("select {} from duties where rule like :name order by id", duty_columns),
                         {{"name", fmt::format("%\"{}\"%", kind)}}, duty_of);
}

base::Result<std::optional<Duty>> find_duty(db::Connection& c, std::string_view key) {
    return c.query_one<Duty>(fmt::format("select {} from duties where key = :key", duty_columns), {{"key", key}}, duty_of);
}

base::Result<void> move_duty(db::Connection& c, std::string_view key, const std::string& clause, const By& by) {
    TRY(const auto duty, find_duty(c, key));
    if (!duty) return base::error(base::ErrorKind::not_found, "no such duty");
    TRY_VOID(c.execute("update duties set clause_number = :clause where key = :key", {{"clause", clause}, {"key", key}}));
    return audit::record(c, by.actor, by.now, "duties.duty", duty->key, "change", {{"clause", duty->clause}}, {{"clause", clause}});
}

base::Result<void> publish_duty(db::Connection& c, std::string_view key, bool published, const By& by) {
    TRY(const auto duty, find_duty(c, key));
    if (!duty) return base::error(base::ErrorKind::not_found, "no such duty");
    TRY_VOID(c.execute("update duties set published = :published where key = :key", {{"published", published}, {"key", key}}));
    return audit::record(c, by.actor, by.now, "duties.duty", duty->key, "change", {{"published", duty->published ? "yes" : "no"}},
                         {{"published", published ? "yes" : "no"}});
}

base::Result<std::int64_t> add_waiver(db::Connection& c, Waiver w, bool sample, const By& by) {
    TRY(const auto duty, needed(c, w.duty));
    TRY_VOID(refuse(duty, w.period, w.reason, w.resolution));
    if (w.period.empty()) w.period = "once";
    w.recorded_on = known_from(w.recorded_on, by);
    TRY(const auto id, c.insert<base::Id<struct WaiverTag>>(R"sql(
        insert into duty_waivers (duty_id, period, reason_de, reason_en, resolution, decided_on, recorded_on, recorded_by, sample)
        values (:duty, :period, :reason_de, :reason_en, :resolution, :decided_on, :recorded_on, :by, :sample)
        returning id
    )sql",
                                                            {{"duty", duty.id},
                                                             {"period", w.period},
                                                             {"reason_de", w.reason.de},
                                                             {"reason_en", w.reason.en},
                                                             {"resolution", w.resolution},
                                                             {"decided_on", w.decided_on},
                                                             {"recorded_on", w.recorded_on},
                                                             {"by", by.actor.account},
                                                             {"sample", sample}}));
    TRY_VOID(audit::record(
        c, by.actor, by.now, "duties.waiver", w.duty + "/" + w.period, "create", {},
        {{"reason_de", w.reason.de}, {"reason_en", w.reason.en}, {"resolution", w.resolution}, {"decided_on", base::iso(w.decided_on)}}));
    return id.value;
}

base::Result<std::int64_t> add_extension(db::Connection& c, Extension e, bool sample, const By& by) {
    TRY(const auto duty, needed(c, e.duty));
    TRY_VOID(refuse(duty, e.period, e.reason, e.resolution));
    if (!e.new_due.ok()) return base::invalid("new_due", message("A day is expected, such as 30.06.2018."));
    if (e.period.empty()) e.period = "once";
    e.recorded_on = known_from(e.recorded_on, by);
    TRY(const auto id, c.insert<base::Id<struct ExtensionTag>>(R"sql(
        insert into duty_extensions (duty_id, period, new_due, reason_de, reason_en, resolution, decided_on, recorded_on, recorded_by, sample)
        values (:duty, :period, :new_due, :reason_de, :reason_en, :resolution, :decided_on, :recorded_on, :by, :sample)
        returning id
    )sql",
                                                               {{"duty", duty.id},
                                                                {"period", e.period},
                                                                {"new_due", e.new_due},
                                                                {"reason_de", e.reason.de},
                                                                {"reason_en", e.reason.en},
                                                                {"resolution", e.resolution},
                                                                {"decided_on", e.decided_on},
                                                                {"recorded_on", e.recorded_on},
                                                                {"by", by.actor.account},
                                                                {"sample", sample}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "duties.extension", e.duty + "/" + e.period, "create", {},
                           {{"new_due", base::iso(e.new_due)},
                            {"reason_de", e.reason.de},
                            {"reason_en", e.reason.en},
                            {"resolution", e.resolution},
                            {"decided_on", base::iso(e.decided_on)}}));
    TRY_VOID(rebuild_rollups_of(c, e.duty));
    return id.value;
}

base::Result<std::int64_t> add_explanation(db::Connection& c, const Explanation& e, bool sample, const By& by) {
    TRY(const auto duty, needed(c, e.duty));
    if (!is_period_of(duty, e.period))
        return base::invalid(
            "period",
            message("The duty has no period of this name; a year is written 2019, a half-year 2019-H1, a quarter 2019-Q2, a month 2019-03."));
    if (e.text.de.empty()) return base::invalid("text", message("The explanation is empty."));
    const std::string period = e.period.empty() ? "once" : e.period;
    TRY(const auto id, c.insert<base::Id<struct ExplanationTag>>(R"sql(
        insert into duty_explanations (duty_id, period, text_de, text_en, given_on, recorded_by, sample)
        values (:duty, :period, :text_de, :text_en, :given_on, :by, :sample)
        returning id
    )sql",
                                                                 {{"duty", duty.id},
                                                                  {"period", period},
                                                                  {"text_de", e.text.de},
                                                                  {"text_en", e.text.en},
                                                                  {"given_on", e.given_on},
                                                                  {"by", by.actor.account},
                                                                  {"sample", sample}}));
    TRY_VOID(audit::record(c, by.actor, by.now, "duties.explanation", e.duty + "/" + period, "create", {},
                           {{"text_de", e.text.de}, {"text_en", e.text.en}, {"given_on", base::iso(e.given_on)}}));
    return id.value;
}

base::Result<std::vector<Waiver>> waivers(db::Connection& c) {
    return c.query<Waiver>(
        R"sql(
        select w.id, d.key, w.period, w.reason_de, w.reason_en, w.resolution, w.decided_on, w.recorded_on
          from duty_waivers w
          join duties d on d.id = w.duty_id
         order by w.id
    )sql",
        {}, [](const db::Row& row) {
            return Waiver{row.int64("id"),        row.text("key"),       row.text("period"),    {row.text("reason_de"), row.text("reason_en")},
                          row.text("resolution"), row.day("decided_on"), row.day("recorded_on")};
        });
}

base::Result<std::vector<Extension>> extensions(db::Connection& c) {
    return c.query<Extension>(R"sql(
        select e.id, d.key, e.period, e.new_due, e.reason_de, e.reason_en, e.resolution, e.decided_on, e.recorded_on
          from duty_extensions e
          join duties d on d.id = e.duty_id
         order by e.id
    )sql",
                              {}, [](const db::Row& row) {
                                  return Extension{row.int64("id"),
                                                   row.text("key"),
                                                   row.text("period"),
                                                   row.day("new_due"),
                                                   {row.text("reason_de"), row.text("reason_en")},
                                                   row.text("resolution"),
                                                   row.day("decided_on"),
                                                   row.day("recorded_on")};
                              });
}

base::Result<std::vector<Explanation>> explanations(db::Connection& c) {
    return c.query<Explanation>(
        R"sql(
        select x.id, d.key, x.period, x.text_de, x.text_en, x.given_on
          from duty_explanations x
          join duties d on d.id = x.duty_id
         order by x.id
    )sql",
        {}, [](const db::Row& row) {
            return Explanation{row.int64("id"), row.text("key"), row.text("period"), {row.text("text_de"), row.text("text_en")}, row.day("given_on")};
        });
}

base::Result<void> remove_sample(db::Connection& c, const By& by) {
    std::int64_t removed = 0;
    for (const std::string_view sql :
         {"delete from duty_waivers where sample = :yes", "delete from duty_extensions where sample = :yes",
          "delete from duty_explanations where sample = :yes",
          "delete from duty_rollups where duty_id in (select id from duties where sample = :yes)", "delete from duties where sample = :yes"}) {
        TRY(const auto n, c.execute(sql, {{"yes", true}}));
        removed += n;
    }
    TRY_VOID(audit::record(c, by.actor, by.now, "duties.sample", "sample", "remove", {{"rows", std::to_string(removed)}}, {}));
    return rebuild_rollups(c);
}

}  // namespace duties
