#include "platform/http/reply.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "platform/http/static_files.h"

using namespace http;

namespace {

class Folder {
  public:
    Folder() {
        char name[] = "/tmp/miteinander-files-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path write(const std::string& name, std::string_view content) const {
        std::filesystem::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << content;
        return path / name;
    }
    std::filesystem::path path;
};

Request asking(std::vector<std::pair<const char*, const char*>> fields = {}, Method method = Method::get) {
    Request request;
    request.method = method;
    for (const auto& [name, value] : fields) request.headers.add(name, value);
    return request;
}

bool says(const Reply& reply, const std::string& line) { return reply.fields.find(line + "\r\n") != std::string::npos; }

}  // namespace

TEST(Dates, AreWrittenAndReadOneWay) {
    EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
    for (const char* bad : {"", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
                            "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
        EXPECT_FALSE(parse_http_date(bad)) << bad;
}

TEST(Tags, AreComparedWeakly) {
    EXPECT_TRUE(names_tag("\"a\"", "\"a\""));
    EXPECT_TRUE(names_tag("W/\"a\"", "\"a\""));
    EXPECT_TRUE(names_tag("\"b\", \"a\"", "W/\"a\""));
    EXPECT_TRUE(names_tag("*", "\"a\""));
    EXPECT_FALSE(names_tag("\"b\"", "\"a\""));
    EXPECT_FALSE(names_tag("a", "\"a\""));
    EXPECT_FALSE(names_tag("\"a\"", ""));
}

TEST(Ranges, AreCutToTheFile) {
    struct {
        const char* field;
        RangeKind kind;
        Range range;
    } const cases[] = {
        {"bytes=0-0", RangeKind::part, {0, 0}},
        {"bytes=2-4", RangeKind::part, {2, 4}},
        {"bytes=8-", RangeKind::part, {8, 9}},
        {"bytes=8-99", RangeKind::part, {8, 9}},
        {"bytes=-3", RangeKind::part, {7, 9}},
        {"bytes=-99", RangeKind::part, {0, 9}},
        {"bytes=10-", RangeKind::unsatisfiable, {}},
        {"bytes=-0", RangeKind::unsatisfiable, {}},
        {"bytes=4-2", RangeKind::whole, {}},
        {"bytes=0-1,3-4", RangeKind::whole, {}},
        {"lines=0-1", RangeKind::whole, {}},
        {"bytes=a-b", RangeKind::whole, {}},
        {"bytes=-", RangeKind::whole, {}},
        {"", RangeKind::whole, {}},
        {"bytes=99999999999999999999-", RangeKind::whole, {}},
    };
    for (const auto& [field, kind, range] : cases) {
        Range got;
        EXPECT_EQ(parse_range(field, 10, got), kind) << field;
        if (kind == RangeKind::part) { EXPECT_EQ(got, range) << field; }
    }
}

TEST(Conditional, AnswersNotModifiedOnlyToAGetWithTheSameTag) {
    Response page = Response::html("<p>Stand</p>");
    page.headers.set("etag", "\"v1\"");
    page.headers.set("cache-control", "no-cache");
    const auto same = make_reply(asking({{"if-none-match", "\"v0\", \"v1\""}}), page);
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.length, 0u);
    EXPECT_TRUE(says(same, "etag: \"v1\""));
    EXPECT_TRUE(says(same, "cache-control: no-cache"));
    EXPECT_FALSE(says(same, "content-type: text/html; charset=utf-8"));
    EXPECT_EQ(make_reply(asking({{"if-none-match", "\"v1\""}}, Method::head), page).status, 304);
    EXPECT_EQ(make_reply(asking({{"if-none-match", "\"v2\""}}), page).status, 200);
    EXPECT_EQ(make_reply(asking({{"if-none-match", "\"v1\""}}, Method::post), page).status, 200);
    page.status = 422;
    EXPECT_EQ(make_reply(asking({{"if-none-match", "\"v1\""}}), page).status, 422);
}

TEST(Conditional, LooksAtTheDateOnlyWithoutATag) {
    const Folder folder;
    Response file;
    file.file = folder.write("a.txt", "0123456789");
    file.headers.set("etag", "\"v1\"");
    const auto modified = OpenFile(::open(file.file->c_str(), 0)).modified();
    const auto then = http_date(modified), before = http_date(modified - 1);
    EXPECT_EQ(make_reply(asking({{"if-modified-since", then.c_str()}}), file).status, 304);
    EXPECT_EQ(make_reply(asking({{"if-modified-since", before.c_str()}}), file).status, 200);
    EXPECT_EQ(make_reply(asking({{"if-modified-since", then.c_str()}, {"if-none-match", "\"v2\""}}), file).status, 200);
}

TEST(Files, AreSentWholeOrInPart) {
    const Folder folder;
    Response file;
    file.file = folder.write("a.txt", "0123456789");
    file.headers.set("etag", "\"v1\"");
    file.headers.set("content-type", "text/plain");
    const auto whole = make_reply(asking(), file);
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.bytes(), "0123456789");
    EXPECT_TRUE(says(whole, "accept-ranges: bytes"));
    const auto part = make_reply(asking({{"range", "bytes=2-4"}}), file);
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.bytes(), "234");
    EXPECT_TRUE(says(part, "content-range: bytes 2-4/10"));
    EXPECT_TRUE(says(part, "Content-Length: 3"));
    const auto beyond = make_reply(asking({{"range", "bytes=10-"}}), file);
    EXPECT_EQ(beyond.status, 416);
    EXPECT_TRUE(says(beyond, "content-range: bytes */10"));
    EXPECT_EQ(beyond.length, 0u);
    EXPECT_EQ(make_reply(asking({{"range", "bytes=2-4"}, {"if-range", "\"v1\""}}), file).status, 206);
    EXPECT_EQ(make_reply(asking({{"range", "bytes=2-4"}, {"if-range", "\"v0\""}}), file).status, 200);
    EXPECT_EQ(make_reply(asking({{"range", "bytes=2-4"}, {"if-range", "W/\"v1\""}}), file).status, 200);
    EXPECT_EQ(make_reply(asking({{"range", "bytes=2-4"}}, Method::head), file).length, 0u);
    file.file = folder.path / "missing";
    EXPECT_EQ(make_reply(asking(), file).status, 404);
}

