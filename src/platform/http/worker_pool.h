#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace http {

// Threads that run jobs in the order they came. The queue has an end: a server that is asked more than it can do says so at once.
class WorkerPool {
  public:
    WorkerPool(std::size_t threads, std::size_t queue);
    ~WorkerPool();  // runs what is queued, then joins
    WorkerPool(const WorkerPool&) = delete;

    bool submit(std::function<void()> job);  // false: the queue is full
    void finish();

  private:
    void work();
    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<std::function<void()>> jobs_;
    std::size_t idle_ = 0;
    const std::size_t queue_;
    bool finishing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace http
