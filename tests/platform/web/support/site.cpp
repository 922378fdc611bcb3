#include "tests/platform/web/support/site.h"
#include "platform/base/root.h"

#include <gtest/gtest.h>

namespace web_test {

std::unique_ptr<web::Site> open_site(web::Settings settings) {
    auto site = web::Site::open({.root = base::source_root(), .settings = std::move(settings), .clock = base::Clock(base::day(2020, 9, 30))});
    if (!site) {
        ADD_FAILURE() << site.error().detail;
        return nullptr;
    }
    (*site)->add({base::message("Start"), "/", identity::Role::anonymous, 1, {}});
    return std::move(*site);
}

http::Request get(const std::string& target) {
    http::Request request;
    request.method = http::Method::get;
    request.target = target;
    const auto question = target.find('?');
    request.path = target.substr(0, question);
    if (question == std::string::npos) return request;
    // Enough for tests: no percent signs
    std::string rest = target.substr(question + 1) + "&";
    for (std::size_t at = 0; at < rest.size();) {
        const auto end = rest.find('&', at);
        const auto pair = rest.substr(at, end - at);
        const auto equals = pair.find('=');
        if (!pair.empty()) request.query.add(pair.substr(0, equals), equals == std::string::npos ? "" : pair.substr(equals + 1));
        at = end + 1;
    }
    return request;
}

http::Request post(const std::string& target, const std::vector<std::pair<std::string, std::string>>& form) {
    auto request = get(target);
    request.method = http::Method::post;
    for (const auto& [name, value] : form) request.form.add(name, value);
    return request;
}

}  // namespace web_test
