// Passkeys: making one, and signing in with one.
#include <sodium.h>

#include "platform/identity/accounts.h"
#include "platform/identity/letters.h"
#include "platform/identity/passkeys.h"

namespace identity {
namespace {

constexpr std::chrono::minutes challenge_length{10};
constexpr std::size_t random_bytes = 16, end_bytes = 8, proof_bytes = 24;

base::Error refused(std::string code) {
    base::Error e{base::ErrorKind::invalid_input, "passkey refused", {}, std::move(code)};
    e.fields.push_back({"", base::message("This passkey does not open an account here.")});
    return e;
}

std::string bytes_of(std::int64_t seconds) {
    std::string out;
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(seconds >> shift & 255);
    return out;
}

std::int64_t seconds_of(std::string_view bytes) {
    std::uint64_t out = 0;
    for (const unsigned char c : bytes) out = out << 8 | c;
    return static_cast<std::int64_t>(out);
}

}  // namespace

std::string Accounts::proof_of(std::string_view use, AccountId whom, std::string_view begins) const {
    return sha256(door("challenge " + std::string(use) + " " + std::to_string(whom.value), base64url(begins))).substr(0, proof_bytes);
}

// 16 random bytes, the end, and a proof over both: nothing is written while strangers look at the page to sign in.
std::string Accounts::new_challenge(std::string_view use, AccountId whom) const {
    std::string bytes(random_bytes, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    bytes += bytes_of(std::chrono::duration_cast<std::chrono::seconds>((clock_.now() + challenge_length).time_since_epoch()).count());
    return base64url(bytes + proof_of(use, whom, bytes));
}

base::Result<void> Accounts::spend(db::Connection& c, std::string_view challenge, std::string_view use, AccountId whom) const {
    const auto bytes = from_base64url(challenge);
    if (!bytes || bytes->size() != random_bytes + end_bytes + proof_bytes) return tl::unexpected(refused("challenge"));
    const auto begins = std::string_view(*bytes).substr(0, random_bytes + end_bytes);
    const auto proof = proof_of(use, whom, begins);
    if (sodium_memcmp(proof.data(), bytes->data() + begins.size(), proof_bytes) != 0) return tl::unexpected(refused("challenge"));
    const auto now = clock_.now();
    const base::Instant ends{std::chrono::seconds(seconds_of(begins.substr(random_bytes)))};
    if (ends <= now) return tl::unexpected(refused("expired"));
    TRY(const bool mine, spend_challenge(c, token_hash(challenge), ends, now));
    if (!mine) return tl::unexpected(refused("spent"));
    return {};
}

// What an authenticator keeps of whose key it is: opaque, and the same for all keys of one account.
std::string Accounts::passkey_handle(AccountId id) const { return sha256(door("passkey handle", std::to_string(id.value))); }

std::string Accounts::passkey_challenge(AccountId whom) const { return new_challenge(whom ? "create" : "get", whom); }

base::Result<void> Accounts::add_passkey(const Actor& who, const webauthn::Site& site, const std::string& name, const std::string& client_data,
                                         const std::string& attestation) {
    TRY(const auto fresh, webauthn::read_registration(site, client_data, attestation));
    const auto now = clock_.now();
    return database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(spend(c, fresh.challenge, "create", who.account));
        TRY(const auto whose, account(c, who.account));
        TRY(const auto have, passkeys_of(c, who.account));
        if (have.size() >= most_passkeys)
            return base::invalid(
                "", base::message("You have {most} passkeys already; please remove one first.", {{"most", std::to_string(most_passkeys)}}));
        TRY_VOID(keep_passkey(c,
                              {.id = {},
                               .account = who.account,
                               .credential_id = fresh.credential_id,
                               .public_key = fresh.public_key,
                               .counter = fresh.counter,
                               .site = site.id,
                               .name = name,
                               .last_used = {}},
                              who, now));
        return tell_of_new_passkey(c, whose, name, now);
    });
}

base::Result<Accounts::SignedIn> Accounts::sign_in_by_passkey(const webauthn::Site& site, const webauthn::Answer& answer, const Visit& visit) {
    const auto now = clock_.now();
    const auto address_door = door("address", visit.address);
    struct Asked {
        std::chrono::seconds wait{};
        std::optional<Passkey> key;
        std::optional<Account> whose;
    };
    TRY(const auto asked, database_.read([&](db::Connection& c) -> base::Result<Asked> {
        Asked out;
        TRY(const auto failures, failures_at(c, address_door));
        out.wait = wait_before_next_try(failures, address_throttle, now);
        TRY(out.key, passkey_by_credential(c, answer.credential_id));
        if (out.key) { TRY(out.whose, account(c, out.key->account)); }
        return out;
    }));
    if (asked.wait.count() > 0) return tl::unexpected(shut(asked.wait));
    const auto fail = [&](base::Error e) -> base::Result<SignedIn> {
        if (e.kind != base::ErrorKind::invalid_input) return tl::unexpected(std::move(e));
        TRY_VOID(count_failure({{address_door, address_throttle}}, {}));
        return tl::unexpected(refused(e.code));
    };
    if (!asked.key || asked.whose->disabled || asked.key->site != site.id) return fail(refused("unknown"));
    if (answer.user_handle != passkey_handle(asked.key->account)) return fail(refused("handle"));
    const auto shown = webauthn::check_assertion(site, asked.key->public_key, asked.key->counter, answer);
    if (!shown && shown.error().code == "counter") {
        // Whoever holds a copy of the key has used it: its owner must hear of it.
        TRY_VOID(database_.write([&](db::Connection& c) { return tell_of_copied_passkey(c, *asked.whose, asked.key->name, now); }));
    }
    if (!shown) return fail(shown.error());
    const auto spent = database_.write([&](db::Connection& c) -> base::Result<void> {
        TRY_VOID(spend(c, shown->challenge, "get", {}));
        return use_passkey(c, asked.key->id, shown->counter, now);
    });
    if (!spent) return fail(spent.error());
    return open_session_for(*asked.whose, visit, "passkey");
}

}  // namespace identity
