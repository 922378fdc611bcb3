#pragma once

namespace base {

// The directory that holds migrations/, locale/, web/assets and the templates below src/: the source tree this program was built from. A function
// and not a definition on the command line, so that the compiler cache of one checkout serves another.
const char* source_root();

}  // namespace base
