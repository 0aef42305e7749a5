// SPDX-License-Identifier: Apache-2.0
// Lines that fire and that nobody serves: found out, reported, disabled, and then polled.
#include "kernel/irq/internals.h"

#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/printk.h>
#include <linux/processor.h>
#include <linux/smp.h>
#include <linux/timer.h>

bool noirqdebug;
int irq_poll_cpu;

static int irqfixup;
static atomic_t irq_poll_active = ATOMIC_INIT(0);

constexpr unsigned int judged_interrupts = 100000;
constexpr unsigned int unhandled_limit = 99900;
constexpr unsigned long poll_spurious_irq_interval = HZ / 10;
constexpr int spurious_deferred = 1 << 31;

static void poll_spurious_irqs(timer_list *unused);
static DEFINE_TIMER(poll_spurious_irq_timer, poll_spurious_irqs);

// Waits while another CPU polls the line. True: this interrupt may be handled. The line's lock is held.
bool irq_wait_for_poll(irq_desc *desc) {
    if (WARN_ONCE(irq_poll_cpu == static_cast<int>(smp_processor_id()), "irq poll in progress on cpu %d for irq %d\n",
                  smp_processor_id(), desc->irq_data.irq))
        return false;
    do {
        raw_spin_unlock(&desc->lock);
        while (irqd_irq_inprogress(&desc->irq_data))
            cpu_relax();
        raw_spin_lock(&desc->lock);
    } while (irqd_irq_inprogress(&desc->irq_data));
    return !irqd_irq_disabled(&desc->irq_data) && desc->action;
}

// Runs a line's handlers on the chance that it fired unseen. True if one of them served something.
static bool try_one_irq(irq_desc *desc, bool force) {
    irqreturn_t ret = IRQ_NONE;

    raw_spin_lock(&desc->lock);
    bool skip = irq_settings_is_per_cpu(desc) || irq_settings_is_nested_thread(desc) || irq_settings_is_polled(desc);
    skip = skip || (irqd_irq_disabled(&desc->irq_data) && !force);
    irqaction *action = desc->action;
    if (!skip && action && (action->flags & IRQF_SHARED) && !(action->flags & __IRQF_TIMER)) {
        if (irqd_irq_inprogress(&desc->irq_data)) {
            // Another CPU is in it: let that one run the handlers once more.
            irq_remember_pending(desc);
        } else {
            desc->istate |= IRQS_POLL_INPROGRESS;
            do {
                if (handle_irq_event(desc) == IRQ_HANDLED)
                    ret = IRQ_HANDLED;
                action = desc->action;
            } while ((desc->istate & IRQS_PENDING) && action);
            desc->istate &= ~IRQS_POLL_INPROGRESS;
        }
    }
    raw_spin_unlock(&desc->lock);
    return ret == IRQ_HANDLED;
}

// irqfixup: perhaps the interrupt was another line's.
static bool misrouted_irq(unsigned int irq) {
    irq_desc *desc;
    unsigned int i;
    bool ok = false;

    if (atomic_inc_return(&irq_poll_active) == 1) {
        irq_poll_cpu = smp_processor_id();
        for_each_irq_desc (i, desc) {
            if (i && i != irq && try_one_irq(desc, false))
                ok = true;
        }
    }
    atomic_dec(&irq_poll_active);
    return ok;
}

static void poll_spurious_irqs(timer_list *) {
    irq_desc *desc;
    unsigned int i;

    if (atomic_inc_return(&irq_poll_active) == 1) {
        irq_poll_cpu = smp_processor_id();
        for_each_irq_desc (i, desc) {
            if (!i || !(READ_ONCE(desc->istate) & IRQS_SPURIOUS_DISABLED))
                continue;
            local_irq_disable();
            try_one_irq(desc, true);
            local_irq_enable();
        }
    }
    atomic_dec(&irq_poll_active);
    mod_timer(&poll_spurious_irq_timer, jiffies + poll_spurious_irq_interval);
}

static bool bad_action_ret(irqreturn_t ret) {
    return unlikely(static_cast<unsigned int>(ret) > (IRQ_HANDLED | IRQ_WAKE_THREAD));
}

