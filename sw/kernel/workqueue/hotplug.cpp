// SPDX-License-Identifier: Apache-2.0
// Workers when CPUs come and go (Linux: kernel/workqueue.c). The workers of a CPU that goes down finish what they have
// on other CPUs, unbound; when it comes back they return.
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/kernel.h>
#include <linux/smp.h>

#include "kernel/workqueue/cmwq.h"

// Before the CPU comes up: its pools have a worker each.
int workqueue_prepare_cpu(unsigned int cpu) {
    for (unsigned i = 0; i < nr_std_pools; i++) {
        worker_pool *pool = cpu_worker_pool(cpu, i);
        if (!wq_online || pool->nr_workers)
            continue;
        if (!create_worker(pool))
            return -ENOMEM;
    }
    return 0;
}

// wq_pool_attach_mutex held; the CPU is online.
static void rebind_workers(worker_pool *pool) {
    worker *w;
    list_for_each_entry (w, &pool->workers, node) {
        kthread_set_per_cpu(w->task, pool->cpu);
        WARN_ON_ONCE(set_cpus_allowed_ptr(w->task, pool->attrs->cpumask) < 0);
    }
    raw_spin_lock_irq(&pool->lock);
    pool->flags &= ~pool_disassociated;
    list_for_each_entry (w, &pool->workers, node) {
        // REBOUND keeps one that runs an item out of nr_running until it takes the flag off itself, on the right CPU.
        const unsigned flags = w->flags;
        WARN_ON_ONCE(!(flags & worker_unbound));
        WRITE_ONCE(w->flags, (flags | worker_rebound) & ~worker_unbound);
    }
    raw_spin_unlock_irq(&pool->lock);
}

// The workers of an unbound pool had to leave its CPUs if none of them was online; the first that comes back has them
// again.
static void restore_unbound_workers_cpumask(worker_pool *pool) {
    mutex_lock(&wq_pool_attach_mutex);
    worker *w;
    list_for_each_entry (w, &pool->workers, node)
        WARN_ON_ONCE(set_cpus_allowed_ptr(w->task, pool->attrs->cpumask) < 0);
    mutex_unlock(&wq_pool_attach_mutex);
}

int workqueue_online_cpu(unsigned int cpu) {
    mutex_lock(&wq_pool_mutex);
    for_each_unbound_pool(restore_unbound_workers_cpumask);
    for (unsigned i = 0; i < nr_std_pools; i++) {
        worker_pool *pool = cpu_worker_pool(cpu, i);
        mutex_lock(&wq_pool_attach_mutex);
        if (pool->flags & pool_disassociated)
            rebind_workers(pool);
        mutex_unlock(&wq_pool_attach_mutex);
    }
    mutex_unlock(&wq_pool_mutex);
    return 0;
}

// On the CPU that goes down.
static void unbind_workers(unsigned cpu) {
    for (unsigned i = 0; i < nr_std_pools; i++) {
        worker_pool *pool = cpu_worker_pool(cpu, i);
        mutex_lock(&wq_pool_attach_mutex);
        raw_spin_lock_irq(&pool->lock);
        worker *w;
        list_for_each_entry (w, &pool->workers, node)
            w->flags |= worker_unbound;
        pool->flags |= pool_disassociated;
        // The count means nothing any more; at 0, waking a worker for each item is all the concurrency control left.
        pool->nr_running = 0;
        // Whoever blocked the pool so far no longer does.
        wake_up_worker(pool);
        raw_spin_unlock_irq(&pool->lock);
        list_for_each_entry (w, &pool->workers, node) {
            kthread_set_per_cpu(w->task, -1);
            WARN_ON_ONCE(set_cpus_allowed_ptr(w->task, cpumask_intersects(wq_unbound_cpumask, cpu_online_mask)
                                                           ? wq_unbound_cpumask
                                                           : cpu_possible_mask) < 0);
        }
        mutex_unlock(&wq_pool_attach_mutex);
    }
}

int workqueue_offline_cpu(unsigned int cpu) {
    if (WARN_ON(cpu != smp_processor_id()))
        return -EINVAL;
    unbind_workers(cpu);
    return 0;
}

void workqueue_hotplug_init() {
    cpuhp_setup_state_nocalls(CPUHP_WORKQUEUE_PREP, "workqueue:prepare", workqueue_prepare_cpu, nullptr);
    cpuhp_setup_state_nocalls(CPUHP_AP_WORKQUEUE_ONLINE, "workqueue:online", workqueue_online_cpu,
                              workqueue_offline_cpu);
}
