#include "mailing/pages.h"

#include "platform/links/api.h"
#include "tests/platform/web/support/pages_on_both_engines.h"

using namespace web::testing;
using identity::Role;

namespace {

class MailingLists : public PagesOnBothEngines {
  protected:
    void SetUp() override {
        PagesOnBothEngines::SetUp();
        write([](db::Connection& c) -> base::Result<void> {
            TRY_VOID(c.execute("insert into mail_settings (name, value) values ('public_address', 'https://integration.example.org')"));
            return {};
        });
        mailing::mount(router(), site(), database(), {});
        officer();
        ASSERT_EQ(post("/verteiler", {{"key", "wohnen"},
                                      {"title_de", "Wohnen"},
                                      {"title_en", "Housing"},
                                      {"purpose_de", "Neues zum Wohnen."},
                                      {"purpose_en", "News of housing."},
                                      {"open", "ja"}})
                      .status,
                  303);
        nobody();
    }
    http::Response sign_up(const std::string& address, const std::string& language = "de") {
        return post("/verteiler/wohnen/anmeldung", {{"email", address}, {"language", language}, {"agree", "ja"}});
    }
    // The token of the latest mail to an address.
    std::string token(const std::string& address, const std::string& path) {
        const auto body = text("select body_text as t from mail_outbox where recipient = '" + address + "' order by id desc limit 1");
        const auto at = body.find(path);
        if (at == std::string::npos) return {};
        const auto from = at + path.size();
        return body.substr(from, body.find_first_of(" \n", from) - from);
    }
    void subscribe(const std::string& address, const std::string& language = "de") {
        EXPECT_EQ(sign_up(address, language).status, 303);
        EXPECT_EQ(post("/abonnement/" + token(address, "/abonnement/")).status, 200);
    }
    std::int64_t receiving() { return number("select count(*) as n from mailing_subscribers where confirmed_at is not null and left_at is null"); }
    std::string draft(const Form& more = {}) {
        officer();
        Form form{{"subject_de", "Neuer Mietspiegel"}, {"text_de", "Er ist da."}};
        form.insert(form.end(), more.begin(), more.end());
        const auto response = post("/verteiler/wohnen/nachrichten", form);
        EXPECT_EQ(response.status, 303) << response.body;
        return response.headers.get("Location");
    }
};
MITEINANDER_ON_BOTH_ENGINES(MailingLists);

}  // namespace

TEST_P(MailingLists, NobodyIsOnAListWhoDidNotConfirm) {
    EXPECT_EQ(sign_up("verein@brücke.example").status, 422);
    EXPECT_EQ(post("/verteiler/wohnen/anmeldung", {{"email", "a@x.example"}, {"language", "de"}}).status, 422) << "without agreeing";
    EXPECT_EQ(sign_up("a@x.example").status, 303);
    EXPECT_EQ(receiving(), 0);
    const auto link = "/abonnement/" + token("a@x.example", "/abonnement/");
    EXPECT_TRUE(has(get(link), "Neues zum Wohnen."));
    EXPECT_EQ(receiving(), 0) << "a program that looks at links in mails agrees to nothing";
    EXPECT_EQ(post(link).status, 200);
    EXPECT_EQ(receiving(), 1);
    EXPECT_EQ(post(link).status, 404) << "a link works once";
    EXPECT_TRUE(has(text("select consent as t from mailing_subscribers"), "Neues zum Wohnen."));
}

TEST_P(MailingLists, TheAnswerTellsNobodyWhoIsOnTheList) {
    subscribe("a@x.example");
    const auto known = sign_up(" A@x.example"), unknown = sign_up("b@x.example");
    EXPECT_EQ(known.status, unknown.status);
    EXPECT_EQ(known.headers.get("Location"), unknown.headers.get("Location"));
    EXPECT_EQ(number("select count(*) as n from mailing_subscribers where email_key = 'a@x.example'"), 1);
    EXPECT_EQ(number("select count(*) as n from mail_outbox where recipient in ('a@x.example', 'A@x.example')"), 1) << "no mail for whoever is there";
    sign_up("b@x.example");
    EXPECT_EQ(number("select count(*) as n from mail_outbox where recipient = 'b@x.example'"), 1) << "one a day, however often somebody asks";
}

