#pragma once
#include <map>
#include <memory>

#include "platform/web/site.h"

namespace app {

// The pages for requests the server refuses before a handler sees them, in the site's look and both languages. They are made once, at the start: the
// thread that refuses must not wait for a database.
class Refusals {
  public:
    explicit Refusals(const web::Site&);
    // HTML for who asks for it, else one line of text.
    http::Response answer(int status, const http::Headers& asked) const;

  private:
    std::map<std::pair<int, i18n::Language>, http::Response> pages_;
};

}  // namespace app
