// SPDX-License-Identifier: Apache-2.0
// Waking tasks (Linux: try_to_wake_up and what belongs to it in kernel/sched/core.c).
#include "kernel/sched/sched.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/llist.h>
#include <linux/sched/task.h>
#include <linux/sched/wake_q.h>

#include "lib/ranges.h"
#include "port/order.h"

// A task that has migration disabled finishes where it is; others are not sent to a CPU that goes down, except the
// threads that belong to it, which work there until they are parked.
bool is_cpu_allowed(const task_struct *p, int cpu) {
    const auto nr = static_cast<unsigned>(cpu);

    const bool is_kthread = p->flags & PF_KTHREAD;
    bool takes_tasks = cpu_online(nr);

    if (!p->migration_disabled)
        takes_tasks = !is_kthread ? cpu_active(nr)
                                  : takes_tasks && (!cpu_dying(nr) || kthread_is_per_cpu(const_cast<task_struct *>(p)));
    return takes_tasks && cpumask_test_cpu(nr, p->cpus_ptr);
}

int select_fallback_rq(task_struct *p) {
    for (;;) {
        for (unsigned cpu : bits_of(*p->cpus_ptr))
            if (is_cpu_allowed(p, static_cast<int>(cpu)))
                return static_cast<int>(cpu);
        // None of them is up: it may run anywhere from now on.
        do_set_cpus_allowed_locked(p, cpu_possible_mask);
        p->cpus_ptr = &p->cpus_mask;
    }
}

extern "C" void __smp_call_single_queue(int cpu, llist_node *node);

namespace {

// Where a task goes that is off its CPU. Its class decides if there is a choice.
int choose_cpu(task_struct *p, int last_cpu, int wake_flags) {
    const bool bound = p->nr_cpus_allowed <= 1 || p->migration_disabled;
    const int cpu =
        bound ? static_cast<int>(cpumask_any(p->cpus_ptr)) : p->sched_class->select_task_rq(p, last_cpu, wake_flags);

    return likely(is_cpu_allowed(p, cpu)) ? cpu : select_fallback_rq(p);
}

void tell_class(rq *r, task_struct *p) {
    if (const auto woken = p->sched_class->task_woken)
        woken(r, p);
}

// The end of each wake-up: the task is on a queue, and runs when its turn comes. The queue is locked.
void mark_woken(rq *r, task_struct *p, int wake_flags) {
    check_preempt_curr(r, p, wake_flags);
    WRITE_ONCE(p->__state, TASK_RUNNING);
    trace_event3(sched_wakeup, p->pid, p->prio, task_cpu(p), p->comm);
    tell_class(r, p);
}

void queue_woken(rq *r, task_struct *p, int wake_flags) {
    p->in_iowait = 0;
    activate_task(r, p, ENQUEUE_WAKEUP);
    mark_woken(r, p, wake_flags);
}

void wait_until_off_cpu(const task_struct *p) {
    while (__atomic_load_n(&p->on_cpu, __ATOMIC_ACQUIRE))
        port_relax();
}

// A task that is to be woken is in one of four places, and each asks for more than the one before (Linux: ttwu_*):
//
//   runs on this CPU    its state is set back, nothing else
//   is on a run queue   it has said that it will sleep and has not left yet, or was preempted: its state is set back
//                       under that queue's lock
//   leaves its CPU      it is off the queue and its CPU is still on its stack: that CPU is told to queue it after the
//                       switch, so that this one need not wait for that
//   sleeps              a CPU is chosen and the task queued there; an idle CPU is told to do so itself
//
// In the last two the state is TASK_WAKING until the task is queued. pi_lock keeps other wakers away.
class waking {
public:
    waking(task_struct *p, int flags)
        : p_(p)
        , flags_(flags) {}

    void run_on_this_cpu() {
        trace_event3(sched_waking, p_->pid, p_->prio, task_cpu(p_), p_->comm);
        WRITE_ONCE(p_->__state, TASK_RUNNING);
        trace_event3(sched_wakeup, p_->pid, p_->prio, task_cpu(p_), p_->comm);
    }

