// links: disclosure
// A table by hand with its hierarchy and its costs, and a ledger of earlier publications: four texts parted by lines of "----". What can be
// read is audited together.
#include <cstdint>
#include <string>

#include "disclosure/ledger.h"
#include "disclosure/readers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;
    std::string rest(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> parts;
    while (parts.size() < 4) {
        const auto end = rest.find("----\n");
        parts.push_back(rest.substr(0, end));
        rest = end == std::string::npos ? "" : rest.substr(end + 5);
    }
    using namespace disclosure;
    const auto ledger = parse_ledger(parts[3], "ledger");
    if (ledger)
        for (const auto& publication : ledger->publications) {
            // What was read can be written, and read again to the same.
            const auto line = line_of(publication);
            const auto again = parse_ledger(line, "again");
            if (!again || again->publications.size() != 1 || line_of(again->publications[0]) != line) __builtin_trap();
        }
    Mistakes mistakes;
    const auto table = parse_csv("table", parts[0], mistakes), hierarchy = parse_csv("hierarchy", parts[1], mistakes);
    const auto problem = import_table(table, {"a", "b"}, {{"b", hierarchy}}, mistakes);
    if (!problem) return 0;
    Rules rules;
    if (!parts[2].empty())
        if (const auto costs = parse_costs(parts[2], *problem, rules)) rules = *costs;
    if (!ledger || problem->inner.size() > 12 || ledger->publications.size() > 3) return 0;
    for (const auto& publication : ledger->publications)
        if (publication.figures.size() > 40) return 0;
    PublicationName name;
    name.statistic = "s";
    name.period = "2";
    name.follows = "1";
    Options options;
    options.audit_seconds = 0.5;
    (void)audit(*problem, {}, rules, *ledger, name, options);
    return 0;
}
