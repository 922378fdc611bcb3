#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fstream>
#include <set>
#include <sstream>

#include <boost/json.hpp>

#include "disclosure/csv.h"
#include "disclosure/ledger.h"
#include "disclosure/readers.h"

namespace disclosure {
namespace {

namespace json = boost::json;

std::string_view word(Kind kind) { return kind == Kind::stock ? "stock" : kind == Kind::inflow ? "in" : "out"; }
std::string_view word(Audience audience) { return audience == Audience::everybody ? "public" : "internal"; }
std::string_view word(Status status) { return status == Status::published ? "published" : status == Status::secondary ? "secondary" : "primary"; }

// What a line should hold and does not.
struct Wrong {
    base::Message message;
};

const json::value& member(const json::object& from, std::string_view name) {
    if (const auto* found = from.if_contains(name)) return *found;
    throw Wrong{base::message("“{member}” is missing.", {{"member", std::string(name)}})};
}
std::string text(const json::value& v, std::string_view name) {
    if (const auto* s = v.if_string()) return std::string(*s);
    throw Wrong{base::message("“{member}” is not what it should be.", {{"member", std::string(name)}})};
}
Count number(const json::value& v, std::string_view name) {
    if (const auto* n = v.if_int64(); n && *n >= 0 && *n <= 1'000'000'000'000) return *n;
    throw Wrong{base::message("“{member}” is not what it should be.", {{"member", std::string(name)}})};
}
const json::array& list(const json::value& v, std::string_view name) {
    if (const auto* a = v.if_array()) return *a;
    throw Wrong{base::message("“{member}” is not what it should be.", {{"member", std::string(name)}})};
}
const json::object& object(const json::value& v, std::string_view name) {
    if (const auto* o = v.if_object()) return *o;
    throw Wrong{base::message("“{member}” is not what it should be.", {{"member", std::string(name)}})};
}

template <class Choice>
Choice choice(const json::object& from, std::string_view name, std::initializer_list<Choice> among) {
    const auto said = text(member(from, name), name);
    for (const Choice c : among)
        if (word(c) == said) return c;
    throw Wrong{base::message("“{member}” is not what it should be.", {{"member", std::string(name)}})};
}

Dimension dimension_from(const json::object& from, const std::string& file, Mistakes& mistakes, PublicationName& name) {
    CsvFile edges{file, {"child", "parent"}, {}};
    for (const auto& edge : list(member(from, "edges"), "edges")) {
        const auto& pair = list(edge, "edges");
        if (pair.size() != 2) throw Wrong{base::message("“{member}” is not what it should be.", {{"member", "edges"}})};
        edges.rows.push_back({0, {text(pair[0], "edges"), text(pair[1], "edges")}});
    }
    auto out = parse_hierarchy(text(member(from, "name"), "name"), edges, mistakes);
    if (const auto version = text(member(from, "version"), "version"); !version.empty()) name.versions[out.name] = version;
    return out;
}

Publication publication_from(const json::object& from, const std::string& file, Mistakes& mistakes) {
    Publication out;
    out.name.statistic = text(member(from, "statistic"), "statistic");
    out.name.period = text(member(from, "period"), "period");
    out.name.follows = text(member(from, "follows"), "follows");
    out.name.kind = choice(from, "kind", {Kind::stock, Kind::inflow, Kind::outflow});
    out.name.audience = choice(from, "audience", {Audience::everybody, Audience::internal});
    out.method = text(member(from, "method"), "method");
    out.threshold = number(member(from, "threshold"), "threshold");
    out.lower_bound = number(member(from, "lower_bound"), "lower_bound");
    out.required_width = number(member(from, "required_width"), "required_width");
    for (const auto& d : list(member(from, "dimensions"), "dimensions"))
        out.dimensions.push_back(dimension_from(object(d, "dimensions"), file, mistakes, out.name));
    if (mistakes.any()) return out;
    for (const auto& t : list(member(from, "tables"), "tables")) {
        Table table;
        for (const auto& d : list(t, "tables")) {
            const auto place = std::ranges::find(out.dimensions, text(d, "tables"), &Dimension::name);
            if (place == out.dimensions.end()) throw Wrong{base::message("“{member}” is not what it should be.", {{"member", "tables"}})};
            table.dimensions.push_back(static_cast<int>(place - out.dimensions.begin()));
        }
        std::ranges::sort(table.dimensions);
        table.dimensions.erase(std::ranges::unique(table.dimensions).begin(), table.dimensions.end());
        out.tables.push_back(std::move(table));
    }
    std::set<Key> seen;
    for (const auto& f : list(member(from, "figures"), "figures")) {
        const auto& fields = list(f, "figures");
        if (fields.size() != out.dimensions.size() + 2) throw Wrong{base::message("“{member}” is not what it should be.", {{"member", "figures"}})};
        LedgerFigure figure;
        for (std::size_t d = 0; d < out.dimensions.size(); ++d) {
            const auto code = out.dimensions[d].find(text(fields[d], "figures"));
            if (!code)
                throw Wrong{base::message("Code “{code}” is not in hierarchy {dimension}.",
                                          {{"code", text(fields[d], "figures")}, {"dimension", out.dimensions[d].name}})};
            figure.key.push_back(*code);
        }
        figure.count = number(fields[out.dimensions.size()], "figures");
        const auto status = text(fields.back(), "figures");
        figure.status = status == word(Status::primary) ? Status::primary : status == word(Status::secondary) ? Status::secondary : Status::published;
        if (status != word(figure.status) || figure.count == 0 || !seen.insert(figure.key).second)
            throw Wrong{base::message("“{member}” is not what it should be.", {{"member", "figures"}})};
        out.figures.push_back(std::move(figure));
    }
    return out;
}

}  // namespace

std::string name_of(const PublicationName& name) {
    return fmt::format("{} {} ({}, {})", name.statistic, name.period, word(name.kind), word(name.audience));
}

base::Result<Ledger> parse_ledger(std::string_view content, const std::string& file) {
    Ledger out;
    Mistakes mistakes;
    int line = 0;
    while (!content.empty()) {
        ++line;
        const auto end = content.find('\n');
        // A line without an end was cut off while it was written: what it recorded must not be forgotten.
        if (end == std::string_view::npos) {
            mistakes.add(file, line, base::message("The last line is not complete."));
            break;
        }
        const auto written = content.substr(0, end);
        content.remove_prefix(end + 1);
        boost::system::error_code failure;
        const auto value = json::parse(written, failure);
        if (failure || !value.is_object()) {
            mistakes.add(file, line, base::message("The line is not JSON."));
            continue;
        }
        Mistakes own;
        try {
            out.publications.push_back(publication_from(value.get_object(), file, own));
        } catch (const Wrong& wrong) { mistakes.add(file, line, wrong.message); }
        if (own.any())
            for (const auto& field : own.as_error().fields) mistakes.add(file, line, field.message);
    }
    if (mistakes.any()) return base::error(mistakes.as_error());
    return out;
}

base::Result<Ledger> read_ledger(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) return Ledger{};
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    // An empty file has nothing to copy, which the stream calls a failure.
    if (!in || (!content && in.peek() != std::ifstream::traits_type::eof())) return base::invalid(path, base::message("The file cannot be read."));
    return parse_ledger(content.str(), path.substr(path.find_last_of('/') + 1));
}

