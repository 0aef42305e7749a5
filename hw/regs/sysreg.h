// SPDX-License-Identifier: Apache-2.0
//
// System registers that a core does not hold itself (the GIC CPU interface's ICC_*): the door between the two.
// Encoding and field layout of the number: Arm ARM, MRS/MSR (op0, op1, CRn, CRm, op2).
#ifndef RK3568_HW_REGS_SYSREG_H
#define RK3568_HW_REGS_SYSREG_H

#include <cstdint>
#include <systemc>

namespace rk3568 {

constexpr uint32_t sysreg(unsigned op0, unsigned op1, unsigned crn, unsigned crm, unsigned op2) {
    return (op0 & 3) << 14 | (op1 & 7) << 11 | (crn & 15) << 7 | (crm & 15) << 3 | (op2 & 7);
}

// Who asks: the exception level (0..3) and security state of the core, and the time at which the access happens
// (sc_time_stamp() + delay; the callee adds nothing: the core charges its own cycles for a system register).
struct sysreg_origin {
    unsigned el = 1;
    bool secure = false;
    sc_core::sc_time delay;
};

class sysreg_if : public virtual sc_core::sc_interface {
public:
    // False: the register does not exist at this exception level; the core takes an undefined-instruction exception.
    virtual bool read_sysreg(uint32_t reg, uint64_t &value, const sysreg_origin &from) = 0;
    virtual bool write_sysreg(uint32_t reg, uint64_t value, const sysreg_origin &from) = 0;
    // Whether the last access, of either kind, has surely notified no event and changed no wire: a core that runs ahead
    // of SystemC need not ask anew when that will act next.
    virtual bool was_quiet() const { return false; }
};

} // namespace rk3568

#endif
