#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/web/context.h"
#include "platform/web/site.h"
#include "platform/web/view.h"

namespace web {

struct Crumb {
    Text title;
    std::string url;
};

// A button beside the heading.
struct Action {
    Text title;
    std::string url;
    bool primary = false;
    std::string icon;  // a KERN icon: "download", "add", "edit"
};

struct Alternate {
    Text title;
    std::string url;
    std::string type;  // "text/calendar", "text/csv", "application/json"
};

struct Head {
    Text title;
    Text lead = std::string();       // one line below the heading
    std::vector<Crumb> crumbs = {};  // between the start page and this one
    std::vector<Action> actions = {};
    std::vector<Alternate> alternates = {};  // the same content for machines: linked in the head
    int status = 200;
    bool heading = true;  // false: the template brings its own <h1>
    bool index = true;    // false: search engines stay out
};

using Fill = std::function<void(View&)>;

// A whole page: the template inside the layout.
http::Response page(const Context&, const Head&, std::string_view template_name, const Fill& fill);
template <class V>
    requires requires(const V& v, View& view) { v.fill(view); }
http::Response page(const Context& context, const Head& head, std::string_view template_name, const V& v) {
    return page(context, head, template_name, Fill([&v](View& view) { v.fill(view); }));
}
http::Response page(const Context&, const Head&, const Html& content);

// The template alone: the answer to a partial update.
http::Response fragment(const Context&, std::string_view template_name, const Fill& fill, int status = 200);
Html render(const Context&, std::string_view template_name, const Fill& fill);

// An Error as a page in the site's look (404, 403, 409, 422, 429, 500, 503 …), with what the reader can do. For JSON callers a small object.
http::Response problem(const Context&, const base::Error&);
int http_status(base::ErrorKind);

// A file to download, never kept by caches and never guessed by browsers.
http::Response download(std::string bytes, std::string_view content_type, std::string_view filename);

// Paragraphs of a plain text: empty lines part them, line breaks stay.
Html paragraphs(std::string_view plain);

// Answers 304 when the caller has it already. tag: what ETag makes of the content or of a revision, without quotes.
http::Response conditional(const http::Request&, http::Response, std::string_view tag);
std::string etag_of(std::string_view content);

}  // namespace web
