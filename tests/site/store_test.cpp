#include "site/api.h"
#include "tests/platform/db/support/engines.h"

namespace {

const identity::Actor nobody;
const base::Instant now = *base::parse_iso_instant("2018-06-30T10:00:00Z");

}  // namespace

class SiteStore : public db::testing::OnBothEngines {};
MITEINANDER_ON_BOTH_ENGINES(SiteStore);

TEST_P(SiteStore, ShowsTheDefaultUntilSomebodyWrites) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        TRY(const auto before, site::texts(c));
        EXPECT_EQ(before.find(site::TextKey::imprint), nullptr);
        EXPECT_EQ(before.get(site::TextKey::imprint), site::default_text(site::TextKey::imprint));
        TRY_VOID(site::save_text(c, site::TextKey::imprint, {"Landkreis Musterland, Markt 1", ""}, nobody, now));
        TRY_VOID(site::save_text(c, site::TextKey::imprint, {"Landkreis Musterland, Markt 2", "District of Musterland"}, nobody, now));
        TRY(const auto after, site::texts(c));
        EXPECT_EQ(after.get(site::TextKey::imprint).de, "Landkreis Musterland, Markt 2");
        EXPECT_EQ(after.get(site::TextKey::data_protection), site::default_text(site::TextKey::data_protection));
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}

TEST_P(SiteStore, AnAnswerErasesTheContact) {
    const auto done = database().write([](db::Connection& c) -> base::Result<void> {
        TRY(const auto id,
            site::receive_feedback(
                c, {.id = {}, .received = now, .page = "/umsetzung", .description = "Kein Fokus sichtbar", .contact = "ich@example.org"}));
        TRY(const auto open, site::feedback(c, false));
        EXPECT_EQ(open.size(), 1u);
        EXPECT_EQ(open.front().contact, "ich@example.org");
        TRY_VOID(site::mark_answered(c, id, nobody, now));
        EXPECT_FALSE(site::mark_answered(c, id, nobody, now));
        TRY(const auto left, site::feedback(c, false));
        EXPECT_TRUE(left.empty());
        TRY(const auto all, site::feedback(c, true));
        EXPECT_EQ(all.front().contact, "");
        return {};
    });
    ASSERT_TRUE(done) << base::describe(done.error());
}
