#include "platform/http/beast/request_parser.h"

#include "platform/http/beast/asio.h"
#include "platform/http/text.h"

namespace http {

namespace beast_http = boost::beast::http;

namespace {

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

constexpr std::size_t longest_chunk_line = 4096;  // a chunk's size and extensions, or a trailer
constexpr std::size_t shortest_chunk_line = 5;

bool has_bare_line_feed(std::string_view lines) {
    for (auto at = lines.find('\n'); at != std::string_view::npos; at = lines.find('\n', at + 1))
        if (at == 0 || lines[at - 1] != '\r') return true;
    return false;
}

}  // namespace

// Beast reads the grammar and undoes the chunks; what it calls back lands in the owner.
class RequestParser::Beast : public beast_http::basic_parser<true> {
  public:
    Beast(RequestParser& owner, std::size_t head_bytes) : owner_(owner) {
        header_limit(static_cast<std::uint32_t>(head_bytes) + 2);
        body_limit(boost::none);
    }
    std::string method, target;
    int version = 11;
    Headers headers;
    std::uint64_t chunk_left = 0;  // of the chunk that is being read; 0 between two

  private:
    using View = boost::beast::string_view;
    void on_request_impl(beast_http::verb, View name, View where, int number, ErrorCode&) override {
        method = view(name);
        target = view(where);
        version = number;
    }
    void on_response_impl(int, View, int, ErrorCode&) override {}
    void on_field_impl(beast_http::field, View name, View value, ErrorCode&) override {
        // Fields after the last chunk are dropped: nothing here needs them, and merging them could overrule what was judged.
        if (!owner_.head_done_) headers.add(view(name), std::string(view(value)));
    }
    void on_header_impl(ErrorCode&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
    std::size_t on_body_impl(View bytes, ErrorCode&) override {
        owner_.body_.append(view(bytes));
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t size, View, ErrorCode&) override { chunk_left = size; }
    std::size_t on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode&) override {
        chunk_left -= bytes.size();
        owner_.body_.append(view(bytes));
        return bytes.size();
    }
    void on_finish_impl(ErrorCode&) override {}

    RequestParser& owner_;
};

RequestParser::RequestParser(const Limits& limits) : limits_(limits) {}
RequestParser::~RequestParser() = default;

void RequestParser::next() {
    beast_.reset();
    head_ = {};
    body_.clear();
    scanned_ = 0;
    stray_line_ = head_done_ = done_ = false;
    fault_ = 0;
}

std::size_t RequestParser::feed(std::string_view bytes) {
    if (fault_ || done_) return 0;
    return head_done_ ? feed_body(bytes) : feed_head(bytes);
}

std::size_t RequestParser::feed_head(std::string_view bytes) {
    // RFC 9112 2.2: one empty line before the request is forgiven (old browsers sent it after a form).
    if (!stray_line_ && scanned_ == 0 && bytes.size() >= 2 && bytes.substr(0, 2) == "\r\n") {
        stray_line_ = true;
        return 2;
    }
    if (bytes == "\r") return 0;
    // A line that ends wrongly is refused when it is seen, not when the deadline has passed.
    std::size_t end = std::string_view::npos;
    for (;;) {
        const auto at = bytes.find('\n', scanned_);
        if (at == std::string_view::npos) {
            if (const auto zero = bytes.find('\0', scanned_); zero != std::string_view::npos) fault_ = 400;
            if (bytes.size() > limits_.head_bytes) fault_ = 431;
            if (bytes.find('\n') == std::string_view::npos && bytes.size() > limits_.target_bytes + 64) fault_ = 414;
            scanned_ = bytes.size();
            return 0;
        }
        if (at == 0 || bytes[at - 1] != '\r') {
            fault_ = 400;
            return 0;
        }
        scanned_ = at + 1;
        if (at == 1 || (at >= 3 && bytes[at - 2] == '\n')) {
            end = at + 1;
            break;
        }
    }
    const auto raw = bytes.substr(0, end);
    if (raw.size() > limits_.head_bytes) fault_ = raw.find('\n') > limits_.target_bytes + 64 ? 414 : 431;
    if (!fault_) fault_ = fault_of_lines(raw, limits_).value_or(0);
    if (fault_) return 0;

    beast_ = std::make_unique<Beast>(*this, limits_.head_bytes);
    ErrorCode ec;
    const auto used = beast_->put(asio::const_buffer(raw.data(), raw.size()), ec);
    if (ec || used != raw.size() || !beast_->is_header_done()) {
        fault_ = 400;
        return 0;
    }
    auto head = judge_head(beast_->method, beast_->target, beast_->version, std::move(beast_->headers));
    if (!head) {
        fault_ = head.error();
        return 0;
    }
    head_ = std::move(*head);
    head_done_ = true;
    done_ = beast_->is_done();
    return used;
}

void RequestParser::limit_body(std::uint64_t bytes) {
    if (head_.length.value_or(0) > bytes) fault_ = 413;
    if (beast_) beast_->body_limit(bytes);
}

std::size_t RequestParser::feed_body(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && !done_) {
        ErrorCode ec;
        // Asked again for a last chunk of fewer bytes than "0" and two line ends, Beast 1.81 ends the program in a debug build. Nothing that is
        // shorter can be complete between two chunks, so it waits here.
        if (head_.chunked && beast_->chunk_left == 0 && bytes.size() - used < shortest_chunk_line)
            ec = beast_http::error::need_more;
        else
            used += beast_->put(asio::const_buffer(bytes.data() + used, bytes.size() - used), ec);
        done_ = beast_->is_done();
        if (ec == beast_http::error::need_more) {
            const auto rest = bytes.substr(used);
            if (rest.size() > longest_chunk_line || (head_.chunked && has_bare_line_feed(rest))) fault_ = 400;
            break;
        }
        if (ec) {
            fault_ = ec == beast_http::error::body_limit ? 413 : 400;
            break;
        }
    }
    return used;
}

}  // namespace http
