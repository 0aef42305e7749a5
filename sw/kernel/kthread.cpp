// SPDX-License-Identifier: Apache-2.0
// Kernel threads (Linux: kernel/kthread.c). kthreadd, pid 2, makes them on request, so that they all inherit from one
// clean task.
#include <linux/kthread.h>

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/sched/sched.h"

enum kthread_bit {
    KTHREAD_IS_PER_CPU,
    KTHREAD_SHOULD_STOP,
    KTHREAD_SHOULD_PARK,
};

struct kthread {
    unsigned long flags;
    unsigned int cpu;
    int result;
    int (*threadfn)(void *);
    void *data;
    completion parked;
    completion exited;
    char *full_name; // what did not fit into comm
};

struct kthread_create_info {
    int (*threadfn)(void *);
    void *data;
    task_struct *result;
    completion *done;
    list_head list;
};

struct task_struct *kthreadd_task;
static DEFINE_SPINLOCK(kthread_create_lock);
static LIST_HEAD(kthread_create_list);

static struct kthread *to_kthread(task_struct *k) {
    WARN_ON(!(k->flags & PF_KTHREAD));
    return static_cast<struct kthread *>(k->worker_private);
}

// For tasks that may be no kernel threads.
static struct kthread *to_kthread_or_null(task_struct *p) {
    return (p->flags & PF_KTHREAD) ? static_cast<struct kthread *>(p->worker_private) : nullptr;
}

bool set_kthread_struct(struct task_struct *p) {
    struct kthread *kthread = static_cast<struct kthread *>(kzalloc(sizeof(struct kthread), GFP_KERNEL));

    if (!kthread)
        return false;
    init_completion(&kthread->exited);
    init_completion(&kthread->parked);
    p->vfork_done = &kthread->exited;
    p->worker_private = kthread;
    return true;
}

void free_kthread_struct(struct task_struct *k) {
    struct kthread *kthread = static_cast<struct kthread *>(k->worker_private);

    if (!kthread)
        return;
    k->worker_private = nullptr;
    kfree(kthread->full_name);
    kfree(kthread);
}

void get_kthread_comm(char *buf, size_t buf_size, struct task_struct *tsk) {
    struct kthread *kthread = to_kthread_or_null(tsk);

    strscpy_pad(buf, kthread && kthread->full_name ? kthread->full_name : tsk->comm, buf_size);
}

bool kthread_should_stop(void) {
    return test_bit(KTHREAD_SHOULD_STOP, &to_kthread(current)->flags);
}
EXPORT_SYMBOL(kthread_should_stop);

bool __kthread_should_park(struct task_struct *k) {
    return test_bit(KTHREAD_SHOULD_PARK, &to_kthread(k)->flags);
}
EXPORT_SYMBOL_GPL(__kthread_should_park);

bool kthread_should_park(void) {
    return __kthread_should_park(current);
}
EXPORT_SYMBOL_GPL(kthread_should_park);

bool kthread_should_stop_or_park(void) {
    struct kthread *kthread = to_kthread_or_null(current);

    return kthread && (kthread->flags & (BIT(KTHREAD_SHOULD_STOP) | BIT(KTHREAD_SHOULD_PARK)));
}

bool kthread_freezable_should_stop(bool *was_frozen) {
    might_sleep();
    if (was_frozen)
        *was_frozen = false;
    return kthread_should_stop();
}
EXPORT_SYMBOL_GPL(kthread_freezable_should_stop);

void *kthread_func(struct task_struct *k) {
    struct kthread *kthread = to_kthread_or_null(k);

    return kthread ? reinterpret_cast<void *>(kthread->threadfn) : nullptr;
}
EXPORT_SYMBOL_GPL(kthread_func);

void *kthread_data(struct task_struct *k) {
    return to_kthread(k)->data;
}
EXPORT_SYMBOL_GPL(kthread_data);

void *kthread_probe_data(struct task_struct *k) {
    struct kthread *kthread = to_kthread_or_null(k);

    return kthread ? kthread->data : nullptr;
}

