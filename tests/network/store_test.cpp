#include "network/offices.h"

#include <atomic>
#include <thread>

#include "tests/platform/db/support/engines.h"

using base::day;

namespace {

const identity::Actor nobody;
const base::Instant now = *base::parse_iso_instant("2018-06-30T10:00:00Z");

network::Bearer unit(std::string key, network::BearerId part_of = {}) {
    return {.id = {},
            .key = std::move(key),
            .kind = network::BearerKind::unit,
            .name = {"Fachbereich", "Department"},
            .short_name = {},
            .part_of = part_of,
            .feed = false};
}

}  // namespace

class NetworkStore : public db::testing::OnBothEngines {};
MITEINANDER_ON_BOTH_ENGINES(NetworkStore);

TEST_P(NetworkStore, KeepsABearerAndChangesItByItsKey) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, network::save_bearer(c, unit("soziales"), false, nobody, now));
        auto changed = unit("soziales");
        changed.name.de = "Fachbereich Soziales";
        TRY(const auto again, network::save_bearer(c, changed, false, nobody, now));
        EXPECT_EQ(id, again);
        TRY(const auto all, network::bearers(c));
        EXPECT_EQ(all.size(), 1u);
        EXPECT_EQ(all.front().name.de, "Fachbereich Soziales");
        EXPECT_EQ(all.front().name.en, "Department");
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(NetworkStore, RefusesAUnitThatWouldBePartOfItself) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        TRY(const auto top, network::save_bearer(c, unit("amt"), false, nobody, now));
        TRY(const auto middle, network::save_bearer(c, unit("fachbereich", top), false, nobody, now));
        TRY(const auto low, network::save_bearer(c, unit("fachgebiet", middle), false, nobody, now));
        const auto refused = network::save_bearer(c, unit("amt", low), false, nobody, now);
        EXPECT_FALSE(refused);
        if (!refused) { EXPECT_EQ(refused.error().fields.front().field, "part_of"); }
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(NetworkStore, RefusesTermsThatOverlapOnTheirBorderDay) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        auto office = unit("beauftragte");
        office.kind = network::BearerKind::office;
        TRY(const auto id, network::save_bearer(c, office, false, nobody, now));
        const auto term = [&](base::Day from, std::optional<base::Day> until) {
            return network::add_holding(c, {.id = {}, .office = id, .from = from, .until = until, .funded_until = {}, .holder = "", .deputy = ""},
                                        false, nobody, now);
        };
        TRY_VOID(term(day(2018, 1, 1), day(2018, 6, 30)));
        EXPECT_FALSE(term(day(2018, 6, 30), day(2018, 12, 31)));
        EXPECT_TRUE(term(day(2018, 7, 1), std::nullopt));
        EXPECT_FALSE(term(day(2030, 1, 1), std::nullopt));  // the open term lasts
        EXPECT_FALSE(term(day(2017, 1, 1), day(2018, 1, 1)));
        EXPECT_TRUE(term(day(2017, 1, 1), day(2017, 12, 31)));
        EXPECT_FALSE(term(day(2016, 5, 1), day(2016, 4, 30)));  // ends before it begins
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(NetworkStore, OfTwoAtTheSameMomentOneHoldsTheOffice) {
    const auto id = database().write([](db::Connection& c) {
        auto office = unit("beauftragte");
        office.kind = network::BearerKind::office;
        return network::save_bearer(c, office, false, nobody, now);
    });
    ASSERT_TRUE(id);
    std::atomic<int> begun{0}, held{0};
    std::vector<std::thread> everybody;
    for (int i = 0; i < 4; ++i)
        everybody.emplace_back([&] {
            for (++begun; begun < 4;) std::this_thread::yield();
            const auto done = database().write([&](db::Connection& c) {
                return network::add_holding(
                    c, {.id = {}, .office = *id, .from = day(2018, 1, 1), .until = {}, .funded_until = {}, .holder = "", .deputy = ""}, false, nobody,
                    now);
            });
            held += done.has_value();
        });
    for (auto& one : everybody) one.join();
    EXPECT_EQ(held, 1);
    EXPECT_EQ(database().read([](db::Connection& c) { return network::holdings(c); })->size(), 1u);
}

TEST_P(NetworkStore, AnEndedOrWithdrawnTermMakesRoom) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        auto office = unit("koordination");
        office.kind = network::BearerKind::office;
        TRY(const auto id, network::save_bearer(c, office, false, nobody, now));
        const network::Holding open{.id = {}, .office = id, .from = day(2018, 1, 1), .until = {}, .funded_until = {}, .holder = "", .deputy = ""};
        TRY(const auto first, network::add_holding(c, open, false, nobody, now));
        TRY_VOID(network::end_holding(c, first, day(2019, 8, 31), nobody, now));
        auto next = open;
        next.from = day(2019, 9, 1);
        TRY(const auto second, network::add_holding(c, next, false, nobody, now));
        TRY_VOID(network::withdraw_holding(c, second, nobody, now));
        EXPECT_FALSE(network::withdraw_holding(c, second, nobody, now));
        TRY(const auto left, network::holdings(c));
        EXPECT_EQ(left.size(), 1u);
        EXPECT_EQ(left.front().until, day(2019, 8, 31));
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(NetworkStore, TheSampleGoesWithEverythingThatHangsOnIt) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        auto office = unit("probe");
        office.kind = network::BearerKind::office;
        TRY(office.id, network::save_bearer(c, office, true, nobody, now));
        TRY_VOID(network::set_mailbox(c, office, "probe@kreis.example", nobody, now));
        TRY_VOID(network::add_holding(
            c, {.id = {}, .office = office.id, .from = day(2018, 1, 1), .until = {}, .funded_until = {}, .holder = "", .deputy = ""}, true, nobody,
            now));
        TRY_VOID(network::hand_over(c, office.id, day(2018, 6, 30),
                                    {.first_day = day(2018, 7, 1), .until = {}, .funded_until = {}, .holder = {}, .deputy = {}}, "", "", nobody,
                                    now));
        TRY_VOID(network::remove_sample(c, nobody, now));
        TRY(const auto left, network::bearers(c));
        EXPECT_TRUE(left.empty());
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}
