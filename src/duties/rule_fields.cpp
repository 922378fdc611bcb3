#include "duties/rule_fields.h"

#include <fmt/format.h>

#include "evidence/kinds.h"

namespace duties {
namespace {

using base::message;

constexpr int most_days = 3660;  // ten years: longer limits are mistakes of typing
constexpr std::size_t most_members = 200;

const std::set<std::string_view> known_fields{"evidence",      "aggregate",      "comparison", "threshold", "each",
                                              "each_by",       "population",     "period",     "due",       "due_month_day",
                                              "due_next_year", "due_after_days", "fresh_days", "request",   "answer_within_days"};

std::string_view trimmed(std::string_view s) {
    const auto first = s.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return s.substr(first, s.find_last_not_of(" \t\r\n") - first + 1);
}

// "12-31", "31.12." or "31.12"
std::optional<std::chrono::month_day> parse_month_day(std::string_view s) {
    const auto two = [](std::string_view digits) -> std::optional<unsigned> {
        if (digits.empty() || digits.size() > 2 || digits.find_first_not_of("0123456789") != std::string_view::npos) return {};
        unsigned n = 0;
        for (char c : digits) n = n * 10 + static_cast<unsigned>(c - '0');
        return n;
    };
    std::optional<unsigned> month, day;
    if (const auto dash = s.find('-'); dash != std::string_view::npos) {
        month = two(s.substr(0, dash));
        day = two(s.substr(dash + 1));
    } else if (const auto dot = s.find('.'); dot != std::string_view::npos) {
        auto rest = s.substr(dot + 1);
        if (!rest.empty() && rest.back() == '.') rest.remove_suffix(1);
        day = two(s.substr(0, dot));
        month = two(trimmed(rest));
    }
    if (!month || !day) return {};
    const auto md = std::chrono::month(*month) / std::chrono::day(*day);
    if (!md.ok()) return {};
    return md;
}

class Reader {
  public:
    explicit Reader(const Fields& fields) : fields_(fields) {}

    std::string text(const std::string& name) const {
        const auto it = fields_.find(name);
        return it == fields_.end() || it->second.empty() ? "" : std::string(trimmed(it->second.front()));
    }
    bool has(const std::string& name) const { return !text(name).empty(); }
    std::vector<std::string> list(const std::string& name) const {
        std::vector<std::string> out;
        if (const auto it = fields_.find(name); it != fields_.end())
            for (const auto& entry : it->second)
                if (const auto t = trimmed(entry); !t.empty()) out.emplace_back(t);
        return out;
    }
    void wrong(std::string field, base::Message m) { errors_.push_back({std::move(field), std::move(m), 0}); }
    std::vector<base::FieldError>& errors() { return errors_; }

    template <class Enum>
    Enum choice(const std::string& name, Enum otherwise, std::optional<Enum> (*named)(std::string_view), std::string_view choices) {
        const auto given = text(name);
        if (given.empty()) return otherwise;
        if (const auto value = named(given)) return *value;
        wrong(name, message("Not one of {choices}.", {{"choices", std::string(choices)}}));
        return otherwise;
    }
    std::optional<int> days(const std::string& name, int least) {
        const auto given = text(name);
        if (given.empty()) return {};
        const auto amount = Quantity::parse(given);
        if (!amount || amount->thousandths % 1000 != 0 || *amount < Quantity::of(least) || *amount > Quantity::of(most_days)) {
            wrong(name, message("A whole number of days from {least} to {most} is expected.",
                                {{"least", std::to_string(least)}, {"most", std::to_string(most_days)}}));
            return {};
        }
        return static_cast<int>(amount->thousandths / 1000);
    }
    std::string kind(const std::string& name, bool needed) {
        const auto given = text(name);
        if (given.empty()) {
            if (needed) wrong(name, message("A kind of evidence is needed here."));
        } else if (!evidence::is_kind_name(given)) {
            wrong(name, message("A kind of evidence is written like council.report_delivered: lower-case letters, one dot."));
        }
        return given;
    }
    // A part that the rule, as its other parts stand, would pass over: better said than silently ignored.
    void only_for(const std::string& name, bool fits, const base::Message& m) {
        if (has(name) && !fits) wrong(name, m);
    }

