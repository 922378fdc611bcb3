#include "platform/identity/passwords.h"

#include <functional>

#include <sodium.h>

#include "platform/links/api.h"

namespace identity {
namespace {

void ready() {
    static const bool done = sodium_init() >= 0;
    (void)done;
}

std::string argon2id(const std::string& password, const HashingCost& cost) {
    char out[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(out, password.data(), password.size(), cost.passes, cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) return {};
    return out;
}

}  // namespace

PasswordHasher::PasswordHasher(std::size_t waiting, HashingCost cost) : waiting_(waiting), cost_(cost) {
    ready();
    nobody_ = argon2id(new_token(), cost_);
    thread_ = std::thread([this] { run(); });
}

PasswordHasher::~PasswordHasher() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void PasswordHasher::run() {
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;  // stopping, and everybody who waited has been answered
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        work();
    }
}

bool PasswordHasher::full() const {
    const std::lock_guard lock(mutex_);
    return queue_.size() >= waiting_;
}

template <class T>
base::Result<T> PasswordHasher::in_turn(std::function<T()> work) {
    auto promise = std::make_shared<std::promise<T>>();
    auto answer = promise->get_future();
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return base::error(base::ErrorKind::unavailable, "password hashing is shutting down");
        if (queue_.size() >= waiting_) return base::error(base::ErrorKind::too_many, "password hashing queue is full");
        queue_.emplace_back([promise, work = std::move(work)] { promise->set_value(work()); });
    }
    wake_.notify_one();
    return answer.get();
}

base::Result<std::string> PasswordHasher::hash(std::string password) {
    auto hashed = in_turn<std::string>([this, password = std::move(password)] { return argon2id(password, cost_); });
    if (hashed && hashed->empty()) return base::error(base::ErrorKind::unavailable, "not enough memory to hash a password");
    return hashed;
}

base::Result<bool> PasswordHasher::verify(std::string stored, std::string password) {
    return in_turn<bool>([stored = std::move(stored), password = std::move(password)] {
        return crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
    });
}

base::Result<bool> PasswordHasher::verify_nobody(std::string password) {
    auto done = verify(nobody_, std::move(password));
    if (!done) return done;
    return false;
}

std::string new_token() { return links::random_token(); }

std::string token_hash(std::string_view token) {
    ready();
    unsigned char digest[32];
    crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr, 0);
    char out[sizeof digest * 2 + 1];
    sodium_bin2hex(out, sizeof out, digest, sizeof digest);
    return out;
}

}  // namespace identity
