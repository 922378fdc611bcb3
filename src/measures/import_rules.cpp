#include "measures/import_rules.h"

#include <algorithm>

#include "measures/input_rules.h"
#include "measures/list_columns.h"

namespace measures {
namespace {

using base::message;

// Texts that several columns may go into.
bool gathers(std::string_view field) { return field == "notiz" || field == "beschreibung"; }

bool is_named(const ListColumn& column, const std::string& heading) {
    if (sheets::folded(column.heading) == heading || sheets::folded(column.field) == heading) return true;
    std::string_view rest = column.also;
    while (!rest.empty()) {
        const auto bar = std::min(rest.find('|'), rest.size());
        if (rest.substr(0, bar) == heading) return true;
        rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    return false;
}

bool fits(std::string_view wanted, const std::string& name) { return !name.empty() && sheets::folded(wanted) == sheets::folded(name); }

std::vector<std::string> parts_of(const std::string& text, std::string_view separators) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (at <= text.size()) {
        const auto end = std::min(text.find_first_of(separators, at), text.size());
        auto part = sheets::text_of(text.substr(at, end - at));
        if (!part.empty()) out.push_back(std::move(part));
        at = end + 1;
    }
    return out;
}

class RowReader {
  public:
    RowReader(const sheets::Sheet& sheet, const sheets::Table& table, const Mapping& mapping, const Known& known, ListReading& out)
        : sheet_(sheet), table_(table), mapping_(mapping), known_(known), out_(out) {
        const auto maps = [&](std::string_view field) { return std::find(mapping.begin(), mapping.end(), field) != mapping.end(); };
        makes_means_ = maps(line_field) && maps(amount_field);
        const auto amount = static_cast<std::size_t>(std::find(mapping.begin(), mapping.end(), amount_field) - mapping.begin());
        if (amount < table.headings.size()) amount_heading_ = table.headings[amount];
    }

    void read(std::size_t row) {
        row_ = row;
        ReadRow found;
        found.row = row;
        const auto& cells = sheet_.rows[row];
        Resource means;
        bool has_means = false;
        key_ = key_in(cells);
        for (column_ = 0; column_ < mapping_.size(); ++column_) {
            const auto& field = mapping_[column_];
            if (field.empty()) continue;
            const sheets::Cell empty;
            const auto& cell = column_ < cells.size() ? cells[column_] : empty;
            if (const auto* fault = std::get_if<sheets::Fault>(&cell)) {
                wrong(message("The formula in this cell has no result ({code}).", {{"code", fault->code}}));
                continue;
            }
            const auto text = sheets::text_of(cell);
            if (gathers(field)) {
                gather(found.fields[field], text);
            } else if (text.empty()) {
                // An empty cell leaves the standard where there is one.
                if (field != "art" && field != "berichtsabstand" && field != "kriterium_richtung" && !field.starts_with("mittel_") &&
                    field != period_field)
                    found.fields[field] = "";
            } else if (field == period_field) {
                period(text, found.fields);
            } else if (field.starts_with("mittel_")) {
                has_means = means_field(field, cell, text, means) || has_means;
            } else {
                value(field, cell, text, found.fields);
            }
        }
        // Means stand behind a measure with a budget line and an amount; where the file lacks either, the rest stays readable in the note.
        if (has_means && !makes_means_)
            found.fields["notiz"] += (found.fields["notiz"].empty() ? "" : "\n") + in_words(means);
        else if (has_means && makes_means_)
            found.means = std::move(means);
        like(found);
        out_.rows.push_back(std::move(found));
    }

  private:
    std::string key_in(const std::vector<sheets::Cell>& cells) const {
        const auto column = static_cast<std::size_t>(std::find(mapping_.begin(), mapping_.end(), "kennung") - mapping_.begin());
        return column < cells.size() && column < mapping_.size() ? sheets::text_of(cells[column]) : "";
    }
    // What a measure rests on already is no mistake of the file, also when the concept no longer has it.
    bool rests_on(const StatementRef& ref) const {
        const auto known = known_.rests_on.find(key_);
        return known != known_.rests_on.end() && known->second.contains(ref);
    }

