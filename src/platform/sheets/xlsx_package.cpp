#include "platform/sheets/xlsx_package.h"

#include <expat.h>

namespace sheets {
namespace {

using base::message;

constexpr zip_int64_t most_entries = 10'000;
// Expat keeps a piece (a tag with its attributes) whole and begins anew with every chunk: none may grow without end.
constexpr std::int64_t largest_piece = 1 << 20;

struct Reading {
    XML_Parser parser = nullptr;
    Handler* handler = nullptr;
    base::Result<void> outcome;
    int depth = 0;

    void fail(base::Error e) {
        if (!outcome) return;
        outcome = tl::unexpected(std::move(e));
        XML_StopParser(parser, XML_FALSE);
    }
};

std::string_view local(std::string_view name) {
    if (name == "r:id") return name;
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void on_begin(void* data, const char* name, const char** attributes) {
    auto& reading = *static_cast<Reading*>(data);
    if (!reading.outcome) return;
    if (++reading.depth > 64) return reading.fail(base::invalid("", damaged()).value());
    Attributes found;
    for (; *attributes; attributes += 2) found.emplace_back(local(attributes[0]), attributes[1]);
    if (auto done = reading.handler->begin(local(name), found); !done) reading.fail(std::move(done.error()));
}
void on_end(void* data, const char* name) {
    auto& reading = *static_cast<Reading*>(data);
    if (!reading.outcome) return;
    --reading.depth;
    if (auto done = reading.handler->end(local(name)); !done) reading.fail(std::move(done.error()));
}
void on_text(void* data, const char* text, int size) {
    auto& reading = *static_cast<Reading*>(data);
    if (reading.outcome) reading.handler->text({text, static_cast<std::size_t>(size)});
}
void on_doctype(void* data, const char*, const char*, const char*, int) {
    static_cast<Reading*>(data)->fail(
        base::invalid("", message("The file holds a document type declaration, which spreadsheets do not write. It was not read.")).value());
}

struct FreeParser {
    void operator()(XML_ParserStruct* p) const { XML_ParserFree(p); }
};
struct CloseFile {
    void operator()(zip_file_t* f) const { zip_fclose(f); }
};

}  // namespace

base::Message damaged() {
    return message("The Excel file is damaged. Please open it in your spreadsheet program, save it anew as XLSX, and try again.");
}

std::string_view attribute(const Attributes& attributes, std::string_view name) {
    for (const auto& [each, value] : attributes)
        if (each == name) return value;
    return {};
}

base::Result<Package> Package::open(std::string_view bytes, const Limits& limits) {
    Package out;
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &why);
    if (!source) return base::error(base::ErrorKind::internal, "zip_source_buffer_create failed");
    out.archive_.reset(zip_open_from_source(source, ZIP_RDONLY, &why));
    if (!out.archive_) {
        zip_source_free(source);
        return base::invalid("", damaged());
    }
    const auto entries = zip_get_num_entries(out.archive_.get(), 0);
    if (entries > most_entries) return base::invalid("", damaged());
    for (zip_int64_t i = 0; i < entries; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(out.archive_.get(), static_cast<zip_uint64_t>(i), 0, &stat) != 0 || !stat.name) continue;
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
            return base::invalid("", message("The file is protected by a password. Please save it without one and try again."));
        out.parts_.emplace(stat.name, static_cast<zip_uint64_t>(i));
    }
    out.left_ = limits.unpacked;
    out.cell_bytes_ = limits.cell_bytes;
    return out;
}

base::Result<void> Package::parse(const std::string& part, Handler& handler) {
    const auto found = parts_.find(part);
    if (found == parts_.end()) return base::invalid("", damaged());
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive_.get(), found->second, 0));
    if (!file) return base::invalid("", damaged());
    const std::unique_ptr<XML_ParserStruct, FreeParser> parser(XML_ParserCreate(nullptr));
    if (!parser) return base::error(base::ErrorKind::unavailable, "no memory for an XML parser");
    Reading reading{parser.get(), &handler, {}, 0};
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), on_begin, on_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);

    constexpr std::size_t chunk = 256 << 10;
    std::int64_t fed = 0;
    while (true) {
        void* buffer = XML_GetBuffer(parser.get(), static_cast<int>(chunk));
        if (!buffer) return base::error(base::ErrorKind::unavailable, "no memory to read a spreadsheet");
        const auto got = zip_fread(file.get(), buffer, chunk);
        if (got < 0) return base::invalid("", damaged());
        if (static_cast<std::uint64_t>(got) > left_)
            return base::invalid(
                "", message("Unpacked, the file would be larger than any list of this kind. It was not read. Please save it anew with the "
                            "list alone."));
        left_ -= static_cast<std::uint64_t>(got);
        fed += got;
        const auto status = XML_ParseBuffer(parser.get(), static_cast<int>(got), got == 0);
        if (!reading.outcome) return reading.outcome;
        if (status != XML_STATUS_OK) return base::invalid("", damaged());
        if (got == 0) return {};
        if (fed - XML_GetCurrentByteIndex(parser.get()) > largest_piece) return base::invalid("", damaged());
    }
}

}  // namespace sheets
