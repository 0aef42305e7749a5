// SPDX-License-Identifier: Apache-2.0
// Workers: their life, what they run, and how the scheduler's word keeps just enough of them running
// (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/fault_inject.h"
#include "kernel/workqueue/cmwq.h"
#include "port/trace.h"

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "workqueue."

static worker *worker_of(task_struct *task) {
    return static_cast<worker *>(kthread_data(task));
}

worker *current_wq_worker() {
    return in_task() && (current->flags & PF_WQ_WORKER) ? worker_of(current) : nullptr;
}

// ---- what the scheduler says ----

// Its CPU may go down at any moment; then it is away for good, and the ledger does not move.
void wq_worker_running(struct task_struct *task) {
    worker &w = *worker_of(task);
    if (!READ_ONCE(w.asleep))
        return;
    const preempt_off here;
    w.pool->crew.change(w, [](worker &me) { WRITE_ONCE(me.asleep, false); });
}

// One that does not count has nothing to tell; nor has one that is marked already, because a wake-up met it on its way
// to sleep and it goes round again.
void wq_worker_sleeping(struct task_struct *task) {
    worker &w = *worker_of(task);
    if (!w.counts())
        return;
    worker_pool &pool = *w.pool;
    const hold_irq l(pool.lock);
    pool.crew.change(w, [](worker &me) { WRITE_ONCE(me.asleep, true); });
    if (pool.need_more_worker())
        pool.wake_up_worker();
}

work_func_t wq_worker_last_func(struct task_struct *task) {
    return worker_of(task)->last_func;
}

// ---- the ledger ----

// The one that worked last has the warmest cache.
void worker_ledger::rest(worker &w) {
    WARN_ON_ONCE(w.life == worker::stage::idle || !list_empty(&w.entry));
    w.life = worker::stage::idle;
    w.last_active = jiffies;
    list_add(&w.entry, &idle_list_);
    nr_idle_++;
}

void worker_ledger::rise(worker &w) {
    WARN_ON_ONCE(w.life != worker::stage::idle);
    w.life = worker::stage::busy;
    list_del_init(&w.entry);
    nr_idle_--;
}

void worker_ledger::dismiss(worker &w) {
    WARN_ON(w.job.item || !list_empty(&w.scheduled));
    rise(w);
    w.life = worker::stage::dying;
    nr_workers_--;
    wake_up_process(w.task);
}

// Of the workers that are too many, those that have been idle long enough go; the timer comes back for the next.
static void dismiss_spare_workers(worker_pool &pool) {
    while (pool.too_many_workers()) {
        worker &oldest = *pool.crew.coldest();
        const unsigned long due = oldest.last_active + worker_idle_time;
        if (time_before(jiffies, due)) {
            mod_timer(&pool.idle_timer, due);
            return;
        }
        pool.crew.dismiss(oldest);
    }
}

void idle_worker_timeout(timer_list *t) {
    worker_pool *pool = from_timer(pool, t, idle_timer);
    const hold_irq l(pool->lock);
    dismiss_spare_workers(*pool);
}

// pool->lock held.
static void worker_enter_idle(worker_pool &pool, worker &w) {
    pool.crew.rest(w);
    if (pool.too_many_workers() && !timer_pending(&pool.idle_timer))
        mod_timer(&pool.idle_timer, jiffies + worker_idle_time);
    const bool all_idle = pool.crew.idle() == pool.crew.all();
    WARN_ON_ONCE(all_idle && pool.crew.running() && !(pool.flags & pool_disassociated));
}

// ---- birth ----

result<worker *> make_worker(task_struct *(*thread_for)(worker &, const void *), int id, const void *whose) {
    worker *w = static_cast<worker *>(kzalloc(sizeof(worker), GFP_KERNEL));
    if (!w)
        return failure(-ENOMEM);
    start_empty(w->entry, w->scheduled, w->node);
    w->away = away_preparing;
    w->id = id;
    w->task = thread_for(*w, whose);
    if (!IS_ERR(w->task))
        return w;
    const failure why(PTR_ERR_OR_ZERO(w->task));
    kfree(w);
    return why;
}

// Whether the pool has a CPU cannot change while the mutex is held.
void worker_attach_to_pool(worker *w, worker_pool *pool) {
    const hold l(wq_pool_attach_mutex);
    w->pool = pool;
    list_add_tail(&w->node, &pool->workers);
    if (w->rescue_wq)
        set_cpus_allowed_ptr(w->task, pool->attrs->cpumask);
    if (pool->flags & pool_disassociated)
        w->away |= away_unbound;
    else
        kthread_set_per_cpu(w->task, pool->cpu);
}

