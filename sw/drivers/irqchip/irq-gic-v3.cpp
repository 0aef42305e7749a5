// SPDX-License-Identifier: Apache-2.0
// Arm GICv3 (Arm IHI 0069): distributor, redistributors, CPU interfaces. SPIs go to one CPU each, chosen by IROUTER;
// SGIs 0-7 are Linux's IPIs; the domain is a tree with three-cell specifiers. At EL2 end-of-interrupt is split: EOIR
// drops the priority before the handler runs, DIR deactivates afterwards.
#define pr_fmt(fmt) "GICv3: " fmt

#include "drivers/irqchip/irq-gic-v3.h"

#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/irqchip.h>
#include <linux/irqchip/arm-gic-v3.h>
#include <linux/irqdomain.h>
#include <linux/kernel.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/of_irq.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/processor.h>
#include <linux/slab.h>
#include <linux/smp.h>

#include <asm/irq.h>
#include <asm/smp.h>

#include "port/port.h"

gic_chip_data gic_data;

namespace {

constexpr unsigned int first_spi = 32;
constexpr unsigned int first_special = 1020; // 1020..1023: no interrupt
constexpr unsigned int first_lpi = gic_first_lpi;
constexpr unsigned int nr_ipis = 8;
constexpr u32 rwp_timeout_us = 1000000;

gic_rdist *this_rdist() {
    return this_cpu_ptr(gic_data.rdist);
}

void __iomem *at(void __iomem *base, unsigned long offset) {
    return static_cast<char __iomem *>(base) + offset;
}

void __iomem *sgi_base() {
    return at(this_rdist()->rd_base, GICR_SGI_OFFSET);
}

bool is_private(const irq_data *d) {
    return d->hwirq < first_spi;
}

// Registers with a bit (or more) per interrupt exist in the distributor for SPIs, in each redistributor for SGIs and
// PPIs.
void __iomem *base_of(const irq_data *d) {
    return is_private(d) ? sgi_base() : gic_data.dist_base;
}

void wait_for_rwp(void __iomem *base, u32 bit) {
    for (u32 count = 0; readl_relaxed(at(base, GICD_CTLR)) & bit; count++) {
        if (count == rwp_timeout_us) {
            pr_err_ratelimited("RWP timeout, gone fishing\n");
            return;
        }
        cpu_relax();
        udelay(1);
    }
}

void dist_wait_for_rwp() {
    wait_for_rwp(gic_data.dist_base, GICD_CTLR_RWP);
}
void redist_wait_for_rwp() {
    wait_for_rwp(this_rdist()->rd_base, GICR_CTLR_RWP);
}

// One bit per interrupt: set and clear registers.

bool peek(const irq_data *d, u32 offset) {
    return readl_relaxed(at(base_of(d), offset + d->hwirq / 32 * 4)) & (1u << d->hwirq % 32);
}

void poke(const irq_data *d, u32 offset) {
    writel_relaxed(1u << d->hwirq % 32, at(base_of(d), offset + d->hwirq / 32 * 4));
}

void gic_mask_irq(irq_data *d) {
    poke(d, GICD_ICENABLER);
    // Once masked it must not come any more, so wait until the write has reached every CPU interface.
    if (is_private(d))
        redist_wait_for_rwp();
    else
        dist_wait_for_rwp();
}

void gic_unmask_irq(irq_data *d) {
    poke(d, GICD_ISENABLER);
}

// A forwarded interrupt (KVM) that is masked while active is deactivated, as nobody else will do it.
void gic_eoimode1_mask_irq(irq_data *d) {
    gic_mask_irq(d);
    if (irqd_is_forwarded_to_vcpu(d))
        poke(d, GICD_ICACTIVER);
}

void write_eoir(unsigned int irqnr) {
    port_write_sysreg(PORT_ICC_EOIR1_EL1, irqnr);
    port_isb();
}

void write_dir(unsigned int irqnr) {
    port_write_sysreg(PORT_ICC_DIR_EL1, irqnr);
    port_isb();
}

void gic_eoi_irq(irq_data *d) {
    write_eoir(d->hwirq);
}

void gic_eoimode1_eoi_irq(irq_data *d) {
    // LPIs have no active state; forwarded interrupts are deactivated by the guest.
    if (d->hwirq >= first_lpi || irqd_is_forwarded_to_vcpu(d))
        return;
    write_dir(d->hwirq);
}

int gic_irq_set_irqchip_state(irq_data *d, irqchip_irq_state which, bool val) {
    if (d->hwirq >= first_lpi)
        return -EINVAL;
    switch (which) {
    case IRQCHIP_STATE_PENDING:
        poke(d, val ? GICD_ISPENDR : GICD_ICPENDR);
        return 0;
    case IRQCHIP_STATE_ACTIVE:
        poke(d, val ? GICD_ISACTIVER : GICD_ICACTIVER);
        return 0;
    case IRQCHIP_STATE_MASKED:
        if (val)
            gic_mask_irq(d);
        else
            gic_unmask_irq(d);
        return 0;
    default:
        return -EINVAL;
    }
}

int gic_irq_get_irqchip_state(irq_data *d, irqchip_irq_state which, bool *val) {
    if (d->hwirq >= first_lpi)
        return -EINVAL;
    switch (which) {
    case IRQCHIP_STATE_PENDING:
        *val = peek(d, GICD_ISPENDR);
        return 0;
    case IRQCHIP_STATE_ACTIVE:
        *val = peek(d, GICD_ISACTIVER);
        return 0;
    case IRQCHIP_STATE_MASKED:
        *val = !peek(d, GICD_ISENABLER);
        return 0;
    default:
        return -EINVAL;
    }
}

int gic_retrigger(irq_data *d) {
    return !gic_irq_set_irqchip_state(d, IRQCHIP_STATE_PENDING, true);
}

// ICFGR: two bits per interrupt, of which the upper one says edge. -EINVAL: the controller did not take it.
int configure_type(const irq_data *d, unsigned int type) {
    void __iomem *reg = at(base_of(d), GICD_ICFGR + d->hwirq / 16 * 4);
    u32 edge = 2u << d->hwirq % 16 * 2;
    u32 oldval = readl_relaxed(reg);
    u32 val = type & IRQ_TYPE_EDGE_BOTH ? oldval | edge : oldval & ~edge;

    if (val == oldval)
        return 0;
    writel_relaxed(val, reg);
    if (readl_relaxed(reg) != val)
        return -EINVAL;
    if (is_private(d))
        redist_wait_for_rwp();
    else
        dist_wait_for_rwp();
    return 0;
}

int gic_set_type(irq_data *d, unsigned int type) {
    // SGIs are edges by definition.
    if (d->hwirq < 16)
        return type == IRQ_TYPE_EDGE_RISING ? 0 : -EINVAL;
    // SPIs are active high or rising; PPIs may be whatever the hardware makes them.
    if (!is_private(d) && type != IRQ_TYPE_LEVEL_HIGH && type != IRQ_TYPE_EDGE_RISING)
        return -EINVAL;
    int ret = configure_type(d, type);
    if (ret && is_private(d)) {
        pr_warn("GIC: PPI INTID%ld is secure or misconfigured\n", static_cast<long>(d->hwirq));
        ret = 0;
    }
    return ret;
}

u64 mpidr_to_affinity(u64 mpidr) {
    return mpidr & 0xff00ffffffull;
}

void __iomem *irouter_of(unsigned long hwirq) {
    return at(gic_data.dist_base, GICD_IROUTER + hwirq * 8);
}

int gic_set_affinity(irq_data *d, const cpumask *mask_val, bool force) {
    unsigned int cpu = force ? cpumask_first(mask_val) : cpumask_any_and(mask_val, cpu_online_mask);

    if (cpu >= nr_cpu_ids || is_private(d))
        return -EINVAL;
    // Rerouting an enabled interrupt is allowed, but then nobody could say where one in flight goes.
    bool enabled = peek(d, GICD_ISENABLER);
    if (enabled)
        gic_mask_irq(d);
    writeq_relaxed(mpidr_to_affinity(cpu_logical_map(cpu)), irouter_of(d->hwirq));
    if (enabled)
        gic_unmask_irq(d);
    irq_data_update_effective_affinity(d, cpumask_of(cpu));
    return IRQ_SET_MASK_OK_DONE;
}

// SGIs. One write reaches up to 16 CPUs that differ in Aff0 alone.

void send_sgi(u64 cluster, u16 target_list, u64 sgi) {
    u64 val = (cluster >> 32 & 0xff) << ICC_SGI1R_AFFINITY_3_SHIFT |
              (cluster >> 16 & 0xff) << ICC_SGI1R_AFFINITY_2_SHIFT |
              (cluster >> 8 & 0xff) << ICC_SGI1R_AFFINITY_1_SHIFT | sgi << ICC_SGI1R_SGI_ID_SHIFT |
              (cluster >> 4 & 0xf) << ICC_SGI1R_RS_SHIFT | target_list;

    port_write_sysreg(PORT_ICC_SGI1R_EL1, val);
}

// Aff3.Aff2.Aff1 and the upper half of Aff0: what CPUs of one write have in common.
u64 cluster_of(unsigned int cpu) {
    return mpidr_to_affinity(cpu_logical_map(cpu)) & ~0xfull;
}

void gic_ipi_send_mask(irq_data *d, const cpumask *mask) {
    if (WARN_ON(d->hwirq >= 16))
        return;
    // What the other CPU is to see must be in memory before the interrupt.
    port_dsb();
    cpumask remaining;
    cpumask_copy(&remaining, mask);
    for (unsigned int cpu = cpumask_first(&remaining); cpu < nr_cpu_ids; cpu = cpumask_first(&remaining)) {
        u64 cluster = cluster_of(cpu);
        u16 targets = 0;
        unsigned int other;

        for_each_cpu (other, mask) {
            if (cluster_of(other) != cluster)
                continue;
            targets |= 1u << (cpu_logical_map(other) & 0xf);
            cpumask_clear_cpu(other, &remaining);
        }
        send_sgi(cluster, targets, d->hwirq);
    }
    port_isb();
}

const irq_chip gic_chip = {
    .name = "GICv3",
    .irq_mask = gic_mask_irq,
    .irq_unmask = gic_unmask_irq,
    .irq_eoi = gic_eoi_irq,
    .irq_set_affinity = gic_set_affinity,
    .irq_retrigger = gic_retrigger,
    .irq_set_type = gic_set_type,
    .irq_get_irqchip_state = gic_irq_get_irqchip_state,
    .irq_set_irqchip_state = gic_irq_set_irqchip_state,
    .ipi_send_mask = gic_ipi_send_mask,
    .flags = IRQCHIP_SET_TYPE_MASKED | IRQCHIP_SKIP_SET_WAKE | IRQCHIP_MASK_ON_SUSPEND,
};

const irq_chip gic_eoimode1_chip = {
    .name = "GICv3",
    .irq_mask = gic_eoimode1_mask_irq,
    .irq_unmask = gic_unmask_irq,
    .irq_eoi = gic_eoimode1_eoi_irq,
    .irq_set_affinity = gic_set_affinity,
    .irq_retrigger = gic_retrigger,
    .irq_set_type = gic_set_type,
    .irq_get_irqchip_state = gic_irq_get_irqchip_state,
    .irq_set_irqchip_state = gic_irq_set_irqchip_state,
    .ipi_send_mask = gic_ipi_send_mask,
    .flags = IRQCHIP_SET_TYPE_MASKED | IRQCHIP_SKIP_SET_WAKE | IRQCHIP_MASK_ON_SUSPEND,
};

// The root handler: one interrupt per exception.
void gic_handle_irq(pt_regs *) {
    auto irqnr = static_cast<u32>(port_read_sysreg(PORT_ICC_IAR1_EL1));

    // Acknowledging must be complete before the device is touched.
    port_dsb();
    if (irqnr >= first_special && irqnr < first_lpi)
        return;
    if (gic_data.split_eoi)
        write_eoir(irqnr);
    if (generic_handle_domain_irq(gic_data.domain, irqnr)) {
        WARN_ONCE(true, "Unexpected interrupt received!\n");
        if (!gic_data.split_eoi)
            write_eoir(irqnr);
        else if (irqnr < first_lpi)
            write_dir(irqnr);
    }
}

// Domain

int gic_irq_domain_translate(irq_domain *, irq_fwspec *fwspec, unsigned long *hwirq, unsigned int *type) {
    // SGIs have no specifier in the device tree.
    if (fwspec->param_count == 1 && fwspec->param[0] < 16) {
        *hwirq = fwspec->param[0];
        *type = IRQ_TYPE_EDGE_RISING;
        return 0;
    }
    if (!is_of_node(fwspec->fwnode) || fwspec->param_count < 3)
        return -EINVAL;
    switch (fwspec->param[0]) {
    case 0:
        *hwirq = fwspec->param[1] + 32;
        break;
    case 1:
        *hwirq = fwspec->param[1] + 16;
        break;
    case gic_irq_type_lpi:
        *hwirq = fwspec->param[1];
        break;
    default:
        return -EINVAL;
    }
    *type = fwspec->param[2] & IRQ_TYPE_SENSE_MASK;
    // A GIC line without a type is a mistake of the device tree, except for what others use to carry messages.
    WARN_ON(*type == IRQ_TYPE_NONE && fwspec->param[0] <= 1);
    return 0;
}

int gic_irq_domain_map(irq_domain *d, unsigned int irq, irq_hw_number_t hw) {
    const irq_chip *chip = gic_data.split_eoi ? &gic_eoimode1_chip : &gic_chip;

    bool lpi = hw >= first_lpi && gic_data.gicd_typer & GICD_TYPER_LPIS;

    if (hw >= first_spi + gic_data.nr_spis && !lpi)
        return -EPERM;
    if (lpi) {
        irq_domain_set_info(d, irq, hw, chip, d->host_data, handle_fasteoi_irq, nullptr, nullptr);
    } else if (hw < first_spi) {
        irq_set_percpu_devid(irq);
        irq_domain_set_info(d, irq, hw, chip, d->host_data, handle_percpu_devid_irq, nullptr, nullptr);
    } else {
        irq_domain_set_info(d, irq, hw, chip, d->host_data, handle_fasteoi_irq, nullptr, nullptr);
        irq_set_probe(irq);
        irqd_set_single_target(irq_get_irq_data(irq));
    }
    // The end of an interrupt must come from the CPU that took it.
    irqd_set_handle_enforce_irqctx(irq_get_irq_data(irq));
    return 0;
}

int gic_irq_domain_alloc(irq_domain *domain, unsigned int virq, unsigned int nr_irqs, void *arg) {
    irq_hw_number_t hwirq;
    unsigned int type = IRQ_TYPE_NONE;
    int ret = gic_irq_domain_translate(domain, static_cast<irq_fwspec *>(arg), &hwirq, &type);

    for (unsigned int i = 0; i < nr_irqs && !ret; i++)
        ret = gic_irq_domain_map(domain, virq + i, hwirq + i);
    return ret;
}

void gic_irq_domain_free(irq_domain *domain, unsigned int virq, unsigned int nr_irqs) {
    for (unsigned int i = 0; i < nr_irqs; i++) {
        irq_data *d = irq_domain_get_irq_data(domain, virq + i);

        irq_set_handler(virq + i, nullptr);
        irq_domain_reset_irq_data(d);
    }
}

const irq_domain_ops gic_irq_domain_ops = {
    .alloc = gic_irq_domain_alloc,
    .free = gic_irq_domain_free,
    .translate = gic_irq_domain_translate,
};

// Initialisation

void dist_init() {
    void __iomem *base = gic_data.dist_base;
    unsigned int end = first_spi + gic_data.nr_spis;

    // Off, so that nothing arrives half configured.
    writel_relaxed(0, at(base, GICD_CTLR));
    dist_wait_for_rwp();

    for (unsigned int i = first_spi; i < end; i += 32)
        writel_relaxed(~0u, at(base, GICD_IGROUPR + i / 8));
    for (unsigned int i = first_spi; i < end; i += 16)
        writel_relaxed(0, at(base, GICD_ICFGR + i / 4));
    for (unsigned int i = first_spi; i < end; i += 4)
        writel_relaxed(GICD_INT_DEF_PRI_X4, at(base, GICD_IPRIORITYR + i));
    for (unsigned int i = first_spi; i < end; i += 32) {
        writel_relaxed(~0u, at(base, GICD_ICACTIVER + i / 8));
        writel_relaxed(~0u, at(base, GICD_ICENABLER + i / 8));
    }
    dist_wait_for_rwp();
    writel_relaxed(GICD_CTLR_ARE_NS | GICD_CTLR_ENABLE_G1A | GICD_CTLR_ENABLE_G1, at(base, GICD_CTLR));
    dist_wait_for_rwp();

    // All to this CPU, until somebody says otherwise.
    u64 affinity = mpidr_to_affinity(cpu_logical_map(smp_processor_id()));
    for (unsigned int i = first_spi; i < end; i++)
        writeq_relaxed(affinity, irouter_of(i));
}

// Finds this CPU's redistributor by the affinity that GICR_TYPER says in its upper half.
bool populate_rdist() {
    u64 mpidr = mpidr_to_affinity(cpu_logical_map(smp_processor_id()));
    u32 aff = (mpidr >> 32 & 0xff) << 24 | (mpidr & 0xffffff);

    for (u32 region = 0; region < gic_data.nr_redist_regions; region++) {
        const redist_region &r = gic_data.redist_regions[region];
        u64 offset = 0;
        u64 typer;

        do {
            typer = readq_relaxed(at(r.redist_base, offset + GICR_TYPER));
            if (typer >> 32 == aff) {
                this_rdist()->rd_base = at(r.redist_base, offset);
                this_rdist()->phys_base = r.phys_base + offset;
                pr_info("CPU%d: found redistributor %lx region %d:%pa\n", smp_processor_id(),
                        static_cast<unsigned long>(mpidr), region, &this_rdist()->phys_base);
                return true;
            }
            offset += gic_data.redist_stride ? gic_data.redist_stride : GICR_STRIDE;
        } while (!(typer & GICR_TYPER_LAST) && offset < r.size);
    }
    WARN(true, "CPU%d: mpidr %lx has no re-distributor!\n", smp_processor_id(), static_cast<unsigned long>(mpidr));
    return false;
}

// With two security states GICR_WAKER is firmware's: it reads 0 then, which is what waiting would end with.
void enable_redist() {
    void __iomem *waker = at(this_rdist()->rd_base, GICR_WAKER);

    writel_relaxed(readl_relaxed(waker) & ~GICR_WAKER_ProcessorSleep, waker);
    for (u32 count = 0; readl_relaxed(waker) & GICR_WAKER_ChildrenAsleep; count++) {
        if (count == rwp_timeout_us) {
            pr_err_ratelimited("redistributor failed to wakeup...\n");
            return;
        }
        cpu_relax();
        udelay(1);
    }
}

void cpu_sys_reg_init() {
    port_write_sysreg(PORT_ICC_SRE_EL1, port_read_sysreg(PORT_ICC_SRE_EL1) | ICC_SRE_EL1_SRE);
    port_isb();
    if (!(port_read_sysreg(PORT_ICC_SRE_EL1) & ICC_SRE_EL1_SRE)) {
        pr_err("GIC: unable to set SRE (disabled at EL2), panic ahead\n");
        return;
    }
    port_write_sysreg(PORT_ICC_PMR_EL1, DEFAULT_PMR_VALUE);
    // All priority bits form the group priority.
    port_write_sysreg(PORT_ICC_BPR1_EL1, 0);
    port_write_sysreg(PORT_ICC_CTLR_EL1,
                      gic_data.split_eoi ? ICC_CTLR_EL1_EOImode_drop : ICC_CTLR_EL1_EOImode_drop_dir);
    port_isb();
    port_write_sysreg(PORT_ICC_AP1R0_EL1, 0);
    port_isb();
    port_write_sysreg(PORT_ICC_IGRPEN1_EL1, 1);
    port_isb();
}

void cpu_init() {
    if (!populate_rdist())
        return;
    enable_redist();

    void __iomem *base = sgi_base();
    writel_relaxed(~0u, at(base, GICR_IGROUPR0));
    writel_relaxed(~0u, at(base, GICR_ICACTIVER0));
    writel_relaxed(~0u, at(base, GICR_ICENABLER0));
    for (unsigned int i = 0; i < first_spi; i += 4)
        writel_relaxed(GICD_INT_DEF_PRI_X4, at(base, GICR_IPRIORITYR0 + i));
    redist_wait_for_rwp();
    cpu_sys_reg_init();
}

int gic_starting_cpu(unsigned int) {
    cpu_init();
    its_cpu_init();
    return 0;
}

void smp_ipis_init() {
    irq_fwspec sgi_fwspec = {};

    sgi_fwspec.fwnode = gic_data.fwnode;
    sgi_fwspec.param_count = 1;
    cpuhp_setup_state_nocalls(CPUHP_AP_IRQ_GIC_STARTING, "irqchip/arm/gicv3:starting", gic_starting_cpu, nullptr);
    int base_sgi = irq_domain_alloc_irqs(gic_data.domain, nr_ipis, -1, &sgi_fwspec);
    if (WARN_ON(base_sgi <= 0))
        return;
    set_smp_ipi_range(base_sgi, nr_ipis);
}

bool running_at_el2() {
    return (port_read_sysreg(PORT_CURRENTEL) >> 2 & 3) == 2;
}

int init_bases(fwnode_handle *handle) {
    gic_data.fwnode = handle;
    gic_data.split_eoi = running_at_el2();
    if (gic_data.split_eoi)
        pr_info("GIC: Using split EOI/Deactivate mode\n");

    u32 typer = readl_relaxed(at(gic_data.dist_base, GICD_TYPER));
    gic_data.gicd_typer = typer;
    // The field counts lines of 32 with the private one; interrupts 1020 and up are special.
    unsigned int lines = GICD_TYPER_SPIS(typer);
    gic_data.nr_spis = (lines > first_special ? first_special : lines) - first_spi;
    pr_info("%d SPIs implemented\n", gic_data.nr_spis);
    pr_info("0 Extended SPIs implemented\n");
    gic_data.has_rss = typer & GICD_TYPER_RSS;
    gic_data.nr_ppis = GICR_TYPER_NR_PPIS(readq_relaxed(at(gic_data.redist_regions[0].redist_base, GICR_TYPER)));

    gic_data.rdist = alloc_percpu(gic_rdist);
    gic_data.domain = irq_domain_create_tree(handle, &gic_irq_domain_ops, &gic_data);
    if (!gic_data.domain || !gic_data.rdist)
        return -ENOMEM;
    irq_domain_update_bus_token(gic_data.domain, DOMAIN_BUS_WIRED);
    irq_domain_set_name(gic_data.domain, "gic");
    // Messages and LPIs are not needed for the rest: what is missing has been said.
    if (gic_data.gicd_typer & GICD_TYPER_MBIS)
        mbi_init(handle, gic_data.domain);
    set_handle_irq(gic_handle_irq);
    pr_info("GICv3 features: %d PPIs\n", gic_data.nr_ppis);

    dist_init();
    cpu_init();
    smp_ipis_init();
    if (gic_data.gicd_typer & GICD_TYPER_LPIS && !its_init(handle, gic_data.domain))
        its_cpu_init();
    return 0;
}

bool is_gicv3(void __iomem *dist_base) {
    u32 reg = readl_relaxed(at(dist_base, GICD_PIDR2)) & GIC_PIDR2_ARCH_MASK;

    return reg == GIC_PIDR2_ARCH_GICv3 || reg == GIC_PIDR2_ARCH_GICv4;
}

int map_redistributors(device_node *node) {
    u32 count = 1;

    of_property_read_u32(node, "#redistributor-regions", &count);
    auto *regions = static_cast<redist_region *>(kcalloc(count, sizeof(redist_region), GFP_KERNEL));
    if (!regions)
        return -ENOMEM;
    for (u32 i = 0; i < count; i++) {
        resource res;
        int ret = of_address_to_resource(node, 1 + i, &res);

        void __iomem *base = ret ? nullptr : of_io_request_and_map(node, 1 + i, "GICR");
        if (ret || IS_ERR(base)) {
            pr_err("%pOF: couldn't map region %d\n", node, i);
            kfree(regions);
            return -ENODEV;
        }
        regions[i] = {base, res.start, resource_size(&res)};
    }
    gic_data.redist_regions = regions;
    gic_data.nr_redist_regions = count;
    of_property_read_u64(node, "redistributor-stride", &gic_data.redist_stride);
    return 0;
}

int gic_of_init(device_node *node, device_node *) {
    void __iomem *dist_base = of_io_request_and_map(node, 0, "GICD");

    if (IS_ERR(dist_base)) {
        pr_err("%pOF: unable to map gic dist registers\n", node);
        return PTR_ERR(dist_base);
    }
    if (!is_gicv3(dist_base)) {
        pr_err("%pOF: no distributor detected, giving up\n", node);
        return -ENODEV;
    }
    gic_data.dist_base = dist_base;
    int err = map_redistributors(node);
    if (!err)
        err = init_bases(of_fwnode_handle(node));
    // A hypervisor's: nobody requests it here, but it has a number, and what comes after it the next ones.
    if (!err && gic_data.split_eoi)
        irq_of_parse_and_map(node, 0);
    return err;
}

IRQCHIP_DECLARE(gic_v3, "arm,gic-v3", gic_of_init);

} // namespace
