#pragma once
// Request and Response as the rest of the program sees them: no socket, no Asio. The adapter in beast/ is the only code that knows both.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/result.h"

namespace http {

enum class Method { get, head, post, put, patch, del, options };
std::string_view name_of(Method);
std::optional<Method> method_named(std::string_view);  // "DELETE"; nothing for a method the program does not speak
// Methods that change nothing; all others need a CSRF token.
inline bool is_safe(Method m) { return m == Method::get || m == Method::head || m == Method::options; }

// Names and values in order; names may repeat. Used for query strings and form fields (decoded, UTF-8 checked).
class Fields {
  public:
    std::string get(std::string_view name, std::string_view otherwise = "") const;  // the first of that name
    std::vector<std::string> all(std::string_view name) const;
    bool has(std::string_view name) const;
    void add(std::string name, std::string value) { items_.emplace_back(std::move(name), std::move(value)); }
    const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

  private:
    std::vector<std::pair<std::string, std::string>> items_;
};

// Case-insensitive header fields.
class Headers {
  public:
    std::string get(std::string_view name) const;
    std::string_view view(std::string_view name) const;  // the same without a copy; valid until the headers change
    bool has(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    void set(std::string_view name, std::string value);  // replaces
    void add(std::string_view name, std::string value);  // e.g. Set-Cookie
    void remove(std::string_view name);
    const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

  private:
    std::vector<std::pair<std::string, std::string>> items_;
};

// An uploaded file, spooled to disk outside the web root; removed when the request ends.
struct Upload {
    std::string field;
    std::string filename;      // last path component only, for display
    std::string content_type;  // as the client claims
    std::filesystem::path path;
    std::uint64_t size = 0;
};

struct Request {
    Method method = Method::get;
    std::string path;    // decoded, starts with '/'
    std::string target;  // as sent
    Fields query;
    Headers headers;
    std::string body;  // raw; empty for multipart (see uploads)
    Fields form;       // of application/x-www-form-urlencoded and multipart/form-data
    std::vector<Upload> uploads;
    std::string remote;                        // address of the client (of the proxy's X-Forwarded-For only when the proxy is trusted)
    bool secure = false;                       // TLS at the trusted proxy
    Fields path_values;                        // {id} of the route
    std::function<std::string()> csrf_source;  // set by with_csrf

    // What every form of the answer carries in its field _csrf (or htmx in the header X-CSRF-Token).
    std::string csrf_token() const { return csrf_source ? csrf_source() : std::string(); }

    std::string cookie(std::string_view name) const;
    std::int64_t id(std::string_view name) const;  // a typed path value; routes guarantee it parses
    bool wants_fragment() const { return headers.has("hx-request"); }
    bool wants_json() const;
};

struct Cookie {
    std::string name, value;
    std::optional<std::int64_t> max_age_seconds;  // absent: ends with the browser
    bool http_only = true;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    std::shared_ptr<const std::string> shared_body;  // instead of body: cached pages are not copied
    std::optional<std::filesystem::path> file;       // instead of body: streamed, with Range

    static Response html(std::string body, int status = 200);
    static Response json(std::string body, int status = 200);
    static Response text(std::string body, int status = 200);
    static Response see_other(std::string location);  // 303: after a successful POST
    static Response empty(int status);
    void set_cookie(const Cookie&, bool secure);
};

using Handler = std::function<Response(const Request&)>;

}  // namespace http
