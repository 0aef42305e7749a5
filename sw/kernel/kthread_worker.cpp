// SPDX-License-Identifier: Apache-2.0
// Work for one dedicated thread (Linux: the second half of kernel/kthread.c).
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

void __kthread_init_worker(struct kthread_worker *worker, const char *name, struct lock_class_key *key) {
    *worker = {};
    __raw_spin_lock_init(&worker->lock, name, key, 0);
    INIT_LIST_HEAD(&worker->work_list);
    INIT_LIST_HEAD(&worker->delayed_work_list);
}
EXPORT_SYMBOL_GPL(__kthread_init_worker);

int kthread_worker_fn(void *worker_ptr) {
    kthread_worker *worker = static_cast<kthread_worker *>(worker_ptr);

    WARN_ON(worker->task && worker->task != current);
    worker->task = current;
    for (;;) {
        set_current_state(TASK_INTERRUPTIBLE); // before the tests, so that no wake-up is lost
        if (kthread_should_stop()) {
            __set_current_state(TASK_RUNNING);
            raw_spin_lock_irq(&worker->lock);
            worker->task = nullptr;
            raw_spin_unlock_irq(&worker->lock);
            return 0;
        }
        raw_spin_lock_irq(&worker->lock);
        kthread_work *work = list_first_entry_or_null(&worker->work_list, kthread_work, node);
        if (work)
            list_del_init(&work->node);
        worker->current_work = work;
        raw_spin_unlock_irq(&worker->lock);

        if (work) {
            __set_current_state(TASK_RUNNING);
            work->func(work);
        } else {
            schedule();
        }
        cond_resched();
    }
}
EXPORT_SYMBOL_GPL(kthread_worker_fn);

static kthread_worker *create_worker(int cpu, unsigned int flags, const char *name) {
    kthread_worker *worker = static_cast<kthread_worker *>(kzalloc(sizeof(kthread_worker), GFP_KERNEL));

    if (!worker)
        return static_cast<kthread_worker *>(ERR_PTR(-ENOMEM));
    kthread_init_worker(worker);
    task_struct *task = kthread_create(kthread_worker_fn, worker, "%s", name);
    if (IS_ERR(task)) {
        kfree(worker);
        return static_cast<kthread_worker *>(ERR_CAST(task));
    }
    if (cpu >= 0)
        kthread_bind(task, static_cast<unsigned>(cpu));
    worker->flags = flags;
    worker->task = task;
    wake_up_process(task);
    return worker;
}

struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...) {
    char name[64];
    va_list args;

    va_start(args, namefmt);
    vsnprintf(name, sizeof(name), namefmt, args);
    va_end(args);
    return create_worker(-1, flags, name);
}
EXPORT_SYMBOL(kthread_create_worker);

struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags, const char namefmt[], ...) {
    char name[64];
    va_list args;

    va_start(args, namefmt);
    vsnprintf(name, sizeof(name), namefmt, args);
    va_end(args);
    return create_worker(cpu, flags, name);
}
EXPORT_SYMBOL(kthread_create_worker_on_cpu);

// Under the lock.
static void insert_work(kthread_worker *worker, kthread_work *work, list_head *before) {
    WARN_ON_ONCE(work->worker && work->worker != worker);
    list_add_tail(&work->node, before);
    work->worker = worker;
    if (!worker->current_work && worker->task)
        wake_up_process(worker->task);
}

static bool is_queued(const kthread_work *work) {
    return !list_empty(&work->node) || work->canceling;
}

bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work) {
    unsigned long flags;
    bool queued = false;

    raw_spin_lock_irqsave(&worker->lock, flags);
    if (!is_queued(work)) {
        insert_work(worker, work, &worker->work_list);
        queued = true;
    }
    raw_spin_unlock_irqrestore(&worker->lock, flags);
    return queued;
}
EXPORT_SYMBOL_GPL(kthread_queue_work);

void kthread_delayed_work_timer_fn(struct timer_list *t) {
    kthread_delayed_work *dwork = container_of(t, struct kthread_delayed_work, timer);
    kthread_work *work = &dwork->work;
    kthread_worker *worker = work->worker;
    unsigned long flags;

    if (WARN_ON_ONCE(!worker))
        return;
    raw_spin_lock_irqsave(&worker->lock, flags);
    list_del_init(&work->node);
    if (!work->canceling)
        insert_work(worker, work, &worker->work_list);
    raw_spin_unlock_irqrestore(&worker->lock, flags);
}
EXPORT_SYMBOL(kthread_delayed_work_timer_fn);

