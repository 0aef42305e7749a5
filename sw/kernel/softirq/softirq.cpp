// SPDX-License-Identifier: Apache-2.0
// Softirqs: work that interrupts leave for when they are over (Linux: kernel/softirq.c).
//
// Pending softirqs are served on the way out of the outermost interrupt, or when the last local_bh_enable() is reached,
// always on the CPU that raised them and with interrupts enabled. What keeps coming is left to ksoftirqd, which has to
// compete with other tasks.
#define pr_fmt(fmt) "softirq: " fmt

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kernel_stat.h>
#include <linux/kthread.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/smpboot.h>
#include <linux/tick.h>

#include "kernel/oops.h"
#include "kernel/softirq/softirq.h"
#include "lib/guard.h"
#include "port/trace.h"

DEFINE_PER_CPU_ALIGNED(irq_cpustat_t, irq_stat);
EXPORT_PER_CPU_SYMBOL(irq_stat);
DEFINE_PER_CPU(struct kernel_stat, kstat);
EXPORT_PER_CPU_SYMBOL(kstat);
DEFINE_PER_CPU(struct task_struct *, ksoftirqd);

const void *softirq_culprit;

const char *const softirq_to_name[NR_SOFTIRQS] = {
#define SOFTIRQ_NAME(name, whose) #name,
    PORT_SOFTIRQS(SOFTIRQ_NAME)
#undef SOFTIRQ_NAME
};
#define SOFTIRQ_NUMBER(name, whose) PORT_##name,
enum { PORT_SOFTIRQS(SOFTIRQ_NUMBER) PORT_SOFTIRQ_COUNT };
#undef SOFTIRQ_NUMBER
static_assert(PORT_SOFTIRQ_COUNT == NR_SOFTIRQS);
#define SOFTIRQ_AGREES(name, whose) static_assert(PORT_##name == name##_SOFTIRQ);
PORT_SOFTIRQS(SOFTIRQ_AGREES)
#undef SOFTIRQ_AGREES

namespace {

softirq_action softirq_vec[NR_SOFTIRQS] ____cacheline_aligned;

// At most this much in one go, of the rounds and of the time.
constexpr int max_restart = 10;
constexpr unsigned max_time_ms = 2;

// These are not left to a ksoftirqd that has yet to be scheduled.
constexpr unsigned softirq_now_mask = (1u << HI_SOFTIRQ) | (1u << TASKLET_SOFTIRQ);

void wakeup_softirqd() {
    task_struct *tsk = __this_cpu_read(ksoftirqd);
    if (tsk)
        wake_up_process(tsk);
}

bool ksoftirqd_running(unsigned pending) {
    if (pending & softirq_now_mask)
        return false;
    task_struct *tsk = __this_cpu_read(ksoftirqd);
    return tsk && READ_ONCE(tsk->__state) == TASK_RUNNING && !__kthread_should_park(tsk);
}

void run_vector(unsigned vec) {
    softirq_action *h = &softirq_vec[vec];
    const int count = preempt_count();
    kstat_incr_softirqs_this_cpu(vec);

    void (*action)(softirq_action *) = READ_ONCE(h->action);
    if (!action) {
        pr_err("vector %u %s raised but not open\n", vec, softirq_to_name[vec]);
        report_defect("softirq %u %s raised but not open", vec, softirq_to_name[vec]);
        return;
    }
    trace_event1(softirq_entry, vec, softirq_to_name[vec]);
    action(h);
    trace_event1(softirq_exit, vec, softirq_to_name[vec]);
    if (unlikely(count != preempt_count())) {
        pr_err("huh, entered softirq %u %s %p with preempt_count %08x, exited with %08x?\n", vec, softirq_to_name[vec],
               reinterpret_cast<void *>(action), count, preempt_count());
        report_finding_at(FINDING_preempt_leak, softirq_culprit ? softirq_culprit : reinterpret_cast<void *>(action),
                          "softirq %u %s leaks its preempt count: %08x, then %08x", vec, softirq_to_name[vec], count,
                          preempt_count());
        preempt_count_set(static_cast<u64>(count));
        softirq_culprit = nullptr;
    }
}

void invoke_softirq() {
    if (ksoftirqd_running(local_softirq_pending()))
        return;
    if (!force_irqthreads() || !__this_cpu_read(ksoftirqd))
        __do_softirq();
    else
        wakeup_softirqd();
}

int ksoftirqd_should_run(unsigned) {
    return local_softirq_pending() != 0;
}

void run_ksoftirqd(unsigned) {
    local_irq_disable();
    if (!local_softirq_pending()) {
        local_irq_enable();
        return;
    }
    __do_softirq();
    local_irq_enable();
    cond_resched();
}

smp_hotplug_thread softirq_threads;

int spawn_ksoftirqd() {
    softirq_threads.store = &ksoftirqd;
    softirq_threads.thread_should_run = ksoftirqd_should_run;
    softirq_threads.thread_fn = run_ksoftirqd;
    softirq_threads.thread_comm = "ksoftirqd/%u";
    cpuhp_setup_state_nocalls(CPUHP_SOFTIRQ_DEAD, "softirq:dead", nullptr, tasklet_takeover);
    BUG_ON(smpboot_register_percpu_thread(&softirq_threads));
    return 0;
}
early_initcall(spawn_ksoftirqd);

} // namespace

void __local_bh_disable_ip(unsigned long, unsigned int cnt) {
    WARN_ON_ONCE(in_hardirq());
    preempt_count_add(static_cast<int>(cnt));
    barrier();
}
EXPORT_SYMBOL(__local_bh_disable_ip);

