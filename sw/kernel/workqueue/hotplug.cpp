// SPDX-License-Identifier: Apache-2.0
// Workers when CPUs come and go (Linux: kernel/workqueue.c). The workers of a CPU that goes down finish what they have
// on other CPUs, unbound; when it comes back they return.
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/kernel.h>
#include <linux/smp.h>

#include "kernel/workqueue/cmwq.h"

namespace {

// Both pools of a CPU.
worker_pool (&pools_of(unsigned cpu))[nr_std_pools] {
    return per_cpu(cpu_worker_pools, cpu);
}

// All workers of a pool may run on `cpus` from now on; owner: the CPU that they belong to, -1 for none.
// wq_pool_attach_mutex held.
void place_workers(worker_pool &pool, const cpumask *cpus, int owner) {
    for (worker &w : list_of<&worker::node>(pool.workers)) {
        kthread_set_per_cpu(w.task, owner);
        WARN_ON_ONCE(set_cpus_allowed_ptr(w.task, cpus) < 0);
    }
}

// In one step for each worker: one that runs an item elsewhere must not count for a moment. Those that are to lose a
// reason have it.
void mark_workers(worker_pool &pool, unsigned set, unsigned clear) {
    for (worker &w : list_of<&worker::node>(pool.workers)) {
        WARN_ON_ONCE((w.away & clear) != clear);
        pool.crew.change(w, [=](worker &its) { WRITE_ONCE(its.away, (its.away | set) & ~clear); });
    }
}

// Its CPU is up again. A worker counts from its next shift on, when it is there.
void rebind_workers(worker_pool &pool) {
    const hold attached(wq_pool_attach_mutex);
    if (!(pool.flags & pool_disassociated))
        return;
    place_workers(pool, pool.attrs->cpumask, pool.cpu);
    const hold_irq l(pool.lock);
    pool.flags &= ~pool_disassociated;
    mark_workers(pool, away_rebound, away_unbound);
}

// On the CPU that goes down. With all workers away none counts, and each item wakes a worker: that is all the
// concurrency control that is left.
void unbind_workers(worker_pool &pool) {
    const hold attached(wq_pool_attach_mutex);
    {
        const hold_irq l(pool.lock);
        pool.flags |= pool_disassociated;
        mark_workers(pool, away_unbound, 0);
        WARN_ON_ONCE(pool.crew.running());
        // What blocked the pool so far no longer does.
        pool.wake_up_worker();
    }
    const bool usable = cpumask_intersects(wq_unbound_cpumask, cpu_online_mask);
    place_workers(pool, usable ? wq_unbound_cpumask : cpu_possible_mask, -1);
}

// The workers of an unbound pool had to leave its CPUs if none of them was online; the first that comes back has them
// again.
void restore_unbound_workers_cpumask(worker_pool &pool) {
    const hold attached(wq_pool_attach_mutex);
    place_workers(pool, pool.attrs->cpumask, -1);
}

} // namespace

// Before the CPU comes up: its pools have a worker each.
int workqueue_prepare_cpu(unsigned int cpu) {
    bool all = true;
    if (wq_online)
        for (worker_pool &pool : pools_of(cpu))
            all = all && (pool.crew.all() || create_worker(&pool));
    return all ? 0 : -ENOMEM;
}

int workqueue_online_cpu(unsigned int cpu) {
    const hold l(wq_pool_mutex);
    for (worker_pool &pool : list_of<&worker_pool::unbound_node>(unbound_pools))
        restore_unbound_workers_cpumask(pool);
    for (worker_pool &pool : pools_of(cpu))
        rebind_workers(pool);
    return 0;
}

int workqueue_offline_cpu(unsigned int cpu) {
    if (WARN_ON(cpu != smp_processor_id()))
        return -EINVAL;
    for (worker_pool &pool : pools_of(cpu))
        unbind_workers(pool);
    return 0;
}

void workqueue_hotplug_init() {
    cpuhp_setup_state_nocalls(CPUHP_WORKQUEUE_PREP, "workqueue:prepare", workqueue_prepare_cpu, nullptr);
    cpuhp_setup_state_nocalls(CPUHP_AP_WORKQUEUE_ONLINE, "workqueue:online", workqueue_online_cpu,
                              workqueue_offline_cpu);
}
