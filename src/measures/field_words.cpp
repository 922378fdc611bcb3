#include "measures/field_words.h"

#include "measures/labels.h"
#include "measures/views.h"

namespace measures {
using base::message;

base::Message label_of_field(std::string_view field) {
    static const std::map<std::string_view, base::Message> labels = {
        {"kennung", message("Number")},
        {"titel", message("Title")},
        {"titel_en", message("Title in English")},
        {"arbeitstitel", message("Working name")},
        {"art", message("Kind")},
        {"gehoert_zu", message("Belongs to")},
        {"beschreibung", message("Description")},
        {"beschreibung_en", message("Description in English")},
        {"aussagen", message("Statements of the concept")},
        {"beschluss", message("Number of the resolution that orders it")},
        {"beschlossen_am", message("Resolved on")},
        {"verantwortlich", message("Accountable")},
        {"gemeinschaftlich", message("Jointly responsible")},
        {"mitwirkende", message("Working along")},
        {"beginn", message("Begins")},
        {"ende", message("Ends")},
        {"rhythmus", message("Rhythm")},
        {"gueltig_tage", message("Days evidence stays fresh")},
        {"kriterium_art", message("Criterion")},
        {"kriterium", message("Question")},
        {"kriterium_en", message("Question in English")},
        {"kriterium_richtung", message("Direction")},
        {"kriterium_wert", message("Value")},
        {"kriterium_bis", message("Upper limit")},
        {"kriterium_einheit", message("What is counted")},
        {"zielvorgaben", message("Targets of the council it serves")},
        {"nachweisart", message("Kind of evidence")},
        {"berichtsabstand", message("Days between status reports")},
        {"notiz", message("Internal note")},
        {"veroeffentlicht", message("The public may see this measure")},
        {"haushaltsstelle", message("Budget line")},
        {"quelle", message("Source of funds")},
        {"jahr", message("Year")},
        {"geplant", message("Planned")},
        {"ausgegeben", message("Spent")},
        {"anteil", message("Share of a post")},
        {"projekt", message("Project")},
        {"projekt_ende", message("End of its funding")},
        {"faellig", message("Due")},
        {"erreicht", message("Reached on")},
    };
    const auto at = labels.find(field);
    return at == labels.end() ? message("Field") : at->second;
}

std::string shown_value(const web::Context& context, const std::vector<network::Bearer>& bearers, std::string_view field, const std::string& value) {
    if (value.empty()) return "–";
    if (field == "verantwortlich" || field == "gemeinschaftlich" || field == "mitwirkende") {
        std::string out;
        for (const auto& key : split_list(value)) out += (out.empty() ? "" : ", ") + name_of_bearer(context, bearers, key);
        return out;
    }
    if (const auto day = base::parse_iso_day(value)) return context.format(*day);
    if (field == "art")
        if (const auto kind = kind_named(value)) return context.say(label_of(*kind));
    if (field == "rhythmus")
        if (const auto rhythm = rhythm_named(value)) return context.say(label_of(*rhythm));
    if (field == "kriterium_art")
        if (const auto kind = criterion_kind_named(value)) return context.say(label_of(*kind));
    if (field == "kriterium_richtung")
        if (const auto direction = direction_named(value)) return context.say(label_of(*direction));
    if (field == "veroeffentlicht") return context.say(value == "ja" ? message("yes") : message("no"));
    return value;
}

}  // namespace measures
