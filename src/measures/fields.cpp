#include "measures/fields.h"

#include "measures/input_rules.h"

namespace measures {
namespace {

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? "" : std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}
std::string text_of(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }

struct Reader {
    const Fields& fields;
    base::Error error{base::ErrorKind::invalid_input, "measure fields refused", {}, "fields"};

    const std::string* find(const char* name) const {
        const auto at = fields.find(name);
        return at == fields.end() ? nullptr : &at->second;
    }
    void wrong(const char* name, base::Message message) { error.fields.push_back({name, std::move(message), 0}); }

    void text(const char* name, std::string& into) const {
        if (const auto* v = find(name)) into = trimmed(*v);
    }
    void day(const char* name, std::optional<base::Day>& into) {
        const auto* v = find(name);
        if (!v) return;
        const auto typed = trimmed(*v);
        into = typed.empty() ? std::nullopt : base::parse_day(typed);
        if (!typed.empty() && !into) wrong(name, base::message("This is no day: write it as 31.12.2019."));
    }
    std::optional<int> whole(const char* name, const std::string& typed) {
        int number = 0;
        if (typed.empty() || typed.size() > 6) {
            wrong(name, base::message("Enter a whole number."));
            return {};
        }
        for (const char c : typed) {
            if (c < '0' || c > '9') {
                wrong(name, base::message("Enter a whole number."));
                return {};
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
    void quantity(const char* name, std::optional<Quantity>& into) {
        const auto* v = find(name);
        if (!v) return;
        const auto typed = trimmed(*v);
        into = typed.empty() ? std::nullopt : Quantity::parse(typed);
        if (!typed.empty() && !into) wrong(name, base::message("Enter a number with at most three decimals."));
    }
    template <class E, class Named>
    void choice(const char* name, E& into, Named named) {
        const auto* v = find(name);
        if (!v) return;
        if (const auto chosen = named(trimmed(*v)))
            into = *chosen;
        else
            wrong(name, base::message("This is none of the choices."));
    }
    void list(const char* name, std::vector<std::string>& into) const {
        if (const auto* v = find(name)) into = split_list(*v);
    }
};

// The rules speak English of fields, the form German.
const std::map<std::string, std::string, std::less<>>& form_names() {
    static const std::map<std::string, std::string, std::less<>> names = {
        {"title", "titel"},           {"description", "beschreibung"},  {"report_interval_days", "berichtsabstand"},
        {"resolution", "beschluss"},  {"evidence_kind", "nachweisart"}, {"rhythm", "rhythmus"},
        {"ends_on", "ende"},          {"fresh_days", "gueltig_tage"},   {"unit", "kriterium_einheit"},
        {"upper", "kriterium_bis"},   {"criterion", "kriterium"},       {"joint", "gemeinschaftlich"},
        {"coworkers", "mitwirkende"}, {"parent", "gehoert_zu"}};
    return names;
}

}  // namespace

const std::vector<std::string>& field_names() {
    static const std::vector<std::string> names = {"kennung",
                                                   "titel",
                                                   "titel_en",
                                                   "arbeitstitel",
                                                   "art",
                                                   "gehoert_zu",
                                                   "beschreibung",
                                                   "beschreibung_en",
                                                   "aussagen",
                                                   "beschluss",
                                                   "beschlossen_am",
                                                   "verantwortlich",
                                                   "gemeinschaftlich",
                                                   "mitwirkende",
                                                   "beginn",
                                                   "ende",
                                                   "rhythmus",
                                                   "gueltig_tage",
                                                   "kriterium_art",
                                                   "kriterium",
                                                   "kriterium_en",
                                                   "kriterium_richtung",
                                                   "kriterium_wert",
                                                   "kriterium_bis",
                                                   "kriterium_einheit",
                                                   "zielvorgaben",
                                                   "nachweisart",
                                                   "berichtsabstand",
                                                   "notiz",
                                                   "veroeffentlicht"};
    return names;
}

Fields fields_of(const Measure& m) {
    std::vector<std::string> statements;
    for (const auto& ref : m.statements) statements.push_back(ref.plan + ":" + ref.statement);
    const bool value = m.criterion.kind == CriterionKind::value;
    return {{"kennung", m.key},
            {"titel", m.title.de},
            {"titel_en", m.title.en},
            {"arbeitstitel", m.working_name},
            {"art", std::string(name_of(m.kind))},
            {"gehoert_zu", m.parent_key},
            {"beschreibung", m.description.de},
            {"beschreibung_en", m.description.en},
            {"aussagen", join_list(statements)},
            {"beschluss", m.resolution},
            {"beschlossen_am", text_of(m.resolved_on)},
            {"verantwortlich", m.accountable},
            {"gemeinschaftlich", join_list(m.joint)},
            {"mitwirkende", join_list(m.coworkers)},
            {"beginn", text_of(m.schedule.starts_on)},
            {"ende", text_of(m.schedule.ends_on)},
            {"rhythmus", std::string(name_of(m.schedule.rhythm))},
            {"gueltig_tage", m.schedule.fresh_days ? std::to_string(*m.schedule.fresh_days) : ""},
            {"kriterium_art", std::string(name_of(m.criterion.kind))},
            {"kriterium", m.criterion.text.de},
            {"kriterium_en", m.criterion.text.en},
            {"kriterium_richtung", std::string(name_of(m.criterion.goal.direction))},
            {"kriterium_wert", value ? m.criterion.goal.value.text("de") : ""},
            {"kriterium_bis", m.criterion.goal.upper ? m.criterion.goal.upper->text("de") : ""},
            {"kriterium_einheit", m.criterion.goal.unit},
            {"zielvorgaben", join_list(m.targets)},
            {"nachweisart", m.evidence_kind},
            {"berichtsabstand", std::to_string(m.report_interval_days)},
            {"notiz", m.internal_note},
            {"veroeffentlicht", m.published ? "ja" : "nein"}};
}

namespace {
std::pair<Measure, base::Error> read(const Measure& before, const Fields& fields, base::Day today) {
    Measure m = before;
    Reader in{fields};
    in.text("titel", m.title.de);
    in.text("titel_en", m.title.en);
    in.text("arbeitstitel", m.working_name);
    in.choice("art", m.kind, kind_named);
    in.text("gehoert_zu", m.parent_key);
    in.text("beschreibung", m.description.de);
    in.text("beschreibung_en", m.description.en);
    if (const auto* v = in.find("aussagen")) {
        m.statements.clear();
        for (const auto& each : split_list(*v)) {
            const auto colon = each.find(':');
            if (colon == 0 || colon == std::string::npos || colon + 1 == each.size())
                in.wrong("aussagen", base::message("Name a statement by concept and number: 2018:5.1-a."));
            else
                m.statements.push_back({each.substr(0, colon), each.substr(colon + 1)});
        }
    }
    in.text("beschluss", m.resolution);
    in.day("beschlossen_am", m.resolved_on);
    in.text("verantwortlich", m.accountable);
    in.list("gemeinschaftlich", m.joint);
    in.list("mitwirkende", m.coworkers);
    in.day("beginn", m.schedule.starts_on);
    in.day("ende", m.schedule.ends_on);
    in.choice("rhythmus", m.schedule.rhythm, rhythm_named);
    if (const auto* v = in.find("gueltig_tage")) m.schedule.fresh_days = trimmed(*v).empty() ? std::nullopt : in.whole("gueltig_tage", trimmed(*v));
    in.choice("kriterium_art", m.criterion.kind, criterion_kind_named);
    in.text("kriterium", m.criterion.text.de);
    in.text("kriterium_en", m.criterion.text.en);
    in.choice("kriterium_richtung", m.criterion.goal.direction, direction_named);
    std::optional<Quantity> value = m.criterion.goal.value;
    in.quantity("kriterium_wert", value);
    // Zero is a valid value, so an empty field is not zero.
    if (m.criterion.kind == CriterionKind::value && !value) in.wrong("kriterium_wert", base::message("Enter the value; zero counts, too."));
    m.criterion.goal.value = value.value_or(Quantity{});
    in.quantity("kriterium_bis", m.criterion.goal.upper);
    in.text("kriterium_einheit", m.criterion.goal.unit);
    in.list("zielvorgaben", m.targets);
    in.text("nachweisart", m.evidence_kind);
    if (m.evidence_kind != before.evidence_kind) m.evidence_fixed_on = m.evidence_kind.empty() ? std::nullopt : std::optional(today);
    if (const auto* v = in.find("berichtsabstand"))
        if (const auto days = in.whole("berichtsabstand", trimmed(*v))) m.report_interval_days = *days;
    in.text("notiz", m.internal_note);
    if (const auto* v = in.find("veroeffentlicht")) {
        const auto typed = trimmed(*v);
        if (typed != "ja" && typed != "nein" && !typed.empty()) in.wrong("veroeffentlicht", base::message("Enter yes or no."));
        m.published = typed == "ja";
    }
    auto without_parts = m;  // resources and milestones have forms of their own
    without_parts.resources.clear();
    without_parts.milestones.clear();
    for (auto& mistake : mistakes_in(without_parts)) {
        if (const auto name = form_names().find(mistake.field); name != form_names().end()) mistake.field = name->second;
        in.error.fields.push_back(std::move(mistake));
    }
    return {std::move(m), std::move(in.error)};
}
}  // namespace

base::Result<Measure> with_fields(const Measure& before, const Fields& fields, base::Day today) {
    auto [m, error] = read(before, fields, today);
    if (!error.fields.empty()) return base::error(std::move(error));
    return std::move(m);
}
Measure as_far_as_readable(const Measure& before, const Fields& fields, base::Day today) { return read(before, fields, today).first; }

Merge merge(const Fields& base, const Fields& theirs, const Fields& mine) { return merge(field_names(), base, theirs, mine); }

Merge merge(const std::vector<std::string>& names, const Fields& before, const Fields& theirs, const Fields& mine) {
    const auto value = [](const Fields& fields, const std::string& name) {
        const auto at = fields.find(name);
        return at == fields.end() ? std::string() : at->second;
    };
    // A form sends "31.12.2019" for what was kept as "2019-12-31".
    const auto same = [](const std::string& a, const std::string& b) {
        if (a == b) return true;
        const auto x = base::parse_day(a), y = base::parse_day(b);
        return x && y && *x == *y;
    };
    Merge out{mine, {}};
    for (const auto& name : names) {
        if (!mine.contains(name)) continue;
        const auto b = value(before, name), t = value(theirs, name), m = value(mine, name);
        if (same(m, t) || same(t, b)) continue;  // the same, or they left it alone
        if (same(m, b))
            out.fields[name] = t;  // only they changed it
        else
            out.clashes.push_back({name, b, t, m});
    }
    return out;
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        if (auto item = trimmed(text.substr(0, comma)); !item.empty()) out.push_back(std::move(item));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return out;
}
std::string join_list(const std::vector<std::string>& items) {
    std::string out;
    for (const auto& item : items) out += (out.empty() ? "" : ", ") + item;
    return out;
}

}  // namespace measures
