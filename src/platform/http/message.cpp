#include "platform/http/message.h"

#include <charconv>

#include "platform/http/text.h"

namespace http {

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::head: return "HEAD";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::del: return "DELETE";
        case Method::options: return "OPTIONS";
    }
    return "";
}

std::optional<Method> method_named(std::string_view name) {
    for (const Method m : {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::del, Method::options})
        if (name_of(m) == name) return m;
    return std::nullopt;
}

std::string Fields::get(std::string_view name, std::string_view otherwise) const {
    for (const auto& [key, value] : items_)
        if (key == name) return value;
    return std::string(otherwise);
}

std::vector<std::string> Fields::all(std::string_view name) const {
    std::vector<std::string> out;
    for (const auto& [key, value] : items_)
        if (key == name) out.push_back(value);
    return out;
}

bool Fields::has(std::string_view name) const {
    for (const auto& item : items_)
        if (item.first == name) return true;
    return false;
}

std::string_view Headers::view(std::string_view name) const {
    for (const auto& [key, value] : items_)
        if (same_ignoring_case(key, name)) return value;
    return {};
}

std::string Headers::get(std::string_view name) const { return std::string(view(name)); }

bool Headers::has(std::string_view name) const { return count(name) > 0; }

std::size_t Headers::count(std::string_view name) const {
    std::size_t n = 0;
    for (const auto& item : items_)
        if (same_ignoring_case(item.first, name)) ++n;
    return n;
}

void Headers::set(std::string_view name, std::string value) {
    remove(name);
    items_.emplace_back(std::string(name), std::move(value));
}

void Headers::add(std::string_view name, std::string value) { items_.emplace_back(std::string(name), std::move(value)); }

void Headers::remove(std::string_view name) {
    std::erase_if(items_, [&](const auto& item) { return same_ignoring_case(item.first, name); });
}

std::string Request::cookie(std::string_view name) const {
    // Browsers join all cookies in one line, HTTP/2 proxies may split them into several.
    for (const auto& [key, line] : headers.items()) {
        if (!same_ignoring_case(key, "cookie")) continue;
        std::string_view rest = line;
        while (!rest.empty()) {
            const auto end = rest.find(';');
            const auto pair = trimmed(rest.substr(0, end));
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
                auto value = pair.substr(equals + 1);
                if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
                return std::string(value);
            }
            if (end == std::string_view::npos) break;
            rest.remove_prefix(end + 1);
        }
    }
    return {};
}

std::int64_t Request::id(std::string_view name) const {
    const auto text = path_values.get(name);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool Request::wants_json() const {
    // A browser lists text/html first; only who asks for JSON before or without HTML gets JSON.
    for (const auto member : list_members(headers.view("accept"))) {
        const auto type = trimmed(member.substr(0, member.find(';')));
        if (same_ignoring_case(type, "application/json")) return true;
        if (same_ignoring_case(type, "text/html")) return false;
    }
    return false;
}

namespace {

Response with_body(std::string body, int status, const char* content_type) {
    Response r;
    r.status = status;
    r.headers.set("content-type", content_type);
    r.body = std::move(body);
    return r;
}

}  // namespace

Response Response::html(std::string body, int status) { return with_body(std::move(body), status, "text/html; charset=utf-8"); }
Response Response::json(std::string body, int status) { return with_body(std::move(body), status, "application/json"); }
Response Response::text(std::string body, int status) { return with_body(std::move(body), status, "text/plain; charset=utf-8"); }

Response Response::see_other(std::string location) {
    Response r = empty(303);
    r.headers.set("location", std::move(location));
    return r;
}

Response Response::empty(int status) {
    Response r;
    r.status = status;
    return r;
}

void Response::set_cookie(const Cookie& cookie, bool secure) {
    std::string line = cookie.name + "=" + cookie.value + "; Path=/; SameSite=Lax";
    if (cookie.max_age_seconds) line += "; Max-Age=" + std::to_string(*cookie.max_age_seconds);
    if (cookie.http_only) line += "; HttpOnly";
    if (secure) line += "; Secure";
    headers.add("set-cookie", std::move(line));
}

}  // namespace http
