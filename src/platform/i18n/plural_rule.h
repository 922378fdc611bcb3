#pragma once
#include <cstdint>
#include <memory>
#include <string_view>

#include "platform/base/result.h"

namespace i18n {

// The "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : …)" of a .po file: which form a number takes in that language.
// The expression is C's, as gettext defines it; it is parsed once and evaluated without any library.
class PluralRule {
  public:
    // two forms, one of them for exactly one: English and German
    PluralRule();
    static base::Result<PluralRule> parse(std::string_view header_value);

    std::size_t forms() const { return forms_; }
    std::size_t form_of(std::uint64_t n) const;  // below forms()

    struct Node;

  private:
    std::size_t forms_ = 2;
    std::shared_ptr<const Node> root_;
};

}  // namespace i18n
