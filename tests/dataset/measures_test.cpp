#include <gtest/gtest.h>

#include "dataset/check.h"
#include "dataset/read_database.h"
#include "dataset/write.h"

namespace dataset {
namespace {

constexpr const char* around = R"(
[dataset]
key = "x"
title = { de = "x" }
[[bearer]]
key = "amt"
kind = "unit"
name = { de = "Amt" }
[[bearer]]
key = "officer"
kind = "office"
name = { de = "Beauftragte" }
[[plan]]
key = "2018"
title = { de = "Konzept" }
valid_from = 2018-01-01
[[clause]]
plan = "2018"
number = "5.1"
heading = { de = "Eins" }
text = { de = "Text." }
[[statement]]
plan = "2018"
id = "5.1-a"
clause = "5.1"
quote = { de = "Der Landkreis berät." }
modality = "obligation"
bearers = ["amt"]
)";

base::Result<Dataset> checked(const std::string& text) {
    Parsed parsed;
    parse(around, "a.toml", parsed);
    parse(text, "measures.toml", parsed);
    return check(std::move(parsed));
}
std::string told(const std::string& text) {
    const auto data = checked(text);
    return data ? "" : dataset::describe(data.error());
}

const std::string whole = R"([[target]]
key = "Z-2019-01"
title = { de = "Plätze" }
text = { de = "Zwölf Plätze." }
statement = "2018/5.1-a"
direction = "at_least"
value = 12
unit = "Plätze"
due_on = 2019-12-31
counted_from = 2019-01-01
evidence_kind = "funding.places_secured"
published = true
decision = { on = 2019-03-01, meeting = "5.", resolution = "2/2019", yes = 6, no = 0, abstained = 1 }
[[target.request]]
party = "district_council"
asked_on = 2019-01-15
answer_by = 2019-02-12
proof = "Schreiben 1"
[[target.request]]
party = "administration"
asked_on = 2019-01-15
answer_by = 2019-02-12
proof = "Schreiben 2"
[[target.opinion]]
party = "district_council"
received_on = 2019-02-01
text = "Ja."
[[target.opinion]]
party = "administration"
received_on = 2019-02-02
text = "Ja."
[[target.history]]
on = 2019-01-15
what = "opinion_requested"
to = "in_consultation"
[[target.history]]
on = 2019-02-11
what = "made_ready"
to = "ready"

[[measure]]
key = "M-2019-001"
kind = "single"
title = { de = "Kurs", en = "Course" }
accountable = "amt"
statements = ["2018/5.1-a"]
starts_on = 2019-01-01
ends_on = 2019-12-31
criterion = { kind = "value", direction = "within", value = 0, upper = 12.5, unit = "Plätze" }
targets = ["Z-2019-01"]
evidence_kind = "catalogue.course_active"
evidence_fixed_on = 2019-01-01
published = true
[[measure.resource]]
kind = "budget"
budget_line = "3.1"
year = 2019
planned = "1200,50"
[[measure.milestone]]
title = { de = "Beginn" }
due_on = 2019-03-01
reached_on = 2019-03-04
[[measure.history]]
on = 2019-01-10
move = "clarify"
by = "officer"
grade = "assigned"
[[measure.history]]
on = 2019-01-20
move = "agree"
by = "officer"
resolution = "KT 1"
grade = "binding"
[[measure.delivery]]
evidence = "e-1"
kind = "catalogue.course_active"
delivered_by = "amt"
occurred_on = 2019-05-01
accepted_by = "officer"
accepted_on = 2019-05-09
[[measure.report]]
given_on = 2019-06-01
text = "Läuft."
assessment = "on_track"
percent = 40
office = "amt"
published = true
)";

std::string with(const std::string& from, const std::string& to) {
    auto text = whole;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(MeasureFiles, AreWrittenAsTheyWereRead) {
    const auto data = checked(whole);
    ASSERT_TRUE(data) << dataset::describe(data.error());
    ASSERT_EQ(data->measures.size(), 1u);
    EXPECT_EQ(data->measures[0].value.measure.state, measures::State::agreed);
    EXPECT_EQ(data->targets[0].value.target.state, measures::TargetState::ready);
    EXPECT_EQ(written(*data).at("measures.toml"), whole);
}

TEST(MeasureFiles, TellEveryMistakeWithItsLine) {
    const struct {
        std::string from, to, says;
    } cases[] = {
        {"accountable = \"amt\"", "accountable = \"amd\"", "“amd”"},
        {"statements = [\"2018/5.1-a\"]", "statements = [\"2018/5.1-z\"]", "5.1-z"},
        {"statements = [\"2018/5.1-a\"]", "statements = [\"5.1-a\"]", "with its plan"},
        {"targets = [\"Z-2019-01\"]", "targets = [\"Z-2019-09\"]", "There is no target"},
        {"planned = \"1200,50\"", "planned = \"viel\"", "is no amount"},
        {"planned = \"1200,50\"", "planned = \"0\"", "Enter the amount"},
        {"move = \"agree\"", "move = \"fulfil\"", "cannot take the step"},
        {"accepted_by = \"officer\"", "accepted_by = \"amt\"", "Nobody accepts"},
        {"accepted_on = 2019-05-09\n", "", "both its office and its day"},
        {"kind = \"single\"", "kind = \"singel\"", "singel"},
        {"ends_on = 2019-12-31", "ends_on = 2018-12-31", "before the start"},
        {"[[target.opinion]]\nparty = \"administration\"\nreceived_on = 2019-02-02\ntext = \"Ja.\"\n", "", "one of the two consultations is missing"},
    };
    for (const auto& c : cases) {
        const auto text = told(with(c.from, c.to));
        EXPECT_NE(text.find(c.says), std::string::npos) << c.to << "\n" << text;
        EXPECT_NE(text.find("measures.toml:"), std::string::npos) << text;
    }
    EXPECT_NE(told(whole + "\n" + whole.substr(whole.find("[[measure]]"))).find("M-2019-001"), std::string::npos);
}

}  // namespace
}  // namespace dataset
