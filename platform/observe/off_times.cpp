// SPDX-License-Identifier: Apache-2.0
#include "platform/observe/off_times.h"

namespace rk3568 {

std::string off_times::place(uint64_t caller) const {
    return caller ? m_place ? m_place(caller) : "" : "idle";
}

void off_times::begin(span &s, uint64_t ps, uint64_t caller) {
    s.since = ps;
    s.caller = caller;
}

void off_times::end(span &s, uint64_t ps, uint64_t caller) {
    // Names are looked up at once: when the run ends, the module may be gone.
    if (s.since && ps - *s.since > s.max.ps)
        s.max = {ps - *s.since, ps, place(s.caller), place(caller)};
    s.since.reset();
}

void off_times::consume(port_trace_event event, unsigned cpu, uint64_t ps, uint64_t a) {
    if (cpu >= m_cores.size())
        return;
    core &c = m_cores[cpu];
    switch (event) {
    case TRACE_irqs_off:
        if (!c.idle)
            begin(c.irqs, ps, a);
        break;
    case TRACE_irqs_on:
        if (!c.idle)
            end(c.irqs, ps, a);
        break;
    case TRACE_preempt_off:
        if (!c.idle)
            begin(c.preempt, ps, a);
        break;
    case TRACE_preempt_on:
        if (!c.idle)
            end(c.preempt, ps, a);
        break;
    case TRACE_cpu_idle: // a: the state, or (u32)-1 at its end
        c.idle = a != 0xffffffff;
        if (c.idle) {
            // What led here is not a latency of anything: nothing else wants to run.
            c.irqs.since.reset();
            c.preempt.since.reset();
        } else {
            begin(c.irqs, ps, 0); // they stay masked for a while
        }
        break;
    default:
        break;
    }
}

} // namespace rk3568
