// Clients that take their time. Deadlines are short here and the tests wait for the server's act, however long a busy machine takes for it.
#include <gtest/gtest.h>

#include <future>

#include "tests/platform/http/support/wire.h"

using namespace std::chrono_literals;
using http::Request;
using http::Response;
using wire::Client;
using wire::get;
using wire::TestServer;

namespace {

Response small(const Request&) { return Response::text("ok"); }

http::Options hurried() {
    http::Options options;
    options.deadlines.head = 300ms;
    options.deadlines.idle = 300ms;
    options.deadlines.transfer = 300ms;
    options.deadlines.bytes_per_second = 1'000'000;
    return options;
}

}  // namespace

TEST(Deadlines, EndASilentConnection) {
    TestServer server(small, hurried());
    Client silent(server.port());
    EXPECT_TRUE(silent.ended());
    Client kept(server.port());
    EXPECT_EQ(kept.ask(get("/")).status, 200);
    EXPECT_TRUE(kept.ended()) << "idle after an answer";
}

TEST(Deadlines, EndAHeadThatNeverEnds) {
    auto options = hurried();
    options.deadlines.idle = 60s;
    TestServer server(small, options);
    Client stopped(server.port());
    stopped.send("GET / HTTP/1.1\r\nHost: x\r\n");
    EXPECT_EQ(stopped.read().status, 408);
    // Slowloris: always another line, never the last. Each byte must not win new time.
    Client dripping(server.port());
    dripping.send("GET / HTTP/1.1\r\nHost: x\r\n");
    const auto begun = std::chrono::steady_clock::now();
    for (bool open = true; open && std::chrono::steady_clock::now() - begun < 30s;)
        open = dripping.send("X: y\r\n") && (std::this_thread::sleep_for(20ms), true);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 30s) << "still connected";
}

TEST(Deadlines, EndABodyThatComesTooSlowly) {
    auto options = hurried();
    options.deadlines.idle = 60s;
    TestServer server(small, options);
    Client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
    EXPECT_EQ(client.read().status, 408);
    EXPECT_TRUE(client.ended());
}

TEST(Deadlines, EndAClientThatDoesNotRead) {
    auto options = hurried();
    options.deadlines.idle = 60s;
    options.deadlines.bytes_per_second = 1'000'000'000;  // what the kernel's buffers swallow wins no time
    std::promise<void> given_up;
    options.access_log = [&](const http::Access&) { given_up.set_value(); };
    const auto big = std::make_shared<const std::string>(50'000'000, 'x');
    TestServer server(
        [&](const Request&) {
            Response response;
            response.shared_body = big;
            return response;
        },
        options);
    Client client(server.port(), "127.0.0.1", 4096);
    client.send(get("/"));
    ASSERT_EQ(given_up.get_future().wait_for(30s), std::future_status::ready);
    EXPECT_LT(client.read_raw(50'000'000).size(), 50'000'000u);
}

TEST(Deadlines, DoNotHurryAHandler) {
    TestServer server(
        [](const Request&) {
            std::this_thread::sleep_for(1s);  // longer than every deadline of a client
            return Response::text("ok");
        },
        hurried());
    EXPECT_EQ(Client(server.port()).ask(get("/")).body, "ok");
}

TEST(Deadlines, LetASteadyClientFinish) {
    auto options = hurried();
    options.deadlines.bytes_per_second = 1;
    options.deadlines.head = 60s;
    TestServer server([](const Request& r) { return Response::text(r.body); }, options);
    Client client(server.port());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n");
    for (int i = 0; i < 10; ++i) {
        client.send("0123456789");
        std::this_thread::sleep_for(100ms);  // one second in all, three times the grace
    }
    EXPECT_EQ(client.read().body.size(), 100u);
}
