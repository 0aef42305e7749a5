// SPDX-License-Identifier: Apache-2.0
// Changing a task's class, priority and CPUs (Linux: in kernel/sched/core.c).
#include "kernel/sched/sched.h"

#include <linux/cpu.h>
#include <linux/debug_locks.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <uapi/linux/sched/types.h>

// Weight of each nice level, -20 first: about 1.25 times the next one.
static const unsigned int nice_weight[NICE_WIDTH] = {
    88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904,
    3906,  3121,  2501,  1991,  1586,  1277,  1024,  820,   655,   526,   423,  335,  272,  215,
    172,   137,   110,   87,    70,    56,    45,    36,    29,    23,    18,   15,
};

void set_load_weight(task_struct *p) {
    p->se.load.weight = p->policy == SCHED_IDLE ? idle_policy_load : nice_weight[p->static_prio - MAX_RT_PRIO];
    p->se.load.inv_weight = static_cast<u32>((1ULL << 32) / p->se.load.weight);
}

static bool is_rt_policy(int policy) {
    return policy == SCHED_FIFO || policy == SCHED_RR;
}

static bool is_fair_policy(int policy) {
    return policy == SCHED_NORMAL || policy == SCHED_BATCH || policy == SCHED_IDLE;
}

// pi_lock and the run queue's lock held. Takes the task from its queue, lets `change` say what it is worth by itself,
// and puts it back under the rules of what it is worth now, which may be inherited.
template <class Change>
static void requeue_changed(rq *r, task_struct *p, Change change) {
    const bool queued = task_on_rq_queued(p);
    const bool running = task_on_cpu(r, p);
    const sched_class *old_class = p->sched_class;
    const int old_prio = p->prio;

    update_rq_clock(r);
    if (queued)
        p->sched_class->dequeue_task(r, p, 0);
    if (running)
        p->sched_class->put_prev_task(r, p);

    change();
    p->prio = p->pi_boost ? min(p->normal_prio, static_cast<int>(MAX_RT_PRIO - p->pi_boost)) : p->normal_prio;
    p->sched_class = rt_prio(p->prio) ? &rt_sched_class : &fair_sched_class;
    if (old_class != p->sched_class) {
        if (old_class->switched_from)
            old_class->switched_from(r, p);
        if (p->sched_class->switched_to)
            p->sched_class->switched_to(r, p);
    }

    if (queued)
        p->sched_class->enqueue_task(r, p, old_prio < p->prio ? ENQUEUE_HEAD : 0);
    if (running)
        p->sched_class->set_next_task(r, p);

    if (!queued)
        return;
    // Running and now worth less, or waiting and now worth more: choose again.
    if (running) {
        if (p->prio > old_prio || old_class->rank < p->sched_class->rank)
            resched_curr(r);
    } else {
        check_preempt_curr(r, p, 0);
    }
}

void change_task_class(rq *r, task_struct *p, int policy, int rt_priority, int static_prio) {
    requeue_changed(r, p, [=] {
        p->policy = static_cast<unsigned>(policy);
        p->rt_priority = static_cast<unsigned>(rt_priority);
        p->static_prio = static_prio;
        p->normal_prio = is_rt_policy(policy) ? MAX_RT_PRIO - 1 - rt_priority : static_prio;
        p->rt.time_slice = sched_rr_timeslice;
        set_load_weight(p);
    });
}

static void push_if_asked(rq *r) {
    if (r->push_rt) {
        r->push_rt = false;
        push_rt_tasks(r);
    }
}

bool sched_inherit_prio(task_struct *p, int prio) {
    const auto boost = static_cast<unsigned>(MAX_RT_PRIO - prio);
    hold_task held(p);

    if (p->pi_boost == boost)
        return false;
    requeue_changed(held.queue(), p, [=] { p->pi_boost = boost; });
    push_if_asked(held.queue());
    return true;
}

