/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The steps of the boot in the order in which kernel/init/main.cpp takes them, each defined by the part that it starts.
 * Up to the first local_irq_enable() all run on core 0 with interrupts masked and must not sleep.
 */
#ifndef KERNEL_INIT_H
#define KERNEL_INIT_H

#include <linux/init.h>
#include <linux/types.h>

__BEGIN_DECLS

/* The first line of the boot log and of /proc/version. */
extern const char linux_banner[];

/* The image's entry symbol: core 0, EL2, DAIF masked. Does not return. */
void kernel_entry(void *arg);

/* kernel/init/setup.cpp: early options are seen before there is memory, the others after mm_init(). */
void setup_arch(void);
void parse_early_param(void);
void parse_early_options(char *cmdline);
void parse_boot_options(void);

/* drivers/of, mm, lib */
void unflatten_device_tree(void);
void setup_per_cpu_areas(void);
void mm_init(void);

/* kernel/smp.cpp: cores of the device tree become possible and present. */
void smp_init_cpus(void);
void smp_prepare_boot_cpu(void);

void sched_init(void);
void rcu_init(void);
void early_irq_init(void);
void init_IRQ(void);
void tick_init(void);
void init_timers(void);
void hrtimers_init(void);
void softirq_init(void);
void timekeeping_init(void);
void time_init(void);
void workqueue_init_early(void);

/* In the task kernel_init (pid 1): may sleep. */
void smp_prepare_cpus(unsigned int max_cpus);
void smp_init(void);
void smp_cpus_done(unsigned int max_cpus);
void sched_init_smp(void);
void workqueue_init(void);
void driver_init(void);

/* kernel/proc, kernel/fs: the trees /proc, /sys, /dev exist from here on. */
void vfs_caches_init(void);
void proc_root_init(void);

/* kernel/init/shell.cpp: runs the user's commands, then powers off. */
void __attribute__((__noreturn__)) run_commands(void);

__END_DECLS

#endif
