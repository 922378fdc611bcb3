#include "platform/identity/permissions.h"

#include <algorithm>

#include <fmt/format.h>

#include "platform/i18n/translate.h"
#include "platform/identity/rules.h"

namespace identity {
namespace {

using i18n::marked;

constexpr auto anybody = Role::anonymous, reader = Role::reader, editor = Role::unit_editor, officer = Role::integration_officer,
               administrator = Role::administrator;
constexpr auto read = Access::read, change = Access::change;
constexpr auto all = Scope::all, own_unit = Scope::own_unit;

constexpr Permission table[] = {
    // What the program shows everybody. Pages leave out what is not published.
    {"/", read, anybody, all, marked("See the start page")},
    {"/assets", read, anybody, all, marked("Load the look of the pages")},
    {"/favicon.ico", read, anybody, all, marked("Load the look of the pages")},
    {"/heute", read, anybody, all, marked("Choose the day in a demonstration")},
    {"/impressum", read, anybody, all, marked("Read imprint, data protection and accessibility")},
    {"/datenschutz", read, anybody, all, marked("Read imprint, data protection and accessibility")},
    {"/barrierefreiheit", read, anybody, all, marked("Read imprint, data protection and accessibility")},
    {"/barrierefreiheit", change, anybody, all, marked("Report a barrier")},
    {"/umsetzung", read, anybody, all, marked("See the state of implementation")},
    {"/kennzahlen", read, anybody, all, marked("See the state of implementation")},
    {"/konzept", read, anybody, all, marked("Read published plans")},
    {"/pflichten", read, anybody, all, marked("See published duties and their states")},
    {"/fristen", read, anybody, all, marked("See deadlines of published duties")},
    {"/nachweise", read, anybody, all, marked("See published evidence")},
    {"/massnahmen", read, anybody, all, marked("See published measures and targets")},
    {"/zielvorgaben", read, anybody, all, marked("See published measures and targets")},
    {"/indikatoren", read, anybody, all, marked("See published indicators")},
    {"/stellen", read, anybody, all, marked("See offices and bodies")},
    {"/organisationen", read, anybody, all, marked("See organisations and networks")},
    {"/netzwerke", read, anybody, all, marked("See organisations and networks")},
    {"/verteiler", read, anybody, all, marked("See mailing lists and ask for their mails")},
    {"/verteiler/{key:slug}/anmeldung", change, anybody, all, marked("See mailing lists and ask for their mails")},
    {"/api", read, anybody, all, marked("Read what is published by a program")},

    // Doors: each asks for its own proof.
    {"/anmelden", read, anybody, all, marked("Sign in and out")},
    {"/anmelden", change, anybody, all, marked("Sign in and out")},
    {"/abmelden", change, anybody, all, marked("Sign in and out")},
    {"/passwort-vergessen", read, anybody, all, marked("Ask for a new password")},
    {"/passwort-vergessen", change, anybody, all, marked("Ask for a new password")},
    {"/einrichtung", read, anybody, all, marked("Use a one-time link")},
    {"/einrichtung", change, anybody, all, marked("Use a one-time link")},
    {"/einladung", read, anybody, all, marked("Use a one-time link")},
    {"/einladung", change, anybody, all, marked("Use a one-time link")},
    {"/passwort", read, anybody, all, marked("Use a one-time link")},
    {"/passwort", change, anybody, all, marked("Use a one-time link")},
    {"/rueckmeldung", read, anybody, all, marked("Use a one-time link")},
    {"/rueckmeldung", change, anybody, all, marked("Use a one-time link")},
    {"/bestaetigung", read, anybody, all, marked("Use a one-time link")},
    {"/bestaetigung", change, anybody, all, marked("Use a one-time link")},
    {"/abo", read, anybody, all, marked("Use a one-time link")},
    {"/abo", change, anybody, all, marked("Use a one-time link")},
    {"/abonnement", read, anybody, all, marked("Use a one-time link")},
    {"/abonnement", change, anybody, all, marked("Use a one-time link")},
    {"/abbestellen", read, anybody, all, marked("Use a one-time link")},
    {"/abbestellen", change, anybody, all, marked("Use a one-time link")},
    {"/zusage", read, anybody, all, marked("Use a one-time link")},
    {"/zusage", change, anybody, all, marked("Use a one-time link")},
    // Asked to sign in there, not told that nothing is there: the address of one's own account is no secret.
    {"/konto", read, anybody, all, marked("See one's own account")},
    {"/konto", change, reader, all, marked("Change one's own account")},
    {"/schreibtisch", read, anybody, all, marked("See one's own desk")},

    // Units.
    {"/rechte", read, reader, all, marked("See who may do what")},
    {"/bestaetigungen", read, reader, all, marked("See what has to be confirmed")},
    {"/verlauf", read, reader, all, marked("See who changed what")},
    {"/verteiler/{key:slug}/nachrichten", read, reader, all, marked("Read what was sent to mailing lists")},
    {"/kontakte", read, reader, all, marked("Read the contact log")},
    {"/kontakte/neu", read, editor, own_unit, marked("Keep the contact log")},
    {"/kontakte/{exchange}/bearbeiten", read, editor, own_unit, marked("Keep the contact log")},
    {"/kontakte", change, editor, own_unit, marked("Keep the contact log")},
    {"/datenschutz/verzeichnis", read, reader, all, marked("Read the register of processing activities")},
    {"/nachweise/neu", read, editor, own_unit, marked("Record and withdraw evidence")},
    {"/nachweise", change, editor, own_unit, marked("Record and withdraw evidence")},
    {"/pflichten/{key:any}/erklaerung", change, editor, own_unit, marked("Explain a state")},
    {"/massnahmen/abo", change, reader, all, marked("Subscribe to what changed")},
    {"/massnahmen/filter", change, reader, all, marked("Keep filters of lists")},
    {"/massnahmen/sammelbearbeitung", read, editor, own_unit, marked("Change several measures at once")},
    {"/massnahmen/sammelbearbeitung", change, editor, own_unit, marked("Change several measures at once")},
    {"/api", change, editor, own_unit, marked("Change measures and enter values by a program")},
    {"/api/v1/zusagen/{link:any}", change, anybody, all, marked("Use a one-time link")},
    {"/massnahmen/neu", read, editor, own_unit, marked("Propose and keep measures")},
    {"/massnahmen/vorlagen", read, editor, all, marked("Propose measures from templates")},
    {"/massnahmen/vorlagen", change, officer, all, marked("Keep templates, take measures over into another year")},
    {"/massnahmen/uebernehmen", read, officer, all, marked("Keep templates, take measures over into another year")},
    {"/massnahmen/uebernehmen", change, officer, all, marked("Keep templates, take measures over into another year")},
    {"/massnahmen/abfragen", read, editor, own_unit, marked("See status rounds of measures")},
    {"/massnahmen", change, editor, own_unit, marked("Propose and keep measures")},
    {"/indikatoren", change, editor, own_unit, marked("Enter values of indicators")},

    // Steering.
    {"/konzept/import", read, officer, all, marked("Import and mend plans")},
    {"/konzept", change, officer, all, marked("Import and mend plans")},
    {"/pflichten/neu", read, officer, all, marked("Compose duties, extend, waive, publish")},
    {"/pflichten/erinnerungen", read, officer, all, marked("Set the days of reminders")},
    {"/pflichten", change, officer, all, marked("Compose duties, extend, waive, publish")},
    {"/indikatoren/neu", read, officer, all, marked("Keep indicators")},
    {"/indikatoren/einlesen", read, officer, all, marked("Keep indicators")},
    {"/indikatoren/einlesen", change, officer, all, marked("Keep indicators")},
    {"/zielvorgaben/neu", read, officer, all, marked("Keep targets and their consultations")},
    {"/zielvorgaben", change, officer, all, marked("Keep targets and their consultations")},
    {"/api/v1/zielvorgaben", change, officer, all, marked("Keep targets and their consultations")},
    {"/massnahmen/abfragen", change, officer, all, marked("Ask how measures stand")},
    {"/api/v1/abfragen", change, officer, all, marked("Ask how measures stand")},
    {"/massnahmen/regeln", change, officer, all, marked("Set the rules measures must keep")},
    {"/api/v1/regeln", change, officer, all, marked("Set the rules measures must keep")},
    {"/massnahmen/zusagen", change, officer, all, marked("Invite partners to self-commitments")},
    {"/api/v1/zusagen", change, officer, all, marked("Invite partners to self-commitments")},
    {"/stellen/neu", read, officer, all, marked("Keep offices, bodies and their holders")},
    {"/stellen/anschriften", read, officer, all, marked("Keep offices, bodies and their holders")},
    {"/stellen/einlesen", read, officer, all, marked("Keep offices, bodies and their holders")},
    {"/stellen/tabelle", read, officer, all, marked("Keep offices, bodies and their holders")},
    {"/stellen/{key:slug}/bearbeiten", read, officer, all, marked("Keep offices, bodies and their holders")},
    {"/organisationen/neu", read, officer, all, marked("Keep organisations and their contacts")},
    {"/organisationen", change, officer, all, marked("Keep organisations and their contacts")},
    {"/organisationen/einlesen", read, officer, all, marked("Keep organisations and their contacts")},
    {"/organisationen/kontakte", read, officer, all, marked("Keep organisations and their contacts")},
    {"/bestaetigungen", change, officer, all, marked("Keep organisations and their contacts")},
    {"/netzwerke/neu", read, officer, all, marked("Found networks and working groups")},
    {"/netzwerke/neu", change, officer, all, marked("Found networks and working groups")},
    {"/netzwerke", change, editor, own_unit, marked("Keep networks: seats, meetings, tasks")},
    {"/verteiler/neu", read, officer, all, marked("Keep mailing lists and send messages")},
    {"/verteiler/{key:slug}/bearbeiten", read, officer, all, marked("Keep mailing lists and send messages")},
    {"/verteiler/{key:slug}/empfaenger", read, officer, all, marked("Keep mailing lists and send messages")},
    {"/verteiler/{key:slug}/nachrichten/neu", read, officer, all, marked("Keep mailing lists and send messages")},
    {"/verteiler/{key:slug}/nachrichten/{message}/bearbeiten", read, officer, all, marked("Keep mailing lists and send messages")},
    {"/verteiler", change, officer, all, marked("Keep mailing lists and send messages")},
    {"/stellen", change, officer, all, marked("Keep offices, bodies and their holders")},
    {"/datenschutz/auskunft", read, officer, all, marked("See what is kept about a person")},
    {"/datenschutz/auskunft", change, officer, all, marked("See what is kept about a person")},
    {"/datenschutz/fristen", read, officer, all, marked("See how long things are kept")},

    // Administration: people and settings, not content.
    {"/einstellungen", read, administrator, all, marked("Keep settings, texts and mail")},
    {"/einstellungen", change, administrator, all, marked("Keep settings, texts and mail")},
    {"/datenschutz/fristen", change, administrator, all, marked("Set how long things are kept")},
    {"/konten", read, administrator, all, marked("Keep accounts")},
    {"/konten", change, administrator, all, marked("Keep accounts")},
};

bool holds(std::string_view area, std::string_view pattern) {
    if (area == "/") return pattern == "/";
    return pattern.starts_with(area) && (pattern.size() == area.size() || pattern[area.size()] == '/' || pattern[area.size()] == '.');
}

Access access_of(http::Method m) { return http::is_safe(m) ? read : change; }

}  // namespace

std::span<const Permission> permissions() { return table; }

const Permission* permission_for(http::Method method, std::string_view pattern) {
    const Permission* found = nullptr;
    for (const auto& p : table)
        if (p.access == access_of(method) && holds(p.area, pattern) && (!found || p.area.size() > found->area.size())) found = &p;
    return found;
}

std::vector<Deed> deeds() {
    std::vector<Deed> out;
    for (const auto& p : table) {
        const auto same = std::ranges::find_if(out, [&](const Deed& deed) {
            return deed.front()->action == p.action && deed.front()->from == p.from && deed.front()->scope == p.scope;
        });
        if (same == out.end())
            out.push_back({&p});
        else
            same->push_back(&p);
    }
    return out;
}

Guard::Guard(const std::vector<http::Router::Entry>& routes) {
    for (const auto& route : routes) {
        if (const auto* p = permission_for(route.method, route.pattern))
            least_[static_cast<int>(access_of(route.method))].emplace(route.pattern, p->from);
        else
            unlisted_.push_back(std::string(http::name_of(route.method)) + " " + route.pattern);
    }
}

bool Guard::may(Role role, http::Method method, const std::string& pattern) const {
    const auto& least = least_[static_cast<int>(access_of(method))];
    const auto found = least.find(pattern);
    return found != least.end() && role >= found->second;
}

std::string permissions_as_markdown() {
    std::string out =
        "# Who may do what\n\nMade from `src/platform/identity/permissions.cpp` by `miteinander permissions`; a test holds both together. A route no line speaks "
        "of is denied to\neverybody, and what one may not see answers 404. *Own unit*: only records of the unit or office the account works for.\n\n"
        "| path | | anonymous | reader | editor of a unit | integration officer | administrator | what |\n|---|---|---|---|---|---|---|---|\n";
    for (const auto& p : table) {
        out += fmt::format("| `{}` | {} |", p.area, p.access == read ? "read" : "change");
        for (const auto role : {anybody, reader, editor, officer, administrator})
            out += role < p.from ? " – |" : p.scope == own_unit && role == editor ? " own unit |" : " yes |";
        out += fmt::format(" {} |\n", p.action);
    }
    return out;
}

}  // namespace identity
