#include "dataset/parse_network.h"

#include "exchanges/rules.h"
#include "groups/rules.h"
#include "mailing/rules.h"
#include "organisations/rules.h"

namespace dataset {
namespace {

using Names = std::vector<std::string>;

const Names& organisation_kinds() {
    static const Names all = [] {
        Names out;
        for (int i = 0; i < organisations::kinds; ++i) out.emplace_back(organisations::name_of(static_cast<organisations::Kind>(i)));
        return out;
    }();
    return all;
}
const Names group_kinds{"network", "working_group", "round"};
const Names bases{"standing", "agreement", "recommendation", "need"};
const Names answers{"open", "accepted", "declined"};
const Names meeting_states{"planned", "held", "cancelled"};
const Names exchange_kinds{"contact", "recommendation"};
const Names ways{"meeting", "visit", "telephone", "video", "mail"};
const Names contact_kinds{"function", "person"};
const Names consent_fields{"person", "email", "phone"};

std::optional<bool> is_person(std::string_view name) {
    if (name == "function") return false;
    if (name == "person") return true;
    return {};
}
std::optional<std::string> consent_field(std::string_view name) {
    if (std::find(consent_fields.begin(), consent_fields.end(), name) != consent_fields.end()) return std::string(name);
    return {};
}

class NetworkParser {
  public:
    NetworkParser(const std::string& file, Parsed& into) : file_(file), into_(into), data_(into.data.network) {}

    void document(Reader& r) {
        r.tables("organisation", "[[organisation]]", [&](Reader& t) { data_.organisations.push_back({organisation(t), t.place()}); });
        r.tables("contact", "[[contact]]", [&](Reader& t) { data_.contacts.push_back({contact(t), t.place()}); });
        r.tables("group", "[[group]]", [&](Reader& t) { data_.groups.push_back({group(t), t.place()}); });
        r.tables("seat", "[[seat]]", [&](Reader& t) { data_.seats.push_back({seat(t), t.place()}); });
        r.tables("seat_term", "[[seat_term]]", [&](Reader& t) { data_.seat_terms.push_back({seat_term(t), t.place()}); });
        r.tables("invitation", "[[invitation]]", [&](Reader& t) { data_.invitations.push_back({invitation(t), t.place()}); });
        r.tables("support", "[[support]]", [&](Reader& t) { data_.supports.push_back({support(t), t.place()}); });
        r.tables("meeting", "[[meeting]]", [&](Reader& t) { data_.meetings.push_back({meeting(t), t.place()}); });
        r.tables("exchange", "[[exchange]]", [&](Reader& t) { data_.exchanges.push_back({exchange(t), t.place()}); });
        r.tables("mailing_list", "[[mailing_list]]", [&](Reader& t) { data_.mailing_lists.push_back({mailing_list(t), t.place()}); });
        r.tables("office_task", "[[office_task]]", [&](Reader& t) { data_.office_tasks.push_back({office_task(t), t.place()}); });
        r.tables("deputation", "[[deputation]]", [&](Reader& t) { data_.deputations.push_back({deputation(t), t.place()}); });
    }

  private:
    void refer_to(Thing thing, const std::string& key, Place at) {
        if (!key.empty()) into_.references.push_back({thing, key, std::move(at)});
    }
    void refer(Thing thing, Reader& r, std::string_view name) { refer_to(thing, r.quiet_text(name), r.place_of(name)); }
    // What the rules of the capability object to, told at the table.
    static void tell(Reader& r, std::vector<base::FieldError> mistakes) {
        for (auto& mistake : mistakes) r.mistake_at(r.place(), std::move(mistake.message));
    }

    Organisation organisation(Reader& r) {
        refer(Thing::organisation, r, "part_of");
        refer(Thing::organisation, r, "merged_into");
        refer(Thing::bearer, r, "bearer");
        Organisation out;
        auto& o = out.value;
        o.key = r.text("key", Need::required);
        o.kind = r.choice<organisations::Kind>("kind", organisation_kinds(), organisations::kind_named);
        o.name = r.bilingual("name", Need::required);
        o.short_name = r.bilingual("short");
        out.part_of = r.text("part_of");
        out.merged_into = r.text("merged_into");
        o.bearer = r.text("bearer");
        o.ags = r.text("ags");
        o.street = r.text("street");
        o.postal_code = r.text("postal_code");
        o.city = r.text("city");
        o.website = r.text("website");
        o.languages = r.texts("languages");
        o.from = r.day("from");
        o.until = r.day("until");
        o.published = !r.boolean("hidden", false);
        if (!out.merged_into.empty() && !o.until) r.mistake("merged_into", base::message("What was merged into another has a last day: “until”."));
        r.tables("renamed", "“renamed” in [[organisation]]", [&](Reader& t) {
            refer(Thing::organisation, t, "part_of");
            out.renamed.push_back({t.day("from", Need::required).value_or(base::Day{}), t.bilingual("name", Need::required), t.bilingual("short"),
                                   t.text("part_of"), t.text("reason")});
        });
        if (!o.key.empty() && !o.name.de.empty()) tell(r, organisations::mistakes_in(o, ""));
        return out;
    }

