#pragma once
// A server in this process and a client that writes raw bytes: for what no well-behaved client sends.
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "platform/http/server.h"

namespace wire {

struct Answer {
    int status = 0;  // 0: the connection ended before a status line
    http::Headers headers;
    std::string body;
};

// Everything has a deadline of half a minute, so that a mistake fails and does not hang; nothing relies on being fast.
class Client {
  public:
    explicit Client(std::uint16_t port, const char* address = "127.0.0.1", int receive_buffer = 0);
    ~Client();
    Client(const Client&) = delete;
    bool send(std::string_view bytes);  // false: the other side has closed
    void finish_sending();
    // The next answer; `to_head` has no body whatever its length says.
    enum class To { get, head };
    Answer read(To = To::get);
    std::string read_raw(std::size_t at_least);  // what has arrived, once it is so much (or the end)
    bool ended();                                // waits for the end of the connection; false when bytes came instead
    Answer ask(std::string_view bytes, To to = To::get) {
        send(bytes);
        return read(to);
    }

  private:
    bool fill();
    int socket_ = -1;
    std::string input_;
};

class TestServer {
  public:
    explicit TestServer(http::Handler, http::Options = {});
    ~TestServer();  // stops and waits
    std::uint16_t port() const { return server_->port(); }
    http::Server& server() { return *server_; }
    void join();

  private:
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
};

// A door that handlers wait at until the test opens it.
class Gate {
  public:
    void pass();                  // called by a handler
    void wait_for(int handlers);  // until so many have arrived
    void open();

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int arrived_ = 0;
    bool open_ = false;
};

std::string get(std::string_view target, std::string_view more = "");  // a whole GET request; `more`: fields, each with CRLF
std::string post(std::string_view target, std::string_view body, std::string_view type = "application/x-www-form-urlencoded",
                 std::string_view more = "");

}  // namespace wire
