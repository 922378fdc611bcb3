#include "duties/naming.h"

#include "duties/missing.h"
#include "duties/pages.h"
#include "duties/sentence.h"
#include "evidence/store.h"
#include "evidence/words.h"

namespace duties {
namespace {

NamesOf& known_names() {
    static NamesOf names;
    return names;
}

}  // namespace

void name_members_by(NamesOf names) { known_names() = std::move(names); }

base::Bilingual Naming::of(const std::string& key) const {
    const auto found = known.find(key);
    return found == known.end() ? evidence::name_of_value(key) : found->second;
}

base::Bilingual Naming::of_member(const Rule& rule, const std::string& key) const {
    const auto found = of_subjects.find({rule.population, key});
    return found == of_subjects.end() ? of(key) : found->second;
}

base::Bilingual Naming::of_period(const Rule& rule, const std::string& label) const {
    const auto found = of_subjects.find({rule.request, label});
    return found == of_subjects.end() ? period_name(label) : found->second;
}

base::Bilingual Naming::of_missing(const Rule& rule, const Missing& missing) const {
    if (missing.members.empty()) return missing.text;
    std::vector<base::Bilingual> members;
    members.reserve(missing.members.size());
    for (const auto& key : missing.members) members.push_back(of_member(rule, key));
    return with_members(missing_of(rule, missing.have, missing.need, {}).text, members);
}

base::Result<Naming> naming(db::Connection& c, const std::vector<network::Bearer>& bearers) {
    Naming out;
    if (known_names()) { TRY(out.known, known_names()(c)); }
    for (const auto& b : bearers) out.known.emplace(b.key, b.short_name.empty() ? b.name : b.short_name);
    return out;
}

base::Result<void> name_subjects(db::Connection& c, Naming& naming, const std::vector<Shown>& shown, Titles titles) {
    std::map<std::string, std::set<std::string>> wanted;  // subjects by kind
    for (const auto& [duty, occurrence] : shown) {
        const auto& rule = duty->rule;
        if (rule.period == Period::on_request) wanted[rule.request].insert(occurrence->period);
        if (rule.aggregate == Aggregate::share && occurrence->missing)
            wanted[rule.population].insert(occurrence->missing->members.begin(), occurrence->missing->members.end());
    }
    for (const auto& [kind, subjects] : wanted) {
        TRY(auto names, evidence::titles_of_subjects(c, kind, subjects, titles == Titles::published));
        for (auto& [subject, title] : names) naming.of_subjects.insert_or_assign({kind, subject}, std::move(title));
    }
    return {};
}

}  // namespace duties
