// SPDX-License-Identifier: Apache-2.0
// The scheduler's core: run queues, choosing, switching (Linux: kernel/sched/core.c).
#include "kernel/sched/sched.h"

#include <linux/delay.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/sched/idle.h>
#include <linux/sched/nohz.h>
#include <linux/sched/task.h>
#include <linux/tick.h>

DEFINE_PER_CPU(rq, runqueues);

// ---- run queues and their tasks ----

void update_rq_clock(rq *r) {
    const u64 now = sched_clock();

    if (now > r->clock)
        r->clock = now;
}

rq *task_rq_lock(task_struct *p, unsigned long *flags) {
    for (;;) {
        raw_spin_lock_irqsave(&p->pi_lock, *flags);
        rq *r = task_rq(p);
        raw_spin_lock(&r->lock);
        // A balancing CPU moves queued tasks under the run queues' locks alone.
        if (likely(r == task_rq(p)))
            return r;
        raw_spin_unlock(&r->lock);
        raw_spin_unlock_irqrestore(&p->pi_lock, *flags);
    }
}

void task_rq_unlock(rq *r, task_struct *p, unsigned long flags) {
    raw_spin_unlock(&r->lock);
    raw_spin_unlock_irqrestore(&p->pi_lock, flags);
}

bool double_lock_balance(rq *self, rq *other) {
    if (raw_spin_trylock(&other->lock))
        return false;
    if (cpu_of(self) < cpu_of(other)) {
        raw_spin_lock(&other->lock);
        return false;
    }
    raw_spin_unlock(&self->lock);
    raw_spin_lock(&other->lock);
    raw_spin_lock(&self->lock);
    return true;
}

void double_unlock_balance(rq *self, rq *other) {
    raw_spin_unlock(&other->lock);
}

void activate_task(rq *r, task_struct *p, int flags) {
    p->sched_class->enqueue_task(r, p, flags);
    r->nr_running++;
    p->on_rq = TASK_ON_RQ_QUEUED;
}

void deactivate_task(rq *r, task_struct *p, int flags) {
    p->on_rq = (flags & DEQUEUE_SLEEP) ? 0 : TASK_ON_RQ_MIGRATING;
    r->nr_running--;
    p->sched_class->dequeue_task(r, p, flags);
}

// The run queue's lock is held, or the task is not on any queue and its pi_lock is held.
void set_task_cpu(task_struct *p, unsigned int new_cpu) {
    const unsigned int old_cpu = task_cpu(p);

    if (old_cpu == new_cpu)
        return;
    trace_event4(sched_migrate_task, p->pid, old_cpu, new_cpu, p->prio, p->comm);
    // vruntime is relative to its queue: keep the distance.
    if (is_fair(p))
        p->se.vruntime +=
            cpu_rq(static_cast<int>(new_cpu))->cfs.min_vruntime - cpu_rq(static_cast<int>(old_cpu))->cfs.min_vruntime;
    p->se.nr_migrations++;
    WRITE_ONCE(p->thread_info.cpu, new_cpu);
    p->wake_cpu = static_cast<int>(new_cpu);
}

void move_queued_task_locked(rq *from, rq *to, task_struct *p) {
    deactivate_task(from, p, 0);
    set_task_cpu(p, static_cast<unsigned>(cpu_of(to)));
    update_rq_clock(to);
    activate_task(to, p, 0);
}

void resched_curr(rq *r) {
    task_struct *curr = r->curr;
    const int cpu = cpu_of(r);

    if (test_tsk_need_resched(curr))
        return;
    set_tsk_need_resched(curr);
    if (cpu == static_cast<int>(raw_smp_processor_id()))
        set_preempt_need_resched();
    else
        smp_send_reschedule(cpu);
}

void resched_cpu(int cpu) {
    rq *r = cpu_rq(cpu);
    unsigned long flags;

    raw_spin_lock_irqsave(&r->lock, flags);
    if (cpu_online(static_cast<unsigned>(cpu)))
        resched_curr(r);
    raw_spin_unlock_irqrestore(&r->lock, flags);
}

// An idle CPU looks at its timers again when it leaves its idle loop's turn.
void wake_up_nohz_cpu(int cpu) {
    if (cpu == static_cast<int>(raw_smp_processor_id()))
        return;
    set_tsk_need_resched(cpu_rq(cpu)->idle);
    smp_send_reschedule(cpu);
}

