#include "platform/web/form.h"

#include <gtest/gtest.h>

#include "tests/platform/web/support/site.h"

namespace {

using base::message;

struct Forms : testing::Test {
    std::unique_ptr<web::Site> site = web_test::open_site();
    web::Context context = site->context(web_test::get("/pflichten/neu"));
    static bool has(const web::Html& html, std::string_view part) { return html.str().find(part) != std::string::npos; }
};

TEST_F(Forms, ConnectLabelHintAndMistake) {
    base::Error refused{base::ErrorKind::invalid_input, {}, {{"frist", message("Please enter a day."), 0}}, {}};
    web::Form form(context, {.action = "/pflichten"});
    form.error(refused);
    form.date("frist", message("Data protection"));
    const auto html = form.html();
    EXPECT_TRUE(has(html, "<label class=\"kern-label\" for=\"f-frist\">Datenschutz</label>")) << html.str();
    EXPECT_TRUE(has(html, "aria-describedby=\"f-frist-hinweis f-frist-fehler\""));
    EXPECT_TRUE(has(html, "aria-invalid=\"true\""));
    EXPECT_TRUE(has(html, "<a class=\"kern-link\" href=\"#f-frist\">Datenschutz: Bitte geben Sie einen Tag an.</a>"));
    EXPECT_TRUE(has(html, "Eine Angabe ist zu berichtigen"));
}

TEST_F(Forms, LoseNothingThatWasTyped) {
    http::Fields typed;
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"titel", "<Neu> \"x\""}, {"text", "\nzwei\nZeilen"}, {"amt", "2"}, {"art", "b"}, {"zg", "2"}, {"zg", "3"}, {"passwort", "geheim"}})
        typed.add(name, value);
    web::Form form(context, {.action = "/pflichten"});
    form.typed(typed);
    const std::vector<web::Choice> choices{{"1", std::string("eins")}, {"2", std::string("zwei")}, {"3", std::string("drei")}};
    form.text("titel", message("Start"), {.value = "alt"})
        .textarea("text", message("Start"))
        .select("amt", message("Start"), choices, {.value = "1"})
        .radios("art", message("Start"), {{"a", std::string("A")}, {"b", std::string("B")}}, {.value = "a"})
        .checkboxes("zg", message("Start"), choices, {"1"})
        .checkbox("ja", message("Start"), true)
        .text("passwort", message("Start"), {.type = "password"});
    const auto html = form.html();
    EXPECT_TRUE(has(html, "value=\"&lt;Neu&gt; &quot;x&quot;\"")) << html.str();
    EXPECT_TRUE(has(html, ">\n\nzwei\nZeilen</textarea>")) << "the first line break of a text area is eaten by browsers";
    EXPECT_TRUE(has(html, "<option value=\"2\" selected>"));
    EXPECT_FALSE(has(html, "<option value=\"1\" selected>"));
    EXPECT_TRUE(has(html, "value=\"b\" checked"));
    EXPECT_FALSE(has(html, "id=\"f-zg-0\" value=\"1\" checked"));
    EXPECT_TRUE(has(html, "id=\"f-zg-1\" value=\"2\" checked"));
    EXPECT_FALSE(has(html, "value=\"ja\" checked")) << "a cleared box stays clear";
    EXPECT_FALSE(has(html, "geheim"));
}

