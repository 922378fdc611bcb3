#include "app/recipients.h"

#include "platform/identity/store.h"

namespace app {

base::Result<duties::Recipients> recipients(db::Connection& c) {
    duties::Recipients out;
    TRY(const auto mailboxes, network::mailboxes(c));
    TRY(const auto bearers, network::bearers(c));
    for (const auto& b : bearers)
        if (const auto at = mailboxes.find(b.key); at != mailboxes.end()) out.of_office[b.id.value] = {{.address = at->second, .name = b.name.de}};
    TRY(const auto accounts, identity::accounts(c));
    std::map<std::int64_t, std::vector<duties::Recipient>> people;
    for (const auto& a : accounts) {
        if (a.disabled || a.email.empty()) continue;
        const duties::Recipient one{
            .address = a.email, .name = a.display_name, .language = i18n::language_of(a.language).value_or(i18n::default_language)};
        if (a.office) people[a.office].push_back(one);
        if (a.role == identity::Role::integration_officer) out.officers.push_back(one);
    }
    out.of_office.merge(people);  // what has an address of its own keeps it
    return out;
}

}  // namespace app
