// SPDX-License-Identifier: Apache-2.0
//
// One run: everything between the parsed command line and the exit status.
#ifndef RK3568_PLATFORM_SESSION_H
#define RK3568_PLATFORM_SESSION_H

#include "platform/options.h"

namespace rk3568 {

// Exit statuses of docs/COMMAND_LINE.md.
enum exit_status : int { clean = 0, bad_input = 1, defect_reported = 2, simulator_failed = 3, slower_than_allowed = 4 };

// `build` is the build folder: where the kernel's image, the device tree and kbuild/ are. Prints what the run says;
// does not throw for a user's mistake.
int run_session(const options &wanted, const std::string &build);

} // namespace rk3568

#endif
