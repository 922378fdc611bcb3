#include "duties/reminder_rules.h"

#include <gtest/gtest.h>

#include "duties/reminders.h"

namespace {

using base::day;

duties::Duty yearly() {
    duties::Duty d;
    d.key = "bericht";
    d.reminder_days = {30, 7};
    return d;
}
duties::Occurrence open_until(base::Day due, duties::State state = duties::State::open) {
    duties::Occurrence o;
    o.due_on = due;
    o.state = state;
    return o;
}
std::string told(base::Day today, duties::State state = duties::State::overdue) {
    const auto r = duties::reminder_due(yearly(), open_until(day(2020, 6, 30), state), {}, today);
    return r ? std::string(duties::name_of(r->to)) + " " + std::to_string(r->days) : "nobody";
}

}  // namespace

TEST(Reminder, ClimbsFromTheOfficeToTheCouncil) {
    struct Case {
        base::Day today;
        const char* told;
    };
    for (const auto& c : {Case{day(2020, 5, 30), "nobody"},
                          {day(2020, 5, 31), "office 30"},
                          {day(2020, 6, 22), "office 30"},
                          {day(2020, 6, 23), "office 7"},
                          {day(2020, 6, 30), "office 7"},  // the day itself is in time
                          {day(2020, 7, 1), "office -1"},
                          {day(2020, 7, 6), "office -1"},
                          {day(2020, 7, 7), "head -7"},
                          {day(2020, 7, 13), "head -7"},
                          {day(2020, 7, 14), "officer -14"},
                          {day(2020, 7, 29), "officer -14"},
                          {day(2020, 7, 30), "council -30"},
                          {day(2020, 8, 13), "council -30"},
                          {day(2020, 8, 14), "nobody"}})
        EXPECT_EQ(told(c.today), c.told) << base::iso(c.today);
}

TEST(Reminder, SaysNothingOfWhatIsDone) {
    for (const auto state : {duties::State::fulfilled, duties::State::fulfilled_late, duties::State::waived, duties::State::not_yet_due,
                             duties::State::not_applicable, duties::State::term_ended})
        EXPECT_EQ(told(day(2020, 7, 1), state), "nobody") << duties::name_of(state);
    EXPECT_FALSE(duties::reminder_due(yearly(), {}, {}, day(2020, 7, 1)));  // no day
}

TEST(Monday, NamesWhatHasNoDateToo) {
    auto undated = open_until(day(2020, 1, 1));
    undated.due_on.reset();
    undated.state = duties::State::not_yet_due;
    EXPECT_EQ(duties::section_of(yearly(), undated, day(2020, 6, 1)), std::nullopt);
    undated.state = duties::State::open;
    EXPECT_EQ(duties::section_of(yearly(), undated, day(2020, 6, 1)), duties::Section::undated);
    EXPECT_EQ(duties::section_of(yearly(), open_until(day(2020, 6, 29)), day(2020, 6, 1)), duties::Section::due);
    EXPECT_EQ(duties::section_of(yearly(), open_until(day(2020, 6, 30)), day(2020, 6, 1)), std::nullopt);
    EXPECT_EQ(duties::section_of(yearly(), open_until(day(2020, 5, 31), duties::State::overdue), day(2020, 6, 1)), duties::Section::late);
    EXPECT_EQ(duties::section_of(yearly(), open_until(day(2020, 5, 31), duties::State::fulfilled), day(2020, 6, 1)), std::nullopt);
}

TEST(ReminderRule, EachNextInstanceLearnsLater) {
    EXPECT_TRUE(duties::mistakes_in({}).empty());
    EXPECT_EQ(duties::mistakes_in({.office_after = 8, .head_after = 7}).size(), 1u);
    EXPECT_EQ(duties::mistakes_in({.council_after = 366}).size(), 1u);
}

TEST(Recipients, AreFoundUpwardsAndNeverNobody) {
    const auto bearer = [](std::int64_t id, const char* key, std::int64_t above, network::BearerKind kind = network::BearerKind::unit) {
        network::Bearer b;
        b.id = network::BearerId{id};
        b.key = key;
        b.kind = kind;
        b.part_of = network::BearerId{above};
        return b;
    };
    const std::vector<network::Bearer> bearers{bearer(1, "landrat", 0), bearer(2, "fachbereich", 1), bearer(3, "fachgebiet", 2),
                                               bearer(4, "beirat", 0, network::BearerKind::body)};
    duties::Recipients all;
    all.of_office[3] = {{.address = "gebiet@kreis.example", .name = ""}};
    all.of_office[1] = {{.address = "landrat@kreis.example", .name = ""}};
    all.of_office[4] = {{.address = "beirat@kreis.example", .name = ""}};
    all.officers = {{.address = "beauftragte@kreis.example", .name = ""}};
    const auto who = [&](duties::Instance i, const char* office) {
        std::string out;
        for (const auto& r : duties::recipients_of(i, office, bearers, all)) out += r.address.substr(0, r.address.find('@')) + " ";
        return out;
    };
    EXPECT_EQ(who(duties::Instance::office, "fachgebiet"), "gebiet ");
    EXPECT_EQ(who(duties::Instance::head, "fachgebiet"), "landrat ");  // the unit above has no address, the one above it has
    EXPECT_EQ(who(duties::Instance::office, "fachbereich"), "landrat ");
    EXPECT_EQ(who(duties::Instance::officer, "fachgebiet"), "beauftragte ");
    EXPECT_EQ(who(duties::Instance::council, "fachgebiet"), "beauftragte beirat ");
    EXPECT_EQ(who(duties::Instance::office, "unbekannt"), "beauftragte ");
}
