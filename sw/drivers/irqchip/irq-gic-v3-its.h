// SPDX-License-Identifier: Apache-2.0
// The ITS driver's own: LPIs and their tables (irq-gic-v3-its-lpi.cpp), one ITS with its command queue and tables
// (irq-gic-v3-its-node.cpp), devices and interrupt domains (irq-gic-v3-its.cpp).
#ifndef DRIVERS_IRQCHIP_IRQ_GIC_V3_ITS_H
#define DRIVERS_IRQCHIP_IRQ_GIC_V3_ITS_H

#include <linux/irqdomain.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct its_cmd {
    u64 raw[4];
};

// A table of the ITS, as one GITS_BASER describes it.
struct its_baser {
    void *base;
    u64 val;
    u32 entry_size;
    u32 page_size;
    bool indirect;
};

struct its_node {
    raw_spinlock_t lock; // the command queue
    list_head entry;     // its_nodes
    void __iomem *base;
    phys_addr_t phys_base;
    u64 typer;
    its_cmd *cmd_base, *cmd_write;
    its_baser tables[8];
    mutex dev_alloc_lock; // its_device_list
    list_head its_device_list;
    device_node *of_node;
};

// What a device may send, with the LPIs behind it. Lives while one of its events is allocated.
struct its_device {
    list_head entry;
    its_node *its;
    u32 device_id;
    u32 nr_events;
    unsigned int lpi_base; // INTID of event 0
    unsigned long *lpi_map;
    u16 *col_map; // collection, which is the CPU, of each event
    void *itt;
    bool shared; // by several devices that send under one DeviceID: stays for good
};

// How tables in memory are reached: inner shareable, write-back, allocating on reads and writes. The fields of
// GICR_PROPBASER and GICR_PENDBASER stand elsewhere than those of GITS_BASER and GITS_CBASER.
constexpr u64 gicr_shared_write_back = 1ull << 10 | 7ull << 7;
constexpr u64 gits_shared_write_back = 1ull << 10 | 7ull << 59;
constexpr unsigned int gits_shareability(u64 baser) {
    return baser >> 10 & 3;
}

// its-lpi.cpp
int its_alloc_lpi_tables();
// At boot on each CPU: tables to the redistributor, LPIs on. 0, -ENXIO without LPIs.
int its_cpu_init_lpis();
// `count` LPIs in a row; the first INTID, or -ENOSPC. May sleep.
int its_lpi_alloc(unsigned int count);
void its_lpi_free(unsigned int base, unsigned int count);
// Configuration byte of an LPI. Takes effect at the ITS's next INV of it.
void its_lpi_configure(unsigned int intid, u8 clr, u8 set);
// Zeroed memory below 4 GiB, naturally aligned; null without memory.
void *its_alloc_pages(unsigned long size);

// its-node.cpp
its_node *its_probe(device_node *np);
// Sends a command and waits until it is done at the redistributor of `cpu`. Any context.
void its_send_command(its_node *its, its_cmd cmd, unsigned int cpu);
// The second level of the device table below a device exists, or can be made.
bool its_alloc_device_table(its_node *its, u32 dev_id);
// How MAPC and SYNC name the redistributor of a CPU that has been up.
u64 its_collection_target(its_node *its, unsigned int cpu);

extern list_head its_nodes;

#endif
