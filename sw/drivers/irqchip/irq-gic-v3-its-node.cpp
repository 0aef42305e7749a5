// SPDX-License-Identifier: Apache-2.0
// One ITS: its registers, its tables in memory, and the command queue.
#include "drivers/irqchip/irq-gic-v3-its.h"
#include "drivers/irqchip/irq-gic-v3.h"

#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/percpu.h>
#include <linux/processor.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "lib/guard.h"
#include "port/port.h"

namespace {

constexpr unsigned long queue_size = SZ_64K;
constexpr unsigned long queue_entries = queue_size / sizeof(its_cmd);

void __iomem *at(its_node *its, unsigned long offset) {
    return static_cast<char __iomem *>(its->base) + offset;
}

// Commands

u64 offset_of(its_node *its, const its_cmd *cmd) {
    return (cmd - its->cmd_base) * sizeof(its_cmd);
}

// Waits for the ITS to read up to `offset`, or away from it. False: it has done nothing for a second.
template <typename Reached>
bool wait_for_reader(its_node *its, Reached reached) {
    for (unsigned int us_left = 1000000; !reached(readl_relaxed(at(its, GITS_CREADR))); us_left--) {
        if (!us_left)
            return false;
        cpu_relax();
        udelay(1);
    }
    return true;
}

// A slot at the queue's end. The queue is full when the next slot is the one that the ITS reads.
bool put(its_node *its, const its_cmd &cmd) {
    its_cmd *next = its->cmd_write + 1 == its->cmd_base + queue_entries ? its->cmd_base : its->cmd_write + 1;

    if (!wait_for_reader(its, [=](u32 reader) { return reader != offset_of(its, next); })) {
        pr_err_ratelimited("ITS queue not draining\n");
        return false;
    }
    *its->cmd_write = cmd;
    its->cmd_write = next;
    return true;
}

// Tables

void __iomem *baser_of(its_node *its, unsigned int n) {
    return at(its, GITS_BASER + 8 * n);
}

// Page sizes of GITS_BASER's field, largest first. An ITS may implement one of them only.
constexpr struct page_size {
    u64 field;
    u32 bytes;
} page_sizes[] = {{2, SZ_64K}, {1, SZ_16K}, {0, SZ_4K}};

// Whether a field of the register takes a value: what reads back decides. No table is in use meanwhile.
bool sticks(void __iomem *reg, u64 others, u64 field, u64 value) {
    writeq_relaxed((others & ~field) | value, reg);
    return (readq_relaxed(reg) & field) == value;
}

const page_size *largest_page(void __iomem *reg) {
    const u64 others = readq_relaxed(reg);

    for (const page_size &page : page_sizes)
        if (sticks(reg, others, GITS_BASER_PAGE_SIZE_MASK, page.field << GITS_BASER_PAGE_SIZE_SHIFT))
            return &page;
    return nullptr;
}

// Two levels where a flat table would take memory that few devices use.
bool wants_two_levels(void __iomem *reg, u64 type, u64 flat, u32 page_bytes) {
    return type == GITS_BASER_TYPE_DEVICE && flat > 2ull * page_bytes &&
           sticks(reg, gits_shared_write_back, GITS_BASER_INDIRECT, GITS_BASER_INDIRECT);
}

bool setup_baser(its_node *its, unsigned int n, u64 entries) {
    its_baser &table = its->tables[n];
    void __iomem *reg = baser_of(its, n);
    const u64 kind = readq_relaxed(reg) & (7ull << GITS_BASER_TYPE_SHIFT | GITS_BASER_ENTRY_SIZE_MASK);
    const page_size *page = largest_page(reg);

    if (!page) {
        pr_err("ITS@%pa: GITS_BASER%d has no page size\n", &its->phys_base, n);
        return false;
    }
    table.entry_size = GITS_BASER_ENTRY_SIZE(kind);
    table.page_size = page->bytes;
    const u64 flat = entries * table.entry_size;
    table.indirect = wants_two_levels(reg, GITS_BASER_TYPE(kind), flat, page->bytes);
    const u64 bytes = table.indirect ? DIV_ROUND_UP(flat, static_cast<u64>(page->bytes)) * GITS_LVL1_ENTRY_SIZE : flat;
    const u64 pages = min(DIV_ROUND_UP(bytes, static_cast<u64>(page->bytes)), static_cast<u64>(GITS_BASER_PAGES_MAX));
    table.base = its_alloc_pages(pages * page->bytes);
    if (!table.base)
        return false;
    const u64 val = virt_to_phys(table.base) | GITS_BASER_VALID | gits_shared_write_back | kind |
                    (table.indirect ? GITS_BASER_INDIRECT : 0) | page->field << GITS_BASER_PAGE_SIZE_SHIFT |
                    (pages - 1);
    writeq_relaxed(val, reg);
    table.val = readq_relaxed(reg);
    if ((table.val ^ val) & ~gits_shared_write_back) {
        pr_err("ITS@%pa: GITS_BASER%d doesn't stick: %llx %llx\n", &its->phys_base, n, val, table.val);
        return false;
    }
    const u64 held = pages * page->bytes / (table.indirect ? GITS_LVL1_ENTRY_SIZE : table.entry_size);
    pr_info("ITS@%pa: allocated %llu %s @%llx (%s, esz %u, psz %uK, shr %u)\n", &its->phys_base, held,
            GITS_BASER_TYPE(val) == GITS_BASER_TYPE_DEVICE ? "Devices" : "Interrupt Collections",
            virt_to_phys(table.base), table.indirect ? "indirect" : "flat", table.entry_size, page->bytes / SZ_1K,
            gits_shareability(table.val));
    return true;
}

bool setup_tables(its_node *its) {
    for (unsigned int n = 0; n < GITS_BASER_NR_REGS; n++) {
        switch (GITS_BASER_TYPE(readq_relaxed(baser_of(its, n)))) {
        case GITS_BASER_TYPE_DEVICE:
            if (!setup_baser(its, n, 1ull << gits_device_bits(its->typer)))
                return false;
            break;
        case GITS_BASER_TYPE_COLLECTION:
            if (!setup_baser(its, n, nr_cpu_ids))
                return false;
            break;
        default:
            break;
        }
    }
    return true;
}

its_baser *device_table(its_node *its) {
    for (its_baser &table : its->tables) {
        if (table.base && GITS_BASER_TYPE(table.val) == GITS_BASER_TYPE_DEVICE)
            return &table;
    }
    return nullptr;
}

// What runs when the kernel starts must have ended before the tables change.
bool force_quiescent(its_node *its) {
    u32 ctlr = readl_relaxed(at(its, GITS_CTLR));

    if ((ctlr & GITS_CTLR_QUIESCENT) && !(ctlr & GITS_CTLR_ENABLE))
        return true;
    writel_relaxed(ctlr & ~GITS_CTLR_ENABLE, at(its, GITS_CTLR));
    for (unsigned int us_left = 1000000; us_left; us_left--) {
        if (readl_relaxed(at(its, GITS_CTLR)) & GITS_CTLR_QUIESCENT)
            return true;
        cpu_relax();
        udelay(1);
    }
    return false;
}

} // namespace

