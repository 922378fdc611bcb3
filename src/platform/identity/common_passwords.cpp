// Words and keyboard runs that head every published list of guessed passwords, German ones and those of this trade included. Compared in
// lower case, also with digits and signs behind them (see objections_to_password).
#include "platform/identity/accounts.h"

namespace identity {
namespace {

constexpr std::string_view list[] = {
    "passwort", "password", "kennwort", "hallo", "hallo123", "geheim", "schatz", "schalke04", "sommer", "winter", "herbst", "frühling",
    "sonnenschein", "sonne", "qwertz", "qwerty", "qwertzuiop", "qwertyuiop", "asdfgh", "asdfghjkl", "yxcvbnm", "zxcvbnm", "abcdef", "abcdefg",
    "abcdefgh", "abcdefghijkl", "123456", "1234567", "12345678", "123456789", "1234567890", "12345678910", "123456789012", "111111", "000000",
    "666666", "123123", "123321", "654321", "987654321", "0987654321", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "admin", "administrator", "adminadmin",
    "root", "rootroot", "toor", "welcome", "willkommen", "letmein", "login", "anmelden", "iloveyou", "ichliebedich", "liebe", "monkey", "dragon",
    "master", "football", "fussball", "fußball", "baseball", "superman", "batman", "starwars", "princess", "prinzessin", "shadow", "michael",
    "michelle", "daniel", "thomas", "andreas", "stefan", "christian", "alexander", "sebastian", "martin", "nicole", "sandra", "sabine", "susanne",
    "claudia", "julia", "jessica", "jennifer", "charlie", "ashley", "bailey", "passw0rd", "p@ssword", "p@ssw0rd", "trustno1", "access", "flower",
    "hottie", "loveme", "zaq1zaq1", "lovely", "whatever", "freedom", "computer", "internet", "samsung", "killer", "test", "test123", "testtest",
    "testing", "tester", "demo", "demodemo", "beispiel", "muster", "mustermann", "changeme", "changeit", "ändermich", "default", "standard", "start",
    "start123", "startstart", "initial", "service", "support", "hilfe", "verwaltung", "landkreis", "landratsamt", "kreistag", "kreishaus", "rathaus",
    "gemeinde", "nordhausen", "thueringen", "thüringen", "deutschland", "germany", "berlin", "hamburg", "muenchen", "münchen", "koeln", "köln",
    "dresden", "leipzig", "erfurt", "integration", "integrationsbeirat", "integrationskonzept", "miteinander", "migration", "migrationsamt",
    "ausländerbehörde", "auslaenderbehoerde", "jobcenter", "volkshochschule", "buero", "büro", "januar", "februar", "märz", "april", "mai", "juni",
    "juli", "august", "september", "oktober", "november", "dezember", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonntag", "passwort1", "passwort123", "passwort1234", "password1", "password123", "password1234", "passwordpassword", "passwortpasswort",
    "geheimgeheim", "geheimnis", "supergeheim", "meinpasswort", "neuespasswort", "sicher", "sicherheit", "bayern", "borussia", "dortmund", "schalke",
    "werder", "ferrari", "mercedes", "porsche", "volkswagen", "computer1", "hallohallo", "guten-tag", "gutentag", "gutenmorgen", "tschüss",
    "lassmichrein", "lassmichdoch", "keinahnung", "vergessen", "weissnicht", "112233", "121212", "159753", "147258369", "741852963", "789456123",
    "aaaaaa", "aaaaaaaaaaaa", "1234qwer", "qwer1234", "abc123", "abcd1234", "a1b2c3d4", "q1w2e3r4", "qazwsx", "qazwsxedc",
    "correcthorsebatterystaple", "3rjs1la7qe", "google", "facebook", "whatsapp", "youtube", "instagram", "minecraft", "pokemon", "fortnite",
    "naruto", "hello", "hello123", "hellohello", "summer", "autumn", "sunshine", "ninja", "azerty", "solo", "mustang", "jordan", "harley", "hunter",
    "ranger", "buster", "soccer", "hockey", "tigger", "pepper", "ginger", "maggie", "cookie", "chocolate", "schokolade", "erdbeere", "banane",
    "kaffee", "pizza", "nutella", "snoopy", "garfield", "mickey", "mausemaus", "mausi", "hasi", "schnucki", "engel", "teufel", "gott", "jesus",
};

}  // namespace

std::span<const std::string_view> common_passwords() { return list; }

}  // namespace identity
