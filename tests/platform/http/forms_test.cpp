#include "platform/http/forms.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "platform/http/multipart.h"

using namespace http;
using base::ErrorKind;

namespace {

std::string text_of(const Fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields.items()) out += "[" + name + "=" + value + "]";
    return out;
}

class Folder {
  public:
    Folder() {
        char name[] = "/tmp/miteinander-spool-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::size_t files() const { return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path), {})); }
    std::filesystem::path path;
};

std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

std::string field(const std::string& name, const std::string& value) {
    return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}
std::string file(const std::string& name, const std::string& filename, const std::string& content) {
    return "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename + "\"\r\nContent-Type: application/pdf\r\n\r\n" +
           content + "\r\n";
}

// Fed in pieces of `piece` bytes, as a network does.
base::Result<Request> read(const std::string& body, const std::filesystem::path& spool, std::size_t piece, const Limits& limits = {}) {
    MultipartReader reader("XX", limits, spool);
    for (std::size_t at = 0; at < body.size(); at += piece)
        if (auto fed = reader.feed(std::string_view(body).substr(at, piece)); !fed) return tl::unexpected(fed.error());
    Request request;
    if (auto done = reader.finish(request); !done) return tl::unexpected(done.error());
    return request;
}

}  // namespace

TEST(Urlencoded, DecodesNamesAndValues) {
    const std::pair<const char*, const char*> cases[] = {
        {"", ""},
        {"a=1&b=2&a=3", "[a=1][b=2][a=3]"},
        {"a", "[a=]"},
        {"a=&=b", "[a=][=b]"},
        {"&&a=1&", "[a=1]"},
        {"titel=Gr%C3%B6%C3%9Fe+50%25&x%3Dy=a=b", "[titel=Größe 50%][x=y=a=b]"},
    };
    for (const auto& [text, fields] : cases) {
        const auto parsed = parse_urlencoded(text, 10);
        ASSERT_TRUE(parsed) << text;
        EXPECT_EQ(text_of(*parsed), fields) << text;
    }
}

TEST(Urlencoded, RefusesBrokenBytesAndFloods) {
    for (const char* text : {"a=%", "a=%4", "%zz=1", "a=%00", "a=%ff", "a=\xff"}) {
        const auto parsed = parse_urlencoded(text, 10);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().kind, ErrorKind::invalid_input) << text;
    }
    EXPECT_TRUE(parse_urlencoded("a&b&c", 3));
    const auto flood = parse_urlencoded("a&b&c&d", 3);
    ASSERT_FALSE(flood);
    EXPECT_EQ(flood.error().kind, ErrorKind::too_large);
}

TEST(MethodOverride, TurnsAPostFormIntoWhatItMeans) {
    const std::pair<const char*, Method> cases[] = {{"_method=PUT", Method::put},
                                                    {"_method=PATCH", Method::patch},
                                                    {"_method=DELETE", Method::del},
                                                    {"_method=POST", Method::post},
                                                    {"a=1", Method::post}};
    for (const auto& [body, method] : cases) {
        Request request;
        request.method = Method::post;
        request.headers.set("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        request.body = body;
        ASSERT_TRUE(read_form(request, {})) << body;
        EXPECT_EQ(request.method, method) << body;
    }
    // A link or an image cannot delete anything.
    Request link;
    link.headers.set("content-type", "application/x-www-form-urlencoded");
    link.body = "_method=DELETE";
    ASSERT_TRUE(read_form(link, {}));
    EXPECT_EQ(link.method, Method::get);
    Request json;
    json.method = Method::post;
    json.headers.set("content-type", "application/json");
    json.body = "_method=DELETE";
    ASSERT_TRUE(read_form(json, {}));
    EXPECT_EQ(json.method, Method::post);
    EXPECT_EQ(json.body, "_method=DELETE");
}

TEST(Parameters, AreReadFromFields) {
    const std::string field = "form-data; name=\"a;b\"; filename=\"x \\\"y\\\" z.pdf\" ; size=3";
    EXPECT_EQ(parameter_of(field, "name"), "a;b");
    EXPECT_EQ(parameter_of(field, "FILENAME"), "x \"y\" z.pdf");
    EXPECT_EQ(parameter_of(field, "size"), "3");
    EXPECT_FALSE(find_parameter(field, "none"));
    EXPECT_FALSE(find_parameter("form-data; name=\"open", "name"));
    EXPECT_EQ(media_type("Text/HTML; charset=utf-8"), "text/html");
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=\"a b\""), "a b");
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(71, 'x')), "");
}

