#include "platform/sheets/xlsx_parts.h"

#include <charconv>
#include <map>

#include "platform/sheets/encoding.h"

namespace sheets {
namespace {

int number(std::string_view text, int otherwise = 0) {
    int value = otherwise;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

std::string folder_of(const std::string& part) {
    const auto slash = part.rfind('/');
    return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

// A target that leads from "xl/worksheets/" one folder up to "sharedStrings.xml".
std::string resolved(std::string folder, std::string_view target) {
    if (target.starts_with('/')) return std::string(target.substr(1));
    while (true) {
        if (target.starts_with("./"))
            target.remove_prefix(2);
        else if (target.starts_with("../")) {
            target.remove_prefix(3);
            if (!folder.empty()) folder = folder_of(folder.substr(0, folder.size() - 1));
        } else
            return folder + std::string(target);
    }
}

struct RelationReader : Handler {
    std::string folder;
    std::vector<Relation> found;
    base::Result<void> begin(std::string_view name, const Attributes& a) override {
        if (name != "Relationship" || attribute(a, "TargetMode") == "External") return {};
        const auto type = attribute(a, "Type");
        found.push_back({std::string(attribute(a, "Id")), std::string(type.substr(type.rfind('/') + 1)), resolved(folder, attribute(a, "Target"))});
        return {};
    }
    base::Result<void> end(std::string_view) override { return {}; }
};

struct BookReader : Handler {
    explicit BookReader(const Limits& limits) : most(limits.sheets) {}
    Book book;
    std::size_t most;
    base::Result<void> begin(std::string_view name, const Attributes& a) override {
        if (name == "workbookPr") {
            const auto value = attribute(a, "date1904");
            if (value == "1" || value == "true") book.system = DateSystem::since_1904;
        } else if (name == "sheet") {
            if (book.sheets.size() >= most)
                return base::invalid("", base::message("The file has more than {most} sheets.", {{"most", std::to_string(most)}}));
            auto relation = attribute(a, "r:id");
            if (relation.empty()) relation = attribute(a, "id");  // another prefix than "r"
            const auto state = attribute(a, "state");
            book.sheets.push_back({std::string(attribute(a, "name")), std::string(relation), state == "hidden" || state == "veryHidden"});
        }
        return {};
    }
    base::Result<void> end(std::string_view) override { return {}; }
};

struct TextReader : Handler {
    explicit TextReader(const Limits& l) : limits(l) {}
    const Limits& limits;
    std::vector<std::string> texts;
    std::string current;
    bool in_item = false, in_text = false, phonetic = false;
    base::Result<void> begin(std::string_view name, const Attributes&) override {
        if (name == "si") {
            if (texts.size() >= limits.cells) return base::invalid("", damaged());
            in_item = true;
            current.clear();
        } else if (name == "rPh") {
            phonetic = true;
        } else if (name == "t") {
            in_text = in_item && !phonetic;
        }
        return {};
    }
    base::Result<void> end(std::string_view name) override {
        if (name == "t") in_text = false;
        if (name == "rPh") phonetic = false;
        if (name != "si") return {};
        in_item = false;
        texts.push_back(unescaped(std::move(current)));
        current.clear();
        return {};
    }
    void text(std::string_view piece) override {
        // One byte more than allowed is enough to say so where the text is used.
        if (in_text && current.size() <= limits.cell_bytes) current += piece;
    }
};

struct StyleReader : Handler {
    std::map<int, Reading> own;
    std::vector<Reading> styles;
    bool in_formats = false;
    base::Result<void> begin(std::string_view name, const Attributes& a) override {
        if (name == "numFmt") {
            own[number(attribute(a, "numFmtId"), -1)] = reading_of(attribute(a, "formatCode"));
        } else if (name == "cellXfs") {
            in_formats = true;
        } else if (name == "xf" && in_formats) {
            if (styles.size() >= 100'000) return base::invalid("", damaged());
            const int id = number(attribute(a, "numFmtId"));
            const auto found = own.find(id);
            styles.push_back(found != own.end() ? found->second : reading_of(id));
        }
        return {};
    }
    base::Result<void> end(std::string_view name) override {
        if (name == "cellXfs") in_formats = false;
        return {};
    }
};

}  // namespace

std::string unescaped(std::string text) {
    auto at = text.find("_x");
    if (at == std::string::npos) return text;
    std::string out = text.substr(0, at);
    while (at < text.size()) {
        unsigned value = 0;
        if (text.compare(at, 2, "_x") == 0 && at + 6 < text.size() && text[at + 6] == '_') {
            const auto [end, failed] = std::from_chars(text.data() + at + 2, text.data() + at + 6, value, 16);
            if (failed == std::errc() && end == text.data() + at + 6 && value != 0 && (value < 0xD800 || value > 0xDFFF)) {
                append_utf8(out, value);
                at += 7;
                continue;
            }
        }
        out += text[at++];
    }
    return out;
}

base::Result<std::vector<Relation>> relations_of(Package& package, const std::string& part) {
    const auto folder = folder_of(part);
    const auto file = folder + "_rels/" + part.substr(folder.size()) + ".rels";
    RelationReader reader;
    reader.folder = folder;
    if (package.has(file)) TRY_VOID(package.parse(file, reader));
    return std::move(reader.found);
}

base::Result<Book> read_book(Package& package, const std::string& part, const Limits& limits) {
    BookReader reader(limits);
    TRY_VOID(package.parse(part, reader));
    return std::move(reader.book);
}

base::Result<std::vector<std::string>> read_texts(Package& package, const std::string& part, const Limits& limits) {
    TextReader reader(limits);
    TRY_VOID(package.parse(part, reader));
    return std::move(reader.texts);
}

base::Result<std::vector<Reading>> read_styles(Package& package, const std::string& part) {
    StyleReader reader;
    TRY_VOID(package.parse(part, reader));
    return std::move(reader.styles);
}

}  // namespace sheets
