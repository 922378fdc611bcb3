#include "dataset/write.h"

#include <algorithm>

#include <fmt/format.h>

#include "dataset/toml_writer.h"
#include "dataset/write_measure.h"
#include "dataset/write_network.h"
#include "duties/rule_fields.h"

namespace dataset {
namespace {

template <class T, class Key>
std::vector<const T*> sorted(const std::vector<Placed<T>>& all, Key&& key) {
    std::vector<const T*> out;
    for (const auto& placed : all) out.push_back(&placed.value);
    std::stable_sort(out.begin(), out.end(), [&](const T* a, const T* b) { return key(*a, *b); });
    return out;
}

// As read: the order of files and lines is the order of the plan.
template <class T>
std::vector<const T*> as_read(const std::vector<Placed<T>>& all) {
    std::vector<const T*> out;
    for (const auto& placed : all) out.push_back(&placed.value);
    return out;
}

std::string header(const Dataset& d) {
    std::string out;
    Writer w(out);
    w.open("[dataset]");
    w.text("key", d.header.key);
    w.bilingual("title", d.header.title);
    w.text("extends", d.header.extends);
    w.truth("sample", d.header.sample);
    w.close();
    if (!d.municipality) return out;
    const auto& m = d.municipality->value;
    w.open("[municipality]");
    w.text("key", m.key);
    w.bilingual("name", m.name);
    w.text("ags", m.ags);
    w.number("population", m.population, 0);
    w.text("website", m.website);
    w.text("contact_email", m.contact_email);
    w.bilingual("imprint", m.imprint);
    w.bilingual("privacy", m.privacy);
    w.bilingual("accessibility", m.accessibility);
    w.close();
    return out;
}

std::string bearers(const Dataset& d) {
    std::string out;
    Writer w(out);
    for (const auto* b : sorted(d.bearers, [](const Bearer& x, const Bearer& y) { return before(x.key, y.key); })) {
        w.open("[[bearer]]");
        w.text("key", b->key);
        w.text("kind", network::name_of(b->kind));
        w.bilingual("name", b->name);
        w.bilingual("short", b->short_name);
        w.text("part_of", b->part_of);
        w.truth("feed", b->feed);
        w.close();
    }
    for (const auto* h :
         sorted(d.holdings, [](const Holding& x, const Holding& y) { return std::tie(x.office, x.from) < std::tie(y.office, y.from); })) {
        w.open("[[holding]]");
        w.text("office", h->office);
        w.day("from", h->from);
        w.day("until", h->until);
        w.day("funded_until", h->funded_until);
        w.text("holder", h->holder);
        w.text("deputy", h->deputy);
        w.close();
    }
    for (const auto* a : sorted(d.accounts, [](const Account& x, const Account& y) { return x.sign_in < y.sign_in; })) {
        w.open("[[account]]");
        w.text("sign_in", a->sign_in);
        w.text("password", a->password);
        w.text("display_name", a->display_name);
        switch (a->role) {
            case identity::Role::anonymous:
            case identity::Role::reader: w.text("role", "reader"); break;
            case identity::Role::unit_editor: w.text("role", "unit_editor"); break;
            case identity::Role::integration_officer: w.text("role", "integration_officer"); break;
            case identity::Role::administrator: w.text("role", "administrator"); break;
        }
        w.text("office", a->office);
        w.close();
    }
    return out;
}

// The clause an unwritten parent would be: the nearest number above that stands in the plan.
std::string derived_parent(const std::set<std::pair<std::string, std::string>>& clauses, const Clause& c) {
    for (auto dot = c.number.rfind('.'); dot != std::string::npos && dot > 0; dot = c.number.rfind('.', dot - 1))
        if (clauses.contains({c.plan, c.number.substr(0, dot)})) return c.number.substr(0, dot);
    return {};
}

std::string plans(const Dataset& d) {
    std::string out;
    Writer w(out);
    std::set<std::pair<std::string, std::string>> numbers;
    for (const auto& [c, at] : d.clauses) numbers.emplace(c.plan, c.number);
    for (const auto* p : sorted(d.plans, [](const Plan& x, const Plan& y) { return before(x.key, y.key); })) {
        w.open("[[plan]]");
        w.text("key", p->key);
        w.bilingual("title", p->title);
        w.day("valid_from", p->valid_from);
        w.day("valid_until", p->valid_until);
        w.day("adopted_on", p->adopted_on);
        w.text("resolution", p->resolution);
        w.text("continues", p->continues);
        w.truth("published", p->published);
        w.close();
        for (const auto* c : as_read(d.clauses)) {
            if (c->plan != p->key) continue;
            w.open("[[clause]]");
            w.text("plan", c->plan);
            w.raw("number", toml_quoted(c->number));
            if (c->kind != plan::ClauseKind::clause) w.text("kind", plan::name_of(c->kind));
            if (c->parent != derived_parent(numbers, *c)) w.text("parent", c->parent);
            w.bilingual("heading", c->heading);
            w.bilingual("text", c->text);
            if (!c->lineage.empty()) {
                auto lineage = c->lineage;
                std::stable_sort(lineage.begin(), lineage.end(), [](const Lineage& x, const Lineage& y) {
                    return std::tie(x.plan, x.clause, x.relation) < std::tie(y.plan, y.clause, y.relation);
                });
                w.raw("lineage", list(lineage, [](const Lineage& l) {
                          if (l.plan.empty()) return fmt::format("{{ relation = {} }}", toml_quoted(plan::name_of(l.relation)));
                          return fmt::format("{{ relation = {}, plan = {}, clause = {} }}", toml_quoted(plan::name_of(l.relation)),
                                             toml_quoted(l.plan), toml_quoted(l.clause));
                      }));
            }
            w.close();
        }
    }
    return out;
}

std::string statements(const Dataset& d) {
    std::string out;
    Writer w(out);
    // In the order the plans are read, whatever file a statement stood in.
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    for (std::size_t i = 0; i < d.clauses.size(); ++i) places.emplace(std::pair{d.clauses[i].value.plan, d.clauses[i].value.number}, i);
    const auto place = [&](const Statement& s) {
        const auto it = places.find({s.plan, s.clause});
        return it == places.end() ? places.size() : it->second;
    };
    const auto reads_before = [&](const Statement& x, const Statement& y) { return x.plan != y.plan ? before(x.plan, y.plan) : place(x) < place(y); };
    for (const auto* s : sorted(d.statements, reads_before)) {
        w.open("[[statement]]");
        w.text("plan", s->plan);
        w.text("id", s->id);
        if (const auto dash = s->id.rfind('-'); dash == std::string::npos || s->id.substr(0, dash) != s->clause) w.text("clause", s->clause);
        w.bilingual("quote", s->quote);
        w.text("modality", plan::name_of(s->modality));
        // The lead first, the others by name: their order has no meaning.
        auto bearers = s->bearers;
        std::sort(bearers.begin() + (s->lead.empty() || bearers.empty() ? 0 : 1), bearers.end());
        w.texts("bearers", bearers);
        w.text("lead", s->lead);
        auto counterparts = s->counterparts;
        std::sort(counterparts.begin(), counterparts.end());
        w.texts("counterparts", counterparts);
        auto dates = s->dates;
        std::sort(dates.begin(), dates.end());
        if (!dates.empty()) w.raw("dates", list(dates, [](base::Day day) { return base::iso(day); }));
        w.text("rhythm", s->rhythm);
        if (!s->quantities.empty()) {
            w.raw("quantities", list(s->quantities, [](const Amount& a) {
                      return fmt::format("{{ value = {}, unit = {}, comparison = {} }}", a.value.text(), toml_quoted(a.unit),
                                         toml_quoted(duties::name_of(a.comparison)));
                  }));
        }
        w.truth("open_list", s->open_list);
        w.bilingual("vague_reason", s->vague_reason);
        w.close();
    }
    return out;
}

void rule(Writer& w, const duties::Rule& r) {
    using duties::Period;
    w.open("[duty.rule]");
    w.text("evidence", r.evidence);
    if (!r.filter.empty()) {
        std::string filter;
        for (const auto& [name, value] : r.filter)
            filter += fmt::format("{}{} = {}", filter.empty() ? "" : ", ", toml_quoted(name), toml_quoted(value));
        w.raw("filter", "{ " + filter + " }");
    }
    // Only what the rule means by itself: parse_rule refuses parts that do not go with the others, and fields_of() leaves those out.
    const auto fields = duties::fields_of(r);
    const auto field = [&](const char* name) {
        const auto it = fields.find(name);
        return it == fields.end() || it->second.empty() ? std::string() : it->second.front();
    };
    for (const char* name : {"aggregate", "comparison"}) w.text(name, field(name));
    if (const auto threshold = field("threshold"); !threshold.empty()) w.raw("threshold", threshold);
    w.texts("each", r.each);
    if (!r.each.empty()) w.text("each_by", r.each_by);
    w.text("population", r.population);
    w.text("period", duties::name_of(r.period));
    w.day("due", r.due);
    w.text("due_month_day", field("due_month_day"));
    w.truth("due_next_year", r.due_next_year);
    w.number("due_after_days", r.due_after_days, 0);
    if (r.fresh_days) w.number("fresh_days", *r.fresh_days, -1);
    if (r.period == Period::on_request) {
        w.text("request", r.request);
        w.number("answer_within_days", r.answer_within_days, -1);
    }
}

std::string duties_of(const Dataset& d) {
    std::string out;
    Writer w(out);
    std::map<std::string, const Plan*> plans;
    for (const auto& [p, at] : d.plans) plans[p.key] = &p;
    std::map<std::string, plan::Modality> modalities;
    for (const auto& [s, at] : d.statements) modalities[s.plan + "/" + s.id] = s.modality;
    const duties::Duty plain;
    for (const auto* duty : sorted(d.duties, [](const duties::Duty& x, const duties::Duty& y) { return before(x.key, y.key); })) {
        w.open("[[duty]]");
        w.text("key", duty->key);
        w.text("plan", duty->plan);
        w.text("statement", duty->statement);
        w.bilingual("title", duty->title);
        w.text("bearer", duty->bearer);
        w.texts("joint", duty->joint);
        const auto modality = modalities.find(duty->plan + "/" + duty->statement);
        if (modality == modalities.end() || modality->second != duty->modality) w.text("modality", plan::name_of(duty->modality));
        const auto plan = plans.find(duty->plan);
        if (plan == plans.end() || plan->second->valid_from != duty->valid_from) w.day("valid_from", duty->valid_from);
        if (plan == plans.end() || plan->second->valid_until != duty->valid_until) w.day("valid_until", duty->valid_until);
        w.number("grace_days", duty->grace_days, plain.grace_days);
        w.number("due_soon_days", duty->due_soon_days, plain.due_soon_days);
        if (duty->reminder_days != plain.reminder_days) w.raw("reminder_days", list(duty->reminder_days, [](int n) { return std::to_string(n); }));
        w.texts("depends_on", duty->depends_on);
        w.truth("published", duty->published);
        rule(w, duty->rule);
        for (const auto& o : duty->origins) {
            w.open("[[duty.origin]]");
            w.text("part", duties::name_of(o.part));
            w.text("kind", duties::name_of(o.kind));
            w.bilingual("quote", o.quote);
            w.text("number", o.resolution);
            w.day("on", o.on);
            w.bilingual("note", o.note);
        }
        w.close();
    }
    return out;
}

std::string figures(const Dataset& d) {
    std::string out;
    Writer w(out);
    for (const auto* i : sorted(d.indicators, [](const Indicator& x, const Indicator& y) { return before(x.key, y.key); })) {
        w.open("[[indicator]]");
        w.text("key", i->key);
        if (!i->plan.empty()) w.raw("clause", fmt::format("{{ plan = {}, number = {} }}", toml_quoted(i->plan), toml_quoted(i->clause)));
        w.bilingual("title", i->title);
        w.bilingual("unit", i->unit);
        w.bilingual("source", i->source);
        w.bilingual("definition", i->definition);
        w.text("direction", std::string(indicators::name_of(i->direction)));
        if (i->rhythm != indicators::Rhythm::yearly) w.text("rhythm", std::string(indicators::name_of(i->rhythm)));
        w.text("office", i->office);
        if (!i->published) w.raw("published", "false");
        w.close();
    }
    for (const auto* o : sorted(d.observations, [](const Observation& x, const Observation& y) {
             return std::tie(x.indicator, x.period) < std::tie(y.indicator, y.period);
         })) {
        w.open("[[observation]]");
        w.text("indicator", o->indicator);
        w.text("period", o->period);
        if (o->value)
            w.quantity("value", o->value);
        else
            w.text("absent", "does_not_exist");
        w.bilingual("note", o->note);
        w.close();
    }
    for (const auto* c : sorted(d.checks, [](const Check& x, const Check& y) { return before(x.key, y.key); })) {
        w.open("[[check]]");
        w.text("key", c->key);
        w.text("kind", c->kind == CheckKind::share ? "share" : "product");
        w.text("stated", c->stated);
        w.text("part", c->part);
        w.text("whole", c->whole);
        w.number("decimals", c->decimals, 0);
        w.close();
    }
    return out;
}

std::string evidence_of(const Dataset& d) {
    std::string out;
    Writer w(out);
    for (const auto* e : sorted(d.evidence, [](const evidence::Record& x, const evidence::Record& y) {
             return std::tie(x.occurred_on, x.key) < std::tie(y.occurred_on, y.key);
         })) {
        w.open("[[evidence]]");
        w.text("key", e->key);
        w.text("kind", e->kind);
        w.text("subject", e->subject);
        w.text("organisation", e->organisation);
        w.day("occurred_on", e->occurred_on);
        w.day("until", e->until);
        w.quantity("quantity", e->quantity);
        if (!e->attributes.empty()) {
            std::string attributes;
            for (const auto& [name, value] : e->attributes)
                attributes += fmt::format("{}{} = {}", attributes.empty() ? "" : ", ", toml_quoted(name), toml_quoted(value));
            w.raw("attributes", "{ " + attributes + " }");
        }
        w.bilingual("title", e->title);
        w.text("note", e->note);
        w.truth("published", e->published);
        w.day("recorded_on", e->recorded_on);
        w.day("withdrawn_on", e->withdrawn_on);
        w.text("withdrawn_reason", e->withdrawn_reason);
        w.close();
    }
    return out;
}

std::string decisions(const Dataset& d) {
    std::string out;
    Writer w(out);
    const auto by_day = [](const auto& x, const auto& y) {
        return std::tie(x.duty, x.period, x.decided_on) < std::tie(y.duty, y.period, y.decided_on);
    };
    for (const auto* x : sorted(d.waivers, by_day)) {
        w.open("[[waiver]]");
        w.text("duty", x->duty);
        w.text("period", x->period);
        w.bilingual("reason", x->reason);
        w.text("resolution", x->resolution);
        w.day("decided_on", x->decided_on);
        if (x->recorded_on != x->decided_on) w.day("recorded_on", x->recorded_on);
        w.close();
    }
    for (const auto* x : sorted(d.extensions, by_day)) {
        w.open("[[extension]]");
        w.text("duty", x->duty);
        w.text("period", x->period);
        w.day("new_due", x->new_due);
        w.bilingual("reason", x->reason);
        w.text("resolution", x->resolution);
        w.day("decided_on", x->decided_on);
        if (x->recorded_on != x->decided_on) w.day("recorded_on", x->recorded_on);
        w.close();
    }
    for (const auto* x : sorted(d.explanations, [](const auto& a, const auto& b) {
             return std::tie(a.duty, a.period, a.given_on) < std::tie(b.duty, b.period, b.given_on);
         })) {
        w.open("[[explanation]]");
        w.text("duty", x->duty);
        w.text("period", x->period);
        w.bilingual("text", x->text);
        w.day("given_on", x->given_on);
        w.close();
    }
    return out;
}

}  // namespace

bool before(std::string_view a, std::string_view b) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (!digit(a[i]) || !digit(b[j])) {
            if (a[i] != b[j]) return a[i] < b[j];
            ++i, ++j;
            continue;
        }
        std::size_t ie = i, je = j;
        while (ie < a.size() && digit(a[ie])) ++ie;
        while (je < b.size() && digit(b[je])) ++je;
        const auto x = a.substr(i, ie - i), y = b.substr(j, je - j);
        if (x.size() != y.size()) return x.size() < y.size();
        if (x != y) return x < y;
        i = ie, j = je;
    }
    return a.size() - i < b.size() - j;
}

std::map<std::string, std::string> written(const Dataset& d) {
    std::map<std::string, std::string> files;
    const auto put = [&](const char* name, std::string text) {
        if (text.empty()) return;
        while (text.size() > 1 && text[text.size() - 2] == '\n' && text.back() == '\n') text.pop_back();
        files.emplace(name, std::move(text));
    };
    put("municipality.toml", header(d));
    put("bearers.toml", bearers(d));
    put("organisations.toml", organisations_file(d.network));
    put("groups.toml", groups_file(d.network));
    put("exchanges.toml", exchanges_file(d.network));
    put("office-tasks.toml", office_tables(d.network));
    put("plans.toml", plans(d));
    put("statements.toml", statements(d));
    put("duties.toml", duties_of(d));
    put("figures.toml", figures(d));
    put("evidence.toml", evidence_of(d));
    put("decisions.toml", decisions(d));
    put("measures.toml", measures_of(d));
    return files;
}

}  // namespace dataset
