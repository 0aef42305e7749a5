// SPDX-License-Identifier: Apache-2.0
#include "platform/demo/demo.h"

#include <array>

namespace rk3568 {

namespace {

// In the order in which a course would tell them.
constexpr std::array<const char *, 11> modules = {"irq_plain", "irq_softirq",  "irq_tasklet",        "irq_work",
                                                  "irq_wq",    "irq_debounce", "irq_debounce_timer", "irq_debounce_hw",
                                                  "irq_multi", "irq_cmwq",     "irq_thread"};

// Linux's own driver of the banks does not filter for as long as it is asked to.
constexpr const char *needs_own_driver = "irq_debounce_hw";

constexpr uint64_t ms_ps = 1000000000;
constexpr uint64_t turn_ps = 250 * ms_ps; // what one module gets: loading, the press, time to finish, unloading
constexpr uint64_t press_ps = 10 * ms_ps, unload_ps = 240 * ms_ps;

} // namespace

bool nothing_to_do(const options &wanted) {
    return wanted.insmod.empty() && !wanted.bare && wanted.stimuli.empty() && wanted.exec.empty() && !wanted.run_for;
}

stimulus demonstrate(options &wanted, const std::string &build) {
    const stimulus press = read_stimulus({build + "/demo/press.vcd", {}});
    stimulus all;
    all.used = press.used;
    all.initial = press.initial;
    const auto at = [](uint64_t ps) { return sc_core::sc_time::from_value(ps); };
    for (size_t i = 0; i < modules.size(); ++i) {
        const uint64_t turn = i * turn_ps;
        const std::string name = modules[i];
        if (name == needs_own_driver && wanted.drivers != driver_origin::own)
            continue; // its turn passes
        wanted.exec.push_back({at(turn), "insmod " + build + "/sw/" + name + ".ko"});
        wanted.exec.push_back({at(turn + unload_ps), "rmmod " + name});
        for (const pin_change &change : press.changes)
            all.changes.push_back({turn + press_ps + change.ps, change.pin, change.level});
    }
    if (wanted.drivers == driver_origin::own)
        wanted.append += std::string(wanted.append.empty() ? "" : " ") + "gpio_debounce=hw"; // for irq_debounce_hw
    wanted.run_for = at(modules.size() * turn_ps);
    return all;
}

} // namespace rk3568
