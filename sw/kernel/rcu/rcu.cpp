// SPDX-License-Identifier: Apache-2.0
// Read-copy-update (Linux: kernel/rcu/tree.c, tree_plugin.h, update.c; one level, no grace-period thread).
//
// A grace period has a number. It begins when the first callback wants one, and ends when each CPU that was not idle
// then has been outside of readers once, and the readers that were preempted inside one have left it. The one who
// reports last ends it, and begins the next one if callbacks came meanwhile. A callback needs the next grace period to
// begin; so no more than two numbers are ever wanted.
#include <linux/rcupdate.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/spinlock.h>

#include "kernel/module/leaks.h"
#include "lib/ranges.h"
#include "port/order.h"

namespace {

struct callback_list {
    rcu_head *head;
    rcu_head **tail;
};

struct rcu_data {
    bool idle;                // in WFI: no reader can be here
    bool needs_qs;            // the grace period waits for this CPU
    callback_list waiting[2]; // by the lowest bit of the grace period that they need; state.lock
    callback_list done;       // state.lock
    irq_work raise;           // has this CPU run its callbacks
    rcu_head barrier;
};

DEFINE_PER_CPU(rcu_data, rcu_data_of);

struct rcu_state {
    raw_spinlock_t lock;
    unsigned long started;   // number of the last grace period that began
    unsigned long completed; // and of the last one that ended
    bool next_wanted;
    cpumask waiting_for;
    list_head blocked_readers;
    unsigned long start_jiffies;
    bool stall_reported;
};

rcu_state state = {__RAW_SPIN_LOCK_INITIALIZER(state.lock), 0, 0,    false, {},
                   LIST_HEAD_INIT(state.blocked_readers),   0, false};

constexpr unsigned long stall_timeout = 21 * HZ;

void init_list(callback_list *list) {
    list->head = nullptr;
    list->tail = &list->head;
}

void append(callback_list *list, rcu_head *head) {
    head->next = nullptr;
    *list->tail = head;
    list->tail = &head->next;
}

void splice(callback_list *to, callback_list *from) {
    if (from->head) {
        *to->tail = from->head;
        to->tail = from->tail;
        init_list(from);
    }
}

bool in_progress() {
    return state.started != state.completed;
}

// ---- grace periods; all under state.lock with interrupts masked ----

// The CPUs that have callbacks to run now.
struct callers {
    cpumask cpus;
};

bool has_blocking_reader() {
    task_struct *t;

    list_for_each_entry (t, &state.blocked_readers, rcu_node_entry)
        if (static_cast<long>(state.started - t->rcu_blocked_gp) >= 0)
            return true;
    return false;
}

void start_grace_period() {
    unsigned int cpu;

    state.started++;
    state.next_wanted = false;
    state.start_jiffies = jiffies;
    state.stall_reported = false;
    for_each_online_cpu (cpu) {
        rcu_data *rdp = per_cpu_ptr(&rcu_data_of, cpu);

        // A CPU on its way to idle sees needs_qs, or this sees that it is idle.
        __atomic_store_n(&rdp->needs_qs, true, __ATOMIC_SEQ_CST);
        if (__atomic_load_n(&rdp->idle, __ATOMIC_SEQ_CST))
            WRITE_ONCE(rdp->needs_qs, false);
        else
            cpumask_set_cpu(cpu, &state.waiting_for);
    }
}

void end_grace_period(callers *who) {
    const unsigned long number = state.started;
    unsigned int cpu;

    state.completed = number;
    for_each_possible_cpu (cpu) {
        rcu_data *rdp = per_cpu_ptr(&rcu_data_of, cpu);

        if (rdp->waiting[number & 1].head) {
            splice(&rdp->done, &rdp->waiting[number & 1]);
            cpumask_set_cpu(cpu, &who->cpus);
        }
    }
}

// Begins and ends what can begin and end now.
void advance(callers *who) {
    for (;;) {
        if (in_progress()) {
            if (!cpumask_empty(&state.waiting_for) || has_blocking_reader())
                return;
            end_grace_period(who);
        }
        if (!state.next_wanted)
            return;
        start_grace_period();
    }
}

// After the lock is dropped: interrupts the CPUs, as a wake-up could need locks that the caller holds.
void call_callers(const callers *who) {
    unsigned int cpu;

    for_each_cpu (cpu, &who->cpus)
        irq_work_queue_on(&per_cpu(rcu_data_of, cpu).raise, static_cast<int>(cpu));
}

void report_qs(rcu_data *rdp) {
    callers who = {};
    unsigned long flags;

    raw_spin_lock_irqsave(&state.lock, flags);
    if (rdp->needs_qs) {
        rdp->needs_qs = false;
        cpumask_clear_cpu(raw_smp_processor_id(), &state.waiting_for);
        advance(&who);
    }
    raw_spin_unlock_irqrestore(&state.lock, flags);
    call_callers(&who);
}

void queue_callback(rcu_data *rdp, rcu_head *head) {
    append(&rdp->waiting[(state.started + 1) & 1], head);
    state.next_wanted = true;
}

// ---- callbacks ----

void raise_rcu_softirq(irq_work *) {
    raise_softirq_irqoff(RCU_SOFTIRQ);
}

completion barrier_done; // rcu_barrier() waits; those that it waits for are its domain's readers

void run_callbacks(struct softirq_action *) {
    rcu_data *rdp = this_cpu_ptr(&rcu_data_of);
    callback_list ready;

    init_list(&ready);
    raw_spin_lock_irq(&state.lock);
    splice(&ready, &rdp->done);
    raw_spin_unlock_irq(&state.lock);

    rcu_head *next;
    for (rcu_head *head = ready.head; head; head = next) {
        const unsigned long offset = reinterpret_cast<unsigned long>(head->func);

        next = head->next;
        debug_object_deactivate(head);
        port_order(ORDER_begin, head, 0, "RCU callback");
        order_tell(grace_period, 0);
        if (__is_kvfree_rcu_offset(offset))
            kvfree(reinterpret_cast<char *>(head) - offset);
        else
            head->func(head);
        order_tell(reader_end, &barrier_done);
        order_tell(end, head);
    }
}

struct rcu_waiter {
    rcu_head head;
    completion done;
};

void wake_waiter(rcu_head *head) {
    complete(&container_of(head, rcu_waiter, head)->done);
}

} // namespace

