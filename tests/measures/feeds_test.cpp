// What feed readers and calendar programs get: valid by the letter of RFC 4287 and RFC 5545, and known again after every change.
#include <expat.h>

#include <map>
#include <set>

#include "tests/measures/pages_support.h"

using namespace measures;

namespace {

// The elements of an XML text with their words, by their path; nothing when it is not well-formed.
std::optional<std::multimap<std::string, std::string>> xml(const std::string& text) {
    struct State {
        std::vector<std::string> path;
        std::string words;
        std::multimap<std::string, std::string> found;
    } state;
    const auto parser = XML_ParserCreate(nullptr);
    XML_SetUserData(parser, &state);
    XML_SetElementHandler(
        parser,
        [](void* s, const XML_Char* name, const XML_Char**) {
            static_cast<State*>(s)->path.emplace_back(name);
            static_cast<State*>(s)->words.clear();
        },
        [](void* s, const XML_Char*) {
            auto& self = *static_cast<State*>(s);
            std::string path;
            for (const auto& part : self.path) path += "/" + part;
            self.found.emplace(path, self.words);
            self.words.clear();
            self.path.pop_back();
        });
    XML_SetCharacterDataHandler(
        parser, [](void* s, const XML_Char* words, int size) { static_cast<State*>(s)->words.append(words, static_cast<std::size_t>(size)); });
    const bool good = XML_Parse(parser, text.data(), static_cast<int>(text.size()), 1) == XML_STATUS_OK;
    XML_ParserFree(parser);
    return good ? std::optional(state.found) : std::nullopt;
}
std::set<std::string> all(const std::multimap<std::string, std::string>& found, const std::string& path) {
    std::set<std::string> out;
    for (auto [at, end] = found.equal_range(path); at != end; ++at) out.insert(at->second);
    return out;
}

// RFC 5545: lines end in CRLF and have at most 75 octets; folded ones begin with a blank. Answers the unfolded lines.
std::vector<std::string> lines_of(const std::string& calendar) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < calendar.size();) {
        const auto end = calendar.find("\r\n", at);
        EXPECT_NE(end, std::string::npos) << "a line without CRLF";
        if (end == std::string::npos) return out;
        const auto line = calendar.substr(at, end - at);
        EXPECT_LE(line.size(), 75u) << line;
        EXPECT_EQ(line.find('\n'), std::string::npos);
        // No letter is cut in two: a line never begins in the middle of one.
        const auto first = static_cast<unsigned char>(line.starts_with(' ') ? line[1] : line[0]);
        EXPECT_NE(first & 0xC0, 0x80) << line;
        if (line.starts_with(' '))
            out.back() += line.substr(1);
        else
            out.push_back(line);
        at = end + 2;
    }
    return out;
}
std::set<std::string> uids(const std::vector<std::string>& lines) {
    std::set<std::string> out;
    for (const auto& line : lines)
        if (line.starts_with("UID:")) { EXPECT_TRUE(out.insert(line).second) << "twice: " << line; }
    return out;
}

class Feeds : public MeasureSite {
  protected:
    std::string published() {
        auto form = full_form();
        form.emplace_back("veroeffentlicht", "ja");
        for (auto& [name, value] : form)
            if (name == "titel")
                value =
                    "Beratung & Begleitung <neu> für Zugewanderte in drei Sprachen, an fünf Orten; auch abends – und das über das ganze Jahr hinweg";
        const auto page = post("/massnahmen", form).headers.get("Location");
        EXPECT_EQ(post(page + "/mittel", {{"art", "budget"}, {"haushaltsstelle", "3.1"}, {"jahr", "2020"}, {"geplant", "1,50"}}).status, 303);
        EXPECT_EQ(post(page + "/meilensteine", {{"titel", "Auftakt; groß, bunt\\hell"}, {"faellig", "15.11.2020"}}).status, 303);
        EXPECT_EQ(post(page + "/schritte", {{"schritt", "clarify"}}).status, 303);
        return page;
    }
};
MITEINANDER_ON_BOTH_ENGINES(Feeds);

}  // namespace

