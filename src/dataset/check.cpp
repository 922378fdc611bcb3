#include "dataset/check.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "dataset/nearest.h"
#include "dataset/parse_duty.h"
#include "groups/rules.h"
#include "organisations/rules.h"

namespace dataset {
namespace {

std::string in_plan(const std::string& plan, const std::string& what) { return plan + "/" + what; }

std::string name_of(Thing thing) {
    switch (thing) {
        case Thing::bearer: return "bearer";
        case Thing::plan: return "plan";
        case Thing::clause: return "clause";
        case Thing::statement: return "statement";
        case Thing::duty: return "duty";
        case Thing::indicator: return "indicator";
        case Thing::organisation: return "organisation";
        case Thing::group: return "group";
        case Thing::seat: return "seat";
    }
    return {};
}

// "2018/5.4.1.8-a" as people write it.
std::string readable(const std::string& key) {
    const auto slash = key.find('/');
    return slash == std::string::npos ? key : key.substr(slash + 1);
}

class Checker {
  public:
    Checker(Parsed& parsed, const Known& known) : parsed_(parsed), data_(parsed.data), known_(known) {}

    void run() {
        if (data_.header.key.empty()) note(parsed_.mistakes, {}, base::message("No file has a [dataset] table with “key” and “title”."));
        define_all();
        for (const auto& reference : parsed_.references) resolve(reference);
        bearers_without_circles();
        offices_are_offices();
        holdings_do_not_overlap();
        municipalities_belong_here();
        seats_have_one_sitter();
        addresses_stand_once();
        clauses_have_parents();
        statements_once_a_plan();
        fill_duties();
        observations_once();
        measures_once_and_named();
        only_samples_have_accounts();
        samples_bring_no_plan();
    }

  private:
    void mistake(const Place& at, base::Message m) { note(parsed_.mistakes, at, std::move(m)); }

    void measures_once_and_named() {
        std::map<std::string, Place> measures, targets;
        for (const auto& [each, at] : data_.measures) define(measures, "measure", each.measure.key, at, known_.measures.contains(each.measure.key));
        for (const auto& [each, at] : data_.targets) define(targets, "target", each.target.key, at, known_.targets.contains(each.target.key));
        const auto named = [&](const Place& at, const std::string& what, const std::string& key, bool there) {
            if (!key.empty() && !there) mistake(at, base::message("There is no {what} “{key}”.", {{"what", what}, {"key", key}}));
        };
        const auto measure = [&](const std::string& key) { return measures.contains(key) || known_.measures.contains(key); };
        const auto target = [&](const std::string& key) { return targets.contains(key) || known_.targets.contains(key); };
        for (const auto& [each, at] : data_.measures) {
            named(at, "measure", each.measure.parent_key, measure(each.measure.parent_key));
            for (const auto& key : each.depends_on) named(at, "measure", key, measure(key));
            for (const auto& key : each.measure.targets) named(at, "target", key, target(key));
        }
        for (const auto& [each, at] : data_.targets) named(at, "target", each.target.replaced_by, target(each.target.replaced_by));
    }

    void define(std::map<std::string, Place>& defined, const std::string& what, const std::string& key, const Place& at, bool known_already) {
        if (key.empty()) return;
        if (known_already) mistake(at, base::message("The {what} “{key}” is there already.", {{"what", what}, {"key", readable(key)}}));
        const auto [it, first] = defined.emplace(key, at);
        if (!first) {
            mistake(at,
                    base::message("The {what} “{key}” stands twice; first in {file}, line {line}.",
                                  {{"what", what}, {"key", readable(key)}, {"file", it->second.file}, {"line", std::to_string(it->second.line)}}));
        }
    }
    void define(Thing thing, const std::string& key, const Place& at) {
        const auto it = known_.keys.find(thing);
        define(defined_[thing], name_of(thing), key, at, it != known_.keys.end() && it->second.contains(key));
    }

    void define_all() {
        for (const auto& [b, at] : data_.bearers) define(Thing::bearer, b.key, at);
        for (const auto& [p, at] : data_.plans) define(Thing::plan, p.key, at);
        for (const auto& [c, at] : data_.clauses) define(Thing::clause, in_plan(c.plan, c.number), at);
        for (const auto& [s, at] : data_.statements) define(Thing::statement, in_plan(s.plan, s.id), at);
        for (const auto& [d, at] : data_.duties) define(Thing::duty, d.key, at);
        for (const auto& [i, at] : data_.indicators) define(Thing::indicator, i.key, at);
        for (const auto& [o, at] : data_.network.organisations) define(Thing::organisation, o.value.key, at);
        for (const auto& [g, at] : data_.network.groups) define(Thing::group, g.key, at);
        for (const auto& [s, at] : data_.network.seats) define(Thing::seat, in_plan(s.group, s.value.key), at);
        std::map<std::string, Place> evidence, accounts, checks;
        for (const auto& [e, at] : data_.evidence) define(evidence, "evidence", e.key, at, known_.evidence.contains(e.key));
        for (const auto& [a, at] : data_.accounts) define(accounts, "account", a.sign_in, at, known_.accounts.contains(a.sign_in));
        for (const auto& [c, at] : data_.checks) define(checks, "check", c.key, at, false);
    }

