// Proving that the chain is whole.
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "platform/audit/chain.h"
#include "platform/audit/head.h"

namespace audit {
namespace {

constexpr std::size_t most_findings = 100;
constexpr std::string_view export_name = "miteinander-audit-head";

struct Check {
    Verification report;
    std::optional<Head> known;
    Tip last{0, first_digest()};
    bool met_known = false;
    std::set<std::int64_t> proved_purges;  // entries about whose purge an entry tells
    std::set<std::int64_t> purged;

    void find(std::int64_t number, Flaw flaw) {
        if (report.findings.size() < most_findings) report.findings.push_back({EntryId{number}, flaw});
    }

    void values(std::int64_t number, const std::optional<std::string>& json, std::string_view expected) {
        static const std::string digest_of_nothing = digest_of(std::vector<Field>{});
        if (!json) {
            if (expected != digest_of_nothing) find(number, Flaw::values_removed);
            return;
        }
        const auto fields = fields_from_json(*json);
        if (!fields || digest_of(*fields) != expected) return find(number, Flaw::values_altered);
        const auto blank = std::count_if(fields->begin(), fields->end(), [](const Field& f) { return !f.purged.empty(); });
        if (blank > 0) purged.insert(number);
        report.purged_fields += blank;
    }

    void entry(const db::Row& row) {
        Link link{row.int64("number"),
                  base::iso(row.instant("at")),
                  row.optional_int64("account_id").value_or(0),
                  row.text("subject"),
                  row.text("record"),
                  row.text("action"),
                  row.blob("values_digest").bytes};
        const auto stored = row.blob("digest").bytes;
        ++report.entries;
        const bool follows = link.number == last.number + 1;
        // Each missing number is named once; what follows a gap cannot be compared with what was before it.
        if (!follows)
            for (auto missing = last.number + 1; missing < link.number && report.findings.size() < most_findings; ++missing)
                find(missing, Flaw::removed);
        else if (digest_of(link, last.digest) != stored)
            find(link.number, Flaw::altered);
        values(link.number, row.optional_text("fields"), link.values_digest);
        if (link.subject == purged_subject && link.action == "purge") {
            std::int64_t about = 0;
            std::from_chars(link.record.data(), link.record.data() + link.record.size(), about);
            proved_purges.insert(about);
        }
        if (known && known->number == link.number) {
            met_known = true;
            if (known->digest != hex(stored)) find(link.number, Flaw::other_chain);
        }
        last = {link.number, stored};
    }

    void end(const Tip& head) {
        for (const auto number : purged)
            if (!proved_purges.contains(number)) find(number, Flaw::purge_unproved);
        if (head.number > last.number)
            find(last.number + 1, Flaw::cut_off);
        else if (head.number < last.number || head.digest != last.digest)
            find(last.number, Flaw::altered);
        if (known && known->number > 0 && !met_known && known->number > std::max(head.number, last.number)) find(last.number + 1, Flaw::cut_off);
        report.head = {last.number, hex(last.digest)};
    }
};

}  // namespace

base::Result<Head> head(db::Connection& c) {
    TRY(const auto newest, tip(c));
    return Head{newest.number, hex(newest.digest)};
}

std::string exported(const Head& head) { return fmt::format("{} {} {}", export_name, head.number, head.digest); }

base::Result<Head> parse_head(std::string_view line) {
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    const auto wrong = [] { return base::invalid("head", base::message("This is no exported head of an audit log.")); };
    if (!line.starts_with(export_name) || line.size() < export_name.size() + 3) return wrong();
    line.remove_prefix(export_name.size() + 1);
    const auto space = std::min(line.find(' '), line.size());
    const auto digest = line.substr(std::min(space + 1, line.size()));
    std::int64_t number = 0;
    const auto [end, code] = std::from_chars(line.data(), line.data() + space, number);
    if (code != std::errc() || end != line.data() + space || number < 0) return wrong();
    if (digest.size() != 2 * digest_size || digest.find_first_not_of("0123456789abcdef") != std::string_view::npos) return wrong();
    return Head{number, std::string(digest)};
}

base::Message message_of(const Finding& finding) {
    const std::vector<std::pair<std::string, std::string>> number{{"number", std::to_string(finding.entry.value)}};
    switch (finding.flaw) {
        case Flaw::removed: return base::message("Entry {number} was removed.", number);
        case Flaw::altered: return base::message("Entry {number} was altered.", number);
        case Flaw::values_altered: return base::message("The values of entry {number} were altered.", number);
        case Flaw::values_removed: return base::message("The values of entry {number} were removed without a trace.", number);
        case Flaw::purge_unproved: return base::message("Values of entry {number} are blank, but no entry says who purged them and why.", number);
        case Flaw::cut_off: return base::message("The log was cut off: entry {number} and those after it are gone.", number);
        case Flaw::other_chain: return base::message("Entry {number} is not the one of the exported head: this is another history.", number);
    }
    return {};
}

base::Result<Verification> verify(db::Connection& c, const std::optional<Head>& known) {
    Check check;
    check.known = known;
    TRY_VOID(c.for_each(R"sql(
        select e.number, e.at, e.account_id, e.subject, e.record, e.action, e.values_digest, e.digest, v.fields
          from audit_entries e
          left join audit_values v on v.entry_number = e.number
         order by e.number
    )sql",
                        {}, [&](const db::Row& row) { check.entry(row); }));
    TRY(const auto newest, tip(c));
    check.end(newest);
    return std::move(check.report);
}

}  // namespace audit