LIST_HEAD(its_nodes);

// GITS_TYPER.PTA 0: redistributors are named by their processor number, 1: by their address.
u64 its_collection_target(its_node *its, unsigned int cpu) {
    gic_rdist *rdist = per_cpu_ptr(gic_data.rdist, cpu);

    return its->typer & GITS_TYPER_PTA ? rdist->phys_base : static_cast<u64>(rdist->number) << 16;
}

void its_send_command(its_node *its, its_cmd cmd, unsigned int cpu) {
    hold_irqsave l(its->lock);
    const bool synced =
        put(its, cmd) && (cpu == its_no_cpu || put(its, its_cmd::sync(its_collection_target(its, cpu))));
    // The ITS reads the commands from memory.
    port_dsb();
    const u64 end = offset_of(its, its->cmd_write);
    writel_relaxed(end, at(its, GITS_CWRITER));
    if (synced && !wait_for_reader(its, [=](u32 reader) { return reader == end; }))
        pr_err_ratelimited("ITS queue timeout (%llu)\n", end);
}

bool its_alloc_device_table(its_node *its, u32 dev_id) {
    its_baser *table = device_table(its);

    if (!table || dev_id >> gits_device_bits(its->typer))
        return false;
    u64 bytes = ((table->val & 0xff) + 1) * table->page_size;
    if (!table->indirect)
        return dev_id < bytes / table->entry_size;
    u64 index = dev_id / (table->page_size / table->entry_size);
    if (index >= bytes / GITS_LVL1_ENTRY_SIZE)
        return false;
    u64 *level1 = static_cast<u64 *>(table->base);
    if (!level1[index]) {
        void *page = its_alloc_pages(table->page_size);
        if (!page)
            return false;
        level1[index] = virt_to_phys(page) | GITS_BASER_VALID;
        port_dsb();
    }
    return true;
}

its_node *its_probe(device_node *np) {
    resource res;

    if (of_address_to_resource(np, 0, &res)) {
        pr_warn("ITS: %pOF: no regs?\n", np);
        return nullptr;
    }
    void __iomem *base = of_io_request_and_map(np, 0, "GITS");
    auto *its = static_cast<its_node *>(kzalloc(sizeof(its_node), GFP_KERNEL));
    if (IS_ERR(base) || !its) {
        pr_warn("ITS@%pa: Unable to map ITS registers\n", &res.start);
        return nullptr;
    }
    raw_spin_lock_init(&its->lock);
    mutex_init(&its->dev_alloc_lock);
    INIT_LIST_HEAD(&its->its_device_list);
    its->base = base;
    its->phys_base = res.start;
    its->of_node = np;
    u32 arch = readl_relaxed(at(its, GITS_PIDR2)) & GIC_PIDR2_ARCH_MASK;
    if (arch != GIC_PIDR2_ARCH_GICv3 && arch != GIC_PIDR2_ARCH_GICv4) {
        pr_warn("ITS@%pa: No ITS detected, giving up\n", &res.start);
        return nullptr;
    }
    pr_info("ITS %pR\n", &res);
    if (!force_quiescent(its)) {
        pr_warn("ITS@%pa: Failed to quiesce, giving up\n", &res.start);
        return nullptr;
    }
    // Nor does it use a table of before.
    for (unsigned int n = 0; n < GITS_BASER_NR_REGS; n++)
        writeq_relaxed(0, baser_of(its, n));
    its->typer = readq_relaxed(at(its, GITS_TYPER));
    its->cmd_base = its->cmd_write = static_cast<its_cmd *>(its_alloc_pages(queue_size));
    if (!its->cmd_base || !setup_tables(its)) {
        pr_warn("ITS@%pa: no memory for its tables\n", &res.start);
        return nullptr;
    }
    writeq_relaxed(virt_to_phys(its->cmd_base) | GITS_CBASER_VALID | gits_shared_write_back | (queue_size / SZ_4K - 1),
                   at(its, GITS_CBASER));
    writeq_relaxed(0, at(its, GITS_CWRITER));
    writel_relaxed(readl_relaxed(at(its, GITS_CTLR)) | GITS_CTLR_ENABLE, at(its, GITS_CTLR));
    list_add_tail(&its->entry, &its_nodes);
    return its;
}
