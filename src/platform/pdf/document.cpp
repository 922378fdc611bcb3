#include <algorithm>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "platform/pdf/api.h"

namespace pdf {
namespace {

// Points: 1/72 inch.
constexpr double width = 595.28, height = 841.89, left = 56, right = 56, top = 56, bottom = 64, gap = 6, cell_gap = 8, row_padding = 3;
constexpr double body = 9, small = 7.5, second = 12, first = 17;
// Latin, Greek, Cyrillic and Arabic in one family (fonts-dejavu-core); scripts it does not know come from whatever else the machine has.

template <auto free>
struct Freed {
    void operator()(auto* p) const { free(p); }
};
using Surface = std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>>;
using Cairo = std::unique_ptr<cairo_t, Freed<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Freed<g_object_unref>>;
using Fonts = std::unique_ptr<PangoFontMap, Freed<g_object_unref>>;
using Context = std::unique_ptr<PangoContext, Freed<g_object_unref>>;

cairo_status_t take(void* to, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

// What is no UTF-8 would end pango's patience.
std::string readable(std::string_view text) {
    if (text.empty()) return {};
    char* made = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
    std::string out(made);
    g_free(made);
    return out;
}

}  // namespace

struct Document::Sheet {
    explicit Sheet(Options o) : options(std::move(o)) {
        surface.reset(cairo_pdf_surface_create_for_stream(take, &out, width, height));
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, readable(options.title).c_str());
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Miteinander");
        cairo.reset(cairo_create(surface.get()));
        pango_cairo_update_context(cairo.get(), context.get());
        pango_context_set_language(context.get(), pango_language_from_string(options.language.c_str()));
        cairo_tag_begin(cairo.get(), "Document", nullptr);
    }

    Layout layout(std::string_view text, double size, double wide, bool bold = false) {
        Layout made(pango_layout_new(context.get()));
        auto* font = pango_font_description_from_string(bold ? "DejaVu Sans Bold" : "DejaVu Sans");
        pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
        pango_layout_set_font_description(made.get(), font);
        pango_font_description_free(font);
        pango_layout_set_width(made.get(), static_cast<int>(wide * PANGO_SCALE));
        pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
        const auto safe = readable(text);
        pango_layout_set_text(made.get(), safe.data(), static_cast<int>(safe.size()));
        return made;
    }
    static double height_of(const Layout& l) {
        PangoRectangle all;
        pango_layout_get_extents(l.get(), nullptr, &all);
        return static_cast<double>(all.height) / PANGO_SCALE;
    }
    // Line by line, so that a text longer than a page goes on on the next.
    void show(const Layout& l, double x) {
        auto* lines = pango_layout_get_iter(l.get());
        do {
            PangoRectangle line;
            pango_layout_iter_get_line_extents(lines, nullptr, &line);
            const double high = static_cast<double>(line.height) / PANGO_SCALE;
            if (y + high > height - bottom) next_page();
            const double base_line = static_cast<double>(pango_layout_iter_get_baseline(lines) - line.y) / PANGO_SCALE;
            cairo_move_to(cairo.get(), x + static_cast<double>(line.x) / PANGO_SCALE, y + base_line);
            pango_cairo_show_layout_line(cairo.get(), pango_layout_iter_get_line_readonly(lines));
            y += high;
        } while (pango_layout_iter_next_line(lines));
        pango_layout_iter_free(lines);
    }
    void next_page() {
        foot();
        cairo_show_page(cairo.get());
        ++page;
        y = top;
    }
    void foot() {
        auto number = options.page;
        if (const auto at = number.find("{page}"); at != std::string::npos) number.replace(at, 6, std::to_string(page));
        const auto line = layout(options.foot.empty() ? number : options.foot + " · " + number, small, width - left - right);
        cairo_move_to(cairo.get(), left, height - bottom + 24);
        pango_cairo_show_layout(cairo.get(), line.get());
    }
    void text(const char* tag, std::string_view words, double size, bool bold, double before, double keep_with) {
        if (y > top) y += before;
        const auto l = layout(words, size, width - left - right, bold);
        if (y + height_of(l) + keep_with > height - bottom && y > top) next_page();
        cairo_tag_begin(cairo.get(), tag, nullptr);
        show(l, left);
        cairo_tag_end(cairo.get(), tag);
        y += gap;
    }
    void row(const std::vector<std::string>& cells, const std::vector<double>& wide, bool head) {
        std::vector<Layout> all;
        double high = 0;
        for (std::size_t i = 0; i < wide.size(); ++i) {
            all.push_back(layout(i < cells.size() ? std::string_view(cells[i]) : std::string_view(), body, wide[i] - cell_gap, head));
            high = std::max(high, height_of(all.back()));
        }
        if (y + high > height - bottom && y > top + 40) next_page();
        cairo_tag_begin(cairo.get(), "TR", nullptr);
        const double begins = y + row_padding;
        const int began_on = page;
        double lowest = begins, x = left;
        for (std::size_t i = 0; i < all.size(); ++i) {
            // A cell longer than a page pushes what stands beside it along; a row never begins behind itself.
            y = page == began_on ? begins : y;
            const char* tag = head ? "TH" : "TD";
            cairo_tag_begin(cairo.get(), tag, nullptr);
            show(all[i], x);
            cairo_tag_end(cairo.get(), tag);
            lowest = page == began_on ? std::max(lowest, y) : y;
            x += wide[i];
        }
        cairo_tag_end(cairo.get(), "TR");
        y = lowest + row_padding;
        cairo_set_line_width(cairo.get(), head ? 0.8 : 0.3);
        cairo_move_to(cairo.get(), left, y);
        cairo_line_to(cairo.get(), width - right, y);
        cairo_stroke(cairo.get());
    }

