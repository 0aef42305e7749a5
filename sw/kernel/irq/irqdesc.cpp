// SPDX-License-Identifier: Apache-2.0
// Interrupt descriptors: the registry of them by number, their making and their end, and entry into a line's flow
// handler. Their folders in /sys are in irqdesc_sysfs.cpp.
#include "kernel/irq/irqdesc_internal.h"

#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/radix-tree.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "kernel/module/owned.h"
#include "lib/guard.h"
#include "lib/ranges.h"
#include "lib/result.h"

int nr_irqs = NR_IRQS;
EXPORT_SYMBOL_GPL(nr_irqs);

cpumask_var_t irq_default_affinity;

namespace {

// The registry: which numbers are taken, and by whom. The two agree except while a block is made or freed. Both change
// under the lock; lines are looked up in any context.
DEFINE_MUTEX(registry_lock);
DECLARE_BITMAP(taken, IRQ_BITMAP_BITS);
RADIX_TREE(lines, GFP_KERNEL);

// A kind that irq_modify_status gave the line.
bool is(const irq_desc &desc, unsigned int kind) {
    return desc.status_use_accessors & kind;
}

int read_default_affinity(char *list) {
    if (cpulist_parse(list, irq_default_affinity) < 0)
        cpumask_setall(irq_default_affinity);
    // The boot CPU is always among them, or boot interrupts would have nowhere to go.
    cpumask_set_cpu(smp_processor_id(), irq_default_affinity);
    return 1;
}
__setup("irqaffinity=", read_default_affinity);

// What a line is to be that an affinity description says.
struct line_affinity {
    const cpumask *mask = nullptr;
    unsigned int state = 0;

