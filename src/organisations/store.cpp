#include "organisations/store.h"

#include <fmt/format.h>

#include "organisations/rules.h"
#include "platform/audit/api.h"
#include "platform/search/search.h"

namespace organisations {
namespace {

using base::message;

constexpr std::string_view columns =
    "o.id, o.key, o.kind, o.name_de, o.name_en, o.short_de, o.short_en, o.part_of_id, o.bearer_key, o.ags, o.street, o.postal_code, o.city, o.website, "
    "o.languages, o.from_on, o.until_on, o.merged_into_id, o.published, o.version, o.sample";

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> out;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}
std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

Organisation organisation_of(const db::Row& row) {
    Organisation o;
    o.id = row.id<OrganisationId>("id");
    o.key = row.text("key");
    o.kind = kind_named(row.text("kind")).value_or(Kind::other);
    o.name = {row.text("name_de"), row.text("name_en")};
    o.short_name = {row.text("short_de"), row.text("short_en")};
    o.part_of = row.id<OrganisationId>("part_of_id");
    o.bearer = row.text("bearer_key");
    o.ags = row.text("ags");
    o.street = row.text("street");
    o.postal_code = row.text("postal_code");
    o.city = row.text("city");
    o.website = row.text("website");
    o.languages = words_of(row.text("languages"));
    o.from = row.optional_day("from_on");
    o.until = row.optional_day("until_on");
    o.merged_into = row.id<OrganisationId>("merged_into_id");
    o.published = row.boolean("published");
    o.version = row.int64("version");
    o.sample = row.boolean("sample");
    return o;
}

Name name_of_row(const db::Row& row) {
    return {row.day("from_on"),
            {row.text("name_de"), row.text("name_en")},
            {row.text("short_de"), row.text("short_en")},
            row.id<OrganisationId>("part_of_id"),
            row.text("reason")};
}

std::string text(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }
std::string text(OrganisationId id) { return id ? std::to_string(id.value) : ""; }

audit::Values values_of(const Organisation& o) {
    return {{"kind", std::string(name_of(o.kind))},
            {"name_de", o.name.de},
            {"name_en", o.name.en},
            {"short_de", o.short_name.de},
            {"short_en", o.short_name.en},
            {"part_of", text(o.part_of)},
            {"bearer", o.bearer},
            {"ags", o.ags},
            {"street", o.street},
            {"postal_code", o.postal_code},
            {"city", o.city},
            {"website", o.website},
            {"languages", joined(o.languages)},
            {"from", text(o.from)},
            {"until", text(o.until)},
            {"merged_into", text(o.merged_into)},
            {"published", o.published ? "yes" : "no"}};
}

base::Result<void> recorded(db::Connection& c, const By& by, std::string record, std::string action, audit::Values before, audit::Values after) {
    return audit::record(c, by.actor, by.now, "organisations.organisation", std::move(record), std::move(action), std::move(before),
                         std::move(after));
}

// Names of every time, so that somebody who knows only the old one finds it.
base::Result<std::string> search_text(db::Connection& c, const Organisation& o) {
    std::string all = o.key + " " + o.name.de + " " + o.name.en + " " + o.short_name.de + " " + o.short_name.en + " " + o.city + " " + o.ags;
    if (!o.id) return search::column(all);
    TRY_VOID(c.for_each("select name_de, name_en from organisation_names where organisation_id = :id", {{"id", o.id}},
                        [&](const db::Row& row) { all += " " + row.text("name_de") + " " + row.text("name_en"); }));
    TRY_VOID(c.for_each("select label_de from contact_points where organisation_id = :id and withdrawn_at is null", {{"id", o.id}},
                        [&](const db::Row& row) { all += " " + row.text("label_de"); }));
    return search::column(all);
}

base::Result<Tree> tree(db::Connection& c) {
    Tree out;
    TRY_VOID(c.for_each("select id, part_of_id from organisations where part_of_id is not null", {},
                        [&](const db::Row& row) { out.part_of.emplace_back(row.id<OrganisationId>("id"), row.id<OrganisationId>("part_of_id")); }));
    return out;
}

base::Result<std::vector<base::FieldError>> conflicts_of(db::Connection& c, const Organisation& o) {
    std::vector<base::FieldError> out;
    TRY(const auto same_key, find_by_key(c, o.key));
    if (same_key && same_key->id != o.id) out.push_back({"key", message("This short name is taken already."), 0});
    if (!o.ags.empty()) {
        TRY_VOID(c.for_each("select name_de, from_on, until_on from organisations where ags = :ags and id <> :id",
                            {{"ags", o.ags}, {"id", o.id.value}}, [&](const db::Row& row) {
                                const auto from = row.optional_day("from_on"), until = row.optional_day("until_on");
                                const bool apart = (o.until && from && *o.until < *from) || (until && o.from && *until < *o.from);
                                if (!apart) out.push_back({"ags", message("“{name}” has this AGS already.", {{"name", row.text("name_de")}}), 0});
                            }));
    }
    if (o.id && o.part_of) {
        TRY(const auto all_parts, tree(c));
        if (all_parts.closes_a_circle(o.id, o.part_of)) out.push_back({"part_of", message("This would make the organisation a part of itself."), 0});
    }
    return out;
}

base::Error refusal(std::vector<base::FieldError> mistakes) {
    return {base::ErrorKind::invalid_input, "an organisation with mistakes", std::move(mistakes), {}};
}

db::Parameters parameters_of(const Organisation& o, const std::string& search) {
    return {{"key", o.key},
            {"kind", name_of(o.kind)},
            {"name_de", o.name.de},
            {"name_en", o.name.en},
            {"short_de", o.short_name.de},
            {"short_en", o.short_name.en},
            {"part_of", o.part_of},
            {"bearer", o.bearer},
            {"ags", o.ags},
            {"street", o.street},
            {"postal_code", o.postal_code},
            {"city", o.city},
            {"website", o.website},
            {"languages", joined(o.languages)},
            {"from", o.from},
            {"until", o.until},
            {"published", o.published},
            {"search", search},
            {"sort_key", sort_key_of(o.name.de)}};
}

base::Result<void> write_name(db::Connection& c, OrganisationId id, const Name& n) {
    TRY_VOID(c.execute(R"sql(
        insert into organisation_names (organisation_id, from_on, name_de, name_en, short_de, short_en, part_of_id, reason)
        values (:id, :from, :name_de, :name_en, :short_de, :short_en, :part_of, :reason)
        on conflict (organisation_id, from_on) do update
           set name_de = excluded.name_de, name_en = excluded.name_en, short_de = excluded.short_de, short_en = excluded.short_en,
               part_of_id = excluded.part_of_id, reason = excluded.reason
    )sql",
                       {{"id", id},
                        {"from", n.from},
                        {"name_de", n.name.de},
                        {"name_en", n.name.en},
                        {"short_de", n.short_name.de},
                        {"short_en", n.short_name.en},
                        {"part_of", n.part_of},
                        {"reason", n.reason}}));
    return {};
}

