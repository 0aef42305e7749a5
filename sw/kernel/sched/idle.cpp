// SPDX-License-Identifier: Apache-2.0
// The idle loop and its class (Linux: kernel/sched/idle.c, arch/arm64/kernel/idle.c).
#include "kernel/oops.h"
#include "kernel/sched/sched.h"

#include <asm/smp.h>
#include <linux/cpu.h>
#include <linux/init.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/rcupdate.h>
#include <linux/tick.h>

extern "C" void schedule_idle(void);
extern "C" void cpuhp_online_idle(enum cpuhp_state state);
extern "C" void cpuhp_report_idle_dead(void);
extern "C" void flush_smp_call_function_queue(void);

// WFI returns for a pending interrupt even while it is masked, so nothing can slip in between the test and the sleep.
static void cpu_idle_sleep(unsigned cpu) {
    tick_nohz_idle_stop_tick();
    trace_event2(cpu_idle, 1u, cpu, nullptr);
    rcu_idle_enter();
    port_dsb();
    port_wfi();
    rcu_idle_exit();
    trace_event2(cpu_idle, ~0u, cpu, nullptr);
}

// Sleeps once, and takes the interrupt that ended the sleep. On a CPU that is offline, for good.
static void idle_turn(unsigned cpu) {
    local_irq_disable();
    if (unlikely(!cpu_online(cpu))) {
        tick_nohz_idle_stop_tick();
        cpuhp_report_idle_dead();
        cpu_die();
    }
    if (!need_resched())
        cpu_idle_sleep(cpu);
    local_irq_enable();
}

static void do_idle(void) {
    tick_nohz_idle_enter();
    while (!need_resched())
        idle_turn(raw_smp_processor_id());
    // Another CPU asks by the flag alone, without this CPU's inverted copy.
    preempt_fold_need_resched();
    tick_nohz_idle_exit();
    flush_smp_call_function_queue();
    schedule_idle();
}

void cpu_startup_entry(enum cpuhp_state state) {
    cpuhp_online_idle(state);
    for (;;)
        do_idle();
}

static int select_task_rq_idle(task_struct *p, int cpu, int flags) {
    return static_cast<int>(task_cpu(p));
}

static void check_preempt_curr_idle(rq *r, task_struct *p, int flags) {
    resched_curr(r);
}

static task_struct *pick_next_task_idle(rq *r) {
    return r->idle;
}

static void enqueue_task_idle(rq *r, task_struct *p, int flags) {}

// Code sleeps in an interrupt that came while the CPU was idle. The idle task cannot sleep: it waits for the next
// interrupt instead, with the tick on, so that time goes on and what is waited for can happen. Until the idle loop is
// back the idle task gets a turn after each fair task's.
static void dequeue_task_idle(rq *r, task_struct *p, int flags) {
    static DEFINE_RATELIMIT_STATE(limit, HZ, 1);

    r->nr_running++; // the idle task is not counted
    WRITE_ONCE(p->__state, TASK_RUNNING);
    p->on_rq = TASK_ON_RQ_QUEUED;
    raw_spin_unlock_irq(&r->lock);
    if (__ratelimit(&limit)) {
        printk(KERN_ERR "bad: scheduling from the idle thread!\n");
        dump_stack();
        report_finding(FINDING_schedule_in_atomic, "bad: scheduling from the idle thread!");
    }
    r->idle_waits = true;
    local_irq_disable();
    tick_nohz_idle_restart_tick();
    if (!need_resched() && !READ_ONCE(r->nr_running))
        port_wfi();
    local_irq_enable();
    raw_spin_lock_irq(&r->lock);
}

static void put_prev_task_idle(rq *r, task_struct *p) {}

static void set_next_task_idle(rq *r, task_struct *p) {}

static void task_tick_idle(rq *r, task_struct *p) {}

static void yield_task_idle(rq *r) {}

const sched_class idle_sched_class = {
    3,
    enqueue_task_idle,
    dequeue_task_idle,
    yield_task_idle,
    check_preempt_curr_idle,
    pick_next_task_idle,
    put_prev_task_idle,
    set_next_task_idle,
    nullptr,
    select_task_rq_idle,
    nullptr,
    task_tick_idle,
    nullptr,
    nullptr,
    nullptr,
};
