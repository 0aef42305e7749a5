// SPDX-License-Identifier: Apache-2.0
// Arm GICv3 (Arm IHI 0069): distributor, redistributors, CPU interfaces. SPIs go to one CPU each, chosen by IROUTER;
// SGIs 0-7 are Linux's IPIs; the domain is a tree with three-cell specifiers. At EL2 end-of-interrupt is split: EOIR
// drops the priority before the handler runs, DIR deactivates afterwards.
#define pr_fmt(fmt) "GICv3: " fmt

#include "drivers/irqchip/irq-gic-v3.h"

#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
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
#include <asm/virt.h>

#include "lib/ranges.h"

gic_chip_data gic_data;

namespace {

constexpr unsigned int nr_ipis = 8;
constexpr u32 default_pmr = 0xf0; // every priority that Linux gives

gic_rdist *this_rdist() {
    return this_cpu_ptr(gic_data.rdist);
}

void __iomem *at(void __iomem *base, unsigned long offset) {
    return static_cast<char __iomem *>(base) + offset;
}

gic_frame dist() {
    return {gic_data.dist_base, gic_data.dist_base, GICD_CTLR_RWP};
}

gic_frame redist() {
    void __iomem *rd_base = this_rdist()->rd_base;
    return {at(rd_base, gicr_sgi_offset), rd_base, GICR_CTLR_RWP};
}

// What kind of interrupt an INTID is.
bool is_sgi(unsigned long intid) {
    return intid < gic_first_ppi;
}
bool is_private(unsigned long intid) {
    return intid < gic_first_spi || (intid >= EPPI_BASE_INTID && intid < EPPI_BASE_INTID + 64);
}
bool is_lpi(unsigned long intid) {
    return intid >= gic_first_lpi;
}
// Whether the GIC implements an SPI is for the device tree to know.
bool possible(unsigned long intid) {
    if (is_lpi(intid))
        return intid < 1ul << 24 && gic_data.gicd_typer & GICD_TYPER_LPIS;
    return intid < gic_first_special || is_private(intid) ||
           (intid >= ESPI_BASE_INTID && intid < ESPI_BASE_INTID + 1024);
}

__always_inline gic_frame frame_of(const irq_data *d) {
    return is_private(d->hwirq) ? redist() : dist();
}

// The chip. EOImode 0: one write ends an interrupt. EOImode 1, at EL2: EOIR, before the handler, drops the priority,
// and DIR, after it, deactivates.

void write_eoir(unsigned int irqnr) {
    write_gicreg(irqnr, ICC_EOIR1_EL1);
    isb();
}

// Once masked it must not come any more.
void gic_mask_irq(irq_data *d) {
    const gic_frame frame = frame_of(d);

    frame.write_bit(GICD_ICENABLER, d->hwirq);
    frame.settle();
}

void gic_unmask_irq(irq_data *d) {
    frame_of(d).write_bit(GICD_ISENABLER, d->hwirq);
}

void gic_eoi_irq(irq_data *d) {
    write_eoir(d->hwirq);
}

// A guest's interrupt (KVM) is active until the guest ends it. Masked, nothing would.
void gic_eoimode1_mask_irq(irq_data *d) {
    gic_mask_irq(d);
    if (irqd_is_forwarded_to_vcpu(d))
        frame_of(d).write_bit(GICD_ICACTIVER, d->hwirq);
}

void gic_eoimode1_eoi_irq(irq_data *d) {
    const bool active = !is_lpi(d->hwirq) && !irqd_is_forwarded_to_vcpu(d);

    if (active)
        gic_write_dir(d->hwirq);
}

// The registers that make a state true and false. What is read of either is the same; of `masked` it is the opposite.
constexpr struct state_registers {
    irqchip_irq_state which;
    u32 to_true, to_false;
    bool reads_inverted;
} irqchip_states[] = {
    {IRQCHIP_STATE_PENDING, GICD_ISPENDR, GICD_ICPENDR, false},
    {IRQCHIP_STATE_ACTIVE, GICD_ISACTIVER, GICD_ICACTIVER, false},
    {IRQCHIP_STATE_MASKED, GICD_ICENABLER, GICD_ISENABLER, true},
};

// Null: an LPI, which has no state here, or no state of a GIC.
const state_registers *registers_of(const irq_data *d, irqchip_irq_state which) {
    for (const state_registers &state : irqchip_states)
        if (!is_lpi(d->hwirq) && state.which == which)
            return &state;
    return nullptr;
}

int gic_irq_get_irqchip_state(irq_data *d, irqchip_irq_state which, bool *val) {
    const state_registers *state = registers_of(d, which);

    if (state)
        *val = frame_of(d).bit(state->to_true, d->hwirq) != state->reads_inverted;
    return state ? 0 : -EINVAL;
}

int gic_irq_set_irqchip_state(irq_data *d, irqchip_irq_state which, bool val) {
    const state_registers *state = registers_of(d, which);

    if (!state)
        return -EINVAL;
    const u32 reg = val ? state->to_true : state->to_false;
    frame_of(d).write_bit(reg, d->hwirq);
    if (reg == GICD_ICENABLER)
        frame_of(d).settle();
    return 0;
}

int gic_retrigger(irq_data *d) {
    return gic_irq_set_irqchip_state(d, IRQCHIP_STATE_PENDING, true) == 0;
}

// SGIs are edges by definition. SPIs are active high or rising. PPIs may be what the hardware makes them.
bool type_is_possible(unsigned long intid, unsigned int type) {
    if (is_sgi(intid))
        return type == IRQ_TYPE_EDGE_RISING;
    return is_private(intid) || type == IRQ_TYPE_LEVEL_HIGH || type == IRQ_TYPE_EDGE_RISING;
}

int gic_set_type(irq_data *d, unsigned int type) {
    if (!type_is_possible(d->hwirq, type))
        return -EINVAL;
    if (is_sgi(d->hwirq) || frame_of(d).set_edge(d->hwirq, type & IRQ_TYPE_EDGE_BOTH))
        return 0;
    if (!is_private(d->hwirq))
        return -EINVAL;
    pr_warn("GIC: PPI INTID%ld is secure or misconfigured\n", static_cast<long>(d->hwirq));
    return 0;
}

u64 mpidr_to_affinity(u64 mpidr) {
    return mpidr & 0xff00ffffffull;
}

void __iomem *irouter_of(unsigned long hwirq) {
    const gic_place place = gic_place_of(GICD_IROUTER, hwirq);

    return at(gic_data.dist_base, place.reg + place.index * 8);
}

// Rerouting an enabled interrupt is allowed, but then it could not be said where one in flight goes.
class while_masked {
public:
    explicit while_masked(irq_data *d)
        : line_(dist().bit(GICD_ISENABLER, d->hwirq) ? d : nullptr) {
        if (line_)
            gic_mask_irq(line_);
    }
    ~while_masked() {
        if (line_)
            gic_unmask_irq(line_);
    }
    while_masked(const while_masked &) = delete;
    while_masked &operator=(const while_masked &) = delete;

private:
    irq_data *line_;
};

// One CPU of the mask, online unless that does not matter.
unsigned int one_of(const cpumask *mask, bool any) {
    return any ? cpumask_first(mask) : cpumask_any_and(mask, cpu_online_mask);
}

int gic_set_affinity(irq_data *d, const cpumask *mask_val, bool force) {
    const unsigned int target = one_of(mask_val, force);
    const bool possible = !is_private(d->hwirq) && target < nr_cpu_ids;

    if (possible) {
        const while_masked m(d);
        writeq_relaxed(mpidr_to_affinity(cpu_logical_map(target)), irouter_of(d->hwirq));
        irq_data_update_effective_affinity(d, cpumask_of(target));
    }
    return possible ? static_cast<int>(IRQ_SET_MASK_OK_DONE) : -EINVAL;
}

// SGIs. One write reaches up to 16 CPUs that differ in Aff0 alone.

void send_sgi(u64 cluster, u16 target_list, u64 sgi) {
    u64 val = (cluster >> 32 & 0xff) << ICC_SGI1R_AFFINITY_3_SHIFT |
              (cluster >> 16 & 0xff) << ICC_SGI1R_AFFINITY_2_SHIFT |
              (cluster >> 8 & 0xff) << ICC_SGI1R_AFFINITY_1_SHIFT | sgi << ICC_SGI1R_SGI_ID_SHIFT |
              (cluster >> 4 & 0xf) << ICC_SGI1R_RS_SHIFT | target_list;

    gic_write_sgi1r(val);
}

// Aff3.Aff2.Aff1 and the upper half of Aff0: what CPUs of one write have in common.
u64 cluster_of(unsigned int cpu) {
    return mpidr_to_affinity(cpu_logical_map(cpu)) & ~0xfull;
}

// Takes the CPUs of a cluster out of a mask: a target list for one write.
u16 take_targets(cpumask &from, u64 cluster) {
    u16 targets = 0;

    for (unsigned int cpu : bits_of(from))
        if (cluster_of(cpu) == cluster) {
            targets |= 1u << (cpu_logical_map(cpu) & 0xf);
            cpumask_clear_cpu(cpu, &from);
        }
    return targets;
}

void send_to_all(cpumask waiting, u64 sgi) {
    // What the other CPUs are to see must be in memory before the interrupt.
    dsb(ishst);
    while (!cpumask_empty(&waiting)) {
        const u64 cluster = cluster_of(cpumask_first(&waiting));
        send_sgi(cluster, take_targets(waiting, cluster), sgi);
    }
    isb();
}

void gic_ipi_send_mask(irq_data *d, const cpumask *mask) {
    if (!WARN_ON(!is_sgi(d->hwirq)))
        send_to_all(*mask, d->hwirq);
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
    auto irqnr = static_cast<u32>(gic_read_iar_common());

    if (irqnr >= gic_first_special && irqnr < gic_first_special + 4)
        return;
    if (gic_data.split_eoi)
        write_eoir(irqnr);
    if (generic_handle_domain_irq(gic_data.domain, irqnr)) {
        WARN_ONCE(true, "Unexpected interrupt received!\n");
        if (!gic_data.split_eoi)
            write_eoir(irqnr);
        else if (!is_lpi(irqnr))
            gic_write_dir(irqnr);
    }
}

// The domain

// First cell of a specifier in the device tree: the INTID that the second one counts from, and whether the third must
// say a type. The last is what the ITS asks for in the device tree's name.
constexpr struct {
    u32 cell, first;
    bool needs_type;
} specifier_kinds[] = {{0, gic_first_spi, true},
                       {1, gic_first_ppi, true},
                       {2, ESPI_BASE_INTID, true},
                       {3, EPPI_BASE_INTID, true},
                       {GIC_IRQ_TYPE_LPI, 0, true}};

// A specifier of the device tree, or of the ITS, which has the same form.
const auto *kind_of(const irq_fwspec &spec) {
    const bool has_form = spec.param_count >= 3 && is_of_node(spec.fwnode);

    for (const auto &kind : specifier_kinds)
        if (has_form && kind.cell == spec.param[0])
            return &kind;
    return static_cast<decltype(&specifier_kinds[0])>(nullptr);
}

// SGIs are not in the device tree: one cell is such a number.
int gic_irq_domain_translate(irq_domain *, irq_fwspec *fwspec, unsigned long *hwirq, unsigned int *type) {
    const u32 *cell = fwspec->param;
    const bool sgi = fwspec->param_count == 1 && is_sgi(cell[0]);
    const auto *kind = sgi ? nullptr : kind_of(*fwspec);

    if (!sgi && !kind)
        return -EINVAL;
    *hwirq = sgi ? cell[0] : kind->first + cell[1];
    *type = sgi ? static_cast<unsigned int>(IRQ_TYPE_EDGE_RISING) : cell[2] & IRQ_TYPE_SENSE_MASK;
    WARN_ON(kind && kind->needs_type && *type == IRQ_TYPE_NONE);
    return 0;
}

// The message domains have the GIC's node too: wires are this domain's, if the specifier says anything.
int gic_irq_domain_select(irq_domain *d, irq_fwspec *spec, irq_domain_bus_token) {
    irq_hw_number_t hwirq;
    unsigned int type;
    const bool own_node = spec->fwnode == d->fwnode;

    if (own_node && is_of_node(spec->fwnode) && WARN_ON_ONCE(gic_irq_domain_translate(d, spec, &hwirq, &type)))
        return false;
    return own_node;
}

int gic_irq_domain_map(irq_domain *d, unsigned int irq, irq_hw_number_t hw) {
    const irq_chip *chip = gic_data.split_eoi ? &gic_eoimode1_chip : &gic_chip;
    irq_data *line = irq_get_irq_data(irq);

    if (!possible(hw))
        return -EPERM;
    if (is_private(hw))
        irq_set_percpu_devid(irq);
    irq_domain_set_info(d, irq, hw, chip, d->host_data, is_private(hw) ? handle_percpu_devid_irq : handle_fasteoi_irq,
                        nullptr, nullptr);
    if (!is_private(hw) && !is_lpi(hw)) {
        irqd_set_single_target(line);
        irq_set_probe(irq);
    }
    // The end of an interrupt must come from the CPU that took it.
    irqd_set_handle_enforce_irqctx(line);
    return 0;
}

int gic_irq_domain_alloc(irq_domain *domain, unsigned int virq, unsigned int nr_irqs, void *arg) {
    irq_hw_number_t hwirq = 0;
    unsigned int unused;
    int error = gic_irq_domain_translate(domain, static_cast<irq_fwspec *>(arg), &hwirq, &unused);

    for (const unsigned int end = virq + nr_irqs; virq != end && !error; virq++, hwirq++)
        error = gic_irq_domain_map(domain, virq, hwirq);
    return error;
}

void gic_irq_domain_free(irq_domain *domain, unsigned int virq, unsigned int nr_irqs) {
    for (unsigned int end = virq + nr_irqs; virq != end; virq++) {
        irq_set_handler(virq, nullptr);
        irq_domain_reset_irq_data(irq_domain_get_irq_data(domain, virq));
    }
}

const irq_domain_ops gic_irq_domain_ops = {
    .select = gic_irq_domain_select,
    .alloc = gic_irq_domain_alloc,
    .free = gic_irq_domain_free,
    .translate = gic_irq_domain_translate,
};

// Initialisation

// Interrupts from `first` to `end`: nothing comes, and what was in service is not any more.
void silence(const gic_frame &frame, unsigned int first, unsigned int end) {
    for (; first < end; first += 32) {
        frame.fill(GICD_ICACTIVER, 1, first, first + 32, ~0u);
        frame.fill(GICD_ICENABLER, 1, first, first + 32, ~0u);
    }
}

void dist_init() {
    const gic_frame frame = dist();
    const unsigned int end = gic_first_spi + gic_data.nr_spis;

    // Off, so that nothing arrives half configured.
    frame.write(0, GICD_CTLR);
    frame.settle();
    frame.fill(GICD_IGROUPR, 1, gic_first_spi, end, ~0u);
    frame.fill(GICD_ICFGR, 2, gic_first_spi, end, 0);
    frame.fill(GICD_IPRIORITYR, 8, gic_first_spi, end, GICD_INT_DEF_PRI_X4);
    silence(frame, gic_first_spi, end);
    frame.settle();
    frame.write(GICD_CTLR_ARE_NS | GICD_CTLR_ENABLE_G1A | GICD_CTLR_ENABLE_G1, GICD_CTLR);
    frame.settle();

    // All to this CPU, until somebody says otherwise.
    const u64 here = mpidr_to_affinity(cpu_logical_map(smp_processor_id()));
    for (unsigned int intid = gic_first_spi; intid < end; intid++)
        writeq_relaxed(here, irouter_of(intid));
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
            offset += gic_data.redist_stride ? gic_data.redist_stride : GIC_V3_REDIST_SIZE;
        } while (!(typer & GICR_TYPER_LAST) && offset < r.size);
    }
    WARN(true, "CPU%d: mpidr %lx has no re-distributor!\n", smp_processor_id(), static_cast<unsigned long>(mpidr));
    return false;
}

