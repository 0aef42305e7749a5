// SPDX-License-Identifier: Apache-2.0
// The scheduler's numbers in /proc/sys/kernel (Linux: the tables in kernel/sched/rt.c, kernel/hung_task.c,
// kernel/watchdog.c).
#include "kernel/proc/sysctl.h"
#include "kernel/sched/sched.h"

#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/utsname.h>

namespace {

struct number {
    const char *name;
    int (*get)();
    int (*set)(int value); // 0 or an errno
};

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

const number numbers[] = {
    {"hung_task_timeout_secs", get_hung_task_timeout, set_hung_task_timeout},
    {"softlockup_panic", get_constant<0>, set_constant<0>},
    {"watchdog_thresh", get_constant<10>, set_constant<10>},
    {"sched_rr_timeslice_ms", get_rr_timeslice_ms, set_rr_timeslice_ms},
    {"sched_rt_period_us", get_rt_period_us, set_rt_period_us},
    {"sched_rt_runtime_us", get_rt_runtime_us, set_rt_runtime_us},
};

const number &of(const file *f) {
    return *static_cast<const number *>(pde_data(f->f_inode));
}

ssize_t read(file *f, char *to, size_t count, loff_t *pos) {
    char text[16];
    const int length = scnprintf(text, sizeof(text), "%d\n", of(f).get());

    return simple_read_from_buffer(to, count, pos, text, length);
}

ssize_t write(file *f, const char *from, size_t count, loff_t *) {
    int value;
    int error = kstrtoint_from_user(from, count, 0, &value);

    if (!error)
        error = of(f).set(value);
    return error ? error : static_cast<ssize_t>(count);
}

proc_ops operations;

int sched_sysctl_init() {
    proc_dir_entry *folder = sysctl_kernel_folder();

    operations.proc_read = read;
    operations.proc_write = write;
    proc_create_single("ostype", 0444, folder, [](seq_file *m, void *) {
        seq_printf(m, "%s\n", utsname()->sysname);
        return 0;
    });
    for (const number &n : numbers)
        proc_create_data(n.name, 0644, folder, &operations, const_cast<number *>(&n));
    return 0;
}
fs_initcall(sched_sysctl_init);

} // namespace
