#include "platform/web/templates.h"
#include "platform/base/root.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;
using i18n::Language;
using web::Html;
using web::View;

constexpr const char* pragma = "{{%AUTOESCAPE context=\"HTML\"}}";

struct Folder {
    Folder() {
        path = fs::temp_directory_path() /
               ("miteinander-templates-" + std::to_string(::getpid()) + "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(path / "src" / "plan" / "templates");
    }
    ~Folder() { fs::remove_all(path); }
    void write(const std::string& name, const std::string& text) const { std::ofstream(path / "src" / "plan" / "templates" / name) << text; }
    base::Result<web::Templates> open() const { return web::Templates::open(path, catalogue); }
    i18n::Catalogue catalogue;
    fs::path path;
};

std::string render(const Folder& folder, const std::function<void(View&)>& fill, Language language = Language::de) {
    auto templates = folder.open();
    if (!templates) return "refused: " + templates.error().detail;
    return templates->render(language, "plan/a.tpl", fill);
}

TEST(Templates, RefuseWhatEscapingCannotProtect) {
    const struct {
        const char* text;
        const char* why;
    } cases[] = {
        {"<p>{{NAME}}</p>", "does not begin"},
        {"\n{{%AUTOESCAPE context=\"HTML\"}}<p></p>", "does not begin"},
        {"{{%AUTOESCAPE context=\"HTML\"}}<p>{{NAME:none}}</p>", ":none"},
        {"{{%AUTOESCAPE context=\"HTML\"}}<p>{{HTML__NAME}}</p>", "HTML__"},
        {"{{%AUTOESCAPE context=\"HTML\"}}{{=<% %>=}}<p></p>", "{{="},
        {"{{%AUTOESCAPE context=\"HTML\"}}<p style=\"color:red\"></p>", "style="},
        {"{{%AUTOESCAPE context=\"HTML\"}}<script>alert(1)</script>", "inline script"},
        {"{{%AUTOESCAPE context=\"HTML\"}}<button onclick=\"x()\"></button>", "event handler"},
        {"{{%AUTOESCAPE context=\"HTML\"}}<a href=\"javascript:x()\"></a>", "javascript:"},
        {"{{%AUTOESCAPE context=\"HTML\"}}{{_ never closed }}", "not closed"},
        {"{{%AUTOESCAPE context=\"HTML\"}}{{#OPEN}}never closed", "syntax"},
        {"{{%AUTOESCAPE context=\"HTML\"}}{{_  _}}", "empty text"},
    };
    for (const auto& c : cases) {
        Folder folder;
        folder.write("a.tpl", c.text);
        const auto templates = folder.open();
        ASSERT_FALSE(templates) << c.text;
        EXPECT_NE(templates.error().detail.find(c.why), std::string::npos) << templates.error().detail;
        EXPECT_NE(templates.error().detail.find("plan/a.tpl"), std::string::npos);
    }
}

TEST(Templates, RefuseAnIncludedFileWithoutThePragma) {
    Folder folder;
    folder.write("a.tpl", std::string(pragma) + "{{>ROW}}");
    folder.write("row.tpl", "<li>{{NAME}}</li>");
    const auto templates = folder.open();
    ASSERT_FALSE(templates);
    EXPECT_NE(templates.error().detail.find("plan/row.tpl"), std::string::npos);
}

TEST(Templates, EscapeForThePlaceATextStandsIn) {
    Folder folder;
    folder.write("a.tpl", std::string(pragma) + "<a href=\"{{URL}}\" title=\"{{NAME}}\">{{NAME}}</a>");
    const auto out = render(folder, [](View& view) {
        view.set("NAME", "<b>\"O'Neil\" & Co</b>");
        view.set("URL", "javascript:alert(1)");
    });
    EXPECT_EQ(out.find("<b>"), std::string::npos) << out;
    EXPECT_EQ(out.find("javascript:"), std::string::npos) << out;
    EXPECT_EQ(out.find("\"O'Neil\""), std::string::npos) << out;
    EXPECT_NE(out.find("&lt;b&gt;"), std::string::npos) << out;
}

TEST(Templates, ShowHtmlOnlyWhereHtmlIsMeant) {
    Folder folder;
    folder.write("a.tpl", std::string(pragma) + "<p>{{TEXT}}</p><div>{{TEXT:html}}</div>");
    EXPECT_EQ(render(folder, [](View& view) { view.set("TEXT", "<i>typed</i>"); }), "<p>&lt;i&gt;typed&lt;/i&gt;</p><div></div>");
    EXPECT_EQ(render(folder, [](View& view) { view.set("TEXT", Html::trusted("<i>made</i>")); }), "<p></p><div><i>made</i></div>");
    EXPECT_THROW(render(folder, [](View& view) { view.set("HTML__TEXT", "<i>typed</i>"); }), std::logic_error);
}

TEST(Templates, TranslateBeforeParsing) {
    Folder folder;
    ASSERT_TRUE(folder.catalogue.add(
        Language::de, "msgid \"Held since <b>{DAY}</b> & open\"\nmsgstr \"Seit <b>{DAY}</b> besetzt & <i>offen</i> \\\"ja\\\"\"\n", "de.po"));
    folder.write("a.tpl", std::string(pragma) + "<p title=\"{{_ Held since <b>{DAY}</b>\n   & open _}}\">{{_ Held since <b>{DAY}</b> & open _}}</p>");
    const auto fill = [](View& view) { view.set("DAY", "<1.1.>"); };
    const auto out = render(folder, fill);
    // The tag of the English text stays a tag, one the translator brought in becomes text, and what is filled in is escaped.
    EXPECT_NE(out.find("Seit <b>&lt;1.1.&gt;</b> besetzt &amp; &lt;i&gt;offen&lt;/i&gt; &quot;ja&quot;</p>"), std::string::npos) << out;
    EXPECT_NE(render(folder, fill, Language::en).find("Held since <b>&lt;1.1.&gt;</b> &amp; open</p>"), std::string::npos);
}

TEST(Templates, RepeatSectionsAndIncludeFiles) {
    Folder folder;
    folder.write("a.tpl",
                 std::string(pragma) +
                     "{{#GROUP}}<h2>{{TITLE}}</h2>{{#ROW}}<li>{{NAME}} ({{COUNT}})</li>{{/ROW}}{{/GROUP}}{{#NOTE}}<p>{{NOTE}}</p>{{/NOTE}}{{>MORE}}");
    folder.write("b.tpl", std::string(pragma) + "[{{NAME}}]");
    const auto out = render(folder, [](View& view) {
        auto group = view.section("GROUP");
        group.set("TITLE", "1");
        group.list("ROW", std::vector<std::string>{"a", "b"}, [](View& row, const std::string& name) {
            row.set("NAME", name);
            row.set("COUNT", 1234);
        });
        view.set_if("NOTE", std::string());
        view.include("MORE", "plan/b.tpl").set("NAME", "<x>");
    });
    EXPECT_EQ(out, "<h2>1</h2><li>a (1.234)</li><li>b (1.234)</li>[&lt;x&gt;]");
    EXPECT_THROW(render(folder, [](View& view) { view.include("MORE", "plan/unknown.tpl"); }), std::logic_error);
    EXPECT_THROW(render(folder, [](View& view) { view.include("MORE", "/etc/passwd"); }), std::logic_error);
}

TEST(Templates, OfTheProductAreAllAccepted) {
    const auto catalogue = i18n::Catalogue::load(std::string(base::source_root()) + "/locale");
    ASSERT_TRUE(catalogue) << catalogue.error().detail;
    const auto templates = web::Templates::open(base::source_root(), *catalogue);
    ASSERT_TRUE(templates) << templates.error().detail;
    EXPECT_GE(templates->names().size(), 10u);
}

}  // namespace
