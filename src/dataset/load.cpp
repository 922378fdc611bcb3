#include <fmt/format.h>

#include "confirmation/api.h"
#include "dataset/api.h"
#include "dataset/check.h"
#include "dataset/read_database.h"
#include "dataset/store.h"
#include "dataset/store_network.h"
#include "duties/rollups.h"
#include "duties/store.h"
#include "evidence/store.h"
#include "exchanges/store.h"
#include "groups/store.h"
#include "mailing/store.h"
#include "network/store.h"
#include "organisations/store.h"
#include "plan/store.h"
#include "platform/audit/api.h"
#include "platform/db/revision.h"
#include "platform/db/statistics.h"
#include "platform/identity/passwords.h"
#include "platform/identity/store.h"
#include "site/api.h"

namespace dataset {
namespace {

// Writes one checked data set into the stores; every function leaves the transaction to its caller.
class Loader {
  public:
    Loader(db::Connection& c, const Dataset& data, base::Instant now, bool keep_days) : c_(c), data_(data), now_(now), keep_days_(keep_days) {
        actor_.role = identity::Role::administrator;  // the program itself, from the command line
    }

    base::Result<void> run(const std::map<std::string, std::string>& password_hashes) {
        TRY(set_, add_loaded(c_, data_.header, now_));
        if (data_.municipality) TRY_VOID(municipality(data_.municipality->value));
        TRY_VOID(bearers());
        TRY_VOID(holdings());
        TRY_VOID(plans());
        TRY_VOID(clauses());
        TRY_VOID(statements());
        TRY_VOID(lineage());
        TRY_VOID(duties_of_plan());
        TRY_VOID(figures_of_plan());
        TRY_VOID(decisions());
        TRY_VOID(ledger());
        TRY_VOID(load_network(c_, data_.network, data_.header.sample, actor_, now_));
        TRY_VOID(measures_and_targets());
        TRY_VOID(accounts(password_hashes));
        // Once for everything: from the command line nobody listens to the ledger.
        TRY_VOID(duties::rebuild_rollups(c_));
        TRY_VOID(db::raise_revision(c_));
        TRY_VOID(audit::record(c_, {.by = actor_,
                                    .at = now_,
                                    .subject = "dataset",
                                    .record = data_.header.key,
                                    .action = "load",
                                    .before = {},
                                    .after = {{"clauses", std::to_string(data_.clauses.size())},
                                              {"duties", std::to_string(data_.duties.size())},
                                              {"evidence", std::to_string(data_.evidence.size())},
                                              {"sample", data_.header.sample ? "yes" : "no"},
                                              {"recorded_days", keep_days_ ? "kept" : "day of loading"}}}));
        return {};
    }

  private:
    base::Result<void> measures_and_targets() {
        std::vector<measures::Chronicle> all;
        std::vector<measures::TargetChronicle> targets;
        for (const auto& [each, at] : data_.measures) {
            all.push_back(each);
            all.back().measure.sample = data_.header.sample;
        }
        for (const auto& [each, at] : data_.targets) {
            targets.push_back(each);
            targets.back().target.sample = data_.header.sample;
        }
        measures::By who;
        who.actor = actor_;
        who.now = now_;
        who.today = base::berlin_day(now_);
        TRY_VOID(measures::restore(c_, all, targets, who));
        for (const auto& [each, at] : data_.templates) {
            auto one = each;
            one.sample = data_.header.sample;
            TRY_VOID(measures::save_template(c_, one, who));
        }
        return {};
    }
    evidence::By by() const { return {actor_, now_}; }
    base::Result<void> mark(const std::string& kind, const std::string& key) { return add_record(c_, set_, kind, key); }

    base::Result<void> municipality(const Municipality& m) {
        TRY_VOID(save_municipality(c_, m));
        const std::pair<site::TextKey, base::Bilingual> texts[] = {
            {site::TextKey::municipality, m.name},
            {site::TextKey::imprint, m.imprint},
            {site::TextKey::data_protection, m.privacy},
            {site::TextKey::accessibility, m.accessibility},
            {site::TextKey::contact_email, {m.contact_email, m.contact_email}},
        };
        for (const auto& [key, text] : texts)
            if (!text.empty()) TRY_VOID(site::save_text(c_, key, text, actor_, now_));
        return {};
    }