    void run() {
        trace_event3(sched_waking, p_->pid, p_->prio, task_cpu(p_), p_->comm);
        if (READ_ONCE(p_->on_rq) && stays_on_queue())
            return;
        WRITE_ONCE(p_->__state, TASK_WAKING);
        if (READ_ONCE(p_->on_cpu) && tell_cpu(static_cast<int>(task_cpu(p_))))
            return;
        wait_until_off_cpu(p_);
        place(choose_cpu(p_, p_->wake_cpu, flags_ | WF_TTWU));
    }

private:
    bool stays_on_queue() {
        rq *r = lock_rq_of(p_);
        const bool queued = task_on_rq_queued(p_);

        if (queued) {
            if (!task_on_cpu(r, p_))
                update_rq_clock(r);
            mark_woken(r, p_, flags_);
        }
        raw_spin_unlock(&r->lock);
        return queued;
    }

    // Leaves the rest to another CPU, which then works on its own queue only. The cores share a cache, so that pays
    // only where the other one has nothing to do.
    bool tell_cpu(int cpu) {
        rq *there = cpu_rq(cpu);

        if (cpu == static_cast<int>(raw_smp_processor_id()) || !cpu_active(static_cast<unsigned>(cpu)) ||
            p_->sched_class == &stop_sched_class || !cpumask_test_cpu(static_cast<unsigned>(cpu), p_->cpus_ptr) ||
            READ_ONCE(there->nr_running))
            return false;
        p_->sched_remote_wakeup = (flags_ & WF_MIGRATED) != 0;
        p_->wake_entry.u_flags = CSD_TYPE_TTWU;
        WRITE_ONCE(there->ttwu_pending, 1);
        __smp_call_single_queue(cpu, &p_->wake_entry.llist);
        return true;
    }

    void place(int cpu) {
        if (cpu != static_cast<int>(task_cpu(p_))) {
            flags_ |= WF_MIGRATED;
            set_task_cpu(p_, static_cast<unsigned>(cpu));
        }
        if (tell_cpu(cpu))
            return;
        rq *there = cpu_rq(cpu);
        hold l(there->lock);
        update_rq_clock(there);
        queue_woken(there, p_, flags_);
    }

    task_struct *p_;
    int flags_;
};

} // namespace

// From the call-function interrupt: what other CPUs told this one.
extern "C" void sched_ttwu_pending(void *arg) {
    rq *here = this_rq();
    hold_irqsave l(here->lock);

    update_rq_clock(here);
    for (llist_node *at = static_cast<llist_node *>(arg), *after; at; at = after) {
        task_struct *p = container_of(at, task_struct, wake_entry.llist);

        after = at->next;
        if (WARN_ON_ONCE(READ_ONCE(p->on_cpu)))
            wait_until_off_cpu(p);
        if (WARN_ON_ONCE(task_rq(p) != here))
            set_task_cpu(p, static_cast<unsigned>(cpu_of(here)));
        queue_woken(here, p, p->sched_remote_wakeup ? WF_MIGRATED : 0);
    }
    WRITE_ONCE(here->ttwu_pending, 0);
}

int try_to_wake_up(task_struct *p, unsigned int state, int wake_flags) {
    waking w(p, wake_flags);
    preempt_off stay;

    if (p == current) { // nothing else changes its state while it runs here
        const bool wanted = READ_ONCE(p->__state) & state;
        if (wanted)
            w.run_on_this_cpu();
        return wanted;
    }
    hold_irqsave l(p->pi_lock);
    smp_mb__after_spinlock(); // the caller's condition before the task's state
    const bool wanted = READ_ONCE(p->__state) & state;
    if (wanted)
        w.run();
    return wanted;
}

int wake_up_state(struct task_struct *p, unsigned int state) {
    order_tell(signal, p);
    return try_to_wake_up(p, state, 0);
}

