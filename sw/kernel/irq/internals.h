// SPDX-License-Identifier: Apache-2.0
// What the files of kernel/irq share: the states of a line and the functions between them.
#ifndef KERNEL_IRQ_INTERNALS_H
#define KERNEL_IRQ_INTERNALS_H

#include <linux/bug.h>
#include <linux/cpumask.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdesc.h>
#include <linux/irqdomain.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "port/trace.h"

#define IRQ_BITMAP_BITS (NR_IRQS + 8196)

#define istate core_internal_state__do_not_mess_with_it

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

// irq_desc.istate
enum {
    IRQS_AUTODETECT = 0x00000001,
    IRQS_SPURIOUS_DISABLED = 0x00000002,
    IRQS_POLL_INPROGRESS = 0x00000008,
    IRQS_ONESHOT = 0x00000020,
    IRQS_REPLAY = 0x00000040, // has been resent and was not served yet
    IRQS_WAITING = 0x00000080,
    IRQS_PENDING = 0x00000200, // happened while it could not be handled: resend when it can
    IRQS_SUSPENDED = 0x00000800,
};

enum { IRQ_NORESEND = false, IRQ_RESEND = true };
enum { IRQ_START_FORCE = true, IRQ_START_COND = false };

// What callers of desc_lock expect of the line besides that it exists.
enum {
    IRQ_GET_DESC_CHECK_ANY = 0,
    IRQ_GET_DESC_CHECK_GLOBAL, // not a percpu_devid line
    IRQ_GET_DESC_CHECK_PERCPU, // a percpu_devid line
};

// Chips on slow buses collect register changes while the bus lock is held and write them when it is released.
inline void chip_bus_lock(irq_desc *desc) {
    if (unlikely(desc->irq_data.chip->irq_bus_lock))
        desc->irq_data.chip->irq_bus_lock(&desc->irq_data);
}

