#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/web/context.h"
#include "platform/web/html.h"

namespace web {

class View;

struct Choice {
    std::string value;
    Text label;
    Text hint = std::string();
    std::string group = {};  // of a select: options of the same group stand together under its name
};

struct FieldOptions {
    std::string value = {};  // what stands there before anybody typed
    Text hint = std::string();
    bool optional = false;
    int rows = 5;                   // of a text area
    std::string type = "text";      // of an input: text, email, password, search, tel, url
    std::string inputmode = {};     // "numeric", "decimal"
    std::string autocomplete = {};  // "username", "current-password", "off"
    std::string accept = {};        // of a file: ".pdf,.docx"
    bool short_input = false;       // a narrow field: a number, a day
};

// What was sent and refused, on a page of several forms: which form it was is told by the address it was sent to.
struct Refused {
    std::string action;
    http::Fields typed;
    base::Error error;
};
inline Refused refused(const http::Request& request, base::Error error) { return {request.path, request.form, std::move(error)}; }

// One form: its fields in KERN markup, labels, hints, mistakes at the field and on top with links to the fields, everything typed still there.
//
//   web::Form form(context, {.action = "/pflichten", .submit = message("Save")});
//   form.typed(request.form).error(refused);          // only after a refused POST
//   form.text("titel", message("Title"), {.value = duty.title})
//       .date("frist", message("Deadline"), duty.due_on);
//   view.set("FORM", form.html());
class Form {
  public:
    struct Options {
        std::string action;
        Text submit = base::message("Save");
        std::string cancel_url = {};
        std::string method = "POST";  // "DELETE", "PUT", "PATCH" travel as _method; "GET" for filters
        bool multipart = false;       // with files
        bool danger = false;          // the button destroys something
        std::string target = {};      // "#liste": sent by htmx, the answer goes there; without JavaScript a page comes back
        bool idempotency_key = true;
    };
    Form(const Context&, Options);

    Form& typed(const http::Fields& fields);
    Form& error(const base::Error& error);
    // On a page of several forms: if it was this one that was refused, everything typed is in it again, the mistakes at the fields, and all of them on
    // top of the page.
    Form& again(const Refused*);
    bool was_refused() const { return error_.has_value(); }  // what it is folded into stands open

    Form& text(std::string_view name, const Text& label, FieldOptions = {});
    Form& textarea(std::string_view name, const Text& label, FieldOptions = {});
    Form& number(std::string_view name, const Text& label, FieldOptions = {});
    Form& date(std::string_view name, const Text& label, std::optional<base::Day> value = {}, FieldOptions = {});
    Form& select(std::string_view name, const Text& label, const std::vector<Choice>&, FieldOptions = {});
    Form& radios(std::string_view name, const Text& legend, const std::vector<Choice>&, FieldOptions = {});
    Form& checkboxes(std::string_view name, const Text& legend, const std::vector<Choice>&, const std::vector<std::string>& checked,
                     FieldOptions = {});
    Form& checkbox(std::string_view name, const Text& label, bool checked, FieldOptions = {});  // sends "ja"
    Form& file(std::string_view name, const Text& label, FieldOptions = {});
    Form& hidden(std::string_view name, std::string_view value);
    Form& heading(const Text&);
    Form& html(const Html&);                                                         // anything between the fields
    Form& row();                                                                     // the following fields stand side by side …
    Form& end_row();                                                                 // … until here
    Form& group(const Text& legend);                                                 // a fieldset around the following fields …
    Form& end_group();                                                               // … until here
    Form& button(std::string_view name, std::string_view value, const Text& label);  // one more way to send it

    Html html() const;  // the whole form with its summary of mistakes
    // The parts, for a page that arranges them itself.
    Html summary() const;
    Html open() const;  // <form …> and the hidden fields
    Html fields() const { return body_; }
    Html close() const;  // buttons and </form>

  private:
    std::string value_of(std::string_view name, const std::string& otherwise) const;
    std::string mistake_of(std::string_view name) const;
    Html common(std::string_view template_name, std::string_view name, const Text& label, const FieldOptions&,
                const std::function<void(View&, bool wrong)>& more);
    Form& choices(std::string_view kind, std::string_view name, const Text& legend, const std::vector<Choice>&,
                  const std::vector<std::string>& chosen, const FieldOptions&);

    const Context* context_;
    Options options_;
    std::optional<http::Fields> typed_;
    std::optional<base::Error> error_;
    bool one_of_several_ = false;
    std::map<std::string, std::string, std::less<>> anchors_;  // field → id its mistake links to
    std::map<std::string, std::string, std::less<>> labels_;
    std::string id_of(std::string_view name);

    std::string id_prefix_;  // of the fields, fixed with the first one
    Html body_, hidden_, buttons_;
};

// The mistakes on top of a page whose form is not there any more: it was sent from an older one. Form::again puts those with links in their place.
void mistakes_on_top(const Context&, const base::Error&);

// Only a button: POST with nothing but the key and the token ("Rückgängig", "Veröffentlichen").
Html button_form(const Context&, std::string_view action, const Text& label, std::string_view method = "POST", bool danger = false);

}  // namespace web
