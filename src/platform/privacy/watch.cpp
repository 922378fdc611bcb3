#include "platform/i18n/translate.h"
#include "platform/privacy/api.h"

namespace privacy {
namespace {

using i18n::marked;

constexpr Watched pages[] = {
    {"/konten", "accounts", marked("List of accounts"), false},
    {"/konten/{id}", "account", marked("Page of the account"), true},
    {"/konten/{id}/verlauf", "account", marked("Page of the account"), true},
    {"/konten/{id}/daten", "dossier", marked("Everything kept about the person"), true},
    {"/konten/{id}/daten.json", "dossier", marked("Everything kept about the person"), true},
    {"/konten/{id}/daten.pdf", "dossier", marked("Everything kept about the person"), true},
    {"/einstellungen/mail/protokoll", "mails", marked("Log of mails"), false},
    {"/organisationen/{key:slug}/kontakte/{contact}", "contacts", marked("Contacts of organisations"), false},
    {"/organisationen/kontakte.csv", "contacts", marked("Contacts of organisations"), false},
    {"/organisationen/kontakte.xlsx", "contacts", marked("Contacts of organisations"), false},
    {"/verteiler/{key:slug}/empfaenger", "subscribers", marked("Subscribers of a mailing list"), false},
    {"/bestaetigungen", "confirmations", marked("Confirmations with their addresses"), false},
};

}  // namespace

std::span<const Watched> watched_pages() { return pages; }

const Watched* watched(std::string_view pattern) {
    for (const auto& page : pages)
        if (page.pattern == pattern) return &page;
    return nullptr;
}

// Asked first whether it stands there already: the one writer is not troubled by every reload.
base::Result<void> looked(db::Database& database, const Watched& page, const identity::Actor& by, identity::AccountId person, base::Day day) {
    const db::Parameters about{{"day", day}, {"viewer", by.account.value}, {"person", person.value}, {"what", page.what}};
    TRY(const auto known, database.read([&](db::Connection& c) {
        return c.query_one<bool>(
            "select 1 as one from personal_data_views where on_day = :day and viewer_id = :viewer and person_id = :person and what = :what", about,
            [](const db::Row&) { return true; });
    }));
    if (known) return {};
    return database.write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(c.execute(
            "insert into personal_data_views (on_day, viewer_id, person_id, what) values (:day, :viewer, :person, :what) on conflict do nothing",
            about));
        return {};
    });
}

}  // namespace privacy