    base::Result<network::BearerId> bearer(const std::string& key) {
        if (key.empty()) return network::BearerId{};
        if (const auto it = bearers_.find(key); it != bearers_.end()) return it->second;
        TRY(const auto found, network::bearer_by_key(c_, key));
        return bearers_[key] = found ? found->id : network::BearerId{};
    }
    base::Result<std::vector<network::BearerId>> bearers(const std::vector<std::string>& keys) {
        std::vector<network::BearerId> out;
        for (const auto& key : keys) {
            TRY(const auto id, bearer(key));
            out.push_back(id);
        }
        return out;
    }

    base::Result<void> bearers() {
        std::map<std::string, const Bearer*> own;
        for (const auto& [b, at] : data_.bearers) own[b.key] = &b;
        for (const auto& [b, at] : data_.bearers) TRY_VOID(bearer_after_its_parent(b, own));
        return {};
    }
    base::Result<void> bearer_after_its_parent(const Bearer& b, const std::map<std::string, const Bearer*>& own) {
        if (bearers_.contains(b.key)) return {};
        if (const auto parent = own.find(b.part_of); parent != own.end()) TRY_VOID(bearer_after_its_parent(*parent->second, own));
        TRY(const auto part_of, bearer(b.part_of));
        network::Bearer row;
        row.key = b.key;
        row.kind = b.kind;
        row.name = b.name;
        row.short_name = b.short_name;
        row.part_of = part_of;
        row.feed = b.feed;
        TRY(const auto id, network::save_bearer(c_, row, data_.header.sample, actor_, now_));
        bearers_[b.key] = id;
        return mark("bearer", b.key);
    }

    base::Result<void> holdings() {
        for (const auto& [h, at] : data_.holdings) {
            network::Holding row;
            TRY(row.office, bearer(h.office));
            row.from = h.from;
            row.until = h.until;
            row.funded_until = h.funded_until;
            row.holder = h.holder;
            row.deputy = h.deputy;
            TRY_VOID(network::add_holding(c_, row, data_.header.sample, actor_, now_));
            TRY_VOID(mark("holding", h.office + "/" + base::iso(h.from)));
        }
        return {};
    }

    base::Result<void> plans() {
        // A predecessor comes before what continues it, wherever it stands in the files.
        std::vector<const Plan*> waiting;
        for (const auto& [p, at] : data_.plans) waiting.push_back(&p);
        while (!waiting.empty()) {
            std::vector<const Plan*> later;
            for (const auto* p : waiting) {
                const bool predecessor_waits =
                    std::any_of(waiting.begin(), waiting.end(), [&](const Plan* q) { return q != p && q->key == p->continues; });
                if (predecessor_waits)
                    later.push_back(p);
                else
                    TRY_VOID(plan(*p));
            }
            if (later.size() == waiting.size()) return base::invalid("continues", base::message("The plans continue each other in a circle."));
            waiting = std::move(later);
        }
        return {};
    }
    base::Result<void> plan(const Plan& p) {
        plan::NewPlan row;
        row.key = p.key;
        row.title = p.title;
        row.state = plan::PlanState::adopted;
        row.valid_from = p.valid_from;
        row.valid_until = p.valid_until;
        row.adopted_on = p.adopted_on;
        row.resolution = p.resolution;
        row.published = p.published;
        row.source_name = data_.header.key;
        if (!p.continues.empty()) {
            TRY(const auto before, plan::find_plan_by_key(c_, p.continues));
            row.continues = before.id;
        }
        TRY(plans_[p.key], plan::add_plan(c_, row, {actor_, now_}));
        published_[p.key] = p.published;
        return mark("plan", p.key);
    }