// With two security states GICR_WAKER is firmware's: it reads 0 then, which is what waiting would end with.
void enable_redist() {
    void __iomem *waker = at(this_rdist()->rd_base, GICR_WAKER);

    writel_relaxed(readl_relaxed(waker) & ~GICR_WAKER_ProcessorSleep, waker);
    if (!gic_wait_clear(waker, GICR_WAKER_ChildrenAsleep))
        pr_err_ratelimited("redistributor failed to wakeup...\n");
}

void cpu_sys_reg_init() {
    if (!gic_enable_sre()) {
        pr_err("GIC: unable to set SRE (disabled at EL2), panic ahead\n");
        return;
    }
    gic_write_pmr(default_pmr);
    // All priority bits form the group priority.
    gic_write_bpr1(0);
    gic_write_ctlr(gic_data.split_eoi ? ICC_CTLR_EL1_EOImode_drop : ICC_CTLR_EL1_EOImode_drop_dir);
    write_gicreg(0, ICC_AP1R0_EL1);
    isb();
    gic_write_grpen1(1);
}

void cpu_init() {
    if (!populate_rdist())
        return;
    enable_redist();

    const gic_frame frame = redist();
    frame.fill(GICR_IGROUPR0, 1, 0, gic_first_spi, ~0u);
    silence(frame, 0, gic_first_spi);
    frame.fill(GICR_IPRIORITYR0, 8, 0, gic_first_spi, GICD_INT_DEF_PRI_X4);
    frame.settle();
    cpu_sys_reg_init();
}

