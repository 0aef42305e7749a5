// SPDX-License-Identifier: Apache-2.0
/*
 * Per-CPU memory. An object lies in CPU 0's stride, its instance for CPU n lies n strides above. Static ones belong to
 * images, for which the boot loader keeps these places free; dynamic ones come from a piece that the page allocator
 * leaves out, in units of 16 bytes: one bitmap says which are taken, one where an allocation ends.
 */
#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/spinlock.h>
#include <linux/string.h>

#include "kernel/init.h"
#include "mm/internal.h"
#include "port/kernel.h"

unsigned long percpu_dynamic_start;

namespace {

constexpr unsigned long unit = 16;
constexpr unsigned long units = percpu_dynamic_size / unit;
constexpr size_t largest = 32 << 10;

DEFINE_RAW_SPINLOCK(percpu_lock);
unsigned long taken[units / BITS_PER_LONG];
unsigned long last[units / BITS_PER_LONG];
unsigned long static_start, static_end;

} // namespace

void percpu_init_static(void *start, size_t size) {
    unsigned long first = reinterpret_cast<unsigned long>(start);

    if (!size)
        return;
    if (first < PAGE_OFFSET || first + size + per_cpu_offset(nr_cpu_ids - 1) > percpu_dynamic_start)
        panic("Per-CPU section at %px has no room for the instances of %u CPUs", start, nr_cpu_ids);
    for (unsigned int cpu = 1; cpu < nr_cpu_ids; cpu++)
        memcpy(per_cpu_ptr(static_cast<char *>(start), cpu), start, size);
}

void setup_per_cpu_areas(void) {
    size_t size = 0;
    void *section = port_kernel_section("percpu", &size);

    mm_init();
    unsigned long end = percpu_dynamic_start + percpu_dynamic_size + per_cpu_offset(nr_cpu_ids - 1);
    if (end > reinterpret_cast<unsigned long>(mem_map))
        panic("%u CPUs need DRAM up to %llx, which ends at %llx", nr_cpu_ids, __pa(end), __pa(mem_map));
    static_start = reinterpret_cast<unsigned long>(section);
    static_end = static_start + size;
    percpu_init_static(section, size);
}

void *__alloc_percpu_gfp(size_t size, size_t align, gfp_t gfp) {
    unsigned long flags;

    if (gfpflags_allow_blocking(gfp))
        might_sleep();
    if (WARN(!size || size > largest || align > PAGE_SIZE || !is_power_of_2(align),
             "illegal size (%zu) or align (%zu) for percpu allocation\n", size, align))
        return NULL;

    unsigned long need = DIV_ROUND_UP(size, unit);
    unsigned long mask = max(align, static_cast<size_t>(unit)) / unit - 1;
    raw_spin_lock_irqsave(&percpu_lock, flags);
    unsigned long at = bitmap_find_next_zero_area(taken, units, 0, need, mask);
    bool found = at + need <= units;
    if (found) {
        bitmap_set(taken, at, need);
        __set_bit(at + need - 1, last);
    }
    raw_spin_unlock_irqrestore(&percpu_lock, flags);
    if (!found) {
        pr_warn("percpu: allocation failed, size=%zu align=%zu\n", size, align);
        return NULL;
    }
    char *object = reinterpret_cast<char *>(percpu_dynamic_start + at * unit);
    unsigned int cpu;
    for_each_possible_cpu (cpu)
        memset(per_cpu_ptr(object, cpu), 0, need * unit);
    return object;
}
EXPORT_SYMBOL_GPL(__alloc_percpu_gfp);

void *__alloc_percpu(size_t size, size_t align) {
    return __alloc_percpu_gfp(size, align, GFP_KERNEL);
}
EXPORT_SYMBOL_GPL(__alloc_percpu);

void free_percpu(void *ptr) {
    unsigned long flags;

    if (!ptr)
        return;
    unsigned long at = (reinterpret_cast<unsigned long>(ptr) - percpu_dynamic_start) / unit;
    raw_spin_lock_irqsave(&percpu_lock, flags);
    // Taken, and the unit before it is free or ends another object: then an object starts here.
    bool valid = at < units && test_bit(at, taken) && (!at || !test_bit(at - 1, taken) || test_bit(at - 1, last));
    if (valid) {
        unsigned long end = find_next_bit(last, units, at);

        bitmap_clear(taken, at, end + 1 - at);
        __clear_bit(end, last);
    }
    raw_spin_unlock_irqrestore(&percpu_lock, flags);
    WARN(!valid, "percpu: freeing %px, which is not allocated\n", ptr);
}
EXPORT_SYMBOL_GPL(free_percpu);

bool __is_kernel_percpu_address(unsigned long addr, unsigned long *can_addr) {
    unsigned int cpu;

    for_each_possible_cpu (cpu) {
        unsigned long canonical = addr - per_cpu_offset(cpu);

        if (canonical < static_start || canonical >= static_end)
            continue;
        if (can_addr)
            *can_addr = canonical;
        return true;
    }
    return false;
}

bool is_kernel_percpu_address(unsigned long addr) {
    return __is_kernel_percpu_address(addr, NULL);
}

phys_addr_t per_cpu_ptr_to_phys(void *addr) {
    return __pa(addr);
}