void set_user_nice(struct task_struct *p, long nice) {
    if (nice < MIN_NICE || nice > MAX_NICE || task_nice(p) == nice)
        return;
    hold_task held(p);
    const int static_prio = NICE_TO_PRIO(static_cast<int>(nice));
    if (p->policy == SCHED_FIFO || p->policy == SCHED_RR)
        p->static_prio = static_prio; // takes effect when it comes back to the fair class
    else
        change_task_class(held.queue(), p, static_cast<int>(p->policy), 0, static_prio);
}
EXPORT_SYMBOL(set_user_nice);

static int set_scheduler(task_struct *p, int policy, int priority, int nice) {
    policy &= ~SCHED_RESET_ON_FORK;
    if (!is_rt_policy(policy) && !is_fair_policy(policy))
        return -EINVAL;
    if (is_rt_policy(policy) ? priority < 1 || priority > MAX_RT_PRIO - 1 : priority != 0)
        return -EINVAL;
    if (p->sched_class == &stop_sched_class)
        return -EINVAL;

    {
        hold_task held(p);
        change_task_class(held.queue(), p, policy, priority,
                          nice == MAX_NICE + 1 ? p->static_prio : NICE_TO_PRIO(nice));
        push_if_asked(held.queue());
    }
    rt_mutex_adjust_pi(p);
    return 0;
}

constexpr int keep_nice = MAX_NICE + 1;

int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param) {
    return set_scheduler(p, policy, param->sched_priority, keep_nice);
}

int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param) {
    return set_scheduler(p, policy, param->sched_priority, keep_nice);
}

// SCHED_IDLE keeps the nice level that it is told, too.
int sched_setattr_nocheck(struct task_struct *p, const struct sched_attr *attr) {
    const int policy = static_cast<int>(attr->sched_policy);
    const int nice = clamp(attr->sched_nice, MIN_NICE, MAX_NICE);

    return set_scheduler(p, policy, static_cast<int>(attr->sched_priority), is_fair_policy(policy) ? nice : keep_nice);
}
EXPORT_SYMBOL_GPL(sched_setattr_nocheck);

void sched_set_fifo(struct task_struct *p) {
    WARN_ON_ONCE(set_scheduler(p, SCHED_FIFO, MAX_RT_PRIO / 2, keep_nice) != 0);
}
EXPORT_SYMBOL_GPL(sched_set_fifo);

void sched_set_fifo_low(struct task_struct *p) {
    WARN_ON_ONCE(set_scheduler(p, SCHED_FIFO, 1, keep_nice) != 0);
}
EXPORT_SYMBOL_GPL(sched_set_fifo_low);

void sched_set_normal(struct task_struct *p, int nice) {
    WARN_ON_ONCE(set_scheduler(p, SCHED_NORMAL, 0, nice) != 0);
}
EXPORT_SYMBOL_GPL(sched_set_normal);

// The thread of stop_machine: before all real-time tasks. It does not run yet, so there is no queue to take it from.
void sched_set_stop_task(int cpu, task_struct *stop) {
    rq *r = cpu_rq(cpu);
    hold_irqsave task(stop->pi_lock);
    hold queue(r->lock);

    stop->sched_class = &stop_sched_class;
    stop->policy = SCHED_FIFO;
    stop->rt_priority = MAX_RT_PRIO - 1;
    stop->normal_prio = 0;
    stop->prio = 0;
    r->stop = stop;
}

// ---- affinity ----

void do_set_cpus_allowed_locked(task_struct *p, const cpumask *mask) {
    cpumask_copy(&p->cpus_mask, mask);
    p->nr_cpus_allowed = static_cast<int>(cpumask_weight(mask));
}

void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *new_mask) {
    hold_task held(p);

    do_set_cpus_allowed_locked(p, new_mask);
}

// A task that is where it may not be any more, and where it is to go instead.
struct relocation {
    task_struct *task;
    int dest_cpu;
};

