#include "organisations/forms.h"

#include "organisations/rules.h"

namespace organisations {
namespace {

using base::message;

web::FieldOptions options(std::string value, web::Text hint = std::string(), bool optional = false) {
    web::FieldOptions out;
    out.value = std::move(value);
    out.hint = std::move(hint);
    out.optional = optional;
    return out;
}
std::string key_of(const std::vector<Named>& all, OrganisationId id) {
    for (const auto& one : all)
        if (one.id == id) return one.key;
    return {};
}
OrganisationId id_of(const std::vector<Named>& all, std::string_view key) {
    for (const auto& one : all)
        if (one.key == key) return one.id;
    return {};
}

}  // namespace

std::vector<web::Choice> kind_choices() {
    std::vector<web::Choice> out;
    for (int i = 0; i < kinds; ++i) out.push_back({std::string(name_of(static_cast<Kind>(i))), title_of(static_cast<Kind>(i))});
    return out;
}

std::vector<web::Choice> organisation_choices(const web::Context& context, const std::vector<Named>& all, OrganisationId except) {
    std::vector<web::Choice> out{{"", message("none")}};
    for (const auto& one : all)
        if (one.id != except) out.push_back({one.key, one.name.in(i18n::code(context.language))});
    return out;
}

web::Html organisation_form(const web::Context& context, const Organisation& o, const std::vector<Named>& others, const http::Fields* typed,
                            const base::Error* refused) {
    const bool fresh = !o.id;
    const auto url = fresh ? std::string("/organisationen") : "/organisationen/" + o.key;
    web::Form form(context, {.action = fresh ? url + "/neu" : url, .cancel_url = url});
    if (typed) form.typed(*typed);
    if (refused) form.error(*refused);
    form.hidden("version", std::to_string(o.version));
    if (fresh)
        form.text("key", message("Short name for addresses"),
                  options("", message("Lower-case letters, digits and hyphens; made of the name when left empty. It stays for ever."), true));
    form.text("name_de", message("Name (German)"), options(o.name.de));
    form.text("name_en", message("Name (English)"), options(o.name.en, std::string(), true));
    form.row();
    form.text("short_de", message("Short form (German)"), options(o.short_name.de, std::string(), true));
    form.text("short_en", message("Short form (English)"), options(o.short_name.en, std::string(), true));
    form.end_row();
    form.select("kind", message("Kind"), kind_choices(),
                options(std::string(name_of(o.kind)), message("Whether a measure can be assigned to it (clause 4.2) follows from the kind.")));
    form.select("part_of", message("Part of"), organisation_choices(context, others, o.id), options(key_of(others, o.part_of), std::string(), true));
    form.text("ags", message("Official municipality key (AGS)"), options(o.ags, message("Eight digits, only of municipalities."), true));
    form.text("street", message("Street and number"), options(o.street, std::string(), true));
    form.row();
    form.text("postal_code", message("Postal code"), options(o.postal_code, std::string(), true));
    form.text("city", message("Locality"), options(o.city, std::string(), true));
    form.end_row();
    form.text("website", message("Web address"), options(o.website, std::string(), true));
    std::vector<web::Choice> languages_offered;
    for (const auto& [code, name] : languages()) languages_offered.push_back({std::string(code), language_name(code)});
    form.checkboxes("languages", message("Languages spoken there"), languages_offered, o.languages, options("", std::string(), true));
    form.row();
    form.date("from", message("Exists since"), o.from, options("", std::string(), true));
    form.date("until", message("Last day"), o.until, options("", message("Leave empty while it exists."), true));
    form.end_row();
    form.text("bearer", message("Key of the bearer of duties it is"),
              options(o.bearer, message("Only for organisations that bear duties or are named in the concept."), true));
    form.checkbox("published", message("Shown to the public"), o.published);
    return form.html();
}

void read_organisation(web::Input& input, const http::Fields& fields, const std::vector<Named>& others, Organisation& o) {
    const web::Input::Rule free{.required = false, .most = 200};
    o.name = {input.text("name_de", {.most = 200}), input.text("name_en", free)};
    o.short_name = {input.text("short_de", {.required = false, .most = 60}), input.text("short_en", {.required = false, .most = 60})};
    if (!o.id) {
        o.key = input.text("key", {.required = false, .most = 60});
        if (o.key.empty()) o.key = key_from(o.name.de);
    }
    std::vector<std::string> names;
    for (int i = 0; i < kinds; ++i) names.emplace_back(name_of(static_cast<Kind>(i)));
    o.kind = kind_named(input.choice("kind", names)).value_or(Kind::other);
    const auto parent = fields.get("part_of");
    o.part_of = id_of(others, parent);
    if (!parent.empty() && !o.part_of) input.wrong("part_of", message("Please choose one of the organisations offered."));
    o.ags = input.text("ags", free);
    o.street = input.text("street", free);
    o.postal_code = input.text("postal_code", free);
    o.city = input.text("city", free);
    o.website = input.text("website", free);
    o.languages.clear();
    for (const auto& [code, name] : languages())
        for (const auto& chosen : fields.all("languages"))
            if (chosen == code) o.languages.emplace_back(code);
    o.from = input.day("from", false);
    o.until = input.day("until", false);
    o.bearer = input.text("bearer", free);
    o.published = input.checked("published");
    o.version = input.number("version", 1, 1'000'000'000, false).value_or(o.version);
}

web::Html rename_form(const web::Context& context, const Organisation& o, const std::vector<Named>& others, const http::Fields* typed,
                      const base::Error* refused) {
    web::Form form(
        context,
        {.action = "/organisationen/" + o.key + "/namen", .submit = message("Record the new name"), .cancel_url = "/organisationen/" + o.key});
    if (typed) form.typed(*typed);
    if (refused) form.error(*refused);
    form.date("from", message("First day of the new name or place"), context.today);
    form.text("name_de", message("Name (German)"), options(o.name.de));
    form.text("name_en", message("Name (English)"), options(o.name.en, std::string(), true));
    form.text("short_de", message("Short form (German)"), options(o.short_name.de, std::string(), true));
    form.text("short_en", message("Short form (English)"), options(o.short_name.en, std::string(), true));
    form.select("part_of", message("Part of"), organisation_choices(context, others, o.id), options(key_of(others, o.part_of), std::string(), true));
    form.text("reason", message("Why"), options("", message("For example: order of the administrator of 1 March."), true));
    return form.html();
}

web::Html merge_form(const web::Context& context, const Organisation& o, const std::vector<Named>& others, const http::Fields* typed,
                     const base::Error* refused) {
    web::Form form(context, {.action = "/organisationen/" + o.key + "/zusammenlegung",
                             .submit = message("Merge"),
                             .cancel_url = "/organisationen/" + o.key,
                             .danger = true});
    if (typed) form.typed(*typed);
    if (refused) form.error(*refused);
    auto choices = organisation_choices(context, others, o.id);
    choices.front().label = message("please choose");
    form.select("into", message("Goes on as"), choices,
                options("", message("Its parts and its contacts go there; its name stays in the history. This cannot be undone.")));
    form.date("last_day", message("Last day on its own"), context.today);
    return form.html();
}

web::Html contact_form(const web::Context& context, const std::string& action, const ContactPoint& p, const web::Refused* refused) {
    web::Form form(context, {.action = action, .submit = p.id ? message("Save") : message("Add the contact")});
    form.again(refused);
    form.text("label_de", message("What the contact is for (German)"), options(p.label.de, message("The function, for example “Geschäftsstelle”.")));
    form.text("label_en", message("What the contact is for (English)"), options(p.label.en, std::string(), true));
    form.radios("kind", message("Kind of contact"),
                {{"function", message("Function: an address of the house")},
                 {"person", message("Person: shown to the public only field by field with their consent")}},
                options(p.is_person ? "person" : "function"));
    form.text("person", message("Name of the person"), options(p.person, std::string(), true));
    auto email = options(p.email, std::string(), true);
    email.type = "email";
    email.autocomplete = "off";
    auto phone = options(p.phone, std::string(), true);
    phone.type = "tel";
    phone.autocomplete = "off";
    form.row();
    form.text("email", message("E-mail"), email);
    form.text("phone", message("Telephone"), phone);
    form.end_row();
    form.text("topic", message("Named for"),
              options(p.topic, message("A keyword that rules can ask for: “mso” names the contact for migrant self-organisations (5.3.2)."), true));
    form.row();
    form.date("from", message("From"), p.from, options("", std::string(), true));
    form.date("until", message("Last day"), p.until, options("", std::string(), true));
    form.end_row();
    form.checkbox("published", message("Shown to the public"), p.published);
    return form.html();
}

void read_contact(web::Input& input, const http::Fields&, ContactPoint& p) {
    p.label = {input.text("label_de", {.most = 200}), input.text("label_en", {.required = false, .most = 200})};
    p.is_person = input.choice("kind", {"function", "person"}) == "person";
    p.person = input.text("person", {.required = false, .most = 120});
    p.email = input.text("email", {.required = false, .most = 200});
    p.phone = input.text("phone", {.required = false, .most = 60});
    p.topic = input.text("topic", {.required = false, .most = 60});
    p.from = input.day("from", false);
    p.until = input.day("until", false);
    p.published = input.checked("published");
}

}  // namespace organisations
