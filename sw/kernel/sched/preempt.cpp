// SPDX-License-Identifier: Apache-2.0
// Preemption: which model is in force, its records, and the checks for code that must not sleep (Linux: in
// kernel/sched/core.c, the tracepoints of kernel/trace/trace_preemptirq.c).
#include "kernel/oops.h"
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

#include "lib/guard.h"

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

namespace {

// Each kind of check speaks at most once a second of each place in a driver.
class once_a_second {
public:
    bool due() {
        const void *const place = innermost_module_code(nullptr, __builtin_frame_address(0));
        spoken *at = places_;

        while (at != &places_[most - 1] && at->last && at->place != place)
            at++;
        if (at->last && time_before(jiffies, at->last + HZ))
            return false;
        *at = {place, jiffies ? jiffies : 1};
        return true;
    }

private:
    static constexpr unsigned most = 16; // the last one is for all further places
    struct spoken {
        const void *place;
        unsigned long last;
    };
    spoken places_[most];
};

// The kernel is up, and its state can be believed.
bool checks_count() {
    return debug_checks && !oops_in_progress && system_state > SYSTEM_BOOTING && system_state <= SYSTEM_RUNNING;
}

// "BUG: what at FILE:LINE", the lines that `context` prints, and who did it.
template <class Context>
void report_place(const char *what, const char *file, int line, Context context) {
    printk(KERN_ERR "BUG: %s at %s:%d\n", what, file, line);
    context();
    debug_show_held_locks(current);
    dump_stack();
    add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
    report_finding(FINDING_sleep_in_atomic, "BUG: %s at %s:%d", what, file, line);
}

// A preemption count and an RCU depth above it, in the form in which callers say what they expect.
unsigned int nesting() {
    return static_cast<unsigned>(preempt_count()) +
           (static_cast<unsigned>(rcu_preempt_depth()) << MIGHT_RESCHED_RCU_SHIFT);
}

// The idle task must never sleep, so there every call is wrong.
bool may_sleep(unsigned int expected_nesting) {
    return nesting() == expected_nesting && !irqs_disabled() && !is_idle_task(current) && !current->non_block_count;
}

// The task cannot move to another CPU; before there is a scheduler none can.
bool stays_here() {
    return preempt_count() || irqs_disabled() || is_percpu_thread() || current->migration_disabled ||
           system_state < SYSTEM_SCHEDULING;
}

// Runs `what` on one CPU, unseen by the records of preemption.
template <class What>
__always_inline void on_one_cpu(What what) {
    preempt_disable_notrace();
    finally allow_again([] { preempt_enable_no_resched_notrace(); });
    what();
}

} // namespace

void __might_resched(const char *file, int line, unsigned int offsets) {
    static once_a_second limit;

    if (likely(may_sleep(offsets)) || !checks_count() || !limit.due())
        return;
    report_place("sleeping function called from invalid context", file, line, [offsets] {
        printk(KERN_ERR "in_atomic(): %d, irqs_disabled(): %d, non_block: %d, pid: %d, name: %s\n", in_atomic(),
               irqs_disabled(), current->non_block_count, current->pid, current->comm);
        printk(KERN_ERR "preempt_count: %x, expected: %x\n", preempt_count(), offsets & MIGHT_RESCHED_PREEMPT_MASK);
        printk(KERN_ERR "RCU nest depth: %d, expected: %u\n", rcu_preempt_depth(), offsets >> MIGHT_RESCHED_RCU_SHIFT);
    });
}
EXPORT_SYMBOL(__might_resched);

void __might_sleep(const char *file, int line) {
    void *const set_at = reinterpret_cast<void *>(current->task_state_change);
    const bool will_sleep_already = debug_checks && set_at && get_current_state() != TASK_RUNNING;

    // Once of each place that sets a state: what blocks there is at fault.
    WARN(will_sleep_already && first_defect_of(set_at) &&
             defect_of(innermost_module_code(nullptr, __builtin_frame_address(0))) && defect_is(FINDING_blocking_state),
         "do not call blocking ops when !TASK_RUNNING; state=%x set at [<%p>] %pS\n", get_current_state(), set_at,
         set_at);
    __might_resched(file, line, 0);
    if (preempt_dynamic_mode == preempt_mode::voluntary)
        __cond_resched();
}
EXPORT_SYMBOL(__might_sleep);

void __cant_sleep(const char *file, int line, int preempt_offset) {
    static once_a_second limit;
    const bool may_sleep_here = preempt_count() <= preempt_offset && !irqs_disabled();

    if (unlikely(may_sleep_here) && limit.due())
        report_place("assuming atomic context", file, line, [] {
            printk(KERN_ERR "in_atomic(): %d, irqs_disabled(): %d, pid: %d, name: %s\n", in_atomic(), irqs_disabled(),
                   current->pid, current->comm);
        });
}
EXPORT_SYMBOL_GPL(__cant_sleep);

void __cant_migrate(const char *file, int line) {
    static once_a_second limit;
    const bool stays = preempt_count() > 0 || current->migration_disabled || irqs_disabled();

    if (likely(stays) || !limit.due())
        return;
    report_place("assuming non migratable context", file, line, [] {
        printk(KERN_ERR "in_atomic(): %d, irqs_disabled(): %d, migration_disabled() %u pid: %d, name: %s\n",
               in_atomic(), irqs_disabled(), current->migration_disabled, current->pid, current->comm);
    });
}
EXPORT_SYMBOL_GPL(__cant_migrate);

// What belongs to this CPU is used where the task may move to another one: `prefix` and `op` name the use.
static void check_preemption_disabled(const char *prefix, const char *op, const void *caller) {
    static once_a_second limit;
    const bool wrong = unlikely(!stays_here()) && debug_checks;

    if (wrong && limit.due())
        on_one_cpu([prefix, op, caller, count = preempt_count()] {
            const task_struct &who = *current;
            printk(KERN_ERR "BUG: using %s%s() in preemptible [%08x] code: %s/%d\n", prefix, op, count, who.comm,
                   who.pid);
            printk(KERN_ERR "caller is %pS\n", caller);
            dump_stack();
            report_finding(FINDING_preemptible, "BUG: using %s%s() in preemptible code", prefix, op);
        });
}

unsigned int debug_smp_processor_id(void) {
    check_preemption_disabled("smp_processor_id", "", __builtin_return_address(0));
    return raw_smp_processor_id();
}
EXPORT_SYMBOL(debug_smp_processor_id);

void __this_cpu_preempt_check(const char *op) {
    check_preemption_disabled(op ? "__this_cpu_" : "smp_processor_id", op ? op : "", __builtin_return_address(0));
}
EXPORT_SYMBOL(__this_cpu_preempt_check);
