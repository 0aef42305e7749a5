// SPDX-License-Identifier: Apache-2.0
//
// A core's CPU interface: what the core is told (nIRQ, nFIQ) and the ICC_* system registers through which it answers.
// IHI 0069 4.6 to 4.8 and 12.2.
#ifndef RK3568_HW_GICV3_CPU_INTERFACE_H
#define RK3568_HW_GICV3_CPU_INTERFACE_H

#include "hw/gicv3/delivery.h"
#include "hw/regs/probe.h"
#include "hw/regs/reg.h"
#include "hw/regs/sysreg.h"
#include "hw/regs/wire.h"

#include <optional>
#include <string>

namespace rk3568::gic {

class cpu_interface : public sysreg_if {
public:
    struct outputs {
        wire_out &nirq, &nfiq, &wake_request;
    };
    cpu_interface(delivery &d, unsigned core, const outputs &out);

    // A line of the compliance page.
    struct register_info {
        uint32_t encoding;
        const char *name;
        const char *access;
        unsigned least_el; // below it the register does not exist
        bool group0;       // with two security states EL3 keeps it from Non-secure software (SCR_EL3.FIQ = 1)
        reg_status status;
        const char *source;
        uint64_t (cpu_interface::*read)(const sysreg_origin &from);              // null: write-only
        void (cpu_interface::*write)(uint64_t value, const sysreg_origin &from); // null: read-only
    };
    static const std::vector<register_info> &registers();

    bool read_sysreg(uint32_t reg, uint64_t &value, const sysreg_origin &from) override;
    bool write_sysreg(uint32_t reg, uint64_t value, const sysreg_origin &from) override;
    bool was_quiet() const override { return !m_delivery.acted; }

    // ICC_IGRPENx: the core takes interrupts of this group.
    bool takes(group g) const { return m_enabled[g]; }
    // The core's security state, which decides between nIRQ and nFIQ for group 1.
    void secure_state(bool secure, const sc_core::sc_time &delay);
    // The outputs as they ought to be differ from what is driven.
    bool differs() const { return differs(wanted()); }
    void drive(const sc_core::sc_time &delay);
    void reset();

private:
    template <typename Body>
    void transact(const sc_core::sc_time &delay, Body body);
    struct candidate {
        uint32_t id;
        uint8_t priority;
        group of;
    };
    struct levels {
        bool irq, fiq, wake;
        uint32_t pending; // the most urgent INTID, or 1023
    };

    std::optional<candidate> most_urgent(bool asleep_too) const;
    bool can_signal(const candidate &c) const;
    levels wanted() const;
    bool differs(const levels &want) const;
    // Priority bits of a group that decide about preemption.
    uint8_t group_mask(group g) const;
    uint32_t active_priorities() const { return m_active[g0] | m_active[g1s] | m_active[g1ns]; }
    unsigned running() const;

    // The bank of a register that exists once a security state.
    group bank(const sysreg_origin &from) const { return from.secure && !m_delivery.ds() ? g1s : g1ns; }
    bool nonsecure_view(const sysreg_origin &from) const { return !from.secure && !m_delivery.ds(); }
    bool split(const sysreg_origin &from) const;
    interrupt *find(uint32_t id);

    uint64_t pending_for(const candidate &c, bool group1, const sysreg_origin &from) const;
    uint64_t acknowledge(bool group1, const sysreg_origin &from);
    uint64_t highest_pending(bool group1, const sysreg_origin &from);
    void end(bool group1, uint64_t value, const sysreg_origin &from);
    void deactivate(uint32_t id, const sysreg_origin &from);
    void send_sgi(uint64_t value, const sysreg_origin &from, bool (*forwarded)(group g, bool secure, unsigned nsacr));

    uint64_t read_pmr(const sysreg_origin &from);
    void write_pmr(uint64_t value, const sysreg_origin &from);
    uint64_t read_iar0(const sysreg_origin &from);
    uint64_t read_iar1(const sysreg_origin &from);
    uint64_t read_hppir0(const sysreg_origin &from);
    uint64_t read_hppir1(const sysreg_origin &from);
    void write_eoir0(uint64_t value, const sysreg_origin &from);
    void write_eoir1(uint64_t value, const sysreg_origin &from);
    void write_dir(uint64_t value, const sysreg_origin &from);
    uint64_t read_bpr0(const sysreg_origin &from);
    void write_bpr0(uint64_t value, const sysreg_origin &from);
    uint64_t read_bpr1(const sysreg_origin &from);
    void write_bpr1(uint64_t value, const sysreg_origin &from);
    uint64_t read_ap0r0(const sysreg_origin &from);
    void write_ap0r0(uint64_t value, const sysreg_origin &from);
    uint64_t read_ap1r0(const sysreg_origin &from);
    void write_ap1r0(uint64_t value, const sysreg_origin &from);
    uint64_t read_rpr(const sysreg_origin &from);
    void write_sgi0r(uint64_t value, const sysreg_origin &from);
    void write_sgi1r(uint64_t value, const sysreg_origin &from);
    void write_asgi1r(uint64_t value, const sysreg_origin &from);
    uint64_t read_ctlr_el1(const sysreg_origin &from);
    void write_ctlr_el1(uint64_t value, const sysreg_origin &from);
    uint64_t read_ctlr_el3(const sysreg_origin &from);
    void write_ctlr_el3(uint64_t value, const sysreg_origin &from);
    uint64_t read_sre(const sysreg_origin &from);
    uint64_t read_sre_el23(const sysreg_origin &from);
    void write_sre(uint64_t value, const sysreg_origin &from);
    uint64_t read_igrpen0(const sysreg_origin &from);
    void write_igrpen0(uint64_t value, const sysreg_origin &from);
    uint64_t read_igrpen1(const sysreg_origin &from);
    void write_igrpen1(uint64_t value, const sysreg_origin &from);
    uint64_t read_igrpen1_el3(const sysreg_origin &from);
    void write_igrpen1_el3(uint64_t value, const sysreg_origin &from);

    const register_info *find_register(uint32_t reg, const sysreg_origin &from) const;
    void enable(group g, bool on);
    void log_once(unsigned what, const std::string &text);

    delivery &m_delivery;
    unsigned m_core;
    outputs m_out;
    bool m_secure_state = false;

    uint8_t m_mask = 0; // ICC_PMR
    bool m_enabled[groups] = {};
    uint8_t m_binary_point[groups] = {};
    uint32_t m_active[groups] = {}; // ICC_AP0R0, ICC_AP1R0: bit n is group priority 8n
    bool m_common_bpr[groups] = {}; // CBPR, EOImode: [g1s] and [g1ns] are the banks of ICC_CTLR_EL1
    bool m_split[groups] = {};
    bool m_split_el3 = false;
    bool m_pmhe = false;
    uint8_t m_bypass = 0; // ICC_SRE: DFB, DIB
    uint64_t m_logged = 0;

    probe<bool> m_nirq_probe, m_nfiq_probe;
    probe<uint16_t> m_pending_probe, m_last_probe;
    probe<uint8_t> m_mask_probe, m_running_probe;
};

} // namespace rk3568::gic

#endif
