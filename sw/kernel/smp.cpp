// SPDX-License-Identifier: Apache-2.0
// Functions on other CPUs (Linux: kernel/smp.c). Each CPU has a queue of calls; the one that makes it not empty sends
// the interrupt.
#include <linux/smp.h>

#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/llist.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/idle.h>
#include <linux/sched/task.h>
#include <linux/stop_machine.h>
#include <linux/workqueue.h>

#include "kernel/sched/sched.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "port/order.h"

extern "C" void sched_ttwu_pending(void *arg);

unsigned int nr_cpu_ids = NR_CPUS;
EXPORT_SYMBOL(nr_cpu_ids);
unsigned int total_cpus;
unsigned int setup_max_cpus = NR_CPUS;
EXPORT_SYMBOL(setup_max_cpus);

static int setup_maxcpus(char *str) {
    get_option(&str, reinterpret_cast<int *>(&setup_max_cpus));
    return 0;
}
early_param("maxcpus", setup_maxcpus);

static int setup_nosmp(char *) {
    setup_max_cpus = 0;
    return 0;
}
early_param("nosmp", setup_nosmp);

// ---- calls ----

static DEFINE_PER_CPU(llist_head, call_single_queue);
static DEFINE_PER_CPU(call_single_data_t, own_csd); // for callers that do not wait

struct call_many_data {
    call_single_data_t csd[NR_CPUS];
    cpumask cpus, cpus_to_interrupt;
};
static DEFINE_PER_CPU(call_many_data, own_many);

static unsigned int read_flags(const call_single_data_t *csd) {
    return __atomic_load_n(&csd->node.u_flags, __ATOMIC_ACQUIRE);
}

static void csd_wait(call_single_data_t *csd) {
    while (read_flags(csd) & CSD_FLAG_LOCK)
        port_relax();
    order_tell(waited, csd);
}

// The caller's, until the function has run or its call was taken up, regardless of what its type says.
static call_single_data_t *csd_lock(call_single_data_t *csd, unsigned int type, smp_call_func_t func, void *info) {
    csd_wait(csd);
    WRITE_ONCE(csd->node.u_flags, CSD_FLAG_LOCK | type);
    csd->func = func;
    csd->info = info;
    order_tell(hand_over, csd);
    return csd;
}

static void csd_unlock(call_single_data_t *csd) {
    __atomic_store_n(&csd->node.u_flags, 0, __ATOMIC_RELEASE);
}

extern "C" void __smp_call_single_queue(int cpu, llist_node *node) {
    // An entry that finds others needs no interrupt: theirs is still to be handled.
    if (llist_add(node, per_cpu_ptr(&call_single_queue, cpu)))
        arch_send_call_function_single_ipi(cpu);
}

static void call_here(smp_call_func_t func, void *info) {
    const irqs_off masked;
    func(info);
}

static bool can_be_called(int cpu) {
    return cpu >= 0 && static_cast<unsigned>(cpu) < nr_cpu_ids && cpu_online(static_cast<unsigned>(cpu));
}

// On its way, or over and done with: 0 or -ENXIO. Preemption disabled.
static int call_one(int cpu, call_single_data_t *csd) {
    const bool here = cpu == static_cast<int>(smp_processor_id());
    if (!here && can_be_called(cpu)) {
        __smp_call_single_queue(cpu, &csd->node.llist);
        return 0;
    }
    const smp_call_func_t func = csd->func;
    void *info = csd->info;
    csd_unlock(csd);
    if (!here)
        return -ENXIO;
    call_here(func, info);
    return 0;
}

