#include "platform/mail/smtp.h"

#include <cstring>
#include <memory>

#include <curl/curl.h>
#include <fmt/format.h>

namespace mail {
namespace {

struct Easy {
    CURL* handle = curl_easy_init();
    curl_slist* recipients = nullptr;
    ~Easy() {
        curl_slist_free_all(recipients);
        curl_easy_cleanup(handle);
    }
};

struct Reading {
    const std::string* text;
    std::size_t at = 0;
};

std::size_t read_some(char* out, std::size_t size, std::size_t count, void* reading) {
    auto& r = *static_cast<Reading*>(reading);
    const auto n = std::min(size * count, r.text->size() - r.at);
    std::memcpy(out, r.text->data() + r.at, n);
    r.at += n;
    return n;
}

void start_curl() {
    static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    (void)done;
}

base::ErrorKind kind_of(CURLcode code, long answer) {
    if (answer >= 500 && answer < 600 && code != CURLE_LOGIN_DENIED) return base::ErrorKind::invalid_input;
    // A wrong password or certificate is the administrator's to mend; the mail waits until then.
    return base::ErrorKind::unavailable;
}

}  // namespace

std::string_view name_of(Security s) {
    switch (s) {
        case Security::starttls: return "starttls";
        case Security::tls: return "tls";
        case Security::none: return "none";
    }
    return "starttls";
}

std::optional<Security> security_named(std::string_view name) {
    for (const auto s : {Security::starttls, Security::tls, Security::none})
        if (name_of(s) == name) return s;
    return {};
}

base::Result<void> deliver(const Server& server, const std::string& from, const std::string& to, const std::string& mime) {
    start_curl();
    Easy easy;
    if (!easy.handle) return base::error(base::ErrorKind::unavailable, "libcurl does not start");
    if (server.security == Security::none && !server.password.empty())
        return base::error(base::ErrorKind::unavailable, "a password is never sent over an unprotected connection");

    const auto domain = from.substr(from.find('@') + 1);
    const bool v6 = server.host.find(':') != std::string::npos;
    const auto url = fmt::format("{}://{}:{}/{}", server.security == Security::tls ? "smtps" : "smtp", v6 ? "[" + server.host + "]" : server.host,
                                 server.port, domain);  // the path is what we greet the server with
    const auto sender = "<" + from + ">", recipient = "<" + to + ">";
    Reading reading{.text = &mime};
    char why[CURL_ERROR_SIZE] = "";
    easy.recipients = curl_slist_append(nullptr, recipient.c_str());

    auto* h = easy.handle;
    curl_easy_setopt(h, CURLOPT_URL, url.c_str());
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(h, CURLOPT_PROXY, "");  // nothing from the environment
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_ERRORBUFFER, why);
    if (server.security != Security::none) {
        curl_easy_setopt(h, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));  // a server that does not offer TLS gets nothing
        curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    }
    if (!server.ca_file.empty()) curl_easy_setopt(h, CURLOPT_CAINFO, server.ca_file.c_str());
    if (!server.user.empty()) {
        curl_easy_setopt(h, CURLOPT_USERNAME, server.user.c_str());
        curl_easy_setopt(h, CURLOPT_PASSWORD, server.password.c_str());
    }
    curl_easy_setopt(h, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(h, CURLOPT_MAIL_RCPT, easy.recipients);
    curl_easy_setopt(h, CURLOPT_READFUNCTION, read_some);
    curl_easy_setopt(h, CURLOPT_READDATA, &reading);
    curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, static_cast<long>(server.connect_within.count()));
    curl_easy_setopt(h, CURLOPT_TIMEOUT, static_cast<long>(server.finish_within.count()));

    const auto code = curl_easy_perform(h);
    if (code == CURLE_OK) return {};
    long answer = 0;
    curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &answer);
    // The server's own words may repeat the recipient's address; its number and libcurl's name of the step do not.
    return base::error(kind_of(code, answer), answer >= 400 ? fmt::format("{} (server answered {})", curl_easy_strerror(code), answer)
                                                            : std::string(curl_easy_strerror(code)));
}

}  // namespace mail
