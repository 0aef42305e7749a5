// SPDX-License-Identifier: Apache-2.0
// Workers: their life, what they run, and how the scheduler's word keeps just enough of them running
// (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
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
    if (!w.tenure || !w.pool->crew.counts(w))
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

// All stop to count. When the CPU goes this runs on it, so that no worker of the pool counts itself meanwhile.
void worker_ledger::set_bound(bool now) {
    if (now == bound())
        return;
    running_ = 0;
    WRITE_ONCE(tenure_, tenure_ + 1);
}

// The one that worked last has the warmest cache.
void worker_ledger::rest(worker &w) {
    WARN_ON_ONCE(w.stage != worker::busy || !list_empty(&w.entry));
    move(w, worker::idle);
    w.last_active = jiffies;
    list_add(&w.entry, &idle_list_);
}

void worker_ledger::rise(worker &w) {
    WARN_ON_ONCE(w.stage != worker::idle && w.stage != worker::starting);
    list_del_init(&w.entry);
    move(w, worker::busy);
}

void worker_ledger::dismiss(worker &w) {
    WARN_ON(w.job.item || !list_empty(&w.scheduled));
    list_del_init(&w.entry);
    leave(w);
    wake_up_process(w.task);
}

// Of the workers that are too many, those that have been idle long enough go; the timer comes back for the next.
static void dismiss_surplus(worker_pool &pool) {
    for (int left = pool.surplus(); left > 0; left--) {
        worker &oldest = *pool.crew.coldest();
        const unsigned long due = oldest.last_active + worker_idle_time;
        if (time_before(jiffies, due)) {
            mod_timer(&pool.idle_timer, due);
            break;
        }
        pool.crew.dismiss(oldest);
    }
}

void idle_worker_timeout(timer_list *t) {
    worker_pool *pool = from_timer(pool, t, idle_timer);
    const hold_irq l(pool->lock);
    dismiss_surplus(*pool);
}

// ---- a worker's beginning and end ----

worker::worker(worker_pool *home, workqueue_struct *rescued)
    : pool(home)
    , rescue_wq(rescued) {
    start_empty(entry, scheduled, node);
}

int worker::get_thread(int (*body)(void *), const char *name, const cpumask *cpus) {
    task_struct *made = kthread_create(body, this, "%s", name);
    if (IS_ERR(made))
        return PTR_ERR_OR_ZERO(made);
    kthread_bind_mask(made, cpus);
    task = made;
    return 0;
}

