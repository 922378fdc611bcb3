// The end of a server: nothing accepted is lost, nothing waits for ever.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>

#include "tests/platform/http/support/wire.h"

using namespace std::chrono_literals;
using http::Request;
using http::Response;
using wire::Client;
using wire::get;
using wire::TestServer;

namespace {

std::vector<std::unique_ptr<Client>> connected(std::uint16_t port, int count) {
    std::vector<std::unique_ptr<Client>> out;
    for (int i = 0; i < count; ++i) out.push_back(std::make_unique<Client>(port));
    return out;
}

}  // namespace

TEST(Drain, AnswersEveryRequestThatWasSent) {
    constexpr int count = 120;
    wire::Gate gate;
    std::atomic<int> handled{0};
    http::Options options;
    options.workers = 4;
    options.queue = 200;
    TestServer server(
        [&](const Request& r) {
            gate.pass();
            ++handled;
            return Response::text(r.path);
        },
        options);
    auto clients = connected(server.port(), count);
    for (int i = 0; i < count; ++i) clients[i]->send(get("/" + std::to_string(i)));
    gate.wait_for(4);  // some are worked on, some queued, some perhaps not even accepted
    server.server().stop();
    gate.open();
    for (int i = 0; i < count; ++i) EXPECT_EQ(clients[i]->read().body, "/" + std::to_string(i));
    server.join();
    EXPECT_EQ(handled, count);
}

TEST(Drain, AnswersWhatWasPipelinedAndSaysGoodbye) {
    wire::Gate gate;
    TestServer server([&](const Request& r) {
        gate.pass();
        return Response::text(r.path);
    });
    Client client(server.port());
    client.send(get("/1") + get("/2") + get("/3"));
    gate.wait_for(1);
    server.server().stop();
    gate.open();
    EXPECT_EQ(client.read().body, "/1");
    EXPECT_EQ(client.read().body, "/2");
    const auto last = client.read();
    EXPECT_EQ(last.body, "/3");
    client.finish_sending();
    EXPECT_TRUE(client.ended());
    server.join();
}

TEST(Drain, DoesNotWaitForIdleConnections) {
    http::Options options;
    options.deadlines.idle = 600s;
    TestServer server([](const Request&) { return Response::text("ok"); }, options);
    Client silent(server.port()), idle(server.port());
    EXPECT_EQ(idle.ask(get("/")).status, 200);
    server.server().stop();
    EXPECT_TRUE(silent.ended());
    EXPECT_TRUE(idle.ended());
    server.join();
}

TEST(Drain, FinishesAHalfSentRequest) {
    TestServer server([](const Request& r) { return Response::text(r.body); });
    Client client(server.port());
    EXPECT_EQ(client.ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n").status, 100);
    server.server().stop();
    const auto answer = client.ask("abcdef");
    EXPECT_EQ(answer.body, "abcdef");
    EXPECT_EQ(answer.headers.get("connection"), "close");
    server.join();
}

TEST(Drain, CutsWhoNeverFinishes) {
    http::Options options;
    options.deadlines.drain = 200ms;
    options.deadlines.transfer = 600s;
    TestServer server([](const Request& r) { return Response::text(r.body); }, options);
    Client client(server.port());
    EXPECT_EQ(client.ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nExpect: 100-continue\r\n\r\n").status, 100);
    server.server().stop();
    server.join();
    EXPECT_TRUE(client.ended());
}

namespace {

// A server in a process of its own, for signals and handed over sockets. `listener`: given as systemd does, as descriptor 3.
class Process {
  public:
    explicit Process(int listener) {
        int pipe_ends[2];
        EXPECT_EQ(::pipe(pipe_ends), 0);
        child_ = ::fork();
        if (child_ == 0) {
            // By way of higher numbers, as one of the two may be 3 or 4 already.
            const int socket = ::fcntl(listener, F_DUPFD, 10), ready = ::fcntl(pipe_ends[1], F_DUPFD, 10);
            ::dup2(socket, 3);
            ::dup2(ready, 4);
            ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
            ::setenv("LISTEN_FDS", "1", 1);
            ::setenv("MITEINANDER_TEST_CHILD", "1", 1);
            ::execl("/proc/self/exe", "test", "--gtest_filter=Child.ServesUntilTheSignal", "--gtest_brief=1", nullptr);
            ::_exit(127);
        }
        ::close(pipe_ends[1]);
        char ready = 0;
        EXPECT_EQ(::read(pipe_ends[0], &ready, 1), 1) << "the child did not start";
        ::close(pipe_ends[0]);
    }
    ~Process() {
        if (child_ > 0) ::kill(child_, SIGKILL), wait();
    }
    void signal(int number) const { ::kill(child_, number); }
    int wait() {
        int status = 0;
        const auto begun = std::chrono::steady_clock::now();
        while (::waitpid(child_, &status, WNOHANG) == 0) {
            if (std::chrono::steady_clock::now() - begun > 60s) ::kill(child_, SIGKILL);  // what it is waited for then says so
            std::this_thread::sleep_for(10ms);
        }
        child_ = 0;
        return status;
    }

  private:
    pid_t child_ = 0;
};

int listening_socket(std::uint16_t& port) {
    const int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    socklen_t size = sizeof address;
    EXPECT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(fd, 64), 0);
    EXPECT_EQ(::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port = ntohs(address.sin6_port);
    return fd;
}

// What the process above runs; the test exists in it alone.
class Child : public testing::Test {
    void TestBody() override {
        http::Options options;
        options.port = 1;  // never used: the socket is handed over
        auto server = http::Server::open(options, [](const Request& r) {
            if (r.path == "/langsam") std::this_thread::sleep_for(500ms);
            return Response::text(r.path);
        });
        ASSERT_TRUE(server) << base::describe(server.error());
        EXPECT_EQ(std::getenv("LISTEN_FDS"), nullptr) << "children must not take the sockets again";
        EXPECT_EQ(::write(4, "r", 1), 1);
        (*server)->run();
    }
};
[[maybe_unused]] const auto* child =
    std::getenv("MITEINANDER_TEST_CHILD")
        ? testing::RegisterTest("Child", "ServesUntilTheSignal", nullptr, nullptr, __FILE__, __LINE__, []() -> testing::Test* { return new Child; })
        : nullptr;

}  // namespace

TEST(Systemd, HandsOverSocketsAndSignalsDrain) {
    std::uint16_t port = 0;
    const int listener = listening_socket(port);
    for (const int number : {SIGTERM, SIGINT}) {
        // Sent before anybody serves: the kernel keeps it, as it does while systemd starts the program.
        Client early(port, "::1");
        early.send(get("/frueh"));
        Process process(listener);
        EXPECT_EQ(early.read().body, "/frueh");
        Client slow(port, "::1");
        slow.send(get("/langsam"));
        Client other(port, "::1");
        EXPECT_EQ(other.ask(get("/anders")).body, "/anders");  // accepted after it, so the slow one is accepted
        process.signal(number);
        EXPECT_EQ(slow.read().body, "/langsam");
        early.finish_sending();
        slow.finish_sending();
        other.finish_sending();
        const int status = process.wait();
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    }
    ::close(listener);
}

TEST(Systemd, ASignalEndsAnIdleServer) {
    std::uint16_t port = 0;
    const int listener = listening_socket(port);
    Process process(listener);
    {
        Client client(port, "::1");
        EXPECT_EQ(client.ask("GET /da HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").body, "/da");
        EXPECT_TRUE(client.ended());
    }
    process.signal(SIGTERM);
    const int status = process.wait();
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    ::close(listener);
}
