#pragma once
// A small district for examples: one measure that is binding in every respect, and what the gate must know around it.
#include <ostream>

#include "measures/gate_rules.h"
#include "measures/life_rules.h"
#include "measures/target_rules.h"

namespace measures {

inline void PrintTo(State v, std::ostream* out) { *out << name_of(v); }
inline void PrintTo(Grade v, std::ostream* out) { *out << name_of(v); }
inline void PrintTo(TargetState v, std::ostream* out) { *out << name_of(v); }
inline void PrintTo(Rule v, std::ostream* out) { *out << name_of(v); }
inline void PrintTo(Risk v, std::ostream* out) { *out << name_of(v); }

namespace examples {

using base::day;
inline const base::Day today = day(2019, 5, 15);

struct District {
    std::vector<StatementFact> statements{{{"2018", "5.1-a"}, plan::Modality::obligation, true, day(2018, 1, 1), day(2020, 12, 31)},
                                          {{"2018", "5.1-b"}, plan::Modality::declaration, true, day(2018, 1, 1), day(2020, 12, 31)},
                                          {{"2021", "1-a"}, plan::Modality::obligation, false, day(2021, 1, 1), {}}};
    std::vector<BearerFact> bearers{{"officer", network::BearerKind::office, "landratsamt", {}},
                                    {"chair", network::BearerKind::office, "beirat", {}},
                                    {"soziales", network::BearerKind::unit, "landratsamt", {}},
                                    {"leitung-soziales", network::BearerKind::office, "soziales", {}},
                                    {"jugend", network::BearerKind::unit, "landratsamt", {}},
                                    {"vhs", network::BearerKind::subordinate_institution, "", {}},
                                    {"verkehrsbetrieb", network::BearerKind::district_company, "", {}},
                                    {"verein", network::BearerKind::partner, "", {}},
                                    {"stadt", network::BearerKind::municipality, "", {}}};
    std::vector<TargetFact> targets;
    std::vector<Delivery> deliveries;
    RuleSet rules;

    Surroundings on(base::Day at) const { return {at, statements, bearers, targets, deliveries, "officer", "chair", rules}; }
    Surroundings now() const { return on(today); }
};

inline Resource budget(int year = 2019) {
    Resource r;
    r.kind = ResourceKind::budget;
    r.budget_line = "3.1.5.30";
    r.year = year;
    r.planned = base::Cents{1200000};
    return r;
}

// Binding and verifiable: everything but the accepted evidence.
inline Measure binding_measure() {
    Measure m;
    m.id = MeasureId{1};
    m.key = "M-2019-001";
    m.title = {"Beratung in drei Sprachen", ""};
    m.accountable = "soziales";
    m.statements = {{"2018", "5.1-a"}};
    m.schedule = {day(2019, 1, 1), day(2019, 12, 31), Rhythm::none, {}};
    m.resources = {budget()};
    m.criterion = {CriterionKind::yes_or_no, {"Gibt es die Beratung in drei Sprachen?", ""}, {}};
    m.evidence_kind = "advice.answered";
    m.evidence_fixed_on = day(2019, 1, 10);
    return m;
}

inline Delivery delivery(const char* by = "soziales", const char* accepted_by = "officer", base::Day on = day(2019, 4, 1)) {
    Delivery d;
    d.id = DeliveryId{1};
    d.evidence = "e-1";
    d.kind = "advice.answered";
    d.delivered_by = by;
    d.occurred_on = on;
    d.recorded_on = base::plus_days(on, 1);
    d.accepted_by = accepted_by;
    if (*accepted_by) d.accepted_on = base::plus_days(on, 9);
    return d;
}

inline Target draft_target() {
    Target t;
    t.key = "Z-2019-01";
    t.title = {"Plätze in Sprachkursen", ""};
    t.text = {"Bis Ende 2019 gibt es wenigstens zwölf Plätze.", ""};
    t.goal = {Direction::at_least, Quantity::of(12), {}, "Plätze"};
    t.counted_from = day(2019, 1, 1);
    t.due_on = day(2019, 12, 31);
    t.evidence_kind = "funding.places_secured";
    return t;
}
inline ConsultationRequest request_to(Party party, base::Day asked = day(2019, 2, 1), base::Day answer_by = day(2019, 3, 1),
                                      const char* proof = "mail-1") {
    ConsultationRequest r;
    r.party = party;
    r.asked_on = asked;
    r.answer_by = answer_by;
    r.proof = proof;
    return r;
}
inline Opinion opinion_of(const Target& target, Party party, base::Day on = day(2019, 2, 20)) {
    Opinion o;
    o.party = party;
    o.received_on = on;
    o.text = "Zustimmung mit Hinweisen.";
    o.text_hash = text_hash(target);
    return o;
}

// An observation as the ledger would give it.
inline Observation seen(std::optional<Quantity> value) { return {value, value ? std::vector<std::string>{"e-1"} : std::vector<std::string>{}}; }

}  // namespace examples
}  // namespace measures
