// Long lists: ordered from one server process, written by any, watched and fetched from any.
#include <thread>

#include "measures/export_store.h"
#include "measures/list_index.h"
#include "tests/measures/pages_support.h"

using namespace measures;
using base::day;

namespace {

const base::Instant noon = base::berlin_start_of(day(2020, 9, 30)) + std::chrono::hours(12);
const identity::AccountId reader{7};

class Exports : public db::testing::OnBothEngines {
  protected:
    static ExportOrder csv() { return {"zustand=agreed", Audience::internal, day(2020, 9, 30), sheets::Format::csv, 1000, reader}; }
    template <class Work>
    auto write(Work work) {
        return database().write([&](db::Connection& c) { return work(c); });
    }
    std::string order(base::Instant at = noon) {
        const auto id = write([&](db::Connection& c) { return order_export(c, csv(), at); });
        EXPECT_TRUE(id) << base::describe(id.error());
        return id.value_or("");
    }
    std::string claim(const std::string& holder, base::Instant at) {
        const auto task = write([&](db::Connection& c) { return claim_export(c, holder, at); });
        EXPECT_TRUE(task) << base::describe(task.error());
        return task && *task ? (*task)->id : "";
    }
    base::Result<void> go_on(const std::string& id, const std::string& holder, std::int64_t done, const std::string& piece, base::Instant at) {
        return write([&](db::Connection& c) { return continue_export(c, id, holder, done, piece, at); });
    }
    base::Result<void> finish(const std::string& id, const std::string& holder) {
        return write([&](db::Connection& c) { return finish_export(c, id, holder, ExportState::done); });
    }
    base::Result<ExportStatus> look(const std::string& id, identity::AccountId who = reader) {
        return database().read([&](db::Connection& c) { return find_export(c, id, who); });
    }
    base::Result<std::string> fetch(const std::string& id, identity::AccountId who = reader) {
        return database().read([&](db::Connection& c) { return bytes_of_export(c, id, who); });
    }
};
MITEINANDER_ON_BOTH_ENGINES(Exports);

}  // namespace

TEST_P(Exports, ShowTheirProgressToWhoeverOrderedThem) {
    const auto id = order();
    EXPECT_EQ(look(id)->state, ExportState::waiting);
    const auto task = write([&](db::Connection& c) { return claim_export(c, "a", noon); });
    ASSERT_TRUE(task && *task);
    EXPECT_EQ((*task)->order.query, "zustand=agreed");
    EXPECT_EQ((*task)->order.on, day(2020, 9, 30));
    EXPECT_EQ((*task)->order.audience, Audience::internal);
    ASSERT_TRUE(go_on(id, "a", 400, "eins;", noon));
    ASSERT_TRUE(go_on(id, "a", 800, "zwei;", noon));
    const auto running = look(id);
    ASSERT_TRUE(running);
    EXPECT_EQ(running->state, ExportState::running);
    EXPECT_EQ(running->done, 800);
    EXPECT_EQ(running->total, 1000);
    EXPECT_FALSE(fetch(id)) << "half a list is no list";
    ASSERT_TRUE(go_on(id, "a", 1000, "drei", noon));
    ASSERT_TRUE(finish(id, "a"));
    EXPECT_EQ(look(id)->state, ExportState::done);
    EXPECT_EQ(look(id)->bytes, 14);
    EXPECT_EQ(fetch(id).value_or(""), "eins;zwei;drei");
    for (const auto who : {identity::AccountId{8}, identity::AccountId{}}) {
        EXPECT_EQ(look(id, who).error().kind, base::ErrorKind::not_found) << "somebody else's";
        EXPECT_EQ(fetch(id, who).error().kind, base::ErrorKind::not_found);
    }
}

