#include "dataset/reader.h"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "dataset/nearest.h"

namespace dataset {
namespace {

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

std::optional<base::Day> day_of(const toml::node& node) {
    const auto* value = node.as_date();
    if (!value) return {};
    const auto& d = value->get();
    return base::parse_iso_day(fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day));
}

std::optional<evidence::Quantity> quantity_of(const toml::node& node) {
    if (const auto* whole = node.as_integer()) {
        // evidence::Quantity keeps thousandths; beyond that no amount of people, places or euros goes.
        if (std::abs(whole->get()) > 9'000'000'000'000) return {};
        return evidence::Quantity::of(whole->get());
    }
    if (const auto* real = node.as_floating_point()) return evidence::Quantity::rounded(real->get());
    return {};
}

std::string listed(std::span<const std::string> known) {
    std::string out;
    for (const auto& name : known) {
        if (name.empty()) continue;
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

}  // namespace

void note(Mistakes& mistakes, const Place& at, base::Message m) { mistakes.push_back({at.file, std::move(m), at.line}); }

Reader::Reader(const toml::table& table, std::string name, std::string file, Mistakes& mistakes)
    : table_(table), name_(std::move(name)), file_(std::move(file)), mistakes_(mistakes) {}

const toml::node* Reader::find(std::string_view key) {
    asked_.emplace(key);
    return table_.get(key);
}

Place Reader::place_of(std::string_view key) const {
    const auto* node = table_.get(key);
    return node && line_of(*node) > 0 ? Place{file_, line_of(*node)} : place();
}

bool Reader::has(std::string_view key) { return find(key) != nullptr; }

void Reader::missing(std::string_view key) {
    note(mistakes_, place(), base::message("{table} needs “{key}”.", {{"table", name_}, {"key", std::string(key)}}));
}

void Reader::wrong_type(std::string_view key, const toml::node& node, Wanted wanted) {
    const auto say = [&](std::string_view text) {
        note(mistakes_, {file_, line_of(node)}, {std::string(text), {{"key", std::string(key)}, {"table", name_}}});
    };
    switch (wanted) {
        case Wanted::text: return say(base::message("“{key}” in {table} has to be a text in quotes.").text);
        case Wanted::bilingual: return say(base::message("“{key}” in {table} has to be a text in two languages: { de = \"…\", en = \"…\" }").text);
        case Wanted::day: return say(base::message("“{key}” in {table} has to be a day without quotes: 2018-06-30").text);
        case Wanted::whole_number: return say(base::message("“{key}” in {table} has to be a whole number.").text);
        case Wanted::number: return say(base::message("“{key}” in {table} has to be a number.").text);
        case Wanted::boolean: return say(base::message("“{key}” in {table} has to be true or false.").text);
        case Wanted::texts: return say(base::message("“{key}” in {table} has to be a list of texts: [\"…\", \"…\"]").text);
        case Wanted::days: return say(base::message("“{key}” in {table} has to be a list of days: [2018-06-30]").text);
        case Wanted::whole_numbers: return say(base::message("“{key}” in {table} has to be a list of whole numbers: [30, 7]").text);
        case Wanted::table: return say(base::message("“{key}” in {table} has to be a table.").text);
        case Wanted::tables: return say(base::message("“{key}” in {table} has to be a list of tables.").text);
        case Wanted::text_table: return say(base::message("“{key}” in {table} has to be a table of texts: { name = \"…\" }").text);
        case Wanted::plain_value: return say(base::message("“{key}” in {table} has to be a text, a number, a day, or true or false.").text);
    }
}

void Reader::not_one_of(std::string_view key, const std::string& written, std::span<const std::string> known) {
    const auto meant = nearest(written, known);
    if (!meant.empty()) {
        mistake(key, base::message("“{written}” is no {key}. Did you mean “{meant}”?",
                                   {{"written", written}, {"key", std::string(key)}, {"meant", meant}}));
    } else {
        mistake(key, base::message("“{written}” is no {key}. Known are: {known}.",
                                   {{"written", written}, {"key", std::string(key)}, {"known", listed(known)}}));
    }
}

std::optional<std::string> Reader::text_of(const toml::node& node, std::string_view key) {
    if (const auto* value = node.as_string()) return value->get();
    wrong_type(key, node, Wanted::text);
    return {};
}

std::string Reader::text(std::string_view key, Need need) {
    const auto* node = find(key);
    if (!node) {
        if (need == Need::required) missing(key);
        return {};
    }
    auto value = text_of(*node, key).value_or("");
    if (need == Need::required && value.empty() && node->is_string())
        mistake(key, base::message("“{key}” in {table} is empty.", {{"key", std::string(key)}, {"table", name_}}));
    return value;
}

base::Bilingual Reader::bilingual(std::string_view key, Need need) {
    const auto* node = find(key);
    if (!node) {
        if (need == Need::required) missing(key);
        return {};
    }
    const auto* inner = node->as_table();
    if (!inner) {
        wrong_type(key, *node, Wanted::bilingual);
        return {};
    }
    Reader reader(*inner, fmt::format("“{}” in {}", key, name_), file_, mistakes_);
    base::Bilingual out{reader.text("de", Need::required), reader.text("en")};
    reader.finish();
    return out;
}

std::optional<base::Day> Reader::day(std::string_view key, Need need) {
    const auto* node = find(key);
    if (!node) {
        if (need == Need::required) missing(key);
        return {};
    }
    const auto value = day_of(*node);
    if (!value) wrong_type(key, *node, Wanted::day);
    return value;
}

std::int64_t Reader::integer(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    const auto* node = find(key);
    if (!node) return otherwise;
    const auto* value = node->as_integer();
    if (!value) {
        wrong_type(key, *node, Wanted::whole_number);
        return otherwise;
    }
    if (value->get() < least || value->get() > most) {
        mistake(key, base::message("“{key}” has to lie between {least} and {most}.",
                                   {{"key", std::string(key)}, {"least", std::to_string(least)}, {"most", std::to_string(most)}}));
        return otherwise;
    }
    return value->get();
}

std::optional<evidence::Quantity> Reader::quantity(std::string_view key, Need need) {
    const auto* node = find(key);
    if (!node) {
        if (need == Need::required) missing(key);
        return {};
    }
    const auto value = quantity_of(*node);
    if (!value) wrong_type(key, *node, Wanted::number);
    return value;
}

bool Reader::boolean(std::string_view key, bool otherwise) {
    const auto* node = find(key);
    if (!node) return otherwise;
    if (const auto* value = node->as_boolean()) return value->get();
    wrong_type(key, *node, Wanted::boolean);
    return otherwise;
}

std::vector<std::string> Reader::texts(std::string_view key) {
    std::vector<std::string> out;
    const auto* node = find(key);
    if (!node) return out;
    const auto* array = node->as_array();
    if (!array) {
        wrong_type(key, *node, Wanted::texts);
        return out;
    }
    std::set<std::string> seen;
    for (const auto& entry : *array) {
        auto value = text_of(entry, key);
        if (!value) continue;
        if (!seen.insert(*value).second)
            note(mistakes_, {file_, line_of(entry)},
                 base::message("“{name}” stands twice in “{key}”.", {{"name", *value}, {"key", std::string(key)}}));
        else
            out.push_back(std::move(*value));
    }
    return out;
}

std::vector<base::Day> Reader::days(std::string_view key) {
    std::vector<base::Day> out;
    const auto* node = find(key);
    if (!node) return out;
    const auto* array = node->as_array();
    if (!array) {
        wrong_type(key, *node, Wanted::days);
        return out;
    }
    for (const auto& entry : *array) {
        if (const auto value = day_of(entry))
            out.push_back(*value);
        else
            wrong_type(key, entry, Wanted::days);
    }
    return out;
}

std::vector<int> Reader::integers(std::string_view key, int least, int most) {
    std::vector<int> out;
    const auto* node = find(key);
    if (!node) return out;
    const auto* array = node->as_array();
    if (!array) {
        wrong_type(key, *node, Wanted::whole_numbers);
        return out;
    }
    for (const auto& entry : *array) {
        const auto* value = entry.as_integer();
        if (!value)
            wrong_type(key, entry, Wanted::whole_numbers);
        else if (value->get() < least || value->get() > most)
            note(mistakes_, {file_, line_of(entry)},
                 base::message("“{key}” has to lie between {least} and {most}.",
                               {{"key", std::string(key)}, {"least", std::to_string(least)}, {"most", std::to_string(most)}}));
        else
            out.push_back(static_cast<int>(value->get()));
    }
    return out;
}

void Reader::table(std::string_view key, const std::string& name, const std::function<void(Reader&)>& read) {
    const auto* node = find(key);
    if (!node) return;
    const auto* inner = node->as_table();
    if (!inner) return wrong_type(key, *node, Wanted::table);
    Reader reader(*inner, name, file_, mistakes_);
    read(reader);
    reader.finish();
}

void Reader::tables(std::string_view key, const std::string& name, const std::function<void(Reader&)>& read) {
    const auto* node = find(key);
    if (!node) return;
    const auto* array = node->as_array();
    if (!array) return wrong_type(key, *node, Wanted::tables);
    for (const auto& entry : *array) {
        const auto* inner = entry.as_table();
        if (!inner) {
            wrong_type(key, entry, Wanted::tables);
            continue;
        }
        Reader reader(*inner, name, file_, mistakes_);
        read(reader);
        reader.finish();
    }
}

std::map<std::string, std::string> Reader::text_table(std::string_view key) {
    std::map<std::string, std::string> out;
    const auto* node = find(key);
    if (!node) return out;
    const auto* inner = node->as_table();
    if (!inner) {
        wrong_type(key, *node, Wanted::text_table);
        return out;
    }
    for (const auto& [name, value] : *inner)
        if (auto t = text_of(value, fmt::format("{}.{}", key, name.str()))) out.emplace(std::string(name.str()), std::move(*t));
    return out;
}

std::map<std::string, std::vector<std::string>> Reader::fields() {
    std::map<std::string, std::vector<std::string>> out;
    const auto as_text = [&](const toml::node& node, std::string_view key) -> std::optional<std::string> {
        if (const auto* s = node.as_string()) return s->get();
        if (const auto* b = node.as_boolean()) return b->get() ? "true" : "false";
        if (const auto d = day_of(node)) return base::iso(*d);
        if (const auto q = quantity_of(node)) return q->text();
        wrong_type(key, node, Wanted::plain_value);
        return {};
    };
    for (const auto& [key, value] : table_) {
        const std::string name(key.str());
        asked_.insert(name);
        if (const auto* array = value.as_array()) {
            for (const auto& entry : *array)
                if (auto t = as_text(entry, name)) out[name].push_back(std::move(*t));
        } else if (const auto* inner = value.as_table()) {
            for (const auto& [inner_key, inner_value] : *inner) {
                const auto path = fmt::format("{}.{}", name, inner_key.str());
                if (auto t = as_text(inner_value, path)) out[path].push_back(std::move(*t));
            }
        } else if (auto t = as_text(value, name)) {
            out[name].push_back(std::move(*t));
        }
    }
    return out;
}

std::string Reader::quiet_text(std::string_view key) const {
    const auto* node = table_.get(key);
    const auto* value = node ? node->as_string() : nullptr;
    return value ? value->get() : "";
}

std::vector<std::pair<std::string, int>> Reader::quiet_texts(std::string_view key) const {
    std::vector<std::pair<std::string, int>> out;
    const auto* node = table_.get(key);
    const auto* array = node ? node->as_array() : nullptr;
    if (!array) return out;
    for (const auto& entry : *array)
        if (const auto* value = entry.as_string()) out.emplace_back(value->get(), line_of(entry));
    return out;
}

void Reader::finish() {
    const std::vector<std::string> known(asked_.begin(), asked_.end());
    for (const auto& [key, value] : table_) {
        const std::string name(key.str());
        if (asked_.contains(name)) continue;
        const Place at{file_, static_cast<int>(key.source().begin.line)};
        const auto meant = nearest(name, known);
        if (!meant.empty() && !table_.contains(meant)) {
            note(mistakes_, at,
                 base::message("{table} has no “{key}”. Did you mean “{meant}”?", {{"table", name_}, {"key", name}, {"meant", meant}}));
        } else {
            note(mistakes_, at, base::message("{table} has no “{key}”.", {{"table", name_}, {"key", name}}));
        }
    }
}

}  // namespace dataset
