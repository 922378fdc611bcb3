#include "groups/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "platform/i18n/format.h"

namespace groups {

using base::message;

namespace {

template <class T, std::size_t N>
std::optional<T> named(const std::string_view (&names)[N], std::string_view name) {
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return static_cast<T>(i);
    return {};
}
constexpr std::string_view group_kinds[] = {"network", "working_group", "round"};
constexpr std::string_view bases[] = {"standing", "agreement", "recommendation", "need"};
constexpr std::string_view answers[] = {"open", "accepted", "declined"};
constexpr std::string_view meeting_states[] = {"planned", "held", "cancelled"};

// In a message beside a field a day stands as the field takes it, in either language.
std::string as_typed(base::Day day) { return i18n::format_day(i18n::Language::de, day); }

}  // namespace

std::string_view name_of(GroupKind v) { return group_kinds[static_cast<int>(v)]; }
std::string_view name_of(Basis v) { return bases[static_cast<int>(v)]; }
std::string_view name_of(Answer v) { return answers[static_cast<int>(v)]; }
std::string_view name_of(MeetingState v) { return meeting_states[static_cast<int>(v)]; }
std::optional<GroupKind> group_kind_named(std::string_view n) { return named<GroupKind>(group_kinds, n); }
std::optional<Basis> basis_named(std::string_view n) { return named<Basis>(bases, n); }
std::optional<Answer> answer_named(std::string_view n) { return named<Answer>(answers, n); }
std::optional<MeetingState> meeting_state_named(std::string_view n) { return named<MeetingState>(meeting_states, n); }

base::Message title_of(GroupKind v) {
    switch (v) {
        case GroupKind::network: return message("Network");
        case GroupKind::working_group: return message("Working group");
        case GroupKind::round: return message("Round");
    }
    return message("Round");
}
base::Message title_of(Basis v) {
    switch (v) {
        case Basis::standing: return message("permanent");
        case Basis::agreement: return message("by agreement");
        case Basis::recommendation: return message("on recommendation");
        case Basis::need: return message("as needed");
    }
    return message("permanent");
}
base::Message title_of(Answer v) {
    switch (v) {
        case Answer::open: return message("no answer yet");
        case Answer::accepted: return message("will take part");
        case Answer::declined: return message("declined");
    }
    return message("no answer yet");
}
base::Message title_of(MeetingState v) {
    switch (v) {
        case MeetingState::planned: return message("planned");
        case MeetingState::held: return message("held");
        case MeetingState::cancelled: return message("cancelled");
    }
    return message("planned");
}

std::vector<Span> gaps(const std::vector<Term>& terms, base::Day from, base::Day until) {
    auto sorted = terms;
    std::sort(sorted.begin(), sorted.end(), [](const Term& a, const Term& b) { return a.from < b.from; });
    std::vector<Span> out;
    auto next = from;
    for (const auto& term : sorted) {
        if (until < next) break;
        if (term.until && *term.until < next) continue;
        if (until < term.from) break;
        if (next < term.from) out.push_back({next, base::plus_days(term.from, -1)});
        if (!term.until) return out;
        next = base::plus_days(*term.until, 1);
    }
    if (next <= until) out.push_back({next, until});
    return out;
}

int days_of(const std::vector<Span>& spans) {
    int days = 0;
    for (const auto& span : spans) days += base::days_between(span.from, span.until) + 1;
    return days;
}

std::vector<base::FieldError> mistakes_in(const Term& t, const std::vector<Term>& of_the_seat) {
    std::vector<base::FieldError> out;
    if (t.until && *t.until < t.from) out.push_back({"until", message("The term ends before it begins."), 0});
    if (!t.organisation && t.representative.empty())
        out.push_back({"organisation", message("Please say who sits there: an organisation or unit, or a representative."), 0});
    for (const auto& other : of_the_seat) {
        if (other.id == t.id) continue;
        const bool apart = (other.until && *other.until < t.from) || (t.until && *t.until < other.from);
        if (!apart)
            out.push_back({"from",
                           message("The seat is filled already from {from} to {until}. End that term first.",
                                   {{"from", as_typed(other.from)}, {"until", other.until ? as_typed(*other.until) : "…"}}),
                           0});
    }
    return out;
}

std::vector<base::FieldError> mistakes_in(const Meeting& m, base::Day today) {
    std::vector<base::FieldError> out;
    if (m.title.de.empty()) out.push_back({"title_de", message("Please give the meeting a title."), 0});
    if (m.state == MeetingState::held && today < m.on) out.push_back({"on", message("A meeting in the future cannot have been held yet."), 0});
    return out;
}

std::vector<base::FieldError> mistakes_in(const Group& g) {
    std::vector<base::FieldError> out;
    const bool slug = !g.key.empty() && g.key != "neu" && g.key.size() <= 60 &&
                      g.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
    if (!slug) out.push_back({"key", message("Only lower-case letters a to z, digits and hyphens."), 0});
    if (g.title.de.empty()) out.push_back({"title_de", message("Please give the name."), 0});
    if (g.from && g.until && *g.until < *g.from) out.push_back({"until", message("The end lies before the beginning."), 0});
    return out;
}

std::vector<base::FieldError> mistakes_in(const Seat& s) {
    std::vector<base::FieldError> out;
    if (s.key.empty() || s.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
        out.push_back({"seat_key", message("Only lower-case letters a to z, digits and hyphens."), 0});
    if (s.title.de.empty()) out.push_back({"seat_title", message("Please give the name."), 0});
    return out;
}

std::vector<Span> quarters_until(base::Day today, int how_many) {
    int quarter = static_cast<int>((static_cast<unsigned>(today.month()) - 1) / 3);
    int year = base::year_of(today);
    std::vector<Span> out;
    for (int i = 0; i < how_many; ++i) {
        const auto first = static_cast<unsigned>(quarter * 3 + 1);
        out.push_back({base::day(year, first, 1), base::last_of_month(std::chrono::year(year) / std::chrono::month(first + 2))});
        if (--quarter < 0) {
            quarter = 3;
            --year;
        }
    }
    std::reverse(out.begin(), out.end());
    return out;
}

std::string quarter_name(const Span& span) {
    return fmt::format("{}/{}", (static_cast<unsigned>(span.from.month()) - 1) / 3 + 1, base::year_of(span.from));
}

}  // namespace groups
