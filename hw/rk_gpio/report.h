// SPDX-License-Identifier: Apache-2.0
//
// From a bank's moments in picoseconds to SystemC's annotated delays, and from the account of edges to the probes.
#ifndef RK3568_HW_RK_GPIO_REPORT_H
#define RK3568_HW_RK_GPIO_REPORT_H

#include "hw/rk_gpio/edge_account.h"
#include "hw/rk_gpio/gpio_bank.h"

#include <algorithm>
#include <functional>
#include <systemc>

namespace rk3568 {

// The delay that leads `block` from the present to `ps`, or none if that is past. SystemC's resolution is 1 ps.
inline sc_core::sc_time delay_until(const sc_core::sc_object &block, uint64_t ps) {
    const uint64_t now = present(block);
    return time_of_ps(ps > now ? ps - now : 0);
}

// The time of a call into `block` that carries `delay`, in ps.
inline uint64_t time_of(const sc_core::sc_object &block, const sc_core::sc_time &delay) {
    return present(block) + delay.value();
}

inline probe_event &probe_of(gpio_probes &probes, edge_event what) {
    static constexpr probe_event gpio_probes::*events[edge_events] = {
        &gpio_probes::edge_seen,      &gpio_probes::edge_latched, &gpio_probes::edge_merged,
        &gpio_probes::edge_filtered,  &gpio_probes::edge_dropped, &gpio_probes::edge_cleared,
        &gpio_probes::edge_withdrawn,
    };
    return probes.*events[static_cast<unsigned>(what)];
}

// One occurrence for each of `pins`, lowest first, at `ps`.
inline void report_edges(gpio_probes &probes, edge_event what, uint32_t pins, uint64_t ps) {
    probe_event &event = probe_of(probes, what);
    if (!event.attached())
        return;
    for (const uint64_t at = std::max(ps, present(event)); pins; pins &= pins - 1)
        event.fire_at(static_cast<unsigned>(__builtin_ctz(pins)), at);
}

// All of a bank at one moment, for the comparator: what it shows outside comes from the block itself, not from its
// flops.
struct bank_sample {
    uint64_t ps;
    bank_state flops;
    uint32_t raw;
    uint32_t status;
    uint32_t driven;
    bool irq;
};
using sample_watch = std::function<void(const bank_sample &)>;

// Drives a bank's outputs and those probes that are states.
class bank_outputs {
public:
    struct levels {
        uint32_t raw;
        uint32_t status;
        uint32_t pad;    // level of each pin, driven by the board or by the bank
        uint32_t driven; // DR where DDR = 1
        bool irq;
    };

    bank_outputs(gpio_bank &bank, gpio_probes &probes)
        : m_bank(bank)
        , m_probes(probes) {}

    // The outputs have these levels from `ps` on; EXT_PORT shows the pads at `ext_ps()`, which is certain enough to
    // tell in advance: a pin that returns before it is sampled corrects it.
    template <class Time>
    void show(const levels &now, uint64_t ps, Time ext_ps) {
        const uint64_t here = present(m_bank);
        const uint64_t at = std::max(ps, here);
        m_probes.int_rawstatus.set_at(now.raw, at);
        m_probes.int_status.set_at(now.status, at);
        if (m_probes.ext_port.value() != now.pad)
            m_probes.ext_port.set_at(now.pad, std::max(ext_ps(), here));
        if (now.driven == m_driven && now.irq == m_bank.irq.level())
            return;
        const auto delay = time_of_ps(at - here);
        for (uint32_t changed = now.driven ^ m_driven; changed; changed &= changed - 1) {
            const unsigned n = static_cast<unsigned>(__builtin_ctz(changed));
            m_bank.pad[n].drive(now.driven >> n & 1, delay);
        }
        m_driven = now.driven;
        m_bank.irq.drive(now.irq, delay);
    }

private:
    gpio_bank &m_bank;
    gpio_probes &m_probes;
    uint32_t m_driven = 0;
};

} // namespace rk3568

#endif