TEST(StaticFiles, AreFoundBelowTheirRootOnly) {
    const Folder folder;
    folder.write("secret.txt", "secret");
    folder.write("root/app.3f2a9c01.css", "p{}");
    folder.write("root/app.css", "p{}");
    folder.write("root/.hidden", "x");
    folder.write("root/sub/a.js", "1");
    std::filesystem::create_symlink(folder.path / "secret.txt", folder.path / "root/link.txt");
    const auto handler = static_files(folder.path / "root");
    const auto ask = [&](const std::string& path) {
        Request request;
        request.path_values.add("path", path);
        return handler(request);
    };
    EXPECT_EQ(ask("app.3f2a9c01.css").headers.get("cache-control"), "public, max-age=31536000, immutable");
    EXPECT_EQ(ask("app.css").headers.get("cache-control"), "no-cache");
    EXPECT_EQ(ask("app.css").headers.get("content-type"), "text/css; charset=utf-8");
    EXPECT_EQ(ask("sub/a.js").headers.get("content-type"), "text/javascript; charset=utf-8");
    for (const char* path : {"", ".", "..", "../secret.txt", "sub/../../secret.txt", "sub/..", "sub", "sub/", "/etc/passwd", ".hidden", "link.txt",
                             "nothing.css", "sub\\a.js"})
        EXPECT_EQ(ask(path).status, 404) << path;
    EXPECT_EQ(ask(std::string("app.css\0.png", 12)).status, 404);
}

TEST(StaticFiles, AreCompressedForWhoAcceptsIt) {
    const Folder folder;
    folder.write("app.css", "p{color:red}");
    folder.write("app.css.gz", "compressed");
    const auto handler = static_files(folder.path);
    auto request = asking({{"accept-encoding", "br, gzip"}});
    request.path_values.add("path", "app.css");
    const auto compressed = handler(request);
    EXPECT_EQ(compressed.headers.get("content-encoding"), "gzip");
    EXPECT_EQ(compressed.headers.get("content-type"), "text/css; charset=utf-8");
    EXPECT_EQ(compressed.headers.get("vary"), "Accept-Encoding");
    request.headers.set("accept-encoding", "gzip;q=0");
    const auto plain = handler(request);
    EXPECT_FALSE(plain.headers.has("content-encoding"));
    EXPECT_EQ(plain.headers.get("vary"), "Accept-Encoding");
    EXPECT_NE(plain.headers.get("etag"), compressed.headers.get("etag"));
    const std::pair<const char*, bool> names[] = {{"app.3f2a9c01.css", true}, {"app-3f2a9c01d4.min.js", true}, {"app.css", false},
                                                  {"app.3f2a9c0.css", false}, {"app.deadbeef.css", false},     {"2018-2020.pdf", false}};
    for (const auto& [name, hashed] : names) EXPECT_EQ(is_named_by_content(name), hashed) << name;
}