    std::string in_words(const Resource& means) const {
        std::string out;
        if (means.planned) out = amount_heading_ + ": " + base::amount_text(*means.planned);
        if (!means.budget_line.empty()) out += (out.empty() ? "" : ", ") + std::string(list_column(line_field)->heading) + " " + means.budget_line;
        if (means.year) out += (out.empty() ? "" : ", ") + std::to_string(*means.year);
        if (!means.source.empty()) out += (out.empty() ? "" : ", ") + means.source;
        return out;
    }

    void wrong(base::Message m) { out_.mistakes.push_back({sheet_.place(row_, column_), std::move(m), line()}); }
    int line() const { return row_ < sheet_.lines.size() ? sheet_.lines[row_] : 0; }

    void gather(std::string& into, const std::string& text) {
        if (text.empty()) return;
        const auto several = std::count(mapping_.begin(), mapping_.end(), mapping_[column_]) > 1;
        if (!into.empty()) into += "\n";
        into += several && !table_.headings[column_].empty() ? table_.headings[column_] + ": " + text : text;
    }

    // "2018" in the column of ends is the last day of that year, in the column of beginnings the first.
    void period(const std::string& text, Fields& fields) {
        const auto found = period_of(text);
        if (!found) return wrong(message("This period cannot be read: write it as 2018–2020, 06/2018 or 01.01.2018–30.06.2018."));
        if (found->from) fields["beginn"] = base::iso(*found->from);
        if (found->until) fields["ende"] = base::iso(*found->until);
    }

    bool means_field(const std::string& field, const sheets::Cell& cell, const std::string& text, Resource& means) {
        if (field == amount_field) {
            if (text == "-" || text == "–" || text == "—") return false;  // how people write that there is none
            means.planned = sheets::amount_of(cell);
            if (!means.planned)
                wrong(message("This is no amount: write it as 1.234,56. If the column holds remarks, too, choose “{note}” for it.",
                              {{"note", std::string(list_column("notiz")->heading)}}));
        } else if (field == line_field) {
            means.budget_line = text;
        } else if (field == source_field) {
            means.source = text;
        } else {
            const auto year = sheets::number_of(cell);
            if (!year || *year != static_cast<int>(*year) || *year < 1990 || *year > 2100)
                wrong(message("Enter a year from 1990 to 2100."));
            else
                means.year = static_cast<int>(*year);
        }
        return true;
    }

    void value(const std::string& field, const sheets::Cell& cell, const std::string& text, Fields& fields) {
        auto& into = fields[field];
        const auto* column = list_column(field);
        if (column && column->look == sheets::Look::day) {
            if (const auto day = sheets::day_of(cell)) {
                into = base::iso(*day);
            } else if (const auto found = period_of(text); found && (field == "beginn" ? found->from : found->until)) {
                into = base::iso(field == "beginn" ? *found->from : *found->until);
            } else {
                wrong(message("This is no day: write it as 31.12.2019."));
            }
        } else if (field == "verantwortlich") {
            into = office(text);
        } else if (field == "gemeinschaftlich" || field == "mitwirkende") {
            into = offices(text);
        } else if (field == "aussagen") {
            into = statements(text);
        } else if (field == "veroeffentlicht") {
            const auto word = sheets::folded(text);
            if (word == "ja" || word == "x" || word == "yes" || word == "1" || word == "wahr")
                into = "ja";
            else if (word == "nein" || word == "no" || word == "0" || word == "falsch")
                into = "nein";
            else
                wrong(message("Enter yes or no."));
        } else if (const auto choice = known_.choices.find(field + ":" + sheets::folded(text)); choice != known_.choices.end()) {
            into = choice->second;
        } else {
            into = text;  // the form's own reader says what is wrong with it
        }
    }

