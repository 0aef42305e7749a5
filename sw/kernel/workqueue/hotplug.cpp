// SPDX-License-Identifier: Apache-2.0
// Which threads are a pool's members, and on which CPUs they may run, also when CPUs come and go (Linux:
// kernel/workqueue.c). The workers of a CPU that goes down finish what they have on other CPUs; when it comes back they
// return.
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/kernel.h>
#include <linux/smp.h>

#include "kernel/workqueue/cmwq.h"

mutex members_mutex = __MUTEX_INITIALIZER(members_mutex);

namespace {

// A pool that has its CPU, or never had one, has the CPUs of its attributes. The workers of one whose CPU is down go
// where unbound queues may run; that CPU is still online when they have to leave it, but not active. With none of those
// CPUs there they may run anywhere.
const cpumask *workplace_if(const worker_pool &pool, bool bound) {
    const bool stray = pool.cpu >= 0 && !bound;
    const cpumask *wanted = stray ? wq_unbound_cpumask : pool.attrs->cpumask;
    const cpumask *there = stray ? cpu_active_mask : cpu_online_mask;
    return cpumask_intersects(wanted, there) ? wanted : cpu_possible_mask;
}

void place(const worker &w, const worker_pool &pool, bool bound) {
    kthread_set_per_cpu(w.task, bound ? pool.cpu : -1);
    WARN_ON_ONCE(set_cpus_allowed_ptr(w.task, workplace_if(pool, bound)) < 0);
}

// members_mutex held.
void place_all(const worker_pool &pool, bool bound) {
    for (const worker &w : list_of<&worker::node>(pool.members))
        place(w, pool, bound);
}

// Its CPU is up again. A worker can only count there, so they come first (Linux: rebind_workers).
void gain_cpu(worker_pool &pool) {
    const hold m(members_mutex);
    place_all(pool, true);
    const hold_irq l(pool.lock);
    pool.crew.set_bound(true);
}

// On the CPU that goes down. None may count elsewhere, so that ends first; what blocked the pool so far no longer does
// (Linux: unbind_workers).
void lose_cpu(worker_pool &pool) {
    const hold m(members_mutex);
    {
        const hold_irq l(pool.lock);
        pool.crew.set_bound(false);
        pool.wake_up_worker();
    }
    place_all(pool, false);
}

// The workers of an unbound pool had to leave its CPUs if none of them was online; the first that comes back has them
// again (Linux: restore_unbound_workers_cpumask).
void look_for_cpus_again(worker_pool &pool) {
    const hold m(members_mutex);
    place_all(pool, false);
}

// Both pools of a CPU.
worker_pool (&pools_of(unsigned cpu))[nr_std_pools] {
    return per_cpu(cpu_worker_pools, cpu);
}

} // namespace

const cpumask *workplace(const worker_pool &pool) {
    return workplace_if(pool, pool.crew.bound());
}

// While the mutex is held a pool neither gets nor loses its CPU.
membership::membership(worker &w, worker_pool &pool)
    : pool_stays_(pool)
    , w_(w) {
    const hold m(members_mutex);
    w.pool = &pool;
    list_add_tail(&w.node, &pool.members);
    place(w, pool, pool.crew.bound());
}

membership::~membership() {
    const hold m(members_mutex);
    w_.pool = nullptr;
    list_del_init(&w_.node);
    kthread_set_per_cpu(w_.task, -1);
}

// Under the mutex, as those who look at a worker by its task hold it.
void worker_mark::set(unsigned flag) {
    const hold m(members_mutex);
    current->flags = (current->flags & ~PF_WQ_WORKER) | flag;
}

// Before the CPU comes up: its pools have a worker each.
int workqueue_prepare_cpu(unsigned int cpu) {
    bool all = true;
    if (wq_online)
        for (worker_pool &pool : pools_of(cpu))
            all = all && (pool.crew.all() || hire_worker(pool));
    return all ? 0 : -ENOMEM;
}

int workqueue_online_cpu(unsigned int cpu) {
    const hold l(wq_pool_mutex);
    for (worker_pool &pool : list_of<&worker_pool::unbound_node>(unbound_pools))
        look_for_cpus_again(pool);
    for (worker_pool &pool : pools_of(cpu))
        gain_cpu(pool);
    return 0;
}

int workqueue_offline_cpu(unsigned int cpu) {
    if (WARN_ON(cpu != smp_processor_id()))
        return -EINVAL;
    for (worker_pool &pool : pools_of(cpu))
        lose_cpu(pool);
    return 0;
}

void workqueue_hotplug_init() {
    cpuhp_setup_state_nocalls(CPUHP_WORKQUEUE_PREP, "workqueue:prepare", workqueue_prepare_cpu, nullptr);
    cpuhp_setup_state_nocalls(CPUHP_AP_WORKQUEUE_ONLINE, "workqueue:online", workqueue_online_cpu,
                              workqueue_offline_cpu);
}
