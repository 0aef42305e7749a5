// SPDX-License-Identifier: Apache-2.0
//
// Instructions for which LLVM's model of the Cortex-A55 has no class: cycles for which the core does nothing else, by
// the beginning of their names. The cost pass charges them from here, tests/bench/accuracy reads the same lines, and a
// unit with an instruction that neither LLVM nor this table knows is not compiled.
//
// Arm's TRM 100442 says of the atomic instructions of Armv8.1 that one whose line the L1 holds alone is done there, and
// any other in the L3; no figures are published. What a contended lock costs on top is charged where the lock is handed
// over (timing.h, lock_transfer).
#ifndef RK3568_HW_CORTEX_A55_INSTRUCTIONS_H
#define RK3568_HW_CORTEX_A55_INSTRUCTIONS_H

namespace rk3568 {

struct unmodelled_instruction {
    const char *name; // LLVM's name begins so; in assembly the same in lower case
    unsigned cycles;
    const char *source;
};

// A load that hits (3), the operation (1), and the store of the same line (2).
constexpr unsigned atomic_cycles = 6;

inline constexpr unmodelled_instruction unmodelled_instructions[] = {
    {"LDADD", 6, "estimate: near atomic, LLVM's load 3, the operation, the store"},
    {"LDCLR", 6, "estimate: as LDADD"},
    {"LDEOR", 6, "estimate: as LDADD"},
    {"LDSET", 6, "estimate: as LDADD"},
    {"LDSMAX", 6, "estimate: as LDADD"},
    {"LDSMIN", 6, "estimate: as LDADD"},
    {"LDUMAX", 6, "estimate: as LDADD"},
    {"LDUMIN", 6, "estimate: as LDADD"},
    {"SWP", 6, "estimate: as LDADD"},
    {"CAS", 6, "estimate: as LDADD"},
    {"LDAPR", 3, "LLVM AArch64SchedA55: load 3"},
    {"XPACLRI", 1, "Arm ARM: a hint, which does nothing on a core without pointer authentication"},
};

} // namespace rk3568

#endif
