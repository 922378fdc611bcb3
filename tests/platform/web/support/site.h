#pragma once
#include <memory>
#include <string>

#include "platform/web/page.h"
#include "platform/web/site.h"

namespace web_test {

// The product's own site on the day 30.09.2020, and requests to it.
std::unique_ptr<web::Site> open_site(web::Settings settings = {});
http::Request get(const std::string& target);
http::Request post(const std::string& target, const std::vector<std::pair<std::string, std::string>>& form = {});

// Pages with every part there is, filled with invented figures: for tests and for eyes.
void mount_gallery(http::Router&, web::Site&);

}  // namespace web_test
