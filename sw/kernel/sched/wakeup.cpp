// SPDX-License-Identifier: Apache-2.0
// Waking tasks (Linux: try_to_wake_up and what belongs to it in kernel/sched/core.c).
#include "kernel/sched/sched.h"

#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/llist.h>
#include <linux/sched/task.h>
#include <linux/sched/wake_q.h>

bool is_cpu_allowed(const task_struct *p, int cpu) {
    if (!cpumask_test_cpu(static_cast<unsigned>(cpu), p->cpus_ptr))
        return false;
    if (!(p->flags & PF_KTHREAD) && !p->migration_disabled)
        return cpu_active(static_cast<unsigned>(cpu));
    // A CPU's own threads work there until they are parked; others do not come to one that goes down.
    if (!p->migration_disabled && !kthread_is_per_cpu(const_cast<task_struct *>(p)) &&
        cpu_dying(static_cast<unsigned>(cpu)))
        return false;
    return cpu_online(static_cast<unsigned>(cpu));
}

int select_fallback_rq(task_struct *p) {
    for (;;) {
        unsigned int cpu;

        for_each_cpu (cpu, p->cpus_ptr)
            if (is_cpu_allowed(p, static_cast<int>(cpu)))
                return static_cast<int>(cpu);
        // None of them is up: it may run anywhere from now on.
        do_set_cpus_allowed_locked(p, cpu_possible_mask);
        p->cpus_ptr = &p->cpus_mask;
    }
}

static int select_task_rq(task_struct *p, int prev_cpu, int wake_flags) {
    int cpu;

    if (p->nr_cpus_allowed > 1 && !p->migration_disabled)
        cpu = p->sched_class->select_task_rq(p, prev_cpu, wake_flags);
    else
        cpu = static_cast<int>(cpumask_any(p->cpus_ptr));
    if (likely(is_cpu_allowed(p, cpu)))
        return cpu;
    return select_fallback_rq(p);
}

static void mark_woken(rq *r, task_struct *p, int wake_flags) {
    check_preempt_curr(r, p, wake_flags);
    WRITE_ONCE(p->__state, TASK_RUNNING);
    trace_event3(sched_wakeup, p->pid, p->prio, task_cpu(p), p->comm);
    if (p->sched_class->task_woken)
        p->sched_class->task_woken(r, p);
}

static void ttwu_do_activate(rq *r, task_struct *p, int wake_flags) {
    if (p->in_iowait)
        p->in_iowait = 0;
    activate_task(r, p, ENQUEUE_WAKEUP);
    mark_woken(r, p, wake_flags);
}

// It has set its state but not left its queue yet: then the state is all there is to change.
static bool ttwu_runnable(task_struct *p, int wake_flags) {
    bool done = false;
    rq *r = task_rq(p);

    // It may be moved to another CPU until its queue is locked; pi_lock does not keep balancing CPUs from it.
    raw_spin_lock(&r->lock);
    while (unlikely(r != task_rq(p))) {
        raw_spin_unlock(&r->lock);
        r = task_rq(p);
        raw_spin_lock(&r->lock);
    }
    if (task_on_rq_queued(p)) {
        if (!task_on_cpu(r, p))
            update_rq_clock(r);
        mark_woken(r, p, wake_flags);
        done = true;
    }
    raw_spin_unlock(&r->lock);
    return done;
}

// From the call-function interrupt: tasks that other CPUs woke for this one.
extern "C" void sched_ttwu_pending(void *arg) {
    llist_node *list = static_cast<llist_node *>(arg);
    rq *r = this_rq();
    task_struct *p, *next;
    unsigned long flags;

    raw_spin_lock_irqsave(&r->lock, flags);
    update_rq_clock(r);
    llist_for_each_entry_safe(p, next, list, wake_entry.llist) {
        if (WARN_ON_ONCE(READ_ONCE(p->on_cpu)))
            while (READ_ONCE(p->on_cpu))
                port_relax();
        if (WARN_ON_ONCE(static_cast<int>(task_cpu(p)) != cpu_of(r)))
            set_task_cpu(p, static_cast<unsigned>(cpu_of(r)));
        ttwu_do_activate(r, p, p->sched_remote_wakeup ? WF_MIGRATED : 0);
    }
    WRITE_ONCE(r->ttwu_pending, 0);
    raw_spin_unlock_irqrestore(&r->lock, flags);
}

extern "C" void __smp_call_single_queue(int cpu, llist_node *node);

// Leaves the rest of the wake-up to the CPU itself: it touches its own run queue then, and this CPU need not wait for
// it.
static bool ttwu_queue_wakelist(task_struct *p, int cpu, int wake_flags) {
    if (cpu == static_cast<int>(raw_smp_processor_id()) || !cpu_active(static_cast<unsigned>(cpu)))
        return false;
    if (p->sched_class == &stop_sched_class || !cpumask_test_cpu(static_cast<unsigned>(cpu), p->cpus_ptr))
        return false;
    // The cores share a cache, so it pays only where the other one has nothing to do.
    if (READ_ONCE(cpu_rq(cpu)->nr_running))
        return false;
    p->sched_remote_wakeup = (wake_flags & WF_MIGRATED) != 0;
    WRITE_ONCE(cpu_rq(cpu)->ttwu_pending, 1);
    p->wake_entry.u_flags = CSD_TYPE_TTWU;
    __smp_call_single_queue(cpu, &p->wake_entry.llist);
    return true;
}

