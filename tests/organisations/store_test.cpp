#include "organisations/store.h"

#include "organisations/rules.h"
#include "tests/platform/db/support/engines.h"

using namespace organisations;
using base::day;

namespace {

const By nobody{{}, *base::parse_iso_instant("2020-06-30T10:00:00Z")};

Organisation organisation(const std::string& name, Kind kind = Kind::association) {
    Organisation o;
    o.key = key_from(name);
    o.name = {name, ""};
    o.kind = kind;
    return o;
}
bool refuses(const base::Result<OrganisationId>& result, const std::string& field) {
    return !result && std::any_of(result.error().fields.begin(), result.error().fields.end(), [&](const auto& f) { return f.field == field; });
}

}  // namespace

class Organisations : public db::testing::OnBothEngines {
  protected:
    template <class Work>
    void in_database(Work work) {
        const auto done = database().write([&](db::Connection& c) -> base::Result<void> { return work(c); });
        ASSERT_TRUE(done) << base::describe(done.error());
    }
};
MITEINANDER_ON_BOTH_ENGINES(Organisations);

// Searched for or not, sorted by an index or not: the same number stands under every page, and the pages together are the list.
TEST_P(Organisations, AreListedPageByPageWithTheNumberOfAll) {
    in_database([](db::Connection& c) -> base::Result<void> {
        for (int i = 0; i < 7; ++i) {
            auto o = organisation("Verein " + std::to_string(i) + (i % 2 == 0 ? " Sprache" : " Sport"));
            o.city = i < 3 ? "Ellrich" : "Nordhausen";
            o.languages = {"de", i % 3 == 0 ? "ar" : "en"};
            TRY_VOID(save(c, o, "16062", nobody));
        }
        struct Case {
            Filter filter;
            std::int64_t all;
        };
        const Case table[] = {{{.day = day(2020, 1, 1)}, 7},
                              {{.words = "sprache", .day = day(2020, 1, 1)}, 4},
                              {{.words = "sprache verein", .day = day(2020, 1, 1), .sort = "-ort"}, 4},
                              {{.words = "der", .day = day(2020, 1, 1)}, 7},
                              {{.language = "ar", .day = day(2020, 1, 1), .sort = "-name"}, 3},
                              {{.words = "sport", .language = "ar", .day = day(2020, 1, 1)}, 1},
                              {{.words = "nirgends", .day = day(2020, 1, 1)}, 0}};
        for (auto [filter, all] : table) {
            filter.limit = 2;
            std::set<std::string> seen;
            for (filter.offset = 0; filter.offset < 9; filter.offset += 2) {
                TRY(const auto page, list(c, filter));
                EXPECT_EQ(page.total, all) << filter.words << " at " << filter.offset << ": also under a page after the last";
                EXPECT_EQ(page.found.size(), static_cast<std::size_t>(std::clamp<std::int64_t>(all - filter.offset, 0, 2)));
                EXPECT_EQ(page.contacts.size(), page.found.size());
                for (const auto& o : page.found) seen.insert(o.key);
            }
            EXPECT_EQ(seen.size(), static_cast<std::size_t>(all)) << filter.words;
        }
        TRY(const auto sorted, list(c, {.words = "verein", .day = day(2020, 1, 1), .sort = "-ort", .limit = 1}));
        EXPECT_EQ(sorted.found.front().city, "Nordhausen");
        return {};
    });
}

TEST_P(Organisations, KeepTheirFormerNames) {
    in_database([](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, save(c, organisation("Sozialamt", Kind::unit), "16062", nobody));
        TRY_VOID(rename(c, id, {day(2019, 7, 1), {"Fachbereich Soziales", ""}, {}, {}, "Neugliederung"}, nobody));
        TRY(const auto before, name_on(c, id, day(2019, 6, 30)));
        TRY(const auto after, name_on(c, id, day(2019, 7, 1)));
        EXPECT_EQ(before.de, "Sozialamt");
        EXPECT_EQ(after.de, "Fachbereich Soziales");
        EXPECT_FALSE(rename(c, id, {day(2019, 7, 1), {"Noch ein Name", ""}, {}, {}, ""}, nobody)) << "not before the last change";
        for (const char* words : {"Sozialamt", "soziales"}) {
            TRY(const auto page, list(c, {.words = words, .day = day(2020, 1, 1)}));
            EXPECT_EQ(page.total, 1) << words << ": found by every name it had";
        }
        TRY(const auto past, list(c, {.day = day(2019, 1, 1), .as_of_past = true}));
        EXPECT_EQ(past.found.front().name.de, "Sozialamt");
        return {};
    });
}

