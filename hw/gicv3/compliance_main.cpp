// SPDX-License-Identifier: Apache-2.0
//
// gicv3_compliance > hw/gicv3/COMPLIANCE.md
#include "hw/gicv3/compliance.h"

#include <cstdio>

int sc_main(int, char *[]) {
    const rk3568::gicv3 gic("gic");
    std::fputs(rk3568::gicv3_compliance_page(gic).c_str(), stdout);
    return 0;
}
