// SPDX-License-Identifier: Apache-2.0
//
// The registers that hold a few bits for each interrupt. They have the same offsets and rules in GICD (SPIs) and in a
// redistributor's SGI frame (SGIs and PPIs), so they are declared once here.
#ifndef RK3568_HW_GICV3_INTERRUPT_REGISTERS_H
#define RK3568_HW_GICV3_INTERRUPT_REGISTERS_H

#include "hw/gicv3/delivery.h"
#include "hw/regs/reg.h"

#include <functional>

namespace rk3568::gic {

// A register frame of the GIC; its parts may log a guest's mistake under the frame's name.
class frame : public register_file {
public:
    using register_file::log_once;
    using register_file::register_file;
};

struct interrupt_register_names {
    const char *igroupr, *isenabler, *icenabler, *ispendr, *icpendr, *isactiver, *icactiver, *ipriorityr, *icfgr,
        *igrpmodr, *nsacr;
    const char *source; // section of the manual
};

// How many bits a register has for one interrupt, and what a Non-secure access may do to a Secure one.
class interrupt_fields {
public:
    // `core`: whose SGIs and PPIs; no_core for SPIs.
    interrupt_fields(frame &file, delivery &d, unsigned core)
        : m_file(file)
        , m_delivery(d)
        , m_core(core) {}

    // Least GICD_NSACR value that opens the field of a Secure SPI to Non-secure accesses; `closed` is none.
    enum permission : uint8_t { set_pending = 1, clear_pending = 2, routing = 3, closed = 4 };

    using getter = uint64_t (*)(const delivery &d, const interrupt &i, bool secure_view);
    using setter = void (*)(delivery &d, interrupt &i, uint64_t value, bool secure_view);

    bool allowed(const interrupt &i, const reg_access &from, permission p) const;
    // The word `index` of an array with `bits` bits for each interrupt.
    uint64_t gather(size_t index, unsigned bits, const reg_access &from, permission p, getter get) const;
    void scatter(const reg_write &write, unsigned bits, permission p, setter set) const;
    // IGROUPR, IGRPMODR, NSACR: for Secure software alone, and some of them for no_core with one security state.
    bool hidden(const reg_access &from, bool with_one_state) const;

private:
    frame &m_file;
    delivery &m_delivery;
    unsigned m_core;
};

// Words: registers with a bit for each of 32 interrupts.
template <unsigned Words, unsigned NsacrWords>
struct interrupt_registers {
    reg<uint32_t, Words> igroupr, isenabler, icenabler, ispendr, icpendr, isactiver, icactiver;
    reg<uint32_t, 8 * Words> ipriorityr;
    reg<uint32_t, 2 * Words> icfgr;
    reg<uint32_t, Words> igrpmodr;
    reg<uint32_t, NsacrWords> nsacr;

    // on_disable is called after a write of ICENABLER, which RWP tracks.
    interrupt_registers(frame &file, const interrupt_register_names &names, delivery &d, unsigned core,
                        std::function<void()> on_disable)
        : igroupr(file, names.igroupr, 0x080)
        , isenabler(file, names.isenabler, 0x100)
        , icenabler(file, names.icenabler, 0x180)
        , ispendr(file, names.ispendr, 0x200)
        , icpendr(file, names.icpendr, 0x280)
        , isactiver(file, names.isactiver, 0x300)
        , icactiver(file, names.icactiver, 0x380)
        , ipriorityr(file, names.ipriorityr, 0x400)
        , icfgr(file, names.icfgr, 0xc00)
        , igrpmodr(file, names.igrpmodr, 0xd00)
        , nsacr(file, names.nsacr, 0xe00) {
        configure(interrupt_fields(file, d, core), names.source, std::move(on_disable));
    }

private:
    void configure(const interrupt_fields &fields, const char *source, std::function<void()> on_disable);
};

extern template struct interrupt_registers<32, 64>;
extern template struct interrupt_registers<1, 1>;

} // namespace rk3568::gic

#endif
