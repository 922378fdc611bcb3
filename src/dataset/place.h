#pragma once
#include <string>

namespace dataset {

// Where something was written, so that every mistake can be told with file and line.
struct Place {
    std::string file;
    int line = 0;
};

template <class T>
struct Placed {
    T value;
    Place at;
};

}  // namespace dataset
