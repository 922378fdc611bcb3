#include "plan/rules.h"

#include "platform/search/search.h"

namespace plan {
namespace {

std::vector<std::string_view> words_with_space(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t begin = 0; begin < text.size();) {
        auto end = begin;
        while (end < text.size() && text[end] != ' ' && text[end] != '\n') ++end;
        while (end < text.size() && (text[end] == ' ' || text[end] == '\n')) ++end;
        out.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return out;
}
std::string_view bare(std::string_view word) {
    while (!word.empty() && (word.back() == ' ' || word.back() == '\n')) word.remove_suffix(1);
    return word;
}

void put(std::vector<DiffPart>& out, Change change, std::string_view text) {
    if (text.empty()) return;
    if (out.empty() || out.back().change != change) out.push_back({change, {}});
    out.back().text += text;
}

std::multiset<std::string> bag(std::string_view text) {
    std::multiset<std::string> out;
    for (auto& s : search::stems(text)) out.insert(std::move(s));
    return out;
}
double likeness(const std::multiset<std::string>& a, const std::multiset<std::string>& b) {
    if (a.empty() && b.empty()) return 1;
    std::size_t common = 0;
    for (auto i = a.begin(), k = b.begin(); i != a.end() && k != b.end();) {
        if (*i == *k) {
            ++common;
            ++i;
            ++k;
        } else if (*i < *k)
            ++i;
        else
            ++k;
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

}  // namespace

std::vector<DiffPart> word_differences(std::string_view before, std::string_view after) {
    const auto a = words_with_space(before), b = words_with_space(after);
    std::size_t head = 0, tail = 0;
    while (head < a.size() && head < b.size() && bare(a[head]) == bare(b[head])) ++head;
    while (tail + head < a.size() && tail + head < b.size() && bare(a[a.size() - 1 - tail]) == bare(b[b.size() - 1 - tail])) ++tail;
    const auto n = a.size() - head - tail, m = b.size() - head - tail;
    std::vector<DiffPart> out;
    for (std::size_t i = 0; i < head; ++i) put(out, Change::same, b[i]);
    if (n * m > 4'000'000) {
        // Two long texts with nothing in common: word by word would say no more.
        for (std::size_t i = 0; i < n; ++i) put(out, Change::removed, a[head + i]);
        for (std::size_t i = 0; i < m; ++i) put(out, Change::added, b[head + i]);
    } else {
        std::vector<std::uint32_t> longest((n + 1) * (m + 1), 0);
        const auto at = [&](std::size_t i, std::size_t k) -> std::uint32_t& { return longest[i * (m + 1) + k]; };
        for (auto i = n; i-- > 0;)
            for (auto k = m; k-- > 0;)
                at(i, k) = bare(a[head + i]) == bare(b[head + k]) ? at(i + 1, k + 1) + 1 : std::max(at(i + 1, k), at(i, k + 1));
        std::size_t i = 0, k = 0;
        while (i < n || k < m) {
            if (i < n && k < m && bare(a[head + i]) == bare(b[head + k])) {
                put(out, Change::same, b[head + k]);
                ++i;
                ++k;
            } else if (i < n && (k == m || at(i + 1, k) >= at(i, k + 1)))
                put(out, Change::removed, a[head + i++]);
            else
                put(out, Change::added, b[head + k++]);
        }
    }
    for (std::size_t i = b.size() - tail; i < b.size(); ++i) put(out, Change::same, b[i]);
    return out;
}

double similarity(std::string_view a, std::string_view b) { return likeness(bag(a), bag(b)); }

std::vector<int> match(const std::vector<Comparable>& before, const std::vector<Comparable>& after) {
    std::vector<std::multiset<std::string>> old_words, new_words;
    for (const auto& c : before) old_words.push_back(bag(c.heading + " " + c.text));
    for (const auto& c : after) new_words.push_back(bag(c.heading + " " + c.text));
    std::vector<int> out(after.size(), -1);
    std::vector<bool> taken(before.size(), false);
    const auto pair_up = [&](const std::function<bool(std::size_t, std::size_t, double)>& fits) {
        for (std::size_t n = 0; n < after.size(); ++n) {
            if (out[n] >= 0) continue;
            int best = -1;
            double most = -1;
            for (std::size_t o = 0; o < before.size(); ++o) {
                if (taken[o]) continue;
                const auto alike = likeness(old_words[o], new_words[n]);
                if (alike > most && fits(o, n, alike)) {
                    best = static_cast<int>(o);
                    most = alike;
                }
            }
            if (best < 0) continue;
            out[n] = best;
            taken[static_cast<std::size_t>(best)] = true;
        }
    };
    pair_up([&](std::size_t o, std::size_t n, double alike) { return before[o].number == after[n].number && alike >= 0.5; });
    pair_up([&](std::size_t, std::size_t, double alike) { return alike >= 0.7; });
    pair_up([&](std::size_t o, std::size_t n, double alike) { return before[o].number == after[n].number && alike >= 0.2; });
    return out;
}

std::vector<VagueStatement> vague_statements(const std::vector<StatementDetail>& statements, const std::function<bool(StatementId)>& has_duty) {
    std::vector<VagueStatement> out;
    for (const auto& s : statements) {
        std::vector<Vagueness> reasons;
        if (can_be_missed(s.modality)) {
            if (s.bearers.empty()) reasons.push_back(Vagueness::no_bearer);
            if (!has_duty(s.id)) reasons.push_back(Vagueness::no_rule);
            if (s.rhythm == "regular") reasons.push_back(Vagueness::no_frequency);
        }
        // Ziffer 5.1 of the concept of 2018: a need nobody has to meet.
        const auto low = s.quote.de;
        if (s.modality == Modality::declaration && s.bearers.empty() &&
            (low.find("Bedarf") != std::string::npos || low.find("erforderlich") != std::string::npos || low.find("notwendig") != std::string::npos))
            reasons.push_back(Vagueness::need_without_bearer);
        if (!s.vague_reason.empty()) reasons.push_back(Vagueness::said_so);
        if (!reasons.empty()) out.push_back({s, std::move(reasons)});
    }
    return out;
}

base::Message reason_of(Vagueness v) {
    switch (v) {
        case Vagueness::no_bearer: return base::message("It obliges, and names no office or body of ours that bears it.");
        case Vagueness::no_rule: return base::message("No duty with a rule stands behind it, so nobody can say whether it is met.");
        case Vagueness::need_without_bearer: return base::message("It states a need, and nobody has to meet it.");
        case Vagueness::no_frequency: return base::message("It says “regularly”, and not how often.");
        case Vagueness::said_so: return base::message("Somebody has noted why it is vague.");
    }
    return base::message("Somebody has noted why it is vague.");
}

}  // namespace plan
