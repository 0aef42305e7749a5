// SPDX-License-Identifier: Apache-2.0
//
// Faults on demand: --fault KIND[:KEY=VALUE,...]. What fails in the kernel is passed to it on its command line
// (sw/kernel/fault_inject.cpp); what goes wrong at a pin is worked into the pin activity.
//
//   kmalloc, request_irq, alloc_workqueue   a module's call fails: NULL, -ENOMEM, NULL
//   create_worker                           the workqueue cannot have another worker
//   wakeup                                  an irq thread is woken `delay` later than it was meant to be
//       nth=N         from the Nth call on (default: 1)     times=N   so many of them (default: 1; 0: all)
//       percent=N     each of them with this probability, drawn by --seed (default: 100)
//       delay=TIME    wakeup alone (default: 1ms)
//   spurious          the handler of a pin runs though nothing has happened, at=TIME pin=PIN
//   stuck             a pin stays at level=0|1, at=TIME pin=PIN [for=TIME] (default: until the end)
//   glitch            a pin leaves its level and comes back, at=TIME pin=PIN [width=TIME] (default: 1us)
//   storm             a pin goes there and back, at=TIME pin=PIN [count=N] [period=TIME] (default: 1000, 10us)
#ifndef RK3568_PLATFORM_FAULTS_H
#define RK3568_PLATFORM_FAULTS_H

#include "platform/stimulus/stimulus.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace rk3568 {

struct fault {
    enum class kind { kmalloc, request_irq, alloc_workqueue, create_worker, wakeup, spurious, stuck, glitch, storm };
    kind what;
    uint64_t nth = 1, times = 1, percent = 100, delay_ps = 1'000'000'000;
    unsigned pin = 0;
    uint64_t at_ps = 0, for_ps = ~0ull, width_ps = 1'000'000, count = 1000, period_ps = 10'000'000;
    bool level = false;
};

// Throws std::invalid_argument with what was expected and what came.
fault parse_fault(const std::string &text);

// Whether it is the kernel's; the others are a pin's.
inline bool is_kernels(const fault &f) {
    return f.what <= fault::kind::wakeup;
}
constexpr size_t most_kernel_faults = 16; // rules[] of sw/kernel/fault_inject.cpp

// The kernel's part, as words of its command line; empty if there is none.
std::string kernel_faults(const std::vector<fault> &faults, uint64_t seed);

// Works the faults of pins into the recording.
void apply_faults(stimulus &activity, const std::vector<fault> &faults);

} // namespace rk3568

#endif
