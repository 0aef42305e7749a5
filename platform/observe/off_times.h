// SPDX-License-Identifier: Apache-2.0
#ifndef RK3568_PLATFORM_OBSERVE_OFF_TIMES_H
#define RK3568_PLATFORM_OBSERVE_OFF_TIMES_H

#include "platform/observe/record.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rk3568 {

// The longest time that each core had its interrupts masked, and had preemption disabled, with the places where that
// began and ended: what Linux's irqsoff and preemptoff tracers find. As there, waiting in the idle loop does not count.
class off_times {
public:
    struct longest {
        uint64_t ps = 0, end_ps = 0;
        std::string from, to;
    };

    // `place` names the code at an address.
    off_times(unsigned cpus, std::function<std::string(uint64_t)> place)
        : m_place(std::move(place))
        , m_cores(cpus) {}

    static constexpr port_trace_event events[] = {TRACE_irqs_off, TRACE_irqs_on, TRACE_preempt_off, TRACE_preempt_on,
                                                  TRACE_cpu_idle};
    // What was before is forgotten: booting is not a latency of a driver's.
    void reset() { m_cores.assign(m_cores.size(), {}); }
    // A record as it comes: those of one core are in order.
    void consume(port_trace_event event, unsigned cpu, uint64_t ps, uint64_t a);

    const longest &irqs(unsigned cpu) const { return m_cores[cpu].irqs.max; }
    const longest &preempt(unsigned cpu) const { return m_cores[cpu].preempt.max; }
    unsigned cpus() const { return static_cast<unsigned>(m_cores.size()); }

private:
    struct span {
        std::optional<uint64_t> since;
        uint64_t caller = 0;
        longest max;
    };
    struct core {
        span irqs, preempt;
        bool idle = false;
    };

    static void begin(span &s, uint64_t ps, uint64_t caller);
    std::string place(uint64_t caller) const;
    void end(span &s, uint64_t ps, uint64_t caller);

    std::function<std::string(uint64_t)> m_place;
    std::vector<core> m_cores;
};

} // namespace rk3568

#endif