std::string line_of(const Publication& p) {
    json::array dimensions, tables, figures;
    for (const auto& d : p.dimensions) {
        json::array edges;
        for (std::size_t code = 0; code < d.codes.size(); ++code)
            for (const int parent : d.parents[code]) edges.push_back(json::array{json::string(d.codes[code]), json::string(d.codes[parent])});
        const auto version = p.name.versions.find(d.name);
        dimensions.push_back(json::object{
            {"name", d.name}, {"version", version == p.name.versions.end() ? std::string{} : version->second}, {"edges", std::move(edges)}});
    }
    for (const auto& t : p.tables) {
        json::array names;
        for (const int d : t.dimensions) names.emplace_back(p.dimensions[d].name);
        tables.push_back(std::move(names));
    }
    for (const auto& f : p.figures) {
        json::array fields;
        for (std::size_t d = 0; d < f.key.size(); ++d) fields.emplace_back(p.dimensions[d].codes[f.key[d]]);
        fields.emplace_back(f.count);
        fields.emplace_back(word(f.status));
        figures.push_back(std::move(fields));
    }
    const json::object out{{"statistic", p.name.statistic},      {"period", p.name.period},
                           {"follows", p.name.follows},          {"kind", word(p.name.kind)},
                           {"audience", word(p.name.audience)},  {"method", p.method},
                           {"threshold", p.threshold},           {"lower_bound", p.lower_bound},
                           {"required_width", p.required_width}, {"dimensions", std::move(dimensions)},
                           {"tables", std::move(tables)},        {"figures", std::move(figures)}};
    return json::serialize(out) + "\n";
}

base::Result<bool> append_to_ledger(const std::string& path, const Publication& publication, std::size_t expected) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
    const auto failed = [&](base::Message why) -> base::Result<bool> {
        if (file >= 0) ::close(file);
        return base::invalid(path, std::move(why));
    };
    if (file < 0 || ::flock(file, LOCK_EX) != 0) return failed(base::message("The ledger cannot be written."));
    std::size_t lines = 0;
    std::array<char, 65536> buffer{};
    for (ssize_t n = 0; (n = ::read(file, buffer.data(), buffer.size())) > 0;)
        lines += static_cast<std::size_t>(std::count(buffer.begin(), buffer.begin() + n, '\n'));
    if (lines != expected) return failed(base::message("The ledger has changed meanwhile; please run this again."));
    const auto before = ::lseek(file, 0, SEEK_END);
    const auto line = line_of(publication);
    std::size_t written = 0;
    while (written < line.size()) {
        const auto n = ::write(file, line.data() + written, line.size() - written);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        written += static_cast<std::size_t>(n);
    }
    if (written < line.size() || ::fsync(file) != 0) {
        // Half a line would make the ledger unreadable; nothing is recorded, and so nothing may be published.
        if (::ftruncate(file, before) != 0) return failed(base::message("The ledger is damaged: its last line is not complete."));
        return failed(base::message("The ledger cannot be written."));
    }
    ::close(file);
    return true;
}

}  // namespace disclosure
