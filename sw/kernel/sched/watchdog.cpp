// SPDX-License-Identifier: Apache-2.0
// CPUs and tasks that are stuck (Linux: kernel/watchdog.c, kernel/watchdog_hld.c, kernel/hung_task.c). Nothing runs for
// it on an idle CPU: the tick looks at its own CPU, khungtaskd every two minutes at the tasks, and a CPU to which no
// tick comes any more hears of it from the port.
#include "kernel/sched/sched.h"

#include <linux/bug.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched/debug.h>
#include <linux/string.h>
#include <linux/utsname.h>

#include "kernel/init/shell.h"
#include "kernel/oops.h"
#include "kernel/stacktrace.h"
#include "lib/ranges.h"

constexpr u64 softlockup_threshold = 20ULL * NSEC_PER_SEC;
constexpr u64 hardlockup_threshold = 10ULL * NSEC_PER_SEC;
constexpr u64 command_threshold = softlockup_threshold + softlockup_threshold / 2;
unsigned long hung_task_timeout = 120; // s; 0: no task is looked at

// A task that can be preempted may compute for as long as it likes; but if it is what the user has asked for, the run
// would never end.
[[noreturn]] static void end_endless_command(const task_struct *t) {
    const void *interrupted = frame_outside_exception(__builtin_frame_address(0));
    char text[64];

    scnprintf(text, sizeof(text), "%s:%d has computed for %llus and does not end", t->comm, t->pid,
              t->se.sum_exec_runtime / NSEC_PER_SEC);
    defect_is(FINDING_endless);
    panic_at(text, frame_caller(interrupted), interrupted);
}

// Linux panics here only if told to (hardlockup_panic); but this CPU is lost, and the run would never end.
void watchdog_hardlockup(const void *pc, const void *from) {
    printk(KERN_EMERG "NMI watchdog: Watchdog detected hard LOCKUP on cpu %d\n", raw_smp_processor_id());
    print_modules();
    print_state(KERN_EMERG);
    print_call_trace(KERN_EMERG, pc, from);
    defect_is(FINDING_hard_lockup);
    panic_at("Hard LOCKUP", pc, from);
}

static bool nmi_watchdog = true;

static int set_nmi_watchdog(char *value) {
    nmi_watchdog = !value || strcmp(value, "0") != 0;
    return 0;
}
early_param("nmi_watchdog", set_nmi_watchdog);

static int hardlockup_init() {
    if (nmi_watchdog)
        port_stuck_after(hardlockup_threshold);
    return 0;
}
early_initcall(hardlockup_init);

// A CPU is stuck when nothing else could have had it: it did not switch, and the code that the tick interrupts cannot
// be preempted.
void softlockup_check(rq *r) {
    const int interrupted_count = preempt_count() & ~static_cast<int>(HARDIRQ_MASK);
    const bool preemptible_now = preempt_dynamic_mode == preempt_mode::full && !interrupted_count;

    if (preemptible_now && is_shell_job(r->curr) && r->curr->se.sum_exec_runtime > command_threshold)
        end_endless_command(r->curr);
    if (preemptible_now || is_idle_task(r->curr)) {
        r->stall_since = 0;
        r->stall_reported = false;
        return;
    }
    if (!r->stall_since) {
        r->stall_since = r->clock;
        r->stall_reported = false;
        return;
    }
    // What lets itself be preempted between two ticks is not stuck: it schedules now, and that starts anew.
    set_tsk_need_resched(r->curr);
    set_preempt_need_resched();
    const u64 stuck = r->clock - r->stall_since;
    if (stuck < softlockup_threshold || r->stall_reported)
        return;
    r->stall_reported = true;
    const unsigned int seconds = static_cast<unsigned>(stuck / NSEC_PER_SEC);
    printk(KERN_EMERG "watchdog: BUG: soft lockup - CPU#%d stuck for %us! [%s:%d]\n", cpu_of(r), seconds, current->comm,
           task_pid_nr(current));
    dump_stack();
    add_taint(TAINT_SOFTLOCKUP, LOCKDEP_STILL_OK);
    const void *interrupted = frame_outside_exception(__builtin_frame_address(0));
    report_finding_at(FINDING_soft_lockup, innermost_module_code(frame_caller(interrupted), interrupted),
                      "watchdog: BUG: soft lockup - CPU#%d stuck for %us! [%s:%d]", cpu_of(r), seconds, current->comm,
                      task_pid_nr(current));
}

static unsigned hung_task_warnings = 10; // reports that are left
static unsigned long hung_last_checked;  // jiffies

