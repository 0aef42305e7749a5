// SPDX-License-Identifier: Apache-2.0
// Requesting and freeing lines. Threads are in thread.cpp, per-CPU lines in percpu.cpp, enable and disable in
// control.cpp.
#include "kernel/fault_inject.h"
#include "kernel/irq/internals.h"

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>

static int irq_request_resources(irq_desc *desc) {
    irq_data *d = &desc->irq_data;

    return d->chip->irq_request_resources ? d->chip->irq_request_resources(d) : 0;
}

static void irq_release_resources(irq_desc *desc) {
    irq_data *d = &desc->irq_data;

    if (d->chip->irq_release_resources)
        d->chip->irq_release_resources(d);
}

// Whether one more handler with these flags would fit on the line.
int can_request_irq(unsigned int irq, unsigned long irqflags) {
    desc_lock desc(irq);

    if (!desc || !irq_settings_can_request(desc.get()))
        return 0;
    return !desc->action || (irqflags & desc->action->flags & IRQF_SHARED);
}

// Everybody on the line must agree: that it is shared, on the trigger, on ONESHOT and PERCPU.
static bool flags_match(irq_desc *desc, const irqaction *old, const irqaction *act) {
    // What the line is set to counts, not what the first request said: it may have said nothing.
    unsigned int oldtype;
    if (irqd_trigger_type_was_set(&desc->irq_data)) {
        oldtype = irqd_get_trigger_type(&desc->irq_data);
    } else {
        oldtype = act->flags & IRQF_TRIGGER_MASK;
        irqd_set_trigger_type(&desc->irq_data, oldtype);
    }
    if (!(old->flags & act->flags & IRQF_SHARED))
        return false;
    if (oldtype != (act->flags & IRQF_TRIGGER_MASK))
        return false;
    if ((old->flags ^ act->flags) & IRQF_ONESHOT)
        return false;
    return (old->flags & IRQF_PERCPU) == (act->flags & IRQF_PERCPU);
}

static void report_mismatch(unsigned int irq, const irqaction *act, const irqaction *old) {
    if (act->flags & IRQF_PROBE_SHARED)
        return;
    pr_err("genirq: Flags mismatch irq %d. %08x (%s) vs. %08x (%s)\n", irq, act->flags, act->name, old->flags,
           old->name);
    report_defect("genirq: Flags mismatch irq %d. %08x (%s) vs. %08x (%s)", irq, act->flags, act->name, old->flags,
                  old->name);
}

// Each action of a oneshot line has a bit in thread_mask; the line opens when the bits of all woken threads are back.
// thread_mask: the bits in use. 0, -EBUSY (no bit free), -EINVAL.
static int assign_thread_mask(irq_desc *desc, unsigned int irq, irqaction *act, unsigned long thread_mask) {
    if (act->flags & IRQF_ONESHOT) {
        if (thread_mask == ~0ul)
            return -EBUSY;
        act->thread_mask = 1ul << ffz(thread_mask);
        return 0;
    }
    // The default primary handler only wakes the thread: without ONESHOT a level line would fire again at once, for
    // ever. Some chips are safe (one message per event), others cannot know.
    if (act->handler == irq_default_primary_handler && !(desc->irq_data.chip->flags & IRQCHIP_ONESHOT_SAFE)) {
        pr_err("genirq: Threaded irq requested with handler=NULL and !ONESHOT for %s (irq %d)\n", act->name, irq);
        report_defect("genirq: Threaded irq requested with handler=NULL and !ONESHOT for %s (irq %d)", act->name, irq);
        return -EINVAL;
    }
    return 0;
}

