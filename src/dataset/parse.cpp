#include "dataset/parse.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "dataset/parse_duty.h"
#include "dataset/parse_measure.h"
#include "dataset/parse_network.h"
#include "evidence/kinds.h"

namespace dataset {
namespace {

using Names = std::vector<std::string>;

const Names bearer_kinds{"office", "body", "unit", "subordinate_institution", "district_company", "municipality", "partner", "network"};
const Names clause_kinds{"preamble", "clause", "annex"};
const Names relations{"carried_over", "amended", "new", "repealed", "replaced", "referred"};
const Names modalities{"obligation", "conditional_obligation", "power", "effort", "declaration"};
const Names comparisons{"at_least", "at_most", "exactly"};
const Names rhythms{"yearly", "half_yearly", "quarterly", "monthly", "weekly", "two_yearly", "standing", "regular"};
const Names check_kinds{"share", "product"};
const Names directions_of_figures{"higher", "lower"};
const Names rhythms_of_figures{"yearly", "half_yearly", "quarterly", "monthly"};
const Names roles{"reader", "unit_editor", "integration_officer", "administrator"};

std::optional<identity::Role> role(std::string_view name) {
    if (name == "reader") return identity::Role::reader;
    if (name == "unit_editor") return identity::Role::unit_editor;
    if (name == "integration_officer") return identity::Role::integration_officer;
    if (name == "administrator") return identity::Role::administrator;
    return {};
}

std::optional<CheckKind> check_kind(std::string_view name) {
    if (name == "share") return CheckKind::share;
    if (name == "product") return CheckKind::product;
    return {};
}

// Keys stand in addresses and file names: letters, digits, dots, dashes and underscores.
bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= 100 && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
}

class Parser {
  public:
    Parser(std::string file, Parsed& into) : file_(std::move(file)), into_(into), data_(into.data) {}

    void document(const toml::table& root) {
        Reader r(root, file_, file_, into_.mistakes);
        r.table("dataset", "[dataset]", [&](Reader& t) { header(t); });
        r.table("municipality", "[municipality]", [&](Reader& t) { municipality(t); });
        r.tables("bearer", "[[bearer]]", [&](Reader& t) { add(data_.bearers, bearer(t), t); });
        r.tables("holding", "[[holding]]", [&](Reader& t) { add(data_.holdings, holding(t), t); });
        r.tables("plan", "[[plan]]", [&](Reader& t) { add(data_.plans, plan(t), t); });
        r.tables("clause", "[[clause]]", [&](Reader& t) { add(data_.clauses, clause(t), t); });
        r.tables("statement", "[[statement]]", [&](Reader& t) { add(data_.statements, statement(t), t); });
        r.tables("duty", "[[duty]]", [&](Reader& t) {
            refer(Thing::plan, t, "plan");
            refer_in_plan(Thing::statement, t, "statement");
            refer(Thing::bearer, t, "bearer");
            refer_all(Thing::bearer, t, "joint");
            refer_all(Thing::duty, t, "depends_on");
            if (t.has("modality")) into_.modality_written.insert(t.quiet_text("key"));
            add(data_.duties, parse_duty(t), t);
        });
        r.tables("indicator", "[[indicator]]", [&](Reader& t) { add(data_.indicators, indicator(t), t); });
        r.tables("observation", "[[observation]]", [&](Reader& t) { add(data_.observations, observation(t), t); });
        r.tables("check", "[[check]]", [&](Reader& t) { add(data_.checks, check(t), t); });
        r.tables("evidence", "[[evidence]]", [&](Reader& t) { add(data_.evidence, record(t), t); });
        r.tables("waiver", "[[waiver]]", [&](Reader& t) { add(data_.waivers, waiver(t), t); });
        r.tables("extension", "[[extension]]", [&](Reader& t) { add(data_.extensions, extension(t), t); });
        r.tables("explanation", "[[explanation]]", [&](Reader& t) { add(data_.explanations, explanation(t), t); });
        r.tables("measure", "[[measure]]", [&](Reader& t) {
            refer(Thing::bearer, t, "accountable");
            for (const auto* name : {"joint", "coworkers"}) refer_all(Thing::bearer, t, name);
            refer_all(Thing::statement, t, "statements");
            add(data_.measures, parse_measure(t), t);
        });
        r.tables("measure_template", "[[measure_template]]", [&](Reader& t) { add(data_.templates, parse_template(t), t); });
        r.tables("target", "[[target]]", [&](Reader& t) {
            refer(Thing::statement, t, "statement");
            add(data_.targets, parse_target(t), t);
        });
        r.tables("account", "[[account]]", [&](Reader& t) { add(data_.accounts, account(t), t); });
        parse_network(r, file_, into_);
        r.finish();
    }

