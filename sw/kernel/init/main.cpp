// SPDX-License-Identifier: Apache-2.0
//
// From the first instruction on core 0 to the user's first command (Linux: init/main.c).
#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/debug_locks.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/stringify.h>
#include <linux/sysfs.h>
#include <linux/tick.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include <generated/utsrelease.h>

#include "kernel/fs/user.h"
#include "kernel/init.h"
#include "lib/guard.h"
#include "port/kernel.h"

enum system_states system_state;
EXPORT_SYMBOL(system_state);
bool initcall_debug;
core_param(initcall_debug, initcall_debug, bool, 0644);

extern "C" const char linux_banner[] = "Linux version " UTS_RELEASE " (rk3568-sim) (clang version " __stringify(
    __clang_major__) "." __stringify(__clang_minor__) "." __stringify(__clang_patchlevel__) ") " UTS_VERSION "\n";

#define INITCALL_LEVEL(level)                                                                                          \
    extern "C" initcall_t __start_initcall##level[] __attribute__((weak, visibility("hidden")));                       \
    extern "C" initcall_t __stop_initcall##level[] __attribute__((weak, visibility("hidden")))
INITCALL_LEVEL(0);
INITCALL_LEVEL(1);
INITCALL_LEVEL(2);
INITCALL_LEVEL(3);
INITCALL_LEVEL(4);
INITCALL_LEVEL(5);
INITCALL_LEVEL(6);
INITCALL_LEVEL(7);
#undef INITCALL_LEVEL

static const struct {
    initcall_t *begin, *end;
} initcall_levels[] = {
    {__start_initcall0, __stop_initcall0}, {__start_initcall1, __stop_initcall1}, {__start_initcall2, __stop_initcall2},
    {__start_initcall3, __stop_initcall3}, {__start_initcall4, __stop_initcall4}, {__start_initcall5, __stop_initcall5},
    {__start_initcall6, __stop_initcall6}, {__start_initcall7, __stop_initcall7},
};

static DECLARE_COMPLETION(kthreadd_done);

static int call_timed(initcall_t fn, void *code) {
    printk(KERN_DEBUG "calling  %pS @ %i\n", code, task_pid_nr(current));
    const ktime_t start = ktime_get();
    const int result = fn();
    printk(KERN_DEBUG "initcall %pS returned %d after %lld usecs\n", code, result, ktime_us_delta(ktime_get(), start));
    return result;
}

int do_one_initcall(initcall_t fn) {
    void *const code = reinterpret_cast<void *>(fn);
    const int count = preempt_count();
    const int result = initcall_debug ? call_timed(fn, code) : fn();
    const bool unbalanced = preempt_count() != count, masked = irqs_disabled();

    // The next one starts as this one should have ended.
    if (unlikely(unbalanced))
        preempt_count_set(count);
    if (unlikely(masked))
        local_irq_enable();
    WARN((unbalanced || masked) && defect_of(code), "initcall %pS returned with %s%s\n", code,
         unbalanced ? "preemption imbalance " : "", masked ? "disabled interrupts " : "");
    return result;
}

static void do_initcall_level(unsigned level) {
    for (initcall_t *fn = initcall_levels[level].begin; fn < initcall_levels[level].end; fn++)
        do_one_initcall(*fn);
}

static int kernel_init(void *unused) {
    wait_for_completion(&kthreadd_done);
    smp_prepare_cpus(setup_max_cpus);
    do_initcall_level(0);
    smp_init();
    sched_init_smp();
    workqueue_init();
    user_memory_init();
    driver_init();
    init_irq_proc();
    for (unsigned level = 1; level < ARRAY_SIZE(initcall_levels); level++)
        do_initcall_level(level);
    system_state = SYSTEM_RUNNING;
    set_task_comm(current, "init");
    run_commands();
}

// init is number 1, kthreadd, which makes all other kernel threads, number 2.
static void start_first_tasks() {
    user_mode_thread(kernel_init, nullptr, CLONE_FS);
    const pid_t second = kernel_thread(kthreadd, nullptr, CLONE_FS | CLONE_FILES);
    rcu_section s;
    kthreadd_task = find_task_by_vpid(second);
}

// Becomes the idle task of core 0.
static void __noreturn rest_init() {
    start_first_tasks();
    system_state = SYSTEM_SCHEDULING;
    complete(&kthreadd_done); // which init waits for
    schedule_preempt_disabled();
    cpu_startup_entry(CPUHP_ONLINE);
    unreachable();
}

static void start_kernel() {
    smp_setup_processor_id();
    local_irq_disable();
    boot_cpu_init();
    pr_notice("%s", linux_banner);
    setup_arch();
    setup_per_cpu_areas();
    smp_prepare_boot_cpu();
    boot_cpu_hotplug_init();
    pr_notice("Kernel command line: %s\n", saved_command_line);
    parse_early_param();
    mm_init();
    parse_boot_options();
    sched_init();
    workqueue_init_early();
    rcu_init();
    early_irq_init();
    init_IRQ();
    tick_init();
    init_timers();
    hrtimers_init();
    softirq_init();
    timekeeping_init();
    time_init();
    call_function_init();
    WARN(!irqs_disabled(), "Interrupts were enabled early\n");
    local_irq_enable();
    calibrate_delay();
    vfs_caches_init();
    proc_root_init();
    rest_init();
}

void kernel_entry(void *arg) {
    start_kernel();
}
