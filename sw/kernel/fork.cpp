// SPDX-License-Identifier: Apache-2.0
// Making tasks, and their numbers (Linux: kernel/fork.c, kernel/pid.c, init/init_task.c).
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/pid.h>
#include <linux/printk.h>
#include <linux/rculist.h>
#include <linux/sched/clock.h>
#include <linux/sched/signal.h>
#include <linux/sched/stat.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <port/trace.h>

#include "kernel/sched/sched.h"
#include "port/order.h"

rwlock_t tasklist_lock = __RW_LOCK_UNLOCKED_INIT(tasklist_lock);
unsigned long total_forks;
int nr_threads = 1;

// ---- the first task ----

struct task_struct init_task;
EXPORT_SYMBOL(init_task);

static void init_task_common(task_struct *p) {
    refcount_set(&p->usage, 2); // the scheduler's, given back after its last switch; the list's
    p->policy = SCHED_NORMAL;
    p->prio = p->static_prio = p->normal_prio = DEFAULT_PRIO;
    p->sched_class = &fair_sched_class;
    p->cpus_ptr = &p->cpus_mask;
    p->recent_used_cpu = -1;
    p->group_leader = p;
    p->timer_slack_ns = 50000;
    INIT_LIST_HEAD(&p->rt.run_list);
    INIT_LIST_HEAD(&p->tasks);
    INIT_LIST_HEAD(&p->children);
    INIT_LIST_HEAD(&p->sibling);
    INIT_LIST_HEAD(&p->rcu_node_entry);
    INIT_LIST_HEAD(&p->pending.list);
    spin_lock_init(&p->alloc_lock);
    raw_spin_lock_init(&p->pi_lock);
}

static_assert(offsetof(task_struct, thread_info) == 0 && offsetof(thread_info, flags) == offsetof(port_thread, flags) &&
                  offsetof(thread_info, preempt.count) == offsetof(port_thread, preempt_count) &&
                  offsetof(thread_info, preempt.need_resched) == offsetof(port_thread, no_resched),
              "the port's view of a task");

// The task that runs from the reset of core 0 and becomes its idle task. The very first thing that software does.
void init_boot_task() {
    task_struct *p = &init_task;

    p->thread_info.preempt.count = INIT_PREEMPT_COUNT;
    p->thread_info.preempt.need_resched = 1;
    PORT_CPU_PAGE->thread = p;
    init_task_common(p);
    p->flags = PF_KTHREAD;
    cpumask_setall(&p->cpus_mask);
    p->nr_cpus_allowed = NR_CPUS;
    p->parent = p->real_parent = p;
    p->on_cpu = 1;
    p->on_rq = TASK_ON_RQ_QUEUED;
    p->thread.context = port_context_current();
    strscpy(p->comm, "swapper", sizeof(p->comm));
}

// ---- numbers ----

static DECLARE_BITMAP(pids, PID_MAX_DEFAULT);
static pid_t last_pid;
static DEFINE_RAW_SPINLOCK(pid_lock);

// Counts up, and begins again above the reserved ones when it has reached the end. 0: all are taken.
static pid_t alloc_pid() {
    unsigned long flags;

    raw_spin_lock_irqsave(&pid_lock, flags);
    unsigned long nr = find_next_zero_bit(pids, PID_MAX_DEFAULT, static_cast<unsigned long>(last_pid) + 1);
    if (nr >= PID_MAX_DEFAULT)
        nr = find_next_zero_bit(pids, PID_MAX_DEFAULT, RESERVED_PIDS);
    if (nr < PID_MAX_DEFAULT) {
        __set_bit(static_cast<int>(nr), pids);
        last_pid = static_cast<pid_t>(nr);
    } else {
        nr = 0;
    }
    raw_spin_unlock_irqrestore(&pid_lock, flags);
    return static_cast<pid_t>(nr);
}

static void free_pid(pid_t nr) {
    unsigned long flags;

    raw_spin_lock_irqsave(&pid_lock, flags);
    __clear_bit(nr, pids);
    raw_spin_unlock_irqrestore(&pid_lock, flags);
}

struct task_struct *find_task_by_vpid(pid_t nr) {
    task_struct *p;

    for_each_process(p) if (p->pid == nr) return p;
    return nullptr;
}

