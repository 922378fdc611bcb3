#include "platform/identity/permissions.h"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "platform/base/root.h"
#include "platform/i18n/translate.h"

using http::Method;
using identity::Role;

TEST(Permissions, TheLongestLineDecides) {
    struct Case {
        Method method;
        const char* pattern;
        std::optional<Role> from;
    };
    for (const auto& c : {Case{Method::get, "/", Role::anonymous},
                          {Method::get, "/pflichten.csv", Role::anonymous},
                          {Method::get, "/pflichten/{key:any}", Role::anonymous},
                          {Method::get, "/pflichten/neu", Role::integration_officer},
                          {Method::post, "/pflichten/{key:any}/erklaerung", Role::unit_editor},
                          {Method::post, "/pflichten/{key:any}/verzicht", Role::integration_officer},
                          {Method::del, "/konten/{id}/sperre", Role::administrator},
                          {Method::get, "/kontenx", std::nullopt},
                          {Method::get, "/unbekannt", std::nullopt},
                          {Method::post, "/impressum", std::nullopt}}) {
        const auto* p = identity::permission_for(c.method, c.pattern);
        EXPECT_EQ(p ? std::optional(p->from) : std::nullopt, c.from) << c.pattern;
    }
}

TEST(Permissions, WhatIsNotListedIsDeniedToEverybody) {
    const identity::Guard guard({{Method::get, "/pflichten"}, {Method::get, "/unbekannt"}, {Method::post, "/konten"}});
    EXPECT_EQ(guard.unlisted(), std::vector<std::string>{"GET /unbekannt"});
    for (const auto role : {Role::anonymous, Role::reader, Role::unit_editor, Role::integration_officer, Role::administrator}) {
        EXPECT_FALSE(guard.may(role, Method::get, "/unbekannt"));
        EXPECT_TRUE(guard.may(role, Method::get, "/pflichten"));
        EXPECT_EQ(guard.may(role, Method::post, "/konten"), role == Role::administrator);
    }
}

TEST(Permissions, NoAreaIsListedTwice) {
    std::set<std::pair<std::string_view, identity::Access>> seen;
    for (const auto& p : identity::permissions()) EXPECT_TRUE(seen.emplace(p.area, p.access).second) << p.area;
}

// The page shows a row for every deed. Two rows of one name with different answers leave the reader guessing which of them holds.
TEST(Permissions, NoTwoDeedsHaveTheSameNameInAnyLanguage) {
    // A catalogue of its own: the other tests of this program read English.
    const auto catalogue = i18n::Catalogue::load(std::string(base::source_root()) + "/locale");
    ASSERT_TRUE(catalogue);
    ASSERT_EQ(catalogue->text(i18n::Language::de, "Keep accounts"), "Konten pflegen");
    for (const auto language : {i18n::Language::de, i18n::Language::en}) {
        std::set<std::string> names;
        for (const auto& deed : identity::deeds()) {
            const auto name = std::string(catalogue->text(language, deed.front()->action));
            EXPECT_TRUE(names.insert(name).second) << i18n::code(language) << ": " << name;
        }
    }
}

TEST(Permissions, TheDocumentIsTheTable) {
    std::ifstream file(std::string(base::source_root()) + "/docs/permissions.md");
    std::stringstream kept;
    kept << file.rdbuf();
    EXPECT_EQ(kept.str(), identity::permissions_as_markdown()) << "miteinander permissions > docs/permissions.md";
}
