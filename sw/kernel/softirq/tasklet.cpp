// SPDX-License-Identifier: Apache-2.0
// Tasklets (Linux: kernel/softirq.c).
//
// TASKLET_STATE_SCHED: on a CPU's list, or about to be; the CPU that sets it puts the tasklet there. TASKLET_STATE_RUN:
// held by the CPU that runs it, so that no other one does. A tasklet that is disabled, or runs elsewhere, goes back on
// the list.
#define pr_fmt(fmt) "softirq: " fmt

#include <asm/processor.h>
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/wait_bit.h>

#include "kernel/module/leaks.h"
#include "kernel/oops.h"
#include "kernel/softirq/softirq.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "port/order.h"
#include "port/trace.h"

namespace {

// tail points to the last tasklet's next, or to head. Its own CPU's, with interrupts masked.
struct tasklet_head {
    tasklet_struct *head;
    tasklet_struct **tail;
    tasklet_struct *taken; // by the softirq, which has not come to them yet
    unsigned fruitless;    // rounds in a row in which none could run
};

// A tasklet that nothing enables, or that does not come to its end on another CPU, is looked at again and again, by
// ksoftirqd in the end. After so many rounds for nothing the CPU waits in place, up to a tick at a time.
constexpr unsigned patience = 1000;

DEFINE_PER_CPU(tasklet_head, tasklet_vec);
DEFINE_PER_CPU(tasklet_head, tasklet_hi_vec);

void make_empty(tasklet_head *list) {
    list->head = nullptr;
    list->tail = &list->head;
}

void append(tasklet_head *list, tasklet_struct *t) {
    t->next = nullptr;
    *list->tail = t;
    list->tail = &t->next;
}

void *tasklet_function(const tasklet_struct *t) {
    return t->use_callback ? reinterpret_cast<void *>(t->callback) : reinterpret_cast<void *>(t->func);
}

void schedule_common(tasklet_struct *t, tasklet_head *lists, unsigned softirq) {
    if (WARN_ONCE(!tasklet_function(t), "tasklet %ps is scheduled, but was never set up\n", t))
        return;
    const irqs_off masked;
    trace_event2(tasklet_schedule, t, tasklet_function(t), nullptr);
    append(this_cpu_ptr(lists), t);
    raise_softirq_irqoff(softirq);
}

bool clear_sched(tasklet_struct *t) {
    const bool was_set = test_and_clear_bit(TASKLET_STATE_SCHED, &t->state);
    const char *kind = t->use_callback ? "callback" : "func";
    if (!WARN_ONCE(!was_set, "tasklet SCHED state not set: %s %pS\n", kind, tasklet_function(t)))
        wake_up_var(&t->state);
    return was_set;
}

// True if it ran; false if it has to wait.
bool try_to_run(tasklet_struct *t) {
    if (!tasklet_trylock(t))
        return false;
    if (atomic_read(&t->count)) {
        tasklet_unlock(t);
        return false;
    }
    // From here on it may be scheduled again, and then runs again.
    if (clear_sched(t)) {
        const void *function = tasklet_function(t);
        const int count = preempt_count();
        trace_event2(tasklet_entry, t, function, nullptr);
        if (t->use_callback)
            t->callback(t);
        else
            t->func(t->data);
        trace_event2(tasklet_exit, t, function, nullptr);
        if (unlikely(count != preempt_count()))
            softirq_culprit = function;
    }
    tasklet_unlock(t);
    return true;
}

// Until a tasklet of the list can run, or this CPU has something else to do.
void wait_in_place(const tasklet_head *list, unsigned softirq) {
    const auto none_can_run = [list] {
        const tasklet_struct *t = list->head;
        while (t && (atomic_read(&t->count) || test_bit(TASKLET_STATE_RUN, &t->state)))
            t = t->next;
        return !t;
    };
    const unsigned long start = jiffies;
    while (jiffies == start && local_softirq_pending() == 1u << softirq && !need_resched() && none_can_run())
        cpu_relax();
}

void action_common(tasklet_head *list, unsigned softirq) {
    local_irq_disable();
    tasklet_struct *batch = list->head;
    make_empty(list);
    local_irq_enable();

    bool any_ran = false;
    while (batch) {
        tasklet_struct *t = batch;
        WRITE_ONCE(list->taken, t);
        batch = t->next;
        if (try_to_run(t)) {
            any_ran = true;
            continue;
        }
        local_irq_disable();
        append(list, t);
        list->taken = batch;
        __raise_softirq_irqoff(softirq);
        local_irq_enable();
    }
    WRITE_ONCE(list->taken, nullptr);
    list->fruitless = any_ran ? 0 : list->fruitless + 1;
    if (unlikely(list->fruitless > patience))
        wait_in_place(list, softirq);
}

void tasklet_action(softirq_action *) {
    action_common(this_cpu_ptr(&tasklet_vec), TASKLET_SOFTIRQ);
}

void tasklet_hi_action(softirq_action *) {
    action_common(this_cpu_ptr(&tasklet_hi_vec), HI_SOFTIRQ);
}

void takeover_list(tasklet_head *from, tasklet_head *to, unsigned softirq) {
    if (!from->head)
        return;
    *to->tail = from->head;
    to->tail = from->tail;
    make_empty(from);
    raise_softirq_irqoff(softirq);
}

} // namespace

