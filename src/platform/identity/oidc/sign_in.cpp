#include "platform/identity/oidc/sign_in.h"

#include <fstream>

#include <sodium.h>

#include "platform/audit/api.h"
#include "platform/links/api.h"
#include "platform/mail/api.h"
#include "platform/web/url.h"

namespace identity::oidc {
namespace {

constexpr const char* purpose = "identity.oidc";
constexpr std::chrono::minutes attempt_length{10};
constexpr const char* callback = "/anmelden/anbieter/antwort";

// "integration-lead = integration_officer", a line each.
std::string lines_of(const std::vector<std::pair<std::string, Role>>& values) {
    std::string out;
    for (const auto& [value, role] : values) out += value + " = " + std::string(name_of(role)) + "\n";
    return out;
}

std::vector<std::pair<std::string, Role>> values_of(const std::string& lines) {
    std::vector<std::pair<std::string, Role>> out;
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        const auto equals = line.rfind(" = ");
        if (equals == std::string::npos) continue;
        if (const auto role = role_named(line.substr(equals + 3))) out.emplace_back(line.substr(0, equals), *role);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> rows_of(const Settings& s) {
    return {{"oidc_issuer", s.issuer},         {"oidc_client_id", s.client_id},         {"oidc_label", s.label},
            {"oidc_role_claim", s.role_claim}, {"oidc_roles", lines_of(s.role_values)}, {"oidc_create", s.create ? "yes" : "no"}};
}

}  // namespace

base::Result<Settings> settings(db::Connection& c) {
    std::map<std::string, std::string> kept;
    TRY_VOID(c.for_each("select name, value from identity_settings where name like 'oidc_%'", {},
                        [&](const db::Row& row) { kept[row.text("name")] = row.text("value"); }));
    return Settings{.issuer = kept["oidc_issuer"],
                    .client_id = kept["oidc_client_id"],
                    .label = kept["oidc_label"],
                    .role_claim = kept["oidc_role_claim"],
                    .role_values = values_of(kept["oidc_roles"]),
                    .create = kept["oidc_create"] == "yes"};
}

base::Result<void> save_settings(db::Connection& c, const Settings& next, const Actor& by, base::Instant now) {
    TRY(const auto before, settings(c));
    for (const auto& [name, value] : rows_of(next))
        TRY_VOID(
            c.execute("insert into identity_settings (name, value) values (:name, :value) on conflict (name) do update set value = excluded.value",
                      {{"name", name}, {"value", value}}));
    TRY_VOID(audit::record(c, {.by = by,
                               .at = now,
                               .subject = "identity.settings",
                               .record = "oidc",
                               .action = "change",
                               .before = rows_of(before),
                               .after = rows_of(next)}));
    return {};
}

std::optional<Role> role_of(const Claims& claims, const Settings& s) {
    const auto found = claims.texts.find(s.role_claim);
    if (s.role_claim.empty() || found == claims.texts.end()) return {};
    for (const auto& [value, role] : s.role_values)
        if (std::find(found->second.begin(), found->second.end(), value) != found->second.end()) return role;
    return {};
}

// Nonce and verifier follow from the state and this installation's key, so that nothing secret need be kept between the two requests.
std::string SignIn::derived(std::string_view what, const std::string& state) const { return accounts_.keyed(what, state); }

base::Result<SignIn::Begun> SignIn::begin(const std::string& next) {
    const auto now = clock_.now();
    struct Asked {
        Settings settings;
        std::string site;
    };
    TRY(const auto asked, database_.read([](db::Connection& c) -> base::Result<Asked> {
        Asked out;
        TRY(out.settings, settings(c));
        TRY(out.site, mail::public_address(c));
        return out;
    }));
    if (!asked.settings.usable()) return base::error(base::ErrorKind::not_found, "no identity provider is set up");
    if (asked.site.empty()) return base::error(base::ErrorKind::unavailable, "the public address of this site is not set");
    TRY(const auto doors, provider_.doors(asked.settings.issuer, base::Clock().now()));
    TRY(const auto state, database_.write([&](db::Connection& c) { return links::issue(c, {purpose, next, now + attempt_length}, now); }));
    const auto joint = doors.authorization.find('?') == std::string::npos ? "?" : "&";
    return Begun{state, doors.authorization + joint +
                            "response_type=code&scope=openid%20email%20profile&client_id=" + web::url_encode(asked.settings.client_id) +
                            "&redirect_uri=" + web::url_encode(asked.site + callback) + "&state=" + state + "&nonce=" + derived("oidc nonce", state) +
                            "&code_challenge_method=S256&code_challenge=" + base64url(sha256(derived("oidc verifier", state)))};
}

base::Result<SignIn::Done> SignIn::finish(const std::string& state, const std::string& cookie, const std::string& code,
                                          const Accounts::Visit& visit) {
    // Somebody else's answer, slipped into this browser, must not sign it in to somebody else's account.
    if (state.empty() || state.size() != cookie.size() || sodium_memcmp(state.data(), cookie.data(), state.size()) != 0)
        return base::error(base::ErrorKind::invalid_input, "the provider's answer was not asked for by this browser");
    const auto now = clock_.now();
    struct Asked {
        Settings settings;
        std::string site, next;
    };
    TRY(const auto asked, database_.write([&](db::Connection& c) -> base::Result<Asked> {
        Asked out;
        TRY(out.settings, settings(c));
        TRY(out.site, mail::public_address(c));
        TRY(const auto grant, links::spend(c, state, purpose, now));
        out.next = grant.record;
        return out;
    }));
    if (!asked.settings.usable()) return base::error(base::ErrorKind::not_found, "no identity provider is set up");
    std::string secret;
    if (!secret_file_.empty()) {
        std::ifstream file(secret_file_);
        if (!std::getline(file, secret)) return base::error(base::ErrorKind::unavailable, "the file of --oidc-secret-file cannot be read");
    }
    const auto real = base::Clock().now();  // the provider knows the real time only
    TRY(const auto token, provider_.exchange(asked.settings.issuer, asked.settings.client_id, secret, code, derived("oidc verifier", state),
                                             asked.site + callback, real));
    TRY(const auto claims,
        provider_.verified(
            token, {.issuer = asked.settings.issuer, .client_id = asked.settings.client_id, .nonce = derived("oidc nonce", state), .now = real}));
    TRY(const auto id, account_for(asked.settings, claims));
    TRY(auto in, accounts_.sign_in_trusted(id, visit));
    return Done{std::move(in), asked.next};
}

// By the provider's own name for the person, which never changes; the first time by an address it has verified; else, where that is wished, a new one.
base::Result<AccountId> SignIn::account_for(const Settings& s, const Claims& claims) {
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<AccountId> {
        const db::Parameters subject{{"issuer", s.issuer}, {"subject", claims.subject}};
        TRY(const auto linked, c.query_one<AccountId>("select account_id from account_subjects where issuer = :issuer and subject = :subject",
                                                      subject, [](const db::Row& row) { return row.id<AccountId>("account_id"); }));
        const auto role = role_of(claims, s);
        if (!s.role_claim.empty() && !role) return base::error(base::ErrorKind::forbidden, "the provider gives no role for this site");
        std::optional<Account> whose;
        if (linked) {
            TRY(whose, account(c, *linked));
        } else if (claims.email_verified && mail::is_address(claims.email)) {
            TRY(whose, account_by_email(c, claims.email));
        }
        if (!whose && s.create && role && claims.email_verified && mail::is_address(claims.email)) {
            TRY(const auto id, create_account(c,
                                              {.sign_in = claims.email,
                                               .display_name = claims.name.empty() ? claims.email : claims.name,
                                               .password_hash = {},
                                               .role = *role,
                                               .email = claims.email},
                                              {}, now));
            TRY(whose, account(c, id));
        }
        if (!whose || whose->disabled) return base::error(base::ErrorKind::forbidden, "no account for whom the provider vouches");
        if (!linked) {
            auto row = subject;
            row.emplace_back("account", whose->id);
            TRY_VOID(c.execute("insert into account_subjects (issuer, subject, account_id) values (:issuer, :subject, :account)", row));
        }
        if (role && *role != whose->role) {
            auto changed = *whose;
            changed.role = *role;
            TRY_VOID(change_account(c, changed, {}, now));
            TRY_VOID(end_sessions_of(c, whose->id));
        }
        return whose->id;
    });
}

}  // namespace identity::oidc
