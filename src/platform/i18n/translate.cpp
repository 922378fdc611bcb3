#include "platform/i18n/translate.h"

#include <atomic>
#include <charconv>
#include <fstream>
#include <iterator>
#include <memory>
#include <mutex>

#include "platform/i18n/format.h"
#include "platform/i18n/po_file.h"

namespace i18n {
namespace {

// A Message has only texts: its number and its singular travel as arguments that no sentence can name.
constexpr std::string_view count_key = "#n";
constexpr std::string_view singular_key = "#one";

const std::string* argument(const base::Message& message, std::string_view name) {
    for (const auto& [key, value] : message.arguments)
        if (key == name) return &value;
    return nullptr;
}

std::string filled(Language language, std::string_view text, const base::Message& message) {
    std::string out;
    out.reserve(text.size() + 32);
    while (!text.empty()) {
        const auto open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        const auto close = text.find('}');
        if (close == std::string_view::npos) {
            out += text;
            break;
        }
        const auto name = text.substr(1, close - 1);
        if (const auto* value = argument(message, name)) {
            out += *value;
        } else if (const auto* count = argument(message, count_key); count && name == "n") {
            std::int64_t n = 0;
            std::from_chars(count->data(), count->data() + count->size(), n);
            out += format_number(language, n);
        } else {
            out += text.substr(0, close + 1);
        }
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace

base::Result<void> Catalogue::add(Language language, std::string_view po_text, const std::string& name) {
    auto file = parse_po(po_text);
    if (!file) {
        file.error().detail = name + ": " + file.error().detail;
        return base::error(std::move(file.error()));
    }
    auto& book = books_[language];
    if (!file->plural_forms.empty()) {
        auto rule = PluralRule::parse(file->plural_forms);
        if (!rule) return base::error(base::ErrorKind::invalid_input, name + ": " + rule.error().detail);
        book.rule = *rule;
    }
    for (auto& entry : file->entries) {
        if (entry.fuzzy || entry.translations.empty() || entry.translations[0].empty()) continue;
        book.texts.emplace(std::move(entry.id), std::move(entry.translations));
    }
    return {};
}

base::Result<Catalogue> Catalogue::load(const std::filesystem::path& directory) {
    namespace fs = std::filesystem;
    Catalogue catalogue;
    for (const auto language : all_languages) {
        std::vector<fs::path> files;
        std::error_code failure;
        if (const auto single = directory / (std::string(code(language)) + ".po"); fs::is_regular_file(single, failure)) files.push_back(single);
        for (fs::directory_iterator at(directory / code(language), failure), end; !failure && at != end; at.increment(failure))
            if (at->path().extension() == ".po") files.push_back(at->path());
        std::sort(files.begin(), files.end());
        for (const auto& path : files) {
            std::ifstream stream(path, std::ios::binary);
            const std::string text((std::istreambuf_iterator<char>(stream)), {});
            if (!stream) return base::error(base::ErrorKind::internal, path.string() + ": cannot be read");
            TRY_VOID(catalogue.add(language, text, path.string()));
        }
    }
    if (catalogue.size(default_language) == 0) return base::error(base::ErrorKind::internal, "no translations found in " + directory.string());
    return catalogue;
}

std::string_view Catalogue::text(Language language, std::string_view english) const {
    if (const auto book = books_.find(language); book != books_.end())
        if (const auto at = book->second.texts.find(english); at != book->second.texts.end()) return at->second[0];
    return english;
}

std::string Catalogue::sentence(Language language, const base::Message& message) const {
    const auto* count = argument(message, count_key);
    const auto* singular = argument(message, singular_key);
    if (!count || !singular) return filled(language, text(language, message.text), message);
    const auto book = books_.find(language);
    if (book == books_.end()) return filled(language, message.text, message);
    const auto at = book->second.texts.find(*singular);
    if (at == book->second.texts.end()) return filled(language, message.text, message);
    std::int64_t n = 0;
    std::from_chars(count->data(), count->data() + count->size(), n);
    const auto form = book->second.rule.form_of(n < 0 ? 0 - static_cast<std::uint64_t>(n) : static_cast<std::uint64_t>(n));
    return filled(language, at->second[std::min(form, at->second.size() - 1)], message);
}

std::size_t Catalogue::size(Language language) const {
    const auto book = books_.find(language);
    return book == books_.end() ? 0 : book->second.texts.size();
}

namespace {

// A catalogue once handed out stays alive, as threads may be reading it; loading happens at start and in tests only.
std::atomic<const Catalogue*> current{nullptr};
std::mutex loading;
std::vector<std::unique_ptr<const Catalogue>> loaded;

}  // namespace

base::Result<void> load(const std::filesystem::path& directory) {
    TRY(auto fresh, Catalogue::load(directory));
    const std::lock_guard lock(loading);
    loaded.push_back(std::make_unique<const Catalogue>(std::move(fresh)));
    current.store(loaded.back().get(), std::memory_order_release);
    return {};
}

const Catalogue& catalogue() {
    static const Catalogue empty;
    const auto* now = current.load(std::memory_order_acquire);
    return now ? *now : empty;
}

base::Message plural(std::string_view one, std::string_view many, std::int64_t n, std::vector<std::pair<std::string, std::string>> arguments) {
    const auto digits = std::to_string(n);
    arguments.emplace_back(count_key, digits);
    arguments.emplace_back(singular_key, one);
    return {std::string(n == 1 ? one : many), std::move(arguments)};
}

}  // namespace i18n
