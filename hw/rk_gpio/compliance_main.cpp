// SPDX-License-Identifier: Apache-2.0
//
// rk_gpio_compliance > hw/rk_gpio/COMPLIANCE.md
#include "hw/rk_gpio/compliance.h"

#include <cstdio>

int sc_main(int, char *[]) {
    const rk3568::rk_gpio bank("bank");
    std::fputs(rk3568::rk_gpio_compliance_page(bank).c_str(), stdout);
    return 0;
}
