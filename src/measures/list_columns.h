#pragma once
// The columns of a list of measures as a file: export writes them, import knows them again, so that both have one format.
#include <span>

#include "measures/fields.h"
#include "platform/sheets/api.h"

namespace measures {

enum class Audience { internal, everybody };

struct ListColumn {
    std::string_view field;  // of fields_of(); "zustand" is written only
    std::string_view heading;
    std::string_view also;  // other headings people use, folded, apart by '|'
    sheets::Look look = sheets::Look::text;
    int width = 16;
    Audience audience = Audience::everybody;
};
std::span<const ListColumn> list_columns();
const ListColumn* list_column(std::string_view field);

// What only an import knows: a field made of several, or a part of the means.
inline constexpr std::string_view period_field = "zeitraum", amount_field = "mittel_betrag", line_field = "mittel_haushaltsstelle",
                                  year_field = "mittel_jahr", source_field = "mittel_quelle";
std::span<const ListColumn> import_only_columns();

}  // namespace measures
