// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/* enable_irq_wake, wakeup of devices, suspend flags. */
#include "probe.h"
#include <linux/platform_device.h>
#include <linux/pm_wakeirq.h>
#include <linux/pm_wakeup.h>

static irqreturn_t h(int n, void *d)
{
	return IRQ_HANDLED;
}

static void probe(void)
{
	struct platform_device *p = platform_device_register_simple("oracle-pm", -1, NULL, 0);

	fixed_line(0);
	fixed_chip.flags = IRQCHIP_SKIP_SET_WAKE;
	FACT(device_can_wakeup(&p->dev));
	FACT(device_may_wakeup(&p->dev));
	FACT(device_init_wakeup(&p->dev, true));
	FACT(device_can_wakeup(&p->dev));
	FACT(device_may_wakeup(&p->dev));
	FACT(device_set_wakeup_enable(&p->dev, false));
	FACT(device_may_wakeup(&p->dev));
	FACT(request_irq(40, h, IRQF_NO_SUSPEND, "x", p));
	FACT(enable_irq_wake(40));
	FACT(irqd_is_wakeup_set(irq_get_irq_data(40)));
	FACT(disable_irq_wake(40));
	FACT(irqd_is_wakeup_set(irq_get_irq_data(40)));
	FACT(desc_of(40)->no_suspend_depth);
	free_irq(40, p);
	FACT(dev_pm_set_wake_irq(&p->dev, 40));
	dev_pm_clear_wake_irq(&p->dev);
	device_init_wakeup(&p->dev, false);
	platform_device_unregister(p);
}

static void leave(void)
{
	fixed_end();
}
