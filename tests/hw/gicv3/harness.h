// SPDX-License-Identifier: Apache-2.0
//
// A GIC on a table: memory behind it, a hand on every wire, and software's accesses as plain calls. Since the model
// never waits, a test calls it directly; every call lets 1 us pass, so that what it caused has arrived.
#ifndef RK3568_TESTS_HW_GICV3_HARNESS_H
#define RK3568_TESTS_HW_GICV3_HARNESS_H

#include "hw/bus/attributes.h"
#include "hw/gicv3/gicv3.h"

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <cstring>
#include <memory>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <vector>

namespace rk3568::test {

namespace icc {
constexpr uint32_t pmr = sysreg(3, 0, 4, 6, 0);
constexpr uint32_t iar0 = sysreg(3, 0, 12, 8, 0), eoir0 = sysreg(3, 0, 12, 8, 1), hppir0 = sysreg(3, 0, 12, 8, 2);
constexpr uint32_t bpr0 = sysreg(3, 0, 12, 8, 3), ap0r0 = sysreg(3, 0, 12, 8, 4), ap1r0 = sysreg(3, 0, 12, 9, 0);
constexpr uint32_t dir = sysreg(3, 0, 12, 11, 1), rpr = sysreg(3, 0, 12, 11, 3);
constexpr uint32_t sgi1r = sysreg(3, 0, 12, 11, 5), asgi1r = sysreg(3, 0, 12, 11, 6), sgi0r = sysreg(3, 0, 12, 11, 7);
constexpr uint32_t iar1 = sysreg(3, 0, 12, 12, 0), eoir1 = sysreg(3, 0, 12, 12, 1), hppir1 = sysreg(3, 0, 12, 12, 2);
constexpr uint32_t bpr1 = sysreg(3, 0, 12, 12, 3), ctlr = sysreg(3, 0, 12, 12, 4), sre = sysreg(3, 0, 12, 12, 5);
constexpr uint32_t igrpen0 = sysreg(3, 0, 12, 12, 6), igrpen1 = sysreg(3, 0, 12, 12, 7);
constexpr uint32_t sre_el2 = sysreg(3, 4, 12, 9, 5), sre_el3 = sysreg(3, 6, 12, 12, 5);
constexpr uint32_t ctlr_el3 = sysreg(3, 6, 12, 12, 4), igrpen1_el3 = sysreg(3, 6, 12, 12, 7);
} // namespace icc

// Offsets as the manual has them.
enum : uint64_t {
    GICD_CTLR = 0x0000,
    GICD_TYPER = 0x0004,
    SETSPI_NSR = 0x0040,
    CLRSPI_NSR = 0x0048,
    SETSPI_SR = 0x0050,
    CLRSPI_SR = 0x0058,
    IGROUPR = 0x0080,
    ISENABLER = 0x0100,
    ICENABLER = 0x0180,
    ISPENDR = 0x0200,
    ICPENDR = 0x0280,
    ISACTIVER = 0x0300,
    ICACTIVER = 0x0380,
    IPRIORITYR = 0x0400,
    ICFGR = 0x0c00,
    IGRPMODR = 0x0d00,
    NSACR = 0x0e00,
    IROUTER = 0x6000,
    ICLAR = 0xe000,
    GICR_CTLR = 0x0000,
    GICR_TYPER = 0x0008,
    GICR_WAKER = 0x0014,
    GICR_PWRR = 0x0024,
    GICR_CLASSR = 0x0028,
    GICR_PROPBASER = 0x0070,
    GICR_PENDBASER = 0x0078,
    GITS_CTLR = 0x0000,
    GITS_TYPER = 0x0008,
    GITS_CBASER = 0x0080,
    GITS_CWRITER = 0x0088,
    GITS_CREADR = 0x0090,
    GITS_BASER0 = 0x0100,
    GITS_BASER1 = 0x0108
};

// Who makes an access.
struct world {
    unsigned el;
    bool secure;
};
constexpr world ns{2, false}, secure{1, true}, el3{3, true};

// 32 MiB of memory at 1 GiB.
class memory : public sc_core::sc_module {
public:
    static constexpr uint64_t base = 0x40000000, size = 32 << 20;
    tlm_utils::simple_target_socket_optional<memory> socket{"socket"};
    unsigned reads = 0;

