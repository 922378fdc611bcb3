// Whether somebody has an account is told neither by the answer nor by the clock.
#include <algorithm>
#include <ctime>

#include "platform/identity/accounts.h"
#include "tests/platform/db/support/engines.h"

TEST(Enumeration, TheClockTellsNobodyWhoHasAnAccount) {
    const db::testing::Place place(db::Engine::sqlite, db::testing::Place::Content::migrated);
    const auto database = db::testing::open_or_fail(place.where());
    ASSERT_TRUE(database);
    const base::Clock clock;
    identity::PasswordHasher hasher;  // at its real cost: whoever left it out would be ten times faster
    const auto opened = identity::Accounts::open(*database, hasher, clock);
    ASSERT_TRUE(opened);
    auto& accounts = **opened;
    for (const char* name : {"offen", "gesperrt", "eingeladen"})
        ASSERT_TRUE(accounts.create({.sign_in = name, .display_name = name, .password_hash = {}}, "vier bunte Kraniche", {}));
    ASSERT_TRUE(database->write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute("update accounts set password_hash = '' where sign_in = 'eingeladen'"));
        TRY(const auto found, identity::credentials_of(c, "gesperrt"));
        return identity::set_disabled(c, found->account.id, true, {}, clock.now());
    }));
    const auto typical = [&](const std::string& name, const std::string& password) {
        std::vector<double> all;
        for (int i = 0; i < 5; ++i) {
            const auto begun = std::clock();  // the processor's time: what others do on a busy machine is no part of it
            const auto in = accounts.sign_in(name, password, "192.0.2.1");
            all.push_back(static_cast<double>(std::clock() - begun));
            EXPECT_EQ(in.error().kind, base::ErrorKind::invalid_input) << name;
            EXPECT_TRUE(database->write([](db::Connection& c) { return c.execute("delete from sign_in_failures"); }));
        }
        return *std::min_element(all.begin(), all.end());
    };
    const double known = typical("offen", "falsch");
    for (const auto& [name, password] : {std::pair{std::string("niemand"), std::string("falsch")},
                                         {"gesperrt", "vier bunte Kraniche"},
                                         {"eingeladen", ""},
                                         {"offen", std::string(5000, 'x')}}) {
        const double other = typical(name, password);
        EXPECT_GT(other, known / 2) << name;
        EXPECT_LT(other, known * 2) << name;
    }
}
