#include "organisations/pages.h"

#include "tests/platform/web/support/pages_on_both_engines.h"

using namespace web::testing;
using identity::Role;

namespace {

class OrganisationPages : public PagesOnBothEngines {
  protected:
    void SetUp() override {
        PagesOnBothEngines::SetUp();
        organisations::Wiring wiring;
        wiring.district = [](db::Connection&) -> base::Result<std::string> { return std::string("16062"); };
        organisations::mount(router(), site(), database(), wiring);
        officer();
    }
    static Form full(const Form& other = {}) {
        Form form{
            {"name_de", "Verein Brücke"}, {"kind", "association"}, {"city", "Ellrich"}, {"published", "ja"}, {"website", "https://bruecke.example"}};
        for (const auto& [name, value] : other) {
            std::erase_if(form, [&](const auto& f) { return f.first == name; });
            form.emplace_back(name, value);
        }
        return form;
    }
    std::string add(const Form& other = {}) {
        const auto response = post("/organisationen", full(other));
        EXPECT_EQ(response.status, 303) << response.body;
        return response.headers.get("Location");
    }
};
MITEINANDER_ON_BOTH_ENGINES(OrganisationPages);

}  // namespace

TEST_P(OrganisationPages, AMunicipalityNeedsAKeyOfThisDistrict) {
    const std::tuple<const char*, const char*, int> table[] = {
        {"municipality", "16062041", 303}, {"municipality", "1606204", 422},  {"municipality", "160620411", 422},
        {"municipality", "16063041", 422}, {"municipality", "17062041", 422}, {"municipality", "16062000", 422},
        {"municipality", "1606204x", 422}, {"association", "16062042", 422},  {"association", "", 303}};
    int n = 0;
    for (const auto& [kind, ags, status] : table) {
        const auto response = post("/organisationen", full({{"kind", kind}, {"ags", ags}, {"name_de", "Ort " + std::to_string(n++)}}));
        EXPECT_EQ(response.status, status) << kind << " " << ags;
        if (status == 422) { EXPECT_TRUE(has(response, "value=\"" + std::string(ags) + "\"")) << "nothing typed is lost"; }
    }
    EXPECT_EQ(post("/organisationen", full({{"kind", "municipality"}, {"ags", "16062041"}, {"name_de", "Zweiter Ort"}})).status, 422) << "in use";
}

TEST_P(OrganisationPages, EveryMistakeIsToldAtOnce) {
    const auto refused =
        post("/organisationen", {{"kind", "municipality"}, {"ags", "1"}, {"from", "31.02.2020"}, {"website", "kein Ort"}, {"city", "Ellrich"}});
    expect_refused(refused, {{"ags", "1"}, {"from", "31.02.2020"}, {"website", "kein Ort"}, {"city", "Ellrich"}},
                   {"name_de", "ags", "from", "website"});
    EXPECT_EQ(number("select count(*) as n from organisations"), 0);
}

TEST_P(OrganisationPages, AContactAndAConsentThatAreRefusedLoseNothing) {
    const auto page = add();
    const Form contact{{"label_de", ""}, {"person", "Probe Person"}, {"email", "kein at"}, {"phone", "03631 1"}, {"from", "31.02.2020"}};
    expect_refused(post(page + "/kontakte", contact), contact, {"label_de", "kind", "person", "email", "from"});
    ASSERT_EQ(post(page + "/kontakte", {{"label_de", "Vorsitz"}, {"kind", "person"}, {"person", "Probe Person"}, {"phone", "03631 1"}}).status, 303);
    const Form changed{{"label_de", "Vorstand"}, {"kind", "person"}, {"person", ""}, {"phone", ""}, {"email", "kein at"}};
    expect_refused(post(page + "/kontakte/1", changed), {{"label_de", "Vorstand"}, {"email", "kein at"}}, {"person", "email"});
    const auto refused = post(page + "/kontakte/1/einwilligungen", {{"field", "phone"}, {"given_on", "01.10.2020"}});
    expect_refused(refused, {{"given_on", "01.10.2020"}}, {"given_on"});
    EXPECT_TRUE(has(refused, "value=\"phone\" selected"));
    EXPECT_TRUE(has(refused, "value=\"Vorsitz\"")) << "the other form of the page stays as it was";
}

