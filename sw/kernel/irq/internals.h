// SPDX-License-Identifier: Apache-2.0
// What the files of kernel/irq share: how a line is reached, and who does what to it.
#ifndef KERNEL_IRQ_INTERNALS_H
#define KERNEL_IRQ_INTERNALS_H

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/irqdomain.h>
#include <linux/sched.h>

#include "kernel/irq/line.h"
#include "lib/guard.h"

#define IRQ_BITMAP_BITS (NR_IRQS + 8196)

extern bool noirqdebug;
extern int irq_poll_cpu;

// irqaction.thread_flags, as bit numbers.
enum {
    IRQTF_RUNTHREAD,     // the hard handler wants the thread to run
    IRQTF_WARNED,        // the complaint about a missing thread function was made
    IRQTF_AFFINITY,      // the line's affinity has changed: the thread follows before its next run
    IRQTF_FORCED_THREAD, // this thread runs what the driver wrote as a hard handler
    IRQTF_READY,         // the thread has started
};

enum { IRQ_NORESEND = false, IRQ_RESEND = true };
enum { IRQ_START_FORCE = true, IRQ_START_COND = false };

// What callers expect of a line besides that it exists.
enum {
    IRQ_GET_DESC_CHECK_ANY = 0,
    IRQ_GET_DESC_CHECK_GLOBAL, // not a percpu_devid line
    IRQ_GET_DESC_CHECK_PERCPU, // a percpu_devid line
};

// Chips on slow buses collect register changes while the bus lock is held and write them when it is released.
inline void chip_bus_lock(irq_desc *desc) {
    irq_line(desc).ask<&irq_chip::irq_bus_lock>();
}
inline void chip_bus_sync_unlock(irq_desc *desc) {
    irq_line(desc).ask<&irq_chip::irq_bus_sync_unlock>();
}

// Finds a line by number and holds its lock (interrupts masked) for the guard's life; with `bus`, the chip's bus lock
// too, which is outside and may sleep. False if there is no such line or it is of the wrong kind.
class desc_lock {
public:
    explicit desc_lock(unsigned int irq, unsigned int check = IRQ_GET_DESC_CHECK_ANY, bool bus = false);
    ~desc_lock();
    desc_lock(const desc_lock &) = delete;
    desc_lock &operator=(const desc_lock &) = delete;
    explicit operator bool() const { return desc_ != nullptr; }
    irq_desc *operator->() const { return desc_; }
    irq_desc *get() const { return desc_; }

private:
    irq_desc *desc_;
    bool bus_;
    unsigned long flags_ = 0;
};

// Changes or asks the line with this number under its locks. -EINVAL where there is no such line, else what `deed`
// says.
enum class over { core, bus };
template <typename Deed>
__always_inline int on_line(unsigned int irq, unsigned int check, over reach, Deed deed) {
    desc_lock desc(irq, check, reach == over::bus);

    return desc ? deed(irq_line(desc.get())) : -EINVAL;
}

// The chip's bus for a while, of a line that the caller knows already.
class chip_bus {
public:
    explicit chip_bus(irq_desc *desc)
        : desc_(desc) {
        chip_bus_lock(desc_);
    }
    ~chip_bus() { chip_bus_sync_unlock(desc_); }
    chip_bus(const chip_bus &) = delete;
    chip_bus &operator=(const chip_bus &) = delete;

private:
    irq_desc *desc_;
};

// All lines that there are, each under its lock; hold_irq is for process context.
template <template <typename> class Hold = hold_irq, typename Visit>
void each_line(Visit visit) {
    irq_desc *desc;
    unsigned int irq;

    for_each_irq_desc (irq, desc) {
        Hold<raw_spinlock_t> section(desc->lock);
        visit(irq_line(desc));
    }
}

