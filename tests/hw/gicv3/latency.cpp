// SPDX-License-Identifier: Apache-2.0
//
// Time: what is delayed, what is not, and that observation changes nothing. Semantics 30, 39 and 41 in their timed
// parts.
#include "harness.h"

using namespace rk3568;
using namespace rk3568::test;

namespace {

constexpr double clock_ns = 5; // 200 MHz

// Records when nIRQ of a core changes.
struct ear : sc_core::sc_module {
    wire_in in{"in"};
    std::vector<uint64_t> changes; // ns
    explicit ear(const sc_core::sc_module_name &name)
        : sc_module(name) {
        in.on_change([this](bool, const sc_core::sc_time &delay) {
            changes.push_back((sc_core::sc_time_stamp() + delay).value() / 1000);
        });
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(s39_rwp_follows_the_listed_writes_alone_and_ends) {
    board b;
    b.automatic_time = false;
    const auto busy = [&](uint64_t address, unsigned bit) {
        const bool at_once = b.read(address, secure) >> bit & 1;
        board::wait_ns(1000);
        BOOST_TEST((b.read(address, secure) >> bit & 1) == 0u);
        return at_once;
    };
    const uint64_t dist = b.gicd(GICD_CTLR), redist = b.rd(0, GICR_CTLR);
    b.write(dist, 0x7, secure);
    BOOST_TEST(!busy(dist, 31));
    b.write(b.gicd(ISENABLER + 4), 0xffffffff, secure);
    BOOST_TEST(!busy(dist, 31));
    b.write(b.gicd(ICENABLER + 4), 0x1, secure);
    BOOST_TEST(busy(dist, 31));
    b.write(b.gicd(ICPENDR + 4), 0x1, secure);
    BOOST_TEST(!busy(dist, 31));
    b.write(dist, 0x5, secure); // a group goes off
    BOOST_TEST(busy(dist, 31));
    b.write(dist, 0x7, secure); // and on
    BOOST_TEST(!busy(dist, 31));
    b.write(dist, 0x87, secure); // E1NWF
    BOOST_TEST(busy(dist, 31));
    b.write(dist, 0x80); // Non-secure: EnableGrp1 goes off
    BOOST_TEST((b.read(dist) >> 31 & 1) == 1u);
    board::wait_ns(1000);
    b.write(b.sgi(0, ICENABLER), 1, secure);
    BOOST_TEST(busy(redist, 3));
    b.write(b.sgi(0, ISENABLER), 1, secure);
    BOOST_TEST(!busy(redist, 3));
    b.write(redist, 1u << 25);
    BOOST_TEST(busy(redist, 3));
    b.write(redist, 1u << 25);
    BOOST_TEST(!busy(redist, 3));
    b.write(redist, 1u << 25 | 1);
    BOOST_TEST(!busy(redist, 3));
    b.write(redist, 1u << 25);
    BOOST_TEST(busy(redist, 3));
    BOOST_TEST(!busy(dist, 31));
}

BOOST_AUTO_TEST_CASE(s41_writes_in_transit_are_ignored) {
    board b(with(), false);
    b.automatic_time = false;
    b.write(b.rd(1, GICR_PWRR), 0, secure);
    BOOST_TEST(b.read(b.rd(1, GICR_PWRR), secure) == 0x8u); // RDGPD 0, RDGPO still 1
    b.write(b.rd(2, GICR_PWRR), 0, secure);
    BOOST_TEST((b.read(b.rd(2, GICR_PWRR), secure) & 1) == 1u);
    board::wait_ns(1000);
    BOOST_TEST(b.read(b.rd(1, GICR_PWRR), secure) == 0u);
    b.write(b.rd(2, GICR_PWRR), 0, secure);
    BOOST_TEST(b.read(b.rd(2, GICR_PWRR), secure) == 0u);
}

BOOST_AUTO_TEST_CASE(a_wire_reaches_the_core_after_the_distributor_s_latency_and_not_before) {
    board b;
    b.enable(40);
    b.automatic_time = false;
    b.spi(40, true);
    BOOST_TEST(!b.nirq(0));
    board::wait_ns(24 * clock_ns - 1);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.iar1(0) == 1023u);
    board::wait_ns(2); // an event at the very end of sc_start belongs to the next one
    BOOST_TEST(b.nirq(0));
    BOOST_TEST(b.iar1(0) == 40u);
    b.eoir1(0, 40);
    BOOST_TEST(!b.nirq(0));
    board::wait_ns(9 * clock_ns - 1);
    BOOST_TEST(!b.nirq(0));
    board::wait_ns(2);
    BOOST_TEST(b.nirq(0));
    b.enable(5, 1);
    board::wait_ns(1000);
    b.set(0, icc::sgi1r, 1ull << 16 | 5ull << 24 | 1);
    board::wait_ns(30 * clock_ns - 1);
    BOOST_TEST(!b.nirq(1));
    board::wait_ns(2);
    BOOST_TEST(b.nirq(1));
}

BOOST_AUTO_TEST_CASE(a_delay_annotation_moves_the_effect) {
    board b;
    b.enable(40);
    b.automatic_time = false;
    b.spi_wires[8].drive(true, sc_core::sc_time(300, sc_core::SC_NS));
    board::wait_ns(300 + 24 * clock_ns - 1);
    BOOST_TEST(!b.nirq(0));
    board::wait_ns(2);
    BOOST_TEST(b.nirq(0));
    // A core that runs ahead of SystemC's time sees at its own time what has arrived by then.
    b.spi_wires[8].drive(false);
    board::wait_ns(1000);
    b.spi_wires[8].drive(true);
    sysreg_origin from = board::origin(ns);
    uint64_t id = 0;
    from.delay = sc_core::sc_time(24 * clock_ns - 1, sc_core::SC_NS);
    BOOST_TEST(b.gic.icc[0]->read_sysreg(icc::iar1, id, from));
    BOOST_TEST(id == 1023u);
    from.delay = sc_core::sc_time(24 * clock_ns, sc_core::SC_NS);
    BOOST_TEST(b.gic.icc[0]->read_sysreg(icc::iar1, id, from));
    BOOST_TEST(id == 40u);
}

BOOST_AUTO_TEST_CASE(a_pulse_shorter_than_the_latency_is_kept_as_edge_and_lost_as_level) {
    board b;
    b.enable(40);
    b.enable(41, 0, 0x80, true);
    b.automatic_time = false;
    b.spi(40, true);
    board::wait_ns(10);
    b.spi(40, false);
    board::wait_ns(1000);
    BOOST_TEST(!b.nirq(0));
    b.spi(41, true);
    board::wait_ns(10);
    b.spi(41, false);
    board::wait_ns(1000);
    BOOST_TEST(b.nirq(0));
}

BOOST_AUTO_TEST_CASE(an_interrupt_that_leaves_and_returns_on_its_way_starts_anew) {
    board b;
    b.enable(40);
    b.automatic_time = false;
    b.spi(40, true);
    board::wait_ns(100);
    b.spi(40, false);
    b.spi(40, true);
    board::wait_ns(24 * clock_ns - 1);
    BOOST_TEST(!b.nirq(0));
    board::wait_ns(2);
    BOOST_TEST(b.nirq(0));
    // Rerouted on its way it arrives at the new core alone.
    b.spi(40, false);
    board::wait_ns(1000);
    b.spi(40, true);
    board::wait_ns(60);
    b.route(40, 0x100);
    board::wait_ns(1000);
    BOOST_TEST(!b.nirq(0));
    BOOST_TEST(b.nirq(1));
}

BOOST_AUTO_TEST_CASE(an_interrupt_arrives_with_the_priority_and_group_that_it_has_by_then) {
    board b;
    b.enable(40);
    b.enable(41, 0, 0x90);
    b.enable(42, 0, 0xa0);
    b.automatic_time = false;
    for (const uint32_t id : {40u, 41u, 42u})
        b.spi(id, true);
    board::wait_ns(50);
    b.priority(41, 0x70);
    b.group(42, 0, 0);
    board::wait_ns(1000);
    BOOST_TEST(b.iar1(0) == 41u);
    b.set(0, icc::pmr, 0x80, el3);
    b.priority(42, 0x20);
    board::wait_ns(1000);
    BOOST_TEST(b.nfiq(0));
    BOOST_TEST(b.iar0(0) == 42u);
}

BOOST_AUTO_TEST_CASE(the_wires_change_once_for_each_cause) {
    class top : public sc_core::sc_module {
    public:
        ear e{"ear"};
        explicit top(const sc_core::sc_module_name &name)
            : sc_module(name) {}
    };
    static top t("top");
    gicv3 gic("gic2", [] {
        gicv3_params p;
        p.its = false;
        return p;
    }());
    gic.nirq[0].bind(t.e.in);
    class source : public sc_core::sc_module {
    public:
        tlm_utils::simple_initiator_socket<source> port{"port"};
        explicit source(const sc_core::sc_module_name &name)
            : sc_module(name) {}
        void write(uint64_t address, uint32_t value) {
            tlm::tlm_generic_payload trans;
            bus_attributes a;
            a.secure = true;
            trans.set_extension(&a);
            trans.set_command(tlm::TLM_WRITE_COMMAND);
            trans.set_address(address);
            trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
            trans.set_data_length(4);
            trans.set_streaming_width(4);
            sc_core::sc_time delay;
            port->b_transport(trans, delay);
            trans.clear_extension(&a);
        }
    };
    source s("source");
    s.port.bind(gic.bus);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
    const uint64_t rd = gic.page(gicv3::frame::gicr_rd, 0), sgi = gic.page(gicv3::frame::gicr_sgi, 0);
    s.write(rd + GICR_PWRR, 0);
    s.write(rd + GICR_WAKER, 0);
    s.write(GICD_CTLR, 7);
    s.write(sgi + IGROUPR, 0xffffffff);
    s.write(sgi + ISENABLER, 1u << 27);
    gic.icc[0]->write_sysreg(icc::pmr, 0xf8, board::origin(el3));
    gic.icc[0]->write_sysreg(icc::igrpen1, 1, board::origin(ns));
    sc_core::sc_start(1, sc_core::SC_US);
    for (int n = 0; n < 3; ++n) {
        gic.ppi(0, 11)->set(true, sc_core::SC_ZERO_TIME);
        sc_core::sc_start(1, sc_core::SC_US);
        uint64_t id = 0;
        gic.icc[0]->read_sysreg(icc::iar1, id, board::origin(ns));
        BOOST_TEST(id == 27u);
        gic.ppi(0, 11)->set(false, sc_core::SC_ZERO_TIME);
        gic.icc[0]->write_sysreg(icc::eoir1, id, board::origin(ns));
        sc_core::sc_start(1, sc_core::SC_US);
    }
    const std::vector<uint64_t> expected = {1120, 2000, 3120, 4000, 5120, 6000};
    BOOST_TEST(t.e.changes == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(probes_tell_the_states_of_interrupts_and_cores) {
    struct sink : probe_sink {
        std::vector<std::pair<std::string, uint64_t>> seen;
        void changed(const probe_base &probe, uint64_t value, uint64_t) override {
            seen.emplace_back(probe.basename(), value);
        }
    } s;
    board b;
    b.enable(40, 2);
    for (sc_core::sc_object *child : b.gic.get_child_objects())
        if (auto *probe = dynamic_cast<probe_base *>(child))
            probe->attach(&s);
    b.spi(40, true);
    b.iar1(2);
    b.spi(40, false);
    b.eoir1(2, 40);
    const auto values = [&](const std::string &name) {
        std::vector<uint64_t> out;
        for (const auto &[probe, value] : s.seen)
            if (probe == name)
                out.push_back(value);
        return out;
    };
    const uint64_t spi = 40 | 0xffull << 24;
    BOOST_TEST(values("state") == (std::vector<uint64_t>{spi | 1 << 16, spi | 3 << 16, spi | 2 << 16, spi}),
               boost::test_tools::per_element());
    BOOST_TEST(values("cpu2_nirq") == (std::vector<uint64_t>{1, 0}), boost::test_tools::per_element());
    BOOST_TEST(values("cpu2_hppi") == (std::vector<uint64_t>{40, 1023}), boost::test_tools::per_element());
    BOOST_TEST(values("cpu2_acknowledged") == (std::vector<uint64_t>{40}), boost::test_tools::per_element());
    BOOST_TEST(values("cpu2_rpr") == (std::vector<uint64_t>{0x80, 0xff}), boost::test_tools::per_element());
    BOOST_TEST(values("cpu1_nirq").empty());
}
