// SPDX-License-Identifier: Apache-2.0
// Threads that exist once a CPU (Linux: kernel/smpboot.c).
#include <linux/smpboot.h>

#include <linux/cpu.h>
#include <linux/err.h>
#include <linux/export.h>
#include <linux/kthread.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "lib/guard.h"
#include "lib/ranges.h"

namespace {

LIST_HEAD(hotplug_threads);
DEFINE_MUTEX(smpboot_threads_lock);

// One thread of one CPU. Born parked; then it is set up, runs whenever there is something to do, and is parked and
// unparked with its CPU, until it is stopped.
class percpu_thread {
public:
    static int smpboot_thread_fn(void *data);
    void be(const smp_hotplug_thread &kind, unsigned int cpu) {
        kind_ = &kind;
        cpu_ = cpu;
    }

private:
    enum class stage { fresh, active, parked };
    enum class step { stop, park, start, run, sleep };

    step next_step() const;
    void tell(void (*callback)(unsigned int)) const {
        if (callback)
            callback(cpu_);
    }
    void start();
    void park();

    const smp_hotplug_thread *kind_;
    unsigned int cpu_;
    stage stage_;
};

// Preemption is off: the answer is this CPU's.
percpu_thread::step percpu_thread::next_step() const {
    if (kthread_should_stop())
        return step::stop;
    if (kthread_should_park())
        return step::park;
    if (stage_ != stage::active)
        return step::start;
    return kind_->thread_should_run(cpu_) ? step::run : step::sleep;
}

void percpu_thread::start() {
    tell(stage_ == stage::fresh ? kind_->setup : kind_->unpark);
    stage_ = stage::active;
}

void percpu_thread::park() {
    if (stage_ == stage::active && kind_->park) {
        kind_->park(cpu_);
        stage_ = stage::parked;
    }
    kthread_parkme();
}

int percpu_thread::smpboot_thread_fn(void *data) {
    percpu_thread &self = *static_cast<percpu_thread *>(data);
    for (;;) {
        // Before the look, so that no wake-up is lost.
        set_current_state(TASK_INTERRUPTIBLE);
        preempt_disable();
        const step next = self.next_step();
        if (next == step::sleep) {
            preempt_enable_no_resched();
            schedule();
            continue;
        }
        __set_current_state(TASK_RUNNING);
        preempt_enable();
        switch (next) {
        case step::run:
            self.kind_->thread_fn(self.cpu_);
            break;
        case step::start:
            self.start();
            break;
        case step::park:
            self.park();
            break;
        default:
            if (self.kind_->cleanup && self.stage_ != stage::fresh)
                self.kind_->cleanup(self.cpu_, true);
            kfree(&self);
            return 0;
        }
    }
}

task_struct *&slot_of(const smp_hotplug_thread &kind, unsigned int cpu) {
    return *per_cpu_ptr(kind.store, cpu);
}

// The thread exists, parked until its CPU is far enough to use it. 0 or an error.
int provide_thread(smp_hotplug_thread &kind, unsigned int cpu) {
    task_struct *&slot = slot_of(kind, cpu);
    if (slot)
        return 0;
    percpu_thread *own = static_cast<percpu_thread *>(kzalloc(sizeof(percpu_thread), GFP_KERNEL));
    if (!own)
        return -ENOMEM;
    own->be(kind, cpu);
    task_struct *task = kthread_create_on_cpu(percpu_thread::smpboot_thread_fn, own, cpu, kind.thread_comm);
    if (IS_ERR(task)) {
        kfree(own);
        return PTR_ERR_OR_ZERO(task);
    }
    kthread_set_per_cpu(task, static_cast<int>(cpu));
    kthread_park(task);
    get_task_struct(task);
    slot = task;
    if (kind.create)
        kind.create(cpu);
    return 0;
}

void unpark_thread(const smp_hotplug_thread &kind, unsigned int cpu) {
    if (!kind.selfparking)
        kthread_unpark(slot_of(kind, cpu));
}

void park_thread(const smp_hotplug_thread &kind, unsigned int cpu) {
    if (task_struct *task = slot_of(kind, cpu); task && !kind.selfparking)
        kthread_park(task);
}

void end_thread(const smp_hotplug_thread &kind, unsigned int cpu) {
    task_struct *&slot = slot_of(kind, cpu);
    if (!slot)
        return;
    kthread_stop(slot);
    put_task_struct(slot);
    slot = nullptr;
}

} // namespace

// Threads for a CPU that is about to come up.
int smpboot_create_threads(unsigned int cpu) {
    const hold l(smpboot_threads_lock);
    for (smp_hotplug_thread &kind : list_of<&smp_hotplug_thread::list>(hotplug_threads)) {
        if (const int error = provide_thread(kind, cpu))
            return error;
    }
    return 0;
}

int smpboot_unpark_threads(unsigned int cpu) {
    const hold l(smpboot_threads_lock);
    for (const smp_hotplug_thread &kind : list_of<&smp_hotplug_thread::list>(hotplug_threads))
        unpark_thread(kind, cpu);
    return 0;
}

// In the opposite order: the threads that came last go first.
int smpboot_park_threads(unsigned int cpu) {
    const hold l(smpboot_threads_lock);
    smp_hotplug_thread *kind;
    list_for_each_entry_reverse (kind, &hotplug_threads, list)
        park_thread(*kind, cpu);
    return 0;
}

int smpboot_register_percpu_thread(struct smp_hotplug_thread *plug_thread) {
    const cpus_stay stay;
    const hold l(smpboot_threads_lock);
    on_failure no_threads([plug_thread] {
        for (unsigned int cpu : bits_of(*cpu_possible_mask))
            end_thread(*plug_thread, cpu);
    });
    for (unsigned int cpu : bits_of(*cpu_online_mask)) {
        if (const int error = provide_thread(*plug_thread, cpu))
            return error;
        unpark_thread(*plug_thread, cpu);
    }
    no_threads.dismiss();
    list_add(&plug_thread->list, &hotplug_threads);
    return 0;
}
EXPORT_SYMBOL_GPL(smpboot_register_percpu_thread);

void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *plug_thread) {
    const cpus_stay stay;
    const hold l(smpboot_threads_lock);
    list_del(&plug_thread->list);
    for (unsigned int cpu : bits_of(*cpu_possible_mask))
        end_thread(*plug_thread, cpu);
}
EXPORT_SYMBOL_GPL(smpboot_unregister_percpu_thread);
