#include "plan/import/pandoc.h"

#include <boost/json.hpp>

#include "plan/import/layout.h"
#include "plan/import/tree.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace json = boost::json;
namespace {

constexpr int deepest = 60;  // of lists in lists; what lies deeper is no concept

std::string_view type_of(const json::value& v) {
    if (!v.is_object()) return {};
    const auto* t = v.as_object().if_contains("t");
    return t && t->is_string() ? std::string_view(t->as_string()) : std::string_view();
}
const json::value* content_of(const json::value& v) { return v.is_object() ? v.as_object().if_contains("c") : nullptr; }
const json::array* array(const json::value* v) { return v && v->is_array() ? &v->as_array() : nullptr; }
const json::value* item(const json::value* v, std::size_t i) {
    const auto* a = array(v);
    return a && i < a->size() ? &(*a)[i] : nullptr;
}

class Walker {
  public:
    Document run(const json::object& root) {
        if (const auto* meta = root.if_contains("meta"); meta && meta->is_object())
            if (const auto* title = meta->as_object().if_contains("title")) document_.title = squeeze(inlines(content_of(*title), 0));
        if (!document_.title.empty()) add(document_.title, 0);
        has_headings_ = any_heading(root.if_contains("blocks"), 0);
        blocks(root.if_contains("blocks"), 0, "");
        place_notes();
        return std::move(document_);
    }

  private:
    static bool any_heading(const json::value* v, int depth) {
        const auto* list = array(v);
        if (!list || depth > deepest) return false;
        return std::any_of(list->begin(), list->end(), [&](const json::value& b) {
            return type_of(b) == "Header" || (type_of(b) == "Div" && any_heading(item(content_of(b), 1), depth + 1));
        });
    }

    void add(std::string text, int level) {
        // A line break set by hand ends a line.
        for (auto& part : split(text, '\n')) {
            auto squeezed = nfc(squeeze(part));
            if (squeezed.empty()) continue;
            Line line;
            line.text = std::move(squeezed);
            line.level = level;
            line.item = level == 0 && in_list_ > 0;
            line.gap = 1;
            line.number = ++number_;
            document_.lines.push_back(std::move(line));
        }
    }
    void place_notes() {
        for (auto& n : notes_) {
            Line line;
            line.text = std::move(n);
            line.kind = LineKind::note;
            line.number = ++number_;
            document_.lines.push_back(std::move(line));
        }
        notes_.clear();
    }

    std::string inlines(const json::value* v, int depth) {
        std::string out;
        const auto* list = array(v);
        if (!list || depth > deepest) return out;
        for (const auto& i : *list) {
            const auto t = type_of(i);
            const auto* c = content_of(i);
            if (t == "Str" && c && c->is_string())
                out += std::string_view(c->as_string());
            else if (t == "Space" || t == "SoftBreak")
                out += ' ';
            else if (t == "LineBreak")
                out += '\n';
            else if (t == "Quoted")
                out += "„" + inlines(item(c, 1), depth + 1) + "“";
            else if (t == "Code" || t == "Math") {
                if (const auto* s = item(c, 1); s && s->is_string()) out += std::string_view(s->as_string());
            } else if (t == "Link" || t == "Span" || t == "Cite" || t == "Image")
                out += inlines(item(c, 1), depth + 1);
            else if (t == "Note") {
                std::string note = "[" + std::to_string(++note_count_) + "] ";
                out += "[" + std::to_string(note_count_) + "]";
                if (const auto* paragraphs = array(c))
                    for (const auto& p : *paragraphs) note += inlines(content_of(p), depth + 1) + " ";
                notes_.push_back(squeeze(note));
            } else if (c)
                out += inlines(c, depth + 1);
        }
        return out;
    }

    void blocks(const json::value* v, int depth, const std::string& sign) {
        const auto* list = array(v);
        if (!list || depth > deepest) return;
        bool first = true;
        for (const auto& b : *list) {
            const auto t = type_of(b);
            const auto* c = content_of(b);
            const std::string lead = first ? sign : "";
            if (t == "Para" || t == "Plain") {
                add(lead + inlines(c, 0), 0);
            } else if (t == "Header") {
                place_notes();
                const auto* level = item(c, 0);
                add(inlines(item(c, 2), 0), level && level->is_int64() ? static_cast<int>(std::clamp<std::int64_t>(level->as_int64(), 1, 9)) : 1);
            } else if (t == "LineBlock") {
                if (const auto* lines = array(c))
                    for (const auto& l : *lines) add(inlines(&l, 0), 0);
            } else if (t == "CodeBlock") {
                if (const auto* s = item(c, 1); s && s->is_string()) add(std::string(std::string_view(s->as_string())), 0);
            } else if (t == "BulletList") {
                ++in_list_;
                if (const auto* items = array(c))
                    for (const auto& i : *items) blocks(&i, depth + 1, "• ");
                --in_list_;
            } else if (t == "OrderedList") {
                ordered(c, depth);
            } else if (t == "DefinitionList") {
                if (const auto* items = array(c))
                    for (const auto& i : *items) {
                        add(inlines(item(&i, 0), 0), 0);
                        if (const auto* definitions = array(item(&i, 1)))
                            for (const auto& d : *definitions) blocks(&d, depth + 1, "");
                    }
            } else if (t == "BlockQuote")
                blocks(c, depth + 1, "");
            else if (t == "Div" || t == "Figure")
                blocks(item(c, t == "Div" ? 1 : 2), depth + 1, "");
            else if (t == "Table")
                table(c, depth);
            first = false;
        }
    }

