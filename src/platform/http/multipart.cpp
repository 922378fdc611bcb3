#include "platform/http/multipart.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "platform/http/forms.h"
#include "platform/http/text.h"

namespace http {

namespace {

constexpr std::size_t longest_part_head = 8192;

auto broken(const char* what) { return base::error(base::ErrorKind::invalid_input, what); }
auto too_large(const char* what) { return base::error(base::ErrorKind::too_large, what); }

// What is left of a path some browsers send, without control characters: for display, never for opening.
std::string display_name(std::string_view filename) {
    const auto slash = filename.find_last_of("/\\");
    if (slash != std::string_view::npos) filename.remove_prefix(slash + 1);
    std::string out;
    for (char c : filename)
        if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) out.push_back(c);
    return out == "." || out == ".." ? std::string() : out;
}

}  // namespace

std::string boundary_of(std::string_view content_type) {
    auto boundary = parameter_of(content_type, "boundary");
    if (boundary.size() > 70 || (!boundary.empty() && boundary.back() == ' ')) return {};
    for (char c : boundary)
        if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) > 0x7E) return {};
    return boundary;
}

MultipartReader::MultipartReader(std::string_view boundary, const Limits& limits, std::filesystem::path spool)
    : delimiter_("\r\n--" + std::string(boundary)),
      limits_(limits),
      spool_(std::move(spool)),
      buffer_("\r\n") {}  // the first delimiter has no line before it

MultipartReader::~MultipartReader() {
    if (file_) std::fclose(file_);
    if (is_file_ && !upload_.path.empty()) ::unlink(upload_.path.c_str());
    for (const auto& upload : uploads_) ::unlink(upload.path.c_str());
}

base::Result<void> MultipartReader::feed(std::string_view bytes) {
    buffer_.append(bytes);
    for (;;) {
        auto more = step();
        if (!more) return tl::unexpected(std::move(more.error()));
        if (!*more) break;
    }
    buffer_.erase(0, position_);
    position_ = 0;
    return {};
}

base::Result<bool> MultipartReader::step() {
    const auto rest = std::string_view(buffer_).substr(position_);
    switch (state_) {
        case State::delimiter:
        case State::content: {
            const void* found = ::memmem(rest.data(), rest.size(), delimiter_.data(), delimiter_.size());
            const auto at = found ? static_cast<std::size_t>(static_cast<const char*>(found) - rest.data()) : std::string_view::npos;
            // Without a delimiter all is content but the end, which may be the beginning of one.
            const auto content = found ? at : rest.size() - std::min(rest.size(), delimiter_.size() - 1);
            if (state_ == State::content) TRY_VOID(take(rest.substr(0, content)));
            position_ += content;
            if (!found) return false;
            if (state_ == State::content) TRY_VOID(end_part());
            position_ += delimiter_.size();
            state_ = State::after_delimiter;
            return true;
        }
        case State::after_delimiter: {
            if (rest.size() < 2) return false;
            if (rest.substr(0, 2) == "--") {
                state_ = State::end;
                return true;
            }
            const auto blanks = rest.find_first_not_of(" \t");
            if (blanks == std::string_view::npos || blanks + 2 > rest.size()) {
                if (rest.size() > 100) return broken("multipart: delimiter line too long");
                return false;
            }
            if (rest.substr(blanks, 2) != "\r\n") return broken("multipart: no line end after the delimiter");
            position_ += blanks + 2;
            state_ = State::part_head;
            return true;
        }
        case State::part_head: {
            const auto end = rest.find("\r\n\r\n");
            if (end == std::string_view::npos) {
                if (rest.size() > longest_part_head) return too_large("multipart: head of a part too long");
                return false;
            }
            if (end > longest_part_head) return too_large("multipart: head of a part too long");
            TRY_VOID(begin_part(rest.substr(0, end + 2)));
            position_ += end + 4;
            state_ = State::content;
            return true;
        }
        case State::end:
            position_ = buffer_.size();  // the epilogue is nobody's
            return false;
    }
    return false;
}

base::Result<void> MultipartReader::begin_part(std::string_view head) {
    std::string disposition, type = "text/plain";
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(line.size() + 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return broken("multipart: a line of a part's head is no field");
        const auto name = line.substr(0, colon);
        if (same_ignoring_case(name, "content-disposition")) disposition = trimmed(line.substr(colon + 1));
        if (same_ignoring_case(name, "content-type")) type = trimmed(line.substr(colon + 1));
    }
    if (media_type(disposition) != "form-data") return broken("multipart: a part is no form-data");
    name_ = parameter_of(disposition, "name");
    if (name_.empty()) return broken("multipart: a part has no name");
    const auto file = find_parameter(disposition, "filename");
    const auto filename = file.value_or("");
    if (!is_utf8(name_) || !is_utf8(filename) || !is_utf8(type) || name_.find('\0') != std::string::npos)
        return broken("multipart: a part's head is no UTF-8");
    if (fields_.items().size() + uploads_.size() >= limits_.form_fields) return too_large("multipart: too many parts");
    is_file_ = file.has_value();
    value_.clear();
    if (!is_file_) return {};

    if (uploads_.size() >= limits_.files) return too_large("multipart: too many files");
    upload_ = {};
    upload_.field = name_;
    upload_.filename = display_name(filename);
    upload_.content_type = type;
    is_left_empty_ = filename.empty();  // a file field nobody has filled is sent without name and content
    return {};
}

base::Result<void> MultipartReader::take(std::string_view content) {
    if (content.empty()) return {};
    if (!is_file_) {
        if (value_.size() + content.size() > limits_.form_field_bytes) return too_large("multipart: field too long");
        field_bytes_ += content.size();
        if (field_bytes_ > 2 * limits_.form_field_bytes) return too_large("multipart: fields too long together");
        value_.append(content);
        return {};
    }
    is_left_empty_ = false;
    if (!file_) TRY_VOID(create_file());
    if (std::fwrite(content.data(), 1, content.size(), file_) != content.size())
        return base::error(base::ErrorKind::unavailable, "cannot write to the spool folder");
    upload_.size += content.size();
    return {};
}

base::Result<void> MultipartReader::create_file() {
    std::string path = (spool_ / "upload-XXXXXX").string();
    const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);  // readable and writable for the owner only
    if (descriptor < 0) return base::error(base::ErrorKind::unavailable, "cannot create a file in the spool folder");
    upload_.path = path;
    file_ = ::fdopen(descriptor, "wb");
    if (!file_) {
        ::close(descriptor);
        return base::error(base::ErrorKind::unavailable, "cannot open a file in the spool folder");
    }
    return {};
}

base::Result<void> MultipartReader::end_part() {
    if (!is_file_) {
        if (!is_utf8(value_) || value_.find('\0') != std::string::npos) return broken("multipart: a field is no UTF-8");
        fields_.add(std::move(name_), std::move(value_));
        return {};
    }
    if (!is_left_empty_) {
        if (!file_) TRY_VOID(create_file());
        const bool written = std::fclose(std::exchange(file_, nullptr)) == 0;
        if (!written) return base::error(base::ErrorKind::unavailable, "cannot write to the spool folder");
        uploads_.push_back(std::exchange(upload_, {}));
    }
    is_file_ = false;
    return {};
}

base::Result<void> MultipartReader::finish(Request& request) {
    if (state_ != State::end) return broken("multipart: the closing delimiter is missing");
    for (const auto& [name, value] : fields_.items()) request.form.add(name, value);
    request.uploads = std::exchange(uploads_, {});
    return {};
}

}  // namespace http
