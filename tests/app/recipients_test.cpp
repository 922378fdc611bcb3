// Who is written to for an office, by reminders of duties and by confirmations alike.
#include "app/recipients.h"

#include "app/confirmation_wiring.h"
#include "network/offices.h"
#include "platform/identity/store.h"
#include "tests/platform/db/support/engines.h"

using identity::Role;

namespace {

const base::Instant now = *base::parse_iso_instant("2020-09-28T10:00:00Z");

class OfficeRecipients : public db::testing::OnBothEngines {
  protected:
    network::Bearer office(const std::string& key) {
        network::Bearer b{
            .id = {}, .key = key, .kind = network::BearerKind::office, .name = {"Stelle " + key, ""}, .short_name = {}, .part_of = {}, .feed = false};
        b.id = database().write([&](db::Connection& c) { return network::save_bearer(c, b, false, {}, now); }).value();
        return b;
    }
    void account(const std::string& name, Role role, std::int64_t office, bool disabled = false) {
        ASSERT_TRUE(database().write([&](db::Connection& c) -> base::Result<void> {
            TRY(const auto id,
                identity::create_account(
                    c,
                    {.sign_in = name, .display_name = name, .password_hash = "x", .role = role, .office = office, .email = name + "@kreis.example"},
                    {}, now));
            return disabled ? identity::set_disabled(c, id, true, {}, now) : base::Result<void>();
        }));
    }
    void mailbox(const network::Bearer& of, const std::string& address) {
        ASSERT_TRUE(database().write([&](db::Connection& c) { return network::set_mailbox(c, of, address, {}, now); }));
    }
    std::string of(const network::Bearer& office) {
        const auto all = database().read([](db::Connection& c) { return app::recipients(c); });
        EXPECT_TRUE(all) << base::describe(all.error());
        std::string out;
        if (const auto at = all->of_office.find(office.id.value); at != all->of_office.end())
            for (const auto& one : at->second) out += one.address + " ";
        return out;
    }
};
MITEINANDER_ON_BOTH_ENGINES(OfficeRecipients);

}  // namespace

TEST_P(OfficeRecipients, AreItsAddressElseThePeopleWhoWorkForIt) {
    const auto jugend = office("jugend"), soziales = office("soziales"), leer = office("leer");
    account("anna", Role::unit_editor, jugend.id.value);
    account("bert", Role::unit_editor, jugend.id.value);
    account("fort", Role::unit_editor, jugend.id.value, true);
    account("chefin", Role::integration_officer, 0);
    EXPECT_EQ(of(jugend), "anna@kreis.example bert@kreis.example ") << "nobody disabled";
    mailbox(jugend, "jugend@kreis.example");
    mailbox(soziales, "soziales@kreis.example");
    EXPECT_EQ(of(jugend), "jugend@kreis.example ") << "whoever is in reads it";
    EXPECT_EQ(of(soziales), "soziales@kreis.example ");
    EXPECT_EQ(of(leer), "");
    mailbox(jugend, "");
    EXPECT_EQ(of(jugend), "anna@kreis.example bert@kreis.example ");
    const auto all = database().read([](db::Connection& c) { return app::recipients(c); });
    ASSERT_EQ(all->officers.size(), 1u);
    EXPECT_EQ(all->officers.front().address, "chefin@kreis.example");
}

// The Monday mail of an office with an address goes there; of one without anybody it goes to the officer.
TEST_P(OfficeRecipients, ReadWhatIsDueOnMonday) {
    const auto jugend = office("jugend"), leer = office("leer");
    account("anna", Role::unit_editor, jugend.id.value);
    account("chefin", Role::integration_officer, 0);
    mailbox(jugend, "jugend@kreis.example");
    const auto due = database().read([&](db::Connection& c) -> base::Result<std::string> {
        TRY(const auto bearers, network::bearers(c));
        TRY(const auto all, app::recipients(c));
        std::string out;
        for (const auto& key : {"jugend", "leer"})
            for (const auto& one : duties::recipients_of(duties::Instance::office, key, bearers, all)) out += one.address + " ";
        return out;
    });
    EXPECT_EQ(due.value(), "jugend@kreis.example chefin@kreis.example ");
}