// The columns of the organisation repeat its latest name.
base::Result<void> repeat_latest(db::Connection& c, OrganisationId id) {
    TRY(auto found, find(c, id));
    if (!found) return base::error(base::ErrorKind::not_found, "no such organisation");
    TRY(const auto every, names_of(c, id));
    const auto* latest = name_in_force(every, base::day(9999, 12, 31));
    if (!latest) return {};
    found->name = latest->name;
    found->short_name = latest->short_name;
    found->part_of = latest->part_of;
    TRY(const auto search, search_text(c, *found));
    TRY_VOID(c.execute(R"sql(
        update organisations
           set name_de = :name_de, name_en = :name_en, short_de = :short_de, short_en = :short_en, part_of_id = :part_of, search = :search,
               sort_key = :sort_key, version = version + 1
         where id = :id
    )sql",
                       {{"id", id},
                        {"name_de", found->name.de},
                        {"name_en", found->name.en},
                        {"short_de", found->short_name.de},
                        {"short_en", found->short_name.en},
                        {"part_of", found->part_of},
                        {"search", search},
                        {"sort_key", sort_key_of(found->name.de)}}));
    return {};
}

// In the order of what a condition costs and leaves out: comparing a kind is cheap, words leave out most, and taking languages apart comes last.
std::string where_of(const Filter& f, db::Parameters& p) {
    std::string where = "1 = 1";
    if (f.kind) {
        where += " and o.kind = :kind";
        p.emplace_back("kind", name_of(*f.kind));
    }
    if (f.of_district)
        where += fmt::format(" and o.kind {} ('body', 'unit', 'subordinate_institution', 'district_company')", *f.of_district ? "in" : "not in");
    int n = 0;
    static constexpr std::string_view names[] = {"w0", "w1", "w2", "w3", "w4", "w5"};
    for (const auto& stem : search::stems(f.words)) {
        if (n == 6) break;
        where += fmt::format(" and o.search like :{}", names[n]);
        p.emplace_back(names[n++], "% " + stem + "%");
    }
    if (!f.ended_too) {
        where += " and (o.until_on is null or o.until_on >= :day) and (o.from_on is null or o.from_on <= :day)";
        p.emplace_back("day", f.day);
    }
    if (f.published_only) {
        where += " and o.published = :yes";
        p.emplace_back("yes", true);
    }
    if (!f.language.empty()) {
        where += " and ' ' || o.languages || ' ' like :language";
        p.emplace_back("language", "% " + f.language + " %");
    }
    return where;
}

