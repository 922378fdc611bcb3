#include <unistd.h>

#include "platform/jobs/api.h"

namespace jobs {
namespace {

// A task that hangs longer than this is taken over by another process, if there is one.
constexpr std::chrono::minutes lease{10};

// This process and this moment: two processes on one machine differ, and so do two machines with the same process number.
std::string this_process() {
    char host[256] = "";
    (void)gethostname(host, sizeof host - 1);
    static const auto started = std::chrono::system_clock::now().time_since_epoch().count();
    return std::string(host) + ":" + std::to_string(::getpid()) + ":" + std::to_string(started);
}

}  // namespace

Runner& Runner::every(std::chrono::seconds interval, std::string name, Work work) {
    tasks_.push_back({.interval = interval, .name = std::move(name), .work = std::move(work)});
    return *this;
}

void Runner::start() {
    if (!thread_.joinable()) thread_ = std::thread([this] { loop(); });
}

void Runner::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Runner::loop() {
    for (;;) {
        Task* next = nullptr;
        {
            std::unique_lock lock(mutex_);
            for (auto& task : tasks_)
                if (!next || task.next < next->next) next = &task;
            if (!next)
                wake_.wait(lock, [this] { return stopping_.load(); });
            else
                wake_.wait_until(lock, next->next, [this] { return stopping_.load(); });
            if (stopping_) return;
        }
        if (const auto done = run(*next); !done) failed(next->name, done.error());
        next->next = std::chrono::steady_clock::now() + next->interval;
    }
}

base::Result<void> Runner::run(Task& task) {
    const auto guarded = [&]() -> base::Result<void> {
        try {
            return task.work();
        } catch (const std::exception& e) {  // a task that throws must not end the server
            return base::error(base::ErrorKind::internal, std::string("exception: ") + e.what());
        }
    };
    if (!database_) return guarded();
    const base::Clock real;  // leases are between processes, whatever day each of them demonstrates
    const auto holder = this_process();
    const auto now = real.now();
    TRY(const bool mine, database_->write([&](db::Connection& c) { return claim(c, task.name, holder, now, now + lease); }));
    if (!mine) return {};
    const auto done = guarded();
    TRY_VOID(database_->write([&](db::Connection& c) {
        return give_back(c, task.name, holder, real.now(),
                         done ? std::string() : std::string(base::name_of(done.error().kind)) + ": " + done.error().detail);
    }));
    return done;
}

base::Result<void> Runner::run_all_now() {
    for (auto& task : tasks_) TRY_VOID(run(task));
    return {};
}

base::Result<bool> claim(db::Connection& c, const std::string& name, const std::string& holder, base::Instant now, base::Instant until) {
    TRY(const auto touched, c.execute(R"sql(
        insert into job_leases (name, holder, until, begun_at)
        values (:name, :holder, :until, :now)
            on conflict (name) do update
           set holder = excluded.holder, until = excluded.until, begun_at = excluded.begun_at, finished_at = null
         where job_leases.until <= :now
    )sql",
                                      {{"name", name}, {"holder", holder}, {"until", until}, {"now", now}}));
    return touched == 1;
}

base::Result<void> give_back(db::Connection& c, const std::string& name, const std::string& holder, base::Instant now, const std::string& failure) {
    TRY_VOID(c.execute("update job_leases set until = :now, finished_at = :now, failure = :failure where name = :name and holder = :holder",
                       {{"name", name}, {"holder", holder}, {"now", now}, {"failure", failure}}));
    return {};
}

base::Result<std::vector<LastRun>> last_runs(db::Connection& c) {
    return c.query<LastRun>("select name, begun_at, finished_at, failure from job_leases order by name", {}, [](const db::Row& row) {
        return LastRun{row.text("name"), row.instant("begun_at"), row.optional_instant("finished_at"), row.text("failure")};
    });
}

}  // namespace jobs