    const Known::Office* find_office(const std::string& text) const {
        for (const auto& each : known_.offices)
            if (each.key == text) return &each;
        const Known::Office* found = nullptr;
        for (const auto& each : known_.offices)
            if (fits(text, each.name) || fits(text, each.short_name)) {
                if (found) return nullptr;  // two of that name: only the key tells
                found = &each;
            }
        return found;
    }
    void unknown_office(const std::string& text) {
        wrong(message("“{name}” is none of the offices, units and partners here. Write its name as it stands under organisation, or its key.",
                      {{"name", text}}));
    }
    std::string office(const std::string& text) {
        if (const auto* found = find_office(text)) return found->key;
        unknown_office(text);
        return {};
    }
    // A name may hold commas, so semicolons and lines part first.
    std::string offices(const std::string& text) {
        std::vector<std::string> keys;
        for (const auto& part : parts_of(text, ";\n")) {
            if (const auto* found = find_office(part)) {
                keys.push_back(found->key);
                continue;
            }
            for (const auto& smaller : parts_of(part, ",")) {
                if (const auto* found = find_office(smaller))
                    keys.push_back(found->key);
                else
                    unknown_office(smaller);
            }
        }
        return join_list(keys);
    }

    // "2018:5.1-a", "5.1-a", or "5.1" and "Ziffer 5.1" for all statements of the clause.
    std::string statements(const std::string& text) {
        std::vector<std::string> out;
        for (auto part : parts_of(text, ",;\n")) {
            for (const std::string_view word : {"Ziffern", "Ziffer", "Ziff.", "Nr.", "Punkt", "Kapitel", "Kap."})
                if (part.starts_with(word)) part = sheets::text_of(part.substr(word.size()));
            const auto colon = part.find(':');
            const auto plan = colon == std::string::npos ? known_.plan : part.substr(0, colon);
            const auto name = colon == std::string::npos ? part : part.substr(colon + 1);
            const auto before = out.size();
            for (const auto& ref : known_.statements)
                if (ref.plan == plan && (ref.statement == name || ref.statement.substr(0, ref.statement.rfind('-')) == name))
                    out.push_back(ref.plan + ":" + ref.statement);
            if (out.size() == before && rests_on({plan, name}))
                out.push_back(plan + ":" + name);
            else if (out.size() == before)
                wrong(message("“{number}” is neither a clause nor a statement of the concept. Write it as 5.1 or 2018:5.1-a.", {{"number", part}}));
        }
        return join_list(out);
    }

    void like(ReadRow& found) {
        const auto title = found.fields.find("titel");
        const auto key = found.fields.find("kennung");
        if (key != found.fields.end() && !key->second.empty()) {
            column_ = static_cast<std::size_t>(std::find(mapping_.begin(), mapping_.end(), "kennung") - mapping_.begin());
            if (!numbers_.insert(key->second).second) wrong(message("The number {number} stands in the file twice.", {{"number", key->second}}));
            if (known_.keys.contains(key->second)) return;
        }
        if (title == found.fields.end() || title->second.empty()) return;
        const auto folded = sheets::folded(title->second);
        if (const auto known = known_.titles.find(folded); known != known_.titles.end()) found.like = known->second;
        const auto column = static_cast<std::size_t>(std::find(mapping_.begin(), mapping_.end(), "titel") - mapping_.begin());
        const auto [above, first] = titles_.emplace(folded, sheet_.place(row_, column));
        if (!first && found.like.empty()) found.like = above->second;
    }

