// One page of a list costs what the page holds, not what the list does: how many there are is kept (list_index.h), the page is looked for in an index
// that holds all a list is filtered and sorted by, from whichever end of the list is nearer, and only its own rows are read.
#include <fmt/format.h>

#include "measures/dossiers.h"
#include "measures/list_index.h"
#include "platform/search/search.h"

namespace measures {
namespace {

struct Where {
    std::string text = "1 = 1";
    db::Parameters parameters;
    std::vector<std::unique_ptr<std::string>> names;  // of parameters that are made, as a parameter only points at its name

    void bind(std::string name, const std::string& value) {
        parameters.emplace_back(*names.emplace_back(std::make_unique<std::string>(std::move(name))), value);
    }
};

// The smallest and the largest term a word stands for: "berat" finds "beratung", too. Most words stand for one.
struct Term {
    std::string first, last;
    std::int64_t rows = 0;  // known where there are several
    bool is_one() const { return first == last; }
};

// Nothing when one of them finds nothing. The rarest comes first.
base::Result<std::optional<std::vector<Term>>> terms_in(db::Connection& c, const Filter& f) {
    std::vector<Term> out;
    if (!f.clause.empty()) {
        const auto clause = term_of_clause(f.plan, f.clause);
        out.push_back({clause, clause});
    }
    if (!f.words.empty()) {
        const auto stems = search::stems(f.words);
        // Words that search for nothing ("der", "a") find nothing.
        if (stems.empty()) return std::nullopt;
        for (const auto& stem : stems) {
            TRY(const auto range, c.query_one<Term>(R"sql(
                select (select min(term) from measure_terms where term >= :stem and term < :end) as first,
                       (select max(term) from measure_terms where term >= :stem and term < :end) as last
            )sql",
                                                    {{"stem", stem}, {"end", stem + "\xF4\x8F\xBF\xBF"}}, [](const db::Row& row) {
                                                        return Term{row.optional_text("first").value_or(""), row.optional_text("last").value_or("")};
                                                    }));
            if (!range || range->first.empty()) return std::nullopt;
            out.push_back(*range);
        }
    }
    if (out.size() < 2) return out;
    for (auto& term : out) {
        // How many does not matter any more where there are very many.
        TRY(const auto rows,
            c.query_one<std::int64_t>("select count(*) as n from (select 1 from measure_terms where term >= :first and term <= :last limit 20000) t",
                                      {{"first", term.first}, {"last", term.last}}, [](const db::Row& row) { return row.int64("n"); }));
        term.rows = rows.value_or(0);
    }
    std::stable_sort(out.begin(), out.end(), [](const Term& a, const Term& b) { return a.rows < b.rows; });
    return out;
}

// What measures, their terms and their counts have in common.
void add_facets(Where& w, const Filter& f, std::string_view of) {
    if (!f.states.empty()) {
        std::string names;
        for (const auto state : f.states) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name_of(state));
        w.text += fmt::format(" and {}.state in ({})", of, names);
    }
    if (f.kind) w.text += fmt::format(" and {}.kind = '{}'", of, name_of(*f.kind));
    if (!f.accountable.empty()) {
        w.text += fmt::format(" and {}.accountable = :accountable", of);
        w.bind("accountable", f.accountable);
    }
    if (!f.published_only) return;
    w.text += fmt::format(" and {}.published = :published", of);
    w.parameters.emplace_back("published", true);
}

void add_overdue(Where& w, const Filter& f) {
    if (!f.overdue_on) return;
    w.text +=
        " and (m.ends_on is null) = false and m.ends_on < :overdue_on"
        " and m.state in ('proposed', 'in_clarification', 'agreed', 'under_way', 'under_review')";
    w.parameters.emplace_back("overdue_on", *f.overdue_on);
}

std::string bind_term(Where& w, const Term& term, std::size_t number) {
    const auto name = fmt::format("term{}", number);
    w.bind(name, term.first);
    if (term.is_one()) return fmt::format("t{}.term = :{}", number, name);
    w.bind(name + "_last", term.last);
    return fmt::format("t{0}.term >= :{1} and t{0}.term <= :{1}_last", number, name);
}
void add_term(Where& w, const Term& term, std::size_t number, std::string_view measure) {
    const auto condition = bind_term(w, term, number);
    w.text += fmt::format(" and exists (select 1 from measure_terms t{0} where t{0}.measure_id = {1} and {2})", number, measure, condition);
}

// SQLite knows nothing of how many measures an office or a state has, and would rather sort all it finds than read an index in its order.
std::string by_index(db::Connection& c, std::string_view name) {
    return c.engine() == db::Engine::sqlite ? fmt::format(" indexed by measures_{}", name) : std::string();
}
// The index that stands in this order and holds all that lists are filtered by.
std::string_view order_index(const Filter& f) {
    switch (f.sort) {
        case Sort::key: return "in_order_of_key";
        case Sort::title: return "in_order_of_title";
        case Sort::end: return f.descending && !f.overdue_on ? "in_order_of_end_down" : "in_order_of_end";
        case Sort::state: return "in_order_of_state";
        case Sort::accountable: return "in_order_of_accountable";
    }
    return "in_order_of_key";
}

