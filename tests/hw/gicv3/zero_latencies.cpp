// SPDX-License-Identifier: Apache-2.0
#include "tests/hw/gicv3/harness.h"

const bool rk3568::test::zero_latencies = ZERO_LATENCIES;
