#include "measures/copy_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace measures {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "Sprachfest 2019" → "Sprachfest 2020", but not "Az. 20194".
std::string with_year(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        const bool alone = (at == 0 || !is_digit(text[at - 1])) && (at + from.size() == text.size() || !is_digit(text[at + from.size()]));
        if (alone) text.replace(at, from.size(), to);
    }
    return text;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80) != 0 || c == '_'; }

// Calls `each` with begin and end of every place in a text: the braces included.
template <class Each>
void for_each_place(const std::string& text, Each each) {
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
        auto end = open + 1;
        while (end < text.size() && is_letter(text[end])) ++end;
        if (end > open + 1 && end < text.size() && text[end] == '}') each(open, end + 1);
    }
}

}  // namespace

base::Day plus_years(base::Day day, int years) {
    const base::Day moved = (day.year() + std::chrono::years(years)) / day.month() / day.day();
    return moved.ok() ? moved : base::last_of_month(moved.year() / moved.month());
}

int year_of(const Measure& m, base::Day today) {
    return base::year_of(m.schedule.ends_on ? *m.schedule.ends_on : m.schedule.starts_on ? *m.schedule.starts_on : today);
}

bool is_of_year(const Measure& m, int year) {
    const bool given_up = m.state == State::rejected || m.state == State::repealed || m.state == State::replaced;
    return m.kind == Kind::single && !given_up && m.schedule.rhythm == Rhythm::none && !m.schedule.fresh_days && m.schedule.ends_on &&
           base::year_of(*m.schedule.ends_on) == year;
}

Measure copied(const Measure& before, int years, base::Day today) {
    auto m = before;
    const int year = year_of(before, today);
    const auto from = std::to_string(year), to = std::to_string(year + years);
    for (auto* text : {&m.title.de, &m.title.en, &m.working_name, &m.description.de, &m.description.en, &m.criterion.text.de, &m.criterion.text.en})
        *text = with_year(std::move(*text), from, to);
    const auto move = [&](std::optional<base::Day>& day) {
        if (day) day = plus_years(*day, years);
    };
    m.id = {};
    m.key.clear();
    m.state = State::proposed;
    move(m.schedule.starts_on);
    move(m.schedule.ends_on);
    m.resolution.clear();
    m.resolved_on.reset();
    m.targets.clear();  // a target has a day of its own
    m.evidence_fixed_on = m.evidence_kind.empty() ? std::nullopt : std::optional(today);
    m.internal_note.clear();
    m.depends_on.clear();
    m.published = false;
    m.version = 1;
    std::vector<Resource> resources;
    for (auto& r : m.resources) {
        r.id = {};
        r.spent.reset();
        if (r.year) r.year = *r.year + years;
        r.confirmed_by.clear();
        r.confirmed_on.reset();
        // Funding that has ended by then stands behind nothing.
        if (r.project_ends_on && m.schedule.starts_on && *r.project_ends_on < *m.schedule.starts_on) continue;
        resources.push_back(std::move(r));
    }
    m.resources = std::move(resources);
    for (auto& milestone : m.milestones) {
        milestone.id = {};
        milestone.due_on = plus_years(milestone.due_on, years);
        milestone.reached_on.reset();
    }
    return m;
}

std::vector<std::string> places_in(const Fields& fields) {
    std::vector<std::string> out;
    for (const auto& name : template_field_names()) {
        const auto at = fields.find(name);
        if (at == fields.end()) continue;
        for_each_place(at->second, [&](std::size_t open, std::size_t end) {
            auto place = at->second.substr(open + 1, end - open - 2);
            if (std::find(out.begin(), out.end(), place) == out.end()) out.push_back(std::move(place));
        });
    }
    return out;
}

Fields filled(Fields fields, const std::map<std::string, std::string>& values) {
    for (auto& [name, text] : fields) {
        std::string out;
        std::size_t done = 0;
        for_each_place(text, [&](std::size_t open, std::size_t end) {
            const auto value = values.find(text.substr(open + 1, end - open - 2));
            if (value == values.end() || value->second.empty()) return;
            out += text.substr(done, open - done) + value->second;
            done = end;
        });
        out += text.substr(done);
        text = std::move(out);
    }
    return fields;
}

Fields template_of(const Measure& m, base::Day today) {
    const auto year = std::to_string(year_of(m, today));
    auto fields = fields_of(m);
    std::erase_if(fields, [](const auto& field) {
        const auto& names = template_field_names();
        return std::find(names.begin(), names.end(), field.first) == names.end();
    });
    for (auto& [name, text] : fields) {
        if (const auto day = base::parse_iso_day(text))
            text = fmt::format("{:02}.{:02}.{}", static_cast<unsigned>(day->day()), static_cast<unsigned>(day->month()), base::year_of(*day));
        if (name != "aussagen") text = with_year(std::move(text), year, "{jahr}");
    }
    return fields;
}

const std::vector<std::string>& template_field_names() {
    static const auto names = [] {
        std::vector<std::string> out;
        for (const auto& name : field_names())
            if (name != "kennung" && name != "beschluss" && name != "beschlossen_am" && name != "gehoert_zu" && name != "zielvorgaben" &&
                name != "veroeffentlicht")
                out.push_back(name);
        return out;
    }();
    return names;
}

}  // namespace measures
