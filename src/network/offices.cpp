#include "network/offices.h"

#include "platform/audit/api.h"
#include "platform/i18n/format.h"
#include "platform/mail/api.h"

namespace network {
namespace {

using base::message;

std::string text(const std::optional<base::Day>& day) { return day ? base::iso(*day) : ""; }

// In a message beside a field a day stands as the field takes it, in either language.
std::string as_typed(base::Day day) { return i18n::format_day(i18n::Language::de, day); }

base::Result<void> recorded(db::Connection& c, const identity::Actor& by, base::Instant now, std::string subject, std::int64_t record,
                            std::string action, audit::Values before, audit::Values after) {
    return audit::record(c, by, now, "network." + subject, std::to_string(record), std::move(action), std::move(before), std::move(after));
}

base::Result<std::vector<Holding>> holdings_of(db::Connection& c, BearerId office) {
    TRY(auto all, holdings(c));
    std::erase_if(all, [&](const Holding& h) { return h.office != office; });
    return all;
}

bool meet(base::Day a_from, const std::optional<base::Day>& a_until, base::Day b_from, const std::optional<base::Day>& b_until) {
    return !(a_until && *a_until < b_from) && !(b_until && *b_until < a_from);
}

}  // namespace

// Two people hold one office at once only by mistake, unless the office is one for several. The most crowded day decides: it is a first day.
std::vector<base::FieldError> terms_in_the_way(const Holding& wanted, const std::vector<Holding>& there, int at_most) {
    std::vector<const Holding*> in_the_way;
    for (const auto& h : there)
        if (h.id != wanted.id && meet(wanted.from, wanted.until, h.from, h.until)) in_the_way.push_back(&h);
    int most = 0;
    for (const auto* day_of : in_the_way) {
        const auto day = std::max(day_of->from, wanted.from);
        int on_that_day = 0;
        for (const auto* h : in_the_way) on_that_day += h->from <= day && (!h->until || day <= *h->until);
        most = std::max(most, on_that_day);
    }
    std::vector<base::FieldError> out;
    if (most < at_most) return out;
    for (const auto* h : in_the_way)
        out.push_back({"from",
                       message("The office is held already from {from} to {until}. End that term first.",
                               {{"from", as_typed(h->from)}, {"until", h->until ? as_typed(*h->until) : "…"}}),
                       0});
    return out;
}

base::Result<int> holders_at_most(db::Connection& c, BearerId office) {
    TRY(const auto found, c.query_one<int>("select holders_at_most from office_details where office_id = :id", {{"id", office}},
                                           [](const db::Row& row) { return static_cast<int>(row.int64("holders_at_most")); }));
    return found.value_or(1);
}

base::Result<void> set_holders_at_most(db::Connection& c, BearerId office, int most, const identity::Actor& by, base::Instant now) {
    TRY(const auto before, holders_at_most(c, office));
    if (before == most) return {};
    TRY_VOID(c.execute(R"sql(
        insert into office_details (office_id, holders_at_most) values (:id, :most)
        on conflict (office_id) do update set holders_at_most = excluded.holders_at_most
    )sql",
                       {{"id", office}, {"most", most}}));
    return recorded(c, by, now, "office", office.value, "change", {{"holders_at_most", std::to_string(before)}},
                    {{"holders_at_most", std::to_string(most)}});
}

base::Result<Mailboxes> mailboxes(db::Connection& c) {
    Mailboxes out;
    TRY_VOID(c.for_each("select b.key, d.mail from office_details d join bearers b on b.id = d.office_id where d.mail <> '' order by b.key", {},
                        [&](const db::Row& row) { out[row.text("key")] = row.text("mail"); }));
    return out;
}

std::vector<base::FieldError> mistakes_in_mailbox(const Bearer& bearer, std::string_view address) {
    if (address.empty()) return {};
    if (!belongs_to_district(bearer.kind))
        return {{"mail", message("Partners and municipalities are reached by the contacts of their organisation."), 0}};
    if (!mail::is_address(address)) return {{"mail", message("This is no mail address."), 0}};
    return {};
}

base::Result<void> set_mailbox(db::Connection& c, const Bearer& bearer, const std::string& address, const identity::Actor& by, base::Instant now) {
    if (auto mistakes = mistakes_in_mailbox(bearer, address); !mistakes.empty())
        return base::error({base::ErrorKind::invalid_input, "no mail address of an office", std::move(mistakes), {}});
    TRY(const auto known, mailboxes(c));
    const auto at = known.find(bearer.key);
    const auto before = at == known.end() ? std::string() : at->second;
    if (before == address) return {};
    TRY_VOID(c.execute(R"sql(
        insert into office_details (office_id, mail) values (:id, :mail)
        on conflict (office_id) do update set mail = excluded.mail
    )sql",
                       {{"id", bearer.id}, {"mail", address}}));
    // The address itself stays out of the trail: what leaves the table is gone.
    const auto said = [](const std::string& value, const char* otherwise) { return value.empty() ? "none" : otherwise; };
    return audit::record(c, by, now, "network.bearer", bearer.key, "change", {{"mail", said(before, "entered")}},
                         {{"mail", said(address, before.empty() ? "entered" : "another")}});
}

