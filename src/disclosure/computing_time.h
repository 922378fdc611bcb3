#pragma once
#include <ctime>

namespace disclosure {

// Seconds the process has computed, all threads together: what is limited and reported by it does not depend on how busy the machine is.
inline double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace disclosure