TEST_P(Feeds, AtomIsValidAndItsIdsStay) {
    const auto page = published();
    const auto first = xml(get("/massnahmen/aenderungen.atom").body);
    ASSERT_TRUE(first) << "not well-formed";
    for (const auto* needed : {"/feed/id", "/feed/title", "/feed/updated", "/feed/author/name", "/feed/entry/id", "/feed/entry/title",
                               "/feed/entry/updated", "/feed/entry/link", "/feed/entry/summary"})
        EXPECT_GT(first->count(needed), 0u) << needed;
    EXPECT_EQ(first->count("/feed/entry/id"), all(*first, "/feed/entry/id").size()) << "an id twice";
    for (const auto& when : all(*first, "/feed/entry/updated")) {
        ASSERT_GE(when.size(), 20u) << when;  // RFC 3339, in UTC
        EXPECT_TRUE(base::parse_iso_day(when.substr(0, 10))) << when;
        EXPECT_EQ(when[10], 'T');
        EXPECT_EQ(when.back(), 'Z');
    }
    EXPECT_TRUE(all(*first, "/feed/entry/title").begin()->starts_with("Beratung & Begleitung <neu>"));
    // More happens, the text changes: what was there keeps its id.
    ASSERT_EQ(post(page + "/schritte", {{"schritt", "agree"}}).status, 303);
    ASSERT_EQ(post(page + "/berichte", {{"text", "Läuft & läuft."}, {"einschaetzung", "on_track"}, {"veroeffentlicht", "ja"}}).status, 303);
    const auto second = xml(get("/massnahmen/aenderungen.atom").body);
    ASSERT_TRUE(second);
    const auto before = all(*first, "/feed/entry/id"), after = all(*second, "/feed/entry/id");
    EXPECT_EQ(after.size(), before.size() + 2);
    EXPECT_TRUE(std::includes(after.begin(), after.end(), before.begin(), before.end()));
    EXPECT_EQ(all(*first, "/feed/id"), all(*second, "/feed/id"));
    // Who has it already gets no body.
    const auto answer = get("/massnahmen/aenderungen.atom");
    auto again = request_to(http::Method::get, "/massnahmen/aenderungen.atom");
    again.headers.set("If-None-Match", answer.headers.get("ETag"));
    EXPECT_EQ(router().route(again).status, 304);
}

TEST_P(Feeds, TheCalendarIsValidAndItsUidsStay) {
    const auto page = published();
    ASSERT_EQ(post(page + "/schritte", {{"schritt", "agree"}}).status, 303);
    const auto first = lines_of(get("/massnahmen.ics").body);
    ASSERT_FALSE(first.empty());
    EXPECT_EQ(first.front(), "BEGIN:VCALENDAR");
    EXPECT_EQ(first.back(), "END:VCALENDAR");
    std::vector<std::string> open;
    std::map<std::string, int> seen;
    int events = 0;
    for (const auto& line : first) {
        const auto name = line.substr(0, line.find_first_of(":;"));
        if (name == "BEGIN") {
            open.push_back(line.substr(6));
            if (open.back() == "VEVENT") seen.clear();
        } else if (name == "END") {
            ASSERT_FALSE(open.empty());
            EXPECT_EQ(open.back(), line.substr(4));
            if (open.back() == "VEVENT") {
                ++events;
                for (const auto* once : {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}) EXPECT_EQ(seen[once], 1) << once;
            }
            open.pop_back();
        } else if (!open.empty() && open.back() == "VEVENT")
            ++seen[name];
        if (name == "DTSTAMP") {
            EXPECT_EQ(line.size(), std::string("DTSTAMP:20200930T000000Z").size()) << line;
            EXPECT_EQ(line.back(), 'Z');
        }
    }
    EXPECT_TRUE(open.empty());
    EXPECT_EQ(events, 2);  // the end and the milestone
    const std::set<std::string> lines(first.begin(), first.end());
    EXPECT_TRUE(std::any_of(first.begin(), first.end(), [](const auto& l) { return l.ends_with("Auftakt\\; groß\\, bunt\\\\hell"); }));
    // Another name, a later day by resolution: the calendar program moves the same event.
    auto form = full_form();
    form.emplace_back("veroeffentlicht", "ja");
    form.emplace_back("termin_beschluss", "KT 1/2020");
    form.emplace_back("termin_beschlossen_am", "01.09.2020");
    for (auto& [name, value] : form)
        if (name == "ende") value = "30.11.2020";
    ASSERT_EQ(post(page, form).status, 303);
    const auto second = lines_of(get("/massnahmen.ics").body);
    EXPECT_EQ(uids(first), uids(second));
    EXPECT_NE(std::find(second.begin(), second.end(), "DTSTART;VALUE=DATE:20201130"), second.end());
    EXPECT_NE(std::find(second.begin(), second.end(), "DTEND;VALUE=DATE:20201201"), second.end());
}
