#include "disclosure/ledger_union.h"

#include <set>

namespace disclosure {
namespace {

// The canonical name of a cell: what it counts, whatever table it stands in. Dimensions at their total are left out.
std::string canonical(const Publication& p, const PublicationName& as, const Key& key) {
    std::set<std::string> parts;
    for (std::size_t d = 0; d < key.size(); ++d) {
        const auto& dimension = p.dimensions[d];
        if (key[d] == dimension.total) continue;
        const auto version = as.versions.find(dimension.name);
        parts.insert(dimension.name + '\x1f' + dimension.codes[key[d]] + '\x1f' + (version == as.versions.end() ? "" : version->second));
    }
    std::string out = as.statistic + '\x1e' + as.period + '\x1e' + std::to_string(static_cast<int>(as.kind));
    for (const auto& part : parts) out += '\x1e' + part;
    return out;
}

std::string version_of(const PublicationName& name, const std::string& dimension) {
    const auto found = name.versions.find(dimension);
    return found == name.versions.end() ? std::string{} : found->second;
}

}  // namespace

bool same_counting(const PublicationName& a, const PublicationName& b) {
    return a.statistic == b.statistic && a.period == b.period && a.kind == b.kind;
}

bool shows(const Publication& p, const Publication& from, const Key& key) {
    std::set<int> needed;
    for (std::size_t d = 0; d < key.size(); ++d) {
        const auto& theirs = from.dimensions[d];
        if (key[d] == theirs.total) continue;
        const auto place = std::ranges::find(p.dimensions, theirs.name, &Dimension::name);
        if (place == p.dimensions.end() || version_of(p.name, theirs.name) != version_of(from.name, theirs.name)) return false;
        if (!place->find(theirs.codes[key[d]])) return false;
        needed.insert(static_cast<int>(place - p.dimensions.begin()));
    }
    return std::ranges::any_of(p.tables, [&](const Table& table) {
        return std::ranges::all_of(needed, [&](int d) { return std::ranges::find(table.dimensions, d) != table.dimensions.end(); });
    });
}

namespace {

struct Assembly {
    const std::vector<const Publication*>& publications;
    Union out;
    std::map<std::string, int> cell_of_name;
    std::vector<std::string> names;
    std::vector<int> row_of_cell;
    std::vector<std::vector<std::vector<int>>> rows_of_cell;  // by cell: one list of rows for each table it stands in

    base::Result<bool> gather() {
        for (std::size_t p = 0; p < publications.size(); ++p) {
            const auto& publication = *publications[p];
            out.cell_of_figure.emplace_back();
            for (std::size_t f = 0; f < publication.figures.size(); ++f) {
                const auto& figure = publication.figures[f];
                const auto name = canonical(publication, publication.name, figure.key);
                const auto [place, is_new] = cell_of_name.try_emplace(name, static_cast<int>(names.size()));
                if (is_new) {
                    names.push_back(name);
                    out.layout.cells.push_back({{place->second}, figure.count, false});
                    out.places.emplace_back();
                } else if (out.layout.cells[place->second].count != figure.count) {
                    const auto& first = out.places[place->second].front();
                    return contradiction(publication, figure, *publications[first.publication], out.layout.cells[place->second].count);
                }
                out.places[place->second].push_back({p, f});
                out.cell_of_figure[p].push_back(place->second);
            }
        }
        // What one publication counts, another may show as zero.
        for (std::size_t p = 0; p < publications.size(); ++p)
            for (std::size_t q = 0; q < publications.size(); ++q) {
                if (p == q || !same_counting(publications[p]->name, publications[q]->name)) continue;
                for (std::size_t f = 0; f < publications[p]->figures.size(); ++f) {
                    const auto& figure = publications[p]->figures[f];
                    const auto& places = out.places[out.cell_of_figure[p][f]];
                    if (std::ranges::find(places, q, &Union::Place::publication) != places.end()) continue;
                    if (shows(*publications[q], *publications[p], figure.key)) return contradiction(*publications[p], figure, *publications[q], 0);
                }
            }
        return true;
    }

