#pragma once
// Against requests another site makes a browser send. Every unsafe method needs both: where the browser says where the request comes from
// (Sec-Fetch-Site, Origin), it must be this site; and a token that only a page of this site can know, bound to the session, or to a cookie of its
// own while nobody is signed in.
#include "platform/http/message.h"

namespace http {

struct CsrfOptions {
    std::string key;                                     // 32 random bytes, the same for all server processes
    std::function<std::string(const Request&)> session;  // what identifies the session; "" while nobody is signed in
    std::vector<std::string> origins;                    // further origins that are this site: "https://integration.example.org"
    std::function<bool(const Request&)> exempt;          // what a program sends with a proof of its own: one click in a mail program (RFC 8058)
    std::function<Response(const Request&)> refused;     // default: a plain 403
};

// Requests reach the handler with csrf_token() filled. The token differs in every answer (it is masked, so that compression gives nothing away),
// and all of a session's tokens stay good as long as the session.
Handler with_csrf(Handler, CsrfOptions);

// Parts of it, for tests.
std::string csrf_token(const std::string& key, const std::string& subject);
bool is_csrf_token(const std::string& key, const std::string& subject, const std::string& token);
bool comes_from_this_site(const Request&, const std::vector<std::string>& origins);

}  // namespace http
