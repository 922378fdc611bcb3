#include "disclosure/elimination.h"

#include <algorithm>
#include <cassert>

namespace disclosure {

Column column_of(const std::vector<int>& rows) {
    Column out;
    out.reserve(rows.size());
    for (const int row : rows) out.push_back({row, 1});
    return out;
}

Column difference(const std::vector<int>& left, const std::vector<int>& right) {
    std::vector<std::pair<int, int>> terms;
    for (const int row : left) terms.emplace_back(row, 1);
    for (const int row : right) terms.emplace_back(row, -1);
    std::ranges::sort(terms);
    Column out;
    for (std::size_t i = 0; i < terms.size();) {
        int value = 0;
        const int row = terms[i].first;
        for (; i < terms.size() && terms[i].first == row; ++i) value += terms[i].second;
        if (value != 0) out.push_back({row, field::of(value)});
    }
    return out;
}

Elimination::Elimination(int rows, std::vector<char> at_bound) : at_bound_(std::move(at_bound)), vanished_(rows, 0), row_columns_(rows) {}

int Elimination::add(Column column) {
    const int index = static_cast<int>(columns_.size());
    // A latecomer is first brought up to date.
    columns_.push_back(std::move(column));
    retired_.push_back(0);
    for (const auto& pivot : pivots_) {
        const auto& c = columns_[index];
        const auto place = std::ranges::lower_bound(c, pivot.row, {}, &Term::row);
        if (place == c.end() || place->row != pivot.row) continue;
        const auto own = std::ranges::lower_bound(pivot.column, pivot.row, {}, &Term::row);
        const auto factor = field::multiply(place->value, field::inverse(own->value));
        for (const auto& term : c) std::erase(row_columns_[term.row], index);
        subtract(index, factor, pivot.column);
    }
    for (const auto& term : columns_[index]) {
        auto& list = row_columns_[term.row];
        if (list.empty() || list.back() != index) list.push_back(index);
    }
    return index;
}

bool Elimination::only_at_bound(int index) const {
    return std::ranges::all_of(columns_[index], [&](const Term& term) { return at_bound_[term.row]; });
}

int Elimination::rarest_row(int index) const {
    int best = -1;
    std::size_t fewest = 0;
    for (const auto& term : columns_[index]) {
        const auto n = row_columns_[term.row].size();
        if (best < 0 || n < fewest) {
            best = term.row;
            fewest = n;
        }
    }
    return best;
}

int Elimination::best_pivot(int index) const {
    int best = -1;
    std::size_t fewest = 0;
    for (const auto& term : columns_[index]) {
        if (at_bound_[term.row]) continue;
        const auto n = row_columns_[term.row].size();
        if (best < 0 || n < fewest) {
            best = term.row;
            fewest = n;
        }
    }
    return best >= 0 ? best : rarest_row(index);
}

const std::vector<int>& Elimination::columns_with(int row) {
    auto& list = row_columns_[row];
    std::erase_if(list, [&](int c) {
        if (retired_[c]) return true;
        const auto place = std::ranges::lower_bound(columns_[c], row, {}, &Term::row);
        return place == columns_[c].end() || place->row != row;
    });
    return list;
}

bool Elimination::parallel(int a, int b) const {
    const auto &x = columns_[a], &y = columns_[b];
    if (x.size() != y.size() || x.empty()) return false;
    for (std::size_t i = 0; i < x.size(); ++i)
        if (x[i].row != y[i].row) return false;
    for (std::size_t i = 1; i < x.size(); ++i)
        if (field::multiply(x[i].value, y[0].value) != field::multiply(x[0].value, y[i].value)) return false;
    return true;
}

void Elimination::subtract(int target, Residue factor, const Column& source) {
    auto& t = columns_[target];
    scratch_.clear();
    scratch_.reserve(t.size() + source.size());
    std::size_t i = 0, j = 0;
    const Residue minus = field::negate(factor);
    const bool plain = factor == 1, opposite = minus == 1;
    while (i < t.size() && j < source.size()) {
        if (t[i].row < source[j].row)
            scratch_.push_back(t[i++]);
        else {
            const Residue change = plain ? field::negate(source[j].value) : opposite ? source[j].value : field::multiply(minus, source[j].value);
            if (t[i].row == source[j].row) {
                const Residue value = field::add(t[i].value, change);
                if (value) scratch_.push_back({t[i].row, value});
                ++i;
            } else {
                scratch_.push_back({source[j].row, change});
                row_columns_[source[j].row].push_back(target);
            }
            ++j;
        }
    }
    scratch_.insert(scratch_.end(), t.begin() + static_cast<std::ptrdiff_t>(i), t.end());
    for (; j < source.size(); ++j) {
        scratch_.push_back({source[j].row, plain      ? field::negate(source[j].value)
                                           : opposite ? source[j].value
                                                      : field::multiply(minus, source[j].value)});
        row_columns_[source[j].row].push_back(target);
    }
    work_ += t.size() + source.size();
    t.assign(scratch_.begin(), scratch_.end());
}

void Elimination::publish(int index, int pivot) {
    assert(!columns_[index].empty() && pivot >= 0);
    const auto users = columns_with(pivot);  // a copy: the lists grow meanwhile
    Column source = std::move(columns_[index]);
    columns_[index].clear();
    retired_[index] = 1;
    const Residue own = std::ranges::lower_bound(source, pivot, {}, &Term::row)->value;
    const Residue inverse = field::inverse(own);
    for (const int user : users) {
        if (user == index) continue;
        const auto place = std::ranges::lower_bound(columns_[user], pivot, {}, &Term::row);
        if (place == columns_[user].end() || place->row != pivot) continue;
        subtract(user, field::multiply(place->value, inverse), source);
    }
    vanished_[pivot] = 1;
    row_columns_[pivot].clear();
    row_columns_[pivot].shrink_to_fit();
    pivots_.push_back({pivot, static_cast<bool>(at_bound_[pivot]), std::move(source)});
}

void Elimination::complete(std::vector<Residue>& kernel) const {
    for (auto at = pivots_.rbegin(); at != pivots_.rend(); ++at) {
        Residue sum = 0, own = 1;
        for (const auto& term : at->column) {
            if (term.row == at->row)
                own = term.value;
            else
                sum = field::add(sum, field::multiply(term.value, kernel[term.row]));
        }
        kernel[at->row] = field::multiply(field::negate(sum), field::inverse(own));
    }
}

}  // namespace disclosure
