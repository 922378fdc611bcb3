#include "platform/web/templates.h"

#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary.h>

namespace web {
namespace {

constexpr std::string_view pragma = "{{%AUTOESCAPE context=\"HTML\"}}";
constexpr std::string_view html_prefix = "HTML__";

ctemplate::TemplateString view_of(std::string_view text) { return {text.data(), text.size()}; }

base::Error mistake(std::string what) { return {base::ErrorKind::internal, std::move(what), {}, {}}; }

bool is_name(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Line breaks and indentation inside a text are layout of the template, not of the sentence.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (!is_space(c))
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

// {NAME} becomes the template variable {{NAME}}, which is escaped for its place like any other.
std::string with_variables(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '{') {
            auto end = i + 1;
            while (end < text.size() && is_name(text[end])) ++end;
            if (end > i + 1 && end < text.size() && text[end] == '}') {
                out += "{{" + std::string(text.substr(i + 1, end - i - 1)) + "}}";
                i = end;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

// A translation may use the tags of its English text, as written there; every other character is plain text.
std::string safe_translation(std::string_view english, std::string_view translation) {
    std::string out = escape(translation);
    for (std::size_t at = 0; (at = english.find('<', at)) != std::string_view::npos;) {
        const auto end = english.find('>', at);
        if (end == std::string_view::npos) break;
        const std::string tag(english.substr(at, end - at + 1));
        const std::string escaped = escape(tag);
        for (std::size_t found = 0; (found = out.find(escaped, found)) != std::string::npos; found += tag.size())
            out.replace(found, escaped.size(), tag);
        at = end + 1;
    }
    return with_variables(out);
}

base::Result<void> check(std::string_view source) {
    if (!source.starts_with(pragma)) return base::error(mistake("does not begin with " + std::string(pragma)));
    constexpr std::array<std::string_view, 6> forbidden{":none", html_prefix, "{{=", " style=", "<style", "javascript:"};
    for (const auto word : forbidden)
        if (source.find(word) != std::string_view::npos) return base::error(mistake("holds \"" + std::string(word) + "\""));
    for (std::size_t at = 0; (at = source.find("<script", at)) != std::string_view::npos; ++at)
        if (source.substr(at, source.find('>', at) - at).find(" src=") == std::string_view::npos)
            return base::error(mistake("holds an inline script"));
    // onclick= and its kin; data-on…= is a name of our own and stays allowed
    for (std::size_t at = 0; (at = source.find(" on", at)) != std::string_view::npos; ++at) {
        auto end = at + 3;
        while (end < source.size() && source[end] >= 'a' && source[end] <= 'z') ++end;
        if (end > at + 3 && source.substr(end, 2) == "=\"") return base::error(mistake("holds an event handler"));
    }
    return {};
}

}  // namespace

base::Result<std::string> prepared(std::string_view source, const std::function<std::string_view(std::string_view)>& translate) {
    TRY_VOID(check(source));
    std::string out;
    while (!source.empty()) {
        const auto open = source.find("{{");
        out += source.substr(0, open);
        if (open == std::string_view::npos) break;
        source.remove_prefix(open);
        if (source.starts_with("{{_")) {
            const auto close = source.find("_}}");
            if (close == std::string_view::npos || close < 3) return base::error(mistake("a text opened with {{_ is not closed with _}}"));
            const auto english = one_line(source.substr(3, close - 3));
            const auto text = english.empty() ? english : english.substr(english.front() == ' ' ? 1 : 0);
            if (text.empty()) return base::error(mistake("an empty text {{_ _}}"));
            out += safe_translation(text, translate(text));
            source.remove_prefix(close + 3);
            continue;
        }
        const auto close = source.find("}}");
        if (close == std::string_view::npos) return base::error(mistake("{{ without }}"));
        auto tag = source.substr(2, close - 2);
        if (tag.ends_with(":html")) {
            tag.remove_suffix(5);
            if (tag.empty() || !std::all_of(tag.begin(), tag.end(), is_name)) return base::error(mistake("a bad name before :html"));
            out += "{{" + std::string(html_prefix) + std::string(tag) + ":none}}";
        } else {
            out += source.substr(0, close + 2);
        }
        source.remove_prefix(close + 2);
    }
    return out;
}

struct Templates::Instance {
    mutable ctemplate::TemplateCache cache;
};

Templates::Templates() = default;
Templates::Templates(Templates&&) noexcept = default;
Templates& Templates::operator=(Templates&&) noexcept = default;
Templates::~Templates() = default;

base::Result<Templates> Templates::open(const std::filesystem::path& root, const i18n::Catalogue& catalogue) {
    namespace fs = std::filesystem;
    Templates all;
    std::error_code failure;
    const auto read_folder = [&](const fs::path& folder) -> base::Result<void> {
        std::error_code absent;
        for (fs::directory_iterator at(folder / "templates", absent), end; !absent && at != end; at.increment(absent)) {
            if (at->path().extension() != ".tpl") continue;
            std::ifstream stream(at->path(), std::ios::binary);
            std::string source((std::istreambuf_iterator<char>(stream)), {});
            const auto name = folder.filename().string() + "/" + at->path().filename().string();
            if (!all.sources_.emplace(name, std::move(source)).second) return base::error(mistake("two templates are named " + name));
        }
        return {};
    };
    for (const auto& parent : {root / "src", root / "src" / "platform"})
        for (fs::directory_iterator at(parent, failure), end; !failure && at != end; at.increment(failure)) TRY_VOID(read_folder(at->path()));
    if (all.sources_.empty()) return base::error(mistake("no templates below " + (root / "src").string()));

    for (const auto language : i18n::all_languages) {
        auto instance = std::make_unique<Instance>();
        for (const auto& [name, source] : all.sources_) {
            const auto text = prepared(source, [&](std::string_view english) { return catalogue.text(language, english); });
            if (!text) return base::error(mistake(name + ": " + text.error().detail));
            if (!instance->cache.StringToTemplateCache(name, view_of(*text), ctemplate::STRIP_BLANK_LINES))
                return base::error(mistake(name + ": the template has a mistake in its syntax"));
        }
        // From here on an unknown name is an error and never a file on disk.
        instance->cache.Freeze();
        all.instances_.emplace(language, std::move(instance));
    }
    return all;
}

std::string Templates::render(i18n::Language language, std::string_view name, const std::function<void(View&)>& fill) const {
    if (sources_.find(name) == sources_.end()) throw std::logic_error("no template " + std::string(name));
    ctemplate::TemplateDictionary dictionary(view_of(name));
    View view(dictionary, language);
    fill(view);
    std::string out;
    if (!instances_.at(language)->cache.ExpandWithData(view_of(name), ctemplate::STRIP_BLANK_LINES, &dictionary, nullptr, &out))
        throw std::logic_error("template " + std::string(name) + " includes one that is not there");
    return out;
}

std::vector<std::string> Templates::names() const {
    std::vector<std::string> out;
    for (const auto& [name, source] : sources_) out.push_back(name);
    return out;
}

void View::set(std::string_view name, std::string_view text) {
    if (name.starts_with(html_prefix)) throw std::logic_error("a text under the name of an Html");
    dictionary_->SetValue(view_of(name), view_of(text));
}

void View::set(std::string_view name, const base::Message& message) { set(name, i18n::translate(language_, message)); }

void View::set(std::string_view name, const Html& html) {
    const auto full = std::string(html_prefix) + std::string(name);
    dictionary_->SetValue(full, html.str());
}

View View::section(std::string_view name) { return {*dictionary_->AddSectionDictionary(view_of(name)), language_}; }

void View::show(std::string_view name) { dictionary_->ShowSection(view_of(name)); }

View View::include(std::string_view name, std::string_view template_name) {
    auto* included = dictionary_->AddIncludeDictionary(view_of(name));
    included->SetFilename(view_of(template_name));
    return {*included, language_};
}

}  // namespace web