    Contact contact(Reader& r) {
        refer(Thing::organisation, r, "organisation");
        Contact out;
        out.organisation = r.text("organisation", Need::required);
        auto& p = out.value;
        p.is_person = r.choice<bool>("kind", contact_kinds, is_person, false);
        p.label = r.bilingual("label", Need::required);
        p.person = r.text("person");
        p.email = r.text("email");
        p.phone = r.text("phone");
        p.topic = r.text("topic");
        p.from = r.day("from");
        p.until = r.day("until");
        p.published = r.boolean("published", false);
        r.tables("consents", "“consents” in [[contact]]", [&](Reader& t) {
            organisations::Consent consent;
            consent.field = t.choice<std::string>("field", consent_fields, consent_field);
            consent.purpose = t.text("purpose", Need::required);
            consent.given_on = t.day("given_on", Need::required).value_or(base::Day{});
            consent.withdrawn_on = t.day("withdrawn_on");
            p.consents.push_back(std::move(consent));
        });
        if (!p.label.de.empty()) tell(r, organisations::mistakes_in(p));
        return out;
    }

    groups::Group group(Reader& r) {
        refer(Thing::bearer, r, "lead");
        refer(Thing::bearer, r, "bearer");
        groups::Group g;
        g.key = r.text("key", Need::required);
        g.kind = r.choice<groups::GroupKind>("kind", group_kinds, groups::group_kind_named);
        g.title = r.bilingual("title", Need::required);
        g.purpose = r.bilingual("purpose");
        g.lead = r.text("lead");
        g.bearer = r.text("bearer");
        g.evidence_group = r.text("evidence_group");
        g.proposal_kind = r.text("proposal_kind");
        g.statement = r.text("statement");
        g.from = r.day("from");
        g.until = r.day("until");
        g.published = !r.boolean("hidden", false);
        if (!g.key.empty() && !g.title.de.empty()) tell(r, groups::mistakes_in(g));
        return g;
    }

    Seat seat(Reader& r) {
        refer(Thing::group, r, "group");
        Seat out;
        out.group = r.text("group", Need::required);
        out.value.key = r.text("key", Need::required);
        out.value.title = r.bilingual("title", Need::required);
        out.value.basis = r.choice<groups::Basis>("basis", bases, groups::basis_named);
        out.value.kept_for = r.text("kept_for");
        return out;
    }

    SeatTerm seat_term(Reader& r) {
        refer(Thing::group, r, "group");
        refer(Thing::organisation, r, "organisation");
        SeatTerm out;
        out.group = r.text("group", Need::required);
        out.seat = r.text("seat", Need::required);
        if (!out.seat.empty()) refer_to(Thing::seat, out.group + "/" + out.seat, r.place_of("seat"));
        out.organisation = r.text("organisation");
        out.value.from = r.day("from", Need::required).value_or(base::Day{});
        out.value.until = r.day("until");
        out.value.representative = r.text("representative");
        out.value.substitute = r.text("substitute");
        out.value.note = r.text("note");
        auto probe = out.value;
        probe.organisation = organisations::OrganisationId{out.organisation.empty() ? 0 : 1};
        if (r.has("from")) tell(r, groups::mistakes_in(probe, {}));
        return out;
    }

    Invitation invitation(Reader& r) {
        refer(Thing::group, r, "group");
        refer(Thing::organisation, r, "organisation");
        Invitation out;
        out.group = r.text("group", Need::required);
        out.organisation = r.text("organisation", Need::required);
        out.value.sent_on = r.day("sent_on", Need::required).value_or(base::Day{});
        out.value.answer = r.choice<groups::Answer>("answer", answers, groups::answer_named, groups::Answer::open);
        out.value.answered_on = r.day("answered_on");
        out.value.note = r.text("note");
        if ((out.value.answer == groups::Answer::open) == out.value.answered_on.has_value())
            r.mistake("answer", base::message("An answer has its day, “answered_on”, and the day an answer."));
        return out;
    }

