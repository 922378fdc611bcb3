// Load, export and load again give the same; a second load changes nothing; the sample comes and goes.
#include "dataset/api.h"

#include <fstream>
#include <sstream>

#include "dataset/check.h"
#include "dataset/read_database.h"
#include "dataset/write.h"
#include "duties/store.h"
#include "evidence/store.h"
#include "measures/store.h"
#include "platform/base/root.h"
#include "platform/identity/store.h"
#include "tests/platform/db/support/engines.h"

namespace {

namespace fs = std::filesystem;
const fs::path data_folder = fs::path(base::source_root()) / "data";
const fs::path example = data_folder / "nordhausen-2018";
const fs::path sample = data_folder / "nordhausen-2018-sample";
const base::Clock today{base::day(2020, 9, 30)};

class DataSets : public db::testing::OnBothEngines {
  protected:
    std::map<std::string, std::string> files(dataset::Part part) {
        const auto data = database().read([&](db::Connection& c) { return dataset::read_database(c, part); });
        EXPECT_TRUE(data) << base::describe(data.error());
        return data ? dataset::written(*data) : std::map<std::string, std::string>{};
    }
    void load(const fs::path& directory) {
        const auto report = dataset::load(database(), directory, today);
        ASSERT_TRUE(report) << dataset::describe(report.error());
    }
};
MITEINANDER_ON_BOTH_ENGINES(DataSets);

std::map<std::string, std::string> from_files(const fs::path& directory, const dataset::Known& known = {}) {
    auto data = dataset::check(std::move(*dataset::parse_directory(directory)), known);
    if (!data) throw std::runtime_error(dataset::describe(data.error()));
    data->accounts.clear();  // never exported
    return dataset::written(*data);
}

// The first line in which two sets of files differ; "" when none does.
std::string difference(const std::map<std::string, std::string>& a, const std::map<std::string, std::string>& b) {
    for (const auto* one : {&a, &b}) {
        const auto& other = one == &a ? b : a;
        for (const auto& [name, text] : *one) {
            if (!other.contains(name)) return name + " stands on one side only";
            std::istringstream x(text), y(other.at(name));
            std::string from_x, from_y;
            for (int line = 1;; ++line) {
                const bool more_x = static_cast<bool>(std::getline(x, from_x)), more_y = static_cast<bool>(std::getline(y, from_y));
                if (!more_x && !more_y) break;
                if (more_x != more_y || from_x != from_y)
                    return name + ":" + std::to_string(line) + ": " + (more_x ? from_x : "(end)") + " | " + (more_y ? from_y : "(end)");
            }
        }
    }
    return "";
}

class Folder {
  public:
    Folder() : path_(fs::temp_directory_path() / ("miteinander-export-" + std::to_string(::getpid()) + "-" + std::to_string(++count))) {}
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    const fs::path& path() const { return path_; }