enum class From { begin, end };
std::string order_of(const Filter& f, From from) {
    const std::string down = f.descending != (from == From::end) ? " desc" : "";
    switch (f.sort) {
        case Sort::key: return "m.key" + down;
        case Sort::title: return fmt::format("m.title_de{0}, m.key{0}", down);
        case Sort::end:
            if (f.overdue_on) return fmt::format("m.ends_on{0}, m.key{0}", down);
            // What has no end comes last either way.
            return fmt::format("(m.ends_on is null){1}, m.ends_on{0}, m.key{0}", down, from == From::end ? " desc" : "");
        case Sort::state: return fmt::format("m.state{0}, m.key{0}", down);
        case Sort::accountable: return fmt::format("m.accountable{0}, m.key{0}", down);
    }
    return "m.key";
}

struct Counts {
    std::int64_t all = 0, found = 0;
};
base::Result<Counts> count(db::Connection& c, const Filter& f, const std::vector<Term>& terms) {
    Where kept;
    add_facets(kept, f, "k");
    TRY(const auto counts,
        c.query_one<Counts>(
            fmt::format(
                "select cast(sum(k.n) as bigint) as everything, cast(sum(case when {} then k.n else 0 end) as bigint) as found from measure_counts k",
                kept.text),
            kept.parameters,
            [](const db::Row& row) { return Counts{row.optional_int64("everything").value_or(0), row.optional_int64("found").value_or(0)}; }));
    auto out = counts.value_or(Counts{});
    if (out.found == 0 || (terms.empty() && !f.overdue_on)) return out;
    Where w;
    std::string sql;
    if (terms.empty()) {
        add_facets(w, f, "m");
        add_overdue(w, f);
        // Named either way, so that the day is looked up and not looked for.
        if (!f.published_only) w.text += " and m.published in (true, false)";
        sql = fmt::format("select count(*) as n from measures m{} where {}", by_index(c, "by_due"), w.text);
    } else {
        w.text = bind_term(w, terms[0], 0);
        add_facets(w, f, "t0");
        for (std::size_t i = 1; i < terms.size(); ++i) add_term(w, terms[i], i, "t0.measure_id");
        if (f.overdue_on) {
            Where overdue;
            add_overdue(overdue, f);
            w.text += fmt::format(" and exists (select 1 from measures m where m.id = t0.measure_id and {})", overdue.text);
            w.parameters.insert(w.parameters.end(), overdue.parameters.begin(), overdue.parameters.end());
        }
        sql = fmt::format("select count({}) as n from measure_terms t0 where {}", terms[0].is_one() ? "*" : "distinct t0.measure_id", w.text);
    }
    TRY(const auto found, c.query_one<std::int64_t>(sql, w.parameters, [](const db::Row& row) { return row.int64("n"); }));
    out.found = found.value_or(0);
    return out;
}

}  // namespace

base::Result<Page> list(db::Connection& c, const Filter& filter) {
    Page page;
    TRY(const auto terms, terms_in(c, filter));
    if (!terms) return page;
    Where w;
    add_facets(w, filter, "m");
    add_overdue(w, filter);
    const auto offset = static_cast<std::int64_t>(std::max(1, filter.page) - 1) * filter.per_page;
    if (filter.per_page == 0 || filter.read == Filter::Read::form) {
        for (std::size_t i = 0; i < terms->size(); ++i) add_term(w, (*terms)[i], i, "m.id");
        auto rest = fmt::format("where {} order by {}", w.text, order_of(filter, From::begin));
        if (filter.per_page > 0) rest += fmt::format(" limit {} offset {}", filter.per_page, offset);
        TRY(page.dossiers, dossiers(c, rest, w.parameters, filter.read));
        if (filter.per_page == 0) page.total = static_cast<std::int64_t>(page.dossiers.size());
        return page;
    }
    TRY(const auto counts, count(c, filter, *terms));
    page.total = counts.found;
    const auto rows = std::min<std::int64_t>(filter.per_page, page.total - offset);
    if (rows <= 0) return page;
    const auto behind = page.total - offset - rows;
    const auto from = behind < offset ? From::end : From::begin;
    const auto skipped = std::min(offset, behind);
    // Going through the index in order passes about so many rows. Where few were found, all of them are read and sorted instead; and where many rows are
    // passed, the measures with a term are read first instead of looking for each. The weights are measured (bench_measures).
    const auto passed = (skipped + rows) * counts.all / page.total;
    bool in_order = passed <= page.total * 20;
    if (!terms->empty()) {
        const auto looking_up = passed * 20, set_first = page.total * 5 + passed * 4, sorting = page.total * 30;
        const bool looks_up = looking_up <= std::min(set_first, sorting);
        in_order = looks_up || set_first <= sorting;
        for (std::size_t i = looks_up ? 0 : 1; i < terms->size(); ++i) add_term(w, (*terms)[i], i, "m.id");
        if (!looks_up) {
            w.text += fmt::format(" and m.id in (select t0.measure_id from measure_terms t0 where {}", bind_term(w, terms->front(), 0));
            Where same;
            add_facets(same, filter, "t0");
            w.text += fmt::format(" and {})", same.text);
        }
    }
    TRY(auto ids, c.query<MeasureId>(fmt::format("select m.id from measures m{} where {} order by {} limit {} offset {}",
                                                 in_order ? by_index(c, order_index(filter)) : "", w.text, order_of(filter, from), rows, skipped),
                                     w.parameters, [](const db::Row& row) { return row.id<MeasureId>("id"); }));
    if (from == From::end) std::reverse(ids.begin(), ids.end());
    TRY(page.dossiers, dossiers(c, ids, filter.read));
    return page;
}

}  // namespace measures
