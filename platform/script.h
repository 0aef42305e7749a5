// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_SCRIPT_H
#define RK3568_PLATFORM_SCRIPT_H

#include "platform/options.h"
#include "platform/port/machine.h"
#include "platform/stimulus/stimulus.h"

#include <functional>
#include <string>
#include <vector>

namespace rk3568 {

// An object that --insmod brings: a module that was asked for, or one of Linux's own that it needs, which gets no
// parameters and, if Linux never unloads it, stays.
struct script_module {
    std::string object;
    bool asked_for = true;
    bool stays = false;
};

// What the kernel's shell is to do: load the modules, then the commands of --exec at their times, and at the end unload
// the modules in reverse order. `build` turns what --insmod names into the objects to load, in their order. Throws
// std::runtime_error where a folder's modules and the parameters given do not go together.
std::vector<script_line> make_script(const options &wanted, const stimulus &activity,
                                     const std::function<std::vector<script_module>(const std::string &)> &build);

} // namespace rk3568

#endif
