// SPDX-License-Identifier: Apache-2.0
// Bringing CPUs up and taking them down (Linux: kernel/cpu.c). Each CPU climbs through the states of
// linux/cpuhotplug.h, and descends through them again: first in its own thread cpuhp/N, then with all CPUs stopped,
// then on the CPU that took it down, once it is off.
#include <linux/cpu.h>

#include <asm/smp.h>
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rwsem.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/smpboot.h>
#include <linux/stop_machine.h>
#include <linux/tick.h>

#include "kernel/module/owned.h"
#include "kernel/sched/sched.h"
#include "lib/guard.h"
#include "lib/ranges.h"

struct cpumask __cpu_possible_mask;
EXPORT_SYMBOL(__cpu_possible_mask);
struct cpumask __cpu_online_mask;
EXPORT_SYMBOL(__cpu_online_mask);
struct cpumask __cpu_present_mask;
EXPORT_SYMBOL(__cpu_present_mask);
struct cpumask __cpu_active_mask;
EXPORT_SYMBOL(__cpu_active_mask);
struct cpumask __cpu_dying_mask;
EXPORT_SYMBOL(__cpu_dying_mask);
cpumask_t cpus_booted_once_mask;
atomic_t __num_online_cpus;
EXPORT_SYMBOL(__num_online_cpus);

// The only set that is counted as well, since the count is asked for often.
void set_cpu_online(unsigned int cpu, bool online) {
    cpumask *mask = &__cpu_online_mask;
    const bool changed = online ? !cpumask_test_and_set_cpu(cpu, mask) : cpumask_test_and_clear_cpu(cpu, mask);

    if (changed)
        atomic_add(online ? 1 : -1, &__num_online_cpus);
}

void init_cpu_online(const struct cpumask *src) {
    __cpu_online_mask = *src;
    atomic_set(&__num_online_cpus, static_cast<int>(cpumask_weight(src)));
}

void init_cpu_possible(const struct cpumask *src) {
    __cpu_possible_mask = *src;
}

void init_cpu_present(const struct cpumask *src) {
    __cpu_present_mask = *src;
}

int smpboot_create_threads(unsigned int cpu);
int smpboot_unpark_threads(unsigned int cpu);
int smpboot_park_threads(unsigned int cpu);
void stop_machine_unpark(unsigned int cpu);
void stop_machine_park(unsigned int cpu);
int smpcfd_dying_cpu(unsigned int cpu);
int rcutree_dying_cpu(unsigned int cpu);

namespace {

using cpu_callback = int (*)(unsigned int cpu);
using instance_callback = int (*)(unsigned int cpu, struct hlist_node *node);

struct cpuhp_step {
    const char *name;
    cpu_callback startup;
    cpu_callback teardown;
    bool taken;
    // Of a state with instances: its callbacks are called for each of them.
    bool multi;
    instance_callback start_instance;
    instance_callback stop_instance;
    hlist_head instances; // under cpuhp_state_mutex
};

// A callback with what it is called for.
struct cpuhp_call {
    cpu_callback plain = nullptr;
    instance_callback of_instance = nullptr;
    struct hlist_node *node = nullptr;