    bool exists(Thing thing, const std::string& key) const {
        if (const auto it = defined_.find(thing); it != defined_.end() && it->second.contains(key)) return true;
        const auto it = known_.keys.find(thing);
        return it != known_.keys.end() && it->second.contains(key);
    }

    void resolve(const Reference& reference) {
        if (exists(reference.thing, reference.key)) return;
        std::vector<std::string> candidates;
        if (const auto it = defined_.find(reference.thing); it != defined_.end())
            for (const auto& [key, at] : it->second) candidates.push_back(key);
        if (const auto it = known_.keys.find(reference.thing); it != known_.keys.end())
            candidates.insert(candidates.end(), it->second.begin(), it->second.end());
        const auto meant = nearest(reference.key, candidates);
        if (meant.empty())
            mistake(reference.at,
                    base::message("There is no {what} “{key}”.", {{"what", name_of(reference.thing)}, {"key", readable(reference.key)}}));
        else
            mistake(reference.at, base::message("There is no {what} “{key}”. Did you mean “{meant}”?",
                                                {{"what", name_of(reference.thing)}, {"key", readable(reference.key)}, {"meant", readable(meant)}}));
    }

    void bearers_without_circles() {
        std::map<std::string, std::string> part_of;
        for (const auto& [b, at] : data_.bearers) part_of[b.key] = b.part_of;
        for (const auto& [b, at] : data_.bearers) {
            std::string up = b.part_of;
            for (std::size_t steps = 0; !up.empty() && steps <= part_of.size(); ++steps) {
                if (up == b.key) {
                    mistake(at, base::message("“{key}” would be a part of itself.", {{"key", b.key}}));
                    break;
                }
                const auto it = part_of.find(up);
                up = it == part_of.end() ? "" : it->second;
            }
        }
    }

    void offices_are_offices() {
        std::map<std::string, network::BearerKind> kinds;
        for (const auto& [b, at] : data_.bearers) kinds[b.key] = b.kind;
        for (const auto& [h, at] : data_.holdings)
            if (const auto it = kinds.find(h.office); it != kinds.end() && it->second != network::BearerKind::office)
                mistake(at, base::message("“{key}” is no office: only a bearer of kind “office” is held.", {{"key", h.office}}));
    }

    void holdings_do_not_overlap() {
        struct Term {
            Holding holding;
            Place at;
        };
        std::map<std::string, std::vector<Term>> by_office;
        for (const auto& [h, at] : data_.holdings) by_office[h.office].push_back({h, at});
        for (auto& [office, terms] : by_office) {
            if (const auto it = known_.holdings.find(office); it != known_.holdings.end())
                for (const auto& h : it->second) terms.push_back({h, {}});
            std::stable_sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.holding.from < b.holding.from; });
            for (std::size_t i = 1; i < terms.size(); ++i) {
                const auto& before = terms[i - 1];
                if (before.holding.until && *before.holding.until < terms[i].holding.from) continue;
                const auto& at = terms[i].at.line ? terms[i].at : before.at;
                if (!at.line) continue;  // both stand in the database already
                mistake(at, base::message("Two terms of “{office}” overlap: one begins on {from}, before the other has ended.",
                                          {{"office", office}, {"from", base::iso(terms[i].holding.from)}}));
            }
        }
    }

    // The official keys of municipalities begin with the district's, and no two have the same.
    void municipalities_belong_here() {
        const auto district = data_.municipality ? data_.municipality->value.ags.substr(0, 5) : std::string();
        std::map<std::string, std::string> by_ags;
        for (const auto& [o, at] : data_.network.organisations) {
            if (o.value.ags.empty()) continue;
            if (!district.empty() && o.value.ags.size() == 8 && !o.value.ags.starts_with(district))
                mistake(at, base::message("The AGS must begin with {district}, the key of the district.", {{"district", district}}));
            const auto [it, first] = by_ags.emplace(o.value.ags, o.value.name.de);
            if (!first && !o.value.until) mistake(at, base::message("“{name}” has this AGS already.", {{"name", it->second}}));
        }
    }

