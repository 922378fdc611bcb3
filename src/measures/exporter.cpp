#include "measures/exporter.h"

#include <fmt/format.h>
#include <sodium.h>

#include <fstream>

namespace measures {
namespace {

constexpr std::size_t most_waiting = 8;
constexpr auto kept_for = std::chrono::hours(1);

std::string random_name() {
    unsigned char bytes[16];
    randombytes_buf(bytes, sizeof bytes);
    std::string out;
    for (const auto byte : bytes) out += fmt::format("{:02x}", byte);
    return out;
}

}  // namespace

struct Exporter::Job {
    std::string id;
    Order order;
    base::Instant started{};
    std::filesystem::path file;
    std::atomic<State> state{State::waiting};
    std::atomic<std::size_t> done{0};

    ~Job() {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
    }
};

Exporter::Exporter(db::Database& database) : database_(database), thread_([this](const std::stop_token& stop) { run(stop); }) {}
Exporter::~Exporter() {
    thread_.request_stop();
    wake_.notify_all();
}

base::Result<std::string> Exporter::start(Order order, base::Instant now) {
    auto job = std::make_shared<Job>();
    job->id = random_name();
    job->order = std::move(order);
    job->started = now;
    job->file = std::filesystem::temp_directory_path() / ("miteinander-liste-" + job->id);
    const std::lock_guard lock(mutex_);
    std::erase_if(jobs_, [&](const auto& each) { return each.second->started + kept_for < now && each.second->state != State::running; });
    if (waiting_.size() >= most_waiting) return base::error(base::ErrorKind::unavailable, "too many lists are being written");
    waiting_.push_back(job);
    jobs_[job->id] = job;
    wake_.notify_one();
    return job->id;
}

base::Result<Exporter::Status> Exporter::find(const std::string& id, const std::string& who) const {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(id);
    if (found == jobs_.end() || found->second->order.who != who) return base::error(base::ErrorKind::not_found, "no such list of this visitor");
    const auto& job = *found->second;
    return Status{job.state, job.done, job.order.total, job.order.format, job.state == State::done ? job.file : std::filesystem::path()};
}

void Exporter::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::shared_ptr<Job> job;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [&] { return !waiting_.empty(); })) return;
            job = waiting_.front();
            waiting_.pop_front();
        }
        job->state = State::running;
        write(*job, stop);
    }
}

void Exporter::write(Job& job, const std::stop_token& stop) const {
    std::ofstream file(job.file, std::ios::binary);
    std::error_code failed;
    std::filesystem::permissions(job.file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failed);
    const auto sink = [&](std::string_view piece) -> base::Result<void> {
        if (!file.write(piece.data(), static_cast<std::streamsize>(piece.size())))
            return base::error(base::ErrorKind::unavailable, "the disk refused a list");
        return {};
    };
    const auto progress = [&](std::size_t done) -> base::Result<void> {
        job.done = done;
        if (stop.stop_requested()) return base::error(base::ErrorKind::unavailable, "the server stops");
        return {};
    };
    const auto written = database_.read([&](db::Connection& c) -> base::Result<void> {
        TRY(const auto writer, sheets::writer(job.order.format, sink, "Maßnahmen", export_columns(job.order.audience)));
        return export_list(c, job.order.filter, job.order.audience, *writer, progress);
    });
    file.close();
    job.state = written && file ? State::done : State::failed;
}

}  // namespace measures
