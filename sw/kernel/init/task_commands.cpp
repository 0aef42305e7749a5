// SPDX-License-Identifier: Apache-2.0
//
// The commands about tasks.
#include <linux/cpumask.h>
#include <linux/ctype.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/workqueue.h>

#include "kernel/init/shell.h"
#include "lib/guard.h"

static const char *class_name(const struct task_struct *task) {
    switch (task->policy) {
    case SCHED_FIFO:
        return "FF";
    case SCHED_RR:
        return "RR";
    default:
        return "TS";
    }
}

static char state_letter(const struct task_struct *task) {
    unsigned state = READ_ONCE(task->__state);
    if (state == TASK_RUNNING)
        return 'R';
    if (state & TASK_INTERRUPTIBLE)
        return 'S';
    return state & TASK_NOLOAD ? 'I' : 'D';
}

// A kernel thread's whole name: workers tell what they do, others may have names longer than comm.
static void task_name(struct task_struct *task, char *name, size_t size) {
    if (task->flags & PF_WQ_WORKER)
        wq_worker_comm(name, size, task);
    else if (task->flags & PF_KTHREAD)
        get_kthread_comm(name, size, task);
    else
        strscpy(name, task->comm, size);
}

static int do_ps(const shell_call &call) {
    struct task_struct *task, *tasks[256];
    unsigned count = 0;
    char name[64];

    rcu_read_lock();
    for_each_process(task) {
        if (count < ARRAY_SIZE(tasks))
            tasks[count++] = get_task_struct(task);
    }
    rcu_read_unlock();
    call.out->print("  PID CLS RTPRIO  NI PSR S COMMAND\n");
    for (unsigned i = 0; i < count; i++) {
        task = tasks[i];
        bool rt = task->policy == SCHED_FIFO || task->policy == SCHED_RR;
        task_name(task, name, sizeof(name));
        call.out->printf("%5d %3s ", task->pid, class_name(task));
        if (rt)
            call.out->printf("%6u   -", task->rt_priority);
        else
            call.out->printf("     - %3d", task_nice(task));
        call.out->printf(" %3u %c %s%s%s\n", task_cpu(task), state_letter(task), task->flags & PF_KTHREAD ? "[" : "",
                         name, task->flags & PF_KTHREAD ? "]" : "");
        put_task_struct(task);
    }
    return 0;
}

// "2", "0.25", "500ms", "20us", in seconds without a unit.
int parse_duration(const char *text, u64 *ns) {
    u64 value = 0, scale = NSEC_PER_SEC;
    const char *p = text;

    for (; isdigit(*p); p++)
        value = value * 10 + (*p - '0');
    u64 total = 0, fraction = 0, digits = 1;
    if (*p == '.') {
        for (p++; isdigit(*p); p++) {
            if (digits < NSEC_PER_SEC) {
                fraction = fraction * 10 + (*p - '0');
                digits *= 10;
            }
        }
    }
    if (!strcmp(p, "ms"))
        scale = NSEC_PER_MSEC;
    else if (!strcmp(p, "us"))
        scale = NSEC_PER_USEC;
    else if (*p && strcmp(p, "s"))
        return -EINVAL;
    if (p == text)
        return -EINVAL;
    total = value * scale + fraction * scale / digits;
    *ns = total;
    return 0;
}

static int do_sleep(const shell_call &call) {
    u64 ns;
    if (call.argc != 2 || parse_duration(call.argv[1], &ns))
        return call.fail("sleep: expected a time such as 2, 0.5 or 20ms, got '%s'", call.argc > 1 ? call.argv[1] : "");
    ktime_t when = ktime_add_ns(ktime_get(), ns);
    while (ktime_before(ktime_get(), when) && !signal_pending(current)) {
        set_current_state(TASK_INTERRUPTIBLE);
        schedule_hrtimeout(&when, HRTIMER_MODE_ABS);
    }
    return 0;
}

static int do_kill(const shell_call &call) {
    int signal = SIGTERM;
    int i = 1;
    int pid;

    if (call.argc > 2 && call.argv[1][0] == '-') {
        if (kstrtoint(call.argv[1] + 1, 10, &signal) || signal < 1 || signal > 64)
            return call.fail("kill: expected a signal number behind '-', got '%s'", call.argv[1] + 1);
        i = 2;
    }
    if (i >= call.argc || kstrtoint(call.argv[i], 10, &pid))
        return call.fail("kill: expected a process number, got '%s'", i < call.argc ? call.argv[i] : "");
    rcu_read_lock();
    struct task_struct *task = find_task_by_vpid(pid);
    int error = task ? send_sig(signal, task, 1) : -ESRCH;
    rcu_read_unlock();
    return error ? call.fail("kill: (%d): %s", pid, error_text(error)) : 0;
}

static int do_true(const shell_call &call) {
    return 0;
}

static int do_false(const shell_call &call) {
    return 1;
}

// A task by its number, with a reference; null if there is none.
static struct task_struct *task_of(const char *number) {
    int pid;
    if (kstrtoint(number, 10, &pid))
        return nullptr;
    rcu_section s;
    struct task_struct *task = find_task_by_vpid(pid);
    return task ? get_task_struct(task) : nullptr;
}

