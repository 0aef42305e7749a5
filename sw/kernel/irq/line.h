// SPDX-License-Identifier: Apache-2.0
// One interrupt line as the files of kernel/irq see it: what state it is in, and the small steps between states. The
// page is docs/design/irq.md.
//
// The caller of a step holds desc->lock; steps that need no lock say so. Steps that talk to the controller are in
// chip.cpp, under Linux's names (mask_irq, irq_enable, irq_startup, ...).
#ifndef KERNEL_IRQ_LINE_H
#define KERNEL_IRQ_LINE_H

#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/spinlock.h>

#include "port/trace.h"

#define istate core_internal_state__do_not_mess_with_it

// irq_desc.istate: what the core alone knows of a line.
enum {
    IRQS_AUTODETECT = 0x00000001,
    IRQS_SPURIOUS_DISABLED = 0x00000002,
    IRQS_POLL_INPROGRESS = 0x00000008,
    IRQS_ONESHOT = 0x00000020,
    IRQS_REPLAY = 0x00000040,  // has been resent and was not served yet
    IRQS_WAITING = 0x00000080, // nothing has come since probe_irq_on
    IRQS_PENDING = 0x00000200, // happened while it could not be handled: resend when it can
    IRQS_SUSPENDED = 0x00000800,
};

// The actions of a line, in the order of their requests.
class irq_actions {
public:
    explicit irq_actions(irqaction *first)
        : first_(first) {}
    class cursor {
    public:
        explicit cursor(irqaction *at)
            : at_(at) {}
        irqaction &operator*() const { return *at_; }
        cursor &operator++() {
            at_ = at_->next;
            return *this;
        }
        bool operator!=(const cursor &other) const { return at_ != other.at_; }

    private:
        irqaction *at_;
    };
    cursor begin() const { return cursor(first_); }
    cursor end() const { return cursor(nullptr); }

private:
    irqaction *first_;
};

class irq_line {
public:
    irq_line(irq_desc *desc) // a line is its descriptor: no `explicit`
        : desc_(desc) {}

    irq_desc *desc() const { return desc_; }
    irq_data *data() const { return &desc_->irq_data; }
    irq_chip *chip() const { return desc_->irq_data.chip; }
    unsigned int number() const { return desc_->irq_data.irq; }
    irq_actions actions() const { return irq_actions(desc_->action); }
    irqaction *action_of(const void *dev_id) const { // or null
        for (irqaction &action : actions())
            if (action.dev_id == dev_id)
                return &action;
        return nullptr;
    }

    // What kind of line it is (IRQ_*, until irq_modify_status changes it). No lock to ask.
    bool is(unsigned int kind) const { return desc_->status_use_accessors & kind; }
    void become(unsigned int kind) const { desc_->status_use_accessors |= kind; }
    void cease(unsigned int kind) const { desc_->status_use_accessors &= ~kind; }

    // Its state as chips and drivers see it (IRQD_*), and as only the core does (IRQS_*).
    bool has(unsigned int state) const { return desc_->irq_common_data.state_use_accessors & state; }
    void set(unsigned int state) const { desc_->irq_common_data.state_use_accessors |= state; }
    void clear(unsigned int state) const { desc_->irq_common_data.state_use_accessors &= ~state; }
    bool marked(unsigned int mark) const { return desc_->istate & mark; }
    void mark(unsigned int mark) const { desc_->istate |= mark; }
    void unmark(unsigned int mark) const { desc_->istate &= ~mark; }

    // The gate. `disabled` is what users want (depth > 0), `masked` is what the controller has been told. A line may be
    // disabled and open (lazily), and enabled and masked (served by level, or owed to a thread).
    bool disabled() const { return has(IRQD_IRQ_DISABLED); }
    bool masked() const { return has(IRQD_IRQ_MASKED); }
    bool closed_in_vain() const { return masked() && !disabled(); }
    // Threads of a oneshot line have been woken and have not run: it stays masked for them. Each has a bit.
    bool owed() const { return desc_->threads_oneshot; }
    void owe(unsigned long thread) const { desc_->threads_oneshot |= thread; }
    void repay(unsigned long thread) const { desc_->threads_oneshot &= ~thread; }
    bool may_open() const { return closed_in_vain() && !owed(); }

    // Whether a CPU is in its handlers, and whether it has handlers that may be called.
    bool served() const { return has(IRQD_IRQ_INPROGRESS); }
    bool heard() const { return desc_->action && !disabled(); }

    // The interrupt that was waited for or resent has come.
    void arrived() const { unmark(IRQS_REPLAY | IRQS_WAITING); }
    // It came and cannot be handled now. A second one before that is the same to the line.
    void remember() const {
        if (marked(IRQS_PENDING))
            trace_event1(irq_pending_merged, number(), nullptr);
        else
            trace_event1(irq_pending, number(), nullptr);
        mark(IRQS_PENDING);
    }
    bool remembered() const { return marked(IRQS_PENDING); }

    // Statistics of this CPU; of a per-CPU line, whose total is the sum, without the lock.
    void count_here() const { __this_cpu_inc(*desc_->kstat_irqs); }
    void count() const {
        count_here();
        desc_->tot_count++;
    }

    // Runs of threads that synchronize_irq has to wait for. No lock.
    void thread_ordered() const { atomic_inc(&desc_->threads_active); }
    void thread_done() const {
        if (atomic_dec_and_test(&desc_->threads_active))
            wake_up(&desc_->wait_for_threads);
    }
    bool threads_idle() const { return !atomic_read(&desc_->threads_active); }

    // Asks the chip for something without an answer. False: the chip has no such callback.
    template <void (*irq_chip::*callback)(irq_data *)>
    __always_inline bool ask() const {
        const auto call = chip()->*callback;
        if (call)
            call(data());
        return call != nullptr;
    }

private:
    irq_desc *desc_;
};

// This CPU serves the line: no other may, and what was remembered is about to be served. The lock is dropped
// meanwhile, so that others can see that and leave word.
class irq_serving {
public:
    explicit __always_inline irq_serving(irq_line line)
        : line_(line) {
        line_.unmark(IRQS_PENDING);
        line_.set(IRQD_IRQ_INPROGRESS);
        raw_spin_unlock(&line_.desc()->lock);
    }
    __always_inline ~irq_serving() {
        raw_spin_lock(&line_.desc()->lock);
        line_.clear(IRQD_IRQ_INPROGRESS);
    }
    irq_serving(const irq_serving &) = delete;
    irq_serving &operator=(const irq_serving &) = delete;

private:
    irq_line line_;
};

#endif
