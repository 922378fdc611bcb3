// Break-glass: what the command line does when nobody can sign in any more, on a real installation of either engine.
#include <sstream>

#include "app/command_line.h"
#include "platform/audit/api.h"
#include "platform/identity/accounts.h"
#include "platform/identity/second_factor.h"
#include "tests/platform/db/support/engines.h"

using identity::Role;

namespace {

const std::string password = "vier bunte Kraniche";

class BreakGlass : public db::testing::OnBothEngines {
  protected:
    void SetUp() override {
        OnBothEngines::SetUp();
        accounts_ = std::move(*identity::Accounts::open(database(), hasher_, clock_));
        chief_ = account(
            {.sign_in = "chefin", .display_name = "Chefin", .password_hash = {}, .role = Role::administrator, .email = "chefin@kreis.example"});
        account({.sign_in = "lesen", .display_name = "Lesende", .password_hash = {}, .role = Role::reader, .email = "lesen@kreis.example"});
    }
    identity::AccountId account(const identity::NewAccount& fresh) {
        const auto made = accounts_->create(fresh, password, {});
        EXPECT_TRUE(made) << base::describe(made.error());
        return made.value_or(identity::AccountId{});
    }
    // The exit code, and what was said.
    int command(std::vector<const char*> words) {
        words.insert(words.begin(), "miteinander");
        words.push_back("--database");
        words.push_back(where().c_str());
        std::ostringstream out, err;
        const int code = app::run(static_cast<int>(words.size()), words.data(), out, err);
        said_ = out.str() + err.str();
        return code;
    }
    std::string token() const {
        const auto at = said_.find("/passwort/");
        EXPECT_NE(at, std::string::npos) << said_;
        EXPECT_EQ(said_.find("/passwort/", at + 1), std::string::npos) << "once";
        return at == std::string::npos ? std::string() : said_.substr(at + 10, 43);
    }
    std::string session(const std::string& name, const std::string& with = password) {
        const auto in = accounts_->sign_in(name, with, "192.0.2.1");
        return in ? in->token : std::string();
    }
    std::vector<std::string> log_of(identity::AccountId id) {
        const auto entries = database().read([&](db::Connection& c) { return audit::history(c, "identity.account", std::to_string(id.value)); });
        std::vector<std::string> out;
        for (const auto& e : entries.value_or(std::vector<audit::Entry>{})) {
            if (e.action != "set_password") { EXPECT_EQ(e.account.value, 0) << e.action << ": nobody was signed in, it was the program itself"; }
            out.push_back(e.action);
        }
        return out;  // newest first
    }
    std::vector<std::string> told(const char* what) {
        return database()
            .read([&](db::Connection& c) {
                return c.query<std::string>("select recipient from mail_outbox where body_text like :what order by recipient",
                                            {{"what", std::string("%") + what + "%"}}, [](const db::Row& row) { return row.text("recipient"); });
            })
            .value_or(std::vector<std::string>{});
    }
    identity::AccountId id_of(const char* name) {
        return database().read([&](db::Connection& c) { return identity::credentials_of(c, name); }).value().value().account.id;
    }

    base::Clock clock_;
    identity::PasswordHasher hasher_{16, {.passes = 1, .memory_bytes = 8192}};
    std::unique_ptr<identity::Accounts> accounts_;
    identity::AccountId chief_;
    std::string said_;
};
MITEINANDER_ON_BOTH_ENGINES(BreakGlass);

}  // namespace