  private:
    const Fields& fields_;
    std::vector<base::FieldError> errors_;
};

void read_aggregate(Reader& in, Rule& rule) {
    const bool each = rule.aggregate == Aggregate::each, share = rule.aggregate == Aggregate::share;
    if (const auto given = in.text("threshold"); !given.empty()) {
        const auto value = Quantity::parse(given);
        if (!value)
            in.wrong("threshold", message("A number is expected, with at most three decimals."));
        else
            rule.threshold = *value;
    } else if (share) {
        rule.threshold = Quantity::of(100);
    } else if (rule.aggregate == Aggregate::sum || rule.aggregate == Aggregate::latest) {
        in.wrong("threshold", message("A number is needed here: how much is enough?"));
    }
    if (share && (rule.threshold < Quantity{} || rule.threshold > Quantity::of(100)))
        in.wrong("threshold", message("A share lies between 0 and 100 percent."));
    if ((rule.aggregate == Aggregate::count || each) && (rule.threshold < Quantity{} || rule.threshold.thousandths % 1000 != 0))
        in.wrong("threshold", message("Records are counted in whole numbers from 0."));
    if (each && rule.threshold < Quantity::of(1)) in.wrong("threshold", message("Each member needs at least one record."));
    if (rule.comparison == Comparison::at_least && !share && !each && rule.threshold <= Quantity{} && rule.aggregate != Aggregate::latest)
        in.wrong("threshold", message("\"At least 0\" asks for nothing; choose 1 or more, or another comparison."));
    if (each && rule.comparison != Comparison::at_least)
        in.wrong("comparison", message("A named set is either complete or not: only \"at least\" fits here."));

    rule.each = in.list("each");
    if (std::set<std::string>(rule.each.begin(), rule.each.end()).size() != rule.each.size()) in.wrong("each", message("A member is named twice."));
    if (rule.each.size() > most_members)
        in.wrong("each", message("A named set has at most {most} members.", {{"most", std::to_string(most_members)}}));
    if (each && rule.each.empty()) in.wrong("each", message("Name the members of the set."));
    in.only_for("each", each || share, message("A named set is only read with \"each\" or \"share\"."));
    if (in.has("each_by")) rule.each_by = in.text("each_by");
    in.only_for("each_by", each || share, message("A named set is only read with \"each\" or \"share\"."));
    rule.population = in.kind("population", share);
    in.only_for("population", share, message("Only a share has a whole it is a share of."));
}

void read_period(Reader& in, Rule& rule) {
    const bool once = rule.period == Period::once, year = rule.period == Period::year, standing = rule.period == Period::standing;
    const bool on_request = rule.period == Period::on_request;
    const bool part_of_year = rule.period == Period::half_year || rule.period == Period::quarter || rule.period == Period::month;
    if (const auto given = in.text("due"); !given.empty()) {
        rule.due = base::parse_day(given);
        if (!rule.due) in.wrong("due", message("A day is expected, such as 30.06.2018."));
    } else if (once) {
        in.wrong("due", message("A duty to be done once needs its day."));
    }
    in.only_for("due", once, message("Only a duty to be done once has a day with a year."));
    if (const auto given = in.text("due_month_day"); !given.empty()) {
        rule.due_month_day = parse_month_day(given);
        if (!rule.due_month_day) in.wrong("due_month_day", message("A day and month are expected, such as 31.12."));
    }
    in.only_for("due_month_day", year, message("Only a yearly duty has a day and month."));
    if (const auto given = in.text("due_next_year"); given == "true" || given == "1" || given == "on")
        rule.due_next_year = true;
    else if (!given.empty() && given != "false" && given != "0")
        in.wrong("due_next_year", message("Yes or no is expected (true or false)."));
    if (rule.due_next_year && !year) in.wrong("due_next_year", message("Only a yearly duty can be due in the year after."));
    rule.due_after_days = in.days("due_after_days", 0).value_or(0);
    in.only_for("due_after_days", part_of_year || (in.text("due_after_days") == "0"),
                message("Days after the end are for half-years, quarters and months."));
    rule.fresh_days = in.days("fresh_days", 1);
    in.only_for("fresh_days", standing, message("Only a standing duty has a freshness."));
    rule.request = in.kind("request", on_request);
    in.only_for("request", on_request, message("Only a duty on request names what asks for it."));
    const auto within = in.days("answer_within_days", 0);
    rule.answer_within_days = within.value_or(0);
    if (on_request && !in.has("answer_within_days")) in.wrong("answer_within_days", message("Within how many days is the answer due?"));
    in.only_for("answer_within_days", on_request, message("Only a duty on request has days to answer."));
    if (on_request && rule.aggregate == Aggregate::share) in.wrong("aggregate", message("A request is answered or not; a share needs a period."));
}

}  // namespace

base::Result<Rule> parse_rule(const Fields& fields) {
    Reader in(fields);
    Rule rule;
    for (const auto& [name, values] : fields) {
        const bool filter = name.starts_with("filter.");
        if (!filter && !known_fields.contains(name)) in.wrong(name, message("A rule has no part of this name."));
        if (filter && in.has(name)) rule.filter[name.substr(7)] = in.text(name);
        if (name == "filter.") in.wrong(name, message("The attribute to filter by needs a name."));
    }
    rule.evidence = in.kind("evidence", true);
    rule.aggregate = in.choice("aggregate", Aggregate::count, &aggregate_named, "count, sum, latest, each, share");
    rule.comparison = in.choice("comparison", Comparison::at_least, &comparison_named, "at_least, at_most, exactly");
    rule.period = in.choice("period", Period::year, &period_named, "once, year, half_year, quarter, month, standing, on_request");
    if (!in.has("period")) in.wrong("period", message("How often? Choose a period."));
    read_aggregate(in, rule);
    read_period(in, rule);
    if (!in.errors().empty()) return base::error(base::Error{base::ErrorKind::invalid_input, "the rule has mistakes", std::move(in.errors()), {}});
    return rule;
}

Fields fields_of(const Rule& rule) {
    Fields out;
    const auto put = [&](const std::string& name, std::string value) {
        if (!value.empty()) out[name] = {std::move(value)};
    };
    const bool set = rule.aggregate == Aggregate::each || rule.aggregate == Aggregate::share;
    put("evidence", rule.evidence);
    for (const auto& [name, value] : rule.filter) put("filter." + name, value);
    put("aggregate", std::string(name_of(rule.aggregate)));
    put("comparison", std::string(name_of(rule.comparison)));
    put("threshold", rule.threshold.text());
    if (!rule.each.empty()) out["each"] = rule.each;
    if (set && rule.each_by != "subject") put("each_by", rule.each_by);
    put("population", rule.population);
    put("period", std::string(name_of(rule.period)));
    if (rule.due) put("due", base::iso(*rule.due));
    if (rule.due_month_day)
        put("due_month_day",
            fmt::format("{:02}-{:02}", static_cast<unsigned>(rule.due_month_day->month()), static_cast<unsigned>(rule.due_month_day->day())));
    if (rule.due_next_year) put("due_next_year", "true");
    if (rule.due_after_days > 0) put("due_after_days", std::to_string(rule.due_after_days));
    if (rule.fresh_days) put("fresh_days", std::to_string(*rule.fresh_days));
    put("request", rule.request);
    if (rule.period == Period::on_request) put("answer_within_days", std::to_string(rule.answer_within_days));
    return out;
}

std::vector<base::FieldError> mistakes_in(const Duty& duty) {
    std::vector<base::FieldError> out;
    const auto wrong = [&](std::string field, base::Message m) { out.push_back({std::move(field), std::move(m), 0}); };
    if (duty.key.empty() || duty.key.size() > 100 || duty.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-_") != std::string::npos)
        wrong("key", message("A key has lower-case letters, digits, dots and dashes, at most 100."));
    if (duty.title.de.empty()) wrong("title", message("A German title is needed."));
    if (duty.plan.empty()) wrong("plan", message("Which plan does the duty belong to?"));
    if (duty.bearer.empty()) wrong("bearer", message("Which office or body bears the duty?"));
    if (std::find(duty.joint.begin(), duty.joint.end(), duty.bearer) != duty.joint.end())
        wrong("joint", message("The leading bearer is named again among the others."));
    if (!duty.valid_from.ok()) wrong("valid_from", message("A day is expected, such as 30.06.2018."));
    if (duty.valid_until && *duty.valid_until < duty.valid_from) wrong("valid_until", message("The validity ends before it begins."));
    if (duty.grace_days < 0 || duty.grace_days > most_days)
        wrong("grace_days",
              message("A whole number of days from {least} to {most} is expected.", {{"least", "0"}, {"most", std::to_string(most_days)}}));
    if (duty.due_soon_days < 0 || duty.due_soon_days > most_days)
        wrong("due_soon_days",
              message("A whole number of days from {least} to {most} is expected.", {{"least", "0"}, {"most", std::to_string(most_days)}}));
    for (const int days : duty.reminder_days)
        if (days < 0 || days > most_days) {
            wrong("reminder_days",
                  message("A whole number of days from {least} to {most} is expected.", {{"least", "0"}, {"most", std::to_string(most_days)}}));
            break;
        }
    if (duty.rule.period == Period::once && duty.rule.due && duty.valid_from.ok() && *duty.rule.due < duty.valid_from)
        wrong("due", message("The day lies before the duty is valid."));
    for (const auto& origin : duty.origins) {
        const std::string field = "origin." + std::string(name_of(origin.part));
        if (origin.kind == OriginKind::wording && origin.quote.de.empty()) wrong(field, message("Quote the words this number comes from."));
        if (origin.kind == OriginKind::resolution && (origin.resolution.empty() || !origin.on))
            wrong(field, message("A resolution is named with its number and day."));
        if (origin.kind == OriginKind::assumption && origin.note.de.empty()) wrong(field, message("Say why this value was assumed."));
        if (origin.part == OriginPart::freshness && !duty.rule.fresh_days)
            wrong(field, message("The rule has no freshness this origin could speak of."));
        if (origin.part == OriginPart::answer && duty.rule.period != Period::on_request)
            wrong(field, message("The rule has no days to answer this origin could speak of."));
    }
    return out;
}

}  // namespace duties
