#include "network/tables.h"

#include <algorithm>
#include <map>

#include "platform/sheets/named_rows.h"
#include "platform/sheets/places.h"

namespace network {
namespace {

using base::message;

const std::vector<std::string>& headings(TableKind kind) {
    static const std::vector<std::string> offices{"key",      "kind",    "name_de",  "name_en",         "short_de",
                                                  "short_en", "part_of", "calendar", "holders_at_most", "mail"},
        terms{"office", "from", "until", "funded_until", "holder", "deputy"},
        tasks{"office", "title_de", "title_en", "plan", "statement", "counts_as"};
    return kind == TableKind::offices ? offices : kind == TableKind::terms ? terms : tasks;
}
const std::vector<std::string>& needed(TableKind kind) {
    static const std::vector<std::string> offices{"key", "kind", "name_de"}, terms{"office", "from"}, tasks{"office", "title_de"};
    return kind == TableKind::offices ? offices : kind == TableKind::terms ? terms : tasks;
}

std::string text(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }

std::vector<sheets::Cell> cells_of(const Bearer& b, const std::string& part_of, int at_most, const std::string& mail) {
    return {b.key,
            std::string(name_of(b.kind)),
            b.name.de,
            b.name.en,
            b.short_name.de,
            b.short_name.en,
            part_of,
            std::string(b.feed ? "ja" : "nein"),
            std::to_string(at_most),
            mail};
}
std::vector<sheets::Cell> cells_of(const Holding& h, const std::string& office) {
    return {office, base::iso(h.from), text(h.until), text(h.funded_until), h.holder, h.deputy};
}
std::vector<sheets::Cell> cells_of(const OfficeTask& t, const std::string& office) {
    return {office, t.title.de, t.title.en, t.plan, t.statement, t.counts_as};
}

struct There {
    std::vector<Bearer> bearers;
    std::vector<Holding> terms;
    std::vector<OfficeTask> tasks;
    std::map<std::string, const Bearer*> by_key;
    std::map<BearerId, std::string> keys;
    std::map<BearerId, int> at_most;
    Mailboxes mailboxes;

