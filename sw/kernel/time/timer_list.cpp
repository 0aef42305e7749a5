// SPDX-License-Identifier: Apache-2.0
// /proc/timer_list: the hrtimers that are armed on each CPU, and the devices that serve them. Linux's format, of which
// the lines about the tick's statistics are left out.
#include <linux/clockchips.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/timekeeping.h>

#include "kernel/time/tick_internal.h"

static void show_timer(seq_file *m, const hrtimer *timer, int index, u64 now) {
    seq_printf(m, " #%d: <%p>, %ps, S:%02x\n", index, timer, timer->function, timer->state);
    seq_printf(m, " # expires at %llu-%llu nsecs [in %lld to %lld nsecs]\n",
               static_cast<unsigned long long>(timer->_softexpires),
               static_cast<unsigned long long>(timer->node.expires), static_cast<long long>(timer->_softexpires - now),
               static_cast<long long>(timer->node.expires - now));
}

static void show_clock(seq_file *m, hrtimer_clock_base *base, u64 now) {
    int index = 0;

    seq_printf(m, "  .base:       %p\n  .index:      %u\n  .resolution: %u nsecs\n", base, base->index,
               hrtimer_resolution);
    seq_printf(m, "  .get_time:   %ps\n  .offset:     %llu nsecs\nactive timers:\n", base->get_time,
               static_cast<unsigned long long>(base->offset));
    for (timerqueue_node *node = timerqueue_getnext(&base->active); node; node = timerqueue_iterate_next(node))
        show_timer(m, container_of(node, hrtimer, node), index++, now);
}

static void show_cpu(seq_file *m, int cpu, u64 now) {
    hrtimer_cpu_base *cpu_base = &per_cpu(hrtimer_bases, cpu);
    unsigned long flags;

    seq_printf(m, "cpu: %d\n", cpu);
    raw_spin_lock_irqsave(&cpu_base->lock, flags);
    for (int i = 0; i < HRTIMER_MAX_CLOCK_BASES; i++) {
        seq_printf(m, " clock %d:\n", i);
        show_clock(m, &cpu_base->clock_base[i], now);
    }
    seq_printf(m, "  .expires_next   : %llu nsecs\n", static_cast<unsigned long long>(cpu_base->expires_next));
    seq_printf(m, "  .hres_active    : %u\n  .nr_events      : %u\n  .nr_retries     : %u\n", cpu_base->hres_active,
               cpu_base->nr_events, cpu_base->nr_retries);
    seq_printf(m, "  .nr_hangs       : %u\n  .max_hang_time  : %u\n", cpu_base->nr_hangs, cpu_base->max_hang_time);
    raw_spin_unlock_irqrestore(&cpu_base->lock, flags);
    seq_printf(m, "jiffies: %llu\n\n", static_cast<unsigned long long>(get_jiffies_64()));
}

static void show_tick_device(seq_file *m, int cpu) {
    const clock_event_device *dev = per_cpu(tick_cpu_device, cpu).evtdev;

    // Oneshot is the only mode that is used.
    seq_printf(m, "Tick Device: mode:     1\nPer CPU device: %d\n", cpu);
    if (!dev) {
        seq_puts(m, "Clock Event Device: <NULL>\n\n");
        return;
    }
    seq_printf(m, "Clock Event Device: %s\n", dev->name);
    seq_printf(m, " max_delta_ns:   %llu\n min_delta_ns:   %llu\n", static_cast<unsigned long long>(dev->max_delta_ns),
               static_cast<unsigned long long>(dev->min_delta_ns));
    seq_printf(m, " mult:           %u\n shift:          %u\n mode:           %d\n", dev->mult, dev->shift,
               dev->state_use_accessors);
    seq_printf(m, " next_event:     %lld nsecs\n set_next_event: %ps\n event_handler:  %ps\n\n",
               static_cast<long long>(dev->next_event), dev->set_next_event, dev->event_handler);
}

static int timer_list_show(seq_file *m, void *) {
    const u64 now = ktime_get_ns();
    int cpu;

    seq_printf(m, "Timer List Version: v0.9\nHRTIMER_MAX_CLOCK_BASES: %d\nnow at %llu nsecs\n\n",
               HRTIMER_MAX_CLOCK_BASES, static_cast<unsigned long long>(now));
    for_each_online_cpu (cpu)
        show_cpu(m, cpu, now);
    for_each_online_cpu (cpu)
        show_tick_device(m, cpu);
    return 0;
}

static int __init init_timer_list_procfs(void) {
    proc_create_single("timer_list", 0400, nullptr, timer_list_show);
    return 0;
}
__initcall(init_timer_list_procfs);
