// SPDX-License-Identifier: Apache-2.0
// LPIs: their numbers, the property table that all CPUs share (a byte an LPI: priority and enable) and the pending
// table of each CPU (a bit an LPI).
#define pr_fmt(fmt) "GICv3: " fmt

#include "drivers/irqchip/irq-gic-v3-its.h"
#include "drivers/irqchip/irq-gic-v3.h"

#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include "lib/guard.h"
#include "lib/ranges.h"
#include "port/port.h"

namespace {

constexpr unsigned int most_id_bits = 16;
constexpr unsigned long table_alignment = SZ_64K;

struct {
    unsigned int id_bits;
    u8 *properties; // [0] is INTID 8192
} lpis;

// Free LPIs: runs in ascending order, none beside another. The first that is long enough serves.
struct free_run {
    list_head node;
    unsigned int first, count;

    unsigned int end() const { return first + count; }
};

LIST_HEAD(free_runs);
DEFINE_MUTEX(lpi_lock); // free_runs
DEFINE_RAW_SPINLOCK(property_lock);

free_run *new_run(unsigned int first, unsigned int count, list_head *before) {
    auto *run = static_cast<free_run *>(kmalloc(sizeof(free_run), GFP_KERNEL));

    if (run) {
        run->first = first;
        run->count = count;
        list_add_tail(&run->node, before);
    }
    return run;
}

void drop_run(free_run *run) {
    list_del(&run->node);
    kfree(run);
}

gic_rdist *rdist_of(unsigned int cpu) {
    return per_cpu_ptr(gic_data.rdist, cpu);
}

void __iomem *at(void __iomem *base, unsigned long offset) {
    return static_cast<char __iomem *>(base) + offset;
}

} // namespace

void *its_alloc_pages(unsigned long size) {
    return reinterpret_cast<void *>(__get_free_pages(GFP_KERNEL | __GFP_ZERO, get_order(size)));
}

int its_alloc_lpi_tables() {
    unsigned int bits = GICD_TYPER_ID_BITS(gic_data.gicd_typer);
    unsigned int cpu;

    lpis.id_bits = bits > most_id_bits ? most_id_bits : bits;
    unsigned int count = (1u << lpis.id_bits) - gic_first_lpi;
    lpis.properties = static_cast<u8 *>(its_alloc_pages(ALIGN(1ul << lpis.id_bits, table_alignment)));
    if (!lpis.properties || !new_run(gic_first_lpi, count, &free_runs))
        return -ENOMEM;
    memset(lpis.properties, GICD_INT_DEF_PRI | LPI_PROP_GROUP1, count);
    phys_addr_t pa = virt_to_phys(lpis.properties);
    pr_info("using LPI property table @%pa\n", &pa);
    for_each_possible_cpu (cpu) {
        rdist_of(cpu)->pend_page = its_alloc_pages(ALIGN(1ul << lpis.id_bits >> 3, table_alignment));
        if (!rdist_of(cpu)->pend_page)
            return -ENOMEM;
    }
    return 0;
}

int its_cpu_init_lpis() {
    void __iomem *rbase = this_cpu_ptr(gic_data.rdist)->rd_base;
    void *pending = this_cpu_ptr(gic_data.rdist)->pend_page;

    u64 typer = readq_relaxed(at(rbase, GICR_TYPER));
    this_cpu_ptr(gic_data.rdist)->number = GICR_TYPER_CPU_NUMBER(typer);
    if (!(typer & GICR_TYPER_PLPIS)) {
        pr_info("CPU%d: LPIs not supported\n", smp_processor_id());
        return -ENXIO;
    }
    u32 ctlr = readl_relaxed(at(rbase, GICR_CTLR));
    // A CPU that comes up again finds its LPIs as it left them: the tables cannot move any more.
    if (ctlr & GICR_CTLR_ENABLE_LPIS)
        return 0;
    writeq_relaxed(virt_to_phys(lpis.properties) | gicr_shared_write_back | (lpis.id_bits - 1),
                   at(rbase, GICR_PROPBASER));
    writeq_relaxed(virt_to_phys(pending) | gicr_shared_write_back, at(rbase, GICR_PENDBASER));
    writel_relaxed(ctlr | GICR_CTLR_ENABLE_LPIS, at(rbase, GICR_CTLR));
    // The tables are in use before the first LPI is mapped.
    port_dsb();
    phys_addr_t pa = virt_to_phys(pending);
    pr_info("CPU%d: using allocated LPI pending table @%pa\n", smp_processor_id(), &pa);
    return 0;
}

result<unsigned int> its_lpi_alloc(unsigned int count) {
    hold l(lpi_lock);
    free_run *run = find_in<&free_run::node>(free_runs, [=](const free_run &r) { return r.count >= count; });

    if (!run)
        return failure(-ENOSPC);
    unsigned int base = run->first;
    run->first += count;
    run->count -= count;
    if (!run->count)
        drop_run(run);
    return base;
}

// Without memory for a run of its own what comes back stays away: no device is told a wrong number.
void its_lpi_free(unsigned int base, unsigned int count) {
    hold l(lpi_lock);
    free_run *below = nullptr, *above = nullptr;

    for (free_run &run : list_of<&free_run::node>(free_runs)) {
        if (run.first > base) {
            above = &run;
            break;
        }
        below = &run;
    }
    bool joins_below = below && below->end() == base;
    bool joins_above = above && above->first == base + count;
    if (joins_below) {
        below->count += count + (joins_above ? above->count : 0);
        if (joins_above)
            drop_run(above);
    } else if (joins_above) {
        above->first = base;
        above->count += count;
    } else {
        new_run(base, count, above ? &above->node : &free_runs);
    }
}

void its_lpi_configure(unsigned int intid, u8 clr, u8 set) {
    u8 &property = lpis.properties[intid - gic_first_lpi];

    hold_irqsave l(property_lock);
    property = (property & ~clr) | set | LPI_PROP_GROUP1;
    l.release();
    // The redistributor reads it from memory when INV makes it.
    port_dsb();
}
