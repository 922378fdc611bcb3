// What a passkey's answer must be to be believed, and everything that makes it unbelievable.
#include <gtest/gtest.h>

#include "platform/identity/webauthn/cbor.h"
#include "tests/platform/identity/support/authenticator.h"

using namespace webauthn_testing;
using identity::webauthn::Cbor;
using identity::webauthn::Item;
using identity::webauthn::Site;

namespace {

const Site here{.id = "kreis.example", .origin = "https://kreis.example"};
const std::string challenge = "Y2hhbGxlbmdl";

std::string creating() { return Authenticator::client_data({"webauthn.create", challenge, here.origin}); }
std::string getting() { return Authenticator::client_data({"webauthn.get", challenge, here.origin}); }

std::string registered(const std::string& client, const std::string& attestation) {
    const auto done = identity::webauthn::read_registration(here, client, attestation);
    return done ? "good" : done.error().code;
}
std::string signed_in(const Authenticator& key, std::int64_t counter, const Answer& answer) {
    const auto done = identity::webauthn::check_assertion(here, key.cose(), counter, answer);
    return done ? "good" : done.error().code;
}

}  // namespace

class OfEveryKind : public ::testing::TestWithParam<Kind> {};
INSTANTIATE_TEST_SUITE_P(Keys, OfEveryKind, ::testing::Values(Kind::es256, Kind::eddsa, Kind::rs256));

TEST_P(OfEveryKind, IsRegisteredAndSignsIn) {
    Authenticator key(GetParam());
    const auto fresh = identity::webauthn::read_registration(here, creating(), key.registration());
    ASSERT_TRUE(fresh) << fresh.error().code;
    EXPECT_EQ(fresh->challenge, challenge);
    EXPECT_EQ(fresh->credential_id, key.id);
    EXPECT_EQ(fresh->public_key, key.cose());
    const auto in = identity::webauthn::check_assertion(here, fresh->public_key, fresh->counter, key.answer(getting()));
    ASSERT_TRUE(in) << in.error().code;
    EXPECT_EQ(in->challenge, challenge);
    EXPECT_EQ(in->counter, 1);
}

TEST_P(OfEveryKind, AForgedSignatureIsRefused) {
    Authenticator key(GetParam()), other(GetParam());
    auto answer = key.answer(getting());
    for (const std::size_t at : {std::size_t{8}, answer.signature.size() / 2, answer.signature.size() - 1}) {
        auto spoiled = answer;
        spoiled.signature[at] = static_cast<char>(spoiled.signature[at] ^ 1);
        EXPECT_EQ(signed_in(key, 0, spoiled), "signature");
    }
    auto empty = answer;
    empty.signature.clear();
    EXPECT_EQ(signed_in(key, 0, empty), "signature");
    EXPECT_EQ(signed_in(key, 0, other.answer(getting())), "signature");  // another's key
    auto moved = answer;                                                 // signed for one challenge, shown for another
    moved.client_data = Authenticator::client_data({"webauthn.get", "YW5vdGhlcg", here.origin});
    EXPECT_EQ(signed_in(key, 0, moved), "signature");
    auto counted = answer;  // the counter raised by hand
    counted.authenticator_data[36] = 9;
    EXPECT_EQ(signed_in(key, 0, counted), "signature");
}