TEST(Multipart, ReadsFieldsAndFilesInPiecesOfAnySize) {
    const Folder spool;
    const std::string tricky = "\r\n--X\r\n--XY\r\n\r\n-- \x01\xff";  // nearly the delimiter
    const auto body = "preamble\r\n" + field("titel", "Größe") + field("leer", "") + file("datei", "C:\\Ordner\\a\tb.pdf", tricky) +
                      file("nichts", "", "") + file("null", "leer.pdf", "") + "--XX--\r\nepilogue";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{7}, std::size_t{64}, body.size()}) {
        const auto request = read(body, spool.path, piece);
        ASSERT_TRUE(request) << piece << base::describe(request.error());
        EXPECT_EQ(text_of(request->form), "[titel=Größe][leer=]") << piece;
        ASSERT_EQ(request->uploads.size(), 2u) << piece;
        EXPECT_EQ(request->uploads[0].filename, "ab.pdf");
        EXPECT_EQ(request->uploads[0].content_type, "application/pdf");
        EXPECT_EQ(request->uploads[0].size, tricky.size());
        EXPECT_EQ(bytes_of(request->uploads[0].path), tricky);
        EXPECT_EQ(std::filesystem::status(request->uploads[0].path).permissions(),
                  std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        EXPECT_EQ(request->uploads[1].size, 0u);
        for (const auto& upload : request->uploads) std::filesystem::remove(upload.path);
    }
}

TEST(Multipart, KeepsItsLimitsAndLeavesNoFile) {
    const Folder spool;
    Limits limits;
    limits.form_fields = 3;
    limits.form_field_bytes = 10;
    limits.files = 1;
    const std::tuple<const char*, std::string, ErrorKind> cases[] = {
        {"field too long", field("a", "12345678901"), ErrorKind::too_large},
        {"too many parts", field("a", "") + field("b", "") + field("c", "") + field("d", ""), ErrorKind::too_large},
        {"too many files", file("a", "a", "1") + file("b", "b", "2"), ErrorKind::too_large},
        {"head too long", "--XX\r\nX: " + std::string(9000, 'x'), ErrorKind::too_large},
        {"no name", "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n", ErrorKind::invalid_input},
        {"no form-data", "--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n", ErrorKind::invalid_input},
        {"no head", "--XX\r\n\r\n1\r\n", ErrorKind::invalid_input},
        {"value no UTF-8", field("a", "\xff"), ErrorKind::invalid_input},
        {"rubbish after the delimiter", "--XXrubbish\r\n\r\n", ErrorKind::invalid_input},
    };
    for (const auto& [what, body, kind] : cases) {
        (void)kind;
        const auto request = read(file("first", "first.pdf", "spooled") + body + "--XX--", spool.path, 5, limits);
        ASSERT_FALSE(request) << what;
        EXPECT_EQ(spool.files(), 0u) << what;
    }
    for (const auto& [what, body, kind] : cases) {
        const auto alone = read(body + "--XX--", spool.path, 1000, limits);
        ASSERT_FALSE(alone) << what;
        EXPECT_EQ(alone.error().kind, kind) << what;
    }
    EXPECT_TRUE(read(field("a", "1234567890") + field("b", "") + file("c", "c", "1") + "--XX--", spool.path, 5, limits).map([](const Request& r) {
        std::filesystem::remove(r.uploads[0].path);
        return true;
    }));
    EXPECT_FALSE(read(field("a", "1"), spool.path, 100)) << "without the closing delimiter";
    const auto no_disk = read(file("a", "a", "1") + "--XX--", spool.path / "missing", 100);
    ASSERT_FALSE(no_disk);
    EXPECT_EQ(no_disk.error().kind, ErrorKind::unavailable);
}
