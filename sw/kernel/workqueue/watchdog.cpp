// SPDX-License-Identifier: Apache-2.0
// The watchdog over stuck pools (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>

#include "kernel/oops.h"
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
    for (unsigned cpu : bits_of(*cpu_possible_mask))
        per_cpu(wq_watchdog_touched_cpu, cpu) = jiffies;
}

unsigned long later(unsigned long a, unsigned long b) {
    return time_after(a, b) ? a : b;
}

// When something was last done for the pool: an item of it started, or somebody touched its watchdog.
unsigned long last_sign_of_life(const worker_pool &pool) {
    const unsigned long touched =
        pool.cpu < 0 ? READ_ONCE(wq_watchdog_touched) : READ_ONCE(per_cpu(wq_watchdog_touched_cpu, pool.cpu));
    return later(READ_ONCE(pool.watchdog_ts), touched);
}

void report_stuck(const worker_pool &pool, unsigned long now) {
    const unsigned seconds = jiffies_to_msecs(now - READ_ONCE(pool.watchdog_ts)) / 1000;
    pr_emerg("BUG: workqueue lockup - pool");
    show_pool_info(pool);
    pr_cont(" stuck for %us!\n", seconds);
    report_finding(FINDING_workqueue, "workqueue lockup: pool %d stuck for %us", pool.id, seconds);
}

// Looks for pools that have had items for so long without starting any.
void watchdog_timer_fn(timer_list *) {
    const unsigned long thresh = READ_ONCE(watchdog_thresh) * HZ, now = jiffies;
    if (!thresh)
        return;
    unsigned stuck = 0;
    {
        const rcu_section reading;
        for_each_pool([&](const worker_pool &pool) {
            if (list_empty(&pool.worklist) || !time_after(now, last_sign_of_life(pool) + thresh))
                return;
            report_stuck(pool, now);
            stuck++;
        });
    }
    if (stuck)
        show_all_workqueues();
    reset_touched();
    mod_timer(&wq_watchdog_timer, jiffies + thresh);
}

// A new period begins, if there is one.
void restart_watchdog() {
    timer_delete_sync(&wq_watchdog_timer);
    reset_touched();
    if (watchdog_thresh)
        mod_timer(&wq_watchdog_timer, jiffies + watchdog_thresh * HZ);
}

int set_watchdog_thresh(const char *val, const struct kernel_param *) {
    const int error = kstrtoul(val, 0, &watchdog_thresh);
    if (!error && wq_online)
        restart_watchdog();
    return error;
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
    restart_watchdog();
}
