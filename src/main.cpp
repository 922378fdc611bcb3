// Wiring, on one screen: the command line of src/app decides what to run.
#include <cstdio>

int main() {
    std::puts("miteinander " MITEINANDER_VERSION);
    return 0;
}
