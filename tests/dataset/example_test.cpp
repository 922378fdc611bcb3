// The example district: complete, without mistakes, the same after writing and reading, and judged as its invented history wants.
#include <gtest/gtest.h>

#include <set>

#include "dataset/check.h"
#include "dataset/write.h"
#include "duties/naming.h"
#include "duties/rules.h"
#include "evidence/kinds.h"
#include "evidence/words.h"
#include "platform/base/root.h"

namespace {

const std::filesystem::path data_folder = std::filesystem::path(base::source_root()) / "data";

dataset::Dataset loaded(const std::string& name, const dataset::Known& known = {}) {
    auto parsed = dataset::parse_directory(data_folder / name);
    if (!parsed) throw std::runtime_error(dataset::describe(parsed.error()));
    auto checked = dataset::check(std::move(*parsed), known);
    if (!checked) throw std::runtime_error(dataset::describe(checked.error()));
    return std::move(*checked);
}
const dataset::Dataset& example() {
    static const auto data = loaded("nordhausen-2018");
    return data;
}
const dataset::Dataset& sample() {
    static const auto data = loaded("nordhausen-2018-sample", dataset::known_from(example()));
    return data;
}

TEST(ExampleDistrict, HasEveryClauseOfTheConcept) {
    std::vector<std::string> expected{"1", "2", "3", "4", "4.1", "4.2", "5", "5.1", "5.2"};
    for (int n = 1; n <= 5; ++n) expected.push_back("5.2." + std::to_string(n));
    expected.emplace_back("5.3");
    for (int n = 1; n <= 3; ++n) expected.push_back("5.3." + std::to_string(n));
    expected.insert(expected.end(), {"5.4", "5.4.1"});
    for (int n = 1; n <= 12; ++n) expected.push_back("5.4.1." + std::to_string(n));
    expected.emplace_back("5.4.2");
    for (int n = 1; n <= 3; ++n) expected.push_back("5.4.2." + std::to_string(n));
    expected.insert(expected.end(), {"5.4.3", "5.4.4", "5.4.5", "6", "7", "Anlage"});
    std::vector<std::string> numbers;
    for (const auto& [clause, at] : example().clauses) {
        if (clause.plan != "2018") continue;
        numbers.push_back(clause.number);
        EXPECT_FALSE(clause.heading.de.empty() || clause.heading.en.empty() || clause.text.de.empty() || clause.text.en.empty()) << clause.number;
    }
    EXPECT_EQ(numbers, expected);
}

TEST(ExampleDistrict, EveryDutySaysWhereItsNumbersComeFrom) {
    EXPECT_GE(example().duties.size(), 45u);
    for (const auto& [duty, at] : example().duties) {
        EXPECT_FALSE(duty.origins.empty()) << duty.key;
        EXPECT_FALSE(duty.title.en.empty()) << duty.key;
        EXPECT_TRUE(plan::can_be_missed(duty.modality)) << duty.key << ": efforts and powers are reported, never judged";
    }
}

TEST(ExampleDistrict, BearersOfDutiesBelongToTheDistrict) {
    std::map<std::string, network::BearerKind> kinds;
    for (const auto& [b, at] : example().bearers) kinds[b.key] = b.kind;
    for (const auto& [duty, at] : example().duties) EXPECT_TRUE(network::belongs_to_district(kinds.at(duty.bearer))) << duty.key;
}

TEST(ExampleDistrict, EveryRuleReadsInWordsWithoutAKey) {
    duties::Naming naming;
    for (const auto& [i, at] : example().indicators) naming.known.emplace(i.key, i.title);
    for (const auto& [b, at] : example().bearers) naming.known.emplace(b.key, b.short_name.empty() ? b.name : b.short_name);
    for (const auto& [duty, at] : example().duties) {
        const auto& rule = duty.rule;
        auto keys = rule.each;
        for (const auto& [attribute, value] : rule.filter) {
            keys.push_back(value);
            const auto name = evidence::name_of_attribute(attribute);
            EXPECT_FALSE(name.de == attribute && name.en == attribute) << duty.key << ": " << attribute;
        }
        for (const auto& key : keys) {
            EXPECT_NE(naming.of(key).de, key) << duty.key;
            EXPECT_FALSE(naming.of(key).en.empty()) << duty.key << ": " << key;
        }
        for (const auto& kind : {rule.evidence, rule.population, rule.request})
            EXPECT_TRUE(kind.empty() || evidence::find_kind(kind)) << duty.key << ": " << kind;
    }
}

TEST(Sample, CallsEveryRequestAndEveryMemberOfAShareByAName) {
    std::set<std::string> kinds;
    for (const auto& [duty, at] : example().duties) kinds.insert({duty.rule.population, duty.rule.request});
    for (const auto& [e, at] : sample().evidence)
        if (kinds.contains(e.kind)) {
            EXPECT_FALSE(e.title.de.empty() || e.title.en.empty()) << e.key;
            EXPECT_EQ(e.title.de.find(e.subject), std::string::npos) << e.key;
        }
}

TEST(ExampleDistrict, TellsThatAFigureOfTheConceptDoesNotFit) {
    const auto found = dataset::findings(example().checks, example().observations);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].stated, "foreign-share");
    EXPECT_EQ(found[0].says.text(), "7.6");
    EXPECT_EQ(found[0].comes_out.text(), "7.67");
}

