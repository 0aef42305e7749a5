// SPDX-License-Identifier: Apache-2.0
// Preemption: which model is in force, its records, and the checks for code that must not sleep (Linux: in
// kernel/sched/core.c, the tracepoints of kernel/trace/trace_preemptirq.c).
#include "kernel/sched/sched.h"

#include <linux/debug_locks.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/string.h>

// ---- the model ----

preempt_mode preempt_dynamic_mode = preempt_mode::full;

static const char *const preempt_mode_name[] = {"none", "voluntary", "full"};

static int setup_preempt_mode(char *str) {
    for (int i = 0; i < 3; i++) {
        if (str && !strcmp(str, preempt_mode_name[i])) {
            preempt_dynamic_mode = static_cast<preempt_mode>(i);
            return 0;
        }
    }
    printk(KERN_WARNING "Dynamic Preempt: unsupported mode: %s\n", str ? str : "");
    return 0;
}
early_param("preempt", setup_preempt_mode);

void preempt_dynamic_init() {
    printk(KERN_INFO "Dynamic Preempt: %s\n", preempt_mode_name[static_cast<int>(preempt_dynamic_mode)]);
}

void preempt_schedule_common();

void __preempt_schedule(void) {
    if (preempt_dynamic_mode != preempt_mode::full || preempt_count() || irqs_disabled())
        return;
    preempt_schedule_common();
}
EXPORT_SYMBOL(__preempt_schedule);

void __preempt_schedule_notrace(void) {
    __preempt_schedule();
}
EXPORT_SYMBOL(__preempt_schedule_notrace);

int __cond_resched(void) {
    if (preempt_dynamic_mode == preempt_mode::full || !should_resched(0))
        return 0;
    preempt_schedule_common();
    return 1;
}
EXPORT_SYMBOL(__cond_resched);

int __cond_resched_lock(spinlock_t *lock) {
    if (!spin_is_contended(lock) && !need_resched())
        return 0;
    spin_unlock(lock);
    if (!__cond_resched())
        port_relax();
    spin_lock(lock);
    return 1;
}
EXPORT_SYMBOL(__cond_resched_lock);

// ---- the records ----

extern "C" void preempt_latency_start_caller(unsigned long caller) {
    trace_event1(preempt_off, caller, nullptr);
}

void preempt_latency_start(void) {
    trace_event1(preempt_off, _RET_IP_, nullptr);
}
EXPORT_SYMBOL(preempt_latency_start);

void preempt_latency_stop(void) {
    trace_event1(preempt_on, _RET_IP_, nullptr);
}
EXPORT_SYMBOL(preempt_latency_stop);

// What the last record of this CPU said: only changes are recorded.
static DEFINE_PER_CPU(bool, irqs_off_recorded);

void trace_hardirqs_off_caller(unsigned long caller) {
    bool *recorded = raw_cpu_ptr(&irqs_off_recorded);

    if (!*recorded) {
        *recorded = true;
        trace_event1(irqs_off, caller, nullptr);
    }
}
EXPORT_SYMBOL(trace_hardirqs_off_caller);

void trace_hardirqs_on_caller(unsigned long caller) {
    if (unlikely(lockdep_active && current->lockdep_depth))
        lockdep_mark_irqs_on();
    bool *recorded = raw_cpu_ptr(&irqs_off_recorded);

    if (*recorded) {
        *recorded = false;
        trace_event1(irqs_on, caller, nullptr);
    }
}
EXPORT_SYMBOL(trace_hardirqs_on_caller);

void trace_hardirqs_off(void) {
    trace_hardirqs_off_caller(_RET_IP_);
}
EXPORT_SYMBOL(trace_hardirqs_off);

void trace_hardirqs_on(void) {
    trace_hardirqs_on_caller(_RET_IP_);
}
EXPORT_SYMBOL(trace_hardirqs_on);

// ---- the checks ----

void preempt_count_underflow(int val) {
    DEBUG_LOCKS_WARN_ON(val > preempt_count());
}
EXPORT_SYMBOL(preempt_count_underflow);

void debug_task_state_change(void) {
    current->task_state_change = _RET_IP_;
}
EXPORT_SYMBOL(debug_task_state_change);

static bool resched_offsets_ok(unsigned int offsets) {
    const unsigned int nested = static_cast<unsigned>(preempt_count()) +
                                (static_cast<unsigned>(rcu_preempt_depth()) << MIGHT_RESCHED_RCU_SHIFT);

    return nested == offsets;
}

