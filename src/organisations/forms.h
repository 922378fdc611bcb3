#pragma once
// The forms of an organisation and its contacts, and how they are read.
#include "organisations/pages.h"
#include "platform/web/form.h"
#include "platform/web/input.h"

namespace organisations {

std::vector<web::Choice> kind_choices();
std::vector<web::Choice> organisation_choices(const web::Context&, const std::vector<Named>&, OrganisationId except = {});
web::Html organisation_form(const web::Context&, const Organisation&, const std::vector<Named>& others, const http::Fields* typed,
                            const base::Error*);
// Into what stands there already; what cannot be read is noted.
void read_organisation(web::Input&, const http::Fields&, const std::vector<Named>& others, Organisation&);
web::Html rename_form(const web::Context&, const Organisation&, const std::vector<Named>& others, const http::Fields* typed, const base::Error*);
web::Html merge_form(const web::Context&, const Organisation&, const std::vector<Named>& others, const http::Fields* typed, const base::Error*);
web::Html contact_form(const web::Context&, const std::string& action, const ContactPoint&, const web::Refused*);
void read_contact(web::Input&, const http::Fields&, ContactPoint&);

}  // namespace organisations
