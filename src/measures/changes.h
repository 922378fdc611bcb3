#pragma once
// What changed since a day: steps, reports, moved dates, public notes, and what became of targets.
#include "measures/store.h"

namespace measures {

struct Happened {
    std::string id;  // stable: "history-12"
    base::Day on{};
    std::string key;  // of the measure or target
    bool target = false;
    base::Bilingual title;  // of the measure or target
    base::Message what;     // in one line
    std::string text = {};  // the words of a report or note
    std::string url() const { return (target ? "/zielvorgaben/" : "/massnahmen/") + key; }
};
// Newest first. To the public only what is published, and of a step no reason.
base::Result<std::vector<Happened>> changes_since(db::Connection&, base::Day since, base::Day until, bool published_only, int most = 500);

}  // namespace measures