  private:
    template <class T>
    void add(std::vector<Placed<T>>& to, T value, const Reader& r) {
        to.push_back({std::move(value), r.place()});
    }

    std::string key(Reader& r, std::string_view name = "key") {
        auto value = r.text(name, Need::required);
        if (!value.empty() && !is_key(value))
            r.mistake(name,
                      base::message("“{key}” has signs a key may not have: only letters, digits, dots, dashes and underscores.", {{"key", value}}));
        return value;
    }
    void refer_to(Thing thing, const std::string& key, Place at) {
        if (!key.empty()) into_.references.push_back({thing, key, std::move(at)});
    }
    void refer(Thing thing, Reader& r, std::string_view name) { refer_to(thing, r.quiet_text(name), r.place_of(name)); }
    void refer_in_plan(Thing thing, Reader& r, std::string_view name) {
        const auto written = r.quiet_text(name);
        if (!written.empty()) refer_to(thing, r.quiet_text("plan") + "/" + written, r.place_of(name));
    }
    void refer_all(Thing thing, Reader& r, std::string_view name) {
        for (const auto& value : r.quiet_texts(name)) refer_to(thing, value.first, {file_, value.second});
    }

    void header(Reader& r) {
        if (!data_.header.key.empty()) r.mistake("key", base::message("[dataset] stands a second time; one directory is one data set."));
        data_.header = {key(r), r.bilingual("title", Need::required), r.text("extends"), r.boolean("sample", false)};
    }

    void municipality(Reader& r) {
        if (data_.municipality) r.mistake("key", base::message("[municipality] stands a second time; one directory is one municipality."));
        data_.municipality = Placed<Municipality>{{.key = key(r),
                                                   .name = r.bilingual("name", Need::required),
                                                   .ags = r.text("ags"),
                                                   .population = r.integer("population", 0, 0, 100'000'000),
                                                   .website = r.text("website"),
                                                   .contact_email = r.text("contact_email"),
                                                   .imprint = r.bilingual("imprint"),
                                                   .privacy = r.bilingual("privacy"),
                                                   .accessibility = r.bilingual("accessibility")},
                                                  r.place()};
    }

    Bearer bearer(Reader& r) {
        refer(Thing::bearer, r, "part_of");
        return {.key = key(r),
                .kind = r.choice<network::BearerKind>("kind", bearer_kinds, network::bearer_kind),
                .name = r.bilingual("name", Need::required),
                .short_name = r.bilingual("short"),
                .part_of = r.text("part_of"),
                .feed = r.boolean("feed", false)};
    }

    Holding holding(Reader& r) {
        refer(Thing::bearer, r, "office");
        Holding out{.office = r.text("office", Need::required),
                    .from = r.day("from", Need::required).value_or(base::Day{}),
                    .until = r.day("until"),
                    .funded_until = r.day("funded_until"),
                    .holder = r.text("holder"),
                    .deputy = r.text("deputy")};
        if (out.until && r.has("from") && *out.until < out.from) r.mistake("until", base::message("The term ends before it begins."));
        return out;
    }

