// SPDX-License-Identifier: Apache-2.0
//
// Starting the programs that the platform works with: the compiler, make, dtc.
#ifndef RK3568_PLATFORM_SPAWN_H
#define RK3568_PLATFORM_SPAWN_H

#include <string>
#include <vector>

namespace rk3568 {

// Runs a program, found by PATH, and waits for it. What it prints goes to our standard error, because standard output
// is the kernel's log; with `output`, its standard output goes there, and with `messages` all that it prints. The exit
// status, 128 + the signal that ended it,
// or -1 with errno if it could not be started.
int run_program(const std::vector<std::string> &arguments, std::string *output = nullptr,
                std::string *messages = nullptr);

} // namespace rk3568

#endif
