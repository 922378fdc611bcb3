#pragma once
// Reads one TOML table and notes every mistake with its line: what is missing, of the wrong type, misspelt or unknown.
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/model.h"
#include "dataset/toml.h"
#include "platform/base/result.h"

namespace dataset {

using Mistakes = std::vector<base::FieldError>;

void note(Mistakes&, const Place&, base::Message);

enum class Need { required, optional };

class Reader {
  public:
    // `name` is what the table is called in messages: "[[duty]]".
    Reader(const toml::table& table, std::string name, std::string file, Mistakes& mistakes);

    bool has(std::string_view key);
    std::string text(std::string_view key, Need = Need::optional);
    base::Bilingual bilingual(std::string_view key, Need = Need::optional);
    std::optional<base::Day> day(std::string_view key, Need = Need::optional);
    std::int64_t integer(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most);
    std::optional<evidence::Quantity> quantity(std::string_view key, Need = Need::optional);
    bool boolean(std::string_view key, bool otherwise);
    std::vector<std::string> texts(std::string_view key);
    std::vector<base::Day> days(std::string_view key);
    std::vector<int> integers(std::string_view key, int least, int most);

    // A name out of a fixed set; `known` is what the set holds, for "did you mean".
    template <class T>
    T choice(std::string_view key, std::span<const std::string> known, const std::function<std::optional<T>(std::string_view)>& read,
             std::optional<T> otherwise = {}) {
        if (!has(key)) {
            if (otherwise) return *otherwise;
            missing(key);
            return T{};
        }
        const auto written = text(key, Need::required);
        if (const auto value = read(written)) return *value;
        not_one_of(key, written, known);
        return T{};
    }

    // Tables inside: called once for each, with a reader that reports unknown keys by itself.
    void table(std::string_view key, const std::string& name, const std::function<void(Reader&)>& read);
    void tables(std::string_view key, const std::string& name, const std::function<void(Reader&)>& read);
    // A table of texts: { claim = "none" }.
    std::map<std::string, std::string> text_table(std::string_view key);

    // Any value as text, for those who read names and texts (duties::parse_rule): arrays become several, tables "key.name".
    std::map<std::string, std::vector<std::string>> fields();

    // The value without a message, for those who only note a reference: whoever reads the value itself reports a wrong type.
    std::string quiet_text(std::string_view key) const;
    std::vector<std::pair<std::string, int>> quiet_texts(std::string_view key) const;  // with their lines
    std::size_t mistake_count() const { return mistakes_.size(); }

    Place place() const { return {file_, static_cast<int>(table_.source().begin.line)}; }
    Place place_of(std::string_view key) const;
    void mistake(std::string_view key, base::Message m) { note(mistakes_, place_of(key), std::move(m)); }
    void mistake_at(const Place& at, base::Message m) { note(mistakes_, at, std::move(m)); }
    // Keys nobody asked for are mistakes: most are misspelt.
    void finish();

  private:
    const toml::node* find(std::string_view key);
    void missing(std::string_view key);
    enum class Wanted { text, bilingual, day, whole_number, number, boolean, texts, days, whole_numbers, table, tables, text_table, plain_value };
    void wrong_type(std::string_view key, const toml::node&, Wanted);
    void not_one_of(std::string_view key, const std::string& written, std::span<const std::string> known);
    std::optional<std::string> text_of(const toml::node&, std::string_view key);

    const toml::table& table_;
    std::string name_, file_;
    Mistakes& mistakes_;
    std::set<std::string> asked_;
};

}  // namespace dataset
