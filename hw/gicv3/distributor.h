// SPDX-License-Identifier: Apache-2.0
//
// The distributor's registers (GICD, and its alias GICDA), and the page of message registers (GICA).
// IHI 0069 12.8 and 12.9; GIC-600 TRM chapter 4.
#ifndef RK3568_HW_GICV3_DISTRIBUTOR_H
#define RK3568_HW_GICV3_DISTRIBUTOR_H

#include "hw/gicv3/interrupt_registers.h"

namespace rk3568::gic {

// The four registers through which a message sets or clears an SPI; the same in GICD and GICA.
struct message_registers {
    reg<uint32_t> setspi_nsr, clrspi_nsr, setspi_sr, clrspi_sr;

    struct names {
        const char *setspi_nsr, *clrspi_nsr, *setspi_sr, *clrspi_sr;
    };
    message_registers(frame &file, const names &n, delivery &d);

private:
    void message(const reg_write &write, bool set, bool secure_register);

    frame &m_file;
    delivery &m_delivery;
};

// Identification registers at the end of every frame: 4 PIDR4..7, 4 PIDR0..3, 4 CIDR.
class id_registers {
public:
    // part0: PIDR0, which differs from frame to frame.
    id_registers(frame &file, const char *pidr, const char *cidr, uint8_t part0);

private:
    reg<uint32_t, 8> m_pidr;
    reg<uint32_t, 4> m_cidr;
};

class distributor : public frame {
public:
    distributor(delivery &d);

    // After reset_registers(): what the reset value alone does not say.
    void reset();

    reg<uint32_t> ctlr{*this, "GICD_CTLR", 0x0000};
    reg<uint32_t> typer{*this, "GICD_TYPER", 0x0004};
    reg<uint32_t> iidr{*this, "GICD_IIDR", 0x0008};
    reg<uint32_t> typer2{*this, "GICD_TYPER2", 0x000c};
    reg<uint32_t> statusr{*this, "GICD_STATUSR", 0x0010};
    reg<uint32_t> fctlr{*this, "GICD_FCTLR", 0x0020};
    reg<uint32_t> sac{*this, "GICD_SAC", 0x0024};
    message_registers message;
    interrupt_registers<32, 64> irq;
    reg<uint32_t, 255> itargetsr{*this, "GICD_ITARGETSR", 0x0800};
    reg<uint32_t> sgir{*this, "GICD_SGIR", 0x0f00};
    reg<uint32_t, 4> cpendsgir{*this, "GICD_CPENDSGIR", 0x0f10};
    reg<uint32_t, 4> spendsgir{*this, "GICD_SPENDSGIR", 0x0f20};
    reg<uint64_t, 988> irouter{*this, "GICD_IROUTER", 0x6100}; // [0] is INTID 32
    reg<uint32_t> chipsr{*this, "GICD_CHIPSR", 0xc000};
    reg<uint32_t> dchipr{*this, "GICD_DCHIPR", 0xc004};
    reg<uint64_t, 16> chipr{*this, "GICD_CHIPR", 0xc008};
    reg<uint32_t, 64> iclar{*this, "GICD_ICLAR", 0xe000};
    reg<uint32_t> cfgid{*this, "GICD_CFGID", 0xf000};

private:
    uint64_t read_ctlr(const reg_access &from) const;
    void write_ctlr(const reg_write &write);
    uint64_t read_typer() const;
    void write_irouter(const reg_write &write);
    void start_rwp();

    delivery &m_delivery;
    id_registers m_ids;
    uint64_t m_busy_until = 0;
};

class message_page : public frame {
public:
    message_page(delivery &d);

    reg<uint32_t> typer{*this, "GICM_TYPER", 0x0008};
    message_registers message;
    reg<uint32_t> iidr{*this, "GICM_IIDR", 0x0fcc};

private:
    id_registers m_ids;
};

} // namespace rk3568::gic

#endif
