/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_PM_WAKEIRQ_H
#define _LINUX_PM_WAKEIRQ_H

#include <linux/device.h>

/* No interrupt wakes the board from suspend: to name one succeeds, and nothing is kept that could be taken back. */
static inline void dev_pm_clear_wake_irq(struct device *dev)
{
}

#define __WAKE_IRQ_SETTER(name)                                                                                        \
	static inline int name(struct device *dev, int irq)                                                            \
	{                                                                                                              \
		return (void)dev, (void)irq, 0;                                                                        \
	}
__WAKE_IRQ_SETTER(dev_pm_set_wake_irq)
__WAKE_IRQ_SETTER(dev_pm_set_dedicated_wake_irq)
#undef __WAKE_IRQ_SETTER

#endif
