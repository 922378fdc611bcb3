#include "exchanges/rules.h"

#include <algorithm>

namespace exchanges {

using base::message;

std::string_view name_of(Kind kind) { return kind == Kind::contact ? "contact" : "recommendation"; }
std::optional<Kind> kind_named(std::string_view name) {
    for (const auto kind : {Kind::contact, Kind::recommendation})
        if (name_of(kind) == name) return kind;
    return {};
}
base::Message title_of(Kind kind) { return kind == Kind::contact ? message("Contact") : message("Recommendation"); }

std::string_view name_of(Way way) {
    switch (way) {
        case Way::meeting: return "meeting";
        case Way::visit: return "visit";
        case Way::telephone: return "telephone";
        case Way::video: return "video";
        case Way::mail: return "mail";
    }
    return "meeting";
}
std::optional<Way> way_named(std::string_view name) {
    for (const auto way : {Way::meeting, Way::visit, Way::telephone, Way::video, Way::mail})
        if (name_of(way) == name) return way;
    return {};
}
base::Message title_of(Way way) {
    switch (way) {
        case Way::meeting: return message("Talk");
        case Way::visit: return message("Visit");
        case Way::telephone: return message("Telephone call");
        case Way::video: return message("Video call");
        case Way::mail: return message("In writing");
    }
    return message("Talk");
}

const std::vector<std::pair<std::string_view, base::Message>>& topics() {
    static const std::vector<std::pair<std::string_view, base::Message>> all{
        {"day-care", message("Day-care (5.4.1.1)")},
        {"language-classes", message("Language classes at schools (5.4.1.2)")},
        {"school-social-work", message("School social work (5.4.1.6)")},
        {"university", message("University and preparatory college (5.4.1.12)")},
        {"courses", message("Language courses and training (5.4.1)")},
        {"labour", message("Work and training (5.4.2)")},
        {"housing", message("Housing (5.4.3)")},
        {"migrant-organisations", message("Migrant self-organisations (5.3.2)")},
        {"network", message("Network NIMM (4.1)")},
        {"other", message("Other subject")},
    };
    return all;
}

base::Message topic_title(std::string_view key) {
    for (const auto& [name, title] : topics())
        if (name == key) return title;
    return message("Other subject");
}

std::vector<base::FieldError> mistakes_in(const Exchange& e, base::Day today) {
    std::vector<base::FieldError> out;
    if (today < e.on) out.push_back({"on", message("Record a contact once it has been held."), 0});
    if (std::none_of(topics().begin(), topics().end(), [&](const auto& t) { return t.first == e.topic; }))
        out.push_back({"topic", message("Please choose what it was about."), 0});
    if (e.office.empty()) out.push_back({"office", message("Please say which office held it."), 0});
    if (e.title.de.empty()) out.push_back({"title_de", message("Please give a title."), 0});
    // A contact with nobody is none.
    if (e.partners.empty() && e.others.empty()) out.push_back({"partner_1", message("Please say with whom: an organisation, or in words."), 0});
    return out;
}

evidence::Entry evidence_of(const Exchange& e) {
    evidence::Entry out;
    out.record.kind = e.kind == Kind::contact ? "network.contact_held" : "network.recommendation_given";
    out.record.subject = e.topic;
    out.record.organisation = e.office;
    out.record.occurred_on = e.on;
    out.record.attributes = {{e.kind == Kind::contact ? "topic" : "audience", e.topic}};
    out.record.title = e.title;
    out.record.published = e.published;
    out.sample = e.sample;
    return out;
}

}  // namespace exchanges