TEST_P(OrganisationPages, NoUnitIsAPartOfItselfNotEvenThroughOthers) {
    const auto department = add({{"name_de", "Fachbereich"}, {"kind", "unit"}, {"key", "fachbereich"}});
    const auto unit = add({{"name_de", "Fachgebiet"}, {"kind", "unit"}, {"key", "fachgebiet"}, {"part_of", "fachbereich"}});
    EXPECT_EQ(post(department, full({{"name_de", "Fachbereich"}, {"kind", "unit"}, {"part_of", "fachbereich"}, {"version", "1"}})).status, 422);
    EXPECT_EQ(post(department, full({{"name_de", "Fachbereich"}, {"kind", "unit"}, {"part_of", "fachgebiet"}, {"version", "1"}})).status, 422);
    EXPECT_EQ(post(department + "/namen", {{"from", "01.09.2020"}, {"name_de", "Fachbereich neu"}, {"part_of", "fachgebiet"}}).status, 422);
    EXPECT_TRUE(has(get(department), "/organisationen/fachgebiet"));
    EXPECT_TRUE(has(get("/organisationen/baum"), "/organisationen/fachgebiet"));
    EXPECT_TRUE(has(get(unit), "/organisationen/fachbereich"));
}

TEST_P(OrganisationPages, WhoSavesLaterSeesThatSomebodyWasFirstAndCanSaveAgain) {
    const auto page = add();
    EXPECT_EQ(post(page, full({{"name_de", "Erster"}, {"version", "1"}})).status, 303);
    const auto late = post(page, full({{"name_de", "Zweiter"}, {"version", "1"}}));
    EXPECT_EQ(late.status, 422);
    EXPECT_TRUE(has(late, "Zweiter"));
    EXPECT_TRUE(has(late, "name=\"version\" value=\"2\""));
    EXPECT_EQ(post(page, full({{"name_de", "Zweiter"}, {"version", "2"}})).status, 303);
    EXPECT_TRUE(has(get(page), "Zweiter"));
}

TEST_P(OrganisationPages, ANewNameKeepsTheOldOneAndBothAreFound) {
    const auto page = add();
    EXPECT_EQ(post(page + "/namen", {{"from", "01.10.2020"}, {"name_de", "Haus der Kulturen"}}).status, 422) << "not before its first day";
    EXPECT_EQ(post(page + "/namen", {{"from", "01.09.2020"}, {"name_de", "Haus der Kulturen"}, {"reason", "Beschluss"}}).status, 303);
    EXPECT_TRUE(has(get(page), "Verein Brücke"));
    for (const auto* words : {"kulturen", "brücke"})
        EXPECT_TRUE(has(get(std::string("/organisationen?suche=") + words), "Haus der Kulturen")) << words;
    EXPECT_TRUE(has(get("/organisationen?stand=2020-08-31"), "Verein Brücke"));
}

TEST_P(OrganisationPages, TheListIsFilteredSortedAndTheSameAsATable) {
    add({{"name_de", "Ämterlotsen"}});
    add({{"name_de", "Amtshilfe"}, {"kind", "provider"}, {"languages", "uk"}});
    add({{"name_de", "Zirkel"}, {"kind", "unit"}});
    const auto sorted = get("/organisationen").body;
    EXPECT_LT(sorted.find("Ämterlotsen"), sorted.find("Amtshilfe"));
    EXPECT_LT(sorted.find("Amtshilfe"), sorted.find("Zirkel"));
    const std::tuple<const char*, const char*, const char*> table[] = {{"?art=provider", "Amtshilfe", "Zirkel"},
                                                                       {"?gehoert=ja", "Zirkel", "Amtshilfe"},
                                                                       {"?gehoert=nein", "Amtshilfe", "Zirkel"},
                                                                       {"?gesprochen=uk", "Amtshilfe", "Zirkel"},
                                                                       {"?suche=zirk", "Zirkel", "Amtshilfe"}};
    for (const auto& [query, there, not_there] : table)
        for (const auto* list : {"/organisationen", "/organisationen.csv", "/organisationen.json"}) {
            const auto page = get(list + std::string(query));
            EXPECT_TRUE(has(page, there)) << list << query;
            EXPECT_FALSE(has(page, not_there)) << list << query;
        }
    EXPECT_TRUE(has(get("/organisationen?suche=gibtesnicht"), "Keine Organisation"));
}

