/* SPDX-License-Identifier: Apache-2.0 */
/* Functions in the migration/N threads, which nothing preempts (Linux's include/linux/stop_machine.h). */
#ifndef _LINUX_STOP_MACHINE
#define _LINUX_STOP_MACHINE

#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/list.h>
#include <linux/smp.h>

typedef int (*cpu_stop_fn_t)(void *arg);

struct cpu_stop_work {
	struct list_head list;
	cpu_stop_fn_t fn;
	void *arg;
	struct cpu_stop_done *done;
};

__BEGIN_DECLS
/* Runs fn(arg) on `cpu` with preemption disabled and waits: what it returned, or -ENOENT. May sleep. */
int stop_one_cpu(unsigned int cpu, cpu_stop_fn_t fn, void *arg);
bool stop_one_cpu_nowait(unsigned int cpu, cpu_stop_fn_t fn, void *arg, struct cpu_stop_work *work_buf);
/* Holds all online CPUs with interrupts masked and runs fn(data) on `cpus` (NULL: one of them). May sleep. */
int stop_machine(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus);
/* The same for a caller that holds the set of online CPUs already. */
int stop_machine_cpuslocked(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus);
__END_DECLS

#endif
