// SPDX-License-Identifier: Apache-2.0
//
// How fast the GIC is: rounds of wire -> nIRQ -> ICC_IAR1 -> ICC_EOIR1 in an SC_THREAD that waits for each nIRQ,
// against bare timed waits of the same thread in the same run. Prints JSON; exits 1 if a round costs more than ten
// waits, or if it costs 1.5 times as much with 960 SPIs enabled (or waiting) as with 32.
#include "hw/gicv3/gicv3.h"
#include "hw/bus/attributes.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace rk3568;

namespace {

constexpr uint32_t icc_pmr = sysreg(3, 0, 4, 6, 0), icc_iar1 = sysreg(3, 0, 12, 12, 0);
constexpr uint32_t icc_eoir1 = sysreg(3, 0, 12, 12, 1), icc_igrpen1 = sysreg(3, 0, 12, 12, 7);

gicv3_params params() {
    gicv3_params p;
    p.spis = 988;
    p.its = false;
    p.ds = true;
    return p;
}

struct bench : sc_core::sc_module {
    gicv3 gic{"gic", params()};
    tlm_utils::simple_initiator_socket<bench> port{"port"};
    sc_core::sc_vector<wire_out> spi{"spi", 988};
    unsigned rounds;
    double waits_per_s = 0, few = 0, many = 0, waiting = 0;

    SC_HAS_PROCESS(bench);
    bench(const sc_core::sc_module_name &name, unsigned n)
        : sc_module(name)
        , rounds(n) {
        port.bind(gic.bus);
        for (size_t i = 0; i < spi.size(); ++i)
            spi[i].bind(gic.spi[i]);
        SC_THREAD(run);
    }

    void write(uint64_t address, uint32_t value) {
        tlm::tlm_generic_payload trans;
        trans.set_command(tlm::TLM_WRITE_COMMAND);
        trans.set_address(address);
        trans.set_data_ptr(reinterpret_cast<unsigned char *>(&value));
        trans.set_data_length(4);
        trans.set_streaming_width(4);
        sc_core::sc_time delay;
        port->b_transport(trans, delay);
    }

    template <typename F>
    double per_second(F once) {
        double best = 0;
        for (int attempt = 0; attempt < 3; ++attempt) {
            const auto start = std::chrono::steady_clock::now();
            for (unsigned n = 0; n < rounds; ++n)
                once(n);
            const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
            best = std::max(best, rounds / took.count());
        }
        return best;
    }

    // Rounds over the first `enabled` SPIs in turn.
    double rounds_per_second(unsigned enabled) {
        const sysreg_origin from;
        const sc_core::sc_time latency(24 * 5, sc_core::SC_NS);
        return per_second([&](unsigned n) {
            wire_out &wire = spi[n % enabled];
            wire.drive(true);
            wait(latency);
            uint64_t id = 0;
            gic.icc[0]->read_sysreg(icc_iar1, id, from);
            wire.drive(false);
            gic.icc[0]->write_sysreg(icc_eoir1, id, from);
            if (id != 32 + n % enabled) {
                std::fprintf(stderr, "round %u: INTID %u expected, got %u\n", n, 32 + n % enabled, unsigned(id));
                std::exit(3);
            }
        });
    }

    void run() {
        const sysreg_origin from;
        const uint64_t rd = gic.page(gicv3::frame::gicr_rd, 0);
        write(rd + 0x24, 0);
        write(rd + 0x14, 0);
        write(0, 3);
        for (unsigned n = 1; n < 32; ++n)
            write(0x80 + 4 * n, 0xffffffff);
        for (unsigned n = 32; n < 1020; n += 4)
            write(0x400 + n, 0x80808080);
        gic.icc[0]->write_sysreg(icc_pmr, 0xf8, from);
        gic.icc[0]->write_sysreg(icc_igrpen1, 1, from);

        waits_per_s = per_second([&](unsigned) { wait(10, sc_core::SC_NS); });
        write(0x104, 0xffffffff);
        few = rounds_per_second(32);
        for (unsigned n = 2; n < 31; ++n)
            write(0x100 + 4 * n, 0xffffffff);
        many = rounds_per_second(960);
        // 960 enabled, 480 of them pending all the time, less urgent than those in turn.
        for (unsigned n = 512; n < 992; n += 4)
            write(0x400 + n, 0x90909090);
        for (unsigned n = 480; n < 960; ++n)
            spi[n].drive(true);
        wait(1, sc_core::SC_US);
        waiting = rounds_per_second(480);
        sc_core::sc_stop();
    }
};

} // namespace

int sc_main(int argc, char *argv[]) {
    bench b("bench", argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 1000000);
    sc_core::sc_start();
    const double growth = b.few / std::min(b.many, b.waiting);
    const double waits = b.waits_per_s / std::min({b.few, b.many, b.waiting});
    std::printf("{\"raw_timed_waits_per_s\": %.0f, \"rounds_per_s\": {\"spis_32\": %.0f, \"spis_960\": %.0f, "
                "\"spis_960_half_pending\": %.0f}, \"ns_per_round\": %.0f, \"waits_per_round\": %.2f, "
                "\"growth_32_to_960\": %.2f}\n",
                b.waits_per_s, b.few, b.many, b.waiting, 1e9 / b.few, waits, growth);
    return waits <= 10 && growth <= 1.5 ? 0 : 1;
}