    explicit operator bool() const { return plain || of_instance; }
    int operator()(unsigned int cpu) const { return of_instance ? of_instance(cpu, node) : plain(cpu); }
};

struct cpuhp_cpu_state {
    enum cpuhp_state state;
    enum cpuhp_state target;
    task_struct *thread; // cpuhp/N
    task_struct *idle;
    bool should_run;
    cpuhp_call single; // instead of the climb
    int result;
    completion done;
    completion idle_reached; // the new CPU's idle loop runs, or the old one's has nothing left to do
};

DEFINE_PER_CPU(cpuhp_cpu_state, cpuhp_state_of);
DEFINE_MUTEX(cpuhp_state_mutex);
DECLARE_RWSEM(cpu_hotplug_lock);

cpuhp_step cpuhp_steps[CPUHP_ONLINE + 1];

void init_steps() {
    cpuhp_steps[CPUHP_CREATE_THREADS] = {"threads:prepare", smpboot_create_threads, nullptr, true};
    cpuhp_steps[CPUHP_AP_SCHED_STARTING] = {"sched:starting", nullptr, sched_cpu_dying, true};
    cpuhp_steps[CPUHP_AP_RCUTREE_DYING] = {"RCU/tree:dying", nullptr, rcutree_dying_cpu, true};
    cpuhp_steps[CPUHP_AP_SMPCFD_DYING] = {"smpcfd:dying", nullptr, smpcfd_dying_cpu, true};
    cpuhp_steps[CPUHP_AP_SCHED_WAIT_EMPTY] = {"sched:waitempty", nullptr, sched_cpu_wait_empty, true};
    cpuhp_steps[CPUHP_AP_SMPBOOT_THREADS] = {"smpboot/threads:online", smpboot_unpark_threads, smpboot_park_threads,
                                             true};
    cpuhp_steps[CPUHP_AP_IRQ_AFFINITY_ONLINE] = {"irq/affinity:online", irq_affinity_online_cpu, nullptr, true};
    cpuhp_steps[CPUHP_AP_ACTIVE] = {"sched:active", sched_cpu_activate, sched_cpu_deactivate, true};
}

bool is_ap_state(enum cpuhp_state state) {
    return state > CPUHP_BRINGUP_CPU;
}

bool is_starting_state(enum cpuhp_state state) {
    return state > CPUHP_AP_OFFLINE && state < CPUHP_AP_ONLINE;
}

int stop_step(const cpuhp_step &step, unsigned int cpu) {
    struct hlist_node *node;
    int ret = 0;

    if (!step.multi)
        return step.teardown ? step.teardown(cpu) : 0;
    for (node = step.stop_instance ? step.instances.first : nullptr; node && !ret; node = node->next)
        ret = step.stop_instance(cpu, node);
    return ret;
}

// If an instance refuses, those before it are taken back.
int start_step(const cpuhp_step &step, unsigned int cpu) {
    struct hlist_node *node, *done;
    int ret = 0;

    if (!step.multi)
        return step.startup ? step.startup(cpu) : 0;
    for (node = step.start_instance ? step.instances.first : nullptr; node; node = node->next) {
        ret = step.start_instance(cpu, node);
        if (ret)
            break;
    }
    for (done = ret && step.stop_instance ? step.instances.first : nullptr; done && done != node; done = done->next)
        step.stop_instance(cpu, done);
    return ret;
}

int call_startup(cpuhp_cpu_state *st, unsigned int cpu, enum cpuhp_state state) {
    const int ret = start_step(cpuhp_steps[state], cpu);

    if (!ret)
        st->state = state;
    return ret;
}

int climb(cpuhp_cpu_state *st, unsigned int cpu, enum cpuhp_state target) {
    while (st->state < target) {
        const int ret = call_startup(st, cpu, static_cast<enum cpuhp_state>(st->state + 1));

        if (ret)
            return ret;
    }
    return 0;
}

// Down to `target`. A callback that refuses leaves the CPU in its state.
int descend(cpuhp_cpu_state *st, unsigned int cpu, enum cpuhp_state target) {
    while (st->state > target) {
        const int ret = stop_step(cpuhp_steps[st->state], cpu);

        if (ret)
            return ret;
        st->state = static_cast<enum cpuhp_state>(st->state - 1);
    }
    return 0;
}

// ---- the thread of each CPU ----

int cpuhp_should_run(unsigned int cpu) {
    return per_cpu(cpuhp_state_of, cpu).should_run;
}

void cpuhp_thread_fun(unsigned int cpu) {
    cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state_of, cpu);

    if (!st->should_run)
        return;
    if (st->single)
        st->result = st->single(cpu);
    else if (st->target > st->state)
        st->result = climb(st, cpu, st->target);
    else
        st->result = descend(st, cpu, st->target);
    st->single = {};
    st->should_run = false;
    complete(&st->done);
}

