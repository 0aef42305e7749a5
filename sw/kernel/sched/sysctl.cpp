// SPDX-License-Identifier: Apache-2.0
// The scheduler's numbers in /proc/sys/kernel (Linux: the tables in kernel/sched/rt.c, kernel/hung_task.c,
// kernel/watchdog.c).
#include "kernel/sched/sched.h"

#include <linux/errno.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/string.h>
#include <linux/sysctl.h>
#include <linux/utsname.h>

namespace {

int get_rr_timeslice_ms() {
    return static_cast<int>(jiffies_to_msecs(sched_rr_timeslice));
}

// Nothing, or less than that, is the default.
int set_rr_timeslice_ms(int ms) {
    sched_rr_timeslice = ms > 0 ? static_cast<unsigned>(msecs_to_jiffies(static_cast<unsigned>(ms))) : RR_TIMESLICE;
    return 0;
}

int get_rt_period_us() {
    return sched_rt_limits.period_us;
}

int get_rt_runtime_us() {
    return sched_rt_limits.runtime_us;
}

int set_limits(rt_limits wanted) {
    if (wanted.period_us <= 0 || wanted.runtime_us < -1 || wanted.runtime_us > wanted.period_us)
        return -EINVAL;
    sched_rt_limits = wanted;
    return 0;
}

int set_rt_period_us(int us) {
    return set_limits({us, sched_rt_limits.runtime_us});
}

// -1: real-time tasks may have all of the time.
int set_rt_runtime_us(int us) {
    return set_limits({sched_rt_limits.period_us, us});
}

int get_hung_task_timeout() {
    return static_cast<int>(hung_task_timeout);
}

int set_hung_task_timeout(int seconds) {
    if (seconds < 0)
        return -EINVAL;
    hung_task_timeout = static_cast<unsigned long>(seconds);
    hung_task_timeout_changed();
    return 0;
}

// What the watchdog does is not to be changed: only what is true is accepted.
template <int value>
int get_constant() {
    return value;
}
template <int value>
int set_constant(int wanted) {
    return wanted == value ? 0 : -EINVAL;
}

// What passes between a file and a number that is not a variable.
struct passing {
    int value;
    int pass(int write, void *text, size_t *lenp, loff_t *ppos) {
        ctl_table entry = {.data = &value, .maxlen = sizeof(value)};
        return proc_dointvec(&entry, write, text, lenp, ppos);
    }
};

// A number that is worked out when it is read, and judged when it is written.
template <int (*get)(), int (*set)(int)>
int number(ctl_table *, int write, void *text, size_t *lenp, loff_t *ppos) {
    passing here{get()};
    const int error = here.pass(write, text, lenp, ppos);
    return write && !error ? set(here.value) : error;
}

char ostype[sizeof(new_utsname::sysname)];

ctl_table numbers[] = {
    {.procname = "hung_task_timeout_secs",
     .mode = 0644,
     .proc_handler = number<get_hung_task_timeout, set_hung_task_timeout>},
    {.procname = "softlockup_panic", .mode = 0644, .proc_handler = number<get_constant<0>, set_constant<0>>},
    {.procname = "watchdog_thresh", .mode = 0644, .proc_handler = number<get_constant<10>, set_constant<10>>},
    {.procname = "sched_rr_timeslice_ms",
     .mode = 0644,
     .proc_handler = number<get_rr_timeslice_ms, set_rr_timeslice_ms>},
    {.procname = "sched_rt_period_us", .mode = 0644, .proc_handler = number<get_rt_period_us, set_rt_period_us>},
    {.procname = "sched_rt_runtime_us", .mode = 0644, .proc_handler = number<get_rt_runtime_us, set_rt_runtime_us>},
    {.procname = "ostype", .data = ostype, .maxlen = sizeof(ostype), .mode = 0444, .proc_handler = proc_dostring},
    {},
};

int sched_sysctl_init() {
    strscpy(ostype, utsname()->sysname, sizeof(ostype));
    register_sysctl_init("kernel", numbers);
    return 0;
}
fs_initcall(sched_sysctl_init);

} // namespace
