// SPDX-License-Identifier: Apache-2.0
// Tasks of a CPU that goes down (Linux: in kernel/sched/core.c). From deactivation on, nothing chooses the CPU for a
// task that may run elsewhere; what is still queued there is moved when the CPU's own threads are parked, and only then
// is the CPU stopped.
#include "kernel/sched/sched.h"

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/rcupdate.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>

int sched_cpu_activate(unsigned int cpu) {
    set_cpu_active(cpu, true);
    return 0;
}

// In cpuhp/N, like the next one.
int sched_cpu_deactivate(unsigned int cpu) {
    set_cpu_active(cpu, false);
    // A task that saw the CPU active in a section with preemption disabled has queued its task when this returns.
    synchronize_rcu();
    return 0;
}

static bool must_stay(const task_struct *p) {
    return p->migration_disabled || kthread_is_per_cpu(const_cast<task_struct *>(p));
}

// Any task that is queued here, does not run and may leave. The run queue is locked.
static task_struct *find_movable(rq *r) {
    sched_rt_entity *entity;
    int prio;

    for_each_set_bit (prio, r->rt.bitmap, MAX_RT_PRIO) {
        list_for_each_entry (entity, &r->rt.queue[prio], run_list) {
            task_struct *p = container_of(entity, task_struct, rt);
            if (!task_on_cpu(r, p) && !must_stay(p))
                return p;
        }
    }
    for (task_struct *p = last_fair_task(r); p; p = fair_task_before(p))
        if (!task_on_cpu(r, p) && !must_stay(p))
            return p;
    return nullptr;
}

// False: there was none.
static bool move_one(rq *r) {
    unsigned long flags;

    raw_spin_lock_irqsave(&r->lock, flags);
    task_struct *p = find_movable(r);
    if (!p) {
        raw_spin_unlock_irqrestore(&r->lock, flags);
        return false;
    }
    get_task_struct(p);
    raw_spin_unlock_irqrestore(&r->lock, flags);

    // pi_lock comes before the queue's lock; meanwhile the task may have run, slept or left.
    raw_spin_lock_irqsave(&p->pi_lock, flags);
    raw_spin_lock(&r->lock);
    if (task_rq(p) == r && task_on_rq_queued(p) && !task_on_cpu(r, p) && !must_stay(p)) {
        rq *to = cpu_rq(select_fallback_rq(p));
        double_lock_balance(r, to);
        if (task_rq(p) == r && task_on_rq_queued(p) && !task_on_cpu(r, p)) {
            update_rq_clock(r);
            move_queued_task_locked(r, to, p);
            check_preempt_curr(to, p, 0);
        }
        double_unlock_balance(r, to);
    }
    raw_spin_unlock(&r->lock);
    raw_spin_unlock_irqrestore(&p->pi_lock, flags);
    put_task_struct(p);
    return true;
}

// Until nothing but cpuhp/N itself is left; a task with migration disabled runs here until it enables it.
int sched_cpu_wait_empty(unsigned int cpu) {
    rq *r = cpu_rq(static_cast<int>(cpu));

    for (;;) {
        while (move_one(r))
            ;
        if (READ_ONCE(r->nr_running) == 1 && !READ_ONCE(r->nr_pinned))
            return 0;
        schedule_timeout_uninterruptible(1);
    }
}

// In the stopper, all CPUs stopped.
int sched_cpu_dying(unsigned int cpu) {
    rq *r = cpu_rq(static_cast<int>(cpu));

    WARN(r->nr_running != 1 || r->nr_pinned, "Dying CPU not properly vacated!");
    return 0;
}