// Reports are limited to one a second.
static bool debug_due(unsigned long *last) {
    if (*last && time_before(jiffies, *last + HZ))
        return false;
    *last = jiffies ? jiffies : 1;
    return true;
}

void __might_resched(const char *file, int line, unsigned int offsets) {
    static unsigned long last_report;

    // The idle task must never sleep, so there every call is wrong.
    if (likely(resched_offsets_ok(offsets) && !irqs_disabled() && !is_idle_task(current) && !current->non_block_count))
        return;
    if (system_state == SYSTEM_BOOTING || system_state > SYSTEM_RUNNING || oops_in_progress || !debug_checks)
        return;
    if (!debug_due(&last_report))
        return;

    printk(KERN_ERR "BUG: sleeping function called from invalid context at %s:%d\n", file, line);
    printk(KERN_ERR "in_atomic(): %d, irqs_disabled(): %d, non_block: %d, pid: %d, name: %s\n", in_atomic(),
           irqs_disabled(), current->non_block_count, current->pid, current->comm);
    printk(KERN_ERR "preempt_count: %x, expected: %x\n", preempt_count(), offsets & MIGHT_RESCHED_PREEMPT_MASK);
    printk(KERN_ERR "RCU nest depth: %d, expected: %u\n", rcu_preempt_depth(), offsets >> MIGHT_RESCHED_RCU_SHIFT);
    dump_stack();
    add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
    report_defect("BUG: sleeping function called from invalid context at %s:%d", file, line);
}
EXPORT_SYMBOL(__might_resched);

void __might_sleep(const char *file, int line) {
    const unsigned int state = get_current_state();

    WARN_ONCE(debug_checks && state != TASK_RUNNING && current->task_state_change,
              "do not call blocking ops when !TASK_RUNNING; state=%x set at [<%p>] %pS\n", state,
              reinterpret_cast<void *>(current->task_state_change),
              reinterpret_cast<void *>(current->task_state_change));
    __might_resched(file, line, 0);
    if (preempt_dynamic_mode == preempt_mode::voluntary)
        __cond_resched();
}
EXPORT_SYMBOL(__might_sleep);

void __cant_sleep(const char *file, int line, int preempt_offset) {
    static unsigned long last_report;

    if (irqs_disabled() || preempt_count() > preempt_offset || !debug_due(&last_report))
        return;
    printk(KERN_ERR "BUG: assuming atomic context at %s:%d\n", file, line);
    printk(KERN_ERR "in_atomic(): %d, irqs_disabled(): %d, pid: %d, name: %s\n", in_atomic(), irqs_disabled(),
           current->pid, current->comm);
    dump_stack();
    add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
    report_defect("BUG: assuming atomic context at %s:%d", file, line);
}
EXPORT_SYMBOL_GPL(__cant_sleep);

void __cant_migrate(const char *file, int line) {
    static unsigned long last_report;

    if (irqs_disabled() || current->migration_disabled || preempt_count() > 0 || !debug_due(&last_report))
        return;
    printk(KERN_ERR "BUG: assuming non migratable context at %s:%d\n", file, line);
    printk(KERN_ERR "in_atomic(): %d, irqs_disabled(): %d, migration_disabled() %u pid: %d, name: %s\n", in_atomic(),
           irqs_disabled(), current->migration_disabled, current->pid, current->comm);
    dump_stack();
    add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
    report_defect("BUG: assuming non migratable context at %s:%d", file, line);
}
EXPORT_SYMBOL_GPL(__cant_migrate);

unsigned int debug_smp_processor_id(void) {
    static unsigned long last_report;
    const unsigned int cpu = raw_smp_processor_id();

    if (likely(preempt_count()) || irqs_disabled() || is_percpu_thread() || current->migration_disabled ||
        system_state < SYSTEM_SCHEDULING || !debug_checks || !debug_due(&last_report))
        return cpu;
    preempt_disable_notrace();
    printk(KERN_ERR "BUG: using smp_processor_id() in preemptible [%08x] code: %s/%d\n", preempt_count() - 1,
           current->comm, current->pid);
    printk(KERN_ERR "caller is %pS\n", __builtin_return_address(0));
    dump_stack();
    report_defect("BUG: using smp_processor_id() in preemptible code");
    preempt_enable_no_resched_notrace();
    return cpu;
}
EXPORT_SYMBOL(debug_smp_processor_id);
