// SPDX-License-Identifier: Apache-2.0
// Workqueues themselves: making and destroying them, the system's own, freezing (Linux: kernel/workqueue.c).
#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/numa.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/fault_inject.h"
#include "kernel/module/leaks.h"
#include "kernel/workqueue/workqueue_internal.h"

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "workqueue."

LIST_HEAD(workqueues);
bool workqueue_freezing;
bool wq_online;
DEFINE_MUTEX(wq_pool_mutex);
const workqueue_backend *wq_backend = &cmwq_backend;

// workqueue.backend=cmwq|legacy
static int set_backend(char *name) {
    static const workqueue_backend *const backends[] = {&cmwq_backend, &legacy_backend};
    for (const workqueue_backend *b : backends) {
        if (name && !strcmp(name, b->name)) {
            wq_backend = b;
            return 0;
        }
    }
    pr_err("workqueue.backend: expected cmwq or legacy, got '%s'\n", name ? name : "");
    return -EINVAL;
}
early_param("workqueue.backend", set_backend);

// arm64's defconfig has WQ_POWER_EFFICIENT_DEFAULT.
static bool wq_power_efficient = true;
module_param_named(power_efficient, wq_power_efficient, bool, 0444);

struct workqueue_struct *system_wq;
EXPORT_SYMBOL(system_wq);
struct workqueue_struct *system_highpri_wq;
EXPORT_SYMBOL_GPL(system_highpri_wq);
struct workqueue_struct *system_long_wq;
EXPORT_SYMBOL_GPL(system_long_wq);
struct workqueue_struct *system_unbound_wq;
EXPORT_SYMBOL_GPL(system_unbound_wq);
struct workqueue_struct *system_freezable_wq;
EXPORT_SYMBOL_GPL(system_freezable_wq);
struct workqueue_struct *system_power_efficient_wq;
EXPORT_SYMBOL_GPL(system_power_efficient_wq);
struct workqueue_struct *system_freezable_power_efficient_wq;
EXPORT_SYMBOL_GPL(system_freezable_power_efficient_wq);

static int clamp_max_active(const workqueue_struct &wq, int max_active) {
    const int limit = wq.flags & WQ_UNBOUND ? WQ_UNBOUND_MAX_ACTIVE : static_cast<int>(WQ_MAX_ACTIVE);
    const int allowed = clamp(max_active, 1, limit);
    if (allowed != max_active)
        pr_warn("workqueue: max_active %d requested for %s is out of range, clamping between %d and %d\n", max_active,
                wq.name, 1, limit);
    return allowed;
}

// The back end is told of what `change` does to the queue.
template <typename Change>
static void adjust_after(workqueue_struct &wq, Change change) {
    const hold l(wq.mutex);
    change();
    wq_backend->adjust(&wq);
}

// The freezing has changed.
static void adjust(workqueue_struct &wq) {
    adjust_after(wq, [] {});
}

// What is asked for, and what follows from it.
static unsigned complete_flags(unsigned flags, int max_active) {
    // An unbound queue that runs one item at a time has always been taken for an ordered one.
    const bool one_at_a_time = (flags & WQ_UNBOUND) && max_active == 1;
    const bool saves_power = (flags & WQ_POWER_EFFICIENT) && wq_power_efficient;
    return flags | (one_at_a_time ? __WQ_ORDERED : 0u) | (saves_power ? WQ_UNBOUND : 0u);
}

// In the list from here on. Freezing may have begun since the back end's part was made.
static void enlist_workqueue(workqueue_struct &wq) {
    const hold l(wq_pool_mutex);
    adjust(wq);
    list_add_tail_rcu(&wq.list, &workqueues);
}

