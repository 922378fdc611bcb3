#include <gmock/gmock.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "tests/disclosure/support.h"

namespace disclosure_test {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Said {
    int code;
    std::string out, err;
};

Said protect(std::vector<std::string> arguments) {
    std::ostringstream out, err;
    const int code = command_line(arguments, out, err);
    return {code, out.str(), err.str()};
}

class CommandLine : public testing::Test {
  protected:
    void SetUp() override {
        std::filesystem::create_directories(folder_ + "/case");
        put("case/case.csv", "key,value\ncase,sample\nthreshold,3\n");
        put("case/inner.csv", "a,b,freq\nx,m,2\nx,f,8\ny,m,9\ny,f,7\nz,m,11\nz,f,12\n");
        put("case/tables.csv", "table,dims\nT,a b\n");
        put("case/hier_a.csv", "child,parent\nx,s\ny,s\nz,s\n");
        put("case/hier_b.csv", "child,parent\nm,t\nf,t\n");
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::string at(const std::string& name) const { return folder_ + "/" + name; }
    void put(const std::string& name, const std::string& text) const { std::ofstream(at(name), std::ios::binary) << text; }
    std::string get(const std::string& name) const {
        std::ifstream in(at(name), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        return text.str();
    }

    const std::string folder_ = testing::TempDir() + "protect_" + std::to_string(::getpid());
};

TEST_F(CommandLine, RunWritesWhatIsPublishedAndTheAuditAcceptsIt) {
    const auto run = protect({"run", at("case"), "--out", at("out")});
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("sample: 1 primary, 3 secondary"));
    for (const char* confidential : {"out/pattern.csv", "out/certificate.json"})
        EXPECT_EQ(std::filesystem::status(at(confidential)).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto audited = protect({"audit", at("case"), at("out/pattern.csv"), "--json"});
    EXPECT_EQ(audited.code, 0) << audited.out;
    const auto said = boost::json::parse(audited.out).as_object();
    for (const char* name : {"safe", "unsafe", "forced", "determined", "width_lt_1", "insider_pairs", "secondary", "sum_suppressed"})
        EXPECT_TRUE(said.contains(name)) << name;
    EXPECT_TRUE(said.at("safe").as_bool());
    EXPECT_EQ(said.at("secondary").as_int64(), 3);
    EXPECT_TRUE(said.at("certificate").as_object().at("passed").as_bool());
    const auto certificate = boost::json::parse(get("out/certificate.json")).as_object();
    EXPECT_TRUE(certificate.at("passed").as_bool());
    EXPECT_EQ(certificate.at("intervals").as_array().size(), 1u);
}

TEST_F(CommandLine, OutsideProtectedCellsAndThoseThatProtectThemLookAlike) {
    ASSERT_EQ(protect({"run", at("case"), "--out", at("out")}).code, 0);
    const auto published = get("out/published.csv"), pattern = get("out/pattern.csv");
    EXPECT_THAT(published, Not(HasSubstr("primary")));
    EXPECT_THAT(published, testing::StartsWith("a,b,freq\n"));
    // Each suppressed cell of the pattern, of either kind, is the same point.
    std::istringstream lines(pattern);
    std::string line;
    std::getline(lines, line);
    std::size_t suppressed = 0;
    while (std::getline(lines, line)) {
        const auto codes = line.substr(0, line.find(',', line.find(',') + 1));
        EXPECT_THAT("\n" + published, HasSubstr("\n" + codes + ",.\n"));
        ++suppressed;
    }
    EXPECT_EQ(suppressed, 4u);
    EXPECT_EQ(std::ranges::count(published, '.'), 4);
}

TEST_F(CommandLine, TheAuditRefusesAndSaysWhy) {
    put("case/inner.csv", "a,b,freq\nx,m,1\nx,f,1\ny,m,1\ny,f,1\nz,m,11\nz,f,12\n");
    put("ones.csv", "a,b,freq,primary\nx,m,1,1\nx,f,1,1\ny,m,1,1\ny,f,1,1\nx,t,2,1\ny,t,2,1\n");
    const auto ones = protect({"audit", at("case"), at("ones.csv"), "--json"});
    EXPECT_EQ(ones.code, 1);
    const auto said = boost::json::parse(ones.out).as_object();
    EXPECT_FALSE(said.at("safe").as_bool());
    EXPECT_EQ(said.at("forced").as_int64(), 6);
    ASSERT_EQ(said.at("unsafe").as_array().size(), 6u);
    EXPECT_EQ(protect({"audit", at("case"), at("ones.csv"), "--lower-bound", "0"}).code, 0);
    put("case/inner.csv", "a,b,freq\nx,m,2\nx,f,8\ny,m,9\ny,f,7\nz,m,11\nz,f,12\n");
    put("alone.csv", "a,b,freq,primary\nx,m,2,1\n");
    const auto alone = protect({"audit", at("case"), at("alone.csv")});
    EXPECT_EQ(alone.code, 1);
    EXPECT_THAT(alone.out, HasSubstr("x × m: determined"));
}

TEST_F(CommandLine, BadInputIsOneMessageWithAllMistakesAndTheirLines) {
    put("case/case.csv", "key,value\nthreshold,0\n");
    put("case/hier_a.csv", "child,parent\nx,s\ny,s\nz,s\nq,r\nr,q\nlost,nobody\nx,s\n");
    put("case/hier_b.csv", "");
    put("case/inner.csv", "a,b,freq\nx,m,-2\nx,f,1.5\nx,f,8\nx,f,8\ns,m,9\nnone,f,7\nz,m,many\n");
    const auto bad = protect({"run", at("case"), "--out", at("out")});
    EXPECT_EQ(bad.code, 2);
    for (const char* part : {"line 2: case.csv: The threshold", "line 5: hier_a.csv: The hierarchy runs in a circle",
                             "line 7: hier_a.csv: The hierarchy must have one total", "line 8: hier_a.csv: The line occurs twice",
                             "hier_b.csv: The file is empty", "line 2: inner.csv: The count -2 is negative",
                             "line 3: inner.csv: The count 1.5 is not a whole number", "line 6: inner.csv: Code “s” of a is a sum",
                             "line 7: inner.csv: Code “none” is not in hierarchy a", "line 8: inner.csv: “many” is not a count"})
        EXPECT_THAT(bad.err, HasSubstr(part));
    EXPECT_FALSE(std::filesystem::exists(at("out/published.csv")));
}

TEST_F(CommandLine, EveryKindOfBadInputEndsWithTwo) {
    const auto with = [&](const std::string& file, const std::string& text) {
        const auto before = get(file);
        put(file, text);
        const auto said = protect({"run", at("case"), "--out", at("out")});
        put(file, before);
        EXPECT_EQ(said.code, 2) << file << ": " << text;
        return said.err;
    };
    for (const char* file : {"case/case.csv", "case/inner.csv", "case/tables.csv", "case/hier_a.csv"})
        EXPECT_THAT(with(file, ""), HasSubstr("The file is empty"));
    EXPECT_THAT(with("case/hier_a.csv", "child,parent\nx,s\ny,x\nz,y\nx,z\n"), HasSubstr("circle"));
    EXPECT_THAT(with("case/hier_a.csv", "child,parent\nx,s\ny,s\nz,o\n"),
                HasSubstr("line 4: hier_a.csv: The hierarchy must have one total; without parent are: o, s"));
    EXPECT_THAT(with("case/hier_a.csv", "child,parent\nx,s\ny,s\n"), HasSubstr("line 6: inner.csv: Code “z” is not in hierarchy a"));
    EXPECT_THAT(with("case/inner.csv", "a,b,freq\nx,m,2\nx,m,2\n"), HasSubstr("line 3: inner.csv: The same combination is already in line 2"));
    EXPECT_THAT(with("case/tables.csv", "table,dims\nT,a c\n"), HasSubstr("Dimension c has no hierarchy"));
    EXPECT_THAT(with("case/case.csv", "key,value\ncase,sample\n"), HasSubstr("No threshold is given"));
    EXPECT_EQ(protect({"run", at("nowhere")}).code, 2);
    EXPECT_EQ(protect({"audit", at("case"), at("nowhere.csv")}).code, 2);
    put("shows.csv", "a,b,freq,primary\ny,m,9,0\n");
    const auto shows = protect({"audit", at("case"), at("shows.csv")});
    EXPECT_EQ(shows.code, 2);
    EXPECT_THAT(shows.err, HasSubstr("The pattern publishes the protected cell x × m"));
    put("odd.csv", "a,b,freq,primary\nx,m,3,0\nx,q,1,1\nx,f,8,1\nx,f,8,0\n");
    const auto odd = protect({"audit", at("case"), at("odd.csv")});
    EXPECT_EQ(odd.code, 2);
    for (const char* part : {"line 2: odd.csv: The count 3 differs", "line 2: odd.csv: The cell x × m is protected", "line 3: odd.csv: Code “q”",
                             "line 4: odd.csv: The cell x × f is not protected", "line 5: odd.csv: The same combination is already in line 4"})
        EXPECT_THAT(odd.err, HasSubstr(part));
}

TEST_F(CommandLine, OptionsAreReadStrictly) {
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{},
                                               {"run"},
                                               {"walk", at("case")},
                                               {"audit", at("case")},
                                               {"run", at("case"), "--seed"},
                                               {"run", at("case"), "--seed", "one"},
                                               {"run", at("case"), "--colour", "red"},
                                               {"run", at("case"), "--method", "guess"},
                                               {"run", at("case"), "--threshold", "0"},
                                               {"run", at("case"), "--width", "0"},
                                               {"run", at("case"), "--lower-bound", "2"},
                                               {"run", at("case"), "--insider", "2"},
                                               {"run", at("case"), "--dominance", "101"},
                                               {"run", at("case"), "--dominance", "75"},
                                               {"run", at("case"), "--fast", "--budget", "5"},
                                               {"run", at("case"), "--period", "2019"},
                                               {"run", at("case"), "--ledger", at("ledger")},
                                               {"run", at("case"), "--ledger", at("ledger"), "--period", "2019", "--kind", "flow"},
                                               {"run", at("case"), "--ledger", at("ledger"), "--period", "2019", "--audience", "some"},
                                               {"run", at("case"), "--hierarchy-version", "q=new"},
                                               {"run", at("case"), "--costs", at("nowhere.csv")},
                                               {"run", "--table", at("nowhere.csv"), "--dims", "a"}}) {
        const auto said = protect(arguments);
        EXPECT_EQ(said.code, 2) << testing::PrintToString(arguments);
        EXPECT_FALSE(said.err.empty());
    }
    EXPECT_EQ(protect({"--help"}).code, 0);
}

TEST_F(CommandLine, ATableByHandNeedsNoCase) {
    put("data.csv", "\xEF\xBB\xBFgem;nat;Anzahl\r\nN;syr;2\r\nN;afg;8\r\nE;syr;9\r\nE;afg;7\r\nW;syr;12\r\nW;afg;15\r\nInsgesamt;syr;23\r\n");
    put("nat.csv", "child,parent\nsyr,all\nafg,all\n");
    const auto run = protect(
        {"run", "--table", at("data.csv"), "--dims", "gem,nat", "--hierarchy", "nat=" + at("nat.csv"), "--threshold", "3", "--out", at("out")});
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("1 primary, 3 secondary"));
    EXPECT_THAT(get("out/published.csv"), HasSubstr("Insgesamt,all,53\n"));
    const auto audited = protect(
        {"audit", "--table", at("data.csv"), "--dims", "gem,nat", "--hierarchy", "nat=" + at("nat.csv"), "--threshold", "3", at("out/pattern.csv")});
    EXPECT_EQ(audited.code, 0) << audited.err;
    for (const auto& [text, says] : std::vector<std::pair<std::string, std::string>>{
             {"gem,nat,freq\nN,syr,-2\nE,afg,1.5\n", "line 3: data.csv: The count 1.5 is not a whole number"},
             {"gem,nat,freq\nN,syr,2\nE,syr,3\nTotal,syr,6\n", "line 4: data.csv: The sum Total × syr is given as 6, but its parts add up to 5"},
             {"gem,nat,freq\nN,syr,2\nN,rou,2\n", "line 3: data.csv: Code “rou” is not in hierarchy nat"},
             {"gem,nat,freq\nN,syr,2\nN,syr,2\n", "line 3: data.csv: The same combination is already in line 2"},
             {"gem,nationality,freq\nN,syr,2\n", "Column nat is missing"},
             {"", "data.csv: The file is empty"}}) {
        put("data.csv", text);
        const auto bad = protect({"run", "--table", at("data.csv"), "--dims", "gem,nat", "--hierarchy", "nat=" + at("nat.csv"), "--out", at("out")});
        EXPECT_EQ(bad.code, 2);
        EXPECT_THAT(bad.err, HasSubstr(says));
    }
    EXPECT_EQ(protect({"run", "--table", at("data.csv"), "--dims", "gem", "--hierarchy", "nat=" + at("nat.csv")}).code, 2);
    EXPECT_EQ(protect({"run", "--table", at("data.csv"), "--dims", "gem", "--hierarchy", "nat"}).code, 2);
}