TEST(ExampleDistrict, HasNoEvidence) {
    EXPECT_TRUE(example().evidence.empty());
    EXPECT_TRUE(example().accounts.empty());
}

TEST(Sample, IsMarkedAndRich) {
    EXPECT_TRUE(sample().header.sample);
    EXPECT_EQ(sample().header.extends, example().header.key);
    EXPECT_GE(sample().evidence.size(), 150u);
    for (const auto& [h, at] : sample().holdings) EXPECT_EQ(h.holder + h.deputy, "") << "no names of persons in the sample";
}

TEST(Sample, TellsOneStoryOfItsMeasures) {
    std::map<std::string, std::string> titles;
    std::set<measures::State> states;
    std::set<measures::CommitmentState> commitments;
    for (const auto& [m, at] : sample().measures) {
        titles[m.measure.key] = m.measure.title.de;
        if (m.measure.kind == measures::Kind::self_commitment)
            commitments.insert(m.measure.commitment);
        else
            states.insert(m.measure.state);
    }
    for (const auto state : measures::all_states) EXPECT_TRUE(states.contains(state)) << measures::name_of(state);
    EXPECT_EQ(commitments.size(), 3u);
    for (const auto& [e, at] : sample().evidence) {
        if (e.kind != "measures.under_way" && e.kind != "measures.binding" && e.kind != "measures.status_reported") continue;
        ASSERT_TRUE(titles.contains(e.subject)) << e.key << " is of " << e.subject;
        EXPECT_NE(e.title.de.find("„" + titles[e.subject] + "“"), std::string::npos) << e.key;
    }
    const auto refused = std::find_if(sample().targets.begin(), sample().targets.end(), [](const auto& t) {
        return std::any_of(t.value.history.begin(), t.value.history.end(), [](const auto& entry) { return entry.what == "decision_refused"; });
    });
    ASSERT_NE(refused, sample().targets.end()) << "one target was brought to the council before the administration had been asked";
    for (const auto& request : refused->value.target.requests) EXPECT_EQ(request.party, measures::Party::district_council);
    EXPECT_GE(sample().templates.size(), 3u);
}

TEST(Written, AndReadAgainIsTheSame) {
    for (const auto* data : {&example(), &sample()}) {
        const auto files = dataset::written(*data);
        dataset::Parsed parsed;
        for (const auto& [name, text] : files) dataset::parse(text, name, parsed);
        const auto again = dataset::check(std::move(parsed), data == &sample() ? dataset::known_from(example()) : dataset::Known{});
        ASSERT_TRUE(again) << dataset::describe(again.error());
        EXPECT_EQ(dataset::written(*again), files);
        EXPECT_EQ(again->duties.size(), data->duties.size());
        for (std::size_t i = 0; i < again->duties.size(); ++i) {
            const auto& duty = again->duties[i].value;
            const auto original = std::find_if(data->duties.begin(), data->duties.end(), [&](const auto& d) { return d.value.key == duty.key; });
            ASSERT_NE(original, data->duties.end());
            EXPECT_EQ(duty, original->value) << duty.key;
        }
    }
}

// A duty in a period as the history wants it judged on a day.
struct Expected {
    const char* duty;
    const char* period;
    const char* as_of;
    duties::State state;
    const char* fulfilled_on = "";
    const char* missing = "";
    const char* known_on = "";
};

TEST(Sample, IsJudgedAsItsHistoryWants) {
    using enum duties::State;
    const Expected table[] = {
#include "judged.inc"
    };
    std::vector<evidence::Record> records;
    for (const auto& [e, at] : sample().evidence) records.push_back(e);
    std::vector<duties::Waiver> waivers;
    for (const auto& [w, at] : sample().waivers) waivers.push_back(w);
    std::vector<duties::Extension> extensions;
    for (const auto& [x, at] : sample().extensions) extensions.push_back(x);
    for (const auto& e : table) {
        SCOPED_TRACE(std::string(e.duty) + " " + e.period + " as of " + e.as_of);
        const auto duty = std::find_if(example().duties.begin(), example().duties.end(), [&](const auto& d) { return d.value.key == e.duty; });
        ASSERT_NE(duty, example().duties.end());
        const auto occurrences =
            duties::judge(duty->value, {records, waivers, extensions}, *base::parse_iso_day(e.as_of), base::parse_iso_day(e.known_on));
        const auto occurrence = std::find_if(occurrences.begin(), occurrences.end(), [&](const auto& o) { return o.period == e.period; });
        ASSERT_NE(occurrence, occurrences.end());
        EXPECT_EQ(duties::name_of(occurrence->state), duties::name_of(e.state));
        if (*e.fulfilled_on) { EXPECT_EQ(occurrence->fulfilled_on ? base::iso(*occurrence->fulfilled_on) : "", e.fulfilled_on); }
        if (*e.missing) { EXPECT_EQ(occurrence->missing ? occurrence->missing->text.en : "", e.missing); }
    }
}

}  // namespace
