#include "platform/identity/rules.h"

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using identity::Failures;

namespace {

const std::string_view common[] = {"passwort", "integration", "nordhausen2018"};
std::size_t objections(std::string_view password) { return identity::objections_to_password(password, "beauftragte@kreis.example", common).size(); }
const base::Instant noon = *base::parse_iso_instant("2020-09-30T12:00:00Z");

}  // namespace

TEST(Password, LengthIsCountedInCharacters) {
    EXPECT_EQ(objections("zwölf Äpfel!"), 0u);  // twelve characters, fourteen bytes
    EXPECT_EQ(objections("elf Zeichen"), 1u);
    EXPECT_EQ(objections(std::string(200, 'x') + "y"), 2u);  // too long, and too few different characters
}

TEST(Password, CommonOnesAreRefusedEvenWithDigitsBehindThem) {
    EXPECT_GE(objections("Nordhausen2018"), 1u);
    EXPECT_GE(objections("Integration1234!"), 1u);
    EXPECT_GE(objections("meinbeauftragte77"), 1u);  // holds the sign-in name
    EXPECT_EQ(objections("vier bunte Kraniche"), 0u);
}

TEST(SignInName, IsComparedWithoutCaseAndBlanks) {
    EXPECT_EQ(identity::normal_sign_in("  Amt.Soziales@Kreis.Example "), "amt.soziales@kreis.example");
    EXPECT_TRUE(identity::objections_to_sign_in("amt-soziales").empty());
    EXPECT_EQ(identity::objections_to_sign_in("<b>").size(), 1u);
    EXPECT_EQ(identity::objections_to_sign_in("a b c d").size(), 1u);
    EXPECT_EQ(identity::objections_to_sign_in("ab").size(), 1u);
}

TEST(Throttle, TheFirstFiveFailuresCostNothing) {
    EXPECT_EQ(identity::wait_before_next_try({4, noon}, identity::account_throttle, noon), 0s);
    EXPECT_EQ(identity::wait_before_next_try({5, noon}, identity::account_throttle, noon), 2s);
    EXPECT_EQ(identity::wait_before_next_try({6, noon}, identity::account_throttle, noon), 4s);
    EXPECT_EQ(identity::wait_before_next_try({5, noon}, identity::account_throttle, noon + 2s), 0s);
}

TEST(Throttle, WaitsAtMostAQuarterOfAnHourAndForgetsAfterAQuietHour) {
    EXPECT_EQ(identity::wait_before_next_try({500, noon}, identity::account_throttle, noon), 900s);
    EXPECT_EQ(identity::wait_before_next_try({500, noon}, identity::account_throttle, noon + 1h), 0s);
    EXPECT_EQ(identity::after_failure({500, noon}, identity::account_throttle, noon + 1h).count, 1);
    EXPECT_EQ(identity::after_failure({500, noon}, identity::account_throttle, noon + 59min).count, 501);
}

TEST(Session, EndsWhenIdleAndInAnyCase) {
    EXPECT_FALSE(identity::session_is_over(noon, noon, noon + 60min - 1s));
    EXPECT_TRUE(identity::session_is_over(noon, noon, noon + 60min));
    EXPECT_FALSE(identity::session_is_over(noon, noon + 11h + 50min, noon + 12h - 1s));
    EXPECT_TRUE(identity::session_is_over(noon, noon + 11h + 50min, noon + 12h));
}