    Options options;
    std::string out;
    Surface surface;
    Cairo cairo;
    // Fonts of its own: what they keep goes with the document, not with the thread.
    Fonts fonts{pango_cairo_font_map_new()};
    Context context{pango_font_map_create_context(fonts.get())};
    double y = top;
    int page = 1;
    bool finished = false;
};

Document::Document(Options options) : sheet_(std::make_unique<Sheet>(std::move(options))) {
    sheet_->text("H1", sheet_->options.title, first, true, 0, 0);
}
Document::~Document() = default;

Document& Document::heading(std::string_view words) {
    sheet_->text("H2", words, second, true, 10, 40);
    return *this;
}

Document& Document::paragraph(std::string_view words) {
    sheet_->text("P", words, body, false, 0, 0);
    return *this;
}

// A column is as wide as its longest cell asks, within limits: a long note takes room from days and numbers, but not all of it.
Document& Document::table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
    std::vector<double> wide;
    for (std::size_t i = 0; i < head.size(); ++i) {
        std::size_t longest = head[i].size();
        for (const auto& row : rows)
            if (i < row.size()) longest = std::max(longest, row[i].size());
        wide.push_back(static_cast<double>(std::clamp<std::size_t>(longest, 6, 40)));
    }
    double sum = 0;
    for (const auto w : wide) sum += w;
    for (auto& w : wide) w *= (width - left - right) / sum;
    cairo_tag_begin(sheet_->cairo.get(), "Table", nullptr);
    sheet_->row(head, wide, true);
    int on = sheet_->page;
    for (const auto& row : rows) {
        if (sheet_->page != on) sheet_->row(head, wide, true);
        on = sheet_->page;
        sheet_->row(row, wide, false);
    }
    cairo_tag_end(sheet_->cairo.get(), "Table");
    sheet_->y += gap;
    return *this;
}

base::Result<std::string> Document::bytes() {
    auto& s = *sheet_;
    if (!s.finished) {
        s.foot();
        cairo_tag_end(s.cairo.get(), "Document");
        cairo_show_page(s.cairo.get());
        cairo_surface_finish(s.surface.get());
        s.finished = true;
    }
    if (cairo_surface_status(s.surface.get()) != CAIRO_STATUS_SUCCESS || cairo_status(s.cairo.get()) != CAIRO_STATUS_SUCCESS)
        return base::error(base::ErrorKind::internal, std::string("no PDF: ") + cairo_status_to_string(cairo_surface_status(s.surface.get())));
    return s.out;
}

}  // namespace pdf