base::Result<std::vector<OfficeTask>> tasks_of(db::Connection& c, BearerId office) {
    db::Parameters p;
    if (office) p.emplace_back("office", office);
    return c.query<OfficeTask>(
        fmt::format("select id, office_id, title_de, title_en, plan_key, statement, counts_as, sample from office_tasks where {} and "
                    "withdrawn_at is null order by office_id, statement, id",
                    office ? "office_id = :office" : "1 = 1"),
        p, [](const db::Row& row) {
            return OfficeTask{row.id<TaskId>("id"), row.id<BearerId>("office_id"), {row.text("title_de"), row.text("title_en")},
                              row.text("plan_key"), row.text("statement"),         row.text("counts_as"),
                              row.boolean("sample")};
        });
}

base::Result<TaskId> add_task(db::Connection& c, const OfficeTask& t, const identity::Actor& by, base::Instant now) {
    if (t.title.de.empty()) return base::invalid("task", message("Please say what the office has to do."));
    TRY(const auto id, c.insert<TaskId>(R"sql(
        insert into office_tasks (office_id, title_de, title_en, plan_key, statement, counts_as, sample)
        values (:office, :de, :en, :plan, :statement, :counts_as, :sample)
        returning id
    )sql",
                                        {{"office", t.office},
                                         {"de", t.title.de},
                                         {"en", t.title.en},
                                         {"plan", t.plan},
                                         {"statement", t.statement},
                                         {"counts_as", t.counts_as},
                                         {"sample", t.sample}}));
    TRY_VOID(
        recorded(c, by, now, "task", id.value, "create", {},
                 {{"office", std::to_string(t.office.value)}, {"title_de", t.title.de}, {"statement", t.statement}, {"counts_as", t.counts_as}}));
    return id;
}

base::Result<void> withdraw_task(db::Connection& c, TaskId id, const identity::Actor& by, base::Instant now) {
    TRY(const auto changed,
        c.execute("update office_tasks set withdrawn_at = :now where id = :id and withdrawn_at is null", {{"now", now}, {"id", id}}));
    if (changed == 0) return base::error(base::ErrorKind::not_found, "no such task");
    return recorded(c, by, now, "task", id.value, "withdraw", {}, {});
}

base::Result<std::vector<Deputation>> deputations_of(db::Connection& c, BearerId office) {
    return c.query<Deputation>(
        "select id, office_id, from_on, until_on, reason, sample from office_deputations where office_id = :office and withdrawn_at is null order by from_on, id",
        {{"office", office}}, [](const db::Row& row) {
            return Deputation{row.id<DeputationId>("id"), row.id<BearerId>("office_id"), row.day("from_on"), row.optional_day("until_on"),
                              row.text("reason"),         row.boolean("sample")};
        });
}

base::Result<DeputationId> add_deputation(db::Connection& c, const Deputation& d, const identity::Actor& by, base::Instant now) {
    std::vector<base::FieldError> mistakes;
    if (d.until && *d.until < d.from) mistakes.push_back({"acts_until", message("The end lies before the beginning."), 0});
    TRY(const auto there, deputations_of(c, d.office));
    for (const auto& other : there)
        if (meet(d.from, d.until, other.from, other.until))
            mistakes.push_back({"acts_from",
                                message("The deputy acts already from {from} to {until}.",
                                        {{"from", as_typed(other.from)}, {"until", other.until ? as_typed(*other.until) : "…"}}),
                                0});
    if (!mistakes.empty()) return base::error({base::ErrorKind::invalid_input, "overlapping deputations", std::move(mistakes), {}});
    TRY(const auto id,
        c.insert<DeputationId>(
            "insert into office_deputations (office_id, from_on, until_on, reason, sample) values (:office, :from, :until, :reason, :sample) returning id",
            {{"office", d.office}, {"from", d.from}, {"until", d.until}, {"reason", d.reason}, {"sample", d.sample}}));
    TRY_VOID(recorded(c, by, now, "deputation", id.value, "create", {},
                      {{"office", std::to_string(d.office.value)}, {"from", base::iso(d.from)}, {"until", text(d.until)}, {"reason", d.reason}}));
    return id;
}

base::Result<void> withdraw_deputation(db::Connection& c, DeputationId id, const identity::Actor& by, base::Instant now) {
    TRY(const auto changed,
        c.execute("update office_deputations set withdrawn_at = :now where id = :id and withdrawn_at is null", {{"now", now}, {"id", id}}));
    if (changed == 0) return base::error(base::ErrorKind::not_found, "no such deputation");
    return recorded(c, by, now, "deputation", id.value, "withdraw", {}, {});
}