    Plan plan(Reader& r) {
        refer(Thing::plan, r, "continues");
        Plan out{.key = key(r),
                 .title = r.bilingual("title", Need::required),
                 .valid_from = r.day("valid_from", Need::required).value_or(base::Day{}),
                 .valid_until = r.day("valid_until"),
                 .adopted_on = r.day("adopted_on"),
                 .resolution = r.text("resolution"),
                 .continues = r.text("continues"),
                 .published = r.boolean("published", false)};
        if (out.valid_until && r.has("valid_from") && *out.valid_until < out.valid_from)
            r.mistake("valid_until", base::message("The plan's validity ends before it begins."));
        return out;
    }

    Clause clause(Reader& r) {
        refer(Thing::plan, r, "plan");
        refer_in_plan(Thing::clause, r, "parent");
        Clause out{.plan = r.text("plan", Need::required),
                   .number = r.text("number"),
                   .kind = r.choice<plan::ClauseKind>("kind", clause_kinds, plan::clause_kind_named, plan::ClauseKind::clause),
                   .parent = r.text("parent"),
                   .heading = r.bilingual("heading"),
                   .text = r.bilingual("text"),
                   .lineage = {}};
        if (!r.has("number")) r.mistake("number", base::message("{table} needs “{key}”.", {{"table", "[[clause]]"}, {"key", "number"}}));
        r.tables("lineage", "“lineage” in [[clause]]", [&](Reader& t) {
            Lineage l{.relation = t.choice<plan::Relation>("relation", relations, plan::relation_named),
                      .plan = t.text("plan"),
                      .clause = t.text("clause")};
            const bool is_new = l.relation == plan::Relation::new_clause;
            if (is_new && (t.has("plan") || t.has("clause")))
                t.mistake("relation", base::message("A new clause has no predecessor; leave out “plan” and “clause”."));
            if (!is_new && (l.plan.empty() || l.clause.empty()) && t.has("relation"))
                t.mistake("relation", base::message("Say which clause came before: “plan” and “clause”."));
            refer(Thing::plan, t, "plan");
            refer_in_plan(Thing::clause, t, "clause");
            out.lineage.push_back(std::move(l));
        });
        return out;
    }

    Statement statement(Reader& r) {
        refer(Thing::plan, r, "plan");
        refer_in_plan(Thing::clause, r, "clause");
        for (const auto* name : {"bearers", "counterparts"}) refer_all(Thing::bearer, r, name);
        Statement out{.plan = r.text("plan", Need::required),
                      .id = key(r, "id"),
                      .clause = r.text("clause"),
                      .quote = r.bilingual("quote", Need::required),
                      .modality = r.choice<plan::Modality>("modality", modalities, plan::modality_named),
                      .bearers = r.texts("bearers"),
                      .lead = r.text("lead"),
                      .counterparts = r.texts("counterparts"),
                      .dates = r.days("dates"),
                      .rhythm = r.text("rhythm"),
                      .quantities = {},
                      .open_list = r.boolean("open_list", false),
                      .vague_reason = r.bilingual("vague_reason")};
        if (!out.rhythm.empty())
            r.choice<bool>("rhythm", rhythms, [](std::string_view n) {
                return std::find(rhythms.begin(), rhythms.end(), n) != rhythms.end() ? std::optional(true) : std::nullopt;
            });
        if (!out.lead.empty()) {
            const auto leads = std::find(out.bearers.begin(), out.bearers.end(), out.lead);
            if (leads == out.bearers.end())
                r.mistake("lead", base::message("“{lead}” leads but is not among the bearers.", {{"lead", out.lead}}));
            else
                std::rotate(out.bearers.begin(), leads, leads + 1);
        }
        if (out.clause.empty()) {
            // "5.4.1.8-a" is a statement of clause 5.4.1.8.
            const auto dash = out.id.rfind('-');
            if (dash == std::string::npos)
                r.mistake("id", base::message("Say which clause “{id}” belongs to: “clause”, or an id like “4.1-a”.", {{"id", out.id}}));
            else {
                out.clause = out.id.substr(0, dash);
                refer_to(Thing::clause, out.plan + "/" + out.clause, r.place_of("id"));
            }
        }
        r.tables("quantities", "“quantities” in [[statement]]", [&](Reader& t) {
            out.quantities.push_back(
                {.value = t.quantity("value", Need::required).value_or(evidence::Quantity{}),
                 .unit = t.text("unit", Need::required),
                 .comparison = t.choice<duties::Comparison>("comparison", comparisons, duties::comparison_named, duties::Comparison::at_least)});
        });
        return out;
    }

