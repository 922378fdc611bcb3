#include "platform/web/site.h"

#include <algorithm>

#include "platform/web/flash.h"
#include "platform/web/page.h"
#include "platform/web/problem.h"
#include "platform/web/url.h"

namespace web {
namespace {

using base::message;

constexpr std::string_view language_cookie = "sprache";
constexpr std::string_view day_cookie = "heute";
constexpr std::int64_t one_year = 365 * 24 * 3600;

bool is_page(const http::Response& response) { return response.headers.get("content-type").starts_with("text/html"); }

bool is_reading(const http::Request& request) { return request.method == http::Method::get || request.method == http::Method::head; }

}  // namespace

Site::Site(Options options, Templates templates, std::unique_ptr<Assets> assets)
    : settings_(std::move(options.settings)), clock_(options.clock), templates_(std::move(templates)), assets_(std::move(assets)) {}

base::Result<std::unique_ptr<Site>> Site::open(Options options) {
    TRY_VOID(i18n::load(options.root / "locale"));
    TRY(auto templates, Templates::open(options.root, i18n::catalogue()));
    TRY(auto assets, Assets::open(options.root / "web" / "assets"));
    return std::unique_ptr<Site>(new Site(std::move(options), std::move(templates), std::move(assets)));
}

void Site::add(NavigationEntry entry) {
    const auto after =
        std::upper_bound(navigation_.begin(), navigation_.end(), entry.order, [](int order, const auto& other) { return order < other.order; });
    navigation_.insert(after, std::move(entry));
}

Context Site::context(const http::Request& request) const {
    Context context;
    context.site = this;
    const auto remembered = i18n::language_of(request.cookie(language_cookie));
    const auto asked = i18n::language_of(request.query.get("sprache"));
    context.language = asked.value_or(remembered.value_or(i18n::preferred(request.headers.get("accept-language")).value_or(i18n::default_language)));
    context.actor = who(request);
    context.csrf_source = request.csrf_source;
    context.today = clock_.today();
    context.day_is_fixed = clock_.fixed().has_value();
    if (settings_.demo && context.day_is_fixed)
        if (const auto chosen = base::parse_iso_day(request.cookie(day_cookie))) context.today = *chosen;
    context.as_of = base::parse_day(request.query.get("stand"));
    context.known_on = base::parse_day(request.query.get("bekannt"));
    context.path = request.path;
    context.target = local_path(request.target);
    context.query = request.query;
    context.fragment = request.wants_fragment();
    // Programs get JSON whatever they ask for, mistakes included.
    context.json = request.wants_json() || request.path.starts_with("/api/");
    context.secure = request.secure;
    context.flash = unpacked(request.cookie(flash_cookie));
    return context;
}

http::Handler Site::page(PageHandler handler) const {
    return [this, handler = std::move(handler)](const http::Request& request) -> http::Response {
        if (is_reading(request) && request.query.has("sprache")) {
            // Remembered in a cookie, so the address people share stays the same in both languages.
            auto response = http::Response::see_other(Url(request.path, request.query).without("sprache").str());
            if (const auto language = i18n::language_of(request.query.get("sprache")))
                response.set_cookie({.name = std::string(language_cookie), .value = std::string(i18n::code(*language)), .max_age_seconds = one_year},
                                    request.secure);
            return response;
        }
        return answer(request, this->context(request), handler);
    };
}

http::Response Site::answer(const http::Request& request, const Context& context, const PageHandler& handler) const {
    http::Response response;
    try {
        auto result = handler(request, context);
        if (result) {
            response = std::move(*result);
        } else {
            log(result.error(), request);
            response = problem(context, result.error());
        }
    } catch (const std::exception& thrown) {
        const base::Error error{base::ErrorKind::internal, thrown.what(), {}, {}};
        log(error, request);
        response = problem(context, error);
    }
    if (is_page(response)) {
        if (!response.headers.has("cache-control"))
            response.headers.set("Cache-Control", context.actor.signed_in() ? "no-store" : "private, no-cache");
        if (!response.headers.has("vary")) response.headers.set("Vary", "Cookie, Accept-Language, HX-Request");
        if (context.flash && !context.fragment && response.status != 304)
            response.set_cookie({.name = std::string(flash_cookie), .value = "", .max_age_seconds = 0}, request.secure);
    }
    return response;
}

http::Handler Site::kept_page(std::string beginning, PageHandler handler) {
    kept_paths_.push_back(std::move(beginning));
    auto plain = page(handler);
    return [this, handler = std::move(handler), plain = std::move(plain)](const http::Request& request) -> http::Response {
        if (!revision || !is_reading(request) || request.query.has("sprache")) return plain(request);
        auto context = this->context(request);
        const auto now = context.cacheable() ? revision() : base::Result<std::int64_t>(0);
        if (!context.cacheable() || !now) return answer(request, context, handler);
        const auto key = context.cache_key(*now);
        if (const auto found = cache_.find(key)) return PageCache::answer(*found, request);
        // A form carries a token of this visitor.
        bool personal = false;
        http::Request watched = request;
        watched.csrf_source = context.csrf_source = [&personal, ask = request.csrf_source] {
            personal = true;
            return ask ? ask() : std::string();
        };
        auto response = answer(watched, context, handler);
        if (personal) return response;
        // What changed while the page was made may be half in it.
        if (const auto then = revision(); !then || *then != *now) return response;
        return cache_.keep(key, std::move(response), request);
    };
}

bool Site::keeps(std::string_view path) const {
    return std::any_of(kept_paths_.begin(), kept_paths_.end(), [&](const std::string& beginning) { return path.starts_with(beginning); });
}

std::optional<http::Response> Site::kept(const http::Request& request, std::int64_t now) const {
    if (!is_reading(request) || request.query.has("sprache") || !keeps(request.path)) return {};
    const auto context = this->context(request);
    if (!context.cacheable()) return {};
    const auto found = cache_.find(context.cache_key(now));
    if (!found) return {};
    return PageCache::answer(*found, request);
}

void Site::mount(http::Router& router) const {
    router.get("/assets/{path:rest}", [this](const http::Request& request) { return assets_->serve(request, request.path_values.get("path")); });
    router.get("/favicon.ico", [this](const http::Request&) { return http::Response::see_other(asset("logo.svg")); });

    // The day of a demonstration is each visitor's own: nobody is moved in time by somebody else's click.
    router.get("/heute", page([this](const http::Request& request, const Context& context) -> base::Result<http::Response> {
                   if (!settings_.demo || !context.day_is_fixed) return base::error(base::ErrorKind::not_found, "no demonstration");
                   const auto back = local_path(request.query.get("zurueck"));
                   const auto day = base::parse_day(request.query.get("tag"));
                   if (!day)
                       return see_other(
                           context, back,
                           Flash{Tone::warning, context.say(message("Please enter the day as DD.MM.YYYY, for example 30.09.2020.")), {}, {}});
                   auto response = http::Response::see_other(back);
                   response.set_cookie({.name = std::string(day_cookie), .value = base::iso(*day), .max_age_seconds = std::nullopt}, request.secure);
                   return response;
               }));

    router.not_found = [this](const http::Request& request) {
        return page([](const http::Request&, const Context&) -> base::Result<http::Response> {
            return base::error(base::ErrorKind::not_found, "no route");
        })(request);
    };
    // Programs are told what the address takes; people want the form.
    router.instead_of_form = [this](const http::Request& request, const std::string& page) -> std::optional<http::Response> {
        const auto asks = context(request);
        if (asks.json || asks.fragment) return {};
        return http::Response::see_other(page);
    };
    router.method_not_allowed = [this](const http::Request& request, const std::string& allow) {
        return page([&allow](const http::Request&, const Context& context) -> base::Result<http::Response> {
            return web::method_not_allowed(context, allow);
        })(request);
    };
}

}  // namespace web