    void seats_have_one_sitter() {
        std::map<std::string, std::vector<groups::Term>> by_seat;
        for (const auto& [t, at] : data_.network.seat_terms) {
            auto& there = by_seat[in_plan(t.group, t.seat)];
            auto probe = t.value;
            probe.id = groups::TermId{static_cast<std::int64_t>(there.size()) + 1};
            probe.representative = "-";
            for (auto& wrong : groups::mistakes_in(probe, there))
                if (wrong.field == "from") mistake(at, std::move(wrong.message));
            there.push_back(std::move(probe));
        }
    }

    void addresses_stand_once() {
        std::map<std::string, std::string> by_email;
        for (const auto& [p, at] : data_.network.contacts) {
            const auto email = organisations::email_key(p.value.email);
            if (email.empty()) continue;
            const auto [it, first] = by_email.emplace(email, p.organisation);
            if (!first)
                mistake(at, base::message("This e-mail address stands at “{name}” already. One address reaches one place.", {{"name", it->second}}));
        }
    }

    void clauses_have_parents() {
        for (auto& [c, at] : data_.clauses) {
            if (!c.parent.empty()) {
                if (c.parent == c.number) mistake(at, base::message("“{key}” would be a part of itself.", {{"key", c.number}}));
                continue;
            }
            // "5.4.1" belongs to "5.4" where that stands, else to "5".
            for (auto dot = c.number.rfind('.'); dot != std::string::npos && dot > 0; dot = c.number.rfind('.', dot - 1)) {
                const auto above = c.number.substr(0, dot);
                if (!exists(Thing::clause, in_plan(c.plan, above))) continue;
                c.parent = above;
                break;
            }
        }
    }

    void statements_once_a_plan() {
        for (const auto& [s, at] : data_.statements)
            for (const auto& bearer : s.bearers)
                if (std::find(s.counterparts.begin(), s.counterparts.end(), bearer) != s.counterparts.end())
                    mistake(at, base::message("“{bearer}” is both bearer and counterpart of “{id}”.", {{"bearer", bearer}, {"id", s.id}}));
    }

    void fill_duties() {
        auto validity = known_.validity;
        for (const auto& [p, at] : data_.plans) validity[p.key] = {p.valid_from, p.valid_until};
        auto statements = known_.statements;
        for (const auto& [s, at] : data_.statements) statements[in_plan(s.plan, s.id)] = {s.clause, s.modality};
        for (auto& [d, at] : data_.duties) {
            if (const auto it = validity.find(d.plan); it != validity.end()) {
                if (d.valid_from == not_written) d.valid_from = it->second.first;
                if (!d.valid_until) d.valid_until = it->second.second;
            }
            if (const auto it = statements.find(in_plan(d.plan, d.statement)); it != statements.end()) {
                d.clause = it->second.first;
                if (!parsed_.modality_written.contains(d.key)) d.modality = it->second.second;
            }
            if (d.valid_until && *d.valid_until < d.valid_from) mistake(at, base::message("The duty's validity ends before it begins."));
            if (d.rule.due && d.rule.period == duties::Period::once && *d.rule.due < d.valid_from)
                mistake(at, base::message("The duty is due before it is valid."));
        }
    }

    void observations_once() {
        std::map<std::pair<std::string, std::string>, Place> seen;
        for (const auto& [o, at] : data_.observations) {
            const auto [it, first] = seen.emplace(std::pair{o.indicator, o.period}, at);
            if (!first)
                mistake(at, base::message(
                                "“{key}” has two values for {period}; first in {file}, line {line}.",
                                {{"key", o.indicator}, {"period", o.period}, {"file", it->second.file}, {"line", std::to_string(it->second.line)}}));
        }
    }

    void only_samples_have_accounts() {
        if (data_.header.sample) return;
        for (const auto& [a, at] : data_.accounts)
            mistake(at,
                    base::message("Accounts with passwords in a file are for samples only: set “sample = true” in [dataset], or leave them out."));
    }

    // A sample goes again with one command; a plan others may lean on does not.
    void samples_bring_no_plan() {
        if (!data_.header.sample) return;
        const auto refuse = [&](const auto& all, const char* table) {
            for (const auto& one : all)
                mistake(one.at, base::message("A sample has no {table}: it belongs into the data set the sample extends.", {{"table", table}}));
        };
        refuse(data_.plans, "[[plan]]");
        refuse(data_.clauses, "[[clause]]");
        refuse(data_.statements, "[[statement]]");
        if (data_.municipality)
            mistake(data_.municipality->at,
                    base::message("A sample has no {table}: it belongs into the data set the sample extends.", {{"table", "[municipality]"}}));
    }

    Parsed& parsed_;
    Dataset& data_;
    const Known& known_;
    std::map<Thing, std::map<std::string, Place>> defined_;
};

}  // namespace

