#pragma once
// The server: one I/O thread accepts, parses and enforces limits and deadlines; handlers are plain functions on a bounded pool of workers
// (ADR 0006). What a handler answers is made conditional, cut to a range and stripped for HEAD here, so handlers need not know of it.
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/result.h"
#include "platform/http/message.h"

namespace http {

struct Limits {
    std::size_t head_bytes = 16 * 1024;            // request line and fields; more is 431
    std::size_t fields = 100;                      // 431
    std::size_t target_bytes = 4096;               // 414
    std::uint64_t body_bytes = 1024 * 1024;        // 413; see Options::body_limit for uploads
    std::size_t form_fields = 2000;                // fields and files of a form; more is 413
    std::uint64_t form_field_bytes = 1024 * 1024;  // one field of a multipart form
    std::size_t files = 20;                        // of a multipart form
    std::size_t connections = 1024;
    std::size_t connections_per_address = 512;  // an IPv6 address counts with its /64; trusted proxies are not counted
    std::size_t requests_per_connection = 10'000;
};

struct Deadlines {
    std::chrono::milliseconds head{10'000};      // from the first byte to the empty line; late is 408
    std::chrono::milliseconds idle{75'000};      // between two requests, and before the first
    std::chrono::milliseconds transfer{15'000};  // grace for a body, in either direction; beyond it the rate below must be kept
    std::uint64_t bytes_per_second = 2048;
    std::chrono::milliseconds drain{30'000};  // stop() waits so long for accepted requests
};

// What the access log may know: no address of a person, no query, no user.
struct Access {
    Method method = Method::get;
    std::string path;  // empty when the request was refused before it had one
    int status = 0;
    std::uint64_t bytes = 0;  // of the body sent
    std::chrono::microseconds duration{0};
    std::string network;  // the address with its last third blanked: 192.0.2.0, 2001:db8:1::
};

struct Options {
    std::uint16_t port = 8080;                                  // 0: any free one, see Server::port()
    std::vector<std::string> addresses = {"127.0.0.1", "::1"};  // "0.0.0.0" and "::" for all; one the machine lacks is left out with a log line
    bool inherit_sockets = true;  // systemd socket activation: with LISTEN_FDS the sockets come from there, port and addresses are ignored
    bool handle_signals = true;   // SIGTERM and SIGINT drain
    std::size_t workers = 4;
    std::size_t queue = 128;  // requests waiting for a worker; more is 503 with Retry-After
    Limits limits;
    Deadlines deadlines;
    std::vector<std::string> trusted_proxies;  // "127.0.0.1", "10.0.0.0/8", "fd00::/8": their X-Forwarded-For and -Proto are believed
    std::filesystem::path spool = std::filesystem::temp_directory_path();  // uploads, removed when their request ends

    // Called on the I/O thread, so they must never block.
    std::function<std::optional<std::uint64_t>(Method, const std::string& path)> body_limit;  // nothing: limits.body_bytes
    std::function<std::optional<Response>(const Request&)> fast_path;  // may answer a GET or HEAD at once, from memory; nothing: a worker does
    // The page for what is refused before a handler sees it, with the fields as far as they were read; default: one line of text.
    std::function<Response(int status, const Headers&)> refusal;

    // Called on any thread of the server; must be fast and safe to call from several.
    std::function<void(const Access&)> access_log;
    std::function<void(const std::string&)> log;
};

class Server {
  public:
    // Listens from here on: a request sent now waits until run(). A port that is taken is an Error.
    static base::Result<std::unique_ptr<Server>> open(Options, Handler);
    ~Server();

    void run();   // blocks until stop() or a signal, and then until every accepted request is answered
    void stop();  // drains; from any thread, also from a handler
    std::uint16_t port() const;
    std::vector<std::string> listening() const;  // "http://127.0.0.1:8080", "http://[::1]:8080"

  private:
    Server();
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace http
