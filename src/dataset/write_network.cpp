#include "dataset/write_network.h"

#include <algorithm>

#include "dataset/toml_writer.h"
#include "dataset/write.h"

namespace dataset {
namespace {

template <class T, class Before>
std::vector<const T*> in_order(const std::vector<Placed<T>>& all, Before&& comes_before) {
    std::vector<const T*> out;
    for (const auto& placed : all) out.push_back(&placed.value);
    std::stable_sort(out.begin(), out.end(), [&](const T* a, const T* b) { return comes_before(*a, *b); });
    return out;
}

// { from = 2019-07-01, name = { … } } and its like, parts that are empty left out.
class Inline {
  public:
    Inline& raw(std::string_view key, const std::string& value) {
        text_ += fmt::format("{}{} = {}", text_.empty() ? "" : ", ", key, value);
        return *this;
    }
    Inline& text(std::string_view key, const std::string& value) { return value.empty() ? *this : raw(key, toml_quoted(value)); }
    Inline& bilingual(std::string_view key, const base::Bilingual& value) { return value.empty() ? *this : raw(key, inline_text(value)); }
    Inline& day(std::string_view key, const std::optional<base::Day>& value) { return value ? raw(key, base::iso(*value)) : *this; }
    std::string str() const { return "{ " + text_ + " }"; }

