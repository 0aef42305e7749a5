/* SPDX-License-Identifier: Apache-2.0 */
/* Per-CPU sections that only exclude this CPU's own contexts (Linux's include/linux/local_lock.h, without PREEMPT_RT). */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/percpu-defs.h>
#include <linux/preempt.h>

typedef struct {
	struct lockdep_map dep_map; /* there is nothing else to take: it names the section to the validator */
} local_lock_t;

#define INIT_LOCAL_LOCK(lockname) { LOCKDEP_MAP_OF(#lockname, LOCKDEP_PER_CPU) }

#define local_lock_init(lock)                                                                                          \
	do {                                                                                                           \
		static struct lock_class_key __key;                                                                    \
		lockdep_init_map(&(lock)->dep_map, #lock, &__key, 0);                                                  \
		(lock)->dep_map.nature = LOCKDEP_PER_CPU;                                                       \
	} while (0)

/* The CPU's own one, when the task can no longer leave it. */
#define __local_lock_enter(lock) lockdep_acquire(&raw_cpu_ptr(lock)->dep_map, 0, 0, 0, 2, _THIS_IP_)
#define __local_lock_leave(lock) lockdep_release(&raw_cpu_ptr(lock)->dep_map, _THIS_IP_)

/* `stay` keeps the task on its CPU, as far as the lock has to; `go` ends that. */
#define __local_lock_with(stay, lock)                                                                                  \
	do {                                                                                                           \
		stay;                                                                                                  \
		__local_lock_enter(lock);                                                                              \
	} while (0)
#define __local_unlock_with(go, lock)                                                                                  \
	do {                                                                                                           \
		__local_lock_leave(lock);                                                                              \
		go;                                                                                                    \
	} while (0)

#define local_lock(lock) __local_lock_with(preempt_disable(), lock)
#define local_unlock(lock) __local_unlock_with(preempt_enable(), lock)
#define local_lock_irq(lock) __local_lock_with(local_irq_disable(), lock)
#define local_unlock_irq(lock) __local_unlock_with(local_irq_enable(), lock)
#define local_lock_irqsave(lock, flags) __local_lock_with(local_irq_save(flags), lock)
#define local_unlock_irqrestore(lock, flags) __local_unlock_with(local_irq_restore(flags), lock)

#endif