void call_rcu(struct rcu_head *head, rcu_callback_t func) {
    callers who = {};
    unsigned long flags;

    if (unlikely(!debug_object_activate_once(head, DEBUG_OBJECT_RCU, reinterpret_cast<const void *>(func))))
        return; // twice on the list, the callbacks behind it would be lost
    head->func = func;
    order_tell(hand_over, head);
    raw_spin_lock_irqsave(&state.lock, flags);
    queue_callback(this_cpu_ptr(&rcu_data_of), head);
    advance(&who);
    raw_spin_unlock_irqrestore(&state.lock, flags);
    call_callers(&who);
}
EXPORT_SYMBOL_GPL(call_rcu);

void kvfree_call_rcu(struct rcu_head *head, rcu_callback_t func) {
    call_rcu(head, func);
}
EXPORT_SYMBOL_GPL(kvfree_call_rcu);

void synchronize_rcu(void) {
    // The one CPU that runs before the scheduler does has no other reader.
    if (system_state == SYSTEM_BOOTING)
        return;
    might_sleep();
    WARN_ONCE(rcu_preempt_depth(), "Illegal synchronize_rcu() in RCU read-side critical section");
    rcu_waiter waiter;
    init_completion(&waiter.done);
    call_rcu(&waiter.head, wake_waiter);
    wait_for_completion(&waiter.done);
    order_tell(grace_period, 0);
}
EXPORT_SYMBOL_GPL(synchronize_rcu);

void synchronize_rcu_expedited(void) {
    synchronize_rcu();
}
EXPORT_SYMBOL_GPL(synchronize_rcu_expedited);

// A grace period that begins after this call has number `cookie` or more.
unsigned long get_state_synchronize_rcu(void) {
    smp_mb();
    return READ_ONCE(state.started) + 1;
}
EXPORT_SYMBOL_GPL(get_state_synchronize_rcu);

unsigned long start_poll_synchronize_rcu(void) {
    callers who = {};
    unsigned long flags;

    raw_spin_lock_irqsave(&state.lock, flags);
    const unsigned long cookie = state.started + 1;
    state.next_wanted = true;
    advance(&who);
    raw_spin_unlock_irqrestore(&state.lock, flags);
    call_callers(&who);
    return cookie;
}
EXPORT_SYMBOL_GPL(start_poll_synchronize_rcu);

bool poll_state_synchronize_rcu(unsigned long oldstate) {
    return static_cast<long>(READ_ONCE(state.completed) - oldstate) >= 0;
}
EXPORT_SYMBOL_GPL(poll_state_synchronize_rcu);

void cond_synchronize_rcu(unsigned long oldstate) {
    if (!poll_state_synchronize_rcu(oldstate))
        synchronize_rcu();
}
EXPORT_SYMBOL_GPL(cond_synchronize_rcu);

unsigned long get_completed_synchronize_rcu(void) {
    return READ_ONCE(state.completed);
}
EXPORT_SYMBOL_GPL(get_completed_synchronize_rcu);

