// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/rk_gpio.h"
#include "tests/hw/rk_gpio/bench.h"

std::unique_ptr<rk3568::gpio_bank> rk3568::test::make_bank(const char *name, const gpio_params &params) {
    return std::make_unique<rk_gpio>(name, params);
}