TEST_P(BreakGlass, MakesAnAdministratorWhoseLinkWorksOnce) {
    ASSERT_EQ(command({"account", "create", "notfall"}), 0) << said_;
    const auto link = token();
    EXPECT_EQ(session("notfall"), "") << "there is no password before the link is used";
    ASSERT_TRUE(accounts_->set_password_by_link(link, identity::reset_purpose, "drei graue Reiher"));
    const auto in = session("notfall", "drei graue Reiher");
    ASSERT_NE(in, "");
    EXPECT_EQ(accounts_->who(in)->actor.role, Role::administrator);
    EXPECT_FALSE(accounts_->set_password_by_link(link, identity::reset_purpose, "noch ein Versuch damit")) << "it worked once";
    EXPECT_EQ(log_of(id_of("notfall")).back(), "create");
    EXPECT_EQ(told("notfall"), std::vector<std::string>{"chefin@kreis.example"}) << "every administrator with an address, and nobody else";
    EXPECT_EQ(command({"account", "create", "notfall"}), 2) << "the name is taken";
    EXPECT_EQ(command({"account", "create", "Zwei Worte"}), 2);
    EXPECT_EQ(command({"account", "create", "koenig", "--role", "koenig"}), 2);
}

TEST_P(BreakGlass, BringsADisabledAdministratorBack) {
    const auto before = session("chefin");
    ASSERT_EQ(command({"account", "disable", "chefin"}), 0) << said_;
    EXPECT_FALSE(accounts_->who(before)) << "its sessions have ended";
    EXPECT_EQ(session("chefin"), "");
    EXPECT_EQ(command({"account", "link", "chefin"}), 2) << "a link nobody could use";
    EXPECT_EQ(said_.find("/passwort/"), std::string::npos);
    ASSERT_EQ(command({"account", "enable", "chefin"}), 0) << said_;
    EXPECT_NE(session("chefin"), "");
    EXPECT_EQ(log_of(chief_), (std::vector<std::string>{"enable", "disable", "create"}));
    EXPECT_EQ(told("Server"), std::vector<std::string>{"chefin@kreis.example"});
}

TEST_P(BreakGlass, ALinkEndsEverySessionAndTheLinksBeforeIt) {
    const auto before = session("lesen"), other = session("chefin");
    ASSERT_EQ(command({"account", "link", "lesen"}), 0) << said_;
    const auto first = token();
    EXPECT_FALSE(accounts_->who(before)) << "whoever is in is out";
    EXPECT_TRUE(accounts_->who(other)) << "of this account only";
    ASSERT_EQ(command({"account", "link", "LESEN "}), 0) << "names are compared without case and blanks";
    EXPECT_FALSE(accounts_->set_password_by_link(first, identity::reset_purpose, "drei graue Reiher")) << "only the newest opens";
    EXPECT_TRUE(accounts_->set_password_by_link(token(), identity::reset_purpose, "drei graue Reiher"));
    const auto log = log_of(id_of("lesen"));
    EXPECT_EQ(std::count(log.begin(), log.end(), "link_at_terminal"), 2);
    const std::vector<std::string> both{"chefin@kreis.example", "chefin@kreis.example", "lesen@kreis.example", "lesen@kreis.example"};
    EXPECT_EQ(told("Server"), both) << "the account and the administrators, each time";
    const auto kept = database().read([&](db::Connection& c) {
        return c.query_one<std::int64_t>("select count(*) as n from one_time_links where token_hash like :token", {{"token", "%" + first + "%"}},
                                         [](const db::Row& row) { return row.int64("n"); });
    });
    EXPECT_EQ(kept->value(), 0) << "the database knows the hash only";
    EXPECT_EQ(command({"account", "link", "niemand"}), 2);
}

TEST_P(BreakGlass, TakesALostSecondFactorAway) {
    ASSERT_TRUE(database().write(
        [&](db::Connection& c) { return identity::set_second_factor(c, chief_, std::string(20, 's'), 1, {"aaaa-bbbb"}, {}, clock_.now()); }));
    EXPECT_EQ(session("chefin"), "") << "a code is asked for";
    ASSERT_EQ(command({"account", "second-factor-off", "chefin"}), 0) << said_;
    EXPECT_NE(session("chefin"), "");
    EXPECT_EQ(log_of(chief_).front(), "remove_second_factor");
    EXPECT_EQ(told("Faktor"), std::vector<std::string>{"chefin@kreis.example"});
    ASSERT_EQ(command({"account", "list"}), 0);
    EXPECT_NE(said_.find("chefin"), std::string::npos);
    EXPECT_EQ(said_.find("$argon2"), std::string::npos) << "no password, not even its hash";
}
