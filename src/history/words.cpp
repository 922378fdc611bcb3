#include "history/words.h"

#include <algorithm>

#include "exchanges/api.h"
#include "groups/api.h"
#include "network/api.h"
#include "organisations/api.h"
#include "platform/identity/pages.h"

namespace history {
namespace {

using base::message;

struct Named {
    std::string_view name;
    base::Message words;
};

// A name without words here is shown as it is.
const std::vector<Named>& words() {
    static const std::vector<Named> all{{"create", message("Created")},
                                        {"change", message("Changed")},
                                        {"withdraw", message("Withdrawn")},
                                        {"publish", message("Published")},
                                        {"withdraw_publication", message("Taken back from publication")},
                                        {"adopt", message("Adopted")},
                                        {"confirm", message("Confirmed")},
                                        {"end", message("Ended")},
                                        {"rename", message("Renamed")},
                                        {"merge", message("Merged into another")},
                                        {"take over", message("Took over another")},
                                        {"fill", message("Seat filled")},
                                        {"answer", message("Answered")},
                                        {"finish", message("Done")},
                                        {"hand over", message("Handed over")},
                                        {"consent", message("Consent given")},
                                        {"withdraw consent", message("Consent withdrawn")},
                                        {"send", message("Sent")},
                                        {"set_password", message("New password")},
                                        {"disable", message("Account disabled")},
                                        {"enable", message("Account enabled")},
                                        {"set_second_factor", message("Second factor set up")},
                                        {"remove_second_factor", message("Second factor removed")},
                                        {"use_recovery_code", message("Recovery code used")},
                                        {"add_passkey", message("Passkey added")},
                                        {"remove_passkey", message("Passkey removed")},
                                        {"remove_passkeys", message("All passkeys removed")},
                                        {"link_at_terminal", message("Link made at the command line of the server")},
                                        {"title_de", message("Title")},
                                        {"title_en", message("Title in English")},
                                        {"name_de", message("Name")},
                                        {"name_en", message("Name in English")},
                                        {"short_de", message("Short form (German)")},
                                        {"short_en", message("Short form (English)")},
                                        {"purpose_de", message("Purpose (German)")},
                                        {"purpose_en", message("Purpose (English)")},
                                        {"label_de", message("What the contact is for (German)")},
                                        {"label_en", message("What the contact is for (English)")},
                                        {"subject_de", message("Subject line (German)")},
                                        {"subject_en", message("Subject line (English)")},
                                        {"display_name", message("Shown to colleagues as")},
                                        {"published", message("Publication")},
                                        {"bearer", message("Bearer")},
                                        {"joint", message("Joint bearers")},
                                        {"modality", message("Modality")},
                                        {"valid_from", message("Valid from")},
                                        {"valid_until", message("Valid until")},
                                        {"grace_days", message("Grace in days")},
                                        {"rule", message("The rule")},
                                        {"origins", message("Origin")},
                                        {"clause", message("Clause")},
                                        {"statement", message("Statement")},
                                        {"kind", message("Kind")},
                                        {"subject", message("Subject")},
                                        {"topic", message("Subject")},
                                        {"way", message("How")},
                                        {"partners", message("With")},
                                        {"others", message("Also there")},
                                        {"outcome", message("Outcome")},
                                        {"organisation", message("Organisation")},
                                        {"part_of", message("Part of")},
                                        {"merged_into", message("Merged into another")},
                                        {"merged", message("Merged")},
                                        {"occurred_on", message("Day it happened")},
                                        {"on", message("Day")},
                                        {"until", message("Holds until")},
                                        {"last_day", message("Last day")},
                                        {"first_day", message("First day")},
                                        {"renamed_from", message("First day of the new name or place")},
                                        {"funded_until", message("Funded until")},
                                        {"sent_on", message("Sent on")},
                                        {"answer", message("Answer")},
                                        {"answered_on", message("Answered on")},
                                        {"given_on", message("Given on")},
                                        {"done_on", message("Done on")},
                                        {"due_on", message("By when")},
                                        {"due", message("By when")},
                                        {"closed_on", message("Closed from")},
                                        {"quantity", message("Quantity")},
                                        {"cents", message("Amount")},
                                        {"note", message("Internal note")},
                                        {"link", message("Link")},
                                        {"reason", message("Reason")},
                                        {"reason_de", message("Reason")},
                                        {"resolution", message("Resolution")},
                                        {"decided_on", message("Decided on")},
                                        {"new_due", message("New day")},
                                        {"withdrawn_on", message("Withdrawn on")},
                                        {"text_de", message("Text")},
                                        {"text_en", message("Text (English)")},
                                        {"holder", message("Holder")},
                                        {"deputy", message("Deputy")},
                                        {"representative", message("Representative")},
                                        {"substitute", message("Substitute")},
                                        {"person", message("Name of the person")},
                                        {"email", message("E-mail")},
                                        {"phone", message("Telephone")},
                                        {"mail", message("Mail address")},
                                        {"ags", message("AGS")},
                                        {"street", message("Street")},
                                        {"postal_code", message("Postal code")},
                                        {"city", message("Locality")},
                                        {"website", message("Web address")},
                                        {"languages", message("Languages spoken there")},
                                        {"language", message("Language")},
                                        {"lead", message("Coordinated by")},
                                        {"basis", message("Basis")},
                                        {"evidence_group", message("Keyword of its meetings")},
                                        {"counts_as", message("Also held for")},
                                        {"holders_at_most", message("How many people may hold the office at once")},
                                        {"feed", message("Calendar of its deadlines")},
                                        {"state", message("State")},
                                        {"place", message("Locality")},
                                        {"agenda", message("Agenda")},
                                        {"minutes", message("Minutes")},
                                        {"participants", message("Number of participants")},
                                        {"role", message("Role")},
                                        {"office", message("Office")},
                                        {"disabled", message("Account disabled")},
                                        {"recipients", message("Recipients")},
                                        {"open", message("open to everybody")},
                                        {"field", message("Field")},
                                        {"from", message("From")}};
    return all;
}

std::string looked_up(const std::map<std::string, std::string>& names, const std::string& value) {
    const auto found = names.find(value);
    return found == names.end() ? value : found->second;
}

std::string list_of(const std::map<std::string, std::string>& names, const std::string& ids) {
    std::string out;
    for (std::size_t at = 0; at < ids.size();) {
        const auto end = std::min(ids.find(' ', at), ids.size());
        out += (out.empty() ? "" : ", ") + looked_up(names, ids.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

// Choices, by the record they belong to: "kind" means something else of each.
std::optional<base::Message> choice(const std::string& subject, const std::string& field, const std::string& value) {
    const auto said = [](const auto& found) -> std::optional<base::Message> {
        if (!found) return {};
        return title_of(*found);
    };
    if (subject == "network.bearer" && field == "kind") return said(network::bearer_kind(value));
    if (subject == "organisations.organisation" && field == "kind") return said(organisations::kind_named(value));
    if (subject == "organisations.contact" && field == "kind") return value == "person" ? message("Person") : message("Function");
    if (subject == "organisations.contact" && field == "field")
        return value == "email" ? message("E-mail") : value == "phone" ? message("Telephone") : message("Name of the person");
    if (subject == "groups.group" && field == "kind") return said(groups::group_kind_named(value));
    if (subject == "groups.seat" && field == "basis") return said(groups::basis_named(value));
    if (subject == "groups.invitation" && field == "answer") return said(groups::answer_named(value));
    if (subject == "groups.meeting" && field == "state") return said(groups::meeting_state_named(value));
    if (subject == "exchanges.exchange" && field == "kind") return said(exchanges::kind_named(value));
    if (subject == "exchanges.exchange" && field == "way") return said(exchanges::way_named(value));
    if (subject == "exchanges.exchange" && field == "topic") return exchanges::topic_title(value);
    if (subject == "identity.account" && field == "role") {
        const auto role = identity::role_named(value);
        return role ? std::optional(identity::title_of(*role)) : std::nullopt;
    }
    if (subject == "network.bearer" && field == "mail")
        return value == "none" ? message("none") : value == "entered" ? message("entered") : message("another one");
    if (value == "yes") return message("yes");
    if (value == "no") return message("no");
    return {};
}

}  // namespace

base::Result<Names> names(db::Connection& c, const web::Context& context) {
    Names out;
    const auto language = i18n::code(context.language);
    TRY(const auto bearers, network::bearers(c));
    for (const auto& b : bearers) {
        out.bearers.emplace(std::to_string(b.id.value), b.name.in(language));
        out.bearers.emplace(b.key, b.name.in(language));
    }
    TRY_VOID(c.for_each("select id, key, name_de, name_en from organisations", {}, [&](const db::Row& row) {
        const auto name = base::Bilingual{row.text("name_de"), row.text("name_en")}.in(language);
        out.organisations.emplace(std::to_string(row.int64("id")), name);
        out.organisations.emplace(row.text("key"), name);
    }));
    return out;
}

std::string in_words(const web::Context& context, const std::string& name) {
    for (const auto& known : words())
        if (known.name == name) return context.say(known.words);
    return name;
}

bool is_shown(const std::string& field) {
    return field != "group" && field != "seat" && field != "meeting" && field != "purpose" && field != "kept_for" && field != "proposal_kind";
}

std::string value_in_words(const web::Context& context, const Names& names, const audit::Entry& entry, const std::string& field,
                           const std::string& value) {
    if (value.empty()) return value;
    if (const auto said = choice(entry.subject, field, value)) return context.say(*said);
    if (const auto day = base::parse_iso_day(value)) return context.format(*day);
    const bool of_offices = entry.subject.starts_with("network.") || entry.subject.starts_with("identity.");
    if (field == "bearer" || field == "lead" || field == "office" || (field == "part_of" && of_offices)) return looked_up(names.bearers, value);
    if (field == "organisation" && entry.subject == "groups.term" && value == "0") return {};
    if ((field == "organisation" && entry.subject.starts_with("groups.")) || field == "merged" || field == "merged_into" || field == "part_of" ||
        (field == "organisation" && entry.subject == "organisations.contact"))
        return looked_up(names.organisations, value);
    if (field == "partners") return list_of(names.organisations, value);
    if (field == "cents" && value.find_first_not_of("-0123456789") == std::string::npos && value.size() < 18)
        return i18n::format_money(context.language, std::stoll(value));
    return value;
}

}  // namespace history
