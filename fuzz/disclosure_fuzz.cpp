// links: disclosure
// The readers of cases and patterns, and with small cases the audit behind them: five texts parted by lines of "----".
#include <cstdint>
#include <string>

#include "disclosure/api.h"
#include "disclosure/readers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;
    std::string rest(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> parts;
    while (parts.size() < 5) {
        const auto end = rest.find("----\n");
        parts.push_back(rest.substr(0, end));
        rest = end == std::string::npos ? "" : rest.substr(end + 5);
    }
    const auto found = disclosure::parse_case({parts[0], parts[1], parts[2], {{"a", parts[3]}}});
    if (!found) return 0;
    disclosure::Rules rules;
    rules.threshold = found->threshold;
    const auto pattern = disclosure::parse_pattern(parts[4], found->problem, rules);
    if (!pattern || found->problem.inner.size() > 20) return 0;
    disclosure::Options options;
    options.audit_seconds = 0.5;
    (void)disclosure::audit(found->problem, *pattern, rules, options);
    return 0;
}
