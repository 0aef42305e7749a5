// SPDX-License-Identifier: Apache-2.0
//
// The GIC in a platform that knows nothing of this project: interrupt lines are sc_signal<bool>, a core is a process
// that waits for its IRQ pin. One core, 32 SPIs, no ITS. Prints when SPI 3 rose, when the core took it, and its number.
#include "hw/bus/attributes.h"
#include "hw/gicv3/gicv3.h"

#include <cstdio>

using namespace rk3568;

namespace {

struct core : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<core> bus{"bus"};
    sc_core::sc_port<sysreg_if> icc{"icc"};
    sc_core::sc_in<bool> irq{"irq"};
    sc_core::sc_out<bool> device{"device"}; // a device of one line, driven from here for brevity

    SC_HAS_PROCESS(core);
    explicit core(const sc_core::sc_module_name &name)
        : sc_module(name) {
        SC_THREAD(run);
    }

    void write(uint64_t address, uint32_t value) {
        tlm::tlm_generic_payload trans;
        bus_attributes attributes;
        attributes.secure = true; // as firmware
        trans.set_extension(&attributes);
        trans.set_command(tlm::TLM_WRITE_COMMAND);
        trans.set_address(address);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(sizeof value);
        trans.set_streaming_width(sizeof value);
        sc_core::sc_time delay;
        bus->b_transport(trans, delay);
        trans.clear_extension(&attributes);
        wait(delay);
    }

    void run() {
        constexpr uint32_t icc_pmr = sysreg(3, 0, 4, 6, 0), icc_iar1 = sysreg(3, 0, 12, 12, 0);
        constexpr uint32_t icc_eoir1 = sysreg(3, 0, 12, 12, 1), icc_igrpen1 = sysreg(3, 0, 12, 12, 7);
        constexpr uint64_t gicr = 0x40000; // GICD, GICA, GICT, GICP, then the redistributor
        const sysreg_origin el1;
        write(gicr + 0x24, 0);     // GICR_PWRR: power on
        write(gicr + 0x14, 0);     // GICR_WAKER: awake
        write(0x0000, 0x3);        // GICD_CTLR: both groups
        write(0x0080 + 4, 1 << 3); // GICD_IGROUPR1: SPI 3 (INTID 35) in group 1
        write(0x0100 + 4, 1 << 3); // GICD_ISENABLER1
        icc->write_sysreg(icc_pmr, 0xf8, el1);
        icc->write_sysreg(icc_igrpen1, 1, el1);

        wait(1, sc_core::SC_US);
        device = true;
        std::printf("%s: SPI 3 rises\n", sc_core::sc_time_stamp().to_string().c_str());
        wait(irq.posedge_event());
        uint64_t intid = 0;
        icc->read_sysreg(icc_iar1, intid, el1);
        std::printf("%s: the core takes INTID %d\n", sc_core::sc_time_stamp().to_string().c_str(), int(intid));
        device = false;
        wait(100, sc_core::SC_NS);
        icc->write_sysreg(icc_eoir1, intid, el1);
        sc_core::sc_stop();
    }
};

} // namespace

int sc_main(int, char *[]) {
    gicv3_params params;
    params.aff = {0x0};
    params.spis = 32;
    params.its = false;
    params.ds = true; // one security state
    gicv3 gic("gic", params);
    core cpu("cpu");
    sc_core::sc_signal<bool> device_line("device_line"), irq_line("irq_line");
    signal_to_wire to_gic("to_gic");
    wire_to_signal from_gic("from_gic");

    cpu.bus.bind(gic.bus);
    cpu.icc.bind(gic.icc[0]);
    cpu.device(device_line);
    to_gic.in(device_line);
    to_gic.out.bind(gic.spi[3]);
    gic.nirq[0].bind(from_gic.in);
    from_gic.out(irq_line);
    cpu.irq(irq_line);
    sc_core::sc_start();
    return 0;
}