    Indicator indicator(Reader& r) {
        refer(Thing::bearer, r, "office");
        Indicator out{.key = key(r),
                      .plan = {},
                      .clause = {},
                      .title = r.bilingual("title", Need::required),
                      .unit = r.bilingual("unit", Need::required),
                      .source = r.bilingual("source"),
                      .definition = r.bilingual("definition"),
                      .direction = r.choice<indicators::Direction>("direction", directions_of_figures, indicators::direction_named,
                                                                   indicators::Direction::none),
                      .rhythm = r.choice<indicators::Rhythm>("rhythm", rhythms_of_figures, indicators::rhythm_named, indicators::Rhythm::yearly),
                      .office = r.text("office"),
                      .published = r.boolean("published", true)};
        r.table("clause", "“clause” in [[indicator]]", [&](Reader& t) {
            refer(Thing::plan, t, "plan");
            refer_in_plan(Thing::clause, t, "number");
            out.plan = t.text("plan", Need::required);
            out.clause = t.text("number", Need::required);
        });
        return out;
    }

    Observation observation(Reader& r) {
        refer(Thing::indicator, r, "indicator");
        Observation out{.indicator = r.text("indicator", Need::required),
                        .period = r.text("period", Need::required),
                        .value = r.quantity("value"),
                        .note = r.bilingual("note")};
        const auto absent = r.text("absent");
        if (!absent.empty() && absent != "does_not_exist")
            r.mistake("absent", base::message("“absent” can only be \"does_not_exist\": the source says there is no such figure."));
        if (r.has("absent") == r.has("value")) r.mistake("period", base::message("An observation has either “value” or “absent”."));
        return out;
    }

    Check check(Reader& r) {
        for (const auto* name : {"stated", "part", "whole"}) refer(Thing::indicator, r, name);
        return {.key = key(r),
                .kind = r.choice<CheckKind>("kind", check_kinds, check_kind),
                .stated = r.text("stated", Need::required),
                .part = r.text("part", Need::required),
                .whole = r.text("whole", Need::required),
                .decimals = static_cast<int>(r.integer("decimals", 0, 0, 3))};
    }

    evidence::Record record(Reader& r) {
        refer(Thing::bearer, r, "organisation");
        evidence::Record out;
        out.key = key(r);
        out.kind = r.text("kind", Need::required);
        if (!out.kind.empty() && !evidence::is_kind_name(out.kind))
            r.mistake("kind", base::message("“{kind}” is no kind of evidence: write “capability.what_happened”.", {{"kind", out.kind}}));
        out.subject = r.text("subject");
        out.organisation = r.text("organisation");
        out.occurred_on = r.day("occurred_on", Need::required).value_or(base::Day{});
        out.until = r.day("until");
        out.quantity = r.quantity("quantity");
        out.attributes = r.text_table("attributes");
        out.title = r.bilingual("title");
        out.note = r.text("note");
        out.published = r.boolean("published", false);
        out.recorded_on = r.day("recorded_on").value_or(out.occurred_on);
        out.withdrawn_on = r.day("withdrawn_on");
        out.withdrawn_reason = r.text("withdrawn_reason");
        if (out.until && r.has("occurred_on") && *out.until < out.occurred_on)
            r.mistake("until", base::message("“until” lies before “occurred_on”."));
        // What lasts can be known beforehand (funding granted in December for January); what happens cannot.
        const auto* kind = evidence::find_kind(out.kind);
        const bool lasts = kind && kind->shape == evidence::Shape::state;
        if (!lasts && r.has("recorded_on") && r.has("occurred_on") && out.recorded_on < out.occurred_on)
            r.mistake("recorded_on", base::message("Nothing is recorded before it happened: “recorded_on” lies before “occurred_on”."));
        if (out.withdrawn_on && *out.withdrawn_on < out.recorded_on)
            r.mistake("withdrawn_on", base::message("“withdrawn_on” lies before “recorded_on”."));
        if (out.withdrawn_on.has_value() == out.withdrawn_reason.empty())
            r.mistake("withdrawn_on", base::message("A withdrawal needs both its day and its reason."));
        return out;
    }