    // Word keeps the number of a list out of its text. Where a document marks its headings as such, a list is a list inside a clause; where it
    // does not, its numbered paragraphs may be what stands for headings.
    void ordered(const json::value* c, int depth) {
        const auto* attributes = item(c, 0);
        const auto* start = item(attributes, 0);
        auto n = start && start->is_int64() ? start->as_int64() : 1;
        const auto* style = item(attributes, 1);
        const auto* delimiter = item(attributes, 2);
        const auto kind = style ? type_of(*style) : std::string_view();
        const bool letters = kind.ends_with("Alpha"), romans = kind.ends_with("Roman");
        const bool bracket = delimiter && type_of(*delimiter).find("Paren") != std::string_view::npos;
        const bool numbers = !letters && !romans && !bracket;
        if (has_headings_ || !numbers) ++in_list_;
        if (const auto* items = array(item(c, 1)))
            for (const auto& i : *items) {
                const std::string sign = letters && n >= 1 && n <= 26 ? std::string(1, static_cast<char>('a' + n - 1))
                                         : romans                     ? roman(n)
                                                                      : std::to_string(n);
                blocks(&i, depth + 1, sign + (numbers ? ". " : ") "));
                ++n;
            }
        if (has_headings_ || !numbers) --in_list_;
    }
    static std::string roman(std::int64_t n) {
        std::string out;
        for (const auto& [value, sign] :
             std::initializer_list<std::pair<int, const char*>>{{50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}})
            for (; n >= value && n < 90; n -= value) out += sign;
        return out.empty() ? std::to_string(n) : out;
    }

    std::string cell_text(const json::value* cell, int depth) {
        // [attributes, alignment, row span, column span, blocks]
        std::string out;
        const auto before = document_.lines.size();
        blocks(item(cell, 4), depth + 1, "");
        for (auto i = before; i < document_.lines.size(); ++i) out += (out.empty() ? "" : " ") + document_.lines[i].text;
        document_.lines.resize(before);
        return out;
    }
    void rows(const json::value* list, std::vector<std::vector<std::string>>& out, int depth) {
        if (const auto* r = array(list))
            for (const auto& row : *r) {
                std::vector<std::string> cells;
                if (const auto* c = array(item(&row, 1)))
                    for (const auto& cell : *c) cells.push_back(cell_text(&cell, depth));
                out.push_back(std::move(cells));
            }
    }
    void table(const json::value* c, int depth) {
        if (depth > deepest) return;
        std::vector<std::vector<std::string>> all;
        rows(item(item(c, 3), 1), all, depth);
        if (const auto* bodies = array(item(c, 4)))
            for (const auto& body : *bodies) {
                rows(item(&body, 2), all, depth);
                rows(item(&body, 3), all, depth);
            }
        rows(item(item(c, 5), 1), all, depth);
        std::erase_if(all, [](const auto& row) { return std::all_of(row.begin(), row.end(), [](const std::string& s) { return s.empty(); }); });
        if (all.empty()) return;
        const auto columns = columns_of(all.front());
        for (std::size_t r = 0; r < all.size(); ++r) {
            std::string text;
            for (const auto& cell : all[r]) text += (text.empty() || cell.empty() ? "" : columns.empty() ? " – " : " ") + cell;
            if (columns.empty() || r == 0) {
                add(text, 0);
                continue;
            }
            Line line;
            line.text = nfc(squeeze(text));
            line.kind = LineKind::row;
            line.gap = 1;
            line.number = ++number_;
            line.cells = all[r];
            line.cells.resize(columns.size());
            line.columns = columns;
            document_.lines.push_back(std::move(line));
        }
    }

    Document document_;
    std::vector<std::string> notes_;
    int note_count_ = 0, number_ = 0, in_list_ = 0;
    bool has_headings_ = false;
};

}  // namespace

base::Result<Document> from_pandoc(std::string_view text) {
    json::error_code failed;
    json::parse_options options;
    options.max_depth = 200;
    const auto root = json::parse(text, failed, {}, options);
    if (failed || !root.is_object())
        return base::invalid(
            "file",
            base::message("The document could not be read. Please open it in your word processor, save it anew as DOCX or ODT, and try again."));
    auto out = Walker().run(root.as_object());
    mark_contents(out.lines);
    out.width = 80;  // paragraphs come whole: no line is a full line of a page
    return out;
}

}  // namespace plan::importing
