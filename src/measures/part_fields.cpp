#include "measures/part_fields.h"

#include "measures/input_rules.h"

namespace measures {
namespace {

using base::message;

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? "" : std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

struct Reader {
    const Fields& fields;
    std::vector<base::FieldError> mistakes = {};

    std::optional<std::string> find(const char* name) const {
        const auto at = fields.find(name);
        return at == fields.end() ? std::nullopt : std::optional(trimmed(at->second));
    }
    void wrong(const char* name, base::Message text) { mistakes.push_back({name, std::move(text), 0}); }
    void text(const char* name, std::string& into) const {
        if (auto v = find(name)) into = std::move(*v);
    }
    void day(const char* name, std::optional<base::Day>& into) {
        const auto v = find(name);
        if (!v) return;
        into = v->empty() ? std::nullopt : base::parse_day(*v);
        if (!v->empty() && !into) wrong(name, message("This is no day: write it as 31.12.2019."));
    }
    void amount(const char* name, std::optional<base::Cents>& into) {
        const auto v = find(name);
        if (!v) return;
        into = v->empty() ? std::nullopt : base::parse_amount(*v);
        if (!v->empty() && !into) wrong(name, message("This is no amount: write it as 1.234,56."));
    }
    base::Error error() const { return {base::ErrorKind::invalid_input, "a part of a measure refused", mistakes, "fields"}; }
};

// The rules speak English of fields, the forms German.
std::string form_name(const std::string& field) {
    static const std::map<std::string, std::string, std::less<>> names = {{"planned", "geplant"},
                                                                          {"spent", "ausgegeben"},
                                                                          {"year", "jahr"},
                                                                          {"budget_line", "haushaltsstelle"},
                                                                          {"post_permille", "anteil"},
                                                                          {"project", "projekt"},
                                                                          {"title", "titel"},
                                                                          {"due_on", "faellig"},
                                                                          {"project_ends_on", "projekt_ende"},
                                                                          {"description", "beschreibung"},
                                                                          {"reached_on", "erreicht"}};
    const auto at = names.find(field);
    return at == names.end() ? field : at->second;
}
std::string iso_or_empty(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }

}  // namespace

const std::vector<std::string>& resource_field_names() {
    static const std::vector<std::string> names = {"art",        "haushaltsstelle", "quelle",  "jahr",         "geplant",
                                                   "ausgegeben", "anteil",          "projekt", "projekt_ende", "beschreibung"};
    return names;
}

Fields fields_of(const Resource& r) {
    return {{"art", std::string(name_of(r.kind))},
            {"haushaltsstelle", r.budget_line},
            {"quelle", r.source},
            {"jahr", r.year ? std::to_string(*r.year) : ""},
            {"geplant", r.planned ? base::amount_field(*r.planned) : ""},
            {"ausgegeben", r.spent ? base::amount_field(*r.spent) : ""},
            {"anteil", r.post_permille == 0 ? "" : Quantity{r.post_permille}.text("de")},
            {"projekt", r.project},
            {"projekt_ende", iso_or_empty(r.project_ends_on)},
            {"beschreibung", r.description}};
}

base::Result<Resource> with_fields(const Resource& before, const Fields& fields, const Schedule& schedule) {
    Resource r = before;
    Reader in{fields};
    if (const auto v = in.find("art")) {
        if (const auto kind = resource_kind_named(*v))
            r.kind = *kind;
        else
            in.wrong("art", message("This is none of the choices."));
    }
    in.text("haushaltsstelle", r.budget_line);
    in.text("quelle", r.source);
    if (const auto v = in.find("jahr")) {
        r.year.reset();
        if (v->size() == 4 && v->find_first_not_of("0123456789") == std::string::npos)
            r.year = std::stoi(*v);
        else if (!v->empty())
            in.wrong("jahr", message("Enter a year from 1990 to 2100."));
    }
    in.amount("geplant", r.planned);
    in.amount("ausgegeben", r.spent);
    if (const auto v = in.find("anteil")) {
        const auto share = Quantity::parse(*v);
        if (!v->empty() && !share) in.wrong("anteil", message("Enter a number with at most three decimals."));
        r.post_permille = share ? static_cast<int>(std::clamp<std::int64_t>(share->thousandths, -1, 100000)) : 0;
    }
    in.text("projekt", r.project);
    in.day("projekt_ende", r.project_ends_on);
    in.text("beschreibung", r.description);
    if (r.kind != before.kind || r.description != before.description) {
        r.confirmed_by.clear();
        r.confirmed_on.reset();
    }
    for (auto& mistake : mistakes_in(r, schedule)) {
        mistake.field = form_name(mistake.field);
        if (std::none_of(in.mistakes.begin(), in.mistakes.end(), [&](const base::FieldError& e) { return e.field == mistake.field; }))
            in.mistakes.push_back(std::move(mistake));
    }
    if (!in.mistakes.empty()) return base::error(in.error());
    return r;
}

const std::vector<std::string>& milestone_field_names() {
    static const std::vector<std::string> names = {"titel", "titel_en", "faellig", "erreicht"};
    return names;
}

Fields fields_of(const Milestone& m) {
    return {{"titel", m.title.de}, {"titel_en", m.title.en}, {"faellig", base::iso(m.due_on)}, {"erreicht", iso_or_empty(m.reached_on)}};
}

base::Result<Milestone> with_fields(const Milestone& before, const Fields& fields, const Schedule& schedule, base::Day today) {
    Milestone m = before;
    Reader in{fields};
    in.text("titel", m.title.de);
    in.text("titel_en", m.title.en);
    std::optional<base::Day> due;
    if (m.due_on.ok()) due = m.due_on;
    in.day("faellig", due);
    in.day("erreicht", m.reached_on);
    if (!due && in.mistakes.empty()) in.wrong("faellig", message("This is no day: write it as 31.12.2019."));
    if (m.reached_on && *m.reached_on > today) in.wrong("erreicht", message("This day lies in the future."));
    if (due) {
        m.due_on = *due;
        for (auto& mistake : mistakes_in(m, schedule)) {
            mistake.field = form_name(mistake.field);
            in.mistakes.push_back(std::move(mistake));
        }
    }
    if (!in.mistakes.empty()) return base::error(in.error());
    return m;
}

}  // namespace measures
