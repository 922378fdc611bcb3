#pragma once
// Long lists are written by a thread of their own, so that no page waits for them; a short one is done before anybody looks. What is to be written
// stands in the database, and any server process on it may take it up.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "measures/export_store.h"

namespace measures {

class Exporter {
  public:
    explicit Exporter(db::Database&);
    ~Exporter();
    Exporter(const Exporter&) = delete;

    // Something was ordered here: look now instead of in a while.
    void wake();

  private:
    void run(const std::stop_token&);
    base::Result<void> write(const ExportTask&, const std::stop_token&) const;

    db::Database& database_;
    std::string holder_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    bool ordered_ = false;
    std::jthread thread_;  // last: ends before what it uses
};

}  // namespace measures
