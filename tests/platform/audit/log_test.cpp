#include "platform/audit/api.h"

#include <fstream>
#include <thread>

#include "platform/base/root.h"
#include "platform/db/transfer.h"
#include "tests/platform/db/support/engines.h"

namespace {

using audit::Difference;
using audit::EntryId;
using audit::Finding;
using audit::Flaw;
using base::Result;

const identity::Actor officer{.account = identity::AccountId{7}, .role = identity::Role::integration_officer, .display_name = "Officer", .office = 0};
const base::Instant noon = *base::parse_iso_instant("2020-09-30T10:00:00.000250Z");

audit::Change change(std::string record, std::string action, audit::Values before, audit::Values after) {
    return {.by = officer,
            .at = noon,
            .subject = "plan.clause",
            .record = std::move(record),
            .action = std::move(action),
            .before = std::move(before),
            .after = std::move(after)};
}

class Log : public db::testing::OnBothEngines {
  protected:
    EntryId record(const audit::Change& c) {
        const auto id = database().write([&](db::Connection& on) { return audit::record(on, c); });
        if (!id) ADD_FAILURE() << base::describe(id.error());
        return id.value_or(EntryId{});
    }
    void record_three() {
        record(change("1", "create", {}, {{"number", "4.1"}, {"heading", "Council"}}));
        record(change("1", "change", {{"number", "4.1"}, {"heading", "Council"}}, {{"number", "4.1"}, {"heading", "Advisory council"}}));
        record(change("2", "create", {}, {{"note", "call Mrs. Example"}, {"number", "4.2"}}));
    }
    audit::Verification verify(const std::optional<audit::Head>& known = {}) {
        auto done = database().read([&](db::Connection& c) { return audit::verify(c, known); });
        if (!done) ADD_FAILURE() << base::describe(done.error());
        return done.value_or(audit::Verification{});
    }
    audit::Head head() {
        const auto done = database().read([](db::Connection& c) { return audit::head(c); });
        if (!done) ADD_FAILURE() << base::describe(done.error());
        return done.value_or(audit::Head{});
    }
    std::vector<audit::Entry> history(std::string_view record, const audit::Page& page = {}) {
        auto done = database().read([&](db::Connection& c) { return audit::history(c, "plan.clause", record, page); });
        if (!done) ADD_FAILURE() << base::describe(done.error());
        return done.value_or(std::vector<audit::Entry>{});
    }
    Result<std::int64_t> purge(EntryId entry, std::string field, std::string reason = "name of a person") {
        return database().write([&](db::Connection& c) {
            return audit::purge(c, entry, {.field = std::move(field), .reason = std::move(reason), .by = officer, .at = noon});
        });
    }
    // What somebody does who has the database in their hands: first they take away the triggers.
    void tamper(const std::string& sql) {
        const auto done = database().write([&](db::Connection& c) -> Result<void> {
            if (c.engine() == db::Engine::sqlite) {
                for (const char* trigger : {"audit_entries_stay", "audit_entries_remain", "audit_values_remain", "audit_values_stay",
                                            "audit_head_remains", "audit_head_rises"})
                    TRY_VOID(c.script(std::string("drop trigger if exists ") + trigger));
            } else {
                for (const char* table : {"audit_entries", "audit_values", "audit_head"})
                    TRY_VOID(c.script(std::string("alter table ") + table + " disable trigger user"));
            }
            return c.script(sql);
        });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
};
MITEINANDER_ON_BOTH_ENGINES(Log);

TEST_P(Log, KeepsWhoWhenWhatBeforeAndAfter) {
    record_three();
    const auto entries = history("1");
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].id, EntryId{2});
    EXPECT_EQ(entries[0].at, noon);
    EXPECT_EQ(entries[0].account, officer.account);
    EXPECT_EQ(entries[0].action, "change");
    // Only what differs.
    EXPECT_EQ(entries[0].differences, (std::vector<Difference>{{"heading", "Council", "Advisory council", false}}));
    EXPECT_EQ(entries[1].differences, (std::vector<Difference>{{"number", {}, "4.1", false}, {"heading", {}, "Council", false}}));
    const auto report = verify();
    EXPECT_TRUE(report.intact());
    EXPECT_EQ(report.entries, 3);
    EXPECT_EQ(report.head, head());
}

TEST_P(Log, IsPagedNewestFirst) {
    for (int i = 1; i <= 5; ++i) record(change("1", "change", {{"n", std::to_string(i)}}, {{"n", std::to_string(i + 1)}}));
    const auto first = history("1", {.limit = 2});
    ASSERT_EQ(first.size(), 2u);
    EXPECT_EQ(first[0].id, EntryId{5});
    const auto second = history("1", {.limit = 2, .older_than = first.back().id});
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(second[0].id, EntryId{3});
    EXPECT_EQ(history("1", {.limit = 2, .older_than = second.back().id}).size(), 1u);
    EXPECT_TRUE(history("2").empty());
}

