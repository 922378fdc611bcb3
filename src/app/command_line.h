#pragma once
// The command line: one group of commands a file, each registered by a function below. Every command ends with an exit code: 0 done,
// 1 failed (database, network), 2 what the caller can mend (wrong argument, bad input; every mistake is listed).
#include <functional>
#include <iosfwd>
#include <string>

#include <CLI/CLI.hpp>

#include "app/installation.h"
#include "platform/base/result.h"

namespace app {

struct Terminal {
    std::ostream& out;
    std::ostream& err;
    int exit_code = 0;

    // Says what went wrong and sets the exit code.
    void refuse(const base::Error&);
};

// --data and --database, the same on every command that uses an installation.
void add_location(CLI::App& command, Location&);

void add_serve(CLI::App&, Terminal&);
void add_data_commands(CLI::App&, Terminal&);     // load, export, check, sample
void add_plan_commands(CLI::App&, Terminal&);     // plan import
void add_duties_commands(CLI::App&, Terminal&);   // duties judge
void add_keeping_commands(CLI::App&, Terminal&);  // backup, restore, copy
void add_audit_commands(CLI::App&, Terminal&);    // audit verify, head, purge
void add_protect_commands(CLI::App&, Terminal&);  // protect run, audit

void add_account_commands(CLI::App&, Terminal&);  // account list, create, link, disable, enable, second-factor-off

void add_privacy_commands(CLI::App&, Terminal&);  // privacy check, register, retention, export, erase

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace app
