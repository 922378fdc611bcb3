#pragma once
// One connection, from its first byte to its last. Everything here runs on the I/O thread, except what offload() hands to a pool.
#include <list>

#include "platform/http/beast/asio.h"
#include "platform/http/beast/request_parser.h"
#include "platform/http/multipart.h"
#include "platform/http/proxies.h"
#include "platform/http/reply.h"
#include "platform/http/worker_pool.h"

namespace http {

class Session;

// What all connections share.
struct Shared {
    Options options;
    Handler handler;
    TrustedProxies proxies;
    asio::io_context io{1};
    WorkerPool workers;
    WorkerPool spooler;  // one thread for reading and writing files, so that a slow disk never holds the I/O thread
    bool draining = false;
    std::function<void(const Session&)> on_end;

    std::string_view date_line();  // "Date: …\r\n", made once a second
    Response refusal(int status, const Headers& = {}) const;
    void log(const std::string& line) const {
        if (options.log) options.log(line);
    }

    Shared(Options o, Handler h, TrustedProxies p)
        : options(std::move(o)), handler(std::move(h)), proxies(std::move(p)), workers(options.workers, options.queue), spooler(1, 4096) {}

  private:
    std::int64_t date_second_ = 0;
    std::string date_line_;
};

// A request and its answer while a worker has them; shared, so that they outlive a connection that was cut meanwhile.
struct Exchange {
    Request request;
    Reply reply;
    std::unique_ptr<MultipartReader> multipart;  // while a multipart form arrives
    std::string chunk;                           // of it
    int fault = 0;
    bool done = false;
    ~Exchange();  // removes what was uploaded and not moved away
};

class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(Shared&, Tcp::socket, const AddressBytes& peer);
    void start();
    void check_deadline(SteadyTime now);
    void drain();  // an idle connection ends soon, a busy one after its answer
    void cut();
    const AddressBytes& peer() const { return peer_; }
    std::list<std::shared_ptr<Session>>::iterator place;  // in the server's list

  private:
    enum class Phase { idle, head, body, handler, writing, closing };

    asio::awaitable<void> serve();
    asio::awaitable<bool> read_head();
    asio::awaitable<int> read_body(std::shared_ptr<Exchange>);
    asio::awaitable<int> spool(std::shared_ptr<Exchange>);
    asio::awaitable<bool> read_more();
    asio::awaitable<bool> write_all(std::string_view head, std::string_view body);
    asio::awaitable<bool> send(Reply&);
    asio::awaitable<bool> send_file(Reply&);
    asio::awaitable<void> refuse(int status, Headers headers);
    asio::awaitable<bool> offload(WorkerPool&, std::shared_ptr<Exchange>, std::function<void()>);
    asio::awaitable<void> say_goodbye();
    bool more_is_here() const;
    void log_access(const Request*, int status, std::uint64_t bytes, const AddressBytes& client);
    void set_deadline(Phase, std::chrono::milliseconds from_now);
    void progress(std::uint64_t transferred);

    Shared& shared_;
    Tcp::socket socket_;
    AddressBytes peer_;
    RequestParser parser_;
    asio::steady_timer wake_;
    std::string input_;
    std::string head_out_;
    std::unique_ptr<char[]> scratch_;
    Phase phase_ = Phase::idle;
    SteadyTime deadline_ = SteadyTime::max(), phase_begun_, request_begun_;
    std::size_t served_ = 0;
    bool timed_out_ = false, eof_ = false;
};

}  // namespace http
