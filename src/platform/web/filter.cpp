#include "platform/web/filter.h"

#include <algorithm>

#include "platform/web/page.h"

namespace web {

using base::message;

Filter::Filter(const Context& context) : context_(&context) {}

Filter& Filter::select(std::string_view name, const Text& label, std::vector<Choice> choices) {
    fields_.push_back({Field::Kind::select, std::string(name), context_->say(label), std::move(choices)});
    return *this;
}

Filter& Filter::search(std::string_view name, const Text& label) {
    fields_.push_back({Field::Kind::search, std::string(name), context_->say(label), {}});
    return *this;
}

Filter& Filter::date(std::string_view name, const Text& label) {
    fields_.push_back({Field::Kind::date, std::string(name), context_->say(label), {}});
    return *this;
}

std::string Filter::value(std::string_view name) const {
    const auto asked = context_->query.get(name);
    const auto field = std::find_if(fields_.begin(), fields_.end(), [&](const Field& f) { return f.name == name; });
    if (field == fields_.end()) return {};
    if (field->kind == Field::Kind::search) return asked;
    if (field->kind == Field::Kind::date) return base::parse_day(asked) ? asked : std::string();
    const bool offered = std::any_of(field->choices.begin(), field->choices.end(), [&](const Choice& choice) { return choice.value == asked; });
    return offered ? asked : std::string();
}

Html Filter::html() const {
    const Url here = Url(context_->path, context_->query).without("seite");
    return render(*context_, "web/filter.tpl", [&](View& view) {
        view.set("ACTION", context_->path);
        for (const auto& [name, text] : here.query()) {
            if (std::any_of(fields_.begin(), fields_.end(), [&](const Field& field) { return field.name == name; })) continue;
            auto keep = view.section("KEEP");
            keep.set("NAME", name);
            keep.set("VALUE", text);
        }
        bool any = false;
        for (const auto& field : fields_) {
            const auto chosen = value(field.name);
            auto item = view.section("FIELD");
            auto kind = item.section(field.kind == Field::Kind::select ? "SELECT" : "INPUT");
            kind.set("ID", "filter-" + field.name);
            kind.set("NAME", field.name);
            kind.set("LABEL", field.label);
            kind.set("VALUE", chosen);
            std::string shown = chosen;
            if (field.kind == Field::Kind::select) {
                auto all = kind.section("OPTION");
                all.set("LABEL", message("all"));
                for (const auto& choice : field.choices) {
                    auto option = kind.section("OPTION");
                    option.set("VALUE", choice.value);
                    option.set("LABEL", context_->say(choice.label));
                    option.show_if("SELECTED", !chosen.empty() && choice.value == chosen);
                    if (choice.value == chosen) shown = context_->say(choice.label);
                }
            } else {
                kind.set("TYPE", field.kind == Field::Kind::search ? "search" : "text");
            }
            if (chosen.empty()) continue;
            any = true;
            auto taken = view.section("CHOSEN").section("ONE");
            taken.set("TEXT", field.label + ": " + shown);
            taken.set("URL", here.without(field.name).str());
        }
        if (any) {
            auto reset = here;
            for (const auto& field : fields_) reset = reset.without(field.name);
            view.section("RESET").set("URL", reset.str());
        }
    });
}

}  // namespace web
