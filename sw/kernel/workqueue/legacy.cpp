// SPDX-License-Identifier: Apache-2.0
// The old back end: each queue has a thread for each CPU, or just one, and its items run there one after the other
// (Linux before 2.6.36: kernel/workqueue.c).
//
// What the flags of today meant little then: max_active is 1 regardless of what is asked for, WQ_UNBOUND and ordered
// queues have one thread, WQ_HIGHPRI gives the threads nice -20, a thread of one's own is what WQ_MEM_RECLAIM asks for.
// An item that is queued while it runs may run on two CPUs at once, as it did. There is one queue of the system,
// "events".
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/idr.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "kernel/workqueue/workqueue_internal.h"
#include "port/trace.h"

// One thread and its items. Aligned so that work_struct.data has its low bits free.
struct alignas(1 << WORK_STRUCT_FLAG_BITS) cpu_workqueue_struct {
    raw_spinlock_t lock; // interrupts masked
    list_head worklist;
    work_struct *current_work;
    work_func_t current_func;
    task_struct *thread; // null: its CPU is down, or threads cannot be made yet
    workqueue_struct *wq;
    int cpu; // -1: of a queue with one thread
    int id;
    rcu_head rcu;
};

namespace {

DEFINE_IDR(cwqs_by_id); // wq_pool_mutex, RCU

bool has_one_thread(const workqueue_struct *wq) {
    return wq->flags & WQ_UNBOUND;
}

// The queue's threads, in the order of their CPUs.
template <typename F>
void for_each_cwq(const workqueue_struct *wq, F f) {
    for (cpu_workqueue_struct *cwq : wq->cwqs) {
        if (cwq)
            f(cwq);
    }
}

// Where the item is queued or ran last; null if it never ran or that thread is gone. Under RCU.
cpu_workqueue_struct *cwq_of(const work_struct *work) {
    const item_word word = item_word::of(*work);
    if (word.is_queued())
        return word.owner<cpu_workqueue_struct>();
    const unsigned long id = word.last_runner();
    return id == WORK_OFFQ_POOL_NONE ? nullptr : static_cast<cpu_workqueue_struct *>(idr_find(&cwqs_by_id, id));
}

bool queued_on(const work_struct *work, const cpu_workqueue_struct *cwq) {
    const item_word word = item_word::of(*work);
    return word.is_queued() && word.owner<cpu_workqueue_struct>() == cwq;
}

item_word idle_after(const cpu_workqueue_struct *cwq) {
    return item_word::idle_after(static_cast<unsigned long>(cwq->id));
}

// cwq->lock held.
void insert(cpu_workqueue_struct *cwq, work_struct *work, list_head *before) {
    item_word::queued_on(cwq, 0).put_into(*work);
    list_add_tail(&work->entry, before);
    if (cwq->thread && !cwq->current_work)
        wake_up_process(cwq->thread);
}

void run_first(cpu_workqueue_struct *cwq) {
    work_struct *work = list_first_entry(&cwq->worklist, work_struct, entry);
    const work_func_t func = work->func;
    list_del_init(&work->entry);
    debug_object_deactivate(work);
    cwq->current_work = work;
    cwq->current_func = func;
    release(*work, idle_after(cwq));
    raw_spin_unlock_irq(&cwq->lock);
    run_work(work, func);
    raw_spin_lock_irq(&cwq->lock);
    cwq->current_work = nullptr;
    cwq->current_func = nullptr;
}

int worker_thread(void *data) {
    cpu_workqueue_struct *cwq = static_cast<cpu_workqueue_struct *>(data);
    for (;;) {
        raw_spin_lock_irq(&cwq->lock);
        const bool frozen = READ_ONCE(workqueue_freezing) && (cwq->wq->flags & WQ_FREEZABLE);
        if (!list_empty(&cwq->worklist) && !frozen) {
            run_first(cwq);
            raw_spin_unlock_irq(&cwq->lock);
            continue;
        }
        __set_current_state(TASK_IDLE);
        raw_spin_unlock_irq(&cwq->lock);
        if (kthread_should_stop()) {
            __set_current_state(TASK_RUNNING);
            return 0;
        }
        schedule();
    }
}

int start_thread(cpu_workqueue_struct *cwq) {
    workqueue_struct *wq = cwq->wq;
    task_struct *thread = cwq->cpu < 0 ? kthread_create(worker_thread, cwq, "%s", wq->name)
                                       : kthread_create(worker_thread, cwq, "%s/%d", wq->name, cwq->cpu);
    if (IS_ERR(thread))
        return static_cast<int>(PTR_ERR(thread));
    if (wq->flags & WQ_HIGHPRI)
        set_user_nice(thread, MIN_NICE);
    if (cwq->cpu >= 0)
        kthread_bind(thread, static_cast<unsigned>(cwq->cpu));
    raw_spin_lock_irq(&cwq->lock);
    cwq->thread = thread;
    raw_spin_unlock_irq(&cwq->lock);
    wake_up_process(thread);
    return 0;
}

// The thread finishes what is queued first; nothing is queued to it any more.
void stop_thread(cpu_workqueue_struct *cwq) {
    raw_spin_lock_irq(&cwq->lock);
    task_struct *thread = cwq->thread;
    cwq->thread = nullptr;
    raw_spin_unlock_irq(&cwq->lock);
    if (thread)
        kthread_stop(thread);
}

void rcu_free_cwq(rcu_head *rcu) {
    kfree(container_of(rcu, cpu_workqueue_struct, rcu));
}

void rcu_free_legacy_wq(rcu_head *rcu) {
    kfree(container_of(rcu, workqueue_struct, rcu));
}

// wq_pool_mutex held.
void free_cwqs(workqueue_struct *wq) {
    for_each_cwq(wq, [](cpu_workqueue_struct *cwq) {
        if (cwq->id >= 0)
            idr_remove(&cwqs_by_id, static_cast<unsigned long>(cwq->id));
        call_rcu(&cwq->rcu, rcu_free_cwq);
    });
}

cpu_workqueue_struct *new_cwq(workqueue_struct *wq, int cpu) {
    // The slab aligns a power of two to itself.
    static_assert((sizeof(cpu_workqueue_struct) & (sizeof(cpu_workqueue_struct) - 1)) == 0, "a power of two");
    cpu_workqueue_struct *cwq = static_cast<cpu_workqueue_struct *>(kzalloc(sizeof(cpu_workqueue_struct), GFP_KERNEL));
    if (cwq) {
        INIT_LIST_HEAD(&cwq->worklist);
        raw_spin_lock_init(&cwq->lock);
        cwq->wq = wq;
        cwq->cpu = cpu;
    }
    return cwq;
}

// wq_pool_mutex held.
int add_cwq(workqueue_struct *wq, unsigned slot, int cpu) {
    cpu_workqueue_struct *cwq = wq->cwqs[slot] = new_cwq(wq, cpu);
    if (!cwq)
        return -ENOMEM;
    cwq->id = idr_alloc(&cwqs_by_id, cwq, 0, 0, GFP_KERNEL);
    if (cwq->id < 0)
        return cwq->id;
    return wq_online && (cpu < 0 || cpu_online(static_cast<unsigned>(cpu))) ? start_thread(cwq) : 0;
}

// The queue's threads, one or one a CPU; the first error ends it.
int add_threads(workqueue_struct *wq) {
    int error = has_one_thread(wq) ? add_cwq(wq, 0, -1) : 0;

    for (unsigned cpu : bits_of(*cpu_possible_mask))
        if (!error && !has_one_thread(wq))
            error = add_cwq(wq, cpu, static_cast<int>(cpu));
    return error;
}

int legacy_attach(workqueue_struct *wq) {
    const hold l(wq_pool_mutex);
    const int error = add_threads(wq);

    if (error) {
        for_each_cwq(wq, stop_thread);
        free_cwqs(wq);
        call_rcu(&wq->rcu, rcu_free_legacy_wq);
    }
    return error;
}

// Barriers, whose function may still be on its way out when the one who waited looks, are no work.
bool has_work(const cpu_workqueue_struct *cwq) {
    if (cwq->current_work && cwq->current_func != wq_barrier_func)
        return true;
    const work_struct *work;
    list_for_each_entry (work, &cwq->worklist, entry) {
        if (work->func != wq_barrier_func)
            return true;
    }
    return false;
}

bool legacy_drained(workqueue_struct *wq) {
    bool drained = true;
    for_each_cwq(wq, [&](cpu_workqueue_struct *cwq) {
        raw_spin_lock_irq(&cwq->lock);
        drained = drained && !has_work(cwq);
        raw_spin_unlock_irq(&cwq->lock);
    });
    return drained;
}

bool legacy_detach(workqueue_struct *wq) {
    mutex_lock(&wq_pool_mutex);
    const bool busy = WARN_ON(!legacy_drained(wq));
    if (!busy)
        unlist_workqueue(wq);
    mutex_unlock(&wq_pool_mutex);
    if (busy) {
        pr_warn("destroy_workqueue: %s is busy\n", wq->name);
        return false;
    }
    for_each_cwq(wq, stop_thread);
    mutex_lock(&wq_pool_mutex);
    free_cwqs(wq);
    mutex_unlock(&wq_pool_mutex);
    call_rcu(&wq->rcu, rcu_free_legacy_wq);
    return true;
}

// Threads that were frozen look again.
void legacy_adjust(workqueue_struct *wq) {
    for_each_cwq(wq, [](cpu_workqueue_struct *cwq) {
        unsigned long flags; // at boot, interrupts are off here
        raw_spin_lock_irqsave(&cwq->lock, flags);
        if (cwq->thread)
            wake_up_process(cwq->thread);
        raw_spin_unlock_irqrestore(&cwq->lock, flags);
    });
}

bool legacy_active(workqueue_struct *wq) {
    bool active = false;
    for_each_cwq(wq, [&](cpu_workqueue_struct *cwq) { active = active || READ_ONCE(cwq->current_work); });
    return active;
}

int legacy_apply_attrs(workqueue_struct *wq, const workqueue_attrs *attrs) {
    if (WARN_ON(!has_one_thread(wq)))
        return -EINVAL;
    if (!wq->cwqs[0]->thread)
        return 0;
    set_user_nice(wq->cwqs[0]->thread, attrs->nice);
    return set_cpus_allowed_ptr(wq->cwqs[0]->thread, attrs->cpumask);
}

// The thread that is to run the item, locked. That of a CPU that is down is replaced by another.
cpu_workqueue_struct *lock_target(int cpu, workqueue_struct *wq) {
    cpu_workqueue_struct *cwq = wq->cwqs[0];
    if (!has_one_thread(wq))
        cwq = wq->cwqs[cpu == WORK_CPU_UNBOUND ? static_cast<int>(raw_smp_processor_id()) : cpu];
    raw_spin_lock(&cwq->lock);
    if (unlikely(!cwq->thread && cwq->cpu >= 0 && wq_online)) {
        raw_spin_unlock(&cwq->lock);
        cwq = wq->cwqs[raw_smp_processor_id()];
        raw_spin_lock(&cwq->lock);
    }
    return cwq;
}

void legacy_queue(int cpu, workqueue_struct *wq, work_struct *work) {
    cpu_workqueue_struct *cwq = lock_target(cpu, wq);
    trace_event4(workqueue_queue_work, work, work->func, cpu, cwq->cpu, wq->name);
    insert(cwq, work, &cwq->worklist);
    raw_spin_unlock(&cwq->lock);
}

bool legacy_grab(work_struct *work) {
    bool grabbed = false;
    rcu_read_lock();
    if (cpu_workqueue_struct *cwq = cwq_of(work)) {
        raw_spin_lock(&cwq->lock);
        // Data that names a thread is only changed with its lock held.
        if (queued_on(work, cwq)) {
            list_del_init(&work->entry);
            idle_after(cwq).claimed().put_into(*work);
            grabbed = true;
        }
        raw_spin_unlock(&cwq->lock);
    }
    rcu_read_unlock();
    return grabbed;
}

// Puts the barrier behind the item, queued or running, if this thread has it.
bool start_wait(cpu_workqueue_struct *cwq, work_struct *work, wq_barrier *barrier) {
    bool found = true;
    raw_spin_lock_irq(&cwq->lock);
    if (queued_on(work, cwq) || cwq->current_work == work) {
        init_wq_barrier(barrier);
        insert(cwq, &barrier->work, queued_on(work, cwq) ? work->entry.next : cwq->worklist.next);
    } else {
        found = false;
    }
    raw_spin_unlock_irq(&cwq->lock);
    return found;
}

bool finish_wait_for(bool started, wq_barrier *barrier) {
    if (started) {
        wait_for_completion(&barrier->done);
        destroy_work_on_stack(&barrier->work);
    }
    return started;
}

bool legacy_wait(work_struct *work, bool all) {
    wq_barrier barrier;
    rcu_read_lock();
    cpu_workqueue_struct *last = cwq_of(work);
    if (!last || !all) {
        const bool started = last && start_wait(last, work, &barrier);
        rcu_read_unlock();
        return finish_wait_for(started, &barrier);
    }
    // Its queue lives as long as it has items: it may run on any of its threads.
    workqueue_struct *wq = last->wq;
    rcu_read_unlock();
    bool waited = false;
    for_each_cwq(wq, [&](cpu_workqueue_struct *cwq) {
        if (finish_wait_for(start_wait(cwq, work, &barrier), &barrier))
            waited = true;
    });
    return waited;
}

// One thread after the other: a barrier at its end.
void legacy_flush(workqueue_struct *wq) {
    for_each_cwq(wq, [](cpu_workqueue_struct *cwq) {
        wq_barrier barrier;
        WARN_ON(cwq->thread == current);
        raw_spin_lock_irq(&cwq->lock);
        const bool busy = !list_empty(&cwq->worklist) || cwq->current_work;
        if (busy) {
            init_wq_barrier(&barrier);
            insert(cwq, &barrier.work, &cwq->worklist);
        }
        raw_spin_unlock_irq(&cwq->lock);
        finish_wait_for(busy, &barrier);
    });
}

bool legacy_running(work_struct *work) {
    bool running = false;
    rcu_read_lock();
    if (const cpu_workqueue_struct *last = cwq_of(work))
        for_each_cwq(last->wq,
                     [&](cpu_workqueue_struct *cwq) { running = running || READ_ONCE(cwq->current_work) == work; });
    rcu_read_unlock();
    return running;
}

bool legacy_congested(int cpu, workqueue_struct *wq) {
    if (cpu == WORK_CPU_UNBOUND)
        cpu = static_cast<int>(raw_smp_processor_id());
    return !list_empty(&wq->cwqs[has_one_thread(wq) ? 0 : cpu]->worklist);
}

cpu_workqueue_struct *current_cwq() {
    if (!in_task() || !(current->flags & PF_KTHREAD) ||
        kthread_func(current) != reinterpret_cast<void *>(worker_thread))
        return nullptr;
    return static_cast<cpu_workqueue_struct *>(kthread_data(current));
}

work_struct *legacy_current_item() {
    const cpu_workqueue_struct *cwq = current_cwq();
    return cwq ? cwq->current_work : nullptr;
}

workqueue_struct *legacy_current_queue() {
    const cpu_workqueue_struct *cwq = current_cwq();
    return cwq && cwq->current_work ? cwq->wq : nullptr;
}

void legacy_show_queue(workqueue_struct *wq) {
    for_each_cwq(wq, [](cpu_workqueue_struct *cwq) {
        unsigned long flags;
        raw_spin_lock_irqsave(&cwq->lock, flags);
        if (cwq->current_work || !list_empty(&cwq->worklist)) {
            pr_info("workqueue %s: flags=0x%x cpu=%d thread=%d\n", cwq->wq->name, cwq->wq->flags, cwq->cpu,
                    cwq->thread ? task_pid_nr(cwq->thread) : 0);
            if (cwq->current_work)
                pr_info("    in-flight: %ps\n", reinterpret_cast<void *>(cwq->current_func));
            if (!list_empty(&cwq->worklist)) {
                pr_info("    pending:");
                bool comma = false;
                work_struct *work;
                list_for_each_entry (work, &cwq->worklist, entry) {
                    show_work(comma, work);
                    comma = true;
                }
                pr_cont("\n");
            }
        }
        raw_spin_unlock_irqrestore(&cwq->lock, flags);
    });
}

// All threads belong to queues.
void legacy_show_threads() {}

void legacy_debug_show(seq_file *m) {
    mutex_lock(&wq_pool_mutex);
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list) {
        seq_printf(m, "workqueue %s: flags=0x%x\n", wq->name, wq->flags);
        for_each_cwq(wq, [m](cpu_workqueue_struct *cwq) {
            raw_spin_lock_irq(&cwq->lock);
            if (cwq->thread) {
                seq_printf(m, "  %s pid=%d", cwq->thread->comm, task_pid_nr(cwq->thread));
                if (cwq->current_work)
                    seq_printf(m, " running %ps", reinterpret_cast<void *>(cwq->current_func));
                else
                    seq_puts(m, " idle");
                const char *lead = " worklist:";
                work_struct *work;
                list_for_each_entry (work, &cwq->worklist, entry) {
                    seq_printf(m, "%s %ps", lead, reinterpret_cast<void *>(work->func));
                    lead = "";
                }
                seq_putc(m, '\n');
            }
            raw_spin_unlock_irq(&cwq->lock);
        });
    }
    mutex_unlock(&wq_pool_mutex);
}

