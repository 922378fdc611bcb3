#include "tests/platform/http/support/wire.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "platform/http/text.h"

namespace wire {

Client::Client(std::uint16_t port, const char* address, int receive_buffer) {
    const bool six = std::string_view(address).find(':') != std::string_view::npos;
    socket_ = ::socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval limit{30, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (receive_buffer) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    int yes = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    int failed = 0;
    if (six) {
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(port);
        ::inet_pton(AF_INET6, address, &to.sin6_addr);
        failed = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to);
    } else {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        ::inet_pton(AF_INET, address, &to.sin_addr);
        failed = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to);
    }
    EXPECT_EQ(failed, 0) << "no connection to " << address << " port " << port;
}

Client::~Client() { ::close(socket_); }

bool Client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

void Client::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool Client::fill() {
    char buffer[65536];
    const auto n = ::recv(socket_, buffer, sizeof buffer, 0);
    if (n <= 0) return false;
    input_.append(buffer, static_cast<std::size_t>(n));
    return true;
}

Answer Client::read(To to) {
    Answer answer;
    std::size_t end;
    while ((end = input_.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return answer;
    std::string_view head = std::string_view(input_).substr(0, end + 2);
    std::size_t length = 0;
    for (bool first = true; !head.empty(); first = false) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(line.size() + 2);
        if (first) {
            EXPECT_EQ(line.substr(0, 9), "HTTP/1.1 ");
            answer.status = std::atoi(std::string(line.substr(9)).c_str());
        } else {
            const auto colon = line.find(':');
            answer.headers.add(line.substr(0, colon), std::string(http::trimmed(line.substr(colon + 1))));
        }
    }
    input_.erase(0, end + 4);
    length = std::strtoull(answer.headers.get("content-length").c_str(), nullptr, 10);
    if (to == To::head || answer.status == 304 || answer.status == 100) length = 0;
    while (input_.size() < length)
        if (!fill()) break;
    answer.body = input_.substr(0, length);
    input_.erase(0, length);
    return answer;
}

std::string Client::read_raw(std::size_t at_least) {
    while (input_.size() < at_least)
        if (!fill()) break;
    return std::exchange(input_, {});
}

bool Client::ended() {
    if (!input_.empty()) return false;
    char byte;
    return ::recv(socket_, &byte, 1, 0) == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

TestServer::TestServer(http::Handler handler, http::Options options) {
    options.port = 0;
    options.handle_signals = false;
    options.inherit_sockets = false;
    auto opened = http::Server::open(std::move(options), std::move(handler));
    if (!opened) {
        std::fprintf(stderr, "%s\n", base::describe(opened.error()).c_str());
        std::abort();
    }
    server_ = std::move(*opened);
    thread_ = std::thread([this] { server_->run(); });
}

TestServer::~TestServer() {
    server_->stop();
    join();
}

void TestServer::join() {
    if (thread_.joinable()) thread_.join();
}

void Gate::pass() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
}

void Gate::wait_for(int handlers) {
    std::unique_lock lock(mutex_);
    EXPECT_TRUE(changed_.wait_for(lock, std::chrono::seconds(30), [&] { return arrived_ >= handlers; }));
}

void Gate::open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
}

std::string get(std::string_view target, std::string_view more) {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more) + "\r\n";
}

std::string post(std::string_view target, std::string_view body, std::string_view type, std::string_view more) {
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(more) + "\r\n" + std::string(body);
}

}  // namespace wire