void cpuhp_create(unsigned int cpu) {
    cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state_of, cpu);

    init_completion(&st->done);
    init_completion(&st->idle_reached);
}

smp_hotplug_thread cpuhp_threads;

// Has the CPU's own thread call `single`, or climb or descend to `target`, and waits.
int run_on_ap(cpuhp_cpu_state *st, const cpuhp_call &single, enum cpuhp_state target) {
    st->single = single;
    st->target = target;
    st->should_run = true;
    wake_up_process(st->thread);
    wait_for_completion(&st->done);
    return st->result;
}

// Calls a callback that came, or goes, too late for a CPU that is past its state: where it would have been called.
int issue_call(unsigned int cpu, enum cpuhp_state state, const cpuhp_call &callback) {
    cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state_of, cpu);

    if (!is_ap_state(state) || !st->thread)
        return callback(cpu);
    if (!cpu_online(cpu))
        return 0;
    return run_on_ap(st, callback, st->state);
}

// For all CPUs that have reached the state.
template <class Visit>
void for_each_past(enum cpuhp_state state, Visit visit) {
    for (unsigned cpu : bits_of(*cpu_present_mask))
        if (per_cpu(cpuhp_state_of, cpu).state >= state)
            visit(cpu);
}

// Catches up on all CPUs that are past the state. If one refuses, those before it are taken back.
int start_on_all(enum cpuhp_state state, const cpuhp_call &startup, const cpuhp_call &teardown) {
    cpumask started = {};
    int error = 0;

    for_each_past(state, [&](unsigned cpu) {
        if (!error && !(error = issue_call(cpu, state, startup)))
            __cpumask_set_cpu(cpu, &started);
    });
    if (error && teardown)
        for (unsigned cpu : bits_of(started))
            issue_call(cpu, state, teardown);
    return error;
}

void stop_on_all(enum cpuhp_state state, const cpuhp_call &teardown) {
    if (teardown)
        for_each_past(state, [&](unsigned cpu) { issue_call(cpu, state, teardown); });
}

cpuhp_call start_of(const cpuhp_step &step, struct hlist_node *node) {
    return {nullptr, step.start_instance, node};
}

cpuhp_call stop_of(const cpuhp_step &step, struct hlist_node *node) {
    return {nullptr, step.stop_instance, node};
}

bool can_be_set_up(enum cpuhp_state state) {
    return state > CPUHP_OFFLINE && state < CPUHP_ONLINE;
}

int reserve_state(enum cpuhp_state state) {
    if (state != CPUHP_AP_ONLINE_DYN && state != CPUHP_BP_PREPARE_DYN)
        return cpuhp_steps[state].taken ? -EBUSY : state;
    const int end = state == CPUHP_AP_ONLINE_DYN ? CPUHP_AP_ONLINE_DYN_END : CPUHP_BP_PREPARE_DYN_END;
    for (int i = state; i <= end; i++)
        if (!cpuhp_steps[i].taken)
            return i;
    WARN(1, "No more dynamic states available for CPU hotplug\n");
    return -ENOSPC;
}

} // namespace

static const owned_kind owned_state = {"CPU hotplug state %s still set up", [](const void *object, char *, size_t) {
                                           return *static_cast<const char *const *>(object);
                                       }};

