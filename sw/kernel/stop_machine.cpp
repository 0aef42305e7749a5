// SPDX-License-Identifier: Apache-2.0
// Work for the migration/N threads, and holding the whole machine (Linux: kernel/stop_machine.c).
#include <linux/stop_machine.h>

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched/task.h>
#include <linux/smpboot.h>
#include <linux/spinlock.h>

#include "kernel/sched/sched.h"

void stop_machine_unpark(unsigned int cpu);

struct cpu_stop_done {
    atomic_t left;
    int ret;
    completion completion_;
};

namespace {

struct cpu_stopper {
    task_struct *thread;
    raw_spinlock_t lock;
    list_head works;
    bool enabled;
};

DEFINE_PER_CPU(cpu_stopper, stoppers);

bool queue_work_on(unsigned int cpu, cpu_stop_work *work) {
    cpu_stopper *stopper = per_cpu_ptr(&stoppers, cpu);
    unsigned long flags;

    preempt_disable();
    raw_spin_lock_irqsave(&stopper->lock, flags);
    const bool enabled = stopper->enabled;
    if (enabled)
        list_add_tail(&work->list, &stopper->works);
    raw_spin_unlock_irqrestore(&stopper->lock, flags);
    if (enabled)
        wake_up_process(stopper->thread);
    preempt_enable();
    return enabled;
}

int should_run(unsigned int cpu) {
    cpu_stopper *stopper = per_cpu_ptr(&stoppers, cpu);
    unsigned long flags;

    raw_spin_lock_irqsave(&stopper->lock, flags);
    const bool has_work = !list_empty(&stopper->works);
    raw_spin_unlock_irqrestore(&stopper->lock, flags);
    return has_work;
}

void run_works(unsigned int cpu) {
    cpu_stopper *stopper = per_cpu_ptr(&stoppers, cpu);

    for (;;) {
        raw_spin_lock_irq(&stopper->lock);
        cpu_stop_work *work = list_first_entry_or_null(&stopper->works, cpu_stop_work, list);
        if (work)
            list_del_init(&work->list);
        raw_spin_unlock_irq(&stopper->lock);
        if (!work)
            return;

        // `work` may be gone as soon as its waiter knows.
        cpu_stop_done *done = work->done;
        preempt_disable();
        const int ret = work->fn(work->arg);
        if (done && ret)
            done->ret = ret;
        preempt_enable();
        if (done && atomic_dec_and_test(&done->left))
            complete(&done->completion_);
    }
}

void create(unsigned int cpu) {
    sched_set_stop_task(static_cast<int>(cpu), per_cpu(stoppers, cpu).thread);
}

smp_hotplug_thread stop_threads;

void init_done(cpu_stop_done *done, int count) {
    atomic_set(&done->left, count);
    done->ret = 0;
    init_completion(&done->completion_);
}

// Several CPUs in step: all are there, all have interrupts masked, the function has run, all may go.
enum stop_stage { stage_gather, stage_masked, stage_run, stage_leave };

struct multi_stop {
    cpu_stop_fn_t fn;
    void *data;
    const cpumask *active;
    unsigned int cpus;
    int stage;     // stop_stage
    atomic_t left; // CPUs that have not reached the stage yet
};

void reach_stage(multi_stop *stop) {
    if (!atomic_dec_and_test(&stop->left))
        return;
    atomic_set(&stop->left, static_cast<int>(stop->cpus));
    if (stop->stage != stage_leave)
        __atomic_store_n(&stop->stage, stop->stage + 1, __ATOMIC_RELEASE);
}

int multi_cpu_stop(void *arg) {
    multi_stop *stop = static_cast<multi_stop *>(arg);
    int seen = stage_gather;
    unsigned long flags;
    int ret = 0;

    local_save_flags(flags);
    reach_stage(stop);
    while (seen != stage_leave) {
        const int stage = __atomic_load_n(&stop->stage, __ATOMIC_ACQUIRE);

        if (stage == seen) {
            port_relax();
            continue;
        }
        seen = stage;
        if (stage == stage_masked)
            local_irq_disable();
        else if (stage == stage_run && cpumask_test_cpu(raw_smp_processor_id(), stop->active))
            ret = stop->fn(stop->data);
        reach_stage(stop);
    }
    local_irq_restore(flags);
    return ret;
}

DEFINE_MUTEX(stop_cpus_mutex);

int cpu_stop_init() {
    unsigned int cpu;

    for_each_possible_cpu (cpu) {
        cpu_stopper *stopper = per_cpu_ptr(&stoppers, cpu);

        raw_spin_lock_init(&stopper->lock);
        INIT_LIST_HEAD(&stopper->works);
    }
    stop_threads.store =
        reinterpret_cast<task_struct **>(reinterpret_cast<unsigned long>(&stoppers) + offsetof(cpu_stopper, thread));
    stop_threads.thread_should_run = should_run;
    stop_threads.thread_fn = run_works;
    stop_threads.create = create;
    stop_threads.selfparking = true;
    stop_threads.thread_comm = "migration/%u";
    BUG_ON(smpboot_register_percpu_thread(&stop_threads));
    stop_machine_unpark(raw_smp_processor_id());
    return 0;
}
early_initcall(cpu_stop_init);

} // namespace