    explicit memory(const sc_core::sc_module_name &name)
        : sc_module(name)
        , m_bytes(size) {
        socket.register_b_transport(this, &memory::b_transport);
    }
    template <typename T>
    T get(uint64_t address) const {
        T value;
        std::memcpy(&value, &m_bytes.at(address - base), sizeof value);
        return value;
    }
    template <typename T>
    void put(uint64_t address, T value) {
        std::memcpy(&m_bytes.at(address - base), &value, sizeof value);
    }
    void fill(uint64_t address, uint8_t value, size_t count) { std::memset(&m_bytes.at(address - base), value, count); }

private:
    void b_transport(tlm::tlm_generic_payload &trans, sc_core::sc_time &) {
        const uint64_t at = trans.get_address() - base;
        if (trans.get_address() < base || at + trans.get_data_length() > size) {
            trans.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
            return;
        }
        if (trans.is_read()) {
            ++reads;
            std::memcpy(trans.get_data_ptr(), &m_bytes[at], trans.get_data_length());
        } else {
            std::memcpy(&m_bytes[at], trans.get_data_ptr(), trans.get_data_length());
        }
        trans.set_response_status(tlm::TLM_OK_RESPONSE);
    }
    std::vector<uint8_t> m_bytes;
};

extern const bool zero_latencies; // of this program: zero_latencies.cpp

inline gicv3_params with(bool ds = false) {
    gicv3_params p;
    p.ds = ds;
    if (zero_latencies)
        p.latency = {0, 0, 0, 0, 0, 0};
    return p;
}

// What drives the GIC's sockets and wires.
class hands : public sc_core::sc_module {
public:
    tlm_utils::simple_initiator_socket<hands> port{"port"};
    sc_core::sc_vector<wire_out> spi_wires, ppi_wires;

    hands(const sc_core::sc_module_name &name, gicv3 &gic)
        : sc_module(name)
        , spi_wires("spi_wire", gic.spi.size())
        , ppi_wires("ppi_wire", gic.ppi_wires.size()) {
        port.bind(gic.bus);
        for (size_t n = 0; n < spi_wires.size(); ++n)
            spi_wires[n].bind(gic.spi[n]);
        for (size_t n = 0; n < ppi_wires.size(); ++n)
            ppi_wires[n].bind(gic.ppi_wires[n]);
    }
};

class board {
public:
    gicv3 gic;
    memory dram{"dram"};
    hands out{"hands", gic};
    decltype(out.port) &port = out.port;
    sc_core::sc_vector<wire_out> &spi_wires = out.spi_wires, &ppi_wires = out.ppi_wires;
    bool automatic_time = true; // 1 us passes after each call

    // `booted`: as after firmware and the start of a kernel: awake, all interrupts group 1 Non-secure with priority
    // 0x80 as Secure software sees it, groups on, PMR open.
    explicit board(const gicv3_params &params = with(), bool booted = true)
        : gic("gic", params) {
        if (params.its)
            gic.dma.bind(dram.socket);
        sc_core::sc_start(sc_core::SC_ZERO_TIME);
        if (booted) {
            firmware();
            kernel();
        }
    }

    unsigned cores() const { return static_cast<unsigned>(gic.nirq.size()); }
    bool ds() const { return gic.params().ds; }

    // Addresses
    uint64_t gicd(uint64_t offset) const { return offset; }
    uint64_t gica(uint64_t offset) const { return 0x10000 + offset; }
    uint64_t gits(uint64_t offset) const { return gic.page(gicv3::frame::gits) + offset; }
    uint64_t translater() const { return gic.page(gicv3::frame::gits_translater) + 0x40; }
    uint64_t rd(unsigned core, uint64_t offset) const { return gic.page(gicv3::frame::gicr_rd, core) + offset; }
    uint64_t sgi(unsigned core, uint64_t offset) const { return gic.page(gicv3::frame::gicr_sgi, core) + offset; }
    // Register of an interrupt, in the frame that holds it.
    uint64_t frame_of(unsigned core, uint32_t id, uint64_t offset) const {
        return id < 32 ? sgi(core, offset) : gicd(offset);
    }