// Runs what is queued for this CPU. I masked.
static void flush_call_queue(void) {
    llist_node *entry = llist_reverse_order(llist_del_all(this_cpu_ptr(&call_single_queue)));
    llist_node *tasks = nullptr;
    llist_node **tasks_end = &tasks;

    while (entry) {
        call_single_data_t *csd = llist_entry(entry, call_single_data_t, node.llist);
        const unsigned int type = csd->node.u_flags & CSD_FLAG_TYPE_MASK;

        entry = entry->next;
        if (type == CSD_TYPE_TTWU) {
            // Woken tasks come last, all under one lock of the run queue.
            *tasks_end = &csd->node.llist;
            tasks_end = &csd->node.llist.next;
        } else if (type == CSD_TYPE_IRQ_WORK) {
            irq_work_single(csd);
        } else {
            const smp_call_func_t func = csd->func;
            void *info = csd->info;

            // The caller waits for the function, or for the entry only.
            if (type != CSD_TYPE_SYNC)
                csd_unlock(csd);
            port_order(ORDER_begin, csd, 0, "IPI");
            func(info);
            order_tell(end, csd);
            if (type == CSD_TYPE_SYNC)
                csd_unlock(csd);
        }
    }
    *tasks_end = nullptr;
    if (tasks)
        sched_ttwu_pending(tasks);
}

void generic_smp_call_function_interrupt(void) {
    flush_call_queue();
}

// From the idle loop: what came after the last interrupt was served.
extern "C" void flush_smp_call_function_queue(void) {
    unsigned long flags;

    if (llist_empty(this_cpu_ptr(&call_single_queue)))
        return;
    local_irq_save(flags);
    flush_call_queue();
    if (local_softirq_pending())
        do_softirq();
    local_irq_restore(flags);
}

// In the stopper, all CPUs stopped: what was asked of this CPU while it was online is still done here.
int smpcfd_dying_cpu(unsigned int cpu) {
    flush_call_queue();
    irq_work_run();
    return 0;
}

static void check_call_context(void) {
    // Two CPUs that call each other with interrupts masked wait for ever.
    WARN_ON_ONCE(cpu_online(raw_smp_processor_id()) && irqs_disabled() && !oops_in_progress);
    WARN_ON_ONCE(!in_task());
}

int smp_call_function_single(int cpu, smp_call_func_t func, void *info, int wait) {
    const preempt_off here;
    check_call_context();
    if (!wait)
        return call_one(cpu, csd_lock(this_cpu_ptr(&own_csd), CSD_TYPE_ASYNC, func, info));
    call_single_data_t call = {};
    const int error = call_one(cpu, csd_lock(&call, CSD_TYPE_SYNC, func, info));
    csd_wait(&call);
    return error;
}
EXPORT_SYMBOL(smp_call_function_single);

int smp_call_function_single_async(int cpu, struct __call_single_data *csd) {
    const preempt_off here;
    if (csd->node.u_flags & CSD_FLAG_LOCK)
        return -EBUSY;
    return call_one(cpu, csd_lock(csd, CSD_TYPE_ASYNC, csd->func, csd->info));
}
EXPORT_SYMBOL_GPL(smp_call_function_single_async);

int smp_call_function_any(const struct cpumask *mask, smp_call_func_t func, void *info, int wait) {
    const preempt_off here;
    const unsigned int self = smp_processor_id();
    const unsigned int cpu = cpumask_test_cpu(self, mask) ? self : cpumask_any_and(mask, cpu_online_mask);
    return smp_call_function_single(static_cast<int>(cpu), func, info, wait);
}
EXPORT_SYMBOL_GPL(smp_call_function_any);