// The first action on a line sets it up: type, chip state, start.
static int setup_first_action(irq_desc *desc, irqaction *act) {
    if (act->flags & IRQF_TRIGGER_MASK) {
        int ret = __irq_set_trigger(desc, act->flags & IRQF_TRIGGER_MASK);
        if (ret)
            return ret;
    }
    // Before the line can fire: so that the affinity and the like that were set before reach the hardware.
    int ret = irq_activate(desc);
    if (ret)
        return ret;

    desc->istate &= ~(IRQS_AUTODETECT | IRQS_SPURIOUS_DISABLED | IRQS_ONESHOT | IRQS_WAITING);
    irqd_clear(&desc->irq_data, IRQD_IRQ_INPROGRESS);
    if (act->flags & IRQF_PERCPU) {
        irqd_set(&desc->irq_data, IRQD_PER_CPU);
        irq_settings_set(desc, IRQ_PER_CPU);
        if (act->flags & IRQF_NO_DEBUG)
            irq_settings_set(desc, IRQ_NO_DEBUG);
    }
    if (noirqdebug)
        irq_settings_set(desc, IRQ_NO_DEBUG);
    if (act->flags & IRQF_ONESHOT)
        desc->istate |= IRQS_ONESHOT;
    if (act->flags & IRQF_NOBALANCING) {
        irq_settings_set(desc, IRQ_NO_BALANCING);
        irqd_set(&desc->irq_data, IRQD_NO_BALANCING);
    }
    if (!(act->flags & IRQF_NO_AUTOEN) && irq_settings_can_autoenable(desc)) {
        irq_startup(desc, IRQ_RESEND, IRQ_START_COND);
    } else {
        // Others on a shared line would wait for this driver's enable_irq.
        WARN_ON_ONCE(act->flags & IRQF_SHARED);
        desc->depth = 1;
    }
    return 0;
}

// Puts the action on the line. The line's lock is held.
static int install_action(irq_desc *desc, unsigned int irq, irqaction *act) {
    irqaction *old = desc->action;
    irqaction **old_ptr = &desc->action;
    unsigned long thread_mask = 0;
    bool shared = false;

    if (old) {
        if (!flags_match(desc, old, act)) {
            report_mismatch(irq, act, old);
            return -EBUSY;
        }
        // New actions go to the end. Those with several bits (none, here) and those with one are collected.
        do {
            thread_mask |= old->thread_mask;
            old_ptr = &old->next;
            old = *old_ptr;
        } while (old);
        shared = true;
    }
    int ret = assign_thread_mask(desc, irq, act, thread_mask);
    if (ret)
        return ret;

    if (!shared) {
        ret = setup_first_action(desc, act);
        if (ret)
            return ret;
    } else if (act->flags & IRQF_TRIGGER_MASK) {
        unsigned int requested = act->flags & IRQF_TRIGGER_MASK;
        unsigned int used = irqd_get_trigger_type(&desc->irq_data);

        if (requested != used)
            pr_warn("genirq: irq %d uses trigger mode %u; requested %u\n", irq, used, requested);
    }
    *old_ptr = act;
    desc->nr_actions++;

    // A new handler is a new chance for a line that was given up.
    desc->irq_count = 0;
    desc->irqs_unhandled = 0;
    if (shared && (desc->istate & IRQS_SPURIOUS_DISABLED)) {
        desc->istate &= ~IRQS_SPURIOUS_DISABLED;
        __enable_irq(desc);
    }
    return 0;
}

static int setup_threads(unsigned int irq, irqaction *act, bool nested) {
    if (!act->thread_fn || nested)
        return 0;
    int ret = setup_irq_thread(act, irq, false);
    if (!ret && act->secondary)
        ret = setup_irq_thread(act->secondary, irq, true);
    return ret;
}

static void stop_threads(irqaction *act) {
    stop_irq_thread(act);
    if (act->secondary)
        stop_irq_thread(act->secondary);
}

