#include "dataset/read_database.h"

#include "dataset/store.h"
#include "dataset/store_network.h"
#include "duties/store.h"
#include "evidence/store.h"
#include "network/store.h"
#include "plan/store.h"
#include "platform/identity/store.h"
#include "site/api.h"

namespace dataset {
namespace {

// Reads one installation; `wanted` tells whether a record belongs to the part that is asked for.
class DatabaseReader {
  public:
    DatabaseReader(db::Connection& c, std::function<bool(const std::string&, const std::string&)> wanted) : c_(c), wanted_(std::move(wanted)) {}

    base::Result<void> run(Part part) {
        if (part == Part::base) TRY_VOID(municipality_and_texts());
        TRY_VOID(network());
        TRY(data_.network, read_network(c_, part == Part::sample));
        TRY_VOID(plans());
        TRY_VOID(duties_and_decisions());
        TRY_VOID(ledger(part));
        TRY(auto indicators, figures(c_));
        keep(data_.indicators, std::move(indicators), "indicator", [](const Indicator& i) { return i.key; });
        TRY(auto observations, values(c_));
        keep(data_.observations, std::move(observations), "observation", [](const Observation& o) { return o.indicator + "/" + o.period; });
        TRY(auto all_checks, checks(c_));
        keep(data_.checks, std::move(all_checks), "check", [](const Check& k) { return k.key; });
        TRY(auto all_measures, measures::chronicles(c_));
        for (auto& one : all_measures)
            if (one.measure.sample == (part == Part::sample)) data_.measures.push_back({std::move(one), {}});
        TRY(auto all_targets, measures::target_chronicles(c_));
        for (auto& one : all_targets)
            if (one.target.sample == (part == Part::sample)) data_.targets.push_back({std::move(one), {}});
        TRY(auto all_templates, measures::templates(c_));
        for (auto& one : all_templates)
            if (one.sample == (part == Part::sample)) data_.templates.push_back({std::move(one), {}});
        return {};
    }
    Dataset data_;

  private:
    template <class T, class Key>
    void keep(std::vector<Placed<T>>& to, std::vector<Placed<T>> all, const char* kind, Key&& key) {
        for (auto& one : all)
            if (wanted_(kind, key(one.value))) to.push_back(std::move(one));
    }

    base::Result<void> municipality_and_texts() {
        TRY(auto found, municipality(c_));
        TRY(const auto texts, site::texts(c_));
        if (!found) return {};
        const auto own = [&](site::TextKey key) { return texts.find(key) ? *texts.find(key) : base::Bilingual{}; };
        found->imprint = own(site::TextKey::imprint);
        found->privacy = own(site::TextKey::data_protection);
        found->accessibility = own(site::TextKey::accessibility);
        found->contact_email = own(site::TextKey::contact_email).de;
        data_.municipality = Placed<Municipality>{std::move(*found), {}};
        return {};
    }

    std::string key_of(network::BearerId id) const {
        const auto it = bearer_keys_.find(id);
        return it == bearer_keys_.end() ? "" : it->second;
    }
    std::vector<std::string> keys_of(const std::vector<network::BearerId>& ids) const {
        std::vector<std::string> out;
        out.reserve(ids.size());
        for (const auto id : ids) out.push_back(key_of(id));
        return out;
    }

    base::Result<void> network() {
        TRY(const auto all, network::bearers(c_));
        for (const auto& b : all) bearer_keys_[b.id] = b.key;
        for (const auto& b : all)
            if (wanted_("bearer", b.key)) data_.bearers.push_back({{b.key, b.kind, b.name, b.short_name, key_of(b.part_of), b.feed}, {}});
        TRY(const auto terms, network::holdings(c_));
        for (const auto& h : terms)
            if (wanted_("holding", key_of(h.office) + "/" + base::iso(h.from)))
                data_.holdings.push_back({{key_of(h.office), h.from, h.until, h.funded_until, h.holder, h.deputy}, {}});
        return {};
    }

