// SPDX-License-Identifier: Apache-2.0
// Changing a task's class, priority and CPUs (Linux: in kernel/sched/core.c).
#include "kernel/sched/sched.h"

#include <linux/cpu.h>
#include <linux/debug_locks.h>
#include <linux/errno.h>
#include <linux/export.h>

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

// pi_lock and the run queue's lock held. Takes the task from its queue and puts it back under the new rules.
void change_task_class(rq *r, task_struct *p, int policy, int rt_priority, int static_prio) {
    const bool queued = task_on_rq_queued(p);
    const bool running = task_on_cpu(r, p);
    const sched_class *old_class = p->sched_class;
    const int old_prio = p->prio;

    update_rq_clock(r);
    if (queued)
        p->sched_class->dequeue_task(r, p, 0);
    if (running)
        p->sched_class->put_prev_task(r, p);

    p->policy = static_cast<unsigned>(policy);
    p->rt_priority = static_cast<unsigned>(rt_priority);
    p->static_prio = static_prio;
    p->normal_prio = is_rt_policy(policy) ? MAX_RT_PRIO - 1 - rt_priority : static_prio;
    p->prio = p->normal_prio;
    p->sched_class = is_rt_policy(policy) ? &rt_sched_class : &fair_sched_class;
    p->rt.time_slice = RR_TIMESLICE;
    set_load_weight(p);
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

void set_user_nice(struct task_struct *p, long nice) {
    unsigned long flags;

    if (nice < MIN_NICE || nice > MAX_NICE || task_nice(p) == nice)
        return;
    rq *r = task_rq_lock(p, &flags);
    const int static_prio = NICE_TO_PRIO(static_cast<int>(nice));
    if (is_fair(p))
        change_task_class(r, p, static_cast<int>(p->policy), 0, static_prio);
    else
        p->static_prio = static_prio; // takes effect when it comes back to the fair class
    task_rq_unlock(r, p, flags);
}
EXPORT_SYMBOL(set_user_nice);

static int set_scheduler(task_struct *p, int policy, int priority, int nice) {
    unsigned long flags;

    policy &= ~SCHED_RESET_ON_FORK;
    if (!is_rt_policy(policy) && !is_fair_policy(policy))
        return -EINVAL;
    if (is_rt_policy(policy) ? priority < 1 || priority > MAX_RT_PRIO - 1 : priority != 0)
        return -EINVAL;
    if (p->sched_class == &stop_sched_class)
        return -EINVAL;

    rq *r = task_rq_lock(p, &flags);
    change_task_class(r, p, policy, priority, nice == MAX_NICE + 1 ? p->static_prio : NICE_TO_PRIO(nice));
    if (r->push_rt) {
        r->push_rt = false;
        push_rt_tasks(r);
    }
    task_rq_unlock(r, p, flags);
    return 0;
}

constexpr int keep_nice = MAX_NICE + 1;

int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param) {
    return set_scheduler(p, policy, param->sched_priority, keep_nice);
}
EXPORT_SYMBOL_GPL(sched_setscheduler);

int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param) {
    return set_scheduler(p, policy, param->sched_priority, keep_nice);
}
EXPORT_SYMBOL_GPL(sched_setscheduler_nocheck);

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

// The thread of stop_machine: before all real-time tasks.
void sched_set_stop_task(int cpu, task_struct *stop) {
    rq *r = cpu_rq(cpu);
    unsigned long flags;

    raw_spin_lock_irqsave(&stop->pi_lock, flags);
    raw_spin_lock(&r->lock);
    // It does not run yet, so there is no queue to take it from.
    stop->policy = SCHED_FIFO;
    stop->rt_priority = MAX_RT_PRIO - 1;
    stop->prio = stop->normal_prio = 0;
    stop->sched_class = &stop_sched_class;
    r->stop = stop;
    raw_spin_unlock(&r->lock);
    raw_spin_unlock_irqrestore(&stop->pi_lock, flags);
}

// ---- affinity ----

void do_set_cpus_allowed_locked(task_struct *p, const cpumask *mask) {
    cpumask_copy(&p->cpus_mask, mask);
    p->nr_cpus_allowed = static_cast<int>(cpumask_weight(mask));
}

void do_set_cpus_allowed(struct task_struct *p, const struct cpumask *new_mask) {
    unsigned long flags;
    rq *r = task_rq_lock(p, &flags);

    do_set_cpus_allowed_locked(p, new_mask);
    task_rq_unlock(r, p, flags);
}

struct migration_arg {
    task_struct *task;
    int dest_cpu;
};

