#include "organisations/tables.h"

#include <map>

#include <fmt/format.h>

#include "organisations/rules.h"
#include "platform/sheets/named_rows.h"
#include "platform/sheets/places.h"

namespace organisations {
namespace {

using base::message;

const std::vector<std::string> organisation_headings{"key",     "kind",      "name_de", "name_en", "short_de",    "short_en",
                                                     "part_of", "bearer",    "ags",     "street",  "postal_code", "city",
                                                     "website", "languages", "from",    "until",   "published"};
const std::vector<std::string> contact_headings{"organisation", "kind",  "label_de", "label_en", "person",   "email",
                                                "phone",        "topic", "from",     "until",    "published"};

const std::vector<std::string>& headings(TableKind kind) { return kind == TableKind::organisations ? organisation_headings : contact_headings; }

std::string day_text(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

bool same(const Organisation& a, const Organisation& b) {
    return a.kind == b.kind && a.name == b.name && a.short_name == b.short_name && a.bearer == b.bearer && a.ags == b.ags && a.street == b.street &&
           a.postal_code == b.postal_code && a.city == b.city && a.website == b.website && a.languages == b.languages && a.from == b.from &&
           a.until == b.until && a.published == b.published;
}

struct There {
    std::vector<Organisation> organisations;
    std::map<std::string, const Organisation*> by_key;
    std::map<std::string, const Organisation*> by_name;  // folded
    std::map<std::int64_t, std::string> keys;
};

void read_organisation(const sheets::NamedRow& r, const There& there, std::string_view district, std::map<std::string, std::string>& seen,
                       Import& out) {
    Import::Row row;
    row.place = r.place("key");
    auto& o = row.organisation;
    o.key = r.text("key");
    o.name = {r.text("name_de"), r.text("name_en")};
    if (o.key.empty()) o.key = key_from(o.name.de);
    const auto before = there.by_key.find(o.key);
    if (before != there.by_key.end()) {
        o.id = before->second->id;
        o.version = before->second->version;
        row.fresh = false;
    }
    if (const auto kind = kind_named(r.text("kind")))
        o.kind = *kind;
    else
        r.wrong("kind", message("“{kind}” is no kind of organisation.", {{"kind", r.text("kind")}}));
    o.short_name = {r.text("short_de"), r.text("short_en")};
    row.part_of = r.text("part_of");
    o.bearer = r.text("bearer");
    o.ags = r.text("ags");
    o.street = r.text("street");
    o.postal_code = r.text("postal_code");
    o.city = r.text("city");
    o.website = r.text("website");
    o.languages = words(r.text("languages"));
    o.from = r.day("from");
    o.until = r.day("until");
    o.published = r.truth("published", true);
    for (auto& mistake : mistakes_in(o, district)) r.wrong(mistake.field, std::move(mistake.message));
    const auto [first, is_first] = seen.emplace(o.key, row.place);
    if (!is_first) r.wrong("key", message("This short name stands twice; first in {place}.", {{"place", first->second}}));
    if (row.fresh)
        if (const auto twin = there.by_name.find(sort_key_of(o.name.de)); twin != there.by_name.end())
            out.hints.push_back({r.place("name_de"),
                                 message("“{name}” is there already under the short name {key}.", {{"name", o.name.de}, {"key", twin->second->key}}),
                                 0});
    if (!row.fresh && same(o, *before->second) && there.keys.contains(before->second->part_of.value) == !row.part_of.empty() &&
        (row.part_of.empty() || there.keys.at(before->second->part_of.value) == row.part_of)) {
        ++out.unchanged;
        return;
    }
    out.rows.push_back(std::move(row));
}

base::Result<void> read_contact(db::Connection& c, const sheets::NamedRow& r, const There& there, std::map<std::string, std::string>& seen,
                                Import& out) {
    Import::Row row;
    row.place = r.place("organisation");
    auto& p = row.contact;
    const auto whose = there.by_key.find(r.text("organisation"));
    if (whose == there.by_key.end())
        r.wrong("organisation", message("There is no organisation with the short name “{key}”.", {{"key", r.text("organisation")}}));
    else
        p.organisation = whose->second->id;
    const auto kind = r.text("kind");
    if (!kind.empty() && kind != "function" && kind != "person") r.wrong("kind", message("“function” or “person” is expected."));
    p.is_person = kind == "person";
    p.label = {r.text("label_de"), r.text("label_en")};
    p.person = r.text("person");
    p.email = r.text("email");
    p.phone = r.text("phone");
    p.topic = r.text("topic");
    p.from = r.day("from");
    p.until = r.day("until");
    p.published = r.truth("published", false);
    for (auto& mistake : mistakes_in(p)) r.wrong(mistake.field, std::move(mistake.message));
    if (const auto key = email_key(p.email); !key.empty()) {
        const auto [first, is_first] = seen.emplace(key, r.place("email"));
        if (!is_first) r.wrong("email", message("This e-mail address stands twice; first in {place}.", {{"place", first->second}}));
    }
    if (p.organisation) {
        TRY(const auto contacts, contacts_of(c, p.organisation));
        for (const auto& other : contacts) {
            if (other.label.de != p.label.de || email_key(other.email) != email_key(p.email)) continue;
            p.id = other.id;
            row.fresh = false;
            if (other.phone == p.phone && other.person == p.person && other.topic == p.topic && other.published == p.published &&
                other.from == p.from && other.until == p.until && other.label == p.label && other.is_person == p.is_person) {
                ++out.unchanged;
                return {};
            }
        }
    }
    out.rows.push_back(std::move(row));
    return {};
}

}  // namespace

std::vector<sheets::Column> columns_of(TableKind kind) {
    std::vector<sheets::Column> out;
    for (const auto& heading : headings(kind))
        out.push_back({heading, sheets::Look::text, heading.starts_with("name") || heading.starts_with("label") ? 36 : 16});
    return out;
}

std::vector<sheets::Cell> cells_of(const Organisation& o, const std::string& part_of) {
    std::string spoken;
    for (const auto& code : o.languages) spoken += (spoken.empty() ? "" : " ") + code;
    return {o.key,
            std::string(name_of(o.kind)),
            o.name.de,
            o.name.en,
            o.short_name.de,
            o.short_name.en,
            part_of,
            o.bearer,
            o.ags,
            o.street,
            o.postal_code,
            o.city,
            o.website,
            spoken,
            day_text(o.from),
            day_text(o.until),
            std::string(o.published ? "ja" : "nein")};
}

std::vector<sheets::Cell> cells_of(const ContactPoint& p, const std::string& organisation) {
    return {organisation,
            std::string(p.is_person ? "person" : "function"),
            p.label.de,
            p.label.en,
            p.person,
            p.email,
            p.phone,
            p.topic,
            day_text(p.from),
            day_text(p.until),
            std::string(p.published ? "ja" : "nein")};
}

base::Result<Import> read_table(db::Connection& c, const sheets::Workbook& book, TableKind kind, std::string_view district) {
    Import out;
    out.kind = kind;
    There there;
    TRY(there.organisations, all(c));
    for (const auto& o : there.organisations) {
        there.by_key[o.key] = &o;
        there.by_name.emplace(sort_key_of(o.name.de), &o);
        there.keys[o.id.value] = o.key;
    }
    const std::vector<std::string> needed =
        kind == TableKind::organisations ? std::vector<std::string>{"kind", "name_de"} : std::vector<std::string>{"organisation", "label_de"};
    const sheets::NamedRows table(book.sheets.front(), headings(kind), needed, out.mistakes);
    if (!out.mistakes.empty()) return out;
    std::map<std::string, std::string> seen;
    for (const auto& r : table.rows()) {
        if (kind == TableKind::organisations)
            read_organisation(r, there, district, seen, out);
        else
            TRY_VOID(read_contact(c, r, there, seen, out));
    }
    std::set<std::string> to_come;
    for (const auto& row : out.rows) to_come.insert(row.organisation.key);
    for (const auto& row : out.rows)
        if (!row.part_of.empty() && !there.by_key.contains(row.part_of) && !to_come.contains(row.part_of))
            out.mistakes.push_back({row.place, message("There is no organisation with the short name “{key}”.", {{"key", row.part_of}}), 0});
    sheets::in_reading_order(out.mistakes);
    return out;
}

base::Result<void> carry_out(db::Connection& c, Import import, std::string_view district, const By& by,
                             const std::function<base::Result<void>(db::Connection&, const ContactPoint&)>& contact_saved) {
    base::Error refused{base::ErrorKind::invalid_input, "an import with mistakes", std::move(import.mistakes), {}};
    const auto gather = [&](const Import::Row& row, const base::Error& error) {
        for (const auto& mistake : error.fields) refused.fields.push_back({row.place, mistake.message, 0});
    };
    if (refused.fields.empty() && import.kind == TableKind::contacts) {
        for (const auto& row : import.rows) {
            auto id = save_contact(c, row.contact, by);
            if (!id) {
                if (id.error().fields.empty()) return tl::unexpected(id.error());
                gather(row, id.error());
                continue;
            }
            TRY(const auto saved, contact(c, *id));
            TRY_VOID(contact_saved(c, saved));
        }
    }
    if (refused.fields.empty() && import.kind == TableKind::organisations) {
        // Once without what they belong to, then with it: a parent may stand below its part.
        for (auto& row : import.rows) {
            if (!row.part_of.empty() && row.fresh) row.organisation.part_of = {};
            if (!row.fresh) {
                TRY(const auto before, find(c, row.organisation.id));
                row.organisation.part_of = before->part_of;
            }
            auto id = save(c, row.organisation, district, by);
            if (!id) {
                if (id.error().fields.empty()) return tl::unexpected(id.error());
                gather(row, id.error());
                continue;
            }
            row.organisation.id = *id;
        }
        for (const auto& row : import.rows) {
            if (!row.organisation.id) continue;
            TRY(auto saved, find(c, row.organisation.id));
            TRY(const auto parent, find_by_key(c, row.part_of));
            const auto wanted = parent ? parent->id : OrganisationId{};
            if (saved->part_of == wanted) continue;
            saved->part_of = wanted;
            if (auto id = save(c, *saved, district, by); !id) {
                if (id.error().fields.empty()) return tl::unexpected(id.error());
                gather(row, id.error());
            }
        }
    }
    if (!refused.fields.empty()) return tl::unexpected(std::move(refused));
    return {};
}

}  // namespace organisations
