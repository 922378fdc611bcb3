#include "measures/list_columns.h"

namespace measures {
namespace {

using sheets::Look;

constexpr ListColumn columns[] = {
    {"kennung", "Nummer", "nr|lfd nr|kennung|massnahmennummer|massnahme nr|m nr|id", Look::text, 12},
    {"titel", "Titel", "massnahme|massnahmen|bezeichnung|name|was|vorhaben|massnahmentitel|titel der massnahme|kurztitel|projekt|offizieller name",
     Look::text, 44},
    {"titel_en", "Titel (Englisch)", "title|titel en", Look::text, 30},
    {"arbeitstitel", "Arbeitstitel", "interner name|arbeitsname", Look::text, 24, Audience::internal},
    {"zustand", "Zustand", "", Look::text, 16},
    {"art", "Art", "art der massnahme|massnahmenart|typ", Look::text, 16},
    {"gehoert_zu", "Gehört zu", "uebergeordnet|uebergeordnete massnahme|oberziel|rahmenziel|gehoert zu", Look::text, 12},
    {"beschreibung", "Beschreibung",
     "inhalt|erlaeuterung|beschreibung der massnahme|kurzbeschreibung|details|ziel|ziele|zielsetzung|umsetzung|umsetzungsschritte", Look::text, 60},
    {"beschreibung_en", "Beschreibung (Englisch)", "description|beschreibung en", Look::text, 30},
    {"aussagen", "Aussagen des Konzepts", "ziffer|ziffern|aussage|aussagen|bezug|konzept|konzeptziffer|kapitel|punkt|grundlage|bezug zum konzept",
     Look::text, 20},
    {"beschluss", "Beschlussnummer", "beschluss|beschluss nr|drucksache|vorlage", Look::text, 16},
    {"beschlossen_am", "Beschlossen am", "beschlussdatum|datum des beschlusses", Look::day, 14},
    {"verantwortlich", "Verantwortlich",
     "verantwortliche stelle|verantwortlichkeit|zustaendig|zustaendigkeit|federfuehrung|federfuehrend|wer|stelle|amt|fachbereich|fachgebiet|traeger|akteur|verantwortung|zustaendige stelle",
     Look::text, 30},
    {"gemeinschaftlich", "Gemeinschaftlich", "gemeinsam mit|gemeinschaftlich verantwortlich|gemeinschaftlich mit", Look::text, 24},
    {"mitwirkende", "Mitwirkende", "beteiligte|partner|kooperationspartner|mitwirkung|mit wem|beteiligung|unterstuetzung", Look::text, 30},
    {"beginn", "Beginn", "start|von|ab|anfang|startdatum", Look::day, 12},
    {"ende", "Ende", "bis|frist|termin|faellig|faellig am|bis wann|zieldatum|abschluss|umsetzung bis|enddatum|erledigen bis", Look::day, 12},
    {"rhythmus", "Rhythmus", "turnus|wie oft|haeufigkeit|intervall", Look::text, 14},
    {"gueltig_tage", "Nachweis gilt Tage", "gueltig tage", Look::number, 10},
    {"kriterium_art", "Kriterium", "kriteriumsart|kriterium art", Look::text, 14},
    {"kriterium", "Frage des Kriteriums", "erfolgskriterium|pruefkriterium|messgroesse|woran erkennbar|frage", Look::text, 40},
    {"kriterium_en", "Frage (Englisch)", "kriterium en", Look::text, 24},
    {"kriterium_richtung", "Richtung", "kriterium richtung", Look::text, 14},
    {"kriterium_wert", "Wert", "zielwert|sollwert|kriterium wert", Look::number, 10},
    {"kriterium_bis", "Obergrenze", "hoechstwert|kriterium bis", Look::number, 10},
    {"kriterium_einheit", "Einheit", "was gezaehlt wird|kriterium einheit", Look::text, 14},
    {"zielvorgaben", "Zielvorgaben", "zielvorgabe", Look::text, 14},
    {"nachweisart", "Nachweisart", "nachweis|art des nachweises|beleg", Look::text, 24},
    {"berichtsabstand", "Tage zwischen Berichten", "berichtsabstand", Look::number, 10},
    {"notiz", "Interne Notiz",
     "notiz|bemerkung|bemerkungen|anmerkung|anmerkungen|hinweis|hinweise|kommentar|sachstand|stand|status|umsetzungsstand|prioritaet", Look::text, 40,
     Audience::internal},
    {"veroeffentlicht", "Veröffentlicht", "oeffentlich|veroeffentlicht", Look::text, 12},
};
constexpr ListColumn import_only[] = {
    {period_field, "Zeitraum", "laufzeit|zeit|zeitrahmen|zeitplan|wann|umsetzungszeitraum|jahr|zeithorizont|dauer"},
    {amount_field, "Mittel: Betrag",
     "kosten|betrag|mittel|budget|finanzierung|finanzbedarf|finanzielle mittel|kosten in euro|kosten in eur|haushaltsmittel"},
    {line_field, "Mittel: Haushaltsstelle", "haushaltsstelle|produkt|produktsachkonto|konto|kostenstelle|hhst"},
    {year_field, "Mittel: Jahr", "haushaltsjahr"},
    {source_field, "Mittel: Quelle", "mittelherkunft|finanzierungsquelle|foerdermittel|foerderprogramm"},
};

}  // namespace

std::span<const ListColumn> list_columns() { return columns; }
std::span<const ListColumn> import_only_columns() { return import_only; }
const ListColumn* list_column(std::string_view field) {
    for (const auto& all : {list_columns(), import_only_columns()})
        for (const auto& column : all)
            if (column.field == field) return &column;
    return nullptr;
}

}  // namespace measures