// In the stopper of the CPU that the task was on: it cannot run there now.
static int migration_cpu_stop(void *data) {
    migration_arg *arg = static_cast<migration_arg *>(data);
    task_struct *p = arg->task;
    rq *r = this_rq();
    unsigned long flags;

    raw_spin_lock_irqsave(&p->pi_lock, flags);
    raw_spin_lock(&r->lock);
    if (task_rq(p) == r && !is_cpu_allowed(p, cpu_of(r)) && is_cpu_allowed(p, arg->dest_cpu)) {
        if (task_on_rq_queued(p)) {
            rq *dest = cpu_rq(arg->dest_cpu);

            double_lock_balance(r, dest);
            if (task_rq(p) == r && task_on_rq_queued(p) && !task_on_cpu(r, p)) {
                update_rq_clock(r);
                move_queued_task_locked(r, dest, p);
                check_preempt_curr(dest, p, 0);
            }
            double_unlock_balance(r, dest);
        } else {
            p->wake_cpu = arg->dest_cpu;
        }
    }
    raw_spin_unlock(&r->lock);
    raw_spin_unlock_irqrestore(&p->pi_lock, flags);
    return 0;
}

// Called with pi_lock and the run queue's lock; drops both. Sees that the task ends up on a CPU that it may use.
static int affine_move_task(rq *r, task_struct *p, unsigned long flags, int dest_cpu) {
    if (cpumask_test_cpu(task_cpu(p), &p->cpus_mask) || p->migration_disabled) {
        task_rq_unlock(r, p, flags);
        return 0;
    }
    if (task_on_cpu(r, p) || READ_ONCE(p->__state) == TASK_WAKING || READ_ONCE(p->on_cpu)) {
        migration_arg arg = {p, dest_cpu};
        const unsigned int cpu = static_cast<unsigned>(cpu_of(r));

        get_task_struct(p);
        task_rq_unlock(r, p, flags);
        stop_one_cpu(cpu, migration_cpu_stop, &arg);
        put_task_struct(p);
        return 0;
    }
    if (task_on_rq_queued(p)) {
        rq *dest = cpu_rq(dest_cpu);

        // pi_lock keeps it from being woken elsewhere, so dropping the queue's lock is safe if the queue is checked
        // again.
        double_lock_balance(r, dest);
        if (task_rq(p) == r && task_on_rq_queued(p) && !task_on_cpu(r, p)) {
            update_rq_clock(r);
            move_queued_task_locked(r, dest, p);
            check_preempt_curr(dest, p, 0);
        }
        double_unlock_balance(r, dest);
    }
    task_rq_unlock(r, p, flags);
    return 0;
}

int set_cpus_allowed_ptr(struct task_struct *p, const struct cpumask *new_mask) {
    unsigned long flags;
    rq *r = task_rq_lock(p, &flags);
    const cpumask *usable = (p->flags & PF_KTHREAD) ? cpu_online_mask : cpu_active_mask;
    const unsigned int dest_cpu = cpumask_any_and(usable, new_mask);

    // Binding by PF_NO_SETAFFINITY holds against users; whoever calls this knows what it does.
    if (dest_cpu >= nr_cpu_ids) {
        task_rq_unlock(r, p, flags);
        return -EINVAL;
    }
    do_set_cpus_allowed_locked(p, new_mask);
    return affine_move_task(r, p, flags, static_cast<int>(dest_cpu));
}
EXPORT_SYMBOL_GPL(set_cpus_allowed_ptr);

void migrate_disable(void) {
    task_struct *p = current;

    if (p->migration_disabled) {
        p->migration_disabled++;
        return;
    }
    preempt_disable();
    this_rq()->nr_pinned++; // only ever changed on its own CPU
    p->migration_disabled = 1;
    p->cpus_ptr = cpumask_of(smp_processor_id());
    preempt_enable();
}
EXPORT_SYMBOL_GPL(migrate_disable);

void migrate_enable(void) {
    task_struct *p = current;

    if (p->migration_disabled > 1) {
        p->migration_disabled--;
        return;
    }
    if (WARN_ON_ONCE(!p->migration_disabled))
        return;
    preempt_disable();
    p->cpus_ptr = &p->cpus_mask;
    barrier();
    p->migration_disabled = 0;
    this_rq()->nr_pinned--;
    preempt_enable();

    // The mask may have changed meanwhile.
    unsigned long flags;
    rq *r = task_rq_lock(p, &flags);
    const unsigned int dest_cpu = cpumask_any_and(cpu_online_mask, &p->cpus_mask);
    affine_move_task(r, p, flags, static_cast<int>(dest_cpu));
}
EXPORT_SYMBOL_GPL(migrate_enable);