TEST_P(MailingLists, EverybodyGetsTheMessageInTheirLanguageWithALinkOut) {
    subscribe("de@x.example");
    subscribe("en@x.example", "en");
    sign_up("wartet@x.example");
    const auto page = draft({{"subject_en", "New rents"}, {"text_en", "They are here."}});
    EXPECT_TRUE(has(get(page), "2 Empfänger"));
    EXPECT_EQ(post(page + "/versand", {{"version", "1"}}).status, 303);
    EXPECT_EQ(number("select recipients as n from mailing_messages"), 2);
    EXPECT_EQ(text("select subject as t from mail_outbox where recipient = 'de@x.example' order by id desc limit 1"), "Neuer Mietspiegel");
    EXPECT_EQ(text("select subject as t from mail_outbox where recipient = 'en@x.example' order by id desc limit 1"), "New rents");
    EXPECT_EQ(number("select count(*) as n from mail_outbox where recipient = 'wartet@x.example'"), 1) << "only the question";
    const auto out = token("de@x.example", "/abbestellen/");
    EXPECT_EQ(text("select unsubscribe as t from mail_outbox where recipient = 'de@x.example' order by id desc limit 1"),
              "https://integration.example.org/abbestellen/" + out);
    EXPECT_EQ(post(page + "/versand", {{"version", "2"}}).status, 409) << "sent once";
    EXPECT_EQ(number("select count(*) as n from mail_outbox where recipient = 'de@x.example'"), 2);

    nobody();
    EXPECT_EQ(get("/abbestellen/" + out).status, 200);
    EXPECT_EQ(receiving(), 2) << "looking at it ends nothing";
    EXPECT_EQ(post("/abbestellen/" + out, {{"List-Unsubscribe", "One-Click"}}).status, 200);
    EXPECT_EQ(receiving(), 1);
    EXPECT_EQ(post("/abbestellen/" + out, {{"List-Unsubscribe", "One-Click"}}).status, 200) << "again: it is done already";
    EXPECT_EQ(number("select count(*) as n from mailing_subscribers where email_key = 'de@x.example' and consent <> '' and left_by = 'self'"), 1)
        << "the proof stays";
    subscribe("de@x.example");
    EXPECT_EQ(receiving(), 2) << "coming back is a new consent";
    EXPECT_EQ(post("/abbestellen/" + out).status, 200);
    EXPECT_EQ(receiving(), 1) << "the link of an old mail still ends it";
}

TEST_P(MailingLists, OnlyARequestOfAMailProgramNeedsNoFormOfOurs) {
    auto request = request_to(http::Method::post, "/abbestellen/abc", {{"List-Unsubscribe", "One-Click"}});
    EXPECT_TRUE(mailing::is_one_click(request));
    request.path = "/verteiler/wohnen";
    EXPECT_FALSE(mailing::is_one_click(request));
    EXPECT_FALSE(mailing::is_one_click(request_to(http::Method::post, "/abbestellen/abc", {})));
    EXPECT_FALSE(mailing::is_one_click(request_to(http::Method::del, "/abbestellen/abc", {{"List-Unsubscribe", "One-Click"}})));
}

TEST_P(MailingLists, WhatWasLookedAtIsWhatIsSent) {
    const auto page = draft();
    EXPECT_EQ(post(page + "/versand", {{"version", "1"}}).status, 422) << "nobody is on the list";
    nobody();
    subscribe("a@x.example");
    officer();
    EXPECT_EQ(post(page, {{"version", "1"}, {"subject_de", "Anderes"}, {"text_de", "Anders."}}).status, 303);
    EXPECT_EQ(post(page + "/versand", {{"version", "1"}}).status, 409) << "changed since it was looked at";
    EXPECT_EQ(post(page, {{"version", "1"}, {"subject_de", "Drittes"}, {"text_de", "Noch anders."}}).status, 409);
    EXPECT_EQ(post(page + "/versand", {{"version", "2"}}).status, 303);
    EXPECT_EQ(remove(page).status, 409);
    EXPECT_EQ(get(page + "/bearbeiten").status, 409);
}

