// SPDX-License-Identifier: Apache-2.0
//
// System registers of the core itself, at EL2 with HCR_EL2.E2H = 1: the _EL1 and _EL0 names reach EL2's registers and
// timers, the _EL12 and _EL02 names the others (Arm ARM, "Virtualization Host Extensions").
#include "hw/cortex_a55/cluster.h"
#include "hw/cortex_a55/core.h"

namespace rk3568 {

namespace {

enum : uint32_t {
    midr_el1 = sysreg(3, 0, 0, 0, 0),
    mpidr_el1 = sysreg(3, 0, 0, 0, 5),
    id_aa64pfr0_el1 = sysreg(3, 0, 0, 4, 0),
    currentel = sysreg(3, 0, 4, 2, 2),
    daif_reg = sysreg(3, 3, 4, 2, 1),
    spsr_el1 = sysreg(3, 0, 4, 0, 0),
    spsr_el2 = sysreg(3, 4, 4, 0, 0),
    elr_el1 = sysreg(3, 0, 4, 0, 1),
    elr_el2 = sysreg(3, 4, 4, 0, 1),
    esr_el1 = sysreg(3, 0, 5, 2, 0),
    esr_el2 = sysreg(3, 4, 5, 2, 0),
    far_el1 = sysreg(3, 0, 6, 0, 0),
    far_el2 = sysreg(3, 4, 6, 0, 0),
    vbar_el1 = sysreg(3, 0, 12, 0, 0),
    vbar_el2 = sysreg(3, 4, 12, 0, 0),
    isr_el1 = sysreg(3, 0, 12, 1, 0),
    hcr_el2 = sysreg(3, 4, 1, 1, 0),
    tpidr_el0 = sysreg(3, 3, 13, 0, 2),
    tpidr_el1 = sysreg(3, 0, 13, 0, 4),
    tpidr_el2 = sysreg(3, 4, 13, 0, 2),
    cntfrq_el0 = sysreg(3, 3, 14, 0, 0),
    cntvoff_el2 = sysreg(3, 4, 14, 0, 3),
};

constexpr uint64_t midr_a55_r2p0 = 0x412fd050;
// EL0..EL3 in AArch64 (0x1111), GIC CPU interface by system registers (bits [27:24] = 1).
constexpr uint64_t pfr0 = 0x0000000001001111ull | 1ull << 4;
constexpr uint64_t hcr_e2h_tge = 1ull << 34 | 1ull << 27;

// CNT*_TVAL, _CTL, _CVAL of one comparator share op0, op1 and CRn/CRm; op2 is 0, 1, 2.
struct timer_name {
    uint32_t group; // op2 = 0
    generic_timer::comparator which;
};
constexpr timer_name timer_names[] = {
    {sysreg(3, 3, 14, 2, 0), generic_timer::hyp},  // CNTP_*_EL0, by VHE
    {sysreg(3, 4, 14, 2, 0), generic_timer::hyp},  // CNTHP_*_EL2
    {sysreg(3, 5, 14, 2, 0), generic_timer::phys}, // CNTP_*_EL02
    {sysreg(3, 5, 14, 3, 0), generic_timer::virt}, // CNTV_*_EL02
    {sysreg(3, 3, 14, 3, 0), generic_timer::virt}, // CNTV_*_EL0: RK3568 routes no CNTHV interrupt
};

const timer_name *timer_of(uint32_t reg) {
    for (const timer_name &t : timer_names)
        if ((reg & ~7u) == t.group && (reg & 7u) <= 2)
            return &t;
    return nullptr;
}

// ICC_*: CRn 12 with CRm 8..12, and ICC_PMR_EL1; op1 0, 4 and 6.
bool is_icc(uint32_t reg) {
    const unsigned crn = reg >> 7 & 15, crm = reg >> 3 & 15;
    return (crn == 12 && crm >= 8) || reg == sysreg(3, 0, 4, 6, 0);
}

} // namespace

bool core::read_own(uint32_t reg, uint64_t &value) {
    if (const timer_name *t = timer_of(reg)) {
        switch (reg & 7) {
        case 0:
            value = (timer.cval(t->which) - counter_at(m_now)) & 0xffffffff;
            break;
        case 1:
            value = timer.ctl(t->which, m_now);
            break;
        default:
            value = timer.cval(t->which);
            break;
        }
        return true;
    }
    switch (reg) {
    case midr_el1:
        value = midr_a55_r2p0;
        return true;
    case mpidr_el1:
        value = m_mpidr | 1ull << 31 | 1ull << 24; // RES1; MT: Aff0 is the thread
        return true;
    case id_aa64pfr0_el1:
        value = pfr0;
        return true;
    case currentel:
        value = 2 << 2;
        return true;
    case daif_reg:
        value = m_daif;
        return true;
    case spsr_el1:
    case spsr_el2:
        value = m_spsr;
        return true;
    case elr_el1:
    case elr_el2:
        value = m_elr;
        return true;
    case esr_el1:
    case esr_el2:
        value = m_esr;
        return true;
    case far_el1:
    case far_el2:
        value = m_far;
        return true;
    case vbar_el1:
    case vbar_el2:
        value = m_vbar;
        return true;
    case isr_el1:
        value = (nirq.level() ? daif_i : 0) | (nfiq.level() ? daif_f : 0) | (m_abort.pending ? daif_a : 0);
        return true;
    case hcr_el2:
        value = hcr_e2h_tge;
        return true;
    case tpidr_el0:
        value = m_tpidr[0];
        return true;
    case tpidr_el1:
        value = m_tpidr[1];
        return true;
    case tpidr_el2:
        value = m_tpidr[2];
        return true;
    case cntfrq_el0:
        value = counter_hz;
        return true;
    case cntvoff_el2:
        value = m_cntvoff;
        return true;
    default:
        return false;
    }
}

bool core::write_own(uint32_t reg, uint64_t value) {
    if (const timer_name *t = timer_of(reg)) {
        switch (reg & 7) {
        case 0:
            // TVAL is signed and relative to the counter.
            timer.write_cval(t->which, counter_at(m_now) + static_cast<uint64_t>(static_cast<int32_t>(value)), m_now);
            break;
        case 1:
            timer.write_ctl(t->which, value, m_now);
            break;
        default:
            timer.write_cval(t->which, value, m_now);
            break;
        }
        return true;
    }
    switch (reg) {
    case daif_reg:
        set_daif(value);
        return true;
    case spsr_el1:
    case spsr_el2:
        m_spsr = value;
        return true;
    case elr_el1:
    case elr_el2:
        m_elr = value;
        return true;
    case esr_el1:
    case esr_el2:
        m_esr = value;
        return true;
    case far_el1:
    case far_el2:
        m_far = value;
        return true;
    case vbar_el1:
    case vbar_el2:
        m_vbar = value;
        return true;
    case hcr_el2:
        return true; // E2H and TGE are what this platform starts software with, and stay
    case tpidr_el0:
        m_tpidr[0] = value;
        return true;
    case tpidr_el1:
        m_tpidr[1] = value;
        return true;
    case tpidr_el2:
        m_tpidr[2] = value;
        return true;
    case cntvoff_el2:
        m_cntvoff = value;
        return true;
    default:
        return false;
    }
}

uint64_t core::read_sysreg(uint32_t reg, uint64_t caller) {
    if (is_counter(reg))
        return read_counter(caller);
    m_pc = caller;
    const bool gic = is_icc(reg);
    spend(gic ? charge::icc_read : charge::sysreg_read);
    m_cluster.settle();
    uint64_t value = 0;
    bool exists = false;
    if (!gic)
        exists = read_own(reg, value);
    else if (icc.size())
        exists = icc->read_sysreg(reg, value, {2, false, ahead()});
    if (gic && !(icc.size() && icc->was_quiet())) // acknowledging may change what the GIC is about to do
        m_cluster.concerns_hardware();
    if (!exists)
        take_fault(exception_syndrome::undefined, reg, caller);
    m_cluster.expire(caller);
    return value;
}

void core::write_sysreg(uint32_t reg, uint64_t value, uint64_t caller) {
    m_pc = caller;
    const bool gic = is_icc(reg);
    spend(gic ? charge::icc_write : charge::sysreg_write);
    m_cluster.settle();
    bool exists = false;
    const uint64_t timer_acted = timer.acted();
    if (!gic)
        exists = write_own(reg, value);
    else if (icc.size())
        exists = icc->write_sysreg(reg, value, {2, false, ahead()});
    if (timer_acted != timer.acted() || (gic && !(icc.size() && icc->was_quiet())))
        m_cluster.concerns_hardware();
    if (!exists)
        take_fault(exception_syndrome::undefined, reg, caller);
    m_cluster.expire(caller);
}

} // namespace rk3568