static void parkme(struct kthread *self) {
    for (;;) {
        // Special: a stray wake-up must not end it, only kthread_unpark does.
        set_special_state(TASK_PARKED);
        if (!test_bit(KTHREAD_SHOULD_PARK, &self->flags))
            break;
        // The parker may expect that nothing of this thread runs after complete().
        preempt_disable();
        complete(&self->parked);
        schedule_preempt_disabled();
        preempt_enable();
    }
    __set_current_state(TASK_RUNNING);
}

void kthread_parkme(void) {
    parkme(to_kthread(current));
}
EXPORT_SYMBOL_GPL(kthread_parkme);

void __noreturn kthread_exit(long result) {
    to_kthread(current)->result = static_cast<int>(result);
    do_exit(0);
}
EXPORT_SYMBOL(kthread_exit);

void __noreturn kthread_complete_and_exit(struct completion *comp, long code) {
    if (comp)
        complete(comp);
    kthread_exit(code);
}
EXPORT_SYMBOL(kthread_complete_and_exit);

// What each thread runs first: it waits until somebody wakes it.
static int kthread_main(void *arg) {
    kthread_create_info *create = static_cast<kthread_create_info *>(arg);
    struct kthread *self = to_kthread(current);
    const sched_param param = {0};

    self->threadfn = create->threadfn;
    self->data = create->data;
    sched_setscheduler_nocheck(current, SCHED_NORMAL, &param);
    set_cpus_allowed_ptr(current, cpu_possible_mask);

    // `create` is the creator's, and gone after complete().
    __set_current_state(TASK_UNINTERRUPTIBLE);
    create->result = current;
    preempt_disable();
    complete(create->done);
    schedule_preempt_disabled();
    preempt_enable();

    int ret = -EINTR;
    if (!test_bit(KTHREAD_SHOULD_STOP, &self->flags)) {
        if (test_bit(KTHREAD_SHOULD_PARK, &self->flags))
            parkme(self);
        ret = self->threadfn(self->data);
    }
    kthread_exit(ret);
}

static void create_kthread(kthread_create_info *create) {
    completion *done = create->done;
    const pid_t pid = kernel_thread(kthread_main, create, 0);

    if (pid < 0) {
        create->result = static_cast<task_struct *>(ERR_PTR(pid));
        complete(done);
    }
}

int kthreadd(void *) {
    set_task_comm(current, "kthreadd");
    ignore_signals(current);
    set_cpus_allowed_ptr(current, cpu_possible_mask);
    current->flags |= PF_NOFREEZE;
    for (;;) {
        set_current_state(TASK_INTERRUPTIBLE);
        if (list_empty(&kthread_create_list))
            schedule();
        __set_current_state(TASK_RUNNING);

        spin_lock(&kthread_create_lock);
        while (!list_empty(&kthread_create_list)) {
            kthread_create_info *create = list_first_entry(&kthread_create_list, kthread_create_info, list);

            list_del_init(&create->list);
            spin_unlock(&kthread_create_lock);
            create_kthread(create);
            spin_lock(&kthread_create_lock);
        }
        spin_unlock(&kthread_create_lock);
    }
    return 0;
}

static void set_kthread_name(task_struct *task, const char *name) {
    if (strlen(name) >= TASK_COMM_LEN)
        to_kthread(task)->full_name = kstrdup(name, GFP_KERNEL);
    set_task_comm(task, name);
}

static task_struct *create_thread(int (*threadfn)(void *), void *data, const char *name) {
    DECLARE_COMPLETION_ONSTACK(done);
    kthread_create_info create;

    create.threadfn = threadfn;
    create.data = data;
    create.result = nullptr;
    create.done = &done;
    spin_lock(&kthread_create_lock);
    list_add_tail(&create.list, &kthread_create_list);
    spin_unlock(&kthread_create_lock);
    wake_up_process(kthreadd_task);
    wait_for_completion(&done);
    if (!IS_ERR(create.result))
        set_kthread_name(create.result, name);
    return create.result;
}

static constexpr size_t name_size = 64;

struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int, const char namefmt[], ...) {
    char name[name_size];
    va_list args;

    va_start(args, namefmt);
    vsnprintf(name, sizeof(name), namefmt, args);
    va_end(args);
    return create_thread(threadfn, data, name);
}
EXPORT_SYMBOL(kthread_create_on_node);

