// SPDX-License-Identifier: Apache-2.0
#include "hw/rk_gpio/rk_gpio_lockstep.h"
#include "tests/hw/rk_gpio/bench.h"

#include <stdexcept>

std::unique_ptr<rk3568::gpio_bank> rk3568::test::make_bank(const char *name, const gpio_params &params) {
    auto bank = std::make_unique<rk_gpio_lockstep>(name, params);
    bank->on_difference([](const std::string &text) { throw std::runtime_error(text); });
    return bank;
}