TEST(Passkey, WhatTheBrowserSaysMustFit) {
    struct Case {
        const char* what;
        Says says;
        const char* code;
    };
    const auto origin = here.origin;
    for (const auto& c :
         {Case{"as it is", {"webauthn.get", challenge, origin}, "good"},
          Case{"old browsers leave it out", {"webauthn.get", challenge, origin, {}}, "good"},
          Case{"more to come", {"webauthn.get", challenge, origin, false, R"(,"new":{"a":[1]})"}, "good"},
          Case{"made for a registration", {"webauthn.create", challenge, origin}, "type"},
          Case{"another site", {"webauthn.get", challenge, "https://kreis.example.evil.example"}, "origin"},
          Case{"without TLS", {"webauthn.get", challenge, "http://kreis.example"}, "origin"},
          Case{"another port", {"webauthn.get", challenge, "https://kreis.example:8443"}, "origin"},
          Case{"a site below", {"webauthn.get", challenge, "https://boese.kreis.example"}, "origin"},
          Case{"within another page", {"webauthn.get", challenge, origin, true}, "origin"},
          Case{"within another page, newer", {"webauthn.get", challenge, origin, false, R"(,"topOrigin":"https://evil.example")"}, "origin"},
          Case{"without a challenge", {"webauthn.get", "", origin}, "challenge"}}) {
        Authenticator key;
        EXPECT_EQ(signed_in(key, 0, key.answer(Authenticator::client_data(c.says))), c.code) << c.what;
    }
    for (const std::string client : {"", "null", "[]", "{", R"({"type":1})", "\xff"}) {
        Authenticator key;
        EXPECT_NE(signed_in(key, 0, key.answer(client)), "good") << client;
        EXPECT_NE(registered(client, key.registration()), "good") << client;
    }
    Authenticator key;
    EXPECT_EQ(registered(getting(), key.registration()), "type");
    EXPECT_EQ(signed_in(key, 0, key.answer(std::string(9000, ' ') + getting())), "client data");
    EXPECT_FALSE(identity::webauthn::check_assertion({}, key.cose(), 0, key.answer(getting())));  // a server that does not know its address
}

TEST(Passkey, AKeyOfAnotherSiteOpensNothingHere) {
    Authenticator other(Kind::es256, "evil.example");
    EXPECT_EQ(signed_in(other, 0, other.answer(getting())), "site");
    EXPECT_EQ(registered(creating(), other.registration()), "site");
}

TEST(Passkey, SomebodyMustBeThereAndBeRecognised) {
    for (const auto& [flags, code] : {std::pair{0x05u, "good"}, {0x01u, "flags"}, {0x04u, "flags"}, {0x00u, "flags"}, {0x1du, "good"}}) {
        Authenticator key;
        key.flags = flags;
        EXPECT_EQ(signed_in(key, 0, key.answer(getting())), code) << flags;
        EXPECT_EQ(registered(creating(), key.registration()), code) << flags;
    }
}

TEST(Passkey, ACounterThatDoesNotRiseTellsOfACopy) {
    struct Case {
        std::uint32_t before_answer;
        std::int64_t kept;
        const char* code;
    };
    for (const auto& c : {Case{5, 5, "good"}, Case{5, 6, "counter"}, Case{5, 7, "counter"}, Case{0xfffffffe, 5, "good"}}) {
        Authenticator key;
        key.counter = c.before_answer;  // rises by one with the answer
        EXPECT_EQ(signed_in(key, c.kept, key.answer(getting())), c.code) << c.kept;
    }
    Authenticator never;  // many count nothing at all: that is allowed, as long as they never did
    never.counter = 0xffffffff;
    EXPECT_EQ(signed_in(never, 0, never.answer(getting())), "good");
    never.counter = 0xffffffff;
    EXPECT_EQ(signed_in(never, 1, never.answer(getting())), "counter");
}

TEST(Passkey, CutAnywhereARegistrationIsNone) {
    Authenticator key;
    const auto whole = key.registration();
    ASSERT_EQ(registered(creating(), whole), "good");
    for (std::size_t length = 0; length < whole.size(); ++length) EXPECT_NE(registered(creating(), whole.substr(0, length)), "good") << length;
    EXPECT_NE(registered(creating(), whole + "x"), "good");
    const auto answer = key.answer(getting());
    for (std::size_t length = 0; length < answer.authenticator_data.size(); ++length) {
        auto cut = answer;
        cut.authenticator_data.resize(length);
        EXPECT_NE(signed_in(key, 0, cut), "good") << length;
    }
}

TEST(Passkey, TheAttestationHoldsWhatItMustAndNoMore) {
    Authenticator key;
    const auto good = key.data(0x45, key.credential(key.cose()));
    const auto object = [&](const std::string& members, int count) { return head(5, static_cast<std::uint64_t>(count)) + members; };
    const auto fmt = text("fmt") + text("none"), statement = text("attStmt") + head(5, 0), data = text("authData") + bytes(good);
    EXPECT_EQ(registered(creating(), object(fmt + statement + data, 3)), "good");
    EXPECT_EQ(registered(creating(), object(data + statement + fmt, 3)), "good");
    EXPECT_EQ(registered(creating(), object(fmt + data, 2)), "attestation");
    EXPECT_EQ(registered(creating(), object(data + data + data, 3)), "attestation");
    EXPECT_EQ(registered(creating(), object(fmt + statement + text("authData") + text(good), 3)), "attestation");
    EXPECT_EQ(registered(creating(), Authenticator::attestation(key.data(0x05))), "credential");      // no key
    EXPECT_EQ(registered(creating(), Authenticator::attestation(good + "x")), "authenticator data");  // bytes behind it
    EXPECT_EQ(registered(creating(), Authenticator::attestation(key.data(0xc5, key.credential(key.cose()) + head(5, 0)))), "good");  // an extension
    EXPECT_EQ(registered(creating(), Authenticator::attestation(key.data(0xc5, key.credential(key.cose())))), "authenticator data");
    key.id.clear();
    EXPECT_EQ(registered(creating(), key.registration()), "credential");
    key.id = std::string(1024, 'x');
    EXPECT_EQ(registered(creating(), key.registration()), "credential");
    key.id = std::string(1023, 'x');
    EXPECT_EQ(registered(creating(), key.registration()), "good");
}

TEST(Passkey, OnlyKeysOfTheThreeKindsAreTaken) {
    const std::string x(32, 'x');
    const auto map = [](std::initializer_list<std::pair<int, std::string>> members) {
        std::string out = head(5, members.size());
        for (const auto& [key, value] : members) out += number(key) + value;
        return out;
    };
    Authenticator ec, ed(Kind::eddsa), rsa(Kind::rs256);
    for (const auto* good : {&ec, &ed, &rsa}) EXPECT_TRUE(identity::webauthn::read_key(good->cose()));
    const auto refused = [](const std::string& cose) { return !identity::webauthn::read_key(cose); };
    EXPECT_TRUE(refused(map({{1, number(2)}, {3, number(-7)}, {-1, number(1)}, {-2, bytes(x)}, {-3, bytes(x)}})));  // no point of the curve
    EXPECT_TRUE(refused(map({{1, number(2)}, {3, number(-7)}, {-1, number(2)}, {-2, bytes(x)}, {-3, bytes(x)}})));  // another curve
    EXPECT_TRUE(refused(map({{1, number(1)}, {3, number(-8)}, {-1, number(6)}, {-2, bytes(x + "x")}})));            // too long
    EXPECT_TRUE(refused(map({{1, number(3)}, {3, number(-257)}, {-1, bytes(std::string(128, 'n'))}, {-2, bytes("\x01\x01")}})));  // 1024 bits
    EXPECT_TRUE(refused(map({{1, number(3)}, {3, number(-257)}, {-1, bytes(std::string(256, 'n'))}, {-2, bytes("\x01")}})));  // e = 1 signs anything
    EXPECT_TRUE(refused(map({{1, number(3)}, {3, number(-65535)}, {-1, bytes(std::string(256, 'n'))}, {-2, bytes("\x01\x01")}})));  // SHA-1
    EXPECT_TRUE(refused(map({{1, number(4)}, {3, number(5)}, {-1, bytes(x)}})));                                                    // a shared secret
    EXPECT_TRUE(refused(ec.cose() + "x"));
    auto twice = ec.cose();
    twice[0] = static_cast<char>(twice[0] + 1);
    EXPECT_TRUE(refused(twice + number(1) + number(2)));  // a name twice
}

TEST(CborReader, ReadsWhatAuthenticatorsWriteAndNothingElse) {
    struct Case {
        std::string bytes;
        const char* what;
        bool good;
    };
    const std::string null(1, '\0');
    for (const auto& c : {Case{number(0), "0", true},
                          Case{number(23), "23", true},
                          Case{number(24), "24", true},
                          Case{number(-1), "-1", true},
                          Case{number(65536), "65536", true},
                          Case{text("fmt"), "text", true},
                          Case{"\xf5", "true", true},
                          Case{"\xf6", "null", true},
                          Case{head(4, 2) + number(1) + bytes("x"), "array", true},
                          Case{head(5, 1) + text("a") + head(5, 0), "map", true},
                          Case{"", "nothing", false},
                          Case{"\x18", "a head without its byte", false},
                          Case{"\x18\x17", "23 in two bytes", false},
                          Case{std::string("\x19\x00\xff", 3), "255 in three bytes", false},
                          Case{"\x1c", "reserved", false},
                          Case{"\x5f\x41x\xff", "indefinite bytes", false},
                          Case{"\x9f\xff", "indefinite array", false},
                          Case{"\xc0\x60", "tag", false},
                          Case{"\xf9\x3c" + null, "half float", false},
                          Case{"\xf7", "undefined", false},
                          Case{bytes("abc").substr(0, 3), "cut string", false},
                          Case{"\x5b\xff\xff\xff\xff\xff\xff\xff\xff", "2^64 bytes", false},
                          Case{"\x9b\x7f\xff\xff\xff\xff\xff\xff\xff", "2^63 items", false},
                          Case{"\xba\xff\xff\xff\xff", "four thousand million pairs", false},
                          Case{"\x84\x84\x84\x84\x84\x80", "nested too deep", false}}) {
        Cbor cbor(c.bytes);
        EXPECT_EQ(cbor.skip() && cbor.rest().empty(), c.good) << c.what;
    }
    const auto two = number(1000000) + number(-257);
    Cbor numbers(two);
    EXPECT_EQ(numbers.next()->number, 1000000);
    EXPECT_EQ(numbers.next()->number, -257);
    EXPECT_FALSE(numbers.next());
}

TEST(SiteOfPasskeys, IsTheAddressAnAdministratorHasSetOrThisMachine) {
    using identity::webauthn::site_of;
    EXPECT_EQ(site_of("https://integration.kreis.example", "boese.example"),
              (Site{"integration.kreis.example", "https://integration.kreis.example"}));
    EXPECT_EQ(site_of("https://integration.kreis.example:8443", ""), (Site{"integration.kreis.example", "https://integration.kreis.example:8443"}));
    EXPECT_EQ(site_of("https://integration.kreis.example", "localhost:8080"), (Site{"localhost", "http://localhost:8080"}));
    EXPECT_FALSE(site_of("http://integration.kreis.example", "integration.kreis.example").known());  // no TLS, no passkeys
    EXPECT_FALSE(site_of("", "boese.example").known());
    EXPECT_FALSE(site_of("", "localhost.boese.example").known());
}
