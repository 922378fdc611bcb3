#pragma once
// smtp_server.py as a child of the test; ended with it.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "platform/base/root.h"

namespace mail::testing {

class SmtpServer {
  public:
    explicit SmtpServer(const std::string& security = "none", const std::string& login = "") {
        char name[] = "/tmp/miteinander-smtp-XXXXXX";
        folder_ = ::mkdtemp(name);
        int in[2], out[2];
        if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return;
        const auto script = std::string(base::source_root()) + "/tests/platform/mail/support/smtp_server.py";
        child_ = ::fork();
        if (child_ == 0) {
            ::dup2(in[0], 0);
            ::dup2(out[1], 1);
            // Debian's own Python: it is the one Debian's packages are for.
            ::execl("/usr/bin/python3", "python3", script.c_str(), folder_.c_str(), "--security", security.c_str(), "--login", login.c_str(),
                    nullptr);
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        ends_with_ = in[1];
        FILE* lines = ::fdopen(out[0], "r");
        int port = 0;
        if (std::fscanf(lines, "%d", &port) != 1) ADD_FAILURE() << "the SMTP server of the test does not start (python3-aiosmtpd, openssl)";
        std::fclose(lines);
        port_ = static_cast<std::uint16_t>(port);
    }
    SmtpServer(const SmtpServer&) = delete;
    ~SmtpServer() {
        ::close(ends_with_);
        ::waitpid(child_, nullptr, 0);
        std::filesystem::remove_all(folder_);
    }
    std::uint16_t port() const { return port_; }
    std::string ca_file() const { return folder_ / "ca.pem"; }
    // One line of JSON a mail.
    std::vector<std::string> mails() const {
        std::vector<std::string> out;
        std::ifstream file(folder_ / "mails");
        for (std::string line; std::getline(file, line);) out.push_back(line);
        return out;
    }

  private:
    std::filesystem::path folder_;
    pid_t child_ = 0;
    int ends_with_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace mail::testing
