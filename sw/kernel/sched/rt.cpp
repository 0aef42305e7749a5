// SPDX-License-Identifier: Apache-2.0
// SCHED_FIFO and SCHED_RR (Linux: kernel/sched/rt.c). The best queued task of each CPU runs; one that cannot run where
// it is goes to a CPU that runs something less important: pushed when it is woken or passed over, pulled when a CPU
// lowers its priority.
#include "kernel/sched/sched.h"

#include <linux/ktime.h>
#include <linux/printk.h>
#include <linux/sched/task.h>

unsigned int sched_rr_timeslice = RR_TIMESLICE;
// No more than so much of each period.
rt_limits sched_rt_limits = {1000000, 950000};

namespace {

int overloaded_cpus; // CPUs with a real-time task to give away; only a hint

task_struct *task_of(sched_rt_entity *rt) {
    return container_of(rt, task_struct, rt);
}

bool is_pushable(const rq *r, const task_struct *p) {
    return !task_on_cpu(r, p) && p->nr_cpus_allowed > 1 && !p->migration_disabled;
}

// The best task that waits here and may go elsewhere.
task_struct *pick_pushable(rq *r) {
    int prio;

    if (r->rt.rt_nr_running < 2 && (r->curr->sched_class == &rt_sched_class || !r->rt.rt_nr_running))
        return nullptr;
    for_each_set_bit (prio, r->rt.bitmap, MAX_RT_PRIO) {
        sched_rt_entity *entity;

        list_for_each_entry (entity, &r->rt.queue[prio], run_list)
            if (is_pushable(r, task_of(entity)))
                return task_of(entity);
    }
    return nullptr;
}

void update_queue_state(rt_rq *rt) {
    const int first = static_cast<int>(find_first_bit(rt->bitmap, MAX_RT_PRIO));

    WRITE_ONCE(rt->highest_prio, first < MAX_RT_PRIO ? first : MAX_RT_PRIO);
}

// ---- bandwidth ----

enum hrtimer_restart period_over(hrtimer *timer) {
    rt_rq *rt = container_of(timer, rt_rq, period_timer);
    rq *r = container_of(rt, rq, rt);
    unsigned long flags;