// Locks, from the outside: request_mutex (one request or free of the line at a time), the chip's bus lock, the line's
// lock.
static int __setup_irq(unsigned int irq, irq_desc *desc, irqaction *act) {
    unsigned long flags;
    int ret;

    if (!desc)
        return -EINVAL;
    if (desc->irq_data.chip == &no_irq_chip)
        return -ENOSYS;
    if (!try_module_get(desc->owner))
        return -ENODEV;
    act->irq = irq;
    // No trigger asked for: what the device tree or the chip's default says.
    if (!(act->flags & IRQF_TRIGGER_MASK))
        act->flags |= irqd_get_trigger_type(&desc->irq_data);

    bool nested = irq_settings_is_nested_thread(desc);
    if (nested) {
        if (!act->thread_fn) {
            ret = -EINVAL;
            goto out_mput;
        }
        // The parent's thread calls thread_fn; a primary handler would never run.
        act->handler = irq_nested_primary_handler;
    } else if (irq_settings_can_thread(desc)) {
        ret = irq_setup_forced_threading(act);
        if (ret)
            goto out_mput;
    }
    ret = setup_threads(irq, act, nested);
    if (ret)
        goto out_threads;

    // On chips that deliver one message per event, oneshot masking is not needed.
    if (desc->irq_data.chip->flags & IRQCHIP_ONESHOT_SAFE)
        act->flags &= ~IRQF_ONESHOT;

    mutex_lock(&desc->request_mutex);
    chip_bus_lock(desc);
    if (!desc->action) {
        ret = irq_request_resources(desc);
        if (ret) {
            pr_err("genirq: Failed to request resources for %s (irq %d) on irqchip %s\n", act->name, irq,
                   desc->irq_data.chip->name);
            goto out_bus_unlock;
        }
    }
    raw_spin_lock_irqsave(&desc->lock, flags);
    ret = install_action(desc, irq, act);
    raw_spin_unlock_irqrestore(&desc->lock, flags);
    if (ret)
        goto out_release;
    chip_bus_sync_unlock(desc);
    mutex_unlock(&desc->request_mutex);

    trace_event4(irq_request, irq, act, act->flags, act->thread_fn != nullptr, act->name);
    wait_for_irq_thread_ready(desc, act);
    if (act->secondary)
        wait_for_irq_thread_ready(desc, act->secondary);
    register_irq_proc(irq, desc);
    act->dir = nullptr;
    register_handler_proc(irq, act);
    return 0;

out_release:
    if (!desc->action)
        irq_release_resources(desc);
out_bus_unlock:
    chip_bus_sync_unlock(desc);
    mutex_unlock(&desc->request_mutex);
out_threads:
    stop_threads(act);
out_mput:
    module_put(desc->owner);
    return ret;
}

// Takes the action of dev_id off the line and waits until nobody runs it. Returns it, or NULL with a warning.
static irqaction *__free_irq(irq_desc *desc, void *dev_id) {
    unsigned int irq = desc->irq_data.irq;
    irqaction *action, **action_ptr;
    unsigned long flags;

    WARN(in_interrupt(), "Trying to free IRQ %d from IRQ context!\n", irq);

    mutex_lock(&desc->request_mutex);
    chip_bus_lock(desc);
    raw_spin_lock_irqsave(&desc->lock, flags);
    for (action_ptr = &desc->action;; action_ptr = &action->next) {
        action = *action_ptr;
        if (!action) {
            WARN(1, "Trying to free already-free IRQ %d\n", irq);
            raw_spin_unlock_irqrestore(&desc->lock, flags);
            chip_bus_sync_unlock(desc);
            mutex_unlock(&desc->request_mutex);
            return nullptr;
        }
        if (action->dev_id == dev_id)
            break;
    }
    *action_ptr = action->next;
    desc->nr_actions--;

    // The last one out closes the line. Deactivation waits until nothing is in flight.
    if (!desc->action) {
        irq_settings_clr(desc, IRQ_DISABLE_UNLAZY);
        irq_shutdown(desc);
    }
    if (WARN_ON_ONCE(desc->affinity_hint))
        desc->affinity_hint = nullptr;
    raw_spin_unlock_irqrestore(&desc->lock, flags);
    // The bus lock must go before waiting: a thread of this line may need it to finish.
    chip_bus_sync_unlock(desc);

    unregister_handler_proc(irq, action);
    // No CPU may still be in the handler, nor the controller about to deliver.
    synchronize_hardirq_of(desc, true);

    // A shared line can go on firing for others; the thread ends after what it was woken for.
    stop_threads(action);

    if (!desc->action) {
        chip_bus_lock(desc);
        raw_spin_lock_irqsave(&desc->lock, flags);
        irq_domain_deactivate_irq(&desc->irq_data);
        raw_spin_unlock_irqrestore(&desc->lock, flags);
        irq_release_resources(desc);
        chip_bus_sync_unlock(desc);
    }
    trace_event2(irq_free, irq, action, action->name);
    mutex_unlock(&desc->request_mutex);
    module_put(desc->owner);
    kfree(action->secondary);
    return action;
}

