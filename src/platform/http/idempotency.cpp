#include "platform/http/idempotency.h"

#include <sodium.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <thread>

namespace http {

namespace {

constexpr std::chrono::milliseconds ask_again{25};

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string out(size * 2 + 1, '\0');
    ::sodium_bin2hex(out.data(), out.size(), bytes, size);
    out.pop_back();
    return out;
}

class Hash {
  public:
    Hash() { ::crypto_generichash_init(&state_, nullptr, 0, size); }
    // With its length in front, so that "ab"+"c" differs from "a"+"bc".
    Hash& add(std::string_view text) {
        raw(std::to_string(text.size()) + ":");
        raw(text);
        return *this;
    }
    void raw(std::string_view bytes) { ::crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()); }
    std::string text() {
        unsigned char out[size];
        ::crypto_generichash_final(&state_, out, size);
        return hex(out, size);
    }

  private:
    static constexpr std::size_t size = 32;
    crypto_generichash_state state_;
};

// What the request says, without the token, which differs each time the form is shown.
std::string fingerprint_of(const Request& request) {
    Hash hash;
    hash.add(request.headers.view("content-type").substr(0, request.headers.view("content-type").find(';')));
    if (request.form.items().empty() && request.uploads.empty()) return hash.add(request.body).text();
    for (const auto& [name, value] : request.form.items())
        if (name != "_csrf") hash.add(name).add(value);
    for (const auto& upload : request.uploads) {
        hash.add(upload.field).add(upload.filename).add(std::to_string(upload.size));
        std::ifstream file(upload.path, std::ios::binary);
        char block[65536];
        while (file.read(block, sizeof block), file.gcount() > 0) hash.raw({block, static_cast<std::size_t>(file.gcount())});
    }
    return hash.text();
}

bool is_proper(std::string_view key) {
    if (key.size() < 8 || key.size() > 200) return false;
    for (char c : key)
        if (c <= 0x20 || c == 0x7F) return false;
    return true;
}

class InMemory : public IdempotencyStore {
  public:
    base::Result<Claim> claim(const std::string& key, const std::string& fingerprint) override {
        const std::lock_guard lock(mutex_);
        const auto [entry, is_new] = entries_.try_emplace(key, Entry{fingerprint, std::nullopt});
        if (is_new) return Claim{State::mine, {}};
        if (entry->second.fingerprint != fingerprint) return Claim{State::differs, {}};
        if (!entry->second.answer) return Claim{State::running, {}};
        return Claim{State::answered, *entry->second.answer};
    }
    base::Result<void> finish(const std::string& key, const Response& answer) override {
        const std::lock_guard lock(mutex_);
        if (const auto entry = entries_.find(key); entry != entries_.end()) entry->second.answer = answer;
        return {};
    }
    base::Result<void> abandon(const std::string& key) override {
        const std::lock_guard lock(mutex_);
        entries_.erase(key);
        return {};
    }

  private:
    struct Entry {
        std::string fingerprint;
        std::optional<Response> answer;
    };
    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
};

// Frees the key when the handler throws.
class Claimed {
  public:
    Claimed(IdempotencyStore& store, const std::string& key) : store_(store), key_(key) {}
    ~Claimed() {
        if (!kept_) (void)store_.abandon(key_);
    }
    void keep(const Response& answer) {
        // When this fails the key stays claimed: a duplicate is then refused, which is safer than done twice.
        kept_ = true;
        (void)store_.finish(key_, answer);
    }

  private:
    IdempotencyStore& store_;
    const std::string& key_;
    bool kept_ = false;
};

}  // namespace

std::unique_ptr<IdempotencyStore> idempotency_in_memory() { return std::make_unique<InMemory>(); }

std::string new_idempotency_key() {
    unsigned char bytes[16];
    ::randombytes_buf(bytes, sizeof bytes);
    return hex(bytes, sizeof bytes);
}

Handler with_idempotency(Handler handler, std::shared_ptr<IdempotencyStore> store, IdempotencyOptions options) {
    struct Shared {
        Handler handler;
        std::shared_ptr<IdempotencyStore> store;
        IdempotencyOptions options;
        std::atomic<std::size_t> waiting{0};
    };
    auto shared = std::make_shared<Shared>();
    shared->handler = std::move(handler);
    shared->store = std::move(store);
    shared->options = std::move(options);

    return [shared](const Request& request) {
        if (is_safe(request.method)) return shared->handler(request);
        const auto given = request.form.has("_idempotency") ? request.form.get("_idempotency") : request.headers.get("idempotency-key");
        if (given.empty()) return shared->handler(request);
        const auto refuse = [&](int status, const char* text) {
            return shared->options.refused ? shared->options.refused(request, status) : Response::text(text, status);
        };
        if (!is_proper(given)) return refuse(400, "The idempotency key must have 8 to 200 characters without blanks.\n");

        const auto scope = shared->options.scope ? shared->options.scope(request) : std::string();
        const auto key = Hash().add(scope).add(name_of(request.method)).add(request.path).add(given).text();
        const auto fingerprint = fingerprint_of(request);
        const auto until = std::chrono::steady_clock::now() + shared->options.patience;
        bool waits = false;
        const auto leave = [&] {
            if (std::exchange(waits, false)) --shared->waiting;
        };
        for (;;) {
            auto claim = shared->store->claim(key, fingerprint);
            if (!claim || claim->state != IdempotencyStore::State::running) leave();
            if (!claim) return refuse(503, "Please try again.\n");
            switch (claim->state) {
                case IdempotencyStore::State::answered: return claim->answer;
                case IdempotencyStore::State::differs:
                    return refuse(422, "This form was already sent with another content. Please load the page again.\n");
                case IdempotencyStore::State::mine: {
                    Claimed claimed(*shared->store, key);
                    Response response = shared->handler(request);
                    if (response.status >= 200 && response.status < 400 && !response.file) {
                        Response kept = response;
                        kept.headers.remove("set-cookie");
                        if (kept.shared_body) kept.body = *std::exchange(kept.shared_body, nullptr);
                        claimed.keep(kept);
                    }
                    return response;
                }
                case IdempotencyStore::State::running: break;
            }
            if (!waits) {
                waits = true;
                if (++shared->waiting > shared->options.waiting) {
                    leave();
                    return refuse(409, "This form is being worked on. Please look whether it has arrived before sending it again.\n");
                }
            }
            if (std::chrono::steady_clock::now() >= until) {
                leave();
                return refuse(409, "This form is being worked on. Please look whether it has arrived before sending it again.\n");
            }
            std::this_thread::sleep_for(ask_again);
        }
    };
}

}  // namespace http
