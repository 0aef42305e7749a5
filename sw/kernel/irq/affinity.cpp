// SPDX-License-Identifier: Apache-2.0
// On which CPUs a line is handled.
#include "kernel/irq/internals.h"

#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

static bool __irq_can_set_affinity(irq_desc *desc) {
    return desc && irqd_can_balance(&desc->irq_data) && desc->irq_data.chip && desc->irq_data.chip->irq_set_affinity;
}

int irq_can_set_affinity(unsigned int irq) {
    return __irq_can_set_affinity(irq_to_desc(irq));
}

// From /proc: managed lines belong to their driver.
bool irq_can_set_affinity_usr(unsigned int irq) {
    irq_desc *desc = irq_to_desc(irq);

    return __irq_can_set_affinity(desc) && !irqd_affinity_is_managed(&desc->irq_data);
}

// The threads move themselves, before their next run.
void irq_set_thread_affinity(irq_desc *desc) {
    for_each_action(desc, [](irqaction *action) {
        if (action->thread)
            set_bit(IRQTF_AFFINITY, &action->thread_flags);
        if (action->secondary && action->secondary->thread)
            set_bit(IRQTF_AFFINITY, &action->secondary->thread_flags);
    });
}

static void irq_validate_effective_affinity(irq_data *data) {
    const irq_chip *chip = irq_data_get_irq_chip(data);

    if (!cpumask_empty(irq_data_get_effective_affinity_mask(data)))
        return;
    pr_warn_once("genirq: irq_chip %s did not update eff. affinity mask of irq %u\n", chip->name, data->irq);
}

int irq_do_set_affinity(irq_data *data, const cpumask *mask, bool force) {
    irq_desc *desc = irq_data_to_desc(data);
    irq_chip *chip = irq_data_get_irq_chip(data);
    cpumask online;

    if (!chip || !chip->irq_set_affinity)
        return -EINVAL;
    // Chips see CPUs that can take the interrupt; with force they see what the caller said.
    cpumask_and(&online, mask, cpu_online_mask);
    if (force || cpumask_empty(&online))
        cpumask_copy(&online, mask);
    if (!force && !cpumask_intersects(mask, cpu_online_mask))
        return -EINVAL;

    int ret = chip->irq_set_affinity(data, &online, force);
    switch (ret) {
    case IRQ_SET_MASK_OK:
    case IRQ_SET_MASK_OK_DONE:
        cpumask_copy(desc->irq_common_data.affinity, mask);
        fallthrough;
    case IRQ_SET_MASK_OK_NOCOPY:
        irq_validate_effective_affinity(data);
        irq_set_thread_affinity(desc);
        ret = 0;
    }
    return ret;
}

// A line that is not activated has nothing in hardware yet: only the mask is kept, and set when it is.
static bool irq_set_affinity_deactivated(irq_data *data, const cpumask *mask) {
    irq_desc *desc = irq_data_to_desc(data);

    if (irqd_is_activated(data) || !irqd_affinity_on_activate(data))
        return false;
    cpumask_copy(desc->irq_common_data.affinity, mask);
    irq_data_update_effective_affinity(data, mask);
    irqd_set(data, IRQD_AFFINITY_SET);
    return true;
}

int irq_set_affinity_locked(irq_data *data, const cpumask *mask, bool force) {
    irq_chip *chip = irq_data_get_irq_chip(data);
    irq_desc *desc = irq_data_to_desc(data);

    if (!chip || !chip->irq_set_affinity)
        return -EINVAL;
    if (irq_set_affinity_deactivated(data, mask))
        return 0;
    int ret = irq_do_set_affinity(data, mask, force);

    if (desc->affinity_notify) {
        kref_get(&desc->affinity_notify->kref);
        // Queued already: that run will see the new mask too.
        if (!schedule_work(&desc->affinity_notify->work))
            kref_put(&desc->affinity_notify->kref, desc->affinity_notify->release);
    }
    irqd_set(data, IRQD_AFFINITY_SET);
    return ret;
}

static int __irq_set_affinity(unsigned int irq, const cpumask *mask, bool force) {
    desc_lock desc(irq);

    return desc ? irq_set_affinity_locked(irq_desc_get_irq_data(desc.get()), mask, force) : -EINVAL;
}

int irq_set_affinity(unsigned int irq, const cpumask *mask) {
    return __irq_set_affinity(irq, mask, false);
}
EXPORT_SYMBOL_GPL(irq_set_affinity);

int irq_force_affinity(unsigned int irq, const cpumask *mask) {
    return __irq_set_affinity(irq, mask, true);
}
EXPORT_SYMBOL_GPL(irq_force_affinity);

int __irq_apply_affinity_hint(unsigned int irq, const cpumask *m, bool setaffinity) {
    {
        desc_lock desc(irq, IRQ_GET_DESC_CHECK_GLOBAL);

        if (!desc)
            return -EINVAL;
        desc->affinity_hint = m;
    }
    if (m && setaffinity)
        __irq_set_affinity(irq, m, false);
    return 0;
}
EXPORT_SYMBOL_GPL(__irq_apply_affinity_hint);

static void irq_affinity_notify_work(work_struct *work) {
    auto *notify = container_of(work, irq_affinity_notify, work);
    irq_desc *desc = irq_to_desc(notify->irq);
    cpumask mask;
    unsigned long flags;

    if (desc) {
        raw_spin_lock_irqsave(&desc->lock, flags);
        cpumask_copy(&mask, desc->irq_common_data.affinity);
        raw_spin_unlock_irqrestore(&desc->lock, flags);
        notify->notify(notify, &mask);
    }
    kref_put(&notify->kref, notify->release);
}

int irq_set_affinity_notifier(unsigned int irq, irq_affinity_notify *notify) {
    irq_desc *desc = irq_to_desc(irq);
    irq_affinity_notify *old;
    unsigned long flags;

    might_sleep();
    if (!desc)
        return -EINVAL;
    if (notify) {
        notify->irq = irq;
        kref_init(&notify->kref);
        INIT_WORK(&notify->work, irq_affinity_notify_work);
    }
    raw_spin_lock_irqsave(&desc->lock, flags);
    old = desc->affinity_notify;
    desc->affinity_notify = notify;
    raw_spin_unlock_irqrestore(&desc->lock, flags);

    if (old) {
        if (cancel_work_sync(&old->work))
            kref_put(&old->kref, old->release); // the reference of the work that did not run
        kref_put(&old->kref, old->release);
    }
    return 0;
}
EXPORT_SYMBOL_GPL(irq_set_affinity_notifier);

// The affinity that a line starts with: what somebody set, if any of these CPUs is online, else the default.
int irq_setup_affinity(irq_desc *desc) {
    const cpumask *set = irq_default_affinity;
    cpumask mask;

    if (!__irq_can_set_affinity(desc))
        return 0;
    if (irqd_affinity_is_managed(&desc->irq_data) || irqd_has_set(&desc->irq_data, IRQD_AFFINITY_SET)) {
        if (cpumask_intersects(desc->irq_common_data.affinity, cpu_online_mask))
            set = desc->irq_common_data.affinity;
        else
            irqd_clear(&desc->irq_data, IRQD_AFFINITY_SET);
    }
    cpumask_and(&mask, cpu_online_mask, set);
    if (cpumask_empty(&mask))
        cpumask_copy(&mask, cpu_online_mask);
    return irq_do_set_affinity(&desc->irq_data, &mask, false);
}

int irq_select_affinity(unsigned int irq) {
    desc_lock desc(irq);

    return desc ? irq_setup_affinity(desc.get()) : -EINVAL;
}