// Under the lock; the work is not queued.
static void queue_delayed(kthread_worker *worker, kthread_delayed_work *dwork, unsigned long delay) {
    if (!delay) {
        insert_work(worker, &dwork->work, &worker->work_list);
        return;
    }
    WARN_ON_ONCE(dwork->work.worker && dwork->work.worker != worker);
    list_add(&dwork->work.node, &worker->delayed_work_list);
    dwork->work.worker = worker;
    dwork->timer.expires = jiffies + delay;
    add_timer(&dwork->timer);
}

bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
                                unsigned long delay) {
    unsigned long flags;
    bool queued = false;

    raw_spin_lock_irqsave(&worker->lock, flags);
    if (!is_queued(&dwork->work)) {
        queue_delayed(worker, dwork, delay);
        queued = true;
    }
    raw_spin_unlock_irqrestore(&worker->lock, flags);
    return queued;
}
EXPORT_SYMBOL_GPL(kthread_queue_delayed_work);

// Stops the timer of a delayed work. The lock is dropped for it, as the timer's function takes it; `canceling` keeps
// others out.
static void cancel_timer(kthread_worker *worker, kthread_work *work, unsigned long *flags) {
    kthread_delayed_work *dwork = container_of(work, struct kthread_delayed_work, work);

    work->canceling++;
    raw_spin_unlock_irqrestore(&worker->lock, *flags);
    del_timer_sync(&dwork->timer);
    raw_spin_lock_irqsave(&worker->lock, *flags);
    work->canceling--;
}

static bool take_from_queue(kthread_work *work) {
    if (list_empty(&work->node))
        return false;
    list_del_init(&work->node);
    return true;
}

bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork, unsigned long delay) {
    unsigned long flags;
    bool was_queued = false;

    raw_spin_lock_irqsave(&worker->lock, flags);
    if (dwork->work.worker)
        cancel_timer(worker, &dwork->work, &flags);
    if (!dwork->work.canceling) {
        was_queued = take_from_queue(&dwork->work);
        queue_delayed(worker, dwork, delay);
    }
    raw_spin_unlock_irqrestore(&worker->lock, flags);
    return was_queued;
}
EXPORT_SYMBOL_GPL(kthread_mod_delayed_work);

namespace {

struct flush_work {
    kthread_work work;
    completion done;
};

void flush_work_fn(kthread_work *work) {
    complete(&container_of(work, flush_work, work)->done);
}

} // namespace

void kthread_flush_work(struct kthread_work *work) {
    kthread_worker *worker = work->worker;

    if (!worker)
        return;
    flush_work flush;
    kthread_init_work(&flush.work, flush_work_fn);
    init_completion(&flush.done);
    bool waits = true;
    raw_spin_lock_irq(&worker->lock);
    if (!list_empty(&work->node))
        insert_work(worker, &flush.work, work->node.next);
    else if (worker->current_work == work)
        insert_work(worker, &flush.work, worker->work_list.next);
    else
        waits = false;
    raw_spin_unlock_irq(&worker->lock);
    if (waits)
        wait_for_completion(&flush.done);
}
EXPORT_SYMBOL_GPL(kthread_flush_work);

void kthread_flush_worker(struct kthread_worker *worker) {
    flush_work flush;

    kthread_init_work(&flush.work, flush_work_fn);
    init_completion(&flush.done);
    kthread_queue_work(worker, &flush.work);
    wait_for_completion(&flush.done);
}
EXPORT_SYMBOL_GPL(kthread_flush_worker);

static bool cancel_sync(kthread_work *work, bool is_delayed) {
    kthread_worker *worker = work->worker;
    unsigned long flags;

    if (!worker)
        return false;
    raw_spin_lock_irqsave(&worker->lock, flags);
    if (is_delayed)
        cancel_timer(worker, work, &flags);
    const bool was_queued = take_from_queue(work);
    if (worker->current_work == work) {
        work->canceling++;
        raw_spin_unlock_irqrestore(&worker->lock, flags);
        kthread_flush_work(work);
        raw_spin_lock_irqsave(&worker->lock, flags);
        work->canceling--;
    }
    raw_spin_unlock_irqrestore(&worker->lock, flags);
    return was_queued;
}

bool kthread_cancel_work_sync(struct kthread_work *work) {
    return cancel_sync(work, false);
}
EXPORT_SYMBOL_GPL(kthread_cancel_work_sync);

bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork) {
    return cancel_sync(&dwork->work, true);
}
EXPORT_SYMBOL_GPL(kthread_cancel_delayed_work_sync);

void kthread_destroy_worker(struct kthread_worker *worker) {
    if (WARN_ON(!worker->task))
        return;
    kthread_flush_worker(worker);
    kthread_stop(worker->task);
    WARN_ON(!list_empty(&worker->delayed_work_list));
    WARN_ON(!list_empty(&worker->work_list));
    kfree(worker);
}
EXPORT_SYMBOL(kthread_destroy_worker);