Known known_from(const Dataset& data, Known known) {
    for (const auto& [b, at] : data.bearers) known.keys[Thing::bearer].insert(b.key);
    for (const auto& [p, at] : data.plans) {
        known.keys[Thing::plan].insert(p.key);
        known.validity[p.key] = {p.valid_from, p.valid_until};
    }
    for (const auto& [c, at] : data.clauses) known.keys[Thing::clause].insert(in_plan(c.plan, c.number));
    for (const auto& [s, at] : data.statements) {
        known.keys[Thing::statement].insert(in_plan(s.plan, s.id));
        known.statements[in_plan(s.plan, s.id)] = {s.clause, s.modality};
    }
    for (const auto& [d, at] : data.duties) known.keys[Thing::duty].insert(d.key);
    for (const auto& [i, at] : data.indicators) known.keys[Thing::indicator].insert(i.key);
    for (const auto& [o, at] : data.network.organisations) known.keys[Thing::organisation].insert(o.value.key);
    for (const auto& [g, at] : data.network.groups) known.keys[Thing::group].insert(g.key);
    for (const auto& [s, at] : data.network.seats) known.keys[Thing::seat].insert(in_plan(s.group, s.value.key));
    for (const auto& [e, at] : data.evidence) known.evidence.insert(e.key);
    for (const auto& [m, at] : data.measures) known.measures.insert(m.measure.key);
    for (const auto& [t, at] : data.targets) known.targets.insert(t.target.key);
    for (const auto& [a, at] : data.accounts) known.accounts.insert(a.sign_in);
    for (const auto& [h, at] : data.holdings) known.holdings[h.office].push_back(h);
    return known;
}

base::Result<Dataset> check(Parsed parsed, const Known& known) {
    Checker(parsed, known).run();
    if (parsed.mistakes.empty()) return std::move(parsed.data);
    std::stable_sort(parsed.mistakes.begin(), parsed.mistakes.end(),
                     [](const auto& a, const auto& b) { return std::tie(a.field, a.line) < std::tie(b.field, b.line); });
    base::Error error;
    error.kind = base::ErrorKind::invalid_input;
    error.detail = fmt::format("{} mistakes in the data set", parsed.mistakes.size());
    error.fields = std::move(parsed.mistakes);
    return tl::unexpected(std::move(error));
}

std::vector<Finding> findings(const std::vector<Placed<Check>>& checks, const std::vector<Placed<Observation>>& observations) {
    std::map<std::pair<std::string, std::string>, evidence::Quantity> values;
    std::set<std::string> periods;
    for (const auto& [o, at] : observations) {
        if (!o.value) continue;
        values[{o.indicator, o.period}] = *o.value;
        periods.insert(o.period);
    }
    std::vector<Finding> out;
    for (const auto& [c, at] : checks) {
        for (const auto& period : periods) {
            const auto stated = values.find({c.stated, period}), part = values.find({c.part, period}), whole = values.find({c.whole, period});
            if (stated == values.end() || part == values.end() || whole == values.end()) continue;
            if (c.kind == CheckKind::share && whole->second.thousandths == 0) continue;
            const double computed = c.kind == CheckKind::share ? 100.0 * part->second.value() / whole->second.value()
                                                               : part->second.value() * whole->second.value() / 100.0;
            const double scale = std::pow(10.0, c.decimals);
            const auto rounded = evidence::Quantity::rounded(std::round(computed * scale) / scale);
            // Told with one decimal more than stated, so that people see by how much it is off.
            const auto shown = evidence::Quantity::rounded(std::round(computed * scale * 10.0) / (scale * 10.0));
            if (rounded && shown && *rounded != stated->second) out.push_back({c.key, period, c.stated, stated->second, *shown});
        }
    }
    return out;
}

std::vector<base::Message> remarks_on(const Dataset& data) {
    std::map<std::string, std::string> titles;
    for (const auto& [i, at] : data.indicators) titles[i.key] = i.title.de;
    std::vector<base::Message> out;
    for (const auto& f : findings(data.checks, data.observations))
        out.push_back(base::message("{title}: {says} is stated for {period}, but {comes_out} comes out.",
                                    {{"title", titles[f.stated].empty() ? f.stated : titles[f.stated]},
                                     {"says", f.says.text()},
                                     {"period", f.period},
                                     {"comes_out", f.comes_out.text()}}));
    return out;
}

std::string describe(const base::Error& error) {
    if (error.fields.empty()) return base::describe(error);
    std::string out;
    for (const auto& mistake : error.fields) {
        if (!out.empty()) out += '\n';
        if (!mistake.field.empty()) out += mistake.line > 0 ? fmt::format("{}:{}: ", mistake.field, mistake.line) : mistake.field + ": ";
        out += base::in_english(mistake.message);
    }
    return out;
}

}  // namespace dataset
