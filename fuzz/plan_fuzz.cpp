// links: plan
// Whatever bytes come as a concept's text: no crash, no letter lost, every quote and parent where it says it is.
#include <cstdlib>

#include "plan/import/import.h"
#include "plan/import/pandoc.h"
#include "plan/import/unicode.h"

namespace {

using namespace plan::importing;

void demand(bool holds) {
    if (!holds) std::abort();
}

std::size_t letters(std::string_view text) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < text.size();) out += is_letter(next(text, i));
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.starts_with("{")) {
        if (const auto document = from_pandoc(bytes)) to_json(import_document(*document));
        return 0;
    }
    const auto plan = import_text(bytes);
    if (!plan) return 0;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < plan->clauses.size(); ++i) {
        const auto& clause = plan->clauses[i];
        kept += letters(std::string_view(clause.number).substr(clause.borrowed)) + letters(clause.heading) + letters(clause.text);
        demand(clause.parent < static_cast<int>(i));
        for (const auto& s : clause.statements) {
            demand(s.quote.empty() || (clause.heading + "\n" + clause.text).find(s.quote) != std::string::npos);
            demand(clause.modality && !plan::is_stronger(s.modality, *clause.modality));
            for (const auto& date : s.dates) demand(date.day.ok());
        }
    }
    // Running heads leave the text, named in a warning; everything else stays.
    const auto all = letters(decode(bytes)->text);
    demand(kept <= all || all == 0);
    if (plan->warnings.empty()) demand(kept == all);
    to_json(*plan);
    return 0;
}