void legacy_for_each_item(void (*f)(void *arg, work_func_t func, bool running), void *arg) {
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list)
        for_each_cwq(wq, [&](cpu_workqueue_struct *cwq) {
            raw_spin_lock_irq(&cwq->lock);
            if (cwq->current_work)
                f(arg, cwq->current_func, true);
            work_struct *work;
            list_for_each_entry (work, &cwq->worklist, entry)
                f(arg, work->func, false);
            raw_spin_unlock_irq(&cwq->lock);
        });
}

// Calls f on the threads of one CPU, of all queues, until it fails.
template <typename F>
int for_cpu(unsigned cpu, F f) {
    int ret = 0;
    mutex_lock(&wq_pool_mutex);
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list)
        if (!has_one_thread(wq) && !ret)
            ret = f(wq->cwqs[cpu]);
    mutex_unlock(&wq_pool_mutex);
    return ret;
}

int legacy_cpu_up(unsigned int cpu) {
    return for_cpu(cpu, [](cpu_workqueue_struct *cwq) { return cwq->thread ? 0 : start_thread(cwq); });
}

// The CPU is dead. Its threads end elsewhere what they have.
int legacy_cpu_dead(unsigned int cpu) {
    return for_cpu(cpu, [](cpu_workqueue_struct *cwq) {
        stop_thread(cwq);
        return 0;
    });
}