namespace {

// The number in a worker's name: the smallest that no other worker of the pool has, for as long as this lives. Takes
// pool->lock.
class worker_number {
public:
    explicit worker_number(worker_pool &pool)
        : pool_(pool) {
        const hold_irq l(pool.lock);
        const unsigned long free = find_first_zero_bit(pool.worker_ids, max_workers);
        if (free < max_workers)
            __set_bit(value_ = static_cast<int>(free), pool.worker_ids);
    }
    ~worker_number() {
        if (!taken())
            return;
        const hold_irq l(pool_.lock);
        __clear_bit(value_, pool_.worker_ids);
    }
    worker_number(const worker_number &) = delete;
    worker_number &operator=(const worker_number &) = delete;
    bool taken() const { return value_ >= 0; } // or the pool has as many workers as it may
    int value() const { return value_; }

private:
    worker_pool &pool_;
    int value_ = -1;
};

// A pool's own worker, from before its thread exists until that ends.
struct pool_worker : worker {
    explicit pool_worker(worker_pool &home)
        : worker(&home)
        , keeps(home)
        , number(home) {}
    const pool_keeper keeps;
    const worker_number number;
};

int worker_thread(void *data);

// A fault is for a driver: pools in which none of its items waits are spared.
bool hiring_is_to_fail(worker_pool &pool) {
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

// Named and placed as the worker's pool wants it. False: there is none.
bool get_thread(pool_worker &w) {
    const worker_pool &pool = *w.pool;
    char name[WORKER_DESC_LEN];
    const int place = pool.cpu < 0 ? scnprintf(name, sizeof(name), "kworker/u%d", pool.id)
                                   : scnprintf(name, sizeof(name), "kworker/%d", pool.cpu);
    scnprintf(name + place, sizeof(name) - place, ":%d%s", w.number.value(),
              pool.cpu >= 0 && pool.attrs->nice < 0 ? "H" : "");
    if (w.get_thread(worker_thread, name, workplace(pool)))
        return false;
    set_user_nice(w.task, pool.attrs->nice);
    return true;
}

} // namespace

// From here on the thread owns the worker. Until it runs the pool knows only that one more is to come: it joins, and
// becomes idle or finds work, by itself.
bool hire_worker(worker_pool &pool) {
    if (hiring_is_to_fail(pool))
        return false;
    own<pool_worker> hired(new pool_worker(pool));
    if (!hired || !hired->number.taken() || !get_thread(*hired))
        return false;
    {
        const hold_irq l(pool.lock);
        pool.crew.expect(*hired);
    }
    wake_up_process(hired.release()->task);
    return true;
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

// The last idle worker sees to it that there is another before it works itself, unless one does that already.
// pool->lock is held, and free meanwhile (Linux: manage_workers, maybe_create_worker).
static void find_successor(worker &w) {
    worker_pool &pool = *w.pool;
    const manager_role role(pool, &w);
    while (role && pool.lacks_worker()) {
        const let_go_irq free(pool.lock);
        const mayday_alarm alarm(pool);
        // Without memory it waits a second; one that was busy may be idle by then.
        while (pool.lacks_worker() && !hire_worker(pool) && pool.lacks_worker())
            schedule_timeout_interruptible(static_cast<long>(create_cooldown));
    }
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
    done.pwq->one_has_ended(done.word);
}

// While an item of such a queue computes, it does not keep the others of the pool waiting.
class computing_apart {
public:
    explicit computing_apart(worker &w)
        : w_(w.job.pwq->wq->flags & WQ_CPU_INTENSIVE ? &w : nullptr)
        , tenure_(w.tenure) {
        if (unlikely(w_))
            w.pool->crew.stop_to_count(w);
    }
    ~computing_apart() {
        if (unlikely(w_))
            w_->pool->crew.change(*w_, [this](worker &me) { me.tenure = tenure_; });
    }

private:
    worker *const w_;
    const unsigned tenure_;
};

// pool->lock held, and free while the function runs. An item that was queued again while it runs is left to the worker
// that runs it, for afterwards.
static void process_one_work(worker &w, work_struct &item) {
    worker_pool &pool = *w.pool;
    WARN_ON_ONCE(pool.crew.bound() && raw_smp_processor_id() != static_cast<unsigned>(pool.cpu));
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

void process_scheduled_works(worker &w) {
    while (work_struct *item = first_of<&work_struct::entry>(w.scheduled))
        process_one_work(w, *item);
}

// For a worker that is running: it goes on while it is the only one.
static bool keep_working(const worker_pool &pool) {
    return !list_empty(&pool.worklist) && pool.crew.running() <= 1;
}

// From the first to the last item of a shift it counts as running. pool->lock held.
static void work_until_another_runs(worker &w) {
    worker_pool &pool = *w.pool;
    WARN_ON_ONCE(!list_empty(&w.scheduled));
    pool.crew.begin_to_count(w);
    do {
        work_struct &item = *first_of<&work_struct::entry>(pool.worklist);
        pool.note_progress();
        // Barriers go to the worker that runs their item.
        if (unlikely(item_word::of(item).has_follower()))
            move_linked_works(item, w.scheduled);
        else
            process_one_work(w, item);
        process_scheduled_works(w);
    } while (keep_working(pool));
    pool.crew.stop_to_count(w);
}

// ---- a shift ----

// pool->lock held (Linux: worker_enter_idle).
static void rest(worker &w) {
    worker_pool &pool = *w.pool;
    pool.crew.rest(w);
    if (pool.surplus() > 0 && !timer_pending(&pool.idle_timer))
        mod_timer(&pool.idle_timer, jiffies + worker_idle_time);
    WARN_ON_ONCE(pool.crew.running() && pool.crew.idle() == pool.crew.all());
    __set_current_state(TASK_IDLE);
}

// From one wake-up to the next sleep, or to its end: whether it sleeps.
static bool one_shift(worker &w) {
    worker_pool &pool = *w.pool;
    const hold_irq l(pool.lock);
    if (unlikely(w.stage == worker::leaving))
        return false;
    pool.crew.rise(w);
    if (unlikely(pool.lacks_worker()))
        find_successor(w);
    // After that the items may have gone to another worker.
    if (pool.need_more_worker())
        work_until_another_runs(w);
    pool.closing ? pool.crew.leave(w) : rest(w);
    return !pool.closing;
}

namespace {

int worker_thread(void *data) {
    const own<pool_worker> me(static_cast<pool_worker *>(static_cast<worker *>(data)));
    const worker_mark mark;
    const membership joined(*me, *me->pool);
    while (one_shift(*me))
        schedule();
    set_task_comm(current, "kworker/dying");
    return 0;
}

} // namespace

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
