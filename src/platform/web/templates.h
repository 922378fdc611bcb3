#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/i18n/translate.h"
#include "platform/web/view.h"

namespace web {

// All templates below src/*/templates and src/platform/*/templates, named "<folder>/<file>" ("duties/list.tpl", "web/layout.tpl"),
// one parsed instance per language. open() refuses a file that does not begin with the AUTOESCAPE pragma, that switches escaping off,
// or that holds inline script or style: the Content-Security-Policy would block it. Templates are reached by these names only, also as includes,
// so an unchecked file cannot get into a page.
class Templates {
  public:
    static base::Result<Templates> open(const std::filesystem::path& root, const i18n::Catalogue& catalogue);
    Templates(Templates&&) noexcept;
    Templates& operator=(Templates&&) noexcept;
    ~Templates();

    // A name that is not there is a programmer's mistake and throws std::logic_error.
    std::string render(i18n::Language, std::string_view name, const std::function<void(View&)>& fill) const;
    std::vector<std::string> names() const;

  private:
    Templates();
    struct Instance;
    std::map<std::string, std::string, std::less<>> sources_;
    std::map<i18n::Language, std::unique_ptr<Instance>> instances_;
};

// The text handed to the parser: {{_ English _}} translated and escaped, {{NAME:html}} opened for Html. Exported for its tests.
base::Result<std::string> prepared(std::string_view source, const std::function<std::string_view(std::string_view)>& translate);

}  // namespace web