    base::Result<void> plans() {
        TRY(const auto all, plan::plans(c_));
        std::map<plan::PlanId, std::string> plan_keys;
        std::map<plan::ClauseId, std::pair<std::string, std::string>> clauses;
        std::map<plan::ClauseId, std::size_t> places;
        for (const auto& p : all) plan_keys[p.id] = p.key;
        for (const auto& p : all) {
            // Drafts are work in progress; a data set holds what was adopted.
            if (p.state != plan::PlanState::adopted || !p.valid_from || !wanted_("plan", p.key)) continue;
            TRY(const auto detail, plan::plan_detail(c_, p.id));
            const auto continues = plan_keys.find(detail.continues);
            data_.plans.push_back({{p.key, p.title, *p.valid_from, p.valid_until, detail.adopted_on, detail.resolution,
                                    continues == plan_keys.end() ? "" : continues->second, p.published},
                                   {}});
            const base::Day as_of = p.valid_until.value_or(base::day(9999, 12, 31));  // the last version of every clause
            TRY(const auto clauses_here, plan::clauses_of(c_, p.id, as_of));
            for (const auto& clause : clauses_here) clauses[clause.id] = {p.key, clause.number};
            for (const auto& clause : clauses_here) {
                places[clause.id] = data_.clauses.size();
                const auto parent = clauses.find(clause.parent);
                data_.clauses.push_back(
                    {{p.key, clause.number, clause.kind, parent == clauses.end() ? "" : parent->second.second, clause.heading, clause.text, {}}, {}});
            }
            TRY(const auto statements, plan::statement_details(c_, p.id, as_of));
            for (const auto& s : statements) data_.statements.push_back({statement_of(p.key, clauses[s.clause].second, s), {}});
        }
        for (const auto& p : all) {
            TRY(const auto lineage, plan::lineage_of_plan(c_, p.id));
            for (const auto& l : lineage) {
                const auto at = places.find(l.clause);
                if (at == places.end()) continue;
                const auto from = clauses.find(l.from);
                data_.clauses[at->second].value.lineage.push_back(
                    from == clauses.end() ? Lineage{l.relation, "", ""} : Lineage{l.relation, from->second.first, from->second.second});
            }
        }
        return {};
    }

    Statement statement_of(const std::string& plan, const std::string& clause, const plan::StatementDetail& s) const {
        Statement out;
        out.plan = plan;
        out.id = s.key;
        out.clause = clause;
        out.quote = s.quote;
        out.modality = s.modality;
        out.bearers = keys_of(s.bearers);
        out.lead = key_of(s.lead);
        out.counterparts = keys_of(s.counterparts);
        for (const auto& d : s.dates) out.dates.push_back(d.on);
        out.rhythm = s.rhythm;
        for (const auto& q : s.quantities)
            out.quantities.push_back({evidence::Quantity::rounded(q.amount).value_or(evidence::Quantity{}), q.unit,
                                      duties::comparison_named(q.comparison).value_or(duties::Comparison::at_least)});
        out.open_list = s.open_list;
        out.vague_reason = s.vague_reason;
        return out;
    }

    base::Result<void> duties_and_decisions() {
        TRY(auto all, duties::all_duties(c_));
        for (auto& d : all)
            if (wanted_("duty", d.key)) data_.duties.push_back({std::move(d), {}});
        TRY(auto waivers, duties::waivers(c_));
        for (auto& w : waivers)
            if (wanted_("waiver", w.duty + "/" + w.period)) data_.waivers.push_back({std::move(w), {}});
        TRY(auto extensions, duties::extensions(c_));
        for (auto& e : extensions)
            if (wanted_("extension", e.duty + "/" + e.period + "/" + base::iso(e.decided_on))) data_.extensions.push_back({std::move(e), {}});
        TRY(auto explanations, duties::explanations(c_));
        for (auto& e : explanations)
            if (wanted_("explanation", e.duty + "/" + e.period + "/" + base::iso(e.given_on))) data_.explanations.push_back({std::move(e), {}});
        return {};
    }

    // What a meeting or a seat of the sample wrote by itself stands in no file, and goes with the sample all the same.
    base::Result<void> ledger(Part part) {
        evidence::Search search;
        search.published_only = false;
        search.withdrawn_too = true;
        search.limit = 1000;
        for (;; search.offset += search.limit) {
            TRY(auto found, evidence::search(c_, search));
            for (auto& entry : found.entries)
                if (entry.sample == (part == Part::sample)) data_.evidence.push_back({std::move(entry.record), {}});
            if (static_cast<std::int64_t>(found.entries.size()) < search.limit) return {};
        }
    }

    db::Connection& c_;
    std::function<bool(const std::string&, const std::string&)> wanted_;
    std::map<network::BearerId, std::string> bearer_keys_;
};

}  // namespace

base::Result<Dataset> read_database(db::Connection& c, Part part) {
    TRY(const auto of_samples, sample_records(c));
    DatabaseReader reader(
        c, [&, part](const std::string& kind, const std::string& key) { return of_samples.contains({kind, key}) == (part == Part::sample); });
    TRY_VOID(reader.run(part));
    TRY(const auto sets, loaded(c));
    for (const auto& set : sets) {
        if (set.header.sample != (part == Part::sample)) continue;
        reader.data_.header = set.header;
        break;  // what was loaded later was added to the first
    }
    return std::move(reader.data_);
}

base::Result<Known> known_in(db::Connection& c) {
    TRY(auto base, read_database(c, Part::base));
    TRY(auto sample, read_database(c, Part::sample));
    auto known = known_from(sample, known_from(base));
    TRY(const auto accounts, identity::accounts(c));
    // An account of a sample that was removed is disabled; the sample may bring it back.
    for (const auto& account : accounts)
        if (!account.sample || !account.disabled) known.accounts.insert(account.sign_in);
    return known;
}

}  // namespace dataset
