// SPDX-License-Identifier: Apache-2.0
// The watchdog over stuck pools (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

#include "kernel/workqueue/cmwq.h"

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "workqueue."

namespace {

unsigned long watchdog_thresh = 30; // seconds; 0: off

timer_list wq_watchdog_timer;
unsigned long wq_watchdog_touched = INITIAL_JIFFIES;
DEFINE_PER_CPU(unsigned long, wq_watchdog_touched_cpu);

void reset_touched() {
    wq_watchdog_touched = jiffies;
    unsigned cpu;
    for_each_possible_cpu (cpu)
        per_cpu(wq_watchdog_touched_cpu, cpu) = jiffies;
}

unsigned long later(unsigned long a, unsigned long b) {
    return time_after(a, b) ? a : b;
}

// A pool that has had items for so long without starting any.
void watchdog_timer_fn(timer_list *) {
    const unsigned long thresh = READ_ONCE(watchdog_thresh) * HZ;
    if (!thresh)
        return;
    const unsigned long now = jiffies;
    bool lockup = false;
    rcu_read_lock();
    for (worker_pool *pool : worker_pools) {
        if (!pool || list_empty(&pool->worklist))
            continue;
        const unsigned long touched =
            pool->cpu >= 0 ? READ_ONCE(per_cpu(wq_watchdog_touched_cpu, pool->cpu)) : READ_ONCE(wq_watchdog_touched);
        const unsigned long pool_ts = READ_ONCE(pool->watchdog_ts);
        if (!time_after(now, later(pool_ts, touched) + thresh))
            continue;
        lockup = true;
        const unsigned seconds = jiffies_to_msecs(now - pool_ts) / 1000;
        pr_emerg("BUG: workqueue lockup - pool");
        show_pool_info(pool);
        pr_cont(" stuck for %us!\n", seconds);
        report_defect("workqueue lockup: pool %d stuck for %us", pool->id, seconds);
    }
    rcu_read_unlock();
    if (lockup)
        show_all_workqueues();
    reset_touched();
    mod_timer(&wq_watchdog_timer, jiffies + thresh);
}

// Starts a new period of so many seconds, or none.
void set_watchdog(unsigned long seconds) {
    timer_delete_sync(&wq_watchdog_timer);
    watchdog_thresh = seconds;
    if (!seconds)
        return;
    reset_touched();
    mod_timer(&wq_watchdog_timer, jiffies + seconds * HZ);
}

int set_watchdog_thresh(const char *val, const struct kernel_param *) {
    unsigned long seconds;
    const int ret = kstrtoul(val, 0, &seconds);
    if (ret)
        return ret;
    if (wq_online)
        set_watchdog(seconds);
    else
        watchdog_thresh = seconds;
    return 0;
}

const struct kernel_param_ops watchdog_thresh_ops = {0, set_watchdog_thresh, param_get_ulong, nullptr};
module_param_cb(watchdog_thresh, &watchdog_thresh_ops, &watchdog_thresh, 0644);

} // namespace

void wq_watchdog_touch(int cpu) {
    if (cpu >= 0)
        per_cpu(wq_watchdog_touched_cpu, cpu) = jiffies;
    wq_watchdog_touched = jiffies;
}

void wq_watchdog_init() {
    // Linux defers it while its CPU is idle. Here a CPU may stay idle for good while another one is stuck.
    timer_setup(&wq_watchdog_timer, watchdog_timer_fn, 0);
    set_watchdog(watchdog_thresh);
}
