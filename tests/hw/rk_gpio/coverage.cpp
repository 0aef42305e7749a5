// SPDX-License-Identifier: Apache-2.0
//
// Part of the coverage program: leaves what a case covered of the RTL in files that begin with RK_GPIO_COVERAGE.
#include "hw/rk_gpio/verilated_bank.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdlib>

namespace {

struct coverage_files {
    coverage_files() {
        if (const char *prefix = std::getenv("RK_GPIO_COVERAGE"))
            rk3568::verilated_bank::keep_coverage(prefix);
    }
};

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(coverage_files);
