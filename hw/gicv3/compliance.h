// SPDX-License-Identifier: Apache-2.0
//
// The compliance page, from the declarations: every register, whether it acts, only remembers or is absent, and the
// manual's section.
#ifndef RK3568_HW_GICV3_COMPLIANCE_H
#define RK3568_HW_GICV3_COMPLIANCE_H

#include "hw/gicv3/gicv3.h"

#include <string>

namespace rk3568 {

// The text of COMPLIANCE.md for a GIC that was built.
std::string gicv3_compliance_page(const gicv3 &gic);

} // namespace rk3568

#endif