int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke, int (*startup)(unsigned int cpu),
                        int (*teardown)(unsigned int cpu), bool multi_instance) {
    const bool dynamic = state == CPUHP_AP_ONLINE_DYN || state == CPUHP_BP_PREPARE_DYN;

    if (!can_be_set_up(state) || !name)
        return -EINVAL;
    cpus_stay stay;
    hold l(cpuhp_state_mutex);
    const int reserved = reserve_state(state);
    if (reserved < 0)
        return reserved;
    const auto own = static_cast<enum cpuhp_state>(reserved);
    if (multi_instance) // the two have one more argument then
        cpuhp_steps[own] = {name,
                            nullptr,
                            nullptr,
                            true,
                            true,
                            reinterpret_cast<instance_callback>(startup),
                            reinterpret_cast<instance_callback>(teardown),
                            {}};
    else
        cpuhp_steps[own] = {name, startup, teardown, true};
    const int error = invoke && startup && !multi_instance ? start_on_all(own, {startup}, {teardown}) : 0;
    if (error)
        cpuhp_steps[own] = {};
    else
        owned_note(owned_state, &cpuhp_steps[own].name);
    return error || !dynamic ? error : own;
}
EXPORT_SYMBOL(__cpuhp_setup_state);

void __cpuhp_remove_state(enum cpuhp_state state, bool invoke) {
    BUG_ON(!can_be_set_up(state));
    cpuhp_step &step = cpuhp_steps[state];
    cpus_stay stay;
    hold l(cpuhp_state_mutex);

    if (WARN(step.instances.first, "Error: Removing state %d which has instances left.\n", state))
        return;
    if (invoke)
        stop_on_all(state, {step.teardown});
    owned_strike(&step.name);
    step = {};
}
EXPORT_SYMBOL(__cpuhp_remove_state);

int __cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke) {
    cpuhp_step &step = cpuhp_steps[state];
    cpus_stay stay;

    if (!step.multi)
        return -EINVAL;
    hold l(cpuhp_state_mutex);
    const cpuhp_call startup = start_of(step, node);
    const int error = invoke && startup ? start_on_all(state, startup, stop_of(step, node)) : 0;
    if (!error)
        hlist_add_head(node, &step.instances);
    return error;
}
EXPORT_SYMBOL_GPL(__cpuhp_state_add_instance);

int __cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke) {
    BUG_ON(!can_be_set_up(state));
    cpuhp_step &step = cpuhp_steps[state];
    cpus_stay stay;

    if (!step.multi)
        return -EINVAL;
    hold l(cpuhp_state_mutex);
    if (invoke)
        stop_on_all(state, stop_of(step, node));
    hlist_del(node);
    return 0;
}
EXPORT_SYMBOL_GPL(__cpuhp_state_remove_instance);

// ---- the boot CPU, and the others ----

void boot_cpu_init(void) {
    const auto me = raw_smp_processor_id();

    static constexpr void (*become[])(unsigned int, bool) = {set_cpu_possible, set_cpu_present, set_cpu_active,
                                                             set_cpu_online};
    for (const auto step : become)
        step(me, true);
    cpumask_set_cpu(me, &cpus_booted_once_mask);
}

void boot_cpu_hotplug_init(void) {
    init_steps();
    this_cpu_ptr(&cpuhp_state_of)->state = CPUHP_ONLINE;
    this_cpu_ptr(&cpuhp_state_of)->idle = &init_task;
}

void cpuhp_threads_init(void) {
    cpuhp_threads.store = reinterpret_cast<task_struct **>(reinterpret_cast<unsigned long>(&cpuhp_state_of) +
                                                           offsetof(cpuhp_cpu_state, thread));
    cpuhp_threads.create = cpuhp_create;
    cpuhp_threads.thread_should_run = cpuhp_should_run;
    cpuhp_threads.thread_fn = cpuhp_thread_fun;
    cpuhp_threads.thread_comm = "cpuhp/%u";
    cpuhp_threads.selfparking = true;
    BUG_ON(smpboot_register_percpu_thread(&cpuhp_threads));
    kthread_unpark(this_cpu_read(cpuhp_state_of.thread));
}

void notify_cpu_starting(unsigned int cpu) {
    cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state_of, cpu);

    cpumask_set_cpu(cpu, &cpus_booted_once_mask);
    st->state = CPUHP_AP_OFFLINE;
    while (is_starting_state(static_cast<enum cpuhp_state>(st->state + 1)))
        WARN_ON_ONCE(call_startup(st, cpu, static_cast<enum cpuhp_state>(st->state + 1)));
    st->state = CPUHP_AP_ONLINE;
}