static void bind_to(task_struct *k, const cpumask *mask, unsigned int state) {
    unsigned long flags;

    // It has not run its function yet, or is parked: it sleeps in the kthread code.
    if (!wait_task_inactive(k, state)) {
        WARN_ON(1);
        return;
    }
    rq *r = task_rq_lock(k, &flags);
    do_set_cpus_allowed_locked(k, mask);
    k->flags |= PF_NO_SETAFFINITY;
    task_rq_unlock(r, k, flags);
}

void kthread_bind_mask(struct task_struct *k, const struct cpumask *mask) {
    bind_to(k, mask, TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL_GPL(kthread_bind_mask);

void kthread_bind(struct task_struct *k, unsigned int cpu) {
    bind_to(k, cpumask_of(cpu), TASK_UNINTERRUPTIBLE);
}
EXPORT_SYMBOL(kthread_bind);

struct task_struct *kthread_create_on_cpu(int (*threadfn)(void *data), void *data, unsigned int cpu,
                                          const char *namefmt) {
    task_struct *p = kthread_create_on_node(threadfn, data, -1, namefmt, cpu);

    if (IS_ERR(p))
        return p;
    kthread_bind(p, cpu);
    to_kthread(p)->cpu = cpu;
    return p;
}
EXPORT_SYMBOL(kthread_create_on_cpu);

void kthread_set_per_cpu(struct task_struct *k, int cpu) {
    struct kthread *kthread = to_kthread(k);

    if (cpu < 0) {
        clear_bit(KTHREAD_IS_PER_CPU, &kthread->flags);
        return;
    }
    WARN_ON_ONCE(!(k->flags & PF_NO_SETAFFINITY));
    kthread->cpu = static_cast<unsigned>(cpu);
    set_bit(KTHREAD_IS_PER_CPU, &kthread->flags);
}

bool kthread_is_per_cpu(struct task_struct *p) {
    struct kthread *kthread = to_kthread_or_null(p);

    return kthread && test_bit(KTHREAD_IS_PER_CPU, &kthread->flags);
}

void kthread_unpark(struct task_struct *k) {
    struct kthread *kthread = to_kthread(k);

    if (!test_bit(KTHREAD_SHOULD_PARK, &kthread->flags))
        return;
    // Its CPU may have been away while it was parked.
    if (test_bit(KTHREAD_IS_PER_CPU, &kthread->flags))
        bind_to(k, cpumask_of(kthread->cpu), TASK_PARKED);
    reinit_completion(&kthread->parked); // of a thread that parked itself, nobody waited
    clear_bit(KTHREAD_SHOULD_PARK, &kthread->flags);
    wake_up_state(k, TASK_PARKED);
}
EXPORT_SYMBOL_GPL(kthread_unpark);

int kthread_park(struct task_struct *k) {
    struct kthread *kthread = to_kthread(k);

    if (WARN_ON(k->flags & PF_EXITING))
        return -ENOSYS;
    if (WARN_ON_ONCE(test_bit(KTHREAD_SHOULD_PARK, &kthread->flags)))
        return -EBUSY;
    set_bit(KTHREAD_SHOULD_PARK, &kthread->flags);
    if (k != current) {
        wake_up_process(k);
        wait_for_completion(&kthread->parked);
        WARN_ON_ONCE(!wait_task_inactive(k, TASK_PARKED));
    }
    return 0;
}
EXPORT_SYMBOL_GPL(kthread_park);

int kthread_stop(struct task_struct *k) {
    get_task_struct(k);
    struct kthread *kthread = to_kthread(k);
    set_bit(KTHREAD_SHOULD_STOP, &kthread->flags);
    kthread_unpark(k);
    set_tsk_thread_flag(k, TIF_NOTIFY_SIGNAL);
    wake_up_process(k);
    wait_for_completion(&kthread->exited);
    const int ret = kthread->result;
    put_task_struct(k);
    return ret;
}
EXPORT_SYMBOL(kthread_stop);

int tsk_fork_get_node(struct task_struct *) {
    return -1;
}

// There are no address spaces to borrow.
void kthread_use_mm(struct mm_struct *) {}
EXPORT_SYMBOL_GPL(kthread_use_mm);

void kthread_unuse_mm(struct mm_struct *) {}
EXPORT_SYMBOL_GPL(kthread_unuse_mm);
