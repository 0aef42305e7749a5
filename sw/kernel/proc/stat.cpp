// SPDX-License-Identifier: Apache-2.0
//
// Counters of the whole machine: /proc/stat, /proc/softirqs, /proc/uptime, /proc/loadavg.
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqdesc.h>
#include <linux/irqnr.h>
#include <linux/kernel.h>
#include <linux/kernel_stat.h>
#include <linux/math64.h>
#include <linux/proc_fs.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/stat.h>
#include <linux/seq_file.h>
#include <linux/tick.h>
#include <linux/timekeeping.h>

#include "kernel/init/shell.h"
#include "kernel/softirq/softirq.h"
#include "lib/ranges.h"

// Clock ticks of user space: 100 in a second.
static u64 nsec_to_user_ticks(u64 ns) {
    return div_u64(ns, NSEC_PER_SEC / 100);
}

// How long a CPU has been idle; all the rest of its time counts as system time, for there is no user's. A CPU that
// never came up has neither.
static u64 idle_ns(unsigned cpu) {
    u64 us = cpu_online(cpu) ? get_cpu_idle_time_us(cpu, nullptr) : 0;
    return us == U64_MAX ? 0 : us * NSEC_PER_USEC;
}

static u64 busy_ns(unsigned cpu) {
    u64 now = ktime_get_ns(), idle = idle_ns(cpu);
    return now > idle ? now - idle : 0;
}

u64 busy_cpu_ns(void) {
    u64 busy = 0;
    unsigned cpu;

    for_each_online_cpu (cpu)
        busy += busy_ns(cpu);
    return busy;
}
// What a driver asks: all that is not idle is the system's.
void kcpustat_cpu_fetch(struct kernel_cpustat *dst, int cpu) {
    *dst = {};
    dst->cpustat[CPUTIME_SYSTEM] = busy_ns(cpu);
    dst->cpustat[CPUTIME_IDLE] = idle_ns(cpu);
}
EXPORT_SYMBOL_GPL(kcpustat_cpu_fetch);

static void show_cpu_line(struct seq_file *p, const char *name, u64 busy, u64 idle) {
    seq_puts(p, name);
    seq_put_decimal_ull(p, " ", 0); // user
    seq_put_decimal_ull(p, " ", 0); // nice
    seq_put_decimal_ull(p, " ", nsec_to_user_ticks(busy));
    seq_put_decimal_ull(p, " ", nsec_to_user_ticks(idle));
    seq_puts(p, " 0 0 0 0 0 0\n"); // iowait irq softirq steal guest guest_nice
}

static void show_cpu_times(struct seq_file *p) {
    u64 busy = 0, idle = 0;
    unsigned cpu;

    for_each_online_cpu (cpu) {
        busy += busy_ns(cpu);
        idle += idle_ns(cpu);
    }
    show_cpu_line(p, "cpu ", busy, idle);
    for_each_online_cpu (cpu) {
        char name[16];
        snprintf(name, sizeof(name), "cpu%u", cpu);
        show_cpu_line(p, name, busy_ns(cpu), idle_ns(cpu));
    }
}

static unsigned count_tasks(unsigned *running) {
    struct task_struct *task;
    unsigned count = 0;

    *running = 0;
    rcu_read_lock();
    for_each_process(task) {
        count++;
        *running += task_is_running(task);
    }
    rcu_read_unlock();
    return count;
}

static int stat_show(struct seq_file *p, void *v) {
    u64 irqs = 0;
    unsigned int softirqs[NR_SOFTIRQS] = {};
    u64 softirq_sum = 0;
    unsigned cpu;

    for_each_possible_cpu (cpu) {
        for (unsigned i = 0; i < softirqs_shown(); i++) {
            softirqs[i] += kstat_softirqs_cpu(i, cpu);
            softirq_sum += kstat_softirqs_cpu(i, cpu);
        }
    }
    show_cpu_times(p);
    for (int irq = 0; irq < nr_irqs; irq++)
        irqs += kstat_irqs_usr(irq);
    seq_put_decimal_ull(p, "intr ", irqs);
    for (int irq = 0; irq < nr_irqs; irq++)
        seq_put_decimal_ull(p, " ", kstat_irqs_usr(irq));
    seq_printf(p, "\nctxt %llu\n", nr_context_switches());
    struct timespec64 boot;
    ktime_get_real_ts64(&boot);
    seq_printf(p, "btime %lld\nprocesses %lu\nprocs_running %u\nprocs_blocked 0\n",
               static_cast<long long>(boot.tv_sec - div_u64(ktime_get_ns(), NSEC_PER_SEC)), total_forks, nr_running());
    seq_put_decimal_ull(p, "softirq ", softirq_sum);
    for (unsigned i = 0; i < softirqs_shown(); i++)
        seq_put_decimal_ull(p, " ", softirqs[i]);
    seq_putc(p, '\n');
    return 0;
}

// A row of /proc/softirqs: its head, right-aligned in `width`, and a field for each CPU.
template <typename Field>
static void row_of_cpus(struct seq_file *p, int width, const char *head, Field field) {
    seq_printf(p, "%*s", width, head);
    for (unsigned cpu : bits_of(*cpu_possible_mask))
        field(cpu);
    seq_putc(p, '\n');
}

static int softirqs_show(struct seq_file *p, void *) {
    row_of_cpus(p, 20, "", [=](unsigned cpu) { seq_printf(p, "CPU%-8d", cpu); });
    for (unsigned vector = 0; vector < softirqs_shown(); vector++) {
        row_of_cpus(p, 12, softirq_to_name[vector], [=, sep = ":"](unsigned cpu) mutable {
            seq_printf(p, "%s %10u", sep, kstat_softirqs_cpu(vector, cpu));
            sep = "";
        });
    }
    return 0;
}

// Seconds since boot, and the idle seconds of all CPUs together.
static int uptime_show(struct seq_file *p, void *v) {
    u64 idle = 0;
    unsigned cpu;

    for_each_possible_cpu (cpu)
        idle += idle_ns(cpu);
    u64 up_ticks = nsec_to_user_ticks(ktime_get_boottime_ns());
    u64 idle_ticks = nsec_to_user_ticks(idle);
    seq_printf(p, "%llu.%02llu %llu.%02llu\n", up_ticks / 100, up_ticks % 100, idle_ticks / 100, idle_ticks % 100);
    return 0;
}

// The averages are of no use in runs of seconds and stay 0; the counts of tasks are real.
static int loadavg_show(struct seq_file *p, void *v) {
    unsigned running;
    unsigned tasks = count_tasks(&running);
    seq_printf(p, "0.00 0.00 0.00 %u/%u %d\n", running, tasks, task_pid_nr(current));
    return 0;
}

static int __init proc_stat_init(void) {
    proc_create_single("stat", 0, nullptr, stat_show);
    proc_create_single("softirqs", 0, nullptr, softirqs_show);
    proc_create_single("uptime", 0, nullptr, uptime_show);
    proc_create_single("loadavg", 0, nullptr, loadavg_show);
    return 0;
}
fs_initcall(proc_stat_init);