TEST_P(Exports, AreTakenOverFromAProcessThatDied) {
    const auto id = order();
    ASSERT_EQ(claim("a", noon), id);
    ASSERT_TRUE(go_on(id, "a", 400, "halb", noon));
    EXPECT_EQ(claim("b", noon + export_held_for), "") << "the last second it is held";
    ASSERT_EQ(claim("b", noon + export_held_for + std::chrono::seconds(1)), id);
    EXPECT_EQ(look(id)->done, 0) << "begun anew";
    EXPECT_EQ(go_on(id, "a", 500, "spät", noon).error().kind, base::ErrorKind::conflict);
    EXPECT_FALSE(finish(id, "a"));
    ASSERT_TRUE(go_on(id, "b", 1000, "ganz", noon));
    ASSERT_TRUE(finish(id, "b"));
    EXPECT_EQ(fetch(id).value_or(""), "ganz");
    EXPECT_EQ(claim("c", noon + std::chrono::minutes(30)), "") << "what is done stays done";
}

TEST_P(Exports, AreGivenUpAfterThreeProcessesDiedOfThem) {
    const auto id = order();
    auto now = noon;
    for (int attempt = 1; attempt <= most_attempts; ++attempt, now += std::chrono::minutes(2)) EXPECT_EQ(claim("a", now), id) << attempt;
    EXPECT_EQ(claim("a", now), "");
    EXPECT_EQ(look(id)->state, ExportState::failed);
}

TEST_P(Exports, AreGivenBackByAServerThatStops) {
    const auto id = order();
    for (int restart = 0; restart < most_attempts + 2; ++restart) {
        ASSERT_EQ(claim("a", noon), id);
        ASSERT_TRUE(go_on(id, "a", 400, "halb", noon));
        ASSERT_TRUE(write([&](db::Connection& c) { return give_export_back(c, id, "a"); }));
        EXPECT_EQ(look(id)->state, ExportState::waiting);
        EXPECT_EQ(look(id)->bytes, 0);
    }
    EXPECT_EQ(claim("b", noon), id) << "at once, and however often";
}

TEST_P(Exports, AreLimitedAndGoAfterAnHour) {
    const auto first = order();
    for (int n = 1; n < most_exports_at_once; ++n) order();
    const auto refused = write([&](db::Connection& c) { return order_export(c, csv(), noon); });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, base::ErrorKind::unavailable);
    ASSERT_EQ(claim("a", noon).empty(), false);
    const auto drop = [&](base::Instant at) { ASSERT_TRUE(write([&](db::Connection& c) { return drop_old_exports(c, at); })); };
    drop(noon + exports_kept_for);
    EXPECT_TRUE(look(first));
    drop(noon + exports_kept_for + std::chrono::seconds(1));
    EXPECT_FALSE(look(first));
    order(noon + exports_kept_for + std::chrono::seconds(1));
}

namespace {

// Two server processes on one database.
class ExportPages : public MeasureSite {
  protected:
    void SetUp() override {
        MeasureSite::SetUp();
        // More than are written while one waits.
        const auto filled = database().write([](db::Connection& c) -> base::Result<void> {
            TRY_VOID(c.execute(R"sql(
                insert into measures (key, kind, state, title_de, accountable, published, created_at)
                with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 2100)
                select 'M-2019-' || (n + 1000), 'single', 'proposed', 'Beratung ' || n, 'soziales', n <= 2050, :now
                  from numbers
            )sql",
                               {{"now", base::berlin_start_of(day(2020, 1, 1))}}));
            return count_anew(c);
        });
        ASSERT_TRUE(filled) << base::describe(filled.error());
        other_database_ = db::testing::open_or_fail(where());
        auto site = web::Site::open({.root = base::source_root(), .settings = {}, .clock = base::Clock(day(2020, 9, 30))});
        ASSERT_TRUE(site) << base::describe(site.error());
        other_site_ = std::move(*site);
        other_site_->who = [this](const http::Request& request) { return this->site().who(request); };
        mount(other_router_, *other_site_, *other_database_, {});
    }
    http::Response there(const std::string& path, bool fragment = false) {
        auto request = request_to(http::Method::get, path);
        if (fragment) request.headers.set("HX-Request", "true");
        return other_router_.route(request);
    }
    // Looks again, as people and pages do.
    std::string until_done(const std::string& page) {
        for (int look = 0; look < 600; ++look) {
            auto seen = there(page);
            EXPECT_EQ(seen.status, 200);
            if (has(seen.body, page + "/datei") || seen.status != 200) return seen.body;
            EXPECT_TRUE(has(seen.body, "href=\"" + page + "\"")) << "without scripts there is a link to look again";
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        ADD_FAILURE() << "the list was never written";
        return {};
    }

  private:
    std::unique_ptr<db::Database> other_database_;
    std::unique_ptr<web::Site> other_site_;
    http::Router other_router_;
};
MITEINANDER_ON_BOTH_ENGINES(ExportPages);

}  // namespace