void wake_up_if_idle(int cpu) {
    rq *r = cpu_rq(cpu);
    unsigned long flags;

    raw_spin_lock_irqsave(&r->lock, flags);
    if (is_idle_task(r->curr))
        resched_curr(r);
    raw_spin_unlock_irqrestore(&r->lock, flags);
}

void check_preempt_curr(rq *r, task_struct *p, int flags) {
    if (p->sched_class == r->curr->sched_class)
        r->curr->sched_class->check_preempt_curr(r, p, flags);
    else if (p->sched_class->rank < r->curr->sched_class->rank)
        resched_curr(r);
}

// ---- switching ----

// The first thing after a switch, on the new stack, with the run queue locked by the CPU that switched. Enables
// interrupts.
void finish_context_switch() {
    rq *r = this_rq();
    task_struct *prev = r->prev;
    const bool dead = READ_ONCE(prev->__state) == TASK_DEAD;

    r->prev = nullptr;
    __atomic_store_n(&prev->on_cpu, 0, __ATOMIC_RELEASE); // from here on others may run it
    if (unlikely(r->push_rt)) {
        r->push_rt = false;
        push_rt_tasks(r);
    }
    raw_spin_unlock_irq(&r->lock);
    // It has run for the last time, and this CPU is off its stack.
    if (unlikely(dead))
        put_task_struct(prev);
}

// Where a new task begins, before its function.
void schedule_tail(struct task_struct *prev) {
    finish_context_switch();
    preempt_enable();
}

// What the tracepoint says of the task that leaves: the state bits that ps knows; 0x100: it was preempted.
static u64 trace_state(bool preempted, unsigned int prev_state, const task_struct *p) {
    if (preempted)
        return TASK_REPORT_MAX;
    const unsigned int index = __task_state_index(prev_state, static_cast<unsigned>(p->exit_state));
    return index ? 1u << (index - 1) : 0;
}

static void context_switch(rq *r, task_struct *prev, task_struct *next) {
    r->prev = prev;
    next->on_cpu = 1;
    r->lock.owner = next; // who will unlock it
    PORT_CPU_PAGE->thread = next;
    prev->thread.frame = __builtin_frame_address(0);
    port_context_switch(next->thread.context);
    barrier();
    finish_context_switch();
}

static noinline void schedule_bug(task_struct *prev) {
    if (oops_in_progress)
        return;
    printk(KERN_ERR "BUG: scheduling while atomic: %s/%d/0x%08x\n", prev->comm, prev->pid, preempt_count());
    dump_stack();
    add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
    report_defect("BUG: scheduling while atomic: %s/%d/0x%08x", prev->comm, prev->pid, preempt_count());
}

static inline void schedule_debug(task_struct *prev) {
    if (unlikely(in_atomic_preempt_off())) {
        schedule_bug(prev);
        preempt_count_set(PREEMPT_DISABLED);
    }
}

static task_struct *pick_next_task(rq *r, task_struct *prev) {
    // Each class may fetch tasks from other CPUs; that drops the lock, so all come before the choice.
    if (prev->sched_class->balance)
        prev->sched_class->balance(r, prev);
    if (!r->nr_running && prev->sched_class != &idle_sched_class)
        newidle_balance(r);
    prev->sched_class->put_prev_task(r, prev);

    task_struct *next = stop_sched_class.pick_next_task(r);
    if (!next)
        next = rt_sched_class.pick_next_task(r);
    if (!next)
        next = fair_sched_class.pick_next_task(r);
    return next ? next : idle_sched_class.pick_next_task(r);
}