    Support support(Reader& r) {
        refer(Thing::group, r, "group");
        Support out;
        out.group = r.text("group", Need::required);
        out.value.given_on = r.day("given_on", Need::required).value_or(base::Day{});
        out.value.title = r.bilingual("title", Need::required);
        if (const auto euros = r.quantity("euros")) out.value.cents = euros->thousandths / 10;
        return out;
    }

    Meeting meeting(Reader& r) {
        refer(Thing::group, r, "group");
        for (const auto& [key, line] : r.quiet_texts("present")) refer_to(Thing::organisation, key, {file_, line});
        Meeting out;
        out.group = r.text("group", Need::required);
        auto& m = out.value;
        m.on = r.day("on", Need::required).value_or(base::Day{});
        m.state = r.choice<groups::MeetingState>("state", meeting_states, groups::meeting_state_named, groups::MeetingState::held);
        m.title = r.bilingual("title", Need::required);
        m.place = r.text("place");
        m.agenda = r.text("agenda");
        m.minutes = r.text("minutes");
        if (r.has("participants")) m.participants = r.integer("participants", 0, 0, 10000);
        m.for_period = r.text("for_period");
        m.published = !r.boolean("hidden", false);
        out.present = r.texts("present");
        r.tables("tasks", "“tasks” in [[meeting]]", [&](Reader& t) {
            refer(Thing::bearer, t, "bearer");
            m.tasks.push_back({{}, t.text("title", Need::required), t.text("bearer"), t.day("due"), t.day("done")});
        });
        return out;
    }

    Exchange exchange(Reader& r) {
        refer(Thing::bearer, r, "office");
        for (const auto& [key, line] : r.quiet_texts("with")) refer_to(Thing::organisation, key, {file_, line});
        Exchange out;
        auto& e = out.value;
        e.kind = r.choice<exchanges::Kind>("kind", exchange_kinds, exchanges::kind_named, exchanges::Kind::contact);
        e.on = r.day("on", Need::required).value_or(base::Day{});
        e.topic = r.text("topic", Need::required);
        e.office = r.text("office", Need::required);
        e.way = r.choice<exchanges::Way>("way", ways, exchanges::way_named, exchanges::Way::meeting);
        e.title = r.bilingual("title", Need::required);
        e.others = r.text("others");
        e.outcome = r.text("outcome");
        e.published = !r.boolean("hidden", false);
        out.with = r.texts("with");
        auto probe = e;
        if (!out.with.empty()) probe.partners.push_back({1});
        if (!e.topic.empty() && !e.office.empty() && !e.title.de.empty()) tell(r, exchanges::mistakes_in(probe, e.on));
        return out;
    }

    mailing::List mailing_list(Reader& r) {
        mailing::List l;
        l.key = r.text("key", Need::required);
        l.title = r.bilingual("title", Need::required);
        l.purpose = r.bilingual("purpose", Need::required);
        l.open = !r.boolean("by_invitation", false);
        l.closed_on = r.day("closed_on");
        if (!l.key.empty() && !l.title.de.empty() && !l.purpose.de.empty()) tell(r, mailing::mistakes_in(l));
        return l;
    }

    OfficeTask office_task(Reader& r) {
        refer(Thing::bearer, r, "office");
        refer(Thing::plan, r, "plan");
        if (const auto statement = r.quiet_text("statement"), plan = r.quiet_text("plan"); !statement.empty() && !plan.empty())
            refer_to(Thing::statement, plan + "/" + statement, r.place_of("statement"));
        OfficeTask out;
        out.office = r.text("office", Need::required);
        out.value.title = r.bilingual("title", Need::required);
        out.value.plan = r.text("plan");
        out.value.statement = r.text("statement");
        out.value.counts_as = r.text("counts_as");
        return out;
    }

    Deputation deputation(Reader& r) {
        refer(Thing::bearer, r, "office");
        Deputation out;
        out.office = r.text("office", Need::required);
        out.value.from = r.day("from", Need::required).value_or(base::Day{});
        out.value.until = r.day("until");
        out.value.reason = r.text("reason");
        if (out.value.until && *out.value.until < out.value.from) r.mistake("until", base::message("The end lies before the beginning."));
        return out;
    }

    const std::string& file_;
    Parsed& into_;
    NetworkTables& data_;
};

}  // namespace

void parse_network(Reader& document, const std::string& file, Parsed& into) { NetworkParser(file, into).document(document); }

}  // namespace dataset
