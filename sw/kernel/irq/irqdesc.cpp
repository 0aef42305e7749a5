// SPDX-License-Identifier: Apache-2.0
// Interrupt descriptors: a sparse tree of them by number, their allocation, and entry into a line's flow handler.
#include "kernel/irq/internals.h"

#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/kobject.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/radix-tree.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>
#include <linux/sysfs.h>

int nr_irqs = NR_IRQS;
EXPORT_SYMBOL_GPL(nr_irqs);

cpumask_var_t irq_default_affinity;

static DEFINE_MUTEX(sparse_irq_lock);
static DECLARE_BITMAP(allocated_irqs, IRQ_BITMAP_BITS);
static RADIX_TREE(irq_desc_tree, GFP_KERNEL);

void irq_lock_sparse(void) {
    mutex_lock(&sparse_irq_lock);
}
void irq_unlock_sparse(void) {
    mutex_unlock(&sparse_irq_lock);
}

irq_desc *irq_to_desc(unsigned int irq) {
    return static_cast<irq_desc *>(radix_tree_lookup(&irq_desc_tree, irq));
}

static int irqaffinity_setup(char *str) {
    if (cpulist_parse(str, irq_default_affinity) < 0)
        cpumask_setall(irq_default_affinity);
    // The boot CPU is always among them, or boot interrupts would have nowhere to go.
    cpumask_set_cpu(smp_processor_id(), irq_default_affinity);
    return 1;
}
__setup("irqaffinity=", irqaffinity_setup);

// /sys/kernel/irq/N

static kobject *irq_kobj_base;

static irq_desc *kobj_to_desc(kobject *kobj) {
    return container_of(kobj, irq_desc, kobj);
}

static ssize_t per_cpu_count_show(kobject *kobj, kobj_attribute *, char *buf) {
    irq_desc *desc = kobj_to_desc(kobj);
    ssize_t at = 0;
    unsigned int cpu;

    for_each_possible_cpu (cpu)
        at += sysfs_emit_at(buf, at, "%s%u", at ? "," : "", kstat_irqs_cpu(irq_desc_get_irq(desc), cpu));
    return at + sysfs_emit_at(buf, at, "\n");
}

static ssize_t chip_name_show(kobject *kobj, kobj_attribute *, char *buf) {
    irq_desc *desc = kobj_to_desc(kobj);
    const irq_chip *chip = desc->irq_data.chip;

    return chip && chip->name ? sysfs_emit(buf, "%s\n", chip->name) : 0;
}

static ssize_t hwirq_show(kobject *kobj, kobj_attribute *, char *buf) {
    irq_desc *desc = kobj_to_desc(kobj);

    return desc->irq_data.domain ? sysfs_emit(buf, "%lu\n", desc->irq_data.hwirq) : 0;
}

static ssize_t type_show(kobject *kobj, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", irqd_is_level_type(&kobj_to_desc(kobj)->irq_data) ? "level" : "edge");
}

static ssize_t wakeup_show(kobject *kobj, kobj_attribute *, char *buf) {
    return sysfs_emit(buf, "%s\n", irqd_is_wakeup_set(&kobj_to_desc(kobj)->irq_data) ? "enabled" : "disabled");
}

static ssize_t name_show(kobject *kobj, kobj_attribute *, char *buf) {
    irq_desc *desc = kobj_to_desc(kobj);

    return desc->name ? sysfs_emit(buf, "%s\n", desc->name) : 0;
}

static ssize_t actions_show(kobject *kobj, kobj_attribute *, char *buf) {
    irq_desc *desc = kobj_to_desc(kobj);
    ssize_t at = 0;

    raw_spin_lock_irq(&desc->lock);
    for_each_action(desc,
                    [&](irqaction *action) { at += sysfs_emit_at(buf, at, "%s%s", at ? "," : "", action->name); });
    raw_spin_unlock_irq(&desc->lock);
    return at ? at + sysfs_emit_at(buf, at, "\n") : 0;
}

