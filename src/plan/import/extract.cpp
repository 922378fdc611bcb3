#include <zip.h>

#include <fstream>

#include "plan/import/clean.h"
#include "plan/import/import.h"
#include "plan/import/layout.h"
#include "plan/import/pandoc.h"
#include "plan/import/process.h"
#include "plan/import/unicode.h"

namespace plan::importing {
namespace {

constexpr std::uintmax_t largest_file = 50u << 20;
constexpr std::uint64_t largest_unpacked = 256u << 20;
constexpr std::size_t largest_text = 20u << 20;

tl::unexpected<base::Error> refuse(base::Message m) { return base::invalid("file", std::move(m)); }

base::Message not_installed(std::string program) {
    return base::message(
        "The server lacks the program “{program}”, which reads this kind of file. Please tell your administrator, or save the document as plain text.",
        {{"program", std::move(program)}});
}
base::Message broken() {
    return base::message(
        "The document is damaged or protected by a password. Please open it in your word processor, save it anew as DOCX, ODT or PDF without a password, and try again.");
}
base::Message too_hard() {
    return base::message(
        "Reading this document took too much time or memory. Please remove pictures and embedded files, or save it as plain text, and try again.");
}

base::Result<Ran> checked(Ran ran, const std::string& program) {
    switch (ran.outcome) {
        case Outcome::done: return ran;
        case Outcome::missing:
            return base::error({base::ErrorKind::unavailable, "missing program " + program, {{"file", not_installed(program), 0}}, {}});
        case Outcome::too_slow:
        case Outcome::too_much: return refuse(too_hard());
        case Outcome::failed: return refuse(broken());
    }
    return refuse(broken());
}

// What a ZIP holds, from its directory alone: nothing is unpacked here.
enum class Archive { docx, odt, other, broken, bomb };
Archive look_into(const std::filesystem::path& path) {
    int code = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
    if (!archive) return Archive::broken;
    Archive out = Archive::other;
    std::uint64_t unpacked = 0, packed = 0;
    const auto entries = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < entries; ++i) {
        zip_stat_t stat;
        if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &stat) != 0) continue;
        unpacked += (stat.valid & ZIP_STAT_SIZE) ? stat.size : 0;
        packed += (stat.valid & ZIP_STAT_COMP_SIZE) ? stat.comp_size : 0;
        const std::string_view name = stat.name ? stat.name : "";
        if (name == "word/document.xml")
            out = Archive::docx;
        else if (name == "content.xml" && out == Archive::other)
            out = Archive::odt;
    }
    zip_discard(archive);
    if (entries > 10000 || unpacked > largest_unpacked || (unpacked > (16u << 20) && unpacked / std::max<std::uint64_t>(packed, 1) > 200))
        return Archive::bomb;
    return out;
}

base::Result<FoundPlan> import_pdf(const std::filesystem::path& path) {
    const Scratch scratch;
    const Limits limits;
    // Laid out first: only so a table of measures keeps its columns. Anything else reads better in pdftotext's own reading order.
    TRY(auto laid_out,
        checked(run_limited({"pdftotext", "-q", "-layout", "-enc", "UTF-8", path.string(), "-"}, scratch.path(), limits), "pdftotext"));
    if (laid_out.output.size() > largest_text) return refuse(too_hard());
    bool any = false, table = false;
    for (std::size_t i = 0; i < laid_out.output.size() && !any;) any = is_letter(next(laid_out.output, i));
    if (!any)
        return refuse(base::message(
            "This PDF holds pictures of pages and no text, as scanners make them. Please run a text recognition (OCR) over it, or use the document it was printed from."));
    for (const auto& line : split(laid_out.output, '\n')) {
        const auto cells = cells_of(line);
        table = table || (cells.size() >= 3 && !columns_of(cells).empty());
    }
    if (table) return import_text(laid_out.output);
    TRY(auto in_order, checked(run_limited({"pdftotext", "-q", "-enc", "UTF-8", path.string(), "-"}, scratch.path(), limits), "pdftotext"));
    return import_text(in_order.output);
}

