#pragma once
// Runs another program on a file a stranger sent: without a shell, with an empty environment, limits on memory, time and what it writes.
#include <filesystem>
#include <string>
#include <vector>

#include "platform/base/result.h"

namespace plan::importing {

struct Limits {
    std::chrono::seconds time{20};
    std::size_t memory_bytes = std::size_t{1} << 30;
    std::size_t output_bytes = std::size_t{128} << 20;
};

enum class Outcome { done, failed, too_slow, too_much, missing };

struct Ran {
    Outcome outcome = Outcome::failed;
    std::string output;
};

// program[0] is looked for in /usr/bin and /usr/local/bin; its standard output is what Ran::output holds.
Ran run_limited(const std::vector<std::string>& program, const std::filesystem::path& folder, const Limits&);

// A folder of its own for one import, gone with all it holds when the import is over.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace plan::importing