TEST_P(Log, GoesWithTheChange) {
    EXPECT_EQ(head().number, 0);
    EXPECT_TRUE(verify(head()).intact());
    const auto done = database().write([](db::Connection& c) -> Result<void> {
        TRY_VOID(audit::record(c, change("1", "create", {}, {{"a", "b"}})));
        return base::error(base::ErrorKind::conflict, "the change itself failed");
    });
    ASSERT_FALSE(done);
    EXPECT_EQ(head().number, 0);
    EXPECT_EQ(record(change("1", "create", {}, {})), EntryId{1});
    EXPECT_TRUE(verify().intact());
}

TEST_P(Log, IsOnlyAppendedTo) {
    record_three();
    for (const char* sql : {"update audit_entries set action = 'x' where number = 1", "delete from audit_entries where number = 3",
                            "delete from audit_values where entry_number = 3", "update audit_values set entry_number = 99 where entry_number = 3",
                            "delete from audit_head", "update audit_head set number = 1"}) {
        const auto done = database().write([&](db::Connection& c) { return c.execute(sql); });
        ASSERT_FALSE(done) << sql;
        EXPECT_EQ(db::failure_of(done.error()), db::Failure::check) << sql << ": " << done.error().detail;
    }
    EXPECT_TRUE(verify().intact());
}

struct Tampering {
    const char* sql;
    std::vector<Finding> findings;
};
TEST_P(Log, ShowsWhatWasTamperedWith) {
    const Tampering cases[] = {
        {"update audit_entries set action = 'create' where number = 2", {{EntryId{2}, Flaw::altered}}},
        {"update audit_entries set account_id = 8 where number = 1", {{EntryId{1}, Flaw::altered}}},
        {"update audit_entries set record = '1' where number = 3", {{EntryId{3}, Flaw::altered}}},
        {"delete from audit_values where entry_number = 2; delete from audit_entries where number = 2", {{EntryId{2}, Flaw::removed}}},
        {"delete from audit_values where entry_number = 1; delete from audit_entries where number = 1", {{EntryId{1}, Flaw::removed}}},
        {"delete from audit_values where entry_number = 3; delete from audit_entries where number = 3", {{EntryId{3}, Flaw::cut_off}}},
        {"update audit_values set fields = replace(fields, 'Advisory', 'Any') where entry_number = 2", {{EntryId{2}, Flaw::values_altered}}},
        {"update audit_values set fields = '[]' where entry_number = 2", {{EntryId{2}, Flaw::values_altered}}},
        {"update audit_values set fields = 'nonsense' where entry_number = 2", {{EntryId{2}, Flaw::values_altered}}},
        {"delete from audit_values where entry_number = 2", {{EntryId{2}, Flaw::values_removed}}},
        {"delete from audit_values; delete from audit_entries; delete from audit_head",
         {}},  // an empty log is a whole one: only a known head shows it
        {"update audit_head set digest = (select digest from audit_entries where number = 1)", {{EntryId{3}, Flaw::altered}}},
    };
    for (const auto& c : cases) {
        db::testing::Place place(GetParam(), db::testing::Place::Content::migrated);
        const auto own = db::testing::open_or_fail(place.where());
        ASSERT_TRUE(own);
        SCOPED_TRACE(c.sql);
        const auto swapped = [&](const auto& work) { ASSERT_TRUE(own->write(work)); };
        swapped([](db::Connection& on) -> Result<void> {
            TRY_VOID(audit::record(on, change("1", "create", {}, {{"heading", "Council"}})));
            TRY_VOID(audit::record(on, change("1", "change", {{"heading", "Council"}}, {{"heading", "Advisory council"}})));
            TRY_VOID(audit::record(on, change("2", "create", {}, {{"number", "4.2"}})));
            return {};
        });
        const auto known = own->read([](db::Connection& on) { return audit::head(on); });
        ASSERT_TRUE(known);
        swapped([&](db::Connection& on) -> Result<void> {
            if (on.engine() == db::Engine::sqlite) {
                for (const char* trigger : {"audit_entries_stay", "audit_entries_remain", "audit_values_remain", "audit_values_stay",
                                            "audit_head_remains", "audit_head_rises"})
                    TRY_VOID(on.script(std::string("drop trigger ") + trigger));
            } else {
                for (const char* table : {"audit_entries", "audit_values", "audit_head"})
                    TRY_VOID(on.script(std::string("alter table ") + table + " disable trigger user"));
            }
            return on.script(c.sql);
        });
        const auto report = own->read([](db::Connection& on) { return audit::verify(on); });
        ASSERT_TRUE(report) << base::describe(report.error());
        EXPECT_EQ(report->findings, c.findings);
        const auto with_head = own->read([&](db::Connection& on) { return audit::verify(on, *known); });
        ASSERT_TRUE(with_head);
        EXPECT_FALSE(with_head->intact());
    }
}