    const sheets::Sheet& sheet_;
    const sheets::Table& table_;
    const Mapping& mapping_;
    const Known& known_;
    ListReading& out_;
    std::size_t row_ = 0, column_ = 0;
    bool makes_means_ = false;    // whether columns hold both budget lines and amounts
    std::string amount_heading_;  // "Kosten"
    std::string key_;             // of the row, when it names a measure
    std::set<std::string> numbers_;
    std::map<std::string, std::string> titles_;
};

std::optional<int> number_in(std::string_view text, std::size_t digits_from, std::size_t digits_to) {
    if (text.size() < digits_from || text.size() > digits_to || text.find_first_not_of("0123456789") != std::string_view::npos) return {};
    int out = 0;
    for (const char c : text) out = out * 10 + (c - '0');
    return out;
}
std::optional<int> year_in(std::string_view text) {
    const auto year = number_in(text, 4, 4);
    return year && *year >= 1990 && *year <= 2100 ? year : std::nullopt;
}
FoundPeriod months(int year, unsigned first, unsigned last) {
    return {base::day(year, first, 1), base::last_of_month(std::chrono::year(year) / std::chrono::month(last))};
}

// One end of a period: a day, a month, a quarter, half a year or a year.
std::optional<FoundPeriod> span_of(std::string_view raw) {
    const auto text = sheets::text_of(std::string(raw));
    if (const auto day = base::parse_day(text)) return FoundPeriod{day, day};
    if (const auto year = year_in(text)) return months(*year, 1, 12);
    if (text.size() < 5) return {};
    const auto year = year_in(text.substr(text.size() - 4));
    if (!year) return {};
    const auto head = sheets::folded(text.substr(0, text.size() - 4));
    static constexpr std::string_view names[] = {"januar", "februar", "maerz",     "april",   "mai",      "juni",
                                                 "juli",   "august",  "september", "oktober", "november", "dezember"};
    for (unsigned i = 0; i < 12; ++i)
        if (head == names[i] || (head.size() >= 3 && names[i].starts_with(head))) return months(*year, i + 1, i + 1);
    if (const auto month = number_in(head, 1, 2); month && *month >= 1 && *month <= 12)
        return months(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*month));
    static constexpr std::string_view quarters[4][4] = {{"i", "q1", "1 quartal", "i quartal"},
                                                        {"ii", "q2", "2 quartal", "ii quartal"},
                                                        {"iii", "q3", "3 quartal", "iii quartal"},
                                                        {"iv", "q4", "4 quartal", "iv quartal"}};
    for (unsigned i = 0; i < 4; ++i)
        for (const auto& name : quarters[i])
            if (head == name) return months(*year, 3 * i + 1, 3 * i + 3);
    if (head == "1 halbjahr" || head == "i halbjahr" || head == "erstes halbjahr") return months(*year, 1, 6);
    if (head == "2 halbjahr" || head == "ii halbjahr" || head == "zweites halbjahr") return months(*year, 7, 12);
    if (head == "anfang") return months(*year, 1, 4);
    if (head == "mitte") return months(*year, 5, 8);
    if (head == "ende") return months(*year, 9, 12);
    return {};
}

}  // namespace

std::optional<FoundPeriod> period_of(std::string_view raw) {
    auto text = sheets::text_of(std::string(raw));
    const auto taken = [&](std::initializer_list<std::string_view> words) {
        for (const auto word : words)
            if (text.starts_with(word)) {
                text = sheets::text_of(text.substr(word.size()));
                return true;
            }
        return false;
    };
    if (taken({"bis spätestens ", "bis ", "Bis "})) {
        const auto end = span_of(text);
        return end ? std::optional(FoundPeriod{{}, end->until}) : std::nullopt;
    }
    if (taken({"seit ", "Seit ", "ab ", "Ab "})) {
        const auto start = span_of(text);
        return start ? std::optional(FoundPeriod{start->from, {}}) : std::nullopt;
    }
    if (const auto one = span_of(text)) return one;
    for (const std::string_view dash : {" bis ", "–", "—", "-"}) {
        const auto at = text.find(dash);
        if (at == std::string::npos) continue;
        const auto from = span_of(text.substr(0, at)), until = span_of(text.substr(at + dash.size()));
        if (from && until) return FoundPeriod{from->from, until->until};
    }
    return {};
}

bool may_be_mapped(std::string_view field) { return field != "zustand" && list_column(field) != nullptr; }

