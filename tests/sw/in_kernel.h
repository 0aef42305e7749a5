// SPDX-License-Identifier: Apache-2.0
//
// Tests that run inside the kernel: a module's text that defines test(), which its init calls, in a task that may
// sleep. CHECK(condition) and SAME(value, expected) report to the log what does not hold.
#ifndef RK3568_TESTS_SW_IN_KERNEL_H
#define RK3568_TESTS_SW_IN_KERNEL_H

#include "tests/sim.h"

namespace rk3568::test {

struct kernel_run {
    std::vector<std::string> arguments = {"--for", "1ms"};
    int status = 0; // that the run must end with
};

// Runs `body` as a module; a case fails for each check that does not hold, and if test() did not come to its end.
outcome in_kernel(const std::string &body, const kernel_run &how = {});

} // namespace rk3568::test

#endif
