#include "app/serve.h"

#include <ostream>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "app/guard.h"
#include "app/jobs.h"
#include "app/mount.h"
#include "app/refusals.h"
#include "mailing/pages.h"
#include "measures/pages.h"
#include "platform/db/revision.h"
#include "platform/http/csrf.h"
#include "platform/http/idempotency.h"
#include "platform/http/rate_limit.h"
#include "platform/http/security_headers.h"
#include "platform/http/server.h"
#include "platform/idempotency/store.h"
#include "platform/identity/api_door.h"
#include "platform/identity/pages.h"
#include "platform/links/api.h"
#include "platform/web/page.h"
#include "platform/web/problem.h"
#include "platform/web/site.h"

namespace app {
namespace {

bool is_unsafe(http::Method method) { return method != http::Method::get && method != http::Method::head && method != http::Method::options; }

// What changes something is limited per address; reading is not, as a whole administration may share one address and pages are kept.
http::Handler limited(http::Handler handler, http::Handler refused) {
    auto limiter = std::make_shared<http::RateLimiter>(http::RateLimiter::Options{.per_second = 20, .burst = 120});
    return [handler = std::move(handler), refused = std::move(refused), limiter](const http::Request& request) {
        if (!is_unsafe(request.method) || limiter->allow(request.remote)) return handler(request);
        auto response = refused(request);
        response.headers.set("Retry-After", std::to_string(limiter->wait(request.remote).count()));
        return response;
    };
}

// Whoever tries out one-time links is slowed down, however they ask: guessing 256 bits is hopeless, but it shall not cost us time either.
http::Handler links_limited(http::Handler handler, http::Handler refused) {
    auto limiter = std::make_shared<http::RateLimiter>(http::RateLimiter::Options{.per_second = 1, .burst = 60});
    return [handler = std::move(handler), refused = std::move(refused), limiter](const http::Request& request) {
        if (links::without_tokens(request.path) == request.path || limiter->allow(request.remote)) return handler(request);
        auto response = refused(request);
        response.headers.set("Retry-After", std::to_string(limiter->wait(request.remote).count()));
        return response;
    };
}

// Refusals that happen before a page is reached, in the site's look.
http::Handler problem_page(const web::Site& site, base::ErrorKind kind) {
    return [&site, kind](const http::Request& request) {
        return site.page([kind](const http::Request&, const web::Context&) -> base::Result<http::Response> {
            return base::error(kind, "refused at the door");
        })(request);
    };
}

base::ErrorKind kind_of(int status) {
    switch (status) {
        case 409: return base::ErrorKind::conflict;
        case 503: return base::ErrorKind::unavailable;
        default: return base::ErrorKind::invalid_input;
    }
}

}  // namespace

base::Result<void> serve(const ServeOptions& options, std::ostream& out) {
    const auto log = spdlog::stderr_logger_mt("miteinander");
    log->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    const base::Clock clock = options.today ? base::Clock(*options.today) : base::Clock();

    TRY(const auto database, open(options.location, Mode::create, options.workers));
    identity::PasswordHasher hasher;
    TRY(const auto accounts, identity::Accounts::open(*database, hasher, clock));
    TRY(const auto csrf_key, database->write([](db::Connection& c) { return identity::secret(c, "forged requests"); }));

    TRY(const auto site, web::Site::open({.settings = {.demo = options.demo}, .clock = clock}));
    site->who = [&](const http::Request& request) { return identity::actor_of(request, *accounts); };
    site->log = [log](const base::Error& e, const http::Request& request) {
        if (e.kind == base::ErrorKind::internal) log->error("{} {}: {}", http::name_of(request.method), request.path, e.detail);
    };

    http::Router router;
    site->mount(router);
    const mail::SenderOptions sender{
        .password_file = options.mail_password_file, .ca_file = options.mail_ca_file, .may_receive = identity::may_receive};
    TRY_VOID(mount_capabilities(router, *site, *database, *accounts, sender, options.oidc_secret_file));
    for (const auto& route : keep_permissions(router, *site, *database, *accounts))
        log->error("nobody may {}: it is not in the table of permissions", route);

    http::Handler handler = [&router](const http::Request& request) { return router.route(request); };
    handler =
        http::with_idempotency(std::move(handler), std::make_shared<idempotency::DatabaseStore>(*database, clock),
                               {.scope =
                                    [](const http::Request& request) {
                                        if (identity::comes_with_token(request)) return identity::token_hash(identity::bearer_of(request));
                                        const auto session = request.cookie(identity::session_cookie);
                                        return session.empty() ? "anonymous " + request.remote : identity::token_hash(session);
                                    },
                                .refused = [&](const http::Request& request, int status) { return problem_page(*site, kind_of(status))(request); }});
    // Programs come by their own door; a form of a browser needs its token against forgery, at /api, too.
    const http::Handler programs = handler;
    handler = http::with_csrf(
        std::move(handler), {.key = csrf_key,
                             .session = [](const http::Request& request) { return request.cookie(identity::session_cookie); },
                             .origins = options.origins,
                             .exempt = [](const http::Request& request) { return mailing::is_one_click(request) || measures::is_one_click(request); },
                             .refused = problem_page(*site, base::ErrorKind::forbidden)});
    handler =
        identity::with_api_door(programs, std::move(handler), {.accounts = *accounts, .refused = [&site](const http::Request& request, int status) {
                                                                   return web::refused(site->context(request), status);
                                                               }});
    handler = limited(std::move(handler), problem_page(*site, base::ErrorKind::too_many));
    handler = links_limited(std::move(handler), problem_page(*site, base::ErrorKind::too_many));
    handler = http::with_security_headers(std::move(handler));

    http::Options server_options;
    server_options.port = options.port;
    if (!options.addresses.empty()) server_options.addresses = options.addresses;
    server_options.workers = options.workers;
    server_options.trusted_proxies = options.trusted_proxies;
    server_options.body_limit = [](http::Method method, const std::string& path) -> std::optional<std::uint64_t> {
        // Uploads: a concept as a document, an attachment of evidence or of a measure, the opinion on a target, a table.
        if (method == http::Method::post)
            for (const auto* upload :
                 {"/konzept", "/nachweise", "/massnahmen", "/zielvorgaben", "/indikatoren", "/organisationen/einlesen", "/stellen/einlesen"})
                if (path.rfind(upload, 0) == 0) return 64u * 1024 * 1024;
        if (method == http::Method::post && path.starts_with("/api/v1/massnahmen/") && path.ends_with("/dateien")) return 64u * 1024 * 1024;
        return {};
    };
    const Refusals refusals(*site);
    server_options.refusal = [&refusals](int status, const http::Headers& asked) { return refusals.answer(status, asked); };
    // Kept pages need no worker: a connection of its own that never waits says whether they are still true. Where that means to ask over a network,
    // the thread that accepts must not.
    std::unique_ptr<db::Database> watch;
    if (database->engine() == db::Engine::sqlite)
        if (auto opened = db::open(options.location.where(), {.read_only = true, .readers = 1, .busy_timeout = std::chrono::milliseconds(0)}); opened)
            watch = std::move(*opened);
    if (watch)
        server_options.fast_path = [&site, &watch](const http::Request& request) -> std::optional<http::Response> {
            if (!site->keeps(request.path) || !request.cookie(identity::session_cookie).empty()) return {};
            const auto now = watch->read([](db::Connection& c) { return db::revision(c); });
            if (!now) return {};
            auto response = site->kept(request, *now);
            if (response) http::add_security_headers(request, *response);
            return response;
        };
    server_options.log = [log](const std::string& line) { log->info("{}", line); };
    if (!options.quiet)
        server_options.access_log = [log](const http::Access& a) {
            // A one-time link in a log would open what it opens for whoever reads the log.
            log->info("{} {} {} {} B {} us {}", http::name_of(a.method), links::without_tokens(a.path), a.status, a.bytes, a.duration.count(),
                      a.network);
        };
    TRY(const auto server, http::Server::open(std::move(server_options), std::move(handler)));

    TRY(const auto setup, accounts->setup_token());
    const auto listening = server->listening();
    const auto address = listening.empty() ? std::string("the socket handed over") : listening.front();
    out << "Miteinander answers at " << address << '\n';
    if (options.today) out << "Today is fixed: " << base::iso(*options.today) << '\n';
    if (setup)
        out << "First start. Open this link within 24 hours to create the first account (it works once):\n  " << address << "/einrichtung/" << *setup
            << '\n';
    out.flush();
    jobs::Runner runner(*database);
    runner.failed = [log](const std::string& name, const base::Error& e) { log->error("task {}: {}", name, e.detail); };
    add_jobs(runner, *database, clock, *accounts, sender);
    runner.start();
    server->run();
    runner.stop();
    return {};
}

}  // namespace app