// taskset [-c] MASK COMMAND..., taskset -p [-c] [MASK] PID
static int do_taskset(const shell_call &call) {
    bool list = false, running = false;
    int i = 1;
    for (; i < call.argc && call.argv[i][0] == '-'; i++) {
        for (const char *flag = call.argv[i] + 1; *flag; flag++) {
            list |= *flag == 'c';
            running |= *flag == 'p';
        }
    }
    const int left = call.argc - i;
    if (left < 1 || (!running && left < 2))
        return call.usage();
    struct cpumask mask;
    const bool sets = !running || left > 1;
    if (sets && (list ? cpulist_parse(call.argv[i], &mask) : cpumask_parse(call.argv[i], &mask)))
        return call.fail("taskset: failed to parse CPU %s: %s", list ? "list" : "mask", call.argv[i]);
    if (!running) {
        const int error = set_cpus_allowed_ptr(current, &mask);
        return error ? call.fail("taskset: failed to set the affinity: %s", error_text(error)) : call.run_rest(i + 1);
    }
    const char *pid = call.argv[i + sets];
    struct task_struct *task = task_of(pid);
    if (!task)
        return call.fail("taskset: failed to get pid %s's affinity: %s", pid, error_text(ESRCH));
    const auto tell = [&](const char *which) {
        if (list)
            call.out->printf("pid %s's %s affinity list: %*pbl\n", pid, which, cpumask_pr_args(task->cpus_ptr));
        else
            call.out->printf("pid %s's %s affinity mask: %lx\n", pid, which, cpumask_bits(task->cpus_ptr)[0]);
    };
    tell("current");
    int error = 0;
    if (sets) {
        error = task->flags & PF_NO_SETAFFINITY ? -EINVAL : set_cpus_allowed_ptr(task, &mask);
        if (error)
            call.fail("taskset: failed to set pid %s's affinity: %s", pid, error_text(error));
        else
            tell("new");
    }
    put_task_struct(task);
    return error ? 1 : 0;
}

static const struct {
    char flag;
    int policy;
    const char *name;
} policies[] = {
    {'o', SCHED_NORMAL, "SCHED_OTHER"}, {'f', SCHED_FIFO, "SCHED_FIFO"}, {'r', SCHED_RR, "SCHED_RR"},
    {'b', SCHED_BATCH, "SCHED_BATCH"},  {'i', SCHED_IDLE, "SCHED_IDLE"},
};

static void tell_policy(const shell_call &call, const char *pid, const struct task_struct *task, const char *which) {
    for (const auto &p : policies) {
        if (p.policy == static_cast<int>(task->policy))
            call.out->printf("pid %s's %s scheduling policy: %s\n", pid, which, p.name);
    }
    call.out->printf("pid %s's %s scheduling priority: %u\n", pid, which, task->rt_priority);
}

// chrt [-f|-r|-o] PRIORITY COMMAND..., chrt -p [-f|-r|-o] [PRIORITY] PID
static int do_chrt(const shell_call &call) {
    int policy = SCHED_RR, i = 1;
    bool running = false;
    for (; i < call.argc && call.argv[i][0] == '-'; i++) {
        for (const char *flag = call.argv[i] + 1; *flag; flag++) {
            running |= *flag == 'p';
            for (const auto &p : policies) {
                if (p.flag == *flag)
                    policy = p.policy;
            }
        }
    }
    const int left = call.argc - i;
    if (left < 1 || (!running && left < 2))
        return call.usage();
    const bool sets = !running || left > 1;
    struct sched_param param = {};
    if (sets && kstrtoint(call.argv[i], 10, &param.sched_priority))
        return call.fail("chrt: invalid priority argument: '%s'", call.argv[i]);
    struct task_struct *task = running ? task_of(call.argv[i + sets]) : get_task_struct(current);
    if (!task)
        return call.fail("chrt: failed to get pid %s's policy: %s", call.argv[i + sets], error_text(ESRCH));
    if (running && !sets)
        tell_policy(call, call.argv[i], task, "current");
    const int error = sets ? sched_setscheduler(task, policy, &param) : 0;
    put_task_struct(task);
    if (error)
        return call.fail("chrt: failed to set the policy: %s", error_text(error));
    return running ? 0 : call.run_rest(i + 1);
}

const struct shell_command task_commands[] = {
    {"chrt", do_chrt, "chrt [-f|-r|-o] PRIORITY COMMAND..., or chrt -p [PRIORITY] PID",
     "runs or puts a task under a policy"},
    {"false", do_false, "false", "fails"},
    {"kill", do_kill, "kill [-SIGNAL] PID", "sends a signal"},
    {"ps", do_ps, "ps", "lists the tasks"},
    {"sleep", do_sleep, "sleep TIME", "waits: 2, 0.5 or 20ms"},
    {"taskset", do_taskset, "taskset [-c] MASK COMMAND..., or taskset -p [-c] [MASK] PID",
     "runs or puts a task on CPUs"},
    {"true", do_true, "true", "succeeds"},
    {},
};
