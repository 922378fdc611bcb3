#include "platform/identity/totp.h"

#include <gtest/gtest.h>

namespace {
const std::string rfc_secret = "12345678901234567890";
base::Instant at(std::int64_t seconds) { return base::Instant(std::chrono::seconds(seconds)); }
}  // namespace

// RFC 6238, appendix B (SHA-1, eight digits).
TEST(Totp, AnswersTheVectorsOfTheStandard) {
    struct Case {
        std::int64_t seconds;
        const char* code;
    };
    for (const auto& c : {Case{59, "94287082"},
                          {1111111109, "07081804"},
                          {1111111111, "14050471"},
                          {1234567890, "89005924"},
                          {2000000000, "69279037"},
                          {20000000000, "65353130"}})
        EXPECT_EQ(identity::totp_code(rfc_secret, identity::totp_step(at(c.seconds)), 8), c.code) << c.seconds;
}

TEST(Totp, ForgivesAStepOfAClockAndNoMore) {
    const auto code = identity::totp_code(rfc_secret, 100);
    EXPECT_EQ(identity::totp_match(rfc_secret, code, at(100 * 30), 0), 100);
    EXPECT_EQ(identity::totp_match(rfc_secret, code, at(101 * 30 + 29), 0), 100);
    EXPECT_EQ(identity::totp_match(rfc_secret, code, at(99 * 30), 0), 100);
    EXPECT_FALSE(identity::totp_match(rfc_secret, code, at(102 * 30), 0));
    EXPECT_FALSE(identity::totp_match(rfc_secret, code, at(99 * 30 - 1), 0));
}

TEST(Totp, ACodeWorksOnce) {
    const auto code = identity::totp_code(rfc_secret, 100);
    EXPECT_FALSE(identity::totp_match(rfc_secret, code, at(100 * 30), 100));
    EXPECT_TRUE(identity::totp_match(rfc_secret, identity::totp_code(rfc_secret, 101), at(100 * 30), 100));
}

TEST(Totp, ReadsWhatPeopleType) {
    const auto code = identity::totp_code(rfc_secret, 100);
    EXPECT_TRUE(identity::totp_match(rfc_secret, code.substr(0, 3) + " " + code.substr(3), at(3000), 0));
    for (const char* typed : {"", "12345", "1234567", "abcdef"}) EXPECT_FALSE(identity::totp_match(rfc_secret, typed, at(3000), 0)) << typed;
}

// RFC 4648, section 10.
TEST(Totp, WritesKeysAsAppsReadThem) {
    EXPECT_EQ(identity::base32("foobar"), "MZXW6YTBOI");
    EXPECT_EQ(identity::base32("foob"), "MZXW6YQ");
    EXPECT_EQ(identity::totp_uri("foobar", "Landkreis Süd", "amt@kreis.example"),
              "otpauth://totp/Landkreis%20S%C3%BCd:amt%40kreis.example?secret=MZXW6YTBOI&issuer=Landkreis%20S%C3%BCd");
}

TEST(RecoveryCodes, DifferAndAreReadHoweverTyped) {
    const auto codes = identity::new_recovery_codes();
    EXPECT_EQ(codes.size(), 10u);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10u);
    EXPECT_EQ(identity::normal_recovery_code("K3F9 m2qx-7HWD"), "k3f9m2qx7hwd");
}

TEST(QrCode, IsAPictureWithoutStyleOrScript) {
    const auto svg = identity::qr_svg("otpauth://totp/x?secret=MZXW6YTBOI", "code & key");
    EXPECT_EQ(svg.rfind("<svg", 0), 0u);
    EXPECT_NE(svg.find("aria-label=\"code &amp; key\""), std::string::npos);
    EXPECT_EQ(svg.find("style="), std::string::npos);
    EXPECT_EQ(identity::qr_svg(std::string(4000, 'x'), "too long"), "");
}
