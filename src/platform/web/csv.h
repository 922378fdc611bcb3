#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace web {

// RFC 4180 with CRLF. Cells that a spreadsheet would take for a formula get an apostrophe in front; a plain number ("-3,5") does not.
class Csv {
  public:
    enum class Mark { none, utf8 };  // the byte order mark that makes Excel read UTF-8
    explicit Csv(char separator = ';', Mark mark = Mark::utf8) : separator_(separator), text_(mark == Mark::utf8 ? "\xEF\xBB\xBF" : "") {}
    Csv& row(const std::vector<std::string>& cells);
    const std::string& str() const { return text_; }

  private:
    char separator_;
    std::string text_;
};

}  // namespace web
