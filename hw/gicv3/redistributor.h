// SPDX-License-Identifier: Apache-2.0
//
// A core's redistributor: its two register frames (RD_base and SGI_base), power and sleep, and its LPIs with the
// configuration and pending tables in memory. IHI 0069 12.10 and 12.11; GIC-600 TRM chapters 3.6 and 4.
#ifndef RK3568_HW_GICV3_REDISTRIBUTOR_H
#define RK3568_HW_GICV3_REDISTRIBUTOR_H

#include "hw/gicv3/distributor.h"
#include "hw/gicv3/table_memory.h"

namespace rk3568::gic {

class redistributor;

// The RK3568's four redistributors are one power group: it is off when every one of them is told to be.
struct power_group {
    std::vector<redistributor *> members;
    bool off = true;            // RDGPD: where it is or goes
    uint64_t transit_until = 0; // until then RDGPO still says the opposite
    bool sleep = false;         // GICR_WAKER.Sleep, one bit for all
};

class redistributor : public frame {
public:
    redistributor(delivery &d, table_memory &memory, power_group &power, unsigned core);

    void reset();

    // LPIs, as the ITS commands them. Each is without effect while LPIs are off or do not reach to the number.
    bool lpis_enabled() const { return m_delivery.core(m_core).lpi_limit != 0; }
    bool has_lpi(uint32_t id) const { return m_delivery.find_lpi(m_core, id) != nullptr; }
    void set_pending(uint32_t id, bool pending);
    bool is_pending(uint32_t id) const;
    void invalidate(uint32_t id);
    void invalidate_all();
    void move_all(redistributor &to);

    reg<uint32_t> ctlr{*this, "GICR_CTLR", 0x0000};
    reg<uint32_t> iidr{*this, "GICR_IIDR", 0x0004};
    reg<uint64_t> typer{*this, "GICR_TYPER", 0x0008};
    reg<uint32_t> statusr{*this, "GICR_STATUSR", 0x0010};
    reg<uint32_t> waker{*this, "GICR_WAKER", 0x0014};
    reg<uint32_t> fctlr{*this, "GICR_FCTLR", 0x0020};
    reg<uint32_t> pwrr{*this, "GICR_PWRR", 0x0024};
    reg<uint32_t> classr{*this, "GICR_CLASSR", 0x0028};
    reg<uint64_t> setlpir{*this, "GICR_SETLPIR", 0x0040};
    reg<uint64_t> clrlpir{*this, "GICR_CLRLPIR", 0x0048};
    reg<uint64_t> propbaser{*this, "GICR_PROPBASER", 0x0070};
    reg<uint64_t> pendbaser{*this, "GICR_PENDBASER", 0x0078};
    reg<uint64_t> invlpir{*this, "GICR_INVLPIR", 0x00a0};
    reg<uint64_t> invallr{*this, "GICR_INVALLR", 0x00b0};
    reg<uint32_t> syncr{*this, "GICR_SYNCR", 0x00c0};

    struct sgi_frame : frame {
        sgi_frame(redistributor &owner);
        interrupt_registers<1, 1> irq;
    };
    sgi_frame &sgi() { return m_sgi; }

private:
    friend struct sgi_frame;

    uint64_t read_ctlr(const reg_access &from) const;
    void write_ctlr(const reg_write &write);
    uint64_t read_waker() const;
    void write_waker(const reg_write &write);
    uint64_t read_pwrr(const reg_access &from) const;
    void write_pwrr(const reg_write &write);
    void power(bool down);
    void sleep_changed();
    bool secure_only(const reg_access &from, bool write, const reg_base &r);
    void start_rwp();

    void enable_lpis();
    void disable_lpis();
    void load(interrupt &i);

    delivery &m_delivery;
    table_memory &m_memory;
    power_group &m_power;
    unsigned m_core;
    id_registers m_ids;
    sgi_frame m_sgi;
    bool m_processor_sleep = true;
    bool m_powered_down = true;
    bool m_zero_pending = false; // GICR_PENDBASER.PTZ as written since LPIs were last switched on
    uint64_t m_busy_until = 0;
    id_set m_known; // LPIs whose configuration byte has been read, less lpi_base
};

} // namespace rk3568::gic

#endif
