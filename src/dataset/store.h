#pragma once
// The tables of this capability: what was loaded, the municipality, key figures.
#include <set>

#include "dataset/model.h"
#include "platform/db/db.h"

namespace dataset {

using DataSetId = base::Id<struct DataSetTag>;

struct Loaded {
    DataSetId id;
    Header header;
};
base::Result<std::vector<Loaded>> loaded(db::Connection&);
base::Result<DataSetId> add_loaded(db::Connection&, const Header&, base::Instant now);
base::Result<void> add_record(db::Connection&, DataSetId, const std::string& kind, const std::string& key);
// What samples brought, as (kind, key).
base::Result<std::set<std::pair<std::string, std::string>>> sample_records(db::Connection&);
base::Result<void> forget_samples(db::Connection&);

base::Result<std::optional<Municipality>> municipality(db::Connection&);
base::Result<void> save_municipality(db::Connection&, const Municipality&);

base::Result<void> add_figure(db::Connection&, const Indicator&);
base::Result<void> add_value(db::Connection&, const Observation&);
base::Result<void> add_check(db::Connection&, const Check&);
base::Result<std::vector<Placed<Indicator>>> figures(db::Connection&);
base::Result<std::vector<Placed<Observation>>> values(db::Connection&);
base::Result<std::vector<Placed<Check>>> checks(db::Connection&);

}  // namespace dataset
