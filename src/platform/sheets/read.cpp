#include <fstream>

#include "platform/sheets/csv_read.h"
#include "platform/sheets/xlsx_read.h"

namespace sheets {
namespace {
using base::message;

tl::unexpected<base::Error> too_large(const Limits& limits) {
    return base::error({base::ErrorKind::too_large,
                        "spreadsheet too large",
                        {{"", message("The file is too large: at most {most} MB can be read.", {{"most", std::to_string(limits.file >> 20)}}), 0}},
                        {}});
}
}  // namespace

base::Result<Workbook> read(std::string_view bytes, const Limits& limits) {
    if (bytes.size() > limits.file) return too_large(limits);
    if (bytes.empty()) return base::invalid("", message("The file is empty."));
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return read_xlsx(bytes, limits);
    if (bytes.starts_with("\xD0\xCF\x11\xE0"))
        return base::invalid(
            "", message("This is a file of an old Excel (.xls), or one protected by a password. Please save it as XLSX without a password."));
    if (bytes.starts_with("%PDF-") || bytes.starts_with("{\\rtf") || bytes.starts_with("<?xml") || bytes.starts_with("<!DOCTYPE"))
        return base::invalid("", message("This is no Excel file (XLSX). Please save the list in your spreadsheet program as XLSX or CSV."));
    return read_csv(bytes, limits);
}

base::Result<Workbook> read_file(const std::filesystem::path& path, const Limits& limits) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(path, failed);
    if (failed) return base::error(base::ErrorKind::not_found, "spreadsheet cannot be read");
    if (size > limits.file) return too_large(limits);
    std::ifstream file(path, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(file)), {});
    if (file.bad()) return base::error(base::ErrorKind::unavailable, "spreadsheet cannot be read");
    return read(bytes, limits);
}

}  // namespace sheets