static void report_hung_task(const task_struct *t, long seconds) {
    const new_utsname *uts = init_utsname();

    printk(KERN_ERR "INFO: task %s:%d blocked for more than %ld seconds.\n", t->comm, t->pid, seconds);
    printk(KERN_ERR "      %s %s %.*s\n", print_tainted(), uts->release, static_cast<int>(strcspn(uts->version, " ")),
           uts->version);
    printk(KERN_ERR "\"echo 0 > /proc/sys/kernel/hung_task_timeout_secs\" disables this message.\n");
    sched_show_task(const_cast<task_struct *>(t));
    if (!--hung_task_warnings)
        printk(KERN_INFO "Future hung task reports are suppressed, see sysctl kernel.hung_task_warnings\n");
    report_finding_at(FINDING_hung_task, t->thread.frame ? innermost_module_code(NULL, t->thread.frame) : NULL,
                      "INFO: task %s:%d blocked for more than %ld seconds.", t->comm, t->pid, seconds);
}

// The first check that finds the task where it was notes that, a later one reports it: between one and two timeouts
// after it began to wait.
static void check_hung_task(task_struct *t) {
    const unsigned long switches = t->nvcsw + t->nivcsw;

    // A task that has never run waits for its creator.
    if (!switches)
        return;
    if (switches != t->last_switch_count) {
        t->last_switch_count = switches;
        t->last_switch_time = jiffies;
        return;
    }
    if (time_before(jiffies, t->last_switch_time + hung_task_timeout * HZ))
        return;
    if (hung_task_warnings)
        report_hung_task(t, static_cast<long>((jiffies - t->last_switch_time) / HZ));
    // What the user has asked for would never end, and so would the run.
    if (is_shell_job(t))
        defect_is(FINDING_hung_task), panic("hung_task: blocked tasks");
}

bool softlockup_is_near(void) {
    for (unsigned cpu : bits_of(*cpu_online_mask))
        if (cpu_rq(cpu)->stall_since && !cpu_rq(cpu)->stall_reported)
            return true;
    return false;
}

// Where a task is that another CPU may be running.
struct whereabouts {
    const task_struct *task;
    const void *code;
};

static void look_where(void *data) {
    auto *w = static_cast<whereabouts *>(data);
    const void *interrupted = frame_outside_exception(__builtin_frame_address(0));

    if (current != w->task)
        return;
    w->code = innermost_module_code(frame_caller(interrupted), interrupted);
    print_call_trace(KERN_ERR, frame_caller(interrupted), interrupted);
}

void report_endless(int pid, unsigned seconds) {
    char text[96];
    rcu_read_lock();
    task_struct *t = find_task_by_vpid(pid);
    if (t)
        get_task_struct(t);
    rcu_read_unlock();
    if (!t)
        return;
    if (seconds)
        scnprintf(text, sizeof(text), "%s:%d does not come to its end: it was waited for %u seconds", t->comm, pid,
                  seconds);
    else
        scnprintf(text, sizeof(text), "%s:%d cannot be killed: what it waits for does not come", t->comm, pid);
    printk(KERN_ERR "%s\n", text);
    whereabouts w = {t, nullptr};
    if (task_curr(t)) {
        smp_call_function_single(static_cast<int>(task_cpu(t)), look_where, &w, 1);
    } else if (t->thread.frame) {
        sched_show_task(t);
        w.code = innermost_module_code(nullptr, t->thread.frame);
    }
    report_finding_at(FINDING_endless, w.code, "%s", text);
    put_task_struct(t);
}

static task_struct *hung_task_thread;

void hung_task_timeout_changed() {
    hung_last_checked = jiffies;
    if (!IS_ERR_OR_NULL(hung_task_thread))
        wake_up_process(hung_task_thread);
}

static int khungtaskd(void *) {
    hung_last_checked = jiffies;
    for (;;) {
        const long left = static_cast<long>(hung_last_checked + hung_task_timeout * HZ - jiffies);
        if (left > 0 || !hung_task_timeout) {
            schedule_timeout_interruptible(hung_task_timeout ? left : MAX_SCHEDULE_TIMEOUT);
            continue;
        }
        task_struct *t;
        rcu_read_lock();
        for_each_process(t) if (READ_ONCE(t->__state) == TASK_UNINTERRUPTIBLE) check_hung_task(t);
        rcu_read_unlock();
        hung_last_checked = jiffies;
    }
}

static int hung_task_init() {
    hung_task_thread = kthread_run(khungtaskd, NULL, "khungtaskd");
    return 0;
}
subsys_initcall(hung_task_init);
