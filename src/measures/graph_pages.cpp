#include "measures/graph_pages.h"

#include <fmt/format.h>

#include "evidence/kinds.h"
#include "measures/filter_pages.h"
#include "measures/graph_rules.h"
#include "measures/labels.h"
#include "measures/views.h"
#include "platform/web/table.h"
#include "platform/web/url.h"

namespace measures {
namespace {

using base::message;

constexpr int most_read = 2000;
constexpr int row_height = 58, box_height = 50;
constexpr double column_width = 15, column_step = 21.25;  // percent

struct Shown {
    Filter filter;
    Page page;
    std::vector<Target> targets;
    std::vector<network::Bearer> bearers;
    std::vector<SavedFilter> saved;
    std::map<std::string, std::string> headings;  // of clauses
};

base::Message label_of(Layer layer) {
    switch (layer) {
        case Layer::clause: return message("Clause");
        case Layer::measure: return message("Measure");
        case Layer::target: return message("Target");
        case Layer::yardstick: return message("Indicator or kind of evidence");
        case Layer::evidence: return message("Evidence");
    }
    return {};
}
std::string_view css_of(Layer layer) {
    switch (layer) {
        case Layer::clause: return "clause";
        case Layer::measure: return "measure";
        case Layer::target: return "target";
        case Layer::yardstick: return "yardstick";
        case Layer::evidence: return "evidence";
    }
    return {};
}

class Drawing {
  public:
    Drawing(const web::Context& context, const http::Request& request, const Shown& shown, const Graph& graph)
        : context_(context), here_("/massnahmen/netz", request.query), graph_(graph) {
        const auto language = i18n::code(context.language);
        for (const auto& dossier : shown.page.dossiers) measures_[dossier.measure.key] = &dossier.measure;
        for (const auto& target : shown.targets) targets_[target.key] = target.title.in(language);
        headings_ = &shown.headings;
    }

    std::string label(const Node& node) const {
        const auto language = i18n::code(context_.language);
        switch (node.layer) {
            case Layer::clause: {
                const auto heading = headings_->find(node.key);
                return heading == headings_->end() ? node.key : node.key + " " + heading->second;
            }
            case Layer::measure: {
                if (graph_.together())
                    return node.key.empty() ? counted(message("{n} measures without a clause"), node.measures)
                                            : counted(message("{n} measures"), node.measures);
                const auto found = measures_.find(node.key);
                return found == measures_.end() ? node.key : node.key + " " + found->second->title.in(language);
            }
            case Layer::target: {
                const auto found = targets_.find(node.key);
                return found == targets_.end() ? node.key : node.key + " " + found->second;
            }
            case Layer::yardstick: {
                return evidence::find_kind(node.key) ? evidence::name_of_kind(node.key).in(language) : node.key;
            }
            case Layer::evidence:
                return context_.say(
                    message("{n} entries, {accepted} accepted", {{"n", std::to_string(node.entries)}, {"accepted", std::to_string(node.accepted)}}));
        }
        return {};
    }
    std::string url(const Node& node) const {
        switch (node.layer) {
            case Layer::clause: return here_.with("ziffer", node.key).str();
            case Layer::measure:
                if (!graph_.together()) return "/massnahmen/" + node.key;
                return node.key.empty() ? std::string() : here_.with("ziffer", node.key).str();
            case Layer::target: return targets_.contains(node.key) ? "/zielvorgaben/" + node.key : std::string();
            case Layer::yardstick: return {};
            case Layer::evidence: return graph_.together() ? std::string() : "/massnahmen/" + node.key + "#h-nachw";
        }
        return {};
    }

    web::Html picture() const {
        const int height = graph_.rows * row_height + 30;
        std::string heads, lines, boxes;
        int column = 0;
        for (const auto layer : all_layers)
            heads += fmt::format(R"(<foreignObject x="{}%" y="0" width="{}%" height="26"><div class="app-net__head">{}</div></foreignObject>)",
                                 column_step * column++, column_width, web::escape(context_.say(label_of(layer))));
        // One stretch for every pair of columns: its curves are as wide as the gap on any screen.
        std::map<std::pair<int, int>, std::string> curves;
        for (const auto& edge : graph_.edges) {
            const auto& from = graph_.nodes[edge.from];
            const auto& to = graph_.nodes[edge.to];
            const double y1 = middle(from), y2 = middle(to);
            curves[{static_cast<int>(from.layer), static_cast<int>(to.layer)}] += fmt::format("M0 {0:.0f}C50 {0:.0f} 50 {1:.0f} 100 {1:.0f}", y1, y2);
        }
        for (const auto& [columns, path] : curves)
            lines += fmt::format(
                R"(<svg x="{}%" y="0" width="{}%" height="{}" viewBox="0 0 100 {}" preserveAspectRatio="none" aria-hidden="true"><path class="app-net__edge" d="{}"/></svg>)",
                column_step * columns.first + column_width, column_step * (columns.second - columns.first) - column_width, height, height, path);
        for (const auto& node : graph_.nodes) {
            const auto text = label(node), link = url(node);
            boxes += fmt::format(
                R"(<foreignObject x="{}%" y="{:.0f}" width="{}%" height="{}"><div class="app-net__box app-net__box--{}" dir="auto">{}</div></foreignObject>)",
                column_step * static_cast<int>(node.layer), top(node), column_width, box_height, css_of(node.layer),
                link.empty() ? fmt::format("<span>{}</span>", web::escape(text))
                             : fmt::format(R"(<a href="{}" title="{}">{}</a>)", web::escape(link), web::escape(text), web::escape(text)));
        }
        return web::Html::trusted(
            fmt::format(R"(<div class="app-net"><svg class="app-svg" height="{}" role="group" aria-label="{}">{}{}{}</svg></div>)", height,
                        web::escape(context_.say(message("From the clause to the evidence; the table below says the same"))), lines, heads, boxes));
    }