void _local_bh_enable() {
    WARN_ON_ONCE(in_hardirq());
    preempt_count_sub(SOFTIRQ_DISABLE_OFFSET);
}
EXPORT_SYMBOL(_local_bh_enable);

// `cnt` is about to be given back.
static void check_bh_enable(unsigned int cnt) {
    WARN_ON_ONCE(in_hardirq());
    lockdep_assert_irqs_enabled();
    const bool outermost = softirq_count() == cnt - (cnt & 1);
    if (unlikely(outermost && lockdep_depth(current)))
        lockdep_mark_softirqs_on();
}

void __local_bh_enable_ip(unsigned long, unsigned int cnt) {
    check_bh_enable(cnt);
    // All but one: preemption stays off until the softirqs have run, which belong to this CPU.
    preempt_count_sub(static_cast<int>(cnt) - 1);
    if (unlikely(local_softirq_pending()))
        do_softirq(); // unless there is an outer section
    preempt_enable();
}
EXPORT_SYMBOL(__local_bh_enable_ip);

void do_softirq() {
    if (in_interrupt())
        return;
    const irqs_off masked;
    const unsigned pending = local_softirq_pending();
    if (pending && !ksoftirqd_running(pending))
        __do_softirq();
}
EXPORT_SYMBOL(do_softirq); // not by Linux: for teaching, as open_softirq()

// Called and left with interrupts masked; they are enabled while the softirqs run.
void __do_softirq() {
    const unsigned long end = jiffies + msecs_to_jiffies(max_time_ms);
    task_struct *task = current;
    const unsigned reclaim_flag = task->flags & PF_MEMALLOC;
    int restarts = max_restart;

    // The interrupted code may use the reserves of memory; these may not.
    task->flags &= ~PF_MEMALLOC;
    unsigned pending = local_softirq_pending();
    __local_bh_disable_ip(_RET_IP_, SOFTIRQ_OFFSET);
    for (;;) {
        __this_cpu_write(irq_stat.__softirq_pending, 0u);
        local_irq_enable();
        for (; pending; pending &= pending - 1)
            run_vector(static_cast<unsigned>(__builtin_ctz(pending)));
        if (__this_cpu_read(ksoftirqd) == task)
            rcu_softirq_qs();
        local_irq_disable();

        pending = local_softirq_pending();
        if (!pending)
            break;
        if (time_before(jiffies, end) && !need_resched() && --restarts)
            continue;
        wakeup_softirqd();
        break;
    }
    preempt_count_sub(SOFTIRQ_OFFSET);
    WARN_ON_ONCE(in_interrupt());
    task->flags |= reclaim_flag;
}

void irq_enter_rcu() {
    __irq_enter_raw();
    if (is_idle_task(current) && irq_count() == HARDIRQ_OFFSET)
        tick_irq_enter();
}

void irq_enter() {
    rcu_irq_enter();
    irq_enter_rcu();
}

void irq_exit_rcu() {
    lockdep_assert_irqs_disabled();
    __irq_exit_raw();
    if (!in_interrupt() && local_softirq_pending())
        invoke_softirq();
    if (!in_hardirq() && is_idle_task(current) && !need_resched() && idle_cpu(static_cast<int>(smp_processor_id())))
        tick_nohz_irq_exit();
}

void irq_exit() {
    irq_exit_rcu();
    rcu_irq_exit();
}

void open_softirq(int nr, void (*action)(struct softirq_action *)) {
    if (WARN(nr < 0 || nr >= NR_SOFTIRQS, "open_softirq: vector %d requested, expected 0..%d\n", nr, NR_SOFTIRQS - 1))
        return;
    WRITE_ONCE(softirq_vec[nr].action, action);
}
EXPORT_SYMBOL(open_softirq);

unsigned softirqs_shown() {
    return READ_ONCE(softirq_vec[TEST_SOFTIRQ].action) ? NR_SOFTIRQS : TEST_SOFTIRQ;
}

void __raise_softirq_irqoff(unsigned int nr) {
    lockdep_assert_irqs_disabled();
    trace_event1(softirq_raise, nr, softirq_to_name[nr]);
    or_softirq_pending(1u << nr);
}

void raise_softirq_irqoff(unsigned int nr) {
    if (WARN(nr >= NR_SOFTIRQS, "raise_softirq: vector %u raised, expected 0..%d\n", nr, NR_SOFTIRQS - 1))
        return;
    __raise_softirq_irqoff(nr);
    // In an interrupt or with softirqs disabled somebody looks at the pending ones soon; here nothing would.
    if (!in_interrupt())
        wakeup_softirqd();
}
EXPORT_SYMBOL(raise_softirq_irqoff);

void raise_softirq(unsigned int nr) {
    const irqs_off masked;
    raise_softirq_irqoff(nr);
}
EXPORT_SYMBOL(raise_softirq);

void softirq_close_range(const void *base, size_t size) {
    const unsigned long first = reinterpret_cast<unsigned long>(base);
    unsigned closed = 0;
    for (unsigned vec = 0; vec < NR_SOFTIRQS; vec++) {
        if (reinterpret_cast<unsigned long>(softirq_vec[vec].action) - first >= size)
            continue;
        WRITE_ONCE(softirq_vec[vec].action, nullptr);
        closed |= 1u << vec;
    }
    if (!closed)
        return;
    // A raised one would find its vector closed; and a CPU that is inside the function leaves it before it answers.
    on_each_cpu(
        [](void *mask) {
            __this_cpu_and(irq_stat.__softirq_pending, ~static_cast<unsigned>(reinterpret_cast<unsigned long>(mask)));
        },
        reinterpret_cast<void *>(static_cast<unsigned long>(closed)), 1);
    synchronize_rcu();
}

void softirq_init() {
    tasklet_softirq_init();
}
