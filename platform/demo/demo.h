// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_DEMO_DEMO_H
#define RK3568_PLATFORM_DEMO_DEMO_H

#include "platform/options.h"
#include "platform/stimulus/stimulus.h"

#include <string>

namespace rk3568 {

// Nothing was asked for that the simulation could work on: then it demonstrates itself.
bool nothing_to_do(const options &wanted);

// The demonstration: every module of sw/modules in turn, each with the same recording of one bouncing press. Adds the
// commands to `wanted` and returns the pin activity.
stimulus demonstrate(options &wanted, const std::string &build);

} // namespace rk3568

#endif