// The last one tells the one that frees the pool.
void worker_detach_from_pool(worker *w) {
    hold l(wq_pool_attach_mutex);
    worker_pool *pool = w->pool;
    w->pool = nullptr;
    w->away &= ~(away_unbound | away_rebound);
    list_del_init(&w->node);
    kthread_set_per_cpu(w->task, -1);
    if (pool->detach_completion && list_empty(&pool->workers))
        complete(pool->detach_completion);
}

static int worker_thread(void *data);

// The smallest number that no worker of the pool has; -1: there are too many.
static int take_worker_id(worker_pool &pool) {
    const hold_irq l(pool.lock);
    const unsigned long id = find_first_zero_bit(pool.worker_ids, max_workers);
    if (id == max_workers)
        return -1;
    __set_bit(static_cast<int>(id), pool.worker_ids);
    return static_cast<int>(id);
}

static void give_worker_id_back(worker_pool &pool, int id) {
    const hold_irq l(pool.lock);
    __clear_bit(id, pool.worker_ids);
}

// A fault is for a driver: pools in which none of its items waits are spared.
static bool creation_is_to_fail(worker_pool &pool) {
    const auto of_module = [](const work_struct &item) {
        return is_module_text_address(reinterpret_cast<unsigned long>(item.func));
    };
    if (likely(!(faults_armed & 1u << FAULT_create_worker)))
        return false;
    bool waits;
    {
        const hold_irq l(pool.lock);
        waits = find_in<&work_struct::entry>(pool.worklist, of_module);
    }
    return waits && should_fail(FAULT_create_worker);
}

// A thread that sleeps, named and placed as its pool wants it.
static task_struct *thread_for_pool(worker &w, const void *whose) {
    const worker_pool &pool = *static_cast<const worker_pool *>(whose);
    const char *highpri = pool.attrs->nice < 0 ? "H" : "";
    task_struct *task = pool.cpu < 0 ? kthread_create(worker_thread, &w, "kworker/u%d:%d", pool.id, w.id)
                                     : kthread_create(worker_thread, &w, "kworker/%d:%d%s", pool.cpu, w.id, highpri);
    if (!IS_ERR(task)) {
        set_user_nice(task, pool.attrs->nice);
        kthread_bind_mask(task, pool.attrs->cpumask);
    }
    return task;
}

worker *create_worker(worker_pool *pool) {
    if (creation_is_to_fail(*pool))
        return nullptr;
    const int id = take_worker_id(*pool);
    if (id < 0)
        return nullptr;
    result<worker *> made = make_worker(thread_for_pool, id, pool);
    if (!made) {
        give_worker_id_back(*pool, id);
        return nullptr;
    }
    worker *w = *made;
    worker_attach_to_pool(w, pool);
    const hold_irq l(pool->lock);
    pool->crew.hire();
    worker_enter_idle(*pool, *w);
    wake_up_process(w->task);
    return w;
}

// ---- the manager ----

// Calls the rescuers as long as this lives, in growing intervals.
class mayday_alarm {
public:
    explicit mayday_alarm(worker_pool &pool)
        : timer_(&pool.mayday_timer) {
        mod_timer(timer_, jiffies + mayday_initial_timeout);
    }
    ~mayday_alarm() { timer_delete_sync(timer_); }

private:
    timer_list *timer_;
};

// Until there is an idle worker, or none is needed any more: the new one may have been put to work at once. pool->lock
// is held, and free meanwhile.
static void maybe_create_worker(worker_pool &pool) {
    do {
        const let_go_irq free(pool.lock);
        const mayday_alarm alarm(pool);
        while (!create_worker(&pool) && pool.need_to_create_worker()) {
            schedule_timeout_interruptible(static_cast<long>(create_cooldown));
            if (!pool.need_to_create_worker())
                break;
        }
    } while (pool.need_to_create_worker());
}

// The last idle worker sees to it that there is another before it works. False: another one does that already.
static bool manage_workers(worker &w) {
    const manager_role role(*w.pool, &w);
    if (role)
        maybe_create_worker(*w.pool);
    return static_cast<bool>(role);
}

// ---- a run ----

// pool->lock held.
static void take_up(worker &w, work_struct &item) {
    const item_word word = item_word::of(item);
    w.job = {&item, item.func, word.owner<pool_workqueue>(), word};
    hash_add(w.pool->busy_hash, &w.hentry, reinterpret_cast<unsigned long>(&item));
    strscpy(w.desc, w.job.pwq->wq->name, WORKER_DESC_LEN);
    list_del_init(&item.entry);
    debug_object_deactivate(&item);
}

