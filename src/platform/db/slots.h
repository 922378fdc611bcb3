#pragma once
// A bounded set of connections that threads borrow (inside platform/db only).
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace db {

template <class T>
class Slots {
  public:
    explicit Slots(std::size_t most) : most_(most) {}

    // A borrowed connection; given back when it goes. An empty one stands for a place where nothing has been opened yet.
    class Loan {
      public:
        Loan() = default;
        Loan(Slots* from, std::unique_ptr<T> held) : from_(from), held_(std::move(held)) {}
        Loan(Loan&& other) noexcept : from_(std::exchange(other.from_, nullptr)), held_(std::move(other.held_)) {}
        Loan& operator=(Loan&&) = delete;
        ~Loan() {
            if (from_) from_->give_back(std::move(held_));
        }
        explicit operator bool() const { return from_ != nullptr; }  // false: none came free in time
        std::unique_ptr<T>& held() { return held_; }

      private:
        Slots* from_ = nullptr;
        std::unique_ptr<T> held_;
    };

    Loan borrow(std::chrono::milliseconds patience) {
        std::unique_lock lock(mutex_);
        const auto until = std::chrono::system_clock::now() + patience;  // the clock whose waiting the thread sanitizer of g++ 12 knows
        if (!freed_.wait_until(lock, until, [&] { return out_ < most_; })) return {};
        ++out_;
        if (idle_.empty()) return Loan(this, nullptr);
        auto held = std::move(idle_.back());
        idle_.pop_back();
        return Loan(this, std::move(held));
    }

  private:
    void give_back(std::unique_ptr<T> held) {
        {
            const std::lock_guard lock(mutex_);
            --out_;
            if (held) idle_.push_back(std::move(held));
        }
        freed_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<T>> idle_;
    std::size_t out_ = 0;
    std::size_t most_;
};

}  // namespace db
