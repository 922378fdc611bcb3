// links: measures
// Arbitrary bytes as what the forms of measures, their parts and targets send. What is accepted reads back as it was written; joining two people's
// changes loses nothing.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "measures/part_fields.h"
#include "measures/round_mail.h"
#include "measures/target_rules.h"
#include "measures/target_steps.h"

namespace {

using namespace measures;

void demand(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %s\n", what);
    std::abort();
}

// Lines of "name<value"; a name is a letter that stands for a field, so that the fuzzer need not guess words.
Fields fields_in(const std::vector<std::string>& names, std::string_view text) {
    Fields out;
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (!line.empty()) out[names[static_cast<unsigned char>(line[0]) % names.size()]] = std::string(line.substr(1));
    }
    return out;
}

void measure(const Fields& fields, base::Day today) {
    const auto m = with_fields(Measure{}, fields, today);
    if (!m) {
        demand(!m.error().fields.empty(), "a refused measure names its mistakes");
        (void)as_far_as_readable(Measure{}, fields, today);
        return;
    }
    const auto again = with_fields(*m, fields_of(*m), today);
    demand(again && fields_of(*again) == fields_of(*m), "an accepted measure reads back as it was written");
}

void parts(std::string_view text, base::Day today) {
    const Schedule schedule{base::day(2019, 1, 1), base::day(2020, 12, 31), Rhythm::none, {}};
    if (const auto r = with_fields(Resource{}, fields_in(resource_field_names(), text), schedule)) {
        const auto again = with_fields(*r, fields_of(*r), schedule);
        demand(again && fields_of(*again) == fields_of(*r), "an accepted resource reads back as it was written");
        demand(!r->planned || *r->planned <= base::largest_amount, "amounts stay within their limit");
    }
    if (const auto m = with_fields(Milestone{}, fields_in(milestone_field_names(), text), schedule, today))
        demand(m->due_on >= *schedule.starts_on && m->due_on <= *schedule.ends_on, "a milestone lies within its measure");
}

void target(std::string_view text, base::Day today) {
    static const std::vector<std::string> names = {"titel",        "text",         "text_en", "richtung",    "wert",        "bis",       "einheit",
                                                   "ausgangswert", "teilweise_ab", "frist",   "gezaehlt_ab", "nachweisart", "indikator", "aussage",
                                                   "schritt",      "seite",        "tag",     "ergebnis",    "grund",       "ja"};
    http::Fields form;
    for (const auto& [name, value] : fields_in(names, text)) form.add(name, value);
    const auto t = read_target_form(form, Target{});
    if (!t) return demand(!t.error().fields.empty(), "a refused target names its mistakes");
    const auto next = target_step(*t, {form, {}, {}, {}}, today);
    if (!next) return;
    demand(next->target.state != TargetState::resolved, "nothing is resolved without both consultations");
    demand(text_hash(next->target) == text_hash(*t), "a step changes no text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto today = base::day(2020, 9, 30);
    measure(fields_in(field_names(), text), today);
    parts(text, today);
    target(text, today);
    const auto half = text.size() / 2, third = text.size() / 3;
    const auto base_fields = fields_in(field_names(), text.substr(0, third)), theirs = fields_in(field_names(), text.substr(third, half - third)),
               mine = fields_in(field_names(), text.substr(half));
    const auto merged = merge(base_fields, theirs, mine);
    for (const auto& [name, value] : mine) {
        if (merged.fields.at(name) == value) continue;
        const auto was = base_fields.find(name);
        demand(value == (was == base_fields.end() ? "" : was->second), "only what one left alone is replaced by what the other wrote");
    }
    if (const auto link = round_link(text)) demand(record_of({link->round, link->office}).size() <= text.size(), "a link's record names one round");
    return 0;
}