static void ttwu_queue(task_struct *p, int cpu, int wake_flags) {
    if (ttwu_queue_wakelist(p, cpu, wake_flags))
        return;
    rq *r = cpu_rq(cpu);
    raw_spin_lock(&r->lock);
    update_rq_clock(r);
    ttwu_do_activate(r, p, wake_flags);
    raw_spin_unlock(&r->lock);
}

int try_to_wake_up(task_struct *p, unsigned int state, int wake_flags) {
    unsigned long flags;
    int success = 0;

    preempt_disable();
    if (p == current) {
        // It runs, so it is on its queue; nobody else changes its state here.
        if (READ_ONCE(p->__state) & state) {
            trace_event3(sched_waking, p->pid, p->prio, task_cpu(p), p->comm);
            WRITE_ONCE(p->__state, TASK_RUNNING);
            trace_event3(sched_wakeup, p->pid, p->prio, task_cpu(p), p->comm);
            success = 1;
        }
        preempt_enable();
        return success;
    }

    raw_spin_lock_irqsave(&p->pi_lock, flags);
    smp_mb__after_spinlock(); // the caller's condition before the task's state
    if (READ_ONCE(p->__state) & state) {
        trace_event3(sched_waking, p->pid, p->prio, task_cpu(p), p->comm);
        success = 1;
        if (!READ_ONCE(p->on_rq) || !ttwu_runnable(p, wake_flags)) {
            WRITE_ONCE(p->__state, TASK_WAKING);
            // Still on its CPU's stack: that CPU can finish the job itself after the switch, so this one need not spin.
            if (!READ_ONCE(p->on_cpu) || !ttwu_queue_wakelist(p, static_cast<int>(task_cpu(p)), wake_flags)) {
                while (__atomic_load_n(&p->on_cpu, __ATOMIC_ACQUIRE))
                    port_relax();
                const int cpu = select_task_rq(p, p->wake_cpu, wake_flags | WF_TTWU);
                if (static_cast<int>(task_cpu(p)) != cpu) {
                    wake_flags |= WF_MIGRATED;
                    set_task_cpu(p, static_cast<unsigned>(cpu));
                }
                ttwu_queue(p, cpu, wake_flags);
            }
        }
    }
    raw_spin_unlock_irqrestore(&p->pi_lock, flags);
    preempt_enable();
    return success;
}

int wake_up_process(struct task_struct *p) {
    return try_to_wake_up(p, TASK_NORMAL, 0);
}
EXPORT_SYMBOL(wake_up_process);

int wake_up_state(struct task_struct *p, unsigned int state) {
    return try_to_wake_up(p, state, 0);
}

void wake_up_new_task(struct task_struct *p) {
    unsigned long flags;

    raw_spin_lock_irqsave(&p->pi_lock, flags);
    WRITE_ONCE(p->__state, TASK_RUNNING);
    p->recent_used_cpu = static_cast<int>(task_cpu(p));
    // Not set_task_cpu: it has no vruntime yet.
    const int cpu = select_task_rq(p, static_cast<int>(task_cpu(p)), WF_FORK);
    WRITE_ONCE(p->thread_info.cpu, static_cast<u32>(cpu));
    p->wake_cpu = cpu;
    rq *r = cpu_rq(cpu);
    raw_spin_lock(&r->lock);
    update_rq_clock(r);
    if (is_fair(p))
        task_fork_fair(r, p);
    activate_task(r, p, ENQUEUE_INITIAL);
    trace_event3(sched_process_new, p->pid, p->prio, cpu, p->comm);
    check_preempt_curr(r, p, WF_FORK);
    if (p->sched_class->task_woken)
        p->sched_class->task_woken(r, p);
    raw_spin_unlock(&r->lock);
    raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}

void kick_process(struct task_struct *p) {
    preempt_disable();
    const int cpu = static_cast<int>(task_cpu(p));
    if (cpu != static_cast<int>(smp_processor_id()) && task_curr(p))
        smp_send_reschedule(cpu);
    preempt_enable();
}
EXPORT_SYMBOL_GPL(kick_process);

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

void wake_up_q(struct wake_q_head *head) {
    wake_q_node *node = head->first;

    while (node != WAKE_Q_TAIL) {
        task_struct *task = container_of(node, struct task_struct, wake_q);

        node = node->next;
        WRITE_ONCE(task->wake_q.next, static_cast<wake_q_node *>(nullptr));
        wake_up_process(task);
        put_task_struct(task);
    }
}

unsigned long wait_task_inactive(struct task_struct *p, unsigned int match_state) {
    for (;;) {
        unsigned long flags;

        while (READ_ONCE(p->on_cpu)) {
            if (!(READ_ONCE(p->__state) & match_state) && match_state)
                return 0;
            port_relax();
        }
        rq *r = task_rq_lock(p, &flags);
        const bool running = task_on_cpu(r, p) || READ_ONCE(p->on_cpu);
        const bool queued = READ_ONCE(p->on_rq) != 0;
        unsigned long switches = 0;
        if (!match_state || (READ_ONCE(p->__state) & match_state))
            switches = p->nvcsw | (1UL << 63);
        task_rq_unlock(r, p, flags);
        if (!switches)
            return 0;
        if (running) {
            port_relax();
            continue;
        }
        if (!queued)
            return switches;
        // It was preempted on its way to sleep: give it a tick to get there.
        schedule_timeout_uninterruptible(1);
    }
}
