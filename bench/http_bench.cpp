// links: platform/http
// The HTTP layer alone. `bench_http serve PORT` serves a page of 14 KB from memory for http_load.sh; without arguments: Google Benchmark.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "platform/http/beast/request_parser.h"
#include "platform/http/reply.h"
#include "platform/http/router.h"

namespace {

const std::string request_bytes =
    "GET /umsetzungsstand HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: de,en-US;q=0.7,en;q=0.3\r\nAccept-Encoding: gzip, deflate\r\n"
    "Connection: keep-alive\r\nCookie: session=0123456789abcdef0123456789abcdef; sprache=de\r\nUpgrade-Insecure-Requests: 1\r\n\r\n";

http::Response page(const std::shared_ptr<const std::string>& bytes) {
    http::Response response;
    response.headers.set("content-type", "text/html; charset=utf-8");
    response.headers.set("etag", "\"stand-1\"");
    response.headers.set("cache-control", "no-cache");
    response.shared_body = bytes;
    return response;
}

void parse_request(benchmark::State& state) {
    const http::Limits limits;
    http::RequestParser parser(limits);
    for (auto _ : state) {
        benchmark::DoNotOptimize(parser.feed(request_bytes));
        parser.next();
    }
}
BENCHMARK(parse_request);

void answer_from_memory(benchmark::State& state) {
    const auto bytes = std::make_shared<const std::string>(14'000, 'x');
    http::Request request;
    if (state.range(0)) request.headers.set("if-none-match", "\"stand-1\"");
    for (auto _ : state) benchmark::DoNotOptimize(http::make_reply(request, page(bytes)));
}
BENCHMARK(answer_from_memory)->ArgName("unchanged")->Arg(0)->Arg(1);

void find_route(benchmark::State& state) {
    http::Router router;
    for (int i = 0; i < 100; ++i)
        router.get("/seite-" + std::to_string(i) + "/{id}", [](const http::Request&) { return http::Response::empty(204); });
    http::Request request;
    request.path = "/seite-50/17";
    for (auto _ : state) benchmark::DoNotOptimize(router.route(request));
}
BENCHMARK(find_route);

int serve(std::uint16_t port) {
    const auto bytes = std::make_shared<const std::string>(14'000, 'x');
    http::Options options;
    options.port = port;
    options.workers = 2;
    options.fast_path = [bytes](const http::Request& r) { return r.path == "/seite" ? std::optional(page(bytes)) : std::nullopt; };
    auto server = http::Server::open(options, [bytes](const http::Request&) { return page(bytes); });
    if (!server) {
        std::fprintf(stderr, "%s\n", base::describe(server.error()).c_str());
        return 1;
    }
    (*server)->run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "serve") return serve(static_cast<std::uint16_t>(std::atoi(argv[2])));
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
