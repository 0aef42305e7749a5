// SPDX-License-Identifier: Apache-2.0
// Sleeping for a number of ticks (Linux: the end of kernel/time/timer.c).
#include <linux/bug.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/timer.h>

namespace {

struct process_timer {
    timer_list timer;
    task_struct *task;
};

void process_timeout(timer_list *t) {
    wake_up_process(from_timer(static_cast<process_timer *>(nullptr), t, timer)->task);
}

// Sleeps once, woken by the timer or by somebody else. How many ticks are left.
long sleep_until(unsigned long tick) {
    process_timer alarm;

    alarm.task = current;
    timer_setup_on_stack(&alarm.timer, process_timeout, 0);
    mod_timer(&alarm.timer, tick);
    schedule();
    timer_delete_sync(&alarm.timer);
    destroy_timer_on_stack(&alarm.timer);
    return max(static_cast<long>(tick - jiffies), 0L);
}

noinline void report_wrong_timeout(long timeout) {
    printk(KERN_ERR "schedule_timeout: wrong timeout value %lx\n", timeout);
    dump_stack();
    report_defect("schedule_timeout: wrong timeout value %lx", timeout);
}

} // namespace

signed long schedule_timeout(signed long timeout) {
    if (unlikely(timeout < 0)) {
        report_wrong_timeout(timeout);
        __set_current_state(TASK_RUNNING);
        return 0;
    }
    if (timeout != MAX_SCHEDULE_TIMEOUT)
        return sleep_until(jiffies + static_cast<unsigned long>(timeout));
    schedule(); // no end but a wake-up
    return timeout;
}
EXPORT_SYMBOL(schedule_timeout);

signed long schedule_timeout_interruptible(signed long timeout) {
    __set_current_state(TASK_INTERRUPTIBLE);
    return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_interruptible);

signed long schedule_timeout_killable(signed long timeout) {
    __set_current_state(TASK_KILLABLE);
    return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_killable);

signed long schedule_timeout_uninterruptible(signed long timeout) {
    __set_current_state(TASK_UNINTERRUPTIBLE);
    return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_uninterruptible);

signed long schedule_timeout_idle(signed long timeout) {
    __set_current_state(TASK_IDLE);
    return schedule_timeout(timeout);
}
EXPORT_SYMBOL(schedule_timeout_idle);

// Sleeps again until at least so long has passed, or until `enough`. What was left, in jiffies.
template <typename Enough>
static long keep_sleeping(unsigned int msecs, long (*sleep)(long), Enough enough) {
    long left = static_cast<long>(msecs_to_jiffies(msecs)) + 1;
    while (left && !enough())
        left = sleep(left);
    return left;
}

void msleep(unsigned int msecs) {
    keep_sleeping(msecs, schedule_timeout_uninterruptible, [] { return false; });
}
EXPORT_SYMBOL(msleep);

unsigned long msleep_interruptible(unsigned int msecs) {
    const long left = keep_sleeping(msecs, schedule_timeout_interruptible, [] { return signal_pending(current); });
    return jiffies_to_msecs(static_cast<unsigned long>(left));
}
EXPORT_SYMBOL(msleep_interruptible);

// Until `from`, or up to `slack` ns later. Other wake-ups do not end it.
static void sleep_past(ktime_t from, u64 slack, unsigned int state) {
    int early = -EINTR;

    while (early) {
        __set_current_state(state);
        early = schedule_hrtimeout_range(&from, slack, HRTIMER_MODE_ABS);
    }
}

void usleep_range_state(unsigned long min, unsigned long max, unsigned int state) {
    sleep_past(ktime_add_us(ktime_get(), min), static_cast<u64>(max - min) * NSEC_PER_USEC, state);
}
EXPORT_SYMBOL(usleep_range_state);
