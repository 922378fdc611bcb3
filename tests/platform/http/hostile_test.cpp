// What no well-behaved client sends. Each case goes over a socket as raw bytes; none may be answered by a handler.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/platform/http/support/wire.h"

using http::Request;
using http::Response;
using wire::Client;
using wire::get;
using wire::post;
using wire::TestServer;

namespace {

struct Case {
    const char* what;
    std::string bytes;
    int status;
};

const std::string host = "Host: localhost\r\n";

std::string line(const std::string& first) { return first + "\r\n" + host + "\r\n"; }
std::string posted(const std::string& fields, const std::string& body = "") { return "POST / HTTP/1.1\r\n" + host + fields + "\r\n" + body; }
std::string nul(std::string text) {
    for (char& c : text)
        if (c == '@') c = '\0';
    return text;
}

std::vector<Case> refused() {
    std::string many, long_fields;
    for (int i = 0; i < 101; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
    return {
        // Two ways to say where the body ends.
        {"two lengths", posted("Content-Length: 3\r\nContent-Length: 5\r\n", "abcde"), 400},
        {"two equal lengths", posted("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400},
        {"a list of lengths", posted("Content-Length: 3, 3\r\n", "abc"), 400},
        {"length and chunked", posted("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        {"chunked and length", posted("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"), 400},
        {"chunked twice", posted("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400},
        {"another coding", posted("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501},
        {"chunked in disguise", posted("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501},
        {"chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"negative length", posted("Content-Length: -1\r\n"), 400},
        {"signed length", posted("Content-Length: +3\r\n", "abc"), 400},
        {"hexadecimal length", posted("Content-Length: 0x3\r\n", "abc"), 400},
        {"empty length", posted("Content-Length: \r\n"), 400},
        {"length beyond 64 bits", posted("Content-Length: 18446744073709551616\r\n"), 400},
        // Chunks.
        {"chunk size no number", posted("Transfer-Encoding: chunked\r\n", "x\r\nabc\r\n0\r\n\r\n"), 400},
        {"negative chunk size", posted("Transfer-Encoding: chunked\r\n", "-3\r\nabc\r\n0\r\n\r\n"), 400},
        {"prefixed chunk size", posted("Transfer-Encoding: chunked\r\n", "0x3\r\nabc\r\n0\r\n\r\n"), 400},
        {"chunk size beyond 64 bits", posted("Transfer-Encoding: chunked\r\n", "10000000000000003\r\nabc\r\n0\r\n\r\n"), 400},
        {"chunk longer than its size", posted("Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n"), 400},
        {"chunk ended by LF", posted("Transfer-Encoding: chunked\r\n", "3\nabc\n0\n\n"), 400},
        // Lines.
        {"folded field", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n 2\r\n\r\n", 400},
        {"folded by a tab", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n\t2\r\n\r\n", 400},
        {"blank before the colon", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400},
        {"blank in a name", "GET / HTTP/1.1\r\nHost: localhost\r\nX A: 1\r\n\r\n", 400},
        {"no name", "GET / HTTP/1.1\r\nHost: localhost\r\n: 1\r\n\r\n", 400},
        {"no colon", "GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n", 400},
        {"bare LF everywhere", "GET / HTTP/1.1\nHost: localhost\n\n", 400},
        {"bare LF in the middle", "GET / HTTP/1.1\r\nHost: localhost\nX-A: 1\r\n\r\n", 400},
        {"bare CR", "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\rX-B: 2\r\n\r\n", 400},
        {"NUL in a field", nul("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1@2\r\n\r\n"), 400},
        {"NUL in the target", nul("GET /@ HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400},
        {"NUL in the method", nul("G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n"), 400},
        {"two empty lines in front", "\r\n\r\n" + get("/"), 400},
        // Host.
        {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"two equal Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
        {"Host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"Host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
        {"empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
        // Request line.
        {"unknown method", line("BREW / HTTP/1.1"), 501},
        {"TRACE", line("TRACE / HTTP/1.1"), 501},
        {"CONNECT", line("CONNECT example.org:443 HTTP/1.1"), 501},
        {"small letters", line("get / HTTP/1.1"), 501},
        {"no method", line(" / HTTP/1.1"), 400},
        {"method no token", line("GE\"T / HTTP/1.1"), 400},
        {"HTTP/0.9", "GET /\r\n\r\n", 400},
        {"HTTP/2.0", line("GET / HTTP/2.0"), 505},
        {"HTTP/1.2", line("GET / HTTP/1.2"), 505},
        {"version no number", line("GET / HTTP/x.y"), 400},
        {"two blanks", line("GET  / HTTP/1.1"), 400},
        {"blank in the target", line("GET /a b HTTP/1.1"), 400},
        {"TLS hello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), 400},
        // Targets.
        {"up", line("GET /../etc/passwd HTTP/1.1"), 400},
        {"up in the middle", line("GET /assets/../../etc/passwd HTTP/1.1"), 400},
        {"up, encoded", line("GET /assets/%2e%2e/secret HTTP/1.1"), 400},
        {"up, half encoded", line("GET /assets/.%2E/secret HTTP/1.1"), 400},
        {"encoded slash", line("GET /assets/..%2f..%2fsecret HTTP/1.1"), 400},
        {"encoded backslash", line("GET /assets/..%5csecret HTTP/1.1"), 400},
        {"encoded NUL", line("GET /a%00.css HTTP/1.1"), 400},
        {"encoded line end", line("GET /a%0d%0aSet-Cookie:x HTTP/1.1"), 400},
        {"broken encoding", line("GET /a%zz HTTP/1.1"), 400},
        {"cut encoding", line("GET /a%4 HTTP/1.1"), 400},
        {"no UTF-8", line("GET /Ma%DFnahme HTTP/1.1"), 400},
        {"overlong UTF-8", line("GET /%c0%af HTTP/1.1"), 400},
        {"broken query", line("GET /?a=%zz HTTP/1.1"), 400},
        {"fragment", line("GET /#x HTTP/1.1"), 400},
        {"no slash", line("GET index.html HTTP/1.1"), 400},
        {"asterisk", line("OPTIONS * HTTP/1.1"), 400},
        {"another scheme", line("GET ftp://localhost/ HTTP/1.1"), 400},
        // Limits.
        {"fields too many", "GET / HTTP/1.1\r\n" + host + many + "\r\n", 431},
        {"fields too long", get("/", "X-A: " + std::string(17000, 'a') + "\r\n"), 431},
        {"fields without end", "GET / HTTP/1.1\r\n" + host + "X-A: " + std::string(20000, 'a'), 431},
        {"target too long", get("/" + std::string(5000, 'a')), 414},
        {"target without end", "GET /" + std::string(20000, 'a'), 414},
        {"body too long", posted("Content-Length: 1048577\r\n"), 413},
        {"chunks too long", posted("Transfer-Encoding: chunked\r\n", "100001\r\n"), 413},
        {"chunks too long together", posted("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\nffffe\r\n"), 413},
        {"extension without end", posted("Transfer-Encoding: chunked\r\n", "1;a=" + std::string(9000, 'x')), 400},
        // Wishes.
        {"unknown expectation", posted("Content-Length: 3\r\nExpect: 200-ok\r\n", "abc"), 417},
        {"compressed body", posted("Content-Length: 3\r\nContent-Encoding: gzip\r\n", "abc"), 415},
        // Forms.
        {"form with broken encoding", post("/", "a=%zz"), 400},
        {"form no UTF-8", post("/", "a=%ff"), 400},
        {"override with GET", post("/", "_method=GET"), 400},
        {"override with nonsense", post("/", "_method=BREW"), 400},
        {"multipart without boundary", post("/", "x", "multipart/form-data"), 400},
        {"multipart never ended", post("/", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1", "multipart/form-data; boundary=b"), 400},
    };
}

}  // namespace

TEST(Hostile, IsRefusedBeforeAnyHandler) {
    std::atomic<int> handled{0};
    TestServer server([&](const Request&) {
        ++handled;
        return Response::text("handled");
    });
    for (const auto& [what, bytes, status] : refused()) {
        Client client(server.port());
        client.send(bytes);
        const auto answer = client.read();
        EXPECT_EQ(answer.status, status) << what;
        EXPECT_EQ(handled.exchange(0), 0) << what;
        if (answer.status != 0 && answer.headers.get("connection") == "close") {
            client.finish_sending();
            EXPECT_TRUE(client.ended()) << what;
        }
    }
}

TEST(Hostile, LeavesNothingOfASmuggledRequest) {
    // The classic: what follows must never be taken for a second request of the same connection.
    std::atomic<int> handled{0};
    TestServer server([&](const Request&) {
        ++handled;
        return Response::text("handled");
    });
    const std::string hidden = "GET /geheim HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for (const auto& bytes : {posted("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden),
                              posted("Transfer-Encoding : chunked\r\n", "0\r\n\r\n" + hidden),
                              posted("Content-Length: 0\r\nContent-Length: 44\r\n", hidden), "GET / HTTP/1.1\nHost: a\r\n\r\n" + hidden}) {
        Client client(server.port());
        client.send(bytes);
        EXPECT_EQ(client.read().status, 400) << bytes;
        client.finish_sending();
        EXPECT_TRUE(client.ended()) << bytes;
    }
    EXPECT_EQ(handled, 0);
}

TEST(Hostile, IsAcceptedWhereTheStandardIsKind) {
    TestServer server([](const Request& r) { return Response::text(r.path + " " + r.body + " " + r.headers.get("x-trailer")); });
    const std::pair<std::string, const char*> cases[] = {
        {"\r\n" + get("/leerzeile"), "/leerzeile  "},
        {"GET http://localhost/absolut?x HTTP/1.1\r\nHost: localhost\r\n\r\n", "/absolut  "},
        {"POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: CHUNKED\r\n\r\n3;name=\"v\"\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: dropped\r\n\r\n",
         "/c abcde "},
        {"GET /%C3%BCber%20uns HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "/über uns  "},
        {"GET /leer HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nX-Blank:  \t \r\n\r\n", "/leer  "},
    };
    for (const auto& [bytes, body] : cases) EXPECT_EQ(Client(server.port()).ask(bytes).body, body) << bytes;
}

TEST(Hostile, IsUnderstoodByteByByte) {
    TestServer server([](const Request& r) { return Response::text(r.path + " " + r.body); });
    Client client(server.port());
    const auto chunked = std::string("POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    const auto empty = std::string("POST /leer HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    for (const char c : "\r\n" + get("/a") + chunked + empty + post("/c", "x=1", "text/plain")) client.send({&c, 1});
    EXPECT_EQ(client.read().body, "/a ");
    EXPECT_EQ(client.read().body, "/b abcde");
    EXPECT_EQ(client.read().body, "/leer ");
    EXPECT_EQ(client.read().body, "/c x=1");
}

TEST(Hostile, HandlersCannotSplitAnAnswer) {
    TestServer server([](const Request& r) {
        Response response = Response::text("x");
        response.headers.set("location", "/" + r.query.get("to"));
        return response;
    });
    const auto answer = Client(server.port()).ask(get("/?to=a%0d%0aSet-Cookie:%20evil=1"));
    EXPECT_EQ(answer.headers.get("location"), "/aSet-Cookie: evil=1");
    EXPECT_FALSE(answer.headers.has("set-cookie"));
}
