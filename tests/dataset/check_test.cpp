// What the files say and what is wrong with them: every mistake with its file and line, all at once.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "dataset/check.h"
#include "dataset/nearest.h"
#include "dataset/write.h"
#include "platform/base/root.h"

namespace {

constexpr const char* district = R"toml([dataset]
key = "musterkreis"
title = { de = "Musterkreis" }

[[bearer]]
key = "amt"
kind = "office"
name = { de = "Amt" }

[[bearer]]
key = "beirat"
kind = "body"
name = { de = "Beirat", en = "Council" }

[[plan]]
key = "p"
title = { de = "Plan" }
valid_from = 2020-01-01
valid_until = 2022-12-31

[[clause]]
plan = "p"
number = "1"
heading = { de = "Eins" }

[[statement]]
plan = "p"
id = "1-a"
quote = { de = "Das Amt berichtet." }
modality = "obligation"
bearers = ["amt"]
)toml";

dataset::Parsed read(std::initializer_list<std::pair<const char*, std::string>> files) {
    dataset::Parsed parsed;
    for (const auto& [name, text] : files) dataset::parse(text, name, parsed);
    return parsed;
}

std::string mistakes(const std::string& more, const std::string& base = district) {
    const auto checked = dataset::check(read({{"a.toml", base}, {"b.toml", more}}));
    return checked ? "" : dataset::describe(checked.error());
}

