#include "plan/import/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

namespace plan::importing {
namespace {

void limit(int what, rlim_t value) {
    const rlimit both{value, value};
    setrlimit(static_cast<__rlimit_resource>(what), &both);
}

}  // namespace

Scratch::Scratch() {
    auto name = (std::filesystem::temp_directory_path() / "miteinander-import-XXXXXX").string();
    if (mkdtemp(name.data())) path_ = name;
}
Scratch::~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Ran run_limited(const std::vector<std::string>& program, const std::filesystem::path& folder, const Limits& limits) {
    std::string executable;
    for (const std::string dir : {"/usr/bin/", "/usr/local/bin/"})
        if (executable.empty() && access((dir + program.front()).c_str(), X_OK) == 0) executable = dir + program.front();
    if (executable.empty()) return {Outcome::missing, {}};

    // All memory the child needs is made before fork(): behind it only system calls are allowed in a program with threads.
    const auto out_path = (folder / "output").string();
    std::vector<char*> arguments;
    for (const auto& a : program) arguments.push_back(const_cast<char*>(a.c_str()));
    arguments.push_back(nullptr);
    const std::string home = "HOME=" + folder.string(), tmp = "TMPDIR=" + folder.string();
    char language[] = "LANG=C.UTF-8", path[] = "PATH=/usr/bin:/bin";
    std::vector<char*> environment{const_cast<char*>(home.c_str()), const_cast<char*>(tmp.c_str()), language, path, nullptr};

    const pid_t child = fork();
    if (child < 0) return {Outcome::failed, {}};
    if (child == 0) {
        setpgid(0, 0);
        const int in = open("/dev/null", O_RDONLY), out = open(out_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600),
                  err = open("/dev/null", O_WRONLY);
        if (in < 0 || out < 0 || err < 0 || chdir(folder.c_str()) != 0) _exit(126);
        dup2(in, 0);
        dup2(out, 1);
        dup2(err, 2);
        close_range(3, ~0U, 0);
        limit(RLIMIT_CPU, static_cast<rlim_t>(limits.time.count()));
        // Not RLIMIT_AS: pandoc's run time reserves a terabyte of addresses it never touches. What it writes to counts.
        limit(RLIMIT_DATA, limits.memory_bytes);
        limit(RLIMIT_FSIZE, limits.output_bytes);
        limit(RLIMIT_CORE, 0);
        limit(RLIMIT_NOFILE, 64);
        execve(executable.c_str(), arguments.data(), environment.data());
        _exit(127);
    }

    const int handle = static_cast<int>(syscall(SYS_pidfd_open, child, 0));
    pollfd wait_for{handle, POLLIN, 0};
    int ready = 0;
    const auto deadline = std::chrono::steady_clock::now() + limits.time;
    do {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        ready = handle < 0 || left.count() <= 0 ? 0 : poll(&wait_for, 1, static_cast<int>(left.count()));
    } while (ready < 0 && errno == EINTR);
    const bool late = ready <= 0;
    if (late) kill(-child, SIGKILL), kill(child, SIGKILL);
    if (handle >= 0) close(handle);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    if (late) return {Outcome::too_slow, {}};
    if (WIFSIGNALED(status)) return {WTERMSIG(status) == SIGXCPU ? Outcome::too_slow : Outcome::too_much, {}};
    const int code = WEXITSTATUS(status);
    if (code == 251 || code == 252) return {Outcome::too_much, {}};  // heap of the Haskell run time exhausted
    if (code != 0) return {Outcome::failed, {}};
    std::ifstream file(out_path, std::ios::binary);
    std::string output((std::istreambuf_iterator<char>(file)), {});
    if (output.size() >= limits.output_bytes) return {Outcome::too_much, {}};
    return {Outcome::done, std::move(output)};
}

}  // namespace plan::importing