static void put_down(worker &w) {
    const worker::run done = w.job;
    w.job = {};
    w.last_func = done.func;
    hash_del(&w.hentry);
    INIT_LIST_HEAD(&w.entry);
    pwq_dec_nr_in_flight(done.pwq, done.word);
}

// While an item of such a queue computes, it does not keep the others of the pool waiting.
class computing_apart {
public:
    explicit computing_apart(worker &w)
        : w_(w.job.pwq->wq->flags & WQ_CPU_INTENSIVE ? &w : nullptr) {
        if (unlikely(w_))
            w_->pool->crew.change(*w_, [](worker &me) { me.away |= away_computing; });
    }
    ~computing_apart() {
        if (unlikely(w_))
            w_->pool->crew.change(*w_, [](worker &me) { me.away &= ~away_computing; });
    }

private:
    worker *const w_;
};

// pool->lock held, and free while the function runs. An item that was queued again while it runs is left to the worker
// that runs it, for afterwards.
static void process_one_work(worker &w, work_struct &item) {
    worker_pool &pool = *w.pool;
    WARN_ON_ONCE(!(pool.flags & pool_disassociated) && raw_smp_processor_id() != static_cast<unsigned>(pool.cpu));
    if (worker *runner = pool.runner_of(item); unlikely(runner))
        return move_linked_works(item, runner->scheduled);

    take_up(w, item);
    {
        const computing_apart apart(w);
        // Unbound pools, and those whose workers all compute, go on with the next item at once.
        if (pool.need_more_worker())
            pool.wake_up_worker();
        release(item, item_word::idle_after(static_cast<unsigned long>(pool.id)));
        const let_go_irq free(pool.lock);
        run_work(&item, w.job.func);
    }
    put_down(w);
}

void process_scheduled_works(worker *w) {
    while (work_struct *item = first_of<&work_struct::entry>(w->scheduled))
        process_one_work(*w, *item);
}

// For a worker that is running: it goes on while it is the only one.
static bool keep_working(const worker_pool &pool) {
    return !list_empty(&pool.worklist) && pool.crew.running() <= 1;
}

// From the first to the last item of a shift it counts as running. pool->lock held.
static void work_until_another_runs(worker &w) {
    worker_pool &pool = *w.pool;
    WARN_ON_ONCE(!list_empty(&w.scheduled));
    pool.crew.change(w, [](worker &me) { me.away &= ~(away_preparing | away_rebound); });
    do {
        work_struct &item = *first_of<&work_struct::entry>(pool.worklist);
        pool.note_progress();
        // Barriers go to the worker that runs their item.
        if (unlikely(item_word::of(item).has_follower()))
            move_linked_works(item, w.scheduled);
        else
            process_one_work(w, item);
        process_scheduled_works(&w);
    } while (keep_working(pool));
    pool.crew.change(w, [](worker &me) { me.away |= away_preparing; });
}

void set_pf_worker(bool val) {
    const hold l(wq_pool_attach_mutex);
    current->flags = (current->flags & ~PF_WQ_WORKER) | (val ? PF_WQ_WORKER : 0u);
}

// From one wake-up to the next sleep; false: it is to go.
static bool one_shift(worker &w, worker_pool &pool) {
    const hold_irq l(pool.lock);
    if (unlikely(w.life == worker::stage::dying))
        return false;
    pool.crew.rise(w);
    // After managing, the items may have gone to somebody else.
    while (unlikely(pool.need_to_create_worker()) && manage_workers(w)) {
    }
    if (pool.need_more_worker())
        work_until_another_runs(w);
    worker_enter_idle(pool, w);
    __set_current_state(TASK_IDLE);
    return true;
}

static int worker_thread(void *data) {
    worker *w = static_cast<worker *>(data);
    worker_pool *pool = w->pool;
    set_pf_worker(true);
    while (one_shift(*w, *pool))
        schedule();

    set_pf_worker(false);
    set_task_comm(current, "kworker/dying");
    give_worker_id_back(*pool, w->id);
    worker_detach_from_pool(w);
    kfree(w);
    return 0;
}

bool current_is_workqueue_rescuer(void) {
    const worker *w = current_wq_worker();
    return w && w->rescue_wq;
}

void set_worker_desc(const char *fmt, ...) {
    if (worker *w = current_wq_worker()) {
        va_list args;
        va_start(args, fmt);
        vscnprintf(w->desc, WORKER_DESC_LEN, fmt, args);
        va_end(args);
    }
}
EXPORT_SYMBOL_GPL(set_worker_desc);