TEST_P(Organisations, MergeAndTheirPartsGoAlong) {
    in_database([](db::Connection& c) -> base::Result<void> {
        TRY(const auto small, save(c, organisation("Verein Nord"), "", nobody));
        TRY(const auto large, save(c, organisation("Verein Harz"), "", nobody));
        auto part = organisation("Gruppe Ellrich");
        part.part_of = small;
        TRY(const auto group, save(c, part, "", nobody));
        ContactPoint contact;
        contact.organisation = small;
        contact.label = {"Büro", ""};
        contact.email = "buero@nord.example";
        TRY_VOID(save_contact(c, contact, nobody));
        EXPECT_FALSE(merge(c, small, small, day(2020, 3, 31), nobody));
        TRY_VOID(merge(c, small, large, day(2020, 3, 31), nobody));
        EXPECT_FALSE(merge(c, small, large, day(2020, 6, 30), nobody)) << "only once";
        TRY(const auto gone, find(c, small));
        EXPECT_EQ(gone->merged_into, large);
        EXPECT_TRUE(gone->exists_on(day(2020, 3, 31)));
        EXPECT_FALSE(gone->exists_on(day(2020, 4, 1)));
        TRY(const auto moved, find(c, group));
        EXPECT_EQ(moved->part_of, large);
        TRY(const auto names_then, names_of(c, group));
        EXPECT_EQ(name_in_force(names_then, day(2020, 3, 31))->part_of, small) << "history stays true";
        TRY(const auto contacts, contacts_of(c, large));
        EXPECT_EQ(contacts.size(), 1u);
        TRY(const auto open, list(c, {.day = day(2020, 4, 1)}));
        EXPECT_EQ(open.total, 2);
        TRY(const auto every, list(c, {.day = day(2020, 4, 1), .ended_too = true}));
        EXPECT_EQ(every.total, 3);
        return {};
    });
}

TEST_P(Organisations, RefuseAKeyAnAgsAndACircleTwice) {
    in_database([](db::Connection& c) -> base::Result<void> {
        auto town = organisation("Stadt Ellrich", Kind::municipality);
        town.ags = "16062005";
        TRY(const auto id, save(c, town, "16062", nobody));
        auto other = organisation("Ellrich am Harz", Kind::municipality);
        other.ags = "16062005";
        EXPECT_TRUE(refuses(save(c, other, "16062", nobody), "ags"));
        other.ags = "16061005";
        EXPECT_TRUE(refuses(save(c, other, "16062", nobody), "ags"));
        other.ags = "";
        other.key = town.key;
        EXPECT_TRUE(refuses(save(c, other, "16062", nobody), "key"));
        auto part = organisation("Ortsteil", Kind::other);
        part.part_of = id;
        TRY(const auto below, save(c, part, "16062", nobody));
        TRY(auto above, find(c, id));
        above->part_of = below;
        EXPECT_TRUE(refuses(save(c, *above, "16062", nobody), "part_of"));
        return {};
    });
}

TEST_P(Organisations, SavingWhatSomebodyChangedInBetweenIsAConflict) {
    in_database([](db::Connection& c) -> base::Result<void> {
        TRY(const auto id, save(c, organisation("Verein"), "", nobody));
        TRY(const auto mine, find(c, id));
        TRY(auto theirs, find(c, id));
        theirs->city = "Ellrich";
        TRY_VOID(save(c, *theirs, "", nobody));
        const auto late = save(c, *mine, "", nobody);
        EXPECT_FALSE(late);
        if (!late) { EXPECT_EQ(late.error().code, "version"); }
        return {};
    });
}

TEST_P(Organisations, OneAddressReachesOnePlace) {
    in_database([](db::Connection& c) -> base::Result<void> {
        TRY(const auto one, save(c, organisation("Verein Nord"), "", nobody));
        TRY(const auto two, save(c, organisation("Verein Harz"), "", nobody));
        ContactPoint p;
        p.organisation = one;
        p.label = {"Büro", ""};
        p.email = "info@nord.example";
        TRY(const auto id, save_contact(c, p, nobody));
        p.organisation = two;
        p.email = "INFO@nord.example";
        const auto twice = save_contact(c, p, nobody);
        EXPECT_FALSE(twice);
        if (!twice) { EXPECT_EQ(twice.error().fields.front().message.arguments.front().second, "Verein Nord"); }
        TRY_VOID(withdraw_contact(c, id, nobody));
        EXPECT_TRUE(save_contact(c, p, nobody)) << "a withdrawn contact makes room";
        return {};
    });
}

TEST_P(Organisations, ConsentIsGivenOnceAndWithdrawn) {
    in_database([](db::Connection& c) -> base::Result<void> {
        TRY(const auto one, save(c, organisation("Verein Nord"), "", nobody));
        ContactPoint p;
        p.organisation = one;
        p.is_person = true;
        p.label = {"Vorsitz", ""};
        p.person = "Beispiel";
        p.phone = "03631 000";
        p.published = true;
        TRY(const auto id, save_contact(c, p, nobody));
        const Consent consent{0, "phone", std::string(publication), day(2020, 1, 1), {}};
        TRY_VOID(give_consent(c, id, consent, nobody));
        EXPECT_FALSE(give_consent(c, id, consent, nobody));
        TRY(auto there, contact(c, id));
        EXPECT_EQ(public_part(there, day(2020, 5, 1)).phone, "03631 000");
        TRY_VOID(withdraw_consent(c, id, there.consents.front().id, day(2020, 6, 1), nobody));
        EXPECT_FALSE(withdraw_consent(c, id, there.consents.front().id, day(2020, 6, 2), nobody));
        TRY(there, contact(c, id));
        EXPECT_TRUE(public_part(there, day(2020, 6, 1)).nothing());
        return {};
    });
}
