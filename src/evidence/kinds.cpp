#include "evidence/kinds.h"

#include <algorithm>
#include <array>
#include <string>

namespace evidence {
namespace {

constexpr auto event = Shape::event;
constexpr auto state = Shape::state;

constexpr Unit paper{"paper", "papers", "Vorlage", "Vorlagen", "Vorlagen"};
constexpr Unit report{"report", "reports", "Bericht", "Berichte", "Berichten"};
constexpr Unit meeting{"meeting", "meetings", "Sitzung", "Sitzungen", "Sitzungen"};
constexpr Unit contact{"contact", "contacts", "Kontakt", "Kontakte", "Kontakten"};
constexpr Unit request{"request", "requests", "Anfrage", "Anfragen", "Anfragen"};
constexpr Unit answer{"answer", "answers", "Antwort", "Antworten", "Antworten"};
constexpr Unit offer{"offer", "offers", "Angebot", "Angebote", "Angeboten"};
constexpr Unit entry{"entry", "entries", "Eintrag", "Einträge", "Einträgen"};
constexpr Unit seat{"seat", "seats", "Sitz", "Sitze", "Sitzen"};
constexpr Unit place{"place", "places", "Platz", "Plätze", "Plätzen"};
constexpr Unit project{"project", "projects", "Projekt", "Projekte", "Projekten"};
constexpr Unit statement{"statement", "statements", "Stellungnahme", "Stellungnahmen", "Stellungnahmen"};
constexpr Unit decision{"decision", "decisions", "Entscheidung", "Entscheidungen", "Entscheidungen"};
constexpr Unit value{"value", "values", "Wert", "Werte", "Werten"};
constexpr Unit unit{"unit", "units", "Fachgebiet", "Fachgebiete", "Fachgebieten"};
constexpr Unit target{"target", "targets", "Zielvorgabe", "Zielvorgaben", "Zielvorgaben"};
constexpr Unit measure{"measure", "measures", "Maßnahme", "Maßnahmen", "Maßnahmen"};
constexpr Unit claim{"claim", "claims", "Abrechnung", "Abrechnungen", "Abrechnungen"};
constexpr Unit fair{"fair", "fairs", "Messe", "Messen", "Messen"};
constexpr Unit agreement{"agreement", "agreements", "Vereinbarung", "Vereinbarungen", "Vereinbarungen"};
constexpr Unit office{"office", "offices", "Stelle", "Stellen", "Stellen"};
constexpr Unit person{"person", "persons", "Person", "Personen", "Personen"};
constexpr Unit provider{"provider", "providers", "Träger", "Träger", "Trägern"};
constexpr Unit leaflet{"leaflet", "leaflets", "Merkblatt", "Merkblätter", "Merkblättern"};
constexpr Unit euro{"euro", "euros", "Euro", "Euro", "Euro"};
constexpr Unit participant{"participant", "participants", "Teilnehmende", "Teilnehmende", "Teilnehmenden"};
constexpr Unit review{"review", "reviews", "Überprüfung", "Überprüfungen", "Überprüfungen"};
constexpr Unit record{"record", "records", "Nachweis", "Nachweise", "Nachweisen"};
constexpr Unit none{};

// In the order of the names, so that they can be found by halving.
constexpr auto catalogue = std::to_array<Kind>({
    {"advice.answered", event, "Beratungsanfrage beantwortet", "advice request answered", answer, none},
    {"advice.requested", event, "Beratung angefragt", "advice requested", request, none},
    {"advice.requested_by_company", event, "Beratung durch ein Unternehmen angefragt", "advice requested by a company", request, none},
    {"advice.requested_by_group", event, "Beratung durch eine Fraktion angefragt", "advice requested by a parliamentary group", request, none},
    {"advice.requested_by_unit", event, "Beratung durch ein Fachgebiet angefragt", "advice requested by a unit", request, none},
    {"agreement.in_force", state, "Vereinbarung zum Datenaustausch in Kraft", "agreement on data exchange in force", agreement, none},
    {"catalogue.course_active", state, "Kurs im Angebot", "course on offer", offer, place},
    {"catalogue.offer_active", state, "Angebot im Katalog", "offer in the catalogue", offer, place},
    {"catalogue.offer_confirmed", event, "Angebot bestätigt", "offer confirmed", offer, none},
    {"catalogue.provider_entry", state, "Eintrag des Trägers (auch „kein Angebot“)", "provider's entry (\"no offer\" included)", entry, none},
    {"catalogue.provider_known", state, "bekannter Träger", "known provider", provider, none},
    {"council.consultation_answered", event, "Beteiligung zur Zielvorgabe abgeschlossen", "consultation on a target completed", statement, none},
    {"council.deliberation_held", event, "Umsetzung beraten", "implementation deliberated", meeting, none},
    {"council.evaluation_presented", event, "Evaluation vorgelegt", "evaluation presented", report, none},
    {"council.implementation_report_delivered", event, "Bericht über den Stand der Umsetzung vorgelegt",
     "report on the state of implementation presented", report, none},
    {"council.information_provided", event, "Auskunft an den Beirat erteilt", "information given to the council", answer, none},
    {"council.information_requested", event, "Auskunft vom Beirat erbeten", "information asked for by the council", request, none},
    {"council.meeting_held", event, "Sitzung abgehalten", "meeting held", meeting, participant},
    {"council.paper_delivered", event, "Berichts- und Beschlussvorlage übergeben", "report-and-resolution paper delivered", paper, none},
    {"council.report_delivered", event, "Bericht an den Kreistag übergeben", "report delivered to the district council", report, none},
    {"council.review_completed", event, "Konzept überprüft", "concept reviewed", review, none},
    {"council.seat_established", state, "Sitz im Beirat eingerichtet", "seat of the council established", seat, none},
    {"council.seat_filled", state, "Sitz im Beirat besetzt", "seat of the council filled", seat, none},
    {"council.target_in_force", state, "Zielvorgabe in Kraft", "target in force", target, none},
    {"events.fair_supported", event, "Messe unterstützt", "fair supported", fair, none},
    {"events.integrative_element_shown", event, "integratives Element gezeigt", "integrative element shown", entry, none},
    {"funding.care_funded", state, "soziale Betreuung gefördert", "social care funded", project, euro},
    {"funding.decision_made", event, "Förderentscheidung getroffen", "funding decision made", decision, euro},
    {"funding.places_secured", event, "Kursplätze durch Förderung gesichert", "course places secured by funding", project, place},
    {"funding.statement_given", event, "Stellungnahme zum Förderantrag abgegeben", "statement on the application given", statement, none},
    {"funding.support_provided", event, "bei Förderantrag unterstützt", "application supported", answer, none},
    {"funding.support_requested", event, "Unterstützung bei Förderantrag erbeten", "support with an application asked for", request, none},
    {"housing.proposal_sent", event, "Vorschlag zum Arbeitskreis Migration und Wohnen versandt",
     "proposal of the working group on migration and housing sent", paper, none},
    {"interpreters.claim_settled", event, "Aufwandsentschädigung abgerechnet", "allowance settled", claim, euro},
    {"interpreters.claim_submitted", event, "Aufwandsentschädigung beantragt", "allowance claimed", claim, euro},
    {"interpreters.service_available", state, "Sprachmittlung verfügbar", "interpreting available", unit, none},
    {"measures.binding", state, "Maßnahme verbindlich", "measure binding", measure, none},
    {"measures.project_supported", event, "Projekt angestoßen oder unterstützt", "project initiated or supported", project, none},
    {"measures.report_requested", event, "Bericht zur Maßnahme erbeten", "report on the measure asked for", request, none},
    {"measures.status_reported", event, "Stand der Maßnahme berichtet", "status of the measure reported", report, none},
    {"measures.under_way", state, "Maßnahme in Umsetzung", "measure under way", measure, none},
    {"network.contact_held", event, "Abstimmung durchgeführt", "exchange held", contact, none},
    {"network.contact_named", state, "Ansprechperson benannt", "contact named", contact, none},
    {"network.meeting_held", event, "Treffen abgehalten", "meeting held", meeting, participant},
    {"network.office_held", state, "Stelle besetzt", "office held", office, none},
    {"network.recommendation_given", event, "Empfehlung gegeben", "recommendation given", entry, none},
    {"network.resource_provided", event, "Netzwerk unterstützt", "network supported", record, euro},
    {"network.seat_filled", state, "Sitz im Netzwerk besetzt", "seat in the network filled", seat, none},
    {"publications.leaflet_current", state, "Merkblatt aktuell", "leaflet current", leaflet, none},
    {"statistics.data_delivered", event, "Daten geliefert", "data delivered", answer, none},
    {"statistics.data_requested", event, "Daten angefordert", "data requested", request, none},
    {"statistics.value_observed", event, "Kennzahl erhoben", "figure observed", value, none},
    {"support.commitment_advised", event, "Ehrenamt beraten", "voluntary commitment advised", contact, none},
    {"support.instruction_offered", event, "Unterweisung zum Konzept angeboten", "instruction on the concept offered", offer, participant},
    {"support.language_lessons_offered", event, "Sprachunterricht für Beschäftigte angeboten", "language lessons for staff offered", offer,
     participant},
    {"support.training_held", event, "Fortbildung durchgeführt", "training held", offer, person},
    {"support.training_needed", event, "Fortbildungsbedarf gemeldet", "need of training reported", request, none},
    {"support.training_offered", event, "Fortbildung angeboten", "training offered", offer, person},
    {"support.training_proposed", event, "Fortbildung vorgeschlagen", "training proposed", offer, none},
});
static_assert(std::is_sorted(catalogue.begin(), catalogue.end(), [](const Kind& a, const Kind& b) { return a.name < b.name; }));

}  // namespace

std::span<const Kind> kinds() { return catalogue; }

const Kind* find_kind(std::string_view name) {
    const auto it = std::lower_bound(catalogue.begin(), catalogue.end(), name, [](const Kind& k, std::string_view n) { return k.name < n; });
    return it != catalogue.end() && it->name == name ? &*it : nullptr;
}

bool is_kind_name(std::string_view name) {
    const auto dot = name.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size() || name.size() > 80) return false;
    if (name.find('.', dot + 1) != std::string_view::npos) return false;
    return std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; });
}

base::Bilingual name_of_kind(std::string_view name) {
    if (const Kind* kind = find_kind(name)) return {std::string(kind->de), std::string(kind->en)};
    const std::string quoted(name);
    return {"Nachweis „" + quoted + "“", "record \"" + quoted + "\""};
}

}  // namespace evidence
