// SPDX-License-Identifier: Apache-2.0
//
// Every charge of a core that is not an instruction's: one table, each entry with its unit, its plausible range and
// where it comes from. Figures and sources: docs/HARDWARE.md; "estimate" where no source
// exists.
#ifndef RK3568_HW_CORTEX_A55_TIMING_H
#define RK3568_HW_CORTEX_A55_TIMING_H

#include <array>
#include <cstddef>
#include <cstdint>

namespace rk3568 {

// CHARGE(name, unit, value, low, high, source)
#define RK3568_CORE_CHARGES(CHARGE)                                                                                    \
    CHARGE(exception_entry, cycles, 12, 10, 20, "estimate: pipeline refill and vector fetch")                          \
    CHARGE(exception_return, cycles, 12, 10, 20, "estimate: ERET is not predicted (Arm TRM 100442)")                   \
    CHARGE(isb, cycles, 10, 8, 15, "estimate")                                                                         \
    CHARGE(dsb, cycles, 15, 10, 40, "estimate: nothing outstanding; outstanding device writes are waited for")         \
    CHARGE(dmb, cycles, 3, 1, 15, "estimate")                                                                          \
    CHARGE(sysreg_read, cycles, 6, 1, 20, "estimate: register of the core itself")                                     \
    CHARGE(sysreg_write, cycles, 6, 1, 20, "estimate: register of the core itself")                                    \
    CHARGE(counter_read, cycles, 20, 10, 40, "estimate: CNTVCT_EL0, CNTPCT_EL0")                                       \
    CHARGE(icc_read, cycles, 20, 10, 60, "estimate: GIC CPU interface, core-local")                                    \
    CHARGE(icc_write, cycles, 20, 10, 40, "estimate: GIC CPU interface, core-local")                                   \
    CHARGE(daif, cycles, 2, 1, 6, "estimate: MSR DAIFSet/DAIFClr")                                                     \
    CHARGE(device_read, cycles, 4, 2, 8, "estimate: issue of a device load; the bus time comes on top")                \
    CHARGE(device_write, cycles, 4, 3, 5, "estimate: issue of a posted device store")                                  \
    CHARGE(memory_access, cycles, 3, 2, 4, "LLVM AArch64SchedA55: load 3")                                             \
    CHARGE(wfi_entry, cycles, 20, 10, 40, "estimate: pipeline drained, clock stopped")                                 \
    CHARGE(wfi_exit, cycles, 20, 10, 60, "estimate: clock restart and refill")                                         \
    CHARGE(wfe_exit, cycles, 12, 8, 40, "estimate: event to first instruction")                                        \
    CHARGE(lock_transfer, ns, 30, 20, 60, "estimate: a line moves between two cores through the DSU")                  \
    CHARGE(relax, cycles, 4, 1, 8, "estimate: YIELD and the branch around it")                                         \
    CHARGE(cpu_on, ns, 5000, 1000, 50000, "estimate: PSCI CPU_ON until the first instruction")                         \
    CHARGE(cpu_off, ns, 5000, 1000, 50000, "estimate: PSCI CPU_OFF until the core is off")                             \
    CHARGE(mispredict, cycles, 8, 8, 10, "LLVM AArch64SchedA55: MispredictPenalty 8; cached only")                     \
    CHARGE(l3_hit_core, cycles, 11.7, 9, 14, "RK3568 boards, ramlat 256 KB: 13.7 cycles less the 2 of an L1 hit")      \
    CHARGE(l3_hit_dsu, ns, 10.2, 9, 12, "RK3568 boards, ramlat 256 KB: the part that does not scale with the core")    \
    CHARGE(l3_stream, ns, 5.2, 4, 8, "RK3568 boards, 8 chains in 256 KB: 6.2 ns a load less the L1's")                 \
    CHARGE(dram, ns, 143, 128, 150, "RK3568 boards, ramlat 16 MB: 160 ns at 2 GHz less the L3's 17")                   \
    CHARGE(dram_stream, ns, 43, 30, 60, "RK3568 boards, 8 chains in 16 MB: 49 ns a load less the L3's")                \
    CHARGE(store_miss, cycles, 6, 1, 20, "estimate: the merging store buffer takes it")                                \
    CHARGE(tlb_miss, cycles, 5, 2, 8, "estimate: L1 TLB miss that hits the L2 TLB")                                    \
    CHARGE(tlb_walk, ns, 20, 10, 40, "RK3568 boards, tinymembench: 4 KB pages against 2 MB")                           \
    CHARGE(l3_busy, ns, 2, 1, 4, "estimate: the L3 is taken by one access of a core")

enum class charge : uint8_t {
#define RK3568_CHARGE_ENUM(name, unit, value, low, high, source) name,
    RK3568_CORE_CHARGES(RK3568_CHARGE_ENUM)
#undef RK3568_CHARGE_ENUM
        count
};

enum class charge_unit : uint8_t { cycles, ns };

struct charge_entry {
    const char *name;
    charge_unit unit;
    double value, low, high;
    const char *source;
};

using charge_table = std::array<charge_entry, static_cast<size_t>(charge::count)>;

// The table above. A platform may hand a changed copy to the cluster: --timing-table replaces values, --timing
// functional has none.
inline const charge_table default_charges = {{
#define RK3568_CHARGE_ENTRY(name, unit, value, low, high, source) {#name, charge_unit::unit, value, low, high, source},
    RK3568_CORE_CHARGES(RK3568_CHARGE_ENTRY)
#undef RK3568_CHARGE_ENTRY
}};

} // namespace rk3568

#endif