static kobj_attribute irq_attributes[] = {
    __ATTR_RO(per_cpu_count), __ATTR_RO(chip_name), __ATTR_RO(hwirq),   __ATTR_RO(type),
    __ATTR_RO(wakeup),        __ATTR_RO(name),      __ATTR_RO(actions),
};
static attribute *irq_attrs[] = {
    &irq_attributes[0].attr, &irq_attributes[1].attr, &irq_attributes[2].attr, &irq_attributes[3].attr,
    &irq_attributes[4].attr, &irq_attributes[5].attr, &irq_attributes[6].attr, nullptr,
};
ATTRIBUTE_GROUPS(irq);

static void irq_kobj_release(kobject *kobj) {
    irq_desc *desc = kobj_to_desc(kobj);

    free_desc_masks(desc);
    free_percpu(desc->kstat_irqs);
    kfree(desc);
}

static const kobj_type irq_kobj_type = {irq_kobj_release, &kobj_sysfs_ops, irq_groups};

static void irq_sysfs_add(unsigned int irq, irq_desc *desc) {
    if (irq_kobj_base && kobject_add(&desc->kobj, irq_kobj_base, "%u", irq))
        pr_warn("genirq: Failed to add kobject for irq %u\n", irq);
}

static void irq_sysfs_del(irq_desc *desc) {
    if (desc->kobj.state_in_sysfs)
        kobject_del(&desc->kobj);
}

// Lines that were allocated before /sys existed get their folders now.
static int __init irq_sysfs_init(void) {
    irq_desc *desc;
    unsigned int irq;

    irq_lock_sparse();
    irq_kobj_base = kobject_create_and_add("irq", kernel_kobj);
    if (!irq_kobj_base) {
        irq_unlock_sparse();
        return -ENOMEM;
    }
    for_each_active_irq(irq) {
        desc = irq_to_desc(irq);
        irq_sysfs_add(irq, desc);
    }
    irq_unlock_sparse();
    return 0;
}
postcore_initcall(irq_sysfs_init);

// Allocation

void free_desc_masks(irq_desc *desc) {
    free_cpumask_var(desc->irq_common_data.effective_affinity);
    free_cpumask_var(desc->irq_common_data.affinity);
}

static void desc_set_defaults(unsigned int irq, irq_desc *desc, const cpumask *affinity, module *owner) {
    unsigned int cpu;

    desc->irq_common_data.handler_data = nullptr;
    desc->irq_common_data.msi_desc = nullptr;
    desc->irq_data.common = &desc->irq_common_data;
    desc->irq_data.irq = irq;
    desc->irq_data.chip = &no_irq_chip;
    desc->irq_data.chip_data = nullptr;
    // arm64 starts with no restrictions at all; what keeps a line without a controller from being requested is its
    // chip.
    irq_settings_clr_and_set(desc, ~0u, 0);
    irqd_set(&desc->irq_data, IRQD_IRQ_DISABLED | IRQD_IRQ_MASKED);
    desc->handle_irq = handle_bad_irq;
    desc->depth = 1;
    desc->irq_count = 0;
    desc->irqs_unhandled = 0;
    desc->tot_count = 0;
    desc->name = nullptr;
    desc->owner = owner;
    for_each_possible_cpu (cpu)
        *per_cpu_ptr(desc->kstat_irqs, cpu) = 0;
    cpumask_copy(desc->irq_common_data.affinity, affinity ? affinity : irq_default_affinity);
    irq_resend_init(desc);
}

static irq_desc *alloc_desc(unsigned int irq, unsigned int flags, const cpumask *affinity, module *owner) {
    auto *desc = static_cast<irq_desc *>(kzalloc(sizeof(irq_desc), GFP_KERNEL));

    if (!desc)
        return nullptr;
    desc->kstat_irqs = alloc_percpu(unsigned int);
    if (!desc->kstat_irqs) {
        kfree(desc);
        return nullptr;
    }
    if (!zalloc_cpumask_var(&desc->irq_common_data.affinity, GFP_KERNEL) ||
        !zalloc_cpumask_var(&desc->irq_common_data.effective_affinity, GFP_KERNEL)) {
        free_percpu(desc->kstat_irqs);
        kfree(desc);
        return nullptr;
    }
    raw_spin_lock_init(&desc->lock);
    mutex_init(&desc->request_mutex);
    init_waitqueue_head(&desc->wait_for_threads);
    desc_set_defaults(irq, desc, affinity, owner);
    irqd_set(&desc->irq_data, flags);
    kobject_init(&desc->kobj, &irq_kobj_type);
    return desc;
}