    // Register accesses
    uint64_t access(bool write, uint64_t address, uint64_t value, unsigned size, world w,
                    tlm::tlm_response_status expected = tlm::TLM_OK_RESPONSE) {
        tlm::tlm_generic_payload trans;
        bus_attributes attributes;
        attributes.core = 0;
        attributes.secure = w.secure;
        trans.set_extension(&attributes);
        trans.set_command(write ? tlm::TLM_WRITE_COMMAND : tlm::TLM_READ_COMMAND);
        trans.set_address(address);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(size);
        trans.set_streaming_width(size);
        if (!write)
            value = 0;
        sc_core::sc_time delay;
        port->b_transport(trans, delay);
        trans.clear_extension(&attributes);
        BOOST_REQUIRE(trans.get_response_status() == expected);
        pass();
        return value;
    }
    uint64_t read(uint64_t address, world w = ns, unsigned size = 4) { return access(false, address, 0, size, w); }
    void write(uint64_t address, uint64_t value, world w = ns, unsigned size = 4) {
        access(true, address, value, size, w);
    }
    uint64_t debug_read(uint64_t address, unsigned size = 4) {
        tlm::tlm_generic_payload trans;
        uint64_t value = 0;
        trans.set_command(tlm::TLM_READ_COMMAND);
        trans.set_address(address);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(size);
        trans.set_streaming_width(size);
        BOOST_REQUIRE(port->transport_dbg(trans) == size);
        return value;
    }
    // A message of a device.
    void msi(uint32_t device, uint32_t event) {
        tlm::tlm_generic_payload trans;
        msi_device from;
        from.id = device;
        trans.set_extension(&from);
        trans.set_command(tlm::TLM_WRITE_COMMAND);
        trans.set_address(translater());
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&event));
        trans.set_data_length(4);
        trans.set_streaming_width(4);
        sc_core::sc_time delay;
        port->b_transport(trans, delay);
        trans.clear_extension(&from);
        BOOST_REQUIRE(trans.is_response_ok());
        pass();
    }

    // System registers
    uint64_t get(unsigned core, uint32_t reg, world w = ns) {
        uint64_t value = ~0ull;
        BOOST_REQUIRE(gic.icc[core]->read_sysreg(reg, value, origin(w)));
        pass();
        return value;
    }
    void set(unsigned core, uint32_t reg, uint64_t value, world w = ns) {
        BOOST_REQUIRE(gic.icc[core]->write_sysreg(reg, value, origin(w)));
        pass();
    }
    static sysreg_origin origin(world w) {
        sysreg_origin from;
        from.el = w.el;
        from.secure = w.secure;
        return from;
    }
    uint32_t iar1(unsigned core, world w = ns) { return static_cast<uint32_t>(get(core, icc::iar1, w)); }
    void eoir1(unsigned core, uint32_t id, world w = ns) { set(core, icc::eoir1, id, w); }
    uint32_t iar0(unsigned core) { return static_cast<uint32_t>(get(core, icc::iar0, el3)); }
    void eoir0(unsigned core, uint32_t id) { set(core, icc::eoir0, id, el3); }

    // Wires
    void spi(uint32_t id, bool level) {
        spi_wires[id - 32].drive(level);
        pass();
    }
    void pulse(uint32_t id) {
        spi(id, true);
        spi(id, false);
    }
    void ppi(unsigned core, uint32_t id, bool level) {
        ppi_wires[16 * core + id - 16].drive(level);
        pass();
    }
    bool nirq(unsigned core) const { return gic.nirq[core].level(); }
    bool nfiq(unsigned core) const { return gic.nfiq[core].level(); }

    // Interrupts, by Secure software unless said otherwise
    bool bit(uint64_t reg, uint32_t id, unsigned core = 0, world w = secure) {
        return read(frame_of(core, id, reg + id / 32 * 4), w) >> (id % 32) & 1;
    }
    void mark(uint64_t reg, uint32_t id, unsigned core = 0, world w = secure) {
        write(frame_of(core, id, reg + id / 32 * 4), 1u << (id % 32), w);
    }
    // Arrays that are no set or clear registers: read, change, write.
    void field(uint64_t reg, unsigned bits, uint32_t id, uint64_t value, unsigned core = 0, world w = secure) {
        const uint64_t at = frame_of(core, id, reg + id * bits / 32 * 4);
        const unsigned shift = id * bits % 32;
        const uint64_t mask = ((1ull << bits) - 1) << shift;
        write(at, (read(at, w) & ~mask) | value << shift, w);
    }
    void priority(uint32_t id, uint8_t value, unsigned core = 0, world w = secure) {
        write(frame_of(core, id, IPRIORITYR + id), value, w, 1);
    }
    void edge(uint32_t id, bool on = true, unsigned core = 0) { field(ICFGR, 2, id, on ? 2 : 0, core); }
    void group(uint32_t id, unsigned igroup, unsigned modifier, unsigned core = 0) {
        field(IGROUPR, 1, id, igroup, core);
        field(IGRPMODR, 1, id, modifier, core);
    }
    void route(uint32_t id, uint64_t value) { write(gicd(IROUTER + 8 * id), value, secure, 8); }
    static constexpr uint64_t any = 1ull << 31;
    uint64_t affinity(unsigned core) const { return gic.params().aff[core]; }
    // Ready to be taken by a core.
    void enable(uint32_t id, unsigned core = 0, uint8_t value = 0x80, bool is_edge = false) {
        priority(id, value, core);
        if (id >= 16)
            edge(id, is_edge, core);
        if (id >= 32)
            route(id, affinity(core));
        mark(ISENABLER, id, core);
    }

    void firmware() {
        for (unsigned c = 0; c < cores(); ++c) {
            write(rd(c, GICR_PWRR), 0, secure);
            write(rd(c, GICR_WAKER), 0, secure);
            write(sgi(c, IGROUPR), 0xffffffff, secure);
            for (unsigned n = 0; n < 32; n += 4)
                write(sgi(c, IPRIORITYR + n), 0x80808080, secure);
        }
        for (unsigned n = 32; n < 32 + spi_wires.size(); n += 32)
            write(gicd(IGROUPR + n / 8), 0xffffffff, secure);
        for (unsigned n = 32; n < 32 + spi_wires.size(); n += 4)
            write(gicd(IPRIORITYR + n), 0x80808080, secure);
        write(gicd(GICD_CTLR), ds() ? 0x3 : 0x7, secure);
    }
    void kernel() {
        for (unsigned c = 0; c < cores(); ++c) {
            set(c, icc::pmr, 0xf8, el3);
            set(c, icc::igrpen0, 1, el3);
            set(c, icc::igrpen1_el3, 3, el3);
        }
    }

    void pass() {
        if (automatic_time)
            sc_core::sc_start(1, sc_core::SC_US);
    }
    static void wait_ns(double ns) { sc_core::sc_start(ns, sc_core::SC_NS); }
};

} // namespace rk3568::test

#endif
