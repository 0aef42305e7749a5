// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_SOC_TIMING_TABLE_H
#define RK3568_PLATFORM_SOC_TIMING_TABLE_H

#include "hw/cortex_a55/timing.h"

#include <string>

namespace rk3568 {

// Replaces entries of the table of charges by those of a file: lines NAME VALUE cycles|ns, # comments. A value outside
// of the entry's range widens the range. Throws std::runtime_error, one line: where, what was expected, what came.
void read_timing_table(const std::string &path, charge_table &table);

} // namespace rk3568

#endif