struct task_struct *find_get_task_by_vpid(pid_t nr) {
    rcu_read_lock();
    task_struct *p = find_task_by_vpid(nr);
    if (p)
        get_task_struct(p);
    rcu_read_unlock();
    return p;
}

static struct pid *make_pid(pid_t nr) {
    struct pid *pid = static_cast<struct pid *>(kzalloc(sizeof(struct pid), GFP_ATOMIC));

    if (pid) {
        refcount_set(&pid->count, 1);
        pid->nr = nr;
    }
    return pid;
}

struct pid *find_get_pid(pid_t nr) {
    rcu_read_lock();
    const bool exists = find_task_by_vpid(nr) != nullptr;
    rcu_read_unlock();
    return exists ? make_pid(nr) : nullptr;
}
EXPORT_SYMBOL_GPL(find_get_pid);

struct pid *get_task_pid(struct task_struct *task, enum pid_type type) {
    return make_pid(task->pid);
}
EXPORT_SYMBOL_GPL(get_task_pid);

// Under rcu_read_lock.
struct task_struct *pid_task(struct pid *pid, enum pid_type type) {
    return pid ? find_task_by_vpid(pid->nr) : nullptr;
}
EXPORT_SYMBOL(pid_task);

struct task_struct *get_pid_task(struct pid *pid, enum pid_type type) {
    return pid ? find_get_task_by_vpid(pid->nr) : nullptr;
}
EXPORT_SYMBOL_GPL(get_pid_task);

void put_pid(struct pid *pid) {
    if (pid && refcount_dec_and_test(&pid->count))
        kfree_rcu(pid, rcu);
}
EXPORT_SYMBOL_GPL(put_pid);

// What it gives lives until a grace period has passed.
struct pid *find_vpid(int nr) {
    struct pid *pid = find_get_pid(nr);
    put_pid(pid);
    return pid;
}
EXPORT_SYMBOL_GPL(find_vpid);

// ---- tasks ----

static task_struct *alloc_task() {
    task_struct *p = static_cast<task_struct *>(kzalloc(sizeof(task_struct), GFP_KERNEL));

    if (p)
        init_task_common(p);
    return p;
}

void __put_task_struct(struct task_struct *p) {
    WARN_ON(p == current);
    WARN_ON(!p->exit_state);
    if (p->thread.context)
        port_context_destroy(p->thread.context);
    if (p->stack)
        free_pages(reinterpret_cast<unsigned long>(p->stack), THREAD_SIZE_ORDER);
    if (p->worker_private)
        free_kthread_struct(p);
    kfree(p);
}
EXPORT_SYMBOL_GPL(__put_task_struct);

static void delayed_put_task(struct callback_head *head) {
    put_task_struct(container_of(head, struct task_struct, rcu));
}

// exit.cpp: nothing finds the task from now on.
void release_task(task_struct *p) {
    task_struct *other;
    unsigned long flags;

    write_lock_irqsave(&tasklist_lock, flags);
    list_for_each_entry (other, &p->children, sibling)
        other->real_parent = other->parent = &init_task;
    list_splice_tail_init(&p->children, &init_task.children);
    list_del_init(&p->sibling);
    list_del_rcu(&p->tasks);
    nr_threads--;
    write_unlock_irqrestore(&tasklist_lock, flags);
    free_pid(p->pid);
    call_rcu(&p->rcu, delayed_put_task);
}

// The first code of every task, in schedule(): the run queue is locked and interrupts are masked.
static void task_entry(void *) {
    task_struct *p = current;

    schedule_tail(this_rq()->prev);
    const int ret = p->thread.fn(p->thread.arg);
    do_exit(ret);
}

// Scheduling as the parent has it, but never real time by accident: kernel threads are started from kthreadd.
static void sched_fork(task_struct *p, const task_struct *parent) {
    p->__state = TASK_NEW;
    p->policy = parent->sched_reset_on_fork ? SCHED_NORMAL : parent->policy;
    p->rt_priority = parent->rt_priority;
    p->static_prio = parent->static_prio;
    p->prio = p->normal_prio = parent->normal_prio;
    if (is_idle_task(parent)) {
        p->policy = SCHED_NORMAL;
        p->prio = p->normal_prio = p->static_prio = DEFAULT_PRIO;
    }
    p->sched_class = rt_prio(p->prio) ? &rt_sched_class : &fair_sched_class;
    p->rt.time_slice = sched_rr_timeslice;
    set_load_weight(p);
    if (is_idle_task(parent))
        cpumask_copy(&p->cpus_mask, cpu_possible_mask);
    else
        cpumask_copy(&p->cpus_mask, &parent->cpus_mask);
    p->nr_cpus_allowed = static_cast<int>(cpumask_weight(&p->cpus_mask));
    p->thread_info.preempt.count = FORK_PREEMPT_COUNT;
    p->thread_info.preempt.need_resched = 1;
    p->thread_info.cpu = raw_smp_processor_id();
    p->wake_cpu = static_cast<int>(raw_smp_processor_id());
}