  private:
    std::string text_;
};

}  // namespace

std::string organisations_file(const NetworkTables& d) {
    std::string out;
    Writer w(out);
    for (const auto* one : in_order(d.organisations, [](const Organisation& a, const Organisation& b) { return before(a.value.key, b.value.key); })) {
        const auto& o = one->value;
        w.open("[[organisation]]");
        w.text("key", o.key);
        w.text("kind", organisations::name_of(o.kind));
        w.bilingual("name", o.name);
        w.bilingual("short", o.short_name);
        w.text("part_of", one->part_of);
        w.text("bearer", o.bearer);
        w.text("ags", o.ags);
        w.text("street", o.street);
        w.text("postal_code", o.postal_code);
        w.text("city", o.city);
        w.text("website", o.website);
        w.texts("languages", o.languages);
        w.day("from", o.from);
        w.day("until", o.until);
        w.text("merged_into", one->merged_into);
        w.truth("hidden", !o.published);
        if (!one->renamed.empty())
            w.raw("renamed", list(one->renamed, [](const Renaming& r) {
                      return Inline()
                          .day("from", r.from)
                          .bilingual("name", r.name)
                          .bilingual("short", r.short_name)
                          .text("part_of", r.part_of)
                          .text("reason", r.reason)
                          .str();
                  }));
        w.close();
    }
    for (const auto* one : in_order(d.contacts, [](const Contact& a, const Contact& b) {
             return std::tie(a.organisation, a.value.label.de, a.value.email) < std::tie(b.organisation, b.value.label.de, b.value.email);
         })) {
        const auto& p = one->value;
        w.open("[[contact]]");
        w.text("organisation", one->organisation);
        if (p.is_person) w.text("kind", "person");
        w.bilingual("label", p.label);
        w.text("person", p.person);
        w.text("email", p.email);
        w.text("phone", p.phone);
        w.text("topic", p.topic);
        w.day("from", p.from);
        w.day("until", p.until);
        w.truth("published", p.published);
        if (!p.consents.empty())
            w.raw("consents", list(p.consents, [](const organisations::Consent& c) {
                      return Inline()
                          .text("field", c.field)
                          .text("purpose", c.purpose)
                          .day("given_on", c.given_on)
                          .day("withdrawn_on", c.withdrawn_on)
                          .str();
                  }));
        w.close();
    }
    return out;
}

std::string groups_file(const NetworkTables& d) {
    std::string out;
    Writer w(out);
    for (const auto* g : in_order(d.groups, [](const groups::Group& a, const groups::Group& b) { return before(a.key, b.key); })) {
        w.open("[[group]]");
        w.text("key", g->key);
        w.text("kind", groups::name_of(g->kind));
        w.bilingual("title", g->title);
        w.bilingual("purpose", g->purpose);
        w.text("lead", g->lead);
        w.text("bearer", g->bearer);
        w.text("evidence_group", g->evidence_group);
        w.text("proposal_kind", g->proposal_kind);
        w.text("statement", g->statement);
        w.day("from", g->from);
        w.day("until", g->until);
        w.truth("hidden", !g->published);
        w.close();
    }
    // Seats in the order they were kept: it is the order of the page.
    for (const auto* s : in_order(d.seats, [](const Seat& a, const Seat& b) { return a.group < b.group; })) {
        w.open("[[seat]]");
        w.text("group", s->group);
        w.text("key", s->value.key);
        w.bilingual("title", s->value.title);
        w.text("basis", groups::name_of(s->value.basis));
        w.text("kept_for", s->value.kept_for);
        w.close();
    }
    for (const auto* t : in_order(d.seat_terms, [](const SeatTerm& a, const SeatTerm& b) {
             return std::tie(a.group, a.seat, a.value.from) < std::tie(b.group, b.seat, b.value.from);
         })) {
        w.open("[[seat_term]]");
        w.text("group", t->group);
        w.text("seat", t->seat);
        w.day("from", t->value.from);
        w.day("until", t->value.until);
        w.text("organisation", t->organisation);
        w.text("representative", t->value.representative);
        w.text("substitute", t->value.substitute);
        w.text("note", t->value.note);
        w.close();
    }
    for (const auto* i : in_order(d.invitations, [](const Invitation& a, const Invitation& b) {
             return std::tie(a.group, a.value.sent_on, a.organisation) < std::tie(b.group, b.value.sent_on, b.organisation);
         })) {
        w.open("[[invitation]]");
        w.text("group", i->group);
        w.text("organisation", i->organisation);
        w.day("sent_on", i->value.sent_on);
        if (i->value.answer != groups::Answer::open) w.text("answer", groups::name_of(i->value.answer));
        w.day("answered_on", i->value.answered_on);
        w.text("note", i->value.note);
        w.close();
    }
    for (const auto* s : in_order(d.supports, [](const Support& a, const Support& b) {
             return std::tie(a.group, a.value.given_on, a.value.title.de) < std::tie(b.group, b.value.given_on, b.value.title.de);
         })) {
        w.open("[[support]]");
        w.text("group", s->group);
        w.day("given_on", s->value.given_on);
        w.bilingual("title", s->value.title);
        if (s->value.cents) w.quantity("euros", evidence::Quantity{*s->value.cents * 10});
        w.close();
    }
    for (const auto* one : in_order(d.meetings, [](const Meeting& a, const Meeting& b) {
             return std::tie(a.group, a.value.on, a.value.title.de) < std::tie(b.group, b.value.on, b.value.title.de);
         })) {
        const auto& m = one->value;
        w.open("[[meeting]]");
        w.text("group", one->group);
        w.day("on", m.on);
        if (m.state != groups::MeetingState::held) w.text("state", groups::name_of(m.state));
        w.bilingual("title", m.title);
        w.text("place", m.place);
        w.text("agenda", m.agenda);
        w.text("minutes", m.minutes);
        if (m.participants) w.number("participants", *m.participants, -1);
        w.text("for_period", m.for_period);
        w.truth("hidden", !m.published);
        auto present = one->present;
        std::sort(present.begin(), present.end());
        w.texts("present", present);
        if (!m.tasks.empty())
            w.raw("tasks", list(m.tasks, [](const groups::Task& t) {
                      return Inline().text("title", t.title).text("bearer", t.bearer).day("due", t.due).day("done", t.done).str();
                  }));
        w.close();
    }
    return out;
}

std::string exchanges_file(const NetworkTables& d) {
    std::string out;
    Writer w(out);
    for (const auto* one : in_order(d.exchanges, [](const Exchange& a, const Exchange& b) {
             return std::tie(a.value.on, a.value.topic, a.value.title.de) < std::tie(b.value.on, b.value.topic, b.value.title.de);
         })) {
        const auto& e = one->value;
        w.open("[[exchange]]");
        if (e.kind != exchanges::Kind::contact) w.text("kind", exchanges::name_of(e.kind));
        w.day("on", e.on);
        w.text("topic", e.topic);
        w.text("office", e.office);
        if (e.way != exchanges::Way::meeting) w.text("way", exchanges::name_of(e.way));
        w.bilingual("title", e.title);
        auto with = one->with;
        std::sort(with.begin(), with.end());
        w.texts("with", with);
        w.text("others", e.others);
        w.text("outcome", e.outcome);
        w.truth("hidden", !e.published);
        w.close();
    }
    for (const auto* l : in_order(d.mailing_lists, [](const mailing::List& a, const mailing::List& b) { return before(a.key, b.key); })) {
        w.open("[[mailing_list]]");
        w.text("key", l->key);
        w.bilingual("title", l->title);
        w.bilingual("purpose", l->purpose);
        w.truth("by_invitation", !l->open);
        w.day("closed_on", l->closed_on);
        w.close();
    }
    return out;
}

std::string office_tables(const NetworkTables& d) {
    std::string out;
    Writer w(out);
    for (const auto* t : in_order(d.office_tasks, [](const OfficeTask& a, const OfficeTask& b) {
             return std::tie(a.office, a.value.title.de) < std::tie(b.office, b.value.title.de);
         })) {
        w.open("[[office_task]]");
        w.text("office", t->office);
        w.bilingual("title", t->value.title);
        w.text("plan", t->value.plan);
        w.text("statement", t->value.statement);
        w.text("counts_as", t->value.counts_as);
        w.close();
    }
    for (const auto* t : in_order(d.deputations, [](const Deputation& a, const Deputation& b) {
             return std::tie(a.office, a.value.from) < std::tie(b.office, b.value.from);
         })) {
        w.open("[[deputation]]");
        w.text("office", t->office);
        w.day("from", t->value.from);
        w.day("until", t->value.until);
        w.text("reason", t->value.reason);
        w.close();
    }
    return out;
}

}  // namespace dataset
