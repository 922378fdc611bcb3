#include "platform/http/beast/sockets.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

namespace http {

namespace {

constexpr int first_inherited = 3;  // sd_listen_fds(3): SD_LISTEN_FDS_START

int number_in(const char* name) {
    const char* text = std::getenv(name);
    int value = 0;
    if (text) std::from_chars(text, text + std::strlen(text), value);
    return value;
}

std::string url_of(const Tcp::endpoint& endpoint) {
    const auto address = endpoint.address().to_string();
    return "http://" + (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

base::Result<std::vector<Listener>> inherited(asio::io_context& io, int count) {
    // Only the process the sockets were meant for may take them; its children must not.
    ::unsetenv("LISTEN_PID");
    ::unsetenv("LISTEN_FDS");
    ::unsetenv("LISTEN_FDNAMES");
    std::vector<Listener> out;
    for (int fd = first_inherited; fd < first_inherited + count; ++fd) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        int listening = 0;
        socklen_t option_size = sizeof listening;
        if (::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0 || (address.ss_family != AF_INET && address.ss_family != AF_INET6) ||
            ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &option_size) != 0 || !listening)
            return base::error(base::ErrorKind::unavailable,
                               "socket " + std::to_string(fd) + " handed over by LISTEN_FDS is no listening TCP socket");
        ::fcntl(fd, F_SETFD, FD_CLOEXEC);
        ErrorCode ec;
        Listener listener{Tcp::acceptor(io), 0, {}, true};
        listener.acceptor.assign(address.ss_family == AF_INET ? Tcp::v4() : Tcp::v6(), fd, ec);
        if (ec) return base::error(base::ErrorKind::unavailable, "socket " + std::to_string(fd) + " handed over by LISTEN_FDS: " + ec.message());
        const auto endpoint = listener.acceptor.local_endpoint(ec);
        listener.port = endpoint.port();
        listener.url = url_of(endpoint);
        out.push_back(std::move(listener));
    }
    return out;
}

ErrorCode listen_on(Listener& listener, const Tcp::endpoint& endpoint) {
    ErrorCode ec;
    auto& acceptor = listener.acceptor;
    acceptor.open(endpoint.protocol(), ec);
    if (!ec) acceptor.set_option(Tcp::acceptor::reuse_address(true), ec);
    // "::" and "0.0.0.0" are two sockets side by side, so each takes its own family only.
    if (!ec && endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true), ec);
    if (!ec) acceptor.bind(endpoint, ec);
    if (!ec) acceptor.listen(1024, ec);
    if (ec) return ec;
    const auto bound = acceptor.local_endpoint(ec);
    listener.port = bound.port();
    listener.url = url_of(bound);
    return ec;
}

}  // namespace

base::Result<std::vector<Listener>> open_listeners(asio::io_context& io, const Options& options) {
    if (options.inherit_sockets && number_in("LISTEN_FDS") > 0 && number_in("LISTEN_PID") == ::getpid())
        return inherited(io, number_in("LISTEN_FDS"));

    // With port 0 the first address chooses a free port and the others must get the same; another try when one of them has lost it.
    for (int attempt = 0;; ++attempt) {
        std::vector<Listener> out;
        std::uint16_t port = options.port;
        bool again = false;
        for (const auto& text : options.addresses) {
            ErrorCode ec;
            const auto address = asio::ip::make_address(text, ec);
            if (ec) return base::error(base::ErrorKind::invalid_input, "no address to listen on: " + text);
            Listener listener{Tcp::acceptor(io), 0, {}, false};
            ec = listen_on(listener, {address, port});
            if (ec == asio::error::address_family_not_supported || ec == boost::system::errc::address_not_available) {
                if (options.log) options.log("not listening on " + text + ": this machine has no such address");
                continue;
            }
            if (ec && options.port == 0 && attempt < 20) {
                again = true;
                break;
            }
            if (ec)
                return base::error(base::ErrorKind::unavailable, "cannot listen on " + text + " port " + std::to_string(port) + ": " + ec.message());
            port = listener.port;
            out.push_back(std::move(listener));
        }
        if (again) continue;
        if (out.empty()) return base::error(base::ErrorKind::unavailable, "none of the addresses to listen on exists here");
        return out;
    }
}

}  // namespace http