Mapping proposed_mapping(const sheets::Table& table, const sheets::Sheet& sheet) {
    Mapping out(table.headings.size());
    std::set<std::string_view> taken;
    for (std::size_t i = 0; i < table.headings.size(); ++i) {
        const auto heading = sheets::folded(table.headings[i]);
        if (heading.empty()) continue;
        for (const auto& all : {list_columns(), import_only_columns()})
            for (const auto& column : all)
                if (out[i].empty() && is_named(column, heading) && (gathers(column.field) || !taken.contains(column.field))) {
                    out[i] = column.field;
                    taken.insert(column.field);
                }
        // The state is the program's own to keep; what the list says of it is a note. So is what nobody knows a field for: nothing gets lost
        // without somebody saying so.
        const bool filled = std::any_of(table.records.begin(), table.records.end(),
                                        [&](std::size_t row) { return i < sheet.rows[row].size() && !sheets::is_empty(sheet.rows[row][i]); });
        if (out[i] == "zustand")
            out[i] = "";
        else if (out[i].empty() && filled)
            out[i] = "notiz";
    }
    // A running number is none of ours: numbers of measures begin with a letter.
    for (std::size_t i = 0; i < out.size(); ++i)
        if (out[i] == "kennung" && std::all_of(table.records.begin(), table.records.end(), [&](std::size_t row) {
                return i >= sheet.rows[row].size() || sheets::text_of(sheet.rows[row][i]).find_first_not_of("0123456789. ") == std::string::npos;
            }))
            out[i] = "";
    // Parts of means without an amount are remarks.
    if (std::find(out.begin(), out.end(), amount_field) == out.end())
        for (auto& field : out)
            if (field.starts_with("mittel_")) field = "notiz";
    return out;
}

std::string heading_key(const sheets::Table& table) {
    std::string out;
    for (const auto& heading : table.headings) out += sheets::folded(heading) + "|";
    return out;
}

std::string to_text(const Mapping& mapping) {
    std::string out;
    for (const auto& field : mapping) out += field + "|";
    return out;
}
Mapping mapping_of(std::string_view text, std::size_t columns) {
    Mapping out;
    while (!text.empty()) {
        const auto bar = std::min(text.find('|'), text.size());
        const auto field = text.substr(0, bar);
        out.emplace_back(may_be_mapped(field) ? field : "");
        text.remove_prefix(std::min(bar + 1, text.size()));
    }
    out.resize(columns);
    return out;
}

std::vector<base::FieldError> mistakes_in(const Mapping& mapping, const sheets::Table& table) {
    std::vector<base::FieldError> out;
    std::map<std::string_view, std::size_t> first;
    for (std::size_t i = 0; i < mapping.size(); ++i) {
        if (mapping[i].empty() || gathers(mapping[i])) continue;
        if (const auto [at, fresh] = first.emplace(mapping[i], i); !fresh)
            out.push_back({"spalte-" + std::to_string(i),
                           message("The columns “{first}” and “{second}” cannot both be the same field.",
                                   {{"first", table.headings[at->second]}, {"second", table.headings[i]}}),
                           0});
    }
    if (!first.contains("titel")) out.push_back({"spalte-0", message("Say which column holds the title."), 0});
    return out;
}

std::string place_of(const sheets::Sheet& sheet, const Mapping& mapping, std::size_t row, std::string_view field) {
    const auto column_of = [&](std::string_view wanted) { return std::find(mapping.begin(), mapping.end(), wanted); };
    auto at = column_of(field);
    if (at == mapping.end() && (field == "beginn" || field == "ende")) at = column_of(period_field);
    if (at == mapping.end()) at = column_of("titel");
    return sheet.place(row, at == mapping.end() ? 0 : static_cast<std::size_t>(at - mapping.begin()));
}

ListReading read_rows(const sheets::Sheet& sheet, const sheets::Table& table, const Mapping& mapping, const Known& known) {
    ListReading out;
    out.rows.reserve(table.records.size());
    RowReader reader(sheet, table, mapping, known, out);
    for (const auto row : table.records) reader.read(row);
    return out;
}

}  // namespace measures
