#pragma once
// What the program does without being asked: named tasks at intervals, on one thread. Of several server processes on one database one runs a
// task at a time (a lease per task); a process that died loses its lease by the clock.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "platform/base/day.h"
#include "platform/db/db.h"

namespace jobs {

using Work = std::function<base::Result<void>()>;

class Runner {
  public:
    Runner() = default;                                                // no database: tasks need no lease
    explicit Runner(db::Database& database) : database_(&database) {}  // which outlives the runner
    ~Runner() { stop(); }
    Runner(const Runner&) = delete;

    // Before start(). The first run comes at once, then one interval after the end of the last: a slow task never piles up.
    Runner& every(std::chrono::seconds interval, std::string name, Work work);
    // What failed, free of personal data; called on the runner's thread.
    std::function<void(const std::string& name, const base::Error&)> failed = [](const std::string&, const base::Error&) {};

    void start();
    // Waits for the task that is running; tasks that take long ask stopping() between their steps. Harmless when called twice.
    void stop();
    bool stopping() const { return stopping_.load(); }

    // Everything once, in order, on the caller's thread: for tests and for the command line.
    base::Result<void> run_all_now();

  private:
    struct Task {
        std::chrono::seconds interval;
        std::string name;
        Work work;
        std::chrono::steady_clock::time_point next{};
    };
    void loop();
    base::Result<void> run(Task&);

    db::Database* database_ = nullptr;
    std::vector<Task> tasks_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

// For the page that shows whether everything still runs.
struct LastRun {
    std::string name;
    base::Instant begun{};
    std::optional<base::Instant> finished;
    std::string failure;  // of the last run; empty: it went well
};
base::Result<std::vector<LastRun>> last_runs(db::Connection&);

// True for one holder until it gives back or `until` has passed.
base::Result<bool> claim(db::Connection&, const std::string& name, const std::string& holder, base::Instant now, base::Instant until);
base::Result<void> give_back(db::Connection&, const std::string& name, const std::string& holder, base::Instant now, const std::string& failure);

}  // namespace jobs
