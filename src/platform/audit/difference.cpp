// A difference as people read it.
#include <algorithm>

#include "platform/audit/api.h"

namespace audit {
namespace {

constexpr std::size_t longest_whole = 60;  // bytes; shorter texts are shown as they are
constexpr std::size_t words_around = 3;

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find_first_not_of(" \n\t\r", at);
        if (begin == std::string_view::npos) break;
        const auto end = std::min(text.find_first_of(" \n\t\r", begin), text.size());
        out.push_back(text.substr(begin, end - begin));
        at = end;
    }
    return out;
}

std::string quoted(const std::vector<std::string_view>& words, std::size_t from, std::size_t until) {
    std::string out = from > 0 ? "\"… " : "\"";
    for (auto i = from; i < until; ++i) {
        if (i > from) out += ' ';
        out += words[i];
    }
    return out + (until < words.size() ? " …\"" : "\"");
}

}  // namespace

std::string readable(const Difference& d) {
    const std::string name = d.field + ": ";
    if (d.purged) return name + "[purged]";
    if (!d.before) return name + "\"" + d.after.value_or("") + "\"";
    if (!d.after) return name + "\"" + *d.before + "\" → –";
    if (d.before->size() <= longest_whole && d.after->size() <= longest_whole) return name + "\"" + *d.before + "\" → \"" + *d.after + "\"";

    const auto was = words_of(*d.before), is = words_of(*d.after);
    const auto shorter = std::min(was.size(), is.size());
    std::size_t same_before = 0, same_behind = 0;
    while (same_before < shorter && was[same_before] == is[same_before]) ++same_before;
    while (same_behind < shorter - same_before && was[was.size() - 1 - same_behind] == is[is.size() - 1 - same_behind]) ++same_behind;
    const auto from = same_before - std::min(same_before, words_around);
    const auto rest = same_behind - std::min(same_behind, words_around);
    return name + quoted(was, from, was.size() - rest) + " → " + quoted(is, from, is.size() - rest);
}

}  // namespace audit
