#include "platform/http/server.h"

#include <csignal>

#include "platform/http/beast/session.h"
#include "platform/http/beast/sockets.h"

namespace http {

namespace {

constexpr std::chrono::milliseconds sweep_every{100};

AddressBytes bytes_of(const asio::ip::address& address) {
    AddressBytes out{};
    const auto v6 = address.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()) : address.to_v6();
    const auto bytes = v6.to_bytes();
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return out;
}

}  // namespace

struct Server::State {
    Shared shared;
    std::vector<Listener> listeners;
    asio::signal_set signals;
    asio::steady_timer sweep, drain_limit, accept_pause;
    std::list<std::shared_ptr<Session>> sessions;
    std::map<std::string, std::size_t> per_address;
    bool sweeping = false, started = false;

    State(Options options, Handler handler, TrustedProxies proxies)
        : shared(std::move(options), std::move(handler), std::move(proxies)),
          signals(shared.io),
          sweep(shared.io),
          drain_limit(shared.io),
          accept_pause(shared.io) {}

    asio::awaitable<void> accept(Listener& listener) {
        while (!shared.draining) {
            ErrorCode ec;
            auto socket = co_await listener.acceptor.async_accept(asio::redirect_error(asio::use_awaitable, ec));
            if (!ec) {
                admit(std::move(socket));
            } else if (!shared.draining && ec != asio::error::connection_aborted) {
                // No descriptors left: ends come by themselves, trying at once again would only burn the processor.
                accept_pause.expires_after(std::chrono::milliseconds(50));
                ErrorCode ignored;
                co_await accept_pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
            }
        }
    }

    void admit(Tcp::socket socket) {
        ErrorCode ec;
        const auto peer = bytes_of(socket.remote_endpoint(ec).address());
        if (ec) return;
        socket.set_option(Tcp::no_delay(true), ec);
        const auto& limits = shared.options.limits;
        const auto client = client_of(peer);
        const bool proxy = shared.proxies.contains(peer);
        const auto known = per_address.find(client);
        if (sessions.size() >= limits.connections || (!proxy && known != per_address.end() && known->second >= limits.connections_per_address)) {
            turn_away(std::move(socket));
            return;
        }
        ++per_address[client];
        auto session = std::make_shared<Session>(shared, std::move(socket), peer);
        session->place = sessions.insert(sessions.end(), session);
        session->start();
        if (shared.draining) session->drain();
        begin_sweeping();
    }

    void turn_away(Tcp::socket socket) {
        const auto reply = make_reply(Request{}, shared.refusal(503));
        const std::string text = reply.fields + std::string(shared.date_line()) + "Connection: close\r\n\r\n" + std::string(reply.bytes());
        ErrorCode ec;
        socket.non_blocking(true, ec);
        socket.write_some(asio::buffer(text), ec);
        socket.shutdown(Tcp::socket::shutdown_send, ec);
    }

    void ended(const Session& session) {
        const auto count = per_address.find(client_of(session.peer()));
        if (count != per_address.end() && --count->second == 0) per_address.erase(count);
        sessions.erase(session.place);
        if (shared.draining && sessions.empty()) finish();
    }

    // One timer for all deadlines: cheaper than one for each operation, and exact to a tenth of a second.
    void begin_sweeping() {
        if (sweeping) return;
        sweeping = true;
        sweep.expires_after(sweep_every);
        sweep.async_wait([this](ErrorCode ec) {
            sweeping = false;
            if (ec) return;
            const auto moment = std::chrono::steady_clock::now();
            for (const auto& session : sessions) session->check_deadline(moment);
            if (!sessions.empty()) begin_sweeping();
        });
    }

    void await_signal() {
        signals.async_wait([this](ErrorCode ec, int) {
            if (ec) return;
            await_signal();  // first, as drain() may find nothing to wait for and end the waiting
            // The second signal means now.
            if (shared.draining)
                cut_all();
            else
                drain();
        });
    }

    void drain() {
        if (shared.draining) return;
        shared.draining = true;
        for (auto& listener : listeners) {
            // Connections the kernel has accepted for us count as accepted: they are served before the door is shut. Those of an
            // inherited socket stay with systemd for the next process.
            ErrorCode ec;
            listener.acceptor.non_blocking(true, ec);
            while (!ec && !listener.inherited) {
                Tcp::socket socket(shared.io);
                listener.acceptor.accept(socket, ec);
                if (!ec) admit(std::move(socket));
            }
            listener.acceptor.close(ec);
        }
        accept_pause.cancel();
        for (const auto& session : sessions) session->drain();
        if (sessions.empty()) {
            finish();
            return;
        }
        drain_limit.expires_after(shared.options.deadlines.drain);
        drain_limit.async_wait([this](ErrorCode ec) {
            if (!ec) cut_all();
        });
    }

    void cut_all() {
        shared.log("draining took too long: " + std::to_string(sessions.size()) + " connections cut");
        for (const auto& session : sessions) session->cut();
    }

    void finish() {
        ErrorCode ignored;
        signals.cancel(ignored);
        sweep.cancel();
        drain_limit.cancel();
    }
};

Server::Server() = default;

Server::~Server() {
    if (state_) state_->shared.workers.finish();
    if (state_) state_->shared.spooler.finish();
}

base::Result<std::unique_ptr<Server>> Server::open(Options options, Handler handler) {
    TRY(auto proxies, TrustedProxies::parse(options.trusted_proxies));
    std::unique_ptr<Server> server(new Server);
    server->state_ = std::make_unique<State>(std::move(options), std::move(handler), std::move(proxies));
    State& state = *server->state_;
    state.shared.on_end = [&state](const Session& session) { state.ended(session); };
    TRY(state.listeners, open_listeners(state.shared.io, state.shared.options));
    if (state.shared.options.handle_signals) {
        ErrorCode ec;
        state.signals.add(SIGTERM, ec);
        state.signals.add(SIGINT, ec);
    }
    return server;
}

void Server::run() {
    State& state = *state_;
    std::signal(SIGPIPE, SIG_IGN);
    if (state.shared.options.handle_signals) state.await_signal();
    for (auto& listener : state.listeners) asio::co_spawn(state.shared.io, state.accept(listener), asio::detached);
    state.shared.io.run();
    state.shared.workers.finish();
    state.shared.spooler.finish();
}

void Server::stop() {
    auto* state = state_.get();
    asio::post(state->shared.io, [state] { state->drain(); });
}

std::uint16_t Server::port() const { return state_->listeners.front().port; }

std::vector<std::string> Server::listening() const {
    std::vector<std::string> out;
    for (const auto& listener : state_->listeners) out.push_back(listener.url);
    return out;
}

}  // namespace http
