#include "organisations/rules.h"

#include <algorithm>

namespace organisations {
namespace {

using base::message;

constexpr std::string_view kind_names[kinds] = {"body",
                                                "unit",
                                                "subordinate_institution",
                                                "district_company",
                                                "municipality",
                                                "provider",
                                                "chamber",
                                                "jobcenter",
                                                "employment_agency",
                                                "authority",
                                                "housing_company",
                                                "school",
                                                "university",
                                                "migrant_self_organisation",
                                                "association",
                                                "company",
                                                "other"};

bool digits_only(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view name_of(Kind kind) { return kind_names[static_cast<int>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) {
    for (int i = 0; i < kinds; ++i)
        if (kind_names[i] == name) return static_cast<Kind>(i);
    return {};
}

base::Message title_of(Kind kind) {
    switch (kind) {
        case Kind::body: return message("Body");
        case Kind::unit: return message("Unit");
        case Kind::subordinate_institution: return message("Subordinate institution");
        case Kind::district_company: return message("District company");
        case Kind::municipality: return message("Municipality");
        case Kind::provider: return message("Provider");
        case Kind::chamber: return message("Chamber");
        case Kind::jobcenter: return message("Job centre");
        case Kind::employment_agency: return message("Employment agency");
        case Kind::authority: return message("State or federal authority");
        case Kind::housing_company: return message("Housing company");
        case Kind::school: return message("School");
        case Kind::university: return message("University or college");
        case Kind::migrant_self_organisation: return message("Migrant self-organisation");
        case Kind::association: return message("Association");
        case Kind::company: return message("Company");
        case Kind::other: return message("Other organisation");
    }
    return message("Other organisation");
}

bool belongs_to_district(Kind kind) {
    return kind == Kind::body || kind == Kind::unit || kind == Kind::subordinate_institution || kind == Kind::district_company;
}

// Official municipality key of the Federal Statistical Office: state (2), administrative region (1), district (2), municipality (3).
std::optional<base::Message> mistake_in_ags(std::string_view ags, std::string_view district) {
    if (ags.size() != 8 || !digits_only(ags)) return message("An official municipality key (AGS) has eight digits, for example 16062041.");
    const int state = (ags[0] - '0') * 10 + (ags[1] - '0');
    if (state < 1 || state > 16) return message("The first two digits of the AGS name the state: 01 to 16.");
    if (ags.substr(5) == "000") return message("This is the key of a district, not of a municipality.");
    if (district.size() == 5 && ags.substr(0, 5) != district)
        return message("The AGS must begin with {district}, the key of the district.", {{"district", std::string(district)}});
    return {};
}

const std::vector<std::pair<std::string_view, base::Message>>& languages() {
    static const std::vector<std::pair<std::string_view, base::Message>> all{
        {"ar", message("Arabic")},    {"bg", message("Bulgarian")},        {"de", message("German")},    {"en", message("English")},
        {"es", message("Spanish")},   {"fa", message("Persian and Dari")}, {"fr", message("French")},    {"ka", message("Georgian")},
        {"ku", message("Kurdish")},   {"pl", message("Polish")},           {"ps", message("Pashto")},    {"ro", message("Romanian")},
        {"ru", message("Russian")},   {"so", message("Somali")},           {"sq", message("Albanian")},  {"sr", message("Serbian")},
        {"ti", message("Tigrinya")},  {"tr", message("Turkish")},          {"uk", message("Ukrainian")}, {"ur", message("Urdu")},
        {"vi", message("Vietnamese")}};
    return all;
}

bool is_language(std::string_view code) {
    return std::any_of(languages().begin(), languages().end(), [&](const auto& l) { return l.first == code; });
}

base::Message language_name(std::string_view code) {
    for (const auto& [short_code, name] : languages())
        if (short_code == code) return name;
    return {std::string(code), {}};
}

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= 60 && key != "neu" && key != "einlesen" && key != "baum" && key != "tabelle" && key != "kontakte" &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool is_email(std::string_view text) {
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != std::string_view::npos || text.size() > 200) return false;
    const auto domain = text.substr(at + 1);
    const auto plain = [](char c) { return c > ' ' && c < 127 && c != ',' && c != ';' && c != '<' && c != '>' && c != '"' && c != '\\'; };
    return std::all_of(text.begin(), text.end(), plain) && domain.find('.') != std::string_view::npos && domain.front() != '.' &&
           domain.back() != '.';
}

std::string email_key(std::string_view email) {
    std::string out;
    for (const char c : email)
        if (c != ' ') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return out;
}

std::string key_from(std::string_view name) {
    std::string out;
    const auto dash = [&] {
        if (!out.empty() && out.back() != '-') out += '-';
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto two = name.substr(i, 2);
        const char c = name[i];
        if (two == "ä" || two == "Ä")
            out += "ae", ++i;
        else if (two == "ö" || two == "Ö")
            out += "oe", ++i;
        else if (two == "ü" || two == "Ü")
            out += "ue", ++i;
        else if (two == "ß")
            out += "ss", ++i;
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
        else if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else
            dash();
    }
    if (out.size() > 50) out.resize(50);
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out;
}

std::string sort_key_of(std::string_view name) {
    static constexpr std::pair<std::string_view, std::string_view> plain[] = {{"ä", "a"}, {"Ä", "a"},  {"ö", "o"}, {"Ö", "o"}, {"ü", "u"},
                                                                              {"Ü", "u"}, {"ß", "ss"}, {"é", "e"}, {"è", "e"}};
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto found = std::find_if(std::begin(plain), std::end(plain), [&](const auto& p) { return name.substr(i, 2) == p.first; });
        if (found != std::end(plain)) {
            out += found->second;
            ++i;
        } else {
            out += static_cast<char>(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
        }
    }
    return out;
}

std::vector<base::FieldError> mistakes_in(const Organisation& o, std::string_view district) {
    std::vector<base::FieldError> out;
    const auto wrong = [&](std::string field, base::Message m) { out.push_back({std::move(field), std::move(m), 0}); };
    if (!is_key(o.key)) wrong("key", message("Only lower-case letters a to z, digits and hyphens."));
    if (o.name.de.empty()) wrong("name_de", message("Please give the name."));
    if (!o.ags.empty() && o.kind != Kind::municipality)
        wrong("ags", message("Only a municipality has an official municipality key."));
    else if (!o.ags.empty())
        if (auto mistake = mistake_in_ags(o.ags, district)) wrong("ags", std::move(*mistake));
    if (!o.postal_code.empty() && (o.postal_code.size() != 5 || !digits_only(o.postal_code)))
        wrong("postal_code", message("A postal code has five digits."));
    if (!o.website.empty() && !o.website.starts_with("https://") && !o.website.starts_with("http://"))
        wrong("website", message("A web address begins with https:// or http://."));
    for (const auto& code : o.languages)
        if (!is_language(code)) wrong("languages", message("“{code}” is no language this list knows.", {{"code", code}}));
    if (o.from && o.until && *o.until < *o.from) wrong("until", message("The end lies before the beginning."));
    return out;
}

std::vector<base::FieldError> mistakes_in(const ContactPoint& c) {
    std::vector<base::FieldError> out;
    const auto wrong = [&](std::string field, base::Message m) { out.push_back({std::move(field), std::move(m), 0}); };
    if (c.label.de.empty()) wrong("label_de", message("Please say what this contact is for."));
    if (!c.email.empty() && !is_email(c.email)) wrong("email", message("This is no e-mail address."));
    if (c.email.empty() && c.phone.empty()) wrong("email", message("A contact needs an e-mail address or a telephone number."));
    if (!c.is_person && !c.person.empty())
        wrong("person", message("A function has no name of a person. Choose “person”, and record the consent for every field that is shown."));
    if (c.is_person && c.person.empty()) wrong("person", message("Please give the name of the person."));
    if (c.from && c.until && *c.until < *c.from) wrong("until", message("The end lies before the beginning."));
    return out;
}

bool consents(const ContactPoint& c, std::string_view field, std::string_view purpose, base::Day day) {
    return std::any_of(c.consents.begin(), c.consents.end(), [&](const Consent& one) {
        return one.field == field && one.purpose == purpose && one.given_on <= day && (!one.withdrawn_on || day < *one.withdrawn_on);
    });
}

Shown public_part(const ContactPoint& c, base::Day day) {
    if (!c.published || (c.from && day < *c.from) || (c.until && *c.until < day)) return {};
    if (!c.is_person) return {{}, c.email, c.phone};
    Shown out;
    if (consents(c, "person", publication, day)) out.person = c.person;
    if (consents(c, "email", publication, day)) out.email = c.email;
    if (consents(c, "phone", publication, day)) out.phone = c.phone;
    return out;
}

const Name* name_in_force(const std::vector<Name>& names, base::Day day) {
    const Name* best = nullptr;
    for (const auto& name : names)
        if (name.from <= day && (!best || best->from < name.from)) best = &name;
    return best;
}

bool Tree::closes_a_circle(OrganisationId child, OrganisationId parent) const {
    for (std::size_t steps = 0; parent && steps <= part_of.size(); ++steps) {
        if (parent == child) return true;
        const auto above = std::find_if(part_of.begin(), part_of.end(), [&](const auto& edge) { return edge.first == parent; });
        parent = above == part_of.end() ? OrganisationId{} : above->second;
    }
    return static_cast<bool>(parent);
}

}  // namespace organisations
