#pragma once
// What the pages of plans share: words for names, and the parts of a clause as they are shown.
#include "plan/drafts.h"
#include "plan/rules.h"
#include "platform/web/form.h"
#include "platform/web/page.h"

namespace plan {

base::Message label_of(Modality);
base::Message label_of(Relation);
base::Message label_of_rhythm(std::string_view rhythm);
std::string address_of(const PlanView&);
std::string address_of(const PlanView&, const ClauseView&);
std::string title_of(const ClauseView&, const web::Context&);
// May this visitor see it? Drafts and what is not published are for those who steer.
bool visible(const PlanView&, const web::Context&);

using Names = std::map<network::BearerId, std::string>;
base::Result<Names> bearer_names(db::Connection&, const web::Context&);
void fill_statement(web::View, const web::Context&, const StatementDetail&, const Names&, const Words* = nullptr);
web::Html differences(const web::Context&, std::string_view before, std::string_view after);

}  // namespace plan
