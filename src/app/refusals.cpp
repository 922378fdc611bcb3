#include "app/refusals.h"

#include "platform/http/reply.h"
#include "platform/http/security_headers.h"
#include "platform/i18n/language.h"
#include "platform/web/problem.h"

namespace app {

Refusals::Refusals(const web::Site& site) {
    for (const auto language : i18n::all_languages)
        for (const int status : {400, 408, 413, 414, 415, 417, 431, 500, 501, 503, 505}) {
            http::Request nobody;
            nobody.path = nobody.target = "/";
            auto context = site.context(nobody);
            context.language = language;
            auto page = web::refused(context, status);
            http::add_security_headers(nobody, page);
            page.shared_body = std::make_shared<const std::string>(std::move(page.body));
            page.body.clear();
            pages_.emplace(std::pair(status, language), std::move(page));
        }
}

http::Response Refusals::answer(int status, const http::Headers& asked) const {
    const auto language = i18n::preferred(asked.get("accept-language")).value_or(i18n::default_language);
    const auto found = pages_.find({status, language});
    if (found == pages_.end() || asked.view("accept").find("text/html") == std::string_view::npos)
        return http::Response::text(std::to_string(status) + " " + std::string(http::reason_of(status)) + "\n", status);
    return found->second;
}

}  // namespace app
