#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace i18n {

// One entry of a .po file; several translations where the language counts in forms.
struct PoEntry {
    std::string context;
    std::string id;
    std::string plural_id;
    std::vector<std::string> translations;
    bool fuzzy = false;
    int line = 0;
};

struct PoFile {
    std::string plural_forms;  // the header's value, empty without one
    std::vector<PoEntry> entries;
};

// Text files are read at start: no compiled catalogue can be older than its source. A mistake names its line.
base::Result<PoFile> parse_po(std::string_view text);

}  // namespace i18n