TEST_P(OrganisationPages, OfAPersonOnlyWhatIsConsentedToIsShown) {
    const auto page = add();
    EXPECT_EQ(post(page + "/kontakte", {{"label_de", "Vorsitz"},
                                        {"kind", "person"},
                                        {"person", "Probe Person"},
                                        {"email", "vorsitz@bruecke.example"},
                                        {"phone", "03631 1"},
                                        {"published", "ja"}})
                  .status,
              303);
    const auto contact = page + "/kontakte/1";
    nobody();
    EXPECT_FALSE(has(get(page), "Probe Person"));
    EXPECT_FALSE(has(get(page), "vorsitz@bruecke.example"));
    officer();
    EXPECT_EQ(post(contact + "/einwilligungen", {{"field", "email"}, {"given_on", "01.10.2020"}}).status, 422) << "not in the future";
    EXPECT_EQ(post(contact + "/einwilligungen", {{"field", "religion"}, {"given_on", "30.09.2020"}}).status, 422);
    EXPECT_EQ(post(contact + "/einwilligungen", {{"field", "email"}, {"given_on", "30.09.2020"}}).status, 303);
    nobody();
    EXPECT_TRUE(has(get(page), "vorsitz@bruecke.example"));
    EXPECT_FALSE(has(get(page), "Probe Person"));
    officer();
    EXPECT_EQ(remove(contact + "/einwilligungen/1").status, 303);
    nobody();
    EXPECT_FALSE(has(get(page), "vorsitz@bruecke.example"));
    officer();
    EXPECT_EQ(remove(contact).status, 303);
    EXPECT_EQ(get(contact).status, 404);
}

TEST_P(OrganisationPages, AnAddressIsUsedOnceAndAContactOfAnotherIsNotHere) {
    const auto page = add(), other = add({{"name_de", "Verein Steg"}});
    const Form office{{"label_de", "Büro"}, {"kind", "function"}, {"email", "info@bruecke.example"}};
    EXPECT_EQ(post(page + "/kontakte", office).status, 303);
    const auto twice = post(other + "/kontakte", {{"label_de", "Büro"}, {"kind", "function"}, {"email", "INFO@bruecke.example"}});
    EXPECT_EQ(twice.status, 422);
    EXPECT_TRUE(has(twice, "INFO@bruecke.example"));
    EXPECT_EQ(get(other + "/kontakte/1").status, 404);
    EXPECT_EQ(remove(other + "/kontakte/1").status, 404);
    for (const auto* wrong : {"kein", "a@", "a@b", "a b@c.example"})
        EXPECT_EQ(post(page + "/kontakte", {{"label_de", "Büro"}, {"kind", "function"}, {"email", wrong}}).status, 422) << wrong;
}

TEST_P(OrganisationPages, MergingKeepsBothAndRefusesWhatCannotBe) {
    const auto small = add({{"name_de", "Kleiner Verein"}, {"key", "klein"}}), large = add({{"name_de", "Großer Verein"}, {"key", "gross"}});
    EXPECT_EQ(post(small + "/zusammenlegung", {{"last_day", "31.08.2020"}, {"into", "klein"}}).status, 422);
    EXPECT_EQ(post(small + "/zusammenlegung", {{"last_day", ""}, {"into", "gross"}}).status, 422);
    EXPECT_EQ(post(small + "/zusammenlegung", {{"last_day", "31.08.2020"}, {"into", "gross"}}).status, 303);
    EXPECT_TRUE(has(get(small), "/organisationen/gross"));
    EXPECT_EQ(post(small + "/zusammenlegung", {{"last_day", "31.08.2020"}, {"into", "gross"}}).status, 422) << "ended already";
    EXPECT_FALSE(has(get("/organisationen"), "Kleiner Verein"));
    EXPECT_TRUE(has(get("/organisationen?beendet=auch"), "Kleiner Verein"));
    EXPECT_EQ(get(large).status, 200);
}

