#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/day.h"
#include "platform/base/root.h"
#include "platform/http/message.h"
#include "platform/http/router.h"
#include "platform/web/assets.h"
#include "platform/web/context.h"
#include "platform/web/page_cache.h"
#include "platform/web/templates.h"

namespace web {

// What the wiring sets once.
struct Settings {
    std::string product = "Miteinander";
    std::string municipality = "Landkreis Musterland";  // unless Site::municipality knows better
    std::string imprint_url = "/impressum";
    std::string privacy_url = "/datenschutz";
    std::string accessibility_url = "/barrierefreiheit";   // the statement § 12b BGG asks for
    std::string barrier_url = "/barrierefreiheit#melden";  // and its way to report a barrier
    std::string sign_in_url = "/anmelden";
    std::string sign_out_url = "/abmelden";
    std::string account_url = "/konto";
    bool demo = false;    // the day can be switched on the page, for each visitor on its own
    bool sample = false;  // sample data: a banner on every page, and no search engine
};

struct NavigationEntry {
    base::Message title;
    std::string url;
    identity::Role from = identity::Role::anonymous;  // shown to this role and those above it
    int order = 100;
    std::vector<std::string> also;  // further path beginnings that belong to it ("/konzept")

    // What only few need, seldom: stands in a row of its own, so that the others are found at once.
    bool is_administration() const { return from != identity::Role::anonymous && order >= 65; }
};

using PageHandler = std::function<base::Result<http::Response>(const http::Request&, const Context&)>;

// The one object all pages share: templates, assets, navigation, and who is asking.
class Site {
  public:
    struct Options {
        std::filesystem::path root = base::source_root();  // holds src/ (templates), web/assets and locale/
        Settings settings;
        base::Clock clock;
    };
    // Reads everything the pages need, so that a mistake in a template stops the start and not a visitor.
    static base::Result<std::unique_ptr<Site>> open(Options);

    // Set once by the wiring, before the first request.
    std::function<identity::Actor(const http::Request&)> who = [](const http::Request&) { return identity::Actor{}; };
    std::function<void(const base::Error&, const http::Request&)> log = [](const base::Error&, const http::Request&) {};
    std::function<std::string(i18n::Language)> municipality;  // the name as an administrator has written it; else settings().municipality
    std::function<bool()> shows_sample;                       // asks the database, where sample data come and go; else settings().sample
    void add(NavigationEntry);

    // A route's handler: makes the context, calls, and shows an Error as a page in the site's look. Nothing is thrown past it.
    http::Handler page(PageHandler) const;
    // The same for a page that looks the same to everybody who is not signed in: while `revision` stays, it is made once for each day, language and
    // address, and answered from memory. Pages with a form of the visitor's own, and answers that set a cookie, are made every time.
    http::Handler kept_page(std::string beginning, PageHandler);
    // Rises with every change of what the pages show. Set once by the wiring; without it nothing is kept.
    std::function<base::Result<std::int64_t>()> revision;
    // A kept page at once, for a request of nobody signed in; nothing when it has to be made, or when it is no kept page.
    std::optional<http::Response> kept(const http::Request&, std::int64_t revision) const;
    bool keeps(std::string_view path) const;

    // Assets, the day of a demonstration, and the router's two answers for what has no route.
    void mount(http::Router&) const;

    Context context(const http::Request&) const;
    std::string render(i18n::Language language, std::string_view name, const std::function<void(View&)>& fill) const {
        return templates_.render(language, name, fill);
    }
    std::string asset(std::string_view name) const { return assets_->url(name); }
    const Settings& settings() const { return settings_; }
    const base::Clock& clock() const { return clock_; }
    const std::vector<NavigationEntry>& navigation() const { return navigation_; }
    std::string municipality_name(i18n::Language language) const { return municipality ? municipality(language) : settings_.municipality; }
    bool sample() const { return shows_sample ? shows_sample() : settings_.sample; }

  private:
    Site(Options, Templates, std::unique_ptr<Assets>);
    http::Response answer(const http::Request&, const Context&, const PageHandler&) const;
    Settings settings_;
    base::Clock clock_;
    Templates templates_;
    std::unique_ptr<Assets> assets_;
    std::vector<NavigationEntry> navigation_;
    std::vector<std::string> kept_paths_;
    mutable PageCache cache_;
};

}  // namespace web