    duties::Waiver waiver(Reader& r) {
        refer(Thing::duty, r, "duty");
        duties::Waiver out;
        out.duty = r.text("duty", Need::required);
        out.period = r.text("period", Need::required);
        out.reason = r.bilingual("reason", Need::required);
        out.resolution = r.text("resolution");
        out.decided_on = r.day("decided_on", Need::required).value_or(base::Day{});
        out.recorded_on = r.day("recorded_on").value_or(out.decided_on);
        return out;
    }

    duties::Extension extension(Reader& r) {
        refer(Thing::duty, r, "duty");
        duties::Extension out;
        out.duty = r.text("duty", Need::required);
        out.period = r.text("period", Need::required);
        out.new_due = r.day("new_due", Need::required).value_or(base::Day{});
        out.reason = r.bilingual("reason", Need::required);
        out.resolution = r.text("resolution");
        out.decided_on = r.day("decided_on", Need::required).value_or(base::Day{});
        out.recorded_on = r.day("recorded_on").value_or(out.decided_on);
        return out;
    }

    duties::Explanation explanation(Reader& r) {
        refer(Thing::duty, r, "duty");
        duties::Explanation out;
        out.duty = r.text("duty", Need::required);
        out.period = r.text("period", Need::required);
        out.text = r.bilingual("text", Need::required);
        out.given_on = r.day("given_on", Need::required).value_or(base::Day{});
        return out;
    }

    Account account(Reader& r) {
        refer(Thing::bearer, r, "office");
        return {.sign_in = key(r, "sign_in"),
                .password = r.text("password", Need::required),
                .display_name = r.text("display_name", Need::required),
                .role = r.choice<identity::Role>("role", roles, role),
                .office = r.text("office")};
    }

    std::string file_;
    Parsed& into_;
    Dataset& data_;
};

}  // namespace

void parse(const std::string& text, const std::string& file, Parsed& into) {
    const auto result = toml::parse(text, file);
    if (!result) {
        note(into.mistakes, {file, static_cast<int>(result.error().source().begin.line)},
             base::message("This is no valid TOML: {why}", {{"why", std::string(result.error().description())}}));
        return;
    }
    Parser(file, into).document(result.table());
}

base::Result<Parsed> parse_directory(const std::filesystem::path& directory) {
    std::error_code failed;
    std::vector<std::filesystem::path> files;
    for (std::filesystem::directory_iterator it(directory, failed), end; !failed && it != end; it.increment(failed))
        if (it->path().extension() == ".toml") files.push_back(it->path());
    if (failed) return base::invalid(directory.string(), base::message("This directory cannot be read: {why}", {{"why", failed.message()}}));
    if (files.empty()) return base::invalid(directory.string(), base::message("There is no *.toml file in this directory."));
    std::sort(files.begin(), files.end());
    Parsed parsed;
    for (const auto& file : files) {
        std::ifstream in(file, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (!in) return base::invalid(file.string(), base::message("This file cannot be read."));
        parse(text.str(), file.filename().string(), parsed);
    }
    return parsed;
}

}  // namespace dataset
