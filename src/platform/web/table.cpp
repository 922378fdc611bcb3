#include "platform/web/table.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "platform/web/chip.h"
#include "platform/web/csv.h"
#include "platform/web/page.h"

namespace web {
namespace {

using base::message;
using Fold = std::pair<std::string_view, std::string_view>;
constexpr Fold folds[] = {{"ä", "a"}, {"Ä", "a"}, {"ö", "o"}, {"Ö", "o"}, {"ü", "u"}, {"Ü", "u"}, {"ß", "ss"}, {"ẞ", "ss"}, {"é", "e"}, {"É", "e"}};

}  // namespace

std::string Cell::sort_key(std::string_view text) {
    std::string key;
    while (!text.empty()) {
        if (text[0] >= '0' && text[0] <= '9') {
            std::size_t end = 0;
            while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
            if (end < 12) key.append(12 - end, '0');
            key += text.substr(0, end);
            text.remove_prefix(end);
            continue;
        }
        const auto fold = std::find_if(std::begin(folds), std::end(folds), [&](const Fold& f) { return text.starts_with(f.first); });
        if (fold != std::end(folds)) {
            key += fold->second;
            text.remove_prefix(fold->first.size());
            continue;
        }
        key += text[0] >= 'A' && text[0] <= 'Z' ? static_cast<char>(text[0] - 'A' + 'a') : text[0];
        text.remove_prefix(1);
    }
    return key;
}

Cell Cell::number(i18n::Language language, std::int64_t value) {
    Cell cell(i18n::format_number(language, value));
    cell.plain = std::to_string(value);
    // Shifted so that negative numbers sort before positive ones.
    cell.sort = fmt::format("{:020}", static_cast<std::uint64_t>(value) ^ (std::uint64_t{1} << 63));
    return cell;
}

Cell Cell::day(i18n::Language language, std::optional<base::Day> day) {
    if (!day) {
        Cell cell(std::string("–"));
        cell.plain.clear();
        cell.sort = "9999";  // without a day: last
        return cell;
    }
    Cell cell(Html::trusted("<span class=\"app-date\">" + escape(i18n::format_day(language, *day)) + "</span>"), base::iso(*day));
    cell.sort = base::iso(*day);
    return cell;
}

Cell Cell::state(i18n::Language language, std::string_view name) {
    return {state_chip(language, name), i18n::translate(language, state_label(name))};
}

Table::Table(const Context& context, Text caption, std::vector<Column> columns)
    : context_(&context), caption_(std::move(caption)), columns_(std::move(columns)) {}

Table& Table::row(std::vector<Cell> cells) {
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
    return *this;
}

Table& Table::sorted_as_asked(std::string_view otherwise) {
    auto wanted = context_->query.get("sortierung", otherwise);
    const auto column_of = [&](std::string_view key) {
        return std::find_if(columns_.begin(), columns_.end(), [&](const Column& column) { return column.sortable && column.key == key; });
    };
    if (column_of(std::string_view(wanted).substr(wanted.starts_with('-') ? 1 : 0)) == columns_.end()) wanted = otherwise;
    descending_ = wanted.starts_with('-');
    sorted_by_ = wanted.substr(descending_ ? 1 : 0);
    const auto column = column_of(sorted_by_);
    if (column == columns_.end()) return *this;
    const auto index = static_cast<std::size_t>(column - columns_.begin());
    // Stable, and by the comparison turned round rather than the list, so that equal rows keep their order both ways.
    std::stable_sort(rows_.begin(), rows_.end(),
                     [&](const auto& a, const auto& b) { return descending_ ? b[index].sort < a[index].sort : a[index].sort < b[index].sort; });
    return *this;
}

Table& Table::in_pages(std::size_t rows_a_page) {
    rows_a_page_ = rows_a_page;
    return *this;
}

Table& Table::when_empty(Text text) {
    empty_ = std::move(text);
    return *this;
}

Table& Table::caption_hidden() {
    hide_caption_ = true;
    return *this;
}

Html Table::html() const {
    if (rows_.empty()) return Html::trusted("<p class=\"app-empty\">" + escape(context_->say(empty_)) + "</p>");
    const Url here(context_->path, context_->query);
    std::size_t begin = 0, end = rows_.size();
    const auto pages = rows_a_page_ ? (rows_.size() + rows_a_page_ - 1) / rows_a_page_ : 1;
    const auto page = std::min(asked_page(*context_), pages);
    if (rows_a_page_) {
        begin = (page - 1) * rows_a_page_;
        end = std::min(begin + rows_a_page_, rows_.size());
    }
    std::vector<std::string> titles;
    for (const auto& column : columns_) titles.push_back(context_->say(column.title));

    const auto table = render(*context_, "web/table.tpl", [&](View& view) {
        view.set("CAPTION", context_->say(caption_));
        view.show_if("CAPTION_HIDDEN", hide_caption_);
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto& column = columns_[i];
            auto head = view.section("HEAD");
            head.show_if("NUMERIC", column.numeric);
            if (column.sortable) {
                const bool current = column.key == sorted_by_;
                if (current) head.section("SORTED").set("ORDER", descending_ ? "descending" : "ascending");
                auto sort = head.section("SORT");
                sort.set("URL", here.without("seite").with("sortierung", current && !descending_ ? "-" + column.key : column.key).str());
                sort.set("TITLE", titles[i]);
            } else {
                head.section("PLAIN").set("TITLE", titles[i]);
            }
        }
        for (auto at = begin; at < end; ++at) {
            auto row = view.section("ROW");
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                auto cell = row.section("CELL");
                auto kind = cell.section(columns_[i].heading ? "HEADING" : "DATA");
                kind.set("LABEL", titles[i]);
                kind.set("VALUE", rows_[at][i].shown);
                kind.show_if("NUMERIC", columns_[i].numeric);
                kind.show_if("NOWRAP", columns_[i].nowrap);
            }
        }
    });
    return rows_a_page_ ? table + pagination(*context_, page, rows_a_page_, rows_.size()) : table;
}