// Preemption disabled. `self`: on this CPU too if it is in the mask.
static void call_many(const cpumask *mask, smp_call_func_t func, void *info, bool wait, bool self,
                      smp_cond_func_t cond) {
    const unsigned int this_cpu = smp_processor_id();
    call_many_data *many = this_cpu_ptr(&own_many);
    const auto wanted = [=](unsigned int cpu) { return !cond || cond(static_cast<int>(cpu), info); };

    check_call_context();
    cpumask_and(&many->cpus, mask, cpu_online_mask);
    cpumask_clear_cpu(this_cpu, &many->cpus);
    cpumask_clear(&many->cpus_to_interrupt);
    for (unsigned int cpu : bits_of(many->cpus)) {
        if (!wanted(cpu)) {
            cpumask_clear_cpu(cpu, &many->cpus);
            continue;
        }
        call_single_data_t *csd = csd_lock(&many->csd[cpu], wait ? CSD_TYPE_SYNC : CSD_TYPE_ASYNC, func, info);
        if (llist_add(&csd->node.llist, per_cpu_ptr(&call_single_queue, cpu)))
            cpumask_set_cpu(cpu, &many->cpus_to_interrupt);
    }
    if (!cpumask_empty(&many->cpus_to_interrupt))
        arch_send_call_function_ipi_mask(&many->cpus_to_interrupt);

    if (self && cpumask_test_cpu(this_cpu, mask) && wanted(this_cpu))
        call_here(func, info);
    if (wait)
        for (unsigned int cpu : bits_of(many->cpus))
            csd_wait(&many->csd[cpu]);
}

void smp_call_function_many(const struct cpumask *mask, smp_call_func_t func, void *info, bool wait) {
    call_many(mask, func, info, wait, false, nullptr);
}
EXPORT_SYMBOL(smp_call_function_many);

void smp_call_function(smp_call_func_t func, void *info, int wait) {
    const preempt_off here;
    call_many(cpu_online_mask, func, info, wait, false, nullptr);
}
EXPORT_SYMBOL(smp_call_function);

void on_each_cpu_cond_mask(smp_cond_func_t cond_func, smp_call_func_t func, void *info, bool wait,
                           const struct cpumask *mask) {
    const preempt_off here;
    call_many(mask, func, info, wait, true, cond_func);
}
EXPORT_SYMBOL(on_each_cpu_cond_mask);

static void do_nothing(void *) {}

void kick_all_cpus_sync(void) {
    smp_call_function(do_nothing, nullptr, 1);
}
EXPORT_SYMBOL_GPL(kick_all_cpus_sync);

void wake_up_all_idle_cpus(void) {
    for (unsigned int cpu : bits_of(*cpu_online_mask)) {
        const preempt_off here;
        if (cpu != smp_processor_id())
            wake_up_if_idle(static_cast<int>(cpu));
    }
}
EXPORT_SYMBOL_GPL(wake_up_all_idle_cpus);

namespace {

// A call that a worker of a CPU makes.
class call_in_task {
public:
    call_in_task(int (*func)(void *), void *data)
        : func_(func)
        , data_(data) {
        INIT_WORK_ONSTACK(&work_, main);
    }
    ~call_in_task() { destroy_work_on_stack(&work_); }
    call_in_task(const call_in_task &) = delete;
    call_in_task &operator=(const call_in_task &) = delete;
    int result_from(unsigned int cpu) {
        queue_work_on(static_cast<int>(cpu), system_wq, &work_);
        flush_work(&work_);
        return result_;
    }

private:
    static void main(work_struct *work) {
        call_in_task *call = container_of(work, call_in_task, work_);
        call->result_ = call->func_(call->data_);
    }
    work_struct work_;
    int (*func_)(void *);
    void *data_;
    int result_ = 0;
};

} // namespace

int smp_call_on_cpu(unsigned int cpu, int (*func)(void *), void *par, bool) {
    return can_be_called(static_cast<int>(cpu)) ? call_in_task(func, par).result_from(cpu) : -ENXIO;
}
EXPORT_SYMBOL_GPL(smp_call_on_cpu);

void call_function_init(void) {
    // Queues and entries start zeroed in every per-CPU area.
}

void smp_init(void) {
    cpuhp_threads_init();
    printk(KERN_INFO "smp: Bringing up secondary CPUs ...\n");
    bringup_nonboot_cpus(setup_max_cpus);
    printk(KERN_INFO "smp: Brought up 1 node, %u CPU%s\n", num_online_cpus(), num_online_cpus() == 1 ? "" : "s");
    smp_cpus_done(setup_max_cpus);
}
