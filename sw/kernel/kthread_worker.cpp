// SPDX-License-Identifier: Apache-2.0
// Work for one dedicated thread (Linux: the second half of kernel/kthread.c).
//
// A work is free, waits for its timer, waits in the queue, or runs; it may wait and run at once. All of it changes
// under the lock of its worker, which it keeps from its first queueing on. While somebody cancels it, `canceling` keeps
// it out of the queue.
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/freezer.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/slab.h>
#include <linux/sprintf.h>

#include "lib/guard.h"
#include "lib/ranges.h"
#include "lib/result.h"
#include "port/order.h"

void __kthread_init_worker(struct kthread_worker *worker, const char *name, struct lock_class_key *key) {
    *worker = {};
    list_head *const waiting[] = {&worker->work_list, &worker->delayed_work_list};
    for (list_head *list : waiting)
        INIT_LIST_HEAD(list);
    __raw_spin_lock_init(&worker->lock, name, key, 0);
}
EXPORT_SYMBOL_GPL(__kthread_init_worker);

// The oldest one in the queue, which runs from here on; null: the worker is idle.
static kthread_work *next_to_run(kthread_worker &worker) {
    const hold_irq l(worker.lock);
    kthread_work *work = first_of<&kthread_work::node>(worker.work_list);
    if (work)
        list_del_init(&work->node);
    return worker.current_work = work;
}

int kthread_worker_fn(void *worker_ptr) {
    kthread_worker &worker = *static_cast<kthread_worker *>(worker_ptr);
    WARN_ON(worker.task && worker.task != current);
    worker.task = current;
    if (worker.flags & KTW_FREEZABLE)
        set_freezable();
    for (;; cond_resched()) {
        set_current_state(TASK_INTERRUPTIBLE); // before the looks, so that no wake-up is lost
        if (kthread_should_stop())
            break;
        if (kthread_work *work = next_to_run(worker)) {
            __set_current_state(TASK_RUNNING);
            port_order(ORDER_begin, work, 0, "kthread work");
            work->func(work);
            order_tell(end, work);
        } else {
            schedule();
        }
    }
    __set_current_state(TASK_RUNNING);
    const hold_irq l(worker.lock);
    worker.task = nullptr;
    return 0;
}
EXPORT_SYMBOL_GPL(kthread_worker_fn);

// On one CPU, or on all (-1).
static result<kthread_worker *> make_worker(int cpu, unsigned int flags, const char *namefmt, va_list args) {
    char name[64];
    vsnprintf(name, sizeof(name), namefmt, args);
    kthread_worker *worker = static_cast<kthread_worker *>(kzalloc(sizeof(kthread_worker), GFP_KERNEL));
    if (!worker)
        return failure(-ENOMEM);
    on_failure no_worker([worker] { kfree(worker); });
    kthread_init_worker(worker);
    worker->flags = flags;
    worker->task = kthread_create(kthread_worker_fn, worker, "%s", name);
    if (IS_ERR(worker->task))
        return failure(PTR_ERR_OR_ZERO(worker->task));
    if (cpu >= 0)
        kthread_bind(worker->task, static_cast<unsigned>(cpu));
    no_worker.dismiss();
    wake_up_process(worker->task);
    return worker;
}

struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...) {
    VARARGS(args, namefmt);
    return as_err_ptr(make_worker(-1, flags, namefmt, args));
}
EXPORT_SYMBOL(kthread_create_worker);

struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags, const char namefmt[], ...) {
    VARARGS(args, namefmt);
    return as_err_ptr(make_worker(cpu, flags, namefmt, args));
}
EXPORT_SYMBOL(kthread_create_worker_on_cpu);

namespace {

// All of these under the lock of the worker.

void belongs_to(kthread_work &work, kthread_worker &worker) {
    WARN_ON_ONCE(work.worker && work.worker != &worker);
    work.worker = &worker;
}

void insert(kthread_worker &worker, kthread_work &work, list_head &before) {
    belongs_to(work, worker);
    list_add_tail(&work.node, &before);
    if (worker.task && !worker.current_work)
        wake_up_process(worker.task);
}

void insert_after(kthread_worker &worker, kthread_work &work, unsigned long delay) {
    kthread_delayed_work &delayed = *container_of(&work, struct kthread_delayed_work, work);
    if (!delay)
        return insert(worker, work, worker.work_list);
    belongs_to(work, worker);
    list_add(&work.node, &worker.delayed_work_list);
    delayed.timer.expires = jiffies + delay;
    add_timer(&delayed.timer);
}

bool waits(const kthread_work &work) {
    return !list_empty(&work.node);
}

bool take_out(kthread_work &work) {
    const bool waited = waits(work);
    list_del_init(&work.node);
    return waited;
}

using locked_worker = hold_irqsave<raw_spinlock_t>;

// Nothing queues the work as long as this lives. The lock of its worker is free meanwhile.
class kept_out {
public:
    kept_out(kthread_work &work, locked_worker &lock)
        : work_(work)
        , lock_(lock) {
        work_.canceling++;
        lock_.release();
    }
    ~kept_out() {
        lock_.again();
        work_.canceling--;
    }

private:
    kthread_work &work_;
    locked_worker &lock_;
};

// The timer's function takes the lock.
void stop_timer(kthread_work &work, locked_worker &lock) {
    const kept_out meanwhile(work, lock);
    del_timer_sync(&container_of(&work, struct kthread_delayed_work, work)->timer);
}

// Hands a work that nothing has to `next`; false: it waits already, or is being cancelled.
template <typename Next>
bool queue_if_free(kthread_worker &worker, kthread_work &work, Next next) {
    const locked_worker l(worker.lock);
    const bool is_free = !waits(work) && !work.canceling;
    if (is_free)
        next();
    return is_free;
}

} // namespace