void stop_machine_unpark(unsigned int cpu) {
    cpu_stopper *stopper = per_cpu_ptr(&stoppers, cpu);

    stopper->enabled = true;
    kthread_unpark(stopper->thread);
}

// From the stopper of a CPU that goes down: it parks itself after this work.
void stop_machine_park(unsigned int cpu) {
    cpu_stopper *stopper = per_cpu_ptr(&stoppers, cpu);

    stopper->enabled = false;
    kthread_park(stopper->thread);
}

int stop_one_cpu(unsigned int cpu, cpu_stop_fn_t fn, void *arg) {
    cpu_stop_done done;
    cpu_stop_work work = {{}, fn, arg, &done};

    init_done(&done, 1);
    if (!queue_work_on(cpu, &work))
        return -ENOENT;
    // Where kernel preemption is off, give the CPU to the stopper at once if it is this one.
    cond_resched();
    wait_for_completion(&done.completion_);
    return done.ret;
}

bool stop_one_cpu_nowait(unsigned int cpu, cpu_stop_fn_t fn, void *arg, struct cpu_stop_work *work_buf) {
    *work_buf = {{}, fn, arg, nullptr};
    return queue_work_on(cpu, work_buf);
}

int stop_machine_cpuslocked(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus) {
    static DEFINE_PER_CPU(cpu_stop_work, stop_works);
    unsigned int cpu;

    lockdep_assert_cpus_held();
    mutex_lock(&stop_cpus_mutex);
    cpumask online;
    cpumask_copy(&online, cpu_online_mask);
    multi_stop stop = {
        fn,           data,          cpus ? cpus : cpumask_of(cpumask_first(&online)), cpumask_weight(&online),
        stage_gather, ATOMIC_INIT(0)};
    atomic_set(&stop.left, static_cast<int>(stop.cpus));
    cpu_stop_done done;
    init_done(&done, static_cast<int>(stop.cpus));

    // All stoppers are queued before this one can run, or it would wait for CPUs that were never asked.
    preempt_disable();
    for_each_cpu (cpu, &online) {
        cpu_stop_work *work = per_cpu_ptr(&stop_works, cpu);

        *work = {{}, multi_cpu_stop, &stop, &done};
        if (!queue_work_on(cpu, work) && atomic_dec_and_test(&done.left))
            complete(&done.completion_);
    }
    preempt_enable();
    wait_for_completion(&done.completion_);
    mutex_unlock(&stop_cpus_mutex);
    return done.ret;
}

int stop_machine(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus) {
    cpus_read_lock();
    const int ret = stop_machine_cpuslocked(fn, data, cpus);
    cpus_read_unlock();
    return ret;
}
EXPORT_SYMBOL_GPL(stop_machine);