// The idle loop of the new CPU has begun: its threads can run.
extern "C" void cpuhp_online_idle(enum cpuhp_state state) {
    cpuhp_cpu_state *st = this_cpu_ptr(&cpuhp_state_of);

    if (state != CPUHP_AP_ONLINE_IDLE)
        return;
    st->state = CPUHP_AP_ONLINE_IDLE;
    complete(&st->idle_reached);
}

static int take_down(unsigned int cpu);

// cpus_write_lock is held.
static int bring_up(unsigned int cpu) {
    cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state_of, cpu);

    if (st->state >= CPUHP_ONLINE)
        return 0;
    if (!st->idle) {
        task_struct *idle = fork_idle(static_cast<int>(cpu));
        if (IS_ERR(idle))
            return static_cast<int>(PTR_ERR(idle));
        st->idle = idle;
    } else {
        init_idle(st->idle, static_cast<int>(cpu));
    }
    int ret = climb(st, cpu, static_cast<enum cpuhp_state>(CPUHP_BRINGUP_CPU - 1));
    if (ret) {
        descend(st, cpu, CPUHP_OFFLINE);
        return ret;
    }
    ret = __cpu_up(cpu, st->idle);
    if (ret) {
        descend(st, cpu, CPUHP_OFFLINE);
        return ret;
    }
    wait_for_completion(&st->idle_reached);
    stop_machine_unpark(cpu);
    kthread_unpark(st->thread);
    ret = run_on_ap(st, {}, CPUHP_ONLINE);
    if (ret)
        take_down(cpu);
    return ret;
}

int cpu_up(unsigned int cpu) {
    if (cpu >= nr_cpu_ids || !cpu_possible(cpu) || !cpu_present(cpu))
        return -EINVAL;
    cpus_write_lock();
    const int ret = bring_up(cpu);
    cpus_write_unlock();
    return ret;
}

// ---- down ----

static void leave_starting_states(cpuhp_cpu_state *st, unsigned int cpu) {
    st->state = CPUHP_AP_ONLINE;
    WARN_ON_ONCE(descend(st, cpu, CPUHP_AP_OFFLINE)); // too late to refuse
    tick_handover_do_timer();
    stop_machine_park(cpu);
}

// On the CPU that goes down, in its stopper, with interrupts masked, while all others do the same.
static int take_cpu_down(void *) {
    cpuhp_cpu_state *st = this_cpu_ptr(&cpuhp_state_of);
    const unsigned int cpu = raw_smp_processor_id();

    int error = __cpu_disable();

    if (!error)
        leave_starting_states(st, cpu);
    return error;
}

// The idle loop of a CPU that is offline: nothing else will run there.
extern "C" void cpuhp_report_idle_dead(void) {
    cpuhp_cpu_state *st = this_cpu_ptr(&cpuhp_state_of);

    BUG_ON(st->state != CPUHP_AP_OFFLINE);
    st->state = CPUHP_AP_IDLE_DEAD;
    // Nothing may be asked of this CPU any more, not even to be woken: another one tells the waiter.
    static DEFINE_PER_CPU(call_single_data_t, tell);
    call_single_data_t *csd = this_cpu_ptr(&tell);
    *csd = CSD_INIT([](void *done) { complete(static_cast<completion *>(done)); }, &st->idle_reached);
    smp_call_function_single_async(static_cast<int>(cpumask_first(cpu_online_mask)), csd);
}

