/* SPDX-License-Identifier: Apache-2.0 */
/* CPUs as a set that changes (Linux's include/linux/cpu.h). */
#ifndef _LINUX_CPU_H
#define _LINUX_CPU_H

#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/types.h>

struct task_struct;

__BEGIN_DECLS
void boot_cpu_init(void);
void boot_cpu_hotplug_init(void);
/* Brings a present CPU to CPUHP_ONLINE: 0; -EINVAL: not possible; -EIO: it did not come up. May sleep. */
int cpu_up(unsigned int cpu);
/*
 * Takes an online CPU down, and back: 0, also if it is so already; -EINVAL: no such CPU; -EBUSY: the last one, or hotplug is
 * disabled; -EIO: it did not come up; or what a callback of its states returned. May sleep.
 */
int remove_cpu(unsigned int cpu);
int add_cpu(unsigned int cpu);
void bringup_nonboot_cpus(unsigned int setup_max_cpus);
/* On the new CPU, I masked: the STARTING states. */
void notify_cpu_starting(unsigned int cpu);
void cpuhp_threads_init(void);
void cpu_startup_entry(enum cpuhp_state state);

/* The set of online CPUs does not change between these; may sleep. */
void cpus_read_lock(void);
void cpus_read_unlock(void);
int cpus_read_trylock(void);
void cpus_write_lock(void);
void cpus_write_unlock(void);
void lockdep_assert_cpus_held(void);
/* Nests: no CPU comes or goes by remove_cpu or add_cpu between these; may sleep. */
void cpu_hotplug_disable(void);
void cpu_hotplug_enable(void);
__END_DECLS

#define cpu_is_offline(cpu) unlikely(!cpu_online(cpu))
#define get_online_cpus() cpus_read_lock()
#define put_online_cpus() cpus_read_unlock()

/* Every CPU but those that are not there can be taken off. */
__BEGIN_DECLS
bool cpu_is_hotpluggable(unsigned int cpu);
__END_DECLS

#endif
