// The server as a client sees it: connections, limits, the order of answers, the end. What the bytes of a request may be is in hostile_test.cpp.
#include "platform/http/server.h"

#include <gtest/gtest.h>

#include <atomic>

#include "tests/platform/http/support/wire.h"

using namespace std::chrono_literals;
using http::Request;
using http::Response;
using wire::Client;
using wire::get;
using wire::post;
using wire::TestServer;

namespace {

Response echo(const Request& r) {
    std::string text = std::string(http::name_of(r.method)) + " " + r.path;
    for (const auto& [name, value] : r.query.items()) text += " ?" + name + "=" + value;
    for (const auto& [name, value] : r.form.items()) text += " " + name + "=" + value;
    if (!r.body.empty()) text += " body=" + std::to_string(r.body.size());
    return Response::text(text);
}

}  // namespace

TEST(Server, AnswersOverIpv4AndIpv6) {
    TestServer server(echo);
    EXPECT_EQ(Client(server.port()).ask(get("/pflichten?jahr=2019")).body, "GET /pflichten ?jahr=2019");
    EXPECT_EQ(Client(server.port(), "::1").ask(get("/")).body, "GET /");
    ASSERT_EQ(server.server().listening().size(), 2u);
    EXPECT_EQ(server.server().listening()[1], "http://[::1]:" + std::to_string(server.port()));
}

TEST(Server, KeepsTheConnectionAndAnswersPipelinedRequestsInOrder) {
    TestServer server(echo);
    Client client(server.port());
    std::string all;
    for (int i = 0; i < 50; ++i) all += i % 3 ? get("/" + std::to_string(i)) : post("/" + std::to_string(i), "a=" + std::to_string(i));
    client.send(all);
    for (int i = 0; i < 50; ++i) {
        const auto number = std::to_string(i);
        EXPECT_EQ(client.read().body, i % 3 ? "GET /" + number : "POST /" + number + " a=" + number + " body=" + std::to_string(2 + number.size()));
    }
}

TEST(Server, EndsTheConnectionWhenAsked) {
    TestServer server(echo);
    for (const char* request : {"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
        Client client(server.port());
        const auto answer = client.ask(request);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.headers.get("connection"), "close");
        EXPECT_TRUE(client.ended());
    }
    Client old(server.port());
    EXPECT_EQ(old.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").headers.get("connection"), "keep-alive");
    EXPECT_EQ(old.ask("GET /2 HTTP/1.0\r\n\r\n").body, "GET /2");
}

TEST(Server, AnswersHeadWithoutABody) {
    TestServer server(echo);
    Client client(server.port());
    client.send("HEAD /seite HTTP/1.1\r\nHost: x\r\n\r\n" + get("/danach"));
    const auto head = client.read(Client::To::head);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.get("content-length"), std::to_string(std::string("HEAD /seite").size()));
    EXPECT_EQ(client.read().body, "GET /danach");
}
