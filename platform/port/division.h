// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_PORT_DIVISION_H
#define RK3568_PLATFORM_PORT_DIVISION_H

#include <ucontext.h>

namespace rk3568 {

enum class division {
    none,     // the instruction is not a division: nothing was changed
    by_zero,  // the quotient is 0, the remainder the dividend
    overflow, // the smallest number by -1: the quotient is the dividend, the remainder 0
};

// The host's division instruction at the program counter trapped. Gives the registers what arm64's SDIV and UDIV (and
// MSUB behind them) would have, and goes to the next instruction.
division finish_division(gregset_t &registers);

} // namespace rk3568

#endif
