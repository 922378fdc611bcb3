#include "platform/web/form.h"

#include <algorithm>

#include "platform/web/page.h"

namespace web {
namespace {

using base::message;

Html hidden_field(std::string_view name, std::string_view value) {
    return Html::trusted("<input type=\"hidden\" name=\"" + escape(name) + "\" value=\"" + escape(value) + "\">");
}

}  // namespace

Form::Form(const Context& context, Options options) : context_(&context), options_(std::move(options)) {}

// Names may hold dots or brackets; an id must not hold spaces and should be easy to select.
std::string Form::id_of(std::string_view name) {
    if (id_prefix_.empty()) {
        const int number = ++*context_->forms;
        id_prefix_ = number == 1 ? "f-" : "f" + std::to_string(number) + "-";
    }
    std::string id = id_prefix_;
    for (const char c : name) id += (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ? c : '-';
    return id;
}

Form& Form::typed(const http::Fields& fields) {
    typed_ = fields;
    return *this;
}

Form& Form::error(const base::Error& error) {
    error_ = error;
    return *this;
}

Form& Form::again(const Refused* refused) {
    if (!refused || refused->action != options_.action) return *this;
    one_of_several_ = true;
    return typed(refused->typed).error(refused->error);
}

std::string Form::value_of(std::string_view name, const std::string& otherwise) const {
    return typed_ && typed_->has(name) ? typed_->get(name) : otherwise;
}

std::string Form::mistake_of(std::string_view name) const {
    std::string all;
    if (error_)
        for (const auto& field : error_->fields)
            if (field.field == name) all += (all.empty() ? "" : " ") + context_->say(field.message);
    return all;
}

Html Form::common(std::string_view template_name, std::string_view name, const Text& label, const FieldOptions& options,
                  const std::function<void(View&, bool)>& more) {
    const auto id = id_of(name);
    const auto mistake = mistake_of(name);
    anchors_.emplace(name, id);
    labels_.emplace(name, context_->say(label));
    return render(*context_, template_name, [&](View& view) {
        view.set("ID", id);
        view.set("NAME", name);
        view.set("LABEL", context_->say(label));
        view.show_if("OPTIONAL", options.optional);
        std::string described;
        if (const auto hint = context_->say(options.hint); !hint.empty()) {
            view.section("HINT").set("HINT", hint);
            described = id + "-hinweis";
        }
        if (!mistake.empty()) {
            view.section("MISTAKE").set("MISTAKE", mistake);
            view.show("INVALID");
            described += (described.empty() ? "" : " ") + id + "-fehler";
        }
        if (!described.empty()) view.section("DESCRIBED").set("BY", described);
        more(view, !mistake.empty());
    });
}

Form& Form::text(std::string_view name, const Text& label, FieldOptions options) {
    body_ += common("web/field_input.tpl", name, label, options, [&](View& view, bool) {
        view.set("TYPE", options.type);
        // A password is never sent back.
        if (options.type != "password") view.set("VALUE", value_of(name, options.value));
        if (!options.inputmode.empty()) view.section("INPUTMODE").set("MODE", options.inputmode);
        if (!options.autocomplete.empty()) view.section("AUTOCOMPLETE").set("KIND", options.autocomplete);
        view.show_if("SHORT", options.short_input);
    });
    return *this;
}

Form& Form::number(std::string_view name, const Text& label, FieldOptions options) {
    if (options.inputmode.empty()) options.inputmode = "decimal";
    options.short_input = true;
    return text(name, label, std::move(options));
}

// A text field and not type=date: that one shows the browser's language, and a legal deadline must be read the same way by everybody.
Form& Form::date(std::string_view name, const Text& label, std::optional<base::Day> value, FieldOptions options) {
    if (value && options.value.empty()) options.value = i18n::format_day(i18n::Language::de, *value);
    if (options.hint.empty()) options.hint = message("DD.MM.YYYY, for example 30.06.2018");
    options.inputmode = "decimal";
    options.autocomplete = "off";
    options.short_input = true;
    return text(name, label, std::move(options));
}

Form& Form::textarea(std::string_view name, const Text& label, FieldOptions options) {
    body_ += common("web/field_textarea.tpl", name, label, options, [&](View& view, bool) {
        view.set("ROWS", std::to_string(options.rows));
        view.set("VALUE", value_of(name, options.value));
    });
    return *this;
}

Form& Form::select(std::string_view name, const Text& label, const std::vector<Choice>& choices, FieldOptions options) {
    const auto chosen = value_of(name, options.value);
    body_ += common("web/field_select.tpl", name, label, options, [&](View& view, bool) {
        std::optional<View> group;
        std::string group_name;
        for (const auto& choice : choices) {
            if (!group || choice.group != group_name) {
                group = view.section("GROUP");
                group_name = choice.group;
                if (!group_name.empty()) {
                    group->section("BEGIN").set("TITLE", group_name);
                    group->show("END");
                }
            }
            auto option = group->section("OPTION");
            option.set("VALUE", choice.value);
            option.set("LABEL", context_->say(choice.label));
            option.show_if("SELECTED", choice.value == chosen);
        }
    });
    return *this;
}

Form& Form::choices(std::string_view kind, std::string_view name, const Text& legend, const std::vector<Choice>& choices,
                    const std::vector<std::string>& chosen, const FieldOptions& options) {
    const auto id = id_of(name);
    body_ += common("web/field_choices.tpl", name, legend, options, [&](View& view, bool) {
        int number = 0;
        for (const auto& choice : choices) {
            auto item = view.section("CHOICE");
            item.set("KIND", kind);
            item.set("CHOICE_ID", id + "-" + std::to_string(number++));
            item.set("VALUE", choice.value);
            item.set("CHOICE_LABEL", context_->say(choice.label));
            if (const auto hint = context_->say(choice.hint); !hint.empty()) item.section("CHOICE_HINT").set("TEXT", hint);
            item.show_if("CHECKED", std::find(chosen.begin(), chosen.end(), choice.value) != chosen.end());
        }
    });
    // The mistake leads to the first choice: that is what can be focused.
    if (!choices.empty()) anchors_[std::string(name)] = id + "-0";
    return *this;
}

Form& Form::radios(std::string_view name, const Text& legend, const std::vector<Choice>& all, FieldOptions options) {
    return choices("radio", name, legend, all, {value_of(name, options.value)}, options);
}

Form& Form::checkboxes(std::string_view name, const Text& legend, const std::vector<Choice>& all, const std::vector<std::string>& checked,
                       FieldOptions options) {
    // A box that was cleared is not sent at all, so once something was typed only that counts.
    return choices("checkbox", name, legend, all, typed_ ? typed_->all(name) : checked, options);
}

Form& Form::checkbox(std::string_view name, const Text& label, bool checked, FieldOptions options) {
    const bool on = typed_ ? typed_->has(name) : checked;
    body_ += common("web/field_checkbox.tpl", name, label, options, [&](View& view, bool) { view.show_if("CHECKED", on); });
    return *this;
}

Form& Form::file(std::string_view name, const Text& label, FieldOptions options) {
    options_.multipart = true;
    body_ += common("web/field_file.tpl", name, label, options, [&](View& view, bool) {
        if (!options.accept.empty()) view.section("ACCEPT").set("TYPES", options.accept);
    });
    return *this;
}

Form& Form::hidden(std::string_view name, std::string_view value) {
    hidden_ += hidden_field(name, value);
    return *this;
}

Form& Form::heading(const Text& title) {
    body_ += Html::trusted("<h2 class=\"app-form__heading\">" + escape(context_->say(title)) + "</h2>");
    return *this;
}

Form& Form::html(const Html& between) {
    body_ += between;
    return *this;
}

Form& Form::row() { return html(Html::trusted("<div class=\"app-grid2\">")); }
Form& Form::end_row() { return html(Html::trusted("</div>")); }

Form& Form::group(const Text& legend) {
    return html(Html::trusted("<fieldset class=\"kern-fieldset app-group\"><legend class=\"kern-label\">" + escape(context_->say(legend)) +
                              "</legend><div class=\"kern-fieldset__body app-form__fields\">"));
}
Form& Form::end_group() { return html(Html::trusted("</div></fieldset>")); }

Form& Form::button(std::string_view name, std::string_view value, const Text& label) {
    buttons_ += Html::trusted("<button class=\"kern-btn kern-btn--secondary\" type=\"submit\" name=\"" + escape(name) + "\" value=\"" +
                              escape(value) + "\"><span class=\"kern-label\">" + escape(context_->say(label)) + "</span></button>");
    return *this;
}

Html Form::summary() const {
    if (!error_ || error_->fields.empty()) return {};
    return render(*context_, "web/form_summary.tpl", [&](View& view) {
        view.set("TITLE",
                 i18n::plural("{n} entry has to be corrected", "{n} entries have to be corrected", static_cast<std::int64_t>(error_->fields.size())));
        for (const auto& field : error_->fields) {
            auto item = view.section("ITEM");
            auto text = context_->say(field.message);
            if (field.line > 0) text = context_->say(message("Line {line}", {{"line", std::to_string(field.line)}})) + ": " + text;
            if (const auto label = labels_.find(field.field); label != labels_.end())
                text = label->second + (label->second.ends_with("?") ? " " : ": ") + text;
            const auto anchor = anchors_.find(field.field);
            auto entry = item.section(anchor == anchors_.end() ? "PLAIN" : "LINKED");
            entry.set("TEXT", text);
            if (anchor != anchors_.end()) entry.set("ANCHOR", "#" + anchor->second);
        }
    });
}

Html Form::open() const {
    const bool get = options_.method == "GET";
    auto opened = render(*context_, "web/form_open.tpl", [&](View& view) {
        view.set("ACTION", options_.action);
        view.set("METHOD", get ? "get" : "post");
        view.show_if("MULTIPART", options_.multipart);
        if (!options_.target.empty()) {
            auto partial = view.section(get ? "PARTIAL_GET" : "PARTIAL");
            partial.set("TARGET", options_.target);
        }
    });
    if (!get) {
        if (options_.method != "POST") opened += hidden_field("_method", options_.method);
        opened += hidden_field(csrf_field, context_->csrf_token());
        if (options_.idempotency_key) opened += hidden_field(idempotency_field, new_idempotency_key());
    }
    return opened + hidden_;
}

Html Form::close() const {
    return render(*context_, "web/form_close.tpl", [&](View& view) {
        view.set("SUBMIT", context_->say(options_.submit));
        view.set("KIND", options_.danger ? "secondary app-danger" : "primary");
        view.set("MORE", buttons_);
        if (!options_.cancel_url.empty()) view.section("CANCEL").set("URL", options_.cancel_url);
    });
}

Html Form::html() const {
    const auto panel = Html::trusted("<div class=\"app-panel app-panel--form\">") + open() + body_ + close() + Html::trusted("</div>");
    if (!one_of_several_) return summary() + panel;
    *context_->mistakes = summary();
    return panel;
}

void mistakes_on_top(const Context& context, const base::Error& error) {
    Form nowhere(context, {.action = {}});
    *context.mistakes = nowhere.error(error).summary();
}

Html button_form(const Context& context, std::string_view action, const Text& label, std::string_view method, bool danger) {
    Form form(context, {.action = std::string(action), .submit = label, .method = std::string(method), .danger = danger});
    return render(context, "web/button_form.tpl", [&](View& view) {
        view.set("OPEN", form.open());
        view.set("LABEL", context.say(label));
        view.set("KIND", danger ? "secondary app-danger" : "secondary");
    });
}

}  // namespace web
