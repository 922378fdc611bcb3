#include <fmt/format.h>

#include "platform/i18n/translate.h"
#include "platform/privacy/api.h"

namespace privacy {
namespace {

using i18n::marked;
using Columns = std::string_view[];

constexpr Columns accounts = {"accounts.sign_in",
                              "accounts.display_name",
                              "accounts.email",
                              "account_subjects.issuer",
                              "account_subjects.subject",
                              "account_subjects.account_id",
                              "sessions.account_id",
                              "sessions.device",
                              "known_devices.account_id",
                              "known_devices.device_hash",
                              "recovery_codes.account_id",
                              "reset_requests.sign_in",
                              "measure_filters.account_id",
                              "measure_uploads.account_id",
                              "measure_exports.account_id",
                              "api_tokens.account_id",
                              "passkeys.account_id",
                              "passkeys.credential_id",
                              "passkeys.public_key",
                              "passkeys.name"};
constexpr Columns mail = {"mail_outbox.recipient",       "mail_outbox.recipient_name", "mail_outbox.subject",
                          "mail_outbox.body_text",       "mail_outbox.body_html",      "office_details.mail",
                          "commitment_invitations.mail", "digest_subscriptions.mail",  "mail_outbox.unsubscribe"};
constexpr Columns lists = {"mailing_subscribers.email", "mailing_subscribers.email_key"};
constexpr Columns offices = {"office_holdings.holder", "office_holdings.deputy", "group_meetings.participants", "seat_terms.representative",
                             "seat_terms.substitute"};
constexpr Columns contacts = {"contact_points.person", "contact_points.email", "contact_points.email_key", "contact_points.phone",
                              "confirmation_subjects.email"};
constexpr Columns barriers = {"accessibility_feedback.contact"};
constexpr Columns history = {"audit_entries.account_id", "audit_values.fields", "personal_data_views.viewer_id", "personal_data_views.person_id"};

constexpr Activity all[] = {
    {"accounts", marked("Accounts and sign-in"), marked("Let staff and partners work, and keep strangers out"),
     marked("Art. 6 (1) e GDPR with the law of the state"), marked("Staff, partners"), marked("None"),
     marked("While the account is needed; erased to a stub afterwards"), accounts},
    {"mail", marked("Mail"), marked("Invitations, reminders, confirmations"), marked("Art. 6 (1) e GDPR; consent for subscriptions"),
     marked("Staff, partners, subscribers"), marked("The mail server of the house"), marked("Texts until sent; the log 400 days"), mail},
    {"lists", marked("Mailing lists"), marked("Send news of a subject to whoever asked for it"),
     marked("Consent (Art. 6 (1) a, Art. 7 GDPR), confirmed by mail"), marked("Subscribers"), marked("The mail server of the house"),
     marked("Until the person leaves; the proof of consent three years more; an unconfirmed address a week"), lists},
    {"offices", marked("Holders of offices and seats"), marked("Say who answers for a duty and who sits for whom"), marked("Art. 6 (1) e GDPR"),
     marked("Staff, members of networks"), marked("Signed-in people"), marked("With the history of the office"), offices},
    {"contacts", marked("Contact points of organisations"), marked("Reach organisations of the network"),
     marked("Consent (Art. 6 (1) a, Art. 7 GDPR), for each field and purpose"), marked("Contact persons"), marked("The public, as far as consented"),
     marked("Until consent is withdrawn"), contacts},
    {"barriers", marked("Reports of barriers"), marked("Answer reports (section 12b BGG)"), marked("Art. 6 (1) c GDPR"), marked("Whoever reports"),
     marked("None"), marked("Erased with the answer"), barriers},
    {"history", marked("History of changes"), marked("Prove who changed what, when"), marked("Art. 6 (1) e GDPR"), marked("Staff, partners"),
     marked("None"), marked("With the records; values can be blanked, the proof stays"), history},
};

}  // namespace

std::span<const Activity> activities() { return all; }

std::string register_as_markdown() {
    std::string out =
        "# Register of processing activities (Art. 30 GDPR)\n\nMade from the model by `miteinander privacy register`. No field is meant for personal data of "
        "migrants; `miteinander privacy check` proves that no column\noutside this register is meant for personal data.\n";
    for (const auto& a : all) {
        out += fmt::format(
            "\n## {}\n\n| | |\n|---|---|\n| purpose | {} |\n| legal basis | {} |\n| persons | {} |\n| recipients | {} |\n| kept | {} |\n| fields |",
            a.title, a.purpose, a.legal_basis, a.persons, a.recipients, a.kept);
        for (const auto column : a.columns) out += fmt::format(" `{}`", column);
        out += " |\n";
    }
    return out;
}

}  // namespace privacy
