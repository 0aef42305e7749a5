// SPDX-License-Identifier: Apache-2.0
// The ITS driver's own: LPIs and their tables (irq-gic-v3-its-lpi.cpp), one ITS with its command queue and tables
// (irq-gic-v3-its-node.cpp), devices and interrupt domains (irq-gic-v3-its.cpp).
#ifndef DRIVERS_IRQCHIP_IRQ_GIC_V3_ITS_H
#define DRIVERS_IRQCHIP_IRQ_GIC_V3_ITS_H

#include <linux/irqchip/arm-gic-v3.h>
#include <linux/irqdomain.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "lib/result.h"

// A command as the ITS reads it from its queue. A collection is a CPU here, and has its number.
struct its_cmd {
    u64 raw[4];

    static its_cmd of_device(u64 opcode, u32 device, u64 second, u64 third = 0) {
        return {{opcode | static_cast<u64>(device) << 32, second, third, 0}};
    }
    // INV, INT, CLEAR, DISCARD
    static its_cmd of_event(u64 opcode, u32 device, u32 event) { return of_device(opcode, device, event); }
    // `events`: a power of two, at least 2. itt 0: the device is unmapped.
    static its_cmd mapd(u32 device, u32 events, phys_addr_t itt) {
        return of_device(GITS_CMD_MAPD, device, ilog2(events) - 1, itt ? valid | itt : 0);
    }
    static its_cmd mapti(u32 device, u32 event, u32 intid, u16 collection) {
        return of_device(GITS_CMD_MAPTI, device, event | static_cast<u64>(intid) << 32, collection);
    }
    static its_cmd movi(u32 device, u32 event, u16 collection) {
        return of_device(GITS_CMD_MOVI, device, event, collection);
    }
    // `redistributor`: as its_collection_target says it.
    static its_cmd mapc(u16 collection, u64 redistributor) {
        return {{GITS_CMD_MAPC, 0, valid | redistributor | collection, 0}};
    }
    static its_cmd invall(u16 collection) { return {{GITS_CMD_INVALL, 0, collection, 0}}; }
    static its_cmd sync(u64 redistributor) { return {{GITS_CMD_SYNC, 0, redistributor, 0}}; }

    static constexpr u64 valid = 1ull << 63;
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
constexpr u64 gicr_shared_write_back = GICR_PROPBASER_InnerShareable | GICR_PROPBASER_RaWaWb;
constexpr u64 gits_shared_write_back = GITS_BASER_InnerShareable | GITS_BASER_RaWaWb;
constexpr unsigned int gits_shareability(u64 baser) {
    return (baser & GITS_BASER_SHAREABILITY_MASK) >> GITS_BASER_SHAREABILITY_SHIFT;
}
// Bits of the DeviceIDs that an ITS knows.
constexpr unsigned int gits_device_bits(u64 typer) {
    return ((typer & GITS_TYPER_DEVBITS) >> GITS_TYPER_DEVBITS_SHIFT) + 1;
}

// its-lpi.cpp
int its_alloc_lpi_tables();
// At boot on each CPU: tables to the redistributor, LPIs on. 0, -ENXIO without LPIs.
int its_cpu_init_lpis();
// `count` LPIs in a row; the first INTID, or -ENOSPC. May sleep.
result<unsigned int> its_lpi_alloc(unsigned int count);
void its_lpi_free(unsigned int base, unsigned int count);
// Configuration byte of an LPI. Takes effect at the ITS's next INV of it.
void its_lpi_configure(unsigned int intid, u8 clr, u8 set);
// Zeroed memory below 4 GiB, naturally aligned; null without memory.
void *its_alloc_pages(unsigned long size);

// its-node.cpp
its_node *its_probe(device_node *np);
// Sends a command and waits until the ITS has taken it, and done it at the redistributor of `cpu`, if one is named. Any
// context.
constexpr unsigned int its_no_cpu = ~0u;
void its_send_command(its_node *its, its_cmd cmd, unsigned int cpu = its_no_cpu);
// The second level of the device table below a device exists, or can be made.
bool its_alloc_device_table(its_node *its, u32 dev_id);
// How MAPC and SYNC name the redistributor of a CPU that has been up.
u64 its_collection_target(its_node *its, unsigned int cpu);

extern list_head its_nodes;

#endif
