// SPDX-License-Identifier: Apache-2.0
// Exceptions (Linux: arch/arm64/kernel/entry-common.c). They run on the stack of what they interrupted.
#include "kernel/entry/entry.h"

#include <asm/ptrace.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/hardirq.h>
#include <linux/irq_regs.h>
#include <linux/irqflags.h>
#include <linux/panic.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <port/trace.h>

#include "kernel/sched/sched.h"

DEFINE_PER_CPU(struct pt_regs *, __irq_regs);

extern "C" void preempt_schedule_irq(void);
extern "C" void (*handle_arch_irq)(struct pt_regs *);

static void read_exception_regs(pt_regs *regs) {
    regs->pc = port_read_sysreg(PORT_ELR_EL1);
    regs->pstate = port_read_sysreg(PORT_SPSR_EL1);
}

// I was open, or there would be no interrupt. A, D and F are opened again, as only I is of interest here.
static void el1_irq() {
    trace_event0(vector_entry, nullptr);
    port_daif_write(PORT_DAIF_I);
    trace_hardirqs_off();

    pt_regs regs;
    read_exception_regs(&regs);
    irq_enter_rcu();
    pt_regs *outer = set_irq_regs(&regs);
    const int count = preempt_count();
    handle_arch_irq(&regs);
    // A handler that slept was brought to order by the scheduler, which reported it: what follows needs the count of an
    // interrupt.
    if (unlikely(preempt_count() < count))
        preempt_count_set(static_cast<u64>(count));
    if (unlikely(!irqs_disabled()))
        local_irq_disable();
    set_irq_regs(outer);
    irq_exit_rcu();
    trace_event0(vector_exit, nullptr);

    // The interrupted task may go on, or something better runs first; then this continues later, and perhaps on another
    // core.
    if (preempt_dynamic_mode == preempt_mode::full && should_resched(0))
        preempt_schedule_irq();
    trace_hardirqs_on();
}

static void el1_fiq() {
    panic("FIQ taken without a root FIQ handler");
}

static void el1_fault(uint64_t esr, uint64_t far) {
    do_mem_abort(esr, far);
}

void install_vectors() {
    port_set_vectors(el1_irq, el1_fiq, el1_fault);
    port_daif_write(PORT_DAIF_I);
}