    raw_spin_lock_irqsave(&r->lock, flags);
    update_rq_clock(r);
    rt->rt_time = 0;
    rt->period_start = r->clock;
    rt->throttled = false;
    if (rt->rt_nr_running)
        resched_curr(r);
    raw_spin_unlock_irqrestore(&r->lock, flags);
    return HRTIMER_NORESTART;
}

void account_bandwidth(rq *r, u64 delta) {
    rt_rq *rt = &r->rt;
    const u64 rt_period = static_cast<u64>(sched_rt_limits.period_us) * NSEC_PER_USEC;
    const u64 rt_runtime =
        sched_rt_limits.runtime_us < 0 ? ~0ull : static_cast<u64>(sched_rt_limits.runtime_us) * NSEC_PER_USEC;

    if (r->clock - rt->period_start >= rt_period) {
        rt->period_start = r->clock - delta;
        rt->rt_time = 0;
    }
    rt->rt_time += delta;
    if (rt->throttled || rt->rt_time <= rt_runtime)
        return;
    static bool said;
    if (!said) {
        said = true;
        printk_deferred("sched: RT throttling activated\n");
    }
    rt->throttled = true;
    const u64 end = rt->period_start + rt_period;
    hrtimer_start(&rt->period_timer, ns_to_ktime(end > r->clock ? end - r->clock : 1), HRTIMER_MODE_REL_PINNED_HARD);
    resched_curr(r);
}

// What the current task has run since this was last called, if it is one of this class.
void update_curr_rt(rq *r) {
    task_struct &running = *r->curr;
    sched_entity &se = running.se;

    if (running.sched_class == &rt_sched_class && se.exec_start < r->clock) {
        const u64 ran = r->clock - se.exec_start;
        se.sum_exec_runtime += ran;
        se.exec_start += ran;
        account_bandwidth(r, ran);
    }
}

// ---- the queue ----

void enqueue_task_rt(rq *r, task_struct *p, int flags) {
    rt_rq *rt = &r->rt;

    if (flags & ENQUEUE_HEAD)
        list_add(&p->rt.run_list, &rt->queue[p->prio]);
    else
        list_add_tail(&p->rt.run_list, &rt->queue[p->prio]);
    __set_bit(p->prio, rt->bitmap);
    p->rt.on_rq = 1;
    if (++rt->rt_nr_running == 2)
        __atomic_fetch_add(&overloaded_cpus, 1, __ATOMIC_RELAXED);
    if (p->policy == SCHED_RR)
        rt->rr_nr_running++;
    update_queue_state(rt);
}

void dequeue_task_rt(rq *r, task_struct *p, int flags) {
    rt_rq *rt = &r->rt;

    update_curr_rt(r);
    list_del_init(&p->rt.run_list);
    if (list_empty(&rt->queue[p->prio]))
        __clear_bit(p->prio, rt->bitmap);
    p->rt.on_rq = 0;
    if (--rt->rt_nr_running == 1)
        __atomic_fetch_sub(&overloaded_cpus, 1, __ATOMIC_RELAXED);
    if (p->policy == SCHED_RR)
        rt->rr_nr_running--;
    update_queue_state(rt);
}

void requeue_tail(rq *r, task_struct *p) {
    list_move_tail(&p->rt.run_list, &r->rt.queue[p->prio]);
}

void yield_task_rt(rq *r) {
    requeue_tail(r, r->curr);
}

void check_preempt_curr_rt(rq *r, task_struct *p, int wake_flags) {
    if (p->prio < r->curr->prio)
        resched_curr(r);
}

void set_next_task_rt(rq *r, task_struct *p) {
    p->se.exec_start = r->clock;
    if (r->rt.rt_nr_running > 1)
        r->push_rt = true;
}

task_struct *pick_next_task_rt(rq *r) {
    rt_rq *rt = &r->rt;

    if (!rt_is_runnable(rt))
        return nullptr;
    task_struct *p = task_of(list_first_entry(&rt->queue[rt->highest_prio], sched_rt_entity, run_list));
    set_next_task_rt(r, p);
    return p;
}

void put_prev_task_rt(rq *r, task_struct *p) {
    update_curr_rt(r);
}

void task_tick_rt(rq *r, task_struct *p) {
    update_curr_rt(r);
    const bool turn_over = p->policy == SCHED_RR && --p->rt.time_slice == 0;
    if (!turn_over)
        return;
    p->rt.time_slice = sched_rr_timeslice;
    if (list_is_singular(&r->rt.queue[p->prio]))
        return; // nothing else has this priority
    requeue_tail(r, p);
    resched_curr(r);
}

void switched_to_rt(rq *r, task_struct *p) {
    if (!task_on_cpu(r, p) && p->nr_cpus_allowed > 1)
        r->push_rt = true;
}

// ---- other CPUs ----

// What a CPU runs best: idle and fair tasks count the same.
int cpu_priority(const rq *r) {
    const int curr_prio = READ_ONCE(r->curr)->prio;
    const int queued = READ_ONCE(r->rt.highest_prio);

    if (curr_prio >= MAX_RT_PRIO)
        return queued;
    return curr_prio < queued ? curr_prio : queued;
}

// A CPU that runs something less important than `p`: of those that run the least important, the one that `p` was on,
// then this one. -1: none.
int find_lowest_rq(const task_struct *p) {
    const int this_cpu = static_cast<int>(raw_smp_processor_id());
    const int task_cpu_nr = static_cast<int>(task_cpu(p));
    int best = -1;
    int best_prio = p->prio;
    int cpu;

    for_each_online_cpu (cpu) {
        if (!is_cpu_allowed(p, cpu))
            continue;
        const int prio = cpu_priority(cpu_rq(cpu));
        if (prio <= p->prio || prio < best_prio)
            continue;
        if (prio > best_prio || cpu == task_cpu_nr || (cpu == this_cpu && best != task_cpu_nr)) {
            best = cpu;
            best_prio = prio;
        }
    }
    return best;
}

// `p` would wait for the task that runs, or that one would have to leave and cannot.
bool has_to_wait_for(const task_struct *running, const task_struct *p) {
    return rt_prio(running->prio) && (running->prio <= p->prio || running->nr_cpus_allowed < 2);
}

int select_task_rq_rt(task_struct *p, int prev_cpu, int wake_flags) {
    if (has_to_wait_for(READ_ONCE(cpu_rq(prev_cpu)->curr), p) || !is_cpu_allowed(p, prev_cpu)) {
        const int lowest = find_lowest_rq(p);

        if (lowest >= 0 && p->prio < READ_ONCE(cpu_rq(lowest)->rt.highest_prio))
            return lowest;
    }
    return prev_cpu;
}

// Gives the best waiting task away. False: none, or nothing takes it. The lock may be dropped meanwhile.
bool push_rt_task(rq *r) {
    task_struct *p = pick_pushable(r);

    if (!p)
        return false;
    // It is about to run here.
    if (p->prio < r->curr->prio && !r->rt.throttled) {
        resched_curr(r);
        return false;
    }
    const int cpu = find_lowest_rq(p);
    if (cpu < 0 || cpu == cpu_of(r))
        return false;

    rq *lowest = cpu_rq(cpu);
    get_task_struct(p);
    const bool dropped = double_lock_balance(r, lowest);
    bool moved = false;
    // The world may have changed while the lock was dropped.
    const bool still_here = !dropped || (task_rq(p) == r && task_on_rq_queued(p) && p->sched_class == &rt_sched_class &&
                                         is_pushable(r, p) && is_cpu_allowed(p, cpu));
    if (still_here && p->prio < cpu_priority(lowest)) {
        move_queued_task_locked(r, lowest, p);
        resched_curr(lowest);
        moved = true;
    }
    double_unlock_balance(r, lowest);
    put_task_struct(p);
    return moved || dropped;
}

void pull_rt_task(rq *self) {
    int cpu;

    if (!READ_ONCE(overloaded_cpus))
        return;
    for_each_online_cpu (cpu) {
        rq *src = cpu_rq(cpu);

        if (src == self || READ_ONCE(src->rt.rt_nr_running) < 2)
            continue;
        double_lock_balance(self, src);
        task_struct *p = pick_pushable(src);
        // Better than anything here, and not just about to run there.
        if (p && p->prio < self->rt.highest_prio && p->prio >= src->curr->prio && is_cpu_allowed(p, cpu_of(self)))
            move_queued_task_locked(src, self, p);
        double_unlock_balance(self, src);
    }
}

void balance_rt(rq *r, task_struct *prev) {
    if (r->rt.highest_prio > prev->prio)
        pull_rt_task(r);
}

void task_woken_rt(rq *r, task_struct *p) {
    task_struct *curr = r->curr;

    if (p == curr || p->nr_cpus_allowed < 2 || test_tsk_need_resched(curr))
        return;
    if (has_to_wait_for(curr, p))
        push_rt_tasks(r);
}

} // namespace

bool rt_is_runnable(const rt_rq *rt) {
    return rt->rt_nr_running && !rt->throttled;
}

void push_rt_tasks(rq *r) {
    while (push_rt_task(r))
        ;
}

void init_rt_rq(rt_rq *rt, int cpu) {
    for (auto &queue : rt->queue)
        INIT_LIST_HEAD(&queue);
    rt->highest_prio = MAX_RT_PRIO;
    hrtimer_init(&rt->period_timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
    rt->period_timer.function = period_over;
}

const sched_class rt_sched_class = {
    1,
    enqueue_task_rt,
    dequeue_task_rt,
    yield_task_rt,
    check_preempt_curr_rt,
    pick_next_task_rt,
    put_prev_task_rt,
    set_next_task_rt,
    balance_rt,
    select_task_rq_rt,
    task_woken_rt,
    task_tick_rt,
    nullptr,
    switched_to_rt,
    update_curr_rt,
};
