#include <ostream>

#include "app/command_line.h"
#include "duties/json.h"
#include "duties/rollups.h"

namespace app {
namespace {

base::Result<base::Day> day_option(const std::string& name, const std::string& text) {
    if (const auto day = base::parse_day(text)) return *day;
    return base::invalid(name, base::message("This is not a day of the form YYYY-MM-DD."));
}

base::Result<duties::Question> question(const std::string& plan, const std::string& as_of, const std::string& known_on) {
    duties::Question out;
    out.plan = plan;
    if (as_of.empty()) {
        out.as_of = base::Clock().today();
    } else {
        TRY(out.as_of, day_option("--as-of", as_of));
    }
    if (!known_on.empty()) { TRY(out.known_on, day_option("--known-on", known_on)); }
    return out;
}

// For people at a terminal: a line an occurrence.
void print(std::ostream& out, const duties::Judgement& judgement) {
    for (const auto& judged : judgement.judged)
        for (const auto& o : judged.occurrences)
            out << fmt::format("{:<28} {:<10} {:<12} {:<18} {}\n", o.duty, o.period, o.due_on ? base::iso(*o.due_on) : "", duties::name_of(o.state),
                               o.missing ? o.missing->text.de : "");
}

}  // namespace

void add_duties_commands(CLI::App& root, Terminal& terminal) {
    struct Options {
        Location location;
        std::string plan, as_of, known_on;
        bool json = false;
    };
    const auto options = std::make_shared<Options>();
    auto* group = root.add_subcommand("duties", "judge the duties of the plans");
    group->require_subcommand(1);

    auto* judge = group->add_subcommand("judge", "every duty in every period: fulfilled, due, late or breached, and by which evidence");
    judge->add_option("--plan", options->plan, "key of one plan; default: all");
    judge->add_option("--as-of", options->as_of, "the day to judge on (YYYY-MM-DD); default: today");
    judge->add_option("--known-on", options->known_on, "from what was recorded by this day; default: from all that is known now");
    judge->add_flag("--json", options->json, "as JSON");
    add_location(*judge, options->location);
    judge->callback([options, &terminal] {
        const auto asked = question(options->plan, options->as_of, options->known_on);
        if (!asked) return terminal.refuse(asked.error());
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        if (options->json) {
            const auto text = duties::judged_as_json(**database, *asked);
            if (!text) return terminal.refuse(text.error());
            terminal.out << *text << '\n';
            return;
        }
        const auto judgement = (*database)->read([&](db::Connection& c) { return duties::judge_all(c, *asked); });
        if (!judgement) return terminal.refuse(judgement.error());
        print(terminal.out, *judgement);
    });

    auto* rebuild = group->add_subcommand("rebuild", "make the roll-ups anew from the ledger; never needed, always allowed");
    add_location(*rebuild, options->location);
    rebuild->callback([options, &terminal] {
        const auto database = open(options->location, Mode::use);
        if (!database) return terminal.refuse(database.error());
        const auto done = (*database)->write([](db::Connection& c) { return duties::rebuild_rollups(c); });
        if (!done) return terminal.refuse(done.error());
        terminal.out << "The roll-ups are made anew.\n";
    });
}

}  // namespace app
