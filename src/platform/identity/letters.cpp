#include "platform/identity/letters.h"

#include "platform/i18n/format.h"
#include "platform/i18n/translate.h"
#include "platform/mail/api.h"

namespace identity {
namespace {

using base::message;

i18n::Language language_of(const Account& a) { return i18n::language_of(a.language).value_or(i18n::default_language); }

base::Result<void> send(db::Connection& c, const Account& to, const base::Message& subject, const std::vector<base::Message>& paragraphs,
                        base::Instant now, std::string once_key = {}) {
    if (to.email.empty()) return {};
    const auto language = language_of(to);
    mail::Message m{.to = to.email, .to_name = to.display_name, .language = language, .subject = i18n::translate(language, subject), .text = {}};
    for (const auto& p : paragraphs) m.text += (m.text.empty() ? "" : "\n\n") + i18n::translate(language, p);
    m.text += "\n";
    m.once_key = std::move(once_key);
    return mail::queue(c, m, now);
}

base::Result<std::string> address_of(db::Connection& c, const std::string& path) {
    TRY(const auto site, mail::public_address(c));
    if (site.empty()) return base::invalid("", message("Links in mails need the public address of this site: please set it under “E-mail”."));
    return site + path;
}

}  // namespace

base::Result<void> send_invitation(db::Connection& c, const Account& a, const std::string& token, base::Instant now) {
    TRY(const auto link, address_of(c, "/einladung/" + token));
    return send(c, a, message("Your account for the integration concept"),
                {message("An account has been made for you: {name}.", {{"name", a.sign_in}}),
                 message("Open this link within seven days and choose a password of your own. The link works once:"), base::Message{link, {}},
                 message("If you did not expect this, you need not do anything.")},
                now);
}

base::Result<void> send_reset(db::Connection& c, const Account& a, const std::string& token, base::Instant now) {
    TRY(const auto link, address_of(c, "/passwort/" + token));
    return send(c, a, message("A new password"),
                {message("Somebody, probably you, asked for a new password for the account {name}.", {{"name", a.sign_in}}),
                 message("Open this link within an hour. The link works once:"), base::Message{link, {}},
                 message("If it was not you, you need not do anything: your password stays as it is.")},
                now);
}

base::Result<void> tell_of_new_password(db::Connection& c, const Account& a, base::Instant now) {
    return send(c, a, message("Your password has been changed"),
                {message("The password of the account {name} was changed on {moment}.",
                         {{"name", a.sign_in}, {"moment", i18n::format_moment(language_of(a), now)}}),
                 message("If it was not you, please tell your administration at once.")},
                now);
}

base::Result<void> tell_of_new_device(db::Connection& c, const Account& a, const std::string& device, base::Instant now) {
    const auto language = language_of(a);
    return send(c, a, message("Sign-in from a new device"),
                {message("Somebody signed in to the account {name} from a device that has not been seen before: {device}, {moment}.",
                         {{"name", a.sign_in},
                          {"device", device.empty() ? i18n::translate(language, message("unknown device")) : device},
                          {"moment", i18n::format_moment(language, now)}}),
                 message("If it was you, you need not do anything. If not, change your password and end the other sessions under “My account”.")},
                now);
}

base::Result<void> tell_of_failures(db::Connection& c, const Account& a, base::Instant now) {
    return send(
        c, a, message("Many failed attempts to sign in"),
        {message("Somebody has tried many wrong passwords or codes for the account {name}. It is closed to them for a while.", {{"name", a.sign_in}}),
         message(
             "Your own devices can go on signing in. If it was not you, a second factor keeps your account safe; you find it under “My account”.")},
        now, "identity.failures." + std::to_string(a.id.value) + "." + base::iso(base::berlin_day(now)));
}

base::Result<void> tell_of_break_glass(db::Connection& c, const Account& about, const base::Message& what, base::Instant now) {
    TRY(const auto all, accounts(c));
    for (const auto& a : all) {
        if (a.disabled || (a.role != Role::administrator && a.id != about.id)) continue;
        const auto language = language_of(a);
        TRY_VOID(
            send(c, a, message("Access was restored at the server"),
                 {message("At the command line of the server, account {name}, {moment}: {what}.",
                          {{"name", about.sign_in}, {"moment", i18n::format_moment(language, now)}, {"what", i18n::translate(language, what)}}),
                  message("If nobody of your house did this, somebody else can run commands on the server. Please tell whoever keeps it at once.")},
                 now));
    }
    return {};
}

base::Result<void> tell_of_new_passkey(db::Connection& c, const Account& a, const std::string& name, base::Instant now) {
    return send(c, a, message("A new passkey"),
                {message("A passkey was added to the account {name} on {moment}: {passkey}.",
                         {{"name", a.sign_in}, {"moment", i18n::format_moment(language_of(a), now)}, {"passkey", name}}),
                 message("If it was not you, remove it under “My account”, change your password, and tell your administration.")},
                now);
}

base::Result<void> tell_of_copied_passkey(db::Connection& c, const Account& a, const std::string& name, base::Instant now) {
    return send(
        c, a, message("A passkey was refused"),
        {message(
             "Somebody tried to sign in to the account {name} with the passkey {passkey}, but its counter has gone back: there may be a copy of it.",
             {{"name", a.sign_in}, {"passkey", name}}),
         message("Please remove this passkey under “My account” and make a new one.")},
        now, "identity.copied." + std::to_string(a.id.value) + "." + base::iso(base::berlin_day(now)));
}

}  // namespace identity
