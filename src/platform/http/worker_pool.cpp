#include "platform/http/worker_pool.h"

namespace http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queue) : idle_(threads), queue_(queue) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { finish(); }

bool WorkerPool::submit(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        // Jobs that an idle worker is about to take do not wait, so they do not count.
        if (jobs_.size() >= queue_ + idle_) return false;
        jobs_.push_back(std::move(job));
    }
    ready_.notify_one();
    return true;
}

void WorkerPool::finish() {
    {
        const std::lock_guard lock(mutex_);
        finishing_ = true;
    }
    ready_.notify_all();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ready_.wait(lock, [&] { return !jobs_.empty() || finishing_; });
        if (jobs_.empty()) return;
        auto job = std::move(jobs_.front());
        jobs_.pop_front();
        --idle_;
        lock.unlock();
        job();
        job = nullptr;  // what it holds is released before the next one waits for the lock
        lock.lock();
        ++idle_;
    }
}

}  // namespace http
