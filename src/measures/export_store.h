#pragma once
// Lists being written, in the database: whichever server process is asked shows how far one is and hands it out.
#include "measures/list_export.h"

namespace measures {

struct ExportOrder {
    std::string query;  // the filter as it stands in an address
    Audience audience = Audience::everybody;
    base::Day on{};  // overdue counts from here
    sheets::Format format = sheets::Format::csv;
    std::int64_t total = 0;
    identity::AccountId account;  // whose it is; none: of everybody
};
enum class ExportState { waiting, running, done, failed };
struct ExportStatus {
    ExportState state = ExportState::waiting;
    std::int64_t done = 0, total = 0;
    sheets::Format format = sheets::Format::csv;
    std::int64_t bytes = 0;
};
struct ExportTask {
    std::string id;
    ExportOrder order;
};

inline constexpr int most_exports_at_once = 8, most_attempts = 3;
inline constexpr std::chrono::hours exports_kept_for{1};
inline constexpr std::chrono::seconds export_held_for{60};  // from one sign of life to the next

// Answers its name, which nobody guesses. unavailable when too many are waiting.
base::Result<std::string> order_export(db::Connection&, const ExportOrder&, base::Instant now);
// not_found for an unknown or old one, and for somebody else's.
base::Result<ExportStatus> find_export(db::Connection&, const std::string& id, identity::AccountId);
base::Result<std::string> bytes_of_export(db::Connection&, const std::string& id, identity::AccountId);  // not_found unless it is done

// For whoever writes. A task belongs to one holder until it is done, given back, or showed no life for too long; whoever lost it gets conflict.
base::Result<bool> any_export_to_do(db::Connection&, base::Instant now);
base::Result<std::optional<ExportTask>> claim_export(db::Connection&, const std::string& holder, base::Instant now);
base::Result<void> continue_export(db::Connection&, const std::string& id, const std::string& holder, std::int64_t done, std::string piece,
                                   base::Instant now);
base::Result<void> finish_export(db::Connection&, const std::string& id, const std::string& holder, ExportState);
base::Result<void> give_export_back(db::Connection&, const std::string& id, const std::string& holder);
base::Result<bool> any_old_export(db::Connection&, base::Instant now);
base::Result<void> drop_old_exports(db::Connection&, base::Instant now);

}  // namespace measures
