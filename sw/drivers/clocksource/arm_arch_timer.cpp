// SPDX-License-Identifier: Apache-2.0
// The Arm generic timer: each core's own comparator against the system counter (Linux: drivers/clocksource/
// arm_arch_timer.c; Arm ARM, chapter D11).
//
// The kernel runs at EL2 with VHE, where the CNTP registers' names reach the EL2 physical timer.
#define pr_fmt(fmt) "arch_timer: " fmt

#include <linux/clockchips.h>
#include <linux/clocksource.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/of.h>
#include <linux/of_irq.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched_clock.h>
#include <linux/tick.h>

#include "port/port.h"

namespace {

// The node's interrupts, in their order. The EL2 virtual timer's may be missing.
enum timer_ppi { phys_secure_ppi, phys_nonsecure_ppi, virt_ppi, hyp_ppi, hyp_virt_ppi, max_timer_ppi };
constexpr int counter_bits = 56;

constexpr u64 ctl_enable = 1u << 0;
constexpr u64 ctl_imask = 1u << 1;
constexpr u64 ctl_istatus = 1u << 2;

DEFINE_PER_CPU(clock_event_device, arch_timer_evt);
u32 arch_timer_rate; // Hz
int arch_timer_irq;

u64 read_counter() {
    // Without the barrier the counter could be read before what precedes it in the program.
    port_isb();
    return port_read_sysreg(PORT_CNTPCT_EL0);
}

// The condition stays true until the comparator is set anew; only the mask takes the line down.
irqreturn_t timer_handler(int, void *dev_id) {
    const u64 control = port_read_sysreg(PORT_CNTP_CTL_EL0);
    const bool due = control & ctl_istatus;

    if (due) {
        auto *comparator = static_cast<clock_event_device *>(dev_id);
        port_write_sysreg(PORT_CNTP_CTL_EL0, control | ctl_imask);
        port_isb();
        comparator->event_handler(comparator);
    }
    return IRQ_RETVAL(due);
}

int timer_shutdown(clock_event_device *) {
    port_write_sysreg(PORT_CNTP_CTL_EL0, port_read_sysreg(PORT_CNTP_CTL_EL0) & ~ctl_enable);
    port_isb();
    return 0;
}

int timer_set_next_event(unsigned long cycles, clock_event_device *) {
    const u64 ctl = port_read_sysreg(PORT_CNTP_CTL_EL0);
    port_write_sysreg(PORT_CNTP_CVAL_EL0, read_counter() + cycles);
    port_write_sysreg(PORT_CNTP_CTL_EL0, (ctl | ctl_enable) & ~ctl_imask);
    port_isb();
    return 0;
}

// On each CPU as it comes up, interrupts masked.
int timer_starting_cpu(unsigned cpu) {
    clock_event_device *evt = this_cpu_ptr(&arch_timer_evt);
    evt->features = CLOCK_EVT_FEAT_ONESHOT;
    evt->name = "arch_sys_timer";
    evt->rating = 450;
    evt->cpumask = cpumask_of(cpu);
    evt->irq = arch_timer_irq;
    evt->set_next_event = timer_set_next_event;
    evt->set_state_shutdown = timer_shutdown;
    evt->set_state_oneshot_stopped = timer_shutdown;
    timer_shutdown(evt);

    enable_percpu_irq(static_cast<unsigned>(arch_timer_irq),
                      irq_get_trigger_type(static_cast<unsigned>(arch_timer_irq)));
    clockevents_config_and_register(evt, arch_timer_rate, 0xf, (1ul << counter_bits) - 1);
    return 0;
}

int timer_dying_cpu(unsigned cpu) {
    clock_event_device *evt = this_cpu_ptr(&arch_timer_evt);
    disable_percpu_irq(static_cast<unsigned>(evt->irq));
    timer_shutdown(evt);
    tick_shutdown(cpu);
    return 0;
}

u64 clocksource_read(clocksource *) {
    return read_counter();
}

clocksource clocksource_counter;

int timer_of_init(device_node *np) {
    // All are mapped, and one is used: which one the kernel needs depends on the exception level that it runs at.
    int irqs[max_timer_ppi];
    for (int ppi = phys_secure_ppi; ppi < max_timer_ppi; ppi++)
        irqs[ppi] = of_irq_get(np, ppi);
    const int irq = irqs[hyp_ppi];
    if (irq <= 0) {
        pr_err("%pOF: no interrupt %d for the EL2 physical timer\n", np, hyp_ppi);
        return -EINVAL;
    }
    arch_timer_irq = irq;
    if (of_property_read_u32(np, "clock-frequency", &arch_timer_rate))
        arch_timer_rate = static_cast<u32>(port_read_sysreg(PORT_CNTFRQ_EL0));
    if (!arch_timer_rate) {
        pr_err("%pOF: the counter's frequency is not known\n", np);
        return -EINVAL;
    }

    pr_info("cp15 timer(s) running at %u.%02uMHz (phys).\n", arch_timer_rate / 1000000, arch_timer_rate / 10000 % 100);
    clocksource_counter.name = "arch_sys_counter";
    clocksource_counter.rating = 400;
    clocksource_counter.read = clocksource_read;
    clocksource_counter.mask = CLOCKSOURCE_MASK(counter_bits);
    clocksource_counter.flags = CLOCK_SOURCE_IS_CONTINUOUS | CLOCK_SOURCE_VALID_FOR_HRES;
    clocksource_register_hz(&clocksource_counter, arch_timer_rate);
    sched_clock_register(read_counter, counter_bits, arch_timer_rate);

    const int ret = request_percpu_irq(static_cast<unsigned>(irq), timer_handler, "arch_timer", &arch_timer_evt);
    if (ret) {
        pr_err("can't register interrupt %d (%d)\n", irq, ret);
        return ret;
    }
    return cpuhp_setup_state(CPUHP_AP_ARM_ARCH_TIMER_STARTING, "clockevents/arm/arch_timer:starting",
                             timer_starting_cpu, timer_dying_cpu);
}

TIMER_OF_DECLARE(armv8_arch_timer, "arm,armv8-timer", timer_of_init);

} // namespace
