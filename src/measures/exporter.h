#pragma once
// Long lists are written by a thread of their own, so that no page waits for them; a short one is done before anybody looks.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "measures/list_export.h"

namespace measures {

class Exporter {
  public:
    explicit Exporter(db::Database&);
    ~Exporter();
    Exporter(const Exporter&) = delete;

    struct Order {
        Filter filter;
        Audience audience = Audience::everybody;
        sheets::Format format = sheets::Format::csv;
        std::size_t total = 0;
        std::string who;  // what only this visitor may fetch; "" for what everybody sees
    };
    enum class State { waiting, running, done, failed };
    struct Status {
        State state = State::waiting;
        std::size_t done = 0, total = 0;
        sheets::Format format = sheets::Format::csv;
        std::filesystem::path file;  // when done
    };
    // unavailable when too many are waiting.
    base::Result<std::string> start(Order, base::Instant now);
    // not_found for an unknown or old one, and for somebody else's.
    base::Result<Status> find(const std::string& id, const std::string& who) const;

  private:
    struct Job;
    void run(const std::stop_token&);
    void write(Job&, const std::stop_token&) const;

    db::Database& database_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::map<std::string, std::shared_ptr<Job>> jobs_;
    std::deque<std::shared_ptr<Job>> waiting_;
    std::jthread thread_;  // last: ends before what it uses
};

}  // namespace measures
