// SPDX-License-Identifier: Apache-2.0
#include <linux/percpu_counter.h>

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>

#include "lib/guard.h"

int percpu_counter_batch = 32;
EXPORT_SYMBOL(percpu_counter_batch);

int __percpu_counter_init(struct percpu_counter *fbc, s64 amount, gfp_t gfp, struct lock_class_key *) {
    raw_spin_lock_init(&fbc->lock);
    fbc->count = amount;
    fbc->counters = alloc_percpu_gfp(s32, gfp);
    return fbc->counters ? 0 : -ENOMEM;
}
EXPORT_SYMBOL(__percpu_counter_init);

void percpu_counter_destroy(struct percpu_counter *fbc) {
    free_percpu(fbc->counters);
    fbc->counters = nullptr;
}
EXPORT_SYMBOL(percpu_counter_destroy);

void percpu_counter_set(struct percpu_counter *fbc, s64 amount) {
    hold_irqsave l(fbc->lock);
    int cpu;
    for_each_possible_cpu (cpu)
        *per_cpu_ptr(fbc->counters, cpu) = 0;
    fbc->count = amount;
}
EXPORT_SYMBOL(percpu_counter_set);

void percpu_counter_add_batch(struct percpu_counter *fbc, s64 amount, s32 batch) {
    hold_irqsave l(fbc->lock);
    s32 &part = *this_cpu_ptr(fbc->counters);
    const s64 sum = part + amount;
    const bool full = abs(sum) >= batch;

    fbc->count += full ? sum : 0;
    part = full ? 0 : static_cast<s32>(sum);
}
EXPORT_SYMBOL(percpu_counter_add_batch);

s64 __percpu_counter_sum(struct percpu_counter *fbc) {
    hold_irqsave l(fbc->lock);
    s64 sum = fbc->count;
    int cpu;
    for_each_possible_cpu (cpu)
        sum += *per_cpu_ptr(fbc->counters, cpu);
    return sum;
}
EXPORT_SYMBOL(__percpu_counter_sum);

void percpu_counter_sync(struct percpu_counter *fbc) {
    hold_irqsave l(fbc->lock);
    s32 &part = *this_cpu_ptr(fbc->counters);
    fbc->count += part;
    part = 0;
}
EXPORT_SYMBOL(percpu_counter_sync);

// The parts matter only where the rest is as close as they can add up to.
int __percpu_counter_compare(struct percpu_counter *fbc, s64 rhs, s32 batch) {
    const s64 rough = percpu_counter_read(fbc) - rhs;
    const s64 difference =
        abs(rough) > static_cast<s64>(batch) * num_online_cpus() ? rough : percpu_counter_sum(fbc) - rhs;
    return (difference > 0) - (difference < 0);
}
EXPORT_SYMBOL(__percpu_counter_compare);
