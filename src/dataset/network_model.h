#pragma once
// Organisations, contacts, groups, seats, meetings: as the files say them, joined by keys.
#include <string>
#include <vector>

#include "dataset/place.h"
#include "evidence/quantity.h"
#include "exchanges/api.h"
#include "groups/model.h"
#include "mailing/api.h"
#include "network/offices.h"
#include "organisations/model.h"

namespace dataset {

struct Renaming {
    base::Day from{};
    base::Bilingual name, short_name;
    std::string part_of, reason;
};

struct Organisation {
    organisations::Organisation value;  // ids stay 0; name and short name are the first ones
    std::string part_of, merged_into;   // keys
    std::vector<Renaming> renamed;
};

struct Contact {
    std::string organisation;
    organisations::ContactPoint value;
};

struct Seat {
    std::string group;
    groups::Seat value;
};

struct SeatTerm {
    std::string group, seat, organisation;
    groups::Term value;
};

struct Invitation {
    std::string group, organisation;
    groups::Invitation value;
};

struct Support {
    std::string group;
    groups::Resource value;
};

struct Meeting {
    std::string group;
    groups::Meeting value;
    std::vector<std::string> present;  // keys of organisations
};

struct Exchange {
    exchanges::Exchange value;
    std::vector<std::string> with;  // keys of organisations
};

struct OfficeTask {
    std::string office;
    network::OfficeTask value;
};

struct Deputation {
    std::string office;
    network::Deputation value;
};

struct NetworkTables {
    std::vector<Placed<Organisation>> organisations;
    std::vector<Placed<Contact>> contacts;
    std::vector<Placed<groups::Group>> groups;
    std::vector<Placed<Seat>> seats;
    std::vector<Placed<SeatTerm>> seat_terms;
    std::vector<Placed<Invitation>> invitations;
    std::vector<Placed<Support>> supports;
    std::vector<Placed<Meeting>> meetings;
    std::vector<Placed<Exchange>> exchanges;
    std::vector<Placed<mailing::List>> mailing_lists;
    std::vector<Placed<OfficeTask>> office_tasks;
    std::vector<Placed<Deputation>> deputations;
};

}  // namespace dataset