base::Result<std::vector<Handover>> handovers_of(db::Connection& c, BearerId office) {
    return c.query<Handover>(
        "select office_id, last_day, first_day, matters, note, made_at from office_handovers where office_id = :office order by last_day desc, id desc",
        {{"office", office}}, [](const db::Row& row) {
            return Handover{row.id<BearerId>("office_id"), row.day("last_day"), row.day("first_day"),
                            row.text("matters"),           row.text("note"),    row.instant("made_at")};
        });
}

base::Result<HandedOver> hand_over(db::Connection& c, BearerId office, base::Day last_day, const Successor& s, const std::string& matters,
                                   const std::string& note, const identity::Actor& by, base::Instant now) {
    TRY(const auto there, holdings_of(c, office));
    const auto current =
        std::find_if(there.begin(), there.end(), [&](const Holding& h) { return h.from <= last_day && (!h.until || last_day <= *h.until); });
    std::vector<base::FieldError> mistakes;
    if (current == there.end()) mistakes.push_back({"last_day", message("Nobody holds the office on that day."), 0});
    if (s.first_day <= last_day) mistakes.push_back({"first_day", message("The successor begins after the last day of the predecessor."), 0});
    if (s.until && *s.until < s.first_day) mistakes.push_back({"until", message("The term ends before it begins."), 0});
    if (!mistakes.empty()) return base::error({base::ErrorKind::invalid_input, "a handover with mistakes", std::move(mistakes), {}});
    HandedOver out;
    out.before = *current;
    if (current->until != last_day) TRY_VOID(end_holding(c, current->id, last_day, by, now));
    out.before.until = last_day;
    out.after = {
        .id = {}, .office = office, .from = s.first_day, .until = s.until, .funded_until = s.funded_until, .holder = s.holder, .deputy = s.deputy};
    TRY(out.after.id, add_holding(c, out.after, false, by, now));
    TRY_VOID(c.execute(
        "insert into office_handovers (office_id, last_day, first_day, matters, note, made_at) values (:office, :last, :first, :matters, :note, :now)",
        {{"office", office}, {"last", last_day}, {"first", s.first_day}, {"matters", matters}, {"note", note}, {"now", now}}));
    TRY_VOID(recorded(c, by, now, "handover", office.value, "hand over", {},
                      {{"last_day", base::iso(last_day)}, {"first_day", base::iso(s.first_day)}, {"note", note}}));
    return out;
}

base::Result<std::optional<audit::Trail>> trail(db::Connection& c, std::string_view key) {
    TRY(const auto bearer, bearer_by_key(c, key));
    if (!bearer) return std::optional<audit::Trail>();
    const auto id = std::to_string(bearer->id.value);
    audit::Trail out{bearer->name, "/stellen/" + bearer->key, {{"network.bearer", bearer->key}, {"network.office", id}, {"network.handover", id}}};
    // Withdrawn ones, too: that something was entered by mistake is a part of the history.
    for (const auto& [subject, sql] :
         {std::pair{"network.holding", "select id, from_on from office_holdings where office_id = :id order by id"},
          std::pair{"network.deputation", "select id, from_on from office_deputations where office_id = :id order by id"}})
        TRY_VOID(c.for_each(sql, {{"id", bearer->id}}, [&, what = subject](const db::Row& row) {
            out.traces.push_back({what, std::to_string(row.int64("id")), as_typed(row.day("from_on"))});
        }));
    TRY_VOID(c.for_each("select id, title_de from office_tasks where office_id = :id order by id", {{"id", bearer->id}},
                        [&](const db::Row& row) { out.traces.push_back({"network.task", std::to_string(row.int64("id")), row.text("title_de")}); }));
    return std::optional(std::move(out));
}

base::Result<std::vector<std::pair<std::string, std::string>>> evidence_of(db::Connection& c, HoldingId id) {
    return c.query<std::pair<std::string, std::string>>(
        "select subject, evidence_key from office_term_evidence where holding_id = :id order by subject", {{"id", id}},
        [](const db::Row& row) { return std::pair{row.text("subject"), row.text("evidence_key")}; });
}

base::Result<void> note_evidence(db::Connection& c, HoldingId id, const std::string& subject, const std::string& key) {
    if (key.empty()) {
        TRY_VOID(c.execute("delete from office_term_evidence where holding_id = :id and subject = :subject", {{"id", id}, {"subject", subject}}));
        return {};
    }
    TRY_VOID(c.execute(R"sql(
        insert into office_term_evidence (holding_id, subject, evidence_key) values (:id, :subject, :key)
        on conflict (holding_id, subject) do update set evidence_key = excluded.evidence_key
    )sql",
                       {{"id", id}, {"subject", subject}, {"key", key}}));
    return {};
}

}  // namespace network