static task_struct *copy_process(int (*fn)(void *), void *arg, unsigned int flags) {
    task_struct *parent = current;
    task_struct *p = alloc_task();

    if (!p)
        return static_cast<task_struct *>(ERR_PTR(-ENOMEM));
    p->exit_state = EXIT_DEAD; // until it lives: for the error paths
    p->stack = reinterpret_cast<void *>(__get_free_pages(GFP_KERNEL, THREAD_SIZE_ORDER));
    p->pid = p->tgid = p->stack ? alloc_pid() : 0;
    if (p->pid)
        p->thread.context = port_context_create(task_entry, nullptr, p->stack, THREAD_SIZE);
    if (!p->thread.context || ((flags & PF_KTHREAD) && !set_kthread_struct(p))) {
        const long error = p->stack && !p->pid ? -EAGAIN : -ENOMEM;

        if (p->pid)
            free_pid(p->pid);
        __put_task_struct(p);
        return static_cast<task_struct *>(ERR_PTR(error));
    }
    p->exit_state = 0;
    p->thread.fn = fn;
    p->thread.arg = arg;
    p->flags = flags | (parent->flags & PF_NOFREEZE);
    static char no_user_space; // nothing looks into it
    p->mm = p->active_mm = flags & PF_KTHREAD ? nullptr : reinterpret_cast<mm_struct *>(&no_user_space);
    p->real_parent = p->parent = parent;
    p->start_time = sched_clock();
    p->files = parent->files;
    sched_fork(p, parent);
    task_lock(parent);
    strscpy(p->comm, parent->comm, sizeof(p->comm));
    task_unlock(parent);

    unsigned long irq_flags;
    write_lock_irqsave(&tasklist_lock, irq_flags);
    port_order(ORDER_task, p, static_cast<uint64_t>(p->pid), p->comm);
    list_add_tail(&p->sibling, &parent->children);
    list_add_tail_rcu(&p->tasks, &init_task.tasks);
    nr_threads++;
    total_forks++;
    write_unlock_irqrestore(&tasklist_lock, irq_flags);
    return p;
}

static pid_t start_task(int (*fn)(void *), void *arg, unsigned int flags) {
    task_struct *p = copy_process(fn, arg, flags);

    if (IS_ERR(p))
        return static_cast<pid_t>(PTR_ERR(p));
    const pid_t pid = p->pid; // it may be gone when this returns
    wake_up_new_task(p);
    return pid;
}

pid_t kernel_thread(int (*fn)(void *), void *arg, unsigned long) {
    return start_task(fn, arg, PF_KTHREAD);
}

pid_t user_mode_thread(int (*fn)(void *), void *arg, unsigned long) {
    return start_task(fn, arg, 0);
}

// Runs on the stack on which its core starts, so it needs none of its own.
struct task_struct *fork_idle(int cpu) {
    task_struct *p = alloc_task();

    if (!p)
        return static_cast<task_struct *>(ERR_PTR(-ENOMEM));
    p->real_parent = p->parent = &init_task;
    p->start_time = sched_clock();
    set_load_weight(p);
    init_idle(p, cpu);
    return p;
}

void __set_task_comm(struct task_struct *tsk, const char *from, bool) {
    task_lock(tsk);
    strscpy_pad(tsk->comm, from, sizeof(tsk->comm));
    task_unlock(tsk);
    trace_event1(task_rename, tsk->pid, tsk->comm);
    port_order(ORDER_task_name, tsk, 0, tsk->comm);
}

char *__get_task_comm(char *to, size_t len, struct task_struct *tsk) {
    task_lock(tsk);
    strscpy(to, tsk->comm, len);
    task_unlock(tsk);
    return to;
}
EXPORT_SYMBOL_GPL(__get_task_comm);
