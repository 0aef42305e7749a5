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
#include "lib/guard.h"
#include "lib/ranges.h"

void stop_machine_unpark(unsigned int cpu);

// How many works of one call are not over, for the task that waits for all of them.
struct cpu_stop_done {
    atomic_t left;
    int ret = 0;
    completion completion_;

    explicit cpu_stop_done(unsigned int works) {
        atomic_set(&left, static_cast<int>(works));
        init_completion(&completion_);
    }
    void one_is_over(int error) {
        if (error)
            WRITE_ONCE(ret, error);
        if (atomic_dec_and_test(&left))
            complete(&completion_);
    }
    // 0, or an error of one of them.
    int wait() {
        wait_for_completion(&completion_);
        return ret;
    }
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
    const preempt_off here;
    {
        const hold_irqsave l(stopper->lock);
        if (!stopper->enabled)
            return false;
        list_add_tail(&work->list, &stopper->works);
    }
    wake_up_process(stopper->thread);
    return true;
}

int should_run(unsigned int cpu) {
    cpu_stopper *stopper = per_cpu_ptr(&stoppers, cpu);
    const hold_irqsave l(stopper->lock);
    return !list_empty(&stopper->works);
}

cpu_stop_work *take_work(cpu_stopper &stopper) {
    const hold_irq l(stopper.lock);
    cpu_stop_work *work = first_of<&cpu_stop_work::list>(stopper.works);
    if (work)
        list_del_init(&work->list);
    return work;
}

void run_works(unsigned int cpu) {
    while (cpu_stop_work *work = take_work(*per_cpu_ptr(&stoppers, cpu))) {
        // `work` may be gone as soon as its waiter knows.
        cpu_stop_done *done = work->done;
        int error;
        {
            const preempt_off here;
            error = work->fn(work->arg);
        }
        if (done)
            done->one_is_over(error);
    }
}

void create(unsigned int cpu) {
    sched_set_stop_task(static_cast<int>(cpu), per_cpu(stoppers, cpu).thread);
}

smp_hotplug_thread stop_threads;

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

// The threads' kind: each CPU's stopper keeps its own.
void describe(smp_hotplug_thread &kind) {
    kind.thread_comm = "migration/%u";
    kind.selfparking = true;
    kind.create = create;
    kind.thread_should_run = should_run;
    kind.thread_fn = run_works;
    kind.store = &stoppers.thread;
}

int cpu_stop_init() {
    for (unsigned int cpu : bits_of(*cpu_possible_mask)) {
        cpu_stopper &stopper = per_cpu(stoppers, cpu);
        INIT_LIST_HEAD(&stopper.works);
        raw_spin_lock_init(&stopper.lock);
    }
    describe(stop_threads);
    const int error = smpboot_register_percpu_thread(&stop_threads);
    BUG_ON(error);
    stop_machine_unpark(raw_smp_processor_id());
    return error;
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
    cpu_stop_done done(1);
    cpu_stop_work work = {{}, fn, arg, &done};
    const bool queued = queue_work_on(cpu, &work);
    // Where kernel preemption is off, give the CPU to the stopper at once if it is this one.
    cond_resched();
    return queued ? done.wait() : -ENOENT;
}

bool stop_one_cpu_nowait(unsigned int cpu, cpu_stop_fn_t fn, void *arg, struct cpu_stop_work *work_buf) {
    *work_buf = {{}, fn, arg, nullptr};
    return queue_work_on(cpu, work_buf);
}

int stop_machine_cpuslocked(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus) {
    static DEFINE_PER_CPU(cpu_stop_work, stop_works);
    lockdep_assert_cpus_held();
    const hold one_at_a_time(stop_cpus_mutex);
    const cpumask online = *cpu_online_mask;
    multi_stop stop = {
        fn,           data,          cpus ? cpus : cpumask_of(cpumask_first(&online)), cpumask_weight(&online),
        stage_gather, ATOMIC_INIT(0)};
    atomic_set(&stop.left, static_cast<int>(stop.cpus));
    cpu_stop_done done(stop.cpus);
    {
        // All stoppers are queued before this one can run, or it would wait for CPUs that were never asked.
        const preempt_off here;
        for (unsigned int cpu : bits_of(online)) {
            cpu_stop_work *work = per_cpu_ptr(&stop_works, cpu);
            *work = {{}, multi_cpu_stop, &stop, &done};
            if (!queue_work_on(cpu, work))
                done.one_is_over(0);
        }
    }
    return done.wait();
}

int stop_machine(cpu_stop_fn_t fn, void *data, const struct cpumask *cpus) {
    const cpus_stay stay;
    return stop_machine_cpuslocked(fn, data, cpus);
}
EXPORT_SYMBOL_GPL(stop_machine);
