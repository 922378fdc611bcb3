#pragma once
#include <functional>
#include <thread>

namespace disclosure {

// Two pieces of work that know nothing of each other, at the same time when two threads may be used.
inline void side_by_side(int threads, const std::function<void()>& one, const std::function<void()>& other) {
    if (threads < 2) {
        one();
        other();
        return;
    }
    std::jthread beside(other);
    one();
}

}  // namespace disclosure
