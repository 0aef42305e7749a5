/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Interrupt masking on the calling core (Linux's include/linux/irqflags.h, arm64's asm/irqflags.h). Flags are PSTATE.DAIF; only I is
 * ever changed, as there are no FIQs for Linux here.
 */
#ifndef _LINUX_IRQFLAGS_H
#define _LINUX_IRQFLAGS_H

#include <linux/compiler.h>
#include <linux/types.h>
#include "port/port.h"

__BEGIN_DECLS
/* The irq_disable and irq_enable records; repeated calls in the same state record nothing. Called with I masked. */
void trace_hardirqs_off(void);
void trace_hardirqs_on(void);
void trace_hardirqs_off_caller(unsigned long caller);
void trace_hardirqs_on_caller(unsigned long caller);
__END_DECLS

static __always_inline unsigned long arch_local_save_flags(void)
{
	return port_daif();
}

static __always_inline int arch_irqs_disabled_flags(unsigned long flags)
{
	return (int)(flags & PORT_DAIF_I); /* 128, which reports show */
}

static __always_inline int arch_irqs_disabled(void)
{
	return arch_irqs_disabled_flags(arch_local_save_flags());
}

static __always_inline void arch_local_irq_enable(void)
{
	port_daif_clear(PORT_DAIF_I);
}

static __always_inline void arch_local_irq_disable(void)
{
	port_daif_set(PORT_DAIF_I);
}

static __always_inline unsigned long arch_local_irq_save(void)
{
	unsigned long flags = arch_local_save_flags();

	if (!arch_irqs_disabled_flags(flags))
		arch_local_irq_disable();
	return flags;
}

static __always_inline void arch_local_irq_restore(unsigned long flags)
{
	port_daif_write(flags);
}

#define raw_local_irq_disable() arch_local_irq_disable()
#define raw_local_irq_enable() arch_local_irq_enable()
#define raw_local_irq_save(flags) ((flags) = arch_local_irq_save())
#define raw_local_irq_restore(flags) arch_local_irq_restore(flags)
#define raw_local_save_flags(flags) ((flags) = arch_local_save_flags())
#define raw_irqs_disabled_flags(flags) arch_irqs_disabled_flags(flags)
#define raw_irqs_disabled() arch_irqs_disabled()

static __always_inline void local_irq_enable(void)
{
	trace_hardirqs_on();
	raw_local_irq_enable();
}

static __always_inline void local_irq_disable(void)
{
	raw_local_irq_disable();
	trace_hardirqs_off();
}

static __always_inline unsigned long __local_irq_save(void)
{
	unsigned long flags = arch_local_irq_save();

	if (!arch_irqs_disabled_flags(flags))
		trace_hardirqs_off();
	return flags;
}

static __always_inline void local_irq_restore(unsigned long flags)
{
	if (!arch_irqs_disabled_flags(flags))
		trace_hardirqs_on();
	raw_local_irq_restore(flags);
}

#define local_irq_save(flags)                                                                                          \
	do {                                                                                                           \
		(flags) = __local_irq_save();                                                                          \
	} while (0)
#define local_irq_enable() local_irq_enable()
#define local_irq_disable() local_irq_disable()
#define local_irq_restore(flags) local_irq_restore(flags)
#define local_save_flags(flags) raw_local_save_flags(flags)
#define safe_halt() ((void)0)

#define irqs_disabled() raw_irqs_disabled()
#define irqs_disabled_flags(flags) raw_irqs_disabled_flags(flags)

#define lockdep_hardirqs_off(ip) ((void)(ip))
#define lockdep_hardirqs_on(ip) ((void)(ip))
#define lockdep_softirqs_off(ip) ((void)(ip))
#define lockdep_softirqs_on(ip) ((void)(ip))
#define start_critical_timings() ((void)0)
#define stop_critical_timings() ((void)0)

#endif