    line_affinity() = default;
    explicit line_affinity(const irq_affinity_desc &wanted)
        : mask(&wanted.mask)
        , state(IRQD_AFFINITY_SET | (wanted.is_managed ? IRQD_AFFINITY_MANAGED | IRQD_MANAGED_SHUTDOWN : 0)) {}
};

// Off, without a controller, a handler or a user. Its memory is zeroed.
void start_out(irq_desc &desc, unsigned int irq, const line_affinity &affinity, module *owner) {
    raw_spin_lock_init(&desc.lock);
    mutex_init(&desc.request_mutex);
    init_waitqueue_head(&desc.wait_for_threads);
    irq_resend_init(&desc);
    desc.owner = owner;
    desc.depth = 1;
    desc.handle_irq = handle_bad_irq;
    desc.irq_data.irq = irq;
    desc.irq_data.chip = &no_irq_chip;
    desc.irq_data.common = &desc.irq_common_data;
    desc.irq_common_data.state_use_accessors = IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED | affinity.state;
    cpumask_copy(desc.irq_common_data.affinity, affinity.mask ? affinity.mask : irq_default_affinity);
}

irq_desc *make_desc(unsigned int irq, const line_affinity &affinity, module *owner) {
    auto *desc = static_cast<irq_desc *>(kzalloc(sizeof(irq_desc), GFP_KERNEL));
    if (!desc)
        return nullptr;
    kobject_init(&desc->kobj, &irq_kobj_type);
    desc->kstat_irqs = alloc_percpu(unsigned int);
    const bool complete = desc->kstat_irqs && zalloc_cpumask_var(&desc->irq_common_data.affinity, GFP_KERNEL) &&
                          zalloc_cpumask_var(&desc->irq_common_data.effective_affinity, GFP_KERNEL);
    if (!complete) {
        kobject_put(&desc->kobj);
        return nullptr;
    }
    start_out(*desc, irq, affinity, owner);
    return desc;
}

// Where a descriptor shows, each with its way in and its way out.
struct appearance {
    void (*enter)(unsigned int irq, irq_desc *desc);
    void (*leave)(unsigned int irq, irq_desc *desc);
};
constexpr appearance appearances[] = {
    {irq_sysfs_add, [](unsigned int, irq_desc *desc) { irq_sysfs_del(desc); }},
    {register_irq_proc, unregister_irq_proc},
};

void hide(unsigned int irq, irq_desc *desc) {
    for (unsigned int i = ARRAY_SIZE(appearances); i-- > 0;)
        appearances[i].leave(irq, desc);
}

// Readers in interrupt context may still have the descriptor: the registry's reference ends a grace period later.
void put_later(irq_desc &desc) {
    call_rcu(&desc.rcu, [](rcu_head *head) { kobject_put(&container_of(head, irq_desc, rcu)->kobj); });
}

// The registry's lock is held (Linux: free_desc).
void retire(unsigned int irq) {
    irq_desc &desc = *irq_to_desc(irq);

    hide(irq, &desc);
    clear_irq_resend(&desc);
    radix_tree_delete(&lines, irq);
    put_later(desc);
}

// Descriptors with numbers in a row, as they are made or freed: they end with the block unless keep() makes them stay.
class desc_block {
public:
    explicit desc_block(unsigned int first, unsigned int there = 0)
        : first_(first)
        , made_(there) {}
    ~desc_block() {
        for (unsigned int i = 0; i < made_; i++) {
            owned_strike(irq_to_desc(first_ + i));
            retire(first_ + i);
        }
    }
    bool add(const line_affinity &affinity, module *owner) {
        const unsigned int irq = first_ + made_;
        irq_desc *desc = make_desc(irq, affinity, owner);

        if (desc && radix_tree_insert(&lines, irq, desc)) {
            kobject_put(&desc->kobj);
            desc = nullptr;
        }
        if (!desc)
            return false;
        made_++;
        for (const appearance &a : appearances)
            a.enter(irq, desc);
        return true;
    }
    int keep() {
        bitmap_set(taken, first_, made_);
        made_ = 0;
        return first_;
    }

private:
    unsigned int first_, made_;
};

int make_block(unsigned int first, unsigned int count, const irq_affinity_desc *affinity, module *owner) {
    for (unsigned int i = 0; affinity && i < count; i++)
        if (cpumask_empty(&affinity[i].mask))
            return -EINVAL;
    desc_block block(first);
    for (unsigned int i = 0; i < count; i++)
        if (!block.add(affinity ? line_affinity(affinity[i]) : line_affinity(), owner))
            return -ENOMEM;
    return block.keep();
}

} // namespace

void irq_lock_sparse(void) {
    mutex_lock(&registry_lock);
}
void irq_unlock_sparse(void) {
    mutex_unlock(&registry_lock);
}

irq_desc *irq_to_desc(unsigned int irq) {
    return static_cast<irq_desc *>(radix_tree_lookup(&lines, irq));
}

unsigned int irq_get_next_irq(unsigned int offset) {
    return find_next_bit(taken, nr_irqs, offset);
}

void free_desc_masks(irq_desc *desc) {
    free_cpumask_var(desc->irq_common_data.effective_affinity);
    free_cpumask_var(desc->irq_common_data.affinity);
}

static const char *number_of_desc(const void *desc, char *buf, size_t size) {
    scnprintf(buf, size, "%u", static_cast<const irq_desc *>(desc)->irq_data.irq);
    return buf;
}
static const owned_kind owned_desc = {"irq descriptor %s not freed", number_of_desc};

// `irq` < 0: any numbers, from `from` on. Else exactly those from `irq` on.
int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int node, module *owner,
                      const irq_affinity_desc *affinity) {
    const bool fixed = irq >= 0;

    if (!cnt || (fixed && from > static_cast<unsigned int>(irq)))
        return -EINVAL;
    hold l(registry_lock);
    const unsigned long first = bitmap_find_next_zero_area(taken, IRQ_BITMAP_BITS, fixed ? irq : from, cnt, 0);
    if (fixed && first != static_cast<unsigned long>(irq))
        return -EEXIST;
    if (first + cnt > IRQ_BITMAP_BITS)
        return -ENOMEM;
    nr_irqs = max(nr_irqs, static_cast<int>(first + cnt));
    const int made = make_block(first, cnt, affinity, owner);
    for (unsigned int i = 0; made >= 0 && i < cnt; i++) {
        irq_desc *const desc = irq_to_desc(first + i);
        desc->irq_common_data.node = node;
        owned_note(owned_desc, desc);
    }
    return made;
}
EXPORT_SYMBOL_GPL(__irq_alloc_descs);