  private:
    static inline int count = 0;
    fs::path path_;
};

TEST_P(DataSets, LoadedAndExportedAreTheSame) {
    load(example);
    EXPECT_EQ(difference(files(dataset::Part::base), from_files(example)), "");
    load(sample);
    EXPECT_EQ(difference(files(dataset::Part::base), from_files(example)), "") << "the sample stays apart";
    const auto known = dataset::known_from(*dataset::check(std::move(*dataset::parse_directory(example))));
    EXPECT_EQ(difference(files(dataset::Part::sample), from_files(sample, known)), "");

    Folder folder;
    const auto exported = dataset::export_to(database(), folder.path());
    ASSERT_TRUE(exported) << base::describe(exported.error());
    EXPECT_EQ(difference(from_files(folder.path()), from_files(example)), "");
    EXPECT_FALSE(dataset::export_to(database(), folder.path())) << "an export never overwrites";
}

// SQLite knows nothing of the values of an index until it is told to look; PostgreSQL looks by itself.
TEST_P(DataSets, TheDatabaseKnowsWhatWasLoaded) {
    load(example);
    load(sample);
    if (database().engine() != db::Engine::sqlite) return;
    for (const char* table : {"statements", "evidence", "measures"}) {
        const auto known = database().read([&](db::Connection& c) {
            return c.query_one<std::int64_t>("select count(*) as n from sqlite_stat1 where tbl = :table", {{"table", table}},
                                             [](const db::Row& row) { return row.int64("n"); });
        });
        ASSERT_TRUE(known) << base::describe(known.error());
        EXPECT_GT(known->value(), 0) << table;
    }
}

// A meeting of the sample writes its own evidence, under a key no file names: it belongs to the sample as the meeting does.
TEST_P(DataSets, WhatTheSampleWroteByItselfIsNoPartOfTheDistrict) {
    load(example);
    load(sample);
    const auto written = database().write([](db::Connection& c) {
        evidence::Entry entry;
        entry.record.kind = "network.meeting_held";
        entry.record.subject = "nimm";
        entry.record.occurred_on = base::day(2020, 9, 1);
        entry.sample = true;
        return evidence::record(c, entry, {{}, today.now()});
    });
    ASSERT_TRUE(written) << base::describe(written.error());
    EXPECT_EQ(difference(files(dataset::Part::base), from_files(example)), "");
    EXPECT_NE(files(dataset::Part::sample).at("evidence.toml").find("occurred_on = 2020-09-01"), std::string::npos);
}

// (duty, period) → state and what is at risk, of the whole installation on the day of the demonstration.
std::map<std::string, std::string> judged(db::Database& database, bool from_ledger) {
    duties::Question question;
    question.as_of = base::day(2020, 9, 30);
    question.from_ledger = from_ledger;
    std::map<std::string, std::string> out;
    const auto read = database.read([&](db::Connection& c) -> base::Result<bool> {
        TRY(const auto judgement, duties::judge_all(c, question));
        for (const auto& one : judgement.judged)
            for (const auto& o : one.occurrences) {
                auto& says = out[o.duty + " " + o.period];
                says = duties::name_of(o.state);
                for (const auto& risk : o.at_risk) says += " " + risk;
            }
        return true;
    });
    EXPECT_TRUE(read) << base::describe(read.error());
    return out;
}

TEST_P(DataSets, TheLoadedSampleIsJudged) {
    load(example);
    load(sample);
    const auto states = judged(database(), true);
    EXPECT_EQ(judged(database(), false), states) << "roll-ups and ledger say the same";
    EXPECT_EQ(states.at("5.4.1.8-places 2019"), "breached");
    EXPECT_EQ(states.at("6-b-report 2018"), "fulfilled_late");
    EXPECT_EQ(states.at("5.4.3-proposal once"), "fulfilled");
    EXPECT_NE(states.at("5.4.1.6-recommendation 2020").find("funding_ended"), std::string::npos) << "the coordinator's funding ended in August 2020";
    ASSERT_TRUE(dataset::remove_sample(database(), today));
    EXPECT_EQ(judged(database(), false).at("5.4.1.8-places 2019"), "breached") << "without evidence nothing is fulfilled";
    EXPECT_EQ(judged(database(), false).at("5.4.3-proposal once"), "breached");
}

TEST_P(DataSets, TheLoadedMeasuresAreOfEveryGrade) {
    load(example);
    load(sample);
    std::set<measures::Grade> grades;
    const auto read = database().read([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto world, measures::read_world(c, base::day(2020, 9, 30)));
        measures::Filter all;
        all.per_page = 0;
        TRY(const auto page, measures::list(c, all));
        for (const auto& dossier : page.dossiers) grades.insert(measures::judged(dossier, world).gate.grade);
        return {};
    });
    ASSERT_TRUE(read) << base::describe(read.error());
    for (const auto grade : measures::all_grades) EXPECT_TRUE(grades.contains(grade)) << measures::name_of(grade);
}

TEST_P(DataSets, ASecondLoadIsRefusedAndChangesNothing) {
    load(example);
    const auto before = files(dataset::Part::base);
    const auto again = dataset::load(database(), example, today);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, base::ErrorKind::conflict);
    EXPECT_EQ(dataset::describe(again.error()), "The data set “nordhausen-2018” is loaded already. Nothing was changed.");
    EXPECT_EQ(difference(files(dataset::Part::base), before), "");
    std::ostringstream out, err;
    EXPECT_EQ(dataset::load_command(database(), example, today, dataset::Again::skip, out, err), 0) << "what is loaded is kept";
    EXPECT_EQ(difference(files(dataset::Part::base), before), "");
}