    static tl::unexpected<base::Error> contradiction(const Publication& a, const LedgerFigure& figure, const Publication& b, Count other) {
        Problem names;
        names.dimensions = a.dimensions;
        return base::invalid(
            "ledger", base::message("{cell} counts {count} in {publication}, but {other} in {earlier}. A corrected figure is a publication of its "
                                    "own period; a code with a new meaning needs a new version.",
                                    {{"cell", name_of(names, figure.key)},
                                     {"count", std::to_string(figure.count)},
                                     {"publication", name_of(a.name)},
                                     {"other", std::to_string(other)},
                                     {"earlier", name_of(b.name)}}));
    }

    // Rows are leaf cells; a cell has the rows below it in each table it stands in.
    base::Result<bool> lay_rows() {
        row_of_cell.assign(names.size(), -1);
        rows_of_cell.resize(names.size());
        for (std::size_t p = 0; p < publications.size(); ++p) {
            const auto& publication = *publications[p];
            std::map<Key, int> cell_of_key;
            for (std::size_t f = 0; f < publication.figures.size(); ++f) cell_of_key.emplace(publication.figures[f].key, out.cell_of_figure[p][f]);
            for (const auto& table : publication.tables) {
                std::set<int> met;
                for (const auto& [key, cell] : cell_of_key) {
                    bool is_leaf = true;
                    for (std::size_t d = 0; d < key.size(); ++d) {
                        const bool crossed = std::ranges::find(table.dimensions, static_cast<int>(d)) != table.dimensions.end();
                        is_leaf = is_leaf && (crossed ? publication.dimensions[d].is_leaf(key[d]) : key[d] == publication.dimensions[d].total);
                    }
                    if (!is_leaf) continue;
                    if (row_of_cell[cell] < 0) {
                        if (out.layout.row_counts.size() == most_rows)
                            return base::error(base::ErrorKind::too_large, "the publications together have too many cells above zero");
                        row_of_cell[cell] = out.layout.rows();
                        out.layout.row_counts.push_back(out.layout.cells[cell].count);
                        out.layout.row_keys.push_back({cell});
                        out.layout.row_tables.push_back(static_cast<int>(p));
                    }
                    if (!add_above(publication, table, key, row_of_cell[cell], cell_of_key, met)) return not_adding_up(publication);
                }
            }
        }
        return true;
    }

    static tl::unexpected<base::Error> not_adding_up(const Publication& p) {
        return base::invalid("ledger",
                             base::message("The figures of {publication} do not add up; the ledger is damaged.", {{"publication", name_of(p.name)}}));
    }

    bool add_above(const Publication& p, const Table& table, const Key& leaf, int row, const std::map<Key, int>& cell_of_key, std::set<int>& met) {
        Key key = leaf;
        bool complete = true;
        const auto run = [&](const auto& self, std::size_t i) -> void {
            if (i == table.dimensions.size()) {
                const auto place = cell_of_key.find(key);
                complete = complete && place != cell_of_key.end();
                if (!complete) return;
                const int cell = place->second;
                if (met.insert(cell).second) rows_of_cell[cell].emplace_back();
                rows_of_cell[cell].back().push_back(row);
                return;
            }
            const int d = table.dimensions[i];
            for (const int code : p.dimensions[d].with_ancestors(leaf[d])) {
                key[d] = code;
                self(self, i + 1);
            }
            key[d] = leaf[d];
        };
        run(run, 0);
        return complete;
    }

    Count sum(const std::vector<int>& rows) const {
        Count total = 0;
        for (const int row : rows) total += out.layout.row_counts[row];
        return total;
    }