    std::string mail_of(const std::string& key) const {
        const auto it = mailboxes.find(key);
        return it == mailboxes.end() ? std::string() : it->second;
    }
    int room(BearerId office) const {
        const auto it = at_most.find(office);
        return it == at_most.end() ? 1 : it->second;
    }
};

base::Result<There> there_is(db::Connection& c) {
    There t;
    TRY(t.bearers, bearers(c));
    TRY(t.terms, holdings(c));
    TRY(t.tasks, tasks_of(c));
    for (const auto& b : t.bearers) {
        t.by_key[b.key] = &b;
        t.keys[b.id] = b.key;
    }
    TRY(t.mailboxes, mailboxes(c));
    TRY_VOID(c.for_each("select office_id, holders_at_most from office_details", {},
                        [&](const db::Row& row) { t.at_most[row.id<BearerId>("office_id")] = static_cast<int>(row.int64("holders_at_most")); }));
    return t;
}

void read_office(const sheets::NamedRow& r, const There& there, std::map<std::string, std::string>& seen, Import& out) {
    Import::Row row;
    row.place = r.place("key");
    auto& b = row.bearer;
    b.key = r.text("key");
    if (b.key.empty() || is_taken_by_a_page(b.key) || b.key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos)
        r.wrong("key", message("Only lower-case letters a to z, digits and hyphens."));
    if (const auto kind = bearer_kind(r.text("kind")))
        b.kind = *kind;
    else
        r.wrong("kind", message("“{kind}” is no kind of office or body.", {{"kind", r.text("kind")}}));
    b.name = {r.text("name_de"), r.text("name_en")};
    if (b.name.de.empty()) r.wrong("name_de", message("Please give the name."));
    b.short_name = {r.text("short_de"), r.text("short_en")};
    row.part_of = r.text("part_of");
    b.feed = r.truth("calendar", false);
    row.holders_at_most = r.number("holders_at_most", 1, 20).value_or(1);
    const auto [first, is_first] = seen.emplace(b.key, row.place);
    if (!is_first) r.wrong("key", message("This short name stands twice; first in {place}.", {{"place", first->second}}));
    // A table made before it had this column takes nobody's address away.
    row.mail = r.has("mail") ? r.text("mail") : there.mail_of(b.key);
    for (auto& mistake : mistakes_in_mailbox(b, row.mail)) r.wrong("mail", std::move(mistake.message));
    row.cells = cells_of(b, row.part_of, row.holders_at_most, row.mail);
    if (const auto it = there.by_key.find(b.key); it != there.by_key.end()) {
        b.id = it->second->id;
        row.fresh = false;
        if (row.cells ==
            cells_of(*it->second, it->second->part_of ? there.keys.at(it->second->part_of) : std::string(), there.room(b.id), there.mail_of(b.key))) {
            ++out.unchanged;
            return;
        }
    } else {
        for (const auto& other : there.bearers)
            if (other.name.de == b.name.de)
                out.hints.push_back({r.place("name_de"),
                                     message("“{name}” is there already under the short name {key}.", {{"name", b.name.de}, {"key", other.key}}), 0});
    }
    out.rows.push_back(std::move(row));
}

// The office a row of terms or tasks names; only an office is held and has tasks.
const Bearer* office_of(const sheets::NamedRow& r, const There& there) {
    const auto it = there.by_key.find(r.text("office"));
    if (it != there.by_key.end() && it->second->kind == BearerKind::office) return it->second;
    r.wrong("office", message("There is no office with the short name “{key}”.", {{"key", r.text("office")}}));
    return nullptr;
}

void read_term(const sheets::NamedRow& r, const There& there, std::vector<Holding>& to_stand, Import& out) {
    Import::Row row;
    row.place = r.place("office");
    auto& t = row.term;
    const auto mistakes = out.mistakes.size();
    const auto* office = office_of(r, there);
    if (office) t.office = office->id;
    const auto from = r.day("from");
    if (r.text("from").empty()) r.wrong("from", message("Please give the first day."));
    t.from = from.value_or(base::Day{});
    t.until = r.day("until");
    t.funded_until = r.day("funded_until");
    t.holder = r.text("holder");
    t.deputy = r.text("deputy");
    if (from && t.until && *t.until < *from) r.wrong("until", message("The term ends before it begins."));
    row.cells = cells_of(t, r.text("office"));
    if (out.mistakes.size() != mistakes) {
        out.rows.push_back(std::move(row));
        return;
    }
    for (const auto& h : there.terms)
        if (h.office == t.office && h.from == t.from) {
            row.replaces = h;
            row.fresh = false;
        }
    if (row.replaces && row.cells == cells_of(*row.replaces, office->key)) {
        ++out.unchanged;
        return;
    }
    // What will stand after the rows above: two holders at once are a mistake of the later row.
    std::vector<Holding> others;
    for (const auto& h : to_stand)
        if (h.office == t.office && !(row.replaces && h.id == row.replaces->id)) others.push_back(h);
    for (auto& mistake : terms_in_the_way(t, others, there.room(t.office))) r.wrong("from", std::move(mistake.message));
    if (row.replaces) std::erase_if(to_stand, [&](const Holding& h) { return h.id == row.replaces->id; });
    auto stands = t;
    stands.id = HoldingId{-static_cast<std::int64_t>(to_stand.size()) - 1};  // two rows of a table are two terms, though neither has a number yet
    to_stand.push_back(std::move(stands));
    if (row.fresh && !t.holder.empty())
        for (const auto& h : there.terms)
            if (h.holder == t.holder && h.office != t.office && (!h.until || t.from <= *h.until) && (!t.until || h.from <= *t.until))
                out.hints.push_back(
                    {r.place("holder"),
                     message("“{name}” holds another office at the same time: {office}.", {{"name", t.holder}, {"office", there.keys.at(h.office)}}),
                     0});
    out.rows.push_back(std::move(row));
}

void read_task(const sheets::NamedRow& r, const There& there, const std::optional<Statements>& statements, std::map<std::string, std::string>& seen,
               Import& out) {
    Import::Row row;
    row.place = r.place("office");
    auto& t = row.task;
    if (const auto* office = office_of(r, there)) t.office = office->id;
    t.title = {r.text("title_de"), r.text("title_en")};
    if (t.title.de.empty()) r.wrong("title_de", message("Please give the name."));
    t.plan = r.text("plan");
    t.statement = r.text("statement");
    t.counts_as = r.text("counts_as");
    const auto [first, is_first] = seen.emplace(r.text("office") + "\n" + t.title.de, row.place);
    if (!is_first) r.wrong("title_de", message("This task stands twice; first in {place}.", {{"place", first->second}}));
    row.cells = cells_of(t, r.text("office"));
    for (const auto& other : there.tasks) {
        if (other.office != t.office || other.title.de != t.title.de) continue;
        if (row.cells == cells_of(other, r.text("office"))) {
            ++out.unchanged;
            return;
        }
        row.fresh = false;
        t.id = other.id;
    }
    if (statements)
        for (auto& mistake : mistakes_in_statement(*statements, t.plan, t.statement)) r.wrong(mistake.field, std::move(mistake.message));
    out.rows.push_back(std::move(row));
}

// A table must not make a unit part of itself, not even through rows of its own.
void tell_circles(const There& there, Import& out) {
    std::map<std::string, std::string> parent;
    for (const auto& b : there.bearers) parent[b.key] = b.part_of ? there.keys.at(b.part_of) : std::string();
    for (const auto& row : out.rows) parent[row.bearer.key] = row.part_of;
    for (const auto& row : out.rows) {
        if (row.part_of.empty()) continue;
        if (!parent.contains(row.part_of)) {
            out.mistakes.push_back({row.place, message("There is no office with the short name “{key}”.", {{"key", row.part_of}}), 0});
            continue;
        }
        auto above = row.part_of;
        for (std::size_t steps = 0; !above.empty() && above != row.bearer.key && steps <= parent.size(); ++steps) above = parent[above];
        if (!above.empty()) out.mistakes.push_back({row.place, message("This would make the unit a part of itself."), 0});
    }
}

}  // namespace

std::string_view name_of(TableKind kind) { return kind == TableKind::offices ? "offices" : kind == TableKind::terms ? "terms" : "tasks"; }
std::optional<TableKind> table_kind(std::string_view name) {
    for (const auto kind : {TableKind::offices, TableKind::terms, TableKind::tasks})
        if (name_of(kind) == name) return kind;
    return {};
}

std::vector<sheets::Column> columns_of(TableKind kind) {
    std::vector<sheets::Column> out;
    for (const auto& heading : headings(kind))
        out.push_back({heading, sheets::Look::text, heading.starts_with("name") || heading.starts_with("title") ? 36 : 16});
    return out;
}

base::Result<std::vector<std::vector<sheets::Cell>>> written(db::Connection& c, TableKind kind) {
    TRY(const auto there, there_is(c));
    std::vector<std::vector<sheets::Cell>> out;
    if (kind == TableKind::offices)
        for (const auto& b : there.bearers)
            out.push_back(cells_of(b, b.part_of ? there.keys.at(b.part_of) : std::string(), there.room(b.id), there.mail_of(b.key)));
    if (kind == TableKind::terms)
        for (const auto& h : there.terms) out.push_back(cells_of(h, there.keys.at(h.office)));
    if (kind == TableKind::tasks)
        for (const auto& t : there.tasks) out.push_back(cells_of(t, there.keys.at(t.office)));
    return out;
}

base::Result<Import> read_table(db::Connection& c, const sheets::Workbook& book, TableKind kind, const std::optional<Statements>& statements) {
    Import out;
    out.kind = kind;
    TRY(const auto there, there_is(c));
    const sheets::NamedRows table(book.sheets.front(), headings(kind), needed(kind), out.mistakes);
    std::map<std::string, std::string> seen;
    auto to_stand = there.terms;
    for (const auto& r : table.rows()) {
        if (kind == TableKind::offices) read_office(r, there, seen, out);
        if (kind == TableKind::terms) read_term(r, there, to_stand, out);
        if (kind == TableKind::tasks) read_task(r, there, statements, seen, out);
    }
    if (kind == TableKind::offices) tell_circles(there, out);
    sheets::in_reading_order(out.mistakes);
    return out;
}

base::Result<void> carry_out(db::Connection& c, const Import& import, const identity::Actor& by, base::Instant now, const TermChanged& changed) {
    base::Error refused{base::ErrorKind::invalid_input, "an import with mistakes", import.mistakes, {}};
    if (!refused.fields.empty()) return tl::unexpected(std::move(refused));
    const auto gather = [&](const Import::Row& row, const base::Error& error) -> base::Result<void> {
        if (error.fields.empty()) return tl::unexpected(error);
        for (const auto& mistake : error.fields) refused.fields.push_back({row.place, mistake.message, 0});
        return {};
    };
    if (import.kind == TableKind::offices) {
        // Once without what they belong to, then with it: a parent may stand below its part.
        for (const auto& row : import.rows) {
            auto b = row.bearer;
            b.part_of = {};
            TRY(b.id, save_bearer(c, b, false, by, now));
            if (b.kind == BearerKind::office) TRY_VOID(set_holders_at_most(c, b.id, row.holders_at_most, by, now));
            TRY_VOID(set_mailbox(c, b, row.mail, by, now));
        }
        for (const auto& row : import.rows) {
            if (row.part_of.empty()) continue;
            auto b = row.bearer;
            TRY(const auto parent, bearer_by_key(c, row.part_of));
            if (!parent) return base::error(base::ErrorKind::conflict, "a unit went while the table was looked at");
            b.part_of = parent->id;
            if (const auto done = save_bearer(c, b, false, by, now); !done) TRY_VOID(gather(row, done.error()));
        }
    }
    if (import.kind == TableKind::terms) {
        TRY(const auto all, bearers(c));
        const auto office_of_term = [&](const Holding& h) -> const Bearer& {
            return *std::find_if(all.begin(), all.end(), [&](const Bearer& b) { return b.id == h.office; });
        };
        // What is replaced goes first, so that terms may swap their days within one table.
        for (const auto& row : import.rows)
            if (row.replaces) {
                TRY_VOID(changed(c, office_of_term(*row.replaces), *row.replaces, true));
                TRY_VOID(withdraw_holding(c, row.replaces->id, by, now));
            }
        for (const auto& row : import.rows) {
            auto term = row.term;
            const auto id = add_holding(c, term, false, by, now);
            if (!id) {
                TRY_VOID(gather(row, id.error()));
                continue;
            }
            term.id = *id;
            TRY_VOID(changed(c, office_of_term(term), term, false));
        }
    }
    if (import.kind == TableKind::tasks)
        for (const auto& row : import.rows) {
            if (row.task.id) TRY_VOID(withdraw_task(c, row.task.id, by, now));
            TRY_VOID(add_task(c, row.task, by, now));
        }
    if (!refused.fields.empty()) return tl::unexpected(std::move(refused));
    return {};
}

}  // namespace network
