#include "platform/base/root.h"

namespace base {

const char* source_root() { return MITEINANDER_SOURCE_ROOT; }

}  // namespace base
