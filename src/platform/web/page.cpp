#include "platform/web/page.h"

#include <array>
#include <optional>

#include <sodium.h>

#include "platform/web/url.h"

namespace web {
namespace {

using base::message;

std::string_view tone_class(Tone tone) {
    switch (tone) {
        case Tone::info: return "info";
        case Tone::success: return "success";
        case Tone::warning: return "warning";
        case Tone::danger: return "danger";
    }
    return "info";
}

bool begins_path(std::string_view path, std::string_view beginning) {
    if (beginning == "/") return path == "/";
    return path == beginning || (path.starts_with(beginning) && path.size() > beginning.size() && path[beginning.size()] == '/');
}

void fill_navigation(View& view, const Context& context) {
    auto navigation = view.section("NAVIGATION");
    std::optional<View> inner;
    // The entry with the longest beginning of this path is where we are: /pflichten/kalender is not also /pflichten.
    std::size_t longest = 0;
    const auto match = [&](const NavigationEntry& entry) {
        std::size_t length = begins_path(context.path, entry.url) ? entry.url.size() : 0;
        for (const auto& also : entry.also)
            if (begins_path(context.path, also)) length = std::max(length, also.size());
        return length;
    };
    for (const auto& entry : context.site->navigation()) longest = std::max(longest, match(entry));
    for (const auto& entry : context.site->navigation()) {
        if (static_cast<int>(context.actor.role) < static_cast<int>(entry.from)) continue;
        if (entry.is_administration() && !inner) inner = navigation.section("ADMINISTRATION");
        auto item = (entry.is_administration() ? *inner : navigation).section("ENTRY");
        item.set("TITLE", entry.title);
        item.set("URL", entry.url);
        const bool within = longest > 0 && match(entry) == longest;
        if (within) navigation.section("HERE").set("TITLE", entry.title);
        if (context.path == entry.url)
            item.show("CURRENT");
        else if (within)
            item.show("WITHIN");
    }
}

void fill_service(View& view, const Context& context) {
    const Url here(context.path, context.query);
    for (const auto language : i18n::all_languages) {
        if (language == context.language) continue;
        auto item = view.section("LANGUAGE");
        item.set("URL", here.with("sprache", i18n::code(language)).str());
        item.set("CODE", i18n::code(language));
        item.set("NAME", i18n::native_name(language));
    }
    const auto& settings = context.site->settings();
    if (context.actor.signed_in()) {
        auto who = view.section("SIGNED_IN");
        who.set("NAME", context.actor.display_name);
        who.set("ACCOUNT_URL", settings.account_url);
        who.set("URL", settings.sign_out_url);
        who.set("TOKEN", context.csrf_token());
    } else {
        view.section("SIGN_IN").set("URL", settings.sign_in_url);
    }
}

void fill_notices(View& view, const Context& context, bool sample) {
    const bool demo = context.site->settings().demo;
    if (!sample && !context.day_is_fixed && !context.as_of && !context.known_on) return;
    auto notices = view.section("NOTICES");
    notices.show_if("SAMPLE", sample);
    if (context.day_is_fixed) {
        auto day = notices.section(demo ? "DEMO_DAY" : "FIXED_DAY");
        // The field holds what it accepts, in every language.
        day.set("DAY", i18n::format_day(demo ? i18n::Language::de : context.language, context.today));
        day.set("BACK", context.target);
    }
    if (context.as_of || context.known_on) {
        auto time = notices.section("AS_OF");
        time.set("DAY", context.day());
        time.set("URL", Url(context.path, context.query).without("stand").without("bekannt").str());
        if (context.known_on) time.section("KNOWN_ON").set("DAY", *context.known_on);
    }
}

void fill_head(View& view, const Context& context, const Head& head) {
    const auto title = context.say(head.title);
    if (!head.crumbs.empty() || context.path != "/") {
        auto crumbs = view.section("CRUMBS");
        auto start = crumbs.section("CRUMB");
        start.set("TITLE", message("Start"));
        start.set("URL", "/");
        for (const auto& crumb : head.crumbs) {
            auto item = crumbs.section("CRUMB");
            item.set("TITLE", context.say(crumb.title));
            item.set("URL", crumb.url);
        }
        crumbs.set("HERE", title);
    }
    if (context.flash) {
        auto flash = view.section("FLASH");
        flash.set("TONE", tone_class(context.flash->tone));
        flash.set("TEXT", context.flash->text);
        if (!context.flash->action_url.empty()) {
            auto action = flash.section("ACTION");
            action.set("URL", context.flash->action_url);
            action.set("LABEL", context.flash->action_label);
            action.set("TOKEN", context.csrf_token());
            action.set("KEY", new_idempotency_key());
        }
    }
    if (head.heading) {
        auto heading = view.section("HEADING");
        heading.set("TITLE", title);
        heading.set_if("LEAD", context.say(head.lead));
        if (!head.actions.empty()) {
            auto actions = heading.section("ACTIONS");
            for (const auto& action : head.actions) {
                auto button = actions.section("BUTTON");
                button.set("KIND", action.primary ? "primary" : "secondary");
                button.set("URL", action.url);
                button.set("TITLE", context.say(action.title));
                button.set_if("ICON", action.icon);
            }
        }
    }
}

}  // namespace

Html render(const Context& context, std::string_view name, const Fill& fill) {
    return Html::trusted(context.site->render(context.language, name, fill));
}

http::Response page(const Context& context, const Head& head, const Html& content) {
    const auto& site = *context.site;
    const bool sample = site.sample();
    auto response = http::Response::html(
        site.render(context.language, "web/layout.tpl",
                    [&](View& view) {
                        const auto title = context.say(head.title);
                        view.set("LANG", i18n::code(context.language));
                        view.set("TITLE", head.status == 422 ? context.say(message("Error: {title}", {{"title", title}})) : title);
                        view.set("PRODUCT", site.settings().product);
                        view.set("MUNICIPALITY", site.municipality_name(context.language));
                        view.set("ICON", site.asset("logo.svg"));
                        view.set("KERN_CSS", site.asset("kern.css"));
                        view.set("APP_CSS", site.asset("app.css"));
                        view.set("HTMX", site.asset("htmx.min.js"));
                        view.set("APP_JS", site.asset("app.js"));
                        view.show_if("NOINDEX", sample || !head.index || head.status != 200);
                        if (context.actor.signed_in()) view.section("CSRF").set("TOKEN", context.csrf_token());
                        for (const auto& alternate : head.alternates) {
                            auto item = view.section("ALTERNATE");
                            item.set("TYPE", alternate.type);
                            item.set("URL", alternate.url);
                            item.set("TITLE", context.say(alternate.title));
                        }
                        fill_service(view, context);
                        fill_navigation(view, context);
                        fill_notices(view, context, sample);
                        fill_head(view, context, head);
                        view.set("CONTENT", *context.mistakes + content);
                        const auto& settings = site.settings();
                        view.set("IMPRINT_URL", settings.imprint_url);
                        view.set("PRIVACY_URL", settings.privacy_url);
                        view.set("ACCESSIBILITY_URL", settings.accessibility_url);
                        view.set("BARRIER_URL", settings.barrier_url);
                        view.set("ADDRESS", Url(context.path, context.query).str());
                        view.set("PRINT_DAY", context.today);
                    }),
        head.status);
    if (sample || !head.index) response.headers.set("X-Robots-Tag", "noindex");
    return response;
}

http::Response page(const Context& context, const Head& head, std::string_view name, const Fill& fill) {
    return page(context, head, render(context, name, fill));
}

http::Response fragment(const Context& context, std::string_view name, const Fill& fill, int status) {
    return http::Response::html(context.site->render(context.language, name, fill), status);
}

int http_status(base::ErrorKind kind) {
    switch (kind) {
        case base::ErrorKind::invalid_input: return 422;
        case base::ErrorKind::not_found: return 404;
        case base::ErrorKind::forbidden: return 403;
        case base::ErrorKind::conflict: return 409;
        case base::ErrorKind::too_large: return 413;
        case base::ErrorKind::too_many: return 429;
        case base::ErrorKind::unavailable: return 503;
        case base::ErrorKind::internal: return 500;
    }
    return 500;
}

http::Response download(std::string bytes, std::string_view content_type, std::string_view filename) {
    auto response = http::Response::text(std::move(bytes));
    response.headers.set("Content-Type", std::string(content_type));
    std::string plain;
    for (const char c : filename)
        plain += (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7e) ? '_' : c;
    response.headers.set("Content-Disposition", "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + url_encode(filename));
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Cache-Control", "private, no-cache");
    return response;
}

Html paragraphs(std::string_view plain) {
    std::string out;
    bool open = false;
    for (std::size_t at = 0; at <= plain.size();) {
        const auto end = std::min(plain.find('\n', at), plain.size());
        auto line = plain.substr(at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        if (line.empty()) {
            if (open) out += "</p>\n";
            open = false;
        } else {
            out += open ? "<br>\n" : "<p class=\"kern-body\">";
            out += escape(line);
            open = true;
        }
        at = end + 1;
    }
    if (open) out += "</p>\n";
    return Html::trusted(std::move(out));
}

std::string etag_of(std::string_view content) {
    std::array<unsigned char, 16> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(content.data()), content.size(), nullptr, 0);
    std::array<char, 33> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return {hex.data(), 32};
}

http::Response conditional(const http::Request& request, http::Response response, std::string_view tag) {
    const auto quoted = '"' + std::string(tag) + '"';
    response.headers.set("ETag", quoted);
    // A list of tags, each perhaps weak (W/"…", as a compressing proxy makes it), or *. The tags are ours, so a plain search is exact.
    const auto known = request.headers.get("if-none-match");
    if (known.find(quoted) == std::string::npos && known != "*") return response;
    response.status = 304;
    response.body.clear();
    response.shared_body.reset();
    response.file.reset();
    return response;
}

}  // namespace web
