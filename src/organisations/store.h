#pragma once
#include "organisations/model.h"
#include "platform/identity/api.h"

namespace organisations {

struct By {
    identity::Actor actor;
    base::Instant now{};
};

base::Result<Page> list(db::Connection&, const Filter&);
base::Result<std::vector<Organisation>> all(db::Connection&);
// Search keys of organisations that have none: after an update that made them anew.
base::Result<void> complete_search(db::Database&);
base::Result<std::vector<Organisation>> parts_of(db::Connection&, OrganisationId);
base::Result<std::vector<Name>> names_of(db::Connection&, OrganisationId);

// Every reason against it as it would be saved.
base::Result<std::vector<base::FieldError>> mistakes_of(db::Connection&, const Organisation&, std::string_view district);
// Creates, or changes by its id. Refuses with every reason: mistakes_in(), a key or AGS in use, a circle, a change of somebody else in between
// (`version`, conflict). `district` is the key every municipality's AGS begins with.
base::Result<OrganisationId> save(db::Connection&, Organisation, std::string_view district, const By&);
// From a day on it is called otherwise or belongs elsewhere; what was, stays.
base::Result<void> rename(db::Connection&, OrganisationId, const Name&, const By&);
// After the last day the one is part of the other: its parts and open contacts go there, its name stays in the history.
base::Result<void> merge(db::Connection&, OrganisationId from, OrganisationId into, base::Day last_day, const By&);

base::Result<std::vector<ContactPoint>> contacts_of(db::Connection&, OrganisationId);
base::Result<std::vector<ContactPoint>> all_contacts(db::Connection&);
base::Result<ContactPoint> contact(db::Connection&, ContactId);  // not_found
base::Result<ContactId> save_contact(db::Connection&, const ContactPoint&, const By&);
base::Result<void> note_evidence(db::Connection&, ContactId, const std::string& key);
base::Result<void> withdraw_contact(db::Connection&, ContactId, const By&);
base::Result<void> give_consent(db::Connection&, ContactId, const Consent&, const By&);
base::Result<void> withdraw_consent(db::Connection&, ContactId, std::int64_t consent, base::Day on, const By&);

base::Result<void> remove_sample(db::Connection&, const By&);

}  // namespace organisations
