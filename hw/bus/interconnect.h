// SPDX-License-Identifier: Apache-2.0
//
// The interconnect: real addresses in, blocks out. Routes by an address map, adds the time of the path there and back,
// and answers what no block claims with a TLM address error (DECERR on AXI).
#ifndef RK3568_HW_BUS_INTERCONNECT_H
#define RK3568_HW_BUS_INTERCONNECT_H

#include "hw/bus/timing_if.h"

#include <functional>
#include <list>
#include <string>
#include <systemc>
#include <tlm>
#include <tlm_utils/multi_passthrough_target_socket.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <vector>

namespace rk3568 {

// How long an access travels. Figures: the table in interconnect.cpp.
struct bus_latency {
    sc_core::sc_time read_request, write_request, response;

    static bus_latency peripheral(); // behind the 150 MHz NIU and a 100 MHz APB
    static bus_latency gic();        // AXI at 200 MHz, through the ADB400 bridges
    static bus_latency memory();     // uncached DRAM
};

class interconnect : public sc_core::sc_module, private bus_timing_if {
public:
    // Any number of masters.
    tlm_utils::multi_passthrough_target_socket<interconnect> masters{"masters"};
    sc_core::sc_export<bus_timing_if> timing{"timing"};

    explicit interconnect(const sc_core::sc_module_name &name);

    // The name of what has an address of this range; empty if there is nothing.
    std::string mapped(uint64_t base, uint64_t size) const;
    // A window of `size` bytes at `base`: the returned socket is to be bound to the block, which sees addresses from 0.
    // Windows must not overlap. `name` is for messages.
    tlm_utils::simple_initiator_socket<interconnect> &map(const std::string &name, uint64_t base, uint64_t size,
                                                          const bus_latency &latency);
    // Accesses to the window at `base` need no transaction: the block that its socket is bound to has this way, too.
    void allow_direct(uint64_t base, direct_target &target);
    sc_core::sc_time request_time(uint64_t address, bool write) const override;
    direct_way direct(uint64_t address, unsigned size) const override;
    // Called when an access finds no window, before it is answered. Must not wait.
    std::function<void(uint64_t address, bool write)> on_unmapped;
    // The window at an address, for messages; empty if there is none.
    std::string name_of(uint64_t address) const;

private:
    struct window {
        std::string name;
        uint64_t base, size;
        bus_latency latency;
        tlm_utils::simple_initiator_socket<interconnect> *socket;
        direct_target *direct = nullptr;
    };

    const window *find(uint64_t address, uint64_t size) const;
    static bool covers(const window &w, uint64_t address, uint64_t size) {
        return address - w.base < w.size && size <= w.size - (address - w.base);
    }
    void b_transport(int id, tlm::tlm_generic_payload &trans, sc_core::sc_time &delay);
    unsigned transport_dbg(int id, tlm::tlm_generic_payload &trans);

    std::vector<window> m_windows;          // by base
    const bool m_logged;                    // each access, with --log-level trace
    mutable const window *m_last = nullptr; // found last: accesses come in groups
    std::list<tlm_utils::simple_initiator_socket<interconnect>> m_sockets;
};

} // namespace rk3568

#endif