static void report_bad_irq(irq_desc *desc, irqreturn_t ret) {
    unsigned int irq = irq_desc_get_irq(desc);
    unsigned long flags;

    if (bad_action_ret(ret))
        printk(KERN_ERR "irq event %d: bogus return value %x\n", irq, ret);
    else
        printk(KERN_ERR "irq %d: nobody cared (try booting with the \"irqpoll\" option)\n", irq);
    dump_stack();
    printk(KERN_ERR "handlers:\n");

    // The list may change under us, as this is called without the lock.
    const void *first = nullptr;
    raw_spin_lock_irqsave(&desc->lock, flags);
    for_each_action(desc, [&](irqaction *action) {
        if (!first)
            first = reinterpret_cast<const void *>(action->handler);
        printk(KERN_ERR "[<%p>] %ps", action->handler, action->handler);
        if (action->thread_fn)
            printk(KERN_CONT " threaded [<%p>] %ps", action->thread_fn, action->thread_fn);
        printk(KERN_CONT "\n");
    });
    raw_spin_unlock_irqrestore(&desc->lock, flags);

    if (bad_action_ret(ret))
        report_defect_at(first, "irq event %d: bogus return value %x", irq, ret);
    else
        report_defect_at(first, "irq %d: nobody cared", irq);
}

static bool try_misrouted_irq(unsigned int irq, irq_desc *desc, irqreturn_t ret) {
    if (!irqfixup)
        return false;
    if (ret == IRQ_NONE)
        return true;
    if (irqfixup < 2)
        return false;
    // irqpoll: the timer interrupt polls all lines too.
    if (!irq)
        return true;
    irqaction *action = READ_ONCE(desc->action);
    return action && (action->flags & IRQF_IRQPOLL);
}

// An interrupt that only woke threads is judged when the next one arrives: by then the threads have said whether it was
// theirs. False: not yet.
static bool judge_threaded(irq_desc *desc, irqreturn_t &ret) {
    // A primary handler served it: what was deferred no longer matters.
    if (ret != IRQ_WAKE_THREAD) {
        desc->threads_handled_last &= ~spurious_deferred;
        return true;
    }
    if (!(desc->threads_handled_last & spurious_deferred)) {
        desc->threads_handled_last |= spurious_deferred;
        return false;
    }
    int handled = atomic_read(&desc->threads_handled) | spurious_deferred;
    if (handled != desc->threads_handled_last) {
        ret = IRQ_HANDLED;
        desc->threads_handled_last = handled;
    } else {
        ret = IRQ_NONE;
    }
    return true;
}

void note_interrupt(irq_desc *desc, irqreturn_t action_ret) {
    if ((desc->istate & IRQS_POLL_INPROGRESS) || irq_settings_is_polled(desc))
        return;
    if (bad_action_ret(action_ret)) {
        static int count = 100;

        if (count > 0) {
            count--;
            report_bad_irq(desc, action_ret);
        }
        return;
    }
    if (noirqdebug)
        return;
    if ((action_ret & IRQ_WAKE_THREAD) && !judge_threaded(desc, action_ret))
        return;

    if (unlikely(action_ret == IRQ_NONE)) {
        // Single ones long apart are no sign of a stuck line.
        if (time_after(jiffies, desc->last_unhandled + HZ / 10))
            desc->irqs_unhandled = 1;
        else
            desc->irqs_unhandled++;
        desc->last_unhandled = jiffies;
    }

    unsigned int irq = irq_desc_get_irq(desc);
    if (unlikely(try_misrouted_irq(irq, desc, action_ret))) {
        bool ok = misrouted_irq(irq);
        if (action_ret == IRQ_NONE && ok)
            desc->irqs_unhandled--;
    }
    if (likely(!desc->irqs_unhandled))
        return;
    desc->irq_count++;
    if (likely(desc->irq_count < judged_interrupts))
        return;

    desc->irq_count = 0;
    if (unlikely(desc->irqs_unhandled > unhandled_limit)) {
        report_bad_irq(desc, action_ret);
        printk(KERN_EMERG "Disabling IRQ #%d\n", irq);
        desc->istate |= IRQS_SPURIOUS_DISABLED;
        desc->depth++;
        irq_disable(desc);
        mod_timer(&poll_spurious_irq_timer, jiffies + poll_spurious_irq_interval);
    }
    desc->irqs_unhandled = 0;
}

int noirqdebug_setup(char *) {
    noirqdebug = true;
    printk(KERN_INFO "IRQ lockup detection disabled\n");
    return 1;
}
__setup("noirqdebug", noirqdebug_setup);

static int __init irqfixup_setup(char *) {
    irqfixup = 1;
    printk(KERN_WARNING "Misrouted IRQ fixup support enabled.\n");
    printk(KERN_WARNING "This may impact system performance.\n");
    return 1;
}
__setup("irqfixup", irqfixup_setup);

static int __init irqpoll_setup(char *) {
    irqfixup = 2;
    printk(KERN_WARNING "Misrouted IRQ fixup and polling support enabled\n");
    printk(KERN_WARNING "This may significantly impact system performance\n");
    return 1;
}
__setup("irqpoll", irqpoll_setup);