int wake_up_process(struct task_struct *p) {
    return wake_up_state(p, TASK_NORMAL);
}
EXPORT_SYMBOL(wake_up_process);

// The first time: like a wake-up, but the task has run nowhere, and has no vruntime that could be moved along.
void wake_up_new_task(struct task_struct *p) {
    hold_irqsave task(p->pi_lock);
    const int parent_cpu = static_cast<int>(task_cpu(p));

    WRITE_ONCE(p->__state, TASK_RUNNING);
    p->recent_used_cpu = parent_cpu;
    p->wake_cpu = choose_cpu(p, parent_cpu, WF_FORK);
    WRITE_ONCE(p->thread_info.cpu, static_cast<u32>(p->wake_cpu));

    rq *r = cpu_rq(p->wake_cpu);
    hold queue(r->lock);
    update_rq_clock(r);
    if (is_fair(p))
        task_fork_fair(r, p);
    activate_task(r, p, ENQUEUE_INITIAL);
    trace_event3(sched_process_new, p->pid, p->prio, p->wake_cpu, p->comm);
    check_preempt_curr(r, p, WF_FORK);
    tell_class(r, p);
}

void kick_process(struct task_struct *p) {
    preempt_off stay;
    const auto cpu = task_cpu(p);

    if (cpu != smp_processor_id() && task_curr(p))
        smp_send_reschedule(static_cast<int>(cpu));
}
EXPORT_SYMBOL_GPL(kick_process);

// ---- wake-ups that are collected under a lock and made after it ----

void wake_q_add(struct wake_q_head *head, struct task_struct *task) {
    wake_q_node *expected = nullptr;

    // Already on somebody's list: that wake-up is still to come, and serves for this one as well.
    if (!__atomic_compare_exchange_n(&task->wake_q.next, &expected, WAKE_Q_TAIL, false, __ATOMIC_SEQ_CST,
                                     __ATOMIC_RELAXED))
        return;
    get_task_struct(task);
    *head->lastp = &task->wake_q;
    head->lastp = &task->wake_q.next;
}

void wake_q_add_safe(struct wake_q_head *head, struct task_struct *task) {
    wake_q_add(head, task);
    put_task_struct(task);
}

// Takes the task off: from here on it can be put on a list again.
static task_struct *take_first(wake_q_node *&first) {
    task_struct *task = container_of(first, task_struct, wake_q);

    first = first->next;
    WRITE_ONCE(task->wake_q.next, static_cast<wake_q_node *>(nullptr));
    return task;
}

void wake_up_q(struct wake_q_head *head) {
    for (wake_q_node *rest = head->first; rest != WAKE_Q_TAIL;) {
        task_struct *task = take_first(rest);

        wake_up_process(task);
        put_task_struct(task);
    }
}

// ---- waiting until a task sleeps ----

namespace {

struct task_view {
    bool running, queued;
    unsigned long switches; // how often it went to sleep, never 0; 0: it is not in the state that was asked for
};

task_view look_at(task_struct *p, unsigned int wanted) {
    hold_task held(p);
    const bool matches = !wanted || READ_ONCE(p->__state) & wanted;

    return {task_on_cpu(held.queue(), p) || READ_ONCE(p->on_cpu), READ_ONCE(p->on_rq) != 0,
            matches ? p->nvcsw | 1UL << 63 : 0};
}

} // namespace

unsigned long wait_task_inactive(struct task_struct *p, unsigned int match_state) {
    for (;;) {
        // While it runs no lock is worth taking.
        if (READ_ONCE(p->on_cpu) && (!match_state || READ_ONCE(p->__state) & match_state)) {
            port_relax();
            continue;
        }
        const task_view view = look_at(p, match_state);

        if (!view.switches)
            return 0;
        if (view.running)
            port_relax();
        else if (view.queued)
            schedule_timeout_uninterruptible(1); // preempted on its way to sleep: give it a tick to get there
        else
            return view.switches;
    }
}