void irq_free_descs(unsigned int from, unsigned int cnt) {
    const auto end = static_cast<unsigned int>(nr_irqs);

    if (from >= end || cnt > end - from)
        return;
    hold l(registry_lock);
    bitmap_clear(taken, from, cnt);
    desc_block end_of(from, cnt);
}
EXPORT_SYMBOL_GPL(irq_free_descs);

void early_irq_init(void) {
    // irqaffinity= may have set it already.
    if (cpumask_empty(irq_default_affinity))
        cpumask_setall(irq_default_affinity);
    pr_info("NR_IRQS: %d, nr_irqs: %d, preallocated irqs: %d\n", NR_IRQS, nr_irqs, NR_IRQS_LEGACY);
}

// Finding a line with its locks

desc_lock::desc_lock(unsigned int irq, unsigned int check, bool bus)
    : desc_(irq_to_desc(irq))
    , bus_(bus) {
    if (!desc_)
        return;
    if (check != IRQ_GET_DESC_CHECK_ANY && is(*desc_, IRQ_PER_CPU_DEVID) != (check == IRQ_GET_DESC_CHECK_PERCPU)) {
        desc_ = nullptr;
        return;
    }
    if (bus_)
        chip_bus_lock(desc_);
    raw_spin_lock_irqsave(&desc_->lock, flags_);
}

desc_lock::~desc_lock() {
    if (!desc_)
        return;
    raw_spin_unlock_irqrestore(&desc_->lock, flags_);
    if (bus_)
        chip_bus_sync_unlock(desc_);
}

// Entry from chained handlers and from the root controller. The safe forms may be called with interrupts on.

// Some controllers must see the end of an interrupt on the CPU that took it.
static bool may_be_handled_here(const irq_desc &desc) {
    return in_hardirq() || !irqd_is_handle_enforce_irqctx(&const_cast<irq_desc &>(desc).irq_data);
}

int handle_irq_desc(irq_desc *desc) {
    const bool allowed = desc && may_be_handled_here(*desc);

    if (allowed)
        return desc->handle_irq(desc), 0;
    WARN_ON_ONCE(desc);
    return desc ? -EPERM : -EINVAL;
}

int generic_handle_irq(unsigned int irq) {
    return handle_irq_desc(irq_to_desc(irq));
}
EXPORT_SYMBOL_GPL(generic_handle_irq);

int generic_handle_domain_irq(irq_domain *domain, unsigned int hwirq) {
    irq_desc *desc = irq_resolve_mapping(domain, hwirq);

    if (unlikely(!desc))
        trace_event1(irq_dropped, 0, "unmapped");
    return handle_irq_desc(desc);
}
EXPORT_SYMBOL_GPL(generic_handle_domain_irq);

int generic_handle_irq_safe(unsigned int irq) {
    irqs_off masked;
    return generic_handle_irq(irq);
}
EXPORT_SYMBOL_GPL(generic_handle_irq_safe);

int generic_handle_domain_irq_safe(irq_domain *domain, unsigned int hwirq) {
    irqs_off masked;
    return generic_handle_domain_irq(domain, hwirq);
}
EXPORT_SYMBOL_GPL(generic_handle_domain_irq_safe);

int generic_handle_domain_nmi(irq_domain *domain, unsigned int hwirq) {
    WARN_ON_ONCE(!in_nmi());
    return generic_handle_domain_irq(domain, hwirq);
}