static void delayed_free_desc(rcu_head *rhp) {
    kobject_put(&container_of(rhp, irq_desc, rcu)->kobj);
}

// sparse_irq_lock held. Readers in interrupt context may still hold the descriptor: it goes after a grace period.
static void free_desc(unsigned int irq) {
    irq_desc *desc = irq_to_desc(irq);

    unregister_irq_proc(irq, desc);
    irq_sysfs_del(desc);
    clear_irq_resend(desc);
    radix_tree_delete(&irq_desc_tree, irq);
    call_rcu(&desc->rcu, delayed_free_desc);
}

static int alloc_descs(unsigned int start, unsigned int cnt, const irq_affinity_desc *affinity, module *owner) {
    unsigned int i;

    if (affinity) {
        for (i = 0; i < cnt; i++) {
            if (cpumask_empty(&affinity[i].mask))
                return -EINVAL;
        }
    }
    for (i = 0; i < cnt; i++) {
        const cpumask *mask = nullptr;
        unsigned int flags = 0;

        if (affinity) {
            if (affinity->is_managed)
                flags = IRQD_AFFINITY_MANAGED | IRQD_MANAGED_SHUTDOWN;
            flags |= IRQD_AFFINITY_SET;
            mask = &affinity->mask;
            affinity++;
        }
        irq_desc *desc = alloc_desc(start + i, flags, mask, owner);
        if (!desc || radix_tree_insert(&irq_desc_tree, start + i, desc)) {
            if (desc)
                kobject_put(&desc->kobj);
            while (i--)
                free_desc(start + i);
            return -ENOMEM;
        }
        irq_sysfs_add(start + i, desc);
        register_irq_proc(start + i, desc);
    }
    bitmap_set(allocated_irqs, start, cnt);
    return start;
}

int __irq_alloc_descs(int irq, unsigned int from, unsigned int cnt, int, module *owner,
                      const irq_affinity_desc *affinity) {
    if (!cnt)
        return -EINVAL;
    if (irq >= 0) {
        if (from > static_cast<unsigned int>(irq))
            return -EINVAL;
        from = irq;
    }

    mutex_lock(&sparse_irq_lock);
    int ret;
    unsigned long start = bitmap_find_next_zero_area(allocated_irqs, IRQ_BITMAP_BITS, from, cnt, 0);
    if (irq >= 0 && start != static_cast<unsigned long>(irq)) {
        ret = -EEXIST;
    } else if (start + cnt > IRQ_BITMAP_BITS) {
        ret = -ENOMEM;
    } else {
        if (start + cnt > static_cast<unsigned long>(nr_irqs))
            nr_irqs = start + cnt;
        ret = alloc_descs(start, cnt, affinity, owner);
    }
    mutex_unlock(&sparse_irq_lock);
    return ret;
}
EXPORT_SYMBOL_GPL(__irq_alloc_descs);

void irq_free_descs(unsigned int from, unsigned int cnt) {
    if (from >= static_cast<unsigned int>(nr_irqs) || from + cnt > static_cast<unsigned int>(nr_irqs))
        return;
    mutex_lock(&sparse_irq_lock);
    for (unsigned int i = 0; i < cnt; i++)
        free_desc(from + i);
    bitmap_clear(allocated_irqs, from, cnt);
    mutex_unlock(&sparse_irq_lock);
}
EXPORT_SYMBOL_GPL(irq_free_descs);