inline void chip_bus_sync_unlock(irq_desc *desc) {
    if (unlikely(desc->irq_data.chip->irq_bus_sync_unlock))
        desc->irq_data.chip->irq_bus_sync_unlock(&desc->irq_data);
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

// handle.cpp
irqreturn_t __handle_irq_event_percpu(irq_desc *desc);
irqreturn_t handle_irq_event_percpu(irq_desc *desc);
irqreturn_t handle_irq_event(irq_desc *desc);
void __irq_wake_thread(irq_desc *desc, irqaction *action);

// resend.cpp
int check_irq_resend(irq_desc *desc, bool inject);
void clear_irq_resend(irq_desc *desc);
void irq_resend_init(irq_desc *desc);

// spurious.cpp
bool irq_wait_for_poll(irq_desc *desc);

// irqdesc.cpp, manage.cpp, thread.cpp, affinity.cpp, control.cpp
void free_desc_masks(irq_desc *desc);
void __disable_irq(irq_desc *desc);
void __enable_irq(irq_desc *desc);
bool synchronize_hardirq_of(irq_desc *desc, bool sync_chip);
void synchronize_irq_of(irq_desc *desc);
int __irq_set_trigger(irq_desc *desc, unsigned long flags);
int irq_thread(void *data);
int setup_irq_thread(irqaction *thread_action, unsigned int irq, bool secondary);
void wait_for_irq_thread_ready(irq_desc *desc, irqaction *thread_action);
void stop_irq_thread(irqaction *thread_action);
int irq_setup_forced_threading(irqaction *thread_action);
irqreturn_t irq_nested_primary_handler(int irq, void *dev_id);
irqreturn_t irq_default_primary_handler(int irq, void *dev_id);
bool irq_can_set_affinity_usr(unsigned int irq);
int irq_do_set_affinity(irq_data *data, const cpumask *dest, bool force);
int irq_set_affinity_locked(irq_data *data, const cpumask *mask, bool force);
int irq_setup_affinity(irq_desc *desc);
void irq_set_thread_affinity(irq_desc *desc);
int irq_get_irqchip_state_of(irq_data *data, irqchip_irq_state which, bool *state);

// generic_chip.cpp
size_t irq_generic_chip_size(int num_ct);
void irq_init_generic_chip(irq_chip_generic *gc, const char *name, int num_ct, unsigned int irq_base,
                           void __iomem *reg_base, irq_flow_handler_t handler);

// proc.cpp
void register_irq_proc(unsigned int irq, irq_desc *desc);
void unregister_irq_proc(unsigned int irq, irq_desc *desc);
void register_handler_proc(unsigned int irq, irqaction *action);
void unregister_handler_proc(unsigned int irq, irqaction *action);

// debug output for lines that arrive without a handler
// The line whose handlers this CPU runs, the innermost if one chains to another.
DECLARE_PER_CPU(irq_desc *, irq_desc_in_progress);
void print_irq_desc(unsigned int irq, irq_desc *desc);

template <typename F>
void for_each_action(irq_desc *desc, F body) {
    for (irqaction *action = desc->action; action; action = action->next)
        body(action);
}

// The line's permanent properties (irq_modify_status).
inline bool irq_settings_has(const irq_desc *desc, unsigned int flags) {
    return desc->status_use_accessors & flags;
}
inline void irq_settings_set(irq_desc *desc, unsigned int flags) {
    desc->status_use_accessors |= flags;
}
inline void irq_settings_clr(irq_desc *desc, unsigned int flags) {
    desc->status_use_accessors &= ~flags;
}
inline void irq_settings_clr_and_set(irq_desc *desc, unsigned int clr, unsigned int set) {
    desc->status_use_accessors &= ~(clr & IRQF_MODIFY_MASK);
    desc->status_use_accessors |= set & IRQF_MODIFY_MASK;
}
inline unsigned int irq_settings_get_trigger_mask(const irq_desc *desc) {
    return desc->status_use_accessors & IRQ_TYPE_SENSE_MASK;
}
inline void irq_settings_set_trigger_mask(irq_desc *desc, unsigned int mask) {
    desc->status_use_accessors &= ~IRQ_TYPE_SENSE_MASK;
    desc->status_use_accessors |= mask & IRQ_TYPE_SENSE_MASK;
}
inline bool irq_settings_can_request(const irq_desc *desc) {
    return !irq_settings_has(desc, IRQ_NOREQUEST);
}
inline bool irq_settings_can_thread(const irq_desc *desc) {
    return !irq_settings_has(desc, IRQ_NOTHREAD);
}
inline bool irq_settings_can_probe(const irq_desc *desc) {
    return !irq_settings_has(desc, IRQ_NOPROBE);
}
inline bool irq_settings_can_autoenable(const irq_desc *desc) {
    return !irq_settings_has(desc, IRQ_NOAUTOEN);
}
inline bool irq_settings_is_per_cpu(const irq_desc *desc) {
    return irq_settings_has(desc, IRQ_PER_CPU);
}
inline bool irq_settings_is_per_cpu_devid(const irq_desc *desc) {
    return irq_settings_has(desc, IRQ_PER_CPU_DEVID);
}
inline bool irq_settings_is_nested_thread(const irq_desc *desc) {
    return irq_settings_has(desc, IRQ_NESTED_THREAD);
}
inline bool irq_settings_is_polled(const irq_desc *desc) {
    return irq_settings_has(desc, IRQ_IS_POLLED);
}
inline bool irq_settings_disable_unlazy(const irq_desc *desc) {
    return irq_settings_has(desc, IRQ_DISABLE_UNLAZY);
}
inline bool irq_settings_is_hidden(const irq_desc *desc) {
    return irq_settings_has(desc, IRQ_HIDDEN);
}
inline bool irq_settings_no_debug(const irq_desc *desc) {
    return irq_settings_has(desc, IRQ_NO_DEBUG);
}
inline bool irq_settings_is_level(const irq_desc *desc) {
    return irq_settings_has(desc, IRQ_LEVEL);
}

inline void irqd_set(irq_data *d, unsigned int mask) {
    d->common->state_use_accessors |= mask;
}
inline void irqd_clear(irq_data *d, unsigned int mask) {
    d->common->state_use_accessors &= ~mask;
}
inline bool irqd_has_set(const irq_data *d, unsigned int mask) {
    return d->common->state_use_accessors & mask;
}

inline void irq_state_set_disabled(irq_desc *desc) {
    irqd_set(&desc->irq_data, IRQD_IRQ_DISABLED);
}
inline void irq_state_set_masked(irq_desc *desc) {
    irqd_set(&desc->irq_data, IRQD_IRQ_MASKED);
}

inline void kstat_incr_irqs_this_cpu(irq_desc *desc) {
    __this_cpu_inc(*desc->kstat_irqs);
    desc->tot_count++;
}

// An interrupt that cannot be handled now is kept; a second one before that is the same to the line.
inline void irq_remember_pending(irq_desc *desc) {
    if (desc->istate & IRQS_PENDING)
        trace_event1(irq_pending_merged, irq_desc_get_irq(desc), nullptr);
    else
        trace_event1(irq_pending, irq_desc_get_irq(desc), nullptr);
    desc->istate |= IRQS_PENDING;
}

#endif