    base::Result<plan::PlanId> plan_id(const std::string& key) {
        if (const auto it = plans_.find(key); it != plans_.end()) return it->second;
        TRY(const auto found, plan::find_plan_by_key(c_, key));
        published_[key] = found.published;
        return plans_[key] = found.id;
    }
    base::Result<plan::ClauseId> clause_id(const std::string& plan, const std::string& number) {
        if (const auto it = clauses_.find({plan, number}); it != clauses_.end()) return it->second;
        TRY(const auto id, plan_id(plan));
        TRY(const auto there, plan::clauses_of(c_, id, base::berlin_day(now_)));
        for (const auto& clause : there) clauses_.emplace(std::pair{plan, clause.number}, clause.id);
        return clauses_[{plan, number}];
    }

    base::Result<void> clauses() {
        std::map<std::string, int> positions;
        std::vector<std::pair<const Clause*, int>> waiting;
        for (const auto& [clause, at] : data_.clauses) waiting.emplace_back(&clause, ++positions[clause.plan]);
        while (!waiting.empty()) {
            std::vector<std::pair<const Clause*, int>> later;
            for (const auto& [clause, position] : waiting) {
                const auto* one = clause;
                const bool parent_waits = std::any_of(waiting.begin(), waiting.end(), [&](const auto& other) {
                    return other.first != one && other.first->plan == one->plan && other.first->number == one->parent && !one->parent.empty();
                });
                if (parent_waits && !clauses_.contains({clause->plan, clause->parent}))
                    later.emplace_back(clause, position);
                else
                    TRY_VOID(add_clause(*clause, position));
            }
            if (later.size() == waiting.size()) return base::invalid("parent", base::message("The clauses are parts of each other in a circle."));
            waiting = std::move(later);
        }
        return {};
    }
    base::Result<void> add_clause(const Clause& clause, int position) {
        plan::NewClause row;
        TRY(row.plan, plan_id(clause.plan));
        if (!clause.parent.empty()) { TRY(row.parent, clause_id(clause.plan, clause.parent)); }
        row.number = clause.number;
        row.kind = clause.kind;
        row.position = position;
        row.heading = clause.heading;
        row.text = clause.text;
        row.published = published_[clause.plan];
        const std::pair key{clause.plan, clause.number};
        TRY(clauses_[key], plan::add_clause(c_, row, {actor_, now_}));
        return {};
    }

    base::Result<void> statements() {
        std::map<std::pair<std::string, std::string>, int> positions;
        for (const auto& [s, at] : data_.statements) {
            plan::NewStatement row;
            TRY(row.clause, clause_id(s.plan, s.clause));
            row.key = s.id;
            row.position = ++positions[{s.plan, s.clause}];
            row.quote = s.quote;
            row.modality = s.modality;
            row.confirmed = true;  // a person wrote it
            row.rhythm = s.rhythm;
            TRY(row.bearers, bearers(s.bearers));
            TRY(row.lead, bearer(s.lead));
            TRY(row.counterparts, bearers(s.counterparts));
            for (const auto day : s.dates) row.dates.push_back({day, ""});
            for (const auto& q : s.quantities) row.quantities.push_back({q.value.value(), q.unit, std::string(duties::name_of(q.comparison)), ""});
            row.open_list = s.open_list;
            row.vague_reason = s.vague_reason;
            TRY_VOID(plan::add_statement(c_, row, {actor_, now_}));
        }
        return {};
    }

    base::Result<void> lineage() {
        for (const auto& [clause, at] : data_.clauses) {
            for (const auto& l : clause.lineage) {
                plan::Lineage row;
                TRY(row.clause, clause_id(clause.plan, clause.number));
                row.relation = l.relation;
                if (!l.plan.empty()) { TRY(row.from, clause_id(l.plan, l.clause)); }
                TRY_VOID(plan::add_lineage(c_, row));
            }
        }
        return {};
    }

    base::Result<void> duties_of_plan() {
        for (const auto& [d, at] : data_.duties) {
            TRY_VOID(duties::save_duty(c_, d, data_.header.sample, by()));
            TRY_VOID(mark("duty", d.key));
        }
        return {};
    }