std::string order_of(const std::string& sort) {
    if (sort == "-name") return "o.sort_key desc, o.id desc";
    if (sort == "art") return "o.kind, o.sort_key, o.id";
    if (sort == "-art") return "o.kind desc, o.sort_key, o.id";
    if (sort == "ort") return "o.city, o.sort_key, o.id";
    if (sort == "-ort") return "o.city desc, o.sort_key, o.id";
    if (sort == "ags") return "o.ags, o.sort_key, o.id";
    if (sort == "-ags") return "o.ags desc, o.sort_key, o.id";
    return "o.sort_key, o.id";
}

}  // namespace

base::Result<std::optional<Organisation>> find(db::Connection& c, OrganisationId id) {
    return c.query_one<Organisation>(fmt::format("select {} from organisations o where o.id = :id", columns), {{"id", id}}, organisation_of);
}

base::Result<std::optional<Organisation>> find_by_key(db::Connection& c, std::string_view key) {
    return c.query_one<Organisation>(fmt::format("select {} from organisations o where o.key = :key", columns), {{"key", key}}, organisation_of);
}

base::Result<std::vector<Name>> names_of(db::Connection& c, OrganisationId id) {
    return c.query<Name>(R"sql(
        select from_on, name_de, name_en, short_de, short_en, part_of_id, reason
          from organisation_names
         where organisation_id = :id
         order by from_on
    )sql",
                         {{"id", id}}, name_of_row);
}

base::Result<base::Bilingual> name_on(db::Connection& c, OrganisationId id, base::Day day) {
    TRY(const auto every, names_of(c, id));
    const auto* name = name_in_force(every, day);
    return name ? name->name : base::Bilingual{};
}

base::Result<std::vector<Named>> names(db::Connection& c, base::Day day) {
    return c.query<Named>(R"sql(
        select id, key, name_de, name_en
          from organisations
         where (until_on is null or until_on >= :day)
           and (from_on is null or from_on <= :day)
         order by sort_key, id
    )sql",
                          {{"day", day}}, [](const db::Row& row) {
                              return Named{row.id<OrganisationId>("id"), row.text("key"), {row.text("name_de"), row.text("name_en")}};
                          });
}

base::Result<Page> list(db::Connection& c, const Filter& f) {
    db::Parameters p;
    const auto where = where_of(f, p);
    const auto number = fmt::format("select count(*) as total from organisations o where {}", where);
    const auto beside_the_page = p;
    p.emplace_back("limit", f.limit);
    p.emplace_back("offset", f.offset);
    Page out;
    // What is searched for is looked for once: the pass that compares the words with every organisation finds the page and counts. Without words the
    // page is the beginning of an index, and counting is a pass of its own that compares no text.
    TRY_VOID(c.for_each(fmt::format(R"sql(
        select {}, fits.total, (select count(*) from contact_points p where p.organisation_id = o.id and p.withdrawn_at is null) as contacts
          from (select o.id, {} as total
                  from organisations o
                 where {}
                 order by {}
                 limit :limit offset :offset) fits
          join organisations o on o.id = fits.id
         order by {}
    )sql",
                                    columns, f.words.empty() ? "(" + number + ")" : "count(*) over ()", where, order_of(f.sort), order_of(f.sort)),
                        p, [&](const db::Row& row) {
                            out.total = row.int64("total");
                            out.found.push_back(organisation_of(row));
                            out.contacts.push_back(row.int64("contacts"));
                        }));
    if (out.found.empty() && f.offset > 0)  // a page after the last: how many there are still stands under it
        TRY_VOID(c.for_each(number, beside_the_page, [&](const db::Row& row) { out.total = row.int64("total"); }));
    if (!f.as_of_past) return out;
    for (auto& o : out.found) {
        TRY(const auto every, names_of(c, o.id));
        if (const auto* name = name_in_force(every, f.day)) o.name = name->name, o.short_name = name->short_name, o.part_of = name->part_of;
    }
    return out;
}

