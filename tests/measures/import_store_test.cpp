#include "measures/import_store.h"

#include "measures/list_export.h"
#include "measures/list_index.h"
#include "tests/measures/support.h"
#include "tests/platform/db/support/engines.h"

using namespace measures;
using base::day;

namespace {

class MeasureLists : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        by_.actor.account = identity::AccountId{7};
        by_.today = day(2019, 5, 15);
        by_.now = base::berlin_start_of(by_.today);
        write([](db::Connection& c) -> base::Result<void> {
            TRY_VOID(c.execute("insert into bearers (key, kind, name_de) values ('soziales', 'unit', 'Fachgebiet Soziales')"));
            TRY_VOID(c.execute("insert into bearers (key, kind, name_de) values ('jugend', 'unit', 'Fachgebiet Jugend, Familie')"));
            TRY_VOID(c.execute(
                "insert into plans (key, title_de, state, valid_from, valid_until, published, created_at) values ('2018', 'Konzept', 'adopted', :a, :b, :yes, :now)",
                {{"a", day(2018, 1, 1)}, {"b", day(2020, 12, 31)}, {"yes", true}, {"now", base::berlin_start_of(day(2018, 1, 1))}}));
            TRY_VOID(c.execute(
                "insert into clauses (plan_id, number, position, published, valid_from) select id, '5.1', 1, published, valid_from from plans"));
            TRY_VOID(c.execute(
                "insert into statements (clause_id, key, position, quote_de, modality) select id, '5.1-a', 1, 'Der Landkreis berät.', 'obligation' from clauses"));
            return {};
        });
    }
    template <class Work>
    void write(Work work) {
        const auto done = database().write(work);
        ASSERT_TRUE(done) << base::describe(done.error());
    }
    base::Result<ImportPlan> plan_of(const std::string& file) {
        return database().write([&](db::Connection& c) -> base::Result<ImportPlan> {
            TRY(id_, keep_upload(c, "liste.csv", file, by_));
            TRY(const auto upload, find_upload(c, id_, by_));
            return plan_import(c, upload, by_.today);
        });
    }
    base::Result<Imported> import(const std::string& file, Doubles doubles = Doubles::leave_out) {
        TRY(const auto plan, plan_of(file));
        return database().write([&](db::Connection& c) -> base::Result<Imported> {
            TRY(const auto upload, find_upload(c, id_, by_));
            return take_over(c, upload, doubles, by_);
        });
    }
    std::vector<Fields> all() {
        Filter filter;
        filter.per_page = 0;
        const auto page = database().read([&](db::Connection& c) { return list(c, filter); });
        std::vector<Fields> out;
        for (const auto& dossier : page->dossiers) out.push_back(fields_of(dossier.measure));
        return out;
    }
    std::string exported(sheets::Format format) {
        std::string out;
        const auto done = database().read([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto writer, sheets::writer(format, sheets::into(out), "Maßnahmen", export_columns(Audience::internal)));
            return export_list(c, {}, Audience::internal, *writer);
        });
        EXPECT_TRUE(done) << base::describe(done.error());
        return out;
    }

    By by_;
    UploadId id_;
};

TEST_P(MeasureLists, AreTakenOverWholeOrNotAtAll) {
    const auto refused = import("Titel;Ende\nSprachkurs;31.12.2019\nTreff;31.02.2019\n;30.06.2019\n");
    ASSERT_FALSE(refused);
    ASSERT_EQ(refused.error().fields.size(), 2u);
    EXPECT_EQ(refused.error().fields[0].field, "B3");
    EXPECT_EQ(refused.error().fields[1].field, "A4");
    EXPECT_TRUE(all().empty());

    const auto done =
        import("Titel;Ende;Kosten;Haushaltsstelle;Haushaltsjahr\nSprachkurs;31.12.2019;1.200,50;3.1.5;2019\nTreff;30.06.2019;80;3.1.5;2019\n");
    ASSERT_TRUE(done) << base::describe(done.error());
    EXPECT_EQ(done->created, 2u);
    EXPECT_EQ(all().size(), 2u);
    const auto first = database().read([](db::Connection& c) { return find(c, "M-2019-001"); });
    ASSERT_TRUE(first);
    ASSERT_EQ(first->measure.resources.size(), 1u);
    EXPECT_EQ(first->measure.resources[0].planned, base::Cents{120050});
    EXPECT_EQ(first->measure.state, State::proposed);
}