TEST(DataSet, IsReadWithItsDefaultsFilledIn) {
    const auto checked = dataset::check(read({{"a.toml", district}, {"b.toml", R"(
[[duty]]
key = "1-report"
plan = "p"
statement = "1-a"
title = { de = "Berichten" }
bearer = "amt"
[duty.rule]
evidence = "council.report_delivered"
period = "year"
)"}}));
    ASSERT_TRUE(checked) << dataset::describe(checked.error());
    const auto& duty = checked->duties.at(0).value;
    EXPECT_EQ(duty.clause, "1");
    EXPECT_EQ(duty.modality, plan::Modality::obligation);
    EXPECT_EQ(duty.valid_from, base::day(2020, 1, 1));
    EXPECT_EQ(duty.valid_until, base::day(2022, 12, 31));
    EXPECT_EQ(checked->statements.at(0).value.clause, "1");
}

struct Case {
    const char* what;
    const char* text;
    const char* message;
};

TEST(DataSet, TellsEveryMistakeWithFileAndLine) {
    const Case cases[] = {
        {"broken TOML", "[[bearer]\n", "b.toml:1: This is no valid TOML"},
        {"a key of TOML twice", "[[bearer]]\nkey = \"x\"\nkey = \"y\"\n", "b.toml:3: This is no valid TOML"},
        {"a misspelt key", "[[bearer]]\nkey = \"x\"\nkind = \"unit\"\nnmae = { de = \"X\" }\n",
         "b.toml:4: [[bearer]] has no “nmae”. Did you mean “name”?"},
        {"an unknown table", "[[bearers]]\nkey = \"x\"\n", "b.toml has no “bearers”. Did you mean “bearer”?"},
        {"a missing key", "[[bearer]]\nkey = \"x\"\nkind = \"unit\"\n", "b.toml:1: [[bearer]] needs “name”."},
        {"a wrong type", "[[bearer]]\nkey = 3\nkind = \"unit\"\nname = { de = \"X\" }\n",
         "b.toml:2: “key” in [[bearer]] has to be a text in quotes."},
        {"a text where two languages belong", "[[bearer]]\nkey = \"x\"\nkind = \"unit\"\nname = \"X\"\n",
         "b.toml:4: “name” in [[bearer]] has to be a text in two languages"},
        {"German missing", "[[bearer]]\nkey = \"x\"\nkind = \"unit\"\nname = { en = \"X\" }\n", "b.toml:4: “name” in [[bearer]] needs “de”."},
        {"a wrong name", "[[bearer]]\nkey = \"x\"\nkind = \"ofice\"\nname = { de = \"X\" }\n",
         "b.toml:3: “ofice” is no kind. Did you mean “office”?"},
        {"a name far from all", "[[bearer]]\nkey = \"x\"\nkind = \"Bundesland\"\nname = { de = \"X\" }\n",
         "b.toml:3: “Bundesland” is no kind. Known are: office, body"},
        {"a key with a blank", "[[bearer]]\nkey = \"x y\"\nkind = \"unit\"\nname = { de = \"X\" }\n", "b.toml:2: “x y” has signs a key may not have"},
        {"a key given twice", "[[bearer]]\nkey = \"amt\"\nkind = \"unit\"\nname = { de = \"X\" }\n",
         "b.toml:1: The bearer “amt” stands twice; first in a.toml, line 5."},
        {"a reference into nothing", "[[bearer]]\nkey = \"x\"\nkind = \"unit\"\nname = { de = \"X\" }\npart_of = \"beirrat\"\n",
         "b.toml:5: There is no bearer “beirrat”. Did you mean “beirat”?"},
        {"a reference inside a list",
         "[[statement]]\nplan = \"p\"\nid = \"1-b\"\nquote = { de = \"X\" }\nmodality = \"effort\"\nbearers = [\n\"amt\",\n\"kreistag\"]\n",
         "b.toml:8: There is no bearer “kreistag”."},
        {"a statement of no clause", "[[statement]]\nplan = \"p\"\nid = \"2-a\"\nquote = { de = \"X\" }\nmodality = \"effort\"\n",
         "b.toml:3: There is no clause “2”."},
        {"a lead that bears nothing",
         "[[statement]]\nplan = \"p\"\nid = \"1-b\"\nquote = { de = \"X\" }\nmodality = \"effort\"\nbearers = [\"amt\"]\nlead = \"beirat\"\n",
         "b.toml:7: “beirat” leads but is not among the bearers."},
        {"a circle", "[[bearer]]\nkey = \"x\"\nkind = \"unit\"\nname = { de = \"X\" }\npart_of = \"x\"\n",
         "b.toml:1: “x” would be a part of itself."},
        {"a term that ends before it begins", "[[holding]]\noffice = \"amt\"\nfrom = 2020-02-01\nuntil = 2020-01-31\n",
         "b.toml:4: The term ends before it begins."},
        {"a day in quotes", "[[holding]]\noffice = \"amt\"\nfrom = \"2020-02-01\"\n",
         "b.toml:3: “from” in [[holding]] has to be a day without quotes: 2018-06-30"},
        {"terms that overlap",
         "[[holding]]\noffice = \"amt\"\nfrom = 2020-01-01\nuntil = 2020-06-30\n[[holding]]\noffice = \"amt\"\nfrom = 2020-06-30\n",
         "b.toml:5: Two terms of “amt” overlap: one begins on 2020-06-30"},
        {"a task from a statement nobody wrote", "[[office_task]]\noffice = \"amt\"\ntitle = { de = \"X\" }\nplan = \"p\"\nstatement = \"1-b\"\n",
         "b.toml:5: There is no statement “1-b”. Did you mean “1-a”?"},
        {"a body that is held", "[[holding]]\noffice = \"beirat\"\nfrom = 2020-01-01\n", "b.toml:1: “beirat” is no office"},
        {"validity in the wrong order", "[[plan]]\nkey = \"q\"\ntitle = { de = \"Q\" }\nvalid_from = 2020-01-02\nvalid_until = 2020-01-01\n",
         "b.toml:5: The plan's validity ends before it begins."},
        {"a new clause with a predecessor",
         "[[clause]]\nplan = \"p\"\nnumber = \"2\"\nlineage = [ { relation = \"new\", plan = \"p\", clause = \"1\" } ]\n",
         "b.toml:4: A new clause has no predecessor"},
        {"a predecessor nobody named", "[[clause]]\nplan = \"p\"\nnumber = \"2\"\nlineage = [ { relation = \"amended\" } ]\n",
         "b.toml:4: Say which clause came before"},
        {"an observation without a value",
         "[[indicator]]\nkey = \"i\"\ntitle = { de = \"I\" }\nunit = { de = \"Personen\" }\n[[observation]]\nindicator = \"i\"\nperiod = \"2020\"\n",
         "b.toml:7: An observation has either “value” or “absent”."},
        {"recorded before it happened",
         "[[evidence]]\nkey = \"e\"\nkind = \"council.report_delivered\"\noccurred_on = 2020-03-02\nrecorded_on = 2020-03-01\n",
         "b.toml:5: Nothing is recorded before it happened"},
        {"a withdrawal without a reason",
         "[[evidence]]\nkey = \"e\"\nkind = \"council.report_delivered\"\noccurred_on = 2020-03-02\nwithdrawn_on = 2020-03-05\n",
         "b.toml:5: A withdrawal needs both its day and its reason."},
        {"a kind that is none", "[[evidence]]\nkey = \"e\"\nkind = \"Bericht\"\noccurred_on = 2020-03-02\n",
         "b.toml:3: “Bericht” is no kind of evidence"},
        {"accounts outside a sample", "[[account]]\nsign_in = \"a\"\npassword = \"geheim\"\ndisplay_name = \"A\"\nrole = \"reader\"\n",
         "b.toml:1: Accounts with passwords in a file are for samples only"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.what);
        EXPECT_NE(mistakes(c.text).find(c.message), std::string::npos) << "said: " << mistakes(c.text);
    }
}

TEST(DataSet, TheDayAfterATermAnotherMayBegin) {
    EXPECT_EQ(mistakes("[[holding]]\noffice = \"amt\"\nfrom = 2020-01-01\nuntil = 2020-06-30\n[[holding]]\noffice = \"amt\"\nfrom = 2020-07-01\n"),
              "");
}

TEST(DataSet, TellsMistakesOfADutyAtTheirLines) {
    const std::string head = "[[duty]]\nkey = \"d\"\nplan = \"p\"\nstatement = \"1-a\"\ntitle = { de = \"D\" }\nbearer = \"amt\"\n";
    const Case cases[] = {
        {"no rule", "", "b.toml:1: [[duty]] needs “[duty.rule]”."},
        {"a misspelt part", "[duty.rule]\nevidence = \"a.b\"\nperiod = \"year\"\nfreshdays = 3\n",
         "b.toml:10: [duty.rule] has no “freshdays”. Did you mean “fresh_days”?"},
        {"a wrong period", "[duty.rule]\nevidence = \"a.b\"\nperiod = \"yearly\"\n", "b.toml:9: "},
        {"a part that does not go with the others", "[duty.rule]\nevidence = \"a.b\"\nperiod = \"year\"\nanswer_within_days = 30\n", "b.toml:10: "},
        {"an origin without its words", "[duty.rule]\nevidence = \"a.b\"\nperiod = \"year\"\n[[duty.origin]]\npart = \"rule\"\nkind = \"wording\"\n",
         "b.toml:10: Quote the words"},
        {"an origin of a part the rule has not",
         "[duty.rule]\nevidence = \"a.b\"\nperiod = \"year\"\n[[duty.origin]]\npart = \"freshness\"\nkind = \"assumption\"\nnote = { de = \"X\" }\n",
         "b.toml:10: The rule has no freshness"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.what);
        EXPECT_NE(mistakes(head + c.text).find(c.message), std::string::npos) << "said: " << mistakes(head + c.text);
    }
}

TEST(DataSet, TellsAllMistakesAtOnceInTheOrderOfLines) {
    const auto said = mistakes(
        "[[bearer]]\nkey = \"x\"\nkind = \"ofice\"\nname = { de = \"X\" }\n[[holding]]\noffice = \"niemand\"\nfrom = 2020-01-01\n[[plan]]\nkey = \"r\"\n");
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 3) << said;
    EXPECT_LT(said.find("b.toml:3:"), said.find("b.toml:6:"));
    EXPECT_LT(said.find("b.toml:6:"), said.find("b.toml:8:"));
}

TEST(DataSet, MayLeanOnWhatIsLoadedAlready) {
    const auto base = dataset::check(read({{"a.toml", district}}));
    ASSERT_TRUE(base);
    const auto known = dataset::known_from(*base);
    const char* head = "[dataset]\nkey = \"more\"\ntitle = { de = \"Mehr\" }\nextends = \"musterkreis\"\n";
    const auto leans = dataset::check(read({{"m.toml", std::string(head) + "[[holding]]\noffice = \"amt\"\nfrom = 2020-01-01\n"}}), known);
    EXPECT_TRUE(leans) << dataset::describe(leans.error());
    const auto again =
        dataset::check(read({{"m.toml", std::string(head) + "[[bearer]]\nkey = \"amt\"\nkind = \"unit\"\nname = { de = \"X\" }\n"}}), known);
    ASSERT_FALSE(again);
    EXPECT_EQ(dataset::describe(again.error()), "m.toml:5: The bearer “amt” is there already.");
}

TEST(KeyFigures, ThatDoNotFitAreTold) {
    dataset::Parsed parsed = read({{"a.toml", R"(
[dataset]
key = "k"
title = { de = "K" }
[[indicator]]
key = "people"
title = { de = "Menschen" }
unit = { de = "Personen" }
[[indicator]]
key = "foreign"
title = { de = "Ausländer" }
unit = { de = "Personen" }
[[indicator]]
key = "share"
title = { de = "Anteil" }
unit = { de = "Prozent" }
[[observation]]
indicator = "people"
period = "2017"
value = 85400
[[observation]]
indicator = "foreign"
period = "2017"
value = 6553
[[observation]]
indicator = "share"
period = "2017"
value = 7.6
[[check]]
key = "share"
kind = "share"
stated = "share"
part = "foreign"
whole = "people"
decimals = 1
)"}});
    auto data = dataset::check(std::move(parsed));
    ASSERT_TRUE(data) << dataset::describe(data.error());
    const auto found = dataset::findings(data->checks, data->observations);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].says.text(), "7.6");
    EXPECT_EQ(found[0].comes_out.text(), "7.67");
    data->observations[2].value.value = evidence::Quantity::parse("7.7");
    EXPECT_TRUE(dataset::findings(data->checks, data->observations).empty());
}

// What docs/data-format.md gives people to copy has to work.
TEST(DataFormat, TheDirectoryToCopyIsWell) {
    std::ifstream file(std::filesystem::path(base::source_root()) / "docs" / "data-format.md");
    std::ostringstream text;
    text << file.rdbuf();
    const auto page = text.str();
    const auto section = page.find("## A directory to copy");
    ASSERT_NE(section, std::string::npos);
    const auto begin = page.find("```toml\n", section) + 8, end = page.find("```", begin);
    const auto data = dataset::check(read({{"copied.toml", page.substr(begin, end - begin)}}));
    ASSERT_TRUE(data) << dataset::describe(data.error());
    EXPECT_EQ(data->duties.size(), 1u);
}

TEST(Nearest, FindsWhatWasMeant) {
    const std::vector<std::string> known{"officer", "council", "coordinator"};
    EXPECT_EQ(dataset::nearest("oficer", known), "officer");
    EXPECT_EQ(dataset::nearest("cuoncil", known), "council");
    EXPECT_EQ(dataset::nearest("landrat", known), "");
}

TEST(Before, CountsAsPeopleDo) {
    EXPECT_TRUE(dataset::before("5.4.1.2", "5.4.1.10"));
    EXPECT_FALSE(dataset::before("5.4.1.10", "5.4.1.2"));
    EXPECT_TRUE(dataset::before("4.1-a", "4.1-b"));
    EXPECT_TRUE(dataset::before("5.4", "5.4.1"));
    EXPECT_FALSE(dataset::before("5.4", "5.4"));
}

}  // namespace