// The end was cut off and the head set back, so that the log looks whole: the head exported before knows better.
TEST_P(Log, IsComparedWithAnExportedHead) {
    record_three();
    const auto known = head();
    EXPECT_EQ(known.number, 3);
    record(change("3", "create", {}, {}));
    EXPECT_TRUE(verify(known).intact()) << "a log that grew still holds the known head";
    tamper(
        "delete from audit_values where entry_number >= 3; delete from audit_entries where number >= 3;"
        "update audit_head set number = 2, digest = (select digest from audit_entries where number = 2)");
    EXPECT_TRUE(verify().intact());
    EXPECT_EQ(verify(known).findings, (std::vector<Finding>{{EntryId{3}, Flaw::cut_off}}));
    // And then something else was written in its place.
    record(change("2", "create", {}, {{"number", "9.9"}}));
    EXPECT_TRUE(verify().intact());
    EXPECT_EQ(verify(known).findings, (std::vector<Finding>{{EntryId{3}, Flaw::other_chain}}));
}

TEST_P(Log, PurgesAValueAndStillProvesItself) {
    record_three();
    const auto known = head();
    const auto blanked = purge(EntryId{3}, "note");
    ASSERT_TRUE(blanked) << base::describe(blanked.error());
    EXPECT_EQ(*blanked, 1);
    EXPECT_EQ(history("2").at(0).differences, (std::vector<Difference>{{"note", {}, {}, true}, {"number", {}, "4.2", false}}));
    const auto report = verify(known);
    EXPECT_TRUE(report.intact());
    EXPECT_EQ(report.purged_fields, 1);
    EXPECT_EQ(report.entries, 4);
    // The entry of the purge says who and why.
    const auto entries = database().read([](db::Connection& c) { return audit::history(c, "audit.entry", "3"); });
    ASSERT_TRUE(entries);
    EXPECT_EQ(entries->at(0).action, "purge");
    EXPECT_EQ(entries->at(0).differences, (std::vector<Difference>{{"field", {}, "note", false}, {"reason", {}, "name of a person", false}}));
    // The name stands nowhere in the log any more.
    const auto rest = database().read([](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) as n from audit_values where fields like '%Example%'", {},
                                         [](const db::Row& row) { return row.int64("n"); });
    });
    ASSERT_TRUE(rest);
    EXPECT_EQ(**rest, 0);
}

TEST_P(Log, PurgesAllTracesOfARecord) {
    record_three();
    const auto blanked = database().write([](db::Connection& c) {
        return audit::purge_record(c, "plan.clause", "1", {.field = "", .reason = "typed by mistake", .by = officer, .at = noon});
    });
    ASSERT_TRUE(blanked) << base::describe(blanked.error());
    EXPECT_EQ(*blanked, 3);
    for (const auto& entry : history("1"))
        for (const auto& difference : entry.differences) EXPECT_TRUE(difference.purged);
    EXPECT_EQ(verify().purged_fields, 3);
    EXPECT_TRUE(verify().intact());
    const auto again = database().write(
        [](db::Connection& c) { return audit::purge_record(c, "plan.clause", "1", {.field = "", .reason = "again", .by = officer, .at = noon}); });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, base::ErrorKind::not_found);
}

TEST_P(Log, PurgesOnlyWithAReasonAndOnlyWhatIsThere) {
    record_three();
    EXPECT_EQ(purge(EntryId{3}, "note", "").error().kind, base::ErrorKind::invalid_input);
    EXPECT_EQ(purge(EntryId{3}, "nothing").error().kind, base::ErrorKind::not_found);
    EXPECT_EQ(purge(EntryId{99}, "note").error().kind, base::ErrorKind::not_found);
    ASSERT_TRUE(purge(EntryId{3}, "note"));
    EXPECT_EQ(purge(EntryId{3}, "note").error().kind, base::ErrorKind::not_found);
    EXPECT_EQ(verify().entries, 4);
}

// Somebody blanked a value by hand, with the right digest, but without saying so.
TEST_P(Log, ShowsAPurgeNobodyTellsOf) {
    record_three();
    ASSERT_TRUE(purge(EntryId{3}, "note"));
    const auto stub = database().read([](db::Connection& c) {
        return c.query_one<std::string>("select fields from audit_values where entry_number = 3", {},
                                        [](const db::Row& row) { return row.text("fields"); });
    });
    ASSERT_TRUE(stub);
    tamper(
        "delete from audit_values where entry_number = 4; delete from audit_entries where number = 4;"
        "update audit_head set number = 3, digest = (select digest from audit_entries where number = 3)");
    EXPECT_EQ(verify().findings, (std::vector<Finding>{{EntryId{3}, Flaw::purge_unproved}}));
}

