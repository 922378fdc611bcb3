#include "platform/http/beast/session.h"

#include <cxxabi.h>
#include <unistd.h>

#include <typeinfo>

#include "platform/http/forms.h"

namespace http {

namespace {

constexpr std::size_t read_size = 16 * 1024;
constexpr std::size_t file_block = 256 * 1024;
constexpr std::size_t spool_block = 64 * 1024;
constexpr std::chrono::milliseconds drain_grace{500};  // for a request that is on its way to an idle connection
constexpr std::chrono::milliseconds goodbye_time{2000};
constexpr std::size_t goodbye_bytes = 1024 * 1024;

SteadyTime now() { return std::chrono::steady_clock::now(); }

// What is thrown is named by its type only: its text may quote what a person typed.
std::string type_of_current_exception() {
    const auto* type = abi::__cxa_current_exception_type();
    if (!type) return "unknown";
    int status = 0;
    const std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), std::free);
    return status == 0 ? name.get() : type->name();
}

// What a head that is refused says of its reader: only the fields that choose the words of the answer, and nothing is believed.
Headers reader_of(std::string_view head) {
    Headers out;
    for (std::size_t at = 0; at < head.size();) {
        const auto end = std::min(head.find('\n', at), head.size());
        auto line = head.substr(at, end - at);
        at = end + 1;
        if (line.empty() || line == "\r") break;
        if (line.back() == '\r') line.remove_suffix(1);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        const auto name = line.substr(0, colon);
        const auto is = [&](std::string_view wanted) {
            return std::equal(name.begin(), name.end(), wanted.begin(), wanted.end(),
                              [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
        };
        auto value = line.substr(colon + 1);
        value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
        if (is("accept") || is("accept-language")) out.set(name, std::string(value));
    }
    return out;
}

}  // namespace

Exchange::~Exchange() {
    for (const auto& upload : request.uploads) ::unlink(upload.path.c_str());
}

std::string_view Shared::date_line() {
    const auto second = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    if (second != date_second_) {
        date_second_ = second;
        date_line_ = "Date: " + http_date(second) + "\r\n";
    }
    return date_line_;
}

Response Shared::refusal(int status, const Headers& headers) const {
    Response r = options.refusal ? options.refusal(status, headers)
                                 : Response::text(std::to_string(status) + " " + std::string(reason_of(status)) + "\n", status);
    r.status = status;
    if (!r.headers.has("cache-control")) r.headers.set("cache-control", "no-store");
    if (!r.headers.has("x-content-type-options")) r.headers.set("x-content-type-options", "nosniff");
    if (status == 503) r.headers.set("retry-after", "2");
    return r;
}

Session::Session(Shared& shared, Tcp::socket socket, const AddressBytes& peer)
    : shared_(shared), socket_(std::move(socket)), peer_(peer), parser_(shared.options.limits), wake_(shared.io) {
    wake_.expires_at(SteadyTime::max());
}

void Session::start() {
    // The coroutine's frame keeps the session alive; a capturing lambda here would be miscompiled by g++ 12 when it is not named.
    auto self = shared_from_this();
    auto run = [self]() -> asio::awaitable<void> { return self->serve(); };
    auto ended = [self](std::exception_ptr failure) {
        if (failure) self->shared_.log("connection ended by an exception");
        self->cut();
        self->shared_.on_end(*self);
    };
    asio::co_spawn(shared_.io, std::move(run), std::move(ended));
}

void Session::set_deadline(Phase phase, std::chrono::milliseconds from_now) {
    phase_ = phase;
    phase_begun_ = now();
    deadline_ = phase_begun_ + from_now;
}

// The longer a transfer takes, the more of it must have arrived.
void Session::progress(std::uint64_t transferred) {
    const auto& d = shared_.options.deadlines;
    deadline_ = phase_begun_ + d.transfer + std::chrono::milliseconds(transferred * 1000 / std::max<std::uint64_t>(1, d.bytes_per_second));
}

void Session::check_deadline(SteadyTime moment) {
    if (moment < deadline_) return;
    deadline_ = SteadyTime::max();
    timed_out_ = true;
    ErrorCode ignored;
    socket_.cancel(ignored);
}

void Session::drain() {
    if (phase_ == Phase::idle) deadline_ = std::min(deadline_, now() + drain_grace);
}

void Session::cut() {
    ErrorCode ignored;
    socket_.close(ignored);
}

asio::awaitable<bool> Session::read_more() {
    if (!scratch_) scratch_ = std::make_unique<char[]>(read_size);
    ErrorCode ec;
    const auto n = co_await socket_.async_read_some(asio::buffer(scratch_.get(), read_size), asio::redirect_error(asio::use_awaitable, ec));
    if (timed_out_) co_return false;  // also when the last bytes and the end of time crossed
    if (ec) {
        eof_ = true;
        co_return false;
    }
    input_.append(scratch_.get(), n);
    co_return true;
}

// False: the connection has ended, or the parser has a fault, or time is over.
asio::awaitable<bool> Session::read_head() {
    parser_.next();
    set_deadline(Phase::idle, shared_.draining ? drain_grace : shared_.options.deadlines.idle);
    for (;;) {
        if (!input_.empty()) {
            if (phase_ == Phase::idle) {
                set_deadline(Phase::head, shared_.options.deadlines.head);
                request_begun_ = phase_begun_;
            }
            const auto used = parser_.feed(input_);
            input_.erase(0, used);
            if (parser_.head_done()) co_return true;
            if (parser_.fault()) co_return false;
            if (used) continue;
        }
        if (!co_await read_more()) co_return false;
    }
}

// The status to refuse with, 0 when all has arrived, -1 when the connection has ended.
asio::awaitable<int> Session::read_body(std::shared_ptr<Exchange> exchange) {
    if (parser_.head().expects_continue && input_.empty() && !co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return -1;
    set_deadline(Phase::body, shared_.options.deadlines.transfer);
    std::uint64_t spooled = 0;
    while (!parser_.done()) {
        if (!input_.empty()) {
            const auto used = parser_.feed(input_);
            input_.erase(0, used);
            if (parser_.fault()) co_return parser_.fault();
            if (exchange->multipart && parser_.body().size() >= spool_block) {
                spooled += parser_.body().size();
                if (const int fault = co_await spool(exchange)) co_return fault;
            }
            progress(spooled + parser_.body().size());
            if (parser_.done()) break;
        }
        if (!co_await read_more()) co_return timed_out_ ? 408 : -1;
    }
    if (exchange->multipart) co_return co_await spool(exchange);
    exchange->request.body = std::move(parser_.body());
    co_return 0;
}

// Hands what has arrived of a multipart form to the thread that writes files; with the last byte the form is complete.
asio::awaitable<int> Session::spool(std::shared_ptr<Exchange> exchange) {
    exchange->chunk = std::exchange(parser_.body(), {});
    const bool last = parser_.done();
    Exchange& e = *exchange;
    std::function<void()> work = [&e, last] {
        auto result = e.multipart->feed(e.chunk);
        if (result && last) result = e.multipart->finish(e.request);
        if (!result)
            e.fault = result.error().kind == base::ErrorKind::too_large ? 413 : result.error().kind == base::ErrorKind::unavailable ? 503 : 400;
    };
    if (!co_await offload(shared_.spooler, exchange, std::move(work))) co_return 503;
    if (exchange->fault == 503) shared_.log("an upload could not be written to the spool folder");
    co_return exchange->fault;
}

asio::awaitable<bool> Session::offload(WorkerPool& pool, std::shared_ptr<Exchange> exchange, std::function<void()> work) {
    exchange->done = false;
    auto self = shared_from_this();
    auto finish = [self, exchange] {
        exchange->done = true;
        self->wake_.cancel();
    };
    auto job = [self, work = std::move(work), finish] {
        work();
        asio::post(self->shared_.io, finish);
    };
    phase_ = Phase::handler;
    deadline_ = SteadyTime::max();
    if (!pool.submit(std::move(job))) co_return false;
    while (!exchange->done) {
        ErrorCode ignored;
        co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
    co_return true;
}

namespace {

// On a worker: the form, the handler, and what conditions and ranges make of its answer.
void answer(const Shared& shared, Exchange& exchange) {
    try {
        if (auto form = read_form(exchange.request, shared.options.limits); !form) {
            exchange.fault = form.error().kind == base::ErrorKind::too_large ? 413 : 400;
            exchange.reply = make_reply(exchange.request, shared.refusal(exchange.fault, exchange.request.headers));
        } else {
            exchange.reply = make_reply(exchange.request, shared.handler(exchange.request));
        }
    } catch (...) {
        shared.log("handler of " + exchange.request.path + " threw " + type_of_current_exception());
        exchange.reply = make_reply(exchange.request, shared.refusal(500, exchange.request.headers));
    }
}

}  // namespace

asio::awaitable<void> Session::serve() {
    const auto& options = shared_.options;
    for (;;) {
        if (!co_await read_head()) {
            if (parser_.fault())
                co_await refuse(parser_.fault(), reader_of(input_));
            else if (timed_out_ && phase_ == Phase::head)
                co_await refuse(408, reader_of(input_));
            break;
        }
        Head& head = parser_.head();
        auto exchange = std::make_shared<Exchange>();
        Request& request = exchange->request;
        request.method = head.method;
        request.path = std::move(head.path);
        request.target = std::move(head.target);
        request.query = std::move(head.query);
        request.headers = std::move(head.headers);
        const AddressBytes client = shared_.proxies.apply(peer_, request);
        const int version = head.version;

        if (!parser_.done()) {
            const auto limit = options.body_limit ? options.body_limit(request.method, request.path) : std::nullopt;
            parser_.limit_body(limit.value_or(options.limits.body_bytes));
            int fault = parser_.fault();
            if (media_type(request.headers.view("content-type")) == "multipart/form-data") {
                const auto boundary = boundary_of(request.headers.view("content-type"));
                if (boundary.empty() && !fault) fault = 400;
                exchange->multipart = std::make_unique<MultipartReader>(boundary, options.limits, options.spool);
            }
            if (!fault) fault = co_await read_body(exchange);
            if (fault > 0) co_await refuse(fault, request.headers);
            if (fault) break;
        }

        bool answered = false;
        if (options.fast_path && is_safe(request.method) && request.body.empty()) {
            if (auto response = options.fast_path(request)) {
                exchange->reply = make_reply(request, std::move(*response));
                answered = true;
            }
        }
        if (!answered) {
            Exchange& e = *exchange;
            Shared& shared = shared_;
            std::function<void()> work = [&shared, &e] { answer(shared, e); };
            if (!co_await offload(shared_.workers, exchange, std::move(work)))
                exchange->reply = make_reply(request, shared_.refusal(503, request.headers));
        }

        ++served_;
        const bool keep = parser_.head().keep_alive && served_ < options.limits.requests_per_connection && (!shared_.draining || more_is_here());
        head_out_.assign(exchange->reply.fields).append(shared_.date_line());
        if (!keep)
            head_out_.append("Connection: close\r\n");
        else if (version == 10)
            head_out_.append("Connection: keep-alive\r\n");
        head_out_.append("\r\n");
        const bool sent = co_await send(exchange->reply);
        log_access(&request, exchange->reply.status, exchange->reply.length, client);
        if (!sent) co_return;
        if (!keep) break;
    }
    if (!eof_) co_await say_goodbye();
}

// Pipelined requests that have arrived are answered even while draining.
bool Session::more_is_here() const {
    ErrorCode ec;
    return !input_.empty() || socket_.available(ec) > 0;
}

asio::awaitable<bool> Session::send(Reply& reply) {
    if (reply.file) {
        if (!co_await write_all(head_out_, {})) co_return false;
        co_return co_await send_file(reply);
    }
    const auto bytes = reply.length ? reply.bytes() : std::string_view();
    if (bytes.size() != reply.length) co_return false;
    co_return co_await write_all(head_out_, bytes);
}

asio::awaitable<bool> Session::send_file(Reply& reply) {
    std::uint64_t sent = 0;
    while (sent < reply.length) {
        auto block = std::make_shared<Exchange>();
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(file_block, reply.length - sent));
        const auto offset = reply.file_offset + sent;
        auto file = std::make_shared<OpenFile>(std::move(reply.file));
        Exchange& e = *block;
        std::function<void()> work = [file, offset, size, &e] { e.request.body = file->read(offset, size).value_or(""); };
        const bool read = co_await offload(shared_.spooler, block, std::move(work));
        reply.file = std::move(*file);
        // A file that became shorter cannot be answered rightly any more; the client sees a broken transfer, not wrong bytes.
        if (!read || block->request.body.size() != size) co_return false;
        if (!co_await write_all(block->request.body, {})) co_return false;
        sent += size;
    }
    co_return true;
}

asio::awaitable<bool> Session::write_all(std::string_view head, std::string_view body) {
    set_deadline(Phase::writing, shared_.options.deadlines.transfer);
    std::uint64_t sent = 0;
    while (!head.empty() || !body.empty()) {
        const std::array<asio::const_buffer, 2> buffers = {asio::const_buffer(head.data(), head.size()),
                                                           asio::const_buffer(body.data(), body.size())};
        ErrorCode ec;
        const auto n = co_await socket_.async_write_some(buffers, asio::redirect_error(asio::use_awaitable, ec));
        if (ec || timed_out_) co_return false;
        const auto of_head = std::min(n, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(n - of_head);
        sent += n;
        progress(sent);
    }
    co_return true;
}

// Refused before a handler: the answer, and then the end, as nobody knows where the next request would begin.
asio::awaitable<void> Session::refuse(int status, Headers headers) {
    timed_out_ = false;
    Request none;
    auto reply = make_reply(none, shared_.refusal(status, headers));
    head_out_.assign(reply.fields).append(shared_.date_line()).append("Connection: close\r\n\r\n");
    co_await send(reply);
    log_access(nullptr, status, reply.length, peer_);
}

// Closing while the client still sends would make the kernel reset the connection and the client lose the answer it has not read yet.
asio::awaitable<void> Session::say_goodbye() {
    timed_out_ = false;
    ErrorCode ec;
    socket_.shutdown(Tcp::socket::shutdown_send, ec);
    set_deadline(Phase::closing, goodbye_time);
    std::size_t dropped = 0;
    while (!ec && dropped < goodbye_bytes) {
        input_.clear();
        if (!co_await read_more()) break;
        dropped += input_.size();
    }
}

void Session::log_access(const Request* request, int status, std::uint64_t bytes, const AddressBytes& client) {
    if (!shared_.options.access_log) return;
    Access access;
    if (request) {
        access.method = request->method;
        access.path = request->path;
    }
    access.status = status;
    access.bytes = bytes;
    access.duration = std::chrono::duration_cast<std::chrono::microseconds>(now() - request_begun_);
    access.network = network_of(client);
    shared_.options.access_log(access);
}

}  // namespace http