base::Result<std::vector<Organisation>> all(db::Connection& c) {
    return c.query<Organisation>(fmt::format("select {} from organisations o order by o.sort_key, o.id", columns), {}, organisation_of);
}

base::Result<std::vector<Organisation>> parts_of(db::Connection& c, OrganisationId id) {
    return c.query<Organisation>(fmt::format("select {} from organisations o where o.part_of_id = :id order by o.sort_key, o.id", columns),
                                 {{"id", id}}, organisation_of);
}

base::Result<std::vector<base::FieldError>> mistakes_of(db::Connection& c, const Organisation& o, std::string_view district) {
    auto mistakes = mistakes_in(o, district);
    TRY(auto more, conflicts_of(c, o));
    mistakes.insert(mistakes.end(), more.begin(), more.end());
    return mistakes;
}

base::Result<OrganisationId> save(db::Connection& c, Organisation o, std::string_view district, const By& by) {
    TRY(auto mistakes, mistakes_of(c, o, district));
    if (!mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    TRY(const auto before, find(c, o.id));
    TRY(const auto search, search_text(c, o));
    auto p = parameters_of(o, search);
    if (!before) {
        p.emplace_back("sample", o.sample);
        TRY(o.id, c.insert<OrganisationId>(R"sql(
            insert into organisations (key, kind, name_de, name_en, short_de, short_en, part_of_id, bearer_key, ags, street, postal_code, city, website,
                                       languages, from_on, until_on, published, search, sort_key, sample)
            values (:key, :kind, :name_de, :name_en, :short_de, :short_en, :part_of, :bearer, :ags, :street, :postal_code, :city, :website,
                    :languages, :from, :until, :published, :search, :sort_key, :sample)
            returning id
        )sql",
                                           p));
        TRY_VOID(write_name(c, o.id, {since_ever, o.name, o.short_name, o.part_of, {}}));
        TRY_VOID(recorded(c, by, o.key, "create", {}, values_of(o)));
        return o.id;
    }
    if (before->version != o.version) return base::error({base::ErrorKind::conflict, "somebody saved in between", {}, "version"});
    p.emplace_back("id", o.id);
    TRY_VOID(c.execute(R"sql(
        update organisations
           set key = :key, kind = :kind, name_de = :name_de, name_en = :name_en, short_de = :short_de, short_en = :short_en, part_of_id = :part_of,
               bearer_key = :bearer, ags = :ags, street = :street, postal_code = :postal_code, city = :city, website = :website,
               languages = :languages, from_on = :from, until_on = :until, published = :published, search = :search, sort_key = :sort_key,
               version = version + 1
         where id = :id
    )sql",
                       p));
    // Saving corrects the latest name; a new one from a day on is rename().
    TRY(const auto every, names_of(c, o.id));
    auto latest = every.empty() ? Name{} : every.back();
    latest.name = o.name;
    latest.short_name = o.short_name;
    latest.part_of = o.part_of;
    TRY_VOID(write_name(c, o.id, latest));
    TRY_VOID(recorded(c, by, o.key, "change", values_of(*before), values_of(o)));
    return o.id;
}