unsigned int irq_get_next_irq(unsigned int offset) {
    return find_next_bit(allocated_irqs, nr_irqs, offset);
}

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
    if (check != IRQ_GET_DESC_CHECK_ANY &&
        irq_settings_is_per_cpu_devid(desc_) != (check == IRQ_GET_DESC_CHECK_PERCPU)) {
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

// Entry from chained handlers and from the root controller

int handle_irq_desc(irq_desc *desc) {
    if (!desc)
        return -EINVAL;
    if (WARN_ON_ONCE(!in_hardirq() && irqd_is_handle_enforce_irqctx(&desc->irq_data)))
        return -EPERM;
    generic_handle_irq_desc(desc);
    return 0;
}
EXPORT_SYMBOL_GPL(handle_irq_desc);

int generic_handle_irq(unsigned int irq) {
    return handle_irq_desc(irq_to_desc(irq));
}
EXPORT_SYMBOL_GPL(generic_handle_irq);

int generic_handle_irq_safe(unsigned int irq) {
    unsigned long flags;

    local_irq_save(flags);
    int ret = handle_irq_desc(irq_to_desc(irq));
    local_irq_restore(flags);
    return ret;
}
EXPORT_SYMBOL_GPL(generic_handle_irq_safe);

int generic_handle_domain_irq(irq_domain *domain, unsigned int hwirq) {
    irq_desc *desc = irq_resolve_mapping(domain, hwirq);

    if (unlikely(!desc))
        trace_event1(irq_dropped, 0, "unmapped");
    return handle_irq_desc(desc);
}
EXPORT_SYMBOL_GPL(generic_handle_domain_irq);

int generic_handle_domain_irq_safe(irq_domain *domain, unsigned int hwirq) {
    unsigned long flags;

    local_irq_save(flags);
    int ret = generic_handle_domain_irq(domain, hwirq);
    local_irq_restore(flags);
    return ret;
}
EXPORT_SYMBOL_GPL(generic_handle_domain_irq_safe);

// The root handler of the architecture

static void no_root_handler(pt_regs *) {
    panic("FIQ/IRQ taken without a root IRQ handler\n");
}
void (*handle_arch_irq)(pt_regs *) = no_root_handler;

int set_handle_irq(void (*handle_irq)(pt_regs *)) {
    if (handle_arch_irq != no_root_handler)
        return -EBUSY;
    handle_arch_irq = handle_irq;
    pr_info("Root IRQ handler: %ps\n", reinterpret_cast<void *>(handle_irq));
    return 0;
}

// Per-CPU lines and counters

int irq_set_percpu_devid_partition(unsigned int irq, const cpumask *affinity) {
    irq_desc *desc = irq_to_desc(irq);

    if (!desc || desc->percpu_enabled)
        return -EINVAL;
    desc->percpu_enabled = static_cast<cpumask *>(kzalloc(sizeof(cpumask), GFP_KERNEL));
    if (!desc->percpu_enabled)
        return -ENOMEM;
    desc->percpu_affinity = affinity ? affinity : cpu_possible_mask;
    irq_set_percpu_devid_flags(irq);
    return 0;
}

int irq_set_percpu_devid(unsigned int irq) {
    return irq_set_percpu_devid_partition(irq, nullptr);
}

int irq_get_percpu_devid_partition(unsigned int irq, cpumask *affinity) {
    irq_desc *desc = irq_to_desc(irq);

    if (!desc || !desc->percpu_enabled)
        return -EINVAL;
    if (affinity)
        cpumask_copy(affinity, desc->percpu_affinity);
    return 0;
}
EXPORT_SYMBOL_GPL(irq_get_percpu_devid_partition);

unsigned int kstat_irqs_cpu(unsigned int irq, int cpu) {
    irq_desc *desc = irq_to_desc(irq);

    return desc && desc->kstat_irqs ? READ_ONCE(*per_cpu_ptr(desc->kstat_irqs, cpu)) : 0;
}

unsigned int kstat_irqs_usr(unsigned int irq) {
    unsigned int sum = 0;
    int cpu;

    rcu_read_lock();
    irq_desc *desc = irq_to_desc(irq);
    if (desc && desc->kstat_irqs) {
        if (!irq_settings_is_per_cpu_devid(desc) && !irq_settings_is_per_cpu(desc))
            sum = READ_ONCE(desc->tot_count);
        else
            for_each_possible_cpu (cpu)
                sum += READ_ONCE(*per_cpu_ptr(desc->kstat_irqs, cpu));
    }
    rcu_read_unlock();
    return sum;
}

bool irq_check_status_bit(unsigned int irq, unsigned int bitmask) {
    irq_desc *desc = irq_to_desc(irq);

    return desc && (desc->status_use_accessors & bitmask);
}
EXPORT_SYMBOL_GPL(irq_check_status_bit);

bool irq_has_action(unsigned int irq) {
    rcu_read_lock();
    bool res = irq_desc_has_action(irq_to_desc(irq));
    rcu_read_unlock();
    return res;
}
EXPORT_SYMBOL_GPL(irq_has_action);