// `preempt`: the task did not ask for it, so its state does not take it from the queue. Preemption disabled.
static void __schedule(bool preempt) {
    rq *r = this_rq();
    task_struct *prev = r->curr;

    schedule_debug(prev);
    local_irq_disable();
    rcu_note_context_switch(preempt);
    raw_spin_lock(&r->lock);
    smp_mb__after_spinlock(); // the state that the task set before its condition
    update_rq_clock(r);

    unsigned long *switch_count = &prev->nivcsw;
    const unsigned int prev_state = READ_ONCE(prev->__state);
    if (!preempt && prev_state) {
        if (signal_pending_state(prev_state, prev)) {
            WRITE_ONCE(prev->__state, TASK_RUNNING);
        } else {
            deactivate_task(r, prev, DEQUEUE_SLEEP);
            if (prev->in_iowait)
                prev->sched_contributes_to_load = 0;
        }
        switch_count = &prev->nvcsw;
    }

    task_struct *next = pick_next_task(r, prev);
    clear_tsk_need_resched(prev);
    clear_preempt_need_resched();
    r->stall_since = 0;
    if (likely(prev != next)) {
        r->nr_switches++;
        WRITE_ONCE(r->curr, next);
        ++*switch_count;
        port_trace(TRACE_sched_switch, static_cast<u64>(prev->pid),
                   static_cast<u64>(prev->prio) | trace_state(preempt, prev_state, prev) << 32,
                   static_cast<u64>(next->pid), static_cast<u64>(next->prio), next->comm);
        context_switch(r, prev, next);
    } else {
        if (unlikely(r->push_rt)) {
            r->push_rt = false;
            push_rt_tasks(r);
        }
        raw_spin_unlock_irq(&r->lock);
    }
}

static inline void sched_submit_work(task_struct *task) {
    if (task_is_running(task))
        return;
    // A worker that goes to sleep lets its pool start another one.
    if (task->flags & PF_WQ_WORKER)
        wq_worker_sleeping(task);
}

static inline void sched_update_worker(task_struct *task) {
    if (task->flags & PF_WQ_WORKER)
        wq_worker_running(task);
}

// A handler or a softirq wants to sleep. Linux goes on to switch away from whatever was interrupted, and what
// follows is luck; here the core is busy for a jiffy instead, so that the caller's loop ends when its time is over and
// the rest of the run still means something.
static noinline void schedule_in_interrupt(task_struct *task) {
    schedule_bug(task);
    __set_current_state(TASK_RUNNING);
    mdelay(1000 / HZ);
    tick_update_jiffies();
}

void schedule(void) {
    task_struct *task = current;

    if (unlikely(in_hardirq() || in_serving_softirq())) {
        schedule_in_interrupt(task);
        return;
    }
    sched_submit_work(task);
    do {
        preempt_disable();
        __schedule(false);
        sched_preempt_enable_no_resched();
    } while (need_resched());
    sched_update_worker(task);
}
EXPORT_SYMBOL(schedule);

// The idle task: its state is always running, and it takes no part in the accounting of sleepers.
extern "C" void schedule_idle(void) {
    do {
        __schedule(false);
    } while (need_resched());
}

void schedule_preempt_disabled(void) {
    sched_preempt_enable_no_resched();
    schedule();
    preempt_disable();
}

void schedule_rtlock(void) {
    do {
        preempt_disable();
        __schedule(false);
        sched_preempt_enable_no_resched();
    } while (need_resched());
}

// preempt.cpp: a task that is running and is taken off against its will.
void preempt_schedule_common() {
    do {
        preempt_disable_notrace();
        __schedule(true);
        preempt_enable_no_resched_notrace();
    } while (need_resched());
}

// On the way out of an interrupt: called and left with I masked.
extern "C" void preempt_schedule_irq(void) {
    do {
        preempt_disable();
        local_irq_enable();
        __schedule(true);
        local_irq_disable();
        sched_preempt_enable_no_resched();
    } while (need_resched());
}

// The last thing a task does.
extern "C" void __noreturn do_task_dead(void) {
    // Not preempted from here on: the next switch away from a dead task frees it.
    preempt_disable();
    set_special_state(TASK_DEAD);
    current->flags |= PF_NOFREEZE;
    __schedule(false);
    panic("a dead task was scheduled");
}

void yield(void) {
    set_current_state(TASK_RUNNING);
    rq *r;

    local_irq_disable();
    r = this_rq();
    raw_spin_lock(&r->lock);
    update_rq_clock(r);
    current->sched_class->yield_task(r);
    preempt_disable();
    raw_spin_unlock_irq(&r->lock);
    sched_preempt_enable_no_resched();
    schedule();
}
EXPORT_SYMBOL(yield);

int io_schedule_prepare(void) {
    const int old = current->in_iowait;

    current->in_iowait = 1;
    return old;
}

void io_schedule_finish(int token) {
    current->in_iowait = token & 1;
}

long io_schedule_timeout(long timeout) {
    const int token = io_schedule_prepare();
    const long left = schedule_timeout(timeout);

    io_schedule_finish(token);
    return left;
}
EXPORT_SYMBOL(io_schedule_timeout);

void io_schedule(void) {
    const int token = io_schedule_prepare();

    schedule();
    io_schedule_finish(token);
}
EXPORT_SYMBOL(io_schedule);

