/* SPDX-License-Identifier: Apache-2.0 */
/* Per-CPU sections that only exclude this CPU's own contexts (Linux's include/linux/local_lock.h, without PREEMPT_RT). */
#ifndef _LINUX_LOCAL_LOCK_H
#define _LINUX_LOCAL_LOCK_H

#include <linux/irqflags.h>
#include <linux/preempt.h>

typedef struct {
	unsigned char unused;
} local_lock_t;

#define INIT_LOCAL_LOCK(lockname) { 0 }
#define local_lock_init(lock) do { (void)(lock); } while (0)
#define local_lock(lock) preempt_disable()
#define local_unlock(lock) preempt_enable()
#define local_lock_irq(lock) local_irq_disable()
#define local_unlock_irq(lock) local_irq_enable()
#define local_lock_irqsave(lock, flags) local_irq_save(flags)
#define local_unlock_irqrestore(lock, flags) local_irq_restore(flags)

#endif
