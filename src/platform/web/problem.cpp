#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "platform/web/page.h"
#include "platform/web/problem.h"

namespace web {
namespace {

using base::message;

struct Words {
    base::Message title, explanation, what_to_do;
};

Words words_for(int status) {
    switch (status) {
        case 400:
            return {message("This request cannot be read"), message("What arrived is not a proper request, or was damaged on its way."),
                    message("Load the page again. If a program of yours made the request, it has to be mended.")};
        case 408:
            return {message("This took too long"), message("Your request did not arrive within the time."),
                    message("Try again when your connection is better.")};
        case 414:
        case 431:
            return {message("The address is too long"),
                    message("The address, or what the browser sends with it, is longer than this program accepts."),
                    message("Choose fewer filters, or delete the cookies of this site and try again.")};
        case 401:
            return {message("This key does not open"), message("The key of the program is unknown, has ended or was revoked."),
                    message("Make a new key under My account, Keys for programs.")};
        case 428:
            return {message("Which version do you have?"),
                    message("A change names the version it was made from, so that nobody overwrites somebody else."),
                    message("Send the version you read in the header If-Match.")};
        case 403:
            return {message("You may not do this"), message("Your account does not have the right to see or change this."),
                    message("If you need it for your work, ask the administrator of this program.")};
        case 404:
            return {message("This page is not here"), message("The address may be mistyped or outdated, or what it shows is not public."),
                    message("Start from the navigation above, or sign in if you have an account.")};
        case 405:
            return {message("This does not work here"), message("The address exists, but not for this kind of request."),
                    message("Go back and use the button or the form on the page.")};
        case 409:
            return {message("Somebody was faster"), message("What you wanted to change has been changed in the meantime."),
                    message("Go back, load the page again and check whether your change is still needed.")};
        case 413:
            return {message("This is too large"), message("The file or the text is larger than this program accepts."),
                    message("Make it smaller, for example by leaving out pictures, and try again.")};
        case 422:
            return {message("This cannot be done with these entries"), message("At least one entry has to be corrected first."),
                    message("Go back, correct it and send the form again. Your browser has kept what you typed.")};
        case 429:
            return {message("Too many attempts"), message("There were too many requests in a short time."),
                    message("Wait a few minutes and try again.")};
        case 503:
            return {message("The program is busy"), message("Your request could not be worked on just now. Nothing was changed."),
                    message("Try again in a moment.")};
        default:
            return {message("Something went wrong here"), message("This is a mistake of the program, not yours. It has been logged."),
                    message("Try again. If it happens again, tell the administrator the time and what you did.")};
    }
}

void fill_words(View& view, const Words& words, const base::Error& error, const Context& context) {
    view.set("TITLE", words.title);
    view.set("EXPLANATION", words.explanation);
    view.set("WHAT_TO_DO", words.what_to_do);
    if (error.fields.empty()) return;
    auto list = view.section("LIST");
    for (const auto& field : error.fields) {
        auto item = list.section("ITEM");
        item.set("TEXT", field.message);
        if (field.line > 0) item.set_if("LINE", context.say(message("Line {line}", {{"line", std::to_string(field.line)}})));
    }
}

http::Response answer(const Context& context, int status, const base::Error& error) {
    const auto words = words_for(status);
    http::Response response;
    if (context.json) {
        boost::json::array fields;
        for (const auto& field : error.fields) {
            boost::json::object entry{{"field", field.field}, {"message", context.say(field.message)}};
            if (field.line > 0) entry["line"] = field.line;
            fields.push_back(std::move(entry));
        }
        // RFC 9457; "fields" holds every mistake at once, each with the member of the request it stands in.
        boost::json::object body{{"type", "about:blank"},
                                 {"title", context.say(words.title)},
                                 {"status", status},
                                 {"detail", context.say(words.explanation) + " " + context.say(words.what_to_do)},
                                 {"error", std::string(base::name_of(error.kind))},
                                 {"fields", std::move(fields)}};
        response = http::Response::json(boost::json::serialize(body), status);
        response.headers.set("Content-Type", "application/problem+json");
    } else if (context.fragment) {
        response = fragment(context, "web/error_box.tpl", [&](View& view) { fill_words(view, words, error, context); }, status);
    } else {
        response = page(context, {.title = words.title, .status = status, .index = false}, "web/error.tpl", [&](View& view) {
            fill_words(view, words, error, context);
            view.set("STATUS", std::to_string(status));
            if (!context.actor.signed_in() && (status == 403 || status == 404))
                view.section("SIGN_IN").set("URL", context.site->settings().sign_in_url);
        });
    }
    if (status == 503) response.headers.set("Retry-After", "5");
    if (status == 429) response.headers.set("Retry-After", "300");
    response.headers.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

http::Response problem(const Context& context, const base::Error& error) { return answer(context, http_status(error.kind), error); }

http::Response refused(const Context& context, int status) {
    // Every other fault of a request is one that cannot be read; the number tells programs which.
    const bool has_words = status == 401 || status == 403 || status == 428 || status == 429 || status == 408 || status == 413 || status == 414 ||
                           status == 431 || status >= 500;
    auto response =
        answer(context, has_words && status != 501 && status != 505 ? status : 400, base::Error{base::ErrorKind::invalid_input, {}, {}, {}});
    response.status = status;
    return response;
}

http::Response method_not_allowed(const Context& context, const std::string& allow) {
    auto response = answer(context, 405, base::Error{base::ErrorKind::not_found, {}, {}, {}});
    response.headers.set("Allow", allow);
    return response;
}

}  // namespace web
