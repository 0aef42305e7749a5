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

namespace {

enum class thread_status { none, active, parked };

struct smpboot_thread_data {
    unsigned int cpu;
    thread_status status;
    smp_hotplug_thread *ht;
};

LIST_HEAD(hotplug_threads);
DEFINE_MUTEX(smpboot_threads_lock);

int smpboot_thread_fn(void *data) {
    smpboot_thread_data *td = static_cast<smpboot_thread_data *>(data);
    smp_hotplug_thread *ht = td->ht;

    for (;;) {
        set_current_state(TASK_INTERRUPTIBLE);
        preempt_disable();
        if (kthread_should_stop()) {
            __set_current_state(TASK_RUNNING);
            preempt_enable();
            if (ht->cleanup && td->status != thread_status::none)
                ht->cleanup(td->cpu, true);
            kfree(td);
            return 0;
        }
        if (kthread_should_park()) {
            __set_current_state(TASK_RUNNING);
            preempt_enable();
            if (ht->park && td->status == thread_status::active) {
                ht->park(td->cpu);
                td->status = thread_status::parked;
            }
            kthread_parkme();
            continue;
        }
        if (td->status != thread_status::active) {
            __set_current_state(TASK_RUNNING);
            preempt_enable();
            if (td->status == thread_status::none && ht->setup)
                ht->setup(td->cpu);
            else if (td->status == thread_status::parked && ht->unpark)
                ht->unpark(td->cpu);
            td->status = thread_status::active;
            continue;
        }
        if (!ht->thread_should_run(td->cpu)) {
            preempt_enable_no_resched();
            schedule();
        } else {
            __set_current_state(TASK_RUNNING);
            preempt_enable();
            ht->thread_fn(td->cpu);
        }
    }
}

int create_thread(smp_hotplug_thread *ht, unsigned int cpu) {
    if (*per_cpu_ptr(ht->store, cpu))
        return 0;
    smpboot_thread_data *td = static_cast<smpboot_thread_data *>(kzalloc(sizeof(smpboot_thread_data), GFP_KERNEL));
    if (!td)
        return -ENOMEM;
    td->cpu = cpu;
    td->ht = ht;
    task_struct *task = kthread_create_on_cpu(smpboot_thread_fn, td, cpu, ht->thread_comm);
    if (IS_ERR(task)) {
        kfree(td);
        return static_cast<int>(PTR_ERR(task));
    }
    kthread_set_per_cpu(task, static_cast<int>(cpu));
    // Parked until its CPU is far enough to use it.
    kthread_park(task);
    get_task_struct(task);
    *per_cpu_ptr(ht->store, cpu) = task;
    if (ht->create)
        ht->create(cpu);
    return 0;
}

void unpark_thread(smp_hotplug_thread *ht, unsigned int cpu) {
    task_struct *task = *per_cpu_ptr(ht->store, cpu);

    if (!ht->selfparking)
        kthread_unpark(task);
}

void park_thread(smp_hotplug_thread *ht, unsigned int cpu) {
    task_struct *task = *per_cpu_ptr(ht->store, cpu);

    if (task && !ht->selfparking)
        kthread_park(task);
}

} // namespace

// Threads for a CPU that is about to come up.
int smpboot_create_threads(unsigned int cpu) {
    smp_hotplug_thread *ht;
    int ret = 0;

    mutex_lock(&smpboot_threads_lock);
    list_for_each_entry (ht, &hotplug_threads, list) {
        ret = create_thread(ht, cpu);
        if (ret)
            break;
    }
    mutex_unlock(&smpboot_threads_lock);
    return ret;
}

int smpboot_unpark_threads(unsigned int cpu) {
    smp_hotplug_thread *ht;

    mutex_lock(&smpboot_threads_lock);
    list_for_each_entry (ht, &hotplug_threads, list)
        unpark_thread(ht, cpu);
    mutex_unlock(&smpboot_threads_lock);
    return 0;
}

// In the opposite order: the threads that came last go first.
int smpboot_park_threads(unsigned int cpu) {
    smp_hotplug_thread *ht;

    mutex_lock(&smpboot_threads_lock);
    list_for_each_entry_reverse (ht, &hotplug_threads, list)
        park_thread(ht, cpu);
    mutex_unlock(&smpboot_threads_lock);
    return 0;
}

int smpboot_register_percpu_thread(struct smp_hotplug_thread *plug_thread) {
    unsigned int cpu;
    int ret = 0;

    cpus_read_lock();
    mutex_lock(&smpboot_threads_lock);
    for_each_online_cpu (cpu) {
        ret = create_thread(plug_thread, cpu);
        if (ret)
            break;
        unpark_thread(plug_thread, cpu);
    }
    if (!ret)
        list_add(&plug_thread->list, &hotplug_threads);
    mutex_unlock(&smpboot_threads_lock);
    cpus_read_unlock();
    return ret;
}
EXPORT_SYMBOL_GPL(smpboot_register_percpu_thread);

void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *plug_thread) {
    unsigned int cpu;

    cpus_read_lock();
    mutex_lock(&smpboot_threads_lock);
    list_del(&plug_thread->list);
    for_each_possible_cpu (cpu) {
        task_struct **slot = per_cpu_ptr(plug_thread->store, cpu);

        if (*slot) {
            kthread_stop(*slot);
            put_task_struct(*slot);
            *slot = nullptr;
        }
    }
    mutex_unlock(&smpboot_threads_lock);
    cpus_read_unlock();
}
EXPORT_SYMBOL_GPL(smpboot_unregister_percpu_thread);