TEST_P(MeasureLists, ComeBackTheSameFromBothFormats) {
    write([&](db::Connection& c) -> base::Result<void> {
        auto m = examples::binding_measure();
        m.key.clear();
        m.resources.clear();
        m.title.de = "=Beratung; \"in drei Sprachen\"";
        m.description.de = "Erste Zeile\nzweite – mit ß";
        m.coworkers = {"jugend"};
        m.working_name = "'Bera'";
        TRY_VOID(create(c, m, by_));
        m.title.de = "Treff";
        m.kind = Kind::permanent;
        m.coworkers = {};
        m.schedule = {day(2018, 1, 1), {}, Rhythm::quarterly, {}};
        m.criterion = {CriterionKind::value, {}, {Direction::within, Quantity::of(0), Quantity::parse("12,5"), "Plätze"}};
        m.published = true;
        return create_all(c, {m}, by_);
    });
    const auto before = all();
    ASSERT_EQ(before.size(), 2u);
    for (const auto format : {sheets::Format::csv, sheets::Format::xlsx}) {
        const auto plan = plan_of(exported(format));
        ASSERT_TRUE(plan) << base::describe(plan.error());
        for (const auto& mistake : plan->mistakes) ADD_FAILURE() << mistake.field << " " << base::in_english(mistake.message);
        EXPECT_EQ(plan->count(ImportItem::What::unchanged), 2u);
        for (const auto& item : plan->items) EXPECT_EQ(fields_of(item.measure), before[item.row - 1]);
    }
    // And into an empty district.
    const auto file = exported(sheets::Format::xlsx);
    write([](db::Connection& c) -> base::Result<void> {
        for (const auto* table : {"measure_terms", "measure_counts", "measure_bearers", "measure_statements", "measure_versions", "measures"})
            TRY_VOID(c.execute(fmt::format("delete from {}", table)));
        return {};
    });
    const auto again = import(file);
    ASSERT_TRUE(again) << base::describe(again.error());
    EXPECT_EQ(all(), before);
}

TEST_P(MeasureLists, RememberHowColumnsWereMapped) {
    const std::string file = "Bezeichnung;Farbe\nKurs;rot\n";
    ASSERT_TRUE(plan_of(file));
    write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto upload, find_upload(c, id_, by_));
        EXPECT_EQ(upload.mapping, (Mapping{"titel", "notiz"}));
        return change_mapping(c, upload, {"titel", ""}, by_);
    });
    ASSERT_TRUE(plan_of("Bezeichnung;Farbe\nTreff;blau\n"));
    const auto next = database().read([&](db::Connection& c) { return find_upload(c, id_, by_); });
    ASSERT_TRUE(next);
    EXPECT_EQ(next->mapping, (Mapping{"titel", ""}));
    auto other = by_;
    other.actor.account = identity::AccountId{8};
    EXPECT_FALSE(database().read([&](db::Connection& c) { return find_upload(c, id_, other); }));
}

TEST_P(MeasureLists, LeaveDoublesOutUnlessAsked) {
    ASSERT_TRUE(import("Titel;Ende\nSprachkurs;2019\n"));
    auto again = import("Titel;Ende\nSprachkurs;2019\nTreff;2019\n");
    ASSERT_TRUE(again) << base::describe(again.error());
    EXPECT_EQ(again->created, 1u);
    EXPECT_EQ(again->left, 1u);
    again = import("Titel;Ende\nSprachkurs;2019\n", Doubles::take_over);
    EXPECT_EQ(again->created, 1u);
}

TEST_P(MeasureLists, DoNotMoveTheDatesOfWhatBinds) {
    write([&](db::Connection& c) -> base::Result<void> {
        auto m = examples::binding_measure();
        m.key.clear();
        TRY_VOID(create(c, m, by_));
        TRY_VOID(c.execute("update measures set state = 'agreed'"));
        return {};
    });
    const auto plan = plan_of("Nummer;Titel;Ende\nM-2019-001;Beratung in drei Sprachen;2020\n");
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->mistakes.size(), 1u);
    EXPECT_EQ(plan->mistakes[0].field, "C2");
}

TEST_P(MeasureLists, AreFoundByFoldedWords) {
    ASSERT_TRUE(import("Titel;Ende\nMaßnahmen für Behörden;2019\nSprachkurs;2019\n"));
    const auto found = [&](const std::string& words) {
        Filter filter;
        filter.words = words;
        return database().read([&](db::Connection& c) { return list(c, filter); })->total;
    };
    EXPECT_EQ(found("massnahme"), 1);
    EXPECT_EQ(found("BEHOERDE Maßnahme"), 1);
    EXPECT_EQ(found("sprach"), 1);
    EXPECT_EQ(found("2019-002"), 1);
    EXPECT_EQ(found("kurs"), 0);
    EXPECT_EQ(found("100 %"), 0);
    EXPECT_EQ(found("%"), 0);
}

TEST_P(MeasureLists, FindWhatWasThereBeforeThereWereTerms) {
    ASSERT_TRUE(import("Titel;Ende\nSprachkurs;2019\n"));
    write([](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("delete from measure_terms"));
        return {};
    });
    ASSERT_TRUE(complete_terms(database()));
    Filter filter;
    filter.words = "Sprachkurs";
    EXPECT_EQ(database().read([&](db::Connection& c) { return list(c, filter); })->total, 1);
}

MITEINANDER_ON_BOTH_ENGINES(MeasureLists);

}  // namespace