// chip.cpp
bool irq_desc_is_chained(const irq_desc *desc);
int irq_activate(irq_desc *desc);
int irq_activate_and_startup(irq_desc *desc, bool resend);
int irq_startup(irq_desc *desc, bool resend, bool force);
void irq_shutdown(irq_desc *desc);
void irq_shutdown_and_deactivate(irq_desc *desc);
void irq_enable(irq_desc *desc);
void irq_disable(irq_desc *desc);
void irq_percpu_enable(irq_desc *desc, unsigned int cpu);
void irq_percpu_disable(irq_desc *desc, unsigned int cpu);
void mask_irq(irq_desc *desc);
void unmask_irq(irq_desc *desc);
void unmask_threaded_irq(irq_desc *desc);
void mask_ack_irq(irq_desc *desc);
// What chips see of the kind of a line follows what it became.
void irq_mirror_kind(irq_line line);

// handle.cpp
irqreturn_t __handle_irq_event_percpu(irq_desc *desc);
irqreturn_t handle_irq_event_percpu(irq_desc *desc);
irqreturn_t handle_irq_event(irq_desc *desc);
void __irq_wake_thread(irq_desc *desc, irqaction *action);
// The line whose handlers this CPU runs, the innermost if one chains to another.
DECLARE_PER_CPU(irq_desc *, irq_desc_in_progress);
void print_irq_desc(unsigned int irq, irq_desc *desc);

// resend.cpp
int check_irq_resend(irq_desc *desc, bool inject);
void clear_irq_resend(irq_desc *desc);
void irq_resend_init(irq_desc *desc);

// spurious.cpp
bool irq_wait_for_poll(irq_desc *desc);
void irq_forgive(irq_line line);

// irqdesc.cpp, manage.cpp, control.cpp
void free_desc_masks(irq_desc *desc);
void __disable_irq(irq_desc *desc);
void __enable_irq(irq_desc *desc);
bool synchronize_hardirq_of(irq_desc *desc, bool sync_chip);
void synchronize_irq_of(irq_desc *desc);
// The current task is the thread of one of the line's actions.
bool irq_thread_of(irq_line line);
// `part`: what waits for itself to end, "handler" or "thread".
void irq_report_waits(irq_line line, const char *part) __cold;
int __irq_set_trigger(irq_desc *desc, unsigned long flags);
int irq_get_irqchip_state_of(irq_data *data, irqchip_irq_state which, bool *state);

// The first level from `data` inwards whose chip has the callback, or null. Levels without a chip are passed over.
template <auto callback>
irq_data *level_that_has(irq_data *data) {
    while (data && !(data->chip && data->chip->*callback))
        data = data->parent_data;
    return data;
}

// A line of which not every CPU has its own. Null: there is none with this number; a percpu_devid line warns.
irq_desc *irq_ordinary_line(unsigned int irq);

// thread.cpp
int irq_setup_forced_threading(irqaction *action);
int irq_start_threads(irqaction &action, unsigned int irq);
void irq_await_threads(irq_line line, irqaction &action);
void irq_stop_threads(irqaction &action);
irqreturn_t irq_nested_primary_handler(int irq, void *dev_id);
irqreturn_t irq_default_primary_handler(int irq, void *dev_id);

// affinity.cpp
bool irq_can_set_affinity_usr(unsigned int irq);
int irq_do_set_affinity(irq_data *data, const cpumask *dest, bool force);
int irq_set_affinity_locked(irq_data *data, const cpumask *mask, bool force);
int irq_setup_affinity(irq_desc *desc);
void irq_set_thread_affinity(irq_desc *desc);

// generic_chip.cpp
size_t irq_generic_chip_size(int num_ct);
void irq_init_generic_chip(irq_chip_generic *gc, const char *name, int num_ct, unsigned int irq_base,
                           void __iomem *reg_base, irq_flow_handler_t handler);

// proc.cpp
void register_irq_proc(unsigned int irq, irq_desc *desc);
void unregister_irq_proc(unsigned int irq, irq_desc *desc);
void register_handler_proc(unsigned int irq, irqaction *action);
void unregister_handler_proc(unsigned int irq, irqaction *action);

#endif
