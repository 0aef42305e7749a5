// SPDX-License-Identifier: Apache-2.0
//
// Compliance pages: for each register whether it acts, only remembers or is absent, with the manual's section, written
// from the declarations. A block adds its heading and what no manual says.
#ifndef RK3568_HW_REGS_COMPLIANCE_H
#define RK3568_HW_REGS_COMPLIANCE_H

#include "hw/regs/reg.h"

#include <string>
#include <vector>

namespace rk3568 {

const char *compliance_name(reg_status status);

// A Markdown table of the registers in the order of their offsets: offset (first and last of an array), name, reset
// value ("by index" where an array's elements differ), access, access sizes in bits, writable bits, status, source.
std::string compliance_table(std::vector<reg_base *> registers);

} // namespace rk3568

#endif