    base::Result<bool> make_figures() {
        auto& layout = out.layout;
        std::map<std::vector<int>, int> figure_of_rows;
        for (std::size_t c = 0; c < names.size(); ++c) {
            for (auto& rows : rows_of_cell[c]) {
                std::ranges::sort(rows);
                if (sum(rows) != layout.cells[c].count) return not_adding_up(*publications[out.places[c].front().publication]);
            }
            if (rows_of_cell[c].empty()) return not_adding_up(*publications[out.places[c].front().publication]);
            // A leaf somewhere is a row; so the shortest way to write a cell comes first.
            std::ranges::stable_sort(rows_of_cell[c], {}, [](const auto& rows) { return rows.size(); });
            const auto& rows = rows_of_cell[c].front();
            const auto [place, is_new] = figure_of_rows.try_emplace(rows, static_cast<int>(layout.figures.size()));
            if (is_new) layout.figures.push_back({rows, layout.cells[c].count, false, 0, 0, 0.0, {}});
            layout.figure_of_cell.push_back(place->second);
            layout.cell_of_key.emplace(Key{static_cast<int>(c)}, static_cast<int>(c));
            for (std::size_t o = 1; o < rows_of_cell[c].size(); ++o)
                if (rows_of_cell[c][o] != rows) layout.relations.push_back({rows, rows_of_cell[c][o]});
        }
        return true;
    }

    // The rows of a cell under another name (another period or kind); nothing when no table shows it, empty when it is zero.
    std::optional<std::vector<int>> rows_of(const Publication& p, const Key& key, const PublicationName& as) const {
        if (const auto found = cell_of_name.find(canonical(p, as, key)); found != cell_of_name.end())
            return out.layout.figures[out.layout.figure_of_cell[found->second]].rows;
        const bool is_zero =
            std::ranges::any_of(publications, [&](const Publication* other) { return same_counting(other->name, as) && shows(*other, p, key); });
        return is_zero ? std::optional(std::vector<int>{}) : std::nullopt;
    }

    void join_flows() {
        std::set<std::string> done;
        for (const auto* publication : publications) {
            const auto& name = publication->name;
            // The equation belongs to the stock at the end, but any of the four may be the one with the finest tables.
            for (const auto* stock : publications) {
                if (stock->name.kind != Kind::stock || stock->name.follows.empty() || stock->name.statistic != name.statistic) continue;
                const bool concerned = name.period == stock->name.period || (name.kind == Kind::stock && name.period == stock->name.follows);
                if (!concerned) continue;
                for (const auto& figure : publication->figures) join(*publication, figure.key, stock->name, done);
            }
        }
    }

    void join(const Publication& p, const Key& key, const PublicationName& stock, std::set<std::string>& done) {
        const auto as = [&](const std::string& period, Kind kind) {
            auto name = p.name;
            name.period = period;
            name.kind = kind;
            return name;
        };
        if (!done.insert(canonical(p, as(stock.period, Kind::stock), key) + '\x1e' + stock.follows).second) return;
        const auto now = rows_of(p, key, as(stock.period, Kind::stock)), before = rows_of(p, key, as(stock.follows, Kind::stock)),
                   in = rows_of(p, key, as(stock.period, Kind::inflow)), gone = rows_of(p, key, as(stock.period, Kind::outflow));
        if (!now || !before || !in || !gone) return;
        Relation relation{*now, *before};
        relation.left.insert(relation.left.end(), gone->begin(), gone->end());
        relation.right.insert(relation.right.end(), in->begin(), in->end());
        if (sum(relation.left) != sum(relation.right)) {
            ++out.unbalanced;
            return;
        }
        std::ranges::sort(relation.left);
        std::ranges::sort(relation.right);
        out.layout.relations.push_back(std::move(relation));
    }
};

}  // namespace

base::Result<Union> unite(const std::vector<const Publication*>& publications) {
    Assembly assembly{publications, {}, {}, {}, {}, {}};
    TRY_VOID(assembly.gather());
    TRY_VOID(assembly.lay_rows());
    TRY_VOID(assembly.make_figures());
    assembly.join_flows();
    auto& relations = assembly.out.layout.relations;
    std::ranges::sort(relations, [](const auto& a, const auto& b) { return std::tie(a.left, a.right) < std::tie(b.left, b.right); });
    const auto repeated = std::ranges::unique(relations, [](const auto& a, const auto& b) { return a.left == b.left && a.right == b.right; });
    relations.erase(repeated.begin(), repeated.end());
    return std::move(assembly.out);
}

}  // namespace disclosure