// It is queued and does not run. Its pi_lock, which keeps it from being woken elsewhere, and its queue's lock are held;
// the second may be dropped meanwhile, so whether it is still there is looked at again.
static void move_waiting(rq *r, const relocation &to) {
    rq *dest = cpu_rq(to.dest_cpu);

    double_lock_balance(r, dest);
    if (task_rq(to.task) == r && task_on_rq_queued(to.task) && !task_on_cpu(r, to.task)) {
        update_rq_clock(r);
        move_queued_task_locked(r, dest, to.task);
        check_preempt_curr(dest, to.task, 0);
    }
    double_unlock_balance(r, dest);
}

// In the stopper of the CPU that the task was on: it cannot run there now.
static int migration_cpu_stop(void *data) {
    const relocation &to = *static_cast<relocation *>(data);
    rq *here = this_rq();
    hold_irqsave task(to.task->pi_lock);
    hold queue(here->lock);

    if (task_rq(to.task) != here || is_cpu_allowed(to.task, cpu_of(here)) || !is_cpu_allowed(to.task, to.dest_cpu))
        return 0; // it has moved already, or may stay after all
    if (task_on_rq_queued(to.task))
        move_waiting(here, to);
    else
        to.task->wake_cpu = to.dest_cpu; // asleep: it goes there when it is woken
    return 0;
}

// Sees that the task ends up on a CPU that it may use, and gives the locks back.
static int affine_move_task(hold_task &held, const relocation &to) {
    task_struct *p = to.task;
    rq *r = held.queue();

    if (p->migration_disabled || cpumask_test_cpu(task_cpu(p), &p->cpus_mask))
        return 0;
    const bool has_cpu = task_on_cpu(r, p) || READ_ONCE(p->on_cpu) || READ_ONCE(p->__state) == TASK_WAKING;
    if (!has_cpu) {
        if (task_on_rq_queued(p))
            move_waiting(r, to);
        return 0;
    }
    relocation order = to;
    get_task_struct(p);
    held.release();
    stop_one_cpu(static_cast<unsigned>(cpu_of(r)), migration_cpu_stop, &order);
    put_task_struct(p);
    return 0;
}

int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *new_mask) {
    hold_task held(p);
    const cpumask *usable = (p->flags & PF_KTHREAD) ? cpu_online_mask : cpu_active_mask;
    const unsigned int dest_cpu = cpumask_any_and(usable, new_mask);

    // Binding by PF_NO_SETAFFINITY holds against users; the callers of this know what they do.
    if (dest_cpu >= nr_cpu_ids)
        return -EINVAL;
    do_set_cpus_allowed_locked(p, new_mask);
    return affine_move_task(held, {p, static_cast<int>(dest_cpu)});
}
EXPORT_SYMBOL_GPL(set_cpus_allowed_ptr);

// Binds the task to this CPU, and frees it. Only its own CPU counts the tasks that are bound so.
static void pin_here(task_struct *p) {
    preempt_off stay;

    this_rq()->nr_pinned++;
    p->cpus_ptr = cpumask_of(smp_processor_id());
    p->migration_disabled = 1;
}

static void unpin(task_struct *p) {
    preempt_off stay;

    p->cpus_ptr = &p->cpus_mask;
    barrier();
    p->migration_disabled = 0;
    this_rq()->nr_pinned--;
}

void migrate_disable(void) {
    if (current->migration_disabled)
        current->migration_disabled++;
    else
        pin_here(current);
}
EXPORT_SYMBOL_GPL(migrate_disable);

void migrate_enable(void) {
    task_struct *p = current;

    if (WARN_ON_ONCE(!p->migration_disabled))
        return;
    if (p->migration_disabled > 1) {
        p->migration_disabled--;
        return;
    }
    unpin(p);
    hold_task held(p);
    // The mask may have changed meanwhile.
    affine_move_task(held, {p, static_cast<int>(cpumask_any_and(cpu_online_mask, &p->cpus_mask))});
}
EXPORT_SYMBOL_GPL(migrate_enable);