void __tasklet_schedule(struct tasklet_struct *t) {
    schedule_common(t, &tasklet_vec, TASKLET_SOFTIRQ);
}
EXPORT_SYMBOL(__tasklet_schedule);

void __tasklet_hi_schedule(struct tasklet_struct *t) {
    schedule_common(t, &tasklet_hi_vec, HI_SOFTIRQ);
}
EXPORT_SYMBOL(__tasklet_hi_schedule);

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *)) {
    *t = {};
    t->use_callback = true;
    t->callback = callback;
}
EXPORT_SYMBOL(tasklet_setup);

void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data) {
    *t = {};
    t->data = data;
    t->func = func;
}
EXPORT_SYMBOL(tasklet_init);

void tasklet_unlock(struct tasklet_struct *t) {
    smp_mb__before_atomic();
    clear_bit(TASKLET_STATE_RUN, &t->state);
    smp_mb__after_atomic();
    wake_up_var(&t->state);
}
EXPORT_SYMBOL_GPL(tasklet_unlock);

void tasklet_unlock_wait(struct tasklet_struct *t) {
    wait_var_event(&t->state, !test_bit(TASKLET_STATE_RUN, &t->state));
    order_tell(waited, t);
}
EXPORT_SYMBOL_GPL(tasklet_unlock_wait);

void tasklet_unlock_spin_wait(struct tasklet_struct *t) {
    for (; test_bit(TASKLET_STATE_RUN, &t->state); cpu_relax()) {
    }
    order_tell(waited, t);
}
EXPORT_SYMBOL(tasklet_unlock_spin_wait);

namespace {

// As long as this lives, the tasklet is on no list, and no caller can schedule it.
class kept_off_lists {
public:
    explicit kept_off_lists(tasklet_struct &t)
        : t_(t) {
        if (!wait_var_event_timeout(&t.state, took(), HZ)) {
            if (atomic_read(&t.count))
                report_waiting();
            // On a board this waits for ever. Here it runs once, so that the rest of the run still tells something.
            if (!wait_var_event_timeout(&t.state, took(), HZ))
                atomic_set(&t.count, 0);
            else
                return;
            wait_var_event(&t.state, took());
        }
    }
    ~kept_off_lists() { clear_sched(&t_); }

private:
    bool took() { return !test_and_set_bit(TASKLET_STATE_SCHED, &t_.state); }
    void report_waiting() const {
        const void *function = tasklet_function(&t_);
        pr_err("tasklet %ps is killed while it is scheduled and disabled\n", function);
        report_finding_at(FINDING_tasklet_disabled, function,
                          "tasklet_kill() of a tasklet that is disabled: it never runs, and the killer waits");
    }
    tasklet_struct &t_;
};

} // namespace

void tasklet_kill(struct tasklet_struct *t) {
    if (in_interrupt()) {
        pr_notice("Attempt to kill tasklet from interrupt\n");
        report_defect("tasklet_kill() from interrupt");
    }
    const kept_off_lists meanwhile(*t);
    tasklet_unlock_wait(t);
}
EXPORT_SYMBOL(tasklet_kill);

// The two softirqs of tasklets.
static const struct {
    tasklet_head *lists; // per CPU
    unsigned softirq;
    void (*action)(softirq_action *);
} priorities[] = {
    {&tasklet_vec, TASKLET_SOFTIRQ, tasklet_action},
    {&tasklet_hi_vec, HI_SOFTIRQ, tasklet_hi_action},
};

int tasklet_takeover(unsigned cpu) {
    local_irq_disable();
    for (const auto &p : priorities)
        takeover_list(per_cpu_ptr(p.lists, cpu), this_cpu_ptr(p.lists), p.softirq);
    local_irq_enable();
    return 0;
}

void tasklet_softirq_init() {
    for (const auto &p : priorities) {
        for (unsigned cpu : bits_of(*cpu_possible_mask))
            make_empty(per_cpu_ptr(p.lists, cpu));
        open_softirq(static_cast<int>(p.softirq), p.action);
    }
}

static void report_leaked_tasklets(const struct module *mod, const tasklet_struct *first) {
    for (const tasklet_struct *t = first; t; t = t->next) {
        if (test_bit(TASKLET_STATE_SCHED, &t->state) && module_owns(mod, tasklet_function(t)))
            module_leak(mod, tasklet_function(t), "tasklet %ps still scheduled", tasklet_function(t));
    }
}

// Only a CPU itself may look at its lists.
static void tasklet_leak_check(const struct module *mod) {
    on_each_cpu(
        [](void *data) {
            const struct module *owner = static_cast<const struct module *>(data);
            const tasklet_head *lists[] = {this_cpu_ptr(&tasklet_vec), this_cpu_ptr(&tasklet_hi_vec)};
            for (const tasklet_head *list : lists) {
                report_leaked_tasklets(owner, list->head);
                report_leaked_tasklets(owner, READ_ONCE(list->taken));
            }
        },
        const_cast<struct module *>(mod), 1);
}
MODULE_LEAK_CHECK(tasklet_leak_check);