const void *free_irq(unsigned int irq, void *dev_id) {
    irq_desc *desc = irq_to_desc(irq);

    if (!desc || WARN_ON(irq_settings_is_per_cpu_devid(desc)))
        return nullptr;
    if (WARN_ON(desc->affinity_notify))
        desc->affinity_notify = nullptr;
    irqaction *action = __free_irq(desc, dev_id);
    if (!action)
        return nullptr;
    const char *devname = action->name;
    kfree(action);
    return devname;
}
EXPORT_SYMBOL(free_irq);

int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn, unsigned long irqflags,
                         const char *devname, void *dev_id) {
    if (irq == IRQ_NOTCONNECTED)
        return -ENOTCONN;
    // free_irq finds a shared handler by its dev_id. A shared line that is not enabled at once would be opened by
    // another's request. COND_SUSPEND is a statement about the others on a shared line.
    if (((irqflags & IRQF_SHARED) && !dev_id) || ((irqflags & IRQF_SHARED) && (irqflags & IRQF_NO_AUTOEN)) ||
        (!(irqflags & IRQF_SHARED) && (irqflags & IRQF_COND_SUSPEND)) ||
        ((irqflags & IRQF_NO_SUSPEND) && (irqflags & IRQF_COND_SUSPEND)))
        return -EINVAL;

    irq_desc *desc = irq_to_desc(irq);
    if (!desc)
        return -EINVAL;
    if (!irq_settings_can_request(desc) || WARN_ON(irq_settings_is_per_cpu_devid(desc)))
        return -EINVAL;
    if (!handler) {
        if (!thread_fn)
            return -EINVAL;
        handler = irq_default_primary_handler;
    }
    auto *action =
        should_fail(FAULT_request_irq) ? nullptr : static_cast<irqaction *>(kzalloc(sizeof(irqaction), GFP_KERNEL));
    if (!action)
        return -ENOMEM;
    action->handler = handler;
    action->thread_fn = thread_fn;
    action->flags = irqflags;
    action->name = devname;
    action->dev_id = dev_id;

    int retval = __setup_irq(irq, desc, action);
    if (retval) {
        kfree(action->secondary);
        kfree(action);
    }
    return retval;
}
EXPORT_SYMBOL(request_threaded_irq);

int request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
                            void *dev_id) {
    if (irq == IRQ_NOTCONNECTED)
        return -ENOTCONN;
    irq_desc *desc = irq_to_desc(irq);
    if (!desc)
        return -EINVAL;
    if (irq_settings_is_nested_thread(desc)) {
        int ret = request_threaded_irq(irq, nullptr, handler, flags, name, dev_id);
        return ret ? ret : IRQC_IS_NESTED;
    }
    int ret = request_irq(irq, handler, flags, name, dev_id);
    return ret ? ret : IRQC_IS_HARDIRQ;
}
EXPORT_SYMBOL_GPL(request_any_context_irq);

// A wake-up line that suspend had armed. The system never suspends: nothing is ever armed.
void rearm_wake_irq(unsigned int irq) {
    desc_lock desc(irq, IRQ_GET_DESC_CHECK_GLOBAL, true);

    if (!desc || !(desc->istate & IRQS_SUSPENDED) || !irqd_is_wakeup_set(&desc->irq_data))
        return;
    desc->istate &= ~IRQS_SUSPENDED;
    irqd_set(&desc->irq_data, IRQD_WAKEUP_ARMED);
    __enable_irq(desc.get());
}
EXPORT_SYMBOL_GPL(rearm_wake_irq);
