#pragma once
#include <map>
// What the pages of duties have in common: loading, the period that counts now, filters, texts.
#include "duties/naming.h"
#include "duties/pages.h"
#include "duties/store.h"
#include "platform/web/context.h"
#include "platform/web/filter.h"
#include "platform/web/html.h"
#include "platform/web/table.h"

namespace duties {

struct Loaded {
    Judgement judgement;
    std::vector<plan::PlanView> plans;  // those the visitor may see
    std::string plan;                   // key of the one asked for
    Naming naming;                      // of what rules and gaps name; of subjects after name_shown

    std::string bearer_name(const std::string& key, const web::Context&) const;
    std::string period_text(const Duty&, const std::string& label, const web::Context&) const;
    // "6 of 8 values; missing: population, share of refugees": members by their names.
    std::string missing_text(const Duty&, const Missing&, const web::Context&) const;
};

// The rule as a sentence with the names of this municipality's offices and figures; of a duty not yet saved they are read first.
std::string sentence_of(const Loaded&, const Duty&, const std::string& language);
base::Result<std::string> sentence_of(db::Database&, const Rule&, const std::string& language);

// What a visitor may see: everything when signed in, else published duties of published plans. An empty plan is the one in force on the day.
enum class Scope { one_plan, all_plans };
base::Result<Loaded> load(db::Database&, const web::Context&, Scope, const std::string& duty = "", Which = Which::all);

// The period that tells how a duty stands: of a rhythm the last one begun, of requests the worst of the year.
const Occurrence* current_of(const Judged&, base::Day as_of);
// Reads the names of the subjects a page is about to show, requests and members of a share.
base::Result<void> name_shown(db::Database&, const web::Context&, Loaded&, const std::vector<Shown>&);
// Every period of it, for a page about one duty and for what is written to a file.
std::vector<Shown> everything_in(const Judgement&);

// From worst to best, for "the worst of".
int severity(State);
bool is_done(State);
bool is_behind(State);

// "5.4" of "5.4.1.8": what the charts and filters call a chapter.
std::string chapter_of(const std::string& clause);
base::Message title_of(OriginKind);
base::Message title_of(OriginPart);
base::Message title_of(Modality);
base::Message sentence_of_risk(const std::string& reason);
web::Html origin_chip(const web::Context&, OriginKind);
std::string duty_url(const Duty&, const web::Context&);
std::string evidence_url(const std::string& key);
// Keeps ?stand= and ?bekannt= in an address.
std::string with_day(const web::Context&, std::string url);

// Filters by bearer, chapter, state, modality, origin; all in the address.
struct Choices {
    std::string bearer, chapter, state, modality, origin;
    bool fits(const Duty&, const Occurrence&) const;
};
web::Filter filter_of(const web::Context&, const Loaded&);
Choices chosen(const web::Filter&);

// The same row everywhere: duty, clause, bearer, period, due day, state, what is missing.
web::Table table_of(const web::Context&, const web::Text& caption);
void add_row(web::Table&, const web::Context&, const Loaded&, const Duty&, const Occurrence&);

}  // namespace duties