    // The same in words: a row for each measure, or for each chapter where they are drawn together.
    web::Html table() const {
        web::Table out(context_, message("From the clause to the evidence"),
                       {{"ziffer", label_of(Layer::clause)},
                        {"massnahme", label_of(Layer::measure), false, false, true},
                        {"ziel", label_of(Layer::target)},
                        {"art", label_of(Layer::yardstick)},
                        {"nachweis", label_of(Layer::evidence)}});
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const auto& node = graph_.nodes[i];
            if (node.layer != Layer::measure) continue;
            std::set<std::size_t> clauses, targets, yardsticks, evidence;
            for (const auto& edge : graph_.edges) {
                if (edge.to == i) clauses.insert(edge.from);
                if (edge.from != i) continue;
                const auto layer = graph_.nodes[edge.to].layer;
                (layer == Layer::target ? targets : layer == Layer::yardstick ? yardsticks : evidence).insert(edge.to);
            }
            for (const auto& edge : graph_.edges)
                if (targets.contains(edge.from)) yardsticks.insert(edge.to);
            for (const auto& edge : graph_.edges)
                if (yardsticks.contains(edge.from) && graph_.nodes[edge.to].layer == Layer::evidence &&
                    (graph_.together() || graph_.nodes[edge.to].key == node.key))
                    evidence.insert(edge.to);
            const auto own = label(node), link = url(node);
            out.row({cell(clauses), link.empty() ? web::Cell(own) : web::Cell::link(link, own), cell(targets), cell(yardsticks), cell(evidence)});
        }
        return out.html();
    }

  private:
    static double top(const Node& node) { return 30 + node.row * row_height; }
    static double middle(const Node& node) { return top(node) + box_height / 2.0; }
    std::string counted(base::Message text, int n) const {
        text.arguments.emplace_back("n", i18n::format_number(context_.language, n));
        return context_.say(text);
    }
    web::Cell cell(const std::set<std::size_t>& nodes) const {
        std::string words;
        web::Html shown;
        for (const auto i : nodes) {
            const auto text = label(graph_.nodes[i]), link = url(graph_.nodes[i]);
            if (!words.empty()) shown += web::Html::trusted("<br>");
            words += (words.empty() ? "" : "; ") + text;
            shown += link.empty() ? web::Html::text(text) : web::link(link, text);
        }
        return words.empty() ? web::Cell("–") : web::Cell(shown, words);
    }

    const web::Context& context_;
    web::Url here_;
    const Graph& graph_;
    std::map<std::string, const Measure*> measures_;
    std::map<std::string, std::string> targets_;
    const std::map<std::string, std::string>* headings_ = nullptr;
};

base::Result<http::Response> page(const Desk& desk, const http::Request& request, const web::Context& context) {
    Shown shown;
    shown.filter = filter_of(request.query, context);
    shown.filter.page = 1;
    shown.filter.per_page = most_read;
    TRY_VOID(desk.database.read([&](db::Connection& c) -> base::Result<void> {
        TRY(shown.bearers, network::bearers(c));
        TRY(shown.saved, filters_of(c, context));
        TRY_VOID(complete(c, shown.filter));
        TRY(shown.page, list(c, shown.filter));
        TRY(shown.targets, targets(c));
        TRY(const auto plans, plan::plans(c));
        for (const auto& plan : plans) {
            if (plan.state != plan::PlanState::adopted || (!context.actor.signed_in() && !plan.published)) continue;
            TRY(const auto clauses,
                plan::clauses_of(c, plan.id, plan.valid_until && *plan.valid_until < context.day() ? *plan.valid_until : context.day()));
            for (const auto& clause : clauses) shown.headings[clause.number] = clause.heading.in(i18n::code(context.language));
        }
        return {};
    }));
    if (auto start = to_default(request, shown.saved)) return std::move(*start);
    // Evidence that is not accepted, and targets that are not published, are the district's own business.
    if (!context.actor.signed_in()) {
        std::erase_if(shown.targets, [](const Target& target) { return !target.published; });
        std::set<std::string> known;
        for (const auto& target : shown.targets) known.insert(target.key);
        for (auto& dossier : shown.page.dossiers) {
            std::erase_if(dossier.deliveries, [](const Delivery& delivery) { return !delivery.counts(); });
            std::erase_if(dossier.measure.targets, [&](const std::string& key) { return !known.contains(key); });
        }
    }
    const auto graph = graph_of(shown.page.dossiers, shown.targets);
    const Drawing drawing(context, request, shown, graph);
    return web::page(
        context,
        {.title = message("How everything hangs together"),
         .lead = message("From the clause through measure and target to what shows that it was done."),
         .crumbs = {{message("Measures"), "/massnahmen"}}},
        "measures/graph.tpl", [&](web::View& view) {
            view.set("FILTER", filter_panel(context, request.query,
                                            {.path = "/massnahmen/netz", .filter = &shown.filter, .bearers = &shown.bearers, .saved = &shown.saved}));
            view.set("COUNT", context.say(message("Measures found: {n}", {{"n", i18n::format_number(context.language, shown.page.total)}})));
            view.show_if("TOGETHER", graph.together());
            view.show_if("EMPTY", shown.page.dossiers.empty());
            if (shown.page.dossiers.empty()) return;
            auto section = view.section("GRAPH");
            section.set("PICTURE", drawing.picture());
            section.set("TABLE", drawing.table());
        });
}

}  // namespace

void mount_graph(http::Router& router, const Desk& desk) {
    router.get("/massnahmen/netz", desk.site.page([desk](const http::Request& r, const web::Context& c) { return page(desk, r, c); }));
}

}  // namespace measures
