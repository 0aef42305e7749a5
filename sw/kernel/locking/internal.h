// SPDX-License-Identifier: Apache-2.0
// What spinlock.cpp and rwlock.cpp share.
#ifndef KERNEL_LOCKING_INTERNAL_H
#define KERNEL_LOCKING_INTERNAL_H

#include <linux/bottom_half.h>
#include <linux/bug.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <port/trace.h>

#include "kernel/oops.h"

// mutex_trylock() without the validator: the caller has told it. mutex.cpp
bool mutex_take_if_free(struct mutex *lock);

// "debug=raw_lock_nesting". lockdep.cpp
void lockdep_prove_raw_nesting(void);

extern "C" void preempt_latency_start_caller(unsigned long caller);

// The lock functions are out of line, so the records name their callers.
static __always_inline void lock_preempt_disable(unsigned long caller) {
    __preempt_count_add(1);
    if (preempt_count() == 1)
        preempt_latency_start_caller(caller);
    barrier();
}

static __always_inline void lock_irq_disable(unsigned long caller) {
    raw_local_irq_disable();
    trace_hardirqs_off_caller(caller);
}

static __always_inline unsigned long lock_irq_save(unsigned long caller) {
    unsigned long flags = arch_local_irq_save();

    if (!arch_irqs_disabled_flags(flags))
        trace_hardirqs_off_caller(caller);
    return flags;
}

static __always_inline void lock_irq_enable(unsigned long caller) {
    trace_hardirqs_on_caller(caller);
    raw_local_irq_enable();
}

static __always_inline void lock_irq_restore(unsigned long flags, unsigned long caller) {
    if (!arch_irqs_disabled_flags(flags))
        trace_hardirqs_on_caller(caller);
    raw_local_irq_restore(flags);
}

namespace locking {

// "kind what on CPU#N, who", the rest of the line and more, and where.
template <class Rest>
noinline void say_bug(const char *kind, const char *what, Rest rest) {
    printk(KERN_EMERG "%s %s on CPU#%d, %s/%d", kind, what, static_cast<int>(raw_smp_processor_id()), current->comm,
           task_pid_nr(current));
    rest();
    dump_stack();
    report_finding(!strcmp(what, "bad magic")          ? FINDING_lock_not_set_up
                   : strstr(what, "recursion")         ? FINDING_lock_recursion
                   : !strcmp(what, "already unlocked") ? FINDING_lock_unlock
                                                       : FINDING_lock_state,
                   "%s %s", kind, what);
}

// Counts down. True, with the lock held, for the caller that makes it 0; the lock is taken only where that may happen.
template <class Take, class Give>
inline bool last_one(atomic_t *count, Take take, Give give) {
    if (atomic_add_unless(count, -1, 1))
        return false;
    take();
    const bool last = atomic_dec_and_test(count);
    if (!last)
        give();
    return last;
}

} // namespace locking

// A wait for a lock on which tasks sleep, in the trace.
class contention {
public:
    enum kind : unsigned { semaphore = 0, reader = 2, writer = 4, rt = 8, mutex = 32 }; // LCB_F_*
    // The task that has the lock, null if that is not known, does not end meanwhile.
    contention(const void *lock, const char *name, kind what, const task_struct *holder, unsigned long caller)
        : lock_(lock)
        , name_(name)
        , caller_(caller) {
        const u64 pid = holder ? static_cast<u64>(task_pid_nr(holder)) : 0;
        trace_event4(lock_contended, lock, caller, holder ? task_cpu(holder) : ~0u, pid << 32 | what, name);
    }
    // Returns its argument: 0, or why the lock was not taken.
    int over(int error) const {
        trace_event3(lock_acquired, lock_, caller_, error, name_);
        return error;
    }

private:
    const void *lock_;
    const char *name_;
    unsigned long caller_;
};

// A lock that is set up must not be held: the validator would never see it released.
#define lockdep_check_not_held(lock)                                                                                   \
    do {                                                                                                               \
        if (unlikely(lockdep_active))                                                                                  \
            debug_check_no_locks_freed(lock, sizeof(*(lock)));                                                         \
    } while (0)

#endif