TEST_F(CommandLine, RulesReachTheSuppression) {
    put("case/inner.csv",
        "a,b,freq,contributors,largest,second\nx,m,20,2,10,10\nx,f,80,30,3,3\ny,m,90,30,70,3\ny,f,70,30,3,3\nz,m,110,30,3,3\nz,f,120,30,3,3\n");
    const auto primary = [&](std::vector<std::string> options) {
        std::vector<std::string> arguments{"run", at("case"), "--out", at("out")};
        arguments.insert(arguments.end(), options.begin(), options.end());
        const auto run = protect(arguments);
        EXPECT_EQ(run.code, 0) << run.err;
        const auto shown = boost::json::parse(get("out/certificate.json")).as_object().at("audit").as_object();
        return shown.at("primary").as_int64();
    };
    EXPECT_EQ(primary({}), 0);
    EXPECT_EQ(primary({"--few-contributors", "2"}), 0);
    EXPECT_EQ(primary({"--few-contributors", "3"}), 1);
    EXPECT_EQ(primary({"--dominance", "77"}), 1);  // 70 of 90
    EXPECT_EQ(primary({"--dominance", "78"}), 0);
    EXPECT_EQ(primary({"--dominance-two", "99"}), 1);  // x m: 10 + 10 of 20
    EXPECT_EQ(primary({"--threshold", "20"}), 0);
    EXPECT_EQ(primary({"--threshold", "21"}), 1);
    put("costs.csv", "a,b,must_publish\ny,m,1\ny,f,1\n");
    EXPECT_EQ(primary({"--threshold", "21", "--costs", at("costs.csv")}), 1);
    EXPECT_THAT(get("out/published.csv"), HasSubstr("y,m,90\n"));
    EXPECT_THAT(get("out/published.csv"), HasSubstr("z,m,.\n"));
}

