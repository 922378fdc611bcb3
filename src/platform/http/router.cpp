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

// A page where the form's pattern has the same words at the same places: "/massnahmen/filter" is no measure, though a measure's address would fit.
bool Router::can_be_read(const std::string& path, const Route& form) const {
    std::vector<std::pair<std::string_view, std::string_view>> values;
    return std::any_of(routes_.begin(), routes_.end(), [&](const auto& route) {
        values.clear();
        if (route->method != Method::get || !route->fits(path, values)) return false;
        for (std::size_t i = 0; i < std::min(route->segments.size(), form.segments.size()); ++i)
            if ((route->segments[i].kind == Kind::literal) != (form.segments[i].kind == Kind::literal)) return false;
        return true;
    });
}

// A record's own form stands on ".../bearbeiten", any other on the page above.
std::string Router::page_of(const Route& form, const std::string& path) const {
    if (auto edit = path + "/bearbeiten"; can_be_read(edit, form)) return edit;
    for (auto slash = path.rfind('/'); slash != std::string::npos && slash > 0; slash = path.rfind('/', slash - 1))
        if (auto above = path.substr(0, slash); can_be_read(above, form)) return above;
    return "/";
}

std::optional<Response> Router::answer_instead(const Request& request, const Route& form) const {
    if (!instead_of_form) return {};
    if (guard)
        if (auto answer = guard(request, form.method, form.pattern)) return answer;
    return instead_of_form(request, page_of(form, request.path));
}

Response Router::route(Request request) const {
    const Method wanted = request.method == Method::head ? Method::get : request.method;
    std::string allow;
    const Route* form = nullptr;  // the most literal one that only takes what is sent
    std::vector<std::pair<std::string_view, std::string_view>> values;
    for (const auto& route : routes_) {
        values.clear();
        if (!route->fits(request.path, values)) continue;
        if (route->method != wanted) {
            const auto name = std::string(name_of(route->method));
            if ((", " + allow + ",").find(", " + name + ",") == std::string::npos) allow += (allow.empty() ? "" : ", ") + name;
            if (route->method == Method::get) allow += ", HEAD";
            if (wanted == Method::get && !form) form = route.get();
            continue;
        }
        request.path_values = {};
        for (const auto& [name, value] : values) request.path_values.add(std::string(name), std::string(value));
        if (guard)
            if (auto answer = guard(request, route->method, route->pattern)) return std::move(*answer);
        auto response = route->handler(request);
        // "/massnahmen/filter" takes a form, and no measure has that number.
        if (response.status == 404 && form && form->more_literal_than(*route))
            if (auto answer = answer_instead(request, *form)) return std::move(*answer);
        return response;
    }
    if (form)
        if (auto answer = answer_instead(request, *form)) return std::move(*answer);
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
