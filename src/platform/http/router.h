#pragma once
#include "platform/http/message.h"

namespace http {

// Routes by method and pattern. "/pflichten/{id}" takes a positive int64, "/konzept/{plan:slug}" [a-z0-9-]+, "/{number:any}" one segment,
// "/assets/{path:rest}" the rest. Where several patterns fit, the more literal one wins, whatever the order of adding: "/plaene/neu"
// before "/plaene/{plan:slug}". HEAD is answered by GET. A path that exists under another method is 405 with Allow; else 404.
//
// A form that was refused leaves its own address in the browser, and nothing is there to be read. Whoever asks for it again (a new tab, a bookmark) is led
// to the page the form stands on: for every such address at once, so that no capability has to think of it.
class Router {
  public:
    void add(Method, std::string pattern, Handler);
    void get(std::string pattern, Handler h) { add(Method::get, std::move(pattern), std::move(h)); }
    void post(std::string pattern, Handler h) { add(Method::post, std::move(pattern), std::move(h)); }
    void del(std::string pattern, Handler h) { add(Method::del, std::move(pattern), std::move(h)); }

    // Finds the route, fills path_values, calls it. The two functions answer what has no route, in the site's look.
    Response route(Request) const;
    std::function<Response(const Request&)> not_found;
    // Asked before every route's handler: the one place that decides who may do what. An answer instead of nothing is given at once.
    std::function<std::optional<Response>(const Request&, Method, const std::string& pattern)> guard;
    std::function<Response(const Request&, const std::string& allow)> method_not_allowed;
    // The answer to whoever asks to read the address of a form, with the path of its page; nothing: it is answered like any other. The guard of the form was
    // asked before.
    std::function<std::optional<Response>(const Request&, const std::string& page)> instead_of_form;

    struct Entry {
        Method method;
        std::string pattern;
    };
    std::vector<Entry> entries() const;  // for the permission matrix and its test

  private:
    struct Route;
    bool can_be_read(const std::string& path, const Route& form) const;
    std::string page_of(const Route& form, const std::string& path) const;
    std::optional<Response> answer_instead(const Request&, const Route& form) const;
    std::vector<std::shared_ptr<const Route>> routes_;
};

}  // namespace http