TEST_P(OrganisationPages, OnlyThoseWhoSteerChangeAnythingAndWhatIsHiddenIsNotThere) {
    const auto page = add({{"key", "bruecke"}});
    Form hidden_form = full({{"name_de", "Verborgen"}, {"key", "verborgen"}});
    std::erase_if(hidden_form, [](const auto& f) { return f.first == "published"; });
    EXPECT_EQ(post("/organisationen", hidden_form).status, 303);
    for (const auto role : {Role::anonymous, Role::reader, Role::unit_editor}) {
        as(role);
        for (const auto& path : {std::string("/organisationen/neu"), page + "/bearbeiten", page + "/namen", page + "/zusammenlegung",
                                 std::string("/organisationen/einlesen"), std::string("/organisationen/kontakte.csv")})
            EXPECT_EQ(get(path).status, 404) << path;
        EXPECT_EQ(post("/organisationen", full()).status, 404);
        EXPECT_EQ(post(page, full({{"version", "1"}})).status, 404);
        EXPECT_EQ(post(page + "/kontakte", {{"label_de", "Büro"}, {"kind", "function"}}).status, 404);
        EXPECT_EQ(get(page).status, 200);
    }
    nobody();
    EXPECT_EQ(get("/organisationen/verborgen").status, 404);
    EXPECT_FALSE(has(get("/organisationen"), "Verborgen"));
    EXPECT_FALSE(has(get("/organisationen.json"), "Verborgen"));
    EXPECT_FALSE(has(get("/organisationen/tabelle.csv"), "Verborgen"));
}

TEST_P(OrganisationPages, ATableIsLookedAtFirstAndExportEqualsImport) {
    const std::string good = "key;kind;name_de;part_of;ags\nkreis;body;Kreis;;\namt;unit;Amt;kreis;\n";
    const auto looked = upload("/organisationen/einlesen", {{"table", "organisations"}}, "file", "o.csv", good);
    for (const auto* row : {">A2<", ">neu<"}) EXPECT_TRUE(has(looked, row)) << row;
    EXPECT_EQ(looked.status, 200);
    EXPECT_TRUE(has(looked, "Neu: 2"));
    EXPECT_EQ(number("select count(*) as n from organisations"), 0) << "looking changes nothing";
    EXPECT_EQ(post("/organisationen/einlesen/uebernahme", {{"table", "organisations"}, {"content", good}}).status, 303);
    EXPECT_EQ(number("select count(*) as n from organisations where part_of_id is not null"), 1);
    const auto exported = get("/organisationen/tabelle.csv").body;
    EXPECT_TRUE(has(upload("/organisationen/einlesen", {{"table", "organisations"}}, "file", "o.csv", exported), "unverändert: 2"));
    const auto wrong = upload("/organisationen/einlesen", {{"table", "organisations"}}, "file", "o.csv",
                              "key;kind;name_de;ags\nx;kirche;Eins;\ny;municipality;Zwei;123\n");
    EXPECT_EQ(wrong.status, 422);
    for (const auto* cell : {"B2", "D3"}) EXPECT_TRUE(has(wrong, cell)) << cell;
    EXPECT_EQ(upload("/organisationen/einlesen", {{"table", "organisations"}}, "other", "o.csv", good).status, 422);
    EXPECT_EQ(post("/organisationen/einlesen/uebernahme", {{"table", "organisations"}, {"content", "key;kind;name_de\nz;kirche;Drei\n"}}).status, 422)
        << "what was looked at is checked again";
}