// The number as Linux's tests read it: it moves with each beginning and each end.
unsigned long rcu_get_gp_seq(void) {
    return READ_ONCE(state.started) + READ_ONCE(state.completed);
}
EXPORT_SYMBOL_GPL(rcu_get_gp_seq);

// There is one kind of grace period: those that should be quicker are the same.
unsigned long rcu_exp_batches_completed(void) {
    return READ_ONCE(state.completed);
}
EXPORT_SYMBOL_GPL(rcu_exp_batches_completed);

int rcu_jiffies_till_stall_check(void) {
    return stall_timeout;
}
EXPORT_SYMBOL_GPL(rcu_jiffies_till_stall_check);

static DEFINE_MUTEX(barrier_mutex);
static atomic_t barrier_left;

static void barrier_callback(rcu_head *) {
    if (atomic_dec_and_test(&barrier_left))
        complete(&barrier_done);
}

// One callback behind the last one of each CPU that has any.
void rcu_barrier(void) {
    callers who = {};
    unsigned int cpu;

    might_sleep();
    mutex_lock(&barrier_mutex);
    init_completion(&barrier_done);
    atomic_set(&barrier_left, 1);
    raw_spin_lock_irq(&state.lock);
    for_each_possible_cpu (cpu) {
        rcu_data *rdp = per_cpu_ptr(&rcu_data_of, cpu);

        // Callbacks that are being run right now are in none of the lists: an online CPU is asked in any case.
        if (!cpu_online(cpu) && !rdp->waiting[0].head && !rdp->waiting[1].head && !rdp->done.head)
            continue;
        rdp->barrier.func = barrier_callback;
        atomic_inc(&barrier_left);
        queue_callback(rdp, &rdp->barrier);
    }
    advance(&who);
    raw_spin_unlock_irq(&state.lock);
    call_callers(&who);
    barrier_callback(nullptr);
    wait_for_completion(&barrier_done);
    order_tell(grace_period, &barrier_done);
    mutex_unlock(&barrier_mutex);
}
EXPORT_SYMBOL_GPL(rcu_barrier);

// ---- readers and quiescent states ----

void rcu_note_context_switch(bool preempt) {
    rcu_data *rdp = this_cpu_ptr(&rcu_data_of);
    task_struct *t = current;

    if (unlikely(t->rcu_read_lock_nesting > 0)) {
        WARN_ONCE(!preempt, "Voluntary context switch within RCU read-side critical section!");
        if (!t->rcu_blocked_reader || list_empty(&t->rcu_node_entry)) {
            raw_spin_lock(&state.lock);
            // Its section may have begun before this grace period only if this CPU has not been outside of readers
            // since.
            t->rcu_blocked_gp = rdp->needs_qs ? state.started : state.started + 1;
            t->rcu_blocked_reader = true;
            list_add_tail(&t->rcu_node_entry, &state.blocked_readers);
            raw_spin_unlock(&state.lock);
        }
    }
    if (unlikely(READ_ONCE(rdp->needs_qs)))
        report_qs(rdp);
}

// This reader was preempted, or the tick asked it for help: a grace period may wait for it, or for this CPU.
void rcu_read_unlock_special(struct task_struct *t) {
    callers who = {};
    const bool atomic = preempt_count() || irqs_disabled();
    unsigned long flags;

    raw_spin_lock_irqsave(&state.lock, flags);
    t->rcu_blocked_reader = false;
    if (!list_empty(&t->rcu_node_entry)) {
        list_del_init(&t->rcu_node_entry);
        advance(&who);
    }
    const bool needs_qs = READ_ONCE(this_cpu_ptr(&rcu_data_of)->needs_qs);
    raw_spin_unlock_irqrestore(&state.lock, flags);
    call_callers(&who);
    if (!needs_qs)
        return;
    // What runs with preemption disabled counts as a reader too: then the next switch reports.
    local_irq_save(flags);
    if (!atomic) {
        report_qs(this_cpu_ptr(&rcu_data_of));
    } else {
        set_tsk_need_resched(t);
        set_preempt_need_resched();
    }
    local_irq_restore(flags);
}
EXPORT_SYMBOL_GPL(rcu_read_unlock_special);

void rcu_read_unlock_underflow(void) {
    WARN_ONCE(1, "rcu_read_unlock() without rcu_read_lock()\n");
}
EXPORT_SYMBOL_GPL(rcu_read_unlock_underflow);

