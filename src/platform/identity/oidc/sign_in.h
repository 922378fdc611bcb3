#pragma once
// Signing in by an identity provider: authorization code flow with PKCE.
#include "platform/identity/accounts.h"
#include "platform/identity/oidc/provider.h"

namespace identity::oidc {

struct Settings {
    std::string issuer;  // empty: nobody signs in that way
    std::string client_id;
    std::string label;                                      // what the button calls the provider
    std::string role_claim;                                 // the claim that names groups or roles; empty: roles are kept here
    std::vector<std::pair<std::string, Role>> role_values;  // the first that the claim holds decides
    bool create = false;                                    // accounts for whoever has one of these roles
    bool usable() const { return !issuer.empty() && !client_id.empty(); }
};
base::Result<Settings> settings(db::Connection&);
base::Result<void> save_settings(db::Connection&, const Settings&, const Actor& by, base::Instant now);

// Pure: the role a provider's claims give; nothing when none of the values is there.
std::optional<Role> role_of(const Claims&, const Settings&);

class SignIn {
  public:
    SignIn(db::Database& database, Accounts& accounts, const base::Clock& clock, std::string secret_file, Fetch f = fetch)
        : database_(database), accounts_(accounts), clock_(clock), secret_file_(std::move(secret_file)), provider_(std::move(f)) {}

    struct Begun {
        std::string state;    // for a cookie: the answer must come back to the browser that asked
        std::string address;  // where the browser goes
    };
    base::Result<Begun> begin(const std::string& next);
    struct Done {
        Accounts::SignedIn in;
        std::string next;
    };
    // `state` as the provider sent it back, `cookie` as the browser kept it. forbidden for whoever has no account here.
    base::Result<Done> finish(const std::string& state, const std::string& cookie, const std::string& code, const Accounts::Visit&);

  private:
    std::string derived(std::string_view what, const std::string& state) const;
    base::Result<AccountId> account_for(const Settings&, const Claims&);

    db::Database& database_;
    Accounts& accounts_;
    const base::Clock& clock_;
    const std::string secret_file_;
    Provider provider_;
};

}  // namespace identity::oidc