int gic_starting_cpu(unsigned int) {
    cpu_init();
    its_cpu_init();
    return 0;
}

void smp_ipis_init() {
    irq_fwspec first_sgi = {gic_data.fwnode, 1, {0}};

    cpuhp_setup_state_nocalls(CPUHP_AP_IRQ_GIC_STARTING, "irqchip/arm/gicv3:starting", gic_starting_cpu, nullptr);
    const int ipis = irq_domain_alloc_irqs(gic_data.domain, nr_ipis, -1, &first_sgi);
    if (!WARN_ON(ipis <= 0))
        set_smp_ipi_range(ipis, nr_ipis);
}

int init_bases(fwnode_handle *handle) {
    gic_data.fwnode = handle;
    gic_data.split_eoi = is_hyp_mode_available();
    if (gic_data.split_eoi)
        pr_info("GIC: Using split EOI/Deactivate mode\n");

    u32 typer = readl_relaxed(at(gic_data.dist_base, GICD_TYPER));
    gic_data.gicd_typer = typer;
    // The field counts lines of 32 with the private one; interrupts 1020 and up are special.
    unsigned int lines = GICD_TYPER_SPIS(typer);
    gic_data.nr_spis = min(lines, gic_first_special) - gic_first_spi;
    pr_info("%d SPIs implemented\n", gic_data.nr_spis);
    pr_info("0 Extended SPIs implemented\n");
    gic_data.has_rss = typer & GICD_TYPER_RSS;
    gic_data.nr_ppis = GICR_TYPER_NR_PPIS(readq_relaxed(at(gic_data.redist_regions[0].redist_base, GICR_TYPER)));

    gic_data.rdist = alloc_percpu(gic_rdist);
    gic_data.domain = irq_domain_create_tree(handle, &gic_irq_domain_ops, &gic_data);
    if (!gic_data.domain || !gic_data.rdist)
        return -ENOMEM;
    irq_domain_update_bus_token(gic_data.domain, DOMAIN_BUS_WIRED);
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
    // A hypervisor's: nothing requests it here, but it has a number, and what comes after it the next ones.
    if (!err && gic_data.split_eoi)
        irq_of_parse_and_map(node, 0);
    return err;
}

IRQCHIP_DECLARE(gic_v3, "arm,gic-v3", gic_of_init);

} // namespace