TEST_P(DataSets, TheSampleNeedsItsDistrict) {
    const auto alone = dataset::load(database(), sample, today);
    ASSERT_FALSE(alone);
    EXPECT_EQ(dataset::describe(alone.error()), "The data set “nordhausen-2018-sample” builds on “nordhausen-2018”. Please load that first.");
}

TEST_P(DataSets, TheSampleGoesAndMayComeAgain) {
    load(example);
    EXPECT_FALSE(dataset::remove_sample(database(), today)) << "there is none";
    const auto without = files(dataset::Part::base);
    load(sample);
    EXPECT_TRUE(dataset::has_sample(database()));
    const auto with = files(dataset::Part::sample);
    const auto removed = dataset::remove_sample(database(), today);
    ASSERT_TRUE(removed) << base::describe(removed.error());
    EXPECT_FALSE(dataset::has_sample(database()));
    EXPECT_EQ(difference(files(dataset::Part::base), without), "");
    const auto nothing = files(dataset::Part::sample);
    EXPECT_FALSE(nothing.contains("evidence.toml") || nothing.contains("decisions.toml") || nothing.contains("bearers.toml"));
    const auto accounts = database().read([](db::Connection& c) { return identity::accounts(c); });
    ASSERT_TRUE(accounts);
    EXPECT_EQ(accounts->size(), 4u);
    for (const auto& account : *accounts) EXPECT_TRUE(account.disabled);
    load(sample);
    EXPECT_EQ(difference(files(dataset::Part::sample), with), "");
}

TEST_P(DataSets, RecordedDaysAreKeptOnlyInAnEmptyLedger) {
    load(example);
    Folder folder;
    fs::create_directories(folder.path());
    const auto write =
        [&](const std::string& key) {
            std::ofstream(folder.path() / "more.toml")
                << "[dataset]\nkey = \"" << key << "\"\ntitle = { de = \"Mehr\" }\n[[evidence]]\nkey = \"" << key
                << "-1\"\nkind = \"council.report_delivered\"\noccurred_on = 2019-02-14\nrecorded_on = 2019-02-15\n";
        };
    write("first");
    load(folder.path());
    write("second");
    load(folder.path());
    const auto ledger = files(dataset::Part::base).at("evidence.toml");
    EXPECT_NE(ledger.find("recorded_on = 2019-02-15"), std::string::npos);
    EXPECT_NE(ledger.find("recorded_on = 2020-09-30"), std::string::npos);
}

TEST_P(DataSets, AMistakeLeavesNothingBehind) {
    Folder folder;
    fs::create_directories(folder.path());
    std::ofstream(folder.path() / "a.toml")
        << "[dataset]\nkey = \"a\"\ntitle = { de = \"A\" }\n[[bearer]]\nkey = \"x\"\nkind = \"unit\"\nname = { de = \"X\" }\npart_of = \"y\"\n";
    std::ostringstream out, err;
    EXPECT_EQ(dataset::load_command(database(), folder.path(), today, dataset::Again::refuse, out, err), 2);
    EXPECT_EQ(err.str(), "a.toml:8: There is no bearer “y”.\n");
    EXPECT_FALSE(files(dataset::Part::base).contains("bearers.toml"));
}

TEST_P(DataSets, TheKeyFiguresTellWhatDoesNotFit) {
    load(example);
    const auto figures = database().read([](db::Connection& c) { return dataset::key_figures(c, "2018"); });
    ASSERT_TRUE(figures) << base::describe(figures.error());
    const auto share = std::find_if(figures->begin(), figures->end(), [](const auto& f) { return f.key == "foreign-share"; });
    ASSERT_NE(share, figures->end());
    EXPECT_EQ(share->value, "7.6");
    EXPECT_EQ(share->comes_out, "7.67");
    const auto absent = std::find_if(figures->begin(), figures->end(), [](const auto& f) { return f.key == "germans-with-migration-background"; });
    ASSERT_NE(absent, figures->end());
    EXPECT_EQ(absent->value, "");
}

TEST(Commands, CheckNeedsNoDatabase) {
    std::ostringstream out, err;
    EXPECT_EQ(dataset::check_command(sample, out, err), 0) << err.str();
    EXPECT_NE(out.str().find("nordhausen-2018-sample is well"), std::string::npos);
    EXPECT_EQ(dataset::check_command(data_folder / "nowhere", out, err), 2);
}

}  // namespace
