/* SPDX-License-Identifier: Apache-2.0 */
/* One thread a CPU, for subsystems that need exactly that (Linux's include/linux/smpboot.h): ksoftirqd, migration, cpuhp. */
#ifndef _LINUX_SMPBOOT_H
#define _LINUX_SMPBOOT_H

#include <linux/types.h>

struct task_struct;

/*
 * thread_should_run is asked with preemption disabled; thread_fn runs whenever it says so. setup runs once in the thread before that.
 * create runs in the creator's context when the thread exists. selfparking threads are left parked.
 */
struct smp_hotplug_thread {
	struct task_struct **store; /* per-CPU pointer */
	struct list_head list;
	int (*thread_should_run)(unsigned int cpu);
	void (*thread_fn)(unsigned int cpu);
	void (*create)(unsigned int cpu);
	void (*setup)(unsigned int cpu);
	void (*cleanup)(unsigned int cpu, bool online);
	void (*park)(unsigned int cpu);
	void (*unpark)(unsigned int cpu);
	bool selfparking;
	const char *thread_comm;
};

__BEGIN_DECLS
/* Threads for all online CPUs now and for each CPU that comes up later. 0 or -ENOMEM. May sleep. */
int smpboot_register_percpu_thread(struct smp_hotplug_thread *plug_thread);
void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *plug_thread);
__END_DECLS

#endif