// The module's line that allocates a queue is its class of locks; each queue of the kernel's is one of its own.
static void wq_init_lockdep(workqueue_struct &wq) {
    auto *key = static_cast<lock_class_key *>(const_cast<void *>(wq.creator));
    if (!address_of_module(key)) {
        key = &wq.own_key;
        lockdep_register_key(key);
    }
    scnprintf(wq.lock_name, sizeof(wq.lock_name), "(wq_completion)%s", wq.name);
    lockdep_init_map(&wq.lockdep_map, wq.lock_name, key, 0);
}

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...) {
    workqueue_struct *wq = nullptr;
    if (!should_fail(FAULT_alloc_workqueue))
        wq = static_cast<workqueue_struct *>(kzalloc(sizeof(workqueue_struct), GFP_KERNEL));
    if (!wq)
        return nullptr;
    va_list args;
    va_start(args, max_active);
    vsnprintf(wq->name, sizeof(wq->name), fmt, args);
    va_end(args);

    mutex_init(&wq->mutex);
    INIT_LIST_HEAD(&wq->list);
    wq->creator = __builtin_return_address(0);
    wq->flags = complete_flags(flags, max_active);
    wq->saved_max_active = clamp_max_active(*wq, max_active ?: static_cast<int>(WQ_DFL_ACTIVE));
    if (wq_backend->attach(wq) < 0)
        return nullptr; // which has freed it
    wq_init_lockdep(*wq);
    enlist_workqueue(*wq);
    if (!(flags & WQ_SYSFS) || !workqueue_sysfs_register(wq))
        return wq;
    destroy_workqueue(wq);
    return nullptr;
}
EXPORT_SYMBOL_GPL(alloc_workqueue);

void unlist_workqueue(workqueue_struct *wq) {
    list_del_rcu(&wq->list);
    if (debug_checks)
        wq->flags |= __WQ_DESTROYED;
    if (wq->lockdep_map.key == &wq->own_key)
        lockdep_unregister_key(&wq->own_key);
}

void destroy_workqueue(struct workqueue_struct *wq) {
    workqueue_sysfs_unregister(wq);
    drain_workqueue(wq);
    if (!wq_backend->detach(wq))
        show_one_workqueue(wq);
}
EXPORT_SYMBOL_GPL(destroy_workqueue);

int apply_workqueue_attrs(struct workqueue_struct *wq, const struct workqueue_attrs *attrs) {
    const hold l(wq_pool_mutex);
    return wq_backend->apply_attrs(wq, attrs);
}

void workqueue_set_max_active(struct workqueue_struct *wq, int max_active) {
    if (WARN_ON(wq->flags & __WQ_ORDERED_EXPLICIT))
        return;
    adjust_after(*wq, [=] {
        wq->flags &= ~static_cast<unsigned>(__WQ_ORDERED);
        wq->saved_max_active = clamp_max_active(*wq, max_active);
    });
}
EXPORT_SYMBOL_GPL(workqueue_set_max_active);

bool workqueue_congested(int cpu, struct workqueue_struct *wq) {
    return wq_backend->congested(cpu, wq);
}
EXPORT_SYMBOL_GPL(workqueue_congested);

unsigned int work_busy(struct work_struct *work) {
    return (work_pending(work) ? WORK_BUSY_PENDING : 0u) | (wq_backend->running(work) ? WORK_BUSY_RUNNING : 0u);
}
EXPORT_SYMBOL_GPL(work_busy);

struct work_struct *current_work(void) {
    return wq_backend->current_item();
}
EXPORT_SYMBOL(current_work);

int schedule_on_each_cpu(work_func_t func) {
    work_struct __percpu *items = alloc_percpu(work_struct);
    if (!items)
        return -ENOMEM;
    {
        const cpus_stay stay;
        const auto on_each = [items](auto f) {
            for (unsigned cpu : bits_of(*cpu_online_mask))
                f(per_cpu_ptr(items, cpu), static_cast<int>(cpu));
        };
        on_each([func](work_struct *item, int cpu) {
            INIT_WORK(item, func);
            schedule_work_on(cpu, item);
        });
        on_each([](work_struct *item, int) { flush_work(item); });
    }
    free_percpu(items);
    return 0;
}

static int put_off(work_func_t fn, work_struct &item) {
    INIT_WORK(&item, fn);
    schedule_work(&item);
    return 1;
}

int execute_in_process_context(work_func_t fn, struct execute_work *ew) {
    return in_interrupt() ? put_off(fn, ew->work) : (fn(&ew->work), 0);
}
EXPORT_SYMBOL_GPL(execute_in_process_context);