// The works of a worker run one by one.
static void tell_order(const kthread_worker *worker, const kthread_work *work) {
    port_order(ORDER_hand_over, work, reinterpret_cast<uint64_t>(worker) | 1, nullptr);
}

bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work) {
    tell_order(worker, work);
    return queue_if_free(*worker, *work, [=] { insert(*worker, *work, worker->work_list); });
}
EXPORT_SYMBOL_GPL(kthread_queue_work);

bool kthread_queue_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
                                unsigned long delay) {
    tell_order(worker, &dwork->work);
    return queue_if_free(*worker, dwork->work, [=] { insert_after(*worker, dwork->work, delay); });
}
EXPORT_SYMBOL_GPL(kthread_queue_delayed_work);

// From the list of those that wait for their timers to the queue.
void kthread_delayed_work_timer_fn(struct timer_list *t) {
    kthread_work &work = container_of(t, struct kthread_delayed_work, timer)->work;
    if (WARN_ON_ONCE(!work.worker))
        return;
    const locked_worker l(work.worker->lock);
    const bool waited = take_out(work);
    if (waited && !work.canceling)
        insert(*work.worker, work, work.worker->work_list);
}
EXPORT_SYMBOL(kthread_delayed_work_timer_fn);

// One that somebody cancels stays out of the queue.
bool kthread_mod_delayed_work(struct kthread_worker *worker, struct kthread_delayed_work *dwork, unsigned long delay) {
    tell_order(worker, &dwork->work);
    kthread_work &work = dwork->work;
    locked_worker l(worker->lock);
    if (work.worker)
        stop_timer(work, l);
    if (work.canceling)
        return false;
    const bool waited = take_out(work);
    insert_after(*worker, work, delay);
    return waited;
}
EXPORT_SYMBOL_GPL(kthread_mod_delayed_work);

namespace {

// A work of somebody who waits until the worker has come to it.
struct milestone {
    kthread_work work;
    completion reached;

    milestone() {
        init_completion(&reached);
        kthread_init_work(&work, [](kthread_work *mine) { complete(&container_of(mine, milestone, work)->reached); });
    }
    // Behind the work, if it waits or runs.
    bool stand_behind(kthread_worker &worker, kthread_work &other) {
        const hold_irq l(worker.lock);
        if (!waits(other) && worker.current_work != &other)
            return false;
        insert(worker, work, waits(other) ? *other.node.next : *worker.work_list.next);
        return true;
    }
};

// Out of the queue and not running, regardless of who wants to queue it meanwhile; whether it waited.
bool cancel_and_wait(kthread_work &work, bool has_timer) {
    kthread_worker *worker = work.worker;
    if (!worker)
        return false;
    locked_worker l(worker->lock);
    if (has_timer)
        stop_timer(work, l);
    const bool waited = take_out(work);
    if (worker->current_work == &work) {
        const kept_out meanwhile(work, l);
        kthread_flush_work(&work);
    }
    return waited;
}

} // namespace

void kthread_flush_work(struct kthread_work *work) {
    kthread_worker *worker = work->worker;
    if (!worker)
        return;
    if (milestone mark; mark.stand_behind(*worker, *work))
        wait_for_completion(&mark.reached);
    order_tell(waited, work);
}
EXPORT_SYMBOL_GPL(kthread_flush_work);

void kthread_flush_worker(struct kthread_worker *worker) {
    milestone mark;
    kthread_queue_work(worker, &mark.work);
    wait_for_completion(&mark.reached);
}
EXPORT_SYMBOL_GPL(kthread_flush_worker);

bool kthread_cancel_work_sync(struct kthread_work *work) {
    return cancel_and_wait(*work, false);
}
EXPORT_SYMBOL_GPL(kthread_cancel_work_sync);

bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork) {
    return cancel_and_wait(dwork->work, true);
}
EXPORT_SYMBOL_GPL(kthread_cancel_delayed_work_sync);

// What it has runs first. Delayed works are to be cancelled before.
static bool has_nothing_to_do(const struct kthread_worker &worker) {
    return list_empty(&worker.work_list) && list_empty(&worker.delayed_work_list);
}

// The thread does what waits, and ends.
static void end_thread(struct kthread_worker *worker) {
    kthread_flush_worker(worker);
    kthread_stop(worker->task);
    WARN_ON(!has_nothing_to_do(*worker));
}

void kthread_destroy_worker(struct kthread_worker *worker) {
    if (const bool has_thread = worker->task; !WARN_ON(!has_thread)) {
        end_thread(worker);
        kfree(worker);
    }
}
EXPORT_SYMBOL(kthread_destroy_worker);