TEST_P(ExportPages, OrderHereWatchAndFetchThere) {
    for (const auto& [file, total] : {std::pair{"/massnahmen.csv", 2100}, std::pair{"/massnahmen.csv?suche=&sortierung=titel", 2100}}) {
        const auto ordered = get(file);
        ASSERT_EQ(ordered.status, 303);
        const auto page = ordered.headers.get("Location");
        until_done(page);
        const auto fetched = there(page + "/datei");
        EXPECT_EQ(fetched.status, 200);
        EXPECT_EQ(std::count(fetched.body.begin(), fetched.body.end(), '\n'), total + 1) << "with the headings";
        EXPECT_EQ(get(page + "/datei").body, fetched.body) << "the same from either";
        // With scripts the page asks for its part alone.
        const auto part = there(page, true);
        EXPECT_EQ(part.status, 200);
        EXPECT_FALSE(has(part.body, "<html"));
        EXPECT_TRUE(has(part.body, "id=\"ausgabe\""));
        as("");
        EXPECT_EQ(there(page).status, 404) << "an internal list is for whoever ordered it";
        EXPECT_EQ(there(page + "/datei").status, 404);
        as("officer", identity::Role::integration_officer);
    }
}

TEST_P(ExportPages, WriteForThePublicWhatIsPublished) {
    as("");
    const auto ordered = get("/massnahmen.xlsx");
    ASSERT_EQ(ordered.status, 303);
    const auto page = ordered.headers.get("Location");
    until_done(page);
    const auto fetched = there(page + "/datei");
    ASSERT_EQ(fetched.status, 200);
    const auto book = sheets::read(fetched.body);
    ASSERT_TRUE(book) << base::describe(book.error());
    EXPECT_EQ(book->sheets.at(0).rows.size(), 2051u);
}

TEST_P(ExportPages, ShowHowFarAListIs) {
    // Held by a process that is not one of these two, and shows no sign but the one.
    const auto id = database().write([&](db::Connection& c) -> base::Result<std::string> {
        const auto now = base::Clock().now();
        TRY(auto made, order_export(c, {"", Audience::everybody, day(2020, 9, 30), sheets::Format::csv, 2050, {}}, now));
        TRY_VOID(claim_export(c, "a third one", now));
        TRY_VOID(continue_export(c, made, "a third one", 1500, "", now));
        return made;
    });
    ASSERT_TRUE(id) << base::describe(id.error());
    as("");
    const auto page = "/massnahmen/ausgaben/" + *id;
    for (const auto& seen : {get(page), there(page), there(page, true)}) {
        EXPECT_EQ(seen.status, 200);
        EXPECT_TRUE(has(seen.body, "1.500 von 2.050"));
        EXPECT_TRUE(has(seen.body, "value=\"1500\""));
        EXPECT_TRUE(has(seen.body, "max=\"2050\""));
        EXPECT_TRUE(has(seen.body, "data-hx-get=\"" + page + "\"")) << "with scripts it looks by itself";
        EXPECT_TRUE(has(seen.body, "href=\"" + page + "\"")) << "without, people do";
    }
    EXPECT_EQ(there(page + "/datei").status, 404);
    EXPECT_EQ(there("/massnahmen/ausgaben/unbekannt").status, 404);
}
