// SPDX-License-Identifier: Apache-2.0
// On which CPUs a line is handled.
#include "kernel/irq/internals.h"

#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

// Lines of every CPU and those that said no stay where they are, and so does a line whose chip cannot move it.
static bool can_move(irq_line line) {
    return !line.has(IRQD_PER_CPU | IRQD_NO_BALANCING) && line.chip() && line.chip()->irq_set_affinity;
}

int irq_can_set_affinity(unsigned int irq) {
    irq_desc *const desc = irq_to_desc(irq);

    return desc && can_move(desc);
}

// From /proc: managed lines belong to their driver.
bool irq_can_set_affinity_usr(unsigned int irq) {
    return irq_can_set_affinity(irq) && !irq_line(irq_to_desc(irq)).has(IRQD_AFFINITY_MANAGED);
}

// The threads move themselves, before their next run.
void irq_set_thread_affinity(irq_desc *desc) {
    for (irqaction &action : irq_line(desc).actions())
        for (irqaction *part = &action; part; part = part->secondary)
            if (part->thread)
                set_bit(IRQTF_AFFINITY, &part->thread_flags);
}

// Tells the chip. It sees those CPUs of the mask that can take the interrupt now; with force, what the caller said.
int irq_do_set_affinity(irq_data *data, const cpumask *mask, bool force) {
    const irq_line line(irq_data_to_desc(data));
    cpumask target = *mask;

    if (!data->chip || !data->chip->irq_set_affinity)
        return -EINVAL;
    if (!force && !cpumask_and(&target, mask, cpu_online_mask))
        return -EINVAL;
    const int answer = data->chip->irq_set_affinity(data, &target, force);
    switch (answer) {
    default:
        return answer;
    case IRQ_SET_MASK_OK:
    case IRQ_SET_MASK_OK_DONE:
        irq_data_update_affinity(data, mask);
    case IRQ_SET_MASK_OK_NOCOPY:;
    }
    if (cpumask_empty(data->common->effective_affinity))
        pr_warn_once("genirq: irq_chip %s did not update eff. affinity mask of irq %u\n", data->chip->name, data->irq);
    irq_set_thread_affinity(line.desc());
    return 0;
}

// A notifier's references: one of the line that it is set on, one of its work while that is queued.
static void put_notifier(irq_affinity_notify &notifier) {
    kref_put(&notifier.kref, notifier.release);
}

// Queued already: that run will see the new mask too.
static void announce_move(irq_affinity_notify &notifier) {
    kref_get(&notifier.kref);
    if (!schedule_work(&notifier.work))
        put_notifier(notifier);
}

int irq_set_affinity_locked(irq_data *data, const cpumask *mask, bool force) {
    const irq_line line(irq_data_to_desc(data));
    // Nothing of such a line is in the hardware yet: the mask is kept, and set when it is activated.
    const bool for_later = line.has(IRQD_AFFINITY_ON_ACTIVATE) && !line.has(IRQD_ACTIVATED);
    int error = 0;

    if (!data->chip || !data->chip->irq_set_affinity)
        return -EINVAL;
    if (for_later) {
        irq_data_update_affinity(data, mask);
        irq_data_update_effective_affinity(data, mask);
    } else {
        error = irq_do_set_affinity(data, mask, force);
        if (line.desc()->affinity_notify)
            announce_move(*line.desc()->affinity_notify);
    }
    line.set(IRQD_AFFINITY_SET);
    return error;
}

template <bool force>
static int move_line(unsigned int irq, const cpumask *mask) {
    return on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::core,
                   [&](irq_line line) { return irq_set_affinity_locked(line.data(), mask, force); });
}

int irq_set_affinity(unsigned int irq, const cpumask *mask) {
    return move_line<false>(irq, mask);
}
EXPORT_SYMBOL_GPL(irq_set_affinity);

int irq_force_affinity(unsigned int irq, const cpumask *mask) {
    return move_line<true>(irq, mask);
}
EXPORT_SYMBOL_GPL(irq_force_affinity);

int __irq_apply_affinity_hint(unsigned int irq, const cpumask *m, bool setaffinity) {
    return on_line(irq, IRQ_GET_DESC_CHECK_GLOBAL, over::core, [&](irq_line line) {
        const bool moves = setaffinity && m;

        line.desc()->affinity_hint = m;
        return moves ? (irq_set_affinity_locked(line.data(), m, false), 0) : 0;
    });
}
EXPORT_SYMBOL_GPL(__irq_apply_affinity_hint);

static void irq_affinity_notify_work(work_struct *work) {
    irq_affinity_notify &notifier = *container_of(work, irq_affinity_notify, work);
    cpumask now;
    const int missing = on_line(notifier.irq, IRQ_GET_DESC_CHECK_ANY, over::core,
                                [&](irq_line line) { return now = *line.data()->common->affinity, 0; });

    if (!missing)
        notifier.notify(&notifier, &now);
    put_notifier(notifier);
}

int irq_set_affinity_notifier(unsigned int irq, irq_affinity_notify *notify) {
    irq_affinity_notify *before = nullptr;

    might_sleep();
    if (notify && irq_to_desc(irq)) {
        kref_init(&notify->kref);
        INIT_WORK(&notify->work, irq_affinity_notify_work);
        notify->irq = irq;
    }
    const int missing = on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::core, [&](irq_line line) {
        before = line.desc()->affinity_notify;
        line.desc()->affinity_notify = notify;
        return 0;
    });
    if (before) {
        const bool did_not_run = cancel_work_sync(&before->work);
        if (did_not_run)
            put_notifier(*before);
        put_notifier(*before);
    }
    return missing;
}
EXPORT_SYMBOL_GPL(irq_set_affinity_notifier);

// Where a line starts: where a user put it, or its driver a managed one, if any of these CPUs is online; else
// by the default. A wish that cannot be kept is forgotten.
int irq_setup_affinity(irq_desc *desc) {
    const irq_line line(desc);
    const cpumask *wish = irq_default_affinity;
    cpumask start;

    if (!can_move(line))
        return 0;
    if (line.has(IRQD_AFFINITY_MANAGED | IRQD_AFFINITY_SET)) {
        const cpumask *const chosen = line.data()->common->affinity;
        const bool possible = cpumask_intersects(chosen, cpu_online_mask);

        wish = possible ? chosen : wish;
        line.clear(possible ? 0 : IRQD_AFFINITY_SET);
    }
    if (!cpumask_and(&start, wish, cpu_online_mask))
        start = *cpu_online_mask;
    return irq_do_set_affinity(line.data(), &start, false);
}

int irq_select_affinity(unsigned int irq) {
    return on_line(irq, IRQ_GET_DESC_CHECK_ANY, over::core,
                   [](irq_line line) { return irq_setup_affinity(line.desc()); });
}