std::string Table::csv() const {
    Csv csv;
    std::vector<std::string> line;
    for (const auto& column : columns_) line.push_back(context_->say(column.title));
    csv.row(line);
    for (const auto& row : rows_) {
        line.clear();
        for (const auto& cell : row) line.push_back(cell.plain);
        csv.row(line);
    }
    return csv.str();
}

std::size_t asked_page(const Context& context) {
    const auto text = context.query.get("seite");
    std::size_t page = 1;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), page);
    return failure == std::errc{} && end == text.data() + text.size() && page >= 1 ? page : 1;
}

Html pagination(const Context& context, std::size_t page, std::size_t rows_a_page, std::size_t total) {
    const auto pages = std::max<std::size_t>(1, (total + rows_a_page - 1) / rows_a_page);
    if (pages == 1) return {};
    page = std::min(page, pages);
    const Url here(context.path, context.query);
    const auto say = [&](std::size_t n) { return i18n::format_number(context.language, static_cast<std::int64_t>(n)); };
    return render(context, "web/pagination.tpl", [&](View& view) {
        view.set("SUMMARY",
                 message("{from} to {until} of {total}",
                         {{"from", say((page - 1) * rows_a_page + 1)}, {"until", say(std::min(page * rows_a_page, total))}, {"total", say(total)}}));
        const auto url = [&](std::size_t to) { return here.with("seite", to == 1 ? "" : std::to_string(to)).str(); };
        if (page > 1) view.section("PREVIOUS").set("URL", url(page - 1));
        if (page < pages) view.section("NEXT").set("URL", url(page + 1));
        std::size_t last = 0;
        for (std::size_t i = 1; i <= pages; ++i) {
            // The first, the last, and the neighbours of this one; a gap between is shown as one.
            if (i != 1 && i != pages && (i + 1 < page || i > page + 1)) continue;
            if (last + 1 < i) view.section("PAGE").show("GAP");
            last = i;
            auto item = view.section("PAGE").section(i == page ? "HERE" : "THERE");
            item.set("NUMBER", say(i));
            item.set("URL", url(i));
        }
    });
}

Html exports(const Context& context, const std::vector<Export>& list) {
    return render(context, "web/exports.tpl", [&](View& view) {
        view.list("ITEM", list, [&](View& item, const Export& one) {
            item.set("TITLE", context.say(one.title));
            item.set("URL", one.url);
        });
    });
}

}  // namespace web
