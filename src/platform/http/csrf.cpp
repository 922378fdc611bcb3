#include "platform/http/csrf.h"

#include <sodium.h>

#include "platform/http/text.h"

namespace http {

namespace {

constexpr std::size_t mac_bytes = 16;
constexpr int base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string mac(const std::string& key, const std::string& subject) {
    std::string out(mac_bytes, '\0');
    ::crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(), reinterpret_cast<const unsigned char*>(subject.data()),
                         subject.size(), reinterpret_cast<const unsigned char*>(key.data()), key.size());
    return out;
}

std::string random_bytes(std::size_t size) {
    std::string out(size, '\0');
    ::randombytes_buf(out.data(), out.size());
    return out;
}

std::string encoded(const std::string& bytes) {
    std::string out(sodium_base64_ENCODED_LEN(bytes.size(), base64), '\0');
    ::sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), base64);
    out.resize(out.find('\0'));
    return out;
}

std::optional<std::string> decoded(const std::string& text) {
    std::string out(text.size(), '\0');
    std::size_t size = 0;
    if (::sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(), nullptr, &size, nullptr, base64) != 0)
        return std::nullopt;
    out.resize(size);
    return out;
}

// The __Host- prefix keeps a neighbouring subdomain from planting the cookie; browsers accept it only over TLS.
std::string cookie_name(const Request& request) { return request.secure ? "__Host-csrf" : "csrf"; }

// The token's subject while nobody is signed in: a random cookie, made when a page first asks for a token.
struct Visitor {
    std::string nonce;
    bool is_new = false;
    const std::string& ensure() {
        if (nonce.empty()) {
            nonce = encoded(random_bytes(16));
            is_new = true;
        }
        return nonce;
    }
};

}  // namespace

std::string csrf_token(const std::string& key, const std::string& subject) {
    const auto pad = random_bytes(mac_bytes);
    auto token = mac(key, subject);
    for (std::size_t i = 0; i < mac_bytes; ++i) token[i] = static_cast<char>(token[i] ^ pad[i]);
    return encoded(pad + token);
}

bool is_csrf_token(const std::string& key, const std::string& subject, const std::string& token) {
    if (token.size() > 200) return false;
    const auto bytes = decoded(token);
    if (!bytes || bytes->size() != 2 * mac_bytes) return false;
    std::string claimed = bytes->substr(mac_bytes);
    for (std::size_t i = 0; i < mac_bytes; ++i) claimed[i] = static_cast<char>(claimed[i] ^ (*bytes)[i]);
    return ::sodium_memcmp(claimed.data(), mac(key, subject).data(), mac_bytes) == 0;
}

bool comes_from_this_site(const Request& request, const std::vector<std::string>& origins) {
    const auto origin = lower_ascii(request.headers.view("origin"));
    if (!origin.empty() && std::find(origins.begin(), origins.end(), origin) != origins.end()) return true;
    // "none": the person's own doing, such as a reload of the page after sending a form.
    const auto site = request.headers.view("sec-fetch-site");
    if (!site.empty()) return site == "same-origin" || site == "none";
    if (!request.headers.has("origin")) return true;  // old browsers and command line clients: the token decides
    const auto host = lower_ascii(request.headers.view("host"));
    return origin == "https://" + host || (!request.secure && origin == "http://" + host);
}

Handler with_csrf(Handler handler, CsrfOptions options) {
    auto shared = std::make_shared<const CsrfOptions>(std::move(options));
    return [handler = std::move(handler), shared](const Request& request) {
        const auto session = shared->session ? shared->session(request) : std::string();
        auto visitor = std::make_shared<Visitor>();
        if (session.empty()) visitor->nonce = request.cookie(cookie_name(request));
        const auto subject = [session, visitor] { return session.empty() ? "visitor:" + visitor->ensure() : "session:" + session; };

        if (!is_safe(request.method) && !(shared->exempt && shared->exempt(request))) {
            const auto token = request.form.has("_csrf") ? request.form.get("_csrf") : request.headers.get("x-csrf-token");
            const bool known = !session.empty() || !visitor->nonce.empty();
            if (!known || !comes_from_this_site(request, shared->origins) || !is_csrf_token(shared->key, subject(), token))
                return shared->refused ? shared->refused(request)
                                       : Response::text("This form is too old or comes from another site. Please load the page again.\n", 403);
        }
        Request known = request;
        known.csrf_source = [shared, subject] { return csrf_token(shared->key, subject()); };
        Response response = handler(known);
        if (visitor->is_new) response.set_cookie({cookie_name(request), visitor->nonce, std::nullopt, true}, request.secure);
        return response;
    };
}

}  // namespace http
