// SPDX-License-Identifier: Apache-2.0
#include "kernel/fault_inject.h"

#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "kernel/oops.h"

namespace {

// fault=POINT,NTH,TIMES,PERCENT,DELAY_NS,SEED: from the NTH call on, TIMES calls (0: all) fail, each with that
// probability. The platform's --fault is the readable form.
struct rule {
    fault_point point;
    u64 nth, times, percent, delay_ns, seed;
    u64 calls, failed;
};

constexpr const char *point_names[FAULT_POINTS] = {"kmalloc", "request_irq", "alloc_workqueue", "create_worker",
                                                   "wakeup"};
// Linux's name where it has the same.
constexpr const char *attribute_names[FAULT_POINTS] = {"failslab", "fail_request_irq", "fail_alloc_workqueue",
                                                       "fail_create_worker", "fail_wakeup"};
rule rules[16];
unsigned rule_count;
DEFINE_RAW_SPINLOCK(rules_lock);

int add_rule(char *text) {
    char *fields[6];

    if (rule_count == ARRAY_SIZE(rules)) {
        pr_err("fault: expected at most %zu faults\n", ARRAY_SIZE(rules));
        return -ENOSPC;
    }
    for (char *&field : fields)
        field = strsep(&text, ",");
    rule r = {};
    unsigned point = 0;
    while (point < FAULT_POINTS && (!fields[0] || strcmp(fields[0], point_names[point]) != 0))
        point++;
    r.point = static_cast<fault_point>(point);
    u64 *const numbers[] = {&r.nth, &r.times, &r.percent, &r.delay_ns, &r.seed};
    bool good = point < FAULT_POINTS;
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++)
        good = good && fields[i + 1] && !kstrtoull(fields[i + 1], 0, numbers[i]);
    if (!good) {
        pr_err("fault: expected fault=POINT,NTH,TIMES,PERCENT,DELAY_NS,SEED\n");
        return -EINVAL;
    }
    rules[rule_count++] = r;
    faults_armed |= 1u << point;
    return 0;
}
early_param("fault", add_rule);

// A number below 100 that the seed, the rule and the call decide (splitmix64).
unsigned draw(const rule &r) {
    u64 z = (r.seed + 1) * 0x9e3779b97f4a7c15 + r.calls * 0xbf58476d1ce4e5b9 + r.point;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<unsigned>((z ^ (z >> 31)) % 100);
}

// The rule by which this call fails, or null: the first one that is due. Each rule counts every call.
const rule *failing_rule(fault_point point) {
    unsigned long flags;
    const rule *found = nullptr;

    raw_spin_lock_irqsave(&rules_lock, flags);
    for (unsigned i = 0; i < rule_count; i++) {
        rule &r = rules[i];
        if (r.point != point || ++r.calls < r.nth || found || (r.times && r.failed >= r.times) || draw(r) >= r.percent)
            continue;
        r.failed++;
        found = &r;
    }
    raw_spin_unlock_irqrestore(&rules_lock, flags);
    return found;
}

void say(const rule &r) {
    pr_notice("FAULT_INJECTION: forcing a failure.\n"
              "name %s, interval 1, probability %llu, space 0, times %lld\n",
              attribute_names[r.point], r.percent, r.times ? static_cast<long long>(r.times - r.failed) : -1LL);
    dump_stack();
}

struct late_wakeup {
    hrtimer timer;
    task_struct *task;
};
late_wakeup late[8];

enum hrtimer_restart wake_late(hrtimer *timer) {
    late_wakeup *l = container_of(timer, late_wakeup, timer);
    task_struct *task = l->task;

    WRITE_ONCE(l->task, nullptr);
    wake_up_process(task);
    put_task_struct(task);
    return HRTIMER_NORESTART;
}

} // namespace

unsigned faults_armed;

bool fault_is_due(fault_point point) {
    if (point != FAULT_create_worker && !innermost_module_code(NULL, __builtin_frame_address(0)))
        return false;
    const rule *r = failing_rule(point);
    if (r)
        say(*r);
    return r;
}

bool fault_delays_wakeup(task_struct *task) {
    if (likely(!(faults_armed & 1u << FAULT_wakeup)))
        return false;
    const rule *r = failing_rule(FAULT_wakeup);
    if (!r)
        return false;
    for (late_wakeup &l : late) {
        if (cmpxchg(&l.task, nullptr, task) != nullptr)
            continue;
        get_task_struct(task);
        pr_notice("FAULT_INJECTION: %s/%d is woken %llu ns late\n", task->comm, task->pid, r->delay_ns);
        hrtimer_init(&l.timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
        l.timer.function = wake_late;
        hrtimer_start(&l.timer, ns_to_ktime(r->delay_ns), HRTIMER_MODE_REL);
        return true;
    }
    return false;
}
