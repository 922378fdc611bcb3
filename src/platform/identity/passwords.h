#pragma once
// Argon2id through libsodium, on one thread of its own, so that a flood of sign-ins can never take the workers' time: at most `waiting` people
// queue, the next is turned away at once (429).
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "platform/base/result.h"

namespace identity {

// 19 MiB and two passes: OWASP Password Storage Cheat Sheet, Argon2id.
struct HashingCost {
    unsigned long long passes = 2;
    std::size_t memory_bytes = 19u * 1024 * 1024;
};

class PasswordHasher {
  public:
    explicit PasswordHasher(std::size_t waiting = 16, HashingCost cost = {});
    ~PasswordHasher();
    PasswordHasher(const PasswordHasher&) = delete;
    PasswordHasher& operator=(const PasswordHasher&) = delete;

    // No room to wait: whoever comes now is turned away before anything is looked up for them.
    bool full() const;
    // Both block until their turn has come; too_many when the queue is full, unavailable while shutting down.
    base::Result<std::string> hash(std::string password);
    base::Result<bool> verify(std::string stored, std::string password);
    // As long as verify for an account that does not exist, so that nobody learns from the clock who has one.
    base::Result<bool> verify_nobody(std::string password);

  private:
    template <class T>
    base::Result<T> in_turn(std::function<T()> work);
    void run();

    const std::size_t waiting_;
    const HashingCost cost_;
    std::string nobody_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

// 32 random bytes as 43 characters of base64url: session tokens, setup links.
std::string new_token();
// What the database keeps of a token: BLAKE2b-256 in hex. A stolen database opens no session.
std::string token_hash(std::string_view token);

}  // namespace identity
