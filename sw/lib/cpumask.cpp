// SPDX-License-Identifier: Apache-2.0
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/percpu.h>

namespace {

// Where the last search with _distribute ended.
DEFINE_PER_CPU(int, distribute_cpu_mask_prev);

} // namespace

// One mask for each CPU.
const unsigned long cpu_bit_bitmap[NR_CPUS] = {
    1UL << 0,  1UL << 1,  1UL << 2,  1UL << 3,  1UL << 4,  1UL << 5,  1UL << 6,  1UL << 7,  1UL << 8,  1UL << 9,
    1UL << 10, 1UL << 11, 1UL << 12, 1UL << 13, 1UL << 14, 1UL << 15, 1UL << 16, 1UL << 17, 1UL << 18, 1UL << 19,
    1UL << 20, 1UL << 21, 1UL << 22, 1UL << 23, 1UL << 24, 1UL << 25, 1UL << 26, 1UL << 27, 1UL << 28, 1UL << 29,
    1UL << 30, 1UL << 31, 1UL << 32, 1UL << 33, 1UL << 34, 1UL << 35, 1UL << 36, 1UL << 37, 1UL << 38, 1UL << 39,
    1UL << 40, 1UL << 41, 1UL << 42, 1UL << 43, 1UL << 44, 1UL << 45, 1UL << 46, 1UL << 47, 1UL << 48, 1UL << 49,
    1UL << 50, 1UL << 51, 1UL << 52, 1UL << 53, 1UL << 54, 1UL << 55, 1UL << 56, 1UL << 57, 1UL << 58, 1UL << 59,
    1UL << 60, 1UL << 61, 1UL << 62, 1UL << 63,
};
EXPORT_SYMBOL_GPL(cpu_bit_bitmap);

const unsigned long cpu_all_bits[1] = {~0UL};
EXPORT_SYMBOL(cpu_all_bits);

unsigned int cpumask_next_wrap(int n, const struct cpumask *mask, int start, bool wrap) {
    const auto end = static_cast<unsigned int>(start);
    const unsigned int next = cpumask_next(n, mask);

    const bool second_round = wrap && n < start; // which ends where the first began
    const unsigned int found = second_round || next < nr_cpumask_bits ? next : cpumask_first(mask);

    return found == next && !second_round ? found : (found < end ? found : nr_cpumask_bits);
}
EXPORT_SYMBOL(cpumask_next_wrap);

unsigned int cpumask_local_spread(unsigned int i, int node) {
    return cpumask_nth(i % num_online_cpus(), cpu_online_mask);
}
EXPORT_SYMBOL(cpumask_local_spread);

unsigned int cpumask_any_and_distribute(const struct cpumask *a, const struct cpumask *b) {
    struct cpumask both;

    cpumask_and(&both, a, b);
    return cpumask_any_distribute(&both);
}
EXPORT_SYMBOL(cpumask_any_and_distribute);

unsigned int cpumask_any_distribute(const struct cpumask *mask) {
    // A CPU change in between only makes the spread less even.
    unsigned int next = find_next_bit_wrap(mask->bits, nr_cpumask_bits, __this_cpu_read(distribute_cpu_mask_prev) + 1);

    if (next < nr_cpumask_bits)
        __this_cpu_write(distribute_cpu_mask_prev, next);
    return next;
}
EXPORT_SYMBOL(cpumask_any_distribute);