TEST_F(CommandLine, TheLedgerRemembersAndRefuses) {
    const auto run = [&](std::vector<std::string> options) {
        std::vector<std::string> arguments{"run", at("case"), "--out", at("out"), "--ledger", at("ledger"), "--statistic", "foreigners"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        return protect(arguments);
    };
    ASSERT_EQ(run({"--period", "2019"}).code, 0);
    EXPECT_EQ(std::ranges::count(get("ledger"), '\n'), 1);
    ASSERT_EQ(run({"--period", "2019"}).code, 0);  // the same again is no news
    std::filesystem::remove(at("out/published.csv"));
    // What has been published cannot be protected afterwards; and nothing is written or recorded.
    const auto late = run({"--period", "2019", "--threshold", "12"});
    EXPECT_EQ(late.code, 1);
    EXPECT_THAT(late.err, HasSubstr("Earlier publication: foreigners 2019 (stock, public)"));
    EXPECT_FALSE(std::filesystem::exists(at("out/published.csv")));
    EXPECT_EQ(std::ranges::count(get("ledger"), '\n'), 2);
    EXPECT_EQ(run({"--period", "2020", "--threshold", "12", "--follows", "2019"}).code, 0);
    EXPECT_EQ(run({"--period", "2019", "--threshold", "12", "--audience", "internal"}).code, 1);
    const auto rounded = run({"--period", "2019", "--method", "round"});
    EXPECT_EQ(rounded.code, 2);
    EXPECT_THAT(rounded.err, HasSubstr("another method"));
    // A pattern made elsewhere, seen with the ledger.
    put("other.csv", "a,b,freq,primary\nx,m,2,1\nx,f,8,0\nz,m,11,0\nz,f,12,0\n");
    EXPECT_EQ(protect({"audit", at("case"), at("other.csv")}).code, 0);
    const auto audited =
        protect({"audit", at("case"), at("other.csv"), "--json", "--ledger", at("ledger"), "--statistic", "foreigners", "--period", "2019"});
    const auto said = boost::json::parse(audited.out).as_object();
    EXPECT_EQ(audited.code, said.at("safe").as_bool() ? 0 : 1);
    EXPECT_EQ(said.at("ledger").as_object().at("publications").as_int64(), 3);
    put("ledger", "nonsense\n");
    EXPECT_EQ(run({"--period", "2021"}).code, 2);
}

TEST_F(CommandLine, RoundingIsAuditedAndCellKeysAreSteady) {
    const auto rounded = protect({"run", at("case"), "--method", "round", "--base", "5", "--out", at("out")});
    EXPECT_EQ(rounded.code, 0) << rounded.err << rounded.out;
    EXPECT_THAT(get("out/published.csv"), HasSubstr("x,m,0\n"));
    EXPECT_THAT(get("out/published.csv"), HasSubstr("x,t,10\n"));
    EXPECT_TRUE(boost::json::parse(get("out/certificate.json")).as_object().at("passed").as_bool());
    const auto exact = protect({"run", at("case"), "--method", "round", "--base", "1", "--out", at("exact")});
    EXPECT_EQ(exact.code, 1);
    EXPECT_FALSE(std::filesystem::exists(at("exact/published.csv")));
    ASSERT_EQ(protect({"run", at("case"), "--method", "cell-key", "--secret", "12345", "--out", at("out")}).code, 0);
    const auto once = get("out/published.csv");
    ASSERT_EQ(protect({"run", at("case"), "--method", "cell-key", "--secret", "12345", "--out", at("out")}).code, 0);
    EXPECT_EQ(get("out/published.csv"), once);
}

}  // namespace
}  // namespace disclosure_test