TEST_P(Log, DoesNotForkUnderManyWriters) {
    constexpr int threads = 6, steps = 20;
    std::vector<std::jthread> workers;
    std::atomic<int> failures = 0;
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&, t] {
            for (int i = 0; i < steps; ++i) {
                const auto done = database().write([&](db::Connection& c) {
                    return audit::record(c, change(std::to_string(t), "change", {{"n", std::to_string(i)}}, {{"n", std::to_string(i + 1)}}));
                });
                if (!done) ++failures;
            }
        });
    workers.clear();
    EXPECT_EQ(failures, 0);
    const auto report = verify();
    EXPECT_EQ(report.entries, threads * steps);
    EXPECT_TRUE(report.intact());
}

// On the way to the other engine nothing of the proof is lost.
TEST_P(Log, ProvesItselfOnTheOtherEngine) {
    record_three();
    ASSERT_TRUE(purge(EntryId{3}, "note"));
    const auto known = head();
    const db::testing::Place place(GetParam() == db::Engine::sqlite ? db::Engine::postgres : db::Engine::sqlite, db::testing::Place::Content::empty);
    const auto other = db::testing::open_or_fail(place.where());
    ASSERT_TRUE(other);
    const auto copied = db::copy(database(), *other, std::filesystem::path(base::source_root()) / "migrations");
    ASSERT_TRUE(copied) << base::describe(copied.error());
    const auto report = other->read([&](db::Connection& c) { return audit::verify(c, known); });
    ASSERT_TRUE(report) << base::describe(report.error());
    EXPECT_TRUE(report->intact());
    EXPECT_EQ(report->purged_fields, 1);
    EXPECT_TRUE(other->write([](db::Connection& c) { return audit::record(c, change("9", "create", {}, {{"a", "b"}})); }));
    EXPECT_TRUE(other->read([&](db::Connection& c) { return audit::verify(c, known); })->intact());
}

// A purged value is not left behind in the free space of the file either.
TEST(Purge, OverwritesTheValueInTheFileOfSqlite) {
    const db::testing::Place place(db::Engine::sqlite, db::testing::Place::Content::migrated);
    const auto holds_the_name = [&] {
        std::ifstream file(place.where(), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {}).find("Mrs. Example") != std::string::npos;
    };
    {
        const auto database = db::testing::open_or_fail(place.where());
        ASSERT_TRUE(database->write([](db::Connection& c) { return audit::record(c, change("2", "create", {}, {{"note", "call Mrs. Example"}})); }));
    }
    EXPECT_TRUE(holds_the_name());
    {
        const auto database = db::testing::open_or_fail(place.where());
        ASSERT_TRUE(database->write(
            [](db::Connection& c) { return audit::purge(c, EntryId{1}, {.field = "note", .reason = "name", .by = officer, .at = noon}); }));
    }
    EXPECT_FALSE(holds_the_name());
}

TEST(Difference, ReadsAsOneLine) {
    EXPECT_EQ(audit::readable({"heading", "Council", "Advisory council", false}), "heading: \"Council\" → \"Advisory council\"");
    EXPECT_EQ(audit::readable({"number", {}, "4.1", false}), "number: \"4.1\"");
    EXPECT_EQ(audit::readable({"number", "4.1", {}, false}), "number: \"4.1\" → –");
    EXPECT_EQ(audit::readable({"note", {}, {}, true}), "note: [purged]");
    EXPECT_EQ(audit::readable({"text", "One two three four five six seven eight nine ten eleven twelve thirteen",
                               "One two three four five SIX seven eight nine ten eleven twelve thirteen", false}),
              "text: \"… three four five six seven eight nine …\" → \"… three four five SIX seven eight nine …\"");
    // Words that were only added: the other side shows where.
    EXPECT_EQ(audit::readable({"text", "The council meets twice a year and reports to the district council in autumn",
                               "The council meets twice a year and reports to the district council in autumn of each year", false}),
              "text: \"… council in autumn\" → \"… council in autumn of each year\"");
}

TEST(Head, IsExportedAsOneLine) {
    const audit::Head head{12, std::string(64, 'a')};
    EXPECT_EQ(*audit::parse_head(audit::exported(head)), head);
    EXPECT_EQ(*audit::parse_head(audit::exported(head) + "\r\n"), head);
    for (const char* wrong : {"", "miteinander-audit-head", "miteinander-audit-head 12", "miteinander-audit-head 12 xyz",
                              "miteinander-audit-head -1 aaaa", "other 12 aa"})
        EXPECT_FALSE(audit::parse_head(wrong)) << wrong;
}

}  // namespace
