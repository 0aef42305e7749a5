// SPDX-License-Identifier: Apache-2.0
// Moving fair tasks from busy CPUs to this one (Linux: the second half of kernel/sched/fair.c). A CPU looks for work
// when it is about to go idle, and now and then from its tick. A CPU that sleeps has no tick: the tick of one that has
// more tasks than it can run wakes it for a look.
#include "kernel/sched/sched.h"

#include <linux/interrupt.h>
#include <linux/jiffies.h>

namespace {

constexpr u64 migration_cost = 500000;             // ns: a task that ran less long ago has its data in the cache
constexpr unsigned busy_interval = 64 * HZ / 1000; // ticks between two looks of a busy CPU
constexpr unsigned patience = 1;                   // failures after which a warm cache no longer counts

bool can_migrate(const rq *from, const rq *to, const task_struct *p, bool ignore_cache) {
    if (task_on_cpu(from, p) || READ_ONCE(p->on_cpu) || p->migration_disabled || !is_cpu_allowed(p, cpu_of(to)))
        return false;
    return ignore_cache || static_cast<s64>(from->clock - p->se.exec_start) >= static_cast<s64>(migration_cost);
}

// Tasks of a CPU that wait while something else runs.
unsigned waiting_fair_tasks(const rq *r) {
    const unsigned nr = READ_ONCE(r->cfs.nr_running);

    return nr && READ_ONCE(r->cfs.curr) ? nr - 1 : nr;
}

rq *find_busiest(const rq *self) {
    rq *busiest = nullptr;
    unsigned most = READ_ONCE(self->nr_running) + 1;
    int cpu;

    for_each_online_cpu (cpu) {
        rq *r = cpu_rq(cpu);
        const unsigned nr = READ_ONCE(r->nr_running);

        if (r != self && nr > most && waiting_fair_tasks(r)) {
            most = nr;
            busiest = r;
        }
    }
    return busiest;
}

// Both queues locked. True if a task came over.
bool pull_task(rq *self, rq *busiest) {
    const bool ignore_cache = self->balance_failed > patience;

    update_rq_clock(busiest);
    for (task_struct *p = last_fair_task(busiest); p; p = fair_task_before(p)) {
        if (can_migrate(busiest, self, p, ignore_cache)) {
            move_queued_task_locked(busiest, self, p);
            check_preempt_curr(self, p, 0);
            self->balance_failed = 0;
            return true;
        }
    }
    self->balance_failed++;
    return false;
}

// From the softirq: evens out the numbers of tasks.
void run_rebalance(struct softirq_action *) {
    rq *self = this_rq();

    raw_spin_lock_irq(&self->lock);
    for (;;) {
        rq *busiest = find_busiest(self);

        if (!busiest)
            break;
        double_lock_balance(self, busiest);
        update_rq_clock(self);
        const bool moved = busiest->nr_running > self->nr_running + 1 && pull_task(self, busiest);
        double_unlock_balance(self, busiest);
        if (!moved)
            break;
    }
    raw_spin_unlock_irq(&self->lock);
}

// In an interrupt on the CPU that sleeps.
void look_for_work(void *) {
    raise_softirq_irqoff(SCHED_SOFTIRQ);
}

DEFINE_PER_CPU(call_single_data_t, kick_csd);

bool has_task_for(const rq *from, const rq *to) {
    for (task_struct *p = last_fair_task(const_cast<rq *>(from)); p; p = fair_task_before(p))
        if (can_migrate(from, to, p, true))
            return true;
    return false;
}

// Interrupts masked, no lock held.
void kick_idle_cpu(rq *r) {
    int idle = -1, cpu;

    if (READ_ONCE(r->nr_running) < 2 || !waiting_fair_tasks(r))
        return;
    raw_spin_lock(&r->lock);
    for_each_online_cpu (cpu) {
        if (cpu != cpu_of(r) && idle_cpu(cpu) && has_task_for(r, cpu_rq(cpu))) {
            idle = cpu;
            break;
        }
    }
    raw_spin_unlock(&r->lock);
    if (idle < 0)
        return;
    call_single_data_t *csd = per_cpu_ptr(&kick_csd, idle);
    csd->func = look_for_work;
    smp_call_function_single_async(idle, csd); // busy: it was kicked a moment ago
}

} // namespace

// This CPU has nothing to run. Called with its queue locked, which may be dropped meanwhile.
void newidle_balance(rq *self) {
    // A CPU on its way down takes nothing more.
    if (!cpu_active(static_cast<unsigned>(cpu_of(self))))
        return;
    rq *busiest = find_busiest(self);

    if (!busiest)
        return;
    double_lock_balance(self, busiest);
    if (!self->nr_running && busiest->nr_running > 1) {
        update_rq_clock(self);
        pull_task(self, busiest);
    }
    double_unlock_balance(self, busiest);
}

// From the tick, interrupts masked.
void trigger_load_balance(rq *r) {
    kick_idle_cpu(r);
    if (time_before(jiffies, r->next_balance))
        return;
    r->next_balance = jiffies + (is_idle_task(r->curr) ? 1 : busy_interval);
    raise_softirq_irqoff(SCHED_SOFTIRQ);
}

void init_sched_fair_class() {
    open_softirq(SCHED_SOFTIRQ, run_rebalance);
}