    base::Result<void> figures_of_plan() {
        for (const auto& [i, at] : data_.indicators) {
            TRY_VOID(add_figure(c_, i));
            TRY_VOID(mark("indicator", i.key));
        }
        for (const auto& [o, at] : data_.observations) {
            TRY_VOID(add_value(c_, o));
            TRY_VOID(mark("observation", o.indicator + "/" + o.period));
        }
        for (const auto& [k, at] : data_.checks) {
            TRY_VOID(add_check(c_, k));
            TRY_VOID(mark("check", k.key));
        }
        return {};
    }

    base::Result<void> decisions() {
        for (auto [w, at] : data_.waivers) {
            if (!keep_days_) w.recorded_on = base::Day{};
            TRY_VOID(duties::add_waiver(c_, w, data_.header.sample, by()));
            TRY_VOID(mark("waiver", w.duty + "/" + w.period));
        }
        for (auto [e, at] : data_.extensions) {
            if (!keep_days_) e.recorded_on = base::Day{};
            TRY_VOID(duties::add_extension(c_, e, data_.header.sample, by()));
            TRY_VOID(mark("extension", e.duty + "/" + e.period + "/" + base::iso(e.decided_on)));
        }
        for (const auto& [e, at] : data_.explanations) {
            TRY_VOID(duties::add_explanation(c_, e, data_.header.sample, by()));
            TRY_VOID(mark("explanation", e.duty + "/" + e.period + "/" + base::iso(e.given_on)));
        }
        return {};
    }

    base::Result<void> ledger() {
        for (const auto& [record, at] : data_.evidence) {
            evidence::Entry entry;
            entry.record = record;
            entry.record.withdrawn_on.reset();
            entry.record.withdrawn_reason.clear();
            if (!keep_days_) entry.record.recorded_on = base::Day{};
            entry.imported = true;
            entry.sample = data_.header.sample;
            TRY(const auto id, evidence::record(c_, std::move(entry), by()));
            if (record.withdrawn_on)
                TRY_VOID(evidence::withdraw(c_, id, record.withdrawn_reason, by(), keep_days_ ? record.withdrawn_on : std::nullopt));
            TRY_VOID(mark("evidence", record.key));
        }
        return {};
    }

    base::Result<void> accounts(const std::map<std::string, std::string>& password_hashes) {
        for (const auto& [a, at] : data_.accounts) {
            TRY(const auto office, bearer(a.office));
            const auto& hash = password_hashes.at(a.sign_in);
            TRY(const auto before, identity::credentials_of(c_, a.sign_in));
            if (before) {  // disabled when the sample was removed
                TRY_VOID(identity::set_disabled(c_, before->account.id, false, actor_, now_));
                TRY_VOID(identity::set_password(c_, before->account.id, hash, actor_, now_));
                auto changed = before->account;
                changed.disabled = false;
                changed.office = office.value;
                TRY_VOID(identity::change_account(c_, changed, actor_, now_));
            } else {
                TRY_VOID(
                    identity::create_account(c_, {a.sign_in, a.display_name, hash, a.role, office.value, "de", data_.header.sample}, actor_, now_));
            }
        }
        return {};
    }