base::Result<FoundPlan> import_office(const std::filesystem::path& path, const std::string& kind) {
    const Scratch scratch;
    Limits limits;
    limits.time = std::chrono::seconds(30);
    TRY(auto ran,
        checked(run_limited({"pandoc", "+RTS", "-M512m", "-RTS", "--sandbox", "-f", kind, "-t", "json", path.string()}, scratch.path(), limits),
                "pandoc"));
    TRY(const auto document, from_pandoc(ran.output));
    bool any = false;
    for (const auto& line : document.lines)
        for (std::size_t i = 0; i < line.text.size() && !any;) any = is_letter(next(line.text, i));
    if (!any) return refuse(base::message("The file holds no text. Please choose the document itself."));
    return import_document(document);
}

}  // namespace

std::optional<Format> format_named(std::string_view name) {
    if (name == "auto") return Format::automatic;
    if (name == "text" || name == "txt") return Format::text;
    if (name == "pdf") return Format::pdf;
    if (name == "docx") return Format::docx;
    if (name == "odt") return Format::odt;
    return std::nullopt;
}

base::Result<FoundPlan> import_file(const std::filesystem::path& path, Format format, std::string_view shown_name) {
    std::error_code failed;
    const auto absolute = std::filesystem::absolute(path, failed);
    const auto status = std::filesystem::status(absolute, failed);
    if (failed || !std::filesystem::exists(status))
        return base::error(
            {base::ErrorKind::not_found, "no such file", {{"file", base::message("There is no such file. Please check the path."), 0}}, {}});
    if (!std::filesystem::is_regular_file(status)) return refuse(base::message("This is a folder, not a file. Please choose the document itself."));
    const auto size = std::filesystem::file_size(absolute, failed);
    if (failed) return refuse(base::message("The file cannot be read. Please check its access rights."));
    if (size == 0) return refuse(base::message("The file is empty. Please choose the document itself."));
    if (size > largest_file)
        return base::error(
            {base::ErrorKind::too_large,
             "file too large",
             {{"file",
               base::message(
                   "The file has {size} MB; at most {most} MB can be read. Please remove pictures and annexes from it, or save it as plain text.",
                   {{"size", std::to_string(size >> 20)}, {"most", std::to_string(largest_file >> 20)}}),
               0}},
             {}});
    std::ifstream file(absolute, std::ios::binary);
    if (!file) return refuse(base::message("The file cannot be read. Please check its access rights."));
    std::string head(8, '\0');
    file.read(head.data(), 8);
    head.resize(static_cast<std::size_t>(file.gcount()));
    file.clear();
    file.seekg(0);

    auto found = format;
    if (head.starts_with("%PDF-"))
        found = Format::pdf;
    else if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06")) {
        switch (look_into(absolute)) {
            case Archive::docx: found = Format::docx; break;
            case Archive::odt: found = Format::odt; break;
            case Archive::bomb:
                return refuse(base::message(
                    "Unpacked, this file would be far larger than any concept. It was not opened. Please save the document anew without embedded files."));
            case Archive::broken: return refuse(broken());
            case Archive::other:
                return refuse(base::message("This is an archive (ZIP), not a document. Please unpack it and choose the document itself."));
        }
    } else if (head.starts_with("\xD0\xCF\x11\xE0")) {
        return refuse(base::message("This is a document of an old word processor (.doc). Please open it there and save it as DOCX, ODT or PDF."));
    } else if (head.starts_with("{\\rtf")) {
        return refuse(base::message("This is a Rich Text document (.rtf). Please open it in your word processor and save it as DOCX, ODT or PDF."));
    } else if (format == Format::pdf || format == Format::docx || format == Format::odt) {
        return refuse(base::message(
            "The file is not what its name or the chosen format says. It is damaged, or another kind of file was renamed. Please save the document anew."));
    } else {
        // A name that promises a packed document, and no such content.
        const auto name = lower(shown_name.empty() ? std::string_view(path.native()) : shown_name);
        if (name.ends_with(".docx") || name.ends_with(".odt") || name.ends_with(".pdf")) return refuse(broken());
        found = Format::text;
    }
    if (found == Format::pdf) return import_pdf(absolute);
    if (found == Format::docx) return import_office(absolute, "docx");
    if (found == Format::odt) return import_office(absolute, "odt");
    if (size > largest_text)
        return base::error(
            {base::ErrorKind::too_large,
             "text too large",
             {{"file",
               base::message(
                   "The file has {size} MB; at most {most} MB can be read. Please remove pictures and annexes from it, or save it as plain text.",
                   {{"size", std::to_string(size >> 20)}, {"most", std::to_string(largest_text >> 20)}}),
               0}},
             {}});
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    return import_text(bytes);
}

}  // namespace plan::importing