namespace {

// A call that a worker makes for somebody who waits for its result.
class call_item {
public:
    call_item(long (*fn)(void *), void *arg)
        : fn_(fn)
        , arg_(arg) {
        INIT_WORK_ONSTACK(&work_, make_call);
    }
    ~call_item() { destroy_work_on_stack(&work_); }
    long result_from(int cpu) {
        schedule_work_on(cpu, &work_);
        flush_work(&work_);
        return result_;
    }

private:
    static void make_call(work_struct *work) {
        call_item *call = container_of(work, call_item, work_);
        call->result_ = call->fn_(call->arg_);
    }
    work_struct work_;
    long (*fn_)(void *);
    void *arg_;
    long result_ = 0;
};

void adjust_all() {
    for (workqueue_struct &wq : list_of<&workqueue_struct::list>(workqueues))
        adjust(wq);
}

} // namespace

long work_on_cpu(int cpu, long (*fn)(void *), void *arg) {
    return call_item(fn, arg).result_from(cpu);
}
EXPORT_SYMBOL_GPL(work_on_cpu);

long work_on_cpu_safe(int cpu, long (*fn)(void *), void *arg) {
    const cpus_stay stay;
    return cpu_online(cpu) ? work_on_cpu(cpu, fn, arg) : -ENODEV;
}
EXPORT_SYMBOL_GPL(work_on_cpu_safe);

// Items of freezable queues that run go on to their end; no other is started.
void freeze_workqueues_begin(void) {
    const hold l(wq_pool_mutex);
    WARN_ON_ONCE(workqueue_freezing);
    workqueue_freezing = true;
    adjust_all();
}

// Whether items of freezable queues are still active.
bool freeze_workqueues_busy(void) {
    const hold all(wq_pool_mutex);
    WARN_ON_ONCE(!workqueue_freezing);
    return find_in<&workqueue_struct::list>(workqueues, [](workqueue_struct &wq) {
        const hold l(wq.mutex);
        return (wq.flags & WQ_FREEZABLE) && wq_backend->active(&wq);
    });
}

void thaw_workqueues(void) {
    const hold l(wq_pool_mutex);
    const bool frozen = workqueue_freezing;
    workqueue_freezing = false;
    if (frozen)
        adjust_all();
}

static workqueue_struct *system_queue(const char *name, unsigned flags, int max_active) {
    workqueue_struct *wq =
        wq_backend->one_system_queue && system_wq ? system_wq : alloc_workqueue("%s", flags, max_active, name);
    BUG_ON(!wq);
    return wq;
}

// Queues exist and take items from here on; they run once workqueue_init() has made the threads.
void workqueue_init_early(void) {
    wq_backend->init_early();
    system_wq = system_queue("events", 0, 0);
    system_highpri_wq = system_queue("events_highpri", WQ_HIGHPRI, 0);
    system_long_wq = system_queue("events_long", 0, 0);
    system_unbound_wq = system_queue("events_unbound", WQ_UNBOUND, WQ_UNBOUND_MAX_ACTIVE);
    system_freezable_wq = system_queue("events_freezable", WQ_FREEZABLE, 0);
    system_power_efficient_wq = system_queue("events_power_efficient", WQ_POWER_EFFICIENT, 0);
    system_freezable_power_efficient_wq =
        system_queue("events_freezable_power_efficient", WQ_FREEZABLE | WQ_POWER_EFFICIENT, 0);
}

// In a task, with all CPUs up.
void workqueue_init(void) {
    wq_backend->init();
    wq_online = true;
}

namespace {

void report_leaked_item(void *arg, work_func_t f, bool running) {
    const struct module *mod = static_cast<const struct module *>(arg);
    void *func = reinterpret_cast<void *>(f);
    if (module_owns(mod, func))
        module_leak(mod, func, "work %ps still %s", func, running ? "running" : "pending");
}

void workqueue_leak_check(const struct module *mod) {
    const hold l(wq_pool_mutex);
    wq_backend->for_each_item(report_leaked_item, const_cast<struct module *>(mod));
    for (const workqueue_struct &wq : list_of<&workqueue_struct::list>(workqueues)) {
        if (module_owns(mod, wq.creator))
            module_leak(mod, wq.creator, "workqueue %s not destroyed", wq.name);
    }
}

} // namespace
MODULE_LEAK_CHECK(workqueue_leak_check);
