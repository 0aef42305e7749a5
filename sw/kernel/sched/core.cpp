// SPDX-License-Identifier: Apache-2.0
// The scheduler's core: run queues, choosing, switching (Linux: kernel/sched/core.c).
#include "kernel/oops.h"
#include "kernel/sched/sched.h"
#include "port/order.h"

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

rq *lock_rq_of(const task_struct *p) {
    rq *r = task_rq(p);

    raw_spin_lock(&r->lock);
    // A balancing CPU moves queued tasks under the queues' locks alone.
    while (unlikely(r != task_rq(p))) {
        raw_spin_unlock(&r->lock);
        r = task_rq(p);
        raw_spin_lock(&r->lock);
    }
    return r;
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
    const bool sleeps = flags & DEQUEUE_SLEEP;

    --r->nr_running;
    p->on_rq = sleeps ? 0 : TASK_ON_RQ_MIGRATING;
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

// The CPU looks at its queue again as soon as it may be interrupted: this one by its own flag, another one by an
// interrupt, once.
void resched_curr(rq *r) {
    if (test_tsk_need_resched(r->curr))
        return;
    set_tsk_need_resched(r->curr);
    if (r == this_rq())
        set_preempt_need_resched();
    else
        smp_send_reschedule(cpu_of(r));
}

void resched_cpu(int cpu) {
    rq *r = cpu_rq(cpu);
    hold_irqsave l(r->lock);

    if (cpu_online(static_cast<unsigned>(cpu)))
        resched_curr(r);
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
    hold_irqsave l(r->lock);

    if (is_idle_task(r->curr))
        resched_curr(r);
}

// `p` can run here now. Between classes the better one wins; within one the class says.
void check_preempt_curr(rq *r, task_struct *p, int flags) {
    const sched_class *running = r->curr->sched_class;

    if (running->rank > p->sched_class->rank)
        resched_curr(r);
    else if (running == p->sched_class)
        running->check_preempt_curr(r, p, flags);
}

// ---- switching ----

static void push_waiting_rt_tasks(rq *r) {
    if (unlikely(r->push_rt)) {
        r->push_rt = false;
        push_rt_tasks(r);
    }
}

// The first thing after a switch, on the new stack, with the run queue locked by the CPU that switched. Enables
// interrupts.
void finish_context_switch() {
    rq *r = this_rq();
    task_struct *prev = r->prev;
    const bool dead = READ_ONCE(prev->__state) == TASK_DEAD;

    r->prev = nullptr;
    __atomic_store_n(&prev->on_cpu, 0, __ATOMIC_RELEASE); // from here on others may run it
    push_waiting_rt_tasks(r);
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

// Said to the log, with what the task was about, and as a finding (Linux: __schedule_bug).
static noinline void schedule_bug(task_struct *prev) {
    char what[64];

    scnprintf(what, sizeof(what), "BUG: scheduling while atomic: %s/%d/0x%08x", prev->comm, prev->pid, preempt_count());
    printk(KERN_ERR "%s\n", what);
    debug_show_held_locks(prev);
    dump_stack();
    add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
    report_finding(FINDING_schedule_in_atomic, "%s", what);
}

// Somebody sleeps where that is not allowed: under a spinlock, in a softirq, in an interrupt. That is said, and then
// the switch is made as if it were allowed. The count that forbade it is gone for good, so it is said once, and
// softirqs and interrupts of this CPU go on: what the sleeper waits for can happen.
static inline void schedule_debug(task_struct *prev) {
    if (likely(!in_atomic_preempt_off()))
        return;
    if (!oops_in_progress)
        schedule_bug(prev);
    preempt_count_set(PREEMPT_DISABLED);
}

static task_struct *pick_next_task(rq *r, task_struct *prev) {
    // Each class may fetch tasks from other CPUs; that drops the lock, so all come before the choice.
    if (prev->sched_class->balance)
        prev->sched_class->balance(r, prev);
    if (!r->nr_running && prev->sched_class != &idle_sched_class)
        newidle_balance(r);
    prev->sched_class->put_prev_task(r, prev);
    if (unlikely(r->idle_waits) && is_fair(prev))
        return r->idle;

    return stop_sched_class.pick_next_task(r)
               ?: rt_sched_class.pick_next_task(r) ?: fair_sched_class.pick_next_task(r) ?: r->idle;
}

// How a task comes to leave its CPU: by its own will, which is to sleep if its state says so, or against it.
enum class leaving { by_itself, preempted };

// Takes the task off its queue if it goes to sleep. A signal that it wants to hear of keeps it awake.
static void let_sleep(rq *r, task_struct *prev, unsigned int state) {
    if (signal_pending_state(state, prev)) {
        WRITE_ONCE(prev->__state, TASK_RUNNING);
        return;
    }
    deactivate_task(r, prev, DEQUEUE_SLEEP);
    if (prev->in_iowait)
        prev->sched_contributes_to_load = 0;
}

// Preemption is disabled, so that the task cannot be taken off while it decides that.
static void __schedule(leaving why) {
    rq *r = this_rq();
    task_struct *prev = r->curr;

    schedule_debug(prev);
    local_irq_disable();
    rcu_note_context_switch(why == leaving::preempted);
    raw_spin_lock(&r->lock);
    smp_mb__after_spinlock(); // the state that the task set before its condition
    update_rq_clock(r);

    const unsigned int state = READ_ONCE(prev->__state);
    const bool voluntary = why == leaving::by_itself && state;
    if (voluntary)
        let_sleep(r, prev, state);
    task_struct *next = pick_next_task(r, prev);
    clear_tsk_need_resched(prev);
    clear_preempt_need_resched();
    r->stall_since = 0;
    if (unlikely(next == prev)) {
        push_waiting_rt_tasks(r);
        raw_spin_unlock_irq(&r->lock);
        return;
    }
    r->nr_switches++;
    WRITE_ONCE(r->curr, next);
    ++*(voluntary ? &prev->nvcsw : &prev->nivcsw);
    port_trace(TRACE_sched_switch, static_cast<u64>(prev->pid),
               static_cast<u64>(prev->prio) | trace_state(why == leaving::preempted, state, prev) << 32,
               static_cast<u64>(next->pid), static_cast<u64>(next->prio), next->comm);
    context_switch(r, prev, next);
}

// What keeps the task on its CPU while it decides to leave it, for each way in.
struct preempt_off_quietly { // the end of the section is not a point of rescheduling
    preempt_off_quietly() { preempt_disable(); }
    ~preempt_off_quietly() { sched_preempt_enable_no_resched(); }
};
struct preempt_off_untraced {
    preempt_off_untraced() { preempt_disable_notrace(); }
    ~preempt_off_untraced() { preempt_enable_no_resched_notrace(); }
};
struct preempt_off_from_interrupt { // come and gone with I masked
    preempt_off_from_interrupt() {
        preempt_disable();
        local_irq_enable();
    }
    ~preempt_off_from_interrupt() {
        local_irq_disable();
        sched_preempt_enable_no_resched();
    }
};

// Switches until no switch is asked for any more: by the time the task is back its turn may be over again.
template <class Section>
static __always_inline void schedule_while_needed(leaving why) {
    do {
        Section section;
        __schedule(why);
    } while (need_resched());
}

void schedule(void) {
    task_struct *task = current;
    const bool worker = task->flags & PF_WQ_WORKER;

    // A worker that goes to sleep lets its pool start another one.
    if (unlikely(worker) && !task_is_running(task))
        wq_worker_sleeping(task);
    schedule_while_needed<preempt_off_quietly>(leaving::by_itself);
    order_tell(received, task);
    if (unlikely(worker))
        wq_worker_running(task);
}
EXPORT_SYMBOL(schedule);

// For locks: the pool does not learn of it.
void schedule_rtlock(void) {
    schedule_while_needed<preempt_off_quietly>(leaving::by_itself);
}

// The idle task has preemption disabled all the time.
extern "C" void schedule_idle(void) {
    this_rq()->idle_waits = false;
    struct nothing {
        nothing() {}
    };
    schedule_while_needed<nothing>(leaving::by_itself);
}

void schedule_preempt_disabled(void) {
    sched_preempt_enable_no_resched();
    schedule();
    preempt_disable();
}

// From preempt.cpp.
void preempt_schedule_common() {
    schedule_while_needed<preempt_off_untraced>(leaving::preempted);
}

// On the way out of an interrupt.
extern "C" void preempt_schedule_irq(void) {
    schedule_while_needed<preempt_off_from_interrupt>(leaving::preempted);
}

// The last thing a task does.
extern "C" void __noreturn do_task_dead(void) {
    // Not preempted from here on: the next switch away from a dead task frees it.
    preempt_disable();
    set_special_state(TASK_DEAD);
    current->flags |= PF_NOFREEZE;
    __schedule(leaving::by_itself);
    panic("a dead task was scheduled");
}

void yield(void) {
    set_current_state(TASK_RUNNING);
    local_irq_disable();
    rq *r = this_rq();
    raw_spin_lock(&r->lock);
    update_rq_clock(r);
    current->sched_class->yield_task(r);
    {
        preempt_off_quietly section; // the switch comes below, not at the end of the lock
        raw_spin_unlock_irq(&r->lock);
    }
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
    if (unlikely(r->idle_waits) && curr != r->idle)
        resched_curr(r);
    raw_spin_unlock(&r->lock);

    softlockup_check(r);
    trigger_load_balance(r);
}

u64 task_sched_runtime(struct task_struct *p) {
    hold_task held(p);
    rq *r = held.queue();

    // What the class has not booked yet.
    if (task_on_cpu(r, p) && p->sched_class->update_curr) {
        update_rq_clock(r);
        p->sched_class->update_curr(r);
    }
    return p->se.sum_exec_runtime;
}

// ---- questions ----

int task_curr(const struct task_struct *p) {
    return task_rq(p)->curr == p;
}

int idle_cpu(int cpu) {
    const rq *r = cpu_rq(cpu);

    return READ_ONCE(r->curr) == r->idle && !READ_ONCE(r->nr_running) && !READ_ONCE(r->ttwu_pending);
}

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

// A task that stays on one CPU, the least of all, with preemption disabled for good. It runs, or will when its CPU
// comes up.
void init_idle(struct task_struct *idle, int cpu) {
    rq *r = cpu_rq(cpu);
    const auto nr = static_cast<unsigned>(cpu);

    {
        hold_irqsave task(idle->pi_lock);
        hold queue(r->lock);

        idle->thread_info.cpu = nr;
        idle->wake_cpu = cpu;
        idle->cpus_mask = *cpumask_of(nr);
        idle->cpus_ptr = &idle->cpus_mask;
        idle->nr_cpus_allowed = 1;
        idle->flags |= PF_NO_SETAFFINITY | PF_IDLE | PF_KTHREAD;
        idle->normal_prio = MAX_PRIO;
        idle->prio = MAX_PRIO;
        idle->se.exec_start = sched_clock();
        WRITE_ONCE(idle->__state, TASK_RUNNING);
        idle->on_cpu = 1;
        idle->on_rq = TASK_ON_RQ_QUEUED;
        r->curr = r->idle = idle;
    }
    idle->thread_info.preempt = {PREEMPT_DISABLED, 1};
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
