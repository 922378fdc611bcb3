// The server as a client sees it: connections, limits, the order of answers, the end. What the bytes of a request may be is in hostile_test.cpp.
#include "platform/http/server.h"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <future>

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
    for (const auto& [name, value] : r.query.items()) text.append(" ?").append(name).append("=").append(value);
    for (const auto& [name, value] : r.form.items()) text.append(" ").append(name).append("=").append(value);
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
        EXPECT_EQ(client.read().body, i % 3 ? "GET /" + number : fmt::format("POST /{0} a={0} body={1}", number, 2 + number.size()));
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

TEST(Server, AnswersConditionalRequestsAndRanges) {
    auto page = std::make_shared<const std::string>(14'000, 'x');
    const auto path = std::filesystem::temp_directory_path() / ("miteinander-range-" + std::to_string(::getpid()));
    std::string content;
    for (int i = 0; content.size() < 900'000; ++i) content += std::to_string(i) + "\n";
    std::ofstream(path, std::ios::binary) << content;
    TestServer server([&](const Request& r) {
        Response response;
        response.headers.set("etag", "\"v1\"");
        if (r.path == "/datei")
            response.file = path;
        else
            response.shared_body = page;
        return response;
    });
    Client client(server.port());
    EXPECT_EQ(client.ask(get("/")).body, *page);
    EXPECT_EQ(client.ask(get("/", "If-None-Match: \"v1\"\r\n")).status, 304);
    EXPECT_EQ(client.ask(get("/datei")).body, content);
    const auto part = client.ask(get("/datei", "Range: bytes=100-600099\r\n"));
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, content.substr(100, 600'000));
    EXPECT_EQ(client.ask(get("/datei", "Range: bytes=900100-\r\n")).status, 416);
    EXPECT_EQ(client.ask("HEAD /datei HTTP/1.1\r\nHost: x\r\n\r\n", Client::To::head).headers.get("content-length"), std::to_string(content.size()));
    std::filesystem::remove(path);
}

TEST(Server, SpoolsUploadsAndRemovesThemAfterwards) {
    const auto spool = std::filesystem::temp_directory_path() / ("miteinander-uploads-" + std::to_string(::getpid()));
    std::filesystem::create_directory(spool);
    const std::string content(700'000, 'p');
    {
        http::Options options;
        options.spool = spool;
        options.body_limit = [](http::Method, const std::string& path) {
            return path == "/dateien" ? std::optional<std::uint64_t>(10'000'000) : std::nullopt;
        };
        options.limits.body_bytes = 1000;
        TestServer server(
            [&](const Request& r) {
                std::error_code ec;
                return Response::text(r.form.get("titel") + " " + std::to_string(r.uploads.at(0).size) + " " +
                                      std::to_string(std::filesystem::file_size(r.uploads.at(0).path, ec)));
            },
            options);
        const auto form =
            "--b\r\nContent-Disposition: form-data; name=titel\r\n\r\nPlan\r\n--b\r\nContent-Disposition: form-data; name=datei; filename=\"a.pdf\"\r\n\r\n" +
            content + "\r\n--b--\r\n";
        Client client(server.port());
        EXPECT_EQ(client.ask(post("/dateien", form, "multipart/form-data; boundary=b")).body, "Plan 700000 700000");
        EXPECT_EQ(client.ask(post("/dateien", form, "multipart/form-data; boundary=b")).body, "Plan 700000 700000");
        Client other(server.port());
        other.send(post("/anderswo", form, "multipart/form-data; boundary=b"));
        EXPECT_EQ(other.read().status, 413) << "only where the route allows it";
        Client broken(server.port());
        broken.send(post("/dateien", form, "multipart/form-data; boundary=b").substr(0, 300'000));
        broken.finish_sending();
        EXPECT_TRUE(broken.ended());
    }
    EXPECT_TRUE(std::filesystem::is_empty(spool));
    std::filesystem::remove_all(spool);
}

TEST(Server, AsksForTheBodyOfAClientThatWaits) {
    std::atomic<int> handled{0};
    TestServer server([&](const Request& r) {
        ++handled;
        return echo(r);
    });
    Client client(server.port());
    const auto whole = post("/a", "x=1", "application/x-www-form-urlencoded", "Expect: 100-continue\r\n");
    EXPECT_EQ(client.ask(whole.substr(0, whole.size() - 3)).status, 100);
    EXPECT_EQ(client.ask("x=1").body, "POST /a x=1 body=3");
    // With the body already on its way nothing needs to be asked for, and a body that is too long is refused before it is sent.
    EXPECT_EQ(client.ask(whole).body, "POST /a x=1 body=3");
    EXPECT_EQ(client.ask("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\nExpect: 100-continue\r\n\r\n").status, 413);
    EXPECT_EQ(handled, 2);
}

TEST(Server, RefusesALongBodyWhileItIsBeingSent) {
    TestServer server(echo);
    Client client(server.port());
    client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n" + std::string(500'000, 'x'));
    EXPECT_EQ(client.read().status, 413) << "the answer must survive what was still under way";
}

TEST(Server, KeepsEveryLimitToTheLastByte) {
    http::Options options;
    options.limits.form_fields = 2000;
    TestServer server(echo, options);
    const auto status_of = [&](const std::string& bytes) {
        Client client(server.port());
        return client.ask(bytes).status;
    };
    // 100 fields with Host; 16 KB from the request line to the empty line; 4096 bytes of target; 1 MB of body.
    const auto with_fields = [](int n) {
        std::string fields = "Host: localhost\r\n";
        for (int i = 1; i < n; ++i) fields += "X-" + std::to_string(i) + ": 1\r\n";
        return "GET / HTTP/1.1\r\n" + fields + "\r\n";
    };
    EXPECT_EQ(status_of(with_fields(100)), 200);
    EXPECT_EQ(status_of(with_fields(101)), 431);
    const auto of_size = [](std::size_t n) {
        const std::string begin = "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ", end = "\r\n\r\n";
        return begin + std::string(n - begin.size() - end.size(), 'a') + end;
    };
    EXPECT_EQ(status_of(of_size(16 * 1024)), 200);
    EXPECT_EQ(status_of(of_size(16 * 1024 + 1)), 431);
    EXPECT_EQ(status_of(get("/" + std::string(4095, 'a'))), 200);
    EXPECT_EQ(status_of(get("/" + std::string(4096, 'a'))), 414);
    EXPECT_EQ(status_of(post("/", std::string(1024 * 1024, 'a'), "text/plain")), 200);
    EXPECT_EQ(status_of(post("/", std::string(1024 * 1024 + 1, 'a'), "text/plain")), 413);
}

TEST(Server, RefusesInTheWordsOfItsReader) {
    http::Options options;
    options.refusal = [](int status, const http::Headers& asked) {
        return Response::html("<p>" + std::to_string(status) + " " + asked.get("accept") + "|" + asked.get("accept-language") + "</p>", status);
    };
    TestServer server(echo, options);
    const std::string reader = "Accept: text/html\r\nAccept-Language: en\r\n", words = " text/html|en</p>";
    struct Case {
        const char* what;
        std::string bytes;
        int status;
    };
    const std::vector<Case> cases{
        {"a head that is too long", get("/", reader + "X-A: " + std::string(17000, 'a') + "\r\n"), 431},
        {"a head that cannot be read", "GET / HTTP/1.1\r\n" + reader + "\r\n", 400},
        {"a body that is too long", "POST / HTTP/1.1\r\nHost: x\r\n" + reader + "Content-Length: 99999999\r\n\r\n", 413},
        {"a form that cannot be read", post("/", "a=%zz", "application/x-www-form-urlencoded", reader), 400},
        {"an unknown expectation", "POST / HTTP/1.1\r\nHost: x\r\n" + reader + "Expect: x\r\nContent-Length: 1\r\n\r\na", 417},
    };
    for (const auto& c : cases) {
        Client client(server.port());
        const auto answer = client.ask(c.bytes);
        EXPECT_EQ(answer.status, c.status) << c.what;
        EXPECT_NE(answer.body.find(words), std::string::npos) << c.what << ": " << answer.body;
    }
    // Before the fields have come nobody knows the reader.
    Client client(server.port());
    EXPECT_EQ(client.ask(get("/" + std::string(5000, 'a'), reader)).status, 414);
}

TEST(Server, SaysWhenItIsFull) {
    wire::Gate gate;
    http::Options options;
    options.workers = 1;
    options.queue = 1;
    TestServer server(
        [&](const Request& r) {
            gate.pass();
            return echo(r);
        },
        options);
    Client working(server.port()), one(server.port()), other(server.port());
    working.send(get("/1"));
    gate.wait_for(1);
    // Two more at once: one takes the only place in the queue, the other must be refused; which one is the kernel's choice.
    auto answer_of_one = std::async(std::launch::async, [&] { return one.ask(get("/2")); });
    auto answer_of_other = std::async(std::launch::async, [&] { return other.ask(get("/2")); });
    const auto is_there = [](const auto& answer) { return answer.wait_for(std::chrono::milliseconds(5)) == std::future_status::ready; };
    const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!is_there(answer_of_one) && !is_there(answer_of_other) && std::chrono::steady_clock::now() < patience) {}
    const bool one_was_refused = is_there(answer_of_one);
    EXPECT_NE(one_was_refused, is_there(answer_of_other)) << "one, and only one, is answered while the only worker is busy";
    gate.open();
    const auto first = answer_of_one.get(), second = answer_of_other.get();
    const auto& refused = one_was_refused ? first : second;
    const auto& waited = one_was_refused ? second : first;
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.headers.get("retry-after"), "2");
    EXPECT_EQ(waited.body, "GET /2");
    EXPECT_EQ(working.read().body, "GET /1");
    EXPECT_EQ(one.ask(get("/4")).status, 200) << "and goes on afterwards";
}

TEST(Server, AnswersFromMemoryWithoutAWorker) {
    wire::Gate gate;
    http::Options options;
    options.workers = 1;
    options.queue = 0;
    options.fast_path = [](const Request& r) { return r.path == "/schnell" ? std::optional(Response::text("at once")) : std::nullopt; };
    TestServer server(
        [&](const Request& r) {
            gate.pass();
            return echo(r);
        },
        options);
    Client busy(server.port()), quick(server.port());
    busy.send(get("/langsam"));
    gate.wait_for(1);
    EXPECT_EQ(quick.ask(get("/schnell")).body, "at once");
    EXPECT_EQ(quick.ask(post("/schnell", "a=1")).status, 503) << "only for safe methods";
    gate.open();
    EXPECT_EQ(busy.read().body, "GET /langsam");
}

TEST(Server, SurvivesAHandlerThatThrows) {
    std::mutex mutex;
    std::string logged;
    http::Options options;
    options.log = [&](const std::string& line) {
        const std::lock_guard lock(mutex);
        logged += line;
    };
    TestServer server([](const Request&) -> Response { throw std::runtime_error("Frau Beispiel"); }, options);
    Client client(server.port());
    EXPECT_EQ(client.ask(get("/knall")).status, 500);
    EXPECT_EQ(client.ask(get("/knall")).status, 500);
    const std::lock_guard lock(mutex);
    EXPECT_NE(logged.find("std::runtime_error"), std::string::npos);
    EXPECT_EQ(logged.find("Beispiel"), std::string::npos) << "what was thrown may quote what somebody typed";
}

TEST(Server, LogsWithoutPersonalData) {
    std::mutex mutex;
    std::vector<http::Access> seen;
    http::Options options;
    options.access_log = [&](const http::Access& access) {
        const std::lock_guard lock(mutex);
        seen.push_back(access);
    };
    {
        TestServer server(echo, options);
        Client(server.port()).ask(get("/suche?name=Beispiel"));
        Client(server.port()).ask("NONSENSE\r\n\r\n");
    }
    ASSERT_EQ(seen.size(), 2u);
    EXPECT_EQ(seen[0].path, "/suche");
    EXPECT_EQ(seen[0].status, 200);
    EXPECT_EQ(seen[0].network, "127.0.0.0");
    EXPECT_EQ(seen[1].path, "");
    EXPECT_EQ(seen[1].status, 400);
}

TEST(Server, TurnsAwayTooManyConnectionsOfOneAddress) {
    http::Options options;
    options.limits.connections_per_address = 2;
    TestServer server(echo, options);
    Client a(server.port()), b(server.port(), "127.0.0.1");
    EXPECT_EQ(a.ask(get("/")).status, 200);
    EXPECT_EQ(b.ask(get("/")).status, 200);
    Client c(server.port());
    EXPECT_EQ(c.read().status, 503);
    EXPECT_EQ(Client(server.port(), "::1").ask(get("/")).status, 200) << "another address";
}

TEST(Server, SaysWhyItCannotListen) {
    TestServer server(echo);
    http::Options options;
    options.inherit_sockets = false;
    options.port = server.port();
    const auto taken = http::Server::open(options, echo);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, base::ErrorKind::unavailable);
    EXPECT_NE(taken.error().detail.find("127.0.0.1 port " + std::to_string(server.port())), std::string::npos) << taken.error().detail;
    options.addresses = {"nowhere"};
    EXPECT_FALSE(http::Server::open(options, echo));
    options.addresses = {"192.0.2.1"};  // reserved for documentation: no machine has it
    EXPECT_FALSE(http::Server::open(options, echo));
}
