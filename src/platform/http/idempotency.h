#pragma once
// A form sent twice (a double click, a reload, a retry after a broken connection) takes effect once: the second answer is the first one again.
#include <chrono>

#include "platform/base/result.h"
#include "platform/http/message.h"

namespace http {

// Where first answers are kept. Keys and fingerprints are hashes: they tell nothing about who asked what.
class IdempotencyStore {
  public:
    virtual ~IdempotencyStore() = default;
    enum class State {
        mine,      // new: the caller does the work and then calls finish() or abandon()
        running,   // another request does it right now
        answered,  // done; see answer
        differs,   // the key was used for another content
    };
    struct Claim {
        State state = State::mine;
        Response answer;
    };
    virtual base::Result<Claim> claim(const std::string& key, const std::string& fingerprint) = 0;
    virtual base::Result<void> finish(const std::string& key, const Response& answer) = 0;
    virtual base::Result<void> abandon(const std::string& key) = 0;
};

std::unique_ptr<IdempotencyStore> idempotency_in_memory();  // for tests and single processes: forgets with the process

struct IdempotencyOptions {
    std::function<std::string(const Request&)> scope;             // who asks: account or session; a key means nothing outside its scope
    std::function<Response(const Request&, int status)> refused;  // 400, 409, 422 and 503 in the site's look
    std::chrono::milliseconds patience{5000};                     // how long a duplicate waits for the first
    std::size_t waiting = 2;                                      // how many may wait at a time, as each holds a worker; more are 409
};

// Guards POST (and what _method made of it) where the form has a field _idempotency or the request a header Idempotency-Key.
// A refused request (4xx, 5xx) had no effect, so its key stays free and a corrected form may use it again. Cookies are not kept with an answer:
// they were meant for one browser at one moment.
Handler with_idempotency(Handler, std::shared_ptr<IdempotencyStore>, IdempotencyOptions);

// A fresh key for a form.
std::string new_idempotency_key();

}  // namespace http
