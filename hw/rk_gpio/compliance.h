// SPDX-License-Identifier: Apache-2.0
//
// The compliance page, from the declarations: every register, its reset value and access, and where that is known from.
#ifndef RK3568_HW_RK_GPIO_COMPLIANCE_H
#define RK3568_HW_RK_GPIO_COMPLIANCE_H

#include "hw/rk_gpio/rk_gpio.h"

#include <string>

namespace rk3568 {

// The text of COMPLIANCE.md.
std::string rk_gpio_compliance_page(const rk_gpio &bank);

} // namespace rk3568

#endif