static void check_stall() {
    if (state.stall_reported || !time_after(jiffies, state.start_jiffies + stall_timeout))
        return;
    state.stall_reported = true;
    printk(KERN_ERR "rcu: INFO: rcu_preempt self-detected stall on CPU\n");
    printk(KERN_ERR "rcu: \t%d-....: (t=%lu jiffies g=%lu)\n", static_cast<int>(raw_smp_processor_id()),
           jiffies - state.start_jiffies, state.started);
    dump_stack();
    report_defect("rcu: INFO: rcu_preempt self-detected stall on CPU");
}

void rcu_sched_clock_irq(int) {
    rcu_data *rdp = this_cpu_ptr(&rcu_data_of);
    task_struct *t = current;

    if (likely(!READ_ONCE(rdp->needs_qs)))
        return;
    const bool from_idle = is_idle_task(t) && hardirq_count() == HARDIRQ_OFFSET && !softirq_count();
    const bool in_reader = t->rcu_read_lock_nesting > 0 || (preempt_count() & (PREEMPT_MASK | SOFTIRQ_MASK));
    if (from_idle ? t->rcu_read_lock_nesting == 0 : !in_reader)
        report_qs(rdp);
    else
        check_stall();
    // Readers that follow each other closely could hide every gap from the tick.
    if (t->rcu_read_lock_nesting > 0 && time_after(jiffies, state.start_jiffies + HZ))
        t->rcu_blocked_reader = true;
}

void rcu_idle_enter(void) {
    rcu_data *rdp = this_cpu_ptr(&rcu_data_of);

    __atomic_store_n(&rdp->idle, true, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&rdp->needs_qs, __ATOMIC_SEQ_CST))
        report_qs(rdp);
}

void rcu_idle_exit(void) {
    __atomic_store_n(&this_cpu_ptr(&rcu_data_of)->idle, false, __ATOMIC_SEQ_CST);
}

bool rcu_is_watching(void) {
    return !raw_cpu_ptr(&rcu_data_of)->idle;
}
EXPORT_SYMBOL_GPL(rcu_is_watching);

// WFI sleeps with interrupts masked, and the CPU has left the idle state before it takes one: nothing to do for either.
void rcu_irq_enter(void) {}

void rcu_irq_exit(void) {}

// The last CPU to report interrupts those that have callbacks, so they need no tick meanwhile.
int rcu_needs_cpu(void) {
    return 0;
}

// In the stopper of a CPU that goes down, all CPUs stopped and this one no longer among those online: no grace period
// waits for it any more, and another CPU runs its callbacks.
int rcutree_dying_cpu(unsigned int cpu) {
    rcu_data *from = per_cpu_ptr(&rcu_data_of, cpu);
    const unsigned int heir = cpumask_first(cpu_online_mask);
    rcu_data *to = per_cpu_ptr(&rcu_data_of, heir);

    raw_spin_lock(&state.lock);
    splice(&to->waiting[0], &from->waiting[0]);
    splice(&to->waiting[1], &from->waiting[1]);
    splice(&to->done, &from->done);
    raw_spin_unlock(&state.lock);
    report_qs(from);
    irq_work_queue_on(&to->raise, static_cast<int>(heir));
    return 0;
}

void rcu_init(void) {
    unsigned int cpu;

    for_each_possible_cpu (cpu) {
        rcu_data *rdp = per_cpu_ptr(&rcu_data_of, cpu);

        for (auto &list : rdp->waiting)
            init_list(&list);
        init_list(&rdp->done);
        init_irq_work(&rdp->raise, raise_rcu_softirq);
    }
    open_softirq(RCU_SOFTIRQ, run_callbacks);
    printk(KERN_INFO "rcu: Preemptible RCU, %u CPUs\n", nr_cpu_ids);
}

// Callbacks that the module has handed over and not waited for: rcu_barrier() does.
static void rcu_leak_check(const struct module *mod) {
    rcu_callback_t left[8];
    unsigned count = 0;

    const auto look = [&](const callback_list &list) {
        for (const rcu_head *head = list.head; head && count < ARRAY_SIZE(left); head = head->next)
            if (module_owns(mod, reinterpret_cast<const void *>(head->func)))
                left[count++] = head->func;
    };
    raw_spin_lock_irq(&state.lock);
    for (unsigned cpu : bits_of(*cpu_possible_mask)) {
        const rcu_data &data = *per_cpu_ptr(&rcu_data_of, cpu);
        look(data.waiting[0]);
        look(data.waiting[1]);
        look(data.done);
    }
    raw_spin_unlock_irq(&state.lock);
    for (unsigned i = 0; i < count; i++)
        module_leak(mod, reinterpret_cast<const void *>(left[i]),
                    "RCU callback %ps still to come: rcu_barrier() waits for it", left[i]);
}
MODULE_LEAK_CHECK(rcu_leak_check);
