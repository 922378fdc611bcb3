#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/http/message.h"

namespace web {

std::string url_encode(std::string_view);

// A path with its query, to be changed part by part: filters, sorting and pages live in the address, so that every view can be linked.
class Url {
  public:
    explicit Url(std::string path) : path_(std::move(path)) {}
    Url(std::string path, const http::Fields& query) : path_(std::move(path)), query_(query.items()) {}

    Url with(std::string_view name, std::string_view value) const;  // replaces all of that name; an empty value removes
    Url without(std::string_view name) const;
    Url and_with(std::string_view name, std::string_view value) const;  // one more of that name
    const std::string& path() const { return path_; }
    const std::vector<std::pair<std::string, std::string>>& query() const { return query_; }
    std::string str() const;

  private:
    std::string path_;
    std::vector<std::pair<std::string, std::string>> query_;
};

// An address inside this site ("/…"), or "/" when it is none: where a form may send people back to.
std::string local_path(std::string_view candidate);

}  // namespace web
