// SPDX-License-Identifier: Apache-2.0
//
// An Arm GICv3 as the GIC-600 builds it: distributor, redistributors, CPU interfaces and one ITS.
// Sources: Arm IHI 0069 (architecture), Arm 100336 (GIC-600 TRM), docs/HARDWARE.md 7 and 8.
//
//   gicv3 gic("gic", gicv3_params{});
//   interconnect.bind(gic.bus);        // addresses from 0: GICD, GICA, GICT, GICP, GITS, ..., see page()
//   gic.dma.bind(memory);              // tables of ITS and LPIs; may stay unbound with params.its = false
//   device.irq.bind(gic.spi[118]);     // INTID 150
//   timer.irq.bind(gic.ppi(core, 14)); // INTID 30 of that core
//   gic.nirq[core].bind(cpu.irq);      // high is asserted: a wire has a level, not a polarity
//   cpu.icc.bind(gic.icc[core]);       // ICC_* system registers
//
// Time: every access and every wire change acts at sc_time_stamp() + its delay, and calls must come in the order of
// that time. State changes in the call itself; what a core sees of a change elsewhere (nIRQ, nFIQ, ICC_IAR) follows
// after the latency of params. A core's own system register access shows its effect on that core's nIRQ and nFIQ within
// the call. Nothing waits, one SC_METHOD runs when a latency has passed, and an access takes no time of its own: its
// path through the interconnect is the interconnect's.
//
// Out of reset the GIC is as the hardware is: everything secure, off, asleep and powered down. Firmware's writes
// (GICR_PWRR, GICR_WAKER, groups) are the platform's to make, as secure accesses (bus_attributes::secure).
#ifndef RK3568_HW_GICV3_GICV3_H
#define RK3568_HW_GICV3_GICV3_H

#include "hw/bus/attributes.h"
#include "hw/gicv3/params.h"
#include "hw/regs/alarm.h"
#include "hw/regs/probe.h"
#include "hw/regs/reg.h"
#include "hw/regs/sysreg.h"
#include "hw/regs/wire.h"

#include <cstdint>
#include <memory>
#include <systemc>
#include <tlm>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <vector>

namespace rk3568 {

class gicv3 : public sc_core::sc_module {
public:
    // The 64 KiB pages of the register space, in their order (Arm 100336 table 4-1).
    enum class frame { gicd, gica, gict, gicp, gits, gits_translater, gicr_rd, gicr_sgi, gicda };

    tlm_utils::simple_target_socket<gicv3> bus{"bus"};
    tlm_utils::simple_initiator_socket_optional<gicv3> dma{"dma"};

    sc_core::sc_vector<wire_in> spi;       // [0] is INTID 32
    sc_core::sc_vector<wire_in> ppi_wires; // 16 a core; see ppi()
    wire_in reset{"reset"};                // a rising edge brings all registers to their reset value
    // High while the core is in Secure state (EL1 or EL0): group 1 interrupts of the other state signal nFIQ, those of
    // the own state nIRQ (IHI 0069 4.6.2). Unconnected: Non-secure. Without effect when GICD_CTLR.DS is 1.
    sc_core::sc_vector<wire_in> secure_state;

    sc_core::sc_vector<wire_out> nirq, nfiq;   // one a core
    sc_core::sc_vector<wire_out> wake_request; // one a core: something is pending for it while it sleeps (GICR_WAKER)
    sc_core::sc_vector<sc_core::sc_export<sysreg_if>> icc;

    // Fired when the state of an INTID changes: intid | state << 16 | core << 24, state 0 inactive, 1 pending, 2
    // active, 3 active and pending; core is 255 for an SPI. LPIs have INTIDs up to 0xffff.
    probe_event state{"state"};

    explicit gicv3(const sc_core::sc_module_name &name, const gicv3_params &params = {});
    ~gicv3() override;

    const gicv3_params &params() const;
    // The smallest time after which what one core does here shows at another one.
    sc_core::sc_time soonest() const;
    // n: 0 to 15, INTID 16 + n.
    wire_in &ppi(unsigned core, unsigned n) { return ppi_wires[16 * core + n]; }
    // Offset of a frame from the start of the register space; `core` only counts for the redistributor's frames.
    uint64_t page(frame which, unsigned core = 0) const;
    // Where its interrupt outputs lead to blocks that need no event to hear of them.
    void keep_alarms_in(calendar &where) {
        m_due.keep_in(where);
        m_due.reaches_systemc = false;
    }
    // Size of the register space in bytes.
    uint64_t span() const;
    // All register frames with their declarations, for tests and for the compliance page.
    std::vector<const register_file *> frames() const;

private:
    struct parts;

    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &delay);
    unsigned transport_dbg(tlm::tlm_generic_payload &trans);
    register_file *decode(uint64_t address) const;
    void reset_all(const sc_core::sc_time &delay);

    alarm m_due;
    std::unique_ptr<parts> m_parts;
};

} // namespace rk3568

#endif