base::Result<void> rename(db::Connection& c, OrganisationId id, const Name& n, const By& by) {
    TRY(const auto before, find(c, id));
    if (!before) return base::error(base::ErrorKind::not_found, "no such organisation");
    TRY(const auto every, names_of(c, id));
    std::vector<base::FieldError> mistakes;
    if (n.name.de.empty()) mistakes.push_back({"name_de", message("Please give the name."), 0});
    if (!every.empty() && n.from <= every.back().from) mistakes.push_back({"from", message("The new name must begin after the last change."), 0});
    if (before->until && *before->until < n.from) mistakes.push_back({"from", message("The organisation had ended by then."), 0});
    if (n.part_of) {
        TRY(const auto parts, tree(c));
        if (parts.closes_a_circle(id, n.part_of)) mistakes.push_back({"part_of", message("This would make the organisation a part of itself."), 0});
    }
    if (!mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    TRY_VOID(write_name(c, id, n));
    TRY_VOID(repeat_latest(c, id));
    auto after = *before;
    after.name = n.name;
    after.short_name = n.short_name;
    after.part_of = n.part_of;
    auto values = values_of(after);
    values.emplace_back("renamed_from", base::iso(n.from));
    values.emplace_back("reason", n.reason);
    return recorded(c, by, before->key, "rename", values_of(*before), std::move(values));
}

base::Result<void> merge(db::Connection& c, OrganisationId from, OrganisationId into, base::Day last_day, const By& by) {
    TRY(const auto gone, find(c, from));
    TRY(const auto stays, find(c, into));
    if (!gone || !stays) return base::invalid("into", message("Please choose the organisation that goes on."));
    std::vector<base::FieldError> mistakes;
    if (from == into) mistakes.push_back({"into", message("An organisation cannot be merged into itself."), 0});
    if (gone->merged_into || (gone->until && *gone->until < last_day))
        mistakes.push_back({"last_day", message("The organisation has ended already."), 0});
    if (gone->from && last_day < *gone->from) mistakes.push_back({"last_day", message("The organisation did not exist yet on that day."), 0});
    const auto next = base::plus_days(last_day, 1);
    if (!stays->exists_on(next)) mistakes.push_back({"into", message("“{name}” does not exist on the day after.", {{"name", stays->name.de}}), 0});
    if (!mistakes.empty()) return tl::unexpected(refusal(std::move(mistakes)));
    TRY(const auto parts, parts_of(c, from));
    for (const auto& part : parts) {
        if (part.id == into) {  // the smaller one takes the larger one's place
            TRY_VOID(rename(c, into, {next, part.name, part.short_name, gone->part_of, gone->name.de}, by));
            continue;
        }
        if (!part.exists_on(next)) continue;
        TRY_VOID(rename(c, part.id, {next, part.name, part.short_name, into, gone->name.de}, by));
    }
    TRY_VOID(c.execute(
        "update contact_points set organisation_id = :into where organisation_id = :from and withdrawn_at is null and (until_on is null or until_on > :last)",
        {{"into", into}, {"from", from}, {"last", last_day}}));
    TRY_VOID(c.execute("update organisations set until_on = :last, merged_into_id = :into, version = version + 1 where id = :from",
                       {{"last", last_day}, {"into", into}, {"from", from}}));
    TRY_VOID(repeat_latest(c, into));
    auto after = *gone;
    after.until = last_day;
    after.merged_into = into;
    TRY_VOID(recorded(c, by, gone->key, "merge", values_of(*gone), values_of(after)));
    return recorded(c, by, stays->key, "take over", {}, {{"merged", gone->key}, {"last_day", base::iso(last_day)}});
}

base::Result<void> complete_search(db::Database& database) {
    const auto without = [](db::Connection& c) {
        return c.query<OrganisationId>("select id from organisations where search = '' order by id", {},
                                       [](const db::Row& row) { return row.id<OrganisationId>("id"); });
    };
    TRY(const auto ids, database.read(without));
    if (ids.empty()) return {};
    return database.write([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto still, without(c));
        for (const auto id : still) {
            TRY(const auto organisation, find(c, id));
            if (!organisation) continue;
            TRY(const auto text, search_text(c, *organisation));
            TRY_VOID(c.execute("update organisations set search = :text where id = :id", {{"text", text}, {"id", id}}));
        }
        return {};
    });
}

base::Result<void> remove_sample(db::Connection& c, const By& by) {
    const db::Parameters yes{{"yes", true}};
    TRY_VOID(c.execute("delete from contact_consents where contact_id in (select id from contact_points where sample = :yes)", yes));
    TRY_VOID(c.execute("delete from contact_points where sample = :yes", yes));
    TRY_VOID(c.execute("update organisations set part_of_id = null where part_of_id in (select id from organisations where sample = :yes)", yes));
    TRY_VOID(
        c.execute("update organisations set merged_into_id = null where merged_into_id in (select id from organisations where sample = :yes)", yes));
    TRY_VOID(
        c.execute("update organisation_names set part_of_id = null where part_of_id in (select id from organisations where sample = :yes)", yes));
    TRY_VOID(c.execute("delete from organisation_names where organisation_id in (select id from organisations where sample = :yes)", yes));
    TRY(const auto gone, c.execute("delete from organisations where sample = :yes", yes));
    return recorded(c, by, "sample", "remove", {{"organisations", std::to_string(gone)}}, {});
}

}  // namespace organisations
