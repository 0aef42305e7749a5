// SPDX-License-Identifier: Apache-2.0
//
// One row an option: what --help says of it, how often it may be given, what its value does, and when that matters.
#ifndef RK3568_PLATFORM_OPTION_TABLE_H
#define RK3568_PLATFORM_OPTION_TABLE_H

#include "platform/options.h"

#include <optional>
#include <string>
#include <vector>

namespace rk3568 {

enum class occurs { once, often, flag, bare_or_once }; // the last: its value may be left out

enum class matters {
    at_boot,       // runs that differ in it cannot begin from one boot (--tries)
    if_given,      // they can, if both have it or neither
    after_boot,    // they can
    to_the_parent, // it says how to make the runs, and is not part of one
};

struct option_row {
    const char *group; // of --help
    const char *name;
    occurs times;
    const char *type; // of the value, as --help shows it; a flag has none
    matters when;
    const char *help;
    // Puts one value that was given where it belongs, or throws usage_error. Null: the value is the path `file`.
    void (*take)(options &out, const std::string &text);
    std::optional<std::string> options::*file = nullptr;
    bool written = false; // the file is an output
};

// In the order of --help, in which the values are taken too.
const std::vector<option_row> &option_rows();

} // namespace rk3568

#endif