// The root handler of the architecture, which a controller sets once.

static void no_root_handler(pt_regs *) {
    panic("FIQ/IRQ taken without a root IRQ handler\n");
}
void (*handle_arch_irq)(pt_regs *) = no_root_handler;

int set_handle_irq(void (*handle_irq)(pt_regs *)) {
    const bool free = handle_arch_irq == no_root_handler;

    if (free) {
        handle_arch_irq = handle_irq;
        pr_info("Root IRQ handler: %ps\n", reinterpret_cast<void *>(handle_irq));
    }
    return free ? 0 : -EBUSY;
}

// Per-CPU lines

// Enabled on no CPU yet. False without memory.
static bool become_percpu(irq_desc &desc, const cpumask *partition) {
    desc.percpu_affinity = partition;
    desc.percpu_enabled = static_cast<cpumask *>(kzalloc(sizeof(cpumask), GFP_KERNEL));
    if (desc.percpu_enabled)
        irq_set_percpu_devid_flags(desc.irq_data.irq);
    return desc.percpu_enabled;
}

// `affinity`: the CPUs that have such a line; null for all.
int irq_set_percpu_devid_partition(unsigned int irq, const cpumask *affinity) {
    irq_desc *desc = irq_to_desc(irq);

    if (!desc || desc->percpu_enabled)
        return -EINVAL;
    return become_percpu(*desc, affinity ?: cpu_possible_mask) ? 0 : -ENOMEM;
}

int irq_set_percpu_devid(unsigned int irq) {
    return irq_set_percpu_devid_partition(irq, nullptr);
}

// The CPUs that have the line; null: it is none of a CPU's own.
static const cpumask *partition_of(const irq_desc *desc) {
    return desc && desc->percpu_enabled ? desc->percpu_affinity : nullptr;
}

int irq_get_percpu_devid_partition(unsigned int irq, cpumask *affinity) {
    const cpumask *having = partition_of(irq_to_desc(irq));

    if (having && affinity)
        *affinity = *having;
    return having ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(irq_get_percpu_devid_partition);

// Counters, for readers that hold no lock

namespace {

unsigned int count_on(const irq_desc &desc, unsigned int cpu) {
    return READ_ONCE(*per_cpu_ptr(desc.kstat_irqs, cpu));
}

// A line that all CPUs handle at once has no sum of its own: it would be written by all of them.
unsigned int count_in_all(const irq_desc &desc) {
    if (!is(desc, IRQ_PER_CPU | IRQ_PER_CPU_DEVID))
        return READ_ONCE(desc.tot_count);
    unsigned int sum = 0;
    for (unsigned int cpu : bits_of(*cpu_possible_mask))
        sum += count_on(desc, cpu);
    return sum;
}

// What `read` says of a line that may go meanwhile; 0 (false) for a line that is not there.
template <typename F>
auto read_of(unsigned int irq, F read) -> decltype(read(*irq_to_desc(irq))) {
    rcu_section reading;
    irq_desc *desc = irq_to_desc(irq);
    return desc ? read(*desc) : 0;
}

} // namespace

unsigned int kstat_irqs_cpu(unsigned int irq, int cpu) {
    return read_of(irq, [=](irq_desc &desc) { return count_on(desc, cpu); });
}

unsigned int kstat_irqs_usr(unsigned int irq) {
    return read_of(irq, [](irq_desc &desc) { return count_in_all(desc); });
}

bool irq_has_action(unsigned int irq) {
    return read_of(irq, [](irq_desc &desc) { return irq_desc_has_action(&desc); });
}
EXPORT_SYMBOL_GPL(irq_has_action);

bool irq_check_status_bit(unsigned int irq, unsigned int bitmask) {
    return read_of(irq, [=](irq_desc &desc) { return is(desc, bitmask); });
}
EXPORT_SYMBOL_GPL(irq_check_status_bit);
