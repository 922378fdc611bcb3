#include "platform/http/router.h"

#include <algorithm>
#include <cassert>
#include <charconv>

namespace http {

namespace {

// In the order of preference where several fit.
enum class Kind { literal, id, slug, any, rest };

struct Segment {
    Kind kind = Kind::literal;
    std::string text;  // the literal, or the name of the value
};

Segment segment_of(std::string_view text) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return {Kind::literal, std::string(text)};
    const auto inside = text.substr(1, text.size() - 2);
    const auto colon = inside.find(':');
    const auto name = std::string(inside.substr(0, colon));
    if (colon == std::string_view::npos) return {Kind::id, name};
    const auto kind = inside.substr(colon + 1);
    if (kind == "slug") return {Kind::slug, name};
    if (kind == "any") return {Kind::any, name};
    assert(kind == "rest" && "a path value is {name}, {name:slug}, {name:any} or {name:rest}");
    return {Kind::rest, name};
}

// Ids have one spelling, so that a page has one address: no sign, no leading zero, nothing above int64.
bool is_id(std::string_view text) {
    if (text.empty() || text.front() < '1' || text.front() > '9') return false;
    std::int64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size();
}

bool is_slug(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

struct Router::Route {
    Method method;
    std::string pattern;
    Handler handler;
    std::vector<Segment> segments;

    // Appends what the pattern's places hold; answers false (and leaves rubbish in `values`) when the path does not fit.
    bool fits(std::string_view path, std::vector<std::pair<std::string_view, std::string_view>>& values) const {
        if (path.empty()) return false;
        path.remove_prefix(1);  // every path a client can ask for starts with '/'
        for (std::size_t i = 0; i < segments.size(); ++i) {
            const Segment& segment = segments[i];
            if (segment.kind == Kind::rest) {
                values.emplace_back(segment.text, path);
                return !path.empty();
            }
            const auto slash = path.find('/');
            const auto part = path.substr(0, slash);
            const bool last_of_path = slash == std::string_view::npos, last_of_pattern = i + 1 == segments.size();
            if (last_of_path != last_of_pattern) return false;
            switch (segment.kind) {
                case Kind::literal:
                    if (part != segment.text) return false;
                    break;
                case Kind::id:
                    if (!is_id(part)) return false;
                    break;
                case Kind::slug:
                    if (!is_slug(part)) return false;
                    break;
                case Kind::any:
                    if (part.empty()) return false;
                    break;
                case Kind::rest: break;
            }
            if (segment.kind != Kind::literal) values.emplace_back(segment.text, part);
            if (!last_of_path) path.remove_prefix(slash + 1);
        }
        return true;
    }

    bool more_literal_than(const Route& other) const {
        return std::lexicographical_compare(segments.begin(), segments.end(), other.segments.begin(), other.segments.end(),
                                            [](const Segment& a, const Segment& b) { return a.kind < b.kind; });
    }
};

void Router::add(Method method, std::string pattern, Handler handler) {
    assert(!pattern.empty() && pattern.front() == '/');
    assert(std::none_of(routes_.begin(), routes_.end(), [&](const auto& r) { return r->method == method && r->pattern == pattern; }));
    auto route = std::make_shared<Route>();
    route->method = method;
    route->handler = std::move(handler);
    std::string_view rest = std::string_view(pattern).substr(1);
    for (;;) {
        const auto slash = rest.find('/');
        route->segments.push_back(segment_of(rest.substr(0, slash)));
        if (slash == std::string_view::npos) break;
        rest.remove_prefix(slash + 1);
    }
    route->pattern = std::move(pattern);
    const auto place = std::upper_bound(routes_.begin(), routes_.end(), route, [](const auto& a, const auto& b) { return a->more_literal_than(*b); });
    routes_.insert(place, std::move(route));
}

Response Router::route(Request request) const {
    const Method wanted = request.method == Method::head ? Method::get : request.method;
    std::string allow;
    std::vector<std::pair<std::string_view, std::string_view>> values;
    for (const auto& route : routes_) {
        values.clear();
        if (!route->fits(request.path, values)) continue;
        if (route->method != wanted) {
            const auto name = std::string(name_of(route->method));
            if ((", " + allow + ",").find(", " + name + ",") == std::string::npos) allow += (allow.empty() ? "" : ", ") + name;
            if (route->method == Method::get) allow += ", HEAD";
            continue;
        }
        request.path_values = {};
        for (const auto& [name, value] : values) request.path_values.add(std::string(name), std::string(value));
        if (guard)
            if (auto answer = guard(request, route->method, route->pattern)) return std::move(*answer);
        return route->handler(request);
    }
    if (!allow.empty()) {
        Response r = method_not_allowed ? method_not_allowed(request, allow) : Response::text("Method not allowed\n", 405);
        r.headers.set("allow", allow);
        return r;
    }
    return not_found ? not_found(request) : Response::text("Not found\n", 404);
}

std::vector<Router::Entry> Router::entries() const {
    std::vector<Entry> out;
    for (const auto& route : routes_) out.push_back({route->method, route->pattern});
    return out;
}

}  // namespace http