TEST_P(MailingLists, AClosedListSendsNothingAndIsNoLongerOffered) {
    subscribe("a@x.example");
    const auto page = draft();
    EXPECT_EQ(post("/verteiler/wohnen", {{"version", "1"}, {"title_de", "Wohnen"}, {"purpose_de", "Neues."}, {"closed_on", "30.09.2020"}}).status,
              303);
    EXPECT_EQ(post(page + "/versand", {{"version", "1"}}).status, 422);
    nobody();
    EXPECT_EQ(get("/verteiler/wohnen").status, 404);
    EXPECT_FALSE(has(get("/verteiler"), "Wohnen"));
    EXPECT_EQ(sign_up("b@x.example").status, 404);
}

TEST_P(MailingLists, TheOfficeAsksAndTheOwnerConfirms) {
    officer();
    const auto wrong = post("/verteiler/wohnen/empfaenger", {{"language", "de"}, {"addresses", "a@x.example\nkein\nauch keine"}});
    expect_refused(wrong, {{"addresses", "a@x.example\nkein\nauch keine"}}, {"addresses"});
    EXPECT_TRUE(has(wrong, "Zeile 2"));
    EXPECT_TRUE(has(wrong, "Zeile 3"));
    EXPECT_EQ(number("select count(*) as n from mailing_subscribers"), 0) << "all or nothing";
    EXPECT_EQ(post("/verteiler/wohnen/empfaenger", {{"language", "de"}, {"addresses", "a@x.example\nb@x.example"}}).status, 303);
    EXPECT_EQ(receiving(), 0);
    EXPECT_EQ(post("/abonnement/" + token("a@x.example", "/abonnement/")).status, 200);
    EXPECT_EQ(receiving(), 1);
    EXPECT_TRUE(has(get("/verteiler/wohnen/empfaenger"), "a@x.example"));
    EXPECT_TRUE(has(get("/verteiler/wohnen/empfaenger.csv"), "Neues zum Wohnen."));
    EXPECT_EQ(remove("/verteiler/wohnen/empfaenger/" + std::to_string(number("select id as n from mailing_subscribers where email = 'a@x.example'")))
                  .status,
              303);
    EXPECT_EQ(receiving(), 0);
    EXPECT_EQ(remove("/verteiler/wohnen/empfaenger/999").status, 404);
}

TEST_P(MailingLists, WhoMayDoWhat) {
    officer();
    const auto page = draft();
    for (const auto role : {Role::anonymous, Role::reader, Role::unit_editor}) {
        as(role);
        for (const auto& path :
             {std::string("/verteiler/neu"), std::string("/verteiler/wohnen/bearbeiten"), std::string("/verteiler/wohnen/empfaenger"),
              std::string("/verteiler/wohnen/empfaenger.csv"), std::string("/verteiler/wohnen/nachrichten/neu"), page})
            EXPECT_EQ(get(path).status, 404) << path;
        EXPECT_EQ(post(page + "/versand", {{"version", "1"}}).status, 404);
        EXPECT_EQ(post("/verteiler/wohnen", {{"version", "1"}}).status, 404);
        EXPECT_FALSE(has(get("/verteiler/wohnen"), "Neuer Mietspiegel")) << "a draft";
    }
    nobody();
    subscribe("a@x.example");
    officer();
    post(page + "/versand", {{"version", "1"}});
    as(Role::reader);
    EXPECT_EQ(get(page).status, 200);
    nobody();
    EXPECT_EQ(get(page).status, 404);
}

TEST_P(MailingLists, EveryMistakeInAListIsToldAtOnce) {
    officer();
    const auto refused = post("/verteiler", {{"key", "Wohnen"}, {"closed_on", "31.02.2021"}, {"title_en", "Housing"}});
    EXPECT_EQ(refused.status, 422);
    for (const auto* field : {"f-key", "title_de", "purpose_de", "closed_on"}) EXPECT_TRUE(has(refused, field)) << field;
    EXPECT_TRUE(has(refused, "Housing"));
    EXPECT_EQ(post("/verteiler", {{"key", "wohnen"}, {"title_de", "Noch eine"}, {"purpose_de", "Zweck."}}).status, 422) << "the short name is taken";
    EXPECT_EQ(post("/verteiler/wohnen", {{"version", "1"}, {"title_de", "A"}, {"purpose_de", "B"}, {"open", "ja"}}).status, 303);
    EXPECT_EQ(post("/verteiler/wohnen", {{"version", "1"}, {"title_de", "C"}, {"purpose_de", "D"}, {"open", "ja"}}).status, 409);
}
