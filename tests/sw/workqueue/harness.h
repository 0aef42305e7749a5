// SPDX-License-Identifier: Apache-2.0
//
// Workqueues are tested by small modules: `body` defines `static void test(void)`, which module_init calls, and says
// what it expects with EXPECT(condition) and EXPECT_EQ(a, b).
#ifndef RK3568_TESTS_SW_WORKQUEUE_HARNESS_H
#define RK3568_TESTS_SW_WORKQUEUE_HARNESS_H

#include "tests/sim.h"

namespace rk3568::test {

// Runs the module with further arguments of the simulator.
outcome run_body(const std::string &body, const std::vector<std::string> &arguments = {});

// The same; all expectations must hold and the run must end clean.
outcome check_body(const std::string &body, const std::vector<std::string> &arguments = {});

} // namespace rk3568::test

#endif
