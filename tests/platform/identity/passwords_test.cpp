#include "platform/identity/passwords.h"

#include <gtest/gtest.h>

#include <future>

namespace {
const identity::HashingCost cheap{.passes = 1, .memory_bytes = 8u * 1024};
}

TEST(PasswordHasher, VerifiesOnlyTheRightPassword) {
    identity::PasswordHasher hasher(4, cheap);
    const auto stored = hasher.hash("vier bunte Kraniche");
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->rfind("$argon2id$", 0), 0u);
    EXPECT_EQ(hasher.verify(*stored, "vier bunte Kraniche").value(), true);
    EXPECT_EQ(hasher.verify(*stored, "vier bunte kraniche").value(), false);
    EXPECT_EQ(hasher.verify_nobody("vier bunte Kraniche").value(), false);
    EXPECT_NE(*stored, *hasher.hash("vier bunte Kraniche"));  // salted
}

TEST(PasswordHasher, TurnsAwayWhoFindsTheQueueFull) {
    identity::PasswordHasher hasher(1);  // real cost: slow enough that eight at once cannot all be taken
    std::vector<std::future<bool>> attempts;
    for (int i = 0; i < 12; ++i)
        attempts.push_back(std::async(std::launch::async, [&] {
            const auto done = hasher.hash("vier bunte Kraniche");
            return !done && done.error().kind == base::ErrorKind::too_many;
        }));
    int refused = 0;
    for (auto& attempt : attempts) refused += attempt.get();
    EXPECT_GE(refused, 1);
    EXPECT_LE(refused, 11);
}

TEST(Token, IsLongRandomAndKeptAsItsHash) {
    const auto one = identity::new_token(), two = identity::new_token();
    EXPECT_EQ(one.size(), 43u);
    EXPECT_NE(one, two);
    EXPECT_EQ(identity::token_hash(one), identity::token_hash(one));
    EXPECT_EQ(identity::token_hash(one).size(), 64u);
    EXPECT_NE(identity::token_hash(one), identity::token_hash(two));
}