// cpus_write_lock is held.
static int take_down(unsigned int cpu) {
    cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state_of, cpu);

    if (!cpu_online(cpu))
        return 0;
    if (num_online_cpus() == 1)
        return -EBUSY;
    set_cpu_dying(cpu, true);
    int ret = run_on_ap(st, {}, CPUHP_AP_ONLINE_IDLE);
    if (!ret) {
        kthread_park(st->thread);
        // The lines that are routed to it are moved meanwhile, and none may come or go.
        irq_lock_sparse();
        ret = stop_machine_cpuslocked(take_cpu_down, nullptr, cpumask_of(cpu));
        irq_unlock_sparse();
        if (ret)
            kthread_unpark(st->thread);
    }
    if (ret) {
        set_cpu_dying(cpu, false);
        run_on_ap(st, {}, CPUHP_ONLINE);
        return ret;
    }
    wait_for_completion(&st->idle_reached);
    __cpu_die(cpu);
    st->state = CPUHP_BRINGUP_CPU;
    WARN_ON_ONCE(descend(st, cpu, CPUHP_OFFLINE));
    set_cpu_dying(cpu, false);
    return 0;
}

static DEFINE_MUTEX(cpu_add_remove_lock);
static int cpu_hotplug_disabled; // under cpu_add_remove_lock

static int change_cpu(unsigned int cpu, int (*change)(unsigned int)) {
    int ret = -EBUSY;

    if (cpu >= nr_cpu_ids || !cpu_present(cpu))
        return -EINVAL;
    mutex_lock(&cpu_add_remove_lock);
    if (!cpu_hotplug_disabled) {
        cpus_write_lock();
        ret = change(cpu);
        cpus_write_unlock();
    }
    mutex_unlock(&cpu_add_remove_lock);
    return ret;
}

// 1: it was in that state already.
int remove_cpu(unsigned int cpu) {
    return change_cpu(cpu, [](unsigned int nr) { return cpu_online(nr) ? take_down(nr) : 1; });
}
EXPORT_SYMBOL_GPL(remove_cpu);

int add_cpu(unsigned int cpu) {
    return change_cpu(cpu, [](unsigned int nr) { return cpu_online(nr) ? 1 : bring_up(nr); });
}
EXPORT_SYMBOL_GPL(add_cpu);

void bringup_nonboot_cpus(unsigned int max_cpus) {
    for (unsigned cpu : bits_of(*cpu_present_mask))
        if (num_online_cpus() < max_cpus && !cpu_online(cpu))
            cpu_up(cpu);
}

// ---- the lock ----

void cpus_read_lock(void) {
    // Nothing changes before the scheduler runs, and nothing may sleep then.
    if (system_state >= SYSTEM_SCHEDULING)
        down_read(&cpu_hotplug_lock);
}
EXPORT_SYMBOL_GPL(cpus_read_lock);

int cpus_read_trylock(void) {
    return system_state < SYSTEM_SCHEDULING || down_read_trylock(&cpu_hotplug_lock);
}
EXPORT_SYMBOL_GPL(cpus_read_trylock);

void cpus_read_unlock(void) {
    if (system_state >= SYSTEM_SCHEDULING)
        up_read(&cpu_hotplug_lock);
}
EXPORT_SYMBOL_GPL(cpus_read_unlock);

void cpus_write_lock(void) {
    down_write(&cpu_hotplug_lock);
}

void cpus_write_unlock(void) {
    up_write(&cpu_hotplug_lock);
}

void lockdep_assert_cpus_held(void) {
    if (system_state >= SYSTEM_RUNNING)
        lockdep_assert_held(&cpu_hotplug_lock);
}

void cpu_hotplug_disable(void) {
    mutex_lock(&cpu_add_remove_lock);
    cpu_hotplug_disabled++;
    mutex_unlock(&cpu_add_remove_lock);
}
EXPORT_SYMBOL_GPL(cpu_hotplug_disable);

void cpu_hotplug_enable(void) {
    mutex_lock(&cpu_add_remove_lock);
    if (!WARN_ONCE(!cpu_hotplug_disabled, "Unbalanced cpu hotplug enable\n"))
        cpu_hotplug_disabled--;
    mutex_unlock(&cpu_add_remove_lock);
}
EXPORT_SYMBOL_GPL(cpu_hotplug_enable);