TEST_F(Forms, OfSeveralOnAPageTheOneThatWasSentTakesBackWhatWasRefused) {
    web::Refused refused{"/stellen/amt/aufgaben", {}, {base::ErrorKind::invalid_input, {}, {{"frist", message("Please enter a day."), 0}}, {}}};
    refused.typed.add("frist", "bald");
    web::Form other(context, {.action = "/stellen/amt/vertretung"});
    other.again(&refused).text("frist", message("Start"), {.value = "heute"});
    EXPECT_FALSE(other.was_refused());
    EXPECT_TRUE(has(other.html(), "value=\"heute\""));
    EXPECT_TRUE(context.mistakes->empty());
    web::mistakes_on_top(context, refused.error);
    EXPECT_TRUE(has(*context.mistakes, "Bitte geben Sie einen Tag an.")) << "told even where the form is gone";
    EXPECT_FALSE(has(*context.mistakes, "href="));
    web::Form sent(context, {.action = "/stellen/amt/aufgaben"});
    sent.again(&refused).text("frist", message("Start"), {.value = "heute"});
    EXPECT_TRUE(sent.was_refused());
    const auto html = sent.html();
    EXPECT_TRUE(has(html, "value=\"bald\"") && has(html, "f2-frist-fehler"));
    EXPECT_FALSE(has(html, "id=\"fehler\"")) << "the list stands on top of the page, not over the form";
    EXPECT_TRUE(has(*context.mistakes, "href=\"#f2-frist\""));
    EXPECT_TRUE(web::page(context, {.title = message("Start"), .status = 422}, html).body.find("id=\"fehler\"") != std::string::npos);
}

TEST_F(Forms, CarryTheirHiddenFields) {
    context.csrf_source = [] { return std::string("token<1>"); };
    web::Form form(context, {.action = "/pflichten/3", .method = "DELETE"});
    const auto html = form.file("datei", message("Start"), {.accept = ".pdf"}).html();
    EXPECT_TRUE(has(html, "name=\"_csrf\" value=\"token&lt;1&gt;\""));
    EXPECT_TRUE(has(html, "name=\"_method\" value=\"DELETE\""));
    EXPECT_TRUE(has(html, "method=\"post\""));
    EXPECT_TRUE(has(html, "enctype=\"multipart/form-data\""));
    EXPECT_TRUE(has(html, "name=\"_idempotency\""));
    EXPECT_NE(web::new_idempotency_key(), web::new_idempotency_key());
    const auto search = web::Form(context, {.action = "/suche", .method = "GET"}).html();
    EXPECT_FALSE(has(search, "_csrf")) << "a token has no place in an address";
    EXPECT_FALSE(has(search, "_idempotency"));
}

TEST_F(Forms, TellOfMistakesThatBelongToNoField) {
    base::Error refused{base::ErrorKind::invalid_input, {}, {{"", message("The term <ends>"), 0}, {"datei", message("Please choose one."), 12}}, {}};
    web::Form form(context, {.action = "/x"});
    form.error(refused);
    const auto html = form.html();
    EXPECT_TRUE(has(html, "<li>The term &lt;ends&gt;</li>")) << html.str();
    EXPECT_TRUE(has(html, "Zeile 12: Bitte treffen Sie eine Auswahl."));
}

TEST_F(Forms, OfOnePageShareNoIds) {
    web::button_form(context, "/x", message("Start"));
    const auto first = web::Form(context, {.action = "/a"}).date("until", message("Start")).html();
    const auto second =
        web::Form(context, {.action = "/b"}).date("until", message("Start")).radios("art", message("Start"), {{"a", std::string("A")}}).html();
    EXPECT_TRUE(has(first, "<label class=\"kern-label\" for=\"f-until\">")) << first.str();
    EXPECT_TRUE(has(second, "<label class=\"kern-label\" for=\"f2-until\">")) << second.str();
    EXPECT_TRUE(has(second, "id=\"f2-until-hinweis\""));
    EXPECT_TRUE(has(second, "id=\"f2-art-0\""));
    EXPECT_FALSE(has(second, "\"f-"));
}

TEST_F(Forms, GroupOptions) {
    web::Form form(context, {.action = "/x"});
    form.select("kl", message("Start"),
                {{"", std::string("–")},
                 {"1", std::string("a"), std::string(), "G <1>"},
                 {"2", std::string("b"), std::string(), "G <1>"},
                 {"3", std::string("c"), std::string(), "G2"}});
    const auto html = form.html().str();
    EXPECT_NE(
        html.find(
            "<option value=\"\" selected>–</option><optgroup label=\"G &lt;1&gt;\"><option value=\"1\">a</option><option value=\"2\">b</option></optgroup><optgroup label=\"G2\">"),
        std::string::npos)
        << html;
}

}  // namespace
