#pragma once
// Bytes in, one request out; no socket, so that tests and the fuzzer can feed it.
#include <memory>
#include <string_view>

#include "platform/http/head.h"

namespace http {

class RequestParser {
  public:
    explicit RequestParser(const Limits&);
    ~RequestParser();

    // Looks at all bytes received and not yet used; answers how many of them it has used now. Before the head is complete it uses none (but for
    // one stray empty line). Ask again with more bytes until head_done(), done() or fault().
    std::size_t feed(std::string_view bytes);
    bool head_done() const { return head_done_; }
    bool done() const { return done_; }
    int fault() const { return fault_; }  // the status to refuse with, or 0

    Head& head() { return head_; }
    // Called once between head and body; a length beyond it is a fault at once.
    void limit_body(std::uint64_t bytes);
    std::string& body() { return body_; }  // decoded so far; the caller may take it away
    void next();                           // ready for the next request of the connection

  private:
    std::size_t feed_head(std::string_view bytes);
    std::size_t feed_body(std::string_view bytes);

    class Beast;
    const Limits& limits_;
    std::unique_ptr<Beast> beast_;
    Head head_;
    std::string body_;
    std::size_t scanned_ = 0;
    bool stray_line_ = false, head_done_ = false, done_ = false;
    int fault_ = 0;
};

}  // namespace http