    db::Connection& c_;
    const Dataset& data_;
    const base::Instant now_;
    const bool keep_days_;
    identity::Actor actor_;
    DataSetId set_;
    std::map<std::string, network::BearerId> bearers_;
    std::map<std::string, plan::PlanId> plans_;
    std::map<std::string, bool> published_;
    std::map<std::pair<std::string, std::string>, plan::ClauseId> clauses_;
};

base::Result<bool> ledger_is_empty(db::Connection& c) {
    evidence::Search search;
    search.published_only = false;
    search.withdrawn_too = true;
    search.limit = 1;
    TRY(const auto found, evidence::search(c, search));
    return found.entries.empty();
}

// What is there already, before anything of the files is looked at in detail.
base::Result<void> fits(db::Connection& c, const Dataset& data) {
    TRY(const auto sets, loaded(c));
    const auto is_loaded = [&](const std::string& key) {
        return std::any_of(sets.begin(), sets.end(), [&](const Loaded& s) { return s.header.key == key; });
    };
    const auto conflict = [](base::Message m, std::string code = {}) {
        base::Error error{base::ErrorKind::conflict, {}, {}, std::move(code)};
        error.fields.push_back({"", std::move(m), 0});
        return tl::unexpected(std::move(error));
    };
    if (is_loaded(data.header.key))
        return conflict(base::message("The data set “{key}” is loaded already. Nothing was changed.", {{"key", data.header.key}}), "data_set_loaded");
    if (!data.header.extends.empty() && !is_loaded(data.header.extends))
        return conflict(base::message("The data set “{key}” builds on “{extends}”. Please load that first.",
                                      {{"key", data.header.key}, {"extends", data.header.extends}}));
    TRY(const auto there, municipality(c));
    if (there && data.municipality)
        return conflict(base::message("This installation has a municipality already: “{name}”.", {{"name", there->name.de}}));
    return {};
}

}  // namespace

base::Result<LoadReport> load(db::Database& database, const std::filesystem::path& directory, const base::Clock& clock) {
    TRY(auto parsed, parse_directory(directory));
    TRY_VOID(database.read([&](db::Connection& c) { return fits(c, parsed.data); }));
    TRY(const auto known, database.read([](db::Connection& c) { return known_in(c); }));
    TRY(const auto data, check(std::move(parsed), known));

    // Hashing takes its time on purpose; the one writer is not kept waiting for it.
    std::map<std::string, std::string> password_hashes;
    if (!data.accounts.empty()) {
        identity::PasswordHasher hasher;
        for (const auto& [account, at] : data.accounts) { TRY(password_hashes[account.sign_in], hasher.hash(account.password)); }
    }

    LoadReport report;
    report.key = data.header.key;
    report.title = data.header.title;
    report.sample = data.header.sample;
    report.clauses = data.clauses.size();
    report.duties = data.duties.size();
    report.evidence = data.evidence.size();
    const auto write = [&](db::Connection& c) -> base::Result<bool> {
        TRY_VOID(fits(c, data));  // somebody may have been faster
        TRY(const bool empty, ledger_is_empty(c));
        TRY_VOID(Loader(c, data, clock.now(), empty).run(password_hashes));
        TRY_VOID(db::refresh_statistics(c));
        return empty;
    };
    TRY(report.recorded_days_kept, database.write(write));
    report.remarks = remarks_on(data);
    return report;
}

base::Result<void> remove_sample(db::Database& database, const base::Clock& clock) {
    identity::Actor actor;
    actor.role = identity::Role::administrator;
    const auto now = clock.now();
    return database.write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto sets, loaded(c));
        if (std::none_of(sets.begin(), sets.end(), [](const Loaded& s) { return s.header.sample; })) {
            base::Error error{base::ErrorKind::not_found, {}, {}, {}};
            error.fields.push_back({"", base::message("There is no sample in this installation."), 0});
            return tl::unexpected(std::move(error));
        }
        measures::By who;
        who.actor = actor;
        who.now = now;
        TRY_VOID(measures::remove_sample(c, who));
        TRY_VOID(evidence::remove_sample(c, {actor, now}));
        TRY_VOID(duties::remove_sample(c, {actor, now}));
        TRY(const auto accounts, identity::accounts(c));
        for (const auto& account : accounts)
            if (account.sample && !account.disabled) TRY_VOID(identity::set_disabled(c, account.id, true, actor, now));
        TRY_VOID(confirmation::remove_sample(c));
        TRY_VOID(mailing::remove_sample(c));
        TRY_VOID(exchanges::remove_sample(c, {actor, now}));
        TRY_VOID(groups::remove_sample(c, {actor, now}));
        TRY_VOID(organisations::remove_sample(c, {actor, now}));
        TRY_VOID(network::remove_sample(c, actor, now));
        TRY_VOID(db::raise_revision(c));
        return forget_samples(c);
    });
}

bool has_sample(db::Database& database) {
    const auto found = database.read([](db::Connection& c) -> base::Result<bool> {
        TRY(const auto sets, loaded(c));
        return std::any_of(sets.begin(), sets.end(), [](const Loaded& s) { return s.header.sample; });
    });
    return found && *found;
}

}  // namespace dataset