// ---- the tick ----

void scheduler_tick(void) {
    rq *r = this_rq();
    task_struct *curr = r->curr;

    raw_spin_lock(&r->lock);
    update_rq_clock(r);
    curr->sched_class->task_tick(r, curr);
    raw_spin_unlock(&r->lock);

    softlockup_check(r);
    trigger_load_balance(r);
}

u64 task_sched_runtime(struct task_struct *p) {
    unsigned long flags;
    rq *r = task_rq_lock(p, &flags);

    if (task_on_cpu(r, p)) {
        update_rq_clock(r);
        if (p->sched_class->update_curr)
            p->sched_class->update_curr(r);
    }
    const u64 ns = p->se.sum_exec_runtime;
    task_rq_unlock(r, p, flags);
    return ns;
}

// ---- questions ----

int task_curr(const struct task_struct *p) {
    return task_rq(p)->curr == p;
}

int idle_cpu(int cpu) {
    const rq *r = cpu_rq(cpu);

    return READ_ONCE(r->curr) == r->idle && !READ_ONCE(r->nr_running) && !READ_ONCE(r->ttwu_pending);
}
EXPORT_SYMBOL_GPL(idle_cpu);

int available_idle_cpu(int cpu) {
    return idle_cpu(cpu);
}

struct task_struct *idle_task(int cpu) {
    return cpu_rq(cpu)->idle;
}

struct task_struct *curr_task(int cpu) {
    return cpu_rq(cpu)->curr;
}

int task_prio(const struct task_struct *p) {
    return p->prio - MAX_RT_PRIO;
}

unsigned int nr_running(void) {
    unsigned int sum = 0;
    int cpu;

    for_each_online_cpu (cpu)
        sum += READ_ONCE(cpu_rq(cpu)->nr_running);
    return sum;
}

bool single_task_running(void) {
    return READ_ONCE(this_rq()->nr_running) == 1;
}
EXPORT_SYMBOL(single_task_running);

unsigned long long nr_context_switches(void) {
    unsigned long long sum = 0;
    int cpu;

    for_each_possible_cpu (cpu)
        sum += cpu_rq(cpu)->nr_switches;
    return sum;
}

// ---- start ----

void init_idle(struct task_struct *idle, int cpu) {
    rq *r = cpu_rq(cpu);
    unsigned long flags;

    raw_spin_lock_irqsave(&idle->pi_lock, flags);
    raw_spin_lock(&r->lock);
    WRITE_ONCE(idle->__state, TASK_RUNNING);
    idle->se.exec_start = sched_clock();
    idle->flags |= PF_IDLE | PF_KTHREAD | PF_NO_SETAFFINITY;
    idle->cpus_mask = *cpumask_of(static_cast<unsigned>(cpu));
    idle->cpus_ptr = &idle->cpus_mask;
    idle->nr_cpus_allowed = 1;
    idle->thread_info.cpu = static_cast<u32>(cpu);
    idle->wake_cpu = cpu;
    idle->prio = idle->normal_prio = MAX_PRIO;
    r->idle = idle;
    r->curr = idle;
    idle->on_rq = TASK_ON_RQ_QUEUED;
    idle->on_cpu = 1;
    raw_spin_unlock(&r->lock);
    raw_spin_unlock_irqrestore(&idle->pi_lock, flags);
    // It runs, or will when its CPU comes up, with preemption disabled for good.
    idle->thread_info.preempt.count = PREEMPT_DISABLED;
    idle->thread_info.preempt.need_resched = 1;
    idle->sched_class = &idle_sched_class;
    snprintf(idle->comm, sizeof(idle->comm), "swapper/%d", cpu);
}

extern "C" void sched_init(void) {
    int cpu;

    wait_bit_init();
    preempt_dynamic_init();
    for_each_possible_cpu (cpu) {
        rq *r = cpu_rq(cpu);

        raw_spin_lock_init(&r->lock);
        r->cpu = cpu;
        r->next_balance = jiffies;
        init_cfs_rq(&r->cfs);
        init_rt_rq(&r->rt, cpu);
    }
    init_sched_fair_class();
    set_load_weight(&init_task);
    init_idle(&init_task, static_cast<int>(raw_smp_processor_id()));
}

extern "C" void sched_init_smp(void) {
    init_sched_fair_smp(num_online_cpus());
}