// Before it dies, on it.
int legacy_cpu_down(unsigned int cpu) {
    return for_cpu(cpu, [](cpu_workqueue_struct *cwq) {
        if (cwq->thread)
            set_cpus_allowed_ptr(cwq->thread, cpu_possible_mask);
        return 0;
    });
}

void legacy_init_early() {}

void legacy_init() {
    workqueue_struct *wq;
    list_for_each_entry (wq, &workqueues, list)
        for_each_cwq(wq, [](cpu_workqueue_struct *cwq) {
            if (cwq->cpu < 0 || cpu_online(static_cast<unsigned>(cwq->cpu)))
                BUG_ON(start_thread(cwq));
        });
    cpuhp_setup_state_nocalls(CPUHP_WORKQUEUE_PREP, "workqueue:prepare", nullptr, legacy_cpu_dead);
    cpuhp_setup_state_nocalls(CPUHP_AP_WORKQUEUE_ONLINE, "workqueue:online", legacy_cpu_up, legacy_cpu_down);
}

} // namespace

constexpr workqueue_backend make_legacy_backend() {
    workqueue_backend b = {};
    b.name = "legacy";
    b.one_system_queue = true;
    b.init_early = legacy_init_early;
    b.init = legacy_init;
    b.attach = legacy_attach;
    b.detach = legacy_detach;
    b.adjust = legacy_adjust;
    b.active = legacy_active;
    b.apply_attrs = legacy_apply_attrs;
    b.queue = legacy_queue;
    b.grab = legacy_grab;
    b.wait = legacy_wait;
    b.flush = legacy_flush;
    b.drained = legacy_drained;
    b.running = legacy_running;
    b.congested = legacy_congested;
    b.current_item = legacy_current_item;
    b.current_queue = legacy_current_queue;
    b.show_queue = legacy_show_queue;
    b.show_threads = legacy_show_threads;
    b.debug_show = legacy_debug_show;
    b.for_each_item = legacy_for_each_item;
    return b;
}
const workqueue_backend legacy_backend = make_legacy_backend();
