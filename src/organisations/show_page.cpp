// The page of an organisation: what it is, what belongs to it, how to reach it, what it was called.
#include "organisations/desk.h"
#include "organisations/forms.h"
#include "organisations/rules.h"

namespace organisations {
namespace {

using base::message;

struct Shelf {
    std::vector<Name> names;
    std::vector<Organisation> parts;
    std::vector<ContactPoint> contacts;
    std::map<std::int64_t, Organisation> others;
    web::Html more;
};

void fill_contacts(web::View& view, const web::Context& context, const Organisation& o, const Shelf& shelf) {
    std::optional<web::View> contacts;
    for (const auto& p : shelf.contacts) {
        const bool inside = context.actor.signed_in();
        const auto shown = inside ? Shown{p.person, p.email, p.phone} : public_part(p, context.day());
        if (!inside && shown.nothing()) continue;
        if (!contacts) contacts = view.section("CONTACTS");
        auto row = contacts->section("CONTACT");
        row.set("LABEL", p.label.in(lang(context)));
        row.set_if("PERSON", shown.person);
        row.set_if("EMAIL", shown.email);
        row.set_if("PHONE", shown.phone);
        if (!inside) continue;
        row.show_if("INTERNAL", public_part(p, context.day()).nothing());
        if (context.actor.steers()) row.section("EDIT").set("URL", contact_url(o, p));
    }
}

void fill(web::View& view, const web::Context& context, const Organisation& o, const Shelf& shelf, const Name* name, const web::Refused* refused) {
    const auto link_to = [&](OrganisationId id) {
        const auto it = shelf.others.find(id.value);
        return it == shelf.others.end() ? web::Html() : web::link(url_of(it->second), it->second.name.in(lang(context)));
    };
    const auto part_of = name ? name->part_of : o.part_of;
    view.set("DISTRICT",
             belongs_to_district(o.kind)
                 ? message("Belongs to the district: measures can be assigned to it (clause 4.2).")
                 : message("Does not belong to the district: it can commit itself, but no measure or duty can be assigned to it (clause 4.2)."));
    if (part_of) view.section("PART_OF").set("LINK", link_to(part_of));
    if (o.merged_into && o.until) {
        auto merged = view.section("MERGED");
        merged.set("DAY", *o.until);
        merged.set("LINK", link_to(o.merged_into));
    } else if (o.until) {
        view.section("ENDED").set("DAY", *o.until);
    }
    if (!o.ags.empty()) view.section("AGS").set("VALUE", o.ags);
    if (!o.city.empty() || !o.street.empty()) {
        auto address = view.section("ADDRESS");
        if (!o.street.empty()) address.section("STREET").set("VALUE", o.street);
        address.set("CITY", o.postal_code + " " + o.city);
    }
    if (!o.website.empty()) view.section("WEBSITE").set("LINK", web::link(o.website, o.website));
    if (!o.languages.empty()) {
        std::string spoken;
        for (const auto& code : o.languages) spoken += (spoken.empty() ? "" : ", ") + context.say(language_name(code));
        view.section("LANGUAGES").set("VALUE", spoken);
    }
    if (!shelf.parts.empty()) {
        auto parts = view.section("PARTS");
        for (const auto& part : shelf.parts)
            if (part.exists_on(context.day())) parts.section("PART").set("LINK", web::link(url_of(part), part.name.in(lang(context))));
    }
    fill_contacts(view, context, o, shelf);
    if (shelf.names.size() > 1) {
        auto history = view.section("NAMES");
        for (const auto& one : shelf.names) {
            auto row = history.section("NAME");
            row.set("FROM", one.from == since_ever ? context.say(message("from the beginning")) : context.format(one.from));
            row.set("TEXT", one.name.in(lang(context)));
            if (one.part_of) row.section("PART_OF").set("LINK", link_to(one.part_of));
            row.set_if("REASON", one.reason);
        }
    }
    view.set("MORE", shelf.more);
    if (!context.actor.steers()) return;
    auto add = view.section("ADD");
    add.set("FORM", contact_form(context, url_of(o) + "/kontakte", ContactPoint{}, refused));
    add.show_if("OPEN", refused != nullptr);
}

}  // namespace

base::Result<http::Response> show_page(const Desk& desk, const web::Context& context, const Organisation& o, const web::Refused* refused) {
    const auto read = [&](db::Connection& c) -> base::Result<Shelf> {
        Shelf s;
        TRY(s.names, names_of(c, o.id));
        TRY(s.parts, parts_of(c, o.id));
        TRY(s.contacts, contacts_of(c, o.id));
        std::set<OrganisationId> mentioned{o.part_of, o.merged_into};
        for (const auto& name : s.names) mentioned.insert(name.part_of);
        for (const auto id : mentioned) {
            if (!id) continue;
            TRY(auto other, find(c, id));
            if (other) s.others[id.value] = std::move(*other);
        }
        if (desk.wiring.more) { TRY(s.more, desk.wiring.more(c, context, o)); }
        return s;
    };
    TRY(const auto shelf, desk.database.read(read));
    const auto* name = name_in_force(shelf.names, context.day());
    std::vector<web::Action> actions;
    if (!o.bearer.empty()) actions.push_back({message("Its duties"), "/pflichten?traeger=" + o.bearer, false, {}});
    if (context.actor.signed_in()) actions.push_back({message("History"), "/verlauf/organisation/" + o.key, false, {}});
    if (context.actor.steers()) {
        actions.push_back({message("Edit"), url_of(o) + "/bearbeiten", false, "edit"});
        actions.push_back({message("New name or place"), url_of(o) + "/namen", false, {}});
        if (!o.merged_into) actions.push_back({message("Merge"), url_of(o) + "/zusammenlegung", false, {}});
    }
    return web::page(context,
                     {.title = (name ? name->name : o.name).in(lang(context)),
                      .lead = title_of(o.kind),
                      .crumbs = {{message("Organisations"), "/organisationen"}},
                      .actions = actions,
                      .status = refused ? 422 : 200},
                     "organisations/show.tpl", [&](web::View& view) { fill(view, context, o, shelf, name, refused); });
}

}  // namespace organisations
