#include "measures/commitment_store.h"

#include "platform/audit/api.h"
#include "platform/i18n/translate.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"

namespace measures {
namespace {

using base::message;

// The link is also the way to withdraw, so it lives as long as people keep such a mail.
constexpr int link_days = 730;

base::Result<void> recorded(db::Connection& c, const By& by, std::string subject, std::string record, std::string action, audit::Values after) {
    return audit::record(c, by.actor, by.now, std::move(subject), std::move(record), std::move(action), {}, std::move(after));
}

constexpr std::string_view columns =
    "select i.id, i.partner, i.mail, i.language, i.invited_on, m.key from commitment_invitations i left join measures m on m.id = i.measure_id ";
Invitation invitation_of(const db::Row& row) {
    return {row.id<InvitationId>("id"), row.text("partner"),
            row.text("mail"),           row.text("language") == "en" ? i18n::Language::en : i18n::Language::de,
            row.day("invited_on"),      row.optional_text("key").value_or("")};
}

base::Result<void> refuse_no_address(const Invitation& invitation) {
    if (invitation.mail.empty() || mail::is_address(invitation.mail)) return {};
    return base::invalid("mail", message("This is no mail address."));
}

// Issues the link and mails it.
base::Result<std::string> send(db::Connection& c, const Invitation& invitation, const By& by) {
    TRY(const auto token,
        links::issue(c, {std::string(commitment_purpose), std::to_string(invitation.id.value), by.now + std::chrono::days(link_days)}, by.now));
    TRY(const auto site, mail::public_address(c));
    auto address = site + "/zusage/" + token;
    const auto say = [&](const base::Message& m) { return i18n::translate(invitation.language, m); };
    if (!invitation.mail.empty()) {
        mail::Message m;
        m.to = invitation.mail;
        m.language = invitation.language;
        m.subject = say(message("What will you contribute to integration in our district?"));
        m.text =
            say(message("Good day,")) + "\n\n" +
            say(message(
                "the district invites you to commit yourselves to a contribution of your own, in your own words. Nothing is assigned to you: you write it, you "
                "confirm it, and you may withdraw it at any time with the same link.")) +
            "\n\n" + address;
        TRY_VOID(mail::queue(c, m, by.now));
    }
    return address;
}

}  // namespace

base::Result<std::string> invite(db::Connection& c, Invitation invitation, const By& by) {
    TRY_VOID(refuse_no_address(invitation));
    TRY(invitation.id,
        c.insert<InvitationId>(
            "insert into commitment_invitations (partner, mail, language, invited_on) values (:partner, :mail, :language, :on) returning id",
            {{"partner", invitation.partner}, {"mail", invitation.mail}, {"language", i18n::code(invitation.language)}, {"on", by.today}}));
    TRY(auto address, send(c, invitation, by));
    TRY_VOID(recorded(c, by, "measures.invitation", std::to_string(invitation.id.value), "create", {{"partner", invitation.partner}}));
    return address;
}

base::Result<std::string> invite_again(db::Connection& c, const Invitation& invitation, const By& by) {
    TRY_VOID(refuse_no_address(invitation));
    TRY_VOID(c.execute("update commitment_invitations set mail = :mail, language = :language, invited_on = :on where id = :id",
                       {{"id", invitation.id}, {"mail", invitation.mail}, {"language", i18n::code(invitation.language)}, {"on", by.today}}));
    TRY_VOID(links::revoke(c, commitment_purpose, std::to_string(invitation.id.value)));
    TRY(auto address, send(c, invitation, by));
    TRY_VOID(recorded(c, by, "measures.invitation", std::to_string(invitation.id.value), "send", {{"partner", invitation.partner}}));
    return address;
}

base::Result<std::optional<Invitation>> waiting_invitation(db::Connection& c, std::string_view partner, base::Day today) {
    return c.query_one<Invitation>(
        std::string(columns) + "where i.partner = :partner and i.measure_id is null and i.invited_on > :ended order by i.id desc limit 1",
        {{"partner", partner}, {"ended", base::plus_days(today, -link_days)}}, invitation_of);
}

base::Result<std::vector<Invitation>> invitations(db::Connection& c) {
    return c.query<Invitation>(std::string(columns) + "order by i.id desc", {}, invitation_of);
}
base::Result<Invitation> find_invitation(db::Connection& c, InvitationId id) {
    TRY(auto found, c.query_one<Invitation>(std::string(columns) + "where i.id = :id", {{"id", id}}, invitation_of));
    if (!found) return base::error(base::ErrorKind::not_found, "no such invitation");
    return std::move(*found);
}

base::Result<Measure> write_commitment(db::Connection& c, const Invitation& invitation, const Words& words, const By& by) {
    const auto fill = [&](Measure& m) {
        m.title = words.title;
        m.description = words.description;
        m.schedule.starts_on = words.starts_on;
        m.schedule.ends_on = words.ends_on;
    };
    if (invitation.measure.empty()) {
        Measure m;
        m.kind = Kind::self_commitment;
        m.accountable = invitation.partner;
        fill(m);
        TRY(auto made, create(c, std::move(m), by));
        TRY_VOID(c.execute("update commitment_invitations set measure_id = :measure where id = :id", {{"measure", made.id}, {"id", invitation.id}}));
        return made;
    }
    TRY(auto dossier, find(c, invitation.measure));
    if (dossier.measure.commitment == CommitmentState::withdrawn) return base::error(base::ErrorKind::conflict, "the commitment has been withdrawn");
    auto changed = dossier.measure;
    fill(changed);
    TRY(auto saved, save(c, changed, dossier.measure.version, {}, by));
    if (saved.commitment == CommitmentState::confirmed) {
        TRY_VOID(c.execute("update measures set commitment = 'offered' where id = :id", {{"id", saved.id}}));
        TRY_VOID(recorded(c, by, "measures.measure", saved.key, "commitment", {{"commitment", "offered"}}));
        saved.commitment = CommitmentState::offered;
    }
    return saved;
}

}  // namespace measures
