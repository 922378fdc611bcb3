// The members of everything programs may send (docs/openapi.yaml), beside the names the forms have for them.
#include "measures/api_body.h"

namespace measures {
namespace {
using Type = Member::Type;
}

const Members& measure_members() {
    static const Members all = {{"title.de", "titel", Type::text, "title"},
                                {"title.en", "titel_en"},
                                {"working_name", "arbeitstitel"},
                                {"kind", "art"},
                                {"parent", "gehoert_zu"},
                                {"description.de", "beschreibung", Type::text, "description"},
                                {"description.en", "beschreibung_en"},
                                {"statements", "aussagen", Type::statements},
                                {"resolution", "beschluss", Type::text, "resolution"},
                                {"resolved_on", "beschlossen_am", Type::text, "resolved_on"},
                                {"accountable", "verantwortlich"},
                                {"joint", "gemeinschaftlich", Type::list},
                                {"coworkers", "mitwirkende", Type::list},
                                {"starts_on", "beginn"},
                                {"ends_on", "ende"},
                                {"rhythm", "rhythmus"},
                                {"fresh_days", "gueltig_tage", Type::integer},
                                {"criterion_kind", "kriterium_art"},
                                {"criterion.de", "kriterium"},
                                {"criterion.en", "kriterium_en"},
                                {"goal.direction", "kriterium_richtung"},
                                {"goal.value", "kriterium_wert", Type::decimal},
                                {"goal.upper", "kriterium_bis", Type::decimal},
                                {"goal.unit", "kriterium_einheit"},
                                {"targets", "zielvorgaben", Type::list},
                                {"evidence_kind", "nachweisart"},
                                {"report_interval_days", "berichtsabstand", Type::integer},
                                {"internal_note", "notiz"},
                                {"published", "veroeffentlicht", Type::boolean},
                                {"schedule_change.resolution", "termin_beschluss"},
                                {"schedule_change.resolved_on", "termin_beschlossen_am"}};
    return all;
}
const Members& step_members() {
    static const Members all = {{"move", "schritt"},          {"reason", "reason"},           {"finding", "finding"},        {"record", "record"},
                                {"resolution", "resolution"}, {"resolved_on", "resolved_on"}, {"replaced_by", "replaced_by"}};
    return all;
}
const Members& resource_members() {
    static const Members all = {{"kind", "art"},
                                {"budget_line", "haushaltsstelle"},
                                {"source", "quelle"},
                                {"year", "jahr", Type::integer},
                                {"planned_cents", "geplant", Type::cents},
                                {"spent_cents", "ausgegeben", Type::cents},
                                {"post_permille", "anteil", Type::permille},
                                {"project", "projekt"},
                                {"project_ends_on", "projekt_ende"},
                                {"description", "beschreibung"}};
    return all;
}
const Members& milestone_members() {
    static const Members all = {{"title.de", "titel"}, {"title.en", "titel_en"}, {"due_on", "faellig"}, {"reached_on", "erreicht"}};
    return all;
}
const Members& delivery_members() {
    static const Members all = {{"title.de", "titel"}, {"title.en", "titel_en"}, {"occurred_on", "tag", Type::text, "occurred_on"}};
    return all;
}
const Members& reason_members() {
    static const Members all = {{"reason", "reason"}};
    return all;
}
const Members& report_members() {
    static const Members all = {{"text", "text"},
                                {"assessment", "einschaetzung"},
                                {"percent", "prozent", Type::integer, "percent"},
                                {"given_on", "given_on"},
                                {"published", "veroeffentlicht", Type::boolean}};
    return all;
}
const Members& note_members() {
    static const Members all = {{"text", "text"}, {"public", "oeffentlich", Type::boolean}};
    return all;
}
const Members& dependency_members() {
    static const Members all = {{"needs", "needs"}};
    return all;
}
const Members& target_members() {
    static const Members all = {{"title.de", "titel", Type::text, "title"},
                                {"title.en", "titel_en"},
                                {"text.de", "text"},
                                {"text.en", "text_en"},
                                {"statement", "aussage", Type::statement},
                                {"goal.direction", "richtung"},
                                {"goal.value", "wert", Type::decimal},
                                {"goal.upper", "bis", Type::decimal, "upper"},
                                {"goal.unit", "einheit", Type::text, "unit"},
                                {"baseline", "ausgangswert", Type::decimal},
                                {"partly_from", "teilweise_ab", Type::decimal},
                                {"counted_from", "gezaehlt_ab"},
                                {"due_on", "frist", Type::text, "due_on"},
                                {"evidence_kind", "nachweisart", Type::text, "evidence_kind"},
                                {"indicator", "indikator"}};
    return all;
}
const Members& target_step_members() {
    static const Members all = {
        {"step",
         "schritt",
         Type::text,
         {},
         {{"request_opinion", "anfragen"},
          {"record_opinion", "stellungnahme"},
          {"make_ready", "reif"},
          {"decide", "entscheiden"},
          {"put_into_force", "inkraft"},
          {"conclude", "ergebnis"},
          {"override", "uebersteuern"},
          {"replace", "ersetzen"},
          {"publish", "veroeffentlichen"},
          {"hide", "verbergen"}}},
        {"party", "seite"},
        {"asked_on", "angefragt_am"},
        {"answer_by", "antwort_bis"},
        {"proof", "nachweis"},
        {"request", "anfrage", Type::integer},
        {"received_on", "eingegangen_am"},
        {"text", "text"},
        {"decision", "ergebnis", Type::text, {}, {{"resolved", "beschlossen"}, {"rejected", "abgelehnt"}, {"adjourned", "vertagt"}}},
        {"on", "tag"},
        {"meeting", "sitzung"},
        {"resolution", "beschluss"},
        {"yes", "ja", Type::integer},
        {"no", "nein", Type::integer},
        {"abstained", "enthalten", Type::integer},
        {"value", "wert", Type::decimal},
        {"outcome", "ergebnis", Type::text, "outcome"},
        {"reason", "grund", Type::text, "reason"},
        {"successor", "nachfolger", Type::text, "replaced_by"}};
    return all;
}
const Members& round_members() {
    static const Members all = {{"answer_by", "antwort_bis", Type::text, "answer_by"},
                                {"reminder_days", "erinnern", Type::numbers, "reminder_days"},
                                {"escalate_after_days", "melden_nach", Type::integer, "escalate_after_days"},
                                {"note", "hinweis"}};
    return all;
}
const Members& rule_members() {
    static const Members all = {{"optional", "freigestellt", Type::list}};
    return all;
}
const Members& invitation_members() {
    static const Members all = {{"partner", "partner"}, {"mail", "mail"}, {"language", "sprache"}, {"again", "erneut", Type::boolean}};
    return all;
}
const Members& word_members() {
    static const Members all = {{"title.de", "titel", Type::text, "title"},
                                {"title.en", "titel_en"},
                                {"description.de", "beschreibung", Type::text, "description"},
                                {"starts_on", "beginn"},
                                {"ends_on", "ende", Type::text, "ends_on"}};
    return all;
}

}  // namespace measures
