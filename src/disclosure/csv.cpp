#include "disclosure/csv.h"

#include <fstream>
#include <sstream>

namespace disclosure {
namespace {

constexpr std::size_t most_mistakes = 1000;
constexpr std::size_t largest_file = 1ull << 30;

struct Scanner {
    std::string_view text;
    std::size_t at = 0;
    int line = 1;
    char separator = ',';

    // The fields up to the end of the line; a quoted field may run over several lines.
    std::vector<std::string> row(const std::string& file, Mistakes& mistakes) {
        std::vector<std::string> fields(1);
        const int began = line;
        bool quoted = false;
        while (at < text.size()) {
            const char c = text[at++];
            if (quoted) {
                if (c == '"' && at < text.size() && text[at] == '"') {
                    fields.back() += '"';
                    ++at;
                } else if (c == '"')
                    quoted = false;
                else {
                    if (c == '\n') ++line;
                    fields.back() += c;
                }
                continue;
            }
            if (c == '"' && fields.back().empty())
                quoted = true;
            else if (c == separator)
                fields.emplace_back();
            else if (c == '\r' && (at == text.size() || text[at] == '\n'))
                continue;
            else if (c == '\n') {
                ++line;
                return fields;
            } else
                fields.back() += c;
        }
        if (quoted) mistakes.add(file, began, base::message("A quotation mark is not closed."));
        return fields;
    }
};

}  // namespace

int CsvFile::column(std::string_view title) const {
    for (std::size_t i = 0; i < header.size(); ++i)
        if (header[i] == title) return static_cast<int>(i);
    return -1;
}

void Mistakes::add(const std::string& file, int line, base::Message message) {
    if (fields_.size() < most_mistakes)
        fields_.push_back({file, std::move(message), line});
    else
        ++dropped_;
}

base::Error Mistakes::as_error() const {
    base::Error error{base::ErrorKind::invalid_input, "the case has mistakes", fields_, {}};
    if (dropped_ > 0) error.fields.push_back({"", base::message("{count} more mistakes are not shown.", {{"count", std::to_string(dropped_)}})});
    return error;
}

CsvFile parse_csv(std::string name, std::string_view text, Mistakes& mistakes) {
    CsvFile file{std::move(name), {}, {}};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.empty()) {
        mistakes.add(file.name, 0, base::message("The file is empty."));
        return file;
    }
    const auto first_line = text.substr(0, text.find('\n'));
    Scanner scanner{text};
    if (first_line.find(',') == std::string_view::npos && first_line.find(';') != std::string_view::npos) scanner.separator = ';';
    file.header = scanner.row(file.name, mistakes);
    for (std::size_t i = 0; i < file.header.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (file.header[i] == file.header[j])
                mistakes.add(file.name, 1, base::message("Column {column} occurs twice.", {{"column", file.header[i]}}));
    while (scanner.at < text.size()) {
        CsvRow row{scanner.line, {}};
        row.fields = scanner.row(file.name, mistakes);
        if (row.fields.size() == 1 && row.fields[0].empty()) continue;  // an empty line says nothing
        // Remarks in settings ("note,text, with commas") need no quotes: the last field takes the rest of the line.
        while (file.header.size() == 2 && file.header[1] == "value" && row.fields.size() > 2) {
            row.fields[1] += scanner.separator + row.fields[2];
            row.fields.erase(row.fields.begin() + 2);
        }
        if (row.fields.size() != file.header.size()) {
            mistakes.add(file.name, row.line,
                         base::message("{found} fields where the header has {wanted}.",
                                       {{"found", std::to_string(row.fields.size())}, {"wanted", std::to_string(file.header.size())}}));
            continue;
        }
        file.rows.push_back(std::move(row));
    }
    return file;
}

CsvFile read_csv(const std::string& path, std::string name, Mistakes& mistakes) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) {
        // A file of 0 bytes makes the copying fail as well; it gets its own words.
        std::ifstream again(path, std::ios::binary);
        if (again && again.peek() == std::ifstream::traits_type::eof() && !again.bad())
            mistakes.add(name, 0, base::message("The file is empty."));
        else
            mistakes.add(name, 0, base::message("The file cannot be read."));
        return {std::move(name), {}, {}};
    }
    auto content = std::move(text).str();
    if (content.size() > largest_file) {
        mistakes.add(name, 0, base::message("The file is larger than one gibibyte."));
        return {std::move(name), {}, {}};
    }
    return parse_csv(std::move(name), content, mistakes);
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n;") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace disclosure
